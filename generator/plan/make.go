package plan

import (
	"strings"

	"github.com/biform/biform/generator/naming"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// maker holds the plan while the passes work on it.
type maker struct {
	doc     *model.Document
	names   *naming.Table
	pkg     *Package
	diags   diag.List
	records map[model.TypeID]*Record
	enums   map[model.TypeID]*Enum
	// emptyIsAbsent is the document's rule for strings.
	emptyIsAbsent bool
	prefixes      map[string]string // of namespaces, as they are written
}

// Make plans the package of that name for a document. What cannot be planned is
// in the diagnostics, all of it.
func Make(doc *model.Document, name string, names *naming.Table) (*Package, diag.List) {
	m := &maker{
		doc:     doc,
		names:   names,
		records: map[model.TypeID]*Record{},
		enums:   map[model.TypeID]*Enum{},
		pkg: &Package{
			Name: name, Doc: doc.Doc, Sources: doc.Sources,
			XML: doc.XML != nil, JSON: doc.JSON != nil, Wrapper: doc.Name,
		},
	}
	root := doc.Type(doc.Root)
	if root == nil || root.Kind != model.KindRecord {
		at := model.Position{}
		if root != nil && len(root.At) > 0 {
			at = root.At[0]
		}
		m.diags.Errorf(at, "unsupported", "the document's root is not a record").
			WithHint("a root that is no object or element with members is not supported yet")
		return nil, m.diags
	}
	if doc.Wrapped {
		m.diags.Errorf(at(root.At), "unsupported", "a JSON Schema that demands the root's name around the document is not supported yet").
			WithHint("describe the document itself; the decoders take the name around it anyway")
	}
	m.emptyIsAbsent = root.Hints.EmptyIsAbsent
	m.shells()
	if m.diags.HasErrors() {
		return nil, m.diags
	}
	m.pkg.Root = m.records[doc.Root]
	m.namespaces()
	m.nameTypes()
	m.fields()
	if m.diags.HasErrors() {
		return nil, m.diags
	}
	m.tables()
	m.checks()
	m.hollow()
	m.memory()
	return m.pkg, m.diags
}

// shells makes an empty record or enumeration for every type that becomes a
// Go type, in the model's order.
func (m *maker) shells() {
	for i := range m.doc.Types {
		t := &m.doc.Types[i]
		switch t.Kind {
		case model.KindRecord:
			r := &Record{ID: t.ID, Doc: t.Doc, At: t.At}
			m.records[t.ID] = r
			m.pkg.Records = append(m.pkg.Records, r)
			if t.Record.Additional != "" || len(t.Record.Patterns) > 0 {
				m.diags.Warnf(at(t.At), "untyped-members", "the members that no field names get no Go type of their own").
					WithHint("they are kept as they are spelled, and ValidateJSON checks them")
			}
		case model.KindEnumeration:
			if t.Enum.Primitive != model.String {
				continue // a scalar with a check: numbers keep their type
			}
			e := &Enum{ID: t.ID, Doc: t.Doc}
			m.enums[t.ID] = e
			m.pkg.Enums = append(m.pkg.Enums, e)
		case model.KindUnion, model.KindList:
			m.diags.Errorf(at(t.At), "unsupported", "a %s is not supported yet", t.Kind).
				WithHint("give the member one type; a list stands in a record, as a repeated member")
		}
	}
}

func at(p []model.Position) model.Position {
	if len(p) == 0 {
		return model.Position{}
	}
	return p[0]
}

// reservedTypes are the package-level names of every generated package.
var reservedTypes = map[string]bool{
	"Decode": true, "DecodeXML": true, "DecodeJSON": true, "ValidateXML": true,
	"ValidateJSON": true, "Decoder": true, "Handler": true,
}

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
		add(m.doc.Type(r.ID))
	}
	for _, e := range m.pkg.Enums {
		add(m.doc.Type(e.ID))
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
		for _, v := range m.doc.Type(e.ID).Enum.Values {
			scope = append(scope, naming.Candidate{
				Position: naming.Position("value", string(e.ID), v.Value),
				Want:     e.Name + strings.TrimPrefix(naming.Exported(v.Value), "X"),
				Exact:    naming.Exported(v.Value) == v.Value,
			})
		}
	}
	names = m.names.Decide(scope, func(s string) bool { return reservedTypes[s] || types[s] }, "Value")
	for _, e := range m.pkg.Enums {
		for _, v := range m.doc.Type(e.ID).Enum.Values {
			e.Values = append(e.Values, EnumValue{Name: names[0], Value: v.Value, Doc: v.Doc})
			names = names[1:]
		}
	}
}

