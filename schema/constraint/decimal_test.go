package constraint

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDecimal(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"0", "0"}, {"-0", "0"}, {"+0.00", "0"}, {"0e5", "0"},
		{"12", "12"}, {"-12.50", "-12.5"}, {"+1.", "1"}, {".5", "0.5"}, {"-.05", "-0.05"},
		{"1e3", "1000"}, {"1E+3", "1000"}, {"1.5e-3", "0.0015"}, {"120e-1", "12"},
		{"9007199254740993", "9007199254740993"},
		{"1e400", "1" + strings.Repeat("0", 400)},
		{"1e-400", "0." + strings.Repeat("0", 399) + "1"},
	} {
		d, err := ParseDecimal(c.text)
		if err != nil || d.String() != c.want {
			t.Errorf("%s: got %s, %v; want %s", c.text, d, err, c.want)
		}
	}
}

func TestParseDecimalRefuses(t *testing.T) {
	for _, text := range []string{
		"", "-", "+", ".", "e1", "1e", "1e+", "1x", "0x10", "1_000", " 1", "1 ", "INF", "NaN", "--1", "1.2.3", "1e1.5", "١",
		"1e401", "1e-401", "1e999999999999999999999", strings.Repeat("9", MaxDigits+1), "0." + strings.Repeat("0", MaxDigits),
	} {
		start := time.Now()
		if d, err := ParseDecimal(text); err == nil {
			t.Errorf("%.20q is %s", text, d)
		}
		if took := time.Since(start); took > 100*time.Millisecond {
			t.Errorf("%.20q took %v", text, took)
		}
	}
}

// number draws the text of a number.
func number() *rapid.Generator[string] {
	return rapid.StringMatching(`-?[0-9]{1,4}(\.[0-9]{1,3})?(e-?[0-3])?`)
}

func rat(t *rapid.T, text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatal(text)
	}
	return r
}

// Decimals agree with rationals.
func TestDecimalIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := number().Draw(t, "a"), number().Draw(t, "b")
		x, err := ParseDecimal(a)
		if err != nil {
			t.Fatal(err)
		}
		y, err := ParseDecimal(b)
		if err != nil {
			t.Fatal(err)
		}
		r, s := rat(t, a), rat(t, b)
		if got, want := x.Cmp(y), r.Cmp(s); got != want {
			t.Errorf("Cmp is %d, want %d", got, want)
		}
		if got := rat(t, x.Add(y).String()); got.Cmp(new(big.Rat).Add(r, s)) != 0 {
			t.Errorf("Add is %s", got)
		}
		if got := rat(t, x.Sub(y).String()); got.Cmp(new(big.Rat).Sub(r, s)) != 0 {
			t.Errorf("Sub is %s", got)
		}
		if got := rat(t, half(x).String()); got.Cmp(new(big.Rat).Quo(r, big.NewRat(2, 1))) != 0 {
			t.Errorf("half is %s", got)
		}
		if x.IsInteger() != r.IsInt() || x.Sign() != r.Sign() {
			t.Error("IsInteger or Sign is wrong")
		}
		if s.Sign() != 0 {
			if got, want := x.MultipleOf(y), new(big.Rat).Quo(r, s).IsInt(); got != want {
				t.Errorf("MultipleOf is %v, want %v", got, want)
			}
		}
		if s.Sign() > 0 {
			f := x.floor(y)
			if !f.MultipleOf(y) || f.Cmp(x) > 0 || f.Add(y).Cmp(x) <= 0 {
				t.Errorf("floor is %s", f)
			}
			if r.Sign() > 0 {
				l := leastMultiple(x, y)
				if l.Sign() <= 0 || !l.MultipleOf(x) || !l.MultipleOf(y) {
					t.Errorf("leastMultiple is %s", l)
				}
			}
		}
	})
}
