package wire

import (
	"cmp"
	"slices"
	"sync"
)

// Union tells the variants of a JSON value apart that may be of several types:
// by the type of value where that is enough, then by a member whose constant
// tells them apart, and by the contract's rules otherwise.
type Union struct {
	Contract *JSONContract
	Variants []Variant

	once    sync.Once
	byClass [jsonClasses][]int // the variants that can be of a class
	nodes   []*jsonNode        // of the variants
	teller  *jsonTeller[int]   // among those that are objects; nil: there is none
}

// Variant is one type of a union.
type Variant struct {
	// Types are the JSON types of its values; zero means any.
	Types JSONTypes
	// Schema is its schema in the contract, as an index into
	// [JSONContract.Schemas]; 0 admits everything.
	Schema int
}

// The classes of values that a first byte tells apart.
const (
	jsonClassNull = iota
	jsonClassBoolean
	jsonClassNumber
	jsonClassString
	jsonClassArray
	jsonClassObject
	jsonClasses
)

// jsonClassTypes are the types of each class.
var jsonClassTypes = [jsonClasses]JSONTypes{TNull, TBoolean, TNumber | TInteger, TString, TArray, TObject}

// jsonClassOf returns the class of the value that begins with c.
func jsonClassOf(c byte) int {
	switch c {
	case '{':
		return jsonClassObject
	case '[':
		return jsonClassArray
	case '"':
		return jsonClassString
	case 't', 'f':
		return jsonClassBoolean
	case 'n':
		return jsonClassNull
	}
	return jsonClassNumber
}

// prepare finds out what tells the variants apart.
func (u *Union) prepare() {
	for class := range u.byClass {
		for i, v := range u.Variants {
			if v.Types == 0 || v.Types&jsonClassTypes[class] != 0 {
				u.byClass[class] = append(u.byClass[class], i)
			}
		}
	}
	c := u.Contract
	if c.once.Do(c.prepare); c.err != nil {
		return
	}
	nodes := make([]*jsonNode, len(u.Variants))
	for i, v := range u.Variants {
		if v.Schema < 0 || v.Schema >= len(c.Schemas) {
			return
		}
		nodes[i] = &c.program.nodes[v.Schema]
	}
	u.nodes = nodes
	x := c.program.tellers
	x.Lock()
	defer x.Unlock()
	var objects []jsonToldBranch[int]
	for _, i := range u.byClass[jsonClassObject] {
		objects = append(objects, jsonToldBranch[int]{i, x.tells(u.Variants[i].Schema)})
	}
	u.teller = newJSONTeller(objects)
}

// Variant returns which variant of u the value is that stands here, or -1 when
// it is none. Of several that the contract would let it be, it is the first. A
// value that breaks the rules of all is the one that it comes closest to: it may
// be from an API that has moved on.
func (j *JSON) Variant(u *Union) int {
	if j.err != nil {
		return -1
	}
	u.once.Do(u.prepare)
	class := jsonClassOf(j.buf.u8(j.pos))
	all := u.byClass[class]
	switch {
	case len(all) == 0:
		return -1
	case len(all) == 1 || u.nodes == nil:
		return all[0]
	}
	t := u.teller
	if class != jsonClassObject {
		t = nil
	} else if t != nil && !j.unions.has(j.pos) {
		if text, ok := j.peek(t.name); ok && len(t.byValue[text]) == 1 {
			return t.byValue[text][0]
		}
	}
	v, i := j.judge(u)
	switch {
	case j.err != nil:
		return -1
	case v == nil:
		return all[0]
	}
	can, close := all, all
	if t != nil {
		var known bool
		if can, known = t.branches(v, i); known {
			if close = can; len(can) == 1 {
				return can[0]
			}
		}
	}
	for _, k := range can {
		v.evaluated, v.scope = v.evaluated[:0], v.scope[:0]
		if v.eval(u.nodes[k], i, false) {
			return k
		}
	}
	return v.closest(u, close, i)
}

// peek finds the text of a member of the object that stands here, if it is a
// plain one that comes before the first container.
func (j *JSON) peek(name string) (text string, ok bool) {
	b := j.buf
	for p := j.skipSpace(j.pos + 1); b.u8(p) == '"'; {
		q, _ := b.plainString(p + 1)
		found := b.str(p+1, q) == name
		if p = j.skipSpace(q + 1); b.u8(q) != '"' || b.u8(p) != ':' {
			return "", false
		}
		switch p = j.skipSpace(p + 1); b.u8(p) {
		case '"':
			if q, _ = b.plainString(p + 1); found || b.u8(q) != '"' {
				return b.str(p+1, q), b.u8(q) == '"'
			}
			p = q + 1
		case '{', '[':
			return "", false
		default:
			for !b.ends(p) {
				p++
			}
		}
		if p = j.skipSpace(p); b.u8(p) != ',' {
			return "", false
		}
		p = j.skipSpace(p + 1)
	}
	return "", false
}

// jsonJudge is what a decoder knows of the values that are variants of unions,
// and of what these hold.
type jsonJudge struct {
	check    *jsonCheck
	from, to int  // what has been read, nothing at first
	lost     bool // it is deeper than validators go
	at       int  // the entry asked for last
}

// has tells whether the value at p has been read.
func (x *jsonJudge) has(p int) bool { return x.from <= p && p < x.to }

// judge returns what can evaluate the value that stands here, and its entry; nil
// when nothing can.
func (j *JSON) judge(u *Union) (*jsonCheck, int) {
	x := &j.unions
	if !x.has(j.pos) {
		if x.check == nil {
			x.check = jsonChecks.Get().(*jsonCheck)
		}
		n := x.check.readValue(j.buf.from(j.pos), j.data[j.pos:])
		if x.lost = n < 0; x.lost {
			from, budget, kept := j.pos, j.budget, j.keepName
			if j.skip(); j.err != nil {
				return nil, 0
			}
			n = j.pos - from
			j.pos, j.budget, j.keepName = from, budget, kept
		}
		x.from, x.to, x.at = j.pos, j.pos+n, 0
	}
	if x.lost {
		return nil, 0
	}
	v := x.check
	v.program = u.Contract.program
	off := uint32(j.pos - x.from)
	if x.at >= len(v.entries) || v.entries[x.at].off > off {
		x.at = 0
	}
	n, _ := slices.BinarySearchFunc(v.entries[x.at:], off, func(e jsonEntry, off uint32) int { return cmp.Compare(e.off, off) })
	x.at += n
	return v, x.at
}

// drop ends what is known of a payload.
func (x *jsonJudge) drop() {
	if x.check != nil {
		x.check.report, x.check.jsonDoc = jsonReport{}, jsonDoc{}
		jsonChecks.Put(x.check)
	}
	*x = jsonJudge{}
}
