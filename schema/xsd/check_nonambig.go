package xsd

import (
	"slices"

	"github.com/biform/biform/schema/model"
)

// Unique Particle Attribution (cos-nonambig, Part 1, section 3.8.6): reading a
// document from the left, each element must belong to one particle without
// looking ahead. A content model is turned into positions (one for each element
// or wildcard particle) and the positions that may follow each other, after
// Glushkov; two different particles that may both take the next element and
// overlap are the fault.

// maxPositions bounds the automaton of one content model; beyond it, counted
// repetitions are no longer unrolled.
const maxPositions = 4000

// position is one place where an element is taken. Copies that unrolling makes
// share their source, which is what must be unique.
type position struct {
	term   *particle
	source int // the particle's place in the content model
	// follow lists the sets of positions that may come next. The sets are
	// shared, and only ever read.
	follow [][]int
}

// automaton is a content model as positions.
type automaton struct {
	positions []position
	unroll    bool
	links     int
}

// maxLinks bounds the work on one content model: a sequence of thousands of
// optional elements has millions.
const maxLinks = 4 << 20

// fragment is a part of an automaton: where it begins, where it ends, and
// whether it may be empty.
type fragment struct {
	first, last []int
	empty       bool
}

// checkNonAmbiguous reports the first ambiguity of a content model.
func (s *schema) checkNonAmbiguous(t *typeDef) {
	if t.particle == nil || t.node == nil || distinct(t.particle) {
		return
	}
	a := &automaton{unroll: true}
	a.unroll = a.count(t.particle, 1) <= maxPositions
	f := a.particle(t.particle, new(int))
	if a.links > maxLinks {
		s.diags.Warnf(t.at(), "unchecked", "the content model of %s is too large to be checked for ambiguity (cos-nonambig)", t.describe())
		return
	}
	if s.conflict(t, a, f.first) {
		return
	}
	// Positions of a repeated choice are followed by one and the same set.
	done := map[*int]int{}
	for i := range a.positions {
		follow := a.positions[i].follow
		if len(follow) == 1 && len(follow[0]) > 0 {
			if done[&follow[0][0]] >= len(follow[0]) {
				continue
			}
			done[&follow[0][0]] = len(follow[0])
		}
		if s.conflict(t, a, slices.Concat(follow...)) {
			return
		}
	}
}

// distinct tells whether no element belongs to two particles of a content model,
// wherever it stands: then nothing is ambiguous. Most content models are of that
// kind, and need no automaton.
func distinct(p *particle) bool {
	names := map[model.XMLName]bool{}
	spaces := map[string]bool{}
	var wild []*wildcard
	var add func(p *particle) bool
	add = func(p *particle) bool {
		switch p.kind {
		case model.ParticleElement:
			for _, e := range p.element.expand() {
				if names[e.name] {
					return false
				}
				names[e.name], spaces[e.name.Space] = true, true
			}
		case model.ParticleWildcard:
			if slices.ContainsFunc(wild, p.wildcard.overlaps) {
				return false
			}
			wild = append(wild, p.wildcard)
		}
		return !slices.ContainsFunc(p.parts, func(part *particle) bool { return !add(part) })
	}
	if !add(p) {
		return false
	}
	for _, w := range wild {
		for space := range spaces {
			if w.admits(space) {
				return false
			}
		}
	}
	return true
}

// count returns how many positions a particle makes when it is unrolled.
func (a *automaton) count(p *particle, n int) int {
	if p.max == model.Unbounded || p.max > 1 {
		n *= 2
	}
	if n > maxPositions {
		return n
	}
	if p.kind == model.ParticleElement || p.kind == model.ParticleWildcard {
		return n
	}
	total := 0
	for _, part := range p.parts {
		if total += a.count(part, n); total > maxPositions {
			break
		}
	}
	return total
}

// particle adds a particle with its occurrence bounds. Two copies show all that
// a counted repetition can do: one that must be left behind, and one that may
// be the last. next numbers the particles in the order of the content model.
func (a *automaton) particle(p *particle, next *int) fragment {
	start := *next
	once := func() fragment {
		*next = start
		return a.term(p, next)
	}
	exact := p.max == p.min
	switch {
	case p.max == 1:
		f := once()
		f.empty = f.empty || p.min == 0
		return f
	case !a.unroll || p.max == model.Unbounded && p.min <= 1:
		f := a.loop(once())
		f.empty = f.empty || p.min == 0
		return f
	case exact:
		return a.join(once(), once())
	}
	// Some repetitions must come first, then the optional ones.
	tail := once()
	tail.empty = true
	if p.max == model.Unbounded || p.max-p.min > 1 {
		tail = a.loop(tail)
		tail.empty = true
	}
	if p.min == 0 {
		return tail
	}
	head := once()
	if p.min > 1 {
		head = a.join(head, once())
	}
	return a.join(head, tail)
}

