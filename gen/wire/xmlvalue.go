package wire

import (
	"slices"
	"strings"
)

// This file reads the values of elements and attributes. Each method reads the
// value of the start tag, or of the attribute, that was read last, to its end.
// ok is false when the value is absent: nothing stands there, or a sentinel,
// or something that cannot be read, which is then reported.

// String reads text.
func (x *XML) String() (s string, ok bool) {
	if x.special == 0 {
		p, b := x.pos, x.buf
		q, high := b.plainText(p)
		if high&highs == 0 || x.validUTF8(p, q) {
			if x.follow(x.place, q) || x.closeAt(q) {
				if p < q {
					return x.meta.value(b.str(p, q))
				}
				return x.meta.nothing()
			}
		}
	}
	return x.stringSlow()
}

// nothing is the value of an element of text that holds none.
func (m *member) nothing() (string, bool) {
	if m.Empty && m.Given == "" {
		return "", false
	}
	return m.value(m.Given)
}

// plainText returns the offset of the first byte from p that ends text or needs
// a second look: < or >, &, or a control character. ]]> needs no test of its
// own so. high has a top bit set if the text has bytes beyond ASCII.
func (b buffer) plainText(p int) (q int, high uint64) {
	for q = p; ; q += 16 {
		w0, w1 := b.u64(q), b.u64(q+8)
		stop0, stop1 := textStops(w0), textStops(w1)
		if (w0|w1)&highs != 0 {
			high |= w0&below(stop0) | w1&below(stop1)&stopless(stop0)
		}
		// It has no branch: the lengths of texts are what a processor cannot
		// predict.
		n0, n1 := trailing(stop0), trailing(stop1)
		if n := n0 + n1&int(stopless(stop0)); n < 16 {
			return q + n, high
		}
	}
}

// textStops finds <, > and &, and control characters.
func textStops(w uint64) uint64 {
	// < and > differ in one bit. A byte is below what is subtracted from it when
	// its top bit becomes set; those of the payload are masked once for all.
	angle, ampersand := (w|ones*2)^ones*'>', w^ones*'&'
	return ((angle - ones) | (ampersand - ones) | (w - ones*' ')) &^ w & highs
}

// stopless is all ones when a word has no stop, and zero otherwise.
func stopless(stop uint64) uint64 { return -uint64(trailing(stop) >> 3) }

// below covers the bits under the lowest that is set in stop; all, if none is.
func below(stop uint64) uint64 { return stop&-stop - 1 }

func (x *XML) stringSlow() (string, bool) {
	meta := x.meta
	text, _, ok := x.value()
	if !ok || text == "" && meta.Empty {
		return "", false
	}
	return meta.value(text)
}

// Float64 reads a number.
func (x *XML) Float64() (float64, bool) {
	if x.special == 0 {
		if f, q := x.buf.float(x.pos); q > x.pos && (x.follow(x.place, q) || x.closeAt(q)) {
			return f, true
		}
	}
	return scan(x, "a number", collapsed(parseFloat64))
}

// Float32 reads a number in single precision.
func (x *XML) Float32() (float32, bool) { return scan(x, "a number", collapsed(parseFloat32)) }

// Int64 reads a whole number.
func (x *XML) Int64() (int64, bool) {
	if x.special == 0 {
		if i, q := x.buf.int(x.pos); q > x.pos && (x.follow(x.place, q) || x.closeAt(q)) {
			return i, true
		}
	}
	return scan(x, "a whole number of 64 bits", collapsed(parseInt64))
}

// Int32 reads a whole number of 32 bits.
func (x *XML) Int32() (int32, bool) {
	return scan(x, "a whole number of 32 bits", collapsed(parseInt32))
}

// Uint64 reads a whole number that is not negative.
func (x *XML) Uint64() (uint64, bool) {
	return scan(x, "a whole number of 64 bits that is not negative", collapsed(parseUint64))
}

