package wire

import (
	"cmp"
	"slices"
	"strconv"
)

// Validate tells whether a payload is what the contract says: nil, or
// [Violations] in document order. The codes are the names of the validation
// rules in XML Schema Part 1, appendix C.1, and Part 2, appendix C:
// "cvc-complex-type.2.4.a", "cvc-minInclusive-valid".
//
// What is not well-formed, or not accepted by the decoders either, is one
// violation under the code that decoding gives it.
//
// After a violation the rest is checked as far as it makes sense: an element
// that is not expected is checked against its declaration if the content model
// has one, and skipped otherwise.
func (c *XMLContract) Validate(data []byte) error {
	if err := c.Check(); err != nil {
		return err
	}
	v := c.tables.pool.Get().(*xmlCheck)
	err := v.run(data)
	v.forget()
	c.tables.pool.Put(v)
	return err
}

// xmlCheck validates one payload at a time. It reads as the decoders do, with
// their scanner, and walks the contract's tables beside.
type xmlCheck struct {
	XML
	t *xmlTables
	// guess has the step that followed, the last time, every step and every
	// state that a content model begins in or was put into.
	guess   []int32
	spaceID int32 // of the default namespace, in t.spaces
	open    []xmlFrame
	found   []note
	more    int // violations beyond MaxViolations
	key     []byte
	digits  []byte
	ids     map[string]struct{}
	refs    []xmlRef
	current xmlName // of the start tag read last, on the slow path
	xmlTracker
}

// xmlFrame is an open element with child elements.
type xmlFrame struct {
	typ   *xmlTypeInfo
	step  *xmlStep // noStep unless the start tag was plain
	state int32
	prev  int32 // in guess
	name  span
	outer int  // namespace bindings in scope around it
	scope bool // it declares namespaces
	// tracked says that identity constraints look at it.
	tracked bool
	// stray says that the last child was not known: it may stand for the one
	// that is missing.
	stray bool
	// counting says that the state counts, and count how often in a row it has
	// been reached.
	counting bool
	count    int32
	// seen are the steps of an xs:all group that were taken; beyond the first
	// 64 they are in rest.
	seen uint64
	rest []uint64
	// places are where it is in a content model whose groups are counted.
	places *xmlPlaces
}

// maxKept is how many bytes of memory a validator keeps for the next payload.
const maxKept = 8 << 20

func (t *xmlTables) newCheck() *xmlCheck {
	return &xmlCheck{t: t, guess: make([]int32, len(t.steps)+len(t.states))}
}

// run validates a payload.
func (v *xmlCheck) run(data []byte) error {
	v.Start(data, true, 0, nil)
	v.spaceID = 0
	v.meta = &noMember
	v.prolog()
	if v.err == nil && v.startTag() {
		v.root()
		for v.err == nil && len(v.open) > 0 {
			v.content()
		}
	}
	if v.err == nil {
		v.epilog()
	}
	if v.err == nil && len(v.refs) > 0 {
		v.dangling()
	}
	if v.err == nil && len(v.found) == 0 {
		return nil
	}
	return v.report()
}

// forget lets go of the payload.
func (v *xmlCheck) forget() {
	v.release()
	v.text = ""
	clear(v.attrs[:cap(v.attrs)])
	clear(v.bindings[:cap(v.bindings)])
	v.open = v.open[:0]
	v.found, v.more = nil, 0
	if v.ids != nil {
		clear(v.ids)
	}
	clear(v.refs)
	v.refs = v.refs[:0]
	v.xmlTracker.forget()
	if cap(v.own) > maxKept {
		v.own = nil
	}
}

// content reads on in the innermost open element. This is the fast path: it
// knows plain start tags of the element that came next the last time, values
// without markup, plain end tags and indentation. Everything else is next's.
func (v *xmlCheck) content() {
	b, t := v.buf, v.t
	p := v.pos
	f := &v.open[len(v.open)-1]
	for {
		if b.u8(p) == '\n' {
			p = b.indent(p + 1)
		}
		if b.u8(p) == '<' && v.strict == 0 {
			if b.u8(p+1) != '/' {
				g := v.guess[f.prev]
				s := &t.steps[g]
				if !s.at(b, p+1) || s.space != v.spaceID {
					g = v.plainStep(f, p+1)
					s = &t.steps[g]
				}
				if g > 0 && (len(v.path) == 0 || !s.given) && (!s.inAll || v.free(f, g)) && (!f.counting || v.counted(f, s)) {
					q := p + int(s.size) + 2
					if s.fast == fastChildren {
						v.take(f, g)
						v.pos = q
						if f = v.push(s.decl.typ, s, span{p + 1, int(s.size)}); f == nil {
							return
						}
						p = q
						continue
					}
					if end := v.plainValue(s, q); end > 0 {
						v.take(f, g)
						p = end
						continue
					}
				}
			} else if !f.tracked && f.step.at(b, p+2) && v.mayEnd(f) {
				p += int(f.step.size) + 3
				v.pos = p
				v.pop()
				if len(v.open) == 0 {
					return
				}
				f = &v.open[len(v.open)-1]
				continue
			}
		}
		v.pos = p
		if !v.next() {
			return
		}
		f = &v.open[len(v.open)-1]
		p = v.pos
	}
}

