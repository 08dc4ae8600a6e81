package wire

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// FormatIDNHostname is the format idn-hostname: a name of labels as RFC 5890,
// section 2.3.2.3, has them, of ASCII or of Unicode.
func FormatIDNHostname(s string) bool {
	if s == "" || !utf8.ValidString(s) {
		return false
	}
	size := 0
	for _, label := range strings.FieldsFunc(s+"x", labelEnd) {
		size += len(label) + 1
	}
	if size > 254 {
		return false
	}
	bidi, digitFirst := false, false
	for rest := s; ; {
		i := strings.IndexFunc(rest, labelEnd)
		label := rest
		if i >= 0 {
			label = rest[:i]
		}
		if isASCII(label) && !asciiLabel(label) || !isASCII(label) && !unicodeLabel(label) {
			return false
		}
		digitFirst = digitFirst || isDigit(label[0])
		bidi = bidi || !isASCII(label) && strings.ContainsFunc(label, rightToLeft)
		if i < 0 {
			return !bidi || !digitFirst // RFC 5893, section 2, rule 1
		}
		_, n := utf8.DecodeRuneInString(rest[i:])
		rest = rest[i+n:]
	}
}

// labelEnd tells the characters that stand between labels (RFC 3490, section
// 3.1).
func labelEnd(r rune) bool { return r == '.' || r == 0x3002 || r == 0xFF0E || r == 0xFF61 }

// unicodeLabel tells whether a label of Unicode is one of IDNA 2008: RFC 5891,
// section 4.2, with the context rules of RFC 5892, appendix A, and the rule for
// what is written from right to left of RFC 5893, section 2.
func unicodeLabel(label string) bool {
	runes := []rune(label)
	n := len(runes)
	if n == 0 || runes[0] == '-' || runes[n-1] == '-' || n > 3 && runes[2] == '-' && runes[3] == '-' ||
		unicode.Is(unicode.M, runes[0]) || encodedLength(runes) > 63 {
		return false
	}
	for i, r := range runes {
		if !idnaRune(r) && !idnaContext(runes, i) {
			return false
		}
	}
	return bidiLabel(runes)
}

// idnaRune tells whether a code point is PVALID by RFC 5892, section 3: what
// letters, digits and marks are, but for those that are not themselves when
// case and compatibility are folded.
func idnaRune(r rune) bool {
	switch r {
	case '-', 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: // section 2.6
		return true
	case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B:
		return false
	}
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
	}
	return unicode.In(r, unicode.Ll, unicode.Lo, unicode.Lm, unicode.Mn, unicode.Mc, unicode.Nd) &&
		unicode.ToLower(r) == r && !unicode.Is(compatible, r) &&
		!(r >= 0x660 && r <= 0x669) && !(r >= 0x6F0 && r <= 0x6F9)
}

// compatible holds the blocks of characters that stand for others: they are
// not stable under NFKC (RFC 5892, section 2.2), or to be ignored.
var compatible = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x00AA, 0x00AA, 1}, {0x00BA, 0x00BA, 1}, {0x0132, 0x0133, 1}, {0x013F, 0x0140, 1}, {0x0149, 0x0149, 1},
		{0x017F, 0x017F, 1}, {0x01C4, 0x01CC, 1}, {0x01F1, 0x01F3, 1}, {0x02B0, 0x02B8, 1}, {0x02E0, 0x02E4, 1},
		{0x0340, 0x0341, 1}, {0x0343, 0x0344, 1}, {0x034F, 0x034F, 1}, {0x0374, 0x0374, 1}, {0x037A, 0x037A, 1},
		{0x03D0, 0x03D6, 1}, {0x03F0, 0x03F2, 1}, {0x0587, 0x0587, 1}, {0x0675, 0x0678, 1}, {0x0E33, 0x0E33, 1},
		{0x0EB3, 0x0EB3, 1}, {0x0EDC, 0x0EDD, 1}, {0x1100, 0x11FF, 1}, {0x180B, 0x180F, 1}, {0x1D2C, 0x1D6A, 1},
		{0x1D78, 0x1D78, 1}, {0x1D9B, 0x1DBF, 1}, {0x1E9A, 0x1E9B, 1}, {0x2071, 0x2071, 1}, {0x207F, 0x207F, 1},
		{0x2090, 0x209C, 1}, {0x2100, 0x214F, 1}, {0x3131, 0x318E, 1}, {0xA960, 0xA97C, 1}, {0xD7B0, 0xD7FB, 1},
		{0xF900, 0xFAFF, 1}, {0xFB00, 0xFDFF, 1}, {0xFE00, 0xFE0F, 1}, {0xFE70, 0xFEFF, 1}, {0xFF00, 0xFFEF, 1},
	},
	R32: []unicode.Range32{
		{0x1D165, 0x1D172, 1}, {0x1D400, 0x1D7FF, 1}, {0x1EE00, 0x1EEFF, 1}, {0x2F800, 0x2FA1F, 1}, {0xE0100, 0xE01EF, 1},
	},
}

