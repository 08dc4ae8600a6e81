package wire

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// JSONWriter appends a JSON document to a buffer. Generated code drives it; the
// names it passes are escaped already. The zero value with Buf set is ready.
type JSONWriter struct {
	Buf []byte
	err error
}

// Result returns the buffer, or the error of the first value that JSON cannot
// hold.
func (w *JSONWriter) Result() ([]byte, error) {
	if w.err != nil {
		return nil, w.err
	}
	return w.Buf, nil
}

// Name begins a member; its value comes next.
func (w *JSONWriter) Name(name string) {
	w.Item()
	w.Buf = append(w.Buf, '"')
	w.Buf = append(w.Buf, name...)
	w.Buf = append(w.Buf, '"', ':')
}

// Item begins an item of an array; its value comes next.
func (w *JSONWriter) Item() {
	if n := len(w.Buf); n > 0 {
		if c := w.Buf[n-1]; c != '{' && c != '[' {
			w.Buf = append(w.Buf, ',')
		}
	}
}

// Begin writes an opening brace or bracket.
func (w *JSONWriter) Begin(c byte) { w.Buf = append(w.Buf, c) }

// End writes a closing brace or bracket.
func (w *JSONWriter) End(c byte) { w.Buf = append(w.Buf, c) }

// Member begins a member whose name is not escaped; its value comes next.
func (w *JSONWriter) Member(name string) {
	w.Item()
	w.String(name)
	w.Buf = append(w.Buf, ':')
}

// Null writes null.
func (w *JSONWriter) Null() { w.Buf = append(w.Buf, "null"...) }

// Unknown writes the members that were kept.
func (w *JSONWriter) Unknown(unknown []Member) {
	if slices.ContainsFunc(unknown, func(m Member) bool { return m.Kind == UnreadValue }) {
		w.unread(unknown)
	}
	for i := range unknown {
		m := &unknown[i]
		if m.IsXML() || m.Kind == UnreadValue {
			continue
		}
		w.Item()
		w.String(m.Name)
		w.Buf = append(w.Buf, ':')
		w.Buf = append(w.Buf, m.Raw...)
	}
}

// Float64 writes a number, as a number or a string.
func (w *JSONWriter) Float64(f float64, as Spellings) { w.float(f, 64, as) }

// Float32 writes a number in single precision.
func (w *JSONWriter) Float32(f float32, as Spellings) { w.float(float64(f), 32, as) }

func (w *JSONWriter) float(f float64, size int, as Spellings) {
	if as == AsNumber && (math.IsNaN(f) || math.IsInf(f, 0)) {
		if w.err == nil {
			w.err = Violations{{Code: ErrType, Message: fmt.Sprintf("JSON has no number for %v", f)}}
		}
		return
	}
	w.quoted(as, func(b []byte) []byte { return appendFloat(b, f, size) })
}

// Int64 writes a whole number.
func (w *JSONWriter) Int64(i int64, as Spellings) {
	w.quoted(as, func(b []byte) []byte { return strconv.AppendInt(b, i, 10) })
}

// Uint64 writes a whole number that is not negative.
func (w *JSONWriter) Uint64(i uint64, as Spellings) {
	w.quoted(as, func(b []byte) []byte { return strconv.AppendUint(b, i, 10) })
}

// Bool writes true or false.
func (w *JSONWriter) Bool(v bool, as Spellings) {
	w.quoted(as, func(b []byte) []byte { return strconv.AppendBool(b, v) })
}

// Time writes a timestamp, as it was spelled.
func (w *JSONWriter) Time(t Time) { w.quoted(AsString, t.Append) }

// Number writes a number that Go has no type for, of xs:decimal or xs:integer. It
// keeps its spelling but for what JSON does not have: a plus sign, zeros in front,
// a point without a digit on either side.
func (w *JSONWriter) Number(lexical string) {
	neg := strings.HasPrefix(lexical, "-")
	whole, part, _ := strings.Cut(strings.TrimLeft(lexical, "+-"), ".")
	if neg {
		w.Buf = append(w.Buf, '-')
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	w.Buf = append(w.Buf, whole...)
	if part != "" {
		w.Buf = append(append(w.Buf, '.'), part...)
	}
}

// Raw writes a value as it is spelled.
func (w *JSONWriter) Raw(raw string) { w.Buf = append(w.Buf, raw...) }

// quoted writes a scalar, between quotes when it is spelled as a string.
func (w *JSONWriter) quoted(as Spellings, appendTo func([]byte) []byte) {
	if as&AsString != 0 {
		w.Buf = append(w.Buf, '"')
	}
	w.Buf = appendTo(w.Buf)
	if as&AsString != 0 {
		w.Buf = append(w.Buf, '"')
	}
}

// String writes text (RFC 8259, section 7).
func (w *JSONWriter) String(s string) {
	const hex = "0123456789abcdef"
	w.Buf = append(w.Buf, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				if w.err == nil {
					w.err = Violations{{Code: ErrEncoding, Message: fmt.Sprintf("%s is not UTF-8, at byte %d", excerpt(s), i)}}
				}
				return
			}
			i += n
			continue
		}
		if i++; c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		w.Buf = append(w.Buf, s[from:i-1]...)
		from = i
		switch c {
		case '"', '\\':
			w.Buf = append(w.Buf, '\\', c)
		case '\n':
			w.Buf = append(w.Buf, '\\', 'n')
		case '\r':
			w.Buf = append(w.Buf, '\\', 'r')
		case '\t':
			w.Buf = append(w.Buf, '\\', 't')
		default:
			w.Buf = append(w.Buf, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	w.Buf = append(w.Buf, s[from:]...)
	w.Buf = append(w.Buf, '"')
}
