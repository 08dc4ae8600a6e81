package wire

import (
	"strings"
	"unicode/utf8"
)

// FormatURI is the format uri: URI of RFC 3986, section 3.
func FormatURI(s string) bool { return isASCII(s) && reference(s, true) }

// FormatURIReference is the format uri-reference of RFC 3986, section 4.1.
func FormatURIReference(s string) bool { return isASCII(s) && reference(s, false) }

// FormatIRI is the format iri: IRI of RFC 3987, section 2.2.
func FormatIRI(s string) bool { return utf8.ValidString(s) && reference(s, true) }

// FormatIRIReference is the format iri-reference of RFC 3987, section 2.2.
func FormatIRIReference(s string) bool { return utf8.ValidString(s) && reference(s, false) }

// reference reads a reference, which with absolute must begin with a scheme.
func reference(s string, absolute bool) bool {
	rest, fragment, ok := strings.Cut(s, "#")
	if ok && !uriText(fragment, "/?:@", false) {
		return false
	}
	rest, query, ok := strings.Cut(rest, "?")
	if ok && !uriText(query, "/?:@", true) {
		return false
	}
	if i := strings.IndexAny(rest, ":/"); i > 0 && rest[i] == ':' {
		if !scheme(rest[:i]) {
			return false
		}
		rest = rest[i+1:]
	} else if absolute || i == 0 && rest[0] == ':' {
		return false
	}
	if authority, ok := strings.CutPrefix(rest, "//"); ok {
		rest = ""
		if i := strings.IndexByte(authority, '/'); i >= 0 {
			authority, rest = authority[:i], authority[i:]
		}
		if !uriAuthority(authority) {
			return false
		}
	}
	return uriText(rest, "/:@", false)
}

func scheme(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlpha(c) && (i == 0 || !isDigit(c) && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return true
}

// uriAuthority reads user, host and port (RFC 3986, section 3.2).
func uriAuthority(s string) bool {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		if !uriText(s[:i], ":", false) {
			return false
		}
		s = s[i+1:]
	}
	if strings.HasPrefix(s, "[") {
		i := strings.IndexByte(s, ']')
		if i < 0 || !ipLiteral(s[1:i]) {
			return false
		}
		s = s[i+1:]
		return s == "" || s[0] == ':' && skipDigits(s, 1) == len(s)
	}
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		if skipDigits(s, i+1) != len(s) {
			return false
		}
		s = s[:i]
	}
	return uriText(s, "", false)
}

// ipLiteral reads what may stand between brackets (RFC 3986, section 3.2.2).
func ipLiteral(s string) bool {
	if s == "" || s[0]|0x20 != 'v' {
		return FormatIPv6(s)
	}
	version, address, ok := strings.Cut(s[1:], ".")
	if !ok || version == "" || address == "" || strings.IndexByte(address, '%') >= 0 {
		return false
	}
	for i := range len(version) {
		if !isHexDigit(version[i]) {
			return false
		}
	}
	return uriText(address, ":", false)
}

// uriText tells whether a part has only unreserved characters, escapes,
// sub-delimiters and those in more (RFC 3986, section 2; RFC 3987, section
// 2.2, for those beyond ASCII). A query may have private ones.
func uriText(s, more string, private bool) bool {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case isAlpha(c), isDigit(c), uriMarks.has(c), strings.IndexByte(more, c) >= 0:
			i++
		case c == '%':
			if i+2 >= len(s) || !isHexDigit(s[i+1]) || !isHexDigit(s[i+2]) {
				return false
			}
			i += 3
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if !iriRune(r) && !(private && privateRune(r)) {
				return false
			}
			i += n
		default:
			return false
		}
	}
	return true
}

// uriMarks are the marks of unreserved, and sub-delims (RFC 3986, sections 2.2
// and 2.3).
var uriMarks = newASCIISet("-._~!$&'()*+,;=")

// asciiSet is a set of ASCII characters.
type asciiSet [2]uint64

func newASCIISet(chars string) (s asciiSet) {
	for _, c := range []byte(chars) {
		s[c>>6] |= 1 << (c & 63)
	}
	return s
}

func (s *asciiSet) has(c byte) bool { return c < utf8.RuneSelf && s[c>>6&1]>>(c&63)&1 != 0 }

// iriRune is ucschar of RFC 3987, section 2.2.
func iriRune(r rune) bool {
	switch {
	case r < 0xA0:
		return false
	case r <= 0xD7FF, r >= 0xF900 && r <= 0xFDCF, r >= 0xFDF0 && r <= 0xFFEF:
		return true
	}
	return r >= 0x10000 && r < 0xF0000 && r&0xFFFF <= 0xFFFD && (r>>16 != 0xE || r&0xFFFF >= 0x1000)
}

// privateRune is iprivate of RFC 3987, section 2.2.
func privateRune(r rune) bool {
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 && r&0xFFFF <= 0xFFFD
}
