package wire

import (
	"fmt"
	"slices"
)

// JSON reads one JSON payload (RFC 8259) into structs. Generated code drives
// it: Root, then Object, Member, List, Item and the scalar methods, in the
// shape of the record.
//
// As in [XML], the fast paths know the spellings that payloads mostly have, and
// the slow paths the rest of the grammar.
type JSON struct {
	Reader
	meta     *member  // the member whose value comes next
	keepName string   // the name of the unknown member that Keep is to keep
	unwrap   bool     // the object that comes next stands in an array of its own
	wrapped  bool     // the root's name is around the root
	names    []span   // names of unknown members, of all open objects
	unread   []Member // values that could not be read, of all open objects
	unreadTo int      // where the last of them ends

	// next is what followed a member the last time, by the member's slot; at a
	// table's base, what came first. Payloads repeat themselves, whatever order
	// their sender chose, so that one comparison finds nearly every member.
	next   []*member
	lines  [maxLines]line // by depth
	unions jsonJudge
}

// Object is an open object whose members generated code reads.
type Object struct {
	// Field is the member that [JSON.Member] found, by its index in the table;
	// -1 when the table does not list it.
	Field int

	table   *Members
	prev    *member // found last; nil at the start
	next    *member // what followed prev the last time
	unknown int     // how many of JSON.names are its own: the last ones
	started bool
	unwrap  bool // it stands in an array of its own
	seen    fieldSet
	unread  int       // where its unread values begin in JSON.unread
	keep    *[]Member // where it keeps what has no field; nil of a map
	meta    *member   // the member that a map is the value of
}

// Start takes a payload, as [XML.Start] does.
func (j *JSON) Start(data []byte, keep bool, guesses int, opts []Option) {
	j.start(data, keep, 0, opts)
	if len(j.next) < guesses {
		j.next = slices.Repeat([]*member{&noMember}, guesses)
	}
	j.names = j.names[:0]
	j.unwrap, j.wrapped = false, false
	j.meta = &noMember
}

// Finish reads what may stand behind the root value and returns the error of
// the payload, if it had one.
func (j *JSON) Finish() error {
	if j.err == nil && j.wrapped {
		j.closeWrapper()
	}
	if j.err == nil {
		if p := j.skipSpace(j.pos); p < j.end {
			j.fail(p, ErrTrailing, fmt.Sprintf("%s behind the document", j.char(p)))
		}
	}
	j.unread = nil
	j.unions.drop()
	err := j.finish(locateJSON)
	j.release()
	return err
}

// Object begins the object that stands here, whose members m lists: Begin has
// seen it. Values that cannot be read are kept in unknown. The first Member
// finds out whether it may nest so deep.
func (j *JSON) Object(m *Members, unknown *[]Member) (o Object) {
	o.table, o.next, o.keep, o.unread = m, j.next[m.base], unknown, len(j.unread)
	o.unwrap, j.unwrap = j.unwrap, false
	j.pos++
	j.depth++
	return o
}

// Entries is Object for an object whose members are the entries of a map.
func (j *JSON) Entries() Object {
	o := j.Object(&entries, nil)
	o.meta = j.meta
	return o
}

// NullEntries is Entries for a map whose values may be null, which is kept.
func (j *JSON) NullEntries() Object {
	o := j.Object(&nullEntries, nil)
	o.meta = j.meta
	return o
}

// entries and nullEntries list no member.
var (
	entries     = Members{list: []member{noMember}, open: true}
	nullEntries = Members{list: []member{noMember}, open: true, nulls: true}
)

