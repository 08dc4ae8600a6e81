package xsd

import (
	"fmt"
	"slices"

	"github.com/biform/biform/schema/model"
)

// Derivation Valid (Restriction, Complex): derivation-ok-restriction (Part 1,
// section 3.4.6). Everything that a restriction admits, its base must admit.

// checkRestriction holds a complex type against the base that it restricts.
func (s *schema) checkRestriction(t *typeDef) {
	base := t.base
	if t.derived != byRestriction || base == s.anyType || base.broken || !base.complex {
		return
	}
	s.restrictedUses(t, base)
	s.restrictedWildcard(t, base)
	s.restrictedContent(t, base)
}

// restrictedUses checks clauses 2 and 3: the attributes.
func (s *schema) restrictedUses(t, base *typeDef) {
	const rule = "derivation-ok-restriction"
	of := map[model.XMLName]*attributeUse{}
	for _, b := range base.uses {
		of[b.decl.name] = b
	}
	kept := map[model.XMLName]bool{}
	for _, u := range t.uses {
		name := u.decl.name
		kept[name] = true
		b := of[name]
		if b == u {
			continue
		}
		if b == nil {
			if base.anyAttr == nil || !base.anyAttr.admits(name.Space) {
				s.diags.Errorf(u.node.at(), rule+".2.2", "the base has no attribute %s", braces(name)).WithRelated(base.at())
			}
			continue
		}
		if b.required && !u.required {
			s.diags.Errorf(u.node.at(), rule+".2.1.1", "attribute %s is required in the base", braces(name)).WithRelated(b.node.at())
		}
		if why := derivedOK(u.decl.typ, b.decl.typ, nil); why != "" {
			s.diags.Errorf(u.node.at(), rule+".2.1.2", "the type of attribute %s: %s", braces(name), why).WithRelated(b.node.at())
		}
		if b.fixed != nil && (u.fixed == nil || !s.sameValue(u.decl.typ, t.doc, u.node, *u.fixed, b.node, *b.fixed)) {
			s.diags.Errorf(u.node.at(), rule+".2.1.3", "attribute %s is fixed at %q in the base", braces(name), *b.fixed).
				WithRelated(b.node.at())
		}
	}
	for _, b := range base.uses {
		if b.required && !kept[b.decl.name] {
			s.diags.Errorf(t.at(), rule+".3", "attribute %s is required in the base and prohibited here", braces(b.decl.name)).
				WithRelated(b.node.at())
		}
	}
}

// sameValue tells whether two lexical values are one value of a simple type.
func (s *schema) sameValue(t *typeDef, d *document, n *node, v string, m *node, w string) bool {
	if t.simple == nil {
		return v == w
	}
	a, why := t.simple.literal(s, d, n, v)
	b, why2 := t.simple.literal(s, d, m, w)
	return why == "" && why2 == "" && a.equal(b)
}

// strength orders processContents.
var strength = []string{"skip", "lax", "strict"}

// restrictedWildcard checks clause 4: the wildcard of attributes.
func (s *schema) restrictedWildcard(t, base *typeDef) {
	const rule = "derivation-ok-restriction"
	w := t.anyAttr
	switch {
	case w == nil || w.node == nil:
	case base.anyAttr == nil:
		s.diags.Errorf(w.node.at(), rule+".4.1", "the base has no xs:anyAttribute").WithRelated(base.at())
	case !w.within(base.anyAttr):
		s.diags.Errorf(w.node.at(), rule+".4.2", "xs:anyAttribute admits namespaces that the base's does not").
			WithRelated(base.at())
	case slices.Index(strength, w.process) < slices.Index(strength, base.anyAttr.process):
		s.diags.Errorf(w.node.at(), rule+".4.3", "processContents %q is weaker than the base's %q", w.process, base.anyAttr.process).
			WithRelated(base.at())
	}
}

