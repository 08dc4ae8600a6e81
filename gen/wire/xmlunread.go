package wire

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"strings"
)

// This file keeps the values of XML that the fields of their members cannot hold,
// from the reader to the writers: an element as it was spelled, for XML, and its
// text, for JSON where the document has that form too.

// cannotRead reports a scalar that could not be read. It is kept if it is the whole
// of an element, and no attribute or word of a list.
func (x *XML) cannotRead(at int, meta *member, text, want string, whole bool) {
	x.tolerate(at, Value, "%s is not "+want+": absent", trimSpace(text))
	if whole {
		x.keepUnread(at, meta, text, true)
	}
}

// keepUnread keeps the element that begins at an offset, and has been read to its
// end, until the record around it ends. isText says that text is what it says;
// otherwise it has elements in it.
func (x *XML) keepUnread(at int, meta *member, text string, isText bool) {
	if x.err != nil || meta.Name == "" {
		return // the text of a record
	}
	raw := string(x.data[at:x.pos]) // what was read may have been changed in place
	if !x.room(raw) {
		return
	}
	name := raw[1 : 1+strings.IndexAny(raw[1:], " \t\r\n/>")]
	m := Member{Name: name, Raw: scoped(raw, name, x.scope()), Kind: UnreadElement}
	if meta.Many {
		m.Index = inList
	}
	x.unread = append(x.unread, m)
	if x.exact || !isText {
		return
	}
	w := JSONWriter{}
	w.String(text)
	m = Member{Name: escapeToken.Replace(cmp.Or(meta.List, meta.Name)), Raw: string(w.Buf), Kind: UnreadValue}
	if meta.Many {
		m.Name += "/" + behind
	}
	x.unread = append(x.unread, m)
}

// flushUnread hands what could not be read in a record to it, in the order of the
// names: see [JSON.keepUnread].
func (x *XML) flushUnread(e *Element) {
	list := x.unread[e.unread:]
	slices.SortStableFunc(list, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
	*e.unknown = append(*e.unknown, list...)
	x.unread = x.unread[:e.unread]
}

// Stood returns the field of the child that was read last, for a [Sequence]: -1 for
// one that is kept, as one is that could not be read.
func (x *XML) Stood(e *Element) int {
	if len(x.unread) == int(e.unread) {
		return e.Field
	}
	x.flushUnread(e)
	return -1
}

// inList is the Index of an UnreadElement that is an item of a list.
const inList = 1

// unreadElements tells whether a record has any.
func unreadElements(unknown []Member) bool {
	return slices.ContainsFunc(unknown, func(m Member) bool { return m.Kind == UnreadElement })
}

// Unread puts the elements that could not be read into the record that is being
// written: in place of one that says nothing, and behind the others where there is
// none. A field that has got a value since says what holds.
func (w *XMLWriter) Unread(unknown []Member) {
	for m, from := range w.unreadIn(unknown) {
		at, to, text := -1, 0, ""
		if m.Index != inList {
			at, to, text = findChild(w.Buf[from:], func(name string, _ []byte) bool { return name == localName(m.Name) })
		}
		switch {
		case at < 0:
			w.Buf = append(w.Buf, m.Raw...)
		case emptyMarkup(text):
			w.Buf = slices.Replace(w.Buf, from+at, from+to, []byte(m.Raw)...)
		}
	}
}

// Settle is Unread for a record whose children were written in the order that they
// stood in, those that could not be read among them: of such a one and its field's
// element one remains.
func (w *XMLWriter) Settle(unknown []Member) {
	for m, from := range w.unreadIn(unknown) {
		if m.Index == inList {
			continue
		}
		content := w.Buf[from:]
		at, to, text := findChild(content, func(name string, markup []byte) bool {
			return name == localName(m.Name) && string(markup) != m.Raw
		})
		if at < 0 {
			continue
		}
		field := string(content[at:to])
		w.Buf = slices.Delete(w.Buf, from+at, from+to)
		if emptyMarkup(text) {
			continue
		}
		at, to, _ = findChild(w.Buf[from:], func(_ string, markup []byte) bool { return string(markup) == m.Raw })
		w.Buf = slices.Replace(w.Buf, from+max(at, 0), from+to, []byte(field)...)
	}
}

// unreadIn yields the elements that could not be read in the record that is being
// written, and where its content begins.
func (w *XMLWriter) unreadIn(unknown []Member) iter.Seq2[*Member, int] {
	return func(yield func(*Member, int) bool) {
		if !unreadElements(unknown) || len(w.contents) == 0 {
			return
		}
		from := w.contents[len(w.contents)-1]
		w.contents = w.contents[:len(w.contents)-1]
		for i := range unknown {
			if m := &unknown[i]; m.Kind == UnreadElement && !yield(m, from) {
				return
			}
		}
	}
}

func localName(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// findChild returns where the first element stands in a record's content that is
// wanted, by its local name and all of it, and what is in it; at is negative when
// there is none.
func findChild(content []byte, want func(name string, markup []byte) bool) (at, to int, inner string) {
	depth, begin, name := 0, 0, ""
	for p := 0; ; {
		n := bytes.IndexByte(content[p:], '<')
		if n < 0 {
			return -1, 0, ""
		}
		p += n
		next := markupEnd(content, p)
		if next > len(content) {
			return -1, 0, "" // a member that somebody made by hand is no XML
		}
		switch c := content[p+1]; {
		case c == '!' || c == '?':
		case c == '/':
			depth--
			if depth == 0 && want(name, content[at:next]) {
				return at, next, string(content[begin:p])
			}
		default:
			if depth == 0 {
				at, begin = p, next
				name = localName(string(content[p+1 : p+1+bytes.IndexAny(content[p+1:], " \t\r\n/>")]))
			}
			if content[next-2] != '/' {
				depth++
			} else if depth == 0 && want(name, content[at:next]) {
				return at, next, ""
			}
		}
		p = next
	}
}

// emptyMarkup tells whether an element's content is what nobody has given: a text
// that says nothing, or elements of such texts.
func emptyMarkup(content string) bool {
	for content != "" {
		text, rest, tag := strings.Cut(content, "<")
		if !slices.Contains(saysNothing, text) {
			return false
		}
		if !tag {
			break
		}
		var inTag string
		if inTag, content, _ = strings.Cut(rest, ">"); strings.ContainsAny(inTag, "=!?") {
			return false // it has attributes, or is none that was written here
		}
	}
	return true
}
