package constraint

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"unicode"
)

// The limits of comparing two regular expressions.
const (
	maxInstructions = 4000 // of both programs
	maxLanguage     = 2000 // pairs of states
)

// PatternWithin tells whether every string that matches a also matches b. Both
// are regular expressions in package regexp's language and match anywhere in
// the string, as regexp.MatchString does. The answer is exact; it is Unknown for
// word boundaries, for the anchors of lines, for lookaheads, and for expressions
// that are too large to compare.
func PatternWithin(a, b string) Answer {
	p, q := compile(a), compile(b)
	if p == nil || q == nil || len(p.prog.Inst)+len(q.prog.Inst) > maxInstructions {
		return Unknown
	}
	letters := alphabet(p.prog, q.prog)
	type pair struct{ p, q state }
	start := pair{p.begin(), q.begin()}
	seen := map[string]bool{}
	work := []pair{start}
	for len(work) > 0 {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		if at.q.done {
			continue // q takes whatever follows
		}
		if p.accepts(at.p) && !q.accepts(at.q) {
			return No
		}
		name := at.p.name() + "|" + at.q.name()
		if seen[name] {
			continue
		}
		if len(seen) >= maxLanguage {
			return Unknown
		}
		seen[name] = true
		for _, r := range letters {
			work = append(work, pair{p.step(at.p, r), q.step(at.q, r)})
		}
	}
	return Yes
}

// machine runs a program over all strings at once.
type machine struct {
	prog *syntax.Prog
}

// state is what a program may be doing after some text: the instructions that
// wait for a character or for the end of the text.
type state struct {
	wait  []uint32 // sorted
	done  bool     // it has matched, so that it matches whatever follows
	first bool     // there is no text before it
}

func (s state) name() string {
	if s.done {
		return "done"
	}
	var b []byte
	if s.first {
		b = append(b, '^')
	}
	for _, pc := range s.wait {
		b = binary.BigEndian.AppendUint32(b, pc)
	}
	return string(b)
}

// compile returns nil for an expression that cannot be compared.
func compile(expr string) *machine {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil || HasLookahead(expr) {
		return nil
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return nil
	}
	for _, inst := range prog.Inst {
		if inst.Op == syntax.InstEmptyWidth && syntax.EmptyOp(inst.Arg)&^(syntax.EmptyBeginText|syntax.EmptyEndText) != 0 {
			return nil
		}
	}
	return &machine{prog}
}

// begin returns the state before any text.
func (m *machine) begin() state {
	s := m.closure([]uint32{uint32(m.prog.Start)}, syntax.EmptyBeginText)
	s.first = true
	return s
}

// step returns the state after one more character. A match may begin behind it
// as well.
func (m *machine) step(s state, r rune) state {
	if s.done {
		return s
	}
	next := []uint32{uint32(m.prog.Start)}
	for _, pc := range s.wait {
		if inst := &m.prog.Inst[pc]; inst.Op != syntax.InstEmptyWidth && inst.MatchRune(r) {
			next = append(next, inst.Out)
		}
	}
	return m.closure(next, 0)
}

// accepts tells whether the program matches when the text ends here.
func (m *machine) accepts(s state) bool {
	if s.done {
		return true
	}
	here := syntax.EmptyEndText
	if s.first {
		here |= syntax.EmptyBeginText
	}
	return m.closure(slices.Clone(s.wait), here).done
}

// closure follows the instructions that read nothing, those that ask for one of
// the given places included.
func (m *machine) closure(work []uint32, here syntax.EmptyOp) state {
	var s state
	seen := make(map[uint32]bool, len(work))
	for len(work) > 0 {
		pc := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		inst := &m.prog.Inst[pc]
		switch inst.Op {
		case syntax.InstMatch:
			return state{done: true}
		case syntax.InstAlt, syntax.InstAltMatch:
			work = append(work, inst.Out, inst.Arg)
		case syntax.InstCapture, syntax.InstNop:
			work = append(work, inst.Out)
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(inst.Arg)&^here == 0 {
				work = append(work, inst.Out)
			} else {
				s.wait = append(s.wait, pc)
			}
		case syntax.InstFail:
		default:
			s.wait = append(s.wait, pc)
		}
	}
	slices.Sort(s.wait)
	return s
}

// alphabet returns one character of every set of characters that no instruction
// of the programs tells apart.
func alphabet(progs ...*syntax.Prog) []rune {
	var cuts []rune
	cut := func(lo, hi rune) { cuts = append(cuts, lo, hi+1) }
	cut(0, 0)
	cut(0xd800, 0xdfff) // surrogates, which no string has
	for _, p := range progs {
		for i := range p.Inst {
			inst := &p.Inst[i]
			switch inst.Op {
			case syntax.InstRuneAnyNotNL:
				cut('\n', '\n')
			case syntax.InstRune1, syntax.InstRune:
				if len(inst.Rune) == 1 {
					r := inst.Rune[0]
					cut(r, r)
					if syntax.Flags(inst.Arg)&syntax.FoldCase != 0 {
						for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
							cut(f, f)
						}
					}
					continue
				}
				for j := 0; j+1 < len(inst.Rune); j += 2 {
					cut(inst.Rune[j], inst.Rune[j+1])
				}
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	return slices.DeleteFunc(cuts, func(r rune) bool {
		return r > unicode.MaxRune || r >= 0xd800 && r <= 0xdfff
	})
}
