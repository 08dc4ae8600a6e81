package xsd

import (
	"strconv"

	"github.com/biform/biform/schema/model"
)

func itoa(n int) string { return strconv.Itoa(n) }

// resolveElement resolves a global element declaration.
func (s *schema) resolveElement(e *elementDecl) {
	switch e.state {
	case resolved:
		return
	case resolving:
		return // a circle of substitution groups, reported by resolveHead
	}
	e.state = resolving
	s.elementProperties(e)
	e.state = resolved
	s.allElements = append(s.allElements, e)
}

// elementProperties fills in a declaration from its node (Part 1, section
// 3.3.2).
func (s *schema) elementProperties(e *elementDecl) {
	n := e.node
	e.nillable = n.flag("nillable", false)
	e.abstract = n.flag("abstract", false)
	e.block = e.doc.blocks(n, valueBlockElement)
	e.final = e.doc.finals(n, valueFinal)
	e.deflt, e.fixed = n.raw("default"), n.raw("fixed")
	if e.deflt != nil && e.fixed != nil {
		s.diags.Errorf(n.attrAt("fixed"), "src-element.1", "default and fixed exclude each other")
	}
	s.resolveHead(e)
	inline := n.child("simpleType", "complexType")
	switch {
	case inline != nil && n.has("type"):
		s.diags.Errorf(inline.at(), "src-element.3", "attribute \"type\" and a child xs:%s exclude each other", inline.name.Local)
		e.typ = s.anyType
	case inline != nil:
		// Resolved by the owner's walk, later: a type may hold elements of
		// itself.
		e.typ = &typeDef{origin: origin{node: inline, doc: e.doc}, id: e.id, complex: inline.is("complexType")}
		if e.global {
			e.typ.element = e.name.Local
		}
	case n.has("type"):
		e.typ = s.typeRef(e.doc, n, "type")
	case e.head != nil:
		e.typ = e.head.typ
	}
	if e.typ == nil {
		e.typ = s.anyType
	}
	e.identities = s.identitiesOf(e.doc, n)
}

// resolveHead resolves a substitution group affiliation.
func (s *schema) resolveHead(e *elementDecl) {
	if !e.node.has("substitutionGroup") {
		return
	}
	head, ok := find(s, e.doc, e.node, "substitutionGroup", "element", &s.elements, elementName, e.node.get("substitutionGroup"))
	if !ok {
		return
	}
	s.resolveElement(head)
	if head.state == resolving {
		s.diags.Errorf(e.node.attrAt("substitutionGroup"), "e-props-correct.6", "element %s is in its own substitution group", braces(e.name)).
			WithRelated(head.at())
		return
	}
	e.head = head
	s.referenced[e] = true
	for h := head; h != nil; h = h.head {
		h.members = append(h.members, e)
	}
}

// localElement resolves an xs:element inside a model group. owner is the
// identifier below which anonymous types are named.
func (s *schema) localElement(d *document, n *node, owner model.TypeID) *elementDecl {
	if n.has("ref") {
		return s.elementRef(d, n)
	}
	if !n.has("name") {
		s.diags.Errorf(n.at(), "src-element.2.1", "an element needs a name or a ref")
		return nil
	}
	name := model.XMLName{Local: n.get("name")}
	if n.get("form") == "qualified" || !n.has("form") && d.qualifiedElements {
		name.Space = d.target
	}
	e := &elementDecl{origin: origin{node: n, doc: d, name: name}, id: owner + "/" + model.TypeID(name.Local), state: resolved}
	s.elementProperties(e)
	e.final, e.abstract = nil, false
	s.allElements = append(s.allElements, e)
	return e
}

func (s *schema) elementRef(d *document, n *node) *elementDecl {
	for _, name := range []string{"name", "type", "nillable", "default", "fixed", "form", "block"} {
		if n.has(name) {
			s.diags.Errorf(n.attrAt(name), "src-element.2.2", "attribute %q stands beside ref", name).
				WithHint("set it on the global element")
		}
	}
	if k := n.child("simpleType", "complexType", "unique", "key", "keyref"); k != nil {
		s.diags.Errorf(k.at(), "src-element.2.2", "xs:%s stands in an element with ref", k.name.Local)
	}
	e, ok := find(s, d, n, "ref", "element", &s.elements, elementName, n.get("ref"))
	if !ok {
		return nil
	}
	s.resolveElement(e)
	if !n.within(e.node) {
		s.referenced[e] = true
	}
	return e
}

// checkElement checks what needs the element's type: its default, and that it
// may take the place of its head (Part 1, section 3.3.6).
func (s *schema) checkElement(e *elementDecl) {
	if e.node == nil {
		return
	}
	s.checkDefault(e)
	if e.head == nil || e.typ == e.head.typ {
		return
	}
	if why := derivedOK(e.typ, e.head.typ, e.head.final); why != "" {
		s.diags.Errorf(e.node.at(), "e-props-correct.4", "element %s may not substitute %s: %s",
			braces(e.name), braces(e.head.name), why).WithRelated(e.head.at())
	}
}

// checkDefault checks a default or fixed value against the type
// (e-props-correct, cos-valid-default).
func (s *schema) checkDefault(e *elementDecl) {
	attr, v := "default", e.deflt
	if v == nil {
		attr, v = "fixed", e.fixed
	}
	if v == nil || e.typ.broken {
		return
	}
	at := e.node.attrAt(attr)
	switch e.typ.content {
	case model.ContentSimple:
		if e.typ.simple.hasID() {
			s.diags.Errorf(at, "e-props-correct.5", "an element of type xs:ID has a %s value", attr)
			return
		}
		if _, why := e.typ.simple.literal(s, e.doc, e.node, *v); why != "" {
			s.diags.Errorf(at, "e-props-correct.2", "%s value %q is not of the element's type: %s", attr, *v, why)
		}
		e.prefixes = e.typ.simple.prefixes(e.doc, e.node, *v)
	case model.ContentMixed, model.ContentAny:
		if !e.typ.particle.emptiable() {
			s.diags.Errorf(at, "cos-valid-default.2.2.2", "an element whose children are required has a %s value", attr)
		}
	default:
		s.diags.Errorf(at, "cos-valid-default.2.1", "an element without text has a %s value", attr)
	}
}

// hasID tells whether the type is xs:ID or derived from it.
func (d *simpleDef) hasID() bool { return d.variety == model.Atomic && d.builtin.name == "ID" }
