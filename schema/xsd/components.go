package xsd

import (
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// schema is all components of a contract, in its symbol spaces (Part 1, section
// 2.5); simple and complex types share one.
type schema struct {
	diags *diag.List
	docs  []*document

	elements        space[*elementDecl]
	attributes      space[*attributeDecl]
	types           space[*typeDef]
	groups          space[*groupDef]
	attributeGroups space[*attributeGroupDef]
	notations       space[*notationDecl]
	identities      space[*identity]

	builtins map[string]*typeDef
	anyType  *typeDef

	// Components that hold what the check stage looks at, in the order in which
	// they were resolved.
	allElements []*elementDecl
	allTypes    []*typeDef

	// referenced are the global elements that others refer to or that stand in
	// for others.
	referenced map[*elementDecl]bool
	hints      map[*node]model.Hints
	// numbers are those of the types in the contract.
	numbers map[*typeDef]model.XMLTypeID
	// redefinitions are the children of xs:redefine.
	redefinitions map[*node]*redefinition
}

// declare makes a component of every global declaration and reports names that
// are given twice (sch-props-correct, clause 2).
func declare(docs []*document, diags *diag.List) *schema {
	s := &schema{diags: diags, docs: docs, referenced: map[*elementDecl]bool{},
		hints: map[*node]model.Hints{}, redefinitions: map[*node]*redefinition{}}
	s.declareBuiltins()
	s.declareXMLAttributes()
	for _, d := range docs {
		for _, n := range d.root.kids {
			s.declareOne(d, n)
		}
	}
	s.redefineAll()
	return s
}

func (s *schema) declareOne(d *document, n *node) {
	if n.kind == nil || n.get("name") == "" {
		return // no component, or reported by the grammar
	}
	o := origin{node: n, doc: d, name: model.XMLName{Space: d.target, Local: n.get("name")}}
	switch n.kind {
	case &kElement:
		if old, ok := s.elements.byName[o.name]; ok {
			s.duplicate("element", &o, &old.origin)
			return
		}
		s.elements.add(o.name, &elementDecl{origin: o, global: true, id: ownerID(o.name, "/")})
	case &kAttribute:
		if old, ok := s.attributes.byName[o.name]; ok && old.node != nil {
			s.duplicate("attribute", &o, &old.origin)
			return
		}
		s.attributes.add(o.name, &attributeDecl{origin: o, global: true, id: ownerID(o.name, "/@")})
	case &kSimpleType, &kComplexType:
		if old, ok := s.types.byName[o.name]; ok {
			// The schema for schemas declares the types that are built in, which are
			// part of every schema by definition (Part 1, section 3.14.7).
			if old.node != nil {
				s.duplicate("type", &o, &old.origin)
			}
			return
		}
		s.types.add(o.name, &typeDef{origin: o, named: true, id: ownerID(o.name, ""),
			complex: n.kind == &kComplexType})
	case &kGroup:
		if old, ok := s.groups.byName[o.name]; ok {
			s.duplicate("group", &o, &old.origin)
			return
		}
		s.groups.add(o.name, &groupDef{origin: o})
	case &kAttributeGroup:
		if old, ok := s.attributeGroups.byName[o.name]; ok {
			s.duplicate("attributeGroup", &o, &old.origin)
			return
		}
		s.attributeGroups.add(o.name, &attributeGroupDef{origin: o})
	case &kNotation:
		if old, ok := s.notations.byName[o.name]; ok {
			s.duplicate("notation", &o, &old.origin)
			return
		}
		s.notations.add(o.name, &notationDecl{origin: o})
	}
}

func (s *schema) duplicate(what string, o, old *origin) {
	s.diags.Errorf(o.at(), "sch-props-correct.2", "%s %s is declared twice", what, braces(o.name)).
		WithHint("remove one of the two, or rename it").WithRelated(old.at())
}

// ownerID is the identifier of a global component: see the package comment.
func ownerID(name model.XMLName, mark string) model.TypeID {
	id := mark + name.Local
	if name.Space != "" {
		id = "{" + name.Space + "}" + id
	}
	return model.TypeID(id)
}

// declareXMLAttributes declares the attributes of the namespace xml that its
// own schema (http://www.w3.org/2001/xml.xsd) has. A schema document of that
// namespace in the contract's folder takes their place.
func (s *schema) declareXMLAttributes() {
	for _, d := range s.docs {
		if d.target == xmlSpaceNS {
			return
		}
	}
	for _, a := range []struct{ name, typ string }{
		{"lang", "language"}, {"space", "NCName"}, {"base", "anyURI"}, {"id", "ID"},
	} {
		name := model.XMLName{Space: xmlSpaceNS, Local: a.name}
		s.attributes.add(name, &attributeDecl{origin: origin{name: name}, global: true,
			id: ownerID(name, "/@"), state: resolved, typ: s.builtins[a.typ]})
	}
}

// qname resolves a QName-valued attribute to an expanded name. In a chameleon
// document names without a namespace are those of the including schema (Part 1,
// section 4.2.1). ok is false when the value is malformed, which the grammar
// has reported.
func (d *document) qname(n *node, v string) (name model.XMLName, ok bool) {
	prefix, local := splitQName(v)
	space, ok := n.scope.lookup(prefix)
	if !ok || !isNCName(local) {
		return model.XMLName{}, false
	}
	if space == "" && d.chameleon {
		space = d.target
	}
	return model.XMLName{Space: space, Local: local}, true
}

func splitQName(v string) (prefix, local string) {
	for i := range len(v) {
		if v[i] == ':' {
			return v[:i], v[i+1:]
		}
	}
	return "", v
}

// find looks a reference up in a symbol space and reports one that leads
// nowhere (src-resolve). attr is the attribute that holds it.
func find[T any](s *schema, d *document, n *node, attr, what string, sp *space[T], nameOf func(T) model.XMLName, v string) (T, bool) {
	var none T
	name, ok := d.qname(n, v)
	if !ok {
		return none, false
	}
	at := n.attrAt(attr)
	if !d.sees(name.Space) {
		x := s.diags.Errorf(at, "src-resolve.4", "%s %s is in a namespace that the schema document does not import", what, braces(name))
		if name.Space == "" {
			x.WithHint("give the name a prefix, or add <xs:import/> for components without namespace")
		} else {
			x.WithHint("add <xs:import namespace=%q schemaLocation=\"...\"/>", name.Space)
		}
		return none, false
	}
	if old, ok := s.replaced(n); ok {
		c, ok := old.(T)
		return c, ok // a redefinition of nothing has been reported
	}
	if c, ok := sp.byName[name]; ok {
		return c, true
	}
	x := s.diags.Errorf(at, "src-resolve", "there is no %s %s", what, braces(name))
	if near := suggest(name.Local, sp.names(name.Space, nameOf)); near != "" {
		if prefix, _ := splitQName(v); prefix != "" {
			near = prefix + ":" + near
		}
		x.WithHint("did you mean %s?", near)
	} else if name.Space == "" && d.target != "" {
		if _, ok := sp.byName[model.XMLName{Space: d.target, Local: name.Local}]; ok {
			x.WithHint("there is one in the target namespace: write it with a prefix bound to %q", d.target)
		}
	} else if name.Space == d.target && xsdHas(name.Local) && what == "type" {
		x.WithHint("did you mean the built-in xs:%s?", name.Local)
	}
	return none, false
}

// sees tells whether a document may refer to components of a namespace
// (src-resolve, clause 4).
func (d *document) sees(space string) bool {
	return space == d.target || space == xsdSpace || d.imports[space]
}

func elementName(e *elementDecl) model.XMLName              { return e.name }
func attributeName(a *attributeDecl) model.XMLName          { return a.name }
func typeName(t *typeDef) model.XMLName                     { return t.name }
func groupName(g *groupDef) model.XMLName                   { return g.name }
func attributeGroupName(g *attributeGroupDef) model.XMLName { return g.name }
