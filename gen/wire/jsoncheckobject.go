package wire

// evalObject evaluates the rules for objects. Names are looked up by the hash
// that the index has of them; nothing is ever missed by it, because what is
// found is compared.
func (v *jsonCheck) evalObject(n *jsonNode, i int, track bool) bool {
	r := n.obj
	entries := v.entries
	end := int(entries[i].end)
	ok, count, required := true, 0, 0
	for m := i + 1; m < end; {
		e := &entries[m]
		next := m + 1
		if e.meta&jsonKind >= jsonArray {
			next = int(e.end)
		}
		count++
		declared := false
		if k := r.names.find(&v.jsonDoc, e); k >= 0 {
			rule := &r.members[k]
			required += rule.required
			declared = rule.declared
			if c := rule.node; c != nil && c.checks(e.meta) && !v.eval(c, m, false) {
				if !v.explaining {
					return false
				}
				ok = false
			}
		}
		if r.all || !declared && r.additional != nil || track {
			if !v.evalOther(n, m, declared, track) {
				if !v.explaining {
					return false
				}
				ok = false
			}
		}
		m = next
	}
	if required < r.required {
		if !v.explaining {
			return false
		}
		ok = v.missing(n, i)
	}
	if count < r.min || count > r.max {
		if !v.explaining {
			return false
		}
		ok = v.wrongSize(n, i, count)
	}
	for k := range r.dependent {
		d := &r.dependent[k]
		if v.member(i, d.Name) == 0 {
			continue
		}
		for _, name := range d.Required {
			if v.member(i, name) != 0 {
				continue
			}
			if !v.explaining {
				return false
			}
			ok = v.missingDependent(n, i, d.Name, name)
		}
	}
	return ok
}

// evalOther evaluates what an object's rules say about the member at entry m
// beside properties.
func (v *jsonCheck) evalOther(n *jsonNode, m int, declared, track bool) bool {
	r, ok := n.obj, true
	evaluated := declared
	for k := range r.patterns {
		p := &r.patterns[k]
		if !p.pattern.Match(v.memberName(m)) {
			continue
		}
		evaluated = true
		if !v.eval(p.node, m, false) {
			if !v.explaining {
				return false
			}
			ok = false
		}
	}
	if !evaluated && r.additional != nil {
		evaluated = true
		if !v.evalMember(n, r.additional, m, "additionalProperties") {
			if !v.explaining {
				return false
			}
			ok = false
		}
	}
	if r.nameRule != nil && !v.evalName(n, m) {
		if !v.explaining {
			return false
		}
		ok = false
	}
	if track && evaluated {
		v.evaluated = append(v.evaluated, uint32(m))
	}
	return ok
}

// memberName returns the name of the member at entry m, until the next call.
func (v *jsonCheck) memberName(m int) []byte {
	e := &v.entries[m]
	if e.meta&jsonNameEscaped == 0 {
		return v.nameText(e)
	}
	v.scratch = jsonUnescape(v.scratch[:0], v.nameText(e))
	return v.scratch
}

// evalName evaluates propertyNames for the member at entry m: its name becomes
// an entry of its own for as long as that takes.
func (v *jsonCheck) evalName(n *jsonNode, m int) bool {
	e := v.entries[m]
	name := jsonEntry{off: e.name - 1, end: uint32(jsonNameEnd(v.text, int(e.name))) + 1, meta: jsonString | jsonWide}
	if e.meta&jsonNameEscaped != 0 {
		name.meta |= jsonEscaped
	}
	count := len(v.entries)
	v.entries = append(v.entries, name)
	ok := v.asks(n.obj.nameRule, count, false)
	if !ok && v.explaining {
		v.wrongName(n, m, count)
	}
	v.entries = v.entries[:count]
	return ok
}

// member returns the entry of an object's member of that name, or 0.
func (v *jsonCheck) member(i int, name string) int {
	hash := jsonNameHash(name)
	for m := i + 1; m < int(v.entries[i].end); m = jsonNext(v.entries, m) {
		e := &v.entries[m]
		if (e.meta^hash)>>jsonHashShift == 0 && string(v.memberName(m)) == name {
			return m
		}
	}
	return 0
}
