package wire

// This file reads the texts that spell lists and unions of XML's simple types in
// JSON, where the contract has a string for them.

// JSONWords are the items of a list in a string, with white space between them.
type JSONWords struct {
	meta    *member
	text    bool // there is a string; otherwise the value is an item
	started bool
	at, end int
}

// Words begins the list in the string that stands here. Word finds its items.
func (j *JSON) Words() JSONWords {
	w := JSONWords{meta: j.meta}
	if j.err == nil && j.buf.u8(j.pos) == '"' {
		w.text, w.at = true, j.pos+1
		w.end, _ = j.stringEnd(j.pos)
	}
	return w
}

// Word finds the next item of a list and tells whether there is one. The item's
// value comes next: it is made a string of its own where it stands, in the
// private copy, as there is a byte in front of it and one behind.
func (j *JSON) Word(w *JSONWords) bool {
	j.meta = w.meta
	first := !w.started
	w.started = true
	switch {
	case j.err != nil:
		return false
	case !w.text:
		return first
	}
	p := w.at
	for n := 1; p < w.end && n > 0; p += n {
		n = j.wordBreak(p)
	}
	if p >= w.end {
		j.pos = w.end + 1
		return false
	}
	from, blank := p, 0
	for ; p < w.end; p++ {
		if blank = j.wordBreak(p); blank > 0 {
			break
		}
		if j.buf.u8(p) == '\\' {
			_, n := j.escape(p)
			p += n - 1
		}
	}
	if j.count(from); j.err != nil {
		return false
	}
	j.buf.set(from-1, '"')
	j.buf.set(p, '"')
	j.pos, w.at = from-1, p+blank
	return true
}

// wordBreak returns the length of the white space at p in a string: a space, or
// an escape that stands for one; 0 if there is none.
func (j *JSON) wordBreak(p int) int {
	switch c := j.buf.u8(p); c {
	case ' ':
		return 1
	case '\\':
		if r, n := j.escape(p); isXMLSpace(r) {
			return n
		}
	}
	return 0
}

// Which returns which type of a union the text is of that stands here: the first
// that it is valid for, or -1. The value comes next.
func (j *JSON) Which(u *XMLUnion) int {
	p := j.pos
	if j.err != nil {
		return -1
	}
	if j.buf.u8(p) == '"' {
		q, plain := j.stringEnd(p)
		switch {
		case j.err != nil:
			return -1
		case plain:
			return u.Which(j.buf.str(p+1, q))
		}
		return u.Which(string(jsonUnescape(nil, j.data[p+1:q])))
	}
	q := p
	for !j.buf.ends(q) && q < j.end {
		q++
	}
	return u.Which(j.buf.str(p, q))
}

// Untyped returns the text of a value that is of none of the types of a union.
func (j *JSON) Untyped() string {
	text, _, _ := j.scalar()
	return text
}
