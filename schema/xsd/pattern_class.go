package xsd

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
)

// classItem is a member of a character class: a range, or an escape that stands
// for many characters. symbol is how package regexp writes it inside brackets,
// or "" when only its ranges say it.
type classItem struct {
	symbol string
	ranges []charRange
	single bool
}

// atom writes the item outside of brackets.
func (i classItem) atom() string {
	if i.single {
		return regexp.QuoteMeta(string(i.ranges[0].lo))
	}
	if i.symbol != "" {
		return "[" + i.symbol + "]"
	}
	return writeRanges(i.ranges)
}

// charClass is a character class expression (appendix F, productions 11 to 22).
type charClass struct {
	negated bool
	items   []classItem
	minus   *charClass
}

// write writes the class for package regexp: by symbols where it can be, by the
// code points otherwise.
func (c *charClass) write() string {
	plain := c.minus == nil && !slices.ContainsFunc(c.items, func(i classItem) bool { return i.symbol == "" })
	if !plain {
		return writeRanges(c.ranges())
	}
	var b strings.Builder
	b.WriteByte('[')
	if c.negated {
		b.WriteByte('^')
	}
	for _, i := range c.items {
		b.WriteString(i.symbol)
	}
	b.WriteByte(']')
	return b.String()
}

// ranges returns the code points of the class.
func (c *charClass) ranges() []charRange {
	var all []charRange
	for _, i := range c.items {
		all = append(all, i.ranges...)
	}
	all = normalize(all)
	if c.negated {
		all = complement(all)
	}
	if c.minus != nil {
		all = complement(normalize(append(complement(all), c.minus.ranges()...)))
	}
	return all
}

// class is charClassExpr ::= '[' charGroup ']'.
func (p *patternParser) class() (*charClass, error) {
	if p.depth++; p.depth > maxPatternDepth {
		return nil, &unsupportedPattern{fmt.Sprintf("classes nest deeper than %d", maxPatternDepth)}
	}
	defer func() { p.depth-- }()
	p.pos++ // [
	c := &charClass{}
	if p.peek() == '^' {
		c.negated = true
		p.pos++
	}
	for first := true; ; first = false {
		switch {
		case p.pos >= len(p.src):
			return nil, p.errorf("a class without its closing bracket")
		case p.peek() == ']':
			if first {
				return nil, p.errorf("an empty class")
			}
			p.pos++
			return c, nil
		case p.peek() == '[':
			return nil, p.errorf("\"[\" inside a class must be escaped")
		case strings.HasPrefix(p.src[p.pos:], "-[") && !first:
			p.pos++
			minus, err := p.class()
			if err != nil {
				return nil, err
			}
			if p.peek() != ']' {
				return nil, p.errorf("a subtraction must end its class")
			}
			p.pos++
			c.minus = minus
			return c, nil
		}
		item, err := p.classItem(first)
		if err != nil {
			return nil, err
		}
		c.items = append(c.items, item)
	}
}

// classItem is charRange or charClassEsc. A hyphen stands for itself at the
// beginning and the end of a class only.
func (p *patternParser) classItem(first bool) (classItem, error) {
	rest := p.src[p.pos:]
	if rest[0] == '-' && !first && !strings.HasPrefix(rest, "-]") {
		return classItem{}, p.errorf("\"-\" inside a class must be escaped, or stand first or last")
	}
	low, err := p.classChar()
	if err != nil || !low.single {
		return low, err
	}
	rest = p.src[p.pos:]
	if !strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "-]") || strings.HasPrefix(rest, "-[") {
		return low, nil
	}
	p.pos++
	if strings.HasPrefix(p.src[p.pos:], "-") && !strings.HasPrefix(p.src[p.pos:], "-]") {
		return classItem{}, p.errorf("\"-\" cannot end a range")
	}
	if p.pos >= len(p.src) {
		return classItem{}, p.errorf("a class without its closing bracket")
	}
	high, err := p.classChar()
	if err != nil {
		return classItem{}, err
	}
	from, to := low.ranges[0].lo, high.ranges[0].lo
	switch {
	case !high.single:
		return classItem{}, p.errorf("a range cannot end with a class")
	case from > to:
		return classItem{}, p.errorf("range %q-%q ends below its start", from, to)
	}
	return rangeItem(from, to), nil
}

func (p *patternParser) classChar() (classItem, error) {
	if p.peek() == '\\' {
		return p.escape()
	}
	c := p.rune()
	return singleItem(c), nil
}

func singleItem(c rune) classItem {
	return classItem{symbol: codePoint(c), ranges: []charRange{{c, c}}, single: true}
}

func rangeItem(from, to rune) classItem {
	return classItem{symbol: codePoint(from) + "-" + codePoint(to), ranges: []charRange{{from, to}}}
}

func codePoint(c rune) string {
	if c > 0x20 && c < 0x7f && !strings.ContainsRune(`\[]^-&~`, c) {
		return string(c)
	}
	return fmt.Sprintf(`\x{%X}`, c)
}

