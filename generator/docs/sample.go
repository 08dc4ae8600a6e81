package docs

import (
	"bytes"
	"encoding/json"
	"math"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/model"
)

// moment is the time in every example.
var moment = time.Date(2021, 11, 23, 14, 35, 46, 0, time.FixedZone("", 8*60*60))

// placeholders are examples of primitives.
var placeholders = map[model.Primitive]string{
	model.String: "text", model.Boolean: "true", model.DateTime: "2021-11-23T14:35:46+08:00",
	model.Date: "2021-11-23", model.TimeOf: "14:35:46", model.Duration: "PT1M30S", model.GYearMonth: "2021-11",
	model.GYear: "2021", model.GMonthDay: "--11-23", model.GDay: "---23", model.GMonth: "--11",
	model.Base64: "Ymlmb3Jt", model.Hex: "6269", model.QName: "name", model.URI: "https://example.com/",
}

// calendars are examples of the built-in types that one primitive stands for.
var calendars = map[string]string{
	"gYear": "2021", "gYearMonth": "2021-11", "gMonth": "--11", "gMonthDay": "--11-23", "gDay": "---23",
}

// formats are examples of the formats of JSON Schema (Validation, section 7.3).
var formats = map[string]string{
	"date-time": "2021-11-23T14:35:46+08:00", "date": "2021-11-23", "time": "14:35:46+08:00", "duration": "PT1M30S",
	"email": "someone@example.com", "idn-email": "someone@example.com",
	"hostname": "example.com", "idn-hostname": "example.com", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1",
	"uri": "https://example.com/", "uri-reference": "/", "iri": "https://example.com/", "iri-reference": "/",
	"uri-template": "https://example.com/{id}", "uuid": "3e4666bf-d5e5-4aa7-b8ce-cefe41c7568a",
	"json-pointer": "/name", "relative-json-pointer": "0", "regex": "[a-z]+",
}

// sample returns an example of a scalar, by its lexical value: the first that
// the constraints admit of what the contracts give, what their prose says and
// what is usual for the type.
func sample(f *model.Field, t *model.Type) string {
	if t == nil {
		return ""
	}
	candidates := given(f, t)
	if e := t.Enum; e != nil {
		for _, c := range candidates {
			if slices.ContainsFunc(e.Values, func(v model.EnumValue) bool { return v.Value == c }) {
				return c
			}
		}
		if len(e.Values) > 0 {
			return e.Values[0].Value
		}
		return ""
	}
	if t.Scalar == nil {
		if len(candidates) > 0 {
			return candidates[0]
		}
		return ""
	}
	p := t.Scalar.Primitive
	switch p {
	case model.Int32, model.Int64, model.Uint64, model.Integer, model.Decimal, model.Float32, model.Float64:
		candidates = append(candidates, numbers(t, p)...)
	case model.Time:
		candidates = append(candidates, times(f, t)...)
	default:
		candidates = append(candidates, texts(f, t, p)...)
	}
	for _, c := range candidates {
		if admits(t, c) {
			return c
		}
	}
	return candidates[0]
}

// given returns the examples that the contracts give.
func given(f *model.Field, t *model.Type) []string {
	var out []string
	if f != nil {
		for _, v := range []*string{f.Fixed, f.Default} {
			if v != nil {
				out = append(out, lexical(*v))
			}
		}
		for _, e := range f.Doc.Examples {
			out = append(out, lexical(e))
		}
	}
	for _, e := range t.Doc.Examples {
		out = append(out, lexical(e))
	}
	return out
}

// numbers returns numbers, the likely ones first.
func numbers(t *model.Type, p model.Primitive) []string {
	var out []string
	if p == model.Decimal || p == model.Float32 || p == model.Float64 {
		out = append(out, "82.5", "0.5")
	}
	out = append(out, "1", "2", "10", "0", "100", "1000")
	for _, c := range t.Constraints {
		d, err := constraint.ParseDecimal(c.Value)
		if err != nil {
			continue
		}
		one, err := constraint.ParseDecimal("1")
		if err != nil {
			continue
		}
		switch c.Kind {
		case model.Minimum, model.Maximum, model.MultipleOf:
			out = append(out, d.String())
		case model.ExclusiveMinimum:
			out = append(out, d.Add(one).String())
		case model.ExclusiveMaximum:
			out = append(out, d.Sub(one).String())
		}
	}
	return append(out, "1")
}

// times returns the moment in the layouts of a type.
func times(f *model.Field, t *model.Type) []string {
	layouts := slices.Clone(t.Hints.Layouts)
	if f != nil {
		layouts = append(slices.Clone(f.Hints.Layouts), layouts...)
	}
	var out []string
	for _, l := range append(layouts, time.RFC3339) {
		out = append(out, moment.Format(l))
	}
	return out
}

// suchAs is how prose gives an example.
var suchAs = regexp.MustCompile(`\bsuch as ([^\s,;)]+)`)

