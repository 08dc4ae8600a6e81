package wire

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// XMLWriter appends an XML document to a buffer. Generated code drives it; the
// names it passes are the contract's own, with the prefix they are written
// with. The zero value with Buf set is ready.
type XMLWriter struct {
	Buf     []byte
	err     error
	parents []parent // of kept attributes; usually none
	// contents are where the contents begin of the open records that have elements
	// which could not be read.
	contents []int
}

// Result returns the buffer, or the error of the first value that XML cannot
// hold.
func (w *XMLWriter) Result() ([]byte, error) {
	if w.err != nil {
		return nil, w.err
	}
	return w.Buf, nil
}

// Open begins the start tag of a record. declarations are the namespace
// declarations that the generator puts there, as they are written.
func (w *XMLWriter) Open(name, declarations string) {
	w.Buf = append(w.Buf, '<')
	w.Buf = append(w.Buf, name...)
	w.Buf = append(w.Buf, declarations...)
}

// Content ends the start tag, behind the attributes that were kept.
func (w *XMLWriter) Content(unknown []Member, declarations string) {
	keeps := false
	for i := range unknown {
		m := &unknown[i]
		if m.Kind != AttributeMember && m.Kind != NilMember {
			keeps = keeps || m.Kind == ChildAttribute
			continue
		}
		if strings.HasPrefix(m.Name, "xmlns") && strings.Contains(declarations, " "+m.Name+"=") {
			continue // the generator's own declaration stands there
		}
		w.kept(m.Name, m.Raw)
	}
	w.Buf = append(w.Buf, '>')
	if unreadElements(unknown) && !IsNil(unknown) {
		w.contents = append(w.contents, len(w.Buf))
	}
	if keeps || len(w.parents) > 0 {
		w.enter(unknown, keeps)
	}
}

// Begin writes the start tag of an element around the items of a list, which End
// ends.
func (w *XMLWriter) Begin(name string) {
	w.Open(name, "")
	w.Content(nil, "")
}

// Close writes the elements and text that were kept, and the end tag.
func (w *XMLWriter) Close(name string, unknown []Member) {
	w.Unread(unknown)
	text := false // was written last
	for i := range unknown {
		m := &unknown[i]
		if m.Kind != ElementMember && m.Kind != TextMember {
			continue
		}
		if text && m.Kind == TextMember {
			w.Buf = append(w.Buf, "<!---->"...) // what keeps two texts apart
		}
		w.Buf = append(w.Buf, m.Raw...)
		text = m.Kind == TextMember
	}
	w.End(name)
}

// End writes the end tag of a record.
func (w *XMLWriter) End(name string) {
	w.end(name)
	if len(w.parents) > 0 {
		w.exit()
	}
}

func (w *XMLWriter) end(name string) {
	w.Buf = append(w.Buf, '<', '/')
	w.Buf = append(w.Buf, name...)
	w.Buf = append(w.Buf, '>')
}

// begin writes the start tag of a value, with the attributes that were kept.
func (w *XMLWriter) begin(name string) {
	if len(w.parents) == 0 {
		w.start(name)
		return
	}
	w.Open(name, "")
	w.place(name, false)
	w.Buf = append(w.Buf, '>')
}

func (w *XMLWriter) start(name string) {
	w.Buf = append(w.Buf, '<')
	w.Buf = append(w.Buf, name...)
	w.Buf = append(w.Buf, '>')
}

// String writes an element that holds text.
func (w *XMLWriter) String(name, s string) {
	if len(w.parents) > 0 {
		w.begin(name)
	} else {
		w.start(name)
	}
	w.Text(s)
	w.end(name)
}

// Float64 writes an element that holds a number.
func (w *XMLWriter) Float64(name string, f float64) {
	w.begin(name)
	w.Buf = appendFloat(w.Buf, f, 64)
	w.end(name)
}

// Float32 writes an element that holds a number in single precision.
func (w *XMLWriter) Float32(name string, f float32) {
	w.begin(name)
	w.Buf = appendFloat(w.Buf, float64(f), 32)
	w.end(name)
}

// Int64 writes an element that holds a whole number.
func (w *XMLWriter) Int64(name string, i int64) {
	w.begin(name)
	w.Buf = strconv.AppendInt(w.Buf, i, 10)
	w.end(name)
}

