package wire

// This file checks a payload while it is read, where that can be. From the root
// down, properties, additionalProperties and items hand every value the schema
// that it has to satisfy: a scalar is checked when it has been read, and an
// object counts the members that it requires. All else that a schema says of a
// container, its rest, is evaluated when the container is closed.
//
// A payload that breaks a rule is read to its end, in case it is no JSON, and
// evaluated again from the root, explaining.

// jsonDuty is what a container has to satisfy while it is open.
type jsonDuty struct {
	members *jsonObjectRules // its members' schemas; nil: there are none
	items   *jsonNode        // its items' schema; nil: there is none
	missing int              // required members that have not come yet
	rest    *jsonNode        // to evaluate when it is closed; nil: nothing
}

// jsonMemberDuty is what members says of a name.
type jsonMemberDuty struct {
	members  *jsonObjectRules
	node     *jsonNode // what the value must satisfy; nil: nothing
	required int       // 1 or 0
}

// take makes n what the container that begins has to satisfy. It returns false if
// n does not admit one.
func (d *jsonDuty) take(n *jsonNode, kind uint32) bool {
	n = n.of(kind)
	bit := uint8(1) << kind
	switch {
	case n.types&bit == 0:
		return false
	case n.work&bit == 0:
		return true
	case n.rest == nil:
		d.rest = n
		return true
	case kind == jsonArray && n.arr != nil:
		d.items = n.arr.items
	case kind == jsonObject && n.obj != nil:
		d.members, d.missing = n.obj, n.obj.required
	}
	if n.rest.work&bit != 0 {
		d.rest = n.rest
	}
	return true
}

// find returns what members says of the name of a member.
func (d *jsonDuty) find(x *jsonDoc, e *jsonEntry) jsonMemberDuty {
	r := d.members
	if r == nil {
		return jsonMemberDuty{}
	}
	m := jsonMemberDuty{members: r, node: r.additional}
	if k := r.names.find(x, e); k >= 0 {
		rule := &r.members[k]
		m.required = rule.required
		if rule.declared {
			m.node = rule.node
		}
	}
	return m
}

// evalRest evaluates what is left for the container that has been read up to p.
func (v *jsonCheck) evalRest(f *jsonFrame, p int) bool {
	v.settle(p)
	ok := v.eval(f.rest, int(f.at), false)
	v.entries = v.space
	return ok
}

// giveUp stops checking what is open up to the depth: a rule is broken.
func (v *jsonCheck) giveUp(depth int) {
	v.broken = true
	for i := range v.open[:depth+1] {
		v.open[i].jsonDuty = jsonDuty{}
	}
}

// jsonNoRest is the rest of a schema that has none.
var jsonNoRest jsonNode

// rest prepares n's rest.
func (p *jsonPreparer) rest(n *jsonNode) {
	a, o := n.arr, n.obj
	if p.program.anchors != nil || n.tracks || a == nil && o == nil ||
		a != nil && len(a.prefix) > 0 || o != nil && len(o.patterns) > 0 {
		return
	}
	work := uint8(0)
	if !n.plain {
		work = n.work
	}
	if a != nil && a.whole() {
		work |= 1 << jsonArray
	}
	if o != nil && o.whole() {
		work |= 1 << jsonObject
	}
	if work == 0 {
		n.rest = &jsonNoRest
		return
	}
	r := *n
	r.work = work
	if a != nil {
		list := *a
		list.items = nil
		r.arr = &list
	}
	if o != nil {
		object := *o
		object.names, object.members, object.required, object.additional = newJSONNames(nil), nil, 0, nil
		r.obj = &object
	}
	n.rest = &r
}
