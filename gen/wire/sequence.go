package wire

import "iter"

// Sequence is the order in which the children of an element stood: for each the
// number of its member in the table of elements, counted from 1, or 0 for one
// that is kept. A record that is made by hand needs none: its children are then
// written in the order of its fields.
type Sequence []uint16

// Add adds the child that [XML.Child] found, by its field: see [XML.Stood].
func (o *Sequence) Add(field int) { *o = append(*o, uint16(field+1)) }

// Slot is one child of an element: a member, by its index in the table of
// elements, or -1 for one that is kept, and which of its values it is.
type Slot struct{ Field, Nth int }

// Slots yields every child once: as they stood, as far as o says, and then the
// others in the order of the table, those that are kept last. kept is how many
// are kept, and counts how many values each member has.
func (o Sequence) Slots(kept int, counts ...int) iter.Seq[Slot] {
	return func(yield func(Slot) bool) {
		next := make([]int, len(counts)+1)
		count := func(f int) int {
			if f == 0 {
				return kept
			}
			return counts[f-1]
		}
		for _, f := range o {
			if int(f) > len(counts) || next[f] >= count(int(f)) {
				continue
			}
			if !yield(Slot{int(f) - 1, next[f]}) {
				return
			}
			next[f]++
		}
		for i := range next {
			f := (i + 1) % len(next)
			for ; next[f] < count(f); next[f]++ {
				if !yield(Slot{f - 1, next[f]}) {
					return
				}
			}
		}
	}
}

// One is 1 for a value that is there, and 0 for one that is not.
func One(there bool) int {
	if there {
		return 1
	}
	return 0
}

// Kept counts the kept members that are children: elements and text.
func Kept(unknown []Member) int {
	n := 0
	for i := range unknown {
		if unknown[i].child() {
			n++
		}
	}
	return n
}

// child tells whether a kept member is an element or text.
func (m *Member) child() bool {
	return m.Kind == ElementMember || m.Kind == TextMember || m.Kind == UnreadElement
}

// Kept writes the nth kept member that is a child.
func (w *XMLWriter) Kept(unknown []Member, nth int) {
	for i := range unknown {
		if m := &unknown[i]; m.child() {
			if nth == 0 {
				w.Buf = append(w.Buf, m.Raw...)
				if n := len(w.parents); m.Kind == UnreadElement && n > 0 && w.parents[n-1].inside == 0 {
					w.parents[n-1].child++ // it has its attributes
				}
				return
			}
			nth--
		}
	}
}
