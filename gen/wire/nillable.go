package wire

import "slices"

// Nillable is a value in whose place the element may stand with xsi:nil="true"
// and no content (XML Schema Part 1, section 2.6.2), which is not the same as no
// element.
type Nillable[T any] struct {
	Value T
	Nil   bool // Value means nothing
}

// ReadNillable reads a value with one of the reader's methods, or that there is
// none.
func ReadNillable[T any](x *XML, read func(*XML) (T, bool)) (v Nillable[T], ok bool) {
	v.Nil = x.special&isNil != 0
	v.Value, ok = read(x)
	return v, ok || v.Nil
}

// ReadNillableText is ReadNillable for a type of texts.
func ReadNillableText[T ~string](x *XML, read func(*XML) (string, bool)) (v Nillable[T], ok bool) {
	s, ok := ReadNillable(x, read)
	return Nillable[T]{T(s.Value), s.Nil}, ok
}

// Nil writes an element that stands for no value.
func (w *XMLWriter) Nil(name string) {
	w.Buf = append(w.Buf, '<')
	w.Buf = append(w.Buf, name...)
	w.Attr("xsi:nil", "true")
	if len(w.parents) > 0 {
		w.place(name, true)
	}
	w.Buf = append(w.Buf, '>')
	w.end(name)
}

// IsNil tells whether an element said that it holds nothing: by its attributes,
// which were kept.
func IsNil(unknown []Member) bool {
	return slices.ContainsFunc(unknown, func(m Member) bool { return m.Kind == NilMember })
}
