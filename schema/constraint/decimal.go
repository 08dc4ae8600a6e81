package constraint

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// The limits of a number's text. A number beyond them is refused before it is
// computed with: 1e999999999 is eleven bytes to write and a gigabyte to hold.
const (
	MaxDigits   = 1000 // significant or not
	MaxExponent = 400  // of ten, as it is written
)

// Decimal is an exact decimal number. The zero value is 0.
type Decimal struct {
	// The number is coef times ten to the power of exp. coef is nil for 0 and
	// not divisible by ten otherwise, so that equal numbers have equal parts.
	coef *big.Int
	exp  int
}

var (
	errSyntax = errors.New("not a decimal number")
	ten       = big.NewInt(10)
	one       = Decimal{coef: big.NewInt(1)}
)

// ParseDecimal reads a number as JSON (RFC 8259, section 6) or XSD (Part 2,
// section 3.2.3 for decimal, 3.2.4 for the exponent) spells it. White space,
// infinities and NaN are not numbers.
func ParseDecimal(text string) (Decimal, error) {
	rest := text
	negative := strings.HasPrefix(rest, "-")
	if negative || strings.HasPrefix(rest, "+") {
		rest = rest[1:]
	}
	whole, rest := cutDigits(rest)
	fraction := ""
	if strings.HasPrefix(rest, ".") {
		fraction, rest = cutDigits(rest[1:])
	}
	if whole == "" && fraction == "" {
		return Decimal{}, errSyntax
	}
	if len(whole)+len(fraction) > MaxDigits {
		return Decimal{}, fmt.Errorf("the number has more than %d digits", MaxDigits)
	}
	exp := 0
	if rest != "" {
		var err error
		if exp, err = parseExponent(rest); err != nil {
			return Decimal{}, err
		}
	}
	coef, ok := new(big.Int).SetString(whole+fraction, 10)
	if !ok {
		return Decimal{}, errSyntax
	}
	if negative {
		coef.Neg(coef)
	}
	return normal(coef, exp-len(fraction)), nil
}

// parseExponent reads the exponent of a number, with the letter before it.
func parseExponent(text string) (int, error) {
	if text[0] != 'e' && text[0] != 'E' {
		return 0, errSyntax
	}
	text = text[1:]
	negative := strings.HasPrefix(text, "-")
	if negative || strings.HasPrefix(text, "+") {
		text = text[1:]
	}
	digits, rest := cutDigits(text)
	if digits == "" || rest != "" {
		return 0, errSyntax
	}
	n := 0
	for _, c := range digits {
		if n = n*10 + int(c-'0'); n > MaxExponent {
			return 0, fmt.Errorf("the number's exponent is beyond %d", MaxExponent)
		}
	}
	if negative {
		n = -n
	}
	return n, nil
}

func cutDigits(text string) (digits, rest string) {
	i := 0
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	return text[:i], text[i:]
}

// normal returns coef times ten to the power of exp. It takes coef over.
func normal(coef *big.Int, exp int) Decimal {
	if coef.Sign() == 0 {
		return Decimal{}
	}
	quotient, remainder := new(big.Int), new(big.Int)
	for {
		quotient.QuoRem(coef, ten, remainder)
		if remainder.Sign() != 0 {
			return Decimal{coef, exp}
		}
		coef, quotient = quotient, coef
		exp++
	}
}

// whole returns the integer n.
func whole(n int64) Decimal { return normal(big.NewInt(n), 0) }

// powerOfTen returns ten to the power of n.
func powerOfTen(n int) Decimal { return Decimal{big.NewInt(1), n} }

// String writes the number without an exponent and without needless zeros.
func (d Decimal) String() string {
	if d.coef == nil {
		return "0"
	}
	digits, sign := new(big.Int).Abs(d.coef).String(), ""
	if d.coef.Sign() < 0 {
		sign = "-"
	}
	switch point := len(digits) + d.exp; {
	case d.exp >= 0:
		return sign + digits + strings.Repeat("0", d.exp)
	case point > 0:
		return sign + digits[:point] + "." + digits[point:]
	default:
		return sign + "0." + strings.Repeat("0", -point) + digits
	}
}

// Sign returns -1, 0 or 1, as d is below, at or above zero.
func (d Decimal) Sign() int {
	if d.coef == nil {
		return 0
	}
	return d.coef.Sign()
}

// Cmp returns -1, 0 or 1, as d is below, at or above e.
func (d Decimal) Cmp(e Decimal) int {
	a, b, _ := align(d, e)
	return a.Cmp(b)
}

// IsInteger tells whether the number has no fraction.
func (d Decimal) IsInteger() bool { return d.exp >= 0 }

// MultipleOf tells whether d is a whole number of times e, which is not zero.
func (d Decimal) MultipleOf(e Decimal) bool {
	if e.coef == nil {
		return d.coef == nil
	}
	a, b, _ := align(d, e)
	return new(big.Int).Rem(a, b).Sign() == 0
}

// Add returns the sum of d and e.
func (d Decimal) Add(e Decimal) Decimal {
	a, b, exp := align(d, e)
	return normal(new(big.Int).Add(a, b), exp)
}

// Sub returns d less e.
func (d Decimal) Sub(e Decimal) Decimal {
	a, b, exp := align(d, e)
	return normal(new(big.Int).Sub(a, b), exp)
}

// Neg returns d with its sign turned.
func (d Decimal) Neg() Decimal {
	if d.coef == nil {
		return d
	}
	return Decimal{new(big.Int).Neg(d.coef), d.exp}
}

// floor returns the greatest multiple of step that is not above d. step is
// positive.
func (d Decimal) floor(step Decimal) Decimal {
	a, b, exp := align(d, step)
	quotient, remainder := new(big.Int).DivMod(a, b, new(big.Int))
	if remainder.Sign() == 0 {
		return d
	}
	return normal(quotient.Mul(quotient, b), exp)
}

// leastMultiple returns the least positive number that is a multiple of both,
// which are positive.
func leastMultiple(d, e Decimal) Decimal {
	a, b, exp := align(d, e)
	gcd := new(big.Int).GCD(nil, nil, a, b)
	return normal(new(big.Int).Mul(new(big.Int).Div(a, gcd), b), exp)
}

// digits returns how many digits the number has in all, and how many of them
// stand behind the point, when it is written without needless zeros.
func (d Decimal) digits() (total, fraction int) {
	if d.coef == nil {
		return 1, 0
	}
	n := len(new(big.Int).Abs(d.coef).String())
	if d.exp >= 0 {
		return n + d.exp, 0
	}
	return max(n, -d.exp), -d.exp
}

// align writes two numbers with one exponent.
func align(d, e Decimal) (a, b *big.Int, exp int) {
	exp = min(d.exp, e.exp)
	return d.scaled(exp), e.scaled(exp), exp
}

// scaled returns the coefficient of d for an exponent that is not above its
// own.
func (d Decimal) scaled(exp int) *big.Int {
	if d.coef == nil {
		return new(big.Int)
	}
	if d.exp == exp {
		return d.coef
	}
	factor := new(big.Int).Exp(ten, big.NewInt(int64(d.exp-exp)), nil)
	return factor.Mul(factor, d.coef)
}
