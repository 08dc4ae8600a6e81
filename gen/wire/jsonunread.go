package wire

import (
	"slices"
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
	m := Member{Name: meta.Name, Raw: raw, Kind: UnreadValue}
	switch {
	case meta.Inner, meta.entry() && j.item > 0:
		m.Kind = unreadInner
	case meta.Many:
		m.Kind, m.Index = UnreadItem, int32(j.item-1)
	case meta.entry():
		m.Name = j.keepName
	}
	j.unread, j.unreadTo = append(j.unread, m), j.pos
}

// unreadInner is a value deeper in a member than a Member can say.
const unreadInner MemberKind = 255

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

// keepUnread hands what could not be read in an object to it, or, of a map, to
// the object whose member the map is: in the order of their names, which does not
// depend on where encoding puts those that have no place.
func (j *JSON) keepUnread(o *Object) {
	list := j.unread[o.unread:]
	slices.SortStableFunc(list, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
	j.unread = j.unread[:o.unread]
	for _, m := range list {
		switch {
		case m.Kind == unreadInner:
		case o.keep != nil:
			*o.keep = append(*o.keep, m)
		case m.Kind == UnreadValue && !o.meta.Many && !o.meta.Inner && !o.meta.entry():
			var w JSONWriter
			w.Member(m.Name)
			w.Raw(m.Raw)
			j.unread = append(j.unread, Member{Name: o.meta.Name, Raw: string(w.Buf), Kind: UnreadEntry})
		}
	}
}

// unread puts what could not be read into the object that is being written: in
// place of a field that says nothing, and behind the others where it has none. A
// field that has got a value since says what holds.
func (w *JSONWriter) unread(unknown []Member) {
	begin := lastObject(w.Buf)
	if begin < 0 {
		return // a Raw before it is no JSON
	}
	kept := map[string][]*Member{} // by the name as it is written
	var names []string
	for i := range unknown {
		if m := &unknown[i]; m.unread() {
			var n JSONWriter
			n.String(m.Name)
			name := string(n.Buf)
			if kept[name] == nil {
				names = append(names, name)
			}
			kept[name] = append(kept[name], m)
		}
	}
	written := string(w.Buf[begin+1:])
	w.Buf = w.Buf[:begin+1]
	for len(written) > 0 {
		var name, value string
		name, written = cutJSON(written, ':')
		value, written = cutJSON(written, ',')
		w.Item()
		w.Raw(name)
		w.Raw(":")
		w.merge(value, kept[name])
		delete(kept, name)
	}
	for _, name := range names {
		if list := kept[name]; list != nil {
			w.Item()
			w.Raw(name)
			w.Raw(":")
			w.merge("", list)
		}
	}
}

// merge writes the value of a member together with what could not be read of it.
func (w *JSONWriter) merge(value string, kept []*Member) {
	switch {
	case len(kept) == 0:
		w.Raw(value)
	case kept[0].Kind == UnreadItem:
		w.Begin('[')
		rest := inner(value)
		for i := int32(0); len(rest) > 0 || len(kept) > 0; i++ {
			if len(kept) > 0 && (kept[0].Index <= i || len(rest) == 0) {
				w.Item()
				w.Raw(kept[0].Raw)
				if kept = kept[1:]; strings.HasPrefix(rest, "null") {
					_, rest = cutJSON(rest, ',') // the item was no value
				}
				continue
			}
			var item string
			item, rest = cutJSON(rest, ',')
			w.Item()
			w.Raw(item)
		}
		w.End(']')
	case kept[0].Kind == UnreadEntry:
		w.Begin('{')
		there := map[string]bool{}
		for rest := inner(value); len(rest) > 0; {
			var entry string
			entry, rest = cutJSON(rest, ',')
			name, _ := cutJSON(entry, ':')
			there[name] = true
			w.Item()
			w.Raw(entry)
		}
		for _, m := range kept {
			if name, _ := cutJSON(m.Raw, ':'); !there[name] {
				there[name] = true
				w.Item()
				w.Raw(m.Raw)
			}
		}
		w.End('}')
	case slices.Contains(saysNothing, value):
		w.Raw(kept[0].Raw)
	default:
		w.Raw(value)
	}
}

// saysNothing are the values of fields that nobody has given one, as they are
// written; those that are absent are not.
var saysNothing = []string{"", "0", `"0"`, "false", `"false"`, `""`, "null"}

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
