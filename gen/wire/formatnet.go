package wire

import (
	"strings"
	"unicode/utf8"
)

// FormatIPv4 is the format ipv4: dotted-quad of RFC 2673, section 3.2.
func FormatIPv4(s string) bool {
	for i := range 4 {
		j := skipDigits(s, 0)
		if j == 0 || j > 3 || j > 1 && s[0] == '0' || digitsAt(s, 0, j) > 255 {
			return false
		}
		s = s[j:]
		if i == 3 {
			return s == ""
		}
		if s == "" || s[0] != '.' {
			return false
		}
		s = s[1:]
	}
	return false
}

// FormatIPv6 is the format ipv6 of RFC 4291, section 2.2.
func FormatIPv6(s string) bool {
	const all = 8 // groups of 16 bits
	groups, gap := 0, false
	if strings.HasPrefix(s, "::") {
		gap, s = true, s[2:]
	}
	for s != "" {
		if i := strings.IndexByte(s, ':'); i < 0 && strings.IndexByte(s, '.') > 0 {
			if !FormatIPv4(s) {
				return false
			}
			groups += 2
			break
		}
		n := 0
		for n < len(s) && isHexDigit(s[n]) {
			n++
		}
		if n == 0 || n > 4 {
			return false
		}
		groups++
		s = s[n:]
		switch {
		case s == "":
		case strings.HasPrefix(s, "::"):
			if gap {
				return false
			}
			gap, s = true, s[2:]
		case s[0] == ':' && len(s) > 1:
			s = s[1:]
		default:
			return false
		}
	}
	return groups == all && !gap || groups < all && gap
}

// FormatRFC1123Hostname is the format hostname of drafts 4 and 6: of RFC 1123,
// section 2.1.
func FormatRFC1123Hostname(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for _, label := range strings.Split(s, ".") {
		if !plainLabel(label) {
			return false
		}
	}
	return true
}

// FormatHostname is the format hostname: of RFC 1123, section 2.1, with the
// labels of RFC 5890, section 2.3.2.3, that are encoded.
func FormatHostname(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for _, label := range strings.Split(s, ".") {
		if !asciiLabel(label) {
			return false
		}
	}
	return true
}

// asciiLabel tells whether a label is one of ASCII: letters, digits and, within
// it, hyphens. Hyphens at its third and fourth place are for encoded labels.
func asciiLabel(label string) bool {
	if !plainLabel(label) || len(label) < 4 || label[2:4] != "--" {
		return plainLabel(label)
	}
	if !strings.EqualFold(label[:2], "xn") {
		return false
	}
	decoded, ok := punycode(label[4:])
	return ok && !isASCII(decoded) && unicodeLabel(decoded) && encodedLength([]rune(decoded)) == len(label)
}

// plainLabel tells whether a label is letters, digits and, within it, hyphens.
func plainLabel(label string) bool {
	if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	for i := range len(label) {
		if c := label[i]; !isAlpha(c) && !isDigit(c) && c != '-' {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// FormatEmail is the format email: Mailbox of RFC 5321, section 4.1.2.
func FormatEmail(s string) bool { return isASCII(s) && mailbox(s, FormatHostname) }

// FormatIDNEmail is the format idn-email: Mailbox as RFC 6531, section 3.3,
// extends it.
func FormatIDNEmail(s string) bool { return utf8.ValidString(s) && mailbox(s, FormatIDNHostname) }

func mailbox(s string, host func(string) bool) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > 64 {
		return false
	}
	local, domain := s[:at], s[at+1:]
	if local[0] == '"' {
		if !quotedLocal(local) {
			return false
		}
	} else if !dotAtom(local) {
		return false
	}
	if literal, ok := strings.CutPrefix(domain, "["); ok {
		address, ok := strings.CutSuffix(literal, "]")
		if v6, is := strings.CutPrefix(address, "IPv6:"); is {
			return ok && FormatIPv6(v6)
		}
		return ok && FormatIPv4(address)
	}
	return host(domain)
}

// quotedLocal tells whether a local part is a quoted string.
func quotedLocal(s string) bool {
	if len(s) < 2 || s[len(s)-1] != '"' {
		return false
	}
	for i := 1; i < len(s)-1; i++ {
		switch c := s[i]; {
		case c == '\\':
			if i++; i == len(s)-1 || s[i] < ' ' || s[i] == 0x7F {
				return false
			}
		case c < ' ' || c == '"' || c == 0x7F:
			return false
		}
	}
	return true
}

// dotAtom tells whether a local part is atoms with single dots between them.
func dotAtom(s string) bool {
	for _, atom := range strings.Split(s, ".") {
		if atom == "" {
			return false
		}
		for i := range len(atom) {
			if c := atom[i]; c < utf8.RuneSelf && !isAlpha(c) && !isDigit(c) && strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) < 0 {
				return false
			}
		}
	}
	return true
}
