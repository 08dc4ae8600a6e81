package wire

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// This file keeps the values of JSON that the fields of their members cannot
// hold, from the reader to the writer: a contract's integer has no bounds, and
// an int64 has.

// cannotRead keeps a scalar that could not be read. text is what it says.
func (j *JSON) cannotRead(at int, meta *member, text string, as Spellings) {
	if trimmed := trimSpace(text); trimmed == "" || slices.Contains(meta.Absent, trimmed) {
		return // it stands for no value
	}
	if as == AsString {
		if raw := j.pos - len(text) - 2; raw == at {
			text = j.buf.str(at, j.pos) // nothing in it was escaped
		} else {
			w := JSONWriter{}
			w.String(text)
			text = string(w.Buf)
		}
	}
	j.keepValue(meta, text)
}

// keepValue keeps a value of a member until the object that has the member ends.
func (j *JSON) keepValue(meta *member, raw string) {
	if !j.room(raw) {
		return
	}
	name := meta.Name
	if meta.entry() {
		name = j.keepName
	}
	m := Member{Name: escapeToken.Replace(name), Raw: raw, Kind: UnreadValue}
	j.unread, j.unreadTo = append(j.unread, m), j.pos
}

// inItem says of the values that were kept since the list's item began that they
// are in it.
func (j *JSON) inItem(l *List) {
	for i := range j.unread[l.unread:] {
		m := &j.unread[l.unread+i]
		name, way := cutPointer(m.Name)
		if way == "" && l.places > 0 {
			m.Index = inRest
			if l.index <= l.places {
				m.Index = inPlace
			}
		}
		m.Name = name + "/" + strconv.Itoa(l.index-1) + way
	}
	l.unread = len(j.unread)
}

// inEntry says of the values that were kept in a map that they are in the member
// whose value the map is.
func (j *JSON) inEntry(o *Object) {
	name := o.meta.Name
	if o.meta.entry() {
		if len(j.names) == 0 {
			j.unread = j.unread[:o.unread] // the map is the root
			return
		}
		name = j.nameOf(j.names[len(j.names)-1])
	}
	for i := range j.unread[o.unread:] {
		m := &j.unread[o.unread+i]
		m.Name = escapeToken.Replace(name) + "/" + m.Name
	}
}

// Unread returns the value that was to be read last if it could not be, for a
// place of its own.
func (j *JSON) Unread() Raw {
	n := len(j.unread) - 1
	if n < 0 || j.unreadTo != j.pos {
		return ""
	}
	raw := j.unread[n].Raw
	j.unread = j.unread[:n]
	return Raw(raw)
}

// Unread tells whether a value of the JSON member of that name, or a part of it, was
// kept because its field cannot hold it.
func Unread(unknown []Member, name string) bool {
	return slices.ContainsFunc(unknown, func(m Member) bool {
		token, _ := cutPointer(m.Name)
		return m.Kind == UnreadValue && unescapeToken.Replace(token) == name
	})
}

// keepUnread hands what could not be read in an object to it, or, of a map, to
// the object around it: in the order of the members' names, which does not depend
// on where encoding puts those that have no place.
func (j *JSON) keepUnread(o *Object) {
	if o.keep == nil {
		j.inEntry(o)
		return
	}
	list := j.unread[o.unread:]
	slices.SortStableFunc(list, func(a, b Member) int {
		x, _ := cutPointer(a.Name)
		y, _ := cutPointer(b.Name)
		return strings.Compare(x, y)
	})
	*o.keep = append(*o.keep, list...)
	j.unread = j.unread[:o.unread]
}

// KeepRoot hands what could not be read in a document that is no record to it.
func (j *JSON) KeepRoot(unknown *[]Member) {
	for _, m := range j.unread {
		if m.Name == "" {
			m.Kind = WholeValue
		}
		m.Name = strings.TrimPrefix(m.Name, "/")
		*unknown = append(*unknown, m)
	}
	j.unread = j.unread[:0]
}

// Root puts what could not be read in a document that is no record into it, which
// has been written behind the first n bytes.
func (w *JSONWriter) Root(n int, unknown []Member) {
	if len(unknown) == 0 {
		return
	}
	written := string(w.Buf[n:])
	w.Buf = w.Buf[:n]
	kept := unreadOf(unknown)
	for i := range unknown {
		if m := &unknown[i]; m.Kind == WholeValue {
			kept = append(kept, unread{raw: m.Raw})
		}
	}
	w.merge(written, kept)
}

// These are the Index of an UnreadValue that is an item of a tuple: one that has a
// place of its own, where what is written is that item, and no other; and one
// behind those.
const (
	inPlace = 1 + iota
	inRest
)

// unread is a value that could not be read: way leads to it from the value that
// is being written, and is empty or begins with a slash.
type unread struct {
	way, raw string
	tuple    int32 // inPlace or inRest, in a tuple
}

// unread puts what could not be read into the object that is being written: in
// place of a field that says nothing, and behind the others where it has none. A
// field that has got a value since says what holds.
func (w *JSONWriter) unread(unknown []Member) {
	begin := lastObject(w.Buf)
	if begin < 0 {
		return // a Raw before it is no JSON
	}
	written := string(w.Buf[begin+1:])
	w.Buf = w.Buf[:begin]
	w.mergeObject(written, unreadOf(unknown), true)
	w.Buf = w.Buf[:len(w.Buf)-1] // whoever began the object ends it
}

// isWhole tells whether it is the value itself that could not be read.
func isWhole(u unread) bool { return u.way == "" }

