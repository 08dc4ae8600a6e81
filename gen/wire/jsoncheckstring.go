package wire

import (
	"math/bits"
	"unicode/utf8"
)

// This file reads the strings and names that are not plain ASCII: escapes,
// wider characters, and what is wrong with either.

// string reads on in a string that begins at from and has something at q that
// is no plain ASCII character. It returns the offset of the closing quote and
// the entry's flags, or -1.
func (x *jsonIndex) string(from, q int) (int, uint32) {
	b, flags := x.buf, uint32(0)
	for {
		w := b.u64(q)
		stop := jsonStop(w)
		if stop == 0 {
			q += 8
			continue
		}
		q += bits.TrailingZeros64(stop) >> 3
		c := b.u8(q)
		if c == '"' {
			break
		}
		if c != '\\' {
			// A control character or the payload's end; what came before may
			// be wrong already.
			if bad := jsonBadUTF8(x.text[from:min(q, len(x.text))]); bad >= 0 {
				x.refuse(ErrEncoding, from+bad, wantUTF8)
			} else {
				x.refuse(ErrSyntax, q, wantQuote)
			}
			return -1, 0
		}
		flags |= jsonEscaped
		next, fault := jsonEscape(b, q)
		if fault != wantNothing {
			code := ErrSyntax
			if fault == wantSurrogate {
				code = ErrEncoding
			}
			if bad := jsonBadUTF8(x.text[from:min(q, len(x.text))]); bad >= 0 {
				code, fault, q = ErrEncoding, wantUTF8, from+bad
			}
			x.refuse(code, q, fault)
			return -1, 0
		}
		q = next
	}
	if !utf8.Valid(x.text[from:q]) {
		x.refuse(ErrEncoding, from+jsonBadUTF8(x.text[from:q]), wantUTF8)
		return -1, 0
	}
	return q, flags | jsonWide
}

// jsonBadUTF8 returns the offset of the first byte that is not UTF-8, or -1.
func jsonBadUTF8(s []byte) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// jsonEscape checks the escape at q (RFC 8259, section 7), of a surrogate the
// pair, and returns the offset behind it.
func jsonEscape(b buffer, q int) (int, jsonWant) {
	switch b.u8(q + 1) {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return q + 2, wantNothing
	case 'u':
		u := jsonHex(b, q+2)
		switch {
		case u < 0:
			return 0, wantHex
		case u < 0xD800 || u > 0xDFFF:
			return q + 6, wantNothing
		}
		low := -1
		if u <= 0xDBFF && b.u8(q+6) == '\\' && b.u8(q+7) == 'u' {
			low = jsonHex(b, q+8)
		}
		if low < 0xDC00 || low > 0xDFFF {
			return 0, wantSurrogate
		}
		return q + 12, wantNothing
	}
	return 0, wantEscape
}

// jsonHex reads four hexadecimal digits at q, or returns -1.
func jsonHex(b buffer, q int) int {
	u := 0
	for i := range 4 {
		c := b.u8(q + i)
		switch {
		case '0' <= c && c <= '9':
			u = u<<4 | int(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			u = u<<4 | int(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return u
}

// unusualName reads on in a name that begins at from and has something at q that is
// no plain ASCII character. It returns the offset of the closing quote and the
// hash with the flag, or -1.
func (x *jsonIndex) unusualName(from, q int) (int, uint32) {
	q, flags := x.string(from, q)
	if q < 0 {
		return -1, 0
	}
	if flags&jsonEscaped == 0 {
		return q, jsonNameHash(x.text[from:q])
	}
	return q, jsonNameHash(jsonUnescape(nil, x.text[from:q])) | jsonNameEscaped
}

// jsonNameHash is jsonHash of a name that is not in a payload.
func jsonNameHash[T string | []byte](s T) uint32 {
	var b [8]byte
	copy(b[:], s)
	if len(s) < 8 {
		return jsonHash(jsonWord(b), 0)
	}
	first := jsonWord(b)
	copy(b[:], s[len(s)-8:])
	return jsonHash(first, jsonWord(b))
}

// jsonWord returns 8 bytes as buffer.u64 would.
func jsonWord(b [8]byte) uint64 {
	w := uint64(0)
	for i := 7; i >= 0; i-- {
		w = w<<8 | uint64(b[i])
	}
	return w
}

// jsonUnescape appends what a string stands for; its escapes are well formed.
func jsonUnescape(dst, s []byte) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c != '\\' {
			dst = append(dst, c)
			i++
			continue
		}
		i += 2
		switch c := s[i-1]; c {
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'n':
			dst = append(dst, '\n')
		case 'r':
			dst = append(dst, '\r')
		case 't':
			dst = append(dst, '\t')
		case 'u':
			r := jsonRune(s[i:])
			i += 4
			if 0xD800 <= r && r <= 0xDBFF {
				r = 0x10000 + (r-0xD800)<<10 + (jsonRune(s[i+2:]) - 0xDC00)
				i += 6
			}
			dst = utf8.AppendRune(dst, r)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// jsonRune reads four hexadecimal digits.
func jsonRune(s []byte) rune {
	r := rune(0)
	for _, c := range s[:4] {
		r <<= 4
		if c <= '9' {
			r |= rune(c - '0')
		} else {
			r |= rune(c|0x20-'a') + 10
		}
	}
	return r
}
