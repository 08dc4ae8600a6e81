package plan

import (
	"reflect"
	"slices"

	"github.com/biform/biform/generator/naming"
	"github.com/biform/biform/schema/model"
)

// tables makes the member tables of every record, and names the constants of
// their entries.
func (m *maker) tables() {
	taken := map[string]bool{}
	unique := func(name, position string) string {
		for taken[name] {
			name += "Of" + naming.Exported(position)
		}
		taken[name] = true
		return name
	}
	for _, r := range m.pkg.Records {
		if r.Kind != RecordObject {
			continue
		}
		for _, p := range r.Matches {
			p.Pattern = m.patternVariable(p.Field, p.Pattern)
		}
		r.Fields = slices.DeleteFunc(r.Fields, func(f *Field) bool { return f.Shape == "" })
		elements, attributes, members := &Table{Ordered: m.ordered(r)}, &Table{}, &Table{}
		for _, f := range r.Fields {
			if b := f.Model.XML; b != nil {
				f.Tag = m.written(b.Name)
				switch b.Node {
				case model.NodeText:
					r.Text = f
				case model.NodeAttribute:
					m.entry(attributes, f, b.Name)
				default:
					t := elements
					if b.Wrapper != nil {
						t = m.wrapper(f, elements)
					}
					m.entry(t, f, b.Name)
					if t != elements {
						f.XMLIndex.List = f.Model.JSON.Name
						t.settle()
					}
				}
			}
			if b := f.Model.JSON; b != nil {
				f.JSONIndex = m.index(f, b.Name, true)
				members.Entries = append(members.Entries, f.JSONIndex)
			}
		}
		members.Others, elements.Mixed = r.Others, r.Mixed
		members.Open = len(r.Matches) > 0 || r.Additional != nil
		members.Nulls = r.Additional != nil && r.Additional.NullEntry() ||
			slices.ContainsFunc(r.Matches, func(p *Match) bool { return p.NullEntry() })
		r.Elements, r.Members = elements, members
		elements.settle()
		if len(attributes.Entries) > 0 {
			r.Attributes = attributes
		}
		switch {
		case m.pkg.XML && m.pkg.JSON && reflect.DeepEqual(entries(elements), entries(members)):
			r.Members = elements
			for _, f := range r.Fields {
				f.JSONIndex = f.XMLIndex
			}
			elements.Name = "membersOf" + r.Name
		default:
			elements.Name, members.Name = "elementsOf"+r.Name, "membersOf"+r.Name
		}
		attributes.Name = "attributesOf" + r.Name
		tables := []*Table{r.Attributes, r.Elements, r.Members}
		for _, f := range r.Fields {
			if f.Wrapper != nil {
				tables = append(tables, f.Wrapper.Items)
			}
		}
		for _, t := range tables {
			if t == nil || slices.Contains(m.pkg.Tables, t) ||
				t == r.Elements && !m.pkg.XML || t == r.Members && !m.pkg.JSON {
				continue
			}
			t.Base = m.pkg.Guesses
			m.pkg.Guesses += len(t.Entries) + 1
			m.pkg.Tables = append(m.pkg.Tables, t)
		}
		m.constants(r, unique)
	}
}

// constants names the entries of a record's tables.
func (m *maker) constants(r *Record, unique func(name, position string) string) {
	for _, f := range r.Fields {
		stem := r.Reader + f.Name
		switch w := f.Wrapper; {
		case w != nil:
			w.Index.Const = unique(stem, string(r.ID))
			f.XMLIndex.Const = unique(stem+"Item", string(r.ID))
			w.Items.Name = "itemsOf" + naming.Exported(w.Index.Const)
			stem += "Member"
		case f.XMLIndex != nil:
			f.XMLIndex.Const = unique(stem, string(r.ID))
			if r.Elements != r.Members {
				stem += "Member"
			}
		}
		if f.JSONIndex != nil && f.JSONIndex != f.XMLIndex {
			f.JSONIndex.Const = unique(stem, string(r.ID))
		}
	}
}

