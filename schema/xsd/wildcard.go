package xsd

import (
	"slices"
	"strings"
)

// wildcard reads an xs:any or xs:anyAttribute (Part 1, section 3.10.2).
func (s *schema) wildcard(d *document, n *node) *wildcard {
	w := &wildcard{node: n, process: "strict"}
	if p := n.get("processContents"); p != "" {
		w.process = p
	}
	switch v := n.get("namespace"); {
	case !n.has("namespace") || v == "##any":
		w.any = true
	case v == "##other":
		w.not = true
		w.spaces = []string{d.target}
	default:
		for _, word := range strings.Fields(v) {
			switch word {
			case "##targetNamespace":
				word = d.target
			case "##local":
				word = ""
			}
			if !slices.Contains(w.spaces, word) {
				w.spaces = append(w.spaces, word)
			}
		}
	}
	return w
}

// admits tells whether the wildcard admits a namespace (cvc-wildcard-namespace).
func (w *wildcard) admits(space string) bool {
	switch {
	case w.any:
		return true
	case w.not:
		return space != "" && !slices.Contains(w.spaces, space)
	}
	return slices.Contains(w.spaces, space)
}

// within tells whether a wildcard admits only what another does (cos-ns-subset).
func (w *wildcard) within(super *wildcard) bool {
	switch {
	case super.any:
		return true
	case w.any:
		return false
	case w.not:
		return super.not && sameSpaces(w, super)
	}
	for _, space := range w.spaces {
		if !super.admits(space) {
			return false
		}
	}
	return true
}

// overlaps tells whether some namespace is admitted by both wildcards.
func (w *wildcard) overlaps(x *wildcard) bool {
	open, other := w, x
	if !w.any && !w.not {
		open, other = x, w
	}
	if other.any || other.not {
		return true
	}
	return slices.ContainsFunc(other.spaces, open.admits)
}

func sameSpaces(w, x *wildcard) bool {
	return w.any == x.any && w.not == x.not && len(w.spaces) == len(x.spaces) &&
		!slices.ContainsFunc(w.spaces, func(s string) bool { return !slices.Contains(x.spaces, s) })
}

// intersect is the intersection of two attribute wildcards (cos-aw-intersect);
// ok is false when it cannot be expressed. processContents is the first one's.
func intersect(w, x *wildcard) (out *wildcard, ok bool) {
	out = &wildcard{node: w.node, process: w.process}
	switch {
	case sameSpaces(w, x), x.any:
		out.any, out.not, out.spaces = w.any, w.not, w.spaces
	case w.any:
		out.any, out.not, out.spaces = x.any, x.not, x.spaces
	case w.not && x.not:
		switch {
		case slices.Equal(w.spaces, []string{""}):
			out.not, out.spaces = true, x.spaces
		case slices.Equal(x.spaces, []string{""}):
			out.not, out.spaces = true, w.spaces
		default:
			return nil, false
		}
	default:
		set, other := w, x
		if w.not {
			set, other = x, w
		}
		for _, space := range set.spaces {
			if other.admits(space) {
				out.spaces = append(out.spaces, space)
			}
		}
	}
	return out, true
}

// unite is the union of two attribute wildcards (cos-aw-union); ok is false
// when it cannot be expressed. processContents is the first one's.
func unite(w, x *wildcard) (out *wildcard, ok bool) {
	out = &wildcard{node: w.node, process: w.process}
	switch {
	case sameSpaces(w, x):
		out.any, out.not, out.spaces = w.any, w.not, w.spaces
	case w.any || x.any:
		out.any = true
	case w.not && x.not:
		out.not, out.spaces = true, []string{""}
	case w.not || x.not:
		set, other := w, x
		if w.not {
			set, other = x, w
		}
		return uniteNot(out, other, set)
	default:
		out.spaces = slices.Clone(w.spaces)
		for _, space := range x.spaces {
			if !slices.Contains(out.spaces, space) {
				out.spaces = append(out.spaces, space)
			}
		}
	}
	return out, true
}

// uniteNot joins "all but a namespace" with a set (cos-aw-union, clauses 5 and
// 6).
func uniteNot(out, not, set *wildcard) (*wildcard, bool) {
	absent := slices.Contains(set.spaces, "")
	if slices.Equal(not.spaces, []string{""}) {
		if absent {
			out.any = true
		} else {
			out.not, out.spaces = true, []string{""}
		}
		return out, true
	}
	negated := slices.Contains(set.spaces, not.spaces[0])
	switch {
	case negated && absent:
		out.any = true
	case negated:
		out.not, out.spaces = true, []string{""}
	case absent:
		return nil, false
	default:
		out.not, out.spaces = true, not.spaces
	}
	return out, true
}
