package xsd

import (
	"github.com/biform/biform/schema/model"
)

// resolveAttribute resolves a global attribute declaration.
func (s *schema) resolveAttribute(a *attributeDecl) {
	if a.state != fresh {
		return
	}
	a.state = resolved
	s.attributeProperties(a)
	a.deflt, a.fixed = a.node.raw("default"), a.node.raw("fixed")
	a.prefixes = s.checkAttributeValue(a.doc, a.node, a)
}

// attributeProperties fills in the name and type of a declaration (Part 1,
// section 3.2.2).
func (s *schema) attributeProperties(a *attributeDecl) {
	n := a.node
	if a.name.Local == "xmlns" {
		s.diags.Errorf(n.attrAt("name"), "no-xmlns", "an attribute cannot be named xmlns")
	}
	if a.name.Space == xsiSpace {
		s.diags.Errorf(n.attrAt("name"), "no-xsi", "an attribute cannot be declared in the namespace %s", xsiSpace)
	}
	inline := n.child("simpleType")
	switch {
	case inline != nil && n.has("type"):
		s.diags.Errorf(inline.at(), "src-attribute.4", "attribute \"type\" and a child xs:simpleType exclude each other")
	case inline != nil:
		a.typ = s.anonymousSimple(a.doc, inline, a.id)
	case n.has("type"):
		a.typ = s.simpleRef(a.doc, n, "type", n.get("type"))
	}
	if a.typ == nil {
		a.typ = s.builtins["anySimpleType"]
	}
}

// checkAttributeValue checks default and fixed of a declaration or a use
// (a-props-correct), and returns the prefixes in it.
func (s *schema) checkAttributeValue(d *document, n *node, a *attributeDecl) (prefixes []model.XMLPrefix) {
	if n.has("default") && n.has("fixed") {
		s.diags.Errorf(n.attrAt("fixed"), "src-attribute.1", "default and fixed exclude each other")
	}
	for _, attr := range []string{"default", "fixed"} {
		v := n.raw(attr)
		if v == nil {
			continue
		}
		if a.typ.simple.hasID() {
			s.diags.Errorf(n.attrAt(attr), "a-props-correct.3", "an attribute of type xs:ID has a %s value", attr)
			continue
		}
		if _, why := a.typ.simple.literal(s, d, n, *v); why != "" {
			s.diags.Errorf(n.attrAt(attr), "a-props-correct.2", "%s value %q is not of the attribute's type: %s", attr, *v, why)
		}
		prefixes = a.typ.simple.prefixes(d, n, *v)
	}
	return prefixes
}

// attributeUse resolves an xs:attribute inside a type or group; nil means that
// it makes no use.
func (s *schema) attributeUse(d *document, n *node, owner model.TypeID) *attributeUse {
	u := &attributeUse{node: n, required: n.get("use") == "required", prohibited: n.get("use") == "prohibited",
		deflt: n.raw("default"), fixed: n.raw("fixed")}
	if n.has("default") && n.has("use") && n.get("use") != "optional" {
		s.diags.Errorf(n.attrAt("default"), "src-attribute.2", "an attribute with a default must be optional")
	}
	switch {
	case n.has("ref"):
		for _, name := range []string{"name", "type", "form"} {
			if n.has(name) {
				s.diags.Errorf(n.attrAt(name), "src-attribute.3.2", "attribute %q stands beside ref", name).
					WithHint("set it on the global attribute")
			}
		}
		if k := n.child("simpleType"); k != nil {
			s.diags.Errorf(k.at(), "src-attribute.3.2", "xs:simpleType stands in an attribute with ref")
		}
		a, ok := find(s, d, n, "ref", "attribute", &s.attributes, attributeName, n.get("ref"))
		if !ok {
			return nil
		}
		s.resolveAttribute(a)
		u.decl = a
		s.inheritAttributeValue(u)
	case n.has("name"):
		name := model.XMLName{Local: n.get("name")}
		if n.get("form") == "qualified" || !n.has("form") && d.qualifiedAttributes {
			name.Space = d.target
		}
		u.decl = &attributeDecl{origin: origin{node: n, doc: d, name: name}, state: resolved,
			id: owner + "/@" + model.TypeID(name.Local)}
		s.attributeProperties(u.decl)
	default:
		s.diags.Errorf(n.at(), "src-attribute.3.1", "an attribute needs a name or a ref")
		return nil
	}
	if prefixes := s.checkAttributeValue(d, n, u.decl); n.has("default") || n.has("fixed") {
		u.prefixes = prefixes
	}
	return u
}

