package xsd

import (
	"bytes"
	"slices"
	"strings"
)

// This file reads a document type declaration (XML 1.0, section 2.8), which some
// schema documents begin with: the entities of its internal subset, and the
// attributes that it gives elements by default. What is external is not opened,
// as a processor that does not validate may have it (section 5.1).

// dtd is what an internal subset declares. The first declaration of a name
// counts (XML 1.0, sections 3.3 and 4.2).
type dtd struct {
	general, parameter map[string]*entity
	// defaults are attributes by the name of their element; both names are as
	// they are spelled, for a DTD knows no namespaces.
	defaults map[string][]attDefault
	// words tells of the attributes that have a declaration, by element and name,
	// whether their values are words: of a type other than CDATA.
	words map[[2]string]bool
	// partial says that an external part was not read.
	partial bool
}

// entity is one that an internal subset declares.
type entity struct {
	name     string
	text     []byte // its replacement text (XML 1.0, section 4.5)
	external bool   // its text is elsewhere
	// whole tells whether the text is balanced markup (section 4.3.2); nil: not
	// looked at yet.
	whole *bool
}

// dtdReader reads a document type declaration, or the text of a parameter
// entity in it.
type dtdReader struct {
	p    *treeParser
	text []byte
	i    int
	// at is where the text begins in the file; the text of an entity stands, all
	// of it, where the file refers to it.
	at     int
	within []*entity
	failed bool
	// skip says that declarations do not count any more: those behind a reference
	// to an external parameter entity, which could have changed them (XML 1.0,
	// section 5.1).
	skip *bool
}

// prolog takes the document type declaration out of the text, and expands the
// entities that it declares.
func (p *treeParser) prolog() bool {
	start, end, ok := p.doctype(p.data)
	if !ok || p.dtd == nil {
		return ok
	}
	x := &expander{p: p}
	x.copy(p.data[:start], provenance{})
	if !x.content(p.data[end:], provenance{at: end}) {
		return false
	}
	p.data, p.pieces = x.out, x.pieces
	return true
}

// doctype reads the document type declaration of a text, if it has one, and
// returns where it begins and ends.
func (p *treeParser) doctype(data []byte) (start, end int, ok bool) {
	for {
		start += len(data[start:]) - len(bytes.TrimLeft(data[start:], xmlSpace))
		n := unparsed(data[start:])
		if n == 0 {
			break
		}
		start += n
	}
	if !bytes.HasPrefix(data[start:], []byte("<!DOCTYPE")) {
		return start, start, true
	}
	p.dtd = &dtd{general: map[string]*entity{}, parameter: map[string]*entity{},
		defaults: map[string][]attDefault{}, words: map[[2]string]bool{}}
	r := &dtdReader{p: p, text: data, i: start + len("<!DOCTYPE"), skip: new(bool)}
	r.space()
	r.name()
	r.blank()
	at, system := r.i, ""
	if r.peek("SYSTEM") || r.peek("PUBLIC") {
		system = r.externalID()
		p.dtd.partial = true
	}
	if r.blank(); r.take("[") {
		r.declarations()
		r.want("]")
		r.blank()
	}
	r.want(">")
	if !r.failed && system != "" {
		p.diags.Warnf(p.file.Position(p.origin(at), ""), "not-fetched", "the external DTD %q is not read", system).
			WithHint("entities and attributes of it that the schema needs must be declared between the brackets of <!DOCTYPE ... [...]>")
	}
	return start, r.i, !r.failed
}

// unparsed returns the length of the comment, processing instruction or CDATA
// section that a text begins with, 0 where it begins with none. One without an
// end takes all.
func unparsed(text []byte) int {
	for _, m := range [][2]string{{"<!--", "-->"}, {"<?", "?>"}, {"<![CDATA[", "]]>"}} {
		if bytes.HasPrefix(text, []byte(m[0])) {
			i := bytes.Index(text[len(m[0]):], []byte(m[1]))
			if i < 0 {
				return len(text)
			}
			return len(m[0]) + i + len(m[1])
		}
	}
	return 0
}

func (r *dtdReader) fail(format string, args ...any) { r.failAt(r.i, format, args...) }

// failAt says what is wrong at a byte of the text.
func (r *dtdReader) failAt(i int, format string, args ...any) {
	if !r.failed {
		r.p.fail(r.place(i), format, args...)
	}
	r.failed, r.i = true, len(r.text) // so that every loop ends
}

// place returns where a byte of the text stands in the file.
func (r *dtdReader) place(i int) int {
	if len(r.within) > 0 {
		return r.at
	}
	return min(i, len(r.text))
}

func (r *dtdReader) peek(s string) bool { return bytes.HasPrefix(r.text[r.i:], []byte(s)) }

func (r *dtdReader) take(s string) bool {
	if !r.peek(s) {
		return false
	}
	r.i += len(s)
	return true
}

func (r *dtdReader) want(s string) {
	if !r.take(s) {
		r.fail("%q is missing in the document type declaration", s)
	}
}

// blank skips white space, and tells whether there was some.
func (r *dtdReader) blank() bool {
	from := r.i
	for r.i < len(r.text) && isSpaceByte(r.text[r.i]) {
		r.i++
	}
	return r.i > from
}

func (r *dtdReader) space() {
	if !r.blank() {
		r.fail("white space is missing in the document type declaration")
	}
}

// word reads characters up to one that ends a name here.
func (r *dtdReader) word() string {
	from := r.i
	for r.i < len(r.text) && !isSpaceByte(r.text[r.i]) && !strings.ContainsRune(`<>[]()|;%&"'`, rune(r.text[r.i])) {
		r.i++
	}
	return string(r.text[from:r.i])
}

