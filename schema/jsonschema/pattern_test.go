package jsonschema

import (
	"regexp"
	"strings"
	"testing"

	"github.com/biform/biform/schema/constraint"
)

// TestTranslatePattern holds the translation against texts. The verdicts are
// those of ECMA-262 in Unicode mode.
func TestTranslatePattern(t *testing.T) {
	tests := []struct {
		src, want string // want "": not compared
		match     []string
		differ    []string
	}{
		{`^abc$`, `^abc$`, []string{"abc"}, []string{"abc\n", "xabc", "abcd"}},
		{`a.c`, `a[^\n\r\x{2028}\x{2029}]c`, []string{"abc", "a😀c", "a\u0085c"}, []string{"a\nc", "a\rc", "a\u2028c", "a\u2029c"}},
		{`^\d+$`, `^\d+$`, []string{"09"}, []string{"߀", "٣"}},
		{`^\D$`, ``, []string{"߀", "x"}, []string{"0"}},
		{`^\w$`, ``, []string{"_", "a"}, []string{"é", "-"}},
		{`^\W$`, ``, []string{"é", "-"}, []string{"_", "a"}},
		{`^\s$`, ``, []string{" ", "\t", "\n", "\v", "\f", "\r", "\u00a0", "\ufeff", "\u2028", "\u2029", "\u1680", "\u2003", "\u202f", "\u205f", "\u3000"}, []string{"x", "\u0085", "\u180e", "\u200b"}},
		{`^\S$`, ``, []string{"x", "\u0085", "\u200b", "😀", "\x00"}, []string{" ", "\u00a0", "\ufeff", "\u2028", "\u3000"}},
		{`^[\s\d]$`, ``, []string{"\u00a0", "5"}, []string{"x"}},
		{`^[^\s]$`, ``, []string{"x"}, []string{"\u00a0"}},
		{`^[\S]$`, ``, []string{"x"}, []string{"\ufeff"}},
		{`^[\S ]$`, ``, []string{"x", " "}, []string{"\ufeff"}},
		{`^[\W\D]$`, ``, []string{"x", "-"}, []string{"5"}},
		{`^\u0061\x62\u{1F600}$`, `^ab😀$`, []string{"ab😀"}, []string{"ab"}},
		{`^\ud83d\ude00$`, `^😀$`, []string{"😀"}, nil},
		{`^[\u0061-\u007a]$`, `^[a-z]$`, []string{"m"}, []string{"M"}},
		{`^\cA\cj\0$`, ``, []string{"\x01\n\x00"}, []string{"cAcj0"}},
		{`^\t\n\v\f\r$`, ``, []string{"\t\n\v\f\r"}, nil},
		{`^[\b]$`, ``, []string{"\b"}, []string{"b"}},
		{`\bfoo\b`, `\bfoo\b`, []string{"a foo b", "éfoo"}, []string{"xfoo"}},
		{`^[^]$`, ``, []string{"\n", "x", "😀"}, []string{"", "xx"}},
		{`a[]`, ``, nil, []string{"a", "a[]", "ab"}},
		{`^[[:alpha:]]$`, ``, []string{"a]", ":]", "[]"}, []string{"b", "a"}},
		{`^[a\]]$`, ``, []string{"]", "a"}, []string{`\`}},
		{`^[\w-.]$`, ``, []string{"-", ".", "z"}, []string{",", "/"}},
		{`^[a-]$`, ``, []string{"-", "a"}, []string{"b"}},
		{`^[+\-]$`, ``, []string{"-", "+"}, []string{","}},
		{`^[-+]$`, ``, []string{"-", "+"}, []string{","}},
		{`^[\]-a]$`, ``, []string{"]", "^", "a"}, []string{"b"}},
		{`^[^^]$`, ``, []string{"a"}, []string{"^"}},
		{`^a\/b$`, ``, []string{"a/b"}, nil},
		{`^{a}$`, `^\{a\}$`, []string{"{a}"}, []string{"a"}},
		{`^a{,2}$`, ``, []string{"a{,2}"}, []string{"a", "aa"}},
		{`^x{2}$`, `^x{2}$`, []string{"xx"}, []string{"x"}},
		{`^]$`, ``, []string{"]"}, nil},
		{`^(?<year>\d{4})$`, `^(?:\d{4})$`, []string{"2022"}, nil},
		{`^(?:a|b)*?c$`, ``, []string{"abc"}, nil},
		{`a||b`, ``, []string{""}, nil},
		{``, ``, []string{"", "x"}, nil},
		{`^\p{L}+$`, `^[\p{L}]+$`, []string{"é", "中文"}, []string{"1"}},
		{`^\p{Letter}\p{digit}$`, ``, []string{"é߀"}, []string{"1a"}},
		{`^\p{Lu}\P{Lu}$`, ``, []string{"Ab"}, []string{"AB"}},
		{`^\p{Script=Greek}$`, ``, []string{"α"}, []string{"a"}},
		{`^[\p{gc=Nd}_]$`, ``, []string{"٣", "_"}, []string{"a"}},
		{`^[^\p{L}]$`, ``, []string{"1"}, []string{"é"}},
		{`^\p{ASCII}\P{ASCII}$`, ``, []string{"aé"}, []string{"aa"}},
		{`^\p{LC}\P{LC}$`, ``, []string{"A中"}, []string{"AA"}},
		{`^🐲*$`, `^🐲*$`, []string{"", "🐲🐲"}, []string{"🐉"}},
		{`^$`, `^$`, []string{""}, []string{"\n", "x"}},
		{`\.\*\+\?\(\)\[\]\{\}\^\$\|\\`, `\.\*\+\?\(\)\[\]\{\}\^\$\|\\`, []string{`.*+?()[]{}^$|\`}, nil},
	}
	for _, test := range tests {
		got, err := TranslatePattern(test.src)
		if err != nil {
			t.Errorf("%s: %v", test.src, err)
			continue
		}
		if test.want != "" && got != test.want {
			t.Errorf("%s becomes %s, want %s", test.src, got, test.want)
		}
		re := regexp.MustCompile(got)
		for _, s := range test.match {
			if !re.MatchString(s) {
				t.Errorf("%s (%s) does not match %q", test.src, got, s)
			}
		}
		for _, s := range test.differ {
			if re.MatchString(s) {
				t.Errorf("%s (%s) matches %q", test.src, got, s)
			}
		}
	}
}

// TestTranslateBlank holds both classes of white space to a list of every code
// point of ECMA-262, WhiteSpace and LineTerminator.
func TestTranslateBlank(t *testing.T) {
	const blanks = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
	blank := regexp.MustCompile(`^[` + spaceRanges + `]$`)
	other := regexp.MustCompile(`^[` + nonSpaceRanges + `]$`)
	for r := rune(0); r <= 0x10ffff; r++ {
		if r >= 0xd800 && r < 0xe000 {
			continue
		}
		want := strings.ContainsRune(blanks, r)
		if blank.MatchString(string(r)) != want || other.MatchString(string(r)) == want {
			t.Errorf("U+%04X", r)
		}
		if r == 0x3100 {
			r = 0xfe00 // nothing between is near a blank
		}
		if r == 0xff10 {
			r = 0x10fff0
		}
	}
}

func TestTranslatePatternRefuses(t *testing.T) {
	tests := []struct {
		src     string
		offset  int
		summary string
	}{
		{`a(?=b)`, 1, "lookahead"},
		{`a(?!b)`, 1, "lookahead"},
		{`(?<=a)b`, 0, "lookbehind"},
		{`(?<!a)b`, 0, "lookbehind"},
		{`(a)\1`, 3, `backreference \1`},
		{`(?<n>a)\k<n>`, 7, "backreference"},
		{`(?i)a`, 0, "changes flags"},
		{`(?i:a)`, 0, "changes flags"},
		{`(?P<n>a)`, 0, "changes flags"},
		{`a\z`, 1, "means nothing"},
		{`\Aa`, 0, "means nothing"},
		{`\a`, 0, "means nothing"},
		{`\Qa\E`, 0, "means nothing"},
		{`\pL`, 0, "without a property"},
		{`\p{Emoji}`, 0, "Unicode property Emoji"},
		{`\p{Cn}`, 0, "Unicode property"},
		{`\p{Script_Extensions=Greek}`, 0, "Unicode property"},
		{`\01`, 0, "octal"},
		{`\c1`, 0, `\c without`},
		{`\xG0`, 0, "hexadecimal"},
		{`\u12`, 0, "hexadecimal"},
		{`\u{110000}`, 0, "not a character"},
		{`\ud800`, 0, "surrogate"},
		{`[\ud800-\udfff]`, 1, "surrogate"},
		{`a{1001}`, 1, "more than 1000"},
		{`a{99999999999999999999}`, 1, "more than 1000"},
		{`(a{1000}){1000}`, 0, "too large"},
		{`a{2,1}`, 1, "wrong way"},
		{`[z-a]`, 1, "wrong way"},
		{`*a`, 0, "nothing for"},
		{`a|+`, 2, "nothing for"},
		{`{2}`, 0, "nothing for"},
		{`a**`, 2, "repetition of a repetition"},
		{`a{2}{3}`, 4, "repetition of a repetition"},
		{`^*`, 0, "cannot be repeated"},
		{`\b+`, 0, "cannot be repeated"},
		{`(a`, 0, "not closed"},
		{`a)`, 1, "without an opening"},
		{`[a`, 0, "not closed"},
		{`a\`, 1, "backslash at the end"},
		{`(?<1 n>a)`, 0, "name"},
		{"a\xff", 0, "UTF-8"},
		{`[a\P{ASCII}]`, 0, "complement"},
		{strings.Repeat("(", 300), 201, "deeper"},
	}
	for _, test := range tests {
		got, err := TranslatePattern(test.src)
		e, ok := err.(*PatternError)
		if !ok {
			t.Errorf("%s becomes %s", test.src, got)
			continue
		}
		if e.Offset != test.offset || !strings.Contains(e.Summary, test.summary) {
			t.Errorf("%s: %v, want %q at byte %d", test.src, e, test.summary, test.offset)
		}
	}
}

// FuzzTranslatePattern holds that no pattern makes the translation panic, and
// that package regexp takes whatever comes out.
func FuzzTranslatePattern(f *testing.F) {
	for _, s := range []string{`^[\w-.]+$`, `(?<a>b)\p{Lu}{2,}`, `[^]|\u{41}\cA`, `a{,2}[\b\]-z]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		re2, err := TranslatePattern(src)
		if err == nil {
			regexp.MustCompile(re2)
		}
	})
}

