package wire

// jsonBranches are the alternatives of anyOf or oneOf, sorted by what a value
// shows at once, so that a branch that cannot match is never evaluated.
type jsonBranches struct {
	keyword Code
	all     []*jsonNode
	// byKind are the branches that can admit a kind of value.
	byKind [8][]*jsonNode
	teller *jsonTeller[*jsonNode] // tells the branches for objects apart; nil: nothing does
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
	list, _ := b.teller.branches(v, i)
	return list
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
	var objects []jsonToldBranch[*jsonNode]
	for k, r := range refs {
		admits := p.program.tellers.admits[r]
		for kind := range b.byKind {
			if admits&(1<<kind) != 0 {
				b.byKind[kind] = append(b.byKind[kind], b.all[k])
			}
		}
		if admits&(1<<jsonObject) != 0 {
			objects = append(objects, jsonToldBranch[*jsonNode]{b.all[k], p.program.tellers.tells(r)})
		}
	}
	if len(objects) > 1 {
		b.teller = newJSONTeller(objects)
	}
	return b
}
