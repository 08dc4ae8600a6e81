package observe

import (
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/model"
)

// Primitive returns the primitive of a scalar or an enumeration, and "" for
// every other type.
func Primitive(t *model.Type) model.Primitive {
	switch {
	case t == nil:
		return ""
	case t.Kind == model.KindScalar:
		return t.Scalar.Primitive
	case t.Kind == model.KindEnumeration:
		return t.Enum.Primitive
	}
	return ""
}

// trim takes away the white space that every type but a string collapses (XML
// Schema Part 2, section 4.3.6).
func trim(s string) string { return strings.Trim(s, " \t\r\n") }

func integral(p model.Primitive) bool {
	return p == model.Int32 || p == model.Int64 || p == model.Uint64 || p == model.Integer
}

func numeric(p model.Primitive) bool {
	return integral(p) || p == model.Decimal || p == model.Float32 || p == model.Float64
}

// The lexical spaces of XML Schema Part 2, section 3.2, where no function of
// the standard library reads them.
var (
	integers  = regexp.MustCompile(`^[+-]?[0-9]+$`)
	decimals  = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$`)
	floats    = regexp.MustCompile(`^([+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|-?INF|NaN)$`)
	dateTimes = regexp.MustCompile(`^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})?$`)
	dates     = regexp.MustCompile(`^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?$`)
	times     = regexp.MustCompile(`^[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})?$`)
	durations = regexp.MustCompile(`^-?P([0-9]+W|([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?)$`)
	calendars = regexp.MustCompile(`^(-?[0-9]{4,}(-[0-9]{2})?|--[0-9]{2}(-[0-9]{2})?|---[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?$`)
	numbers   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
)

func isJSONNumber(s string) bool { return numbers.MatchString(s) }

// Spells tells whether a text spells a value of a primitive. A time needs the
// layouts of a contract: see [Fits].
func Spells(p model.Primitive, text string) bool {
	s := trim(text)
	switch p {
	case model.Boolean:
		return slices.Contains([]string{"true", "false", "1", "0"}, s)
	case model.Int32:
		return integers.MatchString(s) && within(s, "-2147483648", "2147483647")
	case model.Int64:
		return integers.MatchString(s) && within(s, "-9223372036854775808", "9223372036854775807")
	case model.Uint64:
		return integers.MatchString(s) && within(s, "0", "18446744073709551615")
	case model.Integer:
		return integers.MatchString(s)
	case model.Decimal:
		return decimals.MatchString(s) || numbers.MatchString(s)
	case model.Float32, model.Float64:
		return floats.MatchString(s)
	case model.DateTime:
		return dateTimes.MatchString(s)
	case model.Date:
		return dates.MatchString(s)
	case model.TimeOf:
		return times.MatchString(s)
	case model.Duration:
		return durations.MatchString(s)
	case model.GYearMonth, model.GYear, model.GMonthDay, model.GDay, model.GMonth:
		return calendars.MatchString(s)
	case model.Hex:
		_, err := hex.DecodeString(s)
		return err == nil
	case model.Base64:
		_, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
		return err == nil
	}
	return true
}

func within(s, low, high string) bool {
	d, ok := decimal(s)
	l, _ := decimal(low)
	h, _ := decimal(high)
	return ok && d.Cmp(l) >= 0 && d.Cmp(h) <= 0
}

// decimal reads a number as XML or JSON spells it.
func decimal(s string) (constraint.Decimal, bool) {
	d, err := constraint.ParseDecimal(trim(s))
	return d, err == nil
}

// Fits tells whether a text is a value of a simple type: spelled as its
// primitive, listed in its enumeration and within its bounds. Sentinels for an
// absent value fit. Patterns are left to the validators, since the two forms
// write them in different languages.
func Fits(t *model.Type, text string) bool {
	return simpleType(t) && (slices.Contains(t.Hints.Absent, trim(text)) || spelled(t, text) && listed(t, text) && bounded(t, text))
}

func simpleType(t *model.Type) bool {
	return t != nil && (t.Kind == model.KindScalar || t.Kind == model.KindEnumeration)
}

// spelled tells whether a text spells a value of the type's primitive.
func spelled(t *model.Type, text string) bool {
	p := Primitive(t)
	if p != model.Time {
		return Spells(p, text)
	}
	layouts := t.Hints.Layouts
	if len(layouts) == 0 {
		layouts = []string{time.RFC3339}
	}
	return slices.ContainsFunc(layouts, func(layout string) bool {
		_, err := time.Parse(layout, trim(text))
		return err == nil
	})
}

// listed tells whether a text is a value of the type's enumeration.
func listed(t *model.Type, text string) bool {
	if t.Kind != model.KindEnumeration || t.Enum.Open {
		return true
	}
	return slices.ContainsFunc(t.Enum.Values, func(v model.EnumValue) bool {
		if v.Value == text || trim(v.Value) == trim(text) {
			return true
		}
		if !numeric(t.Enum.Primitive) {
			return false
		}
		a, ok := decimal(v.Value)
		b, fine := decimal(text)
		return ok && fine && a.Cmp(b) == 0
	})
}

// bounded tells whether a number is within the bounds of its type, and a string
// no longer or shorter than its type says.
func bounded(t *model.Type, text string) bool {
	domain, ok := constraint.DomainOf(t)
	if !ok || len(t.Constraints) == 0 {
		return true
	}
	set := constraint.Of(t.Constraints, domain)
	if domain == constraint.Texts {
		return set.AdmitsCount(utf8.RuneCountInString(text))
	}
	d, ok := decimal(text)
	return !ok || set.AdmitsNumber(d)
}
