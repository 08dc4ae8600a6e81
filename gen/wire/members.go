package wire

import "strings"

// MemberSpec describes one member of a record to the decoders: its name and
// what the contract allows of its spelling. It is what generated code writes
// down; [NewMembers] prepares it for the scanners.
type MemberSpec struct {
	// Name is the JSON name, or the local name of the element or attribute.
	Name string
	// Space is the element's namespace where it differs from the record's.
	Space string
	// Many says that the member is a list.
	Many bool
	// Bare says that the contract allows a list's only item to stand without
	// the array around it.
	Bare bool
	// Spelled are the JSON types the contract allows for a scalar; zero means
	// the natural one only.
	Spelled Spellings
	// Given is what the element means that holds nothing, not even white space: the
	// default or the fixed value of its declaration (XML Schema Part 1, section
	// 3.3.1). It comes before Empty.
	Given string
	// Empty says that the contract lets an empty text stand for no value.
	Empty bool
	// Null says that the contract lets null stand for no value.
	Null bool
	// KeepNull says that null is kept, as a value other than none.
	KeepNull bool
	// Blank says that the contract lets the element of a record be empty.
	Blank bool
	// Absent lists the sentinels that the contract declares for "no value".
	Absent []string
	// Layouts are the spellings of a time that the contract has, as package
	// time writes them; none stands for all.
	Layouts []string
	// List is the JSON member whose items the element is one of, when it stands in
	// an element around them.
	List string
}

// Spellings is a set of JSON types that may spell a scalar.
type Spellings uint8

// The JSON types of scalars.
const (
	AsString Spellings = 1 << iota
	AsNumber
	AsBoolean
)

// Members is the prepared table of a record's members, in the contract's
// order. It is immutable and shared by all decoders.
type Members struct {
	// list[0] matches no name; field i is list[i+1].
	list []member
	// base is where this record's guesses begin in a decoder's memory: for
	// every member, and for the start of the record, the member that followed
	// it the last time. Payloads repeat themselves, whatever order their
	// sender chose, so that one comparison finds nearly every member.
	base int
	// space is the namespace of the record's elements.
	space string
	// ordered says that the contract fixes the order of the elements.
	ordered bool
	// open says that members which are not listed have a place of their own.
	open bool
	// nulls says that the values of those may be null, which is kept.
	nulls bool
	// mixed says that text may stand between the elements.
	mixed bool
	// others says that a value may stand which is no object.
	others bool
}

// member is a MemberSpec, with its name as the words a scanner compares.
type member struct {
	word     uint64 // the name's first 8 bytes, the first in the lowest bits
	mask     uint64 // covers the bytes of word that belong to the name
	tail     uint64 // the last 8 bytes of a name longer than 8
	tailMask uint64 // covers all of tail, or nothing
	tailAt   int    // where tail begins in the name
	mid      uint64 // the second 8 bytes of a name longer than 16
	midMask  uint64 // covers all of mid, or nothing
	size     int

	json  jsonWords
	slot  int     // of what follows it, in a decoder's memory: see Members.base
	field int     // its index in the table, from 0
	bit   uint64  // its bit in a word of a fieldSet
	given *member // of the text of a record that has a default; nil: none

	MemberSpec
}

// jsonWords is "Name": as JSON has it, as the words that a scanner compares: the
// first 8 bytes and the last. Both are the same if there are fewer.
type jsonWords struct {
	first, last uint64
	mask        uint64 // covers what belongs to it, in both
	lastAt      int    // where last begins
	size        int    // of all of it
}

func newJSONWords(name string) jsonWords {
	text := `"` + name + `":`
	b := make([]byte, max(len(text), 8))
	copy(b, text)
	w := jsonWords{first: load(b), mask: nameMask(len(text)), lastAt: len(b) - 8, size: len(text)}
	w.last = load(b[w.lastAt:])
	return w
}

// maxWordName is the longest name, in bytes, that scanners look for where it may
// not stand: behind the payload's last byte there are as many zeros. maxTwoWords
// is the longest that word and tail cover, maxThreeWords with mid.
const (
	maxWordName   = padding - 8
	maxTwoWords   = 16
	maxThreeWords = 24
)

// NewMembers prepares a table. base is the number of guesses that the tables
// before it need; a table of n members needs n+1.
func NewMembers(base int, specs ...MemberSpec) *Members {
	m := &Members{base: base, list: make([]member, len(specs)+1)}
	m.list[0].disable()
	for i, s := range specs {
		n := newMember(s)
		n.slot, n.field = base+i+1, i
		if i < maxFields {
			n.bit = 1 << (i & 63)
		}
		m.list[i+1] = n
	}
	return m
}

// In sets the namespace of the record's elements, and returns m.
func (m *Members) In(space string) *Members {
	m.space = space
	for i := range m.list[1:] {
		i++
		if m.list[i].Space == "" {
			m.list[i].Space = space
		}
		if m.list[i].Space != space {
			m.list[i].disable()
		}
	}
	return m
}

// Ordered says that the contract fixes the order of the elements, and returns
// m.
func (m *Members) Ordered() *Members {
	m.ordered = true
	return m
}

// Open says that members which are not listed have a place of their own, so
// that nothing is reported of them, and returns m.
func (m *Members) Open() *Members {
	m.open = true
	return m
}

// Nulls says that the values of members which are not listed may be null, which
// is kept, and returns m.
func (m *Members) Nulls() *Members {
	m.nulls = true
	return m
}

// Others says that a value may stand which is no object, and returns m.
func (m *Members) Others() *Members {
	m.others = true
	return m
}

// Mixed says that text may stand between the elements, so that nothing is
// reported of it and white space is kept, and returns m.
func (m *Members) Mixed() *Members {
	m.mixed = true
	m.space = "\x00" // no namespace: the slow path reads all of it
	return m
}

