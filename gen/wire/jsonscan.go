package wire

import "math/bits"

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
// descent: what is open is in v.open. What most of a payload is, names and
// strings, is read by functions that are small enough for a processor's
// registers.
//
// Behind the payload stand zeros. No state takes a zero for anything, so that
// none needs to ask where the payload ends.
//
// Values are checked where they end: see jsonDuty.
func (v *jsonCheck) scan(root *jsonNode) bool {
	b, f, depth := v.buf, &v.open[0], 0
	f.begin(0, 0, 0)
	f.items = root
	p := jsonSkip(b, 0)
	var n *jsonNode // what the next value must satisfy, nil: nothing

item: // or the root
	{
		e := v.entry(p)
		e.name, e.meta = 0, 0
		n = f.items
	}

value: // whose entry has its name
	switch c := b.u8(p); c {
	case '"':
		if p = v.value(p); p < 0 {
			return false
		}
		if n != nil && n.checks(jsonString) && !v.eval(n, v.n-1, false) {
			v.giveUp(depth)
		}
	case '{', '[':
		if depth++; depth > DefaultMaxDepth {
			return v.refuse(ErrDepth, p, wantShallower)
		}
		e := &v.space[v.n]
		hash := e.meta
		if hash == 0 {
			hash = f.key << jsonHashShift // an item: its list's
		}
		f = &v.open[depth]
		f.begin(v.n, hash, c+2)
		e.off = uint32(p)
		e.meta |= jsonArray
		if c == '{' {
			e.meta |= jsonObject
		}
		v.n++
		if n != nil && !f.take(n, e.kind()) {
			v.giveUp(depth)
		}
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
		if p = v.scalar(p); p < 0 {
			return false
		}
		if n != nil && n.checks(v.space[v.n-1].meta) && !v.eval(n, v.n-1, false) {
			v.giveUp(depth)
		}
	}

after: // a value
	if f.closing == 0 {
		v.settle(p)
		if p = jsonSkip(b, p); p < len(v.text) {
			return v.refuse(ErrTrailing, p, wantEnd)
		}
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
			return v.refuse(ErrSyntax, p, wantCommaOrBrace)
		}
		return v.refuse(ErrSyntax, p, wantCommaOrBracket)
	}

closed: // a container, by the byte at p
	p++
	v.space[f.at].end = uint32(v.n)
	if f.suspect {
		if twice := v.names.twice(&v.jsonDoc, v.space, int(f.at), v.n); twice > 0 {
			return v.refuse(ErrDuplicate, int(v.space[twice].name)-1, wantOnce)
		}
	}
	if f.missing > 0 || f.rest != nil && !v.evalRest(f, p) {
		v.giveUp(depth)
	}
	depth--
	f = &v.open[depth]
	goto after

member:
	if p, n = v.jsonIndex.name(p, f); p < 0 {
		return false
	}
	goto value
}

// name reads the name at p, its colon and the white space behind that, for the
// next entry. It returns the offset behind, or -1, and what the value must
// satisfy.
func (x *jsonIndex) name(p int, f *jsonFrame) (int, *jsonNode) {
	b, e := x.buf, x.entry(p)
	g := &x.guesses[f.guess&(jsonGuesses-1)]
	if !g.at(b, p) || g.long() && b.u64(p+8) != g.second || g.size == 0 {
		return x.otherName(p, f)
	}
	e.name, e.meta = uint32(p+1), g.hash
	f.name(g.hash)
	if g.members != f.members {
		g.jsonMemberDuty = f.find(&x.jsonDoc, e)
	}
	f.missing -= g.required
	q := p + g.size
	if b.u8(q) == ' ' {
		q++
	}
	if b.u8(q) <= ' ' {
		q = jsonSkip(b, q)
	}
	return q, g.node
}

// otherName is name where another one stands than the last time.
func (x *jsonIndex) otherName(p int, f *jsonFrame) (int, *jsonNode) {
	b := x.buf
	if b.u8(p) != '"' {
		x.refuse(ErrSyntax, p, wantName)
		return -1, nil
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
			return -1, nil
		}
	}
	e := &x.space[x.n]
	e.name, e.meta = uint32(p+1), hash
	g := &x.guesses[f.guess&(jsonGuesses-1)]
	f.name(hash)
	d := f.find(&x.jsonDoc, e)
	f.missing -= d.required
	if b.u8(q+1) == ':' {
		g.learn(b, p, q, hash, d)
	}
	if q = jsonSkip(b, q+1); b.u8(q) != ':' {
		x.refuse(ErrSyntax, q, wantColon)
		return -1, nil
	}
	return jsonSkip(b, q+1), d.node
}

// value reads the string at p, for the next entry. It returns the offset behind,
// or -1.
func (x *jsonIndex) value(p int) int {
	b := x.buf
	q, wide := p+1, uint64(0)
	for { // as plainString: the call would take a twentieth of all the time
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
