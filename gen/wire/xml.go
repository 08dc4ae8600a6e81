package wire

import "strings"

// XML reads one XML payload into structs: XML 1.0 (fifth edition) with
// Namespaces in XML 1.0, UTF-8, without document type declarations. Generated
// code drives it: Root, then Open, Child and the scalar methods, in the shape
// of the record.
//
// The fast paths know one spelling each: a start tag without prefix and
// attributes whose name the last payloads made likely, text without references
// before the end tag that belongs to it. Whatever else the grammar allows takes
// the slow path, which knows all of it.
type XML struct {
	Reader
	// meta, nameAt and nameLen are the start tag that was read last; its value
	// comes next.
	meta    *member
	nameAt  int
	nameLen int
	// special is zero when that value is the text up to the next "</".
	special special
	text    string // the value of an attribute

	seams *[maxSeams]seam // by place
	place place           // behind the value of the member that Child found last
	hit   int32           // the seam that has been read, as an index in seams; or -1
	from  int             // where the seam that is being read began, or -1

	document string // the namespace of the root
	space    string // the default namespace in scope
	bindings []binding
	outer    int // bindings in scope around the start tag read last
	attrs    []attribute
	declared string    // the declarations that are written with the root
	written  []binding // what these bind
	exact    bool      // see Root.Exact
	foreign  bool      // a prefix that is taken was bound in the payload
	defaults bool      // see Root.Default
	keepFrom int       // where the unknown member begins that Keep is to keep

	// child is the place among its declared siblings of the element whose start
	// tag was read last, if it has attributes, and unknown where its parent keeps
	// members.
	child   int32
	unknown *[]Member

	unread []Member // what could not be read, of the records that are open
	given  *member  // of a root that has a default: see Root.Given
}

// special says what is not plain about the value that comes next.
type special uint8

const (
	closed   special = 1 << iota // <X/>: there is no end tag
	attrs                        // the start tag has attributes
	prefixed                     // its name is not the member's own: it has a prefix
	inText                       // the value is an attribute's, in XML.text
	isNil                        // xsi:nil="true"
)

// span is a part of the payload.
type span struct{ at, n int }

// Element is an open element whose children generated code reads.
type Element struct {
	// Field is the member that [XML.Child] or [XML.Attr] found, by its index in
	// the table; -1 when the table does not list it.
	Field int

	prev   uint16 // Field+1, or 0 at the start: see Members.base
	closed bool
	kind   special // of its value, when it is a text
	outer  uint32  // namespace bindings in scope around it
	attr   uint32  // attributes read so far
	attrs  uint32  // attributes in all
	meta   *member // noMember when the start tag's name is not a member's own
	// declared is the member that it is, however its name is spelled.
	declared *member
	name     span
	seen     fieldSet

	children int32     // read so far, of those that are declared
	unread   int32     // how many values could not be read before it
	unknown  *[]Member // where members are kept
}

// Start takes a payload. With keep, it is copied into the reader's own memory
// and what is read stays valid until the next Start; otherwise the values own
// the copy. guesses is what [Members.Guesses] says of the last table.
func (x *XML) Start(data []byte, keep bool, guesses int, opts []Option) {
	x.start(data, keep, guesses, opts)
	x.special = 0
	x.space = ""
	x.bindings = x.bindings[:0]
	x.place, x.hit, x.from = nowhere, -1, -1
}

// Finish reads what may stand behind the root element and returns the error of
// the payload, if it had one.
func (x *XML) Finish() error {
	if x.err == nil {
		x.epilog()
	}
	err := x.finish(locateXML)
	x.release()
	x.unknown, x.unread = nil, nil
	return err
}

// Open makes e, which is zero, the element whose start tag was read last. Its
// attributes must be read next, with Attr or NoAttr.
func (x *XML) Open(e *Element) {
	e.meta, e.declared, e.name, e.outer = x.meta, x.meta, span{x.nameAt, x.nameLen}, uint32(len(x.bindings))
	e.unread = int32(len(x.unread))
	if x.depth++; x.depth > x.maxDepth {
		x.depth--
		x.deeper(x.nameAt - 1)
	}
	if x.special != 0 {
		x.openSlow(e)
	}
}

