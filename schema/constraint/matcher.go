package constraint

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// The groups that are lookaheads in the runtime's patterns, whose language is
// that of package regexp with these: what stands in them must match what
// follows, or must not.
const (
	AheadGroup = "_ahead"
	NeverGroup = "_never"
)

// HasLookahead tells whether a pattern of the runtime has lookaheads, so that
// package regexp would take it for another.
func HasLookahead(re2 string) bool {
	return strings.Contains(re2, "(?P<"+AheadGroup) || strings.Contains(re2, "(?P<"+NeverGroup)
}

// Matcher tells whether a text matches a pattern of the runtime somewhere. It is
// for names and values of contracts; servers have the runtime's tables.
type Matcher struct {
	re *regexp.Regexp // without lookaheads
	// Otherwise the program, and of every instruction that opens a lookahead
	// the one behind it and whether it must not match.
	prog  *syntax.Prog
	looks map[uint32]lookahead
	ends  map[uint32]bool // the instructions at which lookaheads have matched
}

type lookahead struct {
	body, behind uint32
	never        bool
}

// NewMatcher compiles a pattern.
func NewMatcher(re2 string) (*Matcher, error) {
	if !HasLookahead(re2) {
		re, err := regexp.Compile(re2)
		return &Matcher{re: re}, err
	}
	parsed, err := syntax.Parse(re2, syntax.Perl)
	if err != nil {
		return nil, err
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil, err
	}
	m := &Matcher{prog: prog, looks: map[uint32]lookahead{}, ends: map[uint32]bool{}}
	names := parsed.CapNames()
	for pc := range prog.Inst {
		inst := &prog.Inst[pc]
		if inst.Op != syntax.InstCapture || inst.Arg%2 != 0 {
			continue
		}
		name := names[inst.Arg/2]
		if strings.HasPrefix(name, AheadGroup) || strings.HasPrefix(name, NeverGroup) {
			m.open(uint32(pc), strings.HasPrefix(name, NeverGroup))
		}
	}
	return m, nil
}

// open finds the end of the lookahead that opens at pc.
func (m *Matcher) open(pc uint32, never bool) {
	first := &m.prog.Inst[pc]
	l := lookahead{body: first.Out, never: never}
	seen := map[uint32]bool{}
	var walk func(at uint32)
	walk = func(at uint32) {
		if seen[at] {
			return
		}
		seen[at] = true
		switch inst := &m.prog.Inst[at]; {
		case inst.Op == syntax.InstCapture && inst.Arg == first.Arg+1:
			m.ends[at] = true
			l.behind = inst.Out
		case inst.Op == syntax.InstAlt || inst.Op == syntax.InstAltMatch:
			walk(inst.Out)
			walk(inst.Arg)
		case inst.Op != syntax.InstMatch && inst.Op != syntax.InstFail:
			walk(inst.Out)
		}
	}
	walk(l.body)
	m.looks[pc] = l
}

// Match tells whether the text has a match in it.
func (m *Matcher) Match(text string) bool {
	if m.re != nil {
		return m.re.MatchString(text)
	}
	// From the end to the beginning, what each instruction matches there
	// follows from what those behind it match after the next character.
	after, here := make([]bool, len(m.prog.Inst)), make([]bool, len(m.prog.Inst))
	next := rune(-1)
	for i := len(text); ; {
		before, size := utf8.DecodeLastRuneInString(text[:i])
		if size == 0 {
			before = -1
		}
		m.fill(here, after, syntax.EmptyOpContext(before, next), next)
		if here[m.prog.Start] {
			return true
		}
		if i == 0 {
			return false
		}
		after, here = here, after
		next = before
		i -= size
	}
}

// fill works out which instructions match at a place, from those that match
// behind the next character.
func (m *Matcher) fill(here, after []bool, cond syntax.EmptyOp, next rune) {
	clear(here)
	// A lookahead's body is decided before what asks for it: it is a question
	// of its own.
	var match func(pc uint32, seen []bool) bool
	ask := func(pc uint32) bool { return match(pc, make([]bool, len(m.prog.Inst))) }
	match = func(pc uint32, seen []bool) bool {
		if seen[pc] {
			return false // its other ways are tried where it was entered
		}
		seen[pc] = true
		inst := &m.prog.Inst[pc]
		switch inst.Op {
		case syntax.InstMatch:
			return true
		case syntax.InstFail:
			return false
		case syntax.InstAlt, syntax.InstAltMatch:
			return match(inst.Out, seen) || match(inst.Arg, seen)
		case syntax.InstNop:
			return match(inst.Out, seen)
		case syntax.InstCapture:
			if m.ends[pc] {
				return true
			}
			if l, ok := m.looks[pc]; ok {
				return ask(l.body) != l.never && l.behind != 0 && match(l.behind, seen)
			}
			return match(inst.Out, seen)
		case syntax.InstEmptyWidth:
			return syntax.EmptyOp(inst.Arg)&^cond == 0 && match(inst.Out, seen)
		}
		return next >= 0 && inst.MatchRune(next) && after[inst.Out]
	}
	for pc := range here {
		here[pc] = ask(uint32(pc))
	}
}
