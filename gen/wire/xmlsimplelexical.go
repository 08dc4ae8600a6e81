package wire

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// This file has the lexical spaces of the built-in types (Part 2, section 3),
// times and durations apart.

func isBoolean(s string) bool {
	_, ok := parseBool(s)
	return ok
}

// isPlainDecimal tells whether s is a decimal number without exponent.
func isPlainDecimal(s string) bool { return isDecimal(s) && !strings.ContainsAny(s, "eE") }

func isInteger(s string) bool {
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func isDouble(s string) bool { return isDecimal(s) || s == "INF" || s == "-INF" || s == "NaN" }

func isHex(s string) bool {
	for i := 0; i < len(s); i++ {
		if hexDigit(s[i]) < 0 {
			return false
		}
	}
	return len(s)%2 == 0
}

// isBase64 tells whether s is Base64 as section 3.2.16 has it: single spaces
// are allowed between the characters, and the bits that are not used are 0.
func isBase64(s string) bool {
	n, pad, last := 0, 0, byte(0)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == ' ' {
			continue
		}
		n++
		if c == '=' {
			pad++
			continue
		}
		if pad > 0 || base64Digit(c) < 0 {
			return false
		}
		last = c
	}
	switch pad {
	case 0:
	case 1:
		if base64Digit(last)&3 != 0 {
			return false
		}
	case 2:
		if base64Digit(last)&15 != 0 {
			return false
		}
	default:
		return false
	}
	return n%4 == 0
}

func base64Digit(c byte) int {
	switch {
	case 'A' <= c && c <= 'Z':
		return int(c - 'A')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 26
	case '0' <= c && c <= '9':
		return int(c-'0') + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return -1
}

// base64Size returns how many octets a text of Base64 stands for.
func base64Size(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] != ' ' && s[i] != '=' {
			n++
		}
	}
	return base64.RawStdEncoding.DecodedLen(n)
}

// isURI tells whether s is a URI reference once the characters that cannot
// stand in one are escaped (Part 2, section 3.2.17; XLink 1.0, section 5.4;
// RFC 2396).
func isURI(s string) bool {
	hashes := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '%':
			if i+2 >= len(s) || hexDigit(s[i+1]) < 0 || hexDigit(s[i+2]) < 0 {
				return false
			}
		case '#':
			hashes++
		}
	}
	if hashes > 1 {
		return false
	}
	i := strings.IndexAny(s, ":/?#")
	if i < 0 || s[i] != ':' {
		return true
	}
	// RFC 2396, section 3.1: before the first colon stands a scheme, and
	// something follows it.
	for j := 0; j < i; j++ {
		c := s[j]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (j == 0 || !isDigit(c) && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return i > 0 && i+1 < len(s) && s[i+1] != '#'
}

// isLanguage is the pattern of section 3.3.3.
func isLanguage(s string) bool {
	n, first := 0, true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '-':
			if n == 0 {
				return false
			}
			n, first = 0, false
			continue
		case 'a' <= c|0x20 && c|0x20 <= 'z', isDigit(c) && !first:
		default:
			return false
		}
		if n++; n > 8 {
			return false
		}
	}
	return n > 0
}

func isNMTOKEN(s string) bool {
	for _, r := range s {
		if !isNamePart(r) {
			return false
		}
	}
	return s != ""
}

func isName(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isNameStart(r) && isNMTOKEN(s)
}

func isNCName(s string) bool { return isName(s) && strings.IndexByte(s, ':') < 0 }

func isQName(s string) bool {
	prefix, local, ok := strings.Cut(s, ":")
	return isNCName(prefix) && (!ok || isNCName(local))
}

// isNamePart tells whether r may go on with a name (XML 1.0, production 4a).
func isNamePart(r rune) bool {
	if r < utf8.RuneSelf {
		return nameBytes[r] != 0
	}
	return isNameStart(r) || isNameChar(r)
}
