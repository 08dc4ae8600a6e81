package jsontree

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Limits bound what Parse accepts.
type Limits struct {
	// Depth is how deep arrays and objects may nest.
	Depth int
	// NumberBytes is how long the text of a number may be, and Exponent how
	// large its exponent. Package math/big needs quadratic time for long numbers
	// and gives up on exponents over a million, which JSON Schema engines built
	// on it do not expect.
	NumberBytes int
	Exponent    int
	// Mark accepts a byte order mark before the value, as RFC 8259, section
	// 8.1, allows readers to.
	Mark bool
}

// Default are the limits for contracts and for payloads that an engine judges.
var Default = Limits{Depth: 512, NumberBytes: 64, Exponent: 400}

// Error is one thing wrong with a text.
type Error struct {
	Offset  int
	Code    string // "syntax", "duplicate-name", "number-limit" or "depth-limit"
	Summary string
	Hint    string
	// First is the offset of the first of two names that are the same.
	First int
	// Pointer leads to the value that the error is in, as far as it is known.
	Pointer string
}

// Error returns the summary and the byte offset.
func (e *Error) Error() string { return fmt.Sprintf("byte %d: %s", e.Offset, e.Summary) }

// Parse reads one JSON text. It reports every duplicate name and every number
// over the limits, and stops at the first mistake in the syntax. The tree is
// nil when there are errors.
func Parse(data []byte, limits Limits) (*Node, []*Error) {
	p := &parser{data: data, limits: limits}
	if limits.Mark && len(data) >= 3 && string(data[:3]) == "\uFEFF" {
		p.pos = 3
	}
	n := p.value()
	if p.stopped {
		return nil, p.errs
	}
	p.space()
	if p.pos < len(data) {
		p.fail(p.pos, "%s after the end of the value", p.here()).Hint = "a JSON text is one value (RFC 8259, section 2)"
	}
	if len(p.errs) > 0 {
		return nil, p.errs
	}
	return n, nil
}

type parser struct {
	data    []byte
	pos     int
	depth   int
	limits  Limits
	errs    []*Error
	stopped bool
	path    []string // reference tokens of the value being read
}

// fail reports a mistake after which nothing can be read.
func (p *parser) fail(offset int, format string, args ...any) *Error {
	p.stopped = true
	return p.report(offset, "syntax", format, args...)
}

func (p *parser) report(offset int, code, format string, args ...any) *Error {
	e := &Error{Offset: offset, Code: code, Summary: fmt.Sprintf(format, args...)}
	for _, t := range p.path {
		e.Pointer += "/" + Escape(t)
	}
	p.errs = append(p.errs, e)
	return e
}

// here names what stands at the current position.
func (p *parser) here() string {
	if p.pos >= len(p.data) {
		return "the end of the file"
	}
	r, size := utf8.DecodeRune(p.data[p.pos:])
	if r == utf8.RuneError && size == 1 {
		return fmt.Sprintf("the byte 0x%02x", p.data[p.pos])
	}
	return strconv.QuoteRune(r)
}

func (p *parser) space() {
	for p.pos < len(p.data) {
		switch p.data[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

func (p *parser) peek() byte {
	if p.pos < len(p.data) {
		return p.data[p.pos]
	}
	return 0
}

func (p *parser) value() *Node {
	p.space()
	n := &Node{Start: p.pos}
	switch c := p.peek(); {
	case c == '{':
		p.object(n)
	case c == '[':
		p.array(n)
	case c == '"':
		n.Kind = String
		n.Text = p.string()
	case c == '-' || c >= '0' && c <= '9':
		p.number(n)
	case c == 't':
		p.literal(n, Bool, "true")
	case c == 'f':
		p.literal(n, Bool, "false")
	case c == 'n':
		p.literal(n, Null, "null")
	default:
		e := p.fail(p.pos, "%s where a value should be", p.here())
		switch {
		case c == '/':
			e.Hint = "JSON has no comments; write the text into \"$comment\""
		case c == '<':
			e.Hint = "this is XML, and a JSON Schema is JSON"
		case c == '\'':
			e.Hint = "strings stand in double quotes"
		case c == ']' || c == '}':
			e.Hint = "remove the comma before it"
		}
	}
	n.End = p.pos
	return n
}

func (p *parser) literal(n *Node, k Kind, text string) {
	if len(p.data)-p.pos < len(text) || string(p.data[p.pos:p.pos+len(text)]) != text {
		p.fail(p.pos, "%s where a value should be", p.here()).Hint = "the words of JSON are true, false and null; text stands in double quotes"
		return
	}
	p.pos += len(text)
	n.Kind, n.Text = k, text
}

// enter opens an array or an object.
func (p *parser) enter() bool {
	if p.depth++; p.depth > p.limits.Depth {
		p.report(p.pos, "depth-limit", "arrays and objects nest deeper than %d", p.limits.Depth)
		p.stopped = true
		return false
	}
	p.pos++
	p.space()
	return true
}

func (p *parser) array(n *Node) {
	n.Kind = Array
	if !p.enter() {
		return
	}
	if p.peek() == ']' {
		p.pos++
		p.depth--
		return
	}
	p.path = append(p.path, "")
	for {
		p.path[len(p.path)-1] = strconv.Itoa(len(n.Items))
		v := p.value()
		if p.stopped {
			return
		}
		n.Items = append(n.Items, v)
		p.space()
		switch p.peek() {
		case ',':
			p.pos++
		case ']':
			p.pos++
			p.depth--
			p.path = p.path[:len(p.path)-1]
			return
		default:
			p.fail(p.pos, "%s where a comma or ] should be", p.here())
			return
		}
	}
}

func (p *parser) object(n *Node) {
	n.Kind = Object
	if !p.enter() {
		return
	}
	if p.peek() == '}' {
		p.pos++
		p.depth--
		return
	}
	p.path = append(p.path, "")
	for {
		p.path[len(p.path)-1] = ""
		p.space()
		m := Member{Start: p.pos}
		if p.peek() != '"' {
			e := p.fail(p.pos, "%s where a name should be", p.here())
			switch p.peek() {
			case '}':
				e.Hint = "remove the comma before it"
			case '/':
				e.Hint = "JSON has no comments; write the text into \"$comment\""
			default:
				e.Hint = "names stand in double quotes"
			}
			return
		}
		if m.Name = p.string(); p.stopped {
			return
		}
		p.path[len(p.path)-1] = m.Name
		if first := n.Lookup(m.Name); first != nil {
			e := p.report(m.Start, "duplicate-name", "the name %q stands in this object twice", m.Name)
			e.First, e.Hint = first.Start, "readers disagree on which of the two counts: keep one"
		}
		p.space()
		if p.peek() != ':' {
			p.fail(p.pos, "%s where a colon should be", p.here())
			return
		}
		p.pos++
		if m.Value = p.value(); p.stopped {
			return
		}
		n.add(m)
		p.space()
		switch p.peek() {
		case ',':
			p.pos++
		case '}':
			p.pos++
			p.depth--
			p.path = p.path[:len(p.path)-1]
			return
		default:
			p.fail(p.pos, "%s where a comma or } should be", p.here())
			return
		}
	}
}

// add appends a member and keeps the index.
func (n *Node) add(m Member) {
	n.Members = append(n.Members, m)
	switch {
	case n.index != nil:
		if _, ok := n.index[m.Name]; !ok {
			n.index[m.Name] = len(n.Members) - 1
		}
	case len(n.Members) == indexFrom:
		n.index = make(map[string]int, 2*indexFrom)
		for i := len(n.Members) - 1; i >= 0; i-- {
			n.index[n.Members[i].Name] = i
		}
	}
}
