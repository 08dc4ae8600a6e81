package wire

import "slices"

// This file counts the repetitions of groups. A state with parts is a whole
// content model: where an element stands in it is the particle that it was, and
// for each group around that, the how-manieth repetition of the group it is in.
// There can be several such places at a time, since in (a{1,2}){1,2} a second
// "a" may repeat the element or the group; they are followed side by side.

// maxPlaces bounds the places that are followed at a time. Only a content model
// whose repetitions cannot be told apart, in several groups, gets there.
const maxPlaces = 256

// xmlModel is a content model, prepared.
type xmlModel struct {
	parts []xmlPart
	depth int
}

// xmlPart is a particle of a content model, prepared.
type xmlPart struct {
	choice   bool
	min, max int32   // max < 0: unbounded; min is 0 when the term may be empty
	parts    []int32 // none: it reads an element
	parent   int32   // -1 for the outermost
	index    int32   // among the parts of the parent
	depth    int32
	blank    bool // it may be left out, or its term may be empty
}

// xmlPlaces are the places in a content model where an element may be. Each is
// a particle followed by the counts of the particles around it, outermost
// first.
type xmlPlaces struct {
	now, next []int32
	step      int32 // that next leads over; -1: none
	lost      bool  // there were more than maxPlaces
}

// prepareModel prepares the parts of a state.
func prepareModel(parts []XMLPart) *xmlModel {
	m := &xmlModel{parts: make([]xmlPart, len(parts))}
	if !m.add(parts, 0, -1, 0, 0, 0) {
		return nil
	}
	return m
}

// add prepares one part and those in it. It returns false when the parts are no
// tree.
func (m *xmlModel) add(parts []XMLPart, i, parent, index, depth, above int) bool {
	if i < 0 || i >= len(parts) || i <= parent || above > len(parts) || depth >= maxModelDepth {
		return false
	}
	in := &parts[i]
	p := &m.parts[i]
	*p = xmlPart{choice: in.Choice, min: clamp(in.Min), max: clamp(in.Max), parent: int32(parent), index: int32(index), depth: int32(depth)}
	m.depth = max(m.depth, depth+1)
	term := len(in.Parts) > 0 && !in.Choice // whether the term may be empty
	for k, part := range in.Parts {
		if !m.add(parts, part, i, k, depth+1, above+1) {
			return false
		}
		p.parts = append(p.parts, int32(part))
		if in.Choice {
			term = term || m.parts[part].blank
		} else {
			term = term && m.parts[part].blank
		}
	}
	if term {
		p.min = 0
	}
	p.blank = p.min == 0
	return true
}

// maxModelDepth is how deep the groups of a content model may nest.
const maxModelDepth = 256

func clamp(n int) int32 { return int32(max(-1, min(n, 1<<31-1))) }

// places returns the places of an open element, which are none at its
// beginning.
func (f *xmlFrame) at() *xmlPlaces {
	if f.places == nil {
		f.places = &xmlPlaces{step: -1}
	}
	return f.places
}

// reachable tells whether the particle of a step may come next, and remembers
// the places that it leads to.
func (m *xmlModel) reachable(at *xmlPlaces, leaf int32) bool {
	if at.step == leaf && len(at.next) > 0 {
		return true
	}
	at.step, at.next = leaf, at.next[:0]
	if at.now == nil {
		m.enter(at, 0, leaf, make([]int32, m.depth))
		return len(at.next) > 0
	}
	counts := make([]int32, m.depth)
	for i := 0; i < len(at.now); i += m.depth + 1 {
		copy(counts, at.now[i+1:i+1+m.depth])
		m.advance(at, at.now[i], leaf, counts)
	}
	return len(at.next) > 0
}

// follow goes on to the places that a step leads to.
func (m *xmlModel) follow(at *xmlPlaces, leaf int32) {
	if m.reachable(at, leaf) {
		at.now, at.next, at.step = append(at.now[:0], at.next...), at.next[:0], -1
	}
}

