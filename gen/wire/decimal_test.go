package wire

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// randomDecimal spells a number of up to 40 digits with a small exponent.
func randomDecimal(r *rand.Rand) string {
	var b strings.Builder
	if r.IntN(3) == 0 {
		b.WriteByte('-')
	}
	digits := func(n int) {
		for range n {
			b.WriteByte("0012345679"[r.IntN(10)])
		}
	}
	if r.IntN(4) == 0 {
		b.WriteByte('0')
	} else {
		b.WriteByte("123456789"[r.IntN(9)])
		digits(r.IntN(20))
	}
	if r.IntN(2) == 0 {
		b.WriteByte('.')
		digits(1 + r.IntN(20))
	}
	if r.IntN(3) == 0 {
		fmt.Fprintf(&b, "e%d", r.IntN(25)-12)
	}
	return b.String()
}

func TestDecimalAgainstRat(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	texts := []string{"0", "-0", "0.0", "0e9", "1", "1.0", "10e-1", "0.1e1", "100", "1e2", "9007199254740993", "9007199254740992", "9999999999999999999", "18446744073709551615", "18446744073709551616", "1.00000000000000000000", "0.00000000000000000001", "-1", "-1.5", "3", "0.01", "0.0075"}
	for range 20_000 {
		texts = append(texts, randomDecimal(r))
	}
	for range 60_000 {
		a, b := texts[r.IntN(len(texts))], texts[r.IntN(len(texts))]
		x, y := parseDecimal([]byte(a)), parseDecimal([]byte(b))
		p, _ := new(big.Rat).SetString(a)
		q, _ := new(big.Rat).SetString(b)
		if got, want := x.cmp(&y), p.Cmp(q); got != want {
			t.Fatalf("cmp(%s, %s) = %d, want %d", a, b, got, want)
		}
		if got, want := x.integral(), p.IsInt(); got != want {
			t.Fatalf("integral(%s) = %v, want %v", a, got, want)
		}
		if (x.hash(jsonSeed) == y.hash(jsonSeed)) != (p.Cmp(q) == 0) {
			t.Fatalf("hashes of %s and %s: equal: %v", a, b, p.Cmp(q) != 0)
		}
		if q.Sign() <= 0 {
			continue
		}
		if got, want := x.multipleOf(&y), new(big.Rat).Quo(p, q).IsInt(); got != want {
			t.Fatalf("multipleOf(%s, %s) = %v, want %v", a, b, got, want)
		}
	}
}

func TestDecimalMultiples(t *testing.T) {
	for _, c := range []struct {
		a, m string
		want bool
	}{
		{"1e1000001", "7", false},
		{"7e1000001", "7", true},
		{"1e999999999999999999", "0.0001", true},
		{"1e-1000001", "1", false},
		{"1e308", "0.123456789", false},
		{"12345678901234567890123456789000", "12345678901234567890123456789", true},
		{"12345678901234567890123456789001", "12345678901234567890123456789", false},
		{"0.00000000000000000000000000001", "0.000000000000000000000000000005", true},
		{"1", "18446744073709551616", false},
		{"18446744073709551616", "18446744073709551616", true},
	} {
		x, m := parseDecimal([]byte(c.a)), parseDecimal([]byte(c.m))
		if got := x.multipleOf(&m); got != c.want {
			t.Errorf("multipleOf(%s, %s) = %v, want %v", c.a, c.m, got, c.want)
		}
	}
}

// TestDecimalHostile holds the time that the worst spellings take.
func TestDecimalHostile(t *testing.T) {
	long := strings.Repeat("1234567890", 100_000)
	texts := []string{"1e1000001", "-1e-1000001", "1e99999999999999999999", "1e-99999999999999999999", long, "0." + long, long + "e" + long, "1e" + long}
	small, divisor := parseDecimal([]byte("0.5")), parseDecimal([]byte("123456789012345678901234567890.1"))
	start := time.Now()
	for _, a := range texts {
		x := parseDecimal([]byte(a))
		for _, b := range texts {
			y := parseDecimal([]byte(b))
			x.cmp(&y)
		}
		x.integral()
		x.hash(jsonSeed)
		x.multipleOf(&small)
		x.multipleOf(&divisor)
	}
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("took %v", d)
	}
}
