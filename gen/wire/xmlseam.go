package wire

// seam is what stood between a value and the one behind it: the end tag of the
// first, white space, the start tag of the second. Payloads are written by
// programs, which lay the same members out in the same way, so that a seam
// which is known from last time is read by comparing it, however many tags and
// spaces there are in it. It was read tag by tag when it was learned, and holds
// plain spellings only: what equals it says the same.
type seam struct {
	text [seamWords]uint64 // see words
	key  int32             // what it stands behind
	n    uint8             // its length; 0 when nothing is known yet
	end  uint8             // how much of it is the end tag of a value
	next uint16            // the member behind it, as an index in table.list; 0 at the end of the record
	// table is that of the record which it stands in.
	table *Members
	// meta is the member behind it; at the end of the record, that whose
	// element the record is.
	meta *member
}

const (
	seamWords = 12
	maxSeam   = 8 * seamWords
	// maxSeams bounds a decoder's memory: more places than these share them.
	maxSeams = 256
)

// behind is the place behind the member at an index of a table's list, as seam.key
// has it, and within the place before its first child.
func (m *Members) behind(i int) int32 { return int32(m.base+i) << 1 }

// seamAt returns the seam that is known of a place.
func (x *XML) seamAt(key int32) *seam { return &x.seams[int(key)&(len(x.seams)-1)] }

// at tells whether the seam stands at p. It compares words from both ends,
// which overlap.
func (s *seam) at(b buffer, p int) bool {
	t, q := &s.text, p+int(s.n)
	d := b.u64(p) ^ t[0]
	switch n := s.n; {
	case n <= 8:
		return n > 0 && d<<((8-n)*8) == 0
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
	return d == 0
}

// words is how many words at compares from either end.
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

// newSeams returns a decoder's memory of seams.
func newSeams(guesses int) []seam {
	n := 2
	for n < min(2*guesses, maxSeams) {
		n *= 2
	}
	return make([]seam, n)
}

// learnSeam remembers what stands between from and pos: in e, in front of the
// member at next in the list of m, or of e's end tag when next is 0.
func (x *XML) learnSeam(e *Element, m *Members, end int, next uint16, meta *member) {
	from, key := x.from, m.behind(int(e.prev))
	x.from = -1
	if e.prev == 0 {
		if key, end = x.place|1, 0; next == 0 {
			return
		}
	}
	n := x.pos - from
	if n > maxSeam {
		return
	}
	s := x.seamAt(key)
	if s.key == key && s.n > 0 && s.next == e.prev && s.next != 0 && s.table == m {
		return // a list ends: the next one will be like it
	}
	*s = seam{key: key, n: uint8(n), end: uint8(end), next: next, table: m, meta: meta}
	head, tail := s.words()
	for i := range head {
		s.text[i] = x.buf.u64(from + 8*i)
	}
	for i := range tail {
		s.text[head+i] = x.buf.u64(x.pos - 8*(tail-i))
	}
}
