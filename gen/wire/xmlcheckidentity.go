package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// This file enforces identity constraints: xs:unique, xs:key and xs:keyref
// (Part 1, section 3.11). Nothing of it is at work outside of elements that
// declare some.

// xmlIdentity is an identity constraint, prepared.
type xmlIdentity struct {
	*XMLIdentity
	referred bool // a keyref refers to it
	// light says that only elements with attributes matter, wherever they are.
	light bool
}

// xmlTracker is what a validator knows of the elements that are constrained.
type xmlTracker struct {
	// path are the names of the open elements from the outermost one on that
	// declares constraints.
	path []xmlName
	// strict counts the scopes that are not light. Where there are none, elements
	// without attributes are not tracked.
	strict  int
	scopes  []xmlScope
	targets []xmlTarget
	holders []xmlHolder
	// keys are, by key, the values that it has in elements that are closed, with
	// where the last of these began.
	keys []map[string]int
}

// xmlScope is an open element that declares a constraint.
type xmlScope struct {
	id    int
	level int // in path
	at    int
	seen  map[string]struct{}
	refs  []xmlRef
}

// xmlTarget is an open element that a selector has found.
type xmlTarget struct {
	scope  int
	level  int
	at     int
	fields []xmlField
}

// xmlField is a value of a target.
type xmlField struct {
	state xmlValueState
	key   string
}

// xmlHolder is an open element whose text is the value of a field.
type xmlHolder struct {
	target, field, level int
}

// xmlValueState says what stands in a field.
type xmlValueState uint8

const (
	xmlAbsent  xmlValueState = iota // nothing so far
	xmlKeyed                        // a value
	xmlNil                          // xsi:nil
	xmlInvalid                      // something that has been complained about
	xmlNoValue                      // elements
)

func (x *xmlTracker) forget() {
	clear(x.path[:cap(x.path)])
	clear(x.scopes[:cap(x.scopes)])
	clear(x.targets[:cap(x.targets)])
	x.path, x.scopes, x.targets, x.holders = x.path[:0], x.scopes[:0], x.targets[:0], x.holders[:0]
	x.keys, x.strict = nil, 0
}

func (t *xmlTables) prepareIdentities(c *XMLContract) error {
	t.identity = make([]xmlIdentity, max(1, len(c.Identities)))
	for i := 1; i < len(c.Identities); i++ {
		id := &c.Identities[i]
		t.identity[i].XMLIdentity = id
		if len(id.Selector) == 0 || len(id.Fields) == 0 {
			return &XMLTableError{"Identities", i, errors.New("there is no selector or no field")}
		}
		if id.Kind != XMLKeyRef {
			continue
		}
		if id.Refer <= 0 || id.Refer >= len(c.Identities) || c.Identities[id.Refer].Kind == XMLKeyRef ||
			len(c.Identities[id.Refer].Fields) != len(id.Fields) {
			return &XMLTableError{"Identities", i, fmt.Errorf("there is no key %d of as many fields", id.Refer)}
		}
		t.identity[id.Refer].referred = true
	}
	for i := 1; i < len(t.identity); i++ {
		id := &t.identity[i]
		id.light = !id.referred && id.XMLIdentity.light()
	}
	for i := 1; i < len(c.Elements); i++ {
		for _, id := range c.Elements[i].Identities {
			if id <= 0 || id >= len(c.Identities) {
				return &XMLTableError{"Elements", i, fmt.Errorf("there is no identity constraint %d", id)}
			}
		}
	}
	return nil
}

// light tells whether a constraint is about attributes of elements at any depth,
// and asks nothing of elements that have none.
func (id *XMLIdentity) light() bool {
	return id.Kind == XMLUnique &&
		!slices.ContainsFunc(id.Selector, func(p XMLPath) bool { return !p.Deep || len(p.Steps) != 1 || p.Steps[0].Attribute }) &&
		!slices.ContainsFunc(id.Fields, func(paths []XMLPath) bool {
			return slices.ContainsFunc(paths, func(p XMLPath) bool { return p.Deep || len(p.Steps) != 1 || !p.Steps[0].Attribute })
		})
}

// matches tells whether a path leads over the names.
func (p *XMLPath) matches(steps []XMLPathStep, names []xmlName) bool {
	if len(names) < len(steps) || !p.Deep && len(names) > len(steps) {
		return false
	}
	names = names[len(names)-len(steps):]
	for i := len(steps) - 1; i >= 0; i-- { // the last one differs most often
		if !steps[i].admits(names[i].space, names[i].local) {
			return false
		}
	}
	return true
}

func (s *XMLPathStep) admits(space, local string) bool {
	return (s.Name == "*" || s.Name == local) && (s.AnySpace || s.Space == space)
}