// Member finds the next member of o and tells whether there is one; when there
// is not, it has read the closing brace. The member's value comes next.
//
// It calls nothing before it knows that something unusual stands there: what it
// works with stays in registers.
func (j *JSON) Member(o *Object) bool {
	p, b := j.pos, j.buf
	if o.started {
		if c := b.u8(p); c != ',' {
			if c <= ' ' {
				p = b.line(p, j.lines[(j.depth-1)&(maxLines-1)])
			}
			if b.u8(p) == '}' && o.unknown == 0 && len(j.unread) == o.unread && !o.unwrap {
				j.pos = p + 1
				j.depth--
				return false
			}
			return j.memberSlow(o)
		}
		if p++; b.u8(p) <= ' ' {
			p = b.line(p, j.lines[j.depth&(maxLines-1)])
		}
	} else if j.depth > j.maxDepth {
		return j.memberSlow(o)
	}
	n := o.next
	if !n.json.at(b, p) || n.json.long() && !n.quoted(b, p) {
		return j.memberOther(o)
	}
	q := p + n.json.size
	if b.u8(q) <= ' ' {
		if b.u8(q) != ' ' || b.u8(q+1) <= ' ' {
			return j.memberSlow(o)
		}
		q++
	}
	if j.budget <= 0 || !o.add(n) {
		return j.memberSlow(o)
	}
	j.budget--
	j.pos = q
	j.found(o, n)
	return true
}

// memberOther is Member where something else follows than the last time.
func (j *JSON) memberOther(o *Object) bool {
	p := j.pos
	if o.started && j.buf.u8(p) == ',' {
		p = j.space(p+1, j.depth)
	}
	n := o.table.scanQuoted(j.buf, p, o.prev)
	if n == nil || j.budget <= 0 || !o.add(n) {
		return j.memberSlow(o)
	}
	j.budget--
	j.pos = j.skipSpace(p + n.json.size)
	j.learn(o, n)
	j.found(o, n)
	return true
}

// found makes n the member that o's reader stands at.
func (j *JSON) found(o *Object, n *member) {
	o.started = true
	o.Field = n.field
	o.prev, o.next, j.meta = n, j.next[n.slot], n
}

// learn remembers that n followed the member that o's reader stood at.
func (j *JSON) learn(o *Object, n *member) {
	slot := o.table.base
	if o.prev != nil {
		slot = o.prev.slot
	}
	j.next[slot] = n
}

// add puts n into the set of the members that were given, unless it is in it,
// and tells whether it was not.
func (o *Object) add(n *member) bool {
	w := &o.seen[n.field>>6&3]
	if *w&n.bit != 0 {
		return false
	}
	*w |= n.bit
	return true
}

// Entry is Member for an object whose members are the entries of a map: Name
// returns the name of the one that was found.
func (j *JSON) Entry(o *Object) bool { return j.memberSlow(o) }

// Begin tells whether an object with a member in it stands here. If none does,
// the value has been read: it is absent, or no object, which is reported.
func (j *JSON) Begin() bool {
	if p, b := j.pos, j.buf; b.u8(p) == '{' {
		if p++; b.u8(p) <= ' ' {
			p = b.line(p, j.lines[(j.depth+1)&(maxLines-1)])
		}
		if b.u8(p) == '"' {
			j.pos = p - 1 // where Object goes on
			return true
		}
	}
	return j.beginSlow()
}

// Exists is Begin for an object that may be empty.
func (j *JSON) Exists() bool {
	return j.buf.u8(j.pos) == '{' && j.err == nil || j.beginSlow()
}

// Present tells whether a value other than null stands here. null has been
// read then: the value is absent.
func (j *JSON) Present() bool {
	if j.buf.u8(j.pos) != 'n' {
		return j.err == nil
	}
	j.nothing(j.pos)
	return false
}

