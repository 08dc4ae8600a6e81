package wire

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Reader is what the XML and the JSON reader have in common: the payload, the
// place in it, what was tolerated and what went wrong. Errors stick: after the
// first one a reader stands at the payload's end and finds nothing more, so
// that generated code needs no test after every call.
type Reader struct {
	buf  buffer // a private copy of the payload, zeros behind it
	pos  int
	end  int
	data []byte // the caller's payload, for the places of issues
	own  []byte // the memory under buf, when it is used again

	depth    int
	maxDepth int
	budget   int // elements, members and items still allowed

	watch  bool // somebody wants to know what was tolerated
	opt    options
	notes  []note
	missed int // issues beyond MaxViolations
	kept   int // bytes that values have taken which could not be read
	err    *note

	guess []uint16 // see Members.base
}

// note is an issue or an error before its place is known by more than its
// offset: paths, lines and columns are worked out for the few that need them.
type note struct {
	offset    int
	tolerance Tolerance
	code      Code
	text      string
}

// start takes a payload. With keep, the reader's own memory holds the copy and
// the result is valid until the next payload; otherwise the result owns it.
func (r *Reader) start(data []byte, keep bool, guesses int, opts []Option) {
	r.opt = options{}
	for _, o := range opts {
		o(&r.opt)
	}
	var b []byte
	if n := len(data) + padding; !keep {
		b = paddedCopy(data)
	} else {
		if cap(r.own) < n {
			r.own = make([]byte, n+n/4)
		}
		b = r.own[:n]
		copy(b, data)
		clear(b[len(data):])
	}
	r.buf = newBuffer(b)
	r.data = data
	r.pos, r.end = 0, len(data)
	r.depth = 0
	r.maxDepth = cmp.Or(r.opt.limits.MaxDepth, DefaultMaxDepth)
	r.budget = cmp.Or(r.opt.limits.MaxItems, math.MaxInt)
	r.watch = r.opt.strict || r.opt.report != nil
	r.notes, r.missed, r.err = r.notes[:0], 0, nil
	r.kept = 0
	if len(r.guess) < guesses {
		r.guess = make([]uint16, guesses)
	}
	if m := r.opt.limits.MaxBytes; m > 0 && len(data) > m {
		r.fail(0, ErrLimit, fmt.Sprintf("the payload has %d bytes, the limit is %d", len(data), m))
	}
}

// paddedCopy returns a copy of data with the padding behind it.
func paddedCopy(data []byte) []byte {
	// Memory that append takes is not cleared where it is written to, and is
	// mostly larger than asked for, by enough when it is taken in pages.
	const pages = 64 << 10
	if n := len(data); n >= pages {
		if b := append([]byte(nil), data...); cap(b)-n >= padding {
			return b[:n+padding]
		}
	}
	b := make([]byte, len(data)+padding)
	copy(b, data)
	return b
}

// release forgets the payload.
func (r *Reader) release() {
	r.buf, r.data, r.err = buffer{}, nil, nil
	r.opt = options{}
	clear(r.notes)
}

// learn remembers that g followed prev. That a member follows itself is not
// forgotten when its list ends: the next list will be like it.
func (r *Reader) learn(m *Members, prev, g uint16) {
	if old := &r.guess[m.base+int(prev)]; *old != g && (*old == 0 || *old != prev) {
		*old = g
	}
}

// fail records the first error and moves to the payload's end.
func (r *Reader) fail(offset int, code Code, text string) {
	if r.err == nil {
		r.err = &note{offset: min(offset, r.end), code: code, text: text}
	}
	r.pos = r.end
}

// tolerate records an issue, if anybody wants to know. The arguments are quoted
// in the text; they are strings, so that they cost nothing if nobody does.
func (r *Reader) tolerate(offset int, t Tolerance, format string, args ...string) {
	if !r.watch || r.err != nil {
		return
	}
	if len(r.notes) == MaxViolations {
		r.missed++
		return
	}
	quoted := make([]any, len(args))
	for i, a := range args {
		quoted[i] = excerpt(a)
	}
	r.notes = append(r.notes, note{offset: offset, tolerance: t, text: fmt.Sprintf(format, quoted...)})
}

// tolerateOf records an issue of the member of that name, or of a value that has
// none, such as an item of the document.
func (r *Reader) tolerateOf(offset int, t Tolerance, name, what string) {
	switch {
	case !r.watch:
	case name == "":
		r.tolerate(offset, t, "the value "+what)
	default:
		r.tolerate(offset, t, "%s "+what, name)
	}
}

// room tells whether one more value that could not be read is kept. A flood of them
// is kept in part: so that what stands for a payload is never many times its size.
func (r *Reader) room(raw string) bool {
	r.kept += memberSize + len(raw)
	return r.kept <= unreadRoom*r.end+unreadSpare
}

// Values that cannot be read are kept while they take no more than unreadRoom times
// the payload's size, and unreadSpare bytes. memberSize is about what each takes.
const (
	unreadRoom  = 8
	unreadSpare = 1 << 16
	memberSize  = 64
)

