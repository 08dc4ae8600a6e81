package wire

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// patternDFA is a deterministic automaton over bytes. A state is the offset of
// its row in next; the row has a column for each class of bytes and one more
// that tells whether the text may end there.
type patternDFA struct {
	class [256]uint8
	next  []uint32
	width uint32 // of a row
	start uint32
}

// The rows of the states that no byte leaves: the first matches nothing more,
// the second (at offset width) has matched.
const dfaDead = 0

// What the last column of a row tells: whether the text may end in the state,
// and whether no digit leaves it.
const (
	dfaEnd = 1 << iota
	dfaDigits
)

const (
	// maxPatternTable bounds a table, in entries of 4 bytes: beyond it, package
	// regexp is used.
	maxPatternTable = 1 << 18
	// maxPatternNodes bounds the automaton that the table is made from, and
	// maxPatternWork the steps of making it.
	maxPatternNodes = 20_000
	maxPatternWork  = 20_000_000
)

func dfaMatch[T string | []byte](d *patternDFA, s T) bool {
	state, next := d.start, d.next
	for i := 0; i < len(s); i++ {
		state = next[state+uint32(d.class[s[i]])]
		if state <= d.width {
			return state != dfaDead
		}
	}
	return next[state+d.width-1]&dfaEnd != 0
}

// matches is dfaMatch for the text between p and q in a payload, with a quote
// at q. A state that digits do not leave takes a run of them at once: every
// other step waits for the one before it, and numbers are what most patterns
// are for.
func (d *patternDFA) matches(b buffer, p, q int) bool {
	state, next := d.start, d.next
	for p < q {
		to := next[state+uint32(d.class[b.u8(p)])]
		if to <= d.width {
			return to != dfaDead
		}
		p++
		if to == state && next[state+d.width-1]&dfaDigits != 0 {
			n := 8
			for n == 8 {
				n = digits(b.u64(p) ^ ones*'0')
				p += n
			}
		}
		state = to
	}
	return next[state+d.width-1]&dfaEnd != 0
}

// patternNode is a node of the nondeterministic automaton, over bytes.
type patternNode struct {
	op       patternOp
	lo, hi   byte           // nodeBytes: the bytes it reads
	cond     syntax.EmptyOp // nodeEmpty: what must hold between two bytes
	out, alt uint32
}

type patternOp uint8

const (
	nodeFail patternOp = iota
	nodeMatch
	nodeJump
	nodeSplit // to out or alt
	nodeEmpty
	nodeBytes
	nodeAhead // what follows must match alt as well, and out
	nodeNever // what follows must not match alt, and match out
)

// patternBuilder makes a table by following, for every set of nodes that the
// automaton can be in, every class of bytes.
type patternBuilder struct {
	nodes  []patternNode
	start  uint32
	words  bool // the expression asks for word boundaries
	lines  bool // and for line boundaries
	looks  bool // it has lookaheads
	states map[string]uint32
	sets   [][]uint32 // by state number: the nodes, and behind them what was read last
	work   int
	// shared are the nodes that read one byte and go on at a node, so that the
	// ranges of a class have their last bytes in common.
	shared map[patternNode]uint32

	mark  []uint32 // by node: the closure it was last part of
	round uint32
	stack []uint32
}

// newPatternDFA returns nil when the table would be too large.
func newPatternDFA(prog *syntax.Prog) *patternDFA {
	b := &patternBuilder{start: uint32(prog.Start), states: make(map[string]uint32), shared: make(map[patternNode]uint32)}
	if !b.load(prog) {
		return nil
	}
	d := &patternDFA{}
	samples := b.classes(d)
	d.width = uint32(len(samples) + 1)
	b.mark = make([]uint32, len(b.nodes))
	// Rows 0 and 1 are the dead and the matched state.
	b.sets = [][]uint32{nil, nil}
	d.next = make([]uint32, 2*d.width)
	for i := range d.width {
		d.next[d.width+i] = d.width
	}
	d.start = b.state([]uint32{b.start}, lastNone) * d.width
	for s := 2; s < len(b.sets); s++ {
		if len(d.next) > maxPatternTable || b.work > maxPatternWork {
			return nil
		}
		b.row(d, b.sets[s], samples)
	}
	d.prune()
	return d
}

// load turns a program over runes into one over bytes.
func (b *patternBuilder) load(prog *syntax.Prog) bool {
	b.nodes = make([]patternNode, len(prog.Inst))
	for pc := range prog.Inst {
		inst := &prog.Inst[pc]
		n := patternNode{out: inst.Out, alt: inst.Arg}
		switch inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			n.op = nodeSplit
		case syntax.InstCapture, syntax.InstNop:
			n.op = nodeJump
		case syntax.InstEmptyWidth:
			n.op, n.cond = nodeEmpty, syntax.EmptyOp(inst.Arg)
			b.words = b.words || n.cond&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0
			b.lines = b.lines || n.cond&(syntax.EmptyBeginLine|syntax.EmptyEndLine) != 0
		case syntax.InstMatch:
			n.op = nodeMatch
		case syntax.InstFail:
			n.op = nodeFail
		default:
			n = b.runes(instRanges(inst), inst.Out)
		}
		b.nodes[pc] = n
		if len(b.nodes) > maxPatternNodes {
			return false
		}
	}
	return true
}

