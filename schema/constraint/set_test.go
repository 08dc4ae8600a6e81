package constraint

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/biform/biform/schema/model"
)

// parse reads "minimum 1, maximum 5": constraints of a JSON Schema; those of
// an XSD have an x before them.
func parse(t *testing.T, text string) []model.Constraint {
	t.Helper()
	var list []model.Constraint
	for _, part := range strings.Split(text, ", ") {
		if part == "" {
			continue
		}
		form := model.JSON
		part, isXML := strings.CutPrefix(part, "x ")
		if isXML {
			form = model.XML
		}
		kind, value, _ := strings.Cut(part, " ")
		if !slices.ContainsFunc([]Domain{Numbers, Texts, Lists, Objects}, func(d Domain) bool { return slices.Contains(kinds[d], model.ConstraintKind(kind)) }) {
			t.Fatalf("no constraint: %s", kind)
		}
		list = append(list, model.Constraint{Kind: model.ConstraintKind(kind), Value: value, Form: form})
	}
	return list
}

func TestWithin(t *testing.T) {
	for _, c := range []struct {
		d    Domain
		a, b string
		want Answer
	}{
		{Numbers, "", "", Yes},
		{Numbers, "minimum 1", "", Yes},
		{Numbers, "", "minimum 1", No},
		{Numbers, "minimum 1, maximum 5", "minimum 0, maximum 10", Yes},
		{Numbers, "minimum 0, maximum 10", "minimum 1, maximum 5", No},
		{Numbers, "minimum 1", "exclusiveMinimum 1", No},
		{Numbers, "exclusiveMinimum 1", "minimum 1", Yes},
		{Numbers, "minimum 1.0", "minimum 1", Yes},
		{Numbers, "minimum 1e2", "minimum 100", Yes},
		{Integers, "exclusiveMinimum 0", "minimum 1", Yes},
		{Integers, "maximum 2.5", "maximum 2", Yes},
		{Integers, "exclusiveMaximum 3", "maximum 2", Yes},
		{Numbers, "exclusiveMaximum 3", "maximum 2", No},
		{Numbers, "multipleOf 4", "multipleOf 2", Yes},
		{Numbers, "multipleOf 2", "multipleOf 4", No},
		{Numbers, "multipleOf 2, multipleOf 3", "multipleOf 6", Yes},
		{Numbers, "multipleOf 6", "multipleOf 2, multipleOf 3", Yes},
		{Numbers, "multipleOf 0.1", "fractionDigits 1", Yes},
		{Numbers, "x fractionDigits 2", "multipleOf 0.01", Yes},
		{Integers, "", "fractionDigits 0", Yes},
		{Integers, "x totalDigits 3", "minimum -999, maximum 999", Yes},
		{Integers, "minimum -999, maximum 999", "x totalDigits 3", Yes},
		{Integers, "minimum 0, maximum 1000", "x totalDigits 3", No},
		{Numbers, "x totalDigits 3", "x totalDigits 4", Yes},
		{Numbers, "x totalDigits 4", "x totalDigits 3", No},
		{Numbers, "x fractionDigits 2, minimum 0, exclusiveMaximum 10", "x totalDigits 3", Yes},
		{Numbers, "x fractionDigits 2, minimum 0, maximum 10", "x totalDigits 3", Yes}, // 9.99 and 10
		{Numbers, "minimum 0, maximum 1", "multipleOf 1", No},
		{Numbers, "minimum 3, maximum 3", "multipleOf 1", Yes},
		{Numbers, "exclusiveMinimum 0.9, exclusiveMaximum 1.1", "multipleOf 1", No},
		{Numbers, "minimum 5, maximum 4", "maximum 0", Yes}, // nothing is within anything
		{Numbers, "minimum 1e999", "minimum 1", Unknown},
		{Numbers, "minimum 1e999", "minimum 1e999", Yes},
		{Numbers, "minLength 3", "", Yes},
		{Numbers, "", "minLength 3", Yes}, // which says nothing of numbers
		{Texts, "", "minLength 0", Yes},
		{Texts, "minLength 2, maxLength 4", "maxLength 4", Yes},
		{Texts, "maxLength 4", "minLength 2, maxLength 4", No},
		{Texts, "pattern ^a$", "x pattern a", Yes},
		{Texts, "x pattern a", "pattern ^(?:a)$", Yes},
		{Texts, "pattern a", "x pattern a", Unknown},
		{Texts, "pattern ^a$, maxLength 9", "maxLength 3", Unknown},
		{Texts, "format date", "", Yes},
		{Texts, "", "format date", Unknown},
		{Lists, "minItems 1, uniqueItems", "uniqueItems", Yes},
		{Lists, "minItems 1", "uniqueItems", Unknown},
		{Lists, "x minLength 2", "minItems 2", Yes},
		{Objects, "minProperties 2", "minProperties 1", Yes},
		{Objects, "minProperties 1", "minProperties 2", No},
	} {
		t.Run(c.a+" in "+c.b, func(t *testing.T) {
			if got := Of(parse(t, c.a), c.d).Within(Of(parse(t, c.b), c.d)); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	if got := Of(nil, Numbers).Within(Of(nil, Integers)); got != No {
		t.Errorf("numbers within integers: %v", got)
	}
	if got := Of(nil, Integers).Within(Of(nil, Numbers)); got != Yes {
		t.Errorf("integers within numbers: %v", got)
	}
}

func TestEmpty(t *testing.T) {
	for _, c := range []struct {
		d    Domain
		list string
		want Answer
	}{
		{Numbers, "", No},
		{Numbers, "minimum 2, maximum 1", Yes},
		{Numbers, "minimum 1, maximum 1", No},
		{Numbers, "minimum 1, exclusiveMaximum 1", Yes},
		{Numbers, "exclusiveMinimum 1, exclusiveMaximum 1.0000001", No},
		{Integers, "exclusiveMinimum 1, exclusiveMaximum 2", Yes},
		{Integers, "minimum 1.2, maximum 1.8", Yes},
		{Numbers, "multipleOf 5, minimum 11, maximum 14", Yes},
		{Numbers, "multipleOf 5, minimum 11, maximum 15", No},
		{Integers, "x totalDigits 2, minimum 100", Yes},
		{Numbers, "x totalDigits 2, minimum 12, maximum 13", No},
		{Numbers, "x totalDigits 2, minimum 99.5", Unknown},
		{Numbers, "minimum 1e999", Unknown},
		{Texts, "minLength 3, maxLength 2", Yes},
		{Texts, "minLength 3, maxLength 2, pattern a", Yes},
		{Texts, "maxLength 0", No},
		{Texts, "maxLength 0, pattern a", Unknown},
		{Lists, "minItems 2, maxItems 1", Yes},
		{Objects, "maxProperties 0", No},
	} {
		if got := Of(parse(t, c.list), c.d).Empty(); got != c.want {
			t.Errorf("%s: got %v, want %v", c.list, got, c.want)
		}
	}
}

func TestList(t *testing.T) {
	for _, c := range []struct{ d, list, want string }{
		{"n", "minimum 1, minimum 2, maximum 5, exclusiveMaximum 5", "minimum 2, exclusiveMaximum 5"},
		{"n", "minimum 1, exclusiveMinimum 0", "minimum 1"},
		{"n", "exclusiveMinimum 1, minimum 1", "exclusiveMinimum 1"},
		{"n", "minimum 1, minimum 1.0", "minimum 1"},
		{"n", "multipleOf 2, multipleOf 4, multipleOf 3", "multipleOf 4, multipleOf 3"},
		{"n", "minLength 2, totalDigits 4, totalDigits 3", "totalDigits 3"},
		{"t", "minLength 2, minLength 1, maxLength 7, minimum 3", "minLength 2, maxLength 7"},
		{"t", "pattern ^a$, pattern ^(a)$, pattern b", "pattern ^a$, pattern b"},
		{"t", "minLength 1e999, minLength 3", "minLength 1e999, minLength 3"},
	} {
		d := Numbers
		if c.d == "t" {
			d = Texts
		}
		var got []string
		for _, k := range Of(parse(t, c.list), d).List() {
			got = append(got, string(k.Kind)+" "+k.Value)
		}
		if got := strings.Join(got, ", "); got != c.want {
			t.Errorf("%s: got %s, want %s", c.list, got, c.want)
		}
	}
}

// rule draws a constraint of numbers with an operand near zero.
func rule() *rapid.Generator[model.Constraint] {
	return rapid.Custom(func(t *rapid.T) model.Constraint {
		c := model.Constraint{Kind: rapid.SampledFrom(kinds[Numbers][:7]).Draw(t, "kind")}
		switch c.Kind {
		case model.MultipleOf:
			c.Value = rapid.SampledFrom([]string{"1", "2", "3", "0.5", "0.1", "2.5"}).Draw(t, "multiple")
		case model.TotalDigits:
			c.Value = fmt.Sprint(rapid.IntRange(1, 3).Draw(t, "digits"))
		case model.FractionDigits:
			c.Value = fmt.Sprint(rapid.IntRange(0, 2).Draw(t, "digits"))
		default:
			c.Value = fmt.Sprintf("%.1f", float64(rapid.IntRange(-60, 60).Draw(t, "tenths"))/10)
		}
		return c
	})
}

func rules() *rapid.Generator[[]model.Constraint] { return rapid.SliceOfN(rule(), 0, 4) }

func domain() *rapid.Generator[Domain] { return rapid.SampledFrom([]Domain{Numbers, Integers}) }

// grid is numbers to try: every twentieth from -15 to 15.
func grid() []Decimal {
	var all []Decimal
	for n := -300; n <= 300; n++ {
		d, err := ParseDecimal(fmt.Sprintf("%.2f", float64(n)/20))
		if err != nil {
			panic(err)
		}
		all = append(all, d)
	}
	return all
}

// The answers agree with the values, and with each other.
func TestNumbersAgreeWithValues(t *testing.T) {
	values := grid()
	rapid.Check(t, func(t *rapid.T) {
		d := domain().Draw(t, "domain")
		a, b := Of(rules().Draw(t, "a"), d), Of(rules().Draw(t, "b"), d)
		both, within, empty := a.Intersect(b), a.Within(b), a.Empty()
		if both.Within(a) != Yes || both.Within(b) != Yes {
			t.Errorf("the intersection is within a: %v, within b: %v", both.Within(a), both.Within(b))
		}
		if a.Within(a) != Yes {
			t.Error("a is not within itself")
		}
		again := Of(a.List(), d)
		if a.Within(again) != Yes || again.Within(a) != Yes {
			t.Errorf("List is another set: %v", a.List())
		}
		if empty == Unknown && !hasDigits(a) || within == Unknown && !hasDigits(a) && !hasDigits(b) {
			t.Errorf("unknown: empty %v, within %v", empty, within)
		}
		for _, v := range values {
			inA, inB := a.AdmitsNumber(v), b.AdmitsNumber(v)
			switch {
			case both.AdmitsNumber(v) != (inA && inB):
				t.Errorf("%s is in a: %v, in b: %v, in both: %v", v, inA, inB, !(inA && inB))
			case within == Yes && inA && !inB:
				t.Errorf("a is within b, but not %s", v)
			case empty == Yes && inA:
				t.Errorf("%s is in the empty set", v)
			}
		}
	})
}

func hasDigits(s Set) bool { return s.numbers.total > 0 }

func TestWithinIsTransitive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := domain().Draw(t, "domain")
		a := Of(rules().Draw(t, "a"), d)
		b := a.Intersect(Of(rules().Draw(t, "b"), d))
		c := b.Intersect(Of(rules().Draw(t, "c"), d))
		if c.Within(b) != Yes || b.Within(a) != Yes || c.Within(a) != Yes {
			t.Errorf("%v, %v, %v", c.Within(b), b.Within(a), c.Within(a))
		}
		x, y, z := Of(rules().Draw(t, "x"), d), Of(rules().Draw(t, "y"), d), Of(rules().Draw(t, "z"), d)
		if x.Within(y) == Yes && y.Within(z) == Yes && x.Within(z) == No {
			t.Error("x is within y and y within z, but x is not within z")
		}
	})
}

// Hostile operands cost nothing.
func TestHostileOperands(t *testing.T) {
	start := time.Now()
	var list []model.Constraint
	for _, v := range []string{"1e1000001", "1e-999999999", strings.Repeat("7", 5000), "", "-", "NaN", "1e400", "1e-400", strings.Repeat("9", MaxDigits)} {
		for _, k := range kinds[Numbers] {
			list = append(list, model.Constraint{Kind: k, Value: v})
		}
	}
	for i := range 300 { // a common multiple of as many digits as one likes
		list = append(list, model.Constraint{Kind: model.MultipleOf, Value: fmt.Sprint(1_000_000_007 + 2*i)})
	}
	for _, d := range []Domain{Numbers, Integers, Texts, Lists, Objects} {
		s := Of(list, d)
		s.Empty()
		s.Within(Of(list[:20], d))
		s.Intersect(s).List()
	}
	if took := time.Since(start); took > 10*time.Second { // seconds on a slow machine, years if something blows up
		t.Errorf("took %v", took)
	}
}
