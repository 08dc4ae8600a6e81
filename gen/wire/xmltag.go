package wire

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// This file reads tags the slow way: every spelling that XML 1.0 allows.

// attribute is an attribute of the start tag read last.
type attribute struct {
	at, n      int // its name
	prefix     string
	local      string
	space      string
	value      string
	from, to   int // its literal, with the quotes
	declares   bool
	schemaInst bool
}

// isNil tells whether the attribute is xsi:nil and says so.
func (a *attribute) isNil() bool {
	says, ok := parseBool(trimSpace(a.value))
	return a.schemaInst && a.local == "nil" && says && ok
}

const (
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
	xmlnsSpace = "http://www.w3.org/2000/xmlns/"
	xsiSpace   = "http://www.w3.org/2001/XMLSchema-instance"
)

// startTag reads the start tag that begins at pos, with its attributes and
// namespace declarations, and sets special.
func (x *XML) startTag() bool {
	at := x.pos
	n := x.name(at + 1)
	if n == 0 {
		x.syntax(at, "expected the name of an element behind <")
		return false
	}
	x.nameAt, x.nameLen = at+1, n
	x.outer = len(x.bindings)
	x.attrs = x.attrs[:0]
	x.special = 0
	p := at + 1 + n
	for {
		q := x.skipSpace(p)
		switch c := x.buf.u8(q); {
		case c == '>':
			x.pos = q + 1
			return x.bind(at)
		case c == '/' && x.buf.u8(q+1) == '>':
			x.special |= closed
			x.pos = q + 2
			return x.bind(at)
		case q >= x.end:
			x.syntax(at, fmt.Sprintf("the payload ends inside the tag <%s", x.tagName()))
			return false
		case q == p:
			x.syntax(q, fmt.Sprintf("unexpected %s in the tag <%s", x.char(q), x.tagName()))
			return false
		}
		if p = x.attribute(q); p < 0 {
			return false
		}
	}
}

// attribute reads the attribute at p and returns the offset behind it, or -1.
func (x *XML) attribute(p int) int {
	n := x.name(p)
	if n == 0 {
		x.syntax(p, fmt.Sprintf("unexpected %s in the tag <%s", x.char(p), x.tagName()))
		return -1
	}
	a := attribute{at: p, n: n}
	q := x.skipSpace(p + n)
	if x.buf.u8(q) != '=' {
		x.syntax(q, fmt.Sprintf("attribute %s has no value", x.buf.str(p, p+n)))
		return -1
	}
	q = x.skipSpace(q + 1)
	quote := x.buf.u8(q)
	if quote != '"' && quote != '\'' {
		x.syntax(q, fmt.Sprintf("the value of attribute %s has no quotes", x.buf.str(p, p+n)))
		return -1
	}
	a.from = q
	end := x.attributeValue(q+1, quote, &a.value)
	if end < 0 {
		return -1
	}
	a.to = end
	x.attrs = append(x.attrs, a)
	x.special |= attrs
	return end
}

// attributeValue reads the value up to the closing quote and returns the
// offset behind it, or -1. White space in it becomes spaces and references are
// replaced (XML 1.0, section 3.3.3).
func (x *XML) attributeValue(p int, quote byte, value *string) int {
	if q := x.buf.plainAttribute(p, quote); x.buf.u8(q) == quote {
		*value = x.buf.str(p, q)
		return q + 1
	}
	from, out := p, []byte(nil)
	plain := true
	for ; ; p++ {
		switch c := x.buf.u8(p); {
		case c == quote:
			if s := x.buf.str(from, p); plain {
				*value = s
			} else {
				*value = string(out)
			}
			if !x.validText(from, p) {
				return -1
			}
			return p + 1
		case c == '<':
			x.syntax(p, "< in the value of an attribute")
			return -1
		case c == '&':
			if plain {
				plain, out = false, []byte(x.buf.str(from, p))
			}
			r, n := x.reference(p)
			if n == 0 {
				return -1
			}
			out = utf8.AppendRune(out, r)
			p += n - 1
		case c == '\t' || c == '\n' || c == '\r':
			if plain {
				plain, out = false, []byte(x.buf.str(from, p))
			}
			if c == '\r' && x.buf.u8(p+1) == '\n' {
				p++
			}
			out = append(out, ' ')
		case c < ' ':
			x.badByte(p)
			return -1
		default:
			if !plain {
				out = append(out, c)
			}
		}
	}
}

// plainAttribute returns the offset of the first byte from p that ends a value, or
// that is not plain: a reference, a control character, one beyond ASCII.
func (b buffer) plainAttribute(p int, quote byte) int {
	for ; ; p += 8 {
		w := b.u64(p)
		if n := trailing(hasByte(w, quote) | hasByte(w, '<') | hasByte(w, '&') | hasLess(w, ' ') | w&highs); n < 8 {
			return p + n
		}
	}
}

