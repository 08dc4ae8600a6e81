package wire

import (
	"math"
	"strconv"
	"strings"
)

// This file is about the built-in types of XML Schema Part 2, section 3.

// xmlKind is the primitive type that an atomic type is derived from, or the
// variety of another.
type xmlKind uint8

const (
	kindAny xmlKind = iota // anySimpleType
	kindString
	kindURI
	kindBoolean
	kindDecimal
	kindFloat
	kindDouble
	kindDuration
	kindDateTime
	kindTime
	kindDate
	kindYearMonth
	kindYear
	kindMonthDay
	kindDay
	kindMonth
	kindHex
	kindBase64
	kindQName
	kindNotation
	kindList
	kindUnion
)

// ordered tells whether the kind has bounds (Part 2, section 4.2.2).
func (k xmlKind) ordered() bool { return kindDecimal <= k && k <= kindMonth }

// named tells whether values of the kind are qualified names.
func (k xmlKind) named() bool { return k == kindQName || k == kindNotation }

// measured tells whether the kind has a length.
func (k xmlKind) measured() bool {
	switch k {
	case kindString, kindURI, kindHex, kindBase64, kindQName, kindNotation, kindList:
		return true
	}
	return false
}

// xmlRole is what a value of a type says about others.
type xmlRole uint8

const (
	roleID xmlRole = iota + 1
	roleIDRef
	roleEntity
)

// xmlBuiltin is a built-in type.
type xmlBuiltin struct {
	name    string
	base    string // what it is derived from; "" for anySimpleType
	kind    xmlKind
	space   xmlSpacing
	integer bool
	item    string // of a list
	role    xmlRole
	// lexical tells whether a text, whose white space has been processed, is in
	// the lexical space; nil when every text is.
	lexical func(string) bool
	want    string // what is expected, for messages
	min     string
	max     string
}

// bounds returns the range of an integer type.
func (b *xmlBuiltin) bounds() []xmlBound {
	var list []xmlBound
	if b.min != "" {
		list = append(list, xmlBound{facet: "minInclusive", text: b.min, value: xmlValue{dec: parseDecimal([]byte(b.min))}})
	}
	if b.max != "" {
		list = append(list, xmlBound{facet: "maxInclusive", upper: true, text: b.max, value: xmlValue{dec: parseDecimal([]byte(b.max))}})
	}
	return list
}

