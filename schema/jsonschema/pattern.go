package jsonschema

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/biform/biform/schema/constraint"
)

// PatternError says why a pattern of ECMA-262 cannot be written for RE2, or
// that it is no pattern at all.
type PatternError struct {
	Pattern string
	Offset  int // in bytes, of the construct
	Summary string
	Hint    string
}

// Error returns the summary and the offset.
func (e *PatternError) Error() string {
	return fmt.Sprintf("%s (at byte %d)", e.Summary, e.Offset)
}

// TranslatePattern returns the regular expression in package regexp's language
// that matches the same texts as the ECMA-262 pattern src does, unanchored, in
// Unicode mode. Where ECMA-262 only admits a construct outside Unicode mode
// (appendix B.1.2) and can mean but one thing by it, such as a literal brace,
// it is taken for that.
//
// What RE2 cannot say (lookaround, backreferences, more than 1,000 repetitions)
// and what it would say differently is a [*PatternError].
func TranslatePattern(src string) (re2 string, err error) { return translate(src, false) }

// RuntimePattern is TranslatePattern for the patterns of the runtime, package
// wire, which know lookaheads: such a one becomes a group whose name begins with
// [constraint.AheadGroup] or [constraint.NeverGroup]. The result compiles as RE2, where it means something else:
// see [constraint.Matcher] for matching it.
func RuntimePattern(src string) (string, error) { return translate(src, true) }

func translate(src string, lookaheads bool) (re2 string, err error) {
	if !utf8.ValidString(src) {
		return "", &PatternError{src, 0, "the pattern is not UTF-8", ""}
	}
	t := &translator{src: src, lookaheads: lookaheads}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*PatternError)
			if !ok {
				panic(r)
			}
			re2, err = "", e
		}
	}()
	t.disjunction(0)
	if t.pos < len(src) {
		t.fail(t.pos, "a closing parenthesis without an opening one", `write \) for the character`)
	}
	re2 = t.out.String()
	if _, err := regexp.Compile(re2); err != nil {
		return "", &PatternError{src, 0, "the pattern is too large: " + err.Error(), "say less with repetitions; maxLength may do"}
	}
	return re2, nil
}

// maxPatternDepth is how deep groups may nest.
const maxPatternDepth = 200

// maxRepeat is the most repetitions that RE2 counts.
const maxRepeat = 1000

