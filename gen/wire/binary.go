package wire

import (
	"encoding/base64"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
)

// Base64Binary is a value of xs:base64Binary (XML Schema Part 2, section 3.2.16).
// It keeps its spelling; the zero value holds no bytes.
type Base64Binary struct{ text string }

// NewBase64Binary returns the value that holds data.
func NewBase64Binary(data []byte) Base64Binary {
	return Base64Binary{base64.StdEncoding.EncodeToString(data)}
}

// ParseBase64Binary reads a value of xs:base64Binary, with white space in it and
// around it.
func ParseBase64Binary(text string) (Base64Binary, error) {
	if !isBase64(normalise(spaceCollapse, text)) {
		return Base64Binary{}, notValue(text, "base64Binary")
	}
	return Base64Binary{trimSpace(text)}, nil
}

// Bytes returns the bytes.
func (v Base64Binary) Bytes() []byte {
	data, _ := base64.StdEncoding.DecodeString(v.String())
	return data
}

// Lexical returns the value as it was spelled, without white space around it.
func (v Base64Binary) Lexical() string { return v.text }

// String returns the canonical form: no white space.
func (v Base64Binary) String() string {
	return strings.ReplaceAll(normalise(spaceCollapse, v.text), " ", "")
}

// Equal tells whether two values hold the same bytes.
func (v Base64Binary) Equal(w Base64Binary) bool { return v.String() == w.String() }

// MarshalText returns the value as it was spelled.
func (v Base64Binary) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:base64Binary.
func (v *Base64Binary) UnmarshalText(text []byte) (err error) {
	*v, err = ParseBase64Binary(string(text))
	return err
}

// HexBinary is a value of xs:hexBinary (XML Schema Part 2, section 3.2.15). It
// keeps its spelling; the zero value holds no bytes.
type HexBinary struct{ text string }

// NewHexBinary returns the value that holds data.
func NewHexBinary(data []byte) HexBinary {
	return HexBinary{strings.ToUpper(hex.EncodeToString(data))}
}

// ParseHexBinary reads a value of xs:hexBinary, with white space around it.
func ParseHexBinary(text string) (HexBinary, error) {
	s := trimSpace(text)
	if !isHex(s) {
		return HexBinary{}, notValue(text, "hexBinary")
	}
	return HexBinary{s}, nil
}

// Bytes returns the bytes.
func (v HexBinary) Bytes() []byte {
	data, _ := hex.DecodeString(v.text)
	return data
}

// Lexical returns the value as it was spelled, without white space around it.
func (v HexBinary) Lexical() string { return v.text }

// String returns the canonical form: digits in upper case.
func (v HexBinary) String() string { return strings.ToUpper(v.text) }

// Equal tells whether two values hold the same bytes.
func (v HexBinary) Equal(w HexBinary) bool { return v.String() == w.String() }

// MarshalText returns the value as it was spelled.
func (v HexBinary) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:hexBinary.
func (v *HexBinary) UnmarshalText(text []byte) (err error) {
	*v, err = ParseHexBinary(string(text))
	return err
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
// in a namespace. One that was read keeps its prefix, which its document
// declares.
type QName struct {
	Space string // empty: none
	Local string

	text string // as it was spelled; empty when it needs a declaration of its own
}

// Equal tells whether two names are the same: prefixes do not count.
func (q QName) Equal(o QName) bool { return q.Space == o.Space && q.Local == o.Local }

// IsZero tells whether there is no name.
func (q QName) IsZero() bool { return q.Local == "" }

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
	space, found := lookup(prefix)
	if !found && prefix != "" {
		return QName{}, notValue(text, "QName")
	}
	if prefix == "" && space != "" {
		s = "" // the document that is written may have another default namespace
	}
	return QName{space, local, s}, nil
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
	*q = QName{Space: space, Local: s}
	return nil
}
