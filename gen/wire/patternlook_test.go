package wire

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// lookCases are expressions with lookaheads, the texts that match and those that
// do not.
var lookCases = []struct {
	expr     string
	yes, not []string
}{
	{`^(?P<_never1>foo)`, []string{"", "fo", "bar", "afoo"}, []string{"foo", "food"}},
	{`^(?P<_never1>foo$)`, []string{"", "food"}, []string{"foo"}},
	{`^(?P<_ahead1>.*[0-9])(?P<_ahead2>.*[a-z]).{3,}$`, []string{"a1x", "1aé"}, []string{"a1", "abc", "123"}},
	{`a(?P<_ahead1>b)`, []string{"ab", "xaab"}, []string{"", "a", "ac", "ba"}},
	{`a(?P<_never1>b)`, []string{"a", "ac", "aba"}, []string{"", "ab", "bab"}},
	{`^(?:(?P<_never1>--)[a-z-])*$`, []string{"", "a-b", "-"}, []string{"a--b", "--", "A"}},
	{`^(?P<_never1>.*\bnative\b)[a-z.]+$`, []string{"a.natives", "b"}, []string{"a.native", "native.a"}},
	{`(?P<_never1>.)`, []string{"", "a", "é"}, nil},
	{`^a(?P<_never1>.)`, []string{"a"}, []string{"aé", "ab"}},
	{`^(?P<_never1>(?P<_never2>a)b?.)`, []string{"", "ab", "a"}, []string{"b", "bc", "é"}},
	{`^(?P<_ahead1>a|b(?P<_ahead2>c)).`, []string{"a", "bc"}, []string{"b", "bd", "c"}},
	{`^(?P<_never1>\z[^\n])x`, []string{"x"}, []string{"", "y"}},
	{`(?:(?P<_ahead1>a)|(?P<_never2>a))$`, []string{"", "a"}, nil},
	{`^(?:(?P<_ahead1>aa|b)[ab]){2}$`, []string{"bb"}, []string{"aa", "ab", "b", "aab"}},
}

func TestPatternLookahead(t *testing.T) {
	for _, c := range lookCases {
		p, err := NewPattern(c.expr)
		if err != nil {
			t.Errorf("%s: %v", c.expr, err)
			continue
		}
		for _, s := range c.yes {
			if !p.MatchString(s) || !p.Match([]byte(s)) {
				t.Errorf("%s does not match %q", c.expr, s)
			}
		}
		for _, s := range c.not {
			if p.MatchString(s) {
				t.Errorf("%s matches %q", c.expr, s)
			}
		}
	}
}

func TestPatternLookaheadTooLarge(t *testing.T) {
	// The automaton has to remember which of the last places had an a.
	_, err := NewPattern(`(?P<_ahead1>a.{400}b.{300}c)(?P<_never2>b.{350}a)[ab]{20}x.{200}y`)
	if err == nil {
		t.Error("the table has no bound")
	}
}

// FuzzPatternLookahead compares tables with a matcher that follows the
// definition: it tries every way. The pattern is made of what a seed chooses.
func FuzzPatternLookahead(f *testing.F) {
	for seed := range uint64(300) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		looks := 0
		n := randomLook(r, 3, &looks)
		expr := n.write(&strings.Builder{}).String()
		p, err := NewPattern(expr)
		if err != nil {
			t.Skip(expr, err) // its table would be too large
		}
		for range 40 {
			var text []rune
			for range r.IntN(6) {
				text = append(text, []rune("abé")[r.IntN(3)])
			}
			want := false
			for from := 0; from <= len(text) && !want; from++ {
				want = n.match(text, from, func(int) bool { return true })
			}
			if got := p.MatchString(string(text)); got != want {
				t.Fatalf("%s on %q: %v, want %v", expr, string(text), got, want)
			}
		}
	})
}

// lookNode is an expression as a tree.
type lookNode struct {
	op   byte // a character, or one of .^$ & (both) | * ? = !
	x, y *lookNode
	name int
}

func randomLook(r *rand.Rand, depth int, looks *int) *lookNode {
	if depth == 0 {
		return &lookNode{op: "ab.e^$"[r.IntN(6)]}
	}
	n := &lookNode{op: "&&&||*?=!!ab."[r.IntN(13)]}
	switch n.op {
	case '&', '|':
		n.x, n.y = randomLook(r, depth-1, looks), randomLook(r, depth-1, looks)
	case '*', '?':
		n.x = randomLook(r, depth-1, looks)
	case '=', '!':
		*looks++
		n.name = *looks
		n.x = randomLook(r, depth-1, looks)
	}
	return n
}

func (n *lookNode) write(b *strings.Builder) *strings.Builder {
	switch n.op {
	case '&':
		n.y.write(n.x.write(b))
	case '|':
		b.WriteString("(?:")
		n.x.write(b).WriteString("|")
		n.y.write(b).WriteString(")")
	case '*', '?':
		b.WriteString("(?:")
		n.x.write(b).WriteString(")")
		b.WriteByte(n.op)
	case '=', '!':
		name := map[byte]string{'=': aheadGroup, '!': neverGroup}[n.op]
		b.WriteString("(?P<" + name + string(rune('a'+n.name)) + ">")
		n.x.write(b).WriteString(")")
	case 'e':
		b.WriteString("é")
	default:
		b.WriteByte(n.op)
	}
	return b
}

// match tells whether the expression matches from a place on so that the rest
// does, too.
func (n *lookNode) match(text []rune, at int, rest func(int) bool) bool {
	switch n.op {
	case '&':
		return n.x.match(text, at, func(i int) bool { return n.y.match(text, i, rest) })
	case '|':
		return n.x.match(text, at, rest) || n.y.match(text, at, rest)
	case '?':
		return rest(at) || n.x.match(text, at, rest)
	case '*':
		return rest(at) || n.x.match(text, at, func(i int) bool { return i > at && n.match(text, i, rest) })
	case '=':
		return n.x.match(text, at, func(int) bool { return true }) && rest(at)
	case '!':
		return !n.x.match(text, at, func(int) bool { return true }) && rest(at)
	case '^':
		return at == 0 && rest(at)
	case '$':
		return at == len(text) && rest(at)
	case '.':
		return at < len(text) && rest(at+1)
	case 'e':
		return at < len(text) && text[at] == 'é' && rest(at+1)
	}
	return at < len(text) && text[at] == rune(n.op) && rest(at+1)
}
