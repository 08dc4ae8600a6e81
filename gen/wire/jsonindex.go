package wire

import (
	"math"
	"math/bits"
)

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
// each of its values. Building it checks all of RFC 8259's grammar, the UTF-8,
// the depth and that no object has two members of one name.
//
// The memory is used again by the next payload.
type jsonIndex struct {
	jsonDoc
	fault jsonFault

	// guesses is what followed a name the last time, by some bits of the name's
	// hash; in the beginning of an object, of its own name's.
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

// build reads a payload, and tells whether it is one.
func (x *jsonIndex) build(data []byte) bool {
	if len(data) > maxJSON {
		return x.refuse(ErrLimit, 0, wantSmaller)
	}
	n := len(data) + padding
	if cap(x.own) < n {
		x.own = make([]byte, n)
	}
	x.own = x.own[:n]
	copy(x.own, data)
	clear(x.own[len(data):])
	x.buf, x.text = newBuffer(x.own), x.own[:len(data):len(data)]
	if x.space == nil {
		x.space = make([]jsonEntry, 256)
	}
	return x.scan()
}

func (x *jsonIndex) refuse(code Code, off int, want jsonWant) bool {
	x.fault = jsonFault{code, off, want}
	return false
}

// grow makes room for more entries: as many as the payload needs if it goes on
// as it did up to p.
func (x *jsonIndex) grow(p int) {
	n := len(x.space)
	guess := int(int64(len(x.text)) * int64(n) / int64(max(p, 1)))
	more := make([]jsonEntry, min(max(guess+guess/16+16, n+n/4), 4*n))
	copy(more, x.space)
	x.space = more
}

// jsonStop finds the first byte that ends a run of plain string characters: a
// quote, a backslash or a control character (RFC 8259, section 7). With one bit
// turned over, the quote comes next to the control characters.
func jsonStop(w uint64) uint64 {
	return (((w ^ ones*2) - ones*0x21) | ((w ^ ones*'\\') - ones)) &^ w & highs
}

// jsonHashFactor spreads a name's bits over its hash.
const jsonHashFactor = 0x9E3779B97F4A7C15

// jsonHash hashes a name from its first 8 bytes, and its last 8 when it has at
// least so many; of a shorter one, the rest of first is zero.
func jsonHash(first, last uint64) uint32 {
	return uint32((first ^ bits.RotateLeft64(last, 23)) * jsonHashFactor >> 40 << jsonHashShift)
}

// scan is the one pass over the bytes. It is a state machine, not a recursive
// descent: what is open is in x.open. What most of a payload is, names and
// strings, is read by functions that are small enough for a processor's
// registers.
//
// Behind the payload stand zeros. No state takes a zero for anything, so that
// none needs to ask where the payload ends.
func (x *jsonIndex) scan() bool {
	b, f, depth := x.buf, &x.open[0], 0
	f.begin(0, 0, 0)
	x.n = 0
	p := jsonSkip(b, 0)

item: // or the root
	{
		e := x.entry(p)
		e.name, e.meta = 0, 0
	}

value: // whose entry has its name
	switch c := b.u8(p); c {
	case '"':
		if p = x.value(p); p < 0 {
			return false
		}
	case '{', '[':
		if depth++; depth > DefaultMaxDepth {
			return x.refuse(ErrDepth, p, wantShallower)
		}
		e := &x.space[x.n]
		hash := e.meta
		if hash == 0 {
			hash = f.key << jsonHashShift // an item: its list's
		}
		f = &x.open[depth]
		f.begin(x.n, hash, c+2)
		e.off = uint32(p)
		e.meta |= jsonArray
		if c == '{' {
			e.meta |= jsonObject
		}
		x.n++
		if p++; b.u8(p) <= ' ' {
			p = f.inner.skip(b, p)
		}
		if b.u8(p) == c+2 {
			goto closed
		}
		if c == '[' {
			goto item
		}
		goto member
	default:
		if p = x.scalar(p); p < 0 {
			return false
		}
	}

after: // a value
	if f.closing == 0 {
		if p = jsonSkip(b, p); p < len(x.text) {
			return x.refuse(ErrTrailing, p, wantEnd)
		}
		x.entry(p) // an entry more, for whoever needs one for a while
		x.entries = x.space[:x.n]
		return true
	}
	if b.u8(p) == ',' {
		if p++; b.u8(p) <= ' ' {
			if p = b.line(p, f.inner); b.u8(p) <= ' ' {
				p = f.inner.skip(b, p)
			}
		}
		if f.closing == ']' {
			goto item
		}
		goto member
	}
	if b.u8(p) <= ' ' {
		if p = b.line(p, f.last); b.u8(p) <= ' ' {
			p = f.last.skip(b, p)
		}
		if b.u8(p) == ',' { // nobody writes white space there
			goto after
		}
	}
	if b.u8(p) != f.closing {
		if f.closing == '}' {
			return x.refuse(ErrSyntax, p, wantCommaOrBrace)
		}
		return x.refuse(ErrSyntax, p, wantCommaOrBracket)
	}

closed: // a container, by the byte at p
	p++
	x.space[f.at].end = uint32(x.n)
	if f.suspect {
		if twice := x.names.twice(&x.jsonDoc, x.space, int(f.at), x.n); twice > 0 {
			return x.refuse(ErrDuplicate, int(x.space[twice].name)-1, wantOnce)
		}
	}
	depth--
	f = &x.open[depth]
	goto after

member:
	if p = x.name(p, f); p < 0 {
		return false
	}
	goto value
}

// entry returns the next entry. The payload has been read up to p.
func (x *jsonIndex) entry(p int) *jsonEntry {
	if x.n == len(x.space) {
		x.grow(p)
	}
	return &x.space[x.n]
}

// name reads the name at p, its colon and the white space behind that, for the
// next entry. It returns the offset behind, or -1.
func (x *jsonIndex) name(p int, f *jsonFrame) int {
	b, e := x.buf, x.entry(p)
	g := &x.guesses[f.guess&(jsonGuesses-1)]
	if !g.at(b, p) || g.long() && b.u64(p+8) != g.second || g.size == 0 {
		return x.otherName(p, f)
	}
	e.name, e.meta = uint32(p+1), g.hash
	f.name(g.hash)
	q := p + g.size
	if b.u8(q) == ' ' {
		q++
	}
	if b.u8(q) <= ' ' {
		q = jsonSkip(b, q)
	}
	return q
}

// otherName is name where another one stands than the last time.
func (x *jsonIndex) otherName(p int, f *jsonFrame) int {
	b := x.buf
	if b.u8(p) != '"' {
		x.refuse(ErrSyntax, p, wantName)
		return -1
	}
	q := p + 1
	w := b.u64(q)
	stop := jsonStop(w)
	var hash uint32
	if stop != 0 { // a name of at most 7 bytes
		w &= stop&-stop - 1
		k := bits.TrailingZeros64(stop)
		q += k >> 3
		w &^= 0x7F << (k &^ 7)
		hash = jsonHash(w, 0)
	} else {
		first := w
		for stop == 0 {
			q += 8
			next := b.u64(q)
			stop = jsonStop(next)
			w |= next // perhaps of what follows the name: then for nothing
		}
		q += trailing(stop)
		hash = jsonHash(first, b.u64(q-8))
	}
	if b.u8(q) != '"' || w&highs != 0 {
		if q, hash = x.unusualName(p+1, q); q < 0 {
			return -1
		}
	}
	e := &x.space[x.n]
	e.name, e.meta = uint32(p+1), hash
	g := &x.guesses[f.guess&(jsonGuesses-1)]
	f.name(hash)
	if b.u8(q+1) == ':' {
		g.learn(b, p, q, hash)
	}
	if q = jsonSkip(b, q+1); b.u8(q) != ':' {
		x.refuse(ErrSyntax, q, wantColon)
		return -1
	}
	return jsonSkip(b, q+1)
}

// value reads the string at p, for the next entry. It returns the offset behind,
// or -1.
func (x *jsonIndex) value(p int) int {
	b := x.buf
	q, wide := p+1, uint64(0)
	for {
		w, w2 := b.u64(q), b.u64(q+8)
		wide |= w | w2 // perhaps of what follows the text: then for nothing
		stop, stop2 := jsonStop(w), jsonStop(w2)
		if stop|stop2 != 0 {
			n := trailing(stop)
			q += n + trailing(stop2)&-(n>>3) // the second counts if n is 8
			break
		}
		q += 16
	}
	meta := uint32(jsonString)
	if b.u8(q) != '"' || wide&highs != 0 {
		var flags uint32
		if q, flags = x.string(p+1, q); q < 0 {
			return -1
		}
		meta |= flags
	}
	e := &x.space[x.n]
	e.off, e.end = uint32(p), uint32(q+1)
	e.meta |= meta
	x.n++
	return q + 1
}

// scalar reads the number or literal at p, for the next entry. It returns the
// offset behind, or -1.
func (x *jsonIndex) scalar(p int) int {
	b, q, kind := x.buf, p, uint32(jsonNull)
	switch b.u8(p) {
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if q, kind = jsonNumberEnd(b, p); q < 0 {
			x.refuse(ErrSyntax, -q, wantDigit)
			return -1
		}
	case 't':
		if uint32(b.u64(p)) == 't'|'r'<<8|'u'<<16|'e'<<24 {
			q, kind = p+4, jsonTrue
		}
	case 'f':
		if b.u64(p)<<24 == 'f'<<24|'a'<<32|'l'<<40|'s'<<48|'e'<<56 {
			q, kind = p+5, jsonFalse
		}
	case 'n':
		if uint32(b.u64(p)) == 'n'|'u'<<8|'l'<<16|'l'<<24 {
			q = p + 4
		}
	}
	if q == p {
		x.refuse(ErrSyntax, p, wantValue)
		return -1
	}
	e := &x.space[x.n]
	e.off, e.end = uint32(p), uint32(q)
	e.meta |= kind
	x.n++
	return q
}

// jsonSkip returns the offset of the first byte from p that is not white space
// (RFC 8259, section 2).
func jsonSkip(b buffer, p int) int {
	for {
		switch b.u8(p) {
		case '\n', ' ':
			p++
			w := b.u64(p) ^ ones*' '
			for w == 0 {
				p += 8
				w = b.u64(p) ^ ones*' '
			}
			p += bits.TrailingZeros64(w) >> 3
		case '\r', '\t':
			p++
		default:
			return p
		}
	}
}

// jsonNumberEnd returns the offset behind the number at p (RFC 8259, section 6)
// and its kind, or the negated offset of where a digit is missing.
func jsonNumberEnd(b buffer, p int) (int, uint32) {
	if b.u8(p) == '-' {
		p++
	}
	kind := uint32(jsonInteger)
	if b.u8(p) == '0' {
		p++
	} else {
		q := jsonDigits(b, p)
		if q == p {
			return -p, 0
		}
		p = q
	}
	if b.u8(p) == '.' {
		kind = jsonNumber
		p++
		q := jsonDigits(b, p)
		if q == p {
			return -p, 0
		}
		p = q
	}
	if b.u8(p)|0x20 == 'e' {
		kind = jsonNumber
		p++
		if c := b.u8(p); c == '-' || c == '+' {
			p++
		}
		q := jsonDigits(b, p)
		if q == p {
			return -p, 0
		}
		p = q
	}
	return p, kind
}

// jsonDigits returns the offset behind the digits at p.
func jsonDigits(b buffer, p int) int {
	for {
		w := b.u64(p) ^ ones*'0'
		w = ((w + ones*0x76) | w) & highs
		if w != 0 {
			return p + bits.TrailingZeros64(w)>>3
		}
		p += 8
	}
}
