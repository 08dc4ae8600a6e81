package xsd

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
)

// maxDepth is how deep the elements of a schema document may nest. libxml2 has
// the same limit; real schemas stay below 40.
const maxDepth = 256

// node is an element of a schema document. Its in-scope namespaces are resolved
// while parsing, so that QNames in its attributes can be resolved later.
type node struct {
	name   model.XMLName
	attrs  []attr
	kids   []*node
	parent *node
	file   *folder.File
	offset int // of the "<"

	// text is the character data between the tags, comments taken out, and
	// textAt where its first byte that is no white space stands.
	text   string
	textAt int
	// inner holds text and child elements' text in document order, for prose.
	inner string

	scope *scope
	kind  *componentKind // set by the grammar stage
}

// attr is one attribute, namespace declarations left out.
type attr struct {
	name   model.XMLName
	value  string // normalized as CDATA (XML 1.0, section 3.3.3)
	offset int    // of the name
}

// at returns the position of the node.
func (n *node) at() model.Position { return n.file.Position(n.offset, n.path()) }

// attrAt returns the position of an unqualified attribute, or the node's when
// it has no such attribute.
func (n *node) attrAt(name string) model.Position {
	if a := n.find(name); a != nil {
		return n.file.Position(a.offset, n.path()+"/@"+name)
	}
	return n.at()
}

// find returns the attribute without namespace of that name, or nil.
func (n *node) find(name string) *attr {
	for i := range n.attrs {
		if n.attrs[i].name == (model.XMLName{Local: name}) {
			return &n.attrs[i]
		}
	}
	return nil
}

// has tells whether the node has that unqualified attribute.
func (n *node) has(name string) bool { return n.find(name) != nil }

// get returns the value of an unqualified attribute, white space collapsed, or
// "" when there is none.
func (n *node) get(name string) string {
	if a := n.find(name); a != nil {
		return collapse(a.value)
	}
	return ""
}

// raw returns the value of an unqualified attribute as it stands, or nil.
func (n *node) raw(name string) *string {
	if a := n.find(name); a != nil {
		v := a.value
		return &v
	}
	return nil
}

// child returns the first child that is a schema element of one of the names.
func (n *node) child(names ...string) *node {
	for _, k := range n.kids {
		for _, name := range names {
			if k.is(name) {
				return k
			}
		}
	}
	return nil
}

// is tells whether the node is the schema element of that name.
func (n *node) is(local string) bool { return n.name == model.XMLName{Space: xsdSpace, Local: local} }

// within tells whether a node stands below another.
func (n *node) within(outer *node) bool {
	for p := n; p != nil; p = p.parent {
		if p == outer {
			return true
		}
	}
	return false
}

// path returns the node's place in the schema as people name it: the named
// components around it and itself ("/schema/complexType[Tag]/element[Name]").
// Nameless nodes in between, such as an xs:sequence, are left out.
func (n *node) path() string {
	var steps []string
	for p := n; p != nil; p = p.parent {
		name := p.get("name")
		if name == "" {
			name = p.get("ref")
		}
		switch {
		case p.parent == nil || p == n && name == "":
			steps = append(steps, p.name.Local)
		case name != "":
			steps = append(steps, p.name.Local+"["+name+"]")
		}
	}
	var b strings.Builder
	for i := len(steps) - 1; i >= 0; i-- {
		b.WriteByte('/')
		b.WriteString(steps[i])
	}
	return b.String()
}

// treeParser builds the tree of one file. encoding/xml splits the bytes into
// tokens and refuses bad names, references and nesting of markup; what it lets
// through (attributes given twice, undeclared prefixes, more than one root,
// text around the root, surrogates by reference) is checked here.
type treeParser struct {
	file  *folder.File
	diags *diag.List
	dec   *xml.Decoder
	// data is what the decoder sees: the file without its byte order mark, which
	// has base bytes, without its document type declaration and with its entities
	// expanded; pieces say where that comes from.
	data     []byte
	base     int
	pieces   []piece
	dtd      *dtd // nil: there is none
	expanded int  // what references and default attributes came to
	stack    []*open
	root     *node
	bad      bool
}

