package wire

import (
	"cmp"
	"regexp/syntax"
	"slices"
	"strings"
)

// This file makes tables of expressions with lookaheads. What package regexp
// cannot say, an automaton can: a lookahead asks that what follows also be, or
// not be, in another language, and tables can be intersected and complemented.
//
// A state of the automaton is a formula over nodes: which of them must match
// what follows, and which must not. It is kept as alternatives of conditions,
// and reading a byte makes a new formula of it (derivatives of expressions,
// Brzozowski 1964, with the complement).

// The groups that are lookaheads: their names begin so.
const (
	aheadGroup = "_ahead" // what follows matches
	neverGroup = "_never" // what follows does not match
)

// hasLookahead tells whether an expression has groups that are lookaheads.
func hasLookahead(re2 string) bool {
	return strings.Contains(re2, "(?P<"+aheadGroup) || strings.Contains(re2, "(?P<"+neverGroup)
}

// patternFormula is a disjunction of conjunctions of literals. A literal is a
// node, in the upper bits, that must match, or must not when the lowest bit is
// set. Without alternatives it is false; an empty alternative is true.
type patternFormula [][]uint32

var formulaTrue = patternFormula{{}}

func (f patternFormula) isTrue() bool { return len(f) == 1 && len(f[0]) == 0 }

// maxFormula bounds the alternatives of a formula.
const maxFormula = 2000

// patternLeaf is a node that reads a byte or has matched, and the lookaheads
// that stand on the way to it.
type patternLeaf struct {
	node  uint32
	looks []uint32
}

// lookBuilder makes the table.
type lookBuilder struct {
	patternBuilder
	begin  uint32 // where a match may begin: at no byte within a rune
	paths  map[lookPath][]patternLeaf
	memo   map[uint32]patternFormula // by node, for one byte and condition
	forms  []patternFormula          // by state number
	lasts  []uint32                  // what was read last there
	broken bool                      // too large
}

type lookPath struct {
	node uint32
	cond syntax.EmptyOp
}

// newLookDFA returns nil when the table would be too large.
func newLookDFA(prog *syntax.Prog, names []string) *patternDFA {
	b := &lookBuilder{
		patternBuilder: patternBuilder{looks: true, start: uint32(prog.Start), states: make(map[string]uint32), shared: make(map[patternNode]uint32)},
		paths:          make(map[lookPath][]patternLeaf),
	}
	if !b.load(prog) {
		return nil
	}
	for pc := range prog.Inst {
		inst := &prog.Inst[pc]
		if inst.Op != syntax.InstCapture || inst.Arg%2 != 0 {
			continue
		}
		if name := names[inst.Arg/2]; strings.HasPrefix(name, aheadGroup) || strings.HasPrefix(name, neverGroup) {
			b.look(prog, uint32(pc), strings.HasPrefix(name, neverGroup))
		}
	}
	b.begin = b.add(patternNode{op: nodeJump, out: b.start})
	return b.table()
}

// look turns the group that opens at pc into a lookahead: its end is a match,
// and what stands behind it goes on where it began.
func (b *lookBuilder) look(prog *syntax.Prog, pc uint32, never bool) {
	end := prog.Inst[pc].Arg + 1
	seen := make([]bool, len(prog.Inst))
	stack := []uint32{prog.Inst[pc].Out}
	n := patternNode{op: nodeAhead, alt: prog.Inst[pc].Out}
	if never {
		n.op = nodeNever
	}
	n.out = b.add(patternNode{op: nodeFail}) // should the end be out of reach
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[at] {
			continue
		}
		seen[at] = true
		inst := &prog.Inst[at]
		switch {
		case inst.Op == syntax.InstCapture && inst.Arg == end:
			n.out = inst.Out
			b.nodes[at] = patternNode{op: nodeMatch}
		case inst.Op == syntax.InstAlt, inst.Op == syntax.InstAltMatch:
			stack = append(stack, inst.Out, inst.Arg)
		case inst.Op != syntax.InstMatch && inst.Op != syntax.InstFail:
			stack = append(stack, inst.Out)
		}
	}
	b.nodes[pc] = n
}

// table follows every class of bytes from every formula.
func (b *lookBuilder) table() *patternDFA {
	d := &patternDFA{}
	samples := b.classes(d)
	d.width = uint32(len(samples) + 1)
	// Rows 0 and 1 are the dead and the matched state.
	b.number(nil, lastOther)
	b.number(formulaTrue, lastOther)
	d.next = make([]uint32, 2*d.width)
	for i := range d.width {
		d.next[d.width+i] = d.width
	}
	d.start = b.number(patternFormula{{b.begin << 1}}, lastNone) * d.width
	for s := 2; s < len(b.forms); s++ {
		if len(d.next) > maxPatternTable || b.work > maxPatternWork || b.broken {
			return nil
		}
		f, last := b.forms[s], b.lasts[s]
		row := make([]uint32, d.width)
		for i, c := range samples {
			next := b.read(f, b.conditions(last, int(c)), int(c))
			if next = b.or(next, patternFormula{{b.begin << 1}}); next.isTrue() {
				row[i] = d.width
				continue
			}
			row[i] = b.number(next, b.last(c)) * d.width
		}
		if b.read(f, b.conditions(last, -1), -1).isTrue() {
			row[d.width-1] = dfaEnd
		}
		d.next = append(d.next, row...)
	}
	if b.broken {
		return nil
	}
	d.prune()
	return d
}