// Child finds the next child element of e and tells whether there is one; when
// there is not, it has read the end tag.
func (x *XML) Child(e *Element, m *Members) bool {
	if x.hit < 0 && x.from < 0 && (e.prev == 0 || !x.follow(m.place(int(e.prev), behindRecord), x.pos)) {
		x.from = x.pos
	}
	if x.hit >= 0 {
		s := &x.seams[uint32(x.hit)%maxSeams]
		x.hit = -1
		if s.table == m && sameSpace(x.space, m.space) {
			if s.next == 0 {
				if s.meta == e.meta {
					return x.leave(e)
				}
			} else if seen := &e.seen[s.word&3]; *seen&s.once == 0 {
				*seen |= s.bit
				if x.budget--; x.budget >= 0 {
					n := s.meta
					e.children++
					e.Field, e.prev = int(s.next)-1, s.next
					x.meta, x.nameAt, x.nameLen = n, x.pos-int(s.back), n.size
					x.place, x.special = s.value, s.special
					return true
				}
			}
		}
		x.from = x.pos - int(s.n)
		x.pos = x.from + int(s.end)
	}
	if e.closed {
		x.from = -1
		return x.leave(e)
	}
	p, b := x.pos, x.buf
	end := p - x.from
	if b.u8(p) == '\n' {
		p = b.indent(p + 1)
	}
	if b.u8(p) == '<' && x.space == m.space {
		if b.u8(p+1) == '/' {
			if e.meta.at(b, p+2, '>') {
				x.pos = p + e.meta.size + 3
				x.learnSeam(e, m, end, 0, e.meta)
				return x.leave(e)
			}
		} else {
			g := x.guess[m.base+int(e.prev)]
			n := &m.list[g]
			if !n.at(b, p+1, '>') {
				g = m.scan(b, p+1, '>', e.prev)
				n = &m.list[g]
			}
			if g != 0 && (g >= e.prev || !m.ordered) && (!e.seen.add(int(g)) || n.Many) {
				if x.budget--; x.budget >= 0 {
					e.children++
					x.learn(m, e.prev, g)
					x.meta, x.nameAt, x.nameLen = n, p+1, n.size
					x.pos = p + n.size + 2
					x.learnSeam(e, m, end, g, n)
					e.Field, e.prev = int(g)-1, g
					x.place = m.place(int(g), behindValue)
					return true
				}
			}
		}
	}
	return x.childSlow(e, m)
}

// Present tells whether the element whose start tag was read last holds
// anything; if it does not, it has been read to its end. It is asked before a
// record is made: <X/>, <X></X> and an element of white space and comments
// stand for none.
func (x *XML) Present() bool {
	if x.special != 0 {
		return x.presentSlow()
	}
	p, b := x.pos, x.buf
	if x.follow(x.place+inRecord-behindValue, p) {
		return true
	}
	x.from = p
	if b.u8(p) == '\n' {
		p = b.indent(p + 1)
	}
	if b.u8(p) == '<' && b.u8(p+1) > '?' { // no end tag, comment or instruction
		x.pos = p
		return true
	}
	return x.presentSlow()
}

// leave ends the element e and returns false, for Child to return.
func (x *XML) leave(e *Element) bool {
	x.depth--
	if len(x.unread) > int(e.unread) {
		x.flushUnread(e)
	}
	if len(x.bindings) != int(e.outer) {
		x.bindings = x.bindings[:e.outer]
		x.rescope()
	}
	return false
}

// closeAt reads the end tag at p of the start tag read last, if it stands
// there in its plain spelling.
func (x *XML) closeAt(p int) bool {
	b, n := x.buf, x.meta
	if b.u8(p) != '<' || b.u8(p+1) != '/' || !n.at(b, p+2, '>') {
		return false
	}
	x.pos, x.from = p+n.size+3, p
	return true
}

