package plan

import (
	"slices"
	"strings"

	"github.com/biform/biform/generator/naming"
	"github.com/biform/biform/schema/model"
)

// Fresh results begin with room for a few values of every type, in one
// allocation. The room is shared out along the tree from the root, so that a
// document of a thousand types does not pay for all of them.
const (
	firstBytes   = 5 << 10 // for all types
	firstPerList = 384     // for the items of one type
)

// nothingIsAbsent tells whether <X/> and {} stand for no record: in a document
// of two forms, which may say nothing in either way, and where the contract says
// that empty means absent. In a document of one form they are what the contract
// says.
func (m *maker) nothingIsAbsent() bool { return m.emptyIsAbsent || m.pkg.XML && m.pkg.JSON }

// hollow finds the records of which nothing need be written. Where nothing is
// absent, so is such a record: it could not be told apart when it is read again.
func (m *maker) hollow() {
	for _, r := range m.pkg.Records {
		r.Hollow = m.nothingIsAbsent() && r.Kind == RecordObject && !slices.ContainsFunc(r.Fields, m.alwaysWritten)
	}
}

// alwaysWritten tells whether a field shows in every form, whatever it holds; the
// element around a list does in XML, by which a record of it is told from <X/>.
func (m *maker) alwaysWritten(f *Field) bool {
	if x := f.Model.XML; x != nil && x.Wrapper != nil {
		return !x.WrapperOptional
	}
	return f.Occurs == model.One && (!f.Pointer || f.WritesNil) && !f.ZeroIsAbsent() &&
		(f.Model.XML != nil || !m.pkg.XML) && (f.Model.JSON != nil || !m.pkg.JSON)
}

// memory decides the slabs of the decoder and what a fresh result begins with.
func (m *maker) memory() {
	m.slabs, m.slabFields = map[GoType]*Slab{}, map[string]bool{}
	budget := firstBytes
	visited := map[*Record]bool{}
	queue := []*Record{m.pkg.Root}
	m.pkg.Root.Slab = m.slab(m.pkg.Root.Reader, GoType{Name: m.pkg.Root.Name})
	m.pkg.Root.Slab.First = 1
	budget -= m.size(m.pkg.Root)
	for len(queue) > 0 {
		r := queue[0]
		queue = queue[1:]
		if visited[r] {
			continue
		}
		visited[r] = true
		for _, f := range r.all() {
			if f.Shape == ShapeRecord {
				queue = append(queue, f.Record)
			}
			size := m.takes(f)
			if f.Slab == nil {
				continue
			}
			want := 1
			if f.Occurs == model.Many {
				want = max(2, firstPerList/size)
			}
			for want > f.Slab.First && budget < (want-f.Slab.First)*size {
				want--
			}
			if want > f.Slab.First {
				budget -= (want - f.Slab.First) * size
				f.Slab.First = want
			} else if f.Occurs != model.Many && budget >= size {
				// Another pointer of the type: one more value.
				budget -= size
				f.Slab.First++
			}
		}
	}
}

// takes gives a field its slab, if it needs one, and returns the size of a
// value in bytes.
func (m *maker) takes(f *Field) int {
	if !f.Pointer && f.Occurs != model.Many {
		return 0
	}
	t := f.GoType()
	if f.Nillable {
		f.Slab = m.slab("nillable"+naming.Exported(t.Name)+"s", t)
		return 32
	}
	switch f.Shape {
	case ShapeRecord:
		if f.Record.Slab == nil {
			f.Record.Slab = m.slab(f.Record.Reader, t)
		}
		f.Slab = f.Record.Slab
		return m.size(f.Record)
	case ShapeEnum:
		if f.Enum.Slab == nil {
			f.Enum.Slab = m.slab(naming.Unexported(f.Enum.Name), t)
		}
		f.Slab = f.Enum.Slab
		return 16
	case ShapeRaw:
		f.Slab = m.slab("raws", t)
		return 16
	}
	field := naming.Unexported(t.Name) + "s"
	switch {
	case t.Name == "string":
		field = "texts"
	case strings.HasSuffix(field, "rys"):
		field = strings.TrimSuffix(field, "ys") + "ies"
	}
	f.Slab = m.slab(field, t)
	if t.Runtime || t.Name == "string" {
		return 16
	}
	return 8
}

// slab returns the slab of a type, making it when there is none.
func (m *maker) slab(field string, t GoType) *Slab {
	if s := m.slabs[t]; s != nil {
		return s
	}
	for m.slabFields[field] {
		field += "Slab"
	}
	s := &Slab{Field: field, Type: t}
	m.slabs[t], m.slabFields[field] = s, true
	m.pkg.Slabs = append(m.pkg.Slabs, s)
	return s
}

// partSlabs parts the slabs where there are many: compilers look the fields of a
// struct up one by one, and methods of a thousand statements take them long.
func (m *maker) partSlabs() {
	if len(m.pkg.Slabs) > mostSlabs {
		for i, s := range m.pkg.Slabs {
			s.Part = i/mostSlabs + 1
		}
	}
}

// mostSlabs is how many slabs a struct may have.
const mostSlabs = 100

// size estimates the size of a record in bytes.
func (m *maker) size(r *Record) int {
	n := 24 // the unknown members
	for _, f := range r.Fields {
		switch {
		case f.Occurs == model.Many:
			n += 24
		case f.Pointer:
			n += 8
		case f.Shape == ShapeRecord:
			n += m.size(f.Record)
		case f.textual() || f.Shape == ShapeRaw || f.Shape == ShapeScalar && GoTypeOf(f.Primitive).Runtime:
			n += 16
		default:
			n += 8
		}
	}
	return n
}