// Bool reads true, false, 1 or 0.
func (x *XML) Bool() (bool, bool) { return scan(x, "true or false", collapsed(parseBool)) }

// Time reads a timestamp.
func (x *XML) Time() (Time, bool) {
	if x.special == 0 {
		at := x.pos
		if t, q := x.buf.time(at); q > at && (x.follow(x.place, q) || x.closeAt(q)) {
			x.checkTime(at, x.meta, t)
			return t, true
		}
	}
	at, meta, blank := x.nameAt-1, x.meta, false
	t, ok := scan(x, "a time such as 2006-01-02T15:04:05+0800", func(text string) (Time, bool) {
		trimmed := trimSpace(text)
		blank = len(trimmed) < len(text)
		return ParseTime(trimmed)
	})
	if ok {
		if blank {
			x.tolerateOf(at, Spelling, meta.Name, "has white space around it")
		}
		x.checkTime(at, meta, t)
	}
	return t, ok
}

// Text reads a value whose lexical form is its Go form.
func (x *XML) Text() (string, bool) {
	return scan(x, "a value", func(s string) (string, bool) { return trimSpace(s), true })
}

// Raw reads the element as it is spelled, with its tags.
func (x *XML) Raw() (Raw, bool) {
	_, raw := x.whole(x.nameAt - 1)
	return Raw(raw), x.err == nil
}

// whole reads the element whose start tag begins at from and was read last, and
// returns its name and itself as they are spelled.
func (x *XML) whole(from int) (name, raw string) {
	name = x.tagName()
	scope := x.scope()
	if x.skip(); x.err != nil {
		return name, ""
	}
	return name, scoped(x.buf.str(from, x.pos), name, scope)
}

// value reads the text of the value the slow way. at is where it stands.
func (x *XML) value() (text string, at int, ok bool) {
	text, at, ok = x.hold()
	x.shut()
	return text, at, ok
}

// hold is value, but for the end: the namespaces that the element declares stay
// in scope until shut.
func (x *XML) hold() (text string, at int, ok bool) {
	at = x.nameAt - 1
	if x.special&inText != 0 {
		return x.text, x.nameAt, true
	}
	kind := x.special
	if kind&attrs != 0 {
		x.childAttrs()
	}
	if kind&closed == 0 {
		if text, ok = x.leaf(); x.err != nil {
			return "", at, false
		}
		if !ok {
			x.tolerate(at, Value, "elements where a value is declared: absent")
			x.keepUnread(at, x.meta, "", false)
		}
	} else {
		ok = true
	}
	if text == "" {
		text = x.meta.Given
	}
	return text, at, ok && kind&isNil == 0
}

// collapsed makes a parser ignore white space around the text, as XML Schema
// has it for all types but strings (Part 2, section 4.3.6).
func collapsed[T any](parse func(string) (T, bool)) func(string) (T, bool) {
	return func(text string) (T, bool) { return parse(trimSpace(text)) }
}

// scan reads a value that is no string the slow way.
func scan[T any](x *XML, want string, parse func(string) (T, bool)) (v T, ok bool) {
	meta, whole := x.meta, x.special&inText == 0
	text, at, ok := x.value()
	if !ok {
		return v, false
	}
	switch trimmed := trimSpace(text); {
	case trimmed == "" && meta.Empty, slices.Contains(meta.Absent, trimmed):
		return v, false
	case trimmed == "":
		x.tolerateOf(at, Nothing, meta.Name, "holds nothing: absent")
		return v, false
	}
	if v, ok = parse(text); !ok {
		x.cannotRead(at, meta, text, want, whole)
		var zero T
		return zero, false
	}
	return v, true
}

// trimSpace removes XML's white space from both ends.
func trimSpace(s string) string {
	if n := len(s); n > 0 && s[0] > ' ' && s[n-1] > ' ' {
		return s // the usual case, which strings.Trim has no short way for
	}
	return strings.Trim(s, " \t\r\n")
}

