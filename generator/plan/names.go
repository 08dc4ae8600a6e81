package plan

import (
	"cmp"
	"strings"

	"github.com/biform/biform/generator/naming"
	"github.com/biform/biform/schema/model"
)

// nameTypes decides the names of types, constants and fields. The names of
// constants follow those of types, so that there is one scope for both.
func (m *maker) nameTypes() {
	var scope []naming.Candidate
	add := func(t *model.Type) {
		pos := naming.Position("type", string(t.ID))
		want, exact := m.typeName(t)
		scope = append(scope, naming.Candidate{Position: pos, Want: want, Exact: exact})
	}
	for _, r := range m.pkg.Records {
		if r == m.boxed {
			name, exact := m.rootName()
			scope = append(scope, naming.Candidate{Position: naming.Position("type", string(r.ID)), Want: name, Exact: exact})
			continue
		}
		add(m.typeOf(r.ID))
	}
	for _, e := range m.pkg.Enums {
		add(m.typeOf(e.ID))
	}
	names := m.names.Decide(scope, func(s string) bool { return reservedTypes[s] }, "Type")
	types := map[string]bool{}
	for i, n := range names {
		types[n] = true
		if i < len(m.pkg.Records) {
			r := m.pkg.Records[i]
			r.Name = n
			r.Reader = naming.Unexported(n)
			r.Receiver = receiver(n)
			m.nameFields(r)
		} else {
			m.pkg.Enums[i-len(m.pkg.Records)].Name = n
		}
	}
	scope = scope[:0]
	for _, e := range m.pkg.Enums {
		for _, v := range m.typeOf(e.ID).Enum.Values {
			scope = append(scope, naming.Candidate{
				Position: naming.Position("value", string(e.ID), v.Value),
				Want:     e.Name + strings.TrimPrefix(naming.Exported(v.Value), "X"),
				Exact:    naming.Exported(v.Value) == v.Value,
			})
		}
	}
	names = m.names.Decide(scope, func(s string) bool { return reservedTypes[s] || types[s] }, "Value")
	for _, e := range m.pkg.Enums {
		for _, v := range m.typeOf(e.ID).Enum.Values {
			e.Values = append(e.Values, EnumValue{Name: names[0], Value: v.Value, Doc: v.Doc})
			names = names[1:]
		}
	}
}

// typeName returns the name that a type should have: its own, or the path that
// leads to it.
func (m *maker) typeName(t *model.Type) (name string, exact bool) {
	if name, exact, ok := m.ownName(t); ok {
		return name, exact
	}
	if o, ok := m.ownerOf(t.ID); ok {
		if p := m.typeOf(o.id); p != nil && o.id != t.ID {
			if o.id == m.doc.Root && m.boxed != nil {
				name, _ := m.rootName()
				return name + o.suffix, false
			}
			name, _ := m.typeName(p)
			return name + o.suffix, false
		}
	}
	return naming.Exported(string(t.ID)), false
}

// ownName returns the name that a type has by itself: the contract's hint, its
// name there, or the global element that it is declared in, unless another type
// has that name.
func (m *maker) ownName(t *model.Type) (name string, exact, ok bool) {
	switch {
	case t.Hints.GoName != "":
		return naming.Exported(t.Hints.GoName), true, true
	case t.Name != "":
		name = naming.Exported(t.Name)
		return name, name == t.Name, true
	case t.ID == m.doc.Root && m.boxed == nil:
		name, exact = m.rootName()
		return name, exact, true
	case t.Element != "":
		name = naming.Exported(t.Element)
		return name, name == t.Element, m.namesakes(name) == 1
	}
	return "", false, false
}

// namesakes returns how many types the contracts have a Go name for, by their
// own name or their element's.
func (m *maker) namesakes(name string) int {
	if m.byName == nil {
		m.byName = map[string]int{}
		for i := range m.doc.Types {
			if t := &m.doc.Types[i]; t.Name != "" || t.Element != "" {
				m.byName[naming.Exported(cmp.Or(t.Name, t.Element))]++
			}
		}
	}
	return m.byName[name]
}

// rootName returns the name of the root's type.
func (m *maker) rootName() (name string, exact bool) {
	return naming.Exported(m.doc.Name), true
}

// receiver returns the name of a method's receiver: the type's initial, unless
// the methods use that letter for something else.
func receiver(typeName string) string {
	if r := naming.Unexported(typeName)[:1]; strings.Contains("aghklmopqrstuxyz", r) {
		return r
	}
	return "v"
}

// rootMethods are the methods of the root type, which no field may hide.
var rootMethods = map[string]bool{
	"Validate": true, "AppendXML": true, "AppendJSON": true, "MarshalXML": true,
	"UnmarshalXML": true, "MarshalJSON": true, "UnmarshalJSON": true,
}