// Uint64 writes an element that holds a whole number that is not negative.
func (w *XMLWriter) Uint64(name string, i uint64) {
	w.begin(name)
	w.Buf = strconv.AppendUint(w.Buf, i, 10)
	w.end(name)
}

// Bool writes an element that holds true or false.
func (w *XMLWriter) Bool(name string, v bool) {
	w.begin(name)
	w.Buf = strconv.AppendBool(w.Buf, v)
	w.end(name)
}

// Time writes an element that holds a timestamp, as it was spelled.
func (w *XMLWriter) Time(name string, t Time) {
	w.begin(name)
	w.Buf = t.Append(w.Buf)
	w.end(name)
}

// ownPrefix begins the prefixes that writers declare on the spot. Readers do not
// keep their declarations.
const ownPrefix = "biform"

// QName writes an element that holds a name, or a list of names.
func (w *XMLWriter) QName(name string, list ...QName) {
	w.Open(name, "")
	if len(w.parents) > 0 {
		w.place(name, false)
	}
	text := w.Qualified("", list...)
	w.Buf = append(w.Buf, '>')
	w.Text(text)
	w.end(name)
}

// AttrQName writes an attribute that holds a name, or a list of names.
func (w *XMLWriter) AttrQName(name string, list ...QName) {
	w.Attr(name, w.Qualified(localName(name), list...))
}

// Qualified returns names as they are written, with a prefix, and with a space
// between them. One that has no prefix yet gets it on the spot: its namespace is
// declared in the start tag that Open began. attribute is the local name of the
// attribute that the names are for.
func (w *XMLWriter) Qualified(attribute string, list ...QName) string {
	prefix, declared := ownPrefix, map[string]string(nil)
	if attribute != "" {
		prefix += "-" + attribute
	}
	return Spaced(list, func(q QName) string {
		switch {
		case q.text != "":
			return q.text
		case q.Space == "":
			return q.Local
		}
		own, ok := declared[q.Space]
		if !ok {
			if own = prefix; declared == nil {
				declared = map[string]string{}
			} else {
				own += "." + strconv.Itoa(len(declared))
			}
			declared[q.Space] = own
			w.Attr("xmlns:"+own, q.Space)
		}
		return own + ":" + q.Local
	})
}

// Raw writes an element that was kept as it was spelled.
func (w *XMLWriter) Raw(raw string) {
	w.Buf = append(w.Buf, raw...)
	if len(w.parents) > 0 {
		w.place("", false)
	}
}

// Attr writes an attribute of the start tag that Open began.
func (w *XMLWriter) Attr(name, value string) {
	w.Buf = append(w.Buf, ' ')
	w.Buf = append(w.Buf, name...)
	w.Buf = append(w.Buf, '=', '"')
	w.escape(value, true)
	w.Buf = append(w.Buf, '"')
}

// Blank returns a space in place of an empty text, for types that collapse white
// space: an element that holds nothing may mean the default of its declaration.
func Blank(text string) string {
	if text == "" {
		return " "
	}
	return text
}

// Text writes character data.
func (w *XMLWriter) Text(s string) { w.escape(s, false) }

// escape writes s so that it reads back as it is.
func (w *XMLWriter) escape(s string, attr bool) {
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		esc := ""
		switch {
		case c == '<':
			esc = "&lt;"
		case c == '>':
			esc = "&gt;"
		case c == '&':
			esc = "&amp;"
		case c == '\r':
			esc = "&#xD;"
		case c == '"' && attr:
			esc = "&quot;"
		case c == '\t' && attr:
			esc = "&#x9;"
		case c == '\n' && attr:
			esc = "&#xA;"
		case c < ' ' && c != '\t' && c != '\n':
			w.bad(s, i)
			return
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 || !isXMLChar(r) {
				w.bad(s, i)
				return
			}
			i += n
			continue
		}
		if i++; esc != "" {
			w.Buf = append(w.Buf, s[from:i-1]...)
			w.Buf = append(w.Buf, esc...)
			from = i
		}
	}
	w.Buf = append(w.Buf, s[from:]...)
}

