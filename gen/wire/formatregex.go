package wire

import (
	"strings"
	"unicode/utf8"
)

// FormatRegex is the format regex: a pattern of ECMA-262, section 22.2.1, as it
// is read with the flag u.
func FormatRegex(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	r := &ecma{s: s, named: strings.Contains(s, "(?<")}
	return r.alternatives(0) && r.i == len(s) && r.highest <= r.groups && r.references()
}

// ecma reads a pattern. It only asks whether it is one.
type ecma struct {
	s       string
	i       int
	named   bool
	groups  int // that capture
	highest int // group referred to
	names   []string
	refs    []string
}

// references tells whether the groups that are referred to by name are there,
// each once.
func (r *ecma) references() bool {
	seen := map[string]bool{}
	for _, n := range r.names {
		if seen[n] {
			return false
		}
		seen[n] = true
	}
	for _, n := range r.refs {
		if !seen[n] {
			return false
		}
	}
	return true
}

func (r *ecma) peek() byte {
	if r.i < len(r.s) {
		return r.s[r.i]
	}
	return 0
}

func (r *ecma) take(prefix string) bool {
	if !strings.HasPrefix(r.s[r.i:], prefix) {
		return false
	}
	r.i += len(prefix)
	return true
}

const maxRegexDepth = 250

// alternatives reads a disjunction up to the end or a closing parenthesis.
func (r *ecma) alternatives(depth int) bool {
	if depth > maxRegexDepth {
		return false
	}
	for r.i < len(r.s) && r.peek() != ')' {
		if r.take("|") {
			continue
		}
		quantifiable, ok := r.term(depth)
		if !ok || !r.quantifier(quantifiable) {
			return false
		}
	}
	return true
}

// term reads an assertion or an atom.
func (r *ecma) term(depth int) (quantifiable, ok bool) {
	switch c := r.peek(); c {
	case '^', '$':
		r.i++
		return false, true
	case '(':
		return r.group(depth)
	case '[':
		return true, r.class()
	case '\\':
		return r.escape()
	case '*', '+', '?', '{', '}', ']':
		return false, false
	}
	_, n := utf8.DecodeRuneInString(r.s[r.i:])
	r.i += n
	return true, true
}

func (r *ecma) group(depth int) (quantifiable, ok bool) {
	quantifiable = true
	switch {
	case r.take("(?:"):
	case r.take("(?="), r.take("(?!"), r.take("(?<="), r.take("(?<!"):
		quantifiable = false
	case r.take("(?<"):
		name, found := r.name()
		if !found {
			return false, false
		}
		r.names = append(r.names, name)
		r.groups++
	case strings.HasPrefix(r.s[r.i:], "(?"):
		return false, false
	default:
		r.i++
		r.groups++
	}
	return quantifiable, r.alternatives(depth+1) && r.take(")")
}

// name reads the name of a group up to its closing angle bracket.
func (r *ecma) name() (string, bool) {
	n := strings.IndexByte(r.s[r.i:], '>')
	if n <= 0 {
		return "", false
	}
	name := r.s[r.i : r.i+n]
	for i := range len(name) {
		if c := name[i]; c < utf8.RuneSelf && !isAlpha(c) && c != '_' && c != '$' && (i == 0 || !isDigit(c)) {
			return "", false
		}
	}
	r.i += n + 1
	return name, true
}

// quantifier reads a quantifier, if one stands here.
func (r *ecma) quantifier(allowed bool) bool {
	from := r.i
	switch r.peek() {
	case '*', '+', '?':
		r.i++
	case '{':
		r.i++
		low := r.i
		r.i = skipDigits(r.s, r.i)
		if r.i == low {
			return false
		}
		least := r.s[low:r.i]
		if r.take(",") {
			high := r.i
			r.i = skipDigits(r.s, r.i)
			if most := r.s[high:r.i]; most != "" && less(most, least) {
				return false
			}
		}
		if !r.take("}") {
			return false
		}
	}
	if r.i > from {
		r.take("?")
	}
	return allowed || r.i == from
}