// wrapper adds the element around a field's items to the elements of its record,
// and makes the table of what is in it.
func (m *maker) wrapper(f *Field, elements *Table) *Table {
	b := f.Model.XML
	w := &Wrapper{
		Tag: m.written(*b.Wrapper), Optional: b.WrapperOptional, Nillable: wrapperNil(f.Model),
		Index: &Index{Name: b.Wrapper.Local, Space: b.Wrapper.Space, Blank: f.Model.MinItems == 0},
		Items: &Table{},
	}
	elements.Entries = append(elements.Entries, w.Index)
	f.Wrapper = w
	return w.Items
}

// entry adds a field to a table of elements or attributes.
func (m *maker) entry(t *Table, f *Field, name model.XMLName) {
	f.XMLIndex = m.index(f, name.Local, false)
	f.XMLIndex.Space = name.Space
	t.Entries = append(t.Entries, f.XMLIndex)
}

// settle moves the namespace that all entries share to the table.
func (t *Table) settle() {
	if len(t.Entries) == 0 {
		return
	}
	t.Space = t.Entries[0].Space
	for _, e := range t.Entries {
		if e.Space != t.Space {
			t.Space = ""
			return
		}
	}
	for _, e := range t.Entries {
		e.Space = ""
	}
}

// entries returns what a table says of its members.
func entries(t *Table) any {
	all := make([]Index, len(t.Entries))
	for i, e := range t.Entries {
		all[i] = *e
	}
	return struct {
		Space   string
		Open    bool
		Nulls   bool
		Others  bool
		Entries []Index
	}{t.Space, t.Open, t.Nulls, t.Others, all}
}

// ordered tells whether the XML contract fixes the order of a record's
// children: whether its content is one sequence that no choice repeats.
func (m *maker) ordered(r *Record) bool {
	t := m.xmlType(r)
	return t != nil && t.Particle != nil && sequential(t.Particle)
}

// fixedOrder tells whether the XML contract leaves no choice in what stands
// between a record's tags: a sequence of elements, or nothing.
func (m *maker) fixedOrder(r *Record) bool {
	t := m.xmlType(r)
	return t == nil || t.Content != model.ContentMixed && (t.Particle == nil || m.sequence(t.Particle, map[model.XMLName]bool{}))
}

// xmlType returns the XML contract's type of a record, the first if there are
// several, or nil.
func (m *maker) xmlType(r *Record) *model.XMLType {
	if m.doc.XML == nil {
		return nil
	}
	if m.xmlTypes == nil {
		m.xmlTypes = map[model.Position]int{}
		for i, t := range slices.Backward(m.doc.XML.Types) {
			m.xmlTypes[t.At] = i
		}
		m.substituted = map[model.ElementID]bool{}
		for _, e := range m.doc.XML.Elements {
			m.substituted[e.Substitutes] = true
		}
	}
	first := len(m.doc.XML.Types)
	for _, at := range r.At {
		if i, ok := m.xmlTypes[at]; ok {
			first = min(first, i)
		}
	}
	if first == len(m.doc.XML.Types) {
		return nil
	}
	return &m.doc.XML.Types[first]
}

// sequence tells whether a particle is elements alone, one behind the other,
// each of its own name and with none that may stand in its place.
func (m *maker) sequence(p *model.Particle, seen map[model.XMLName]bool) bool {
	switch p.Kind {
	case model.ParticleElement:
		name := m.doc.XML.Elements[p.Element-1].Name
		if seen[name] || m.substituted[p.Element] {
			return false
		}
		seen[name] = true
		return true
	case model.ParticleSequence:
		return p.Max == 1 && !slices.ContainsFunc(p.Parts, func(q model.Particle) bool { return !m.sequence(&q, seen) })
	}
	return false
}

func sequential(p *model.Particle) bool {
	switch p.Kind {
	case model.ParticleElement, model.ParticleWildcard:
		return true
	case model.ParticleSequence:
		return p.Max == 1 && !slices.ContainsFunc(p.Parts, func(q model.Particle) bool { return !sequential(&q) })
	}
	return false
}
