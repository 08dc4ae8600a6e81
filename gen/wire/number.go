package wire

import (
	"math"
	"math/bits"
	"strconv"
)

// trailing returns which byte of a word the lowest set bit is in.
func trailing(w uint64) int { return bits.TrailingZeros64(w) >> 3 }

// digits returns how many of the first bytes of w, which has been XORed with
// '0' in every byte, are decimal digits.
func digits(w uint64) int {
	return trailing(((w + ones*0x76) | w) & highs)
}

// eight returns the number that eight digit values spell, the first in the
// lowest byte.
func eight(w uint64) uint64 {
	w = w * 2561 >> 8 & 0x00FF00FF00FF00FF
	w = w * 6553601 >> 16 & 0x0000FFFF0000FFFF
	return w * 42949672960001 >> 32
}

// leading returns the number that the first n of less than eight digit values
// spell.
func leading(w uint64, n int) uint64 { return eight(w << 8 << ((56 - 8*n) & 63)) }

// pow10 are the powers of ten that float64 holds exactly.
var pow10 = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// pow10Int are the powers of ten up to 10^8.
var pow10Int = [...]uint64{1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000}

// maxDigits is how many decimal digits always fit into 64 bits.
const maxDigits = 19

// float reads a plain decimal number at p: an optional minus, digits, and an
// optional fraction, of at most maxDigits digits in all. It returns the offset
// behind it, or p when the number is spelled otherwise.
func (b buffer) float(p int) (float64, int) {
	from := p
	if b.u8(p) == '-' {
		p++
	}
	w := b.u64(p)
	m, n, scale := w&0xFF^'0', 1, 0
	if m > 9 || w>>8&0xFF != '.' { // no 0.421531
		w ^= ones * '0'
		switch n = digits(w); n {
		case 0:
			return 0, from
		case 8:
			if m, n = b.digitRun(p); n > maxDigits {
				return 0, from
			}
		default:
			m = leading(w, n)
		}
	}
	p += n
	if b.u8(p) == '.' {
		w := b.u64(p+1) ^ ones*'0'
		if scale = digits(w); scale == 8 {
			m = m*pow10Int[8] + eight(w)
			w = b.u64(p+9) ^ ones*'0'
			k := digits(w)
			if scale += k; k == 8 {
				m = m*pow10Int[8] + eight(w)
				w = b.u64(p+17) ^ ones*'0'
				k = digits(w)
				scale += k
			}
			m = m*pow10Int[k] + leading(w, k)
		} else if scale == 0 {
			return 0, from
		} else {
			m = m*pow10Int[scale] + leading(w, scale)
		}
		if n+scale > maxDigits {
			return 0, from
		}
		p += 1 + scale
	}
	var f float64
	if m < 1<<53 {
		f = float64(m) / pow10[scale] // both are exact, so that this rounds once
	} else {
		f = divide(m, scale)
	}
	if b.u8(from) == '-' {
		f = -f
	}
	return f, p
}

// digitRun reads the decimal digits at p and returns the number they spell and
// how many they are. The number overflows silently when they are more than
// maxDigits.
func (b buffer) digitRun(p int) (m uint64, n int) {
	for {
		w := b.u64(p+n) ^ ones*'0'
		k := digits(w)
		if k < 8 {
			return m*pow10Int[k] + leading(w, k), n + k
		}
		m = m*pow10Int[8] + eight(w)
		n += 8
	}
}

// divide returns the float64 nearest to m/10^scale, for m of at least 2^53 and
// a scale of at most maxDigits. It divides whole numbers, so that nothing is
// rounded before the end: the quotient's 64 bits and whether a remainder is
// left decide how to round to 53.
func divide(m uint64, scale int) float64 {
	d := uint64(1)
	for n := scale; n > 0; n -= 8 {
		d *= pow10Int[min(n, 8)]
	}
	up, down := bits.LeadingZeros64(m), bits.LeadingZeros64(d)
	m, d = m<<up, d<<down
	exp := down - up - 64
	var low uint64
	if m >= d {
		m, low = m>>1, m<<63
		exp++
	}
	q, rest := bits.Div64(m, low, d) // q has its top bit set, since d/2 <= m < d
	const drop = 64 - 53
	const half = 1 << (drop - 1)
	tail := q & (1<<drop - 1)
	q >>= drop
	if tail > half || tail == half && (rest != 0 || q&1 == 1) {
		q++
	}
	// Both factors are exact, and so is their product: m/10^19 is far from
	// where float64 loses bits.
	return float64(q) * math.Float64frombits(uint64(exp+drop+1023)<<52)
}