// restrictedContent checks clause 5: the content.
func (s *schema) restrictedContent(t, base *typeDef) {
	const rule = "derivation-ok-restriction"
	switch t.content {
	case model.ContentSimple:
		return // checked where the content's type is made
	case model.ContentEmpty:
		if base.content != model.ContentEmpty && (base.content == model.ContentSimple || !base.particle.emptiable()) {
			s.diags.Errorf(t.at(), rule+".5.3", "the restriction is empty, but the base %s needs content", braces(base.name)).
				WithRelated(base.at())
		}
		return
	case model.ContentMixed:
		if base.content != model.ContentMixed && base.content != model.ContentAny {
			s.diags.Errorf(t.at(), rule+".5.4.1", "the restriction is mixed, but the base %s is not", braces(base.name)).
				WithRelated(base.at())
			return
		}
	}
	if base.content == model.ContentSimple || base.content == model.ContentEmpty {
		s.diags.Errorf(t.at(), rule+".5.4.2", "the restriction has elements, but the base %s has none", braces(base.name)).
			WithRelated(base.at())
		return
	}
	c := &restrictionCheck{s: s, doc: t.doc, budget: 1 << 20}
	r, b := reduce(t.particle), reduce(base.particle)
	var why *mismatch
	switch {
	case r == nil:
		if !base.particle.emptiable() {
			why = &mismatch{rule: rule + ".5.4.2", what: "the restriction is empty, but the base needs content"}
		}
	case b == nil:
		why = &mismatch{rule: rule + ".5.4.2", what: "the restriction has elements, but the base has none"}
	default:
		why = c.valid(r, b)
	}
	switch {
	case c.budget < 0:
		s.diags.Errorf(t.at(), "unsupported", "the restriction of %s is too large to compare with its base", braces(base.name)).
			WithRelated(base.at())
	case why != nil:
		at := t.at()
		if why.at != nil {
			at = why.at.at()
		}
		s.diags.Errorf(at, why.rule, "%s does not restrict its base %s: %s", t.describe(), braces(base.name), why.what).
			WithHint("the base must admit everything that the restriction admits").WithRelated(base.at())
	}
}

// reduce takes out pointless groups (Part 1, section 3.9.6, Particle Valid
// (Restriction)) and writes elements with a substitution group as choices.
// nil is nothing.
func reduce(p *particle) *particle {
	if p == nil {
		return nil
	}
	switch p.kind {
	case model.ParticleWildcard:
		return p
	case model.ParticleElement:
		group := p.element.expand()
		if len(group) == 1 {
			return p
		}
		out := &particle{node: p.node, kind: model.ParticleChoice, min: p.min, max: p.max}
		for _, e := range group {
			out.parts = append(out.parts, &particle{node: p.node, kind: model.ParticleElement, min: 1, max: 1, element: e})
		}
		return out
	}
	out := &particle{node: p.node, kind: p.kind, min: p.min, max: p.max}
	for _, part := range p.parts {
		q := reduce(part)
		if q == nil {
			continue
		}
		if q.kind == p.kind && q.min == 1 && q.max == 1 && p.kind != model.ParticleAll &&
			(part.kind == p.kind || q.kind == model.ParticleSequence) {
			out.parts = append(out.parts, q.parts...)
			continue
		}
		out.parts = append(out.parts, q)
	}
	once := p.min == 1 && p.max == 1
	switch {
	case len(out.parts) == 0 && (p.kind != model.ParticleChoice || p.min == 0):
		return nil
	case len(out.parts) == 1 && once:
		return out.parts[0]
	}
	return out
}

// mismatch says why one particle does not restrict another.
type mismatch struct {
	rule string
	what string
	at   *node
}

// restrictionCheck compares particles; budget bounds the work.
type restrictionCheck struct {
	s      *schema
	doc    *document
	budget int
}