// less compares whole numbers by their digits.
func less(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return len(a) < len(b) || len(a) == len(b) && a < b
}

// escape reads an escape outside a class.
func (r *ecma) escape() (quantifiable, ok bool) {
	if r.take(`\b`) || r.take(`\B`) {
		return false, true
	}
	if r.take(`\k<`) {
		name, ok := r.name()
		r.refs = append(r.refs, name)
		return true, ok
	}
	if r.i+1 < len(r.s) && r.s[r.i+1] >= '1' && r.s[r.i+1] <= '9' {
		j := skipDigits(r.s, r.i+1)
		if j-r.i > 6 {
			return false, false
		}
		r.highest = max(r.highest, digitsAt(r.s, r.i+1, j-r.i-1))
		r.i = j
		return true, true
	}
	_, _, ok = r.character(false)
	return true, ok
}

// character reads an escape that stands for a character, or for a set of them.
func (r *ecma) character(class bool) (c rune, set, ok bool) {
	r.i++ // the backslash
	if r.i == len(r.s) {
		return 0, false, false
	}
	e := r.s[r.i]
	r.i++
	switch {
	case strings.IndexByte("dDsSwW", e) >= 0:
		return 0, true, true
	case strings.IndexByte("fnrtv", e) >= 0:
		return map[byte]rune{'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}[e], false, true
	case e == '0':
		return 0, false, !(r.i < len(r.s) && isDigit(r.s[r.i]))
	case e == 'c':
		if r.i < len(r.s) && isAlpha(r.s[r.i]) {
			r.i++
			return rune(r.s[r.i-1] & 31), false, true
		}
		return 0, false, false
	case e == 'x':
		return r.hex(2)
	case e == 'u':
		if r.take("{") {
			n := strings.IndexByte(r.s[r.i:], '}')
			if n < 1 || n > 8 {
				return 0, false, false
			}
			c, _, ok = r.hex(n)
			return c, false, ok && c <= utf8.MaxRune && r.take("}")
		}
		return r.hex(4)
	case e == 'p' || e == 'P':
		n := strings.IndexByte(r.s[r.i:], '}')
		if !r.take("{") || n < 2 {
			return 0, false, false
		}
		for _, c := range []byte(r.s[r.i : r.i+n-1]) {
			if !isAlpha(c) && !isDigit(c) && c != '_' && c != '=' {
				return 0, false, false
			}
		}
		r.i += n
		return 0, true, true
	case class && (e == 'b' || e == '-'):
		return '-', false, true
	case strings.IndexByte(`^$\.*+?()[]{}|/`, e) >= 0:
		return rune(e), false, true
	}
	return 0, false, false
}

func (r *ecma) hex(n int) (c rune, set, ok bool) {
	if r.i+n > len(r.s) {
		return 0, false, false
	}
	for _, d := range []byte(r.s[r.i : r.i+n]) {
		if !isHexDigit(d) {
			return 0, false, false
		}
		c = c<<4 | rune(hexDigit(d))
	}
	r.i += n
	return c, false, true
}

// class reads a character class.
func (r *ecma) class() bool {
	r.i++
	r.take("^")
	low, ranged := rune(-1), false // a range has begun at low
	for r.i < len(r.s) {
		if r.take("]") {
			return true
		}
		var c rune
		set, ok := false, true
		if r.peek() == '\\' {
			c, set, ok = r.character(true)
		} else {
			var n int
			c, n = utf8.DecodeRuneInString(r.s[r.i:])
			r.i += n
		}
		if !ok {
			return false
		}
		if ranged {
			if set || low < 0 || c < low {
				return false
			}
			low, ranged = -1, false
			continue
		}
		low = c
		if set {
			low = -1
		}
		if r.peek() == '-' && r.i+1 < len(r.s) && r.s[r.i+1] != ']' {
			r.i++
			ranged = true
		}
	}
	return false
}
