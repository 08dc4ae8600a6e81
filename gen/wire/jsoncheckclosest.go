package wire

import (
	"cmp"
	"math"
	"slices"
)

// This file finds out which of several alternatives a value comes closest to that
// matches none: the one that was meant. Its faults are what a violation says, and
// it is the variant of a union that a decoder takes the value for.

// jsonAttempt is what stands against a value by one alternative.
type jsonAttempt struct {
	branch int // which of the alternatives it is
	found  []jsonViolation
	missed int // violations that are not in found
	wrong  int // faults of the value itself, parts that have some or are unknown
}

// nearer tells whether a comes nearer to a match than b: less is wrong, or it
// gets further before something is. A part with many faults counts as one: deep
// down, values differ that are of the same kind.
func (a *jsonAttempt) nearer(b *jsonAttempt) bool {
	if len(b.found) == 0 {
		return true
	}
	return cmp.Or(
		cmp.Compare(a.wrong, b.wrong),
		cmp.Compare(b.found[0].off, a.found[0].off),
		cmp.Compare(len(a.found)+a.missed, len(b.found)+b.missed),
	) < 0
}

// wrong counts the faults of the value at entry i itself, and its parts that
// have some. found is sorted.
func (v *jsonCheck) wrong(found []jsonViolation, i int) (n int) {
	for n < len(found) && found[n].off <= int(v.entries[i].off) {
		n++
	}
	found = found[n:]
	if v.entries[i].kind() < jsonArray {
		return n
	}
	end := int(v.entries[i].end)
	for m := i + 1; m < end && len(found) > 0; {
		m = jsonNext(v.entries, m)
		behind := math.MaxInt // where the next part begins
		if m < end {
			if behind = int(v.entries[m].off); v.entries[i].kind() == jsonObject {
				behind = int(v.entries[m].name) - 1
			}
		}
		if found[0].off < behind {
			n++
		}
		for len(found) > 0 && found[0].off < behind {
			found = found[1:]
		}
	}
	return n
}

// strange counts the members of an object that a schema knows nothing of and
// admits all the same. Where it does not admit them, they are faults.
func (v *jsonCheck) strange(n *jsonNode, i int) (count int) {
	if v.entries[i].kind() != jsonObject {
		return 0
	}
	var known []*jsonObjectRules
	if steps := closeSteps; !n.objectRules(&known, &steps) {
		return 0
	}
	for m := i + 1; m < int(v.entries[i].end); m = jsonNext(v.entries, m) {
		e := &v.entries[m]
		if !slices.ContainsFunc(known, func(o *jsonObjectRules) bool { return o.names.find(&v.jsonDoc, e) >= 0 }) {
			count++
		}
	}
	return count
}

// objectRules collects the rules for objects of a schema and of all that may hold
// together with it. It returns false if they say something of any member.
func (n *jsonNode) objectRules(rules *[]*jsonObjectRules, steps *int) bool {
	if *steps--; *steps < 0 {
		return false
	}
	if o := n.obj; o != nil {
		if o.additional != nil || o.unevaluated != nil || len(o.patterns) > 0 {
			return false
		}
		*rules = append(*rules, o)
	}
	if n.place == nil {
		return true
	}
	all := n.place.allOf
	if n.place.ref != nil {
		all = append(all[:len(all):len(all)], n.place.ref)
	}
	for _, b := range []*jsonBranches{n.place.anyOf, n.place.oneOf} {
		if b != nil {
			all = append(all[:len(all):len(all)], b.byKind[jsonObject]...)
		}
	}
	for _, s := range all {
		if !s.objectRules(rules, steps) {
			return false
		}
	}
	return true
}