// track notes the element whose start tag was read last, if there are
// constraints that it can be part of. untrack follows at its end.
func (v *xmlCheck) track(d *xmlDecl, typ *xmlTypeInfo, at int) {
	if len(v.path) == 0 && (d == nil || len(d.Identities) == 0) {
		return
	}
	level := len(v.path)
	v.path = append(v.path, v.current)
	if d != nil {
		for _, id := range d.Identities {
			v.scopes = append(v.scopes, xmlScope{id: id, level: level, at: at})
			if !v.t.identity[id].light {
				v.strict++
			}
		}
	}
	for i := range v.scopes {
		s := &v.scopes[i]
		id := &v.t.identity[s.id]
		for k := range id.Selector {
			if p := &id.Selector[k]; p.matches(p.Steps, v.path[s.level+1:]) {
				v.targets = append(v.targets, xmlTarget{scope: i, level: level, at: at, fields: make([]xmlField, len(id.Fields))})
				break
			}
		}
	}
	for i := range v.targets {
		t := &v.targets[i]
		id := &v.t.identity[v.scopes[t.scope].id]
		for f := range id.Fields {
			v.trackField(typ, i, f, id.Fields[f], v.path[t.level+1:])
		}
	}
}

// trackField finds out whether the element, or attributes of it, are a field
// of a target.
func (v *xmlCheck) trackField(typ *xmlTypeInfo, target, field int, paths []XMLPath, names []xmlName) {
	var steps []*XMLPathStep // the attributes that are fields
	found := false
	for k := range paths {
		p := &paths[k]
		n := len(p.Steps)
		if n > 0 && p.Steps[n-1].Attribute {
			if p.matches(p.Steps[:n-1], names) {
				steps = append(steps, &p.Steps[n-1])
			}
			continue
		}
		if !found && p.matches(p.Steps, names) {
			found = true
			v.holders = append(v.holders, xmlHolder{target, field, len(v.path) - 1})
		}
	}
	if steps != nil {
		v.trackAttributes(typ, target, field, steps)
	}
}

// trackAttributes takes the attributes that one of the steps admits as a
// field's value. Those that have a default count where they are not given.
func (v *xmlCheck) trackAttributes(typ *xmlTypeInfo, target, field int, steps []*XMLPathStep) {
	admitted := func(space, local string) bool {
		return slices.ContainsFunc(steps, func(s *XMLPathStep) bool { return s.admits(space, local) })
	}
	if v.special&attrs != 0 {
		for i := range v.attrs {
			a := &v.attrs[i]
			if a.declares || !admitted(a.space, a.local) {
				continue
			}
			simple := v.t.typeNames[xmlName{xsdSpace, "anySimpleType"}].simple
			if u := typ.use(a.space, a.local); u != nil {
				simple = u.simple
			} else if u := v.t.attrs[xmlName{a.space, a.local}]; u != nil {
				simple = u.simple
			}
			key, state := v.textKey(simple, a.value)
			v.setField(target, field, key, state, a.at)
		}
	}
	for i := range typ.uses {
		u := &typ.uses[i]
		if u.Given == 0 || !admitted(u.Space, u.Name) || v.given(u) {
			continue
		}
		key := u.fixed
		if u.simple.kind != kindUnion {
			key = string(rune(u.simple.kind)) + key
		}
		v.setField(target, field, []byte(key), xmlKeyed, v.nameAt)
	}
}

// use returns the attribute use of that name, or nil.
func (t *xmlTypeInfo) use(space, local string) *xmlUse {
	for i := range t.uses {
		if u := &t.uses[i]; u.Name == local && u.Space == space {
			return u
		}
	}
	return nil
}

// textKey returns what a text shares with those that are equal to it, whatever
// their types.
func (v *xmlCheck) textKey(t *xmlSimple, text string) ([]byte, xmlValueState) {
	if !v.checkValue(t, text, -1) {
		return nil, xmlInvalid
	}
	key := v.key[:0]
	if t.kind != kindUnion {
		key = append(key, byte(t.kind))
		text = normalise(t.space, text)
	}
	key, ok := v.appendKey(key, t, text)
	v.key = key[:0]
	if !ok {
		return nil, xmlInvalid
	}
	return key, xmlKeyed
}

// givenKey is textKey of the value that a declaration gives an element, in which
// prefixes stand for what they do in the schema.
func (v *xmlCheck) givenKey(d *xmlDecl, typ *xmlTypeInfo) ([]byte, xmlValueState) {
	outer := v.bindings
	v.bindings = d.prefixes
	key, state := v.textKey(typ.simple, d.Value)
	v.bindings = outer
	return key, state
}

