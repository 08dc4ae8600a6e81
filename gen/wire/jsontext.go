package wire

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// This file reads JSON the slow way: all of its grammar, and what is skipped.

// Root finds the root object and tells whether there is one. wrapper is the
// root's name, which may stand around it unless the root has a member of that
// name.
func (j *JSON) Root(m *Members, wrapper string) bool {
	if !j.RootValue() {
		return false
	}
	if j.buf.u8(j.pos) != '{' {
		if m.others {
			return true
		}
		at, what := j.pos, j.char(j.pos)
		if j.skip(); j.err == nil {
			j.fail(at, ErrRoot, fmt.Sprintf("the document begins with %s, expected an object", what))
		}
		return false
	}
	if m.find(m.space, wrapper) == 0 {
		j.openWrapper(wrapper)
	}
	return j.err == nil
}

// RootValue finds the root value, whatever it is, and tells whether there is
// one.
func (j *JSON) RootValue() bool {
	if j.err != nil {
		return false
	}
	switch b := j.buf; {
	case b.u8(0) == 0xEF && b.u8(1) == 0xBB && b.u8(2) == 0xBF:
		j.fail(0, ErrEncoding, "a byte order mark, which RFC 8259 does not allow")
	case b.u8(0) == 0xFE && b.u8(1) == 0xFF, b.u8(0) == 0xFF && b.u8(1) == 0xFE,
		j.end > 1 && (b.u8(0) == 0 || b.u8(1) == 0):
		j.fail(0, ErrEncoding, "the payload is not UTF-8")
	}
	if j.err != nil {
		return false
	}
	j.meta = &rootValue
	j.pos = j.skipSpace(0)
	if j.pos >= j.end {
		j.syntax(j.end, "the payload is empty")
		return false
	}
	return true
}

// openWrapper steps into the root's name, if it stands around the root.
func (j *JSON) openWrapper(wrapper string) {
	p := j.skipSpace(j.pos + 1)
	if j.buf.u8(p) != '"' {
		return
	}
	name, q := j.name(p)
	if j.err != nil || name != wrapper {
		return
	}
	q = j.skipSpace(q)
	if j.buf.u8(q) != ':' {
		j.expected(q, "a colon")
		return
	}
	if q = j.skipSpace(q + 1); j.buf.u8(q) != '{' {
		return // a member that is not declared, not a wrapper
	}
	j.tolerate(p, Wrapper, "the root's name %s around the document", wrapper)
	j.wrapped = true
	j.deeper(j.pos)
	j.pos = q
}

// closeWrapper reads to the end of the object around the root.
func (j *JSON) closeWrapper() {
	o := Object{table: &Members{list: []member{noMember}}, started: true}
	first := true
	for j.memberSlow(&o) {
		if j.skip(); j.err != nil {
			return
		}
		if first {
			first = false
			j.tolerate(j.pos, Unknown, "members beside the root's name, dropped")
		}
	}
}

// name reads the member name at p and returns it with the offset behind it.
func (j *JSON) name(p int) (string, int) {
	q, plain := j.stringEnd(p)
	if j.err != nil {
		return "", p
	}
	if plain {
		return j.buf.str(p+1, q), q + 1
	}
	return j.unescaped(p, q), q + 1
}

// unescaped returns the string between the quotes at p and q, which has been
// checked.
func (j *JSON) unescaped(p, q int) string {
	out := make([]byte, 0, q-p)
	for i := p + 1; i < q; {
		if c := j.buf.u8(i); c != '\\' {
			out = append(out, c)
			i++
			continue
		}
		r, n := j.escape(i)
		out = utf8.AppendRune(out, r)
		i += n
	}
	return string(out)
}

// stringEnd checks the string whose opening quote is at p and returns the
// offset of the closing quote, and whether it has no escapes.
func (j *JSON) stringEnd(p int) (end int, plain bool) {
	from, q := p+1, p+1
	plain = true
	high := false
	for {
		switch c := j.buf.u8(q); {
		case c == '"':
			if high {
				j.checkUTF8(from, q)
			}
			return q, plain
		case c == '\\':
			_, n := j.escape(q)
			if n == 0 {
				return q, false
			}
			plain = false
			q += n
		case c < ' ':
			if q >= j.end {
				j.syntax(p, "a string that does not end")
			} else {
				j.syntax(q, fmt.Sprintf("the control character U+%04X in a string: write it as an escape", c))
			}
			return q, false
		default:
			high = high || c >= utf8.RuneSelf
			q++
		}
	}
}

// escape reads the escape at p and returns what it stands for and its length,
// 0 on an error (RFC 8259, section 7).
func (j *JSON) escape(p int) (rune, int) {
	switch c := j.buf.u8(p + 1); c {
	case '"', '\\', '/':
		return rune(c), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		r, ok := j.hex4(p + 2)
		if !ok {
			break
		}
		switch {
		case r < 0xD800 || r > 0xDFFF:
			return r, 6
		case r < 0xDC00 && j.buf.u8(p+6) == '\\' && j.buf.u8(p+7) == 'u':
			if low, ok := j.hex4(p + 8); ok && low >= 0xDC00 && low <= 0xDFFF {
				return (r-0xD800)<<10 + (low - 0xDC00) + 0x10000, 12
			}
		}
		j.fail(p, ErrEncoding, "half of a surrogate pair stands for no character")
		return 0, 0
	}
	j.syntax(p, "an escape that JSON does not have")
	return 0, 0
}

