package contract

import (
	"slices"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/model"
)

// This file turns content models into automata (Part 1, section 3.8.4). A
// particle becomes nodes, each of which reads one element or goes on in
// several ways without reading; the states of the table are the sets of nodes
// that can be reached on the same elements, which are single nodes wherever
// the content model is as unambiguous as the specification demands.

// maxNodes bounds a content model that is written out. Small occurrence bounds
// of groups are; those of elements, wildcards and choices of them are counted,
// and the large ones of groups by countedModel.
const maxNodes = 1 << 18

// maxSteps bounds the steps of a content model that is written out: those of a
// repeated sequence of optional elements are the square of its length. With its
// groups counted it has a step for each.
const maxSteps = 1 << 18

// minStraight is the fewest nodes of a content model whose states are written by
// what is theirs alone. A sequence of optional elements would otherwise take the
// square of its length to write.
const minStraight = 1 << 9

// minCounted is the fewest copies of an element that are counted rather than
// written out.
const minCounted = 4

// endless is a maxOccurs that no payload in memory can exceed.
const endless = 1 << 31

// node is a node of a content model. Node 0 is its end.
type node struct {
	next []int // what it goes on with, reading nothing
	// reads are what it reads: an element, with the members of its substitution
	// group, or a wildcard. from is the particle, as the content model has it.
	elements []model.ElementID
	wildcard int
	to       int
	from     *model.Particle
	source   int // the number of from
	// counts is the particle whose repetitions are counted here; next are then
	// the nodes that it reads, and behind them what it goes on with.
	counts *model.Particle
	// skips says that the last of next is where the others lead to as well: what
	// the node may leave out.
	skips bool
}

// modelBuilder writes one content model.
type modelBuilder struct {
	*xmlBuilder
	nodes []node
	// full says that the model is too large to be written out.
	full bool
	// copied counts the nodes that are repetitions of others.
	copied int
	// counting allows nodes that count; clash says that one is part of a larger
	// set, where its count has no meaning.
	counting bool
	clash    bool
	// distinct says that every element belongs to one particle only, and listed
	// is where the particles are in a list of choices, by number.
	distinct bool
	listed   []int
	// repeats says that a group is repeated, and straight that states can be
	// written by what is theirs alone and the state behind that; see rest.
	repeats  bool
	straight bool
	// ending tells of nodes whether the end is reached from them; 0: not known
	// yet.
	ending []int8
}

// contentModel writes the automaton of a particle and returns its first state;
// 0 when no child elements are allowed.
func (b *xmlBuilder) contentModel(p *model.Particle) int {
	if p == nil || p.Max == 0 {
		return 0
	}
	if len(b.out.States) == 0 {
		b.out.States = make([]wire.XMLState, 1)
	}
	if all := allGroup(p); all != nil {
		return b.allState(p, all)
	}
	if b.counted {
		return b.countedModel(p)
	}
	p = simplify(p)
	m := &modelBuilder{xmlBuilder: b, nodes: make([]node, 1), counting: true}
	states := len(b.out.States)
	diags := len(b.diags)
	first := m.states(m.particle(p, 0))
	if m.clash && !m.full {
		// Written out, every repetition is a state of its own.
		b.out.States, b.diags = b.out.States[:states], b.diags[:diags]
		m = &modelBuilder{xmlBuilder: b, nodes: make([]node, 1)}
		first = m.states(m.particle(p, 0))
	}
	if m.full {
		b.out.States, b.diags = b.out.States[:states], b.diags[:diags]
		if m.copied < maxCopies {
			b.diags.Errorf(p.At, codeUnsupported, "a content model of more than %d particles", maxNodes)
			return 0
		}
		return b.countedModel(p)
	}
	return first
}

// allGroup returns the xs:all group that a particle is, perhaps in sequences
// of one.
func allGroup(p *model.Particle) *model.Particle {
	for p.Kind == model.ParticleSequence && len(p.Parts) == 1 && p.Max == 1 {
		p = &p.Parts[0]
	}
	if p.Kind != model.ParticleAll || p.Max != 1 {
		return nil
	}
	return p
}

