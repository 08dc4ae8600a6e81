package wire

import (
	"fmt"
	"slices"
)

// This file validates what the fast path does not know: it reads every
// spelling that the grammar allows, and says what is wrong.

// next reads one tag, or one run of text, in the innermost open element. It
// returns false when there is nothing left to read.
func (v *xmlCheck) next() bool {
	f := &v.open[len(v.open)-1]
	if !v.misc(f.name) {
		if v.err != nil {
			return false
		}
		at := v.pos
		if !v.textRun() && v.err == nil && f.typ.Content == XMLChildren {
			if p := v.firstText(v.skipSpace(at), v.pos); p >= 0 {
				v.violate(p, "cvc-complex-type.2.3", fmt.Sprintf("text %s where only elements can stand", excerpt(trimSpace(v.buf.str(p, v.pos)))))
			}
		}
		return v.err == nil
	}
	at := v.pos
	if v.buf.u8(at+1) == '/' {
		if !v.endTag(f.name) {
			return false
		}
		v.end(f, at)
		if f.tracked {
			v.untrack(nil, xmlNoValue)
		}
		v.pop()
		return len(v.open) > 0
	}
	if !v.startTag() {
		return false
	}
	space, local := v.resolve()
	if v.err != nil {
		return false
	}
	v.current = xmlName{space, local}
	v.child(f, v.current, at)
	return v.err == nil && len(v.open) > 0
}

// firstText returns the offset of the first character that is not white space
// in a run of text and CDATA sections that has been read, or -1. A reference to
// white space is white space.
func (v *xmlCheck) firstText(p, end int) int {
	for p < end {
		switch c := v.buf.u8(p); {
		case isXMLSpace(rune(c)):
			p++
		case v.has(p, "<![CDATA["):
			p += len("<![CDATA[")
		case v.has(p, "]]>"):
			p += len("]]>")
		case c == '&':
			r, n := v.reference(p)
			if n == 0 || !isXMLSpace(r) {
				return p
			}
			p += n
		default:
			return p
		}
	}
	return -1
}

// root checks the root element, whose start tag was read last.
func (v *xmlCheck) root() {
	at := v.nameAt - 1
	space, local := v.resolve()
	if v.err != nil {
		return
	}
	name := xmlName{space, local}
	v.current = name
	d := v.t.roots[name]
	if v.t.root != nil && d != v.t.root {
		d = nil
	} else if d == nil && v.typed() {
		// Nothing declares the element, but it says what type it has (Part 1,
		// section 3.3.4, Schema-Validity Assessment, clause 1.2).
		v.element(nil, nil, at)
		return
	}
	if d == nil {
		v.violate(at, "cvc-elt.1", fmt.Sprintf("the root element is %s, expected %s", name, v.rootNames(local)))
		v.skip()
		return
	}
	v.element(d, nil, at)
}

// child checks a child element of f, whose start tag was read last.
func (v *xmlCheck) child(f *xmlFrame, name xmlName, at int) {
	g, ok := v.match(f, name)
	if !ok {
		if g = v.unexpected(f, name, at); g == 0 {
			v.skip()
			return
		}
	} else {
		v.guess[f.prev] = g
		v.take(f, g)
	}
	s := &v.t.steps[g]
	if s.wildcard == 0 {
		v.element(s.decl, s, at)
		return
	}
	switch v.t.wild[s.wildcard].Process {
	case XMLSkip:
		v.skip()
		return
	case XMLStrict:
		if v.t.roots[name] == nil && !v.typed() {
			v.violate(at, "cvc-complex-type.2.4.c", fmt.Sprintf("element %s must be declared to stand here, and is not", v.spelled(name)))
			v.skip()
			return
		}
	}
	v.element(v.t.roots[name], nil, at)
}

// typed tells whether the start tag read last has an xsi:type.
func (v *xmlCheck) typed() bool {
	return v.special&attrs != 0 && slices.ContainsFunc(v.attrs, func(a attribute) bool {
		return a.schemaInst && a.local == "type"
	})
}

// match finds the step of the state of f that an element takes.
func (v *xmlCheck) match(f *xmlFrame, name xmlName) (g int32, ok bool) {
	t := v.t
	if g = v.guess[f.prev]; g > 0 {
		// What came the last time comes again, mostly.
		if s := &t.steps[g]; s.decl != nil && s.decl.Name == name.local && s.decl.Space == name.space && v.allowed(f, g) {
			return g, true
		}
	}
	wild := int32(0)
	for n := f.state; n != 0; n = t.states[n].els {
		s := &t.states[n]
		for g := s.lo; g < s.hi; g++ {
			switch step := &t.steps[g]; {
			case step.wildcard == 0:
				if int(step.size) == len(name.local) && step.decl.Name == name.local && step.decl.Space == name.space && v.allowed(f, g) {
					return g, true
				}
			case wild == 0 && v.allowed(f, g) && t.wild[step.wildcard].admits(name.space):
				wild = g
			}
		}
	}
	return wild, wild != 0
}

// allowed tells whether a step of the state of f, or of the states that it
// refers to, may be taken.
func (v *xmlCheck) allowed(f *xmlFrame, g int32) bool {
	s := &v.t.steps[g]
	return (!s.inAll || v.free(f, g)) && (!f.counting || v.counted(f, s))
}