// advance finds the places of a particle that can come behind another. counts
// may be changed.
func (m *xmlModel) advance(at *xmlPlaces, n, leaf int32, counts []int32) {
	for n >= 0 {
		p := &m.parts[n]
		c := counts[p.depth]
		if (p.max < 0 || c < p.max) && m.within(leaf, n) {
			again := slices.Clone(counts)
			if p.max >= 0 || c < p.min {
				again[p.depth]++
			}
			m.body(at, n, leaf, again)
		}
		if c < p.min || p.parent < 0 {
			return
		}
		if outer := &m.parts[p.parent]; !outer.choice {
			if m.behind(at, p.parent, p.index+1, leaf, slices.Clone(counts)) {
				return
			}
		}
		n = p.parent
	}
}

// behind enters the parts of a sequence from one on, up to the first that must
// be there. It returns whether there was one.
func (m *xmlModel) behind(at *xmlPlaces, n, from, leaf int32, counts []int32) bool {
	for _, part := range m.parts[n].parts[from:] {
		if m.within(leaf, part) {
			m.enter(at, part, leaf, slices.Clone(counts))
		}
		if !m.parts[part].blank {
			return true
		}
	}
	return false
}

// enter begins a part that holds a particle.
func (m *xmlModel) enter(at *xmlPlaces, n, leaf int32, counts []int32) {
	p := &m.parts[n]
	if p.max == 0 || !m.within(leaf, n) {
		return
	}
	counts[p.depth] = 1
	if p.max < 0 && p.min == 0 {
		counts[p.depth] = 0 // nothing depends on the count
	}
	m.body(at, n, leaf, counts)
}

// body begins the term of a part that holds a particle.
func (m *xmlModel) body(at *xmlPlaces, n, leaf int32, counts []int32) {
	p := &m.parts[n]
	switch {
	case n == leaf:
		clear(counts[p.depth+1:])
		m.place(at, leaf, counts)
	case p.choice:
		for _, part := range p.parts {
			if m.within(leaf, part) {
				m.enter(at, part, leaf, counts)
			}
		}
	default:
		m.behind(at, n, 0, leaf, counts)
	}
}

// place adds a place, unless another one admits all that it does.
func (m *xmlModel) place(at *xmlPlaces, leaf int32, counts []int32) {
	size := m.depth + 1
	for i := 0; i < len(at.next); i += size {
		if m.covers(leaf, at.next[i+1:i+size], counts) {
			return
		}
		if m.covers(leaf, counts, at.next[i+1:i+size]) {
			at.next = slices.Delete(at.next, i, i+size)
			i -= size
		}
	}
	if len(at.next) >= maxPlaces*size {
		at.lost = true
		return
	}
	at.next = append(append(at.next, leaf), counts...)
}

// covers tells whether all that may come at a place may come at another place
// of the same particle: it has as many repetitions left at least, and needs no
// more.
func (m *xmlModel) covers(leaf int32, a, b []int32) bool {
	for n := leaf; n >= 0; n = m.parts[n].parent {
		p := &m.parts[n]
		switch x, y := a[p.depth], b[p.depth]; {
		case x == y, p.max < 0 && x > y, x < y && x >= p.min:
		default:
			return false
		}
	}
	return true
}

// within tells whether a particle is a part or stands inside of it.
func (m *xmlModel) within(leaf, n int32) bool {
	for m.parts[leaf].depth > m.parts[n].depth {
		leaf = m.parts[leaf].parent
	}
	return leaf == n
}

// ends tells whether the content may end at one of the places.
func (m *xmlModel) ends(at *xmlPlaces) bool {
	if at.now == nil {
		return m.parts[0].blank
	}
	for i := 0; i < len(at.now); i += m.depth + 1 {
		if m.endsAt(at.now[i], at.now[i+1:i+1+m.depth]) {
			return true
		}
	}
	return false
}

func (m *xmlModel) endsAt(n int32, counts []int32) bool {
	for {
		p := &m.parts[n]
		if counts[p.depth] < p.min {
			return false
		}
		if p.parent < 0 {
			return true
		}
		if outer := &m.parts[p.parent]; !outer.choice {
			for _, part := range outer.parts[p.index+1:] {
				if !m.parts[part].blank {
					return false
				}
			}
		}
		n = p.parent
	}
}
