package xsd

import (
	"github.com/biform/biform/schema/model"
)

// resolveComplex resolves a complex type definition (Part 1, section 3.4.2).
func (s *schema) resolveComplex(t *typeDef) {
	n := t.node
	t.abstract = n.flag("abstract", false)
	t.block = t.doc.blocks(n, valueDerivations)
	t.final = t.doc.finals(n, valueDerivations)
	if k := n.child("simpleContent"); k != nil && k.kind != nil {
		s.simpleContent(t, k)
		return
	}
	if k := n.child("complexContent"); k != nil && k.kind != nil {
		s.complexContent(t, k)
		return
	}
	t.base, t.derived = s.anyType, byRestriction
	own := s.ownContent(t, n)
	t.particle, t.content = own.particle, own.content(n.flag("mixed", false))
	t.uses, t.anyAttr = s.attributeUses(t.doc, n, t.id)
	t.uses = allowed(t.uses)
}

// ownContent is the "explicit content" of a type or derivation.
type ownContent struct {
	particle *particle // nil: empty
}

// content is the variety of content that explicit content makes.
func (c *ownContent) content(mixed bool) model.XMLContent {
	switch {
	case mixed:
		return model.ContentMixed
	case c.particle == nil:
		return model.ContentEmpty
	}
	return model.ContentElements
}

// ownContent reads the model group among the children of n; it is empty when
// there is none, when it has no parts, or when it never occurs (Part 1, section
// 3.4.2, clause 2.1).
func (s *schema) ownContent(t *typeDef, n *node) *ownContent {
	k := n.child("group", "all", "choice", "sequence")
	if k == nil || k.kind == nil {
		return &ownContent{}
	}
	p := s.particle(t.doc, k, t.id)
	switch {
	case p == nil:
	case len(p.parts) == 0 && k.kind != &kGroupRef && (p.kind != model.ParticleChoice || p.min == 0):
		p = nil
	}
	if p != nil && p.kind == model.ParticleAll && p.max != 1 {
		s.diags.Errorf(k.at(), "cos-all-limited.1.2", "xs:all occurs once at most")
	}
	return &ownContent{particle: p}
}

// allowed leaves out the prohibited uses: they only matter in a restriction.
func allowed(uses []*attributeUse) []*attributeUse {
	var out []*attributeUse
	for _, u := range uses {
		if !u.prohibited {
			out = append(out, u)
		}
	}
	return out
}

// baseOf resolves the base type of a derivation.
func (s *schema) baseOf(t *typeDef, n *node, m method) *typeDef {
	base := s.typeRef(t.doc, n, "base")
	if base == nil {
		t.broken = true
		return nil
	}
	s.resolveType(base)
	if base.broken {
		t.broken = true
		return nil
	}
	t.base, t.derived = base, m
	s.refuseFinal(n, base, m)
	return base
}

// complexContent resolves a derivation with complex content (Part 1, section
// 3.4.2, second table).
func (s *schema) complexContent(t *typeDef, cc *node) {
	n := cc.child("restriction", "extension")
	if n == nil || n.kind == nil {
		t.broken = true
		return
	}
	m := method(n.name.Local)
	base := s.baseOf(t, n, m)
	if base == nil {
		return
	}
	if !base.complex {
		s.diags.Errorf(n.attrAt("base"), "src-ct.1", "base %s of xs:complexContent is a simple type", braces(base.name)).
			WithHint("use xs:simpleContent").WithRelated(base.at())
		t.broken = true
		return
	}
	mixed := t.node.flag("mixed", false)
	if cc.has("mixed") {
		mixed = cc.flag("mixed", false)
	}
	own := s.ownContent(t, n)
	uses, any := s.attributeUses(t.doc, n, t.id)
	if m == byRestriction {
		t.particle, t.content = own.particle, own.content(mixed)
		s.restrictAttributes(t, base, uses, any)
		return
	}
	s.extendContent(t, n, base, own, mixed)
	s.extendAttributes(t, n, base, uses, any)
}

// extendContent puts the own content behind the base's (cos-ct-extends).
func (s *schema) extendContent(t *typeDef, n *node, base *typeDef, own *ownContent, mixed bool) {
	if base.content == model.ContentSimple {
		if own.particle != nil || mixed {
			s.diags.Errorf(n.at(), "cos-ct-extends.1.4", "the base %s has simple content, the extension elements", braces(base.name)).
				WithRelated(base.at())
			t.broken = true
			return
		}
		t.content, t.simple, t.simpleOwn = base.content, base.simple, base.simpleOwn
		return
	}
	if own.particle == nil && !mixed {
		t.particle, t.content = base.particle, base.content
		return
	}
	if base.particle == nil && base.content == model.ContentEmpty {
		t.particle, t.content = own.particle, own.content(mixed)
		return
	}
	baseMixed := base.content == model.ContentMixed || base.content == model.ContentAny
	if baseMixed != mixed {
		s.diags.Errorf(n.at(), "cos-ct-extends.1.4.3.2.2.1", "the base %s and its extension must both be mixed or neither", braces(base.name)).
			WithHint("set mixed=\"%t\" on the extension", baseMixed).WithRelated(base.at())
	}
	t.content = own.content(mixed)
	switch {
	case own.particle == nil:
		t.particle = base.particle
	case base.particle == nil:
		t.particle = own.particle
	default:
		if base.particle.kind == model.ParticleAll || own.particle.kind == model.ParticleAll {
			s.diags.Errorf(n.at(), "cos-all-limited.1.2", "xs:all cannot be extended, and cannot extend a base with elements").
				WithRelated(base.at())
		}
		t.particle = (&particle{node: n, kind: model.ParticleSequence, min: 1, max: 1,
			parts: []*particle{base.particle, own.particle}}).measure()
	}
}

