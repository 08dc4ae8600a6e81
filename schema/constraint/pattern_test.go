package constraint

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/biform/biform/schema/model"
)

func TestPatternKey(t *testing.T) {
	for _, c := range []struct {
		json, xsd string
		same      bool
	}{
		{`^a$`, `a`, true},
		{`^(?:a)$`, `a`, true},
		{`^(a)$`, `a`, true},
		{`^(?:a|b)$`, `a|b`, true},
		{`^(a|b)$`, `(a|b)`, true},
		{`^((?:a))$`, `a`, true},
		{`^(a)(b)$`, `(a)(b)`, true},
		{`^[)](a)$`, `[)](a)`, true},
		{`^a\/b$`, `a/b`, true},
		{`^\^\$$`, `^$`, true},
		{`^[$^]$`, `[$^]`, true},
		{`^a|b$`, `a|b`, false},
		{`a`, `a`, false},
		{`^a`, `a`, false},
		{`a$`, `a`, false},
		{`^a\$`, `a`, false},
		{`^a$`, `b`, false},
		{`^(a)\1$`, `a`, false},
		{`^(?=a)$`, `a`, false},
		{`^(?:[a-z-[x]])$`, `[a-z-[x]]`, true},
		{`^$`, ``, true},
		{`^\\$`, `\\`, true},
		{`^`, ``, false},
		{`^\`, `\`, false},
		{`^((a)$`, `(a`, false},
	} {
		a := PatternKey(model.Constraint{Kind: model.Pattern, Value: c.json, Form: model.JSON})
		b := PatternKey(model.Constraint{Kind: model.Pattern, Value: c.xsd, Form: model.XML})
		if (a == b) != c.same {
			t.Errorf("%s is %s, %s is %s", c.json, a, c.xsd, b)
		}
	}
}

func TestPatternWithin(t *testing.T) {
	const number = `^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$`
	for _, c := range []struct {
		a, b string
		want Answer
	}{
		{``, ``, Yes},
		{`a`, ``, Yes},
		{``, `a`, No},
		{`^a$`, `a`, Yes},
		{`a`, `^a$`, No},
		{`ab`, `b`, Yes},
		{`^[0-2]$`, number, Yes},
		{`^[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?$`, number, Yes},
		{`^(0(\.[0-9]+)?|1(\.0+)?|[0-9](\.[0-9]+)?[eE]-0*[1-9][0-9]*)$`, number, Yes},
		{`[0-9]+`, number, No},
		{`^[0-9]*$`, number, No}, // the empty text
		{`^[0-9]+$|^x$`, number, No},
		{`^\d+$`, `^[0-9]+$`, Yes},
		{`^(?i:ab)$`, `^[aA][bB]$`, Yes},
		{`^[aA][bB]$`, `^(?i:ab)$`, Yes},
		{`^(?i:k)$`, `^[kK]$`, No}, // the Kelvin sign
		{`^.$`, `^[^\n]$`, Yes},
		{`^(a|b)*$`, `^(a*b*)*$`, Yes},
		{`^a{2,4}$`, `^a{1,5}$`, Yes},
		{`^a{1,5}$`, `^a{2,4}$`, No},
		{`^\x{10ffff}$`, `^.$`, Yes},
		{`$^`, `^$`, Yes},
		{`^$`, `$^`, Yes},
		{`\bx`, `x`, Unknown},
		{`(?m)^x`, `x`, Unknown},
		{`(`, `x`, Unknown},
		{`^(a|b)*a(a|b){30}$`, `^(a|b)*a(a|b){30}$|^c$`, Unknown},
	} {
		start := time.Now()
		if got := PatternWithin(c.a, c.b); got != c.want {
			t.Errorf("%s in %s: got %v, want %v", c.a, c.b, got, c.want)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s in %s: took %v", c.a, c.b, took)
		}
	}
}

// expression draws small regular expressions over a and b.
func expression() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "[ab]", "a*", "(ab)?", "b+", "(a|bb)", "^", "$", "|"}), 1, 5).Draw(t, "parts")
		return strings.Join(parts, "")
	})
}

// The answer agrees with the short texts.
func TestPatternWithinAgreesWithTexts(t *testing.T) {
	texts := []string{""}
	for i := 0; len(texts[i]) < 6; i++ {
		texts = append(texts, texts[i]+"a", texts[i]+"b", texts[i]+"c")
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := expression().Draw(t, "a"), expression().Draw(t, "b")
		got := PatternWithin(a, b)
		if got == Unknown {
			t.Fatal("unknown")
		}
		p, q := regexp.MustCompile(a), regexp.MustCompile(b)
		want := Yes
		for _, s := range texts {
			if p.MatchString(s) && !q.MatchString(s) {
				want = No
			}
		}
		if got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}
