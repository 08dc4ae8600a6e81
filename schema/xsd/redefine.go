package xsd

import "github.com/biform/biform/schema/model"

// Redefinition (Part 1, section 4.2.2): the children of an xs:redefine take the
// place of components of the same name everywhere, and refer to what they
// replace by that name.

// redefinition is one child of an xs:redefine and what it replaces.
type redefinition struct {
	node  *node
	name  model.XMLName
	doc   *document
	old   any // *typeDef, *groupDef or *attributeGroupDef; nil: there was none
	new   any // what takes its place
	selfs []*node
}

// redefineAll replaces components, those of the innermost schema documents
// first: they were loaded last.
func (s *schema) redefineAll() {
	for i := len(s.docs) - 1; i >= 0; i-- {
		d := s.docs[i]
		for _, r := range d.root.kids {
			if r.kind != &kRedefine {
				continue
			}
			for _, n := range r.kids {
				s.redefineOne(d, n)
			}
		}
	}
}

func (s *schema) redefineOne(d *document, n *node) {
	if n.kind == nil || n.get("name") == "" {
		return
	}
	r := &redefinition{node: n, doc: d, name: model.XMLName{Space: d.target, Local: n.get("name")}}
	switch n.kind {
	case &kSimpleType, &kComplexType:
		if old, ok := displace(s, r, &s.types, func(t *typeDef) *origin { return &t.origin }); ok {
			// Nothing can refer to the old type by its name any more.
			old.named, old.id = false, old.id+"/redefined"
		}
	case &kGroup:
		displace(s, r, &s.groups, func(g *groupDef) *origin { return &g.origin })
	case &kAttributeGroup:
		displace(s, r, &s.attributeGroups, func(g *attributeGroupDef) *origin { return &g.origin })
	default:
		return // an annotation
	}
	r.selfs = r.selfReferences(n)
	s.redefinitions[n] = r
	if r.old == nil {
		return
	}
	s.declareOne(d, n)
	switch n.kind {
	case &kGroup:
		r.new = s.groups.byName[r.name]
	case &kAttributeGroup:
		r.new = s.attributeGroups.byName[r.name]
	}
}

// displace takes the component that is redefined out of its symbol space. It
// must be one of the schema document that the xs:redefine names, or of one that
// this includes or redefines.
func displace[T any](s *schema, r *redefinition, sp *space[T], originOf func(T) *origin) (T, bool) {
	old, ok := sp.byName[r.name]
	if !ok || originOf(old).doc == nil {
		s.diags.Errorf(r.node.at(), "src-redefine", "there is no %s to redefine", braces(r.name)).
			WithHint("a redefinition replaces a component of the schema document that it names")
		return old, false
	}
	if target := r.doc.parts[r.node.parent]; target != nil {
		reach := target.closure()
		if reach[r.doc] || !reach[originOf(old).doc] {
			s.diags.Errorf(r.node.at(), "src-redefine", "%s is not a component of the schema document that is redefined alone", braces(r.name)).
				WithRelated(originOf(old).at())
			return old, false
		}
	}
	r.old = old
	delete(sp.byName, r.name)
	return old, true
}

// closure returns a document and all that it includes and redefines.
func (d *document) closure() map[*document]bool {
	out := map[*document]bool{d: true}
	queue := []*document{d}
	for len(queue) > 0 {
		for _, n := range queue[0].root.kids {
			if part := queue[0].parts[n]; part != nil && !out[part] {
				out[part] = true
				queue = append(queue, part)
			}
		}
		queue = queue[1:]
	}
	return out
}

