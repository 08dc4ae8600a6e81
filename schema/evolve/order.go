package evolve

import (
	"slices"
	"sort"

	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
)

// order puts the members that are elements into the order in which they always
// stand, if there is one.
func (r *newRecord) order() {
	var runs [][]string
	for _, v := range r.of.seen {
		runs = append(runs, elementOrder(v))
	}
	names := make([]string, 0, len(r.members))
	for _, d := range r.members {
		if d.node == model.NodeElement {
			names = append(names, d.name)
		}
	}
	sorted, ok := arrange(names, runs)
	r.ordered = ok
	if !ok {
		return
	}
	rank := map[string]int{}
	for i, name := range sorted {
		rank[name] = i + 1
	}
	slices.SortStableFunc(r.members, func(a, b *declaration) int {
		if a.node != model.NodeElement || b.node != model.NodeElement {
			return 0
		}
		return rank[a.name] - rank[b.name]
	})
}

// elementOrder returns the names of a record's elements in the order of the
// XML; runs of one name once. It is empty for a record of JSON.
func elementOrder(v *observe.Value) []string {
	type kid struct {
		offset int
		name   string
	}
	var kids []kid
	for _, m := range v.Members {
		if m.Node != model.NodeElement {
			continue
		}
		for _, one := range m.Values {
			kids = append(kids, kid{one.At.Offset, m.Name})
		}
	}
	sort.SliceStable(kids, func(a, b int) bool { return kids[a].offset < kids[b].offset })
	var names []string
	for _, k := range kids {
		if len(names) == 0 || names[len(names)-1] != k.name {
			names = append(names, k.name)
		}
	}
	return names
}

// arrange sorts names so that each of the runs is in order; ok is false when
// there is no such order. Names that no run compares keep theirs.
func arrange(names []string, runs [][]string) (sorted []string, ok bool) {
	before := map[string]map[string]bool{} // before[b][a]: a stands before b
	for _, run := range runs {
		seen := map[string]bool{}
		for i, name := range run {
			if seen[name] {
				return names, false // other names stand between two of one
			}
			seen[name] = true
			if i > 0 {
				if before[name] == nil {
					before[name] = map[string]bool{}
				}
				before[name][run[i-1]] = true
			}
		}
	}
	left := slices.Clone(names)
	done := map[string]bool{}
	for len(left) > 0 {
		i := slices.IndexFunc(left, func(name string) bool {
			for a := range before[name] {
				if !done[a] && slices.Contains(names, a) {
					return false
				}
			}
			return true
		})
		if i < 0 {
			return names, false
		}
		done[left[i]] = true
		sorted = append(sorted, left[i])
		left = slices.Delete(left, i, i+1)
	}
	return sorted, true
}
