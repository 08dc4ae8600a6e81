package jsonschema

import (
	"regexp/syntax"
	"unicode"

	"github.com/biform/biform/schema/constraint"
)

// This file tells what the texts that a pattern admits look like: whether they
// are all numbers, so that a string with the pattern is a number in quotes.

// lexicon is a deterministic automaton of texts.
type lexicon struct {
	// next returns the state after a character; -1 is nowhere.
	next   func(state int, r rune) int
	accept []bool
	// breaks are the first characters of the classes that next tells apart.
	breaks []rune
}

var lexiconBreaks = []rune{0, '+', ',', '-', '.', '/', '0', '1', '2', ':', 'E', 'F', 'e', 'f', 'a', 'b', 'l', 'm', 'r', 's', 't', 'u', 'v'}

// integers are the texts of whole numbers; nothing at all is one that is absent.
var integers = lexicon{
	accept: []bool{true, false, true},
	breaks: lexiconBreaks,
	next: func(s int, r rune) int {
		switch {
		case r >= '0' && r <= '9':
			return 2
		case (r == '-' || r == '+') && s == 0:
			return 1
		}
		return -1
	},
}

// decimals are the texts of numbers with a fraction or an exponent.
var decimals = lexicon{
	//             begin sign   int   point frac  e      sign   exp   .
	accept: []bool{true, false, true, true, true, false, false, true, false},
	breaks: lexiconBreaks,
	next: func(s int, r rune) int {
		switch digit := r >= '0' && r <= '9'; {
		case digit && s <= 2:
			return 2
		case digit && s <= 4, digit && s == 8:
			return 4
		case digit:
			return 7
		case (r == '-' || r == '+') && s == 0:
			return 1
		case (r == '-' || r == '+') && s == 5:
			return 6
		case r == '.' && s <= 2:
			if s == 2 {
				return 3
			}
			return 8 // a fraction without a whole part needs digits
		case (r == 'e' || r == 'E') && (s == 2 || s == 3 || s == 4):
			return 5
		}
		return -1
	},
}

// booleans are the texts of truth values.
var booleans = wordLexicon("", "true", "false", "1", "0")

// wordLexicon returns the lexicon of some words.
func wordLexicon(words ...string) lexicon {
	prefixes := map[string]int{"": 0}
	texts := []string{""}
	for _, w := range words {
		for i := 1; i <= len(w); i++ {
			if _, ok := prefixes[w[:i]]; !ok {
				prefixes[w[:i]] = len(texts)
				texts = append(texts, w[:i])
			}
		}
	}
	l := lexicon{accept: make([]bool, len(texts)), breaks: lexiconBreaks}
	for _, w := range words {
		l.accept[prefixes[w]] = true
	}
	l.next = func(s int, r rune) int {
		if n, ok := prefixes[texts[s]+string(r)]; ok {
			return n
		}
		return -1
	}
	return l
}

// matches tells whether a text is in the lexicon.
func (l *lexicon) matches(text string) bool {
	s := 0
	for _, r := range text {
		if s = l.next(s, r); s < 0 {
			return false
		}
	}
	return l.accept[s]
}

// holds tells whether every text that an RE2 pattern matches is in the lexicon
// or among extra words. It walks the product of the pattern's program and the
// lexicon: a state in which the pattern accepts and the lexicon does not is a
// text outside. Texts have an unbounded beginning and end unless the pattern is
// anchored, and those are outside, too. Word boundaries, which no numeric
// pattern needs, are taken to hold; of lookaheads nothing is known.
func (l *lexicon) holds(re2 string, extra []string) bool {
	parsed, err := syntax.Parse(re2, syntax.Perl)
	if err != nil || constraint.HasLookahead(re2) {
		return false
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil || len(prog.Inst) > 20000 {
		return false
	}
	words := wordLexicon(extra...)
	if len(extra) == 0 {
		words.accept[0] = false
	}
	type state struct {
		pc          int
		lex, word   int // -1: outside
		begun, done bool
	}
	seen := map[state]bool{}
	stack := []state{{pc: prog.Start}}
	if !leadsThroughBegin(prog) {
		return false // any text may stand before the match
	}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[s] {
			continue
		}
		if seen[s] = true; len(seen) > 200000 {
			return false
		}
		in := &prog.Inst[s.pc]
		to := func(pc uint32) { n := s; n.pc = int(pc); stack = append(stack, n) }
		switch in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			to(in.Out)
			to(in.Arg)
		case syntax.InstCapture, syntax.InstNop:
			to(in.Out)
		case syntax.InstEmptyWidth:
			if op := syntax.EmptyOp(in.Arg); op&(syntax.EmptyBeginText|syntax.EmptyBeginLine) != 0 && s.begun {
				continue
			} else if op&(syntax.EmptyEndText|syntax.EmptyEndLine) != 0 {
				s.done = true
			}
			to(in.Out)
		case syntax.InstMatch:
			accepted := s.lex >= 0 && l.accept[s.lex] || s.word >= 0 && words.accept[s.word]
			if !s.done || !accepted {
				return false
			}
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			if s.done {
				continue // nothing follows the end of the text
			}
			for _, r := range representatives(in, l.breaks, extra) {
				n := state{pc: int(in.Out), lex: -1, word: -1, begun: true}
				if s.lex >= 0 {
					n.lex = l.next(s.lex, r)
				}
				if s.word >= 0 {
					n.word = words.next(s.word, r)
				}
				stack = append(stack, n)
			}
		}
	}
	return true
}

// leadsThroughBegin tells whether every way to a character or the match passes
// an assertion of the text's beginning.
func leadsThroughBegin(prog *syntax.Prog) bool {
	seen := map[uint32]bool{}
	stack := []uint32{uint32(prog.Start)}
	for len(stack) > 0 {
		pc := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		switch in := &prog.Inst[pc]; in.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			stack = append(stack, in.Out, in.Arg)
		case syntax.InstCapture, syntax.InstNop:
			stack = append(stack, in.Out)
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(in.Arg)&syntax.EmptyBeginText == 0 {
				stack = append(stack, in.Out)
			}
		case syntax.InstFail:
		default:
			return false
		}
	}
	return true
}

// representatives returns a character of every class that an instruction
// matches, as the lexicon and the extra words tell characters apart.
func representatives(in *syntax.Inst, breaks []rune, extra []string) []rune {
	var list []rune
	add := func(r rune) {
		if in.MatchRune(r) {
			list = append(list, r)
		}
	}
	for _, b := range breaks {
		add(b)
	}
	for _, w := range extra {
		for _, r := range w {
			add(r)
			add(r + 1)
		}
	}
	for _, r := range in.Rune {
		add(r)
		if r < unicode.MaxRune {
			add(r + 1)
		}
	}
	return list
}
