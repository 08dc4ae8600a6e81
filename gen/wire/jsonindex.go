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

	own   []byte // the memory under buf
	space []jsonEntry
	open  [DefaultMaxDepth + 1]jsonFrame
	names jsonNameSet
}

// jsonFrame is a container that is open, while one inside it is read.
type jsonFrame struct {
	at      uint32 // its entry
	object  bool
	suspect bool
	seen    uint64
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
func (x *jsonIndex) grow(p int) []jsonEntry {
	n := len(x.space)
	guess := int(int64(len(x.text)) * int64(n) / int64(max(p, 1)))
	more := make([]jsonEntry, min(max(guess+guess/16+16, n+n/4), 4*n))
	copy(more, x.space)
	x.space = more
	return more
}

// jsonStop finds the first byte that ends a run of plain string characters: a
// quote, a backslash or a control character (RFC 8259, section 7).
func jsonStop(w uint64) uint64 {
	return (((w ^ ones*'"') - ones) | ((w ^ ones*'\\') - ones) | (w - ones*0x20)) &^ w & highs
}

// jsonHashFactor spreads a name's bits over its hash.
const jsonHashFactor = 0x9E3779B97F4A7C15

// jsonHash hashes a name from its first 8 bytes, and its last 8 when it has at
// least so many; of a shorter one, the rest of first is zero.
func jsonHash(first, last uint64) uint32 {
	return uint32((first ^ bits.RotateLeft64(last, 23)) * jsonHashFactor >> 40 << jsonHashShift)
}

// scan is the one pass over the bytes. It is a state machine, not a recursive
// descent: what is open is in x.open, and everything else in registers.
//
// Behind the payload stand zeros. No state takes a zero for anything, so that
// none needs to ask where the payload ends.
func (x *jsonIndex) scan() bool {
	var (
		b       = x.buf
		entries = x.space
		n       = 0 // entries so far
		p       = 0 // offset of the next byte
		c       byte
		at      uint32 // entry of the innermost open container
		object  bool   // which is an object
		seen    uint64 // a bit for every hash among its names
		suspect bool   // two names in it share a bit
		depth   = 0
		name    uint32 // offset of the name of the value to come
		hash    uint32 // and its hash and flag
	)
	p = jsonSkip(b, p)

value:
	if n == len(entries) {
		entries = x.grow(p)
	}
	c = b.u8(p)
	if c == '"' {
		q := p + 1
		w := b.u64(q)
		wide := uint64(0)
		stop := jsonStop(w)
		for stop == 0 {
			wide |= w
			q += 8
			w = b.u64(q)
			stop = jsonStop(w)
		}
		wide |= w & (stop&-stop - 1)
		q += bits.TrailingZeros64(stop) >> 3
		meta := hash | jsonString
		if b.u8(q) != '"' || wide&highs != 0 {
			var flags uint32
			if q, flags = x.string(p+1, q); q < 0 {
				return false
			}
			meta |= flags
		}
		q++
		entries[n] = jsonEntry{uint32(p), uint32(q), name, meta}
		n++
		p = q
		goto after
	}
	switch c {
	case '{':
		entries[n] = jsonEntry{uint32(p), 0, name, hash | jsonObject}
		x.open[depth] = jsonFrame{at, object, suspect, seen}
		depth++
		if depth > DefaultMaxDepth {
			return x.refuse(ErrDepth, p, wantShallower)
		}
		at, object, suspect, seen = uint32(n), true, false, 0
		n++
		p++
		if c = b.u8(p); c <= ' ' {
			p = jsonSkip(b, p)
			c = b.u8(p)
		}
		if c == '}' {
			p++
			goto closed
		}
		goto member
	case '[':
		entries[n] = jsonEntry{uint32(p), 0, name, hash | jsonArray}
		x.open[depth] = jsonFrame{at, object, suspect, seen}
		depth++
		if depth > DefaultMaxDepth {
			return x.refuse(ErrDepth, p, wantShallower)
		}
		at, object, suspect, seen = uint32(n), false, false, 0
		name, hash = 0, 0
		n++
		p++
		if c = b.u8(p); c <= ' ' {
			p = jsonSkip(b, p)
			c = b.u8(p)
		}
		if c == ']' {
			p++
			goto closed
		}
		goto value
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		q, kind := jsonNumberEnd(b, p)
		if q < 0 {
			return x.refuse(ErrSyntax, -q, wantDigit)
		}
		entries[n] = jsonEntry{uint32(p), uint32(q), name, hash | kind}
		n++
		p = q
	case 't':
		if uint32(b.u64(p)) != 't'|'r'<<8|'u'<<16|'e'<<24 {
			return x.refuse(ErrSyntax, p, wantValue)
		}
		entries[n] = jsonEntry{uint32(p), uint32(p + 4), name, hash | jsonTrue}
		n++
		p += 4
	case 'f':
		if b.u64(p)<<24 != 'f'<<24|'a'<<32|'l'<<40|'s'<<48|'e'<<56 {
			return x.refuse(ErrSyntax, p, wantValue)
		}
		entries[n] = jsonEntry{uint32(p), uint32(p + 5), name, hash | jsonFalse}
		n++
		p += 5
	case 'n':
		if uint32(b.u64(p)) != 'n'|'u'<<8|'l'<<16|'l'<<24 {
			return x.refuse(ErrSyntax, p, wantValue)
		}
		entries[n] = jsonEntry{uint32(p), uint32(p + 4), name, hash} // jsonNull is no bit
		n++
		p += 4
	default:
		return x.refuse(ErrSyntax, p, wantValue)
	}

after: // a value
	if depth == 0 {
		goto done
	}
	c = b.u8(p)
	if c <= ' ' {
		p = jsonSkip(b, p)
		c = b.u8(p)
	}
	if c == ',' {
		p++
		c = b.u8(p)
		if c <= ' ' {
			// Mostly a line feed and an indentation.
			if c == '\n' {
				p++
			}
			w := b.u64(p) ^ ones*' '
			for w == 0 {
				p += 8
				w = b.u64(p) ^ ones*' '
			}
			p += bits.TrailingZeros64(w) >> 3
			c = b.u8(p)
			if c <= ' ' {
				p = jsonSkip(b, p)
				c = b.u8(p)
			}
		}
		if !object {
			goto value
		}
		goto member
	}
	if object {
		if c != '}' {
			return x.refuse(ErrSyntax, p, wantCommaOrBrace)
		}
	} else if c != ']' {
		return x.refuse(ErrSyntax, p, wantCommaOrBracket)
	}
	p++

closed: // a container
	entries[at].end = uint32(n)
	if suspect {
		if twice := x.names.twice(&x.jsonDoc, entries, int(at), n); twice > 0 {
			return x.refuse(ErrDuplicate, int(entries[twice].name)-1, wantOnce)
		}
	}
	depth--
	{
		f := &x.open[depth]
		at, object, suspect, seen = f.at, f.object, f.suspect, f.seen
	}
	name, hash = 0, 0
	goto after

member:
	if c != '"' {
		return x.refuse(ErrSyntax, p, wantName)
	}
	{
		q := p + 1
		name = uint32(q)
		w := b.u64(q)
		stop := jsonStop(w)
		if stop != 0 {
			// A name of at most 7 bytes.
			k := bits.TrailingZeros64(stop)
			q += k >> 3
			w &= stop&-stop - 1
			w &^= 0x7F << (k &^ 7)
			hash = jsonHash(w, 0)
			if b.u8(q) != '"' || w&highs != 0 {
				if q, hash = x.name(p+1, q); q < 0 {
					return false
				}
			}
		} else {
			first, wide := w, w
			for stop == 0 {
				q += 8
				w = b.u64(q)
				stop = jsonStop(w)
				wide |= w // perhaps of what follows the name: then for nothing
			}
			q += bits.TrailingZeros64(stop) >> 3
			hash = jsonHash(first, b.u64(q-8))
			if b.u8(q) != '"' || wide&highs != 0 {
				if q, hash = x.name(p+1, q); q < 0 {
					return false
				}
			}
		}
		bit := uint64(1) << (hash >> 26)
		suspect = suspect || seen&bit != 0
		seen |= bit
		p = q + 1
		if b.u8(p) != ':' {
			p = jsonSkip(b, p)
			if b.u8(p) != ':' {
				return x.refuse(ErrSyntax, p, wantColon)
			}
		}
		p++
		if c = b.u8(p); c <= ' ' {
			p++
			if c != ' ' || b.u8(p) <= ' ' {
				p = jsonSkip(b, p-1)
			}
		}
	}
	goto value

done:
	p = jsonSkip(b, p)
	if p < len(x.text) {
		return x.refuse(ErrTrailing, p, wantEnd)
	}
	if n == len(entries) {
		entries = x.grow(p) // an entry more, for whoever needs one for a while
	}
	x.entries = entries[:n]
	return true
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
