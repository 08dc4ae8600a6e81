package wire

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// This file reads text the slow way: references, CDATA sections, line ends, and
// which characters there may be.

// blankText reads the run of text and CDATA sections at pos, and tells whether
// it was white space alone. keepFrom is where it began, behind white space.
func (x *XML) blankText() bool {
	from := x.pos
	blank := x.textRun()
	if x.err != nil {
		return false
	}
	text := x.buf.str(from, x.pos)
	x.keepFrom = x.pos - len(strings.TrimLeft(text, " \t\r\n"))
	return blank
}

// textRun reads text, references and CDATA sections up to the next tag,
// comment or processing instruction, and tells whether all of it was white
// space. Nothing is unescaped.
func (x *XML) textRun() (blank bool) {
	blank = true
	from, p := x.pos, x.pos
	for {
		switch c := x.buf.u8(p); {
		case c == '<':
			if x.has(p, "<![CDATA[") {
				i := x.buf.index(p+9, x.end, "]]>")
				if i < 0 {
					x.syntax(p, "a CDATA section that does not end")
					return false
				}
				blank = blank && strings.Trim(x.buf.str(p+9, p+9+i), " \t\r\n") == ""
				if !x.validText(from, p) || !x.validText(p+9, p+9+i) {
					return false
				}
				p += 9 + i + 3
				from = p
				continue
			}
			if x.has(p, "<![") {
				x.syntax(p, "a markup declaration, which has no place in a document")
				return false
			}
			x.pos = p
			return x.validText(from, p) && blank
		case c == '&':
			_, n := x.reference(p)
			if n == 0 {
				return false
			}
			blank = false
			p += n
		case c == '>' && p >= from+2 && x.buf.u8(p-1) == ']' && x.buf.u8(p-2) == ']':
			x.syntax(p-2, "]]> in text")
			return false
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			p++
		case c < ' ':
			if p >= x.end {
				x.pos = p
				return x.validText(from, p) && blank
			}
			x.badByte(p)
			return false
		default:
			blank = false
			p++
		}
	}
}

// leaf reads the text of the element whose start tag was read last, to the end
// tag. It is unescaped where it stands, in the private copy: no escape is
// shorter than what it stands for. ok is false when the element holds child
// elements, which have then been skipped.
func (x *XML) leaf() (text string, ok bool) {
	name := span{x.nameAt, x.nameLen}
	from, out := x.pos, x.pos
	ok = true
	for x.err == nil {
		p := x.pos
		switch c := x.buf.u8(p); {
		case c == '<' && x.buf.u8(p+1) == '/':
			if !x.endTag(name) {
				return "", false
			}
			return x.buf.str(from, out), ok
		case x.has(p, "<!--"):
			x.comment()
		case x.has(p, "<![CDATA["):
			i := x.buf.index(p+9, x.end, "]]>")
			if i < 0 {
				x.syntax(p, "a CDATA section that does not end")
				return "", false
			}
			if !x.validText(p+9, p+9+i) {
				return "", false
			}
			out = x.move(out, p+9, p+9+i)
			x.pos = p + 9 + i + 3
		case x.has(p, "<?"):
			x.instruction()
		case c == '<' && x.buf.u8(p+1) == '!':
			if x.has(p, "<!DOCTYPE") {
				x.doctype(p)
			} else {
				x.syntax(p, "a markup declaration, which has no place in a document")
			}
			return "", false
		case c == '<':
			ok = false
			outer, special := x.outer, x.special
			if x.startTag() {
				if x.resolve(); x.err == nil {
					x.count(p)
					x.skip()
				}
			}
			x.nameAt, x.nameLen, x.outer, x.special = name.at, name.n, outer, special
		case c == '&':
			r, n := x.reference(p)
			if n == 0 {
				return "", false
			}
			var enc [utf8.UTFMax]byte
			for _, c := range enc[:utf8.EncodeRune(enc[:], r)] {
				x.buf.set(out, c)
				out++
			}
			x.pos = p + n
		case c == 0 && p >= x.end:
			x.syntax(p, fmt.Sprintf("the payload ends inside <%s> of line %d", excerptName(x.buf.str(name.at, name.at+name.n)), x.line(name.at)))
			return "", false
		default:
			q, plain, high := x.plainRun(p)
			if plain {
				// Nothing to replace; only bytes over 127 must be looked at.
				if high && !x.validText(p, q) {
					return "", false
				}
				if out == p {
					out = q
				} else {
					out = x.move(out, p, q)
				}
				x.pos = q
				continue
			}
			for c := x.buf.u8(q); c != '<' && c != '&' && q < x.end; c = x.buf.u8(q) {
				if c == '>' && q >= p+2 && x.buf.u8(q-1) == ']' && x.buf.u8(q-2) == ']' {
					x.syntax(q-2, "]]> in text")
					return "", false
				}
				q++
			}
			if !x.validText(p, q) {
				return "", false
			}
			out = x.move(out, p, q)
			x.pos = q
		}
	}
	return "", false
}

// move copies the text from i to j down to out, line ends becoming line feeds
// (XML 1.0, section 2.11), and returns the offset behind it.
func (x *XML) move(out, i, j int) int {
	for ; i < j; i++ {
		c := x.buf.u8(i)
		if c == '\r' {
			if x.buf.u8(i+1) == '\n' {
				continue
			}
			c = '\n'
		}
		x.buf.set(out, c)
		out++
	}
	return out
}

