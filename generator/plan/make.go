package plan

import (
	"cmp"
	"regexp"
	"strconv"

	"github.com/biform/biform/gen/wire"
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
	types   map[model.TypeID]*model.Type
	owners  map[model.TypeID]owner
	lists   map[model.TypeID]bool // of XML, that need a struct
	inner   map[model.TypeID]bool // types that stand elsewhere than in a member
	byName  map[string]int        // see namesakes
	boxed   *Record               // around a root that is no record; nil when it is one
	enums   map[model.TypeID]*Enum
	// emptyIsAbsent is the document's rule for strings.
	emptyIsAbsent bool
	prefixes      map[string]string // of namespaces, as they are written
	slabs         map[GoType]*Slab
	slabFields    map[string]bool
	// The XML contract's types by position and the heads of its substitution
	// groups; see xmlType.
	xmlTypes    map[model.Position]int
	substituted map[model.ElementID]bool
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
	root := m.typeOf(doc.Root)
	if root == nil {
		m.diags.Errorf(model.Position{}, "bug", "the document has no root type")
		return nil, m.diags
	}
	m.emptyIsAbsent = root.Hints.EmptyIsAbsent
	m.shells()
	if m.diags.HasErrors() {
		return nil, m.diags
	}
	m.pkg.Root = m.root(root)
	m.namespaces()
	m.nameTypes()
	m.fields()
	if m.diags.HasErrors() {
		return nil, m.diags
	}
	m.prune()
	m.tables()
	m.checks()
	m.defaults()
	m.examples()
	m.hollow()
	m.memory()
	m.partSlabs()
	return m.pkg, m.diags
}

// typeOf returns the type that id names, or nil.
func (m *maker) typeOf(id model.TypeID) *model.Type {
	if m.types == nil {
		m.types = make(map[model.TypeID]*model.Type, len(m.doc.Types))
		for i := range m.doc.Types {
			m.types[m.doc.Types[i].ID] = &m.doc.Types[i]
		}
	}
	return m.types[id]
}

// shells makes an empty record or enumeration for every type that becomes a
// Go type, in the model's order.
func (m *maker) shells() {
	for i := range m.doc.Types {
		t := &m.doc.Types[i]
		switch t.Kind {
		case model.KindRecord:
			if !m.isMap(t) {
				m.record(t, RecordObject)
			}
		case model.KindEnumeration:
			if t.Enum.Primitive != model.String {
				continue // a scalar with a check: numbers keep their type
			}
			e := &Enum{ID: t.ID, Doc: t.Doc, Open: t.Enum.Open}
			m.enums[t.ID] = e
			m.pkg.Enums = append(m.pkg.Enums, e)
		case model.KindList:
			switch {
			case m.doc.XML != nil && !m.boxes(t):
			case len(t.List.Tuple) > 0:
				m.record(t, RecordTuple)
			default:
				m.record(t, RecordBox)
			}
		case model.KindUnion:
			m.record(t, RecordUnion)
		}
	}
}

func (m *maker) record(t *model.Type, kind RecordKind) *Record {
	r := &Record{Kind: kind, ID: t.ID, Doc: t.Doc, At: t.At, Simple: t.XMLType}
	r.Checked = r.Simple != 0 && !m.qualified(r.Simple, map[model.XMLTypeID]bool{})
	switch {
	case t.Union != nil:
		r.AsText = t.Union.Text
	case t.List != nil:
		r.AsText = t.List.Text
	}
	switch {
	case m.doc.XML != nil: // the pair's other contract says what it is
	case t.Record != nil:
		r.Others = t.Record.Others
	case t.List != nil:
		r.Others = t.List.Others
	}
	m.records[t.ID] = r
	m.pkg.Records = append(m.pkg.Records, r)
	return r
}

