package wire

import (
	"math/big"
	"strings"
)

// Must is for the parsers of this package on texts that are known to be right: it
// panics on an error.
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Ptr returns a pointer to v.
func Ptr[T any](v T) *T { return &v }

// Decimal is a value of xs:decimal (XML Schema Part 2, section 3.2.3), exact and
// of any size. It keeps its spelling; the zero value is 0.
type Decimal struct{ text string }

// ParseDecimal reads a value of xs:decimal, with white space around it.
func ParseDecimal(text string) (Decimal, error) {
	s := trimSpace(text)
	if !isPlainDecimal(s) {
		return Decimal{}, notValue(text, "decimal")
	}
	if s == "0" {
		return Decimal{}, nil // one value, one form
	}
	return Decimal{s}, nil
}

// Lexical returns the value as it was spelled, without white space around it.
func (v Decimal) Lexical() string {
	if v.text == "" {
		return "0"
	}
	return v.text
}

// String returns the canonical form: a point with a digit on either side, and no
// other zeros than needed (section 3.2.3.2).
func (v Decimal) String() string {
	neg, whole, part := splitDecimal(v.Lexical())
	if whole == "" {
		whole = "0"
	}
	if part == "" {
		part = "0"
	}
	return sign10(neg, whole+"."+part)
}

// splitDecimal returns the digits in front of the point without zeros before
// them, and those behind it without zeros after them.
func splitDecimal(s string) (neg bool, whole, part string) {
	neg = strings.HasPrefix(s, "-")
	s = strings.TrimLeft(s, "+-")
	whole, part, _ = strings.Cut(s, ".")
	whole, part = strings.TrimLeft(whole, "0"), strings.TrimRight(part, "0")
	return neg && whole+part != "", whole, part
}

func sign10(neg bool, digits string) string {
	if neg {
		return "-" + digits
	}
	return digits
}

// Compare orders two decimals: -1, 0 or 1.
func (v Decimal) Compare(w Decimal) int {
	a, b := parseDecimal([]byte(v.Lexical())), parseDecimal([]byte(w.Lexical()))
	return a.cmp(&b)
}

// Equal tells whether two decimals are one number, as 1.0 and 1 are.
func (v Decimal) Equal(w Decimal) bool { return v.Compare(w) == 0 }

// Rat returns the number as a fraction.
func (v Decimal) Rat() *big.Rat {
	r, _ := new(big.Rat).SetString(v.String())
	return r
}

// MarshalText returns the value as it was spelled.
func (v Decimal) MarshalText() ([]byte, error) { return []byte(v.Lexical()), nil }

// UnmarshalText reads a value of xs:decimal.
func (v *Decimal) UnmarshalText(text []byte) (err error) {
	*v, err = ParseDecimal(string(text))
	return err
}

// Integer is a value of xs:integer (XML Schema Part 2, section 3.3.13), of any
// size. It keeps its spelling; the zero value is 0.
type Integer struct{ text string }

// ParseInteger reads a value of xs:integer, with white space around it.
func ParseInteger(text string) (Integer, error) {
	s := trimSpace(text)
	if !isInteger(s) {
		return Integer{}, notValue(text, "integer")
	}
	if s == "0" {
		return Integer{}, nil // one value, one form
	}
	return Integer{s}, nil
}

// NewInteger returns the value of a big integer.
func NewInteger(n *big.Int) Integer { return Integer{n.String()} }

// Lexical returns the value as it was spelled, without white space around it.
func (v Integer) Lexical() string {
	if v.text == "" {
		return "0"
	}
	return v.text
}

// String returns the canonical form: no plus sign and no leading zeros (section
// 3.3.13.2).
func (v Integer) String() string {
	neg, whole, _ := splitDecimal(v.Lexical())
	if whole == "" {
		whole = "0"
	}
	return sign10(neg, whole)
}

// Int64 returns the number, if it fits.
func (v Integer) Int64() (int64, bool) { return parseInt64(v.Lexical()) }

// Big returns the number as a big integer.
func (v Integer) Big() *big.Int {
	n, _ := new(big.Int).SetString(v.String(), 10)
	return n
}

// Compare orders two integers: -1, 0 or 1.
func (v Integer) Compare(w Integer) int {
	a, b := parseDecimal([]byte(v.Lexical())), parseDecimal([]byte(w.Lexical()))
	return a.cmp(&b)
}

// Equal tells whether two integers are one number, as 01 and 1 are.
func (v Integer) Equal(w Integer) bool { return v.Compare(w) == 0 }

// MarshalText returns the value as it was spelled.
func (v Integer) MarshalText() ([]byte, error) { return []byte(v.Lexical()), nil }

// UnmarshalText reads a value of xs:integer.
func (v *Integer) UnmarshalText(text []byte) (err error) {
	*v, err = ParseInteger(string(text))
	return err
}