// open is an element whose end tag is still to come.
type open struct {
	node  *node
	raw   xml.Name // prefix and local part, as the end tag must repeat them
	text  strings.Builder
	inner strings.Builder
}

// parse reads a schema document into a tree, or returns nil when it is not
// well-formed XML; the diagnostics then say why.
func parse(file *folder.File, diags *diag.List) *node {
	p := &treeParser{file: file, diags: diags}
	p.data = file.Data
	if bytes.HasPrefix(p.data, []byte("\xef\xbb\xbf")) {
		p.base = 3
		p.data = p.data[3:]
	}
	if !p.checkCharacters(p.data) || !p.prolog() {
		return nil
	}
	p.dec = xml.NewDecoder(bytes.NewReader(p.data))
	p.dec.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		// The bytes were brought to UTF-8 before; see decodeText.
		return in, nil
	}
	p.run()
	if p.bad {
		return nil
	}
	return p.root
}

// fail says what is wrong at a byte of what the decoder sees.
func (p *treeParser) fail(at int, format string, args ...any) *diag.Diagnostic {
	return p.failAt(p.origin(at), format, args...)
}

// failAt says what is wrong at a byte of the file.
func (p *treeParser) failAt(offset int, format string, args ...any) *diag.Diagnostic {
	p.bad = true
	return p.diags.Errorf(p.file.Position(offset, ""), "not-well-formed", format, args...)
}

// checkCharacters looks for bytes that are not UTF-8 and for characters that
// XML does not have (XML 1.0, production 2): encoding/xml leaves them alone in
// comments and processing instructions.
func (p *treeParser) checkCharacters(data []byte) bool {
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && size == 1 {
			p.fail(i, "byte %#02x is not UTF-8", data[i]).
				WithHint("save the file as UTF-8")
			return false
		}
		if !isXMLChar(c) {
			p.fail(i, "character %U may not stand in XML", c)
			return false
		}
		i += size
	}
	return true
}

// run reads all tokens. It ends at the first fault: what follows a fault of
// well-formedness means nothing.
func (p *treeParser) run() {
	for !p.bad {
		at := int(p.dec.InputOffset())
		token, err := p.dec.RawToken()
		if errors.Is(err, io.EOF) {
			p.end(at)
			return
		}
		if err != nil {
			p.tokenError(err)
			return
		}
		raw := p.data[at:p.dec.InputOffset()]
		switch t := token.(type) {
		case xml.StartElement:
			p.startElement(t, raw, at)
		case xml.EndElement:
			p.endElement(t, at)
		case xml.CharData:
			p.characters(string(t), raw, at)
		case xml.ProcInst:
			if strings.EqualFold(t.Target, "xml") && at != 0 {
				p.fail(at, "the XML declaration may stand at the very beginning only")
			}
		case xml.Directive:
			p.fail(at, "a document type declaration may stand once only, before the root element")
		}
	}
}

func (p *treeParser) tokenError(err error) {
	text := err.Error()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		text = syntax.Msg
	}
	if strings.Contains(text, "unsupported version") {
		p.bad = true
		p.diags.Errorf(p.file.Position(p.base, ""), "unsupported", "a version of XML other than 1.0").
			WithHint("write version=\"1.0\" in the XML declaration")
		return
	}
	p.fail(min(int(p.dec.InputOffset()), len(p.data)), "%s", strings.TrimPrefix(text, "xml: "))
}

func (p *treeParser) end(at int) {
	switch {
	case len(p.stack) > 0:
		top := p.stack[len(p.stack)-1].node
		p.fail(at, "the file ends inside <%s>, which begins in line %d", top.name.Local, top.at().Line)
	case p.root == nil:
		p.fail(at, "the file has no element")
	}
}

