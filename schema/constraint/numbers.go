package constraint

import (
	"slices"

	"github.com/biform/biform/schema/model"
)

// numbers is a set of numbers: those between two bounds that are multiples of
// step and have no more digits than total.
type numbers struct {
	lower, upper bound
	step         Decimal // 0: any number
	total        int     // 0: any number of digits
}

// bound is an end of a range.
type bound struct {
	set  bool
	open bool // the end itself is outside
	at   Decimal
}

// maxStepBits is the size over which a common multiple is not computed.
const maxStepBits = 1 << 13

// narrow applies a constraint of numbers or counts. It returns false when the
// operand cannot be read.
func (n *numbers) narrow(c model.Constraint) bool {
	v, err := ParseDecimal(c.Value)
	if err != nil {
		return false
	}
	switch c.Kind {
	case model.Minimum, model.MinLength, model.MinItems, model.MinProperties:
		n.lower = higher(n.lower, bound{set: true, at: v})
	case model.ExclusiveMinimum:
		n.lower = higher(n.lower, bound{set: true, open: true, at: v})
	case model.Maximum, model.MaxLength, model.MaxItems, model.MaxProperties:
		n.upper = lower(n.upper, bound{set: true, at: v})
	case model.ExclusiveMaximum:
		n.upper = lower(n.upper, bound{set: true, open: true, at: v})
	case model.MultipleOf:
		return v.Sign() > 0 && n.multiple(v)
	case model.FractionDigits:
		k, ok := v.small()
		return ok && n.multiple(powerOfTen(-k))
	case model.TotalDigits:
		k, ok := v.small()
		if !ok || k == 0 {
			return false
		}
		if n.total == 0 || k < n.total {
			n.total = k
		}
	default:
		return false
	}
	return true
}

// multiple makes every number a multiple of v as well.
func (n *numbers) multiple(v Decimal) bool {
	if n.step.Sign() == 0 {
		n.step = v
		return true
	}
	step := leastMultiple(n.step, v)
	if step.coef.BitLen() > maxStepBits {
		return false
	}
	n.step = step
	return true
}

// small returns a count that is small enough to work with.
func (d Decimal) small() (int, bool) {
	if !d.IsInteger() || d.Sign() < 0 || d.Cmp(whole(MaxExponent)) > 0 {
		return 0, false
	}
	return int(d.scaled(0).Int64()), true
}

func higher(a, b bound) bound {
	if !a.set {
		return b
	}
	if c := b.at.Cmp(a.at); c > 0 || c == 0 && b.open {
		return b
	}
	return a
}

func lower(a, b bound) bound {
	if !a.set {
		return b
	}
	if c := b.at.Cmp(a.at); c < 0 || c == 0 && b.open {
		return b
	}
	return a
}

// tighten moves the bounds to the nearest numbers that are really in the set.
// Of integers, the number of digits is a bound like any other.
func (n *numbers) tighten() {
	if n.total > 0 && n.step.Sign() > 0 && n.step.IsInteger() {
		end := bound{set: true, open: true, at: powerOfTen(n.total)}
		n.upper = lower(n.upper, end)
		end.at = end.at.Neg()
		n.lower = higher(n.lower, end)
		n.total = 0
	}
	if n.step.Sign() == 0 {
		return
	}
	if n.lower.set {
		at := n.lower.at.Neg().floor(n.step).Neg() // the ceiling
		if n.lower.open && at.Cmp(n.lower.at) == 0 {
			at = at.Add(n.step)
		}
		n.lower = bound{set: true, at: at}
	}
	if n.upper.set {
		at := n.upper.at.floor(n.step)
		if n.upper.open && at.Cmp(n.upper.at) == 0 {
			at = at.Sub(n.step)
		}
		n.upper = bound{set: true, at: at}
	}
}

// admits tells whether the set has the number.
func (n numbers) admits(d Decimal) bool {
	if n.lower.set {
		if c := d.Cmp(n.lower.at); c < 0 || c == 0 && n.lower.open {
			return false
		}
	}
	if n.upper.set {
		if c := d.Cmp(n.upper.at); c > 0 || c == 0 && n.upper.open {
			return false
		}
	}
	if n.step.Sign() > 0 && !d.MultipleOf(n.step) {
		return false
	}
	if n.total > 0 {
		// XSD Part 2, section 4.3.11: i times ten to the power of -k, with i of at
		// most total digits and k at most total.
		if digits, _ := d.digits(); digits > n.total {
			return false
		}
	}
	return true
}