// idnaContext tells whether a code point that is valid in some places only
// stands in one (RFC 5892, appendix A).
func idnaContext(runes []rune, i int) bool {
	before, after := rune(0), rune(0)
	if i > 0 {
		before = runes[i-1]
	}
	if i+1 < len(runes) {
		after = runes[i+1]
	}
	switch r := runes[i]; {
	case r == 0x200C: // zero width non-joiner
		return unicode.Is(virama, before) || joins(runes, i)
	case r == 0x200D: // zero width joiner
		return unicode.Is(virama, before)
	case r == 0xB7: // middle dot
		return before == 'l' && after == 'l'
	case r == 0x375: // Greek lower numeral sign
		return unicode.Is(unicode.Greek, after)
	case r == 0x5F3 || r == 0x5F4: // Hebrew geresh and gershayim
		return unicode.Is(unicode.Hebrew, before)
	case r == 0x30FB: // Katakana middle dot
		return containsIn(runes, unicode.Hiragana, unicode.Katakana, unicode.Han)
	case r >= 0x660 && r <= 0x669: // Arabic-Indic digits
		return !containsRange(runes, 0x6F0, 0x6F9)
	case r >= 0x6F0 && r <= 0x6F9: // and their extension
		return !containsRange(runes, 0x660, 0x669)
	}
	return false
}

func containsIn(runes []rune, tables ...*unicode.RangeTable) bool {
	for _, r := range runes {
		if r != 0x30FB && unicode.In(r, tables...) {
			return true
		}
	}
	return false
}

func containsRange(runes []rune, lo, hi rune) bool {
	for _, r := range runes {
		if r >= lo && r <= hi {
			return true
		}
	}
	return false
}

// joins tells whether letters that join stand on both sides, marks aside. Of
// the scripts whose letters join, nearly all letters do.
func joins(runes []rune, i int) bool {
	letter := func(step int) bool {
		for k := i + step; k >= 0 && k < len(runes); k += step {
			if !unicode.Is(unicode.Mn, runes[k]) {
				return unicode.In(runes[k], unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko, unicode.Phags_Pa, unicode.Mandaic) &&
					unicode.IsLetter(runes[k])
			}
		}
		return false
	}
	return letter(-1) && letter(1)
}

// virama holds the code points whose canonical combining class is Virama.
var virama = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x094D, 0x094D, 1}, {0x09CD, 0x09CD, 1}, {0x0A4D, 0x0A4D, 1}, {0x0ACD, 0x0ACD, 1}, {0x0B4D, 0x0B4D, 1},
		{0x0BCD, 0x0BCD, 1}, {0x0C4D, 0x0C4D, 1}, {0x0CCD, 0x0CCD, 1}, {0x0D3B, 0x0D3C, 1}, {0x0D4D, 0x0D4D, 1},
		{0x0DCA, 0x0DCA, 1}, {0x0E3A, 0x0E3A, 1}, {0x0EBA, 0x0EBA, 1}, {0x0F84, 0x0F84, 1}, {0x1039, 0x103A, 1},
		{0x1714, 0x1715, 1}, {0x1734, 0x1734, 1}, {0x17D2, 0x17D2, 1}, {0x1A60, 0x1A60, 1}, {0x1B44, 0x1B44, 1},
		{0x1BAA, 0x1BAB, 1}, {0x1BF2, 0x1BF3, 1}, {0x2D7F, 0x2D7F, 1}, {0xA806, 0xA806, 1}, {0xA82C, 0xA82C, 1},
		{0xA8C4, 0xA8C4, 1}, {0xA953, 0xA953, 1}, {0xA9C0, 0xA9C0, 1}, {0xAAF6, 0xAAF6, 1}, {0xABED, 0xABED, 1},
	},
	R32: []unicode.Range32{
		{0x10A3F, 0x10A3F, 1}, {0x11046, 0x11046, 1}, {0x11070, 0x11070, 1}, {0x1107F, 0x1107F, 1}, {0x110B9, 0x110B9, 1},
		{0x11133, 0x11134, 1}, {0x111C0, 0x111C0, 1}, {0x11235, 0x11235, 1}, {0x112EA, 0x112EA, 1}, {0x1134D, 0x1134D, 1},
		{0x11442, 0x11442, 1}, {0x114C2, 0x114C2, 1}, {0x115BF, 0x115BF, 1}, {0x1163F, 0x1163F, 1}, {0x116B6, 0x116B6, 1},
		{0x1172B, 0x1172B, 1}, {0x11839, 0x11839, 1}, {0x1193D, 0x1193E, 1}, {0x119E0, 0x119E0, 1}, {0x11A34, 0x11A34, 1},
		{0x11A47, 0x11A47, 1}, {0x11A99, 0x11A99, 1}, {0x11C3F, 0x11C3F, 1}, {0x11D44, 0x11D45, 1}, {0x11D97, 0x11D97, 1},
	},
}

// rightToLeft tells the letters that are written from right to left.
func rightToLeft(r rune) bool {
	return unicode.IsLetter(r) && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Samaritan, unicode.Mandaic)
}

// bidiLabel is the Bidi rule of RFC 5893, section 2, with the classes as far as
// labels can have them: letters from right to left, other letters, numbers and
// marks.
func bidiLabel(runes []rune) bool {
	first, any := rightToLeft(runes[0]), false
	last := runes[0]
	arabic, european := false, false
	for _, r := range runes {
		any = any || rightToLeft(r)
		if !unicode.Is(unicode.Mn, r) {
			last = r
		}
		arabic = arabic || r >= 0x660 && r <= 0x669
		european = european || r >= '0' && r <= '9' || r >= 0x6F0 && r <= 0x6F9
	}
	if !any {
		return true
	}
	if !first {
		return false
	}
	for _, r := range runes {
		if unicode.IsLetter(r) && !rightToLeft(r) {
			return false
		}
	}
	return (rightToLeft(last) || unicode.IsDigit(last)) && !(arabic && european)
}
