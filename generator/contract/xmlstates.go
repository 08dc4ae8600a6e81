package contract

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/model"
)

// This file turns the nodes of a content model into the states of the table.

// states writes the automaton's states and returns the first.
func (m *modelBuilder) states(start int) int {
	base := len(m.out.States)
	known := map[string]int{}
	var sets [][]int
	state := func(set []int) int {
		slices.Sort(set)
		set = slices.Compact(set)
		key := fmt.Sprint(set)
		if len(set) == 1 {
			key = strconv.Itoa(set[0])
		}
		i, ok := known[key]
		if !ok {
			i = base + len(sets)
			known[key] = i
			sets = append(sets, set)
		}
		return i
	}
	state([]int{start})
	m.number()
	mark := make([]int, len(m.nodes))
	steps := 0
	for i := 0; i < len(sets) && !m.full; i++ {
		s := wire.XMLState{}
		var reads []int
		if rest := m.rest(sets[i]); rest > 0 {
			mark[rest] = i + 1
			s.Else, s.Final = state([]int{rest}), m.ends(rest)
		}
		for _, n := range sets[i] {
			reads = m.closure(n, i+1, mark, reads, &s.Final)
		}
		if !m.count(sets[i], reads, &s) {
			m.clash = true
			return 0
		}
		for _, g := range m.group(reads) {
			to := state(g.to)
			for _, e := range g.elements {
				s.Next = append(s.Next, wire.XMLStep{Element: int(e), To: to})
			}
			if g.wildcard > 0 {
				s.Next = append(s.Next, wire.XMLStep{Wildcard: g.wildcard, To: to})
			}
		}
		m.out.States = append(m.out.States, s)
		if steps += len(s.Next); steps > maxSteps {
			m.full, m.copied = true, maxCopies
			return 0
		}
		if len(sets) > maxNodes {
			m.diags.Errorf(m.nodes[start].position(), codeUnsupported, "a content model of more than %d states", maxNodes)
			return 0
		}
	}
	shorten(m.out.States[base:], base)
	return base
}

// rest returns the node behind what the node of a state may leave out, where the
// state needs no more than the steps to what comes before and a reference to the
// state of that node: when no group is repeated, nothing leads back, and when
// every element belongs to one particle, nothing is ambiguous. It is 0 where
// that is not so.
func (m *modelBuilder) rest(set []int) int {
	n := &m.nodes[set[0]]
	if !m.straight || len(set) > 1 || !n.skips {
		return 0
	}
	rest := n.next[len(n.next)-1]
	if m.nodes[rest].from != nil {
		return 0 // one element
	}
	return rest
}

// ends tells whether the content may end at a node of a straight model.
func (m *modelBuilder) ends(n int) bool {
	if m.ending[n] == 0 {
		m.ending[n] = -1
		if n == 0 || m.nodes[n].from == nil && slices.ContainsFunc(m.nodes[n].next, m.ends) {
			m.ending[n] = 1
		}
	}
	return m.ending[n] > 0
}

// count makes the state of a node that counts one that counts. It returns
// false where that cannot be: when the state is of several nodes, or when the
// particle can also begin anew behind itself.
func (m *modelBuilder) count(set, reads []int, s *wire.XMLState) bool {
	for _, n := range set {
		p := m.nodes[n].counts
		if p == nil {
			continue
		}
		own := m.nodes[n].next
		own = own[:len(own)-1]
		if len(set) > 1 {
			return false
		}
		for _, r := range reads {
			from := m.nodes[r].from
			if !slices.Contains(own, r) && slices.ContainsFunc(own, func(o int) bool { return m.nodes[o].from == from }) {
				return false
			}
		}
		if !m.straight && m.reenters(n) {
			return false
		}
		s.Min, s.Max = p.Min, p.Max
		if p.Max == model.Unbounded {
			s.Max = endless - 1
		}
	}
	return true
}

// reenters tells whether a node that counts can begin anew behind itself
// without another element between.
func (m *modelBuilder) reenters(n int) bool {
	own := m.nodes[n].next
	exit := own[len(own)-1]
	own = own[:len(own)-1]
	final := false
	reads := m.closure(exit, 1, make([]int, len(m.nodes)), nil, &final)
	return slices.ContainsFunc(reads, func(r int) bool { return slices.Contains(own, r) })
}

func (n *node) position() model.Position {
	if n.from == nil {
		return model.Position{}
	}
	return n.from.At
}

// closure adds the nodes that read something and are reached from n, in the
// order of the schema.
func (m *modelBuilder) closure(n, round int, mark, reads []int, final *bool) []int {
	stack := []int{n}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if mark[n] == round {
			continue
		}
		mark[n] = round
		switch p := &m.nodes[n]; {
		case n == 0:
			*final = true
		case p.from != nil:
			reads = append(reads, n)
		default:
			for i := len(p.next) - 1; i >= 0; i-- {
				stack = append(stack, p.next[i])
			}
		}
	}
	return reads
}

// choice is a particle that may come next, with all the nodes that it may lead
// to: they are several where one particle's repetitions cannot be told apart,
// as in (a?){2,3}.
type choice struct {
	from     *model.Particle
	elements []model.ElementID
	wildcard int
	to       []int
}