// unreadOf returns what could not be read among the members that were kept.
func unreadOf(unknown []Member) []unread {
	kept := make([]unread, 0, len(unknown))
	for i := range unknown {
		if m := &unknown[i]; m.Kind == UnreadValue {
			kept = append(kept, unread{"/" + m.Name, m.Raw, m.Index})
		}
	}
	return kept
}

// merge writes a value together with what could not be read of it.
func (w *JSONWriter) merge(value string, kept []unread) {
	switch {
	case len(kept) == 0:
		w.Raw(value)
	case slices.ContainsFunc(kept, isWhole):
		if nothingSaid(value) {
			value = kept[slices.IndexFunc(kept, isWhole)].raw
		}
		w.Raw(value)
	case strings.HasPrefix(value, "{"):
		w.mergeObject(inner(value), kept, false)
	case strings.HasPrefix(value, "["):
		w.mergeList(inner(value), kept)
	default:
		if slices.Contains(saysNothing, value) {
			if items := itemsOf(kept); len(items) > 0 {
				w.mergeList("", items)
				return
			}
		}
		w.Raw(value)
	}
}

// itemsOf returns what the items of a list were that has no other. Tuples, and the
// lists and objects in a list, are values of their own: where they are not there,
// they have been removed.
func itemsOf(kept []unread) []unread {
	var items []unread
	for _, u := range kept {
		if token, way := cutPointer(u.way[1:]); way == "" && u.tuple == 0 {
			if _, ok := itemIndex(token); ok {
				items = append(items, u)
			}
		}
	}
	return items
}

// mergeObject writes an object, given without its braces: a record or a map, which
// has an entry for each list and map in it.
func (w *JSONWriter) mergeObject(written string, kept []unread, record bool) {
	in := map[string][]unread{} // by the member's name as it is written
	var names []string
	for _, u := range kept {
		var token string
		token, u.way = cutPointer(u.way[1:])
		var n JSONWriter
		n.String(unescapeToken.Replace(token))
		name := string(n.Buf)
		if in[name] == nil {
			names = append(names, name)
		}
		in[name] = append(in[name], u)
	}
	w.Begin('{')
	for len(written) > 0 {
		var name, value string
		name, written = cutJSON(written, ':')
		value, written = cutJSON(written, ',')
		w.Item()
		w.Raw(name)
		w.Raw(":")
		w.merge(value, in[name])
		delete(in, name)
	}
	for _, name := range names {
		list := in[name]
		if len(list) == 0 || list[0].way != "" && (!record || len(itemsOf(list)) == 0) {
			continue
		}
		w.Item()
		w.Raw(name)
		w.Raw(":")
		w.merge("", list)
	}
	w.End('}')
}

// mergeList writes a list, given without its brackets. What of its items could
// not be read stands in their order.
func (w *JSONWriter) mergeList(written string, kept []unread) {
	w.Begin('[')
	for at := 0; len(written) > 0 || len(kept) > 0; at++ {
		var in []unread // this item
		whole := false
		for len(kept) > 0 && !whole {
			u := kept[0]
			var token string
			token, u.way = cutPointer(u.way[1:])
			i, ok := itemIndex(token)
			if !ok || u.way != "" && (i < at || written == "") { // where it was is no more
				kept = kept[1:]
				continue
			}
			if i > at && written != "" || len(in) > 0 && (u.way == "" || i > at) {
				break
			}
			in, kept = append(in, u), kept[1:]
			whole = u.way == ""
		}
		var item string
		if !whole || in[0].tuple == inPlace || strings.HasPrefix(written, "null") { // the item was no value
			item, written = cutJSON(written, ',')
		}
		if item == "" && len(in) == 0 {
			break
		}
		w.Item()
		w.merge(item, in)
	}
	w.End(']')
}

// behind is the token of a JSON Pointer for what stands behind a list's items (RFC
// 6901, section 4).
const behind = "-"

// itemIndex returns which item of a list a token names, if it names one.
func itemIndex(token string) (int, bool) {
	if token == behind {
		return math.MaxInt, true
	}
	i, err := strconv.Atoi(token)
	return i, err == nil
}

// saysNothing are the values of fields that nobody has given one, as they are
// written; those that are absent are not.
var saysNothing = []string{"", "0", `"0"`, "false", `"false"`, `""`, "null"}

// nothingSaid tells whether a value is one that nobody has given: one of those, or
// a record of them.
func nothingSaid(value string) bool {
	if !strings.HasPrefix(value, "{") {
		return slices.Contains(saysNothing, value)
	}
	for rest := inner(value); rest != ""; {
		_, rest = cutJSON(rest, ':')
		if value, rest = cutJSON(rest, ','); !nothingSaid(value) {
			return false
		}
	}
	return true
}

// inner returns what stands between the brackets of a list or an object.
func inner(value string) string {
	if len(value) < 2 {
		return ""
	}
	return value[1 : len(value)-1]
}

// cutJSON cuts text before the first separator that stands in no string and no
// brackets.
func cutJSON(text string, separator byte) (before, after string) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == separator && depth == 0:
			return text[:i], text[i+1:]
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		case c == '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		}
	}
	return text, ""
}

// lastObject returns where the object begins that b ends in, or -1.
func lastObject(b []byte) int {
	depth := 0
	for p := len(b) - 1; p >= 0; p-- {
		switch b[p] {
		case '"':
			for p--; p >= 0 && (b[p] != '"' || escaped(b, p)); p-- {
			}
		case '}', ']':
			depth++
		case '{', '[':
			if depth == 0 {
				return p
			}
			depth--
		}
	}
	return -1
}

// escaped tells whether an odd number of backslashes stands before p.
func escaped(b []byte, p int) bool {
	n := 0
	for p--; p >= 0 && b[p] == '\\'; p-- {
		n++
	}
	return n%2 == 1
}