// plainStep finds the step on the plain start tag whose name is at p, among
// the first few of the state, and makes it the guess; 0 when it is not there.
func (v *xmlCheck) plainStep(f *xmlFrame, p int) int32 {
	t := v.t
	tries := 24
	for n := f.state; n != 0 && tries > 0; n = t.states[n].els {
		st := &t.states[n]
		tries -= int(st.hi - st.lo)
		for g := st.lo; g < st.hi; g++ {
			if s := &t.steps[g]; s.at(v.buf, p) && s.space == v.spaceID {
				v.guess[f.prev] = g
				return g
			}
		}
	}
	return 0
}

// take moves on over a step.
func (v *xmlCheck) take(f *xmlFrame, g int32) {
	s := &v.t.steps[g]
	if s.inAll {
		v.mark(f, g)
	}
	if f.counting = s.counts; s.counts {
		if s.to != f.state {
			f.count = 0
		}
		f.count++
	}
	f.state, f.prev, f.stray = s.to, g, false
}

// counted tells whether a step may be taken in a state that counts.
func (v *xmlCheck) counted(f *xmlFrame, s *xmlStep) bool {
	state := &v.t.states[f.state]
	if s.to == f.state {
		return f.count < state.max
	}
	return f.count >= state.min
}

// mayEnd tells whether the content of an element may end where it is.
func (v *xmlCheck) mayEnd(f *xmlFrame) bool {
	s := &v.t.states[f.state]
	return s.final && (!f.counting || f.count >= s.min) || s.all && v.allTaken(f)
}

// plainValue reads the text at p and the end tag behind it, and returns the
// offset behind that, or 0 when it takes the slow path.
func (v *xmlCheck) plainValue(s *xmlStep, p int) int {
	b := v.buf
	typ := s.decl.typ.simple
	switch s.fast {
	case fastDouble:
		f, q := b.float(p)
		if q == p || !s.closes(b, q) {
			return 0
		}
		if f < typ.loF || f > typ.hiF || f == typ.loF && typ.openLo || f == typ.hiF && typ.openHi {
			return 0
		}
		return q + int(s.size) + 3
	case fastInt:
		i, q := b.int(p)
		if q == p || !s.closes(b, q) || i < typ.lo || i > typ.hi {
			return 0
		}
		return q + int(s.size) + 3
	case fastString, fastChecked:
		q := p
		high := uint64(0)
		for {
			w := b.u64(q)
			// < and > differ in one bit; ]]> needs no test of its own so.
			stop := hasByte(w|ones*2, '>') | hasByte(w, '&') | hasLess(w, ' ')
			if stop == 0 {
				high |= w
				q += 8
				continue
			}
			stop &= -stop
			high |= w & (stop - 1)
			q += trailing(stop)
			break
		}
		if !s.closes(b, q) || high&highs != 0 && !v.validUTF8(p, q) {
			return 0
		}
		if s.fast == fastChecked && !v.checkValue(typ, b.str(p, q), -1) {
			return 0
		}
		return q + int(s.size) + 3
	}
	return 0
}

// closes tells whether the plain end tag of the step's element stands at p.
func (s *xmlStep) closes(b buffer, p int) bool {
	return b.u8(p) == '<' && b.u8(p+1) == '/' && s.at(b, p+2)
}

// push opens an element with child elements, whose start tag was read last.
// It returns nil when it is nested too deep.
func (v *xmlCheck) push(typ *xmlTypeInfo, s *xmlStep, name span) *xmlFrame {
	if v.depth++; v.depth > v.maxDepth {
		v.depth--
		v.deeper(name.at - 1)
		return nil
	}
	v.open = append(v.open, xmlFrame{
		typ: typ, step: s, name: name,
		state: int32(typ.Start), prev: int32(len(v.t.steps) + typ.Start),
	})
	return &v.open[len(v.open)-1]
}

// pop closes the innermost open element.
func (v *xmlCheck) pop() {
	f := &v.open[len(v.open)-1]
	v.depth--
	if f.scope {
		v.bindings = v.bindings[:f.outer]
		v.rescope()
		v.spaceID = v.t.spaceID(v.space)
	}
	f.rest, f.places = nil, nil
	v.open = v.open[:len(v.open)-1]
}

// violate records a violation.
func (v *xmlCheck) violate(offset int, code Code, message string) {
	if len(v.found) == MaxViolations {
		v.more++
		return
	}
	v.found = append(v.found, note{offset: offset, code: code, text: message})
}

// report returns the violations with their places.
func (v *xmlCheck) report() error {
	if v.err != nil {
		// What is not well-formed is no document that could be valid.
		v.found, v.more = []note{*v.err}, 0
	}
	slices.SortStableFunc(v.found, func(a, b note) int { return cmp.Compare(a.offset, b.offset) })
	offsets := make([]int, len(v.found))
	for i := range v.found {
		offsets[i] = v.found[i].offset
	}
	places := locateXML(v.data, offsets)
	all := make(Violations, 0, len(v.found)+1)
	for i, n := range v.found {
		all = append(all, Violation{Place: places[i], Code: n.code, Message: n.text})
	}
	if v.more > 0 {
		all = append(all, Violation{Code: ErrMore, Message: "and " + strconv.Itoa(v.more) + " more"})
	}
	return all
}