// element checks the element whose start tag was read last against its
// declaration, or as xs:anyType where there is none. s is the step it took.
func (v *xmlCheck) element(d *xmlDecl, s *xmlStep, at int) {
	typ := v.t.anyType
	if d != nil {
		if typ = d.typ; d.Abstract {
			v.violate(at, "cvc-elt.2", fmt.Sprintf("element %s is abstract: only members of its substitution group can stand here", v.spelled(xmlName{d.Space, d.Name})))
			v.skip()
			return
		}
	}
	isNil := false
	if v.special&attrs != 0 {
		typ, isNil = v.instance(d, typ, at)
	}
	if typ.Abstract {
		v.violate(at, "cvc-type.2", fmt.Sprintf("%s is abstract: xsi:type must name a type derived from it", typ.describe()))
		v.skip()
		return
	}
	v.attributes(typ, at)
	v.track(d, typ, at)
	switch {
	case isNil:
		state := xmlNoValue
		if typ.Content == XMLText {
			state = xmlNil
		}
		v.nothing(at, "cvc-elt.3.2.1", "an element that is nil", state)
	case typ.Content == XMLEmpty:
		v.nothing(at, "cvc-complex-type.2.1", "an element that is declared empty", xmlNoValue)
	case typ.Content == XMLText:
		v.valued(d, typ, at)
	case d != nil && d.Given == XMLFixed:
		v.fixedMixed(d, at)
	case v.special&closed != 0:
		f := xmlFrame{typ: typ, state: int32(typ.Start), name: span{v.nameAt, v.nameLen}}
		v.end(&f, at)
		v.untrack(nil, xmlNoValue)
		v.shut()
		v.rescoped()
	default:
		v.enter(typ, s)
	}
}

// enter opens the element whose start tag was read last.
func (v *xmlCheck) enter(typ *xmlTypeInfo, s *xmlStep) {
	if s == nil || s.wildcard != 0 || v.special&prefixed != 0 {
		s = &noStep
	}
	f := v.push(typ, s, span{v.nameAt, v.nameLen})
	if f == nil {
		return
	}
	f.tracked = len(v.path) > 0
	if v.special&attrs != 0 {
		f.scope, f.outer = true, v.outer
		v.rescoped()
	}
	v.special = 0
}

// rescoped follows the default namespace.
func (v *xmlCheck) rescoped() {
	if s := v.spaceID; s < 0 || v.t.spaces[s] != v.space {
		v.spaceID = v.t.spaceID(v.space)
	}
}

// end checks that the content of an element may end where it does.
func (v *xmlCheck) end(f *xmlFrame, at int) {
	if v.mayEnd(f) {
		return
	}
	if f.stray && v.nearEnd(f) {
		return
	}
	v.violate(at, "cvc-complex-type.2.4.b", fmt.Sprintf("element %s ends too early, expected %s",
		excerptName(v.buf.str(f.name.at, f.name.at+f.name.n)), v.expected(f)))
}

// valued checks the text of the element whose start tag was read last.
func (v *xmlCheck) valued(d *xmlDecl, typ *xmlTypeInfo, at int) {
	text, ok := "", true
	if v.special&closed == 0 {
		text, ok = v.leaf()
		if v.err != nil {
			return
		}
	}
	valid := ok
	switch {
	case !ok:
		code := Code("cvc-type.3.1.2")
		if typ.Complex {
			code = "cvc-complex-type.2.2"
		}
		v.violate(at, code, "elements where a value is declared, expected "+typ.simple.describe())
	case d != nil && d.Given != 0 && text == "":
		// The declaration's value stands here; it is one of the declared type.
		if typ != d.typ {
			if _, state := v.givenKey(d, typ); state == xmlInvalid {
				v.violate(at, "cvc-elt.5.1.1", fmt.Sprintf("%s, which is given to the empty element, is not a value of %s", excerpt(d.Value), typ.describe()))
			}
		}
	case !v.simple(typ.simple, text, at):
		valid = false
	case d != nil && d.Given == XMLFixed && !v.equals(typ.simple, text, d.fixed):
		v.violate(at, "cvc-elt.5.2.2.2.2", fmt.Sprintf("%s where only %s can stand", excerpt(text), excerpt(d.Value)))
	}
	v.untrackText(d, typ, text, valid)
	v.shut()
	v.rescoped()
}

// equals tells whether a valid text stands for the value of a key.
func (v *xmlCheck) equals(t *xmlSimple, text, fixed string) bool {
	if t.kind != kindUnion {
		text = normalise(t.space, text)
	}
	key, ok := v.appendKey(v.key[:0], t, text)
	v.key = key[:0]
	return ok && string(key) == fixed
}

// fixedMixed checks mixed content whose value is fixed: there can be no
// elements in it (Part 1, section 3.3.4, clause 5.2.2).
func (v *xmlCheck) fixedMixed(d *xmlDecl, at int) {
	text, ok := "", true
	if v.special&closed == 0 {
		if text, ok = v.leaf(); v.err != nil {
			return
		}
	}
	switch {
	case !ok:
		v.violate(at, "cvc-elt.5.2.2.1", fmt.Sprintf("elements where only %s can stand", excerpt(d.Value)))
	case text != "" && text != d.Value:
		v.violate(at, "cvc-elt.5.2.2.2.1", fmt.Sprintf("%s where only %s can stand", excerpt(text), excerpt(d.Value)))
	}
	v.untrack(nil, xmlNoValue)
	v.shut()
	v.rescoped()
}

// nothing reads the content of an element that can have neither text nor
// elements. state says what it is to identity constraints.
func (v *xmlCheck) nothing(at int, code Code, what string, state xmlValueState) {
	if v.special&closed != 0 {
		v.untrack(nil, state)
		v.shut()
		v.rescoped()
		return
	}
	// What stands there is read as text, which skips elements.
	text, ok := v.leaf()
	if v.err != nil {
		return
	}
	switch {
	case !ok:
		v.violate(at, code, "elements in "+what)
	case text != "":
		v.violate(at, code, fmt.Sprintf("text %s in %s", excerpt(text), what))
	}
	v.untrack(nil, state)
	v.shut()
	v.rescoped()
}
