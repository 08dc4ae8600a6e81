package wire

import "fmt"

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
	scratch  []byte   // unescaped names
	item     int      // which item of its list stands here, from 1; 0 of a map's entry
	unread   []Member // values that could not be read, of all open objects
	unreadTo int      // where the last of them ends
}

// Object is an open object whose members generated code reads.
type Object struct {
	// Field is the member that [JSON.Member] found, by its index in the table;
	// -1 when the table does not list it.
	Field int

	prev    uint16 // Field+1, or 0 at the start: see Members.base
	started bool
	unwrap  bool // it stands in an array of its own
	names   int  // where its unknown names begin in JSON.names
	seen    fieldSet
	unread  int       // where its unread values begin in JSON.unread
	unknown *[]Member // where it keeps what has no field; nil of a map
	meta    *member   // the member that a map is the value of
}

// List is a list that generated code reads item by item.
type List struct {
	index   int // of the item that stands here, plus one
	started bool
	array   bool // the items stand in an array
	meta    *member
}

// Start takes a payload, as [XML.Start] does.
func (j *JSON) Start(data []byte, keep bool, guesses int, opts []Option) {
	j.start(data, keep, guesses, opts)
	j.names, j.scratch = j.names[:0], j.scratch[:0]
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
	err := j.finish(locateJSON)
	j.release()
	return err
}

// Object begins the object that stands here: Begin has seen it. Values that
// cannot be read are kept in unknown; that of a map is nil.
func (j *JSON) Object(unknown *[]Member) Object {
	o := Object{names: len(j.names), unwrap: j.unwrap, unread: len(j.unread), unknown: unknown, meta: j.meta}
	j.unwrap = false
	j.pos++
	if j.depth++; j.depth > j.maxDepth {
		j.depth--
		j.deeper(j.pos - 1)
	}
	return o
}

// Member finds the next member of o and tells whether there is one; when there
// is not, it has read the closing brace. The member's value comes next.
func (j *JSON) Member(o *Object, m *Members) bool {
	p, b := j.pos, j.buf
	if o.started {
		if b.u8(p) != ',' {
			return j.memberSlow(o, m)
		}
		p++
	}
	if b.u8(p) == '\n' {
		p = b.indent(p + 1)
	}
	if b.u8(p) == '"' {
		g := j.guess[m.base+int(o.prev)]
		n := &m.list[g]
		if !n.at(b, p+1, '"') {
			g = m.scan(b, p+1, '"', o.prev)
			n = &m.list[g]
		}
		if q := p + n.size + 2; g != 0 && b.u8(q) == ':' {
			if q++; b.u8(q) == ' ' {
				q++
			}
			if b.u8(q) > ' ' && j.budget > 0 && !o.seen.add(int(g)) {
				j.budget--
				j.learn(m, o.prev, g)
				o.started = true
				o.Field, o.prev = int(g)-1, g
				j.meta = n
				j.pos = q
				return true
			}
		}
	}
	return j.memberSlow(o, m)
}

// Entry is Member for an object whose members are the entries of a map: Name
// returns the name of the one that was found.
func (j *JSON) Entry(o *Object) bool { return j.memberSlow(o, &entries) }

// entries lists no member.
var entries = Members{list: []member{noMember}, open: true}

// Begin tells whether an object with a member in it stands here. If none does,
// the value has been read: it is absent, or no object, which is reported.
func (j *JSON) Begin() bool {
	if b := j.buf; b.u8(j.pos) == '{' {
		p := j.pos + 1
		if b.u8(p) == '\n' {
			p = b.indent(p + 1)
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
func (j *JSON) List() List { return List{meta: j.meta} }

// Item finds the list's next item and tells whether there is one. The item's
// value comes next.
func (j *JSON) Item(l *List) bool {
	j.meta = l.meta
	l.index++
	j.item = l.index
	p, b := j.pos, j.buf
	if l.started {
		if !l.array {
			return false
		}
		if b.u8(p) == ',' {
			if p++; b.u8(p) == '\n' {
				p = b.indent(p + 1)
			} else if b.u8(p) == ' ' {
				p++
			}
			if j.budget--; b.u8(p) > ' ' && b.u8(p) != ']' && j.budget >= 0 {
				j.pos = p
				return true
			}
		}
		return j.itemSlow(l)
	}
	l.started = true
	if b.u8(p) == '[' {
		return j.firstItem(l)
	}
	if !l.meta.Bare {
		j.bareItem()
	}
	return j.err == nil
}

// memberSlow is Member for every spelling of the grammar.
func (j *JSON) memberSlow(o *Object, m *Members) bool {
	o.Field = -1
	if j.err != nil {
		return false
	}
	p := j.skipSpace(j.pos)
	switch c := j.buf.u8(p); {
	case c == '}':
		j.pos = p + 1
		return j.leave(o)
	case !o.started:
	case c == ',':
		p = j.skipSpace(p + 1)
	default:
		j.expected(p, "a comma or }")
		return false
	}
	o.started = true
	if j.buf.u8(p) != '"' {
		j.expected(p, "a name in quotes")
		return false
	}
	j.count(p)
	name, end := j.name(p)
	if j.err != nil {
		return false
	}
	q := j.skipSpace(end)
	if j.buf.u8(q) != ':' {
		j.expected(q, "a colon")
		return false
	}
	j.pos = j.skipSpace(q + 1)
	if i := m.find(m.space, name); i > 0 {
		if o.seen.add(i) {
			j.twice(p, name)
			return false
		}
		j.learn(m, o.prev, uint16(i))
		o.Field, o.prev = i-1, uint16(i)
		j.meta = &m.list[i]
		return true
	}
	j.names = append(j.names, span{p, end - p})
	j.keepName = name
	j.meta, j.item = &noMember, 0
	if m.open {
		return true
	}
	j.tolerate(p, Unknown, "member %s is not declared, kept", name)
	return j.err == nil
}

// leave ends the object o and returns false, for Member to return.
func (j *JSON) leave(o *Object) bool {
	j.depth--
	if len(j.names) > o.names {
		j.distinct(o.names)
		j.names = j.names[:o.names]
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
		if q := j.skipSpace(p + 1); j.buf.u8(q) != '}' {
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
		j.tolerate(p, OneOrMany, "%s is an array where one is declared", meta.Name)
		j.unwrap = true
		return true
	case 'n':
	case '"':
		text, ok := j.string()
		if !ok {
			return false
		}
		j.nothingText(p, meta, text, "an object")
		return false
	default:
		if j.skip(); j.err == nil {
			j.tolerate(p, Value, "%s is no object: absent", meta.Name)
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
		j.tolerate(p, Nothing, "%s holds nothing: absent", j.meta.Name)
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
		j.tolerate(p, Nothing, "%s holds nothing: absent", meta.Name)
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

// firstItem begins the array of a list.
func (j *JSON) firstItem(l *List) bool {
	at := j.pos
	p := j.skipSpace(at + 1)
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
	p := j.skipSpace(j.pos)
	switch j.buf.u8(p) {
	case ']':
		j.pos = p + 1
		j.depth--
		return false
	case ',':
		j.pos = j.skipSpace(p + 1)
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
		j.tolerate(p, OneOrMany, "%s is no array: a list of one", j.meta.Name)
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
