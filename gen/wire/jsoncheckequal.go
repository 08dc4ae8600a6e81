package wire

import (
	"bytes"
	"hash/maphash"
	"slices"
	"unicode/utf8"
)

// jsonValues is the list of an enum, or the one value of a const.
type jsonValues struct {
	texts   []string
	kinds   uint8 // of the values; numbers of both kinds
	strings []string
	set     map[string]struct{} // the strings, when they are many
	others  []jsonDoc
}

// fewStrings is how many strings are compared one by one.
const fewStrings = 8

// stringText returns a string as it stands between its quotes.
func (x *jsonDoc) stringText(e *jsonEntry) []byte { return x.text[e.off+1 : e.end-1] }

// appendString returns what a string stands for: a part of the payload when it
// has no escapes, of dst otherwise.
func (x *jsonDoc) appendString(dst []byte, e *jsonEntry) []byte {
	if e.meta&jsonEscaped == 0 {
		return x.stringText(e)
	}
	return jsonUnescape(dst, x.stringText(e))
}

// stringLength counts the code points of a string.
func (x *jsonDoc) stringLength(e *jsonEntry) int {
	if e.meta&(jsonEscaped|jsonWide) == 0 {
		return int(e.end - e.off - 2)
	}
	s := x.stringText(e)
	if e.meta&jsonEscaped == 0 {
		return utf8.RuneCount(s)
	}
	n := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && s[i+1] == 'u':
			// The second half of a surrogate pair does not count.
			if r := jsonRune(s[i+2:]); r < 0xDC00 || r > 0xDFFF {
				n++
			}
			i += 5
		case c == '\\':
			n++
			i++
		case utf8.RuneStart(c):
			n++
		}
	}
	return n
}

// number returns a number.
func (x *jsonDoc) number(e *jsonEntry) decimal { return parseDecimal(x.text[e.off:e.end]) }

// holds tells whether a value is in the list.
func (l *jsonValues) holds(v *jsonCheck, i int) bool {
	e := &v.entries[i]
	if l.kinds&(1<<e.kind()) == 0 {
		return false
	}
	if e.kind() == jsonString {
		s := v.str(e)
		if l.set != nil {
			_, ok := l.set[string(s)]
			return ok
		}
		for _, t := range l.strings {
			if string(s) == t {
				return true
			}
		}
		return false
	}
	for j := range l.others {
		if jsonEqual(&v.jsonDoc, i, &l.others[j], 0) {
			return true
		}
	}
	return false
}

// jsonEqual tells whether two values are equal: numbers by value, objects
// whatever the order of their members (JSON Schema Core, section 4.2.2).
func jsonEqual(x *jsonDoc, i int, y *jsonDoc, j int) bool {
	a, b := &x.entries[i], &y.entries[j]
	switch a.kind() {
	case jsonInteger, jsonNumber:
		if k := b.kind(); k != jsonInteger && k != jsonNumber {
			return false
		}
		if bytes.Equal(x.text[a.off:a.end], y.text[b.off:b.end]) {
			return true
		}
		m, n := x.number(a), y.number(b)
		return m.cmp(&n) == 0
	case jsonString:
		return b.kind() == jsonString && bytes.Equal(x.appendString(nil, a), y.appendString(nil, b))
	case jsonArray:
		if b.kind() != jsonArray {
			return false
		}
		m, n := i+1, j+1
		for m < int(a.end) && n < int(b.end) {
			if !jsonEqual(x, m, y, n) {
				return false
			}
			m, n = jsonNext(x.entries, m), jsonNext(y.entries, n)
		}
		return m >= int(a.end) && n >= int(b.end)
	case jsonObject:
		return b.kind() == jsonObject && jsonEqualObjects(x, i, y, j)
	}
	return a.kind() == b.kind()
}

// jsonMembers lists the members of an object in the order of their names.
func jsonMembers(x *jsonDoc, i int) []int {
	var list []int
	for m := i + 1; m < int(x.entries[i].end); m = jsonNext(x.entries, m) {
		list = append(list, m)
	}
	slices.SortFunc(list, func(m, n int) int {
		return bytes.Compare(x.appendName(nil, &x.entries[m]), x.appendName(nil, &x.entries[n]))
	})
	return list
}

