package xsd

import (
	"encoding/base64"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// valueClass is a primitive value space of Part 2, section 3.2 (integers apart
// from decimals, because their lexical space is smaller).
type valueClass int

const (
	classString valueClass = iota
	classBoolean
	classDecimal
	classInteger
	classFloat
	classDouble
	classDuration
	classDateTime
	classTime
	classDate
	classYearMonth
	classYear
	classMonthDay
	classDay
	classMonth
	classHex
	classBase64
	classURI
	classQName
	classNotation
)

// value is a value of a primitive value space. Schemas hold few of them, so it
// keeps what any class needs.
type value struct {
	class  valueClass
	text   string // strings, and the canonical text where equality is of texts
	rat    *big.Rat
	float  float64
	moment moment
	span   span
	length int // octets of binary, characters of the rest
	digits int // total digits of a decimal
	scale  int // fraction digits of a decimal
}

// parse reads a lexical value after white space normalization; why says what is
// wrong with it.
func (c valueClass) parse(s string) (v value, why string) {
	v = value{class: c, text: s, length: utf8.RuneCountInString(s)}
	switch c {
	case classString:
	case classBoolean:
		switch s {
		case "true", "1":
			v.text = "true"
		case "false", "0":
			v.text = "false"
		default:
			return v, "not true, false, 1 or 0"
		}
	case classDecimal, classInteger:
		return parseDecimal(v, s)
	case classFloat, classDouble:
		return parseFloat(v, s)
	case classDuration:
		span, why := parseDuration(s)
		v.span = span
		return v, why
	case classDateTime, classTime, classDate, classYearMonth, classYear, classMonthDay, classDay, classMonth:
		m, why := parseMoment(c, s)
		v.moment = m
		return v, why
	case classHex:
		if len(s)%2 != 0 || strings.Trim(s, "0123456789abcdefABCDEF") != "" {
			return v, "not pairs of hexadecimal digits"
		}
		v.length = len(s) / 2
		v.text = strings.ToUpper(s)
	case classBase64:
		return parseBase64(v, s)
	case classURI:
		if why := checkURI(s); why != "" {
			return v, why
		}
	case classQName, classNotation:
		prefix, local := splitQName(s)
		if !isNCName(local) || strings.Contains(s, ":") && !isNCName(prefix) {
			return v, "not a qualified name"
		}
	}
	return v, ""
}

func parseDecimal(v value, s string) (value, string) {
	body := s
	negative := strings.HasPrefix(body, "-")
	if negative || strings.HasPrefix(body, "+") {
		body = body[1:]
	}
	whole, frac, dot := strings.Cut(body, ".")
	if dot && v.class == classInteger {
		return v, "not an integer"
	}
	if whole+frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		if v.class == classInteger {
			return v, "not an integer"
		}
		return v, "not a decimal number"
	}
	whole = strings.TrimLeft(whole, "0")
	frac = strings.TrimRight(frac, "0")
	v.scale = len(frac)
	v.digits = max(1, len(whole)+len(frac))
	text := whole + frac
	if text == "" {
		text = "0"
	}
	num, _ := new(big.Int).SetString(text, 10)
	if negative {
		num.Neg(num)
	}
	v.rat = new(big.Rat).SetFrac(num, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(len(frac))), nil))
	return v, ""
}

func parseFloat(v value, s string) (value, string) {
	bits := 64
	if v.class == classFloat {
		bits = 32
	}
	switch s {
	case "INF":
		v.float = math.Inf(1)
		return v, ""
	case "-INF":
		v.float = math.Inf(-1)
		return v, ""
	case "NaN":
		v.float = math.NaN()
		return v, ""
	}
	mantissa, exponent, e := strings.Cut(strings.ReplaceAll(s, "E", "e"), "e")
	if _, why := parseDecimal(value{class: classDecimal}, mantissa); why != "" {
		return v, "not a floating point number"
	}
	if e {
		if _, why := parseDecimal(value{class: classInteger}, exponent); why != "" {
			return v, "not a floating point number"
		}
	}
	v.float, _ = strconv.ParseFloat(s, bits) // out of range is infinite
	return v, ""
}

func parseBase64(v value, s string) (value, string) {
	compact := strings.ReplaceAll(s, " ", "")
	data, err := base64.StdEncoding.Strict().DecodeString(compact)
	if err != nil || strings.Contains(s, "  ") || strings.ContainsAny(s, "\r\n\t") {
		return v, "not base64"
	}
	v.length = len(data)
	v.text = string(data)
	return v, ""
}

// checkURI accepts what xs:anyURI does: an IRI-like text that becomes a URI
// reference (RFC 2396 with RFC 2732) once the characters that XLink escapes are
// escaped. That leaves few rules.
func checkURI(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && (i+2 >= len(s) || !isHexByte(s[i+1]) || !isHexByte(s[i+2])) {
			return "a percent sign without two hexadecimal digits"
		}
	}
	if strings.Count(s, "#") > 1 {
		return "two fragments"
	}
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return ""
	}
	if scheme == "" {
		return "a colon without a scheme"
	}
	for i := range len(scheme) {
		c := scheme[i] | 0x20
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", rune(scheme[i]))) {
			return "a bad scheme before the colon"
		}
	}
	return ""
}

func isHexByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// compare orders two values of one class: -1, 0 or 1. ok is false for values
// that have no order.
func (v value) compare(w value) (order int, ok bool) {
	switch v.class {
	case classDecimal, classInteger:
		return v.rat.Cmp(w.rat), true
	case classFloat, classDouble:
		vn, wn := math.IsNaN(v.float), math.IsNaN(w.float)
		switch {
		case vn && wn:
			return 0, true
		case vn || wn:
			return 0, false
		case v.float < w.float:
			return -1, true
		case v.float > w.float:
			return 1, true
		}
		return 0, true
	case classDuration:
		return v.span.compare(w.span)
	case classDateTime, classTime, classDate, classYearMonth, classYear, classMonthDay, classDay, classMonth:
		return v.moment.compare(w.moment)
	}
	if v.text == w.text {
		return 0, true
	}
	return 0, false
}
