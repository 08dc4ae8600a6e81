package docs

import (
	"strings"
	"testing"

	"github.com/biform/biform/schema/model"
)

// constraints reads "kind value" pairs, those of XSD after "xml:".
func constraints(list ...string) []model.Constraint {
	var out []model.Constraint
	for _, s := range list {
		form := model.JSON
		if rest, ok := strings.CutPrefix(s, "xml:"); ok {
			form, s = model.XML, rest
		}
		kind, value, _ := strings.Cut(s, " ")
		out = append(out, model.Constraint{Kind: model.ConstraintKind(kind), Value: value, Form: form})
	}
	return out
}

func scalar(p model.Primitive, list ...string) *model.Type {
	return &model.Type{Kind: model.KindScalar, Scalar: &model.Scalar{Primitive: p}, Constraints: constraints(list...)}
}

func TestSample(t *testing.T) {
	described := scalar(model.String)
	described.Doc.Description = "A region, such as ap-chongqing, or another."
	prose := scalar(model.String)
	prose.Doc.Description = "A thing such as the others."
	year := scalar(model.GMonthDay)
	stamped := scalar(model.Time)
	stamped.Hints.Layouts = []string{"2006-01-02 15:04"}
	given := scalar(model.Int64, "minimum 5")
	given.Doc.Examples = []string{"3", "7"}
	for _, c := range []struct {
		name string
		typ  *model.Type
		want string
	}{
		{"string", scalar(model.String), "text"},
		{"such as", described, "ap-chongqing"},
		{"such as, in a sentence", prose, "text"},
		{"long", scalar(model.String, "minLength 6"), "textte"},
		{"short", scalar(model.String, "maxLength 2"), "te"},
		{"format", scalar(model.String, "format ipv4"), "192.0.2.1"},
		{"pattern", scalar(model.String, "pattern ^[A-Z]{2}-[0-9]+(a|b)$"), "AA-1a"},
		{"whole pattern", scalar(model.String, `xml:pattern \d{3}x?`), "111"},
		{"pattern of Perl", scalar(model.String, `pattern ^(?!x)y`), "text"},
		{"any two", scalar(model.String, "pattern ^..$"), "en"},
		{"number", scalar(model.Float64), "82.5"},
		{"share", scalar(model.Float64, "minimum 0", "maximum 1"), "0.5"},
		{"integer", scalar(model.Int64), "1"},
		{"at least", scalar(model.Int64, "minimum 5000"), "5000"},
		{"above", scalar(model.Integer, "exclusiveMinimum 5000"), "5001"},
		{"below", scalar(model.Integer, "exclusiveMaximum -7"), "-8"},
		{"multiple", scalar(model.Int64, "multipleOf 7", "minimum 1"), "7"},
		{"calendar", year, "--11-23"},
		{"layout", stamped, "2021-11-23 14:35"},
		{"given", given, "7"},
		{"nothing fits", scalar(model.Int64, "minimum 5", "maximum 4"), "1"},
		{"enumeration", &model.Type{Kind: model.KindEnumeration, Enum: &model.Enumeration{Values: []model.EnumValue{{Value: "a"}, {Value: "b"}}}}, "a"},
		{"no type", nil, ""},
	} {
		if got := sample(nil, c.typ); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
	fixed, def := `"f"`, "9"
	if got := sample(&model.Field{Fixed: &fixed, Default: &def}, scalar(model.String)); got != "f" {
		t.Errorf("a fixed value: %q", got)
	}
	if got := sample(&model.Field{Default: &def}, scalar(model.Int64)); got != "9" {
		t.Errorf("a default: %q", got)
	}
}

func TestSpellJSON(t *testing.T) {
	spelled := func(s ...model.JSONType) *model.Field {
		return &model.Field{JSON: &model.JSONBinding{Spellings: s}}
	}
	for _, c := range []struct {
		f    *model.Field
		p    model.Primitive
		text string
		want string
	}{
		{nil, model.Float64, "1.50", "1.50"},
		{nil, model.Float64, "+1", `"+1"`}, // no JSON number
		{nil, model.Float64, "", `""`},
		{spelled(model.JSONString), model.Float64, "1.5", `"1.5"`},
		{spelled(model.JSONString, model.JSONNumber), model.Float64, "1.5", `"1.5"`},
		{spelled(model.JSONNumber, model.JSONString), model.Float64, "1.5", "1.5"},
		{spelled(model.JSONNumber), model.String, "7", "7"},
		{spelled(model.JSONNull), model.String, "7", "null"},
		{nil, model.Boolean, "1", "true"},
		{nil, model.Boolean, "false", "false"},
		{nil, model.String, "a\"\u202e\U000E0001", `"a\"\u202e\udb40\udc01"`},
	} {
		if got := spellJSON(c.f, scalar(c.p), c.text); got != c.want {
			t.Errorf("%s %q: %s, not %s", c.p, c.text, got, c.want)
		}
	}
}

func TestSince(t *testing.T) {
	for prose, want := range map[string]string{
		"Since V1.2.":                       "V1.2",
		"Its number. Since 2.3, a string.":  "2.3",
		"Its number.\nSince version 4":      "4",
		"Used ever since 1999.":             "",
		"Since the vendor wants it.":        "",
		"The year. Since 2021-06-01: sent.": "2021-06-01",
	} {
		n := &node{field: &model.Field{Doc: model.Doc{Description: prose}}}
		if got := n.since(); got != want {
			t.Errorf("%q: %q, not %q", prose, got, want)
		}
		n.field.Hints.Since = "9"
		if got := n.since(); got != "9" {
			t.Errorf("the hint: %q", got)
		}
	}
}

func TestVisible(t *testing.T) {
	for s, want := range map[string]string{
		"plain 中文 \u200d\n":  "plain 中文 \u200d\n",
		"a\u202eb\u2066\x00": "a[U+202E]b[U+2066][U+0000]",
		"\xff":               "\uFFFD",
		"\ufeff\u2028":       "[U+FEFF][U+2028]",
	} {
		if got := visible(s); got != want {
			t.Errorf("%+q: %+q, not %+q", s, got, want)
		}
	}
}