func jsonEqualObjects(x *jsonDoc, i int, y *jsonDoc, j int) bool {
	// Mostly the members have one order, and differ soon if they differ.
	m, n := i+1, j+1
	for m < int(x.entries[i].end) && n < int(y.entries[j].end) && jsonSameName(x, m, y, n) {
		if !jsonEqual(x, m, y, n) {
			return false
		}
		m, n = jsonNext(x.entries, m), jsonNext(y.entries, n)
	}
	if m >= int(x.entries[i].end) || n >= int(y.entries[j].end) {
		return m >= int(x.entries[i].end) && n >= int(y.entries[j].end)
	}
	a, b := jsonMembers(x, i), jsonMembers(y, j)
	if len(a) != len(b) {
		return false
	}
	for k := range a {
		if !jsonSameName(x, a[k], y, b[k]) {
			return false
		}
	}
	for k := range a {
		if !jsonEqual(x, a[k], y, b[k]) {
			return false
		}
	}
	return true
}

// jsonSameName tells whether two members have one name.
func jsonSameName(x *jsonDoc, m int, y *jsonDoc, n int) bool {
	a, b := &x.entries[m], &y.entries[n]
	return a.meta>>jsonHashShift == b.meta>>jsonHashShift && bytes.Equal(x.appendName(nil, a), y.appendName(nil, b))
}

// jsonSeed is drawn for every process, so that nobody can choose values whose
// hashes meet.
var jsonSeed = maphash.MakeSeed()

// hash returns a value that equal values share. Those of large containers are
// kept: arrays that must have unique items may stand inside each other.
func (v *jsonCheck) hash(i int) uint64 {
	e := &v.entries[i]
	switch e.kind() {
	case jsonInteger, jsonNumber:
		d := v.number(e)
		return d.hash(jsonSeed)
	case jsonString:
		return maphash.Bytes(jsonSeed, v.str(e)) ^ jsonString
	case jsonArray, jsonObject:
		if int(e.end)-i <= manyEntries {
			return v.hashContainer(i)
		}
		h, known := v.hashes[i]
		if !known {
			h = v.hashContainer(i)
			if v.hashes == nil {
				v.hashes = make(map[int]uint64)
			}
			v.hashes[i] = h
		}
		return h
	}
	return jsonMix(uint64(e.kind()) + 1)
}

// manyEntries is from how many entries on a container's hash is kept.
const manyEntries = 16

func (v *jsonCheck) hashContainer(i int) uint64 {
	e := &v.entries[i]
	h := uint64(e.kind())
	for m := i + 1; m < int(e.end); m = jsonNext(v.entries, m) {
		if e.kind() == jsonArray {
			h = jsonMix(h ^ v.hash(m))
			continue
		}
		// A sum: the order of members does not matter.
		name := maphash.Bytes(jsonSeed, v.memberName(m))
		h += jsonMix(name ^ jsonMix(v.hash(m)))
	}
	return jsonMix(h)
}

// jsonMix spreads the bits of a hash.
func jsonMix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	h ^= h >> 29
	return h * jsonHashFactor
}

// jsonTwin is a value's hash and its entry.
type jsonTwin struct {
	hash uint64
	at   uint32
	nth  uint32
}

// fewEntries is how many entries an array has whose items are compared each with
// each, if they are few: those inside each other add up.
const fewEntries = 64

// twinsOf finds two equal ones of few items, as twins does.
func (v *jsonCheck) twinsOf(items []int) (first, second int, ok bool) {
	for m := range items {
		for o := range m {
			if jsonEqual(&v.jsonDoc, items[o], &v.jsonDoc, items[m]) {
				return o, m, true
			}
		}
	}
	return 0, 0, false
}

// twins finds two equal items of the array at entry i, and returns their
// indexes: of the first item that has an equal before it.
func (v *jsonCheck) twins(i int) (first, second int, ok bool) {
	end := int(v.entries[i].end)
	count := 0
	if end-i <= fewEntries {
		var items [fewStrings]int
		for m := i + 1; m < end; m = jsonNext(v.entries, m) {
			if count < fewStrings {
				items[count] = m
			}
			count++
		}
		if count <= fewStrings {
			return v.twinsOf(items[:count])
		}
	}
	count = 0
	for m := i + 1; m < end; m = jsonNext(v.entries, m) {
		count++
	}
	list := slices.Grow(v.list[:0], count)
	for m := i + 1; m < end; m = jsonNext(v.entries, m) {
		list = append(list, jsonTwin{v.hash(m), uint32(m), uint32(len(list))})
	}
	v.list = list
	slices.SortFunc(list, func(a, b jsonTwin) int {
		switch {
		case a.hash < b.hash || a.hash == b.hash && a.at < b.at:
			return -1
		case a == b:
			return 0
		}
		return 1
	})
	for k := 1; k < len(list); k++ {
		a, b := list[k-1], list[k]
		if a.hash == b.hash && (!ok || int(b.nth) < second) && jsonEqual(&v.jsonDoc, int(a.at), &v.jsonDoc, int(b.at)) {
			first, second, ok = int(a.nth), int(b.nth), true
		}
	}
	return first, second, ok
}
