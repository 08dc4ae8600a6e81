package wire

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// padded returns text as a scanner sees it.
func padded(text string) buffer { return newBuffer(paddedCopy([]byte(text))) }

// TestFloatAgreesWithStrconv holds the fast path, and the exact division in
// it, to package strconv's rounding.
func TestFloatAgreesWithStrconv(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	check := func(text string) {
		t.Helper()
		got, n := padded(text).float(0)
		if n == 0 {
			return // left to the slow path, which is strconv
		}
		want, err := strconv.ParseFloat(text, 64)
		if err != nil || n != len(text) || math.Float64bits(got) != math.Float64bits(want) {
			t.Fatalf("float(%q) = %v (%d bytes), strconv has %v, %v", text, got, n, want, err)
		}
	}
	for range 300_000 {
		f := rng.Float64()
		check(strconv.FormatFloat(f, 'f', -1, 64))
		digits := rng.Uint64() >> rng.IntN(60)
		scale := rng.IntN(20)
		text := fmt.Sprintf("%020d", digits)
		check(text[:20-scale] + "." + text[20-scale:])
		check(strconv.FormatUint(digits, 10))
	}
	for _, text := range []string{
		"0", "-0", "0.0", "1", "1.0", "0.355083", "0.10181817412376404", "12.88",
		"9007199254740993", "9007199254740993.0", "9007199254740992.5", "18446744073709551615",
		"9999999999999999999", "0.9999999999999999999", "1.8446744073709551615",
		"0.0000000000000000001", "9007199254740991.5", "4503599627370497.5",
	} {
		check(text)
		check("-" + text)
	}
}

// TestFastPathsTakeWhatPayloadsHave pins the spellings that must not fall to
// the slow path.
func TestFastPathsTakeWhatPayloadsHave(t *testing.T) {
	for _, text := range []string{"0", "11", "12.88", "0.355083", "0.8069194555282593", "0.10181817412376404", "1.0", "-1.5"} {
		if _, n := padded(text).float(0); n != len(text) {
			t.Errorf("float leaves %q to the slow path", text)
		}
	}
	for _, text := range []string{"0", "275", "-1", "9223372036854775807"} {
		if _, n := padded(text).int(0); n != len(text) {
			t.Errorf("int leaves %q to the slow path", text)
		}
	}
}

func TestParseFloat64(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
		ok   bool
	}{
		{"0.5", 0.5, true}, {"+5", 5, true}, {"1e3", 1000, true}, {"1E-3", 0.001, true}, {".5", 0.5, true}, {"5.", 5, true},
		{"INF", math.Inf(1), true}, {"-INF", math.Inf(-1), true}, {"007", 7, true}, {"-0", math.Copysign(0, -1), true},
		{"", 0, false}, {"1_0", 0, false}, {"0x1p-2", 0, false}, {"1e999", 0, false}, {"-1e999", 0, false}, {"Inf", 0, false},
		{"+INF", 0, false}, {"infinity", 0, false}, {"1e", 0, false}, {"e1", 0, false}, {".", 0, false}, {"1 2", 0, false}, {"٣", 0, false},
		{"1e-999", 0, true},
	} {
		got, ok := parseFloat64(c.text)
		if ok != c.ok || ok && math.Float64bits(got) != math.Float64bits(c.want) {
			t.Errorf("parseFloat64(%q) = %v, %v; want %v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
	if f, ok := parseFloat64("NaN"); !ok || f == f {
		t.Error("NaN is a double")
	}
}

func TestParseInt64(t *testing.T) {
	for _, c := range []struct {
		text string
		want int64
		ok   bool
	}{
		{"0", 0, true}, {"-1", -1, true}, {"+7", 7, true}, {"1.0", 1, true}, {"1e2", 100, true}, {"12.50e1", 125, true},
		{"9223372036854775807", math.MaxInt64, true}, {"-9223372036854775808", math.MinInt64, true}, {"-0.0", 0, true},
		{"9223372036854775808", 0, false}, {"1.5", 0, false}, {"1e-1", 0, false}, {"1e1000001", 0, false}, {"", 0, false}, {"0x10", 0, false},
		{"9007199254740993.0", 9007199254740993, true}, {"1_000", 0, false},
	} {
		if got, ok := parseInt64(c.text); ok != c.ok || ok && got != c.want {
			t.Errorf("parseInt64(%q) = %v, %v; want %v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func FuzzNumbers(f *testing.F) {
	for _, s := range []string{"0.355083", "-12.88", "1e5", "18446744073709551616", "0.10181817412376404"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, n := padded(text).float(0); n > 0 {
			want, err := strconv.ParseFloat(text[:n], 64)
			if err != nil || math.Float64bits(got) != math.Float64bits(want) {
				t.Errorf("float(%q) = %v, strconv has %v, %v", text[:n], got, want, err)
			}
		}
		if got, n := padded(text).int(0); n > 0 {
			want, err := strconv.ParseInt(text[:n], 10, 64)
			if err != nil || got != want {
				t.Errorf("int(%q) = %v, strconv has %v, %v", text[:n], got, want, err)
			}
		}
	})
}