// attempts evaluates alternatives that do not match, one by one. It leaves
// nothing in the report.
func (v *jsonCheck) attempts(list []*jsonNode, i int, yield func(*jsonAttempt)) {
	r := &v.report
	section, missed, beyond, from := r.section, r.missed, r.beyond, len(r.found)
	for k, s := range list {
		r.section = from
		r.missed, r.beyond = 0, 0
		r.tentative++
		v.eval(s, i, false)
		r.tentative--
		r.pick()
		if mine := r.found[from:]; len(mine) > 0 {
			yield(&jsonAttempt{k, mine, r.missed, v.wrong(mine, i) + r.beyond + v.strange(s, i)})
		}
		r.found = r.found[:from]
	}
	r.section, r.missed, r.beyond = section, missed, beyond
}

// nearest returns the attempt that comes nearest to a match: by the alternative
// that was meant.
func (v *jsonCheck) nearest(list []*jsonNode, i int) (best jsonAttempt) {
	v.attempts(list, i, func(a *jsonAttempt) {
		if a.nearer(&best) {
			best = *a
			best.found = slices.Clone(a.found)
		}
	})
	return best
}

// closeSteps is how many schemas are asked how close an object comes to one.
const closeSteps = 256

// faults counts what an object's members have against a schema: those that are
// missing, not allowed, or of another type or value. It looks no deeper, so that
// it costs little however many objects a payload has that nothing admits.
func (v *jsonCheck) faults(n *jsonNode, i int, steps *int) (count int) {
	if *steps--; *steps < 0 || v.entries[i].kind() != jsonObject {
		return 0
	}
	if o := n.obj; o != nil {
		count = o.required
		for m := i + 1; m < int(v.entries[i].end); m = jsonNext(v.entries, m) {
			rule := o.additional
			if len(o.patterns) > 0 {
				rule = nil
			}
			if k := o.names.find(&v.jsonDoc, &v.entries[m]); k >= 0 {
				if count -= o.members[k].required; o.members[k].declared {
					rule = o.members[k].node
				}
			}
			if rule != nil && v.differs(rule, m) {
				count++
			}
		}
	}
	if n.place == nil {
		return count
	}
	if n.place.ref != nil {
		count += v.faults(v.target(n.place), i, steps)
	}
	for _, s := range n.place.allOf {
		count += v.faults(s, i, steps)
	}
	for _, b := range []*jsonBranches{n.place.anyOf, n.place.oneOf} {
		if b == nil {
			continue
		}
		list := b.candidates(v, i, jsonObject)
		if len(list) == 0 {
			list = b.byKind[jsonObject]
		}
		least := math.MaxInt16
		for _, s := range list {
			least = min(least, v.faults(s, i, steps))
		}
		count += least
	}
	return count
}

// differs tells whether a value is of a type that a schema does not admit, or a
// scalar that it does not.
func (v *jsonCheck) differs(n *jsonNode, i int) bool {
	kind := v.entries[i].kind()
	if kind < jsonArray {
		return !v.asks(n, i, false)
	}
	for n.types&(1<<kind) != 0 {
		if n.place == nil || n.place.ref == nil || n.place.anchor != "" {
			return false
		}
		n = n.place.ref
	}
	return true
}

// closest returns the variant that the value at entry i comes closest to: by its
// members, and where these do not tell, by all that is in them. The latter is tried
// for so many steps in a payload.
func (v *jsonCheck) closest(u *Union, list []int, i int) int {
	var nodes []*jsonNode
	var tied []int
	least := math.MaxInt
	for _, k := range list {
		steps := closeSteps
		n := u.nodes[k]
		d := v.faults(n, i, &steps) + v.strange(n, i)
		if d < least {
			least, nodes, tied = d, nodes[:0], tied[:0]
		}
		if d == least {
			nodes, tied = append(nodes, n), append(tied, k)
		}
	}
	if len(tied) == 1 {
		return tied[0]
	}
	v.report = jsonReport{horizon: math.MaxInt, steps: v.report.steps}
	v.explaining = true
	best := v.nearest(nodes, i)
	v.explaining = false
	v.report.found = nil
	return tied[best.branch]
}
