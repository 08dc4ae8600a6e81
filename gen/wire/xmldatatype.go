package wire

import (
	"slices"
	"strings"
)

// This file reads values of the datatypes of XML Schema that Go has no type for.

// What the values of a datatype are, for a reader who did not find one.
const (
	wantDecimal      = "a decimal number"
	wantInteger      = "a whole number"
	wantDateTime     = "a date and time such as 2006-01-02T15:04:05Z"
	wantDate         = "a date such as 2006-01-02"
	wantTimeOfDay    = "a time of day such as 15:04:05"
	wantGYearMonth   = "a year and month such as 2006-01"
	wantGYear        = "a year such as 2006"
	wantGMonthDay    = "a month and day such as --01-02"
	wantGDay         = "a day such as ---02"
	wantGMonth       = "a month such as --01"
	wantDuration     = "a duration such as P1DT2H"
	wantBase64Binary = "bytes in base64"
	wantHexBinary    = "bytes in hexadecimal"
)

// lexical makes a parser of this package one that a reader takes.
func lexical[T any](parse func(string) (T, error)) func(string) (T, bool) {
	return func(text string) (T, bool) {
		v, err := parse(text)
		return v, err == nil
	}
}

// Decimal reads a decimal number of any size.
func (x *XML) Decimal() (Decimal, bool) {
	return scan(x, wantDecimal, lexical(ParseDecimal))
}

// Integer reads a whole number of any size.
func (x *XML) Integer() (Integer, bool) {
	return scan(x, wantInteger, lexical(ParseInteger))
}

// DateTime reads a date and time, with or without a zone.
func (x *XML) DateTime() (DateTime, bool) {
	return scan(x, wantDateTime, lexical(ParseDateTime))
}

// Date reads a date.
func (x *XML) Date() (Date, bool) {
	return scan(x, wantDate, lexical(ParseDate))
}

// TimeOfDay reads a time of day.
func (x *XML) TimeOfDay() (TimeOfDay, bool) {
	return scan(x, wantTimeOfDay, lexical(ParseTimeOfDay))
}

// GYearMonth reads a month of a year.
func (x *XML) GYearMonth() (GYearMonth, bool) {
	return scan(x, wantGYearMonth, lexical(ParseGYearMonth))
}

// GYear reads a year.
func (x *XML) GYear() (GYear, bool) {
	return scan(x, wantGYear, lexical(ParseGYear))
}

// GMonthDay reads a day of a year.
func (x *XML) GMonthDay() (GMonthDay, bool) {
	return scan(x, wantGMonthDay, lexical(ParseGMonthDay))
}

// GDay reads a day of a month.
func (x *XML) GDay() (GDay, bool) {
	return scan(x, wantGDay, lexical(ParseGDay))
}

// GMonth reads a month.
func (x *XML) GMonth() (GMonth, bool) {
	return scan(x, wantGMonth, lexical(ParseGMonth))
}

// Duration reads a duration.
func (x *XML) Duration() (Duration, bool) {
	return scan(x, wantDuration, lexical(ParseDuration))
}

// Base64Binary reads bytes in base64.
func (x *XML) Base64Binary() (Base64Binary, bool) {
	return scanBinary(x, wantBase64Binary, ParseBase64Binary)
}

// HexBinary reads bytes in hexadecimal.
func (x *XML) HexBinary() (HexBinary, bool) {
	return scanBinary(x, wantHexBinary, ParseHexBinary)
}

// scanBinary is scan for types of which an empty text is a value.
func scanBinary[T any](x *XML, want string, parse func(string) (T, error)) (v T, ok bool) {
	meta, whole := x.meta, x.special&inText == 0
	text, at, ok := x.value()
	if !ok || meta.Empty && trimSpace(text) == "" || slices.Contains(meta.Absent, trimSpace(text)) {
		return v, false
	}
	v, err := parse(text)
	if err != nil {
		x.cannotRead(at, meta, text, want, whole)
	}
	return v, err == nil
}

// QName reads a name, with the namespace that its prefix stands for here.
func (x *XML) QName() (QName, bool) {
	// The declarations of the element itself are out of scope when it is read,
	// and are not written again.
	scope, outer := x.bindings, len(x.bindings)
	if x.special&attrs != 0 {
		outer = x.outer
	}
	own := false
	lookup := func(prefix string) (string, bool) {
		space, at, ok := lookupIn(scope, prefix)
		own = at >= outer || strings.HasPrefix(prefix, ownPrefix)
		return space, ok
	}
	q, ok := scan(x, "a qualified name", lexical(func(text string) (QName, error) { return ParseQName(text, lookup) }))
	switch {
	case own:
		q.text = ""
	case q.text == "" && x.defaults:
		q.text = q.Local // the declaration of this default namespace is kept
	}
	return q, ok
}

// Token reads text in which white space is collapsed: none at the ends, and one
// space for each between (XML Schema Part 2, section 4.3.6).
func (x *XML) Token() (string, bool) { return x.spaced(spaceCollapse) }

// Line reads text in which every tab, carriage return and line feed is a space.
func (x *XML) Line() (string, bool) { return x.spaced(spaceReplace) }

func (x *XML) spaced(s xmlSpacing) (string, bool) {
	meta := x.meta
	text, ok := x.String()
	if !ok {
		return "", false
	}
	t := normalise(s, text)
	if t == text {
		return text, true
	}
	if t == "" && meta.Empty {
		return "", false
	}
	return meta.value(t)
}
