package wire

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// jsonWant says what a reader of JSON wanted where it found something else.
type jsonWant uint8

const (
	wantNothing jsonWant = iota
	wantValue
	wantName
	wantColon
	wantCommaOrBrace
	wantCommaOrBracket
	wantDigit
	wantQuote
	wantEscape
	wantHex
	wantSurrogate
	wantUTF8
	wantNoMark
	wantNoUTF16
	wantOnce
	wantShallower
	wantSmaller
	wantEnd
)

// violation returns the fault as the one violation of a payload that is none.
func (f jsonFault) violation(data []byte) Violation {
	head := string(data[:min(len(data), 3)])
	switch {
	case strings.HasPrefix(head, "\xEF\xBB\xBF"):
		f.code, f.want = ErrEncoding, wantNoMark
	case f.off < 2 && len(head) > 1 && (head[0] == 0 || head[1] == 0 || head[:2] == "\xFE\xFF" || head[:2] == "\xFF\xFE"):
		f.code, f.want = ErrEncoding, wantNoUTF16
	case f.code == ErrSyntax && jsonBadUTF8(data[f.off:min(f.off+4, len(data))]) == 0:
		f.code, f.want = ErrEncoding, wantUTF8
	}
	return Violation{
		Place:   locateJSON(data, []int{f.off})[0],
		Code:    f.code,
		Message: f.message(data),
	}
}

// message says what stands at the fault, and what would be right.
func (f jsonFault) message(data []byte) string {
	got := jsonGot(data, f.off)
	switch f.want {
	case wantValue:
		switch {
		case len(data) == 0:
			return "the payload is empty: want a JSON value"
		case f.off < len(data) && (data[f.off] == ']' || data[f.off] == '}') && jsonBefore(data, f.off) == ',':
			return got + " behind a comma: the last item or member has none"
		case f.off < len(data) && data[f.off] == '\'':
			return got + ": strings stand in double quotes"
		case f.off+1 < len(data) && data[f.off] == '/' && (data[f.off+1] == '/' || data[f.off+1] == '*'):
			return "a comment: JSON has none"
		}
		return got + ": want a value: an object, an array, a string, a number, true, false or null"
	case wantName:
		if f.off < len(data) && data[f.off] == '}' {
			return got + " behind a comma: the last member has none"
		}
		return got + ": want a member's name in double quotes"
	case wantColon:
		return got + ": want a colon behind a member's name"
	case wantCommaOrBrace:
		return got + ": want a comma or the object's closing brace"
	case wantCommaOrBracket:
		return got + ": want a comma or the array's closing bracket"
	case wantDigit:
		return got + " in a number: want a digit"
	case wantQuote:
		if f.off >= len(data) {
			return got + " in a string: want its closing quote"
		}
		return got + " in a string: write it as an escape, such as \\n or \\u0000"
	case wantEscape:
		return jsonGot(data, f.off+1) + ` behind a backslash: want one of "\/bfnrtu`
	case wantHex:
		return `a \u escape without four hexadecimal digits`
	case wantSurrogate:
		return excerpt(string(data[f.off:f.off+6])) + " is half of a surrogate pair: the other half is missing"
	case wantNoMark:
		return "a byte order mark: JSON has none (RFC 8259, section 8.1)"
	case wantNoUTF16:
		return "the payload is UTF-16 or UTF-32: send it as UTF-8"
	case wantUTF8:
		return fmt.Sprintf("byte 0x%02X is not UTF-8: send the payload as UTF-8", data[f.off])
	case wantOnce:
		end := jsonNameEnd(data, f.off+1)
		return "a second member " + excerpt(string(jsonUnescape(nil, data[f.off+1:end]))) + ": a name may stand once in an object"
	case wantShallower:
		return fmt.Sprintf("nested more than %d deep", DefaultMaxDepth)
	case wantSmaller:
		return fmt.Sprintf("the payload has %d bytes, the limit is %d", len(data), maxJSON)
	case wantEnd:
		return got + " behind the JSON value: want nothing more"
	}
	return got
}

// jsonGot describes what stands at an offset.
func jsonGot(data []byte, off int) string {
	if off >= len(data) {
		return "the payload ends"
	}
	switch c := data[off]; {
	case c < 0x20 || c == 0x7F:
		return fmt.Sprintf("control character 0x%02X", c)
	case c < 0x7F:
		return "found " + strconv.QuoteRune(rune(c))
	}
	end := min(off+4, len(data))
	if r, _ := utf8.DecodeRune(data[off:end]); r != utf8.RuneError {
		return "found " + strconv.QuoteRuneToGraphic(r)
	}
	return fmt.Sprintf("byte 0x%02X", data[off])
}

// jsonBefore returns the last byte before an offset that is not white space.
func jsonBefore(data []byte, off int) byte {
	for off--; off >= 0; off-- {
		if c := data[off]; c > ' ' {
			return c
		}
	}
	return 0
}

// jsonNameEnd returns the offset of the quote that ends the string whose first
// character is at p, or the payload's end.
func jsonNameEnd(data []byte, p int) int {
	for ; p < len(data) && data[p] != '"'; p++ {
		if data[p] == '\\' {
			p++
		}
	}
	return min(p, len(data))
}
