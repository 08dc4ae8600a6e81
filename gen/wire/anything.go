package wire

import (
	"cmp"
	"slices"
)

// This file reads and writes members that may hold anything, of documents with
// two forms. Their Raw is JSON, which never begins with <, or the element.

// Anything reads an element that may hold anything. One that holds nothing but
// text is that text as a JSON string, as the other form has it; one with
// attributes or elements is itself, as it is spelled. xsi:nil is null.
func (x *XML) Anything() (Raw, bool) {
	at, name := x.nameAt-1, x.tagName()
	// Elements inside have attributes of their own, which leaf reads.
	plain := x.special&attrs == 0 || !slices.ContainsFunc(x.attrs, func(a attribute) bool { return !a.declares })
	null := x.special&isNil != 0 && !x.hasMembers()
	text, isText := "", true
	if x.special&closed == 0 {
		text, isText = x.leaf()
	}
	var v Raw
	switch {
	case x.err != nil:
	case isText && plain:
		v = RawText(cmp.Or(text, x.meta.Given))
	case isText && null && text == "":
		v = "null"
	default:
		raw := string(x.data[at:x.pos]) // what was read may have been changed in place
		v = Raw(scoped(raw, name, x.scope()))
	}
	x.shut()
	return v, x.err == nil
}

// Anything writes an element that may hold anything: an object or an array of
// JSON is its text, and null is nothing.
func (w *XMLWriter) Anything(name string, v Raw) {
	switch {
	case v.isElement():
		w.Raw(string(v))
	case v == "null":
		w.String(name, "")
	default:
		w.String(name, v.Text())
	}
}

// Anything writes a value that may be anything: an element with attributes or
// elements is a string of it.
func (w *JSONWriter) Anything(v Raw) {
	if v.isElement() {
		w.String(string(v))
		return
	}
	w.Raw(string(v))
}

// isElement tells whether the value was kept from XML.
func (r Raw) isElement() bool { return len(r) > 0 && r[0] == '<' }
