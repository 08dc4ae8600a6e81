package wire

import (
	"fmt"
	"strings"
)

// This file says what a content model expects, and finds the way back into it
// after a violation.

// free tells whether a step of an xs:all group has not been taken, or one of a
// state with parts may come next.
func (v *xmlCheck) free(f *xmlFrame, g int32) bool {
	if m := v.t.states[f.state].model; m != nil {
		return m.reachable(f.at(), v.t.steps[g].slot)
	}
	i := int(v.t.steps[g].slot)
	if i < 64 {
		return f.seen>>i&1 == 0
	}
	i -= 64
	return i>>6 >= len(f.rest) || f.rest[i>>6]>>(i&63)&1 == 0
}

// mark takes a step of an xs:all group or of a state with parts.
func (v *xmlCheck) mark(f *xmlFrame, g int32) {
	if m := v.t.states[f.state].model; m != nil {
		m.follow(f.at(), v.t.steps[g].slot)
		if f.places.lost {
			f.places.lost = false
			v.violate(v.pos, "unsupported", "the repetitions in the content model can be counted in too many ways")
		}
		return
	}
	i := int(v.t.steps[g].slot)
	if i < 64 {
		f.seen |= 1 << i
		return
	}
	i -= 64
	for i>>6 >= len(f.rest) {
		f.rest = append(f.rest, 0)
	}
	f.rest[i>>6] |= 1 << (i & 63)
}

// allTaken tells whether the content may end in an xs:all group or in a state
// with parts.
func (v *xmlCheck) allTaken(f *xmlFrame) bool {
	s := &v.t.states[f.state]
	if s.model != nil {
		return s.model.ends(f.at())
	}
	if s.blank && f.seen == 0 && len(f.rest) == 0 {
		return true
	}
	for g := s.lo; g < s.hi; g++ {
		if v.t.steps[g].required && v.free(f, g) {
			return false
		}
	}
	return true
}

// unexpected records that an element cannot stand where it does, and finds out
// where to go on: in order, behind the elements that seem to be missing before
// it; where f is, with the element checked against the declaration that the
// content model has elsewhere; where f is, with the element skipped, for which
// it returns 0.
func (v *xmlCheck) unexpected(f *xmlFrame, name xmlName, at int) int32 {
	if len(v.found) == MaxViolations {
		v.more++
		return 0
	}
	ahead, far, elsewhere := v.find(f, v.t.names[name])
	if ahead != 0 && f.stray && far == 1 {
		// The unknown element before it stood for the one that is missing.
		v.take(f, ahead)
		return ahead
	}
	expected, code := v.expected(f), Code("cvc-complex-type.2.4.a")
	if expected == "" {
		code, expected = "cvc-complex-type.2.4.d", "no further element"
	}
	again := ""
	if elsewhere != 0 && v.t.steps[elsewhere].inAll && v.t.states[f.state].model == nil {
		again = " again"
	}
	v.violate(at, code, fmt.Sprintf("element %s cannot stand here%s, expected %s", v.spelled(name), again, expected))
	switch {
	case ahead != 0:
		v.take(f, ahead)
		return ahead
	case elsewhere == 0:
		f.stray = true
	}
	return elsewhere
}

// find looks for an element in the states ahead of f, the nearest first, and
// how many steps would have to be left out to get there; failing that, in the
// rest of the content model.
func (v *xmlCheck) find(f *xmlFrame, name int32) (ahead int32, far int, elsewhere int32) {
	if name == 0 || f.state == 0 {
		return 0, 0, 0
	}
	ahead, far = v.search(f.state, name)
	if ahead == 0 || v.t.steps[ahead].inAll {
		elsewhere, _ = v.search(int32(f.typ.Start), name)
		return 0, 0, elsewhere
	}
	return ahead, far, 0
}