// root returns the record of the root: one around its value when the type is
// none itself.
func (m *maker) root(t *model.Type) *Record {
	if r := m.records[t.ID]; r != nil && (m.doc.XML == nil || !r.Kind.Value()) {
		return r
	}
	r := &Record{Kind: RecordBox, ID: t.ID + "/value", Doc: t.Doc, At: t.At}
	if m.doc.XML != nil {
		r.Kind, r.Mixed = RecordObject, t.Kind == model.KindAny
	}
	m.pkg.Records = append([]*Record{r}, m.pkg.Records...)
	m.boxed = r
	return r
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

// nameFields makes the fields of a record and decides their names.
func (m *maker) nameFields(r *Record) {
	members := m.members(r)
	scope := make([]naming.Candidate, 0, len(members))
	for i := range members {
		f := &members[i]
		want, exact := naming.Exported(f.want), naming.Exported(f.want) == f.want
		if f.Hints.GoName != "" {
			want, exact = naming.Exported(f.Hints.GoName), true
		}
		scope = append(scope, naming.Candidate{Position: f.position, Want: want, Exact: exact})
	}
	m.tellApart(members, scope)
	r.Unread = r == m.pkg.Root && r.Kind.Value() && m.doc.XML == nil
	if r.Kind == RecordObject || r.Unread {
		r.Unknown = "Unknown"
	}
	if r.Kind == RecordUnion || r.Kind != RecordObject && r.Others {
		r.Raw = "Raw"
	}
	if r.Kind == RecordObject && r != m.boxed && m.doc.JSON == nil && !m.fixedOrder(r) {
		r.Order, r.Mixed = "Order", m.typeOf(r.ID).Record.Mixed
	}
	names := m.names.Decide(scope, func(s string) bool {
		return s == r.Order || s == r.Unknown || s == r.Raw || s == FillDefaults || rootMethods[s] && r == m.pkg.Root
	}, "Field")
	for i := range members {
		mf := &members[i]
		f := &Field{Name: names[i], Doc: mf.Doc, At: mf.At, Model: &mf.Field, Occurs: mf.Occurs, Simple: mf.simple}
		switch mf.role {
		case roleAdditional:
			r.Additional = f
		case roleMatch:
			r.Matches = append(r.Matches, &Match{Field: f, Pattern: mf.pattern})
		default:
			r.Fields = append(r.Fields, f)
		}
	}
	if m.doc.XML == nil && r.Kind == RecordBox && r != m.boxed && r.Raw == "" && r.Unknown == "" {
		r.Slice, r.Fields[0].Bare = true, true
	}
}

// usable tells whether a prefix of the contract can be written: it is short, and
// nothing else has it (Namespaces in XML 1.0, section 3).
func usable(prefix string) bool {
	return prefixes.MatchString(prefix) && !reservedPrefixes.MatchString(prefix)
}

var (
	prefixes         = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,19}$`)
	reservedPrefixes = regexp.MustCompile(`^(?i:xml.*|xsi|biform.*|n[0-9]+)$`)
)

// namespaces decides the prefixes that names are written with. The namespace of
// the root is the default one, unless members without a namespace need that.
func (m *maker) namespaces() {
	m.prefixes = map[string]string{"": ""}
	if m.doc.RootElement == nil {
		return
	}
	m.pkg.RootElement = *m.doc.RootElement
	if e := m.rootDeclaration(); e != nil && len(e.Prefixes) == 0 {
		m.pkg.RootGiven = *cmp.Or(e.Default, e.Fixed, new(string))
	}
	root := m.doc.RootElement.Space
	var spaces []string
	plain, qualified := false, false
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
	nillable := false
	for i := range m.doc.Types {
		if s := m.doc.Types[i].Scalar; s != nil && s.Primitive == model.QName {
			qualified = true // a name without a prefix must be able to have no namespace
		}
		if r := m.doc.Types[i].Record; r != nil {
			for j := range r.Fields {
				if b := r.Fields[j].XML; b != nil {
					nillable = nillable || m.mayBeNil(&r.Fields[j])
					note(&b.Name, b.Node == model.NodeElement)
					note(b.Wrapper, true)
					if b.Node == model.NodeAttribute && b.Name.Space != "" {
						qualifiedAttribute[b.Name.Space] = true
					}
				}
			}
		}
	}
	m.pkg.KeepDefault = qualified && !plain && m.doc.JSON == nil
	plain = plain || qualified
	w := wire.XMLWriter{} // readers compare with what it writes
	declare := w.Attr
	n := 0
	for _, s := range spaces {
		switch {
		case s == xmlSpace:
			m.prefixes[s] = "xml:"
			continue
		case s == root && !plain && !qualifiedAttribute[s]:
			declare("xmlns", s)
			continue
		}
		p := m.doc.Prefixes[s]
		if !usable(p) {
			n++
			p = "n" + strconv.Itoa(n)
		}
		m.prefixes[s] = p + ":"
		declare("xmlns:"+p, s)
	}
	if nillable {
		declare("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
	}
	m.pkg.Declarations = string(w.Buf)
	m.pkg.RootTag = m.written(*m.doc.RootElement)
}

// written returns a name as it is written, with its prefix.
func (m *maker) written(n model.XMLName) string { return m.prefixes[n.Space] + n.Local }
