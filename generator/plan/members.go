package plan

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/biform/biform/generator/naming"
	"github.com/biform/biform/schema/model"
)

// member is a field to be: one of the model's, or one that stands for what a
// box, a tuple, a union or a map holds.
type member struct {
	model.Field
	want     string // the name it should have
	position string // its position for the names file
	role     role
	pattern  string          // of roleMatch: ECMA-262
	simple   model.XMLTypeID // of a variant: its type in the XML contract
}

// role is what a member is to its record.
type role int

const (
	roleField role = iota
	roleAdditional
	roleMatch
)

// members lists the fields to be of a record.
func (m *maker) members(r *Record) []member {
	if r == m.boxed {
		return m.boxValue(r)
	}
	t := m.typeOf(r.ID)
	switch r.Kind {
	case RecordBox:
		return []member{m.item(t, "Items", t.List.Item, model.Many)}
	case RecordTuple:
		return m.tuple(t)
	case RecordUnion:
		return m.variants(t)
	}
	var list []member
	for i := range t.Record.Fields {
		f := t.Record.Fields[i]
		pos := naming.Position("field", string(t.ID), f.Name)
		if f.XML != nil && f.XML.Node != model.NodeElement && f.JSON == nil {
			pos = naming.Position("field", string(t.ID), string(f.XML.Node), f.Name)
		}
		if namesakes(t.Record.Fields, &f) {
			pos = naming.Position("field", string(t.ID), string(f.XML.Node), f.XML.Name.Space, f.Name)
		}
		list = append(list, member{Field: f, want: f.Name, position: pos})
	}
	if m.doc.JSON == nil {
		return list
	}
	for i, p := range t.Record.Patterns {
		want := "Matching"
		if i > 0 {
			want += strconv.Itoa(i + 1)
		}
		list = append(list, m.mapOf(t, want, p.Type, p.Null, naming.Position("pattern", string(t.ID), p.Pattern), roleMatch, p.Pattern))
	}
	if t.Record.Additional != "" {
		list = append(list, m.mapOf(t, "Additional", t.Record.Additional, t.Record.AdditionalNull, naming.Position("additional", string(t.ID)), roleAdditional, ""))
	}
	return list
}

// namesakes tells whether another field of a record has the same name in another
// namespace.
func namesakes(fields []model.Field, f *model.Field) bool {
	if f.XML == nil || f.XML.Name.Space == "" {
		return false
	}
	n := 0
	for i := range fields {
		if o := &fields[i]; o.XML != nil && o.XML.Node == f.XML.Node && o.Name == f.Name {
			n++
		}
	}
	return n > 1
}

// boxValue is the value of a root that is no record. An element that may hold
// anything has none: all that stands in it is kept.
func (m *maker) boxValue(r *Record) []member {
	t := m.typeOf(m.doc.Root)
	if t.Kind == model.KindAny && m.doc.JSON == nil && m.doc.XML != nil {
		return nil
	}
	f := model.Field{At: t.At, Occurs: model.Optional, Type: t.ID, JSON: &model.JSONBinding{}}
	if m.doc.XML != nil {
		f.XML = &model.XMLBinding{Node: model.NodeText}
		if m.doc.JSON == nil {
			f.JSON = nil
		}
	}
	return []member{{Field: f, want: "Value", position: naming.Position("field", string(r.ID), "value")}}
}

// item is a field that holds items of a list.
func (m *maker) item(t *model.Type, want string, of model.TypeID, occurs model.Occurs) member {
	f := m.part(model.Field{At: t.At, Occurs: occurs, Type: of}, model.JSONBinding{NullItems: t.List.Null})
	return member{Field: f, want: want, position: naming.Position("field", string(t.ID), want)}
}

// tuple lists the first items of a list one by one, and then the rest.
func (m *maker) tuple(t *model.Type) []member {
	least := 0
	for _, c := range t.Constraints {
		if c.Kind == model.MinItems {
			if n, err := strconv.Atoi(c.Value); err == nil {
				least = max(least, n)
			}
		}
	}
	var list []member
	for i, of := range t.List.Tuple {
		occurs := model.Optional
		if i < least {
			occurs = model.One
		}
		f := m.item(t, "Item"+strconv.Itoa(i+1), of, occurs)
		f.Name = strconv.Itoa(i)
		list = append(list, f)
	}
	if t.List.Item != "" {
		list = append(list, m.item(t, "Rest", t.List.Item, model.Many))
	}
	return list
}

// variants lists the types of a union, a pointer each.
func (m *maker) variants(t *model.Type) []member {
	var list []member
	for i, v := range m.flat(t) {
		f := m.part(model.Field{Doc: docOf(m.typeOf(v.Type)), At: v.At, Occurs: model.Optional, Type: v.Type}, model.JSONBinding{})
		list = append(list, member{Field: f, want: m.variantName(t, i, v.Variant), position: naming.Position("variant", string(t.ID), string(v.Type)), simple: v.simple})
	}
	return list
}

// variantName returns what a variant of a union should be called: after the
// constant that tells it apart, its type or its title, or the kind of value that
// it is.
func (m *maker) variantName(t *model.Type, i int, v model.Variant) string {
	vt := m.typeOf(v.Type)
	switch {
	case v.Value != "":
		return v.Value
	case vt == nil:
	case vt.Name != "":
		return vt.Name
	case titleName(vt) != "":
		return titleName(vt)
	case vt.Kind == model.KindScalar:
		switch vt.Scalar.Primitive {
		case model.Float64:
			return "Number"
		case model.Int64, model.Int32, model.Uint64:
			return "Integer"
		}
		return string(vt.Scalar.Primitive)
	case vt.Kind == model.KindEnumeration:
		return "Enum"
	case vt.Kind == model.KindList:
		return "List"
	case vt.Kind == model.KindRecord && onlyRecord(m, t, i):
		return "Object"
	}
	return "Variant" + strconv.Itoa(i+1)
}