// search walks over the states from one on, breadth first, to a step on a name.
func (v *xmlCheck) search(from, name int32) (step int32, far int) {
	t := v.t
	seen := map[int32]bool{from: true}
	for wave := []int32{from}; len(wave) > 0; far++ {
		var next []int32
		for _, n := range wave {
			for ; n != 0; n = t.states[n].els {
				for g := t.states[n].lo; g < t.states[n].hi; g++ {
					s := &t.steps[g]
					if s.wildcard == 0 && s.name == name {
						return g, far
					}
					if !seen[s.to] {
						seen[s.to] = true
						next = append(next, s.to)
					}
				}
			}
		}
		wave = next
	}
	return 0, 0
}

// nearEnd tells whether one more element would let the content end.
func (v *xmlCheck) nearEnd(f *xmlFrame) bool {
	t := v.t
	if t.states[f.state].model != nil {
		return false
	}
	if t.states[f.state].all {
		missing := 0
		for g := t.states[f.state].lo; g < t.states[f.state].hi; g++ {
			if t.steps[g].required && v.free(f, g) {
				missing++
			}
		}
		return missing <= 1
	}
	if f.counting && f.count+1 < t.states[f.state].min {
		return false
	}
	for n := f.state; n != 0; n = t.states[n].els {
		for g := t.states[n].lo; g < t.states[n].hi; g++ {
			if t.states[t.steps[g].to].final {
				return true
			}
		}
	}
	return false
}

// expected lists what the content model of f expects, for a message; "" for
// nothing but the end.
func (v *xmlCheck) expected(f *xmlFrame) string {
	t := v.t
	var names []string
	missing := t.states[f.state].all && t.states[f.state].model == nil
	for pass := 0; pass < 2 && len(names) == 0; pass++ {
		for n := f.state; n != 0; n = t.states[n].els {
			for g := t.states[n].lo; g < t.states[n].hi; g++ {
				switch s := &t.steps[g]; {
				case !v.allowed(f, g):
				case s.wildcard != 0:
					names = append(names, t.wild[s.wildcard].describe())
				case s.decl.Abstract, missing && pass == 0 && !s.required:
				default:
					names = append(names, v.spelled(xmlName{s.decl.Space, s.decl.Name}))
				}
			}
		}
		if !missing {
			break
		}
	}
	return either(names)
}

// rootNames lists what the root element may be, for a message: those of its
// local name where there are any, for then only the namespace is wrong.
func (v *xmlCheck) rootNames(local string) string {
	if d := v.t.root; d != nil {
		return xmlName{d.Space, d.Name}.String()
	}
	var names, namesakes []string
	for i := range v.t.elements {
		d := &v.t.elements[i]
		if d.XMLElement == nil || d.Abstract {
			continue
		}
		if n := (xmlName{d.Space, d.Name}); v.t.roots[n] == d {
			names = append(names, n.String())
			if d.Name == local {
				namesakes = append(namesakes, n.String())
			}
		}
	}
	switch {
	case len(namesakes) > 0:
		return either(namesakes)
	case len(names) == 0:
		return "one that says its type with xsi:type: no element is declared"
	}
	return either(names)
}

// spelled writes the name of an element as it can be written in the payload
// where it is: without a prefix in the default namespace, with a prefix where
// one is declared, and with its namespace otherwise.
func (v *xmlCheck) spelled(n xmlName) string {
	if n.space == v.space {
		return excerptName(n.local)
	}
	if n.space == "" {
		return excerptName(n.local) + " (of no namespace)"
	}
	for i := len(v.bindings) - 1; i >= 0; i-- {
		if b := &v.bindings[i]; b.space == n.space && b.prefix != "" {
			if space, _ := v.lookup(b.prefix); space == n.space {
				return excerptName(b.prefix) + ":" + excerptName(n.local)
			}
		}
	}
	return n.String()
}

// either writes names for a message: a few of them.
func either(names []string) string {
	const shown = 12
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return names[0]
	case n > shown:
		return strings.Join(names[:shown], ", ") + fmt.Sprintf(" or one of %d more", n-shown)
	default:
		return strings.Join(names[:n-1], ", ") + " or " + names[n-1]
	}
}