func (w *XMLWriter) bad(s string, i int) {
	if w.err == nil {
		w.err = Violations{{Code: ErrEncoding, Message: fmt.Sprintf("%s holds a character that XML cannot, at byte %d", excerpt(s), i)}}
	}
}

// appendFloat writes a number without an exponent where people would, and as
// xs:double spells what is no number.
func appendFloat(b []byte, f float64, size int) []byte {
	switch {
	case math.IsInf(f, 1):
		return append(b, "INF"...)
	case math.IsInf(f, -1):
		return append(b, "-INF"...)
	case math.IsNaN(f):
		return append(b, "NaN"...)
	}
	if a := math.Abs(f); a != 0 && (a < 1e-20 || a >= 1e21) {
		return strconv.AppendFloat(b, f, 'e', -1, size)
	}
	return strconv.AppendFloat(b, f, 'f', -1, size)
}

// Lexical returns the text of a number or truth value, as XML writes it.
func Lexical[T bool | int32 | int64 | uint64 | float32 | float64](v T) string {
	switch v := any(v).(type) {
	case bool:
		return strconv.FormatBool(v)
	case int32:
		return strconv.FormatInt(int64(v), 10)
	case int64:
		return strconv.FormatInt(v, 10)
	case uint64:
		return strconv.FormatUint(v, 10)
	case float32:
		return string(appendFloat(nil, float64(v), 32))
	case float64:
		return string(appendFloat(nil, v, 64))
	}
	return ""
}

// element is an element as encoding/xml reads and writes it whole.
type element struct {
	Attrs []xml.Attr `xml:",any,attr"`
	Inner []byte     `xml:",innerxml"`
}

// UnmarshalElement reads the element that start begins from a decoder of
// package encoding/xml and returns its markup. It is for the UnmarshalXML of
// generated types. Prefixes that are declared outside of the element are
// declared on it.
func UnmarshalElement(d *xml.Decoder, start xml.StartElement) ([]byte, error) {
	var e element
	if err := d.DecodeElement(&e, &start); err != nil {
		return nil, err
	}
	w := XMLWriter{}
	w.Open(start.Name.Local, "")
	if start.Name.Space != "" {
		w.Attr("xmlns", start.Name.Space)
	}
	for _, a := range start.Attr {
		switch {
		case a.Name.Space == "" && a.Name.Local == "xmlns":
			continue // written above, from what it means for the element
		case a.Name.Space == "xmlns":
			w.Attr("xmlns:"+a.Name.Local, a.Value)
		case a.Name.Space == "":
			w.Attr(a.Name.Local, a.Value)
		case a.Name.Space == xmlSpace || a.Name.Space == "xml":
			w.Attr("xml:"+a.Name.Local, a.Value)
		default:
			prefix := "a" + strconv.Itoa(len(w.Buf))
			w.Attr("xmlns:"+prefix, a.Name.Space)
			w.Attr(prefix+":"+a.Name.Local, a.Value)
		}
	}
	w.Buf = append(w.Buf, '>')
	w.Buf = append(w.Buf, e.Inner...)
	w.end(start.Name.Local)
	return w.Result()
}

// MarshalElement writes markup, which is one element, to an encoder of package
// encoding/xml. It is for the MarshalXML of generated types. The element keeps
// the document's own name, whatever name the encoder would have given it.
func MarshalElement(e *xml.Encoder, markup []byte) error {
	d := xml.NewDecoder(strings.NewReader(string(markup)))
	for depth := 0; ; {
		t, err := d.RawToken()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth == 0 {
				return encodeInner(e, t, markup[d.InputOffset():])
			}
		}
	}
}

// encodeInner writes the element that start begins, whose content and end tag
// are rest.
func encodeInner(e *xml.Encoder, start xml.StartElement, rest []byte) error {
	flatten := func(n *xml.Name) {
		if n.Space != "" {
			*n = xml.Name{Local: n.Space + ":" + n.Local}
		}
	}
	flatten(&start.Name)
	for i := range start.Attr {
		flatten(&start.Attr[i].Name)
	}
	inner := rest[:max(0, strings.LastIndex(string(rest), "</"))]
	return e.EncodeElement(struct {
		Inner []byte `xml:",innerxml"`
	}{inner}, start)
}