// titleName returns the title of a record as a name, empty if it is none: a name
// is a few words of letters and digits.
func titleName(t *model.Type) string {
	if t == nil || t.Kind != model.KindRecord {
		return ""
	}
	title := t.Doc.Title
	odd := func(r rune) bool { return r != ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	if len(strings.Fields(title)) > 4 || len(title) > 40 || strings.ContainsFunc(title, odd) {
		return ""
	}
	return strings.TrimSpace(title)
}

// part binds a field that is a part of a value.
func (m *maker) part(f model.Field, json model.JSONBinding) model.Field {
	if m.doc.JSON != nil {
		f.JSON = &json
	}
	if m.doc.XML != nil {
		f.XML = &model.XMLBinding{Node: model.NodeText}
	}
	return f
}

// onlyRecord tells whether no other variant of a union is a record.
func onlyRecord(m *maker, t *model.Type, i int) bool {
	for j, v := range t.Union.Variants {
		if vt := m.typeOf(v.Type); j != i && vt != nil && vt.Kind == model.KindRecord {
			return false
		}
	}
	return true
}

func docOf(t *model.Type) model.Doc {
	if t == nil || t.Name == "" {
		return model.Doc{}
	}
	return t.Doc
}

// mapOf is a map of members that no field names.
func (m *maker) mapOf(t *model.Type, want string, of model.TypeID, null bool, position string, r role, pattern string) member {
	f := model.Field{At: t.At, Occurs: model.One, Type: of, JSON: &model.JSONBinding{Null: null}}
	if l := m.typeOf(of); l != nil && l.Kind == model.KindList && len(l.List.Tuple) == 0 && l.List.Item != "" {
		f.Occurs, f.Type, f.JSON.NullItems = model.Many, l.List.Item, l.List.Null
	}
	return member{Field: f, want: want, position: position, role: r, pattern: pattern}
}

// owner is what an anonymous type is named after.
type owner struct {
	id     model.TypeID
	suffix string
}

// ownerOf returns the first place in the model that uses a type.
func (m *maker) ownerOf(id model.TypeID) (owner, bool) {
	if m.owners == nil {
		m.owners = map[model.TypeID]owner{}
		note := func(of, by model.TypeID, suffix string) {
			if _, ok := m.owners[of]; !ok && of != by && of != "" {
				m.owners[of] = owner{by, suffix}
			}
		}
		for i := range m.doc.Types {
			t := &m.doc.Types[i]
			switch t.Kind {
			case model.KindRecord:
				for j := range t.Record.Fields {
					note(t.Record.Fields[j].Type, t.ID, naming.Exported(t.Record.Fields[j].Name))
				}
				for _, p := range t.Record.Patterns {
					note(p.Type, t.ID, "Match")
				}
				note(t.Record.Additional, t.ID, "Value")
			case model.KindList:
				for j, of := range t.List.Tuple {
					note(of, t.ID, "Item"+strconv.Itoa(j+1))
				}
				note(t.List.Item, t.ID, "Item")
			case model.KindUnion:
				for j, v := range t.Union.Variants {
					note(v.Type, t.ID, naming.Exported(m.variantName(t, j, v)))
				}
			}
		}
	}
	o, ok := m.owners[id]
	if !ok {
		return o, false
	}
	// A chain of owners that comes back names nothing.
	for seen := []model.TypeID{id}; ; {
		if slices.Contains(seen, o.id) {
			return owner{}, false
		}
		t := m.typeOf(o.id)
		if t == nil || t.ID == m.doc.Root {
			break
		}
		if _, _, ok := m.ownName(t); ok {
			break
		}
		seen = append(seen, o.id)
		next, ok := m.owners[o.id]
		if !ok {
			break
		}
		o = next
	}
	return m.owners[id], true
}

// isMap tells whether a type is a Go map: a record that has no members of its
// own and one type for all others, wherever a member holds it. Lists, unions
// and maps of maps hold structs.
func (m *maker) isMap(t *model.Type) bool {
	r := t.Record
	if r == nil || m.doc.XML != nil || len(r.Fields) > 0 || len(r.Patterns) > 0 || r.Additional == "" || r.Others || t.ID == m.doc.Root || t.Hints.GoName != "" {
		return false
	}
	if m.inner == nil {
		m.inner = map[model.TypeID]bool{}
		for i := range m.doc.Types {
			t := &m.doc.Types[i]
			switch t.Kind {
			case model.KindRecord:
				for j := range t.Record.Fields {
					if f := &t.Record.Fields[j]; f.Occurs == model.Many || f.JSON == nil || f.JSON.Null {
						m.inner[f.Type] = true
					}
				}
				m.inner[t.Record.Additional] = true
				for _, p := range t.Record.Patterns {
					m.inner[p.Type] = true
				}
			case model.KindList:
				m.inner[t.List.Item] = true
				for _, of := range t.List.Tuple {
					m.inner[of] = true
				}
			case model.KindUnion:
				for _, v := range t.Union.Variants {
					m.inner[v.Type] = true
				}
			}
		}
	}
	return !m.inner[t.ID]
}