// number numbers the particles that nodes come from, and sees whether every
// element belongs to one of them only, wherever it stands.
func (m *modelBuilder) number() {
	numbers := map[*model.Particle]int{}
	names := map[model.XMLName]bool{}
	spaces := map[string]bool{}
	var wild []int
	m.distinct = true
	for i := range m.nodes {
		n := &m.nodes[i]
		if n.from == nil {
			continue
		}
		known := false
		if n.source, known = numbers[n.from]; known {
			continue
		}
		n.source = len(numbers)
		numbers[n.from] = n.source
		for _, e := range n.elements {
			name := m.in.Element(e).Name
			m.distinct = m.distinct && !names[name]
			names[name], spaces[name.Space] = true, true
		}
		if w := n.wildcard; w > 0 && m.distinct {
			m.distinct = !slices.ContainsFunc(wild, func(o int) bool { return m.overlap(o, w) })
			wild = append(wild, w)
		}
	}
	for _, w := range wild {
		for space := range spaces {
			m.distinct = m.distinct && !m.admits(w, space)
		}
	}
	m.listed = make([]int, len(numbers))
	m.straight = m.distinct && !m.repeats && (m.short || len(m.nodes) >= minStraight)
	m.ending = make([]int8, len(m.nodes))
}

// group collects what may come next by particle, and refuses two particles
// for one element (Part 1, section 3.8.6: Unique Particle Attribution).
func (m *modelBuilder) group(reads []int) []choice {
	var list []choice
	for _, n := range reads {
		p := &m.nodes[n]
		i := m.listed[p.source]
		if i >= len(list) || list[i].from != p.from {
			i = len(list)
			m.listed[p.source] = i
			list = append(list, choice{from: p.from, elements: p.elements, wildcard: p.wildcard})
		}
		list[i].to = append(list[i].to, p.to)
	}
	if !m.distinct {
		m.refuse(list)
	}
	return list
}

// refuse reports the particles that compete for one element.
func (m *modelBuilder) refuse(list []choice) {
	names := map[model.XMLName]*model.Particle{}
	var wild []*choice
	for i := range list {
		c := &list[i]
		if c.wildcard > 0 {
			wild = append(wild, c)
		}
		for _, e := range c.elements {
			name := m.in.Element(e).Name
			if other := names[name]; other != nil {
				m.ambiguous(c.from, other, "element "+name.Local)
				continue
			}
			names[name] = c.from
		}
	}
	for i, w := range wild {
		for _, c := range list {
			for _, e := range c.elements {
				if name := m.in.Element(e).Name; m.admits(w.wildcard, name.Space) {
					m.ambiguous(w.from, c.from, "element "+name.Local)
				}
			}
		}
		for _, o := range wild[i+1:] {
			if m.overlap(w.wildcard, o.wildcard) {
				m.ambiguous(o.from, w.from, "the same element")
			}
		}
	}
}

// ambiguous records, once, that two particles compete.
func (m *modelBuilder) ambiguous(p, other *model.Particle, what string) {
	for _, d := range m.diags {
		if d.Code == "cos-nonambig" && d.At == p.At {
			return
		}
	}
	m.diags.Errorf(p.At, "cos-nonambig", "%s can be this particle or another one at the same place", what).
		WithHint("rewrite the content model so that the next element alone decides").
		WithRelated(other.At)
}

func (m *modelBuilder) admits(w int, space string) bool {
	x := &m.out.Wildcards[w]
	return x.Any || slices.Contains(x.Spaces, space) != x.Not
}

// overlap tells whether two wildcards admit a namespace in common.
func (m *modelBuilder) overlap(a, b int) bool {
	x, y := &m.out.Wildcards[a], &m.out.Wildcards[b]
	if x.Any || x.Not {
		x, y, a, b = y, x, b, a
	}
	if x.Any || x.Not {
		return true // both admit all but a few
	}
	return slices.ContainsFunc(x.Spaces, func(s string) bool { return m.admits(b, s) })
}

// shorten lets states share steps: one whose steps end as another's begin and
// end is written with a reference to that. Without it a sequence of optional
// elements would grow with its square.
func shorten(states []wire.XMLState, base int) {
	full := make([][]wire.XMLStep, len(states))
	byLast := map[wire.XMLStep][]int{}
	for i, s := range states {
		full[i] = s.Next
		if n := len(s.Next); n >= 2 && s.Else == 0 {
			byLast[s.Next[n-1]] = append(byLast[s.Next[n-1]], i)
		}
	}
	for _, list := range byLast {
		slices.SortStableFunc(list, func(a, b int) int { return len(full[b]) - len(full[a]) })
	}
	for i := range states {
		n := len(full[i])
		if n < 2 || states[i].Else != 0 {
			continue
		}
		list := byLast[full[i][n-1]]
		from, _ := slices.BinarySearchFunc(list, n, func(j, n int) int { return n - len(full[j]) })
		for _, j := range list[from:] {
			k := len(full[j])
			if k == n && j <= i {
				continue // of two that are equal, the second is written out
			}
			if slices.Equal(full[i][n-k:], full[j]) {
				states[i].Next, states[i].Else = full[i][:n-k], base+j
				break
			}
		}
	}
}
