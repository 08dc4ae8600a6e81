package xsd

import (
	"github.com/biform/biform/schema/model"
)

// bounds reads minOccurs and maxOccurs (p-props-correct, clause 2).
func (s *schema) bounds(n *node) (low, high int) {
	low, high = 1, 1
	if n.has("minOccurs") {
		low, _ = parseCount(n.get("minOccurs"))
	}
	switch v := n.get("maxOccurs"); {
	case v == "unbounded":
		high = model.Unbounded
	case n.has("maxOccurs"):
		high, _ = parseCount(v)
	}
	if high != model.Unbounded && low > high {
		at := n.attrAt("minOccurs")
		if !n.has("minOccurs") {
			at = n.attrAt("maxOccurs")
		}
		s.diags.Errorf(at, "p-props-correct.2.1", "minOccurs %d is over maxOccurs %d", low, high)
		high = low
	}
	return low, high
}

// particle resolves a child of a content model (Part 1, sections 3.8 and 3.9);
// nil is no particle: maxOccurs is 0, or a fault that has been reported.
func (s *schema) particle(d *document, n *node, owner model.TypeID) *particle {
	low, high := s.bounds(n)
	p := &particle{node: n, min: low, max: high}
	switch n.kind {
	case &kLocalElement, &kAllElement:
		p.kind = model.ParticleElement
		p.element = s.localElement(d, n, owner)
		if p.element == nil {
			return nil
		}
	case &kAny:
		p.kind = model.ParticleWildcard
		p.wildcard = s.wildcard(d, n)
	case &kGroupRef:
		g := s.groupRef(d, n)
		if g == nil || g.particle == nil {
			return nil
		}
		p.kind, p.parts = g.particle.kind, g.particle.parts
	case &kSequence, &kGroupSequence:
		p.kind = model.ParticleSequence
		p.parts = s.parts(d, n, owner)
	case &kChoice, &kGroupChoice:
		p.kind = model.ParticleChoice
		p.parts = s.parts(d, n, owner)
	case &kAll, &kGroupAll:
		p.kind = model.ParticleAll
		p.parts = s.parts(d, n, owner)
		if n.kind == &kAll && (high != 1 || low > 1) {
			s.diags.Errorf(n.at(), "cos-all-limited.1.2", "xs:all occurs once at most")
		}
	default:
		return nil
	}
	if high == 0 {
		return nil
	}
	return p.measure()
}

func (s *schema) parts(d *document, n *node, owner model.TypeID) []*particle {
	var out []*particle
	for _, k := range n.kids {
		if k.kind == &kAllElement {
			if v := k.get("maxOccurs"); k.has("maxOccurs") && v != "0" && v != "1" {
				s.diags.Errorf(k.attrAt("maxOccurs"), "cos-all-limited.2", "an element of xs:all occurs once at most").
					WithHint("use a repeated xs:choice for children that repeat in any order")
			}
		}
		p := s.particle(d, k, owner)
		if p == nil {
			continue
		}
		if p.kind == model.ParticleAll {
			s.diags.Errorf(k.at(), "cos-all-limited.1.2", "xs:all may not stand inside another model group")
			continue
		}
		out = append(out, p)
	}
	return out
}

// groupRef resolves a reference to a model group definition.
func (s *schema) groupRef(d *document, n *node) *groupDef {
	g, ok := find(s, d, n, "ref", "group", &s.groups, groupName, n.get("ref"))
	if !ok {
		return nil
	}
	if g.state == resolving {
		s.diags.Errorf(n.at(), "mg-props-correct.2", "group %s contains itself", braces(g.name)).WithRelated(g.at())
		return nil
	}
	s.resolveGroup(g)
	return g
}

func (s *schema) resolveGroup(g *groupDef) {
	if g.state == resolved {
		return
	}
	g.state = resolving
	if n := g.node.child("all", "choice", "sequence"); n != nil && n.kind != nil {
		g.particle = s.particle(g.doc, n, ownerID(g.name, "group:"))
	}
	g.state = resolved
}

// tooLarge tells whether a content model is too large to be written out.
func (p *particle) tooLarge() bool { return p != nil && p.size > maxParticles }

// emptiable tells whether a particle admits no element at all (Part 1, section
// 3.9.6, Particle Emptiable).
func (p *particle) emptiable() bool {
	if p == nil || p.min == 0 {
		return true
	}
	switch p.kind {
	case model.ParticleElement, model.ParticleWildcard:
		return false
	case model.ParticleChoice:
		for _, part := range p.parts {
			if part.emptiable() {
				return true
			}
		}
		return false
	}
	for _, part := range p.parts {
		if !part.emptiable() {
			return false
		}
	}
	return true
}
