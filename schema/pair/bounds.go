package pair

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/xsd"
)

// scalarBounds merges the constraints of two simple types, and reports where
// they differ. What only one contract has words for is no difference: a JSON
// string cannot bound the number it spells, and XSD has no multiples.
func (m *merger) scalarBounds(n *node, p place, x, j atom) []model.Constraint {
	listed := x.values != nil || j.values != nil
	switch {
	case numeric(x.prim):
		domain := constraint.Numbers
		if integral(x.prim) {
			domain = constraint.Integers
		}
		bounds := ofKind(j.constraints, model.Minimum, model.ExclusiveMinimum, model.Maximum, model.ExclusiveMaximum, model.MultipleOf)
		if j.native() && !listed {
			m.compare("numbers", p, sayable(x.constraints, bounds), slices.DeleteFunc(clone(bounds), isMultiple), domain)
		}
		return constraint.Of(concat(x.constraints, bounds), domain).List()
	case text(x.prim) && text(j.prim):
		if !listed {
			m.compare("length", p, ofKind(x.constraints, model.MinLength, model.MaxLength), ofKind(j.constraints, model.MinLength, model.MaxLength), constraint.Texts)
			m.patterns(n, p, x, j)
		}
		return constraint.Of(concat(x.constraints, j.constraints), constraint.Texts).List()
	case x.prim == model.Boolean:
		return clone(x.constraints)
	}
	if binary(x.prim) {
		// XSD counts octets, JSON Schema characters.
		return clone(x.constraints)
	}
	merged := clone(x.constraints)
	for _, c := range j.constraints {
		if !slices.ContainsFunc(merged, func(d model.Constraint) bool {
			return c.Kind == d.Kind && (c.Value == d.Value || c.Kind == model.Pattern && constraint.PatternKey(c) == constraint.PatternKey(d))
		}) {
			merged = append(merged, c)
		}
	}
	return merged
}

// itemKinds are the constraints on how many items a list has.
var itemKinds = []model.ConstraintKind{model.MinItems, model.MaxItems, model.MinLength, model.MaxLength}

// bounds merges the constraints of two lists, and reports where they differ.
func (m *merger) bounds(n *node) []model.Constraint {
	j := ofKind(n.json.Constraints, itemKinds...)
	m.compare("number of items", n.at, stated(n.xml.Constraints, j), j, constraint.Lists)
	return concat(n.xml.Constraints, n.json.Constraints)
}

// stated returns what an XSD says of the number of items, with what a built-in
// type implies, as xs:NMTOKENS one item, where the JSON Schema says it too.
func stated(x, j []model.Constraint) []model.Constraint {
	return slices.DeleteFunc(ofKind(x, itemKinds...), func(c model.Constraint) bool {
		return implicit(c) && len(ofKind(j, c.Kind)) == 0
	})
}

// ofKind returns the constraints of those kinds.
func ofKind(list []model.Constraint, kinds ...model.ConstraintKind) []model.Constraint {
	return slices.DeleteFunc(clone(list), func(c model.Constraint) bool { return !slices.Contains(kinds, c.Kind) })
}

// sayable returns the constraints of an XSD that the JSON Schema could have
// stated and would have: no digits in all, and the range that a built-in type
// implies only at the ends that the JSON Schema bounds.
func sayable(x, j []model.Constraint) []model.Constraint {
	lower := []model.ConstraintKind{model.Minimum, model.ExclusiveMinimum}
	upper := []model.ConstraintKind{model.Maximum, model.ExclusiveMaximum}
	return slices.DeleteFunc(ofKind(x, model.Minimum, model.ExclusiveMinimum, model.Maximum, model.ExclusiveMaximum, model.FractionDigits), func(c model.Constraint) bool {
		if !implicit(c) {
			return c.Kind == model.FractionDigits && len(ofKind(j, model.MultipleOf)) == 0 && c.Value != "0"
		}
		switch {
		case slices.Contains(lower, c.Kind):
			return len(ofKind(j, lower...)) == 0
		case slices.Contains(upper, c.Kind):
			return len(ofKind(j, upper...)) == 0
		}
		return true
	})
}

// implicit tells whether a constraint is that of a built-in type, which stands
// in no contract.
func implicit(c model.Constraint) bool { return c.At == model.Position{} }

