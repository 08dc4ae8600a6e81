package wire

import (
	"encoding/base64"
	"strings"
)

// Format is a format of JSON Schema (Validation, section 7): a rule for strings
// that a name stands for. Generated code names the functions of the formats
// that its contract has, so that a program links no others.
type Format struct {
	Name string
	// Holds tells whether a string is of the format.
	Holds func(string) bool
}

// letters and digits as the Internet's standards mean them: of ASCII.

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isHexDigit(c byte) bool { return hexDigit(c) >= 0 }

// digitsAt returns the number that the n digits at i of s spell, or -1.
func digitsAt(s string, i, n int) int {
	if len(s) < i+n {
		return -1
	}
	v := 0
	for _, c := range []byte(s[i : i+n]) {
		if !isDigit(c) {
			return -1
		}
		v = v*10 + int(c-'0')
	}
	return v
}

// skipDigits returns the offset behind the digits at i of s.
func skipDigits(s string, i int) int {
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return i
}

// FormatBase64 is contentEncoding base64 (RFC 4648, section 4).
func FormatBase64(s string) bool {
	_, err := base64.StdEncoding.DecodeString(s)
	return err == nil && strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\r') < 0
}

// FormatJSON is contentMediaType application/json.
func FormatJSON(s string) bool {
	v := jsonChecks.Get().(*jsonCheck)
	defer jsonChecks.Put(v)
	return v.read([]byte(s), nil)
}

// FormatBase64JSON is contentEncoding base64 with contentMediaType
// application/json.
func FormatBase64JSON(s string) bool {
	text, err := base64.StdEncoding.DecodeString(s)
	return err == nil && FormatJSON(string(text))
}
