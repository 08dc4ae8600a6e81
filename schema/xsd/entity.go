package xsd

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"sort"
)

// This file puts the text of entities in the place of references to them (XML
// 1.0, section 4.4), within bounds, and keeps where every byte comes from.

// The bounds of what a document type declaration may make of a schema document:
// how deep entities may stand in one another, and how many bytes references and
// default attributes may come to, where each counts one at least.
const (
	maxEntityDepth = 32
	maxExpansion   = 1 << 20
)

// provenance is where a text comes from: from the byte at on, or, when fixed, from
// an entity that is referred to there.
type provenance struct {
	at    int
	fixed bool
}

// from returns where the rest of the text comes from.
func (o provenance) from(i int) provenance {
	if !o.fixed {
		o.at += i
	}
	return o
}

// piece is a run of the expanded text: where it begins, and comes from.
type piece struct {
	out int
	in  provenance
}

// origin returns where a byte of the text that is parsed stands in the file.
func (p *treeParser) origin(at int) int {
	if i := sort.Search(len(p.pieces), func(i int) bool { return p.pieces[i].out > at }); i > 0 {
		s := p.pieces[i-1]
		at = s.in.from(at - s.out).at
	}
	return p.base + at
}

// mayExpand tells whether a reference to an entity that stands in others may be
// expanded, and counts it. at is its place.
func (p *treeParser) mayExpand(e *entity, within []*entity, at int) bool {
	switch {
	case slices.Contains(within, e):
		p.fail(at, "the entity %s contains itself", e.name)
	case len(within) >= maxEntityDepth:
		p.fail(at, "entities stand in one another deeper than %d", maxEntityDepth)
	default:
		return p.charge(len(e.text), at)
	}
	return false
}

// charge counts what a document type declaration adds to the document.
func (p *treeParser) charge(bytes, at int) bool {
	if p.expanded += 1 + bytes; p.expanded > maxExpansion {
		p.fail(at, "entities and default attributes come to more than %d bytes", maxExpansion)
		return false
	}
	return true
}

// expander writes a text with its references to entities expanded.
type expander struct {
	p      *treeParser
	out    []byte
	pieces []piece
	within []*entity // those that are being expanded
}

// copy writes bytes as they are.
func (x *expander) copy(text []byte, in provenance) {
	if n := len(x.pieces); n == 0 || x.pieces[n-1].in.from(len(x.out)-x.pieces[n-1].out) != in {
		x.pieces = append(x.pieces, piece{len(x.out), in})
	}
	x.out = append(x.out, text...)
}

// content writes what stands between tags, and the tags.
func (x *expander) content(text []byte, in provenance) bool {
	for i, n := 0, 0; i < len(text); i += n {
		switch n = unparsed(text[i:]); {
		case n > 0:
			x.copy(text[i:i+n], in.from(i))
		case text[i] == '&':
			n = x.reference(text[i:], in.from(i), x.element)
		case text[i] == '<':
			n = x.tag(text[i:], in.from(i))
		default:
			n = until(text[i:], "<&")
			x.copy(text[i:i+n], in.from(i))
		}
		if n == 0 {
			return false
		}
	}
	return true
}

// until returns how much of a text stands before the first of some bytes.
func until(text []byte, stop string) int {
	if n := bytes.IndexAny(text, stop); n >= 0 {
		return n
	}
	return len(text)
}

// tag writes a tag, with the values of its attributes expanded, and returns its
// length, or 0 after a fault. What is no tag is left for the parser to refuse.
func (x *expander) tag(text []byte, in provenance) int {
	for i := 0; i < len(text); {
		n := min(i+until(text[i:], `>"'`)+1, len(text))
		x.copy(text[i:n], in.from(i))
		if i = n; text[i-1] == '>' {
			return i
		}
		n = i + until(text[i:], string(text[i-1]))
		if !x.value(text[i:n], in.from(i)) {
			return 0
		}
		if i = n; i < len(text) {
			x.copy(text[i:i+1], in.from(i))
			i++
		}
	}
	return len(text)
}

// value writes the value of an attribute.
func (x *expander) value(text []byte, in provenance) bool {
	for i, n := 0, 0; i < len(text); i += n {
		if text[i] == '&' {
			n = x.reference(text[i:], in.from(i), x.literal)
		} else {
			n = until(text[i:], "&")
			x.copy(text[i:i+n], in.from(i))
		}
		if n == 0 {
			return false
		}
	}
	return true
}

// reference writes what the reference at the beginning of a text stands for, and
// returns its length, or 0 after a fault. References to characters and to the
// five entities that every document has are left to the parser, as is an
// ampersand that begins none.
func (x *expander) reference(text []byte, in provenance, write func(*entity, provenance) bool) int {
	end := 1 + until(text[1:], ";&<>\"' \t\r\n")
	if end == len(text) || text[end] != ';' || !isName(string(text[1:end])) {
		x.copy(text[:1], in)
		return 1
	}
	name := string(text[1:end])
	if _, ok := expandReference(name); ok {
		x.copy(text[:end+1], in)
		return end + 1
	}
	e := x.p.dtd.general[name]
	switch {
	case e == nil:
		d := x.p.fail(in.at, "the entity &%s; is not declared", name)
		if x.p.dtd.partial {
			d.WithHint("what is external is not read: declare it between the brackets of <!DOCTYPE ... [...]>")
		}
		return 0
	case e.external:
		x.p.fail(in.at, "the entity &%s; is external, and is not read", name).
			WithHint("put its text into its declaration, or into the schema")
		return 0
	case !x.p.mayExpand(e, x.within, in.at):
		return 0
	}
	x.within = append(x.within, e)
	defer func() { x.within = x.within[:len(x.within)-1] }()
	if !write(e, provenance{in.at, true}) {
		return 0
	}
	return end + 1
}

// element writes an entity between tags. What begins in it must end in it (XML
// 1.0, section 4.3.2).
func (x *expander) element(e *entity, in provenance) bool {
	if e.whole == nil {
		whole := balanced(e.text)
		e.whole = &whole
	}
	if !*e.whole {
		x.p.fail(in.at, "the entity &%s; is not balanced: what begins in it must end in it", e.name)
		return false
	}
	return x.content(e.text, in)
}

// balanced tells whether a text has an end for every beginning of markup.
func balanced(text []byte) bool {
	if bytes.IndexByte(text, '<') < 0 {
		return true
	}
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false // for references to entities
	for depth := 0; ; {
		token, err := dec.RawToken()
		if err != nil {
			return errors.Is(err, io.EOF) && depth == 0
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			if depth--; depth < 0 {
				return false
			}
		}
	}
}

// literal writes an entity in the value of an attribute, where quotes do not end
// the value (XML 1.0, section 4.4.5).
func (x *expander) literal(e *entity, in provenance) bool {
	if bytes.IndexByte(e.text, '<') >= 0 {
		x.p.fail(in.at, "the entity &%s; has a \"<\" in it, which no attribute may have", e.name)
		return false
	}
	text := bytes.ReplaceAll(e.text, []byte(`"`), []byte("&#34;"))
	return x.value(bytes.ReplaceAll(text, []byte(`'`), []byte("&#39;")), in)
}
