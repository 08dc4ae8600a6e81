package plan

import (
	"slices"
	"time"

	"github.com/biform/biform/schema/model"
)

// fields decides the Go type of every field.
func (m *maker) fields() {
	for _, r := range m.pkg.Records {
		for _, f := range r.Fields {
			m.shape(f)
		}
	}
	m.breakCycles()
}

// shape decides what a field holds.
func (m *maker) shape(f *Field) {
	mf := f.Model
	t := m.doc.Type(mf.Type)
	if t == nil {
		m.diags.Errorf(at(mf.At), "bug", "member %s has the type %s, which the model does not hold", mf.Name, mf.Type)
		return
	}
	if mf.XML != nil && mf.XML.Wrapper != nil {
		m.diags.Errorf(at(mf.At), "unsupported", "the wrapper element of %s is not supported yet", mf.Name)
	}
	if mf.XML != nil && mf.XML.Node == model.NodeAny {
		f.Shape = "" // what a wildcard admits is kept with the unknown members
		return
	}
	optional := f.Occurs == model.Optional
	switch {
	case m.records[t.ID] != nil:
		f.Shape, f.Record = ShapeRecord, m.records[t.ID]
		f.Pointer = optional
		return
	case m.enums[t.ID] != nil:
		f.Shape, f.Enum, f.Primitive = ShapeEnum, m.enums[t.ID], model.String
	case t.Kind == model.KindScalar:
		f.Shape, f.Primitive = ShapeScalar, t.Scalar.Primitive
		if mf.Hints.Type == "time" || t.Hints.Type == "time" {
			f.Primitive = model.Time
		}
	case t.Kind == model.KindEnumeration:
		f.Shape, f.Primitive = ShapeScalar, t.Enum.Primitive
	case t.Kind == model.KindAny:
		f.Shape = ShapeRaw
		if mf.XML != nil && mf.JSON != nil {
			m.diags.Errorf(at(mf.At), "unsupported", "member %s may hold anything, in two forms: that is not supported yet", mf.Name)
		}
		if f.Occurs == model.Many && mf.JSON != nil {
			f.Occurs = model.Optional // the array is kept whole
		}
		return
	default:
		m.diags.Errorf(at(mf.At), "unsupported", "member %s: a %s is not supported yet", mf.Name, t.Kind)
		return
	}
	f.EmptyIsAbsent = (m.emptyIsAbsent || mf.Hints.EmptyIsAbsent || t.Hints.EmptyIsAbsent) &&
		(f.textual() || f.Primitive == model.Time)
	f.Pointer = optional && !(f.EmptyIsAbsent && f.textual())
	f.Spelling = natural(f.Primitive)
	if mf.JSON != nil && len(mf.JSON.Spellings) > 0 {
		f.Spelling = mf.JSON.Spellings[0]
	}
}

// textual tells whether the field's Go type is a kind of string.
func (f *Field) textual() bool {
	return f.Shape == ShapeEnum || f.Shape == ShapeScalar && GoTypeOf(f.Primitive) == GoType{Name: "string"}
}

// natural is the JSON type that spells a primitive when the contract does not
// say.
func natural(p model.Primitive) model.JSONType {
	switch p {
	case model.Boolean:
		return model.JSONBoolean
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		return model.JSONNumber
	}
	return model.JSONString
}

// GoTypeOf returns the Go type of a primitive. Values for which Go has no type
// that loses nothing are kept in their lexical form.
func GoTypeOf(p model.Primitive) GoType {
	switch p {
	case model.Boolean:
		return GoType{Name: "bool"}
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		return GoType{Name: string(p)}
	case model.Time:
		return GoType{Runtime: true, Name: "Time"}
	}
	return GoType{Name: "string"}
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
func (m *maker) index(f *Field, name string) *Index {
	t := m.doc.Type(f.Model.Type)
	x := &Index{
		Name: name, Many: f.Occurs == model.Many,
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
	if b := f.Model.JSON; b != nil {
		x.Bare, x.Null = b.Bare, b.Null
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
	if f.Shape == ShapeRecord && m.doc.XML != nil {
		x.Blank = m.emptiable(f)
	}
	return x
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
