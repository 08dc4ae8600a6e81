package xsd

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// TranslatePattern rewrites a regular expression of XML Schema (Part 2,
// appendix F) for Go's package regexp. The result matches exactly the strings
// that the pattern admits, from the first character to the last. An expression
// that the specification does not allow is an error; so is one that package
// regexp cannot hold, and that error says so.
//
// Categories (\p{L}) are those of the Unicode version that the reading program
// knows, as they are in package regexp.
func TranslatePattern(src string) (re2 string, err error) {
	p := &patternParser{src: src}
	body, err := p.expression()
	if err != nil {
		return "", err
	}
	if p.pos < len(src) {
		return "", p.errorf("unexpected %q", p.src[p.pos:p.pos+1])
	}
	re2 = `\A(?:` + body + `)\z`
	if _, err := regexp.Compile(re2); err != nil {
		return "", errPatternSize
	}
	return re2, nil
}

// unsupportedPattern is the error of a pattern that is a proper one but cannot
// be translated.
type unsupportedPattern struct{ what string }

// Error says what cannot be translated.
func (e *unsupportedPattern) Error() string { return e.what }

func isUnsupportedPattern(err error) bool {
	var e *unsupportedPattern
	return errors.As(err, &e)
}

// compilePattern returns the matcher of a pattern.
func compilePattern(src string) (func(string) bool, error) {
	re2, err := TranslatePattern(src)
	if err != nil {
		return nil, err
	}
	return regexp.MustCompile(re2).MatchString, nil
}

// maxPatternSize is how long a translation may be, in bytes.
const maxPatternSize = 1 << 20

var errPatternSize = &unsupportedPattern{"it is too large for package regexp"}

// maxPatternDepth is how deep groups may nest; package regexp stops at 1000.
const maxPatternDepth = 200

// patternParser is a recursive-descent parser of the productions of appendix F.
type patternParser struct {
	src   string
	pos   int
	depth int
}

func (p *patternParser) errorf(format string, args ...any) error {
	return fmt.Errorf("at character %d: %s", utf8.RuneCountInString(p.src[:min(p.pos, len(p.src))])+1,
		fmt.Sprintf(format, args...))
}

func (p *patternParser) peek() byte {
	if p.pos < len(p.src) {
		return p.src[p.pos]
	}
	return 0
}

// rune takes one character.
func (p *patternParser) rune() rune {
	c, size := utf8.DecodeRuneInString(p.src[p.pos:])
	p.pos += size
	return c
}

// expression is regExp ::= branch ( '|' branch )*.
func (p *patternParser) expression() (string, error) {
	if p.depth++; p.depth > maxPatternDepth {
		return "", &unsupportedPattern{fmt.Sprintf("groups nest deeper than %d", maxPatternDepth)}
	}
	defer func() { p.depth-- }()
	var b strings.Builder
	for {
		for p.pos < len(p.src) && p.peek() != '|' && p.peek() != ')' {
			piece, err := p.piece()
			if err != nil {
				return "", err
			}
			if b.WriteString(piece); b.Len() > maxPatternSize {
				return "", errPatternSize
			}
		}
		if p.peek() != '|' {
			return b.String(), nil
		}
		p.pos++
		b.WriteByte('|')
	}
}

// piece is piece ::= atom quantifier?.
func (p *patternParser) piece() (string, error) {
	atom, err := p.atom()
	if err != nil {
		return "", err
	}
	switch c := p.peek(); c {
	case '?', '*', '+':
		p.pos++
		return "(?:" + atom + ")" + string(c), nil
	case '{':
		return p.quantity(atom)
	}
	return atom, nil
}

// quantity is '{' quantity '}': n, n,m or n,.
func (p *patternParser) quantity(atom string) (string, error) {
	end := strings.IndexByte(p.src[p.pos:], '}')
	if end < 0 {
		return "", p.errorf("a quantifier without its closing brace")
	}
	text := p.src[p.pos+1 : p.pos+end]
	lowText, highText, comma := strings.Cut(text, ",")
	low, ok := parseQuantity(lowText)
	high := low
	if comma {
		high = -1
		if highText != "" {
			var okHigh bool
			high, okHigh = parseQuantity(highText)
			ok = ok && okHigh
		}
	}
	if !ok {
		return "", p.errorf("quantifier {%s} is not {n}, {n,} or {n,m}", text)
	}
	if high >= 0 && high < low {
		return "", p.errorf("quantifier {%s} ends below its start", text)
	}
	p.pos += end + 1
	return repeat(atom, low, high)
}

func parseQuantity(s string) (int, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return maxCount, true
	}
	return n, true
}

// repeat writes a counted repetition. Package regexp counts to 1000: larger
// counts are sums of smaller ones.
func repeat(atom string, low, high int) (string, error) {
	const most = 1000
	if max(low, high) > 50*most {
		return "", &unsupportedPattern{fmt.Sprintf("repetition {%d,%d} is too large for package regexp", low, high)}
	}
	atom = "(?:" + atom + ")"
	if (max(low, high)/most+2)*len(atom) > maxPatternSize {
		return "", errPatternSize
	}
	var b strings.Builder
	for rest := low; rest > 0; rest -= most {
		fmt.Fprintf(&b, "%s{%d}", atom, min(rest, most))
	}
	if high < 0 {
		b.WriteString(atom + "*")
		return b.String(), nil
	}
	for rest := high - low; rest > 0; rest -= most {
		fmt.Fprintf(&b, "%s{0,%d}", atom, min(rest, most))
	}
	if b.Len() == 0 {
		return "(?:)", nil
	}
	return b.String(), nil
}

// atom is atom ::= Char | charClass | '(' regExp ')'.
func (p *patternParser) atom() (string, error) {
	switch c := p.peek(); c {
	case '(':
		p.pos++
		body, err := p.expression()
		if err != nil {
			return "", err
		}
		if p.peek() != ')' {
			return "", p.errorf("a group without its closing parenthesis")
		}
		p.pos++
		return "(?:" + body + ")", nil
	case '[':
		class, err := p.class()
		if err != nil {
			return "", err
		}
		return class.write(), nil
	case '.':
		p.pos++
		return `[^\n\r]`, nil
	case '\\':
		item, err := p.escape()
		if err != nil {
			return "", err
		}
		return item.atom(), nil
	case '?', '*', '+':
		return "", p.errorf("quantifier %q without anything before it", c)
	case '{', '}', ']':
		return "", p.errorf("%q must be escaped", c)
	}
	return regexp.QuoteMeta(string(p.rune())), nil
}
