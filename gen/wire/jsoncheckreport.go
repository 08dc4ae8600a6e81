package wire

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// jsonReport is what has been found wrong so far.
type jsonReport struct {
	found []jsonViolation
	// missed counts violations that are no longer, or never were, in found.
	missed int
	// horizon is the offset behind which violations are only counted: there
	// are enough before it.
	horizon int
	// section is where in found the branch begins that is being explained, and
	// may be dropped again; tentative counts such branches around each other.
	section   int
	tentative int
	// beyond counts what else is wrong by an alternative that was ruled out by
	// the member that tells it from others.
	beyond int
	// explained are the questions that need no second explanation.
	explained map[jsonQuestion]bool
	steps     int
}

// jsonViolation is a violation before its path, line and column are known.
type jsonViolation struct {
	off     int
	code    Code
	message string
}

// crowded is how many violations are kept before the first ones are picked.
const crowded = 40 * MaxViolations

// explain evaluates the root again and returns what is wrong.
func (v *jsonCheck) explain(data []byte) Violations {
	v.report = jsonReport{horizon: math.MaxInt, explained: make(map[jsonQuestion]bool)}
	v.reset()
	v.explaining = true
	v.eval(v.program.root, 0, false)
	v.explaining = false
	v.memo = nil
	v.report.pick()
	if len(v.report.found) == 0 {
		v.at(0, "schema", "does not satisfy %s", v.name(v.program.root))
	}
	found, missed := v.report.found, v.report.missed
	v.report = jsonReport{}

	offsets := make([]int, len(found))
	for i := range found {
		offsets[i] = found[i].off
	}
	places := locateJSON(data, offsets)
	all := make(Violations, 0, len(found)+1)
	for i, f := range found {
		all = append(all, Violation{Place: places[i], Code: f.code, Message: f.message})
	}
	if missed > 0 {
		all = append(all, Violation{Code: ErrMore, Message: fmt.Sprintf("and %d more", missed)})
	}
	return all
}

// pick sorts the violations of the section, each once, and keeps as many as
// are reported.
func (r *jsonReport) pick() {
	list := r.found[r.section:]
	slices.SortStableFunc(list, func(a, b jsonViolation) int { return cmp.Compare(a.off, b.off) })
	list = compactViolations(list)
	if len(list) > MaxViolations {
		r.missed += len(list) - MaxViolations
		list = list[:MaxViolations]
		if r.tentative == 0 {
			r.horizon = list[MaxViolations-1].off
		}
	}
	r.found = r.found[:r.section+len(list)]
}

// compactViolations drops what has been said of the same value before: two
// schemas may hold the same rule.
func compactViolations(list []jsonViolation) []jsonViolation {
	kept := list[:0]
	for _, x := range list {
		twice := false
		for k := len(kept) - 1; k >= 0 && kept[k].off == x.off && !twice; k-- {
			twice = kept[k] == x
		}
		if !twice {
			kept = append(kept, x)
		}
	}
	return kept
}

// add records a violation at an offset; it returns false, for its callers to
// return.
func (v *jsonCheck) add(off uint32, code Code, format string, args ...any) bool {
	r := &v.report
	if r.tentative == 0 && int(off) > r.horizon {
		r.missed++
		return false
	}
	r.found = append(r.found, jsonViolation{int(off), code, fmt.Sprintf(format, args...)})
	if len(r.found)-r.section >= crowded {
		r.pick()
	}
	return false
}

// at records a violation of the value at entry i.
func (v *jsonCheck) at(i int, code Code, format string, args ...any) bool {
	return v.add(v.entries[i].off, code, format, args...)
}

// explainOnce evaluates a container unless that has been explained already.
func (v *jsonCheck) explainOnce(q jsonQuestion, kind uint32) bool {
	r := &v.report
	if r.tentative > 0 {
		if r.steps++; r.steps > explainSteps {
			ok := v.asks(q.node, q.at, false)
			if !ok {
				v.at(q.at, "schema", "does not satisfy %s", v.name(q.node))
			}
			return ok
		}
		return v.rules(q.node, q.at, kind, false)
	}
	ok, known := r.explained[q]
	if !known {
		ok = v.rules(q.node, q.at, kind, false)
		r.explained[q] = ok
	}
	return ok
}