// xmlBuiltins are the built-in types, each behind what it is derived from.
var xmlBuiltins = []xmlBuiltin{
	{name: "anySimpleType"},
	{name: "string", base: "anySimpleType", kind: kindString},
	{name: "boolean", base: "anySimpleType", kind: kindBoolean, space: spaceCollapse, lexical: isBoolean, want: "true, false, 1 or 0"},
	{name: "decimal", base: "anySimpleType", kind: kindDecimal, space: spaceCollapse, lexical: isPlainDecimal, want: "a decimal number without exponent"},
	{name: "float", base: "anySimpleType", kind: kindFloat, space: spaceCollapse, lexical: isDouble, want: "a number, INF, -INF or NaN"},
	{name: "double", base: "anySimpleType", kind: kindDouble, space: spaceCollapse, lexical: isDouble, want: "a number, INF, -INF or NaN"},
	{name: "duration", base: "anySimpleType", kind: kindDuration, space: spaceCollapse, lexical: isDuration, want: "a duration such as P1DT2H"},
	{name: "dateTime", base: "anySimpleType", kind: kindDateTime, space: spaceCollapse, lexical: isMoment(kindDateTime), want: "a time such as 2006-01-02T15:04:05Z"},
	{name: "time", base: "anySimpleType", kind: kindTime, space: spaceCollapse, lexical: isMoment(kindTime), want: "a time of day such as 15:04:05"},
	{name: "date", base: "anySimpleType", kind: kindDate, space: spaceCollapse, lexical: isMoment(kindDate), want: "a date such as 2006-01-02"},
	{name: "gYearMonth", base: "anySimpleType", kind: kindYearMonth, space: spaceCollapse, lexical: isMoment(kindYearMonth), want: "a month such as 2006-01"},
	{name: "gYear", base: "anySimpleType", kind: kindYear, space: spaceCollapse, lexical: isMoment(kindYear), want: "a year such as 2006"},
	{name: "gMonthDay", base: "anySimpleType", kind: kindMonthDay, space: spaceCollapse, lexical: isMoment(kindMonthDay), want: "a day of the year such as --01-02"},
	{name: "gDay", base: "anySimpleType", kind: kindDay, space: spaceCollapse, lexical: isMoment(kindDay), want: "a day of the month such as ---02"},
	{name: "gMonth", base: "anySimpleType", kind: kindMonth, space: spaceCollapse, lexical: isMoment(kindMonth), want: "a month of the year such as --01"},
	{name: "hexBinary", base: "anySimpleType", kind: kindHex, space: spaceCollapse, lexical: isHex, want: "pairs of hexadecimal digits"},
	{name: "base64Binary", base: "anySimpleType", kind: kindBase64, space: spaceCollapse, lexical: isBase64, want: "Base64"},
	{name: "anyURI", base: "anySimpleType", kind: kindURI, space: spaceCollapse, lexical: isURI, want: "a URI reference"},
	{name: "QName", base: "anySimpleType", kind: kindQName, space: spaceCollapse, lexical: isQName, want: "a name whose prefix is declared"},
	{name: "NOTATION", base: "anySimpleType", kind: kindNotation, space: spaceCollapse, lexical: isQName, want: "a name whose prefix is declared"},
	{name: "normalizedString", base: "string", kind: kindString, space: spaceReplace},
	{name: "token", base: "normalizedString", kind: kindString, space: spaceCollapse},
	{name: "language", base: "token", kind: kindString, space: spaceCollapse, lexical: isLanguage, want: "a language such as en or zh-Hans"},
	{name: "NMTOKEN", base: "token", kind: kindString, space: spaceCollapse, lexical: isNMTOKEN, want: "letters, digits, and - . _ :"},
	{name: "NMTOKENS", base: "anySimpleType", kind: kindList, space: spaceCollapse, item: "NMTOKEN"},
	{name: "Name", base: "token", kind: kindString, space: spaceCollapse, lexical: isName, want: "an XML name"},
	{name: "NCName", base: "Name", kind: kindString, space: spaceCollapse, lexical: isNCName, want: "an XML name without a colon"},
	{name: "ID", base: "NCName", kind: kindString, space: spaceCollapse, lexical: isNCName, role: roleID, want: "an XML name without a colon"},
	{name: "IDREF", base: "NCName", kind: kindString, space: spaceCollapse, lexical: isNCName, role: roleIDRef, want: "an XML name without a colon"},
	{name: "IDREFS", base: "anySimpleType", kind: kindList, space: spaceCollapse, item: "IDREF"},
	{name: "ENTITY", base: "NCName", kind: kindString, space: spaceCollapse, lexical: isNCName, role: roleEntity, want: "an XML name without a colon"},
	{name: "ENTITIES", base: "anySimpleType", kind: kindList, space: spaceCollapse, item: "ENTITY"},
	integerType("integer", "decimal", "", ""),
	integerType("nonPositiveInteger", "integer", "", "0"),
	integerType("negativeInteger", "nonPositiveInteger", "", "-1"),
	integerType("long", "integer", "-9223372036854775808", "9223372036854775807"),
	integerType("int", "long", "-2147483648", "2147483647"),
	integerType("short", "int", "-32768", "32767"),
	integerType("byte", "short", "-128", "127"),
	integerType("nonNegativeInteger", "integer", "0", ""),
	integerType("unsignedLong", "nonNegativeInteger", "0", "18446744073709551615"),
	integerType("unsignedInt", "unsignedLong", "0", "4294967295"),
	integerType("unsignedShort", "unsignedInt", "0", "65535"),
	integerType("unsignedByte", "unsignedShort", "0", "255"),
	integerType("positiveInteger", "nonNegativeInteger", "1", ""),
}

// integerType describes a type of whole numbers.
func integerType(name, base, lo, hi string) xmlBuiltin {
	b := xmlBuiltin{
		name: name, base: base, kind: kindDecimal, space: spaceCollapse, integer: true, min: lo, max: hi,
		want: "a whole number",
	}
	switch {
	case lo != "" && hi != "":
		b.want += " from " + lo + " to " + hi
	case lo != "":
		b.want += " of at least " + lo
	case hi != "":
		b.want += " of at most " + hi
	}
	b.lexical = func(s string) bool {
		return isInteger(s) && (lo == "" || compareInteger(s, lo) >= 0) && (hi == "" || compareInteger(s, hi) <= 0)
	}
	return b
}

// compareInteger compares two whole numbers by their digits.
func compareInteger(a, b string) int {
	negA, a := magnitude(a)
	negB, b := magnitude(b)
	if negA != negB {
		return sign(negB)
	}
	c := len(a) - len(b)
	if c == 0 {
		c = strings.Compare(a, b)
	}
	if negA {
		return -c
	}
	return c
}

// magnitude takes the sign and the needless zeros off a whole number. Zero has
// no sign.
func magnitude(s string) (neg bool, digits string) {
	if s[0] == '-' || s[0] == '+' {
		neg, s = s[0] == '-', s[1:]
	}
	s = strings.TrimLeft(s, "0")
	return neg && s != "", s
}

