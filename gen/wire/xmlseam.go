package wire

// seam is what stood between a value and the one behind it: the end tag of the
// first, white space, the start tag of the second. Payloads are written by
// programs, which lay the same members out in the same way, so that a seam
// which is known from last time is read by comparing it, however many tags and
// spaces there are in it. It was read tag by tag when it was learned, and holds
// plain spellings only: what equals it says the same.
type seam struct {
	text  [seamWords]uint64 // see words
	place place             // what it stands behind
	n     uint8             // its length
	end   uint8             // how much of it is the end tag of a value

	// next is the member behind it, as an index in table.list, or 0 at the end
	// of the record; value is what stands behind the value of that member.
	next  uint16
	value place
	// table is that of the record in which it stands, and meta the member
	// behind it; at the end of the record, that whose element the record is.
	table *Members
	meta  *member
	// back is how far before the end of the seam the name of the member begins.
	back    uint8
	special special // of the member: closed, or nothing
	missed  bool    // the last time something else stood here
	// bit is next in a fieldSet, in the word of that index; once is the same if
	// it may stand there once only.
	bit, once uint64
	word      uint8
}

const (
	seamWords = 12
	maxSeam   = 8 * seamWords
	maxSeams  = 256 // of a decoder; more places than these share them
)

// place is where a seam may begin: at a member of a table, one of these.
type place int32

const (
	behindRecord place = iota + 1 // behind the end tag of a record
	behindValue                   // before the end tag of a text
	inRecord                      // before the first child of a record
)

// place returns where, at the member at an index of the list.
func (m *Members) place(i int, where place) place { return place(m.base+i)<<2 + where }

// nowhere is a place of which no seam is known.
const nowhere place = -1

// slot is where a decoder remembers the seam of a place.
func (p place) slot() uint32 { return uint32(p) >> 1 % maxSeams }

// follow reads the seam at p if it is the one that is known of a place; Child
// finds in hit what stood behind it. It compares words from both ends, which
// overlap.
func (x *XML) follow(at place, p int) bool {
	i := at.slot()
	s := &x.seams[i]
	if s.place != at {
		return false
	}
	n := int(s.n)
	b, t, q := x.buf, &s.text, p+n
	d := b.u64(p) ^ t[0]
	switch {
	case n <= 8:
		d <<= uint(8-n) * 8 & 63
	case n <= 16:
		d |= b.u64(q-8) ^ t[1]
	case n <= 32:
		d |= b.u64(p+8) ^ t[1]
		d |= (b.u64(q-16) ^ t[2]) | (b.u64(q-8) ^ t[3])
	case n <= 64:
		d |= (b.u64(p+8) ^ t[1]) | (b.u64(p+16) ^ t[2]) | (b.u64(p+24) ^ t[3])
		d |= (b.u64(q-32) ^ t[4]) | (b.u64(q-24) ^ t[5]) | (b.u64(q-16) ^ t[6]) | (b.u64(q-8) ^ t[7])
	default:
		d |= (b.u64(p+8) ^ t[1]) | (b.u64(p+16) ^ t[2]) | (b.u64(p+24) ^ t[3]) | (b.u64(p+32) ^ t[4]) | (b.u64(p+40) ^ t[5])
		d |= (b.u64(q-48) ^ t[6]) | (b.u64(q-40) ^ t[7]) | (b.u64(q-32) ^ t[8]) | (b.u64(q-24) ^ t[9]) | (b.u64(q-16) ^ t[10]) | (b.u64(q-8) ^ t[11])
	}
	if d != 0 {
		return false
	}
	x.pos, x.hit = q, int32(i)
	return true
}

// words is how many words follow compares from either end.
func (s *seam) words() (head, tail int) {
	switch n := s.n; {
	case n <= 8:
		return 1, 0
	case n <= 16:
		return 1, 1
	case n <= 32:
		return 2, 2
	case n <= 64:
		return 4, 4
	}
	return seamWords / 2, seamWords / 2
}

// learnSeam remembers what stands between from and pos: in e, in front of the
// member at next in the list of m, or of e's end tag when next is 0. end is how
// much of it is the end tag of a value.
func (x *XML) learnSeam(e *Element, m *Members, end int, next uint16, meta *member) {
	from, at := x.from, m.place(int(e.prev), behindRecord)
	x.from = -1
	switch {
	case e.prev == 0 && next == 0:
		return
	case e.prev == 0:
		at, end = x.place+inRecord-behindValue, 0
	case end != 0:
		at += behindValue - behindRecord
	}
	n := x.pos - from
	if n > maxSeam {
		return
	}
	s := &x.seams[at.slot()]
	if s.place == at {
		if s.next == e.prev && s.next != 0 {
			return // a list ends: the next one will be like it
		}
		if !s.missed {
			s.missed = true // once is no reason to forget what stood here before
			return
		}
	}
	*s = seam{
		place: at, n: uint8(n), end: uint8(end),
		next: next, value: m.place(int(next), behindValue), table: m, meta: meta,
		back: uint8(x.pos - x.nameAt), special: x.special,
	}
	if w := int(next >> 6); w < len(e.seen) {
		s.word, s.bit = uint8(w), 1<<(next&63)
	}
	if !meta.Many {
		s.once = s.bit
	}
	head, tail := s.words()
	for i := range head {
		s.text[i] = x.buf.u64(from + 8*i)
	}
	for i := range tail {
		s.text[head+i] = x.buf.u64(x.pos - 8*(tail-i))
	}
}
