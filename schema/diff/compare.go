package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
)

// Compare returns what changed between two states of a document, sorted by
// path. Both forms are compared, as far as the documents have contracts for
// them.
func Compare(old, new *model.Document) []Change {
	forms := [][]Change{compareStructure(old, new)}
	switch {
	case old.JSON != nil && new.JSON != nil:
		forms = append(forms, compareJSON(old.JSON, new.JSON))
	case old.JSON != nil:
		forms = append(forms, []Change{gone(model.JSON, JSONBreak, old.JSON.Schema(old.JSON.Root).At)})
	case new.JSON != nil:
		forms = append(forms, []Change{come(model.JSON, new.JSON.Schema(new.JSON.Root).At)})
	}
	switch {
	case old.XML != nil && new.XML != nil:
		forms = append(forms, compareXML(old.XML, new.XML))
	case old.XML != nil:
		forms = append(forms, []Change{gone(model.XML, XMLBreak, old.XML.Element(old.XML.Roots[0]).At)})
	case new.XML != nil:
		forms = append(forms, []Change{come(model.XML, new.XML.Element(new.XML.Roots[0]).At)})
	}
	return Merge(forms...)
}

// Forms are the contracts of one document, each read by itself; either is nil
// when there is no contract for the form.
type Forms struct {
	XML, JSON *model.Document
	// Joined is the model that the two make, if there are two. It tells which
	// member of the one form is which of the other: a member that the forms name
	// differently has the path that it has in XML.
	Joined *model.Document
}

// CompareForms compares two states of a document contract by contract, so that
// what a contract says counts even where, of a pair, the other one has the last
// word.
func CompareForms(old, new Forms) []Change {
	var lists [][]Change
	for _, f := range []struct {
		form     model.Form
		class    Class
		old, new *model.Document
	}{{model.XML, XMLBreak, old.XML, new.XML}, {model.JSON, JSONBreak, old.JSON, new.JSON}} {
		switch {
		case f.old != nil && f.new != nil:
			changes := Compare(f.old, f.new)
			if f.form == model.JSON {
				asInXML(changes, old.Joined, new.Joined)
			}
			lists = append(lists, changes)
		case f.old != nil:
			lists = append(lists, []Change{gone(f.form, f.class, rootAt(f.old))})
		case f.new != nil:
			lists = append(lists, []Change{come(f.form, rootAt(f.new))})
		}
	}
	return Merge(lists...)
}

// asInXML gives changes of a JSON Schema the paths that XML has for the members
// they are about. The member that the JSON Schema demands around the document
// is in no path, as the root element is in none.
func asInXML(changes []Change, old, new *model.Document) {
	aliases := map[string]string{}
	for _, doc := range []*model.Document{old, new} {
		if doc == nil {
			continue
		}
		for _, paths := range PathsOf(doc).fields {
			if len(paths) == 2 {
				aliases[paths[1]] = paths[0]
			}
		}
	}
	wrapper := ""
	if old != nil && new != nil && old.Wrapped && new.Wrapped && old.Name == new.Name {
		wrapper = "/" + old.Name
	}
	for i := range changes {
		c := &changes[i]
		if rest, ok := strings.CutPrefix(c.Path, wrapper); ok && wrapper != "" && (rest == "" || rest[0] == '/') {
			c.Path = cmp.Or(rest, "/")
		}
		for at := c.Path; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
			if alias, ok := aliases[at]; ok {
				c.Path = alias + c.Path[len(at):]
				break
			}
		}
	}
}

// rootAt returns where a document's one contract declares its root.
func rootAt(doc *model.Document) model.Position {
	if doc.XML != nil {
		return doc.XML.Element(doc.XML.Roots[0]).At
	}
	return doc.JSON.Schema(doc.JSON.Root).At
}

// formNames are the forms as messages name them.
var formNames = map[model.Form]string{model.XML: "XML", model.JSON: "JSON"}

func gone(form model.Form, class Class, at model.Position) Change {
	return Change{Path: "/", Kind: Removed, Subject: string(form), Classes: []Class{class},
		Message: "there is no contract for " + formNames[form] + " any more", Old: []model.Position{at}, form: form}
}

func come(form model.Form, at model.Position) Change {
	return Change{Path: "/", Kind: Added, Subject: string(form), Classes: []Class{Additive},
		Message: "a contract for " + formNames[form] + " is new", New: []model.Position{at}, form: form}
}

// recorder collects the changes of one form.
type recorder struct {
	form    model.Form
	changes []Change
}

// emit adds a change. A position that says nothing is left out.
func (r *recorder) emit(c Change, old, new model.Position, classes ...Class) {
	c.form = r.form
	c.Add(classes...)
	if old.File != "" {
		c.Old = []model.Position{old}
	}
	if new.File != "" {
		c.New = []model.Position{new}
	}
	r.changes = append(r.changes, c)
}

// verdict is how one set of payloads changed into another.
type verdict struct{ stricter, looser bool }

// both is the verdict on what cannot be weighed.
var both = verdict{true, true}

func (v verdict) none() bool { return !v.stricter && !v.looser }

func (v verdict) or(w verdict) verdict {
	return verdict{v.stricter || w.stricter, v.looser || w.looser}
}

// flipped is the verdict on the complement.
func (v verdict) flipped() verdict { return verdict{v.looser, v.stricter} }

func (v verdict) classes() []Class {
	var out []Class
	if v.stricter {
		out = append(out, Stricter)
	}
	if v.looser {
		out = append(out, Looser)
	}
	return out
}

// weigh is the verdict on a list of changes, taken as a whole. The rule that
// undeclared members do not count does not hold here, where the whole is the
// operand of another rule.
func weigh(changes []Change) verdict {
	var v verdict
	for i := range changes {
		c := &changes[i]
		switch c.Kind {
		case Added, Removed, Moved:
			v = both
		default:
			v = v.or(verdict{c.Has(Stricter), c.Has(Looser)})
		}
	}
	return v
}

// below returns the path of a member.
func below(path, member string) string {
	if path == "/" {
		return "/" + member
	}
	return path + "/" + member
}

// steps are comparisons that are still to be made. Those nearer to the root are
// made first, and then in the order of the paths: so what is shared is compared,
// and reported, at its shortest path, which is the same in both forms.
type steps []step

type step struct {
	path string
	run  func()
}

// later adds a step.
func (s *steps) later(path string, run func()) {
	depth := func(path string) int { return strings.Count(path, "/") }
	i, _ := slices.BinarySearchFunc(*s, path, func(a step, path string) int {
		// Never 0: a step comes behind those of the same path.
		return cmp.Or(cmp.Compare(depth(a.path), depth(path)), strings.Compare(a.path, path), -1)
	})
	*s = slices.Insert(*s, i, step{path, run})
}

// run makes every step, those that steps add included.
func (s *steps) run() {
	for len(*s) > 0 {
		next := (*s)[0]
		*s = (*s)[1:]
		next.run()
	}
}