// instRanges lists the runes that an instruction reads, as pairs.
func instRanges(inst *syntax.Inst) []rune {
	switch inst.Op {
	case syntax.InstRuneAny:
		return []rune{0, unicode.MaxRune}
	case syntax.InstRuneAnyNotNL:
		return []rune{0, '\n' - 1, '\n' + 1, unicode.MaxRune}
	}
	if len(inst.Rune) != 1 {
		return inst.Rune
	}
	r := inst.Rune[0]
	list := []rune{r, r}
	if syntax.Flags(inst.Arg)&syntax.FoldCase != 0 {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			list = append(list, f, f)
		}
	}
	return list
}

// runes returns a node that reads the UTF-8 of any of the runes and goes on at
// out.
func (b *patternBuilder) runes(ranges []rune, out uint32) patternNode {
	var heads []patternNode
	for i := 0; i+1 < len(ranges); i += 2 {
		b.utf8Range(ranges[i], ranges[i+1], out, &heads)
	}
	if len(heads) == 0 {
		return patternNode{op: nodeFail}
	}
	n := heads[len(heads)-1]
	for i := len(heads) - 2; i >= 0; i-- {
		n = patternNode{op: nodeSplit, out: b.add(heads[i]), alt: b.add(n)}
	}
	return n
}

func (b *patternBuilder) add(n patternNode) uint32 {
	b.nodes = append(b.nodes, n)
	return uint32(len(b.nodes) - 1)
}

// utf8Range appends the nodes that read one rune from lo to hi. It cuts the
// range until all runes of a part have encodings of one length that differ in
// a suffix whose bytes are free (RFC 3629, section 3).
func (b *patternBuilder) utf8Range(lo, hi rune, out uint32, heads *[]patternNode) {
	hi = min(hi, unicode.MaxRune)
	const firstSurrogate, lastSurrogate = 0xD800, 0xDFFF
	switch {
	case lo > hi:
		return
	case lo <= lastSurrogate && hi >= firstSurrogate:
		// Surrogates have no encoding.
		b.utf8Range(lo, firstSurrogate-1, out, heads)
		b.utf8Range(lastSurrogate+1, hi, out, heads)
		return
	}
	for _, last := range []rune{0x7F, 0x7FF, 0xFFFF} {
		if lo <= last && last < hi {
			b.utf8Range(lo, last, out, heads)
			b.utf8Range(last+1, hi, out, heads)
			return
		}
	}
	for shift := 6; shift <= 18 && hi >= utf8.RuneSelf; shift += 6 {
		m := rune(1)<<shift - 1
		if lo&^m == hi&^m {
			break
		}
		if lo&m != 0 {
			b.utf8Range(lo, lo|m, out, heads)
			b.utf8Range((lo|m)+1, hi, out, heads)
			return
		}
		if hi&m != m {
			b.utf8Range(lo, hi&^m-1, out, heads)
			b.utf8Range(hi&^m, hi, out, heads)
			return
		}
	}
	var l, h [utf8.UTFMax]byte
	n := utf8.EncodeRune(l[:], lo)
	utf8.EncodeRune(h[:], hi)
	for i := n - 1; i > 0; i-- {
		read := patternNode{op: nodeBytes, lo: l[i], hi: h[i], out: out}
		at, ok := b.shared[read]
		if !ok {
			at = b.add(read)
			b.shared[read] = at
		}
		out = at
	}
	*heads = append(*heads, patternNode{op: nodeBytes, lo: l[0], hi: h[0], out: out})
}

// classes fills in which bytes the expression cannot tell apart, and returns
// one byte of each class.
func (b *patternBuilder) classes(d *patternDFA) []byte {
	var cut [257]bool
	bound := func(lo, hi byte) { cut[lo], cut[int(hi)+1] = true, true }
	for _, n := range b.nodes {
		if n.op == nodeBytes {
			bound(n.lo, n.hi)
		}
	}
	if b.words || b.lines || b.looks {
		bound(firstContinuation, lastContinuation)
	}
	if b.words {
		bound('0', '9')
		bound('A', 'Z')
		bound('_', '_')
		bound('a', 'z')
	}
	if b.lines {
		bound('\n', '\n')
	}
	samples := []byte{0}
	for c := 1; c < 256; c++ {
		if cut[c] {
			samples = append(samples, byte(c))
		}
		d.class[c] = uint8(len(samples) - 1)
	}
	return samples
}

// The bytes that go on with a rune (RFC 3629, section 3).
const (
	firstContinuation = utf8.RuneSelf
	lastContinuation  = 0xBF
)

