package wire

import (
	"bytes"
	"hash/maphash"
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

// decimal is a number as a schema or a payload spells it, exactly: a sign and
// significant digits times a power of ten. Up to maxDigits digits are a word;
// more of them stay text, so that no spelling costs more than its own length.
// The zero value is 0.
//
// A power of ten of more than 18 digits counts as 10^18: the values beyond are
// told from all others, but not from each other.
type decimal struct {
	neg  bool
	mant uint64 // the digits as a number, when text is nil
	exp  int64  // the power of ten of the last digit
	n    int    // how many digits; 0 for the number zero
	// text holds the digits when they are too many for mant, perhaps with a
	// point among them. Its first and last byte are not '0'.
	text []byte
}

// maxExponent is where exponents saturate.
const maxExponent = 1_000_000_000_000_000_000

// parseDecimal reads a number of the form that JSON, XSD's decimal and XSD's
// double share. The grammar must have been checked; text is kept by numbers of
// many digits.
func parseDecimal(text []byte) decimal {
	var d decimal
	i := 0
	if i < len(text) && (text[i] == '-' || text[i] == '+') {
		d.neg = text[i] == '-'
		i++
	}
	first, last, point, end := -1, 0, -1, len(text)
	var mant uint64 // the digits up to last, while they fit
	count := 0      // digits since first
	kept, keptN := uint64(0), 0
scan:
	for ; i < len(text); i++ {
		switch c := text[i]; c {
		case '.':
			point = i
		case 'e', 'E':
			end = i
			break scan
		default:
			if first < 0 {
				if c == '0' {
					continue
				}
				first = i
			}
			count++
			mant = mant*10 + uint64(c-'0')
			if c != '0' {
				last, kept, keptN = i, mant, count
			}
		}
	}
	if first < 0 {
		return decimal{}
	}
	if point < 0 {
		point = end
	}
	d.n = keptN
	if keptN <= maxDigits {
		d.mant = kept
	} else {
		d.text = text[first : last+1]
	}
	if last < point {
		d.exp = int64(point - 1 - last)
	} else {
		d.exp = int64(point - last)
	}
	if end < len(text) {
		d.exp += exponent(text[end+1:])
	}
	return d
}

// exponent reads an exponent, saturating.
func exponent(text []byte) int64 {
	e, i := int64(0), 0
	if i < len(text) && (text[i] == '-' || text[i] == '+') {
		i++
	}
	for ; i < len(text); i++ {
		if e = e*10 + int64(text[i]-'0'); e > maxExponent {
			e = maxExponent
		}
	}
	if len(text) > 0 && text[0] == '-' {
		return -e
	}
	return e
}

// digitsIn returns the digits as text, perhaps with a point among them.
func (d *decimal) digitsIn(b *[maxDigits + 1]byte) []byte {
	if d.text != nil {
		return d.text
	}
	return strconv.AppendUint(b[:0], d.mant, 10)
}

// zero tells whether the number is zero.
func (d *decimal) zero() bool { return d.n == 0 }

// integral tells whether the number is a whole one.
func (d *decimal) integral() bool { return d.n == 0 || d.exp >= 0 }

// cmp compares two numbers exactly: -1, 0 or 1.
func (d *decimal) cmp(o *decimal) int {
	switch {
	case d.n == 0 && o.n == 0:
		return 0
	case d.n == 0:
		return sign(!o.neg) * -1
	case o.n == 0:
		return sign(!d.neg)
	case d.neg != o.neg:
		return sign(!d.neg)
	}
	c := d.cmpMagnitude(o)
	if d.neg {
		return -c
	}
	return c
}

func sign(positive bool) int {
	if positive {
		return 1
	}
	return -1
}

// cmpMagnitude compares two numbers that are not zero, without their signs.
func (d *decimal) cmpMagnitude(o *decimal) int {
	if a, b := d.exp+int64(d.n), o.exp+int64(o.n); a != b {
		return sign(a > b)
	}
	if d.text == nil && o.text == nil {
		a, b := d.mant, o.mant
		if d.n < o.n {
			a *= powerOfTen(o.n - d.n)
		} else {
			b *= powerOfTen(d.n - o.n)
		}
		switch {
		case a == b:
			return 0
		default:
			return sign(a > b)
		}
	}
	var ba, bb [maxDigits + 1]byte
	a, b := d.digitsIn(&ba), o.digitsIn(&bb)
	for {
		if len(a) > 0 && a[0] == '.' {
			a = a[1:]
		}
		if len(b) > 0 && b[0] == '.' {
			b = b[1:]
		}
		if len(a) == 0 || len(b) == 0 {
			// Neither ends in a zero: the longer one is larger.
			return min(1, max(-1, len(a)-len(b)))
		}
		if a[0] != b[0] {
			return sign(a[0] > b[0])
		}
		a, b = a[1:], b[1:]
	}
}

// powerOfTen returns 10^n, for n of at most maxDigits.
func powerOfTen(n int) uint64 {
	p := uint64(1)
	for ; n >= 8; n -= 8 {
		p *= 100_000_000
	}
	for ; n > 0; n-- {
		p *= 10
	}
	return p
}

// multipleOf tells whether the number is a whole multiple of m, which is not
// zero. It divides digits, never a power of ten that somebody spelled.
func (d *decimal) multipleOf(m *decimal) bool {
	if d.n == 0 {
		return true
	}
	up := d.exp - m.exp
	if up < 0 {
		// The last digit is not zero: no power of ten divides the digits.
		return false
	}
	if m.text == nil {
		rest := d.modulo(m.mant)
		return mulMod(rest, powMod(10, uint64(up), m.mant), m.mant) == 0
	}
	var b [maxDigits + 1]byte
	div, _ := new(big.Int).SetString(string(bytes.ReplaceAll(m.text, []byte{'.'}, nil)), 10)
	rest := moduloBig(d.digitsIn(&b), div)
	rest.Mul(rest, new(big.Int).Exp(big.NewInt(10), big.NewInt(up), div))
	return rest.Mod(rest, div).Sign() == 0
}

// modulo returns the remainder of the digits divided by m.
func (d *decimal) modulo(m uint64) uint64 {
	if d.text == nil {
		return d.mant % m
	}
	rest := uint64(0)
	for _, c := range d.text {
		if c == '.' {
			continue
		}
		hi, lo := bits.Mul64(rest, 10)
		lo, carry := bits.Add64(lo, uint64(c-'0'), 0)
		rest = bits.Rem64(hi+carry, lo, m)
	}
	return rest
}

// moduloBig returns the remainder of many digits divided by m, a chunk of them
// at a time: turning all of them into one number would take more than linear
// time.
func moduloBig(digits []byte, m *big.Int) *big.Int {
	rest, shift, add := new(big.Int), new(big.Int), new(big.Int)
	chunk, n := uint64(0), 0
	flush := func() {
		rest.Mul(rest, shift.SetUint64(powerOfTen(n)))
		rest.Add(rest, add.SetUint64(chunk))
		rest.Mod(rest, m)
		chunk, n = 0, 0
	}
	for _, c := range digits {
		if c == '.' {
			continue
		}
		chunk = chunk*10 + uint64(c-'0')
		if n++; n == 18 {
			flush()
		}
	}
	flush()
	return rest
}

// mulMod returns a*b modulo m.
func mulMod(a, b, m uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return bits.Rem64(hi, lo, m)
}

// powMod returns base^exp modulo m.
func powMod(base, exp, m uint64) uint64 {
	r := 1 % m
	for base %= m; exp > 0; exp >>= 1 {
		if exp&1 == 1 {
			r = mulMod(r, base, m)
		}
		base = mulMod(base, base, m)
	}
	return r
}

// hash returns a value that equal numbers share, however they are spelled.
func (d *decimal) hash(seed maphash.Seed) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	if d.n == 0 {
		return h.Sum64()
	}
	var b [maxDigits + 1]byte
	for _, c := range d.digitsIn(&b) {
		if c != '.' {
			h.WriteByte(c)
		}
	}
	x := uint64(d.exp) * (math.MaxUint64/3 - 1)
	if d.neg {
		x = ^x
	}
	return h.Sum64() ^ x
}
