package wire

import (
	"fmt"
	"math"
	"strconv"
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

// Name begins a member. An empty name begins an item of an array.
func (w *JSONWriter) Name(name string) {
	if n := len(w.Buf); n > 0 {
		if c := w.Buf[n-1]; c != '{' && c != '[' {
			w.Buf = append(w.Buf, ',')
		}
	}
	if name != "" {
		w.Buf = append(w.Buf, '"')
		w.Buf = append(w.Buf, name...)
		w.Buf = append(w.Buf, '"', ':')
	}
}

// Begin writes an opening brace or bracket.
func (w *JSONWriter) Begin(c byte) { w.Buf = append(w.Buf, c) }

// End writes a closing brace or bracket.
func (w *JSONWriter) End(c byte) { w.Buf = append(w.Buf, c) }

// Unknown writes the members that were kept.
func (w *JSONWriter) Unknown(unknown []Member) {
	for i := range unknown {
		m := &unknown[i]
		if m.IsXML() {
			continue
		}
		w.Name("")
		w.quote(m.Name)
		w.Buf = append(w.Buf, ':')
		w.Buf = append(w.Buf, m.Raw...)
	}
}

// String writes a member that holds text.
func (w *JSONWriter) String(name, s string) {
	w.Name(name)
	w.quote(s)
}

// Float64 writes a member that holds a number, as a number or a string.
func (w *JSONWriter) Float64(name string, f float64, as Spellings) { w.float(name, f, 64, as) }

// Float32 writes a member that holds a number in single precision.
func (w *JSONWriter) Float32(name string, f float32, as Spellings) {
	w.float(name, float64(f), 32, as)
}

func (w *JSONWriter) float(name string, f float64, size int, as Spellings) {
	w.Name(name)
	if as == AsNumber && (math.IsNaN(f) || math.IsInf(f, 0)) {
		if w.err == nil {
			w.err = Violations{{Place: Place{Path: "/" + name}, Code: ErrType, Message: fmt.Sprintf("JSON has no number for %v", f)}}
		}
		return
	}
	w.quoted(as, func(b []byte) []byte { return appendFloat(b, f, size) })
}

// Int64 writes a member that holds a whole number.
func (w *JSONWriter) Int64(name string, i int64, as Spellings) {
	w.Name(name)
	w.quoted(as, func(b []byte) []byte { return strconv.AppendInt(b, i, 10) })
}

// Uint64 writes a member that holds a whole number that is not negative.
func (w *JSONWriter) Uint64(name string, i uint64, as Spellings) {
	w.Name(name)
	w.quoted(as, func(b []byte) []byte { return strconv.AppendUint(b, i, 10) })
}

// Bool writes a member that holds true or false.
func (w *JSONWriter) Bool(name string, v bool, as Spellings) {
	w.Name(name)
	w.quoted(as, func(b []byte) []byte { return strconv.AppendBool(b, v) })
}

// Time writes a member that holds a timestamp, as it was spelled.
func (w *JSONWriter) Time(name string, t Time) {
	w.Name(name)
	w.quoted(AsString, t.Append)
}

// Raw writes a member that was kept as it was spelled.
func (w *JSONWriter) Raw(name, raw string) {
	w.Name(name)
	w.Buf = append(w.Buf, raw...)
}

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

// quote writes a string (RFC 8259, section 7).
func (w *JSONWriter) quote(s string) {
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
