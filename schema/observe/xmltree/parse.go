package xmltree

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Limits bound what Parse accepts.
type Limits struct {
	Depth int // how deep elements may nest
	Nodes int // how many elements and attributes there may be
}

// Default are the limits for contracts and for payloads.
var Default = Limits{Depth: 256, Nodes: 1 << 20}

// Error is what is wrong with a text.
type Error struct {
	Offset  int
	Summary string
	Hint    string
}

// Error returns the summary and the byte offset.
func (e *Error) Error() string { return fmt.Sprintf("byte %d: %s", e.Offset, e.Summary) }

// Parse reads one XML document and returns its root element, or the first
// thing that is wrong with it.
func Parse(data []byte, limits Limits) (*Node, *Error) {
	p := &parser{data: data, limits: limits}
	body := data
	if bytes.HasPrefix(body, []byte("\uFEFF")) {
		p.base = len("\uFEFF")
		body = body[p.base:]
	}
	if err := p.characters(body); err != nil {
		return nil, err
	}
	p.dec = xml.NewDecoder(bytes.NewReader(body))
	p.dec.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("the encoding %q is not read here", label)
	}
	if err := p.run(); err != nil {
		return nil, err
	}
	return p.root, nil
}

type parser struct {
	data   []byte
	base   int
	limits Limits
	dec    *xml.Decoder
	root   *Node
	top    *Node // the innermost element that is open
	depth  int
	nodes  int
}

func failAt(offset int, format string, args ...any) *Error {
	return &Error{Offset: offset, Summary: fmt.Sprintf(format, args...)}
}

func (e *Error) hint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// characters looks for bytes that are no UTF-8: encoding/xml does not look into
// comments.
func (p *parser) characters(data []byte) *Error {
	if utf8.Valid(data) {
		return nil
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return failAt(p.base+i, "the byte 0x%02x is not UTF-8", data[i]).hint("save the text as UTF-8")
		}
		i += size
	}
}

func (p *parser) run() *Error {
	for {
		at := p.base + int(p.dec.InputOffset())
		token, err := p.dec.RawToken()
		end := p.base + int(p.dec.InputOffset())
		if errors.Is(err, io.EOF) {
			return p.finish(at)
		}
		if err != nil {
			return p.syntax(err, end)
		}
		var bad *Error
		switch t := token.(type) {
		case xml.StartElement:
			bad = p.start(t, at, end)
		case xml.EndElement:
			bad = p.end(t, at, end)
		case xml.CharData:
			if p.top != nil {
				p.top.text = append(p.top.text, t...)
			} else if strings.Trim(string(t), " \t\r\n") != "" {
				bad = failAt(at, "text outside the root element")
			}
		case xml.Directive:
			bad = failAt(at, "a document type declaration is refused").hint("remove the <!DOCTYPE ...>")
		case xml.ProcInst:
			if strings.EqualFold(t.Target, "xml") && at != p.base {
				bad = failAt(at, "the XML declaration may stand at the very beginning only")
			}
		}
		if bad != nil {
			return bad
		}
	}
}

func (p *parser) finish(at int) *Error {
	switch {
	case p.top != nil:
		return failAt(at, "the text ends inside <%s>", p.top.Name())
	case p.root == nil:
		return failAt(at, "there is no element")
	}
	return nil
}

func (p *parser) syntax(err error, at int) *Error {
	text := err.Error()
	if s := (*xml.SyntaxError)(nil); errors.As(err, &s) {
		text = s.Msg
	}
	e := failAt(min(at, len(p.data)), "%s", strings.TrimPrefix(text, "xml: "))
	if strings.Contains(text, "encoding") {
		e.hint("save the text as UTF-8, and say so in the XML declaration")
	}
	return e
}

func qualified(prefix, local string) string {
	if prefix == "" {
		return local
	}
	return prefix + ":" + local
}

func (p *parser) start(t xml.StartElement, at, end int) *Error {
	if p.top == nil && p.root != nil {
		return failAt(at, "a second root element, <%s>", qualified(t.Name.Space, t.Name.Local))
	}
	if p.depth++; p.depth > p.limits.Depth {
		return failAt(at, "elements nest deeper than %d", p.limits.Depth)
	}
	if p.nodes += 1 + len(t.Attr); p.nodes > p.limits.Nodes {
		return failAt(at, "there are more than %d elements and attributes", p.limits.Nodes)
	}
	n := &Node{Prefix: t.Name.Space, Local: t.Name.Local, Parent: p.top, Start: at, Open: end}
	if p.top != nil {
		p.top.Kids = append(p.top.Kids, n)
	} else {
		p.root = n
	}
	p.top = n
	if bad := p.attributes(n, t.Attr); bad != nil {
		return bad
	}
	var ok bool
	if n.Space, ok = n.Resolve(n.Prefix); !ok {
		return undeclared(at, n.Prefix)
	}
	return nil
}

func undeclared(at int, prefix string) *Error {
	return failAt(at, "the prefix %q is not declared", prefix).hint("add xmlns:%s=\"...\" to the element or one around it", prefix)
}

func (p *parser) end(t xml.EndElement, at, end int) *Error {
	n := p.top
	if n == nil {
		return failAt(at, "the end tag </%s> has no start tag", qualified(t.Name.Space, t.Name.Local))
	}
	if n.Prefix != t.Name.Space || n.Local != t.Name.Local {
		return failAt(at, "the end tag </%s> closes <%s>", qualified(t.Name.Space, t.Name.Local), n.Name())
	}
	// The decoder makes up the end of an empty-element tag: it has no bytes.
	n.Close, n.End, n.Empty = at, end, at == end
	n.Text, n.text = string(n.text), nil
	p.top = n.Parent
	p.depth--
	return nil
}

// attributes reads the attributes with their places, which the decoder does not
// tell: its values are right, and they stand in the order of the text.
func (p *parser) attributes(n *Node, list []xml.Attr) *Error {
	at := n.Start + 1 + len(n.Name())
	attrs := make([]Attr, 0, len(list))
	for _, a := range list {
		for isSpace(p.data[at]) {
			at++
		}
		x := Attr{Prefix: a.Name.Space, Local: a.Name.Local, Value: a.Value, Start: at}
		for p.data[at] != '"' && p.data[at] != '\'' {
			at++
		}
		x.ValueStart = at + 1
		x.ValueEnd = x.ValueStart + bytes.IndexByte(p.data[x.ValueStart:], p.data[at])
		at = x.ValueEnd + 1
		x.End = at
		switch {
		case x.Prefix == "xmlns":
			n.declared = append(n.declared, binding{x.Local, x.Value})
		case x.Prefix == "" && x.Local == "xmlns":
			n.declared = append(n.declared, binding{"", x.Value})
		default:
			attrs = append(attrs, x)
		}
	}
	type name struct{ space, local string }
	seen := make(map[name]bool, len(attrs))
	for i := range attrs {
		a := &attrs[i]
		if a.Prefix != "" {
			var ok bool
			if a.Space, ok = n.Resolve(a.Prefix); !ok {
				return undeclared(a.Start, a.Prefix)
			}
		}
		if seen[name{a.Space, a.Local}] {
			return failAt(a.Start, "the attribute %s is given twice", qualified(a.Prefix, a.Local))
		}
		seen[name{a.Space, a.Local}] = true
	}
	n.Attrs = attrs
	return nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