// isMultiple tells whether a constraint is a multiple that no number of digits
// says, so that an XSD has no words for it.
func isMultiple(c model.Constraint) bool {
	if c.Kind != model.MultipleOf {
		return false
	}
	d, err := constraint.ParseDecimal(c.Value)
	return err != nil || strings.Trim(d.String(), "0.") != "1" || d.String() != "1" && d.IsInteger()
}

// compare reports that two lists of constraints do not admit the same values.
func (m *merger) compare(what string, p place, x, j []model.Constraint, d constraint.Domain) {
	xs, js := constraint.Of(x, d), constraint.Of(j, d)
	inJSON, inXSD := xs.Within(js), js.Within(xs)
	if inJSON == constraint.Yes && inXSD == constraint.Yes {
		return
	}
	p = place{differing(x, js, p.xml), differing(j, xs, p.json)}
	if xs.Intersect(js).Empty() == constraint.Yes {
		m.differ(diag.Error, "pair-bounds", p, "the %s admitted have nothing in common: %s in the JSON Schema and %s in the XSD", what, list(j), list(x)).
			WithHint("write the same bounds in both")
		return
	}
	wider := ""
	switch {
	case inJSON == constraint.Yes && inXSD == constraint.No:
		wider = ": the JSON Schema is wider"
	case inXSD == constraint.Yes && inJSON == constraint.No:
		wider = ": the XSD is wider"
	}
	m.differ(diag.Warning, "pair-bounds", p, "the bounds of the %s differ, %s in the JSON Schema and %s in the XSD%s", what, list(j), list(x), wider).
		WithHint("write the same bounds in both")
}

// differing returns the position of the first constraint that the other side
// does not keep, or else where the type stands.
func differing(list []model.Constraint, other constraint.Set, otherwise model.Position) model.Position {
	for _, c := range list {
		if !implicit(c) && other.Within(constraint.Of([]model.Constraint{c}, other.Domain())) != constraint.Yes {
			return c.At
		}
	}
	return otherwise
}

// list writes constraints for a message.
func list(all []model.Constraint) string {
	if len(all) == 0 {
		return "none"
	}
	var words []string
	for _, c := range all {
		words = append(words, string(c.Kind)+" "+c.Value)
	}
	return strings.Join(words, ", ")
}

// patterns reports that the patterns of two strings differ. A lexical type of
// XSD, such as xs:anyURI or xs:NCName, explains a pattern of the JSON Schema.
func (m *merger) patterns(n *node, p place, x, j atom) {
	if x.prim != model.String || j.prim != model.String {
		return
	}
	xs, js := ofKind(x.constraints, model.Pattern), ofKind(j.constraints, model.Pattern)
	if slices.ContainsFunc(xs, implicit) || n.typ.Hints.Type != "" && (len(xs) == 0 || len(js) == 0) || samePatterns(xs, js) {
		return
	}
	if len(xs) > 0 {
		p.xml = xs[0].At
	}
	if len(js) > 0 {
		p.json = js[0].At
	}
	m.differ(diag.Warning, "pair-bounds", p, "the patterns differ, %s in the JSON Schema and %s in the XSD", list(js), list(xs)).
		WithHint("write the same pattern in both: ^(?:X)$ in the JSON Schema is X in the XSD")
}

// samePatterns tells whether two lists of patterns are known to admit the same
// strings.
func samePatterns(x, j []model.Constraint) bool {
	within := func(a, b []model.Constraint) bool {
		return !slices.ContainsFunc(b, func(c model.Constraint) bool {
			return !slices.ContainsFunc(a, func(d model.Constraint) bool { return constraint.PatternKey(c) == constraint.PatternKey(d) })
		})
	}
	if within(x, j) && within(j, x) {
		return true
	}
	if len(x) != 1 || len(j) != 1 {
		return false
	}
	a, err := xsd.TranslatePattern(x[0].Value)
	if err != nil {
		return false
	}
	b, err := jsonschema.TranslatePattern(j[0].Value)
	if err != nil {
		return false
	}
	return constraint.PatternWithin(a, b) == constraint.Yes && constraint.PatternWithin(b, a) == constraint.Yes
}
