package xsd

import (
	"regexp"
	"strings"
	"testing"
)

// TestTranslatePattern holds translated patterns against strings that they
// admit and refuse.
func TestTranslatePattern(t *testing.T) {
	for _, c := range []struct {
		src       string
		yes, no   []string
		wantError string
	}{
		{src: "", yes: []string{""}, no: []string{"a"}},
		{src: "abc", yes: []string{"abc"}, no: []string{"xabc", "abcx", ""}},
		{src: "a|b", yes: []string{"a", "b"}, no: []string{"ab", ""}},
		{src: "a|", yes: []string{"a", ""}, no: []string{"b"}},
		{src: "(a|b)c", yes: []string{"ac", "bc"}, no: []string{"a", "abc"}},
		{src: "a.c", yes: []string{"abc", "a世c", "a c"}, no: []string{"a\nc", "a\rc"}},
		{src: "^a$", yes: []string{"^a$"}, no: []string{"a"}},
		{src: "a{2}", yes: []string{"aa"}, no: []string{"a", "aaa"}},
		{src: "a{2,}", yes: []string{"aa", "aaaa"}, no: []string{"a"}},
		{src: "a{0,2}", yes: []string{"", "aa"}, no: []string{"aaa"}},
		{src: "a{0}b", yes: []string{"b"}, no: []string{"ab"}},
		{src: "(a+)*", yes: []string{"", "aaa"}, no: []string{"b"}},
		{src: "a{2,1500}", yes: []string{"aa", strings.Repeat("a", 1500)}, no: []string{"a", strings.Repeat("a", 1501)}},
		{src: `\d+`, yes: []string{"0", "٣", "๔"}, no: []string{"", "a", "½"}},
		{src: `\D`, yes: []string{"a"}, no: []string{"٣"}},
		{src: `\w+`, yes: []string{"aé世9+", "$"}, no: []string{"-", " ", "."}},
		{src: `\W`, yes: []string{"-", " ", "\u0000"}, no: []string{"a", "+"}},
		{src: `\s\S`, yes: []string{" a", "\u0009\u00a0"}, no: []string{"\u00a0a", "a "}},
		{src: `\i\c*`, yes: []string{"_a-b.c", ":x", "é·", "世"}, no: []string{"-a", "1", "a b", ""}},
		{src: `[\i-[:]][\c-[:]]*`, yes: []string{"a", "_1"}, no: []string{":a", "a:"}},
		{src: `\I\C`, yes: []string{"1 "}, no: []string{"a ", "1a"}},
		{src: `\p{Lu}\P{Lu}`, yes: []string{"Aa", "É1"}, no: []string{"aA", "AA"}},
		{src: `\p{C}`, yes: []string{"\u0007", "\u0378", "\ue000"}, no: []string{"a", " "}},
		{src: `\p{Cn}`, yes: []string{"\u0378"}, no: []string{"\u0007", "a"}},
		{src: `\p{IsBasicLatin}+`, yes: []string{"az~"}, no: []string{"é"}},
		{src: `\P{IsGreek}`, yes: []string{"a"}, no: []string{"α"}},
		{src: `[\p{IsGreek}\p{IsCyrillic}]+`, yes: []string{"αд"}, no: []string{"a"}},
		{src: `\p{IsPrivateUse}`, yes: []string{"\ue000", "\U000f0000"}, no: []string{"a"}},
		{src: `[a-z-[aeiou]]+`, yes: []string{"xyz"}, no: []string{"a", "xa", "-"}},
		{src: `[a-z-[m-z-[p]]]+`, yes: []string{"alp"}, no: []string{"m", "z"}},
		{src: `[^a-c]`, yes: []string{"d", "^"}, no: []string{"a", "dd"}},
		{src: `[^\d-[x]]`, yes: []string{"a"}, no: []string{"x", "1"}},
		{src: `[a-]`, yes: []string{"a", "-"}, no: []string{"b"}},
		{src: `[-a]`, yes: []string{"a", "-"}, no: []string{"b"}},
		{src: `[a^]`, yes: []string{"a", "^"}, no: []string{"b"}},
		{src: `[\^\-\]\[]`, yes: []string{"^", "-", "]", "["}, no: []string{`\`}},
		{src: `[\w\W]`, yes: []string{"a", "-"}, no: []string{""}},
		{src: `[\W]`, yes: []string{"-"}, no: []string{"a"}},
		{src: `[a-a-[a]]`, no: []string{"a", ""}},
		{src: `[$.*+?(){}|]`, yes: []string{"$", ".", "*", "}"}, no: []string{"a"}},
		{src: `\n\r\t\.\\\?\*\+\(\)\{\}\|`, yes: []string{"\n\r\t.\\?*+(){}|"}},

		{src: "(a", wantError: "parenthesis"},
		{src: "a)", wantError: "unexpected"},
		{src: "[a", wantError: "bracket"},
		{src: "[]", wantError: "empty class"},
		{src: "[^]", wantError: "empty class"},
		{src: "[z-a]", wantError: "below its start"},
		{src: "[a-b-c]", wantError: "escaped"},
		{src: "[a-[b]c]", wantError: "subtraction must end"},
		{src: "[a[b]]", wantError: "must be escaped"},
		{src: `[a-\d]`, wantError: "end with a class"},
		{src: "*a", wantError: "without anything before"},
		{src: "a**", wantError: "without anything before"},
		{src: "a{2,1}", wantError: "below its start"},
		{src: "a{,2}", wantError: "is not {n}"},
		{src: "a{x}", wantError: "is not {n}"},
		{src: "a{2", wantError: "closing brace"},
		{src: "{", wantError: "must be escaped"},
		{src: "a}", wantError: "must be escaped"},
		{src: "]", wantError: "must be escaped"},
		{src: `\`, wantError: "at the end"},
		{src: `\b`, wantError: `unknown escape \b`},
		{src: `\$`, wantError: `unknown escape \$`},
		{src: `\u0041`, wantError: `unknown escape \u`},
		{src: `(?:a)`, wantError: "without anything before"},
		{src: `\p{Foo}`, wantError: `category "Foo"`},
		{src: `\p{IsFoo}`, wantError: `block "Foo"`},
		{src: `\pL`, wantError: "without a name"},
		{src: "(a{1000}){1000}", wantError: "too large"},
		{src: "a{100000}", wantError: "too large"},
		{src: strings.Repeat("(", 300) + strings.Repeat(")", 300), wantError: "deeper"},
	} {
		re2, err := TranslatePattern(c.src)
		if c.wantError != "" {
			if err == nil || !strings.Contains(err.Error(), c.wantError) {
				t.Errorf("%q: error %v, want one with %q", c.src, err, c.wantError)
			}
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", c.src, err)
			continue
		}
		re := regexp.MustCompile(re2)
		for _, s := range c.yes {
			if !re.MatchString(s) {
				t.Errorf("%q (%.200s) refuses %q", c.src, re2, s)
			}
		}
		for _, s := range c.no {
			if re.MatchString(s) {
				t.Errorf("%q (%.200s) admits %q", c.src, re2, s)
			}
		}
	}
}

// TestUnicodeBlocks holds the table of blocks to the one of the specification
// in its corners.
func TestUnicodeBlocks(t *testing.T) {
	if n := len(unicodeBlocks); n != 96 {
		t.Errorf("%d blocks", n)
	}
	for name, want := range map[string]charRange{
		"BasicLatin": {0, 0x7f}, "Greek": {0x370, 0x3ff}, "CombiningMarksforSymbols": {0x20d0, 0x20ff},
		"ArabicPresentationForms-B": {0xfe70, 0xfefe}, "Tags": {0xe0000, 0xe007f},
	} {
		if got := unicodeBlocks[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s is %x", name, got)
		}
	}
}

func FuzzTranslatePattern(f *testing.F) {
	for _, s := range []string{`[a-z-[aeiou]]+`, `\p{IsGreek}{2,3}`, `(a|b)*?`, `[^\w]`, `\i\c*`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		re2, err := TranslatePattern(src)
		if err != nil {
			return
		}
		if _, err := regexp.Compile(re2); err != nil {
			t.Errorf("%q becomes %q: %v", src, re2, err)
		}
	})
}
