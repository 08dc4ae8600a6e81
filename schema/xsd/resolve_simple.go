package xsd

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
)

// typeRef resolves an attribute that names a type, or returns nil.
func (s *schema) typeRef(d *document, n *node, attr string) *typeDef {
	return s.typeNamed(d, n, attr, n.get(attr))
}

func (s *schema) typeNamed(d *document, n *node, attr, qname string) *typeDef {
	t, ok := find(s, d, n, attr, "type", &s.types, typeName, qname)
	if !ok {
		return nil
	}
	return t
}

// simpleRef resolves an attribute that names a simple type, and the type.
func (s *schema) simpleRef(d *document, n *node, attr, qname string) *typeDef {
	t := s.typeNamed(d, n, attr, qname)
	if t == nil {
		return nil
	}
	if t.complex {
		s.diags.Errorf(n.attrAt(attr), "src-resolve", "%s is a complex type where a simple one is needed", braces(t.name)).
			WithRelated(t.at())
		return nil
	}
	if s.resolveType(t); t.broken {
		return nil
	}
	return t
}

// anonymousSimple makes and resolves the type of an xs:simpleType that stands
// inside another component.
func (s *schema) anonymousSimple(d *document, n *node, id model.TypeID) *typeDef {
	t := &typeDef{origin: origin{node: n, doc: d}, id: id}
	s.resolveType(t)
	if t.broken {
		return nil
	}
	return t
}

// resolveType resolves a type definition once; a type that is met again while
// it is being resolved derives from itself.
func (s *schema) resolveType(t *typeDef) {
	switch t.state {
	case resolved:
		return
	case resolving:
		rule := "st-props-correct.2"
		if t.complex {
			rule = "ct-props-correct.3"
		}
		s.diags.Errorf(t.at(), rule, "type %s is derived from itself", braces(t.name))
		t.broken = true
		return
	}
	t.state = resolving
	if t.complex {
		s.resolveComplex(t)
	} else {
		s.resolveSimple(t)
	}
	if t.broken {
		t.makeHarmless(s)
	}
	t.state = resolved
	s.allTypes = append(s.allTypes, t)
}

// makeHarmless gives a type that could not be resolved the shape of the type of
// everything, so that later stages need not ask.
func (t *typeDef) makeHarmless(s *schema) {
	t.base = s.anyType
	if t.complex {
		t.content, t.particle, t.anyAttr = model.ContentAny, s.anyType.particle, s.anyType.anyAttr
		return
	}
	t.base = s.builtins["anySimpleType"]
	t.content = model.ContentSimple
	t.simple = t.base.simple
}

// resolveSimple resolves a simple type definition (Part 1, section 3.14.2).
func (s *schema) resolveSimple(t *typeDef) {
	t.content = model.ContentSimple
	t.final = t.doc.finals(t.node, valueFinalSimple)
	n := t.node.child("restriction", "list", "union")
	if n == nil {
		t.broken = true // the grammar has reported it
		return
	}
	switch n.name.Local {
	case "restriction":
		s.simpleRestriction(t, n)
	case "list":
		s.simpleList(t, n)
	case "union":
		s.simpleUnion(t, n)
	}
	if t.simple == nil {
		t.broken = true
	}
}

func (s *schema) simpleRestriction(t *typeDef, n *node) {
	t.derived = byRestriction
	base := s.namedOrInline(t.doc, n, "base", t.id+"/base", "src-simple-type")
	if base == nil {
		return
	}
	t.base = base
	if base.builtin != nil && base.builtin.name == "anySimpleType" {
		s.diags.Errorf(n.attrAt("base"), "cos-st-restricts.1.1", "xs:anySimpleType cannot be restricted").
			WithHint("restrict xs:string or another primitive type")
		return
	}
	s.refuseFinal(n, base, byRestriction)
	t.simple = s.restrict(t.doc, n, base.simple)
	if c := base.simple.primitive; c != nil && c.class == classNotation && base.builtin != nil &&
		t.simple.facets.enumeration == nil {
		s.diags.Errorf(n.at(), "enumeration-required-notation", "a restriction of xs:NOTATION needs an enumeration")
	}
}