func TestLexicon(t *testing.T) {
	tests := []struct {
		pattern                 string
		integer, decimal, truth bool
		absent                  string
	}{
		{pattern: `^[0-9]+$`, integer: true, decimal: true},
		{pattern: `^-?[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?$`, decimal: true},
		{pattern: `^(0(\.[0-9]+)?|1(\.0+)?)$`, decimal: true},
		{pattern: `^\d*$`, integer: true, decimal: true},
		{pattern: `^(\d+|-)$`},
		{pattern: `^(\d+|-)$`, integer: true, decimal: true, absent: "-"},
		{pattern: `^(\d+|n/a)?$`, integer: true, decimal: true, absent: "n/a"},
		{pattern: `[0-9]+`},
		{pattern: `^[0-9]+`},
		{pattern: `[0-9]+$`},
		{pattern: `^[0-9]|[0-9]$`},
		{pattern: `^[0-9]+|^-[0-9]$`},
		{pattern: `^(?:[0-9]|-[0-9])$`, integer: true, decimal: true},
		{pattern: `^[0-9.]+$`},
		{pattern: `^[a-f]+$`},
		{pattern: `^(true|false)$`, truth: true},
		{pattern: `^[01]$`, integer: true, decimal: true, truth: true},
		{pattern: `^(0|1|true|false)?$`, truth: true},
		{pattern: `^[0-9]+\n$`},
		{pattern: `^.*$`},
		{pattern: `^$`, integer: true, decimal: true, truth: true},
		{pattern: ``},
	}
	for _, test := range tests {
		re2, err := TranslatePattern(test.pattern)
		if err != nil {
			t.Fatal(err)
		}
		var absent []string
		if test.absent != "" {
			absent = []string{test.absent}
		}
		for _, l := range []struct {
			name string
			lex  *lexicon
			want bool
		}{{"integers", &integers, test.integer}, {"decimals", &decimals, test.decimal}, {"booleans", &booleans, test.truth}} {
			if got := l.lex.holds(re2, absent); got != l.want {
				t.Errorf("%s holds %s: %v", l.name, test.pattern, got)
			}
		}
	}
}

