package wire

import "strings"

// This file keeps the attributes of children that are values and no records:
// xsi:type and its kind, which every element may have, declarations of
// namespaces, and what nobody declared. Their parent keeps them, by the place of
// the child.

// childAttrs keeps the attributes of the start tag read last, whose element is a
// value.
func (x *XML) childAttrs() {
	keep, what := x.exact && x.unknown != nil, "dropped"
	if keep {
		what = "kept"
	}
	for i := range x.attrs {
		a := &x.attrs[i]
		if !a.declares && !a.schemaInst {
			x.tolerate(a.at, Unknown, "attribute %s is not declared, "+what, a.local)
		}
		if !keep || a.isNil() || a.declares && !x.lasting(a) {
			continue
		}
		x.keepBy(a, Member{Name: x.meta.Name + "/@", Kind: ChildAttribute, Index: x.child}, x.unknown)
	}
}

// lasting tells whether a declaration can be written again: not that of a default
// namespace where elements are written by names without a prefix, nor one that a
// writer has made on the spot.
func (x *XML) lasting(a *attribute) bool {
	return x.defaults && a.local == "xmlns" || a.local != "xmlns" && !strings.HasPrefix(a.local, ownPrefix)
}

// parent is an open element that has members of the kind ChildAttribute.
type parent struct {
	unknown []Member
	next    int   // in unknown
	child   int32 // the place of the child that comes next
	inside  int   // elements that are open below it
}

// enter notes that a record's start tag was written. keeps says that there are
// attributes of its children among what was kept.
func (w *XMLWriter) enter(unknown []Member, keeps bool) {
	if n := len(w.parents); n > 0 {
		p := &w.parents[n-1]
		if p.inside == 0 {
			p.child++ // a record keeps its attributes itself
		}
		p.inside++
	}
	if keeps {
		w.parents = append(w.parents, parent{unknown: unknown})
	}
}

// exit notes that a record's end tag was written.
func (w *XMLWriter) exit() {
	n := len(w.parents) - 1
	if w.parents[n].inside == 0 {
		if w.parents = w.parents[:n]; n == 0 {
			return
		}
		n--
	}
	w.parents[n].inside--
}

// place writes the attributes that were kept for the child that is a value and
// whose name, or all of it, was just written. With isNil it has xsi:nil already.
func (w *XMLWriter) place(name string, isNil bool) {
	p := &w.parents[len(w.parents)-1]
	if p.inside > 0 {
		return
	}
	local := localName(name)
	for ; p.next < len(p.unknown); p.next++ {
		m := &p.unknown[p.next]
		if m.Kind != ChildAttribute || m.Index < p.child {
			continue
		}
		if m.Index > p.child {
			break
		}
		child, attr, _ := strings.Cut(m.Name, "/@")
		if child == local && !(isNil && strings.HasSuffix(attr, ":nil")) {
			w.kept(attr, m.Raw)
		}
	}
	p.child++
}

// kept writes an attribute as it was spelled.
func (w *XMLWriter) kept(name, raw string) {
	w.Buf = append(w.Buf, ' ')
	w.Buf = append(w.Buf, name...)
	w.Buf = append(w.Buf, '=')
	w.Buf = append(w.Buf, raw...)
}
