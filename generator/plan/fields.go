package plan

import (
	"slices"
	"time"

	"github.com/biform/biform/generator/naming"
	"github.com/biform/biform/schema/model"
)

// fields decides the Go type of every field.
func (m *maker) fields() {
	for _, r := range m.pkg.Records {
		for _, f := range r.all() {
			f.AsText = r.AsText
			f.part, f.Whole = r.Kind.Value() && (r.Kind == RecordUnion || m.doc.XML != nil), r.Checked
			m.shape(f)
		}
		for _, f := range r.all()[len(r.Fields):] {
			f.Pointer = f.Shape == ShapeRecord && f.Occurs == model.One
		}
		for _, f := range r.Fields {
			switch r.Kind {
			case RecordUnion:
				f.Pointer = true
				f.Kinds = m.kinds(f.Model.Type, map[model.TypeID]bool{})
				if len(f.At) > 0 && !r.AsText {
					f.Schema = f.At[len(f.At)-1] // the XSD's is the first
				}
			case RecordTuple:
				f.Pointer = f.Pointer || f.Shape == ShapeRecord && f.Occurs == model.Optional
			}
		}
	}
	m.pkg.Root.Nillable = m.pkg.Root.Nillable || m.rootNillable()
	m.breakCycles()
	if m.nothingIsAbsent() {
		return
	}
	for _, r := range m.pkg.Records {
		for _, f := range r.all() {
			if f.Shape == ShapeRecord && !f.Record.Kind.Value() {
				f.KeepEmpty = m.pkg.JSON && f.Record.mayBeEmpty() || f.Model.XML != nil && m.emptiable(f)
			}
		}
		if r.Kind == RecordObject && m.pkg.JSON {
			for _, f := range r.Fields {
				f.KeepNone = f.Occurs == model.Many || f.Shape == ShapeMap
			}
		}
	}
}

// rootNillable tells whether the root element may stand with xsi:nil.
func (m *maker) rootNillable() bool {
	e := m.rootDeclaration()
	return e != nil && e.Nillable && m.doc.JSON == nil
}

// rootDeclaration returns the XML contract's declaration of the root element, or
// nil.
func (m *maker) rootDeclaration() *model.Element {
	if m.doc.XML == nil {
		return nil
	}
	for _, id := range m.doc.XML.Roots {
		if e := &m.doc.XML.Elements[id-1]; e.Name == *m.doc.RootElement {
			return e
		}
	}
	return nil
}

// prune drops the types that no field holds: what stands in their place is a
// map, or a value as it was spelled.
func (m *maker) prune() {
	used := map[any]bool{m.pkg.Root: true}
	queue := []*Record{m.pkg.Root}
	for len(queue) > 0 {
		r := queue[0]
		queue = queue[1:]
		for _, f := range r.all() {
			if f.Enum != nil {
				used[f.Enum] = true
			}
			if f.Record != nil && !used[f.Record] {
				used[f.Record] = true
				queue = append(queue, f.Record)
			}
		}
	}
	m.pkg.Records = slices.DeleteFunc(m.pkg.Records, func(r *Record) bool { return !used[r] })
	m.pkg.Enums = slices.DeleteFunc(m.pkg.Enums, func(e *Enum) bool { return !used[e] })
}

// all lists a record's fields, with what its maps hold.
func (r *Record) all() []*Field {
	list := slices.Clone(r.Fields)
	for _, f := range r.Fields {
		if f.Item != nil {
			list = append(list, f.Item)
		}
	}
	for _, p := range r.Matches {
		list = append(list, p.Field)
	}
	if r.Additional != nil {
		list = append(list, r.Additional)
	}
	return list
}

