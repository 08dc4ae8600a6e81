package xsd

import (
	"bytes"
	"slices"
)

// This file is about the attributes that a document type declaration declares
// (XML 1.0, section 3.3).

// attDefault is an attribute that elements have without stating it.
type attDefault struct {
	name, value string
	offset      int // of the attribute's name in its declaration
}

// attTypes are the types of attributes whose values are words (production 54
// without CDATA).
var attTypes = []string{"ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS"}

// attributes reads the declaration of an element's attributes (production 52).
func (r *dtdReader) attributes() {
	element := r.name()
	for r.blank(); !r.failed && !r.take(">"); r.blank() {
		a := attDefault{offset: r.p.origin(r.place(r.i))}
		a.name = r.name()
		r.space()
		words := true
		if !r.take("(") {
			switch kind := r.word(); {
			case kind == "CDATA":
				words = false
			case kind == "NOTATION":
				r.space()
				r.want("(")
				r.enumerated()
			case !slices.Contains(attTypes, kind):
				r.fail("%q is no type of an attribute", kind)
			}
		} else {
			r.enumerated()
		}
		r.space()
		given := !r.take("#IMPLIED") && !r.take("#REQUIRED")
		if given {
			if r.take("#FIXED") {
				r.space()
			}
			a.value = r.value()
		}
		key := [2]string{element, a.name}
		if _, declared := r.p.dtd.words[key]; !*r.skip && !declared {
			if r.p.dtd.words[key] = words; given {
				r.p.dtd.defaults[element] = append(r.p.dtd.defaults[element], a)
			}
		}
		if !r.peek(">") && !r.peek(" ") && !r.peek("\n") && !r.peek("\t") && !r.peek("\r") {
			r.fail("white space is missing in the document type declaration")
		}
	}
}

// enumerated skips the values of an attribute that has few.
func (r *dtdReader) enumerated() {
	end := bytes.IndexByte(r.text[r.i:], ')')
	if end < 0 || bytes.ContainsAny(r.text[r.i:r.i+end], `<>"'&%`) {
		r.fail("a list of an attribute's values does not end")
		return
	}
	r.i += end + 1
}

// value reads an attribute's default value, normalized as CDATA (XML 1.0,
// section 3.3.3).
func (r *dtdReader) value() string {
	text, at := r.literal()
	if r.failed {
		return ""
	}
	if bytes.IndexByte(text, '<') >= 0 {
		r.failAt(at, "an attribute's value has a \"<\" in it")
		return ""
	}
	at = r.place(at)
	x := &expander{p: r.p}
	ok := x.value(text, provenance{at, true})
	var value string
	if ok {
		value, ok = r.p.attributeValue(x.out, at)
	}
	if !ok {
		r.failed, r.i = true, len(r.text)
	}
	return value
}

// dtdAttributes does with the attributes of a tag what the document type
// declaration says of them: those of types other than CDATA are words, and
// those that are not there may have a default (XML 1.0, section 3.3.3).
func (p *treeParser) dtdAttributes(tag string, list []rawAttr, at int) ([]rawAttr, bool) {
	defaults := p.dtd.defaults[tag]
	stated := map[string]bool{}
	for i := range list {
		stated[list[i].name()] = true
	}
	for _, d := range defaults {
		if !stated[d.name] {
			if !p.charge(len(d.value), at) {
				return nil, false
			}
			prefix, local, ok := splitName(d.name)
			if !ok {
				p.failAt(d.offset, "%q is no qualified name", d.name)
				return nil, false
			}
			list = append(list, rawAttr{prefix: prefix, local: local, value: d.value, offset: d.offset})
		}
	}
	for i := range list {
		if p.dtd.words[[2]string{tag, list[i].name()}] {
			list[i].value = collapse(list[i].value)
		}
	}
	return list, true
}