// allState writes an xs:all group.
func (b *xmlBuilder) allState(outer, all *model.Particle) int {
	n := len(b.out.States)
	s := wire.XMLState{All: true}
	for p := outer; ; p = &p.Parts[0] {
		s.Final = s.Final || p.Min == 0
		if p == all {
			break
		}
	}
	for i := range all.Parts {
		p := &all.Parts[i]
		if p.Max == 0 {
			continue
		}
		if p.Kind != model.ParticleElement || p.Max != 1 {
			b.diags.Errorf(p.At, codeUnsupported, "an xs:all group of anything but single elements")
			continue
		}
		for k, e := range append([]model.ElementID{p.Element}, b.members[p.Element]...) {
			s.Next = append(s.Next, wire.XMLStep{Element: int(e), To: n, Required: p.Min > 0, Same: k > 0})
		}
	}
	b.out.States = append(b.out.States, s)
	if len(s.Next) == 0 {
		b.out.States[n] = wire.XMLState{Final: true}
	}
	return n
}

// add adds a node.
func (m *modelBuilder) add(n node) int {
	if len(m.nodes) >= maxNodes {
		m.full = true
		return 0
	}
	m.nodes = append(m.nodes, n)
	return len(m.nodes) - 1
}

// particle writes a particle that goes on at a node, and returns where it
// begins.
func (m *modelBuilder) particle(p *model.Particle, to int) int {
	if p.Max == 0 || m.full {
		return to
	}
	m.repeats = m.repeats || p.Max != 1 && !single(p)
	if m.counting && p.Max < endless && max(p.Min, p.Max) >= minCounted && single(p) {
		return m.counted(p, to)
	}
	if p.Max == model.Unbounded || p.Max >= endless {
		if p.Min == 0 {
			loop := m.add(node{skips: true})
			m.nodes[loop].next = []int{m.term(p, loop), to}
			return loop
		}
		// The last of the copies that there must be is the loop.
		loop := m.add(node{skips: true})
		body := m.term(p, loop)
		m.nodes[loop].next = []int{body, to}
		return m.copies(p, p.Min-1, body)
	}
	rest := to
	for i := p.Min; i < p.Max && !m.full; i++ {
		before := len(m.nodes)
		rest = m.add(node{next: []int{m.term(p, rest), to}, skips: true})
		if i > 0 {
			m.repeated(before)
		}
	}
	return m.copies(p, p.Min, rest)
}

// single tells whether a particle reads one element at a time: an element, a
// wildcard, or a choice of them.
func single(p *model.Particle) bool {
	switch p.Kind {
	case model.ParticleElement, model.ParticleWildcard:
		return true
	case model.ParticleChoice:
		for i := range p.Parts {
			if part := &p.Parts[i]; part.Min != 1 || part.Max != 1 || part.Kind == model.ParticleChoice || !single(part) {
				return false
			}
		}
		return len(p.Parts) > 0
	}
	return false
}

// counted writes a particle that reads one element at a time, as a node that
// counts.
func (m *modelBuilder) counted(p *model.Particle, to int) int {
	n := m.add(node{counts: p, skips: true})
	var reads []int
	if p.Kind == model.ParticleChoice {
		for i := range p.Parts {
			reads = append(reads, m.term(&p.Parts[i], n))
		}
	} else {
		reads = append(reads, m.term(p, n))
	}
	m.nodes[n].next = append(reads, to)
	if p.Min == 0 {
		return m.add(node{next: append(slices.Clone(reads), to), skips: true})
	}
	return m.add(node{next: reads})
}

// copies writes n copies of a term in front of a node.
func (m *modelBuilder) copies(p *model.Particle, n, to int) int {
	for ; n > 0 && !m.full; n-- {
		before := len(m.nodes)
		if to = m.term(p, to); n > 1 {
			m.repeated(before)
		}
	}
	return to
}

// repeated counts the nodes of one more repetition.
func (m *modelBuilder) repeated(before int) {
	if m.copied += len(m.nodes) - before; m.copied >= maxCopies {
		m.full = true
	}
}

// term writes a particle's term once.
func (m *modelBuilder) term(p *model.Particle, to int) int {
	switch p.Kind {
	case model.ParticleElement:
		if p.Element <= 0 {
			return to
		}
		return m.add(node{elements: append([]model.ElementID{p.Element}, m.members[p.Element]...), to: to, from: p})
	case model.ParticleWildcard:
		return m.add(node{wildcard: m.wildcard(p.Wildcard), to: to, from: p})
	case model.ParticleSequence:
		for i := len(p.Parts) - 1; i >= 0; i-- {
			to = m.particle(&p.Parts[i], to)
		}
		return to
	case model.ParticleChoice:
		var next []int
		for i := range p.Parts {
			if p.Parts[i].Max != 0 {
				next = append(next, m.particle(&p.Parts[i], to))
			}
		}
		if len(next) == 1 {
			return next[0]
		}
		return m.add(node{next: next})
	}
	m.diags.Errorf(p.At, codeUnsupported, "an %s group inside of another group", p.Kind)
	return to
}
