package wire

import "unicode/utf8"

// The parameters of Punycode (RFC 3492, section 5).
const (
	punyBase, punyMin, punyMax, punySkew, punyDamp = 36, 1, 26, 38, 700
	punyBias, punyFirst                            = 72, 128
)

// punyAdapt is the bias adaptation of RFC 3492, section 6.1.
func punyAdapt(delta, points int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for delta > (punyBase-punyMin)*punyMax/2 {
		delta /= punyBase - punyMin
		k += punyBase
	}
	return k + (punyBase-punyMin+1)*delta/(delta+punySkew)
}

// punycode decodes an encoded label, without its prefix (RFC 3492, section
// 6.2).
func punycode(s string) (string, bool) {
	var out []rune
	if i := lastHyphen(s); i >= 0 {
		out, s = []rune(s[:i]), s[i+1:]
	}
	n, index, bias := punyFirst, 0, punyBias
	for s != "" {
		old, w := index, 1
		for k := punyBase; ; k += punyBase {
			if s == "" {
				return "", false
			}
			digit := 0
			switch c := s[0]; {
			case isDigit(c):
				digit = int(c-'0') + 26
			case isAlpha(c):
				digit = int(c | 0x20 - 'a')
			default:
				return "", false
			}
			s = s[1:]
			if index += digit * w; index > 1<<30 {
				return "", false
			}
			t := min(max(k-bias, punyMin), punyMax)
			if digit < t {
				break
			}
			w *= punyBase - t
		}
		points := len(out) + 1
		bias = punyAdapt(index-old, points, old == 0)
		n += index / points
		index %= points
		if n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
			return "", false
		}
		out = append(out, 0)
		copy(out[index+1:], out[index:])
		out[index] = rune(n)
		index++
	}
	return string(out), true
}

func lastHyphen(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '-' {
			return i
		}
	}
	return -1
}

// encodedLength returns how long a label is when it is encoded, with its prefix
// (RFC 3492, section 6.3).
func encodedLength(runes []rune) int {
	n, delta, bias := punyFirst, 0, punyBias
	basic := 0
	for _, r := range runes {
		if r < utf8.RuneSelf {
			basic++
		}
	}
	size := len("xn--") + basic
	if basic > 0 {
		size++
	}
	for h := basic; h < len(runes); {
		next := int(utf8.MaxRune) + 1
		for _, r := range runes {
			if int(r) >= n && int(r) < next {
				next = int(r)
			}
		}
		delta += (next - n) * (h + 1)
		n = next
		for _, r := range runes {
			if int(r) < n {
				delta++
			}
			if int(r) != n {
				continue
			}
			q := delta
			for k := punyBase; ; k += punyBase {
				size++
				t := min(max(k-bias, punyMin), punyMax)
				if q < t {
					break
				}
				q = (q - t) / (punyBase - t)
			}
			bias = punyAdapt(delta, h+1, h == basic)
			delta = 0
			h++
		}
		delta++
		n++
		if size > 255 {
			return size // longer than any label: no need to know by how much
		}
	}
	return size
}
