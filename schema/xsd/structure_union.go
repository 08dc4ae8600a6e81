package xsd

import "github.com/biform/biform/schema/model"

// textUnion is a union whose values are texts, as one of enumerations and strings
// is. It is shown as its text: which of the types a value is of makes no
// difference.
type textUnion struct {
	values []model.EnumValue // that the types list
	open   bool              // there are others
	// space is what all types do to white space; where they differ, nothing is
	// done to it.
	space  string
	spaced bool // space is known

	listed map[string]bool
	seen   map[*typeDef]bool
}

// textsOf returns the union of texts that a type is, or nil.
func textsOf(t *typeDef) *textUnion {
	u := &textUnion{listed: map[string]bool{}, seen: map[*typeDef]bool{}}
	if !u.add(t, true) {
		return nil
	}
	return u
}

// add adds the values of a type, and tells whether they are texts. With count
// false the values that it lists are none of the union's: a facet has replaced
// them.
func (u *textUnion) add(t *typeDef, count bool) bool {
	if u.seen[t] {
		return true
	}
	u.seen[t] = true
	d := t.simple
	listed := d.facets.enumeration != nil
	switch p := d.builtin.prim; {
	case d.variety == model.UnionOf:
		for _, m := range d.members {
			if !u.add(m, count && !listed) {
				return false
			}
		}
	case d.variety == model.ListOf || p != model.String && p != model.URI:
		return false
	default:
		if !u.spaced {
			u.space, u.spaced = d.whiteSpace(), true
		} else if u.space != d.whiteSpace() {
			u.space = ""
		}
		u.open = u.open || count && !listed
	}
	if !count {
		return true
	}
	for _, e := range d.facets.enumeration {
		if v := e.model(); !u.listed[v.Value] {
			u.listed[v.Value] = true
			u.values = append(u.values, v)
		}
	}
	return true
}

// show makes the part of a type that the union stands for.
func (u *textUnion) show(out *model.Type) {
	if u.values == nil {
		out.Kind = model.KindScalar
		out.Scalar = &model.Scalar{Primitive: model.String, WhiteSpace: u.space}
		return
	}
	out.Kind = model.KindEnumeration
	out.Enum = &model.Enumeration{Primitive: model.String, WhiteSpace: u.space, Values: u.values, Open: u.open}
}