// inheritAttributeValue gives a use the default or fixed value of the global
// declaration (au-props-correct).
func (s *schema) inheritAttributeValue(u *attributeUse) {
	fixed := u.decl.fixed
	if fixed != nil {
		own := u.fixed
		if u.deflt != nil {
			s.diags.Errorf(u.node.attrAt("default"), "au-props-correct.2", "the attribute is fixed at %q where it is declared", *fixed).
				WithRelated(u.decl.at())
			return
		}
		if own != nil && collapse(*own) != collapse(*fixed) {
			s.diags.Errorf(u.node.attrAt("fixed"), "au-props-correct.2", "the attribute is fixed at %q where it is declared", *fixed).
				WithRelated(u.decl.at())
			return
		}
	}
	if u.deflt == nil && u.fixed == nil {
		u.deflt, u.fixed, u.prefixes = u.decl.deflt, u.decl.fixed, u.decl.prefixes
	}
}

// attributes collects the attribute uses and the wildcard of the children of a
// type, derivation or attribute group (Part 1, sections 3.4.2 and 3.6.2).
func (s *schema) attributeUses(d *document, n *node, owner model.TypeID) (uses []*attributeUse, any *wildcard) {
	seen := map[model.XMLName]*attributeUse{}
	add := func(u *attributeUse, at *node) {
		if old := seen[u.decl.name]; old != nil && !(u.prohibited && old.prohibited) {
			rule := "ct-props-correct.4"
			if n.kind == &kAttributeGroup {
				rule = "ag-props-correct.2"
			}
			s.diags.Errorf(at.at(), rule, "attribute %s is given twice", braces(u.decl.name)).WithRelated(old.node.at())
			return
		}
		seen[u.decl.name] = u
		uses = append(uses, u)
	}
	var wildcards []*wildcard
	for _, k := range n.kids {
		switch k.kind {
		case &kLocalAttribute:
			if u := s.attributeUse(d, k, owner); u != nil {
				add(u, k)
			}
		case &kAttributeGroupRef:
			g, ok := find(s, d, k, "ref", "attributeGroup", &s.attributeGroups, attributeGroupName, k.get("ref"))
			if !ok || !s.resolveAttributeGroup(g, k) {
				continue
			}
			for _, u := range g.uses {
				// A prohibited attribute is no attribute use; only one among the
				// children of a restriction takes away the base's (3.4.2, clause 3.2).
				if !u.prohibited {
					add(u, k)
				}
			}
			if g.any != nil {
				wildcards = append(wildcards, g.any)
			}
		case &kAnyAttribute:
			// The local wildcard comes first: it gives processContents.
			wildcards = append([]*wildcard{s.wildcard(d, k)}, wildcards...)
		}
	}
	for i, w := range wildcards {
		if i == 0 {
			any = w
			continue
		}
		both, ok := intersect(any, w)
		if !ok {
			rule := "src-ct.4"
			if n.is("attributeGroup") {
				rule = "src-attribute_group.2"
			}
			s.diags.Errorf(n.at(), rule, "the intersection of the attribute wildcards cannot be expressed")
			continue
		}
		any = both
	}
	return uses, any
}

// resolveAttributeGroup resolves an attribute group definition; it returns
// false for one that contains itself (src-attribute_group).
func (s *schema) resolveAttributeGroup(g *attributeGroupDef, ref *node) bool {
	switch g.state {
	case resolved:
		return true
	case resolving:
		s.diags.Errorf(ref.at(), "src-attribute_group.3", "attributeGroup %s contains itself", braces(g.name)).
			WithRelated(g.at())
		return false
	}
	g.state = resolving
	g.uses, g.any = s.attributeUses(g.doc, g.node, ownerID(g.name, "attributeGroup:"))
	g.state = resolved
	return true
}
