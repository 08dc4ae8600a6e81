package wire

import "math"

// jsonEntry is one value of a JSON payload, with the name of the member that
// it is the value of. The entries of a payload stand in document order, a
// container before what it holds.
type jsonEntry struct {
	off uint32 // of the value's first byte
	// end is the offset behind a scalar; of a container, the index of the entry
	// behind the last one that it holds.
	end  uint32
	name uint32 // offset of the first byte of the member's name, behind the quote
	// meta holds the kind in its lowest 3 bits, the flags above, and the hash
	// of the member's name in the upper 24.
	meta uint32
}

// The kinds of value. Numbers with and without a fraction or exponent differ.
const (
	jsonNull = iota
	jsonFalse
	jsonTrue
	jsonInteger
	jsonNumber
	jsonString
	jsonArray
	jsonObject

	jsonKind        = 7      // the kind's bits
	jsonEscaped     = 1 << 3 // the string has escapes in it
	jsonWide        = 1 << 4 // the string has bytes over 0x7F in it
	jsonNameEscaped = 1 << 5 // the name has escapes in it
	jsonHashShift   = 8
)

func (e *jsonEntry) kind() uint32 { return e.meta & jsonKind }

// jsonDoc is a JSON text and its entries.
type jsonDoc struct {
	buf     buffer
	text    []byte // without the zeros behind it
	entries []jsonEntry
}

// jsonIndex is a payload that has been read once: its bytes, and an entry for
// each of its values.
//
// The memory is used again by the next payload.
type jsonIndex struct {
	jsonDoc
	fault jsonFault

	// guesses is what followed a name the last time, by some bits of the name's
	// hash; in the beginning of an object, of its own name's. What the schema
	// says of it is remembered beside.
	guesses [jsonGuesses]jsonGuess

	own   []byte      // the memory under buf
	space []jsonEntry // the memory under entries
	n     int         // entries so far
	open  [DefaultMaxDepth + 1]jsonFrame
	names jsonNameSet
}

// jsonFault is why a payload is none: its place and what kind of thing is
// wrong there. The message is made from the payload, once it is needed.
type jsonFault struct {
	code Code
	off  int
	want jsonWant
}

// maxJSON is the longest payload that has room in an entry's offsets.
const maxJSON = math.MaxInt32 - padding

// load takes a copy of a payload.
func (x *jsonIndex) load(data []byte) {
	n := len(data) + padding
	if cap(x.own) < n {
		x.own = make([]byte, n)
	}
	x.own = x.own[:n]
	copy(x.own, data)
	clear(x.own[len(data):])
	x.view(newBuffer(x.own), x.own[:len(data):len(data)])
}

// view takes a payload where it stands in memory: buf has zeros behind it.
func (x *jsonIndex) view(buf buffer, text []byte) {
	x.buf, x.text = buf, text
	if x.space == nil {
		x.space = make([]jsonEntry, 256)
	}
	x.n, x.entries = 0, x.space
}

// entry returns the next entry. The payload has been read up to p.
func (x *jsonIndex) entry(p int) *jsonEntry {
	if x.n == len(x.space) {
		x.grow(p)
	}
	return &x.space[x.n]
}

func (x *jsonIndex) refuse(code Code, off int, want jsonWant) bool {
	x.fault = jsonFault{code, off, want}
	return false
}

// settle makes entries those that have been read, up to p. There is room for one
// more behind them, for whoever needs one for a while.
func (x *jsonIndex) settle(p int) {
	x.entry(p)
	x.entries = x.space[:x.n]
}

// grow makes room for more entries: as many as the payload needs if it goes on
// as it did up to p.
func (x *jsonIndex) grow(p int) {
	n := len(x.space)
	guess := int(int64(len(x.text)) * int64(n) / int64(max(p, 1)))
	more := make([]jsonEntry, min(max(guess+guess/16+16, n+n/4), 4*n))
	copy(more, x.space)
	x.space, x.entries = more, more
}
