package xsd

import (
	"fmt"
	"slices"

	"github.com/biform/biform/schema/model"
)

// derivedOK is Type Derivation OK (cos-ct-derived-ok, Part 1, section 3.4.6;
// cos-st-derived-ok, section 3.14.6): why t may not stand where base is meant,
// given derivations that are forbidden (extension, restriction), or "". List
// and union are no steps of a chain: what they make derives from the simple
// type of everything, and a member of a union stands for the union.
func derivedOK(t, base *typeDef, forbidden []string) string {
	if t.broken || base.broken {
		return ""
	}
	for d := t; d != base; d = d.base {
		if d.builtin != nil && d.builtin.name == "anySimpleType" || d.content == model.ContentAny && d.base == d {
			break
		}
		if slices.Contains(forbidden, string(d.derived)) {
			return fmt.Sprintf("derivation by %s is forbidden", d.derived)
		}
		if d.base == base {
			return ""
		}
	}
	switch {
	case t == base, base.content == model.ContentAny && base.base == base:
		return ""
	case base.builtin != nil && base.builtin.name == "anySimpleType" && !t.complex:
		return ""
	case !t.complex && !base.complex && base.simple.variety == model.UnionOf:
		for _, m := range base.simple.members {
			if derivedOK(t, m, forbidden) == "" {
				return ""
			}
		}
	}
	return fmt.Sprintf("%s is not derived from %s", t.describe(), base.describe())
}

func (t *typeDef) describe() string {
	if t.named {
		return "type " + braces(t.name)
	}
	return "an anonymous type"
}
