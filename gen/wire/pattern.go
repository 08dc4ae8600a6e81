package wire

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"sync"
)

// Pattern is a regular expression in package regexp's language (RE2), made for
// one question: does a text match, somewhere in it? It runs as a table, one
// lookup for each byte of UTF-8, and is built on its first use. An expression
// whose table would be too large runs in package regexp instead.
//
// The language has more than package regexp's: a group whose name begins with
// _ahead or _never is a lookahead. What stands in it must match what follows, or
// must not, and the match goes on where the group begins. The table of such an
// expression is made at once, and one that is too large is an error.
//
// A Pattern is safe for concurrent use. It tells neither where a match lies nor
// what its groups hold.
type Pattern struct {
	source string
	once   sync.Once
	dfa    *patternDFA
	re     *regexp.Regexp // when there is no table
}

// NewPattern checks a regular expression and returns its pattern.
func NewPattern(re2 string) (*Pattern, error) {
	if _, err := syntax.Parse(re2, syntax.Perl); err != nil {
		return nil, err
	}
	p := &Pattern{source: re2}
	if hasLookahead(re2) {
		if p.once.Do(p.build); p.dfa == nil {
			return nil, errors.New("the automaton of its lookaheads is too large")
		}
	}
	return p, nil
}

// MustPattern is NewPattern for expressions that were checked when the code
// around them was generated. It panics on one that is none.
func MustPattern(re2 string) *Pattern {
	p, err := NewPattern(re2)
	if err != nil {
		panic("wire: " + err.Error())
	}
	return p
}

// String returns the expression.
func (p *Pattern) String() string { return p.source }

// MatchString tells whether s, which must be UTF-8, has a match in it.
func (p *Pattern) MatchString(s string) bool {
	p.once.Do(p.build)
	if p.dfa == nil {
		return p.re.MatchString(s)
	}
	return dfaMatch(p.dfa, s)
}

// Match tells whether b, which must be UTF-8, has a match in it.
func (p *Pattern) Match(b []byte) bool {
	p.once.Do(p.build)
	if p.dfa == nil {
		return p.re.Match(b)
	}
	return dfaMatch(p.dfa, b)
}

// matchIn tells whether the text between i and j in b, which must be UTF-8 and
// have a quote behind it, has a match in it.
func (p *Pattern) matchIn(b buffer, i, j int) bool {
	p.once.Do(p.build)
	if p.dfa == nil {
		return p.re.MatchString(b.str(i, j))
	}
	return p.dfa.matches(b, i, j)
}

func (p *Pattern) build() {
	parsed, err := syntax.Parse(p.source, syntax.Perl)
	if err == nil {
		var prog *syntax.Prog
		if prog, err = syntax.Compile(parsed.Simplify()); err == nil {
			if hasLookahead(p.source) {
				p.dfa = newLookDFA(prog, parsed.CapNames())
				return
			}
			p.dfa = newPatternDFA(prog)
		}
	}
	if p.dfa == nil {
		p.re = regexp.MustCompile(p.source) // NewPattern has parsed it
	}
}