// empty tells whether the set has no number. The bounds must be tight.
func (n numbers) empty() Answer {
	if n.lower.set && n.upper.set {
		if c := n.lower.at.Cmp(n.upper.at); c > 0 || c == 0 && (n.lower.open || n.upper.open) {
			return Yes
		}
	}
	if n.total == 0 || slices.ContainsFunc(n.samples(n), n.admits) {
		return No
	}
	return Unknown
}

// within tells whether m has every number of n, which is not empty. The bounds
// of both must be tight.
func (n numbers) within(m numbers) Answer {
	if n.inside(m) {
		return Yes
	}
	for _, d := range n.samples(m) {
		if n.admits(d) && !m.admits(d) {
			return No
		}
	}
	return Unknown
}

// inside tells whether n is in m by their parts.
func (n numbers) inside(m numbers) bool {
	if m.lower.set && (!n.lower.set || higher(n.lower, m.lower) != n.lower && !same(n.lower, m.lower)) {
		return false
	}
	if m.upper.set && (!n.upper.set || lower(n.upper, m.upper) != n.upper && !same(n.upper, m.upper)) {
		return false
	}
	if m.step.Sign() > 0 && !n.onlyMultiplesOf(m.step) {
		return false
	}
	if m.total > 0 && (n.total == 0 || n.total > m.total) {
		return n.fewDigits(m.total)
	}
	return true
}

func same(a, b bound) bool { return a.set == b.set && a.open == b.open && a.at.Cmp(b.at) == 0 }

// onlyMultiplesOf tells whether every number is a multiple of step: because the
// steps are, or because there is but one number.
func (n numbers) onlyMultiplesOf(step Decimal) bool {
	if n.step.Sign() > 0 && n.step.MultipleOf(step) {
		return true
	}
	return n.lower.set && n.upper.set && n.lower.at.Cmp(n.upper.at) == 0 && n.lower.at.MultipleOf(step)
}

// fewDigits tells whether no number has more than total digits, because the
// bounds and the step leave no room for more.
func (n numbers) fewDigits(total int) bool {
	if n.step.Sign() == 0 || !n.lower.set || !n.upper.set {
		return false
	}
	fraction := max(0, -n.step.exp)
	if fraction > total {
		return false
	}
	// With that many digits behind the point, there are total-fraction before it.
	end := powerOfTen(total - fraction)
	room := 0
	if fraction > 0 {
		room = 1 // for the end itself, which has a digit more before the point and none behind
	}
	return n.upper.at.Cmp(end) < room && n.lower.at.Cmp(end.Neg()) > -room
}

// samples returns numbers around the places where n and m may part: each bound,
// its neighbours, the middle between bounds and what is far outside.
func (n numbers) samples(m numbers) []Decimal {
	places := []Decimal{{}}
	for _, b := range []bound{n.lower, n.upper, m.lower, m.upper} {
		if b.set {
			places = append(places, b.at)
		}
	}
	if n.total > 0 || m.total > 0 {
		// The least number with a digit too many, on either side of the point.
		places = append(places, powerOfTen(max(n.total, m.total)), powerOfTen(max(n.total, m.total)).Neg(),
			powerOfTen(m.total), powerOfTen(m.total).Neg())
	}
	for _, p := range slices.Clone(places) {
		for _, q := range slices.Clone(places[:min(len(places), 10)]) {
			places = append(places, half(p.Add(q)))
		}
	}
	if n.lower.set && n.upper.set {
		middle := half(n.lower.at.Add(n.upper.at))
		places = append(places, half(n.lower.at.Add(middle)))
	}
	steps := []Decimal{m.step, half(m.step), one, powerOfTen(-m.total - 1), half(one)}
	if n.step.Sign() > 0 {
		steps = []Decimal{n.step, leastMultiple(n.step, one)}
	}
	var all []Decimal
	for _, p := range places {
		if n.step.Sign() > 0 {
			p = p.floor(n.step)
		}
		all = append(all, p)
		for _, s := range steps {
			all = append(all, p.Add(s), p.Sub(s))
		}
	}
	return all
}

// half returns half of a number.
func half(d Decimal) Decimal {
	if d.coef == nil {
		return d
	}
	five := whole(5)
	return normal(five.coef.Mul(five.coef, d.coef), d.exp-1)
}