// namedOrInline resolves the simple type that an attribute names or a child
// holds: exactly one of the two.
func (s *schema) namedOrInline(d *document, n *node, attr string, id model.TypeID, rule string) *typeDef {
	inline := n.child("simpleType")
	switch {
	case n.has(attr) && inline != nil:
		s.diags.Errorf(inline.at(), rule, "attribute %q and a child xs:simpleType exclude each other", attr)
		return nil
	case n.has(attr):
		return s.simpleRef(d, n, attr, n.get(attr))
	case inline != nil:
		return s.anonymousSimple(d, inline, id)
	}
	s.diags.Errorf(n.at(), rule, "xs:%s needs an attribute %q or a child xs:simpleType", n.name.Local, attr)
	return nil
}

func (s *schema) simpleList(t *typeDef, n *node) {
	t.derived = byList
	t.base = s.builtins["anySimpleType"]
	item := s.namedOrInline(t.doc, n, "itemType", t.id+"/item", "src-simple-type")
	if item == nil {
		return
	}
	if !item.simple.atomic() {
		s.diags.Errorf(n.attrAt("itemType"), "cos-list-of-atomic", "the item type of a list is a list itself").
			WithRelated(item.at())
		return
	}
	s.refuseFinal(n, item, byList)
	t.simple = &simpleDef{variety: model.ListOf, builtin: t.base.builtin, item: item,
		facets: facets{space: "collapse", spaceFixed: true}}
}

// atomic tells whether no value of the type is a list.
func (d *simpleDef) atomic() bool {
	switch d.variety {
	case model.ListOf:
		return false
	case model.UnionOf:
		return !slices.ContainsFunc(d.members, func(m *typeDef) bool { return !m.simple.atomic() })
	}
	return true
}

func (s *schema) simpleUnion(t *typeDef, n *node) {
	t.derived = byUnion
	t.base = s.builtins["anySimpleType"]
	def := &simpleDef{variety: model.UnionOf, builtin: t.base.builtin, facets: facets{space: "preserve"}}
	ok := true
	for _, q := range strings.Fields(n.get("memberTypes")) {
		m := s.simpleRef(t.doc, n, "memberTypes", q)
		if m == nil {
			ok = false
			continue
		}
		s.refuseFinal(n, m, byUnion)
		def.members = append(def.members, m)
	}
	for _, k := range n.kids {
		if !k.is("simpleType") {
			continue
		}
		m := s.anonymousSimple(t.doc, k, t.id+model.TypeID("/member("+itoa(len(def.members)+1)+")"))
		if m == nil {
			ok = false
			continue
		}
		def.members = append(def.members, m)
	}
	if ok && len(def.members) == 0 {
		s.diags.Errorf(n.at(), "src-union-memberTypes-or-simpleTypes", "a union without member types")
		ok = false
	}
	if ok {
		t.simple = def
	}
}

// refuseFinal reports a derivation that the base forbids (st-props-correct,
// cos-st-restricts, cos-ct-extends, derivation-ok-restriction).
func (s *schema) refuseFinal(n *node, base *typeDef, m method) {
	if !slices.Contains(base.final, string(m)) {
		return
	}
	rule := "st-props-correct.3"
	if base.complex {
		rule = "derivation-ok-restriction.1"
		if m == byExtension {
			rule = "cos-ct-extends.1.1"
		}
	}
	s.diags.Errorf(n.at(), rule, "%s forbids derivation by %s (final)", braces(base.name), m).WithRelated(base.at())
}

// finals returns the derivations that a component forbids, with the schema
// document's default.
func (d *document) finals(n *node, k valueKind) []string {
	if n.has("final") {
		return n.set("final", k)
	}
	return expandSet(d.finalDefault, k)
}

// blocks returns what a component blocks, with the schema document's default.
func (d *document) blocks(n *node, k valueKind) []string {
	if n.has("block") {
		return n.set("block", k)
	}
	return expandSet(d.blockDefault, k)
}