// extendAttributes adds attributes to the base's.
func (s *schema) extendAttributes(t *typeDef, n *node, base *typeDef, own []*attributeUse, any *wildcard) {
	seen := map[model.XMLName]*attributeUse{}
	for _, u := range base.uses {
		seen[u.decl.name] = u
		t.uses = append(t.uses, u)
	}
	for _, u := range allowed(own) {
		if old := seen[u.decl.name]; old != nil {
			s.diags.Errorf(u.node.at(), "ct-props-correct.4", "attribute %s is declared by the base already", braces(u.decl.name)).
				WithRelated(old.node.at())
			continue
		}
		t.uses = append(t.uses, u)
	}
	switch {
	case any == nil:
		t.anyAttr = base.anyAttr
	case base.anyAttr == nil:
		t.anyAttr = any
	default:
		both, ok := unite(any, base.anyAttr)
		if !ok {
			s.diags.Errorf(n.at(), "src-ct.4", "the union of the attribute wildcards cannot be expressed").
				WithRelated(base.at())
			both = any
		}
		t.anyAttr = both
	}
}

// restrictAttributes inherits the base's attributes that a restriction does not
// state anew or prohibit.
func (s *schema) restrictAttributes(t *typeDef, base *typeDef, own []*attributeUse, any *wildcard) {
	stated := map[model.XMLName]*attributeUse{}
	for _, u := range own {
		stated[u.decl.name] = u
	}
	inherited := map[model.XMLName]bool{}
	for _, b := range base.uses {
		u := stated[b.decl.name]
		inherited[b.decl.name] = true
		switch {
		case u == nil:
			t.uses = append(t.uses, b)
		case u.prohibited:
		default:
			t.uses = append(t.uses, u)
		}
	}
	for _, u := range allowed(own) {
		if !inherited[u.decl.name] {
			t.uses = append(t.uses, u)
		}
	}
	t.anyAttr = any
}

// simpleContent resolves a type with simple content (Part 1, section 3.4.2,
// first table).
func (s *schema) simpleContent(t *typeDef, sc *node) {
	t.content = model.ContentSimple
	n := sc.child("restriction", "extension")
	if n == nil || n.kind == nil {
		t.broken = true
		return
	}
	m := method(n.name.Local)
	base := s.baseOf(t, n, m)
	if base == nil {
		return
	}
	uses, any := s.attributeUses(t.doc, n, t.id)
	if m == byExtension {
		if base.content != model.ContentSimple {
			s.diags.Errorf(n.attrAt("base"), "src-ct.2", "base %s of xs:simpleContent has no simple content", braces(base.name)).
				WithRelated(base.at())
			t.broken = true
			return
		}
		t.simple, t.simpleOwn = base.simple, base.valueType()
		s.extendAttributes(t, n, base, uses, any)
		return
	}
	s.restrictSimpleContent(t, n, base)
	if t.broken {
		return
	}
	s.restrictAttributes(t, base, uses, any)
}

// valueType returns the simple type of the text of an element of the type.
func (t *typeDef) valueType() *typeDef {
	if t.complex {
		return t.simpleOwn
	}
	return t
}

// restrictSimpleContent makes the simple type of a restriction: the one that it
// holds or else the base's, with its facets.
func (s *schema) restrictSimpleContent(t *typeDef, n *node, base *typeDef) {
	inline := n.child("simpleType")
	var from *typeDef
	switch {
	case !base.complex:
		s.diags.Errorf(n.attrAt("base"), "src-ct.2", "the base of a restriction of simple content is a simple type").
			WithHint("use xs:extension, or a named complex type").WithRelated(base.at())
	case base.content == model.ContentSimple:
		from = base.valueType()
	case base.content == model.ContentMixed && !base.particle.tooLarge() && base.particle.emptiable() && inline != nil:
		from = s.builtins["anySimpleType"]
	default:
		s.diags.Errorf(n.attrAt("base"), "src-ct.2", "base %s of xs:simpleContent has no simple content", braces(base.name)).
			WithRelated(base.at())
	}
	if from == nil {
		t.broken = true
		return
	}
	content := &typeDef{origin: origin{node: n, doc: t.doc}, id: t.id + "/content", state: resolved,
		content: model.ContentSimple, base: from, derived: byRestriction}
	if inline != nil {
		own := s.anonymousSimple(t.doc, inline, t.id+"/content/base")
		if own == nil {
			t.broken = true
			return
		}
		if why := derivedOK(own, from, nil); why != "" {
			s.diags.Errorf(inline.at(), "derivation-ok-restriction.5.2.2.1", "the simple type is not derived from the base's: %s", why)
		}
		content.base = own
	}
	if content.base.simple.variety == model.AnySimple {
		for _, k := range n.kids {
			if isFacet(k) {
				s.diags.Errorf(k.at(), "cos-applicable-facets", "xs:%s does not apply to xs:anySimpleType", k.name.Local)
			}
		}
		content = content.base
	} else {
		content.simple = s.restrict(t.doc, n, content.base.simple)
		s.allTypes = append(s.allTypes, content)
	}
	t.simpleOwn, t.simple = content, content.simple
}