// number returns the number of the state for a formula.
func (b *lookBuilder) number(f patternFormula, last uint32) uint32 {
	var key []byte
	put := func(n uint32) { key = append(key, byte(n), byte(n>>8), byte(n>>16), byte(n>>24)) }
	put(last)
	for _, conditions := range f {
		put(uint32(len(conditions)))
		for _, l := range conditions {
			put(l)
		}
	}
	if s, ok := b.states[string(key)]; ok {
		return s
	}
	s := uint32(len(b.forms))
	b.states[string(key)] = s
	b.forms, b.lasts = append(b.forms, f), append(b.lasts, last)
	return s
}

// read returns what must hold behind the byte c, or at the end of the text when
// c is negative, for a formula to hold before it.
func (b *lookBuilder) read(f patternFormula, cond syntax.EmptyOp, c int) patternFormula {
	b.memo = make(map[uint32]patternFormula)
	var all patternFormula
	for _, conditions := range f {
		one := formulaTrue
		for _, l := range conditions {
			next := b.derive(l>>1, cond, c)
			if l&1 != 0 {
				next = b.not(next)
			}
			if one = b.and(one, next); len(one) == 0 {
				break
			}
		}
		if all = b.or(all, one); all.isTrue() {
			break
		}
	}
	return all
}

// derive is read for one node.
func (b *lookBuilder) derive(n uint32, cond syntax.EmptyOp, c int) patternFormula {
	if n == b.begin && c >= firstContinuation && c <= lastContinuation {
		return nil
	}
	if f, ok := b.memo[n]; ok {
		return f
	}
	var all patternFormula
	for _, leaf := range b.leaves(n, cond) {
		b.work++
		node := &b.nodes[leaf.node]
		one := formulaTrue
		if node.op == nodeBytes {
			if c < int(node.lo) || c > int(node.hi) {
				continue
			}
			one = patternFormula{{node.out << 1}}
		}
		for _, l := range leaf.looks {
			look := &b.nodes[l]
			next := b.derive(look.alt, cond, c)
			if look.op == nodeNever {
				next = b.not(next)
			}
			if one = b.and(one, next); len(one) == 0 {
				break
			}
		}
		all = b.or(all, one)
	}
	b.memo[n] = all
	return all
}

// leaves returns what is reached from a node without reading anything.
func (b *lookBuilder) leaves(n uint32, cond syntax.EmptyOp) []patternLeaf {
	key := lookPath{n, cond}
	if list, ok := b.paths[key]; ok {
		return list
	}
	var list []patternLeaf
	passed := make(map[uint32][][]uint32) // the lookaheads on the ways to a node
	stack := []patternLeaf{{node: n}}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if slices.ContainsFunc(passed[at.node], func(looks []uint32) bool { return within(looks, at.looks) }) {
			continue
		}
		if b.work++; b.work > maxPatternWork {
			b.broken = true
			return nil
		}
		passed[at.node] = append(passed[at.node], at.looks)
		switch node := &b.nodes[at.node]; node.op {
		case nodeMatch, nodeBytes:
			list = append(list, at)
		case nodeJump:
			stack = append(stack, patternLeaf{node.out, at.looks})
		case nodeSplit:
			stack = append(stack, patternLeaf{node.alt, at.looks}, patternLeaf{node.out, at.looks})
		case nodeEmpty:
			if node.cond&^cond == 0 {
				stack = append(stack, patternLeaf{node.out, at.looks})
			}
		case nodeAhead, nodeNever:
			looks := at.looks
			if i, found := slices.BinarySearch(looks, at.node); !found {
				looks = slices.Insert(slices.Clone(looks), i, at.node)
			}
			stack = append(stack, patternLeaf{node.out, looks})
		}
	}
	b.paths[key] = list
	return list
}

// within tells whether all of a stands in b; both are sorted.
func within(a, b []uint32) bool {
	i := 0
	for _, x := range b {
		if i < len(a) && a[i] == x {
			i++
		}
	}
	return i == len(a)
}

// or returns what holds when either does.
func (b *lookBuilder) or(f, g patternFormula) patternFormula {
	switch {
	case len(f) == 0:
		return g
	case len(g) == 0 || f.isTrue():
		return f
	case g.isTrue():
		return g
	}
	return b.shortest(slices.Concat(f, g))
}

// and returns what holds when both do.
func (b *lookBuilder) and(f, g patternFormula) patternFormula {
	switch {
	case f.isTrue():
		return g
	case g.isTrue():
		return f
	case len(f)*len(g) > maxFormula:
		b.broken = true
		return nil
	}
	var all patternFormula
	for _, x := range f {
		for _, y := range g {
			both := slices.Concat(x, y)
			slices.Sort(both)
			both = slices.Compact(both)
			possible := true
			for i := 1; i < len(both); i++ {
				possible = possible && both[i] != both[i-1]|1
			}
			if possible {
				all = append(all, both)
			}
		}
	}
	return b.shortest(all)
}

// not returns what holds when f does not.
func (b *lookBuilder) not(f patternFormula) patternFormula {
	all := formulaTrue
	for _, conditions := range f {
		var one patternFormula
		for _, l := range conditions {
			one = append(one, []uint32{l ^ 1})
		}
		if all = b.and(all, b.shortest(one)); len(all) == 0 {
			return nil
		}
	}
	return all
}

// shortest sorts the alternatives and drops those that ask for more than
// another does.
func (b *lookBuilder) shortest(f patternFormula) patternFormula {
	if len(f) > maxFormula {
		b.broken = true
		return nil
	}
	slices.SortFunc(f, func(x, y []uint32) int { return cmp.Or(cmp.Compare(len(x), len(y)), slices.Compare(x, y)) })
	kept := f[:0]
	for _, x := range f {
		b.work += len(kept)
		if !slices.ContainsFunc(kept, func(y []uint32) bool { return within(y, x) }) {
			kept = append(kept, x)
		}
	}
	return kept
}