// deeper counts a level of nesting and tells whether the limit allows it.
func (r *Reader) deeper(offset int) bool {
	r.depth++
	if r.depth > r.maxDepth {
		r.fail(offset, ErrDepth, fmt.Sprintf("nested more than %d deep", r.maxDepth))
		return false
	}
	return true
}

// count counts an element, member or item against Limits.MaxItems.
func (r *Reader) count(offset int) {
	if r.budget--; r.budget < 0 {
		r.fail(offset, ErrLimit, fmt.Sprintf("more than %d elements, members and items", r.opt.limits.MaxItems))
	}
}

// finish ends the payload: it reports what was tolerated, and returns the
// error or, in strict decoding, the issues as violations.
func (r *Reader) finish(locate func([]byte, []int) []Place) error {
	if r.err == nil && len(r.notes) == 0 {
		return nil
	}
	slices.SortStableFunc(r.notes, func(a, b note) int { return cmp.Compare(a.offset, b.offset) })
	offsets := make([]int, 0, len(r.notes)+1)
	for i := range r.notes {
		offsets = append(offsets, r.notes[i].offset)
	}
	if r.err != nil {
		offsets = append(offsets, r.err.offset)
		slices.Sort(offsets)
	}
	places := locate(r.data, offsets)
	at := func(offset int) Place {
		i, _ := slices.BinarySearch(offsets, offset)
		return places[i]
	}
	if r.opt.report != nil {
		for _, n := range r.notes {
			*r.opt.report = append(*r.opt.report, Issue{
				Place: at(n.offset), Tolerance: n.tolerance, Note: n.text, Text: r.excerptAt(n.offset),
			})
		}
		if r.missed > 0 {
			*r.opt.report = append(*r.opt.report, Issue{Note: fmt.Sprintf("and %d more", r.missed)})
		}
	}
	if r.err != nil {
		return Violations{{Place: at(r.err.offset), Code: r.err.code, Message: r.err.text}}
	}
	if !r.opt.strict {
		return nil
	}
	var all Violations
	for _, n := range r.notes {
		all = append(all, Violation{Place: at(n.offset), Code: ErrTolerated, Message: fmt.Sprintf("%s (%s)", n.text, n.tolerance)})
	}
	if r.missed > 0 {
		all = append(all, Violation{Code: ErrMore, Message: fmt.Sprintf("and %d more", r.missed)})
	}
	return all
}

// excerptAt returns the beginning of what stands at an offset, to the end of
// its line.
func (r *Reader) excerptAt(offset int) string {
	b := r.data[min(offset, len(r.data)):]
	text := beginning(string(b[:min(len(b), maxExcerpt+1)]))
	if i := strings.IndexAny(text, "\r\n"); i >= 0 {
		text = text[:i]
	}
	return text
}

// skipSpace returns the offset of the first byte from p that is no white
// space, which is the same in both forms.
func (r *Reader) skipSpace(p int) int {
	for {
		switch r.buf.u8(p) {
		case ' ', '\t', '\n', '\r':
			p++
		default:
			return p
		}
	}
}

// char describes the character at p for a message.
func (r *Reader) char(p int) string {
	if p >= r.end {
		return "the end of the payload"
	}
	c, n := utf8.DecodeRuneInString(r.buf.str(p, min(p+utf8.UTFMax, r.end)))
	if c == utf8.RuneError && n <= 1 {
		return fmt.Sprintf("byte 0x%02X", r.buf.u8(p))
	}
	return excerpt(string(c))
}

// has tells whether text stands at p.
func (r *Reader) has(p int, text string) bool {
	return p+len(text) <= r.end && r.buf.str(p, p+len(text)) == text
}

// hexDigit returns the value of a hexadecimal digit, or -1.
func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// Word-wide tests. A word holds 8 bytes of the payload; each test returns a
// word whose lowest set bit marks, in the top bit of its byte, the first byte
// of the payload that has the property. Bits above the first may be wrong.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// hasByte finds bytes equal to c.
func hasByte(w uint64, c byte) uint64 {
	w ^= ones * uint64(c)
	return (w - ones) &^ w & highs
}

// hasLess finds bytes below n, which is at most 128.
func hasLess(w uint64, n byte) uint64 { return (w - ones*uint64(n)) &^ w & highs }

// indent returns the offset behind the spaces at p, where a line begins: it is
// how pretty-printed payloads stand apart. It takes 24 of them at a time, and
// adds up without branches how many there are: depths change from line to line,
// and a branch that depends on them is mostly mispredicted.
func (b buffer) indent(p int) int {
	const spaces = ones * ' '
	for {
		n0 := trailing(b.u64(p) ^ spaces)
		n1 := trailing(b.u64(p+8) ^ spaces)
		n2 := trailing(b.u64(p+16) ^ spaces)
		n := n0 + n0>>3*(n1+n1>>3*n2)
		if p += n; n < 24 {
			return p
		}
	}
}
