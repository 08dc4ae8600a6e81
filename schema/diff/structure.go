package diff

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/biform/biform/schema/model"
)

// structureWalker compares what the structures of two documents say beyond
// their assertions: prose, JSON's default values, and hints.
type structureWalker struct {
	recorder
	old, new *model.Document
	visited  map[[2]model.TypeID]bool
	steps
}

func compareStructure(old, new *model.Document) []Change {
	var all []Change
	for _, form := range []model.Form{model.XML, model.JSON} {
		if !has(old, form) || !has(new, form) {
			continue
		}
		w := &structureWalker{recorder: recorder{form: form}, old: old, new: new, visited: map[[2]model.TypeID]bool{}}
		w.doc(old.Doc, new.Doc, model.Position{}, model.Position{}, "/", "its ")
		w.typ(old.Root, new.Root, "/")
		w.run()
		for _, c := range w.changes {
			if !slices.ContainsFunc(all, func(x Change) bool { return sameChange(&x, &c) }) {
				all = append(all, c)
			}
		}
	}
	return all
}

// has tells whether a document has a contract for a form.
func has(doc *model.Document, form model.Form) bool {
	if form == model.XML {
		return doc.XML != nil
	}
	return doc.JSON != nil
}

func sameChange(a, b *Change) bool {
	return a.Path == b.Path && a.Kind == b.Kind && a.Subject == b.Subject && a.Message == b.Message && slices.Equal(a.Classes, b.Classes)
}

// typ compares two types that stand for each other.
func (w *structureWalker) typ(oid, nid model.TypeID, path string) {
	key := [2]model.TypeID{oid, nid}
	o, n := w.old.Type(oid), w.new.Type(nid)
	if o == nil || n == nil || w.visited[key] {
		return
	}
	w.visited[key] = true
	oldAt, newAt := w.at(o.At), w.at(n.At)
	w.doc(o.Doc, n.Doc, oldAt, newAt, path, "its ")
	w.hints(o.Hints, n.Hints, oldAt, newAt, path)
	if o.Enum != nil && n.Enum != nil {
		w.enumeration(o.Enum, n.Enum, path)
	}
	after := branches(n, w.form)
	for _, b := range branches(o, w.form) {
		i := slices.IndexFunc(after, func(a branch) bool { return a.key == b.key })
		if i < 0 {
			continue
		}
		a, at := after[i], path
		if b.name != "" {
			at = below(path, b.name)
		}
		if b.field != nil {
			w.field(b.field, a.field, at)
		}
		w.later(at, func() { w.typ(b.typ, a.typ, at) })
	}
}

// at returns the position in the contract of the form that is compared: XSD
// comes first.
func (w *structureWalker) at(list []model.Position) model.Position {
	switch {
	case len(list) == 0:
		return model.Position{}
	case w.form == model.JSON:
		return list[len(list)-1]
	}
	return list[0]
}

func (w *structureWalker) enumeration(o, n *model.Enumeration, path string) {
	for _, b := range o.Values {
		for _, a := range n.Values {
			if a.Value == b.Value {
				w.doc(b.Doc, a.Doc, w.at(b.At), w.at(a.At), path, "the value "+b.Value+"'s ")
			}
		}
	}
}

// field compares two fields that stand for each other.
func (w *structureWalker) field(o, n *model.Field, path string) {
	oldAt, newAt := w.at(o.At), w.at(n.At)
	w.doc(o.Doc, n.Doc, oldAt, newAt, path, "its ")
	w.hints(o.Hints, n.Hints, oldAt, newAt, path)
	if w.form != model.JSON {
		return
	}
	if o.ReadOnly != n.ReadOnly || o.WriteOnly != n.WriteOnly {
		w.emit(Change{Path: path, Kind: Prose, Subject: "readOnly", Message: "readOnly or writeOnly changed"}, oldAt, newAt, Docs)
	}
	if o.XML != nil && w.old.XML != nil {
		return // a pair's default is the XSD's
	}
	switch {
	case o.Default == nil && n.Default == nil:
	case o.Default == nil:
		w.emit(Change{Path: path, Kind: Default, Subject: "default", Message: "default " + *n.Default + " is new"}, oldAt, newAt, JSONBreak)
	case n.Default == nil:
		w.emit(Change{Path: path, Kind: Default, Subject: "default", Message: "default " + *o.Default + " is gone"}, oldAt, newAt, JSONBreak)
	case canonical(*o.Default) != canonical(*n.Default):
		w.emit(Change{Path: path, Kind: Default, Subject: "default",
			Message: fmt.Sprintf("default was %s, is %s", *o.Default, *n.Default)}, oldAt, newAt, JSONBreak)
	}
}

// doc compares prose.
func (w *structureWalker) doc(o, n model.Doc, oldAt, newAt model.Position, path, whose string) {
	emit := func(subject, message string) {
		w.emit(Change{Path: path, Kind: Prose, Subject: whose + subject, Message: message}, oldAt, newAt, Docs)
	}
	if o.Title != n.Title {
		emit("title", whose+"title changed")
	}
	if o.Description != n.Description {
		emit("description", whose+"description changed")
	}
	if !slices.Equal(o.Examples, n.Examples) {
		emit("examples", whose+"examples changed")
	}
	switch {
	case !o.Deprecated && n.Deprecated:
		emit("deprecated", "is deprecated now")
	case o.Deprecated && !n.Deprecated:
		emit("deprecated", "is no longer deprecated")
	}
}

// hints compares what two nodes say to biform alone.
func (w *structureWalker) hints(o, n model.Hints, oldAt, newAt model.Position, path string) {
	if reflect.DeepEqual(o, n) {
		return
	}
	before, after := hintMembers(o), hintMembers(n)
	names := slices.Sorted(maps.Keys(before))
	for _, k := range slices.Sorted(maps.Keys(after)) {
		if _, ok := before[k]; !ok {
			names = append(names, k)
		}
	}
	for _, k := range names {
		if before[k] == after[k] {
			continue
		}
		message := "the hint " + k + " was " + before[k] + ", is " + after[k]
		switch {
		case before[k] == "":
			message = "the hint " + k + " is new: " + after[k]
		case after[k] == "":
			message = "the hint " + k + " is gone: " + before[k]
		}
		w.emit(Change{Path: path, Kind: Hint, Subject: k, Message: message}, oldAt, newAt, w.hintClass(k, o, n))
	}
}

// hintMembers returns the members of hints, by name, as JSON.
func hintMembers(h model.Hints) map[string]string {
	out := map[string]string{}
	data, err := json.Marshal(h)
	if err != nil {
		return out
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) == nil {
		for k, v := range members {
			out[k] = string(v)
		}
	}
	return out
}

// hintClass is what a changed hint does: a sentinel or a layout more reads more
// payloads, one less loses some, and the first layout is the one that is
// written. Other hints are about Go alone.
func (w *structureWalker) hintClass(name string, o, n model.Hints) Class {
	broken := JSONBreak
	if w.form == model.XML {
		broken = XMLBreak
	}
	more := func(o, n []string) Class {
		if slices.ContainsFunc(o, func(s string) bool { return !slices.Contains(n, s) }) {
			return broken
		}
		return Additive
	}
	switch name {
	case "layouts":
		if len(o.Layouts) > 0 && len(n.Layouts) > 0 && o.Layouts[0] != n.Layouts[0] {
			return broken
		}
		return more(o.Layouts, n.Layouts)
	case "absent":
		return more(o.Absent, n.Absent)
	case "emptyIsAbsent":
		return broken
	}
	return Docs
}
