package wire

import (
	"math"
	"slices"
)

// jsonCheck evaluates a program over a payload, while it reads it and over its
// entries.
//
// It has two modes, one implementation. Asking stops at the first rule that is
// broken and says nothing about it: what a valid payload costs, and what a
// branch of anyOf costs that is only tried. Explaining goes on and collects.
type jsonCheck struct {
	jsonIndex
	program *jsonProgram
	broken  bool // a rule is, by what has been read

	explaining bool
	report     jsonReport

	// evaluated are the entries of members and items that the schemas so far
	// have evaluated, while a schema around them asks for those.
	evaluated []uint32
	// scope are the schema resources on the way from the root, for dynamic
	// references.
	scope []int

	steps int // containers that have been evaluated
	memo  map[jsonQuestion]bool

	scratch []byte
	list    []jsonTwin
	hashes  map[int]uint64 // of containers of many entries
}

// jsonAllEvaluated stands in evaluated for every item or member.
const jsonAllEvaluated = math.MaxUint32

// read reads a payload, and tells whether it is one: that it has RFC 8259's
// grammar, is UTF-8, is not too deep, and no object in it has two members of one
// name. If it is one, broken tells whether it fails root, which may be nil.
func (v *jsonCheck) read(data []byte, root *jsonNode) bool {
	if len(data) > maxJSON {
		return v.refuse(ErrLimit, 0, wantSmaller)
	}
	v.load(data)
	v.reset()
	v.broken = false
	return v.scan(root)
}

// readValue reads the value that text begins with, whatever follows it, and
// returns the offset behind it, or -1 when it is none. buf is the view of text.
func (v *jsonCheck) readValue(buf buffer, text []byte) int {
	if len(text) > maxJSON {
		return -1
	}
	v.view(buf, text)
	v.reset()
	switch {
	case v.scan(nil):
		return len(text)
	case v.fault.want == wantEnd:
		return v.fault.off
	}
	return -1
}

// reset forgets what has been evaluated of a payload.
func (v *jsonCheck) reset() {
	v.evaluated, v.scope = v.evaluated[:0], v.scope[:0]
	clear(v.hashes)
	v.steps, v.memo = 0, nil
}

// checks tells whether there is more to a schema, for a value with that meta, than
// that it admits the value's type. It saves most calls.
func (n *jsonNode) checks(meta uint32) bool {
	bit := uint8(1) << (meta & jsonKind)
	return n.types&bit == 0 || n.work&bit != 0
}

// of returns the schema that says all that n does of a kind of value.
func (n *jsonNode) of(kind uint32) *jsonNode {
	for n.only != nil && n.only[kind] != nil {
		n = n.only[kind]
	}
	return n
}

// eval tells whether the value at entry i satisfies n. With track, it appends
// what n evaluates of the value to v.evaluated.
func (v *jsonCheck) eval(n *jsonNode, i int, track bool) bool {
	kind := v.entries[i].meta & jsonKind
	n = n.of(kind)
	bit := uint8(1) << kind
	if n.types&bit == 0 {
		return v.explaining && v.wrongType(n, i)
	}
	if n.work&bit == 0 {
		return true
	}
	if kind < jsonArray && n.plain {
		// Scalars of a plain schema: most of what a payload holds.
		switch {
		case kind != jsonString:
			return v.evalNumber(n, i)
		case n.str != nil:
			return v.evalString(n, i)
		}
		return true
	}
	if v.program.anchors != nil {
		return v.evalScoped(n, i, kind, track)
	}
	if kind >= jsonArray {
		if v.steps++; v.repeats() || v.explaining {
			return v.evalOnce(n, i, kind, track)
		}
	}
	return v.rules(n, i, kind, track)
}

// rules evaluates what n says beyond the type.
func (v *jsonCheck) rules(n *jsonNode, i int, kind uint32, track bool) bool {
	ok := true
	outer, mark := track, len(v.evaluated)
	if n.tracks {
		track = true
	}
	if n.constant != nil && !n.constant.holds(v, i) {
		if !v.explaining {
			return false
		}
		ok = v.wrongValue(n, i, "const", n.constant)
	}
	if n.enum != nil && !n.enum.holds(v, i) {
		if !v.explaining {
			return false
		}
		ok = v.wrongValue(n, i, ErrEnum, n.enum)
	}
	switch kind {
	case jsonString:
		ok = (n.str == nil || v.evalString(n, i)) && ok
	case jsonInteger, jsonNumber:
		ok = v.evalNumber(n, i) && ok
	case jsonArray:
		ok = (n.arr == nil || v.evalArray(n, i, track)) && ok
	case jsonObject:
		ok = (n.obj == nil || v.evalObject(n, i, track)) && ok
	}
	if n.place != nil && (ok || v.explaining) {
		ok = v.evalPlace(n, i, kind, track) && ok
	}
	if n.tracks {
		if ok || v.explaining {
			ok = v.evalUnevaluated(n, i, kind, mark) && ok
		}
		if !outer {
			v.evaluated = v.evaluated[:mark]
		}
	}
	return ok
}

// str returns what a string stands for, until the next call.
func (v *jsonCheck) str(e *jsonEntry) []byte {
	if e.meta&jsonEscaped == 0 {
		return v.stringText(e)
	}
	v.scratch = jsonUnescape(v.scratch[:0], v.stringText(e))
	return v.scratch
}

// matches tells whether a string matches a pattern.
func (v *jsonCheck) matches(p *jsonPattern, e *jsonEntry) bool {
	if e.meta&jsonEscaped == 0 {
		return p.matchIn(v.buf, int(e.off)+1, int(e.end)-1)
	}
	return p.Match(v.str(e))
}

