package plan

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
)

// This file plans the lists and unions of XML's simple types. A list is a slice;
// one that stands in a list, in a union or where there may be nil is a struct, so
// that no list and an empty one are told apart. A union is a struct as in JSON.

// boxes tells whether a list of XML needs a struct somewhere.
func (m *maker) boxes(t *model.Type) bool {
	if m.lists == nil {
		m.lists = map[model.TypeID]bool{}
		for i := range m.doc.Types {
			switch t := &m.doc.Types[i]; t.Kind {
			case model.KindRecord:
				for j := range t.Record.Fields {
					if f := &t.Record.Fields[j]; f.Occurs == model.Many || m.nillable(f) {
						m.lists[f.Type] = true
					}
				}
			case model.KindList:
				m.lists[t.List.Item] = true
			case model.KindUnion:
				for _, v := range t.Union.Variants {
					m.lists[v.Type] = true
				}
			}
		}
	}
	return m.lists[t.ID]
}

// nillable tells whether xsi:nil may stand for the value of a field.
func (m *maker) nillable(f *model.Field) bool {
	return f.XML != nil && f.XML.Nillable && f.JSON == nil
}

// variant is a variant of a union, and the type in the XML contract that it is.
type variant struct {
	model.Variant
	simple model.XMLTypeID
}

// flat lists the variants of a union. Those of XML's unions that stand in it take
// their place, unless they have rules of their own: a value is of the same types
// (XML Schema Part 2, section 2.5.1.3).
func (m *maker) flat(t *model.Type) []variant {
	var list []variant
	seen := map[model.TypeID]bool{}
	var add func(t *model.Type)
	add = func(t *model.Type) {
		var members []model.XMLTypeID
		if t.XMLType != 0 {
			members = m.doc.XML.Type(t.XMLType).Simple.Members
		}
		for i, v := range t.Union.Variants {
			one := variant{Variant: v}
			if i < len(members) {
				one.simple = members[i]
				if seen[v.Type] {
					continue // values of it are told already
				}
			}
			seen[v.Type] = true
			if vt := m.typeOf(v.Type); one.simple != 0 && vt.Kind == model.KindUnion && m.plainUnion(one.simple) {
				add(vt)
				continue
			}
			list = append(list, one)
		}
	}
	add(t)
	return list
}

// plainUnion tells whether a union of the XML contract has no rules beside those
// of its members.
func (m *maker) plainUnion(id model.XMLTypeID) bool {
	s := m.doc.XML.Type(id).Simple
	return s.Enumeration == nil && s.Patterns == nil
}

// list makes a field a list in a text.
func (m *maker) list(f *Field, t *model.Type) {
	item := m.item(t, "", t.List.Item, model.Many)
	if b := f.Model.JSON; b != nil {
		item.JSON.Spellings = b.Spellings
	}
	f.Shape, f.AsText = ShapeList, t.List.Text
	if !m.qualified(t.XMLType, map[model.XMLTypeID]bool{}) {
		f.Simple = t.XMLType
	}
	f.Item = &Field{Model: &item.Field, At: f.At, Occurs: model.Many, AsText: f.AsText, Whole: f.Simple != 0}
	m.shape(f.Item)
}

// words returns a text as a list of values of the field's Go type, or nil.
func (f *Field) words(text string) *Value {
	v := &Value{Text: text}
	one := *f.Item
	one.Occurs = model.One
	for _, w := range strings.Fields(text) {
		item := one.Constant(w)
		if item == nil {
			return nil
		}
		v.Items = append(v.Items, item)
	}
	return v
}

// qualified tells whether values of a type of the XML contract are names with
// prefixes, or may hold such.
func (m *maker) qualified(id model.XMLTypeID, seen map[model.XMLTypeID]bool) bool {
	if id == 0 || seen[id] {
		return false
	}
	seen[id] = true
	s := m.doc.XML.Type(id).Simple
	return s != nil && (s.Builtin == "QName" || s.Builtin == "NOTATION" || m.qualified(s.Item, seen) ||
		slices.ContainsFunc(s.Members, func(member model.XMLTypeID) bool { return m.qualified(member, seen) }))
}