// What was read last, as far as boundaries depend on it.
const (
	lastNone  = iota // nothing: the text begins
	lastOther        // a byte
	lastWord         // a letter, digit or underscore
	lastLine         // a line feed
)

func (b *patternBuilder) last(c byte) uint32 {
	switch {
	case b.words && syntax.IsWordChar(rune(c)):
		return lastWord
	case b.lines && c == '\n':
		return lastLine
	}
	return lastOther
}

// conditions returns what holds between what was read last and the byte c, or
// the end of the text when c is negative.
func (b *patternBuilder) conditions(last uint32, c int) syntax.EmptyOp {
	if c >= firstContinuation && c <= lastContinuation && last != lastNone {
		// Within a rune there is no boundary, and none is missing. The first byte
		// is never within one: its class may hold such bytes beside others.
		return 0
	}
	before := rune(0)
	switch last {
	case lastNone:
		before = -1
	case lastWord:
		before = 'a'
	case lastLine:
		before = '\n'
	}
	after := rune(c)
	if c >= utf8.RuneSelf {
		after = 0
	}
	return syntax.EmptyOpContext(before, after)
}

// state returns the number of the state for a set of nodes.
func (b *patternBuilder) state(set []uint32, last uint32) uint32 {
	slices.Sort(set)
	set = append(slices.Compact(set), last)
	key := make([]byte, 0, 4*len(set))
	for _, n := range set {
		key = append(key, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	if s, ok := b.states[string(key)]; ok {
		return s
	}
	s := uint32(len(b.sets))
	b.states[string(key)] = s
	b.sets = append(b.sets, set)
	return s
}

// row works out where every class of bytes leads from a set of nodes.
func (b *patternBuilder) row(d *patternDFA, set []uint32, samples []byte) {
	last := set[len(set)-1]
	set = set[:len(set)-1]
	row := make([]uint32, d.width)
	var reach []uint32
	matched, known, under := false, false, syntax.EmptyOp(0)
	for i, c := range samples {
		if cond := b.conditions(last, int(c)); !known || cond != under {
			reach, matched = b.closure(set, cond)
			known, under = true, cond
		}
		if matched {
			row[i] = d.width
			continue
		}
		to := []uint32{b.start} // a match may begin at any byte
		for _, n := range reach {
			if node := &b.nodes[n]; node.lo <= c && c <= node.hi {
				to = append(to, node.out)
			}
		}
		b.work += len(reach) + len(to)
		row[i] = b.state(to, b.last(c)) * d.width
	}
	if _, end := b.closure(set, b.conditions(last, -1)); end {
		row[d.width-1] = dfaEnd
	}
	d.next = append(d.next, row...)
}

// closure returns the nodes that read a byte and are reached from a set
// without reading any, and whether the match is.
func (b *patternBuilder) closure(set []uint32, cond syntax.EmptyOp) (reach []uint32, matched bool) {
	b.round++
	b.stack = append(b.stack[:0], set...)
	for len(b.stack) > 0 {
		i := b.stack[len(b.stack)-1]
		b.stack = b.stack[:len(b.stack)-1]
		if b.mark[i] == b.round {
			continue
		}
		b.mark[i] = b.round
		b.work++
		switch n := &b.nodes[i]; n.op {
		case nodeMatch:
			matched = true
		case nodeJump:
			b.stack = append(b.stack, n.out)
		case nodeSplit:
			b.stack = append(b.stack, n.alt, n.out)
		case nodeEmpty:
			if n.cond&^cond == 0 {
				b.stack = append(b.stack, n.out)
			}
		case nodeBytes:
			reach = append(reach, i)
		}
	}
	return reach, matched
}

// prune lets every state that can no longer match be the dead one, so that a
// text is left at its first wrong byte, and marks those that no digit leaves.
func (d *patternDFA) prune() {
	rows := len(d.next) / int(d.width)
	alive := make([]bool, rows)
	alive[1] = true
	for changed := true; changed; {
		changed = false
		for s := rows - 1; s > 1; s-- {
			row := d.next[s*int(d.width) : (s+1)*int(d.width)]
			if alive[s] {
				continue
			}
			live := row[d.width-1] != 0
			for _, to := range row[:d.width-1] {
				live = live || alive[to/d.width]
			}
			if live {
				alive[s], changed = true, true
			}
		}
	}
	for i, to := range d.next {
		if uint32(i)%d.width != d.width-1 && !alive[to/d.width] {
			d.next[i] = dfaDead
		}
	}
	if !alive[d.start/d.width] {
		d.start = dfaDead
		d.next[d.width-1] = 0
	}
	for s := 2; s < rows; s++ {
		row, loops := d.next[s*int(d.width):], true
		for c := '0'; c <= '9'; c++ {
			loops = loops && row[d.class[c]] == uint32(s)*d.width
		}
		if loops {
			row[d.width-1] |= dfaDigits
		}
	}
}