// texts returns strings, the likely ones first.
func texts(f *model.Field, t *model.Type, p model.Primitive) []string {
	var out []string
	for _, d := range []*model.Doc{fieldDoc(f), &t.Doc} {
		if p != model.String || d == nil {
			continue
		}
		if m := suchAs.FindStringSubmatch(d.Description); m != nil {
			// A plain word may belong to the sentence; a name does not.
			if w := strings.TrimRight(m[1], ".:"); strings.ContainsAny(w, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/") {
				out = append(out, w)
			}
		}
	}
	for _, c := range t.Constraints {
		if s, ok := formats[c.Value]; ok && c.Kind == model.Format {
			out = append(out, s)
		}
	}
	if s, ok := calendars[strings.TrimPrefix(string(t.ID), "xs:")]; ok {
		out = append(out, s)
	}
	plain := placeholders[p]
	out = append(out, plain)
	least, most := 0, math.MaxInt
	for _, c := range t.Constraints {
		const longest = 1000
		n, err := strconv.Atoi(c.Value)
		if err != nil || n > longest {
			continue
		}
		switch c.Kind {
		case model.MinLength:
			least = max(least, n)
		case model.MaxLength:
			most = min(most, n)
		}
	}
	if p == model.String && (least > len(plain) || most < len(plain)) {
		long := strings.Repeat(plain, least/len(plain)+1)
		out = append(out, long[:min(len(long), max(least, min(most, len(plain))))])
	}
	out = append(out, "1", "a", "A", "en", "id-1", "https://example.com/")
	for _, c := range t.Constraints {
		if c.Kind == model.Pattern {
			if s, ok := match(c); ok {
				out = append(out, s)
			}
		}
	}
	return append(out, plain)
}

func fieldDoc(f *model.Field) *model.Doc {
	if f == nil {
		return nil
	}
	return &f.Doc
}

// admits tells whether a type's constraints admit a value, as far as an example
// asks: a pattern that package regexp cannot read admits all.
func admits(t *model.Type, s string) bool {
	number, err := constraint.ParseDecimal(s)
	isNumber := err == nil
	length := utf8.RuneCountInString(s)
	for _, c := range t.Constraints {
		limit, err := constraint.ParseDecimal(c.Value)
		numeric := err == nil && isNumber
		switch c.Kind {
		case model.Minimum:
			if numeric && number.Cmp(limit) < 0 {
				return false
			}
		case model.Maximum:
			if numeric && number.Cmp(limit) > 0 {
				return false
			}
		case model.ExclusiveMinimum:
			if numeric && number.Cmp(limit) <= 0 {
				return false
			}
		case model.ExclusiveMaximum:
			if numeric && number.Cmp(limit) >= 0 {
				return false
			}
		case model.MultipleOf:
			if numeric && limit.Sign() != 0 && !number.MultipleOf(limit) {
				return false
			}
		case model.MinLength:
			if n, err := strconv.Atoi(c.Value); err == nil && length < n {
				return false
			}
		case model.MaxLength:
			if n, err := strconv.Atoi(c.Value); err == nil && length > n {
				return false
			}
		case model.Pattern:
			if re, err := regexp.Compile(whole(c)); err == nil && !re.MatchString(s) {
				return false
			}
		}
	}
	return true
}

// whole returns a pattern for package regexp: XSD's match the whole value
// (Part 2, appendix F), JSON Schema's any part of it.
func whole(c model.Constraint) string {
	if c.Form == model.XML {
		return "^(?:" + c.Value + ")$"
	}
	return c.Value
}

// match returns a short text that matches a pattern.
func match(c model.Constraint) (string, bool) {
	re, err := syntax.Parse(whole(c), syntax.Perl)
	if err != nil {
		return "", false
	}
	var b strings.Builder
	const longest = 200
	shortest(&b, re, longest)
	s := b.String()
	return s, len(s) <= longest && utf8.ValidString(s)
}

// shortest writes the least that matches an expression.
func shortest(b *strings.Builder, re *syntax.Regexp, limit int) {
	if b.Len() > limit {
		return
	}
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			b.WriteRune(r)
		}
	case syntax.OpCharClass:
		b.WriteRune(likely(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('a')
	case syntax.OpCapture, syntax.OpPlus:
		shortest(b, re.Sub[0], limit)
	case syntax.OpRepeat:
		for range re.Min {
			shortest(b, re.Sub[0], limit)
		}
	case syntax.OpConcat:
		for _, s := range re.Sub {
			shortest(b, s, limit)
		}
	case syntax.OpAlternate:
		shortest(b, re.Sub[0], limit)
	}
}

// likely returns a character of a class, a letter or a digit if it has one. The
// class is pairs of first and last characters.
func likely(class []rune) rune {
	for _, r := range "a1A0x-" {
		for i := 0; i+1 < len(class); i += 2 {
			if class[i] <= r && r <= class[i+1] {
				return r
			}
		}
	}
	if len(class) == 0 {
		return 'a'
	}
	return class[0]
}

// lexical returns the text of a default, a fixed value or an example: of a JSON
// string what it says, of anything else how it is written.
func lexical(s string) string {
	var out string
	if t := bytes.TrimSpace([]byte(s)); len(t) > 0 && t[0] == '"' && json.Unmarshal(t, &out) == nil {
		return out
	}
	return s
}