// memberSlow is Member for every spelling of the grammar.
func (j *JSON) memberSlow(o *Object) bool {
	o.Field = -1
	if j.err != nil {
		return false
	}
	if !o.started && j.depth > j.maxDepth {
		j.depth--
		j.deeper(j.pos - 1)
		return false
	}
	depth := j.depth
	if o.started {
		depth-- // a closing brace stands further out
	}
	p := j.space(j.pos, depth)
	switch c := j.buf.u8(p); {
	case c == '}':
		j.pos = p + 1
		return j.leave(o)
	case !o.started:
	case c == ',':
		p = j.space(p+1, j.depth)
	default:
		j.expected(p, "a comma or }")
		return false
	}
	o.started = true
	if j.buf.u8(p) != '"' {
		j.expected(p, "a name in quotes")
		return false
	}
	at := p
	j.count(at)
	name, end := j.name(at)
	if j.err != nil {
		return false
	}
	if p = j.skipSpace(end); j.buf.u8(p) != ':' {
		j.expected(p, "a colon")
		return false
	}
	j.pos = j.skipSpace(p + 1)
	m := o.table
	if i := m.find(m.space, name); i > 0 {
		n := &m.list[i]
		if !o.add(n) {
			j.twice(at, name)
			return false
		}
		j.learn(o, n)
		j.found(o, n)
		return true
	}
	j.names = append(j.names, span{at, end - at})
	o.unknown++
	j.keepName = name
	j.meta = m.other()
	if m.open {
		return true
	}
	j.tolerate(at, Unknown, "member %s is not declared, kept", name)
	return j.err == nil
}

// leave ends the object o and returns false, for Member to return.
func (j *JSON) leave(o *Object) bool {
	j.depth--
	if o.unknown > 0 {
		mark := len(j.names) - o.unknown
		j.distinct(mark)
		j.names = j.names[:mark]
	}
	if len(j.unread) > o.unread {
		j.keepUnread(o)
	}
	if o.unwrap {
		j.closeArray()
	}
	return false
}

// beginSlow is Begin for everything but an object in its common spelling.
func (j *JSON) beginSlow() bool {
	if j.err != nil {
		return false
	}
	p, c := j.pos, j.buf.u8(j.pos)
	meta := j.meta
	switch c {
	case '{':
		if q := j.space(p+1, j.depth+1); j.buf.u8(q) != '}' {
			return true
		}
	case '[':
		q := j.skipSpace(p + 1)
		if j.buf.u8(q) == ']' {
			break
		}
		if !j.deeper(p) {
			return false
		}
		if j.pos = q; !j.Begin() {
			j.closeArray()
			return false
		}
		j.tolerateOf(p, OneOrMany, meta.Name, "is an array where one is declared")
		j.unwrap = true
		return true
	case 'n':
	case '"':
		text, ok := j.string()
		if !ok {
			return false
		}
		j.cannotRead(p, meta, text, AsString)
		j.nothingText(p, meta, text, "an object")
		return false
	default:
		if j.skip(); j.err == nil {
			j.keepValue(meta, j.buf.str(p, j.pos))
			j.tolerateOf(p, Value, meta.Name, "is no object: absent")
		}
		return false
	}
	// null, {} and [] stand for nothing.
	j.nothing(p)
	return false
}

// nothing reads a value that holds nothing.
func (j *JSON) nothing(p int) {
	j.skip()
	switch null := j.buf.u8(p) == 'n'; {
	case j.err != nil:
	case null && j.meta.KeepNull && !j.meta.Many:
		j.keepValue(j.meta, "null")
	case !null || !j.meta.Null:
		j.tolerateOf(p, Nothing, j.meta.Name, "holds nothing: absent")
	}
}

// nothingText takes a string where something else is declared: it is empty or
// a sentinel, or else it is reported.
func (j *JSON) nothingText(p int, meta *member, text, want string) {
	text = trimSpace(text)
	for _, a := range meta.Absent {
		if text == a {
			return
		}
	}
	switch {
	case text != "":
		j.tolerate(p, Value, "%s is not "+want+": absent", text)
	case !meta.Empty:
		j.tolerateOf(p, Nothing, meta.Name, "holds nothing: absent")
	}
}

// closeArray reads to the end of the array that stands around the one value
// that was declared, and reports what else is in it.
func (j *JSON) closeArray() {
	for more := false; j.err == nil; more = true {
		p := j.skipSpace(j.pos)
		switch j.buf.u8(p) {
		case ']':
			j.pos = p + 1
			j.depth--
			return
		case ',':
			if j.pos = j.skipSpace(p + 1); !more {
				j.tolerate(j.pos, OneOrMany, "several items where one is declared, the first is kept")
			}
			j.count(p)
			j.skip()
		default:
			j.expected(p, "a comma or ]")
		}
	}
}