// Keep reads the unknown member that Child found and adds it to the list.
func (x *XML) Keep(list []Member) []Member {
	if x.err != nil {
		return list
	}
	if x.nameAt != x.keepFrom+1 {
		return append(list, Member{Name: textName, Raw: x.buf.str(x.keepFrom, x.pos), Kind: TextMember})
	}
	name, raw := x.whole(x.keepFrom)
	return append(list, Member{Name: name, Raw: raw, Kind: ElementMember})
}

// openSlow is Open for a start tag that is not plain.
func (x *XML) openSlow(e *Element) {
	e.kind = x.special &^ (attrs | prefixed)
	e.closed = x.special&closed != 0
	if x.special&prefixed != 0 {
		e.meta = &noMember
	}
	if x.special&attrs != 0 {
		e.attrs, e.outer = uint32(len(x.attrs)), uint32(x.outer)
	}
	x.special = 0
}

// Attr finds the next attribute of e that the table lists, and tells whether
// there is one. Attributes that the table does not list are kept in *unknown;
// a nil table lists none.
func (x *XML) Attr(e *Element, m *Members, unknown *[]Member) bool {
	e.unknown = unknown
	for e.attr < e.attrs {
		a := &x.attrs[e.attr]
		e.attr++
		if m != nil && !a.declares {
			if i := m.find(a.space, a.local); i > 0 {
				e.Field = i - 1
				x.meta, x.nameAt = &m.list[i], a.at
				x.text, x.special = a.value, inText
				return true
			}
		}
		x.keepAttr(a, unknown)
	}
	return false
}

// NoAttr keeps the attributes of a record that declares none.
func (x *XML) NoAttr(e *Element, unknown *[]Member) {
	e.unknown = unknown
	if e.attrs > 0 {
		x.Attr(e, nil, unknown)
	}
}

// Wrapper is Open for an element around the items of a list, which is no record:
// the one around it keeps what is in it and not declared.
func (x *XML) Wrapper(e *Element, unknown *[]Member) {
	if x.special&attrs != 0 {
		x.childAttrs()
	}
	x.Open(e)
	e.unknown = unknown
}

// Value makes the text of e, whose attributes have been read, the value that
// comes next. Leave must follow it.
func (x *XML) Value(e *Element) {
	x.meta, x.nameAt, x.nameLen = &noMember, e.name.at, e.name.n
	x.special = e.kind
	x.place = nowhere
	if given := e.declared.given; given != nil {
		x.meta = given
	}
}

// Leave ends an element whose value was its text.
func (x *XML) Leave(e *Element) { x.leave(e) }

// keepAttr keeps an attribute that is not declared. Namespace declarations that
// last are kept too, without a word: other unknown members may need them.
func (x *XML) keepAttr(a *attribute, unknown *[]Member) {
	if a.schemaInst && !x.exact || a.declares && !x.lasting(a) || x.declares(a) {
		return // about the payload, not of it
	}
	if !a.declares && !a.schemaInst {
		x.tolerate(a.at, Unknown, "attribute %s is not declared, kept", a.local)
	}
	m := Member{Kind: AttributeMember}
	if a.isNil() {
		m.Kind = NilMember
	}
	x.keepBy(a, m, unknown)
}

// declares tells whether a is a declaration that is written with the root.
func (x *XML) declares(a *attribute) bool {
	if !a.declares || x.depth > 1 {
		return false
	}
	if a.local == "xmlns" {
		return x.writes("") != "" // the root is written with another one
	}
	own := x.writes(a.local)
	if own == "" {
		return false
	}
	_, raw := declaration(a.local, a.value)
	return raw == own
}

// hasMembers tells whether the start tag read last has attributes that say
// something of the document.
func (x *XML) hasMembers() bool {
	return slices.ContainsFunc(x.attrs, func(a attribute) bool { return !a.declares && (!a.schemaInst || x.exact) })
}
