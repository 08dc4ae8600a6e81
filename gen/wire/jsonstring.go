package wire

import "unicode/utf8"

// This file reads texts.

// String reads text.
func (j *JSON) String() (s string, ok bool) {
	p, b := j.pos, j.buf
	if b.u8(p) != '"' {
		return j.stringSlow()
	}
	p++
	q, wide := p, uint64(0)
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
	if b.u8(q) != '"' || q == p || wide&highs != 0 && !b.validUTF8(p, q) || len(j.meta.Absent) > 0 {
		return j.stringSlow()
	}
	j.pos = q + 1
	return b.str(p, q), true
}

func (j *JSON) stringSlow() (string, bool) {
	meta, at := j.meta, j.pos
	text, as, ok := j.scalar()
	if !ok || text == "" && meta.Empty {
		return "", false
	}
	j.spelled(at, meta, as, AsString)
	return meta.value(text)
}

// Strings reads a list of texts and adds them to list.
func (j *JSON) Strings(s *Slab[string], list *[]string) {
	for l := j.List(); j.Item(&l); {
		if l.array && j.buf.u8(j.pos) == '"' && len(j.meta.Absent) == 0 {
			j.plainStrings(s, list, &l)
		}
		if text, ok := j.String(); ok {
			s.Push(list, text)
		}
	}
}

// plainStrings reads texts of an array, from the one whose quote stands here to
// the last but one, as long as there is nothing unusual about them.
func (j *JSON) plainStrings(s *Slab[string], list *[]string, l *List) {
	p, b := j.pos, j.buf
	for {
		q, wide := b.plainString(p + 1)
		next := q + 1
		if b.u8(q) != '"' || q == p+1 || b.u8(next) != ',' || wide&highs != 0 && !b.validUTF8(p+1, q) {
			return
		}
		if next++; b.u8(next) <= ' ' {
			next = b.line(next, j.lines[j.depth&(maxLines-1)])
		}
		if b.u8(next) != '"' || j.budget <= 0 {
			return
		}
		s.Push(list, b.str(p+1, q))
		j.budget--
		l.index++
		j.pos, p = next, next
	}
}

// plainString returns the offset of the first byte from p that ends a string or
// needs a second look: see jsonStop. wide has a top bit set if the text has
// bytes beyond ASCII in it, or perhaps if some follow.
func (b buffer) plainString(p int) (q int, wide uint64) {
	for q = p; ; q += 16 {
		w, w2 := b.u64(q), b.u64(q+8)
		wide |= w | w2
		stop, stop2 := jsonStop(w), jsonStop(w2)
		if stop|stop2 != 0 {
			n := trailing(stop)
			return q + n + trailing(stop2)&-(n>>3), wide // the second counts if n is 8
		}
	}
}

// validUTF8 tells whether the bytes from p to the quote at q are UTF-8. It is
// made for ASCII among characters of three bytes, which Chinese is written in;
// what has others in it is left to package utf8.
func (b buffer) validUTF8(p, q int) bool {
	from := p
	for p < q {
		switch w := b.u64(p); {
		case w&0x80 == 0:
			p += trailing(w & highs)
		case w&0xC0C0F0 != 0x8080E0, w&0x200F == 0, w&0x200F == 0x200D:
			// No such character, or one that may be overlong or a surrogate
			// (RFC 3629, section 4).
			return utf8.ValidString(b.str(from, q))
		default:
			p += 3
		}
	}
	return true
}
