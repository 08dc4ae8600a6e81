package wire

import (
	"bytes"
	"cmp"
	"slices"
)

// nameText returns the name of an entry's member as it stands between its
// quotes.
func (x *jsonDoc) nameText(e *jsonEntry) []byte {
	return x.text[e.name:jsonNameEnd(x.text, int(e.name))]
}

// appendName returns the name of an entry's member, its escapes resolved: a
// part of the payload when there are none, of dst otherwise.
func (x *jsonDoc) appendName(dst []byte, e *jsonEntry) []byte {
	if e.meta&jsonNameEscaped == 0 {
		return x.nameText(e)
	}
	return jsonUnescape(dst, x.nameText(e))
}

// sameName tells whether two members have one name.
func (x *jsonDoc) sameName(a, b *jsonEntry) bool {
	if a.meta>>jsonHashShift != b.meta>>jsonHashShift {
		return false
	}
	return bytes.Equal(x.appendName(nil, a), x.appendName(nil, b))
}

// jsonNext returns the index of the entry behind entry i and all that it holds.
func jsonNext(entries []jsonEntry, i int) int {
	if e := &entries[i]; e.meta&jsonKind >= jsonArray {
		return int(e.end)
	}
	return i + 1
}

// jsonNameSet finds out whether an object has two members of one name.
type jsonNameSet struct {
	members []uint32
	slots   []uint32
}

// fewNames is how many members are compared each with each.
const fewNames = 16

// twice returns the entry of the first member of the object at entry at whose
// name another member before it has, or 0. The object's entries end at end.
func (s *jsonNameSet) twice(x *jsonDoc, entries []jsonEntry, at, end int) int {
	s.members = s.members[:0]
	for i := at + 1; i < end; i = jsonNext(entries, i) {
		s.members = append(s.members, uint32(i))
	}
	if len(s.members) > fewNames {
		return s.twiceOfMany(x, entries)
	}
	for i, m := range s.members {
		e := &entries[m]
		for _, o := range s.members[:i] {
			if entries[o].meta>>jsonHashShift == e.meta>>jsonHashShift && x.sameName(&entries[o], e) {
				return int(m)
			}
		}
	}
	return 0
}

// twiceOfMany uses a hash table, and sorts the names when somebody has chosen
// them so that their hashes meet.
func (s *jsonNameSet) twiceOfMany(x *jsonDoc, entries []jsonEntry) int {
	size := 64
	for size < 2*len(s.members) {
		size *= 2
	}
	if cap(s.slots) < size {
		s.slots = make([]uint32, size)
	}
	s.slots = s.slots[:size]
	clear(s.slots)
	budget := 8 * len(s.members)
	for _, m := range s.members {
		e := &entries[m]
		i := int(e.meta>>jsonHashShift*0x9E3779B1>>7) & (size - 1)
		for s.slots[i] != 0 {
			if x.sameName(&entries[s.slots[i]], e) {
				return int(m)
			}
			if budget--; budget < 0 {
				return s.twiceSorted(x, entries)
			}
			i = (i + 1) & (size - 1)
		}
		s.slots[i] = m
	}
	return 0
}

func (s *jsonNameSet) twiceSorted(x *jsonDoc, entries []jsonEntry) int {
	slices.SortFunc(s.members, func(a, b uint32) int {
		return cmp.Or(
			bytes.Compare(x.appendName(nil, &entries[a]), x.appendName(nil, &entries[b])),
			cmp.Compare(a, b),
		)
	})
	first := 0
	for i := 1; i < len(s.members); i++ {
		if m := int(s.members[i]); x.sameName(&entries[s.members[i-1]], &entries[m]) && (first == 0 || m < first) {
			first = m
		}
	}
	return first
}

// jsonNames is a table of names that an object's members are looked up in.
type jsonNames struct {
	list  []jsonName
	slots []uint16 // index in list, plus 1, at the name's hash or behind it
	shift uint32
	mask  uint32
}

// jsonName is a name as the words that a payload has where the name stands in
// it, the closing quote included.
type jsonName struct {
	word uint64 // the first 8 bytes
	mask uint64 // covers the bytes of word that belong to the name and its quote
	tail uint64 // the last 7 bytes and the quote, of a name of at least 8 bytes
	size int
	text string
}

// newJSONNames makes the table; names must be distinct and fewer than 65,536.
func newJSONNames(names []string) jsonNames {
	t := jsonNames{list: make([]jsonName, len(names))}
	for i, n := range names {
		t.list[i] = newJSONName(n)
	}
	if len(names) == 0 {
		t.slots = make([]uint16, 1)
		return t
	}
	size := uint32(4)
	for size < 2*uint32(len(names)) {
		size *= 2
	}
	// The best of a few tables: most find every name where it is looked for.
	best := len(names) + 1
	for ; best > 0 && size <= 16*uint32(len(names))+4; size *= 2 {
		for shift := uint32(jsonHashShift); shift < 24 && size<<shift != 0; shift += 3 {
			slots, missed := jsonSlots(names, shift, size-1)
			if missed < best {
				best, t.slots, t.shift, t.mask = missed, slots, shift, size-1
			}
		}
	}
	return t
}

// jsonSlots fills a hash table with linear probing, and counts the names that
// are not where they are looked for first.
func jsonSlots(names []string, shift, mask uint32) (slots []uint16, missed int) {
	slots = make([]uint16, mask+1)
	for i, n := range names {
		at := jsonNameHash(n) >> shift & mask
		if slots[at] != 0 {
			missed++
		}
		for slots[at] != 0 {
			at = (at + 1) & mask
		}
		slots[at] = uint16(i + 1)
	}
	return slots, missed
}

func newJSONName(text string) jsonName {
	n := jsonName{text: text, size: len(text), mask: ^uint64(0)}
	quoted := text + `"`
	var b [8]byte
	copy(b[:], quoted)
	n.word = jsonWord(b)
	if len(quoted) < 8 {
		n.mask = 1<<(8*len(quoted)) - 1
	} else {
		copy(b[:], quoted[len(quoted)-8:])
		n.tail = jsonWord(b)
	}
	for i := range len(text) {
		if c := text[i]; c < 0x20 || c == '"' || c == '\\' {
			// It has escapes in every payload: the words must match nothing.
			n.word, n.mask = 1, 0
		}
	}
	return n
}

// find returns the index of the name of an entry's member, or -1.
func (t *jsonNames) find(x *jsonDoc, e *jsonEntry) int {
	at := e.meta >> t.shift & t.mask
	k := int(t.slots[at]) - 1
	if k < 0 {
		return k
	}
	if n, p := &t.list[k], int(e.name); n.size < 16 && x.buf.u64(p)&n.mask == n.word && (n.size < 8 || x.buf.u64(p+n.size-7) == n.tail) {
		return k // nearly always
	}
	for k >= 0 && !t.list[k].is(x, e) {
		at = (at + 1) & t.mask
		k = int(t.slots[at]) - 1
	}
	return k
}

// is tells whether an entry's member has the name.
func (n *jsonName) is(x *jsonDoc, e *jsonEntry) bool {
	p := int(e.name)
	if x.buf.u64(p)&n.mask == n.word {
		if n.size < 8 {
			return true
		}
		if n.size < 16 {
			return x.buf.u64(p+n.size-7) == n.tail
		}
		return p+n.size < len(x.text) && string(x.text[p:p+n.size]) == n.text && x.text[p+n.size] == '"'
	}
	return e.meta&jsonNameEscaped != 0 && string(x.appendName(nil, e)) == n.text
}
