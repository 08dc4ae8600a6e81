package xsd

import "github.com/biform/biform/schema/model"

// unlimited stands for an unbounded number of occurrences; sums and products
// stay at it.
const unlimited = 1 << 40

// occurrence is how often one element, or any element that a wildcard admits,
// may stand in one element's content.
type occurrence struct {
	element *elementDecl // nil: wildcards, all of them together
	node    *node        // where it stands first

	min, max int
	// decided is the maximum when the repetition of groups that only frees the
	// order of their parts is not counted: when a choice lies between the
	// element and the repetition.
	decided int
	free    bool // a choice lies above it
}

// flatten returns the elements of a content model in the order in which they
// stand first, with their bounds over the whole model.
func flatten(p *particle) []*occurrence {
	if p == nil {
		return nil
	}
	var list []*occurrence
	switch p.kind {
	case model.ParticleElement:
		list = flattenElement(p)
	case model.ParticleWildcard:
		list = []*occurrence{{node: p.node, min: 1, max: 1, decided: 1}}
	case model.ParticleChoice:
		list = flattenChoice(p.parts)
	default:
		list = flattenSequence(p.parts)
	}
	high := p.max
	if high == model.Unbounded {
		high = unlimited
	}
	for _, o := range list {
		o.min = times(o.min, p.min)
		o.max = times(o.max, high)
		if !o.free || p.kind == model.ParticleElement {
			o.decided = times(o.decided, high)
		}
	}
	return list
}

// flattenElement is one element, or a choice among the members of its
// substitution group. An abstract element without any is none: it cannot stand
// in a document.
func flattenElement(p *particle) []*occurrence {
	var list []*occurrence
	if e := p.element; !e.abstract {
		list = append(list, &occurrence{element: e, node: p.node, min: 1, max: 1, decided: 1})
	}
	for _, m := range p.element.members {
		if !m.abstract && p.element.substitutable(m) {
			list = append(list, &occurrence{element: m, node: m.node, min: 1, max: 1, decided: 1})
		}
	}
	if len(list) > 1 {
		for _, o := range list {
			o.min = 0
		}
	}
	return list
}

// substitutable tells whether a member of the substitution group may stand in
// the element's place (cos-equiv-derived-ok-rec).
func (e *elementDecl) substitutable(m *elementDecl) bool {
	for _, b := range e.block {
		if b == "substitution" {
			return false
		}
	}
	return derivedOK(m.typ, e.typ, e.block) == ""
}

func flattenSequence(parts []*particle) []*occurrence {
	var m merger
	for _, part := range parts {
		for _, o := range flatten(part) {
			old, fresh := m.slot(o)
			if fresh {
				continue
			}
			old.min = plus(old.min, o.min)
			old.max = plus(old.max, o.max)
			old.decided = plus(old.decided, o.decided)
			old.free = old.free && o.free
		}
	}
	return m.list
}

func flattenChoice(parts []*particle) []*occurrence {
	var m merger
	branches := map[*occurrence]int{}
	for _, part := range parts {
		for _, o := range flatten(part) {
			old, fresh := m.slot(o)
			branches[old]++
			if fresh {
				continue
			}
			old.min = min(old.min, o.min)
			old.max = max(old.max, o.max)
			old.decided = max(old.decided, o.decided)
		}
	}
	for _, o := range m.list {
		if branches[o] < len(parts) {
			o.min = 0
		}
		o.free = true
	}
	return m.list
}

// merger joins occurrences of one name.
type merger struct {
	list   []*occurrence
	byName map[model.XMLName]*occurrence
	any    *occurrence
}

// slot returns the occurrence of the same name; fresh says that it is o itself.
func (m *merger) slot(o *occurrence) (old *occurrence, fresh bool) {
	if o.element == nil {
		if m.any != nil {
			return m.any, false
		}
		m.any = o
		m.list = append(m.list, o)
		return o, true
	}
	if m.byName == nil {
		m.byName = map[model.XMLName]*occurrence{}
	}
	if old := m.byName[o.element.name]; old != nil {
		return old, false
	}
	m.byName[o.element.name] = o
	m.list = append(m.list, o)
	return o, true
}

func plus(a, b int) int { return min(a+b, unlimited) }

func times(a, b int) int {
	if a == 0 || b == 0 {
		return 0
	}
	if a > unlimited/b {
		return unlimited
	}
	return min(a*b, unlimited)
}