// setField sets the value of a field.
func (v *xmlCheck) setField(target, field int, key []byte, state xmlValueState, at int) {
	t := &v.targets[target]
	f := &t.fields[field]
	id := &v.t.identity[v.scopes[t.scope].id]
	switch {
	case f.state == xmlInvalid:
	case f.state != xmlAbsent:
		v.violate(at, "cvc-identity-constraint.3", fmt.Sprintf("a second value of field %d of %s", field+1, id.Name))
		f.state = xmlInvalid
	case state == xmlNoValue:
		v.violate(at, "cvc-identity-constraint.3", fmt.Sprintf("elements where field %d of %s must have a value", field+1, id.Name))
		f.state = xmlInvalid
	default:
		f.state, f.key = state, string(key)
	}
}

// untrackText ends an element whose text is a value.
func (v *xmlCheck) untrackText(d *xmlDecl, typ *xmlTypeInfo, text string, valid bool) {
	switch {
	case len(v.path) == 0:
	case !valid:
		v.untrack(nil, xmlInvalid)
	case d != nil && d.Given != 0 && text == "":
		v.untrack(v.givenKey(d, typ))
	default:
		v.untrack(v.textKey(typ.simple, text))
	}
}

// untrack ends an element with the value that it has.
func (v *xmlCheck) untrack(key []byte, state xmlValueState) {
	if len(v.path) == 0 {
		return
	}
	level := len(v.path) - 1
	n := len(v.holders)
	for ; n > 0 && v.holders[n-1].level == level; n-- {
		h := v.holders[n-1]
		v.setField(h.target, h.field, key, state, v.targets[h.target].at)
	}
	v.holders = v.holders[:n]
	for n = len(v.targets); n > 0 && v.targets[n-1].level == level; n-- {
		v.complete(&v.targets[n-1])
	}
	v.targets = v.targets[:n]
	for n = len(v.scopes); n > 0 && v.scopes[n-1].level == level; n-- {
		if !v.t.identity[v.scopes[n-1].id].light {
			v.strict--
		}
	}
	v.closeScopes(v.scopes[n:])
	v.scopes = v.scopes[:n]
	v.path = v.path[:level]
}

// complete takes the values of a target into its scope.
func (v *xmlCheck) complete(t *xmlTarget) {
	s := &v.scopes[t.scope]
	id := &v.t.identity[s.id]
	var tuple []byte
	for i := range t.fields {
		switch f := &t.fields[i]; {
		case f.state == xmlInvalid:
			return
		case f.state == xmlKeyed:
			tuple = append(binary.AppendUvarint(tuple, uint64(len(f.key))), f.key...)
			continue
		case id.Kind != XMLKey:
		case f.state == xmlNil:
			v.violate(t.at, "cvc-identity-constraint.4.2.3", fmt.Sprintf("field %d of the key %s cannot be nil", i+1, id.Name))
		default:
			v.violate(t.at, "cvc-identity-constraint.4.2.1", fmt.Sprintf("field %d of the key %s is missing", i+1, id.Name))
		}
		return
	}
	if id.Kind == XMLKeyRef {
		s.refs = append(s.refs, xmlRef{t.at, string(tuple)})
		return
	}
	if _, twice := s.seen[string(tuple)]; twice {
		code := Code("cvc-identity-constraint.4.1")
		if id.Kind == XMLKey {
			code = "cvc-identity-constraint.4.2.2"
		}
		v.violate(t.at, code, fmt.Sprintf("%s has these values a second time", id.Name))
		return
	}
	if s.seen == nil {
		s.seen = map[string]struct{}{}
	}
	s.seen[string(tuple)] = struct{}{}
}

// closeScopes ends the constraints of an element: first the keys, then the
// references to keys of the element and of what is in it.
func (v *xmlCheck) closeScopes(scopes []xmlScope) {
	for i := range scopes {
		s := &scopes[i]
		if !v.t.identity[s.id].referred {
			continue
		}
		if v.keys == nil {
			v.keys = make([]map[string]int, len(v.t.identity))
		}
		if v.keys[s.id] == nil {
			v.keys[s.id] = map[string]int{}
		}
		for tuple := range s.seen {
			v.keys[s.id][tuple] = max(v.keys[s.id][tuple], s.at)
		}
	}
	for i := range scopes {
		s := &scopes[i]
		id := &v.t.identity[s.id]
		for _, r := range s.refs {
			var at int
			var ok bool
			if v.keys != nil {
				at, ok = v.keys[id.Refer][r.text]
			}
			if !ok || at < s.at {
				v.violate(r.at, "cvc-identity-constraint.4.3", fmt.Sprintf("%s refers to nothing that the key %s has", id.Name, v.t.identity[id.Refer].Name))
			}
		}
	}
}
