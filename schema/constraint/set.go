package constraint

import (
	"math/big"
	"slices"

	"github.com/biform/biform/schema/model"
)

// Set is a list of constraints as the set of values it admits, of one domain.
// The zero value admits every number. Sets are values: no method changes one.
type Set struct {
	domain Domain
	list   []model.Constraint // those that concern the domain, the tightest of each kind

	numbers numbers
	// count is the length of a text, or the number of items or members.
	count numbers
	// boxes are the constraints of which only equality is known, by key:
	// patterns, formats, uniqueItems and operands that cannot be read.
	boxes []string
}

// kinds lists the constraints that concern each domain.
var kinds = map[Domain][]model.ConstraintKind{
	Numbers: {
		model.Minimum, model.ExclusiveMinimum, model.Maximum, model.ExclusiveMaximum,
		model.MultipleOf, model.TotalDigits, model.FractionDigits, model.Format,
	},
	Texts:   {model.MinLength, model.MaxLength, model.Pattern, model.Format},
	Lists:   {model.MinItems, model.MaxItems, model.MinLength, model.MaxLength, model.UniqueItems},
	Objects: {model.MinProperties, model.MaxProperties},
}

// Of returns the values of the domain that every constraint of the list admits.
// In a list's domain, lengths count items (XSD Part 2, section 4.3.1).
func Of(list []model.Constraint, d Domain) Set {
	s := Set{domain: d}
	concerns := kinds[d]
	if d == Integers {
		concerns = kinds[Numbers]
		s.numbers.step = one
	}
	if d != Numbers && d != Integers {
		s.count = numbers{step: one, lower: bound{set: true}}
	}
	for _, c := range list {
		if slices.Contains(concerns, c.Kind) {
			s.add(c)
		}
	}
	s.numbers.tighten()
	s.count.tighten()
	s.list = s.tightest()
	return s
}

// add narrows the set by one constraint.
func (s *Set) add(c model.Constraint) {
	s.list = append(s.list, c)
	var box string
	switch c.Kind {
	case model.Pattern:
		box = PatternKey(c)
	case model.Format, model.UniqueItems:
		box = c.Value
	case model.MinLength, model.MaxLength, model.MinItems, model.MaxItems, model.MinProperties, model.MaxProperties:
		if s.count.narrow(c) {
			return
		}
		box = c.Value
	default:
		if s.numbers.narrow(c) {
			return
		}
		box = c.Value
	}
	if box = string(c.Kind) + " " + box; !slices.Contains(s.boxes, box) {
		s.boxes = append(s.boxes, box)
	}
}

// tightest returns the constraints of the set without those that another one
// implies by itself. Of equals, the first stays.
func (s *Set) tightest() []model.Constraint {
	var kept []model.Constraint
	for i, c := range s.list {
		implied := false
		for j, d := range s.list {
			if i == j || !implies(d, c) {
				continue
			}
			// Of two that imply each other, the first stays.
			if !implies(c, d) || j < i {
				implied = true
				break
			}
		}
		if !implied {
			kept = append(kept, c)
		}
	}
	return kept
}

// implies tells whether every value that a admits is admitted by b, by what the
// two say alone.
func implies(a, b model.Constraint) bool {
	if a.Kind == model.Pattern && b.Kind == model.Pattern {
		return PatternKey(a) == PatternKey(b)
	}
	if a.Kind == b.Kind && a.Value == b.Value {
		return true
	}
	x, err := ParseDecimal(a.Value)
	if err != nil {
		return false
	}
	y, err := ParseDecimal(b.Value)
	if err != nil {
		return false
	}
	switch b.Kind {
	case model.Minimum, model.MinLength, model.MinItems, model.MinProperties:
		return (a.Kind == b.Kind || b.Kind == model.Minimum && a.Kind == model.ExclusiveMinimum) && x.Cmp(y) >= 0
	case model.ExclusiveMinimum:
		return a.Kind == b.Kind && x.Cmp(y) >= 0 || a.Kind == model.Minimum && x.Cmp(y) > 0
	case model.Maximum, model.MaxLength, model.MaxItems, model.MaxProperties, model.TotalDigits, model.FractionDigits:
		return (a.Kind == b.Kind || b.Kind == model.Maximum && a.Kind == model.ExclusiveMaximum) && x.Cmp(y) <= 0
	case model.ExclusiveMaximum:
		return a.Kind == b.Kind && x.Cmp(y) <= 0 || a.Kind == model.Maximum && x.Cmp(y) < 0
	case model.MultipleOf:
		return a.Kind == b.Kind && x.Sign() > 0 && y.Sign() > 0 && x.MultipleOf(y)
	}
	return false
}

// List returns the constraints of the set, each as its contract states it,
// without those that another one makes needless.
func (s Set) List() []model.Constraint { return slices.Clone(s.list) }

// Domain returns the domain that the set's values are of.
func (s Set) Domain() Domain { return s.domain }

// Intersect returns the values that both sets admit. Integers among numbers are
// integers; otherwise the two are of one domain, and the result is of that of s.
func (s Set) Intersect(t Set) Set {
	d := s.domain
	if t.domain == Integers && d == Numbers {
		d = Integers
	}
	return Of(slices.Concat(s.list, t.list), d)
}

// Empty tells whether the set admits nothing.
func (s Set) Empty() Answer {
	if s.numbers.empty() == Yes || s.count.empty() == Yes {
		return Yes
	}
	if len(s.boxes) > 0 {
		return Unknown
	}
	if s.domain == Numbers || s.domain == Integers {
		return s.numbers.empty()
	}
	return No
}

// Within tells whether t admits every value that s admits. Numbers are within
// integers when no constraint lets them have a fraction.
func (s Set) Within(t Set) Answer {
	if s.Empty() == Yes {
		return Yes
	}
	bounds := s.numbers.within(t.numbers).and(s.count.within(t.count))
	for _, box := range t.boxes {
		if !slices.Contains(s.boxes, box) {
			bounds = bounds.and(Unknown)
		}
	}
	if bounds == No && len(s.boxes) > 0 {
		// The value that is outside t may be outside s as well.
		return Unknown
	}
	return bounds
}

// AdmitsNumber tells whether a number is in the set, as far as bounds, multiples
// and digits tell.
func (s Set) AdmitsNumber(d Decimal) bool { return s.numbers.admits(d) }

// AdmitsCount tells whether the set admits values of that length, number of
// items or number of members.
func (s Set) AdmitsCount(n int) bool { return s.count.admits(normal(big.NewInt(int64(n)), 0)) }