// childSlow is Child for every spelling of the grammar.
func (x *XML) childSlow(e *Element, m *Members) bool {
	from, end := x.from, x.pos-x.from
	x.from = -1
	for x.err == nil {
		if m.mixed && x.mixedText() {
			e.Field, x.meta = -1, &noMember
			return true
		}
		if !x.misc(e.name) {
			if x.err != nil {
				break
			}
			x.keepFrom = x.pos
			if x.blankText() {
				continue
			}
			x.tolerate(x.keepFrom, Unknown, "text between elements, kept")
			e.Field, x.meta = -1, &noMember
			return true
		}
		at := x.pos
		if x.buf.u8(at+1) == '/' {
			if x.endTag(e.name) {
				return x.leave(e)
			}
			break
		}
		if !x.startTag() {
			break
		}
		space, local := x.resolve()
		if x.err != nil {
			break
		}
		x.count(at)
		i := m.find(space, local)
		if i == 0 {
			x.keepFrom = at
			x.tolerate(at, Unknown, "element %s is not declared, kept", local)
			e.Field, x.meta = -1, &noMember
			return true
		}
		n := &m.list[i]
		if e.seen.add(i) && !n.Many {
			x.tolerate(at, OneOrMany, "element %s again where one is declared, the first is kept", local)
			x.skip()
			from = -1
			continue
		}
		if m.ordered && i < int(e.prev) {
			x.tolerate(at, Order, "element %s out of order", local)
		} else {
			x.learn(m, e.prev, uint16(i))
			if from >= 0 && x.special&^closed == 0 && x.space == m.space && x.nameLen == n.size {
				x.from = from
				x.learnSeam(e, m, end, uint16(i), n)
			}
		}
		e.Field, e.prev = i-1, uint16(i)
		x.meta, x.place = n, m.place(i, behindValue)
		x.child, x.unknown = e.children, e.unknown
		e.children++
		return true
	}
	e.Field = -1
	return false
}

// presentSlow is Present for every spelling of the grammar.
func (x *XML) presentSlow() bool {
	x.from = -1
	if x.special&attrs != 0 && x.hasMembers() {
		return true
	}
	at, said := x.nameAt-1, x.special&isNil != 0
	switch {
	case x.special&closed != 0:
		x.shut()
	default:
		name := span{x.nameAt, x.nameLen}
		if !x.misc(name) || x.buf.u8(x.pos+1) != '/' {
			// Something stands here: text or an element.
			return x.err == nil && x.record()
		}
		x.endTag(name)
		x.shut()
	}
	if !said && !x.meta.Empty && !x.meta.Blank {
		x.tolerate(at, Nothing, "element %s holds nothing: absent", x.meta.Name)
	}
	return false
}

// record tells whether the content that begins here has an element before any
// text; text alone where a record is declared is a value that cannot be read.
func (x *XML) record() bool {
	if x.buf.u8(x.pos) == '<' && x.buf.u8(x.pos+1) != '!' {
		return true
	}
	from, at := x.pos, x.nameAt-1
	if x.blankText(); x.err == nil && x.buf.u8(x.pos) == '<' && x.buf.u8(x.pos+1) == '/' {
		text := trimSpace(x.buf.str(from, x.pos))
		x.endTag(span{x.nameAt, x.nameLen})
		x.tolerate(at, Value, "text where elements are declared: absent")
		x.shut()
		x.keepUnread(at, x.meta, text, !strings.ContainsAny(text, "&<"))
		return false
	}
	x.pos = from
	return x.err == nil
}

// shut ends the start tag read last, whose element has been read to its end,
// and takes its namespace declarations out of scope.
func (x *XML) shut() {
	if x.special&attrs != 0 {
		x.bindings = x.bindings[:x.outer]
		x.rescope()
	}
	x.special = 0
}
