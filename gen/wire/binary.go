package wire

import (
	"encoding/base64"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
)

// ParseBase64 reads a value of xs:base64Binary (XML Schema Part 2, section
// 3.2.16), with white space in it and around it.
func ParseBase64(text string) ([]byte, error) {
	s := normalise(spaceCollapse, text)
	if !isBase64(s) {
		return nil, notValue(text, "base64Binary")
	}
	data, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		return nil, notValue(text, "base64Binary")
	}
	return data, nil
}

// AppendBase64 appends the canonical form of a value of xs:base64Binary: no
// white space.
func AppendBase64(b, data []byte) []byte { return base64.StdEncoding.AppendEncode(b, data) }

// ParseHex reads a value of xs:hexBinary (XML Schema Part 2, section 3.2.15),
// with white space around it.
func ParseHex(text string) ([]byte, error) {
	s := trimSpace(text)
	if !isHex(s) {
		return nil, notValue(text, "hexBinary")
	}
	data, err := hex.DecodeString(s)
	if err != nil {
		return nil, notValue(text, "hexBinary")
	}
	return data, nil
}

// AppendHex appends the canonical form of a value of xs:hexBinary: digits in
// upper case.
func AppendHex(b, data []byte) []byte {
	const digits = "0123456789ABCDEF"
	for _, c := range data {
		b = append(b, digits[c>>4], digits[c&15])
	}
	return b
}

// ParseDouble reads a value of xs:double (XML Schema Part 2, section 3.2.5), with
// white space around it. A number that is too large is infinite.
func ParseDouble(text string) (float64, error) { return parseSpecial(text, 64, "double") }

// ParseFloat reads a value of xs:float (XML Schema Part 2, section 3.2.4), with
// white space around it. A number that is too large is infinite.
func ParseFloat(text string) (float32, error) {
	f, err := parseSpecial(text, 32, "float")
	return float32(f), err
}

func parseSpecial(text string, size int, name string) (float64, error) {
	s := trimSpace(text)
	switch {
	case s == "INF":
		return math.Inf(1), nil
	case s == "-INF":
		return math.Inf(-1), nil
	case s == "NaN":
		return math.NaN(), nil
	case !isDecimal(s):
		return 0, notValue(text, name)
	}
	f, _ := strconv.ParseFloat(s, size) // out of range is infinite
	return f, nil
}

// AppendDouble appends the canonical form of a value of xs:double (section
// 3.2.5.2): 1.0E0, INF, NaN.
func AppendDouble(b []byte, f float64) []byte { return appendSpecial(b, f, 64) }

// AppendFloat appends the canonical form of a value of xs:float (section
// 3.2.4.2).
func AppendFloat(b []byte, f float32) []byte { return appendSpecial(b, float64(f), 32) }

func appendSpecial(b []byte, f float64, size int) []byte {
	switch {
	case math.IsNaN(f):
		return append(b, "NaN"...)
	case math.IsInf(f, 1):
		return append(b, "INF"...)
	case math.IsInf(f, -1):
		return append(b, "-INF"...)
	}
	var text [32]byte
	mantissa, exponent, _ := strings.Cut(string(strconv.AppendFloat(text[:0], f, 'E', -1, size)), "E")
	b = append(b, mantissa...)
	if !strings.Contains(mantissa, ".") {
		b = append(b, ".0"...)
	}
	b = append(b, 'E')
	if exponent[0] == '-' {
		b = append(b, '-')
	}
	if exponent = strings.TrimLeft(exponent[1:], "0"); exponent == "" {
		exponent = "0"
	}
	return append(b, exponent...)
}

// QName is a value of xs:QName (XML Schema Part 2, section 3.2.18): a local name
// in a namespace. Two are the same when they are equal; prefixes do not count.
type QName struct {
	Space string // empty: none
	Local string
}

// ParseQName reads a value of xs:QName, with white space around it. lookup
// returns the namespace of a prefix, the empty one for the default namespace.
func ParseQName(text string, lookup func(prefix string) (space string, ok bool)) (QName, error) {
	s := trimSpace(text)
	if !isQName(s) {
		return QName{}, notValue(text, "QName")
	}
	prefix, local, ok := strings.Cut(s, ":")
	if !ok {
		prefix, local = "", s
	}
	space, ok := lookup(prefix)
	if !ok && prefix != "" {
		return QName{}, notValue(text, "QName")
	}
	return QName{space, local}, nil
}

// String returns the name as {namespace}local, or the local name alone.
func (q QName) String() string { return expandedName(q.Space, q.Local) }

// MarshalText returns the name as String does: a prefix means nothing outside of
// a document.
func (q QName) MarshalText() ([]byte, error) { return []byte(q.String()), nil }

// UnmarshalText reads the form that MarshalText writes.
func (q *QName) UnmarshalText(text []byte) error {
	s := string(text)
	space := ""
	if rest, ok := strings.CutPrefix(s, "{"); ok {
		i := strings.LastIndexByte(rest, '}')
		if i < 0 {
			return notValue(s, "QName")
		}
		space, s = rest[:i], rest[i+1:]
	}
	if !isNCName(s) {
		return notValue(string(text), "QName")
	}
	*q = QName{space, s}
	return nil
}