// int reads a plain whole number at p: an optional minus and digits. It
// returns the offset behind it, or p when the number is spelled otherwise or
// does not fit.
func (b buffer) int(p int) (int64, int) {
	from := p
	if b.u8(p) == '-' {
		p++
	}
	w := b.u64(p) ^ ones*'0'
	n := digits(w)
	m := leading(w, n)
	if n == 8 {
		m, n = b.digitRun(p)
	}
	if n == 0 || n > maxDigits || m > math.MaxInt64 {
		return 0, from
	}
	if b.u8(from) == '-' {
		return -int64(m), p + n
	}
	return int64(m), p + n
}

// isDecimal tells whether s is a decimal number as xs:double spells it: a sign,
// digits with or without a fraction, an exponent (XML Schema Part 2, section
// 3.2.5). JSON's numbers are among them.
func isDecimal(s string) bool {
	i, n := 0, 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	for ; i < len(s) && isDigit(s[i]); i++ {
		n++
	}
	if i < len(s) && s[i] == '.' {
		for i++; i < len(s) && isDigit(s[i]); i++ {
			n++
		}
	}
	if n == 0 {
		return false
	}
	if i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		from := i
		for i < len(s) && isDigit(s[i]) {
			i++
		}
		if i == from {
			return false
		}
	}
	return i == len(s)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func parseFloat64(s string) (float64, bool) { return parseFloat(s, 64) }

func parseFloat32(s string) (float32, bool) {
	f, ok := parseFloat(s, 32)
	return float32(f), ok
}

// parseFloat reads a number as xs:double spells it. What is too large for the
// type is no value: it would be infinite, and nobody said so.
func parseFloat(s string, size int) (float64, bool) {
	switch s {
	case "INF":
		return math.Inf(1), true
	case "-INF":
		return math.Inf(-1), true
	case "NaN":
		return math.NaN(), true
	}
	if !isDecimal(s) {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, size)
	return f, err == nil
}

// parseInt64 reads a whole number. An integral decimal such as 1.0 or 1e2 is
// one too, as JSON Schema has it.
func parseInt64(s string) (int64, bool) {
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i, true
	}
	digits, ok := integral(s)
	if !ok {
		return 0, false
	}
	i, err := strconv.ParseInt(digits, 10, 64)
	return i, err == nil
}

func parseInt32(s string) (int32, bool) {
	i, ok := parseInt64(s)
	return int32(i), ok && i == int64(int32(i))
}

func parseUint64(s string) (uint64, bool) {
	if i, err := strconv.ParseUint(s, 10, 64); err == nil {
		return i, true
	}
	digits, ok := integral(s)
	if !ok {
		return 0, false
	}
	if digits == "-0" {
		digits = "0"
	}
	i, err := strconv.ParseUint(digits, 10, 64)
	return i, err == nil
}

// integral spells an integral decimal without fraction and exponent. What has
// more than 40 digits fits no type here and is not spelled out.
func integral(s string) (string, bool) {
	if !isDecimal(s) || len(s) > 64 {
		return "", false
	}
	var sign, all []byte
	point, exp := -1, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '-':
			sign = []byte{'-'}
		case c == '.':
			point = len(all)
		case c == 'e' || c == 'E':
			e, err := strconv.Atoi(s[i+1:])
			if err != nil || e < -64 || e > 64 {
				return "", false
			}
			exp = e
			i = len(s)
		case isDigit(c):
			all = append(all, c)
		}
	}
	if point < 0 {
		point = len(all)
	}
	point += exp
	for len(all) < point {
		all = append(all, '0')
	}
	for _, c := range all[max(0, point):] {
		if c != '0' {
			return "", false
		}
	}
	all = all[:max(0, point)]
	for len(all) > 1 && all[0] == '0' {
		all = all[1:]
	}
	if len(all) == 0 {
		all = []byte{'0'}
	}
	if len(all) > 40 {
		return "", false
	}
	return string(append(sign, all...)), true
}

func parseBool(s string) (v, ok bool) {
	switch s {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	return false, false
}
