package wire

import (
	"slices"
)

// jsonBranches are the alternatives of anyOf or oneOf, sorted by what a value
// shows at once, so that a branch that cannot match is never evaluated.
type jsonBranches struct {
	keyword Code
	all     []*jsonNode
	// byKind are the branches that can admit a kind of value.
	byKind [8][]*jsonNode
	teller *jsonTeller // tells the branches for objects apart; nil: nothing does
}

// jsonTeller is a member whose constant value tells branches apart.
type jsonTeller struct {
	name string
	// byValue are the branches that can admit an object with that string, other
	// those that can with any other value, and absent those that can without
	// the member.
	byValue map[string][]*jsonNode
	other   []*jsonNode
	absent  []*jsonNode
	values  []string // in the contract's order
}

// evalPlace evaluates the schemas that hold for the same value.
func (v *jsonCheck) evalPlace(n *jsonNode, i int, kind uint32, track bool) bool {
	r, ok := n.place, true
	if r.ref != nil && !v.eval(v.target(r), i, track) {
		if !v.explaining {
			return false
		}
		ok = false
	}
	for _, s := range r.allOf {
		if !v.eval(s, i, track) {
			if !v.explaining {
				return false
			}
			ok = false
		}
	}
	if r.anyOf != nil && !v.evalAny(n, r.anyOf, i, kind, track) {
		if !v.explaining {
			return false
		}
		ok = false
	}
	if r.oneOf != nil && !v.evalOne(n, r.oneOf, i, kind, track) {
		if !v.explaining {
			return false
		}
		ok = false
	}
	if r.not != nil && v.asks(r.not, i, false) {
		if !v.explaining {
			return false
		}
		ok = v.unwantedMatch(n, i)
	}
	if r.if_ != nil {
		branch := r.then
		if mark := len(v.evaluated); !v.asks(r.if_, i, track) {
			v.evaluated = v.evaluated[:mark]
			branch = r.else_
		}
		if branch != nil && !v.eval(branch, i, track) {
			if !v.explaining {
				return false
			}
			ok = false
		}
	}
	if kind == jsonObject {
		for k := range r.dependent {
			d := &r.dependent[k]
			if v.member(i, d.name) != 0 && !v.eval(d.node, i, track) {
				if !v.explaining {
					return false
				}
				ok = false
			}
		}
	}
	return ok
}

// target returns the schema that a reference means: of a dynamic one, the
// anchor's in the outermost resource that has it (JSON Schema Core 2020-12,
// section 8.2.3.2).
func (v *jsonCheck) target(r *jsonPlaceRules) *jsonNode {
	if r.anchor == "" {
		return r.ref
	}
	for _, resource := range v.scope {
		if n := v.program.anchors[jsonAnchor{resource, r.anchor}]; n != nil {
			return n
		}
	}
	return r.ref
}

// candidates returns the branches that the value can match.
func (b *jsonBranches) candidates(v *jsonCheck, i int, kind uint32) []*jsonNode {
	if kind != jsonObject || b.teller == nil {
		return b.byKind[kind]
	}
	t := b.teller
	m := v.member(i, t.name)
	if m == 0 {
		return t.absent
	}
	e := &v.entries[m]
	if e.kind() != jsonString {
		return t.other
	}
	if list, ok := t.byValue[string(v.str(e))]; ok {
		return list
	}
	return t.other
}

func (v *jsonCheck) evalAny(n *jsonNode, b *jsonBranches, i int, kind uint32, track bool) bool {
	list := b.candidates(v, i, kind)
	if len(list) == 1 {
		return v.eval(list[0], i, track)
	}
	ok := false
	for _, s := range list {
		mark := len(v.evaluated)
		if !v.asks(s, i, track) {
			v.evaluated = v.evaluated[:mark]
			continue
		}
		if !track {
			return true
		}
		ok = true // the other branches may evaluate more of the value
	}
	return ok || v.explaining && v.noBranch(n, b, list, i, kind)
}

func (v *jsonCheck) evalOne(n *jsonNode, b *jsonBranches, i int, kind uint32, track bool) bool {
	list := b.candidates(v, i, kind)
	if len(list) == 1 {
		return v.eval(list[0], i, track)
	}
	first := (*jsonNode)(nil)
	for _, s := range list {
		mark := len(v.evaluated)
		if !v.asks(s, i, track) {
			v.evaluated = v.evaluated[:mark]
			continue
		}
		if first != nil {
			return v.explaining && v.twoBranches(n, b, first, s, i)
		}
		first = s
	}
	return first != nil || v.explaining && v.noBranch(n, b, list, i, kind)
}

// branches prepares the alternatives of a schema.
func (p *jsonPreparer) branches(n *jsonNode, s *JSONSchema) {
	if n.place == nil {
		return
	}
	n.place.anyOf = p.branch("anyOf", s.AnyOf)
	n.place.oneOf = p.branch("oneOf", s.OneOf)
	if p.err == nil {
		n.only = p.only(n)
	}
}

