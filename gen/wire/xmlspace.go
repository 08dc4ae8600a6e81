package wire

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// This file expands the names in tags (Namespaces in XML 1.0).

// binding is a namespace declaration in scope.
type binding struct{ prefix, space string }

// bind takes the namespace declarations of the start tag into scope, expands
// the names of its attributes and refuses attributes that are given twice.
func (x *XML) bind(at int) bool {
	if x.special&attrs == 0 {
		return x.colons(x.nameAt, x.nameLen)
	}
	for i := range x.attrs {
		a := &x.attrs[i]
		name := x.buf.str(a.at, a.at+a.n)
		a.local = name
		if i := strings.IndexByte(name, ':'); i >= 0 {
			if !x.colons(a.at, a.n) {
				return false
			}
			a.prefix, a.local = name[:i], name[i+1:]
		}
		switch {
		case name == "xmlns":
			a.declares = true
			if a.value == xmlSpace || a.value == xmlnsSpace {
				x.syntax(a.at, fmt.Sprintf("%s cannot be the default namespace", excerpt(a.value)))
				return false
			}
			x.bindings = append(x.bindings, binding{"", a.value})
		case a.prefix == "xmlns":
			a.declares = true
			if a.local == "xmlns" || (a.local == "xml") != (a.value == xmlSpace) || a.value == "" || a.value == xmlnsSpace {
				x.syntax(a.at, fmt.Sprintf("namespace declaration %s=%s is not allowed", name, excerpt(a.value)))
				return false
			}
			x.bindings = append(x.bindings, binding{a.local, a.value})
		}
	}
	x.rescope()
	for i := range x.attrs {
		a := &x.attrs[i]
		if a.declares {
			a.space = xmlnsSpace
			continue
		}
		if a.prefix != "" {
			space, ok := x.lookup(a.prefix)
			if !ok {
				x.syntax(a.at, fmt.Sprintf("the prefix %s is not declared", excerpt(a.prefix)))
				return false
			}
			a.space = space
			a.schemaInst = space == xsiSpace
			if a.isNil() {
				x.special |= isNil
			}
		}
	}
	return x.colons(x.nameAt, x.nameLen) && x.distinct()
}

// distinct refuses attributes that are given twice.
func (x *XML) distinct() bool {
	if len(x.attrs) < 2 {
		return true
	}
	order := x.attrs
	if len(order) > 8 {
		// Sorting keeps a flood of attributes from costing its square.
		order = slices.Clone(x.attrs)
		slices.SortFunc(order, func(a, b attribute) int {
			if c := strings.Compare(a.local, b.local); c != 0 {
				return c
			}
			return strings.Compare(a.space, b.space)
		})
	}
	for i := range order {
		rest := order[i+1:]
		if len(order) > 8 {
			rest = rest[:min(1, len(rest))]
		}
		for j := range rest {
			if order[i].local == rest[j].local && order[i].space == rest[j].space {
				a := rest[j]
				if order[i].at > a.at {
					a = order[i]
				}
				x.fail(a.at, ErrDuplicate, fmt.Sprintf("attribute %s is given twice", x.buf.str(a.at, a.at+a.n)))
				return false
			}
		}
	}
	return true
}

// colons refuses a name that is no QName (Namespaces in XML 1.0, section 4).
func (x *XML) colons(at, n int) bool {
	name := x.buf.str(at, at+n)
	i := strings.IndexByte(name, ':')
	if i < 0 {
		return true
	}
	r, _ := utf8.DecodeRuneInString(name[i+1:])
	if i == 0 || i == n-1 || strings.IndexByte(name[i+1:], ':') >= 0 || !isNameStart(r) {
		x.syntax(at, fmt.Sprintf("%s is not a name with a prefix", excerpt(name)))
		return false
	}
	return true
}

// rescope finds the default namespace in scope.
func (x *XML) rescope() {
	x.space, _ = x.lookup("")
}

// lookup returns the namespace that a prefix is bound to.
func (x *XML) lookup(prefix string) (string, bool) {
	space, _, ok := lookupIn(x.bindings, prefix)
	return space, ok
}

// lookupIn is lookup among bindings; at is the one that it found, or -1.
func lookupIn(bindings []binding, prefix string) (space string, at int, ok bool) {
	if prefix == "xml" {
		return xmlSpace, -1, true
	}
	for i := len(bindings) - 1; i >= 0; i-- {
		if bindings[i].prefix == prefix {
			return bindings[i].space, i, true
		}
	}
	return "", -1, prefix == ""
}

// sameSpace compares two namespaces, mostly none.
func sameSpace(a, b string) bool { return len(a)|len(b) == 0 || a == b }

// resolve expands the name of the start tag read last.
func (x *XML) resolve() (space, local string) {
	name := x.tagName()
	i := strings.IndexByte(name, ':')
	if i < 0 {
		return x.space, name
	}
	prefix, local := name[:i], name[i+1:]
	x.special |= prefixed
	space, ok := x.lookup(prefix)
	if !ok || prefix == "xmlns" {
		x.syntax(x.nameAt, fmt.Sprintf("the prefix %s is not declared", excerpt(prefix)))
	}
	return space, local
}

// tagName returns the name of the start tag read last, as it is spelled.
func (x *XML) tagName() string { return x.buf.str(x.nameAt, x.nameAt+x.nameLen) }