// escape is charClassEsc: a single character, or many.
func (p *patternParser) escape() (classItem, error) {
	p.pos++ // the backslash
	if p.pos >= len(p.src) {
		return classItem{}, p.errorf("a backslash at the end")
	}
	c := p.rune()
	switch c {
	case 'n':
		return singleItem('\n'), nil
	case 'r':
		return singleItem('\r'), nil
	case 't':
		return singleItem('\t'), nil
	case '\\', '|', '.', '-', '^', '?', '*', '+', '{', '}', '(', ')', '[', ']':
		return singleItem(c), nil
	case 's':
		return classItem{symbol: `\t\n\r\x20`, ranges: spaceRanges}, nil
	case 'S':
		return fromRanges(complement(spaceRanges)), nil
	case 'd':
		return classItem{symbol: `\p{Nd}`, ranges: category("Nd")}, nil
	case 'D':
		return classItem{symbol: `\P{Nd}`, ranges: complement(category("Nd"))}, nil
	case 'w':
		return classItem{symbol: `\p{L}\p{M}\p{N}\p{S}`, ranges: wordRanges()}, nil
	case 'W':
		return fromRanges(complement(wordRanges())), nil
	case 'i':
		return fromRanges(initialRanges()), nil
	case 'I':
		return fromRanges(complement(initialRanges())), nil
	case 'c':
		return fromRanges(nameRanges()), nil
	case 'C':
		return fromRanges(complement(nameRanges())), nil
	case 'p', 'P':
		return p.property(c == 'P')
	}
	p.pos--
	return classItem{}, p.errorf("unknown escape \\%c", c)
}

// property is \p{...}: a general category or a block (\p{IsGreek}).
func (p *patternParser) property(negated bool) (classItem, error) {
	end := strings.IndexByte(p.src[p.pos:], '}')
	if p.peek() != '{' || end < 0 {
		return classItem{}, p.errorf("\\p without a name in braces")
	}
	name := p.src[p.pos+1 : p.pos+end]
	var item classItem
	if block, ok := strings.CutPrefix(name, "Is"); ok {
		ranges := unicodeBlocks[block]
		if ranges == nil {
			return classItem{}, p.errorf("unknown Unicode block %q", block)
		}
		item = fromRanges(ranges)
	} else {
		if !slices.Contains(categoryNames, name) {
			return classItem{}, p.errorf("unknown Unicode category %q", name)
		}
		// Package regexp counts unassigned code points to C since Go 1.25 only:
		// those categories are written out.
		item = classItem{symbol: `\p{` + name + `}`, ranges: category(name)}
		if name == "C" || name == "Cn" {
			item = fromRanges(item.ranges)
		}
	}
	p.pos += end + 1
	if !negated {
		return item, nil
	}
	out := fromRanges(complement(normalize(item.ranges)))
	if strings.HasPrefix(item.symbol, `\p`) {
		out.symbol = `\P` + item.symbol[2:]
	}
	return out, nil
}

// categoryNames are the general categories that appendix F.1.1 names.
var categoryNames = strings.Fields("L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po " +
	"Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn")

// category returns the code points of a general category.
func category(name string) []charRange {
	switch name {
	case "C":
		return complement(categories("L", "M", "N", "P", "Z", "S"))
	case "Cn":
		return complement(categories("L", "M", "N", "P", "Z", "S", "Cc", "Cf", "Co", "Cs"))
	}
	return categories(name)
}

func categories(names ...string) []charRange {
	var all []charRange
	for _, name := range names {
		table := unicode.Categories[name]
		for _, r := range table.R16 {
			all = appendStride(all, rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range table.R32 {
			all = appendStride(all, rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	return normalize(all)
}

func appendStride(all []charRange, lo, hi, stride rune) []charRange {
	if stride == 1 {
		return append(all, charRange{lo, hi})
	}
	for c := lo; c <= hi; c += stride {
		all = append(all, charRange{c, c})
	}
	return all
}

var spaceRanges = []charRange{{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}}

// wordRanges is \w: everything but punctuation, separators and "other".
func wordRanges() []charRange { return categories("L", "M", "N", "S") }

func initialRanges() []charRange {
	return normalize(append(slices.Clone(nameStart), charRange{':', ':'}))
}

func nameRanges() []charRange { return normalize(append(initialRanges(), nameFollow...)) }

func fromRanges(ranges []charRange) classItem {
	ranges = normalize(slices.Clone(ranges))
	var b strings.Builder
	for _, r := range ranges {
		b.WriteString(rangeSymbol(r))
	}
	return classItem{symbol: b.String(), ranges: ranges}
}

func rangeSymbol(r charRange) string {
	if r.lo == r.hi {
		return codePoint(r.lo)
	}
	return codePoint(r.lo) + "-" + codePoint(r.hi)
}

// writeRanges writes a class by its code points. A class of nothing matches
// nothing.
func writeRanges(ranges []charRange) string {
	if len(ranges) == 0 {
		return `[^\x{0}-\x{10FFFF}]`
	}
	return "[" + fromRanges(ranges).symbol + "]"
}

// normalize sorts ranges and joins those that touch.
func normalize(ranges []charRange) []charRange {
	sort.Slice(ranges, func(i, j int) bool { return ranges[i].lo < ranges[j].lo })
	var out []charRange
	for _, r := range ranges {
		if n := len(out); n > 0 && r.lo <= out[n-1].hi+1 {
			out[n-1].hi = max(out[n-1].hi, r.hi)
			continue
		}
		out = append(out, r)
	}
	return out
}

// complement returns what a normalized list leaves out.
func complement(ranges []charRange) []charRange {
	var out []charRange
	next := rune(0)
	for _, r := range ranges {
		if r.lo > next {
			out = append(out, charRange{next, r.lo - 1})
		}
		next = r.hi + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, charRange{next, unicode.MaxRune})
	}
	return out
}