// valid is Particle Valid (Restriction), the table of section 3.9.6; nil is
// valid.
func (c *restrictionCheck) valid(r, b *particle) *mismatch {
	if c.budget--; c.budget < 0 {
		return nil
	}
	switch {
	case r.kind == model.ParticleElement && b.kind == model.ParticleElement:
		return c.nameAndType(r, b)
	case r.kind == model.ParticleElement && b.kind == model.ParticleWildcard:
		if !b.wildcard.admits(r.element.name.Space) {
			return fault("rcase-NSCompat", r, "the base's xs:any does not admit %s", r.describe())
		}
		return rangeOK("rcase-NSCompat", r, b)
	case r.kind == model.ParticleElement:
		group := &particle{node: r.node, kind: b.kind, min: 1, max: 1, parts: []*particle{r}}
		if why := c.valid(group, b); why != nil && !c.repeated(r, b) {
			return fault("rcase-RecurseAsIfGroup", r, "%s has no place in the base's xs:%s", r.describe(), b.kind)
		}
		return nil
	case r.kind == model.ParticleWildcard && b.kind == model.ParticleWildcard:
		return c.subset(r, b)
	case b.kind == model.ParticleWildcard:
		return c.underWildcard(r, b)
	case r.kind == model.ParticleWildcard || b.kind == model.ParticleElement:
		return fault("cos-particle-restrict", r, "%s stands where the base has %s", r.describe(), b.describe())
	case r.kind == b.kind && r.kind == model.ParticleChoice:
		return c.mapped("rcase-RecurseLax", r, b, false)
	case r.kind == b.kind:
		return c.mapped("rcase-Recurse", r, b, true)
	case r.kind == model.ParticleSequence && b.kind == model.ParticleAll:
		return c.unordered(r, b)
	case r.kind == model.ParticleSequence && b.kind == model.ParticleChoice:
		return c.mapAndSum(r, b)
	}
	return fault("cos-particle-restrict", r, "%s stands where the base has %s", r.describe(), b.describe())
}

// repeated compares a repeated element with a repeated choice as a repeated
// choice of the one element: the rule as it is written refuses element* below
// (element|other)*, which the W3C suite holds to be valid.
func (c *restrictionCheck) repeated(r, b *particle) bool {
	if b.kind != model.ParticleChoice || b.max == 1 {
		return false
	}
	one := &particle{node: r.node, kind: r.kind, min: 1, max: 1, element: r.element}
	group := &particle{node: r.node, kind: b.kind, min: r.min, max: r.max, parts: []*particle{one}}
	return c.valid(group, b) == nil
}

func fault(rule string, p *particle, format string, args ...any) *mismatch {
	return &mismatch{rule: rule, what: fmt.Sprintf(format, args...), at: p.node}
}

func (p *particle) describe() string {
	switch p.kind {
	case model.ParticleElement:
		return "element " + braces(p.element.name)
	case model.ParticleWildcard:
		return "xs:any"
	}
	return "xs:" + string(p.kind)
}

// rangeOK is Occurrence Range OK (range-ok).
func rangeOK(rule string, r, b *particle) *mismatch {
	if r.min < b.min || b.max != model.Unbounded && (r.max == model.Unbounded || r.max > b.max) {
		return fault(rule, r, "%s occurs %s, in the base %s", r.describe(), occurrences(r.min, r.max), occurrences(b.min, b.max))
	}
	return nil
}

func occurrences(low, high int) string {
	if high == model.Unbounded {
		return fmt.Sprintf("%d or more times", low)
	}
	if low == high {
		return fmt.Sprintf("%d times", low)
	}
	return fmt.Sprintf("%d to %d times", low, high)
}

// nameAndType is rcase-NameAndTypeOK.
func (c *restrictionCheck) nameAndType(r, b *particle) *mismatch {
	const rule = "rcase-NameAndTypeOK"
	re, be := r.element, b.element
	if re.name != be.name {
		return fault(rule, r, "element %s stands where the base has %s", braces(re.name), braces(be.name))
	}
	if why := rangeOK(rule, r, b); why != nil || re == be {
		return why
	}
	if re.nillable && !be.nillable {
		return fault(rule, r, "element %s is nillable, in the base it is not", braces(re.name))
	}
	if be.fixed != nil && (re.fixed == nil || !c.s.sameValue(re.typ, c.doc, re.node, *re.fixed, be.node, *be.fixed)) {
		return fault(rule, r, "element %s is fixed at %q in the base", braces(re.name), *be.fixed)
	}
	if len(re.identities) > 0 {
		return fault(rule, r, "element %s has an identity constraint that the base's has not", braces(re.name))
	}
	for _, block := range be.block {
		if !slices.Contains(re.block, block) {
			return fault(rule, r, "element %s blocks %s in the base", braces(re.name), block)
		}
	}
	if why := derivedOK(re.typ, be.typ, []string{string(byExtension)}); why != "" {
		return fault(rule, r, "the type of element %s: %s", braces(re.name), why)
	}
	return nil
}