// typeName returns the name that a type should have: the contract's hint, its
// name there, or the path that leads to it.
func (m *maker) typeName(t *model.Type) (name string, exact bool) {
	if t.Hints.GoName != "" {
		return naming.Exported(t.Hints.GoName), true
	}
	if t.ID == m.doc.Root && t.Name == "" {
		return naming.Exported(m.doc.Name), true
	}
	if t.Name != "" {
		name = naming.Exported(t.Name)
		return name, name == t.Name
	}
	for i := range m.doc.Types {
		p := &m.doc.Types[i]
		if p.Kind != model.KindRecord {
			continue
		}
		for j := range p.Record.Fields {
			if f := &p.Record.Fields[j]; f.Type == t.ID && p.ID != t.ID {
				owner, _ := m.typeName(p)
				return owner + naming.Exported(f.Name), false
			}
		}
	}
	return naming.Exported(string(t.ID)), false
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

// nameFields makes the fields of a record and decides their names.
func (m *maker) nameFields(r *Record) {
	t := m.doc.Type(r.ID)
	scope := make([]naming.Candidate, 0, len(t.Record.Fields)+1)
	for i := range t.Record.Fields {
		f := &t.Record.Fields[i]
		want, exact := naming.Exported(f.Name), naming.Exported(f.Name) == f.Name
		if f.Hints.GoName != "" {
			want, exact = naming.Exported(f.Hints.GoName), true
		}
		pos := naming.Position("field", string(t.ID), f.Name)
		if f.XML != nil && f.XML.Node != model.NodeElement && f.JSON == nil {
			pos = naming.Position("field", string(t.ID), string(f.XML.Node), f.Name)
		}
		scope = append(scope, naming.Candidate{Position: pos, Want: want, Exact: exact})
	}
	const unknown = "Unknown"
	names := m.names.Decide(scope, func(s string) bool {
		return s == unknown || rootMethods[s] && r == m.pkg.Root
	}, "Field")
	r.Unknown = unknown
	for i := range t.Record.Fields {
		f := &t.Record.Fields[i]
		r.Fields = append(r.Fields, &Field{Name: names[i], Doc: f.Doc, At: f.At, Model: f, Occurs: f.Occurs})
	}
}

// namespaces decides the prefixes that names are written with. The namespace of
// the root is the default one, unless members without a namespace need that.
func (m *maker) namespaces() {
	m.prefixes = map[string]string{"": ""}
	if m.doc.RootElement == nil {
		return
	}
	m.pkg.RootElement = *m.doc.RootElement
	root := m.doc.RootElement.Space
	var spaces []string
	plain := false
	note := func(n *model.XMLName, element bool) {
		if n == nil {
			return
		}
		if n.Space == "" {
			plain = plain || element
			return
		}
		if _, ok := m.prefixes[n.Space]; !ok {
			m.prefixes[n.Space] = ""
			spaces = append(spaces, n.Space)
		}
	}
	note(m.doc.RootElement, true)
	qualifiedAttribute := map[string]bool{}
	for i := range m.doc.Types {
		if r := m.doc.Types[i].Record; r != nil {
			for j := range r.Fields {
				if b := r.Fields[j].XML; b != nil {
					note(&b.Name, b.Node == model.NodeElement)
					note(b.Wrapper, true)
					if b.Node == model.NodeAttribute && b.Name.Space != "" {
						qualifiedAttribute[b.Name.Space] = true
					}
				}
			}
		}
	}
	const xmlSpace = "http://www.w3.org/XML/1998/namespace"
	n := 0
	for _, s := range spaces {
		switch {
		case s == xmlSpace:
			m.prefixes[s] = "xml:"
			continue
		case s == root && !plain && !qualifiedAttribute[s]:
			m.pkg.Declarations += ` xmlns="` + attributeValue(s) + `"`
			continue
		}
		n++
		p := "n" + string(rune('0'+n%10))
		if n > 9 {
			p = "n" + string(rune('0'+n/10%10)) + string(rune('0'+n%10))
		}
		m.prefixes[s] = p + ":"
		m.pkg.Declarations += " xmlns:" + p + `="` + attributeValue(s) + `"`
	}
	m.pkg.RootTag = m.written(*m.doc.RootElement)
}

// written returns a name as it is written, with its prefix.
func (m *maker) written(n model.XMLName) string { return m.prefixes[n.Space] + n.Local }

// attributeValue escapes a namespace for its declaration.
func attributeValue(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(s)
}
