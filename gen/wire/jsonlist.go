package wire

// List is a list that generated code reads item by item.
type List struct {
	index   int // of the item that stands here, plus one
	started bool
	array   bool // the items stand in an array
	unread  int  // how many values could not be read before the item
	places  int  // how many of the first items have a place of their own
	meta    *member
}

// Index returns which item of the list stands here, from 0.
func (l *List) Index() int { return l.index - 1 }

// Skip reads over an item of a list that has no room for it.
func (j *JSON) Skip() {
	at := j.pos
	if j.skip(); j.err == nil {
		j.tolerate(at, Unknown, "an item more than are declared, dropped")
	}
}

// List begins a list: of the items of the array that stands here, or of the
// one value that does.
func (j *JSON) List() List { return List{meta: j.meta, unread: len(j.unread)} }

// Tuple is List for a list whose first n items have a type each: Place finds its
// items.
func (j *JSON) Tuple(n int) List {
	l := j.List()
	l.places = n
	return l
}

// Place is Item for a tuple. Where an item has a place of its own, null is kept.
func (j *JSON) Place(l *List) bool {
	for j.Item(l) {
		at := j.pos
		if l.index > l.places || j.buf.u8(at) != 'n' {
			return true
		}
		if j.skip(); j.err != nil {
			return false
		}
		j.keepValue(l.meta, "null")
	}
	return false
}

// NullPlace is Place for a tuple behind whose places items may be null.
func (j *JSON) NullPlace(l *List) bool { return j.Place(l) && j.nullItem() }

// NullItem is Item for a list whose items may be null.
func (j *JSON) NullItem(l *List) bool { return j.Item(l) && j.nullItem() }

func (j *JSON) nullItem() bool {
	if j.buf.u8(j.pos) == 'n' {
		j.meta = &nullItem
	}
	return true
}

// Item finds the list's next item and tells whether there is one. The item's
// value comes next.
func (j *JSON) Item(l *List) bool {
	if len(j.unread) > l.unread {
		j.inItem(l)
	}
	j.meta = l.meta
	l.index++
	p, b := j.pos, j.buf
	switch {
	case l.array:
		c := b.u8(p)
		if c != ',' {
			if c <= ' ' {
				p = b.line(p, j.lines[(j.depth-1)&(maxLines-1)])
			}
			if b.u8(p) == ']' {
				j.pos = p + 1
				j.depth--
				return false
			}
			return j.itemSlow(l)
		}
		if p++; b.u8(p) <= ' ' {
			p = b.line(p, j.lines[j.depth&(maxLines-1)])
		}
		if j.budget--; b.u8(p) > ' ' && b.u8(p) != ']' && j.budget >= 0 {
			j.pos = p
			return true
		}
		return j.itemSlow(l)
	case l.started:
		return false
	}
	l.started = true
	switch b.u8(p) {
	case '[':
		return j.firstItem(l)
	case 'n':
		j.nothing(p) // null is no list, and no item of one
		return false
	}
	if !l.meta.Bare {
		j.bareItem()
	}
	return j.err == nil
}

// firstItem begins the array of a list.
func (j *JSON) firstItem(l *List) bool {
	at := j.pos
	p := j.space(at+1, j.depth+1)
	if j.buf.u8(p) == ']' {
		j.pos = p + 1
		return false
	}
	if !j.deeper(at) {
		return false
	}
	j.count(p)
	l.array = true
	j.pos = p
	return j.err == nil
}

// itemSlow is Item behind the first item of an array, for every spelling.
func (j *JSON) itemSlow(l *List) bool {
	if j.err != nil {
		return false
	}
	p := j.space(j.pos, j.depth-1)
	switch j.buf.u8(p) {
	case ']':
		j.pos = p + 1
		j.depth--
		return false
	case ',':
		j.pos = j.space(p+1, j.depth)
		j.count(p)
		return j.err == nil
	}
	j.expected(p, "a comma or ]")
	return false
}

// bareItem reports a value that stands where an array is declared, unless it
// stands for nothing, which its own reading will find.
func (j *JSON) bareItem() {
	if p := j.pos; !j.empty(p) {
		j.tolerateOf(p, OneOrMany, j.meta.Name, "is no array: a list of one")
	}
}

// empty tells whether null, "", {} or [] stands at p.
func (j *JSON) empty(p int) bool {
	switch c := j.buf.u8(p); c {
	case 'n':
		return true
	case '"':
		return j.buf.u8(p+1) == '"'
	case '{', '[':
		return j.buf.u8(j.skipSpace(p+1)) == c+2
	}
	return false
}