func (p *treeParser) startElement(t xml.StartElement, raw []byte, at int) {
	if len(p.stack) == 0 && p.root != nil {
		p.fail(at, "a second root element <%s>", t.Name.Local)
		return
	}
	if len(p.stack) >= maxDepth {
		p.fail(at, "elements nest deeper than %d", maxDepth)
		return
	}
	n := &node{file: p.file, offset: p.origin(at)}
	if len(p.stack) > 0 {
		n.parent = p.stack[len(p.stack)-1].node
		n.scope = n.parent.scope
		n.parent.kids = append(n.parent.kids, n)
	} else {
		p.root = n
	}
	if !p.attributes(n, rawName(t.Name), raw, at) {
		return
	}
	space, ok := n.scope.lookup(t.Name.Space)
	if !ok {
		p.fail(at, "prefix %q is not declared", t.Name.Space).
			WithHint("add xmlns:%s=\"...\" to the element or one around it", t.Name.Space)
		return
	}
	if !isNCName(t.Name.Local) || t.Name.Space != "" && !isNCName(t.Name.Space) {
		p.fail(at, "%q is no qualified name", rawName(t.Name))
		return
	}
	n.name = model.XMLName{Space: space, Local: t.Name.Local}
	p.stack = append(p.stack, &open{node: n, raw: t.Name})
}

func (p *treeParser) endElement(t xml.EndElement, at int) {
	if len(p.stack) == 0 {
		p.fail(at, "end tag </%s> without a start tag", rawName(t.Name))
		return
	}
	top := p.stack[len(p.stack)-1]
	if top.raw != t.Name {
		p.fail(at, "end tag </%s> closes <%s> of line %d", rawName(t.Name), rawName(top.raw), top.node.at().Line)
		return
	}
	top.node.text = top.text.String()
	top.node.inner = top.inner.String()
	inner := top.node.inner
	p.stack = p.stack[:len(p.stack)-1]
	if len(p.stack) > 0 && isProse(p.stack[len(p.stack)-1].node) {
		p.stack[len(p.stack)-1].inner.WriteString(inner)
	}
}

// isProse tells whether a node stands in an xs:documentation, where alone the
// text of descendants is collected: everywhere else that would cost the square
// of the depth.
func isProse(n *node) bool {
	for ; n != nil; n = n.parent {
		if n.is("documentation") {
			return true
		}
	}
	return false
}

func (p *treeParser) characters(text string, raw []byte, at int) {
	if !bytes.HasPrefix(raw, []byte("<![CDATA[")) && !p.references(raw, at) {
		return
	}
	blank := strings.Trim(text, xmlSpace) == ""
	if len(p.stack) == 0 {
		if !blank || bytes.HasPrefix(raw, []byte("<![CDATA[")) || bytes.IndexByte(raw, '&') >= 0 {
			where := "before"
			if p.root != nil {
				where = "after"
			}
			d := p.fail(at, "text %s the root element", where)
			if strings.HasPrefix(text, "{") {
				d.WithHint("this is JSON, and an XSD is XML")
			}
		}
		return
	}
	top := p.stack[len(p.stack)-1]
	if !blank && strings.Trim(top.text.String(), xmlSpace) == "" {
		top.node.textAt = p.origin(at + len(text) - len(strings.TrimLeft(text, xmlSpace)))
	}
	top.text.WriteString(text)
	if isProse(top.node) {
		top.inner.WriteString(text)
	}
}

// references checks that numeric character references name characters of XML:
// encoding/xml turns a surrogate into U+FFFD.
func (p *treeParser) references(raw []byte, at int) bool {
	for i := 0; i < len(raw); i++ {
		if raw[i] != '&' {
			continue
		}
		end := bytes.IndexByte(raw[i:], ';')
		if end < 0 {
			return true // encoding/xml has refused it already
		}
		if _, ok := expandReference(string(raw[i+1 : i+end])); !ok {
			p.fail(at+i, "reference %s names no character of XML", raw[i:i+end+1])
			return false
		}
		i += end
	}
	return true
}

func rawName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
