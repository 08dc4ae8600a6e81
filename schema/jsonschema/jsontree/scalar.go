package jsontree

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// digits skips digits and tells whether there were any.
func (p *parser) digits() bool {
	from := p.pos
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		p.pos++
	}
	return p.pos > from
}

// number reads a number (RFC 8259, section 6) and holds it against the limits.
func (p *parser) number(n *Node) {
	start := p.pos
	if p.peek() == '-' {
		p.pos++
	}
	if p.peek() == '0' {
		p.pos++
		if c := p.peek(); c >= '0' && c <= '9' {
			p.fail(start, "a number begins with a needless zero").Hint = "remove it; a text that only looks like a number stands in double quotes"
			return
		}
	} else if !p.digits() {
		p.fail(p.pos, "%s where a digit should be", p.here())
		return
	}
	if p.peek() == '.' {
		p.pos++
		if !p.digits() {
			p.fail(p.pos, "%s where a digit should be", p.here())
			return
		}
	}
	exponent := 0
	if c := p.peek(); c == 'e' || c == 'E' {
		p.pos++
		if c := p.peek(); c == '+' || c == '-' {
			p.pos++
		}
		from := p.pos
		if !p.digits() {
			p.fail(p.pos, "%s where a digit should be", p.here())
			return
		}
		var err error
		if exponent, err = strconv.Atoi(string(p.data[from:p.pos])); err != nil {
			exponent = p.limits.Exponent + 1
		}
	}
	n.Kind, n.Text = Number, string(p.data[start:p.pos])
	switch {
	case len(n.Text) > p.limits.NumberBytes:
		p.report(start, "number-limit", "a number has %d characters; the limit is %d", len(n.Text), p.limits.NumberBytes)
	case exponent > p.limits.Exponent:
		p.report(start, "number-limit", "the exponent of the number %s is over the limit of %d", n.Text, p.limits.Exponent)
	}
}

// string reads a string (RFC 8259, section 7).
func (p *parser) string() string {
	start := p.pos
	p.pos++
	from := p.pos
	var b []byte // set once there is an escape
	for {
		if p.pos >= len(p.data) {
			p.pos = start
			p.fail(start, "the string that begins here does not end")
			return ""
		}
		switch c := p.data[p.pos]; {
		case c == '"':
			text := p.data[from:p.pos]
			p.pos++
			if b == nil {
				return string(text)
			}
			return string(append(b, text...))
		case c == '\\':
			b = append(b, p.data[from:p.pos]...)
			r, ok := p.escape()
			if !ok {
				return ""
			}
			b = utf8.AppendRune(b, r)
			from = p.pos
		case c < ' ':
			p.fail(p.pos, "the control character 0x%02x in a string", c).Hint = `write \n for a line break, \t for a tab, \u0000 for others`
			return ""
		case c < utf8.RuneSelf:
			p.pos++
		default:
			r, size := utf8.DecodeRune(p.data[p.pos:])
			if r == utf8.RuneError && size == 1 {
				p.fail(p.pos, "the byte 0x%02x is not UTF-8", c).Hint = "save the file as UTF-8 (RFC 8259, section 8.1)"
				return ""
			}
			p.pos += size
		}
	}
}

// escape reads an escape sequence, and both of a surrogate pair.
func (p *parser) escape() (rune, bool) {
	start := p.pos
	p.pos++
	c := p.peek()
	p.pos++
	switch c {
	case '"', '\\', '/':
		return rune(c), true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'u':
		r, ok := p.hex4()
		if ok && utf16.IsSurrogate(r) {
			low := rune(0)
			if p.peek() == '\\' && p.pos+1 < len(p.data) && p.data[p.pos+1] == 'u' {
				p.pos += 2
				low, ok = p.hex4()
			}
			r = utf16.DecodeRune(r, low)
			ok = ok && r != utf8.RuneError
		}
		if ok {
			return r, true
		}
		p.pos = start
		p.fail(start, `a \u escape is not a character`).Hint = "four hexadecimal digits follow, and surrogates come in pairs"
		return 0, false
	}
	p.pos = start
	p.fail(start, "an escape that JSON does not have").Hint = `a backslash itself is written \\`
	return 0, false
}

func (p *parser) hex4() (rune, bool) {
	if len(p.data)-p.pos < 4 {
		return 0, false
	}
	v, err := strconv.ParseUint(string(p.data[p.pos:p.pos+4]), 16, 32)
	if err != nil || p.data[p.pos] == '+' {
		return 0, false
	}
	p.pos += 4
	return rune(v), true
}