// endTag reads the end tag at pos, which must be that of name.
func (x *XML) endTag(name span) bool {
	at := x.pos
	n := x.name(at + 2)
	want := x.buf.str(name.at, name.at+name.n)
	if got := x.buf.str(at+2, at+2+n); got != want {
		if at+2+n >= x.end {
			x.syntax(at, fmt.Sprintf("the payload ends inside the end tag of <%s>", excerptName(want)))
			return false
		}
		x.syntax(at, fmt.Sprintf("</%s> where </%s> must stand: the start tag is on line %d",
			excerptName(got), excerptName(want), x.line(name.at)))
		return false
	}
	p := x.skipSpace(at + 2 + n)
	if x.buf.u8(p) != '>' {
		if p >= x.end {
			x.syntax(at, fmt.Sprintf("the payload ends inside the end tag of <%s>", excerptName(want)))
		} else {
			x.syntax(p, fmt.Sprintf("unexpected %s in the end tag of <%s>", x.char(p), excerptName(want)))
		}
		return false
	}
	x.pos = p + 1
	return true
}

// skip reads the element whose start tag was read last to its end, checking
// all of its grammar.
func (x *XML) skip() {
	if x.special&closed != 0 {
		x.shut()
		return
	}
	bindings := x.outer
	type level struct {
		name  span
		outer int
	}
	// The stack is small for any payload but a hostile one, and bounded by the
	// depth limit there.
	open := make([]level, 0, 16)
	open = append(open, level{span{x.nameAt, x.nameLen}, bindings})
	if !x.deeper(x.nameAt) {
		return
	}
	for x.err == nil {
		top := open[len(open)-1]
		if !x.misc(top.name) {
			if x.err == nil {
				x.textRun()
			}
			continue
		}
		if x.buf.u8(x.pos+1) == '/' {
			if !x.endTag(top.name) {
				return
			}
			x.depth--
			x.bindings = x.bindings[:top.outer]
			if open = open[:len(open)-1]; len(open) == 0 {
				x.rescope()
				x.special = 0
				return
			}
			continue
		}
		at := x.pos
		if !x.startTag() {
			return
		}
		x.rescope()
		if x.resolve(); x.err != nil {
			return
		}
		x.count(at)
		if x.special&closed != 0 {
			x.shut()
			continue
		}
		if !x.deeper(at) {
			return
		}
		open = append(open, level{span{x.nameAt, x.nameLen}, x.outer})
	}
}

// name returns the length of the name at p (XML 1.0, productions 4 to 5).
func (x *XML) name(p int) int {
	from := p
	for p < x.end {
		c := x.buf.u8(p)
		if c < utf8.RuneSelf {
			if !(nameBytes[c] == 2 || nameBytes[c] == 1 && p > from) {
				break
			}
			p++
			continue
		}
		r, n := utf8.DecodeRuneInString(x.buf.str(p, min(p+utf8.UTFMax, x.end)))
		if r == utf8.RuneError && n <= 1 {
			x.badByte(p)
			return 0
		}
		if !isNameStart(r) && (p == from || !isNameChar(r)) {
			break
		}
		p += n
	}
	return p - from
}

// nameBytes classes ASCII: 2 may begin a name, 1 may go on with it.
var nameBytes = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch c := byte(c); {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_', c == ':':
			t[c] = 2
		case '0' <= c && c <= '9', c == '-', c == '.':
			t[c] = 1
		}
	}
	return t
}()

// isNameStart is production 4 of XML 1.0, isNameChar what 4a adds to it.
func isNameStart(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r >= 0 && nameBytes[r] == 2
	case r < 0x300:
		return r >= 0xC0 && r != 0xD7 && r != 0xF7
	case r < 0x2000:
		return r >= 0x370 && r != 0x37E
	case r < 0x3001:
		return r == 0x200C || r == 0x200D || 0x2070 <= r && r <= 0x218F || 0x2C00 <= r && r <= 0x2FEF
	}
	return r <= 0xD7FF || 0xF900 <= r && r <= 0xFDCF || 0xFDF0 <= r && r <= 0xFFFD || 0x10000 <= r && r <= 0xEFFFF
}

func isNameChar(r rune) bool {
	return r == 0xB7 || 0x300 <= r && r <= 0x36F || r == 0x203F || r == 0x2040
}

// syntax records that the payload is not well-formed.
func (x *XML) syntax(offset int, text string) { x.fail(offset, ErrSyntax, text) }

// line returns the line that an offset stands on.
func (x *XML) line(offset int) int { return 1 + strings.Count(string(x.data[:offset]), "\n") }

// excerptName shortens a name for a message.
func excerptName(s string) string {
	q := excerpt(s)
	if strings.HasSuffix(q, "...") {
		return q
	}
	return q[1 : len(q)-1]
}