// selfReferences returns the nodes in which a redefinition refers to what it
// replaces: the base of a type, the references of a group to itself.
func (r *redefinition) selfReferences(n *node) []*node {
	var out []*node
	for _, k := range n.kids {
		attr := ""
		switch k.kind {
		case &kRestriction, &kSimpleContentRestriction, &kSimpleContentExtension,
			&kComplexContentRestriction, &kComplexContentExtension:
			if k.parent == r.node || k.parent.parent == r.node {
				attr = "base"
			}
		case &kGroupRef:
			if r.node.kind == &kGroup {
				attr = "ref"
			}
		case &kAttributeGroupRef:
			if r.node.kind == &kAttributeGroup {
				attr = "ref"
			}
		}
		if attr != "" {
			if name, ok := r.doc.qname(k, k.get(attr)); ok && name == r.name {
				out = append(out, k)
			}
		}
		out = append(out, r.selfReferences(k)...)
	}
	return out
}

// replaced returns the component that a reference inside a redefinition means:
// the one that is replaced. found is false for other references.
func (s *schema) replaced(n *node) (old any, found bool) {
	for p := n; p != nil; p = p.parent {
		r := s.redefinitions[p]
		if r == nil {
			continue
		}
		for _, self := range r.selfs {
			if self == n {
				return r.old, true
			}
		}
		return nil, false
	}
	return nil, false
}

// checkRedefinitions applies clauses 5 to 7 of src-redefine.
func (s *schema) checkRedefinitions() {
	for _, d := range s.docs {
		for _, r := range d.root.kids {
			if r.kind != &kRedefine {
				continue
			}
			for _, n := range r.kids {
				if r := s.redefinitions[n]; r != nil && r.doc == d && r.old != nil {
					s.checkRedefinition(r)
				}
			}
		}
	}
}

func (s *schema) checkRedefinition(r *redefinition) {
	switch old := r.old.(type) {
	case *typeDef:
		if len(r.selfs) == 0 {
			s.diags.Errorf(r.node.at(), "src-redefine.5", "the redefinition of type %s is not derived from it", braces(r.name)).
				WithHint("restrict or extend the type of the same name").WithRelated(old.at())
		}
	case *groupDef:
		s.checkGroupRedefinition(r, old)
	case *attributeGroupDef:
		if len(r.selfs) > 1 {
			s.diags.Errorf(r.selfs[1].at(), "src-redefine.7.1", "the redefinition of attributeGroup %s refers to it twice", braces(r.name))
		}
		if g := r.new.(*attributeGroupDef); len(r.selfs) == 0 {
			t := &typeDef{origin: g.origin, uses: g.uses, anyAttr: g.any}
			base := &typeDef{origin: old.origin, uses: old.uses, anyAttr: old.any}
			s.restrictedUses(t, base)
			s.restrictedWildcard(t, base)
		}
	}
}

func (s *schema) checkGroupRedefinition(r *redefinition, old *groupDef) {
	switch len(r.selfs) {
	case 0:
		g := r.new.(*groupDef)
		if g.particle == nil || old.particle == nil {
			return
		}
		c := &restrictionCheck{s: s, doc: r.doc, budget: 1 << 20}
		p, q := reduce(g.particle), reduce(old.particle)
		if p == nil && !old.particle.emptiable() || p != nil && q == nil {
			s.diags.Errorf(r.node.at(), "src-redefine.6.2.2", "the redefinition of group %s does not restrict it", braces(r.name)).
				WithRelated(old.at())
			return
		}
		if p == nil {
			return
		}
		if why := c.valid(p, q); why != nil {
			s.diags.Errorf(r.node.at(), "src-redefine.6.2.2", "the redefinition of group %s does not restrict it: %s", braces(r.name), why.what).
				WithRelated(old.at())
		}
	case 1:
		if low, high := s.bounds(r.selfs[0]); low != 1 || high != 1 {
			s.diags.Errorf(r.selfs[0].at(), "src-redefine.6.1.2", "a redefined group must hold itself exactly once")
		}
	default:
		s.diags.Errorf(r.selfs[1].at(), "src-redefine.6.1.1", "the redefinition of group %s refers to it twice", braces(r.name))
	}
}