// subset is rcase-NSSubset.
func (c *restrictionCheck) subset(r, b *particle) *mismatch {
	const rule = "rcase-NSSubset"
	if !r.wildcard.within(b.wildcard) {
		return fault(rule, r, "xs:any admits namespaces that the base's does not")
	}
	if b.wildcard != c.s.anyType.anyAttr && slices.Index(strength, r.wildcard.process) < slices.Index(strength, b.wildcard.process) {
		return fault(rule, r, "processContents %q is weaker than the base's %q", r.wildcard.process, b.wildcard.process)
	}
	return rangeOK(rule, r, b)
}

// underWildcard is rcase-NSRecurseCheckCardinality.
func (c *restrictionCheck) underWildcard(r, b *particle) *mismatch {
	const rule = "rcase-NSRecurseCheckCardinality"
	free := &particle{node: b.node, kind: b.kind, min: 0, max: model.Unbounded, wildcard: b.wildcard}
	for _, part := range r.parts {
		if why := c.valid(part, free); why != nil {
			return why
		}
	}
	low, high := r.total()
	whole := &particle{node: r.node, kind: r.kind, min: low, max: high}
	return rangeOK(rule, whole, b)
}

// total is the effective total range of a group (section 3.8.6).
func (p *particle) total() (low, high int) {
	if p.kind == model.ParticleElement || p.kind == model.ParticleWildcard {
		return p.min, p.max
	}
	limit := func(n int) int {
		if n == model.Unbounded {
			return unlimited
		}
		return n
	}
	for i, part := range p.parts {
		l, h := part.total()
		h = limit(h)
		switch {
		case p.kind != model.ParticleChoice:
			low, high = plus(low, l), plus(high, h)
		case i == 0:
			low, high = l, h
		default:
			low, high = min(low, l), max(high, h)
		}
	}
	low, high = times(low, p.min), times(high, limit(p.max))
	if high >= unlimited {
		return low, model.Unbounded
	}
	return low, high
}

// mapped is rcase-Recurse and, for choices, rcase-RecurseLax: the parts map to
// parts of the base in order; those left out must be emptiable unless a choice
// leaves them out.
func (c *restrictionCheck) mapped(rule string, r, b *particle, needed bool) *mismatch {
	if why := rangeOK(rule, r, b); why != nil {
		return why
	}
	next := 0
	for _, part := range r.parts {
		found := false
		var last *mismatch
		for !found && next < len(b.parts) {
			candidate := b.parts[next]
			why := c.valid(part, candidate)
			switch {
			case why == nil:
				found = true
			case needed && !candidate.emptiable():
				return why
			default:
				last = why
			}
			next++
		}
		if !found {
			if last != nil && last.rule == "rcase-NameAndTypeOK" && len(b.parts) == 1 {
				return last
			}
			return fault(rule, part, "%s has no counterpart in the base", part.describe())
		}
	}
	if needed {
		for _, rest := range b.parts[next:] {
			if !rest.emptiable() {
				return fault(rule, r, "%s of the base is missing", rest.describe())
			}
		}
	}
	return nil
}

// unordered is rcase-RecurseUnordered.
func (c *restrictionCheck) unordered(r, b *particle) *mismatch {
	const rule = "rcase-RecurseUnordered"
	if why := rangeOK(rule, r, b); why != nil {
		return why
	}
	used := make([]bool, len(b.parts))
	for _, part := range r.parts {
		found := slices.IndexFunc(b.parts, func(candidate *particle) bool {
			return !used[slices.Index(b.parts, candidate)] && c.valid(part, candidate) == nil
		})
		if found < 0 {
			return fault(rule, part, "%s has no counterpart in the base", part.describe())
		}
		used[found] = true
	}
	for i, rest := range b.parts {
		if !used[i] && !rest.emptiable() {
			return fault(rule, r, "%s of the base is missing", rest.describe())
		}
	}
	return nil
}

// mapAndSum is rcase-MapAndSum: a sequence of alternatives of a repeated choice.
func (c *restrictionCheck) mapAndSum(r, b *particle) *mismatch {
	const rule = "rcase-MapAndSum"
	for _, part := range r.parts {
		if !slices.ContainsFunc(b.parts, func(candidate *particle) bool { return c.valid(part, candidate) == nil }) {
			return fault(rule, part, "%s has no counterpart in the base", part.describe())
		}
	}
	whole := &particle{node: r.node, kind: r.kind, min: r.min * len(r.parts), max: model.Unbounded}
	if r.max != model.Unbounded {
		whole.max = r.max * len(r.parts)
	}
	return rangeOK(rule, whole, b)
}