// The classes of ECMA-262 that RE2 has no exact word for, as the inside of a
// bracket expression. White space is WhiteSpace and LineTerminator (sections
// 12.2 and 12.3).
const (
	spaceRanges    = `\t\n\v\f\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
	nonSpaceRanges = `\x00-\x08\x0e-\x1f!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`
	anyRanges      = `\x00-\x{10ffff}`
	notLineEnd     = `[^\n\r\x{2028}\x{2029}]` // what the dot matches
)

// translator reads a pattern by the grammar of ECMA-262, section 22.2.1, and
// writes it anew.
type translator struct {
	src string
	pos int
	out strings.Builder
	// lookaheads says that they may be written as groups; looks counts them,
	// and within how many the reader is.
	lookaheads    bool
	looks, within int
}

func (t *translator) fail(at int, summary, hint string) {
	panic(&PatternError{t.src, at, summary, hint})
}

func (t *translator) peek() byte {
	if t.pos < len(t.src) {
		return t.src[t.pos]
	}
	return 0
}

func (t *translator) has(prefix string) bool { return strings.HasPrefix(t.src[t.pos:], prefix) }

// disjunction reads alternatives up to the end or a closing parenthesis.
func (t *translator) disjunction(depth int) {
	if depth > maxPatternDepth {
		t.fail(t.pos, fmt.Sprintf("groups nest deeper than %d", maxPatternDepth), "")
	}
	for t.pos < len(t.src) {
		switch t.peek() {
		case ')':
			return
		case '|':
			t.pos++
			t.out.WriteByte('|')
		default:
			t.term(depth)
		}
	}
}

// term reads an assertion, or an atom with its quantifier.
func (t *translator) term(depth int) {
	start := t.pos
	switch c := t.peek(); c {
	case '^', '$':
		t.pos++
		t.out.WriteByte(c)
		t.unquantified(start)
		return
	case '*', '+', '?':
		t.fail(start, fmt.Sprintf("nothing for %q to repeat", c), fmt.Sprintf(`write \%c for the character`, c))
	case '{':
		if _, _, n := quantifier(t.src[t.pos:]); n > 0 {
			t.fail(start, "nothing for the braces to repeat", `write \{ for the character`)
		}
		t.pos++
		t.out.WriteString(`\{`)
	case '}', ']':
		t.pos++
		t.out.WriteByte('\\')
		t.out.WriteByte(c)
	case '.':
		t.pos++
		t.out.WriteString(notLineEnd)
	case '(':
		if t.lookaheads && (t.has("(?=") || t.has("(?!")) {
			t.lookahead(depth)
			t.unquantified(start)
			return
		}
		t.group(depth)
	case '[':
		t.class()
	case '\\':
		if t.has(`\b`) || t.has(`\B`) {
			t.out.WriteString(t.src[t.pos : t.pos+2])
			t.pos += 2
			t.unquantified(start)
			return
		}
		t.atomEscape()
	default:
		_, size := utf8.DecodeRuneInString(t.src[t.pos:])
		t.out.WriteString(t.src[t.pos : t.pos+size])
		t.pos += size
	}
	t.quantify()
}

// unquantified refuses a quantifier behind an assertion.
func (t *translator) unquantified(start int) {
	c := t.peek()
	if c == '{' {
		if _, _, n := quantifier(t.src[t.pos:]); n == 0 {
			return
		}
	}
	if c == '*' || c == '+' || c == '?' || c == '{' {
		t.fail(start, fmt.Sprintf("%s cannot be repeated", t.src[start:t.pos]), "remove the quantifier")
	}
}

// lookahead writes a lookahead as the group that the runtime has for it.
func (t *translator) lookahead(depth int) {
	start := t.pos
	name := constraint.AheadGroup
	if t.has("(?!") {
		name = constraint.NeverGroup
	}
	t.pos += len("(?=")
	t.looks++
	t.within++
	fmt.Fprintf(&t.out, "(?P<%s%d>", name, t.looks)
	t.close(start, depth)
	t.within--
}

func (t *translator) group(depth int) {
	start := t.pos
	switch {
	case t.has("(?="), t.has("(?!"):
		t.fail(start, "lookahead "+t.src[start:start+3]+"...)", "say it with another keyword, such as not, allOf or a second pattern; a lookahead is no regular expression of RE2")
	case t.has("(?<="), t.has("(?<!"):
		t.fail(start, "lookbehind "+t.src[start:start+4]+"...)", "say it with another keyword, such as not, allOf or a second pattern; RE2 has no lookbehind")
	case t.has("(?:"):
		t.pos += 3
		t.out.WriteString("(?:")
	case t.has("(?<"):
		end := strings.IndexByte(t.src[start:], '>')
		if end < 4 || strings.ContainsAny(t.src[start+3:start+end], "()[]|*+?.\\ ") {
			t.fail(start, "a group's name is not one", "write (?:...)")
		}
		t.pos += end + 1
		t.out.WriteString("(?:")
	case t.has("(?"):
		t.fail(start, "a group that changes flags, "+t.src[start:min(start+3, len(t.src))]+"...", "write both cases out, as in [aA]; JSON Schema patterns have no flags")
	default:
		t.pos++
		t.out.WriteByte('(')
	}
	t.close(start, depth)
}

// close reads the rest of the group that began at start.
func (t *translator) close(start, depth int) {
	t.disjunction(depth + 1)
	if t.peek() != ')' {
		t.fail(start, "a parenthesis that is not closed", `write \( for the character`)
	}
	t.pos++
	t.out.WriteByte(')')
}

// quantify copies a quantifier, if one follows.
func (t *translator) quantify() {
	start := t.pos
	switch t.peek() {
	case '*', '+', '?':
		t.pos++
	case '{':
		lo, hi, n := quantifier(t.src[t.pos:])
		if n == 0 {
			return // a literal brace
		}
		if lo > maxRepeat || hi > maxRepeat {
			t.fail(start, fmt.Sprintf("more than %d repetitions", maxRepeat), "bound the text with minLength and maxLength")
		}
		if hi >= 0 && lo > hi {
			t.fail(start, "the bounds of a repetition are the wrong way round", "")
		}
		t.pos += n
	default:
		return
	}
	if t.peek() == '?' {
		t.pos++ // lazy: the same texts match
	}
	t.out.WriteString(t.src[start:t.pos])
	if c := t.peek(); c == '*' || c == '+' || c == '?' {
		t.fail(t.pos, "a repetition of a repetition", "put a group around the first")
	} else if c == '{' {
		if _, _, n := quantifier(t.src[t.pos:]); n > 0 {
			t.fail(t.pos, "a repetition of a repetition", "put a group around the first")
		}
	}
}

// quantifier reads {lo}, {lo,} or {lo,hi} at the beginning of s and returns how
// long it is, 0 when it is none. hi is -1 without an upper bound. Bounds that
// are too large to count are larger than maxRepeat.
func quantifier(s string) (lo, hi, n int) {
	end := strings.IndexByte(s, '}')
	if end < 2 {
		return 0, 0, 0
	}
	number := func(s string) (int, bool) {
		if s == "" || strings.Trim(s, "0123456789") != "" {
			return 0, false
		}
		v, err := strconv.Atoi(s)
		if err != nil {
			v = maxRepeat + 1
		}
		return v, true
	}
	from, to, comma := strings.Cut(s[1:end], ",")
	lo, ok := number(from)
	if !ok {
		return 0, 0, 0
	}
	switch {
	case !comma:
		hi = lo
	case to == "":
		hi = -1
	default:
		if hi, ok = number(to); !ok {
			return 0, 0, 0
		}
	}
	return lo, hi, end + 1
}
