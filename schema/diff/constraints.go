package diff

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/model"
)

// delta is how one group of constraints changed.
type delta struct {
	verdict
	subject  string
	message  string
	old, new model.Position
}

// groups are the constraints that are weighed together, by domain.
var groups = map[constraint.Domain][][]model.ConstraintKind{
	constraint.Numbers: {
		{model.Minimum, model.ExclusiveMinimum}, {model.Maximum, model.ExclusiveMaximum},
		{model.MultipleOf}, {model.TotalDigits}, {model.FractionDigits},
	},
	constraint.Texts:   {{model.MinLength}, {model.MaxLength}},
	constraint.Lists:   {{model.MinItems, model.MinLength}, {model.MaxItems, model.MaxLength}, {model.UniqueItems}},
	constraint.Objects: {{model.MinProperties}, {model.MaxProperties}},
}

// bounds compares two lists of constraints for the values of two domains, which
// differ only when one side's are integers and the other's are numbers.
func bounds(old, new []model.Constraint, od, nd constraint.Domain) []delta {
	var out []delta
	kinds := groups[od]
	if od == constraint.Integers {
		kinds = groups[constraint.Numbers]
	}
	whole := weighSets(old, new, od, nd)
	for _, group := range kinds {
		o, n := only(old, group), only(new, group)
		if sameConstraints(o, n) {
			continue
		}
		// Each group is weighed alone, for values that both sides take: the
		// wider domain is a change of its own.
		domain := od
		if nd == constraint.Integers {
			domain = nd
		}
		v := weighSets(o, n, domain, domain)
		if v.none() || whole.none() {
			continue
		}
		out = append(out, delta{verdict: v, subject: string(group[0]), message: change(o, n), old: first(o), new: first(n)})
	}
	return out
}

// weighSets is the verdict on two lists of constraints.
func weighSets(old, new []model.Constraint, od, nd constraint.Domain) verdict {
	o, n := constraint.Of(old, od), constraint.Of(new, nd)
	return verdict{o.Within(n) != constraint.Yes, n.Within(o) != constraint.Yes}
}

func only(list []model.Constraint, kinds []model.ConstraintKind) []model.Constraint {
	var out []model.Constraint
	for _, c := range list {
		if slices.Contains(kinds, c.Kind) {
			out = append(out, c)
		}
	}
	return out
}

// sameConstraints tells whether two lists say the same in the same words.
func sameConstraints(a, b []model.Constraint) bool {
	return slices.EqualFunc(a, b, func(x, y model.Constraint) bool { return x.Kind == y.Kind && x.Value == y.Value })
}

func first(list []model.Constraint) model.Position {
	if len(list) == 0 {
		return model.Position{}
	}
	return list[0].At
}

// change says in words how a list of constraints became another.
func change(old, new []model.Constraint) string {
	switch {
	case len(old) == 0:
		return said(new) + " is new"
	case len(new) == 0:
		return said(old) + " is gone"
	case len(old) == 1 && len(new) == 1 && old[0].Kind == new[0].Kind:
		return string(old[0].Kind) + " was " + old[0].Value + ", is " + new[0].Value
	}
	return said(old) + " became " + said(new)
}

func said(list []model.Constraint) string {
	var out []string
	for _, c := range list {
		s := string(c.Kind)
		if c.Value != "" {
			s += " " + c.Value
		}
		out = append(out, s)
	}
	return strings.Join(out, " and ")
}

// expression is a pattern in the language of package regexp, and as its
// contract states it.
type expression struct {
	re2, source string
	opaque      bool // re2 is unknown
	at          model.Position
}

// patterns compares two lists of patterns, of which a value must match every
// one. It returns nil when they admit the same.
func patterns(old, new []expression) *delta {
	v := verdict{matchWithin(old, new) != constraint.Yes, matchWithin(new, old) != constraint.Yes}
	if v.none() {
		return nil
	}
	list := func(all []expression) []model.Constraint {
		var out []model.Constraint
		for _, e := range all {
			out = append(out, model.Constraint{Kind: model.Pattern, Value: e.source, At: e.at})
		}
		return out
	}
	o, n := list(old), list(new)
	return &delta{verdict: v, subject: string(model.Pattern), message: change(o, n), old: first(o), new: first(n)}
}

// matchWithin tells whether every text that matches all of a matches all of b.
func matchWithin(a, b []expression) constraint.Answer {
	answer := constraint.Yes
	for _, y := range b {
		known := constraint.Unknown
		if slices.ContainsFunc(a, func(x expression) bool { return x.source == y.source && x.re2 == y.re2 }) {
			continue
		}
		left := a
		if len(left) == 0 {
			left = []expression{{}} // the empty expression matches everything
		}
		for _, x := range left {
			if x.opaque || y.opaque {
				continue
			}
			switch constraint.PatternWithin(x.re2, y.re2) {
			case constraint.Yes:
				known = constraint.Yes
			case constraint.No:
				if len(left) == 1 {
					return constraint.No
				}
			}
			if known == constraint.Yes {
				break
			}
		}
		if known != constraint.Yes {
			answer = constraint.Unknown
		}
	}
	return answer
}
