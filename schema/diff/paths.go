package diff

import (
	"slices"
	"strconv"

	"github.com/biform/biform/schema/model"
)

// Paths tells where in a document its types and fields are, as [Compare] names
// the places.
type Paths struct {
	types  map[model.TypeID][]string
	fields map[fieldKey][]string
}

// fieldKey names a field of a record.
type fieldKey struct {
	record model.TypeID
	name   string
}

// PathsOf finds the paths of a document's types and fields: of each, the
// shortest one in either form.
func PathsOf(doc *model.Document) *Paths {
	p := &Paths{types: map[model.TypeID][]string{}, fields: map[fieldKey][]string{}}
	for _, form := range []model.Form{model.XML, model.JSON} {
		seen := map[model.TypeID]bool{}
		var queue steps
		var visit func(id model.TypeID, path string)
		visit = func(id model.TypeID, path string) {
			t := doc.Type(id)
			if t == nil || seen[id] {
				return
			}
			seen[id] = true
			if !slices.Contains(p.types[id], path) {
				p.types[id] = append(p.types[id], path)
			}
			for _, b := range branches(t, form) {
				at := path
				if b.name != "" {
					at = below(path, b.name)
				}
				if b.field != nil {
					k := fieldKey{id, b.field.Name}
					if !slices.Contains(p.fields[k], at) {
						p.fields[k] = append(p.fields[k], at)
					}
				}
				queue.later(at, func() { visit(b.typ, at) })
			}
		}
		visit(doc.Root, "/")
		queue.run()
	}
	return p
}

// Type returns the paths of a type; none for one that the document does not
// reach.
func (p *Paths) Type(id model.TypeID) []string { return p.types[id] }

// Field returns the paths of a record's field.
func (p *Paths) Field(record model.TypeID, field *model.Field) []string {
	return p.fields[fieldKey{record, field.Name}]
}

// branch is a way from a type to another one.
type branch struct {
	key   string // what tells it from the type's others, whatever the contract
	name  string // in a path; empty for the items of a list and for alternatives
	typ   model.TypeID
	field *model.Field
}

// branches returns the ways from a type to others, as a form has them.
func branches(t *model.Type, form model.Form) []branch {
	var out []branch
	add := func(key, name string, id model.TypeID, f *model.Field) {
		if id != "" {
			out = append(out, branch{key, name, id, f})
		}
	}
	switch {
	case t.Record != nil:
		for i := range t.Record.Fields {
			f := &t.Record.Fields[i]
			if name, ok := memberName(f, form); ok {
				add("field "+name, name, f.Type, f)
			}
		}
		for _, x := range t.Record.Patterns {
			add("pattern "+x.Pattern, "{"+x.Pattern+"}", x.Type, nil)
		}
		add("additional", "*", t.Record.Additional, nil)
	case t.List != nil:
		for i, id := range t.List.Tuple {
			add("tuple "+strconv.Itoa(i), strconv.Itoa(i), id, nil)
		}
		add("item", "", t.List.Item, nil)
	case t.Union != nil:
		for i, v := range t.Union.Variants {
			add("variant "+strconv.Itoa(i), "", v.Type, nil)
		}
	}
	return out
}

// memberName returns a field's name in the paths of a form.
func memberName(f *model.Field, form model.Form) (string, bool) {
	if form == model.JSON {
		if f.JSON == nil {
			return "", false
		}
		return f.JSON.Name, true
	}
	if f.XML == nil {
		return "", false
	}
	switch f.XML.Node {
	case model.NodeAttribute:
		return "@" + f.XML.Name.Local, true
	case model.NodeText:
		return "#text", true
	case model.NodeAny:
		return "#any", true
	}
	if w := f.XML.Wrapper; w != nil {
		return w.Local + "/" + f.XML.Name.Local, true
	}
	return f.XML.Name.Local, true
}