// Guesses returns how many guesses a decoder needs that uses the tables up to
// and including m.
func (m *Members) Guesses() int { return m.base + len(m.list) }

func newMember(s MemberSpec) member {
	b := make([]byte, max(len(s.Name), 8))
	copy(b, s.Name)
	m := member{MemberSpec: s, size: len(s.Name), word: load(b), mask: nameMask(len(s.Name))}
	if m.size > 8 {
		m.tailAt = m.size - 8
		m.tail, m.tailMask = load(b[m.tailAt:]), ^uint64(0)
	}
	if m.size > maxTwoWords {
		m.mid, m.midMask = load(b[8:]), ^uint64(0)
	}
	m.given = newGiven(s.Given)
	m.json = newJSONWords(s.Name)
	switch {
	case m.size > maxWordName, strings.ContainsFunc(s.Name, escapedInJSON):
		m.disable()
	case m.size > maxThreeWords:
		m.word, m.mask, m.tailMask, m.midMask = noMember.word, noMember.mask, 0, 0
	}
	return m
}

// escapedInJSON tells the characters that no JSON string has as they are (RFC
// 8259, section 7).
func escapedInJSON(c rune) bool { return c < ' ' || c == '"' || c == '\\' }

// disable makes the words match nothing: the slow path compares the name.
func (m *member) disable() {
	m.word, m.mask, m.tailMask, m.midMask = noMember.word, noMember.mask, 0, 0
	m.json = noMember.json
}

// noMember is a member whose name is never found: no payload has the character
// U+0001 where a name begins.
var noMember = member{word: 1, mask: ^uint64(0), json: jsonWords{first: 1, mask: ^uint64(0)}, field: -1}

// newGiven returns what is known of a text that means something when it is not
// there.
func newGiven(text string) *member {
	if text == "" {
		return nil
	}
	m := noMember
	m.Given = text
	m.given = &m
	return &m
}

// nullEntry is noMember where the value may be null.
var nullEntry = member{word: noMember.word, mask: noMember.mask, json: noMember.json, field: -1, MemberSpec: MemberSpec{Null: true, KeepNull: true}}

// nullItem is what is known of an item that is null, and may be.
var nullItem = member{MemberSpec: MemberSpec{Null: true}}

// rootValue is what is known of a document that is no record.
var rootValue = noMember

// other is what is known of a member that is not listed.
func (m *Members) other() *member {
	if m.nulls {
		return &nullEntry
	}
	return &noMember
}

// entry tells whether nothing is known of a member but that it is not listed.
func (m *member) entry() bool { return m == &noMember || m == &nullEntry }

// nameMask covers the first n bytes of a word.
func nameMask(n int) uint64 {
	if n >= 8 {
		return ^uint64(0)
	}
	return 1<<(8*n) - 1
}

// load returns the first 8 bytes of b as buffer.u64 would.
func load(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// at tells whether the member's name stands at p, with end behind it. It is one
// comparison for names of any length up to maxThreeWords, so that nothing is
// mispredicted but the name.
func (m *member) at(b buffer, p int, end byte) bool {
	return (b.u64(p)^m.word)&m.mask|(b.u64(p+8)^m.mid)&m.midMask|(b.u64(p+m.tailAt)^m.tail)&m.tailMask|uint64(b.u8(p+m.size)^end) == 0
}

// at tells whether the words stand at p.
func (w *jsonWords) at(b buffer, p int) bool {
	return ((b.u64(p)^w.first)|(b.u64(p+w.lastAt)^w.last))&w.mask == 0
}

// long tells whether the words do not cover all of the name.
func (w *jsonWords) long() bool { return w.lastAt > 8 }

// quoted tells whether the member's name stands at p as JSON has it: in quotes,
// with a colon behind.
func (m *member) quoted(b buffer, p int) bool {
	return m.json.at(b, p) && (!m.json.long() || b.str(p+1, p+1+m.size) == m.Name)
}

// scanQuoted returns the member whose name stands at p, as JSON has it, or nil.
// It begins behind prev: payloads mostly keep an order.
func (m *Members) scanQuoted(b buffer, p int, prev *member) *member {
	from := 1
	if prev != nil {
		from = prev.field + 2
	}
	for i := from; i < len(m.list); i++ {
		if n := &m.list[i]; n.quoted(b, p) {
			return n
		}
	}
	for i := 1; i < from; i++ {
		if n := &m.list[i]; n.quoted(b, p) {
			return n
		}
	}
	return nil
}

// scan returns the index in list of the member whose name stands at p, with end
// behind it, or 0. It begins behind prev: payloads mostly keep an order.
func (m *Members) scan(b buffer, p int, end byte, prev uint16) uint16 {
	for i := int(prev) + 1; i < len(m.list); i++ {
		if m.list[i].at(b, p, end) {
			return uint16(i)
		}
	}
	for i := 1; i <= int(prev); i++ {
		if m.list[i].at(b, p, end) {
			return uint16(i)
		}
	}
	return 0
}

// find returns the index in list of the member of that name, or 0.
func (m *Members) find(space, name string) int {
	for i := 1; i < len(m.list); i++ {
		if m.list[i].Name == name && m.list[i].Space == space {
			return i
		}
	}
	return 0
}

// fieldSet is the set of a record's fields that a payload has given so far.
// A record of more than maxFields fields does not watch those beyond.
type fieldSet [4]uint64

const maxFields = 256

// add puts field i into the set and tells whether it was there before.
func (s *fieldSet) add(i int) bool {
	w, bit := i>>6, uint64(1)<<(i&63)
	if w >= len(s) {
		return false
	}
	had := s[w]&bit != 0
	s[w] |= bit
	return had
}