// plainRun reads text up to the next < or &, eight bytes at a time, and returns
// where it ends; plain is false when it has come to a > or a control character,
// which want a closer look. high says that there are bytes over 127.
func (x *XML) plainRun(p int) (q int, plain, high bool) {
	seen := uint64(0)
	for q = p; ; q += 8 {
		w := x.buf.u64(q)
		// < and > differ in one bit.
		stop := hasByte(w|ones*2, '>') | hasByte(w, '&') | hasLess(w, ' ')
		if stop == 0 {
			seen |= w
			continue
		}
		stop &= -stop
		seen |= w & (stop - 1)
		q += trailing(stop)
		c := x.buf.u8(q)
		return q, c == '<' || c == '&', seen&highs != 0
	}
}

// reference reads the character or entity reference at p and returns what it
// stands for and its length, 0 on an error (XML 1.0, section 4.1). There are
// no entities but the five predefined ones: none can be declared.
func (x *XML) reference(p int) (rune, int) {
	const longest = 16
	text := x.buf.str(p, min(p+longest, x.end))
	i := strings.IndexByte(text, ';')
	if i < 0 {
		x.syntax(p, "& that begins no reference: write &amp;")
		return 0, 0
	}
	name := text[1:i]
	switch name {
	case "lt":
		return '<', i + 1
	case "gt":
		return '>', i + 1
	case "amp":
		return '&', i + 1
	case "quot":
		return '"', i + 1
	case "apos":
		return '\'', i + 1
	}
	if digits, ok := strings.CutPrefix(name, "#"); ok {
		base := rune(10)
		if h, ok := strings.CutPrefix(digits, "x"); ok {
			digits, base = h, 16
		}
		r := rune(0)
		for _, c := range []byte(digits) {
			d := hexDigit(c)
			if d < 0 || rune(d) >= base {
				r = utf8.MaxRune + 1
				break
			}
			if r = r*base + rune(d); r > utf8.MaxRune {
				break
			}
		}
		if digits != "" && isXMLChar(r) {
			return r, i + 1
		}
	}
	x.syntax(p, fmt.Sprintf("%s stands for no character", excerpt(text[:i+1])))
	return 0, 0
}

// isXMLChar is production 2 of XML 1.0.
func isXMLChar(r rune) bool {
	return r >= ' ' && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' ||
		0xE000 <= r && r <= 0xFFFD || 0x10000 <= r && r <= utf8.MaxRune
}

// validText tells whether the bytes from i to j are UTF-8 of characters that
// XML allows, and records the error if they are not.
func (x *XML) validText(i, j int) bool {
	p := i
	high := uint64(0)
	for ; p+8 <= j; p += 8 {
		w := x.buf.u64(p)
		if hasLess(w, ' ') != 0 && !x.plainControls(p, p+8) {
			return false
		}
		high |= w
	}
	if p < j {
		if !x.plainControls(p, j) {
			return false
		}
		high |= highs
	}
	return high&highs == 0 || x.validUTF8(i, j)
}

// plainControls refuses control characters other than tab and line ends.
func (x *XML) plainControls(i, j int) bool {
	for ; i < j; i++ {
		if c := x.buf.u8(i); c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			x.badByte(i)
			return false
		}
	}
	return true
}

// validUTF8 refuses what is not UTF-8, and U+FFFE and U+FFFF.
func (x *XML) validUTF8(i, j int) bool {
	if x.buf.usualRunes(i, j) {
		return true
	}
	text := x.buf.str(i, j)
	if !utf8.ValidString(text) {
		for k, r := range text {
			if r == utf8.RuneError {
				if _, n := utf8.DecodeRuneInString(text[k:]); n == 1 {
					x.badByte(i + k)
					return false
				}
			}
		}
	}
	if k := strings.Index(text, "\xEF\xBF"); k >= 0 {
		for k, r := range text {
			if r == 0xFFFE || r == 0xFFFF {
				x.syntax(i+k, fmt.Sprintf("the character U+%04X, which XML does not allow", r))
				return false
			}
		}
	}
	return true
}

// usualRunes tells whether the bytes from i to j are ASCII and three-byte
// sequences of which no other test need be made: U+1000 to U+CFFF and U+E000 to
// U+EFFF, among them all that Chinese is mostly written in.
func (b buffer) usualRunes(i, j int) bool {
	for i < j {
		w := b.u64(i)
		switch {
		case w&0x80 == 0:
			i++
		case w&0xC0C0F0_C0C0F0 == 0x8080E0_8080E0 && usualLeads>>(w&0xF)&(usualLeads>>(w>>24&0xF))&1 == 1:
			i += 6
		case w&0xC0C0F0 == 0x8080E0 && usualLeads>>(w&0xF)&1 == 1:
			i += 3
		default:
			return false
		}
	}
	return i == j
}

// usualLeads has a bit for each lead byte from 0xE0 that may stand before any
// two continuation bytes: not 0xE0 (overlong), 0xED (surrogates) and 0xEF
// (U+FFFE).
const usualLeads = 0b0101_1111_1111_1110

// badByte records a byte that cannot stand where it does.
func (x *XML) badByte(p int) {
	if p >= x.end {
		x.syntax(p, "the payload ends here")
		return
	}
	if x.buf.u8(p) >= utf8.RuneSelf {
		x.fail(p, ErrEncoding, fmt.Sprintf("the byte 0x%02X is not UTF-8", x.buf.u8(p)))
		return
	}
	x.syntax(p, fmt.Sprintf("the character U+%04X, which XML does not allow", x.buf.u8(p)))
}
