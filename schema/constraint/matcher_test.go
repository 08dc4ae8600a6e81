package constraint

import "testing"

func TestMatcher(t *testing.T) {
	for _, c := range []struct {
		re2  string
		yes  []string
		nope []string
	}{
		{`^a+$`, []string{"a"}, []string{"", "ab"}},
		{`^(?P<_never1>foo$)`, []string{"", "food", "xfoo"}, []string{"foo"}},
		{`^(?P<_ahead1>.*[0-9])(?P<_ahead2>.*[a-z]).{3,}$`, []string{"a1x", "1aé"}, []string{"a1", "abc"}},
		{`^(?:(?P<_never1>--)[a-z-])*$`, []string{"", "a-b", "-"}, []string{"a--b", "A"}},
		{`^(?P<_never1>(?P<_never2>a)b?.)`, []string{"", "ab"}, []string{"b", "é"}},
		{`^(?P<_never1>.*\bno\b)`, []string{"", "not", "snow"}, []string{"no", "oh no!"}},
		{`(?P<_never1>.)`, []string{"", "é"}, nil},
		{`a(?P<_ahead1>b)`, []string{"xaab"}, []string{"a", "ac"}},
	} {
		m, err := NewMatcher(c.re2)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range c.yes {
			if !m.Match(s) {
				t.Errorf("%s does not match %q", c.re2, s)
			}
		}
		for _, s := range c.nope {
			if m.Match(s) {
				t.Errorf("%s matches %q", c.re2, s)
			}
		}
	}
	if _, err := NewMatcher("(?P<_never1>"); err == nil {
		t.Error("a broken pattern is accepted")
	}
	if got := PatternWithin(`^(?P<_never1>a)`, `^`); got != Unknown {
		t.Errorf("PatternWithin says %v of a lookahead", got)
	}
}