// TestRuntimePattern holds lookaheads against texts.
func TestRuntimePattern(t *testing.T) {
	for _, c := range []struct {
		src, want string
		match     []string
		differ    []string
	}{
		{`^(?!foo$)a|b`, `^(?P<_never1>foo$)a|b`, []string{"a", "fob"}, []string{"foo"}},
		{`^(?=.*\d)(?=.*[a-z]).{2,}$`, ``, []string{"a1"}, []string{"a", "ab", "12"}},
		{`^(?:(?!--)[a-z-])+$`, `^(?:(?P<_never1>--)[a-z\-])+$`, []string{"a-b"}, []string{"a--b", ""}},
		{`^(?!(?=a)a[])b`, ``, []string{"b"}, []string{"a"}},
		{`(?=[]|x).`, ``, []string{"x"}, []string{"y", ""}},
		{`^a$`, `^a$`, []string{"a"}, []string{"b"}},
	} {
		re2, err := RuntimePattern(c.src)
		if err != nil || c.want != "" && re2 != c.want {
			t.Errorf("%s: got %s, %v, want %s", c.src, re2, err, c.want)
			continue
		}
		m, err := constraint.NewMatcher(re2)
		if err != nil {
			t.Errorf("%s: %s: %v", c.src, re2, err)
			continue
		}
		for _, s := range c.match {
			if !m.Match(s) {
				t.Errorf("%s does not match %q", c.src, s)
			}
		}
		for _, s := range c.differ {
			if m.Match(s) {
				t.Errorf("%s matches %q", c.src, s)
			}
		}
	}
	for _, src := range []string{`(?=a)*`, `(?!a){2}`, `(?=a`, `(?<=a)b`, `(?=(a)\1)`} {
		if re2, err := RuntimePattern(src); err == nil {
			t.Errorf("%s is taken for %s", src, re2)
		}
	}
}