func (j *JSON) hex4(p int) (rune, bool) {
	var r rune
	for i := range 4 {
		d := hexDigit(j.buf.u8(p + i))
		if d < 0 {
			return 0, false
		}
		r = r<<4 | rune(d)
	}
	return r, true
}

// checkUTF8 refuses what is not UTF-8.
func (j *JSON) checkUTF8(from, to int) {
	text := j.buf.str(from, to)
	if utf8.ValidString(text) {
		return
	}
	for i, r := range text {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(text[i:]); n == 1 {
				j.fail(from+i, ErrEncoding, fmt.Sprintf("the byte 0x%02X is not UTF-8", text[i]))
				return
			}
		}
	}
}

// skip reads the value at pos, checking all of its grammar.
func (j *JSON) skip() {
	depth, mark := j.depth, len(j.names)
	type level struct {
		array bool
		names int // where the object's names begin in JSON.names
	}
	open := make([]level, 0, 16)
	for j.err == nil {
		// A value stands here.
		p, empty := j.pos, false
		switch c := j.buf.u8(p); c {
		case '{', '[':
			if !j.deeper(p) {
				return
			}
			open = append(open, level{c == '[', len(j.names)})
			j.pos = j.skipSpace(p + 1)
			if empty = j.buf.u8(j.pos) == c+2; empty {
				break
			}
			j.count(j.pos)
			if c == '{' {
				j.skipName()
			}
			continue
		case '"':
			q, _ := j.stringEnd(p)
			j.pos = q + 1
		case 't':
			j.literal(p, "true")
		case 'f':
			j.literal(p, "false")
		case 'n':
			j.literal(p, "null")
		default:
			j.number(p)
		}
		// A value has ended: so may what it stands in.
		for j.err == nil {
			if len(open) == 0 {
				return
			}
			top := open[len(open)-1]
			p := j.skipSpace(j.pos)
			c := j.buf.u8(p)
			if c == ',' && !empty {
				j.pos = j.skipSpace(p + 1)
				j.count(p)
				if !top.array {
					j.skipName()
				}
				break
			}
			if top.array && c == ']' || !top.array && c == '}' {
				if !top.array {
					j.distinct(top.names)
				}
				j.names = j.names[:top.names]
				j.depth--
				open = open[:len(open)-1]
				j.pos, empty = p+1, false
				continue
			}
			if top.array {
				j.expected(p, "a comma or ]")
			} else {
				j.expected(p, "a comma or }")
			}
		}
	}
	j.depth, j.names = depth, j.names[:mark]
}

// skipName reads a name and its colon.
func (j *JSON) skipName() {
	p := j.pos
	if j.buf.u8(p) != '"' {
		j.expected(p, "a name in quotes")
		return
	}
	q, _ := j.stringEnd(p)
	if j.err != nil {
		return
	}
	j.names = append(j.names, span{p, q + 1 - p})
	if q = j.skipSpace(q + 1); j.buf.u8(q) != ':' {
		j.expected(q, "a colon")
		return
	}
	j.pos = j.skipSpace(q + 1)
}

// literal reads true, false or null at p.
func (j *JSON) literal(p int, text string) {
	if p+len(text) > j.end || j.buf.str(p, p+len(text)) != text {
		j.expected(p, "a value")
		return
	}
	j.pos = p + len(text)
}

// number reads the number at p (RFC 8259, section 6).
func (j *JSON) number(p int) {
	b, q := j.buf, p
	run := func() bool {
		from := q
		for isDigit(b.u8(q)) {
			q++
		}
		return q > from
	}
	if b.u8(q) == '-' {
		q++
	}
	if b.u8(q) == '0' {
		q++
	} else if !run() {
		if q > p {
			j.expected(q, "a digit")
		} else {
			j.expected(p, "a value")
		}
		return
	}
	if b.u8(q) == '.' {
		if q++; !run() {
			j.expected(q, "a digit")
			return
		}
	}
	if c := b.u8(q); c == 'e' || c == 'E' {
		q++
		if c := b.u8(q); c == '+' || c == '-' {
			q++
		}
		if !run() {
			j.expected(q, "a digit")
			return
		}
	}
	j.pos = q
}

// distinct refuses names that are given twice among those from mark.
func (j *JSON) distinct(mark int) {
	names := j.names[mark:]
	if len(names) < 2 {
		return
	}
	const few = 8
	if len(names) > few {
		// Sorting keeps a flood of names from costing its square.
		slices.SortFunc(names, func(a, b span) int {
			if c := strings.Compare(j.nameOf(a), j.nameOf(b)); c != 0 {
				return c
			}
			return a.at - b.at
		})
	}
	for i := range names {
		rest := names[i+1:]
		if len(names) > few {
			rest = rest[:min(1, len(rest))]
		}
		for _, n := range rest {
			if name := j.nameOf(n); name == j.nameOf(names[i]) {
				j.twice(n.at, name)
				return
			}
		}
	}
}

// nameOf returns the name at a span, which has been checked.
func (j *JSON) nameOf(s span) string {
	name := j.buf.str(s.at+1, s.at+s.n-1)
	if strings.IndexByte(name, '\\') >= 0 {
		return j.unescaped(s.at, s.at+s.n-1)
	}
	return name
}

// twice records a name that is given twice.
func (j *JSON) twice(at int, name string) {
	j.fail(at, ErrDuplicate, fmt.Sprintf("the name %s is given twice", excerpt(name)))
}

// expected records that the payload is not JSON.
func (j *JSON) expected(p int, what string) {
	j.syntax(p, fmt.Sprintf("%s where %s must stand", j.char(p), what))
}

func (j *JSON) syntax(offset int, text string) { j.fail(offset, ErrSyntax, text) }