// only returns the branches that alone can match a kind of value, if n says
// nothing but that one of its branches must.
func (p *jsonPreparer) only(n *jsonNode) *[8]*jsonNode {
	r := n.place
	b := r.anyOf
	if b == nil {
		b = r.oneOf
	}
	if b == nil || r.anyOf != nil && r.oneOf != nil || p.program.anchors != nil ||
		n.types != jsonAllKinds || n.constant != nil || n.enum != nil || n.str != nil || n.num != nil || n.arr != nil || n.obj != nil ||
		r.ref != nil || len(r.allOf) > 0 || r.not != nil || r.if_ != nil || len(r.dependent) > 0 {
		return nil
	}
	only, some := new([8]*jsonNode), false
	for kind, list := range b.byKind {
		if len(list) == 1 {
			only[kind], some = list[0], true
		}
	}
	if !some {
		return nil
	}
	return only
}

func (p *jsonPreparer) branch(keyword Code, refs []int) *jsonBranches {
	if len(refs) == 0 || p.err != nil {
		return nil
	}
	b := &jsonBranches{keyword: keyword, all: p.list(refs)}
	for kind := range b.byKind {
		for k, r := range refs {
			if p.admits[r]&(1<<kind) != 0 {
				b.byKind[kind] = append(b.byKind[kind], b.all[k])
			}
		}
	}
	if len(b.byKind[jsonObject]) > 1 {
		b.teller = newJSONTeller(b.byKind[jsonObject])
	}
	return b
}

// newJSONTeller looks for the member that tells the most branches apart, and
// returns nil when none does.
func newJSONTeller(nodes []*jsonNode) *jsonTeller {
	var names []string
	told := make(map[string]int) // how many branches a name has constants in
	for _, n := range nodes {
		for _, name := range n.constants(nil) {
			if told[name]++; told[name] == 1 {
				names = append(names, name)
			}
		}
	}
	var best *jsonTeller
	longest := len(nodes)
	for _, name := range names {
		if told[name] < 2 {
			continue
		}
		t := newJSONTellerBy(name, nodes)
		most := len(t.other)
		for _, list := range t.byValue {
			most = max(most, len(list))
		}
		if most < longest {
			best, longest = t, most
		}
	}
	return best
}

func newJSONTellerBy(name string, nodes []*jsonNode) *jsonTeller {
	t := &jsonTeller{name: name, byValue: make(map[string][]*jsonNode)}
	for _, n := range nodes {
		if values := n.stringsOf(name); values != nil {
			for _, s := range values.strings {
				if _, ok := t.byValue[s]; !ok {
					t.byValue[s] = nil
					t.values = append(t.values, s)
				}
			}
		}
	}
	for _, n := range nodes {
		values := n.stringsOf(name)
		for _, s := range t.values {
			if values == nil || slices.Contains(values.strings, s) {
				t.byValue[s] = append(t.byValue[s], n)
			}
		}
		if values == nil || len(values.others) > 0 {
			t.other = append(t.other, n)
		}
		if !n.requires(name) {
			t.absent = append(t.absent, n)
		}
	}
	return t
}

// own calls f for a node and the nodes that must hold together with it, until
// it returns true.
func (n *jsonNode) own(f func(*jsonNode) bool) bool {
	if f(n) {
		return true
	}
	if n.place == nil {
		return false
	}
	if n.place.ref != nil && n.place.anchor == "" && n.place.ref.own(f) {
		return true
	}
	for _, s := range n.place.allOf {
		if s.own(f) {
			return true
		}
	}
	return false
}

// constants appends the names of the members whose values must be one of some
// strings.
func (n *jsonNode) constants(names []string) []string {
	n.own(func(n *jsonNode) bool {
		if n.obj != nil {
			for k := range n.obj.members {
				name := n.obj.names.list[k].text
				if n.memberValues(k) != nil && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		return false
	})
	return names
}

// stringsOf returns the values that a member must have, nil when it may have
// any.
func (n *jsonNode) stringsOf(name string) (values *jsonValues) {
	n.own(func(n *jsonNode) bool {
		if n.obj != nil {
			for k := range n.obj.members {
				if n.obj.names.list[k].text == name {
					values = n.memberValues(k)
				}
			}
		}
		return values != nil
	})
	return values
}

// memberValues returns the const or enum of a member, if its values are all
// strings or nearly so.
func (n *jsonNode) memberValues(k int) *jsonValues {
	m := n.obj.members[k].node
	if m == nil {
		return nil
	}
	values := m.constant
	if values == nil {
		values = m.enum
	}
	if values == nil || len(values.strings) == 0 {
		return nil
	}
	return values
}

// requires tells whether an object must have a member of that name.
func (n *jsonNode) requires(name string) bool {
	return n.own(func(n *jsonNode) bool {
		return n.schema != nil && slices.Contains(n.schema.Required, name)
	})
}
