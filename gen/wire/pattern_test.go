package wire

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

var patternSeeds = []string{
	``, `a`, `^a`, `a$`, `^a$`, `^$`, `$^`, `a|b`, `^(a|bc)*$`, `(?i)straße`, `(?i)k`, `[^a-z]`, `.`, `(?s).`, `^.{2,4}$`,
	`^-?[0-9]+(\.[0-9]+)?$`, `^(0(\.[0-9]+)?|1(\.0+)?)$`, `\bword\b`, `\Bx`, `\B`, `\b.\b`, `(?m)$`, `(?m)^$`, `(?m)^line$`, `(?m)a$`, `\p{Han}+`, `^\p{Lu}\P{L}*$`,
	`[\x{800}-\x{FFFF}]`, `[\x{7F}-\x{801}]`, `^[\x{10000}-\x{10FFFF}]$`, `a{3}b{2,}`, `^[0-9]{4}-[0-9]{2}-[0-9]{2}T.*\+[0-9]{4}$`,
	`x*`, `[^\x00-\x{10FFFF}]`, `\z`, `\Aab`, `(a*)*b`, `é+$`, `^[^/]+/[^/]+$`, `中文|日本`, `[一-龥]{2}`, `^(?:[a-c]|é|中)+$`, `\d\s\w`,
}

var patternTexts = []string{
	"", "a", "b", "ab", "bca", "word", "a word here", "sword", "x", "line", "a\nline\nb", "a\n", "0", "-12.5", "1.", "1.000", "0.355083",
	"STRASSE", "Straße", "Sße", "ß", "ße", "STRAẞE", "K", "\u212A", "k", "中文", "日本語", "é", "éé", "e\u0301", "\u07ff\u0800", "\uffff", "\U00010000", "\U0010ffff", "\x7f", "\u0080",
	"2022-07-01T10:05:48+0800", "input/demo.mp4", strings.Repeat("a", 100) + "b", "aaabb", "1 a", "1\ta_", "Ä12", "tab\tb", "森林:0.37", "\x00",
}

func TestPatternAgainstRegexp(t *testing.T) {
	for _, expr := range patternSeeds {
		p, err := NewPattern(expr)
		if err != nil {
			t.Fatal(err)
		}
		re := regexp.MustCompile(expr)
		for _, s := range patternTexts {
			if got, want := p.MatchString(s), re.MatchString(s); got != want {
				t.Errorf("%s on %q: %v, want %v", expr, s, got, want)
			}
			if got, want := p.Match([]byte(s)), re.MatchString(s); got != want {
				t.Errorf("%s on bytes %q: %v, want %v", expr, s, got, want)
			}
		}
		if p.dfa == nil {
			t.Errorf("%s has no table", expr)
		}
	}
}

// TestPatternRunes asks a few classes about every rune.
func TestPatternRunes(t *testing.T) {
	for _, expr := range []string{`^\p{L}$`, `^[^\p{Han}a-z]$`, `^[\x{80}-\x{D7FF}\x{E000}-\x{10FFFE}]$`, `(?i)^[k-sſ]$`, `^.$`} {
		p, err := NewPattern(expr)
		if err != nil {
			t.Fatal(err)
		}
		re := regexp.MustCompile(expr)
		for r := rune(0); r <= utf8.MaxRune; r++ {
			if !utf8.ValidRune(r) || testing.Short() && r > 0x3000 && r%97 != 0 {
				continue
			}
			s := string(r)
			if got, want := p.MatchString(s), re.MatchString(s); got != want {
				t.Fatalf("%s on %U: %v, want %v", expr, r, got, want)
			}
		}
	}
}

// TestPatternTooLarge has expressions whose tables would be too large.
func TestPatternTooLarge(t *testing.T) {
	for _, expr := range []string{`(a|b)*a(a|b){17}$`, `\pL{1,300}x`, `^.{0,900}x.{0,900}y$`} {
		p, err := NewPattern(expr)
		if err != nil {
			t.Fatal(err)
		}
		re := regexp.MustCompile(expr)
		for _, s := range []string{"abababababababababab", "aaaaaaaaaaaaaa", "yx", "axby", "éx"} {
			if got, want := p.MatchString(s), re.MatchString(s); got != want {
				t.Errorf("%s on %q: %v, want %v", expr, s, got, want)
			}
		}
	}
	if _, err := NewPattern(`(`); err == nil {
		t.Error("an expression that is none was accepted")
	}
}

func FuzzPattern(f *testing.F) {
	for i, expr := range patternSeeds {
		f.Add(expr, patternTexts[i%len(patternTexts)])
	}
	f.Fuzz(func(t *testing.T, expr, s string) {
		if len(expr) > 200 || !utf8.ValidString(s) {
			t.Skip()
		}
		p, err := NewPattern(expr)
		if err != nil {
			t.Skip()
		}
		re, err := regexp.Compile(expr)
		if err != nil {
			t.Fatalf("NewPattern accepted %q: %v", expr, err)
		}
		if got, want := p.MatchString(s), re.MatchString(s); got != want {
			t.Fatalf("%q on %q: %v, want %v", expr, s, got, want)
		} else if p.matchIn(padded(s+`"`), 0, len(s)) != want {
			t.Fatalf("%q on %q in a payload: not %v", expr, s, want)
		}
	})
}

func BenchmarkPattern(b *testing.B) {
	for name, text := range map[string]string{
		"number":    "0.10181817412376404",
		"timestamp": "2022-07-01T10:05:48+0800",
		"han":       strings.Repeat("森林", 20),
	} {
		expr := map[string]string{
			"number":    `^-?[0-9]+(\.[0-9]+)?$`,
			"timestamp": `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{4}$`,
			"han":       `^\p{Han}+$`,
		}[name]
		b.Run(name, func(b *testing.B) {
			p, err := NewPattern(expr)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if !p.MatchString(text) {
					b.Fatal("no match")
				}
			}
		})
	}
}