// name reads a name (XML 1.0, production 5).
func (r *dtdReader) name() string {
	from := r.i
	name := r.word()
	if !isName(name) {
		r.failAt(from, "a name is missing in the document type declaration")
	}
	return name
}

// literal reads a text in quotes.
func (r *dtdReader) literal() (text []byte, at int) {
	if !r.peek(`"`) && !r.peek(`'`) {
		r.fail("a text in quotes is missing in the document type declaration")
		return nil, r.i
	}
	at = r.i + 1
	end := bytes.IndexByte(r.text[at:], r.text[r.i])
	if end < 0 {
		r.fail("a text in quotes does not end")
		return nil, r.i
	}
	r.i = at + end + 1
	return r.text[at : at+end], at
}

// externalID reads where something external is (production 75), and returns its
// system identifier.
func (r *dtdReader) externalID() string {
	if r.take("PUBLIC") {
		r.space()
		r.literal()
	} else {
		r.want("SYSTEM")
	}
	r.space()
	system, _ := r.literal()
	return string(system)
}

// declarations reads the inside of an internal subset (production 28b).
func (r *dtdReader) declarations() {
	for !r.failed {
		r.blank()
		switch {
		case r.i == len(r.text), r.peek("]"):
			return
		case r.take("%"):
			r.include()
		case r.take("<!ENTITY"):
			r.space()
			r.entity()
		case r.take("<!ATTLIST"):
			r.space()
			r.attributes()
		case r.take("<!ELEMENT"), r.take("<!NOTATION"):
			r.space()
			r.ignored()
		case r.peek("<!--"), r.peek("<?"):
			text := r.text[r.i:][:unparsed(r.text[r.i:])]
			if comment := bytes.HasPrefix(text, []byte("<!--")); !bytes.HasSuffix(text, []byte("?>")) && !comment ||
				comment && bytes.Index(text[len("<!--"):], []byte("--")) != len(text)-len("<!---->") {
				r.fail("a comment or processing instruction does not end as it must")
				return
			}
			r.i += len(text)
		default:
			r.fail("this is no declaration of a DTD")
		}
	}
}

// ignored skips a declaration that says nothing to a processor that does not
// validate: of an element or a notation.
func (r *dtdReader) ignored() {
	r.name()
	for !r.failed && !r.take(">") {
		switch {
		case r.i == len(r.text), r.peek("<"), r.peek("%"):
			r.fail("a declaration does not end")
		case r.peek(`"`), r.peek(`'`):
			r.literal()
		default:
			r.i++
		}
	}
}

// include reads the declarations of a parameter entity.
func (r *dtdReader) include() {
	from := r.i - len("%")
	at, name := r.place(from), r.name()
	if r.want(";"); r.failed {
		return
	}
	e := r.p.dtd.parameter[name]
	switch {
	case e == nil && !*r.skip:
		r.failAt(from, "the parameter entity %%%s; is not declared", name)
		return
	case e == nil || e.external:
		if !*r.skip {
			r.p.diags.Warnf(r.p.file.Position(r.p.origin(at), ""), "not-fetched",
				"the external parameter entity %%%s; is not read; declarations behind it do not count", name)
		}
		*r.skip, r.p.dtd.partial = true, true
		return
	}
	if !r.p.mayExpand(e, r.within, at) {
		r.failed, r.i = true, len(r.text)
		return
	}
	inner := &dtdReader{p: r.p, text: e.text, at: at, within: append(slices.Clone(r.within), e), skip: r.skip}
	if inner.declarations(); !inner.failed && inner.i < len(inner.text) {
		inner.fail("%q is not expected in a parameter entity", "]")
	}
	if inner.failed {
		r.failed, r.i = true, len(r.text)
	}
}

// entity reads the declaration of an entity (production 70).
func (r *dtdReader) entity() {
	e, to := &entity{}, r.p.dtd.general
	if r.take("%") {
		to = r.p.dtd.parameter
		r.space()
	}
	e.name = r.name()
	if r.space(); r.peek("SYSTEM") || r.peek("PUBLIC") {
		e.external = true
		r.externalID()
		if r.blank() && r.take("NDATA") {
			r.space()
			r.name()
		}
	} else {
		text, at := r.literal()
		e.text = r.replacement(text, at)
	}
	r.blank()
	r.want(">")
	if to[e.name] == nil && !*r.skip {
		to[e.name] = e
	}
}

// replacement returns the replacement text of an entity's literal value:
// references to characters are expanded, those to entities are not yet (XML 1.0,
// section 4.4.7).
func (r *dtdReader) replacement(value []byte, at int) []byte {
	out := make([]byte, 0, len(value))
	for i := 0; i < len(value); i++ {
		switch c := value[i]; c {
		case '%':
			r.failAt(at+i, "a parameter entity may not stand inside of a declaration here")
			return nil
		case '&':
			end := bytes.IndexByte(value[i:], ';')
			if end < 0 || value[i+1] != '#' && !isName(string(value[i+1:i+end])) {
				r.failAt(at+i, "an ampersand that begins no reference")
				return nil
			}
			ref := value[i : i+end+1]
			if ref[1] == '#' {
				text, ok := expandReference(string(ref[1:end]))
				if !ok {
					r.failAt(at+i, "reference %s names no character of XML", ref)
					return nil
				}
				ref = []byte(text)
			}
			out = append(out, ref...)
			i += end
		default:
			out = append(out, c)
		}
	}
	return out
}