// name names a schema in a message.
func (v *jsonCheck) name(n *jsonNode) string {
	if n.schema.At == "" {
		return "the schema"
	}
	return "#" + n.schema.At
}

// noBranch explains why no branch of anyOf or oneOf matches.
func (v *jsonCheck) noBranch(n *jsonNode, b *jsonBranches, list []*jsonNode, i int, kind uint32) bool {
	if len(list) == 0 {
		return v.noCandidate(n, b, i, kind)
	}
	if len(list) > 1 && kind < jsonArray {
		var messages []string
		v.attempts(list, i, func(a *jsonAttempt) { messages = append(messages, a.found[0].message) })
		return v.at(i, b.keyword, "matches none of %d alternatives: %s", len(list), strings.Join(messages, "; "))
	}
	best := v.nearest(list, i)
	if out := b.ruledOut(list, kind); len(out) > 0 {
		// The value of the member that tells is perhaps what is wrong.
		if told := v.nearest(out, i); told.nearer(&best) {
			if !out[told.branch].union() {
				return v.noCandidate(n, b, i, kind)
			}
			best = told
		}
	}
	r := &v.report
	for _, f := range best.found {
		if r.tentative == 0 && f.off > r.horizon {
			r.missed++
			continue
		}
		r.found = append(r.found, f)
	}
	r.missed += best.missed
	if len(r.found)-r.section >= crowded {
		r.pick()
	}
	return false
}

// noCandidate explains that a value cannot match any branch, by its type or by
// the member that tells branches apart.
func (v *jsonCheck) noCandidate(n *jsonNode, b *jsonBranches, i int, kind uint32) bool {
	if kind != jsonObject || len(b.byKind[jsonObject]) == 0 {
		kinds := uint8(0)
		for k := range b.byKind {
			if len(b.byKind[k]) > 0 {
				kinds |= 1 << k
			}
		}
		if kinds&(1<<kind) != 0 {
			kinds &^= 1 << kind
		}
		return v.at(i, ErrType, "is %s, want %s", jsonKindNames[kind], jsonWanted(kinds))
	}
	if v.report.tentative > 0 {
		// What else is wrong tells this union from others that the value may
		// have been meant for.
		best := v.nearest(b.byKind[jsonObject], i)
		v.report.beyond += max(best.wrong-1, 0)
	}
	t := b.teller
	want := jsonList(len(t.values), func(k int) string { return excerpt(t.values[k]) })
	if m := v.member(i, t.name); m != 0 {
		return v.at(m, b.keyword, "is %s, want %s, which tells the alternatives apart", v.excerptOf(m), want)
	}
	return v.at(i, ErrRequired, "member %s is missing, which tells the alternatives apart: want %s", excerpt(t.name), want)
}

// ruledOut returns the branches that an object was ruled out for, by a member
// whose value none of them has.
func (b *jsonBranches) ruledOut(list []*jsonNode, kind uint32) (out []*jsonNode) {
	if t := b.teller; kind == jsonObject && t != nil && (jsonSame(list, t.other) || jsonSame(list, t.absent)) {
		for _, s := range b.byKind[jsonObject] {
			if !slices.Contains(list, s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// jsonSame tells whether two lists are one.
func jsonSame(a, b []*jsonNode) bool { return len(a) > 0 && len(b) > 0 && &a[0] == &b[0] }

// union tells whether a schema stands for alternatives.
func (n *jsonNode) union() bool {
	for n.place != nil {
		if n.place.anyOf != nil || n.place.oneOf != nil {
			return true
		}
		if n.place.ref == nil {
			return false
		}
		n = n.place.ref
	}
	return false
}

func (v *jsonCheck) twoBranches(n *jsonNode, b *jsonBranches, first, second *jsonNode, i int) bool {
	x, y := slices.Index(b.all, first), slices.Index(b.all, second)
	return v.at(i, b.keyword, "matches alternatives %d and %d (%s, %s), want exactly one", x+1, y+1, v.name(first), v.name(second))
}
