package evolve

import (
	"slices"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
	"github.com/biform/biform/schema/xsd"
)

// namesake returns the type of the members that have the name elsewhere in the
// document, if there is one such type that every value fits.
func (n *inference) namesake(x *sighting) *typeChoice {
	var found *typeChoice
	var which *model.Type
	for i := range n.doc.Types {
		t := &n.doc.Types[i]
		if t.Record == nil {
			continue
		}
		for j := range t.Record.Fields {
			f := &t.Record.Fields[j]
			typ := n.byID[f.Type]
			if !knownAs(f, x.name) || typ == nil || typ == which || isMarker(f.Doc.Description) || !n.fits(typ, f, x.shape) {
				continue
			}
			one := n.asIs(typ, f)
			if one == nil {
				continue
			}
			if found != nil {
				return nil
			}
			found, which = one, typ
		}
	}
	return found
}

// asIs returns a declared type for another member: by its name, or as the plain
// scalar that it is.
func (n *inference) asIs(t *model.Type, f *model.Field) *typeChoice {
	if n.named(t) {
		return &typeChoice{reuse: t}
	}
	if t.Kind != model.KindScalar || len(t.Constraints) > 0 || t.Hints.Type != "" {
		return nil
	}
	switch p := t.Scalar.Primitive; {
	case p == model.String, p == model.Boolean, p == model.Int64, p == model.Float64:
		c := &typeChoice{prim: p}
		if f.JSON != nil {
			c.spelled = f.JSON.Spellings
		}
		if len(c.spelled) == 0 && p != model.String {
			c.spelled = observe.Natural(p)
		}
		return c
	}
	return nil
}

// named tells whether every contract there is has a name for a type, which the
// file that is extended can write.
func (n *inference) named(t *model.Type) bool {
	if t.Name == "" {
		return false
	}
	if s := n.sides.xml; s != nil {
		// A type of another namespace would need a prefix for it.
		file, _ := s.node(t.At)
		if _, ok := s.typeName(t); !ok || !n.form.refer || s.target(file) != n.form.space {
			return false
		}
	}
	if s := n.sides.json; s != nil {
		if _, _, ok := s.definition(t); !ok {
			return false
		}
	}
	return true
}

// sameMembers returns the named record that has exactly the members seen, if
// one record alone has.
func (n *inference) sameMembers(s *shape) *model.Type {
	var found *model.Type
	for i := range n.doc.Types {
		t := &n.doc.Types[i]
		if t.Kind != model.KindRecord || len(t.Record.Fields) != len(s.record.members) || !n.named(t) || !n.fits(t, nil, s) {
			continue
		}
		if found != nil {
			return nil
		}
		found = t
	}
	return found
}

// fits tells whether every value of a shape is one of a type; f is the field
// that has the type elsewhere, if there is one.
func (n *inference) fits(t *model.Type, f *model.Field, s *shape) bool {
	if t == nil || s.lists {
		return false
	}
	switch t.Kind {
	case model.KindScalar, model.KindEnumeration:
		return s.record == nil && n.fitsScalar(t, f, s)
	case model.KindRecord:
		return s.record != nil && len(s.texts) == 0 && n.fitsRecord(t.Record, s.record) && n.inOrder(t, s.record)
	}
	return false
}

func (n *inference) fitsScalar(t *model.Type, f *model.Field, s *shape) bool {
	if f != nil && f.JSON != nil {
		list := f.JSON.Spellings
		if len(list) == 0 {
			list = observe.Natural(observe.Primitive(t))
		}
		native := slices.ContainsFunc(list, func(x model.JSONType) bool { return x != model.JSONString })
		if s.asString && !slices.Contains(list, model.JSONString) || (s.asNumber || s.asBoolean) && !native {
			return false
		}
	}
	for _, text := range s.texts {
		if !observe.Fits(t, text) {
			return false
		}
	}
	for _, c := range t.Constraints {
		if c.Kind != model.Pattern {
			continue
		}
		translate := jsonschema.RuntimePattern
		if c.Form == model.XML {
			translate = xsd.TranslatePattern
		}
		source, err := translate(c.Value)
		if err != nil {
			return false
		}
		expr, err := constraint.NewMatcher(source)
		if err != nil {
			return false
		}
		for _, text := range s.texts {
			if !expr.Match(text) {
				return false
			}
		}
	}
	return true
}

func (n *inference) fitsRecord(r *model.Record, seen *record) bool {
	for _, m := range seen.members {
		i := slices.IndexFunc(r.Fields, func(f model.Field) bool { return knownAs(&f, m.name) })
		if i < 0 {
			return false
		}
		f := &r.Fields[i]
		node := model.NodeElement
		if f.XML != nil {
			node = f.XML.Node
		}
		if m.shape.many && f.Occurs != model.Many || m.attr != (node == model.NodeAttribute) && m.shape.xml {
			return false
		}
		if t := n.byID[f.Type]; !m.shape.nothing() && (t == nil || t.Kind != model.KindAny && !n.fits(t, f, m.shape)) {
			return false
		}
	}
	for i := range r.Fields {
		f := &r.Fields[i]
		if f.Occurs != model.One {
			continue
		}
		if !slices.ContainsFunc(seen.members, func(m *sighting) bool { return knownAs(f, m.name) && m.present == len(seen.seen) }) {
			return false
		}
	}
	return true
}

// inOrder tells whether the elements of all records stand in the order that the
// XSD wants, where it wants one.
func (n *inference) inOrder(t *model.Type, seen *record) bool {
	_, node := n.sides.xml.node(t.At)
	if b, err := bodyOf(node); err != nil || b.group == nil || b.kind != sequence {
		return true
	}
	rank := map[string]int{}
	for i := range t.Record.Fields {
		if f := &t.Record.Fields[i]; f.XML != nil && f.XML.Node == model.NodeElement {
			rank[f.XML.Name.Local] = i
		}
	}
	return !slices.ContainsFunc(seen.seen, func(v *observe.Value) bool {
		return !slices.IsSortedFunc(elementOrder(v), func(a, b string) int { return rank[a] - rank[b] })
	})
}

// time returns the named type of times that every text fits, if there is one.
func (n *inference) time(s *shape) *model.Type {
	var found *model.Type
	for i := range n.doc.Types {
		t := &n.doc.Types[i]
		if observe.Primitive(t) != model.Time || !n.named(t) || !n.fitsScalar(t, nil, s) {
			continue
		}
		if found != nil {
			return nil
		}
		found = t
	}
	return found
}

// knownAs tells whether a field has the name, in the model or in XML.
func knownAs(f *model.Field, name string) bool {
	if f.XML != nil && f.XML.Node == model.NodeText {
		return name == textName
	}
	return f.Name == name || f.XML != nil && f.XML.Name.Local == name
}