// term adds what a particle stands for, once.
func (a *automaton) term(p *particle, next *int) fragment {
	switch p.kind {
	case model.ParticleElement, model.ParticleWildcard:
		id := len(a.positions)
		a.positions = append(a.positions, position{term: p, source: *next})
		*next++
		return fragment{first: []int{id}, last: []int{id}}
	case model.ParticleChoice:
		var f fragment
		for _, part := range p.parts {
			g := a.particle(part, next)
			f.first = append(f.first, g.first...)
			f.last = append(f.last, g.last...)
			f.empty = f.empty || g.empty
		}
		return f
	case model.ParticleAll:
		f := fragment{empty: true}
		for _, part := range p.parts {
			g := a.particle(part, next)
			a.link(f.last, g.first)
			a.link(g.last, f.first)
			f.first = append(f.first, g.first...)
			f.last = append(f.last, g.last...)
			f.empty = f.empty && g.empty
		}
		return f
	}
	f := fragment{empty: true}
	for _, part := range p.parts {
		f = a.join(f, a.particle(part, next))
	}
	return f
}

// join puts one fragment behind another.
func (a *automaton) join(f, g fragment) fragment {
	a.link(f.last, g.first)
	out := fragment{first: slices.Clone(f.first), last: slices.Clone(g.last), empty: f.empty && g.empty}
	if f.empty {
		out.first = append(out.first, g.first...)
	}
	if g.empty {
		out.last = append(out.last, f.last...)
	}
	return out
}

// loop lets a fragment follow itself.
func (a *automaton) loop(f fragment) fragment {
	a.link(f.last, f.first)
	return f
}

// link lets one set of positions be followed by another.
func (a *automaton) link(from, to []int) {
	if len(to) == 0 {
		return
	}
	if a.links += len(from); a.links > maxLinks {
		return
	}
	for _, i := range from {
		a.positions[i].follow = append(a.positions[i].follow, slices.Clip(to))
	}
}

// conflict reports two particles of a set that overlap.
func (s *schema) conflict(t *typeDef, a *automaton, set []int) bool {
	names := map[model.XMLName]int{}
	var wild []int
	for _, id := range set {
		p := &a.positions[id]
		if p.term.kind == model.ParticleWildcard {
			wild = append(wild, id)
			continue
		}
		for _, e := range p.term.element.expand() {
			other, ok := names[e.name]
			if ok && a.positions[other].source != p.source {
				s.ambiguous(t, a.positions[other].term, p.term)
				return true
			}
			names[e.name] = id
		}
	}
	for i, id := range wild {
		w := &a.positions[id]
		for _, other := range wild[:i] {
			o := &a.positions[other]
			if o.source != w.source && o.term.wildcard.overlaps(w.term.wildcard) {
				s.ambiguous(t, o.term, w.term)
				return true
			}
		}
		for _, other := range set {
			o := &a.positions[other]
			if o.term.kind != model.ParticleElement {
				continue
			}
			for _, e := range o.term.element.expand() {
				if w.term.wildcard.admits(e.name.Space) {
					s.ambiguous(t, o.term, w.term)
					return true
				}
			}
		}
	}
	return false
}

// expand returns an element and what may stand in its place.
func (e *elementDecl) expand() []*elementDecl {
	if len(e.members) == 0 {
		return []*elementDecl{e}
	}
	out := []*elementDecl{e}
	for _, m := range e.members {
		if e.substitutable(m) {
			out = append(out, m)
		}
	}
	return out
}

func (s *schema) ambiguous(t *typeDef, p, q *particle) {
	name := func(p *particle) string {
		if p.element != nil {
			return "element " + braces(p.element.name)
		}
		return "xs:any"
	}
	second, first := q, p
	if first.node != nil && second.node != nil && first.node.file == second.node.file && first.node.offset > second.node.offset {
		first, second = second, first
	}
	if second.node == nil {
		return // xs:anyType alone is sound
	}
	d := s.diags.Errorf(second.node.at(), "cos-nonambig", "in %s, the content model cannot tell this %s from the %s before it",
		t.describe(), name(second), name(first)).
		WithHint("let each element match one particle only, whatever follows it")
	if first.node != nil {
		d.WithRelated(first.node.at())
	}
}

// checkConsistent reports elements of one name and two types in one content
// model (cos-element-consistent).
func (s *schema) checkConsistent(t *typeDef) {
	if t.node == nil {
		return
	}
	seen := map[model.XMLName]*elementDecl{}
	reported := map[model.XMLName]bool{}
	var walk func(p *particle)
	walk = func(p *particle) {
		if p == nil {
			return
		}
		if p.kind == model.ParticleElement {
			for _, e := range p.element.expand() {
				old := seen[e.name]
				if old != nil && old.typ != e.typ && !reported[e.name] {
					reported[e.name] = true
					s.diags.Errorf(p.node.at(), "cos-element-consistent", "in %s, element %s has two types",
						t.describe(), braces(e.name)).WithHint("give both one named type").WithRelated(old.at())
				}
				seen[e.name] = e
			}
		}
		for _, part := range p.parts {
			walk(part)
		}
	}
	walk(t.particle)
}
