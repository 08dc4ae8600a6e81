package wire

import (
	"fmt"
	"slices"
	"strings"
)

// This file validates attributes.

// instance reads the attributes of the namespace of schema instances: xsi:type
// and xsi:nil (Part 1, sections 2.6 and 3.3.4). Hints on where schemas are, are
// not followed. It returns the type of the element, and whether it is nil.
func (v *xmlCheck) instance(d *xmlDecl, typ *xmlTypeInfo, at int) (*xmlTypeInfo, bool) {
	isNil := false
	for i := range v.attrs {
		a := &v.attrs[i]
		if !a.schemaInst {
			continue
		}
		switch a.local {
		case "type":
			typ = v.instanceType(a, d, typ)
		case "nil":
			b, ok := parseBool(trimSpace(a.value))
			switch {
			case !ok:
				v.violate(a.at, "cvc-datatype-valid.1.2.1", fmt.Sprintf("%s is not a value of xs:boolean, expected true or false", excerpt(a.value)))
			case d != nil && !d.Nillable:
				v.violate(a.at, "cvc-elt.3.1", fmt.Sprintf("element %s cannot be nil", v.spelled(xmlName{d.Space, d.Name})))
			case b && d != nil && d.Given == XMLFixed:
				v.violate(a.at, "cvc-elt.3.2.2", fmt.Sprintf("element %s cannot be nil: it is fixed to %s", v.spelled(xmlName{d.Space, d.Name}), excerpt(d.Value)))
			default:
				isNil = b && d != nil
			}
		}
	}
	return typ, isNil
}

// instanceType resolves xsi:type. A type that cannot stand here is a violation,
// and the declared type is used.
func (v *xmlCheck) instanceType(a *attribute, d *xmlDecl, declared *xmlTypeInfo) *xmlTypeInfo {
	text := trimSpace(a.value)
	if !isQName(text) {
		v.violate(a.at, "cvc-elt.4.1", fmt.Sprintf("%s is not the name of a type", excerpt(text)))
		return declared
	}
	prefix, local, ok := strings.Cut(text, ":")
	if !ok {
		prefix, local = "", text
	}
	space, ok := v.lookup(prefix)
	if !ok {
		v.violate(a.at, "cvc-elt.4.1", fmt.Sprintf("the prefix of %s is not declared", excerpt(text)))
		return declared
	}
	typ := v.t.typeNames[xmlName{space, local}]
	if typ == nil {
		v.violate(a.at, "cvc-elt.4.2", fmt.Sprintf("there is no type %s", xmlName{space, local}))
		return declared
	}
	how, ok := v.t.derived(typ, declared)
	if !ok {
		v.violate(a.at, "cvc-elt.4.3", fmt.Sprintf("type %s is not derived from %s", xmlName{space, local}, declared.describe()))
		return declared
	}
	block := declared.Block
	if d != nil {
		block |= d.Block
	}
	if how&block != 0 {
		v.violate(a.at, "cvc-elt.4.3", fmt.Sprintf("type %s cannot stand for %s, which blocks it", xmlName{space, local}, declared.describe()))
		return declared
	}
	return typ
}

// attributes checks the attributes of the start tag read last (Part 1, section
// 3.4.4, clauses 3 and 4).
func (v *xmlCheck) attributes(typ *xmlTypeInfo, at int) {
	if v.special&attrs != 0 && typ.Content != XMLAny {
		for i := range v.attrs {
			if a := &v.attrs[i]; !a.declares && !(a.schemaInst && instanceAttribute(a.local)) {
				v.attr(typ, a)
			}
		}
	}
	if v.special&attrs != 0 && typ.Content == XMLAny {
		for i := range v.attrs {
			a := &v.attrs[i]
			if u := v.t.attrs[xmlName{a.space, a.local}]; u != nil && !a.declares {
				v.attrValue(u, a)
			}
		}
	}
	if !typ.required {
		return
	}
	for i := range typ.uses {
		u := &typ.uses[i]
		if !u.Required || v.given(u) {
			continue
		}
		v.violate(at, "cvc-complex-type.4", fmt.Sprintf("attribute %s is missing", xmlName{u.Space, u.Name}))
	}
}

// given tells whether the start tag read last has an attribute.
func (v *xmlCheck) given(u *xmlUse) bool {
	return v.special&attrs != 0 && slices.ContainsFunc(v.attrs, func(a attribute) bool {
		return a.local == u.Name && a.space == u.Space && !a.declares
	})
}

// instanceAttribute tells whether an attribute of the schema instance namespace
// may stand on every element (Part 1, section 3.2.7).
func instanceAttribute(local string) bool {
	switch local {
	case "type", "nil", "schemaLocation", "noNamespaceSchemaLocation":
		return true
	}
	return false
}

// attr checks an attribute of an element of a type.
func (v *xmlCheck) attr(typ *xmlTypeInfo, a *attribute) {
	for i := range typ.uses {
		if u := &typ.uses[i]; u.Name == a.local && u.Space == a.space {
			v.attrValue(u, a)
			return
		}
	}
	name := xmlName{a.space, a.local}
	if w := &v.t.wild[typ.AnyAttribute]; typ.AnyAttribute != 0 && w.admits(a.space) {
		u := v.t.attrs[name]
		switch {
		case w.Process == XMLSkip:
		case u != nil:
			v.attrValue(u, a)
		case w.Process == XMLStrict:
			v.violate(a.at, "cvc-assess-attr", fmt.Sprintf("attribute %s must be declared to stand here, and is not", name))
		}
		return
	}
	switch {
	case len(v.found) == MaxViolations:
		v.more++ // saves the work of a message that nobody sees
	case !typ.Complex:
		v.violate(a.at, "cvc-type.3.1.1", fmt.Sprintf("attribute %s on an element of a simple type, which can have none", name))
	case typ.AnyAttribute == 0:
		v.violate(a.at, "cvc-complex-type.3.2.1", fmt.Sprintf("attribute %s is not declared%s", name, typ.attributeNames()))
	default:
		v.violate(a.at, "cvc-complex-type.3.2.2", fmt.Sprintf("attribute %s is not declared, and its namespace not admitted%s", name, typ.attributeNames()))
	}
}

// attrValue checks the value of an attribute.
func (v *xmlCheck) attrValue(u *xmlUse, a *attribute) {
	if v.simple(u.simple, a.value, a.at) && u.Given == XMLFixed && !v.equals(u.simple, a.value, u.fixed) {
		v.violate(a.at, "cvc-attribute.4", fmt.Sprintf("%s where only %s can stand", excerpt(a.value), excerpt(u.Value)))
	}
}

// attributeNames lists what attributes a type has, for a message.
func (t *xmlTypeInfo) attributeNames() string {
	if len(t.uses) == 0 {
		return ""
	}
	names := make([]string, len(t.uses))
	for i := range t.uses {
		names[i] = xmlName{t.uses[i].Space, t.uses[i].Name}.String()
	}
	return ", expected " + either(names)
}