// textOf is str as a string.
func (v *jsonCheck) textOf(e *jsonEntry) string {
	if e.meta&jsonEscaped == 0 {
		return v.buf.str(int(e.off)+1, int(e.end)-1)
	}
	return string(v.str(e))
}

func (v *jsonCheck) evalString(n *jsonNode, i int) bool {
	e, r := &v.entries[i], n.str
	ok := true
	// A code point takes at least one byte of the payload: most strings need
	// no counting.
	if r.min > 0 || int(e.end-e.off) > r.max {
		if length := v.stringLength(e); length < r.min || length > r.max {
			if !v.explaining {
				return false
			}
			ok = v.wrongLength(n, i, length)
		}
	}
	if r.pattern != nil && !v.matches(r.pattern, e) {
		if !v.explaining {
			return false
		}
		ok = v.wrongPattern(n, i)
	}
	if r.format != nil && !r.format.Holds(v.textOf(e)) {
		if !v.explaining {
			return false
		}
		ok = v.wrongFormat(n, i, "format", r.format)
	}
	if r.content != nil && !r.content.Holds(v.textOf(e)) {
		if !v.explaining {
			return false
		}
		ok = v.wrongFormat(n, i, "contentEncoding", r.content)
	}
	return ok
}

func (v *jsonCheck) evalNumber(n *jsonNode, i int) bool {
	e := &v.entries[i]
	whole := n.whole && e.kind() == jsonNumber
	if !whole && len(n.num) == 0 {
		return true
	}
	d := v.number(e)
	if whole && !d.integral() {
		return v.explaining && v.wrongType(n, i)
	}
	ok := true
	for k := range n.num {
		r := &n.num[k]
		if r.allows(&d) {
			continue
		}
		if !v.explaining {
			return false
		}
		ok = v.wrongNumber(n, i, r)
	}
	return ok
}

// allows tells whether the rule admits d.
func (r *jsonNumberRule) allows(d *decimal) bool {
	switch r.keyword {
	case "multipleOf":
		return d.multipleOf(&r.operand)
	case ErrMinimum:
		return d.cmp(&r.operand) >= 0
	case "exclusiveMinimum":
		return d.cmp(&r.operand) > 0
	case ErrMaximum:
		return d.cmp(&r.operand) <= 0
	}
	return d.cmp(&r.operand) < 0
}

func (v *jsonCheck) evalArray(n *jsonNode, i int, track bool) bool {
	r := n.arr
	end := int(v.entries[i].end)
	ok, count, matches := true, 0, 0
	for m := i + 1; m < end; m = jsonNext(v.entries, m) {
		item := r.items
		if count < len(r.prefix) {
			item = r.prefix[count]
		}
		if item != nil {
			if item.checks(v.entries[m].meta) && !v.evalMember(n, item, m, "items") {
				if !v.explaining {
					return false
				}
				ok = false
			}
			if track {
				v.evaluated = append(v.evaluated, uint32(m))
			}
		}
		if r.contains != nil && v.asks(r.contains, m, false) {
			matches++
			if track && r.containsEvaluates {
				v.evaluated = append(v.evaluated, uint32(m))
			}
		}
		count++
	}
	if count < r.min || count > r.max {
		if !v.explaining {
			return false
		}
		ok = v.wrongCount(n, i, count)
	}
	if r.contains != nil && (matches < r.containsMin || matches > r.containsMax) {
		if !v.explaining {
			return false
		}
		ok = v.wrongContains(n, i, matches)
	}
	if r.unique && count > 1 {
		if a, b, twice := v.twins(i); twice {
			if !v.explaining {
				return false
			}
			ok = v.wrongTwins(n, i, a, b)
		}
	}
	return ok
}

// evalUnevaluated evaluates the items and members that no schema has evaluated
// since mark (JSON Schema Core, sections 11.2 and 11.3).
func (v *jsonCheck) evalUnevaluated(n *jsonNode, i int, kind uint32, mark int) bool {
	rule, keyword := (*jsonNode)(nil), Code("")
	switch {
	case kind == jsonArray && n.arr != nil:
		rule, keyword = n.arr.unevaluated, "unevaluatedItems"
	case kind == jsonObject && n.obj != nil:
		rule, keyword = n.obj.unevaluated, "unevaluatedProperties"
	}
	if rule == nil {
		return true
	}
	done := v.evaluated[mark:]
	slices.Sort(done)
	if len(done) > 0 && done[len(done)-1] == jsonAllEvaluated {
		return true
	}
	ok, k, end := true, 0, int(v.entries[i].end)
	for m := i + 1; m < end; m = jsonNext(v.entries, m) {
		for k < len(done) && int(done[k]) < m {
			k++
		}
		if k < len(done) && int(done[k]) == m {
			continue
		}
		if v.evalMember(n, rule, m, keyword) {
			continue
		}
		if !v.explaining {
			return false
		}
		ok = false
	}
	v.evaluated = append(v.evaluated[:mark], jsonAllEvaluated)
	return ok
}

// evalMember evaluates a member or an item that only n's keyword has a rule
// for; a rule that admits nothing makes the member itself the violation.
func (v *jsonCheck) evalMember(n, rule *jsonNode, m int, keyword Code) bool {
	if v.explaining && rule.types == 0 {
		return v.unwanted(n, m, keyword)
	}
	return v.eval(rule, m, false)
}

// asks evaluates without explaining.
func (v *jsonCheck) asks(n *jsonNode, i int, track bool) bool {
	explaining := v.explaining
	v.explaining = false
	ok := v.eval(n, i, track)
	v.explaining = explaining
	return ok
}