// xmlBuiltinNamed returns the built-in type of that local name, or nil.
func xmlBuiltinNamed(name string) *xmlBuiltin {
	for i := range xmlBuiltins {
		if xmlBuiltins[i].name == name {
			return &xmlBuiltins[i]
		}
	}
	return nil
}

// lexical tells whether a text, whose white space has been processed, is in
// the lexical space of an atomic type. v knows the prefixes in scope; nil
// declares all of them.
func (t *xmlSimple) lexical(v *xmlCheck, text string) bool {
	if t.item != nil {
		return v != nil
	}
	if t.builtin == nil || t.builtin.lexical == nil {
		return true
	}
	if !t.builtin.lexical(text) {
		return false
	}
	if v != nil && t.kind.named() {
		prefix, _, ok := strings.Cut(text, ":")
		if ok {
			_, ok = v.lookup(prefix)
			return ok
		}
	}
	return true
}

// value reads a text that is in the lexical space of an ordered type. digits
// is memory for it, which the result may keep.
func (t *xmlSimple) value(text string, digits *[]byte) (v xmlValue) {
	switch t.kind {
	case kindDecimal:
		v.dec = parseDigits(text, digits)
	case kindFloat, kindDouble:
		v.num = t.kind.number(text)
	case kindDuration:
		v.span, _ = parseDuration(text)
	default:
		v.moment, _ = parseMoment(t.kind, text)
	}
	return v
}

// parseDigits reads a decimal number. digits is memory for it, if not nil.
func parseDigits(text string, digits *[]byte) decimal {
	if digits == nil {
		return parseDecimal([]byte(text))
	}
	*digits = append((*digits)[:0], text...)
	return parseDecimal(*digits)
}

// number reads a text of the lexical space of float or double. What is too
// large is infinite (Part 2, section 3.2.4).
func (k xmlKind) number(text string) float64 {
	switch text {
	case "INF":
		return inf(1)
	case "-INF":
		return inf(-1)
	case "NaN":
		return math.NaN()
	}
	size := 64
	if k == kindFloat {
		size = 32
	}
	f, _ := strconv.ParseFloat(text, size)
	return f
}

func inf(sign int) float64 { return math.Inf(sign) }

// compare compares two values: -1, 0 or 1. ok is false when neither is larger
// and they are not equal.
func (k xmlKind) compare(a, b *xmlValue) (c int, ok bool) {
	switch k {
	case kindDecimal:
		return a.dec.cmp(&b.dec), true
	case kindFloat, kindDouble:
		switch {
		case a.num == b.num || a.num != a.num && b.num != b.num:
			return 0, true
		case a.num < b.num:
			return -1, true
		case a.num > b.num:
			return 1, true
		}
		return 0, false
	case kindDuration:
		return a.span.compare(&b.span)
	}
	return a.moment.compare(&b.moment)
}

// appendKey appends a text that equal values share, and only those.
func (k xmlKind) appendKey(b []byte, text string, digits *[]byte) ([]byte, bool) {
	switch k {
	case kindBoolean:
		v, ok := parseBool(text)
		return strconv.AppendBool(b, v), ok
	case kindDecimal:
		d := parseDigits(text, digits)
		return d.appendKey(b), true
	case kindFloat, kindDouble:
		f := k.number(text)
		if f == 0 {
			f = 0 // one key for 0 and -0, which are equal
		}
		return strconv.AppendFloat(b, f, 'g', -1, 64), true
	case kindDuration:
		d, ok := parseDuration(text)
		return d.appendKey(b), ok
	case kindDateTime, kindTime, kindDate, kindYearMonth, kindYear, kindMonthDay, kindDay, kindMonth:
		m, ok := parseMoment(k, text)
		return m.appendKey(b), ok
	case kindHex:
		for i := 0; i < len(text); i++ {
			c := text[i]
			if 'a' <= c && c <= 'f' {
				c -= 'a' - 'A'
			}
			b = append(b, c)
		}
		return b, true
	case kindBase64:
		for i := 0; i < len(text); i++ {
			if text[i] != ' ' {
				b = append(b, text[i])
			}
		}
		return b, true
	}
	return append(b, text...), true
}

// appendKey appends a text that equal numbers share.
func (d *decimal) appendKey(b []byte) []byte {
	if d.n == 0 {
		return append(b, '0')
	}
	if d.neg {
		b = append(b, '-')
	}
	var buf [maxDigits + 1]byte
	for _, c := range d.digitsIn(&buf) {
		if c != '.' {
			b = append(b, c)
		}
	}
	return strconv.AppendInt(append(b, 'e'), d.exp, 10)
}