// kinds lists the JSON types of a type's values; nil: any.
func (m *maker) kinds(id model.TypeID, seen map[model.TypeID]bool) []model.JSONType {
	t := m.typeOf(id)
	if t == nil || seen[id] {
		return nil
	}
	seen[id] = true
	switch t.Kind {
	case model.KindRecord:
		return []model.JSONType{model.JSONObject}
	case model.KindList:
		return []model.JSONType{model.JSONArray}
	case model.KindScalar:
		return []model.JSONType{natural(t.Scalar.Primitive)}
	case model.KindEnumeration:
		return []model.JSONType{natural(t.Enum.Primitive)}
	case model.KindUnion:
		var all []model.JSONType
		for _, v := range t.Union.Variants {
			k := m.kinds(v.Type, seen)
			if k == nil {
				return nil
			}
			all = append(all, k...)
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	return nil
}

// shape decides what a field holds.
func (m *maker) shape(f *Field) {
	mf := f.Model
	if mf.Type == "" { // a list that must be empty
		f.Shape = ShapeRaw
		return
	}
	t := m.typeOf(mf.Type)
	if t == nil {
		m.diags.Errorf(at(mf.At), "bug", "member %s has the type %s, which the model does not hold", mf.Name, mf.Type)
		return
	}
	if mf.XML != nil && mf.XML.Node == model.NodeAny {
		f.Shape = "" // what a wildcard admits is kept with the unknown members
		return
	}
	f.WritesNil = writesNil(mf)
	null := mf.JSON != nil && (mf.JSON.Null || f.WritesNil)
	nullItems := f.Occurs == model.Many && mf.JSON != nil && mf.JSON.NullItems
	optional := f.Occurs == model.Optional || null && f.Occurs == model.One
	switch {
	case t.Kind == model.KindRecord && m.records[t.ID] == nil:
		item := m.mapOf(t, "", t.Record.Additional, t.Record.AdditionalNull, "", roleField, "")
		f.Shape, f.Item = ShapeMap, &Field{Model: &item.Field, At: mf.At, Occurs: item.Occurs}
		m.shape(f.Item)
		f.Item.Pointer = f.Item.Shape == ShapeRecord && f.Item.Occurs != model.Many
		return
	case t.Kind == model.KindList && m.doc.XML != nil && f.Occurs != model.Many && !f.part && !m.nillable(mf):
		m.list(f, t)
		return
	case m.records[t.ID] != nil && m.records[t.ID].Kind.Value() && m.doc.XML != nil:
		f.Shape, f.Record, f.AsText = ShapeRecord, m.records[t.ID], m.records[t.ID].AsText
		f.Nillable = m.nillable(mf)
		f.Pointer = optional
		f.PointerItems = nullItems
		return
	case m.records[t.ID] != nil:
		f.Shape, f.Record = ShapeRecord, m.records[t.ID]
		f.Record.Nillable = f.Record.Nillable || mf.XML != nil && mf.XML.Nillable && mf.JSON == nil
		f.PointerItems = nullItems
		f.Pointer = optional
		return
	case m.enums[t.ID] != nil:
		f.Shape, f.Enum, f.Primitive, f.WhiteSpace = ShapeEnum, m.enums[t.ID], model.String, t.Enum.WhiteSpace
	case t.Kind == model.KindScalar:
		f.Shape, f.Primitive, f.WhiteSpace = ShapeScalar, t.Scalar.Primitive, t.Scalar.WhiteSpace
		if mf.Hints.Type == "time" || t.Hints.Type == "time" {
			f.Primitive = model.Time
		}
	case t.Kind == model.KindEnumeration:
		f.Shape, f.Primitive = ShapeScalar, t.Enum.Primitive
	case t.Kind == model.KindAny && mf.XML != nil && mf.XML.Node != model.NodeElement:
		f.Shape, f.Primitive = ShapeScalar, model.String // text
	case t.Kind == model.KindAny:
		f.Shape, f.WritesNil = ShapeRaw, false // null is one of its values
		return
	}
	if f.Primitive == model.QName && (mf.JSON != nil || f.part) {
		f.Primitive = model.String // a prefix means nothing in JSON, and is text in the text of a value
	}
	if t.XMLType != 0 && !m.qualified(t.XMLType, map[model.XMLTypeID]bool{}) {
		f.Simple = t.XMLType
	}
	f.PointerItems = nullItems
	f.EmptyIsAbsent = (m.emptyIsAbsent || mf.Hints.EmptyIsAbsent || t.Hints.EmptyIsAbsent) &&
		(f.textual() || f.ZeroIsAbsent())
	f.Pointer = optional && !(f.EmptyIsAbsent && f.textual())
	f.Nillable = m.nillable(mf) && !f.EmptyIsAbsent
	f.Spelling = natural(f.Primitive)
	if f.AsText {
		f.Spelling = model.JSONString
		return
	}
	if mf.JSON != nil && len(mf.JSON.Spellings) > 0 {
		f.Spelling = mf.JSON.Spellings[0]
	}
}

// writesNil tells whether what is nil in Go is written with xsi:nil, beside null in
// JSON: a required value, or an item.
func writesNil(f *model.Field) bool {
	return f.XML != nil && f.XML.Nillable && f.JSON != nil && (f.Occurs == model.One || f.Occurs == model.Many && f.JSON.NullItems)
}

// wrapperNil tells the same of the element around a list.
func wrapperNil(f *model.Field) bool {
	return f.XML != nil && f.XML.WrapperNillable && !f.XML.WrapperOptional && f.JSON.Null
}

// mayBeNil tells whether an encoder may write xsi:nil for a field.
func (m *maker) mayBeNil(f *model.Field) bool {
	if m.nillable(f) || writesNil(f) || wrapperNil(f) {
		return true
	}
	t := m.typeOf(f.Type)
	return f.XML != nil && f.XML.Nillable && t != nil && t.Kind == model.KindAny
}

// textual tells whether the field's Go type is a kind of string.
func (f *Field) textual() bool {
	return !f.Nillable && (f.Shape == ShapeEnum || f.Shape == ShapeScalar && GoTypeOf(f.Primitive) == GoType{Name: "string"})
}

// natural is the JSON type that spells a primitive when the contract does not
// say.
func natural(p model.Primitive) model.JSONType {
	switch p {
	case model.Boolean:
		return model.JSONBoolean
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64, model.Integer, model.Decimal:
		return model.JSONNumber
	}
	return model.JSONString
}

// GoTypeOf returns the Go type of a primitive: one that loses nothing.
func GoTypeOf(p model.Primitive) GoType {
	switch p {
	case model.Boolean:
		return GoType{Name: "bool"}
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		return GoType{Name: string(p)}
	case model.String, model.URI:
		return GoType{Name: "string"}
	}
	return GoType{Runtime: true, Name: naming.Exported(string(p))}
}

// GoType returns the Go type of the field's value, without pointer or slice.
func (f *Field) GoType() GoType {
	var t GoType
	switch f.Shape {
	case ShapeRecord:
		t = GoType{Name: f.Record.Name}
	case ShapeEnum:
		t = GoType{Name: f.Enum.Name}
	case ShapeRaw:
		t = GoType{Runtime: true, Name: "Raw"}
	default:
		t = GoTypeOf(f.Primitive)
	}
	t.Nillable = f.Nillable
	return t
}

// EitherForm tells whether the field holds anything, of either form.
func (f *Field) EitherForm() bool {
	return f.Shape == ShapeRaw && f.Model.XML != nil && f.Model.JSON != nil
}

// ZeroIsAbsent tells whether the zero value of the field's Go type is none of
// the type's values: it has a method IsZero.
func (f *Field) ZeroIsAbsent() bool {
	if f.Shape != ShapeScalar || f.Nillable {
		return false
	}
	switch f.Primitive {
	case model.Time, model.DateTime, model.Date, model.TimeOf, model.Duration, model.QName,
		model.GYearMonth, model.GYear, model.GMonthDay, model.GDay, model.GMonth:
		return true
	}
	return false
}

// Lexical tells whether the field's Go type keeps the spelling of its value.
func (f *Field) Lexical() bool {
	return f.Shape == ShapeScalar && GoTypeOf(f.Primitive).Runtime && f.Primitive != model.Time
}

// breakCycles makes pointers of the required records that would contain
// themselves: of every one that leads back to where it stands, so that no
// order decides which.
func (m *maker) breakCycles() {
	for _, r := range m.pkg.Records {
		for _, f := range r.Fields {
			if f.Shape == ShapeRecord && f.Occurs == model.One && m.contains(f.Record, r, map[*Record]bool{}) {
				f.Pointer = true
			}
		}
	}
}

// contains tells whether from holds a value of to, by required fields alone.
func (m *maker) contains(from, to *Record, seen map[*Record]bool) bool {
	if from == to {
		return true
	}
	if seen[from] {
		return false
	}
	seen[from] = true
	for _, f := range from.Fields {
		if f.Shape == ShapeRecord && f.Occurs == model.One && m.contains(f.Record, to, seen) {
			return true
		}
	}
	return false
}

// index makes the table entry of a field.
func (m *maker) index(f *Field, name string, json bool) *Index {
	t := m.typeOf(f.Model.Type)
	x := &Index{
		Name: name, Many: f.Occurs == model.Many || json && f.Shape == ShapeList && !f.AsText,
		Absent:  slices.Concat(f.Model.Hints.Absent, t.Hints.Absent),
		Layouts: slices.Concat(f.Model.Hints.Layouts, t.Hints.Layouts),
	}
	slices.Sort(x.Absent)
	x.Absent = slices.Compact(x.Absent)
	if f.Primitive != model.Time {
		x.Layouts = nil
	}
	for _, l := range x.Layouts {
		if !slices.Contains(knownLayouts, l) {
			m.diags.Errorf(at(f.At), "unsupported", "the layout %q of member %s is not supported yet", l, f.Model.Name).
				WithHint("use one of %q", knownLayouts)
		}
	}
	x.Empty = f.EmptyIsAbsent
	if b := f.Model.XML; b != nil && f.Primitive != model.QName {
		x.Given = b.Given
	}
	if b := f.Model.JSON; b != nil {
		x.Bare, x.Null = b.Bare, b.Null
		x.KeepNull = m.keepsNull(f)
		for _, s := range b.Spellings {
			if s == model.JSONInteger {
				s = model.JSONNumber
			}
			if (s == model.JSONString || s == model.JSONNumber || s == model.JSONBoolean) && !slices.Contains(x.Spelled, s) {
				x.Spelled = append(x.Spelled, s)
			}
		}
		if len(x.Spelled) == 1 && x.Spelled[0] == natural(f.Primitive) {
			x.Spelled = nil
		}
	}
	if f.AsText {
		x.Spelled = []model.JSONType{model.JSONString}
	}
	if f.Shape == ShapeRecord && !f.Record.Kind.Value() {
		x.Blank = f.Model.XML != nil && m.emptiable(f)
	}
	return x
}

// keepsNull tells whether null is a value of its own, which must be kept to be
// told from none: nil is written as null where a member must be.
func (m *maker) keepsNull(f *Field) bool {
	b := f.Model.JSON
	switch {
	case !b.Null || f.Model.XML != nil || m.nothingIsAbsent():
		return false
	case f.Occurs == model.Many:
		return !b.Required
	}
	return f.Occurs != model.One || !f.Pointer
}

// NullEntry tells whether a value of a map, which the field is, may be null.
func (f *Field) NullEntry() bool { return f.Model.JSON != nil && f.Model.JSON.Null }

// mayBeEmpty tells whether the JSON contract lets an object have no members.
func (r *Record) mayBeEmpty() bool {
	return r.Kind == RecordObject && !slices.ContainsFunc(r.Fields, func(f *Field) bool {
		return f.Occurs == model.One || f.Model.JSON != nil && f.Model.JSON.Required
	})
}

// knownLayouts are the spellings of a time that the runtime writes.
var knownLayouts = []string{
	"2006-01-02T15:04:05-0700", "2006-01-02 15:04:05-0700",
	time.RFC3339, "2006-01-02T15:04:05-07:00", "2006-01-02 15:04:05-07:00",
}

// emptiable tells whether the XML contract lets the element of a field be
// empty (XML Schema Part 1, section 3.9.6, Particle Emptiable).
func (m *maker) emptiable(f *Field) bool {
	c := m.doc.XML
	for i := range c.Elements {
		e := &c.Elements[i]
		if f.Model.XML == nil || e.Name != f.Model.XML.Name || !slices.Contains(f.Model.At, e.At) {
			continue
		}
		t := c.Type(e.Type)
		return t.Content == model.ContentEmpty || t.Particle == nil || emptiableParticle(t.Particle)
	}
	return false
}

func emptiableParticle(p *model.Particle) bool {
	if p.Min == 0 {
		return true
	}
	switch p.Kind {
	case model.ParticleChoice:
		return slices.ContainsFunc(p.Parts, func(q model.Particle) bool { return emptiableParticle(&q) })
	case model.ParticleSequence, model.ParticleAll:
		return !slices.ContainsFunc(p.Parts, func(q model.Particle) bool { return !emptiableParticle(&q) })
	}
	return false
}
