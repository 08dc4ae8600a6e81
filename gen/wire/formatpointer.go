package wire

import "strings"

// FormatJSONPointer is the format json-pointer: the string form of RFC 6901,
// section 3.
func FormatJSONPointer(s string) bool {
	if s != "" && s[0] != '/' {
		return false
	}
	for i := range len(s) {
		if s[i] == '~' && (i+1 == len(s) || s[i+1] != '0' && s[i+1] != '1') {
			return false
		}
	}
	return true
}

// FormatRelativeJSONPointer is the format relative-json-pointer.
func FormatRelativeJSONPointer(s string) bool {
	i := skipDigits(s, 0)
	if i == 0 || i > 1 && s[0] == '0' {
		return false
	}
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		j := skipDigits(s, i+1)
		if j == i+1 || s[i+1] == '0' {
			return false
		}
		i = j
	}
	return s[i:] == "#" || FormatJSONPointer(s[i:])
}

// FormatUUID is the format uuid of RFC 4122, section 3.
func FormatUUID(s string) bool {
	if len(s) != len("2eb8aa08-aa98-11ea-b4aa-73b441d16380") {
		return false
	}
	for i := range len(s) {
		if hyphen := i == 8 || i == 13 || i == 18 || i == 23; hyphen != (s[i] == '-') || !hyphen && !isHexDigit(s[i]) {
			return false
		}
	}
	return true
}

// FormatURITemplate is the format uri-template of RFC 6570, section 2.
func FormatURITemplate(s string) bool {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '{':
			n := strings.IndexByte(s[i:], '}')
			if n < 0 || !templateExpression(s[i+1:i+n]) {
				return false
			}
			i += n + 1
		case c == '%':
			if i+2 >= len(s) || !isHexDigit(s[i+1]) || !isHexDigit(s[i+2]) {
				return false
			}
			i += 3
		case c <= ' ' || c == 0x7F || strings.IndexByte("\"<>\\^`|}", c) >= 0:
			return false
		default:
			i++
		}
	}
	return true
}

// templateExpression reads what stands between braces.
func templateExpression(s string) bool {
	if s != "" && strings.IndexByte("+#./;?&=,!@|", s[0]) >= 0 {
		s = s[1:]
	}
	for _, v := range strings.Split(s, ",") {
		if name, ok := strings.CutSuffix(v, "*"); ok {
			v = name
		} else if name, n, ok := strings.Cut(v, ":"); ok {
			if n == "" || len(n) > 4 || n[0] == '0' || skipDigits(n, 0) != len(n) {
				return false
			}
			v = name
		}
		if !templateName(v) {
			return false
		}
	}
	return true
}

func templateName(s string) bool {
	if s == "" || s[0] == '.' || s[len(s)-1] == '.' || strings.Contains(s, "..") {
		return false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isAlpha(c), isDigit(c), c == '_', c == '.':
		case c == '%' && i+2 < len(s) && isHexDigit(s[i+1]) && isHexDigit(s[i+2]):
			i += 2
		default:
			return false
		}
	}
	return true
}
