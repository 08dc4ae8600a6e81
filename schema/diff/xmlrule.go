package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
)

// strictness ranks how the elements that a wildcard admits are validated.
var strictness = map[string]int{"skip": 0, "lax": 1, "strict": 2}

// processing compares how the wildcards of two content models, taken in order,
// validate what they admit.
func (w *xmlWalker) processing(o, n *model.XMLType, path string) {
	before, after := wildcards(o.Particle), wildcards(n.Particle)
	for i := range min(len(before), len(after)) {
		w.process(before[i], after[i], path, fmt.Sprintf("any %d", i))
	}
}

func (w *xmlWalker) process(b, a *model.Wildcard, path, subject string) {
	was, is := strictness[b.Process], strictness[a.Process]
	if was == is {
		return
	}
	w.emit(Change{Path: path, Kind: Open, Subject: subject,
		Message: fmt.Sprintf("undeclared members were checked in the way %q, are in the way %q", b.Process, a.Process)},
		b.At, a.At, verdict{is > was, is < was}.classes()...)
}

func wildcards(p *model.Particle) []*model.Wildcard {
	if p == nil {
		return nil
	}
	var out []*model.Wildcard
	if p.Wildcard != nil {
		out = append(out, p.Wildcard)
	}
	for i := range p.Parts {
		out = append(out, wildcards(&p.Parts[i])...)
	}
	return out
}

// anyAttribute compares the wildcards of attributes.
func (w *xmlWalker) anyAttribute(o, n *model.XMLType, path string) {
	b, a := o.AnyAttribute, n.AnyAttribute
	at := below(path, "@*")
	switch {
	case b == nil && a == nil:
		return
	case b == nil:
		w.emit(Change{Path: at, Kind: Open, Message: "undeclared attributes are allowed now"}, o.At, a.At, Looser)
		return
	case a == nil:
		w.emit(Change{Path: at, Kind: Open, Message: "undeclared attributes are forbidden now"}, b.At, n.At, Stricter)
		return
	}
	spaces := []string{"", noSpace}
	for _, s := range b.Namespaces {
		spaces = append(spaces, w.rename(s))
	}
	spaces = append(spaces, a.Namespaces...)
	var v verdict
	for _, s := range spaces {
		was, is := admits(b, s, w.rename), admits(a, s, func(s string) string { return s })
		v = v.or(verdict{was && !is, is && !was})
	}
	if !v.none() {
		w.emit(Change{Path: at, Kind: Open, Message: "undeclared attributes are allowed in other namespaces"}, b.At, a.At, v.classes()...)
	}
	w.process(b, a, at, "anyAttribute")
}

// identities compares the identity constraints of two elements, by name.
func (w *xmlWalker) identities(o, n *model.Element, path string) {
	find := func(list []model.Identity, local string) *model.Identity {
		for i := range list {
			if list[i].Name.Local == local {
				return &list[i]
			}
		}
		return nil
	}
	for i := range o.Identities {
		b := &o.Identities[i]
		c := Change{Path: path, Kind: Identity, Subject: b.Name.Local}
		a := find(n.Identities, b.Name.Local)
		if a == nil {
			c.Message = fmt.Sprintf("the %s %s is gone", b.Kind, b.Name.Local)
			w.emit(c, b.At, n.At, Looser)
			continue
		}
		samePaths := w.paths(b, w.rename) == w.paths(a, func(s string) string { return s })
		switch {
		case samePaths && b.Kind == a.Kind:
		case samePaths && b.Kind == model.IdentityUnique && a.Kind == model.IdentityKey:
			c.Message = "the unique " + b.Name.Local + " is a key now"
			w.emit(c, b.At, a.At, Stricter)
		case samePaths && b.Kind == model.IdentityKey && a.Kind == model.IdentityUnique:
			c.Message = "the key " + b.Name.Local + " need only be unique"
			w.emit(c, b.At, a.At, Looser)
		default:
			c.Message = fmt.Sprintf("the %s %s changed", b.Kind, b.Name.Local)
			w.emit(c, b.At, a.At, Stricter, Looser)
		}
	}
	for i := range n.Identities {
		a := &n.Identities[i]
		if find(o.Identities, a.Name.Local) == nil {
			w.emit(Change{Path: path, Kind: Identity, Subject: a.Name.Local,
				Message: fmt.Sprintf("the %s %s is new", a.Kind, a.Name.Local)}, o.At, a.At, Stricter)
		}
	}
}

// paths writes what an identity constraint selects and refers to. The order of
// alternatives means nothing, that of fields does.
func (w *xmlWalker) paths(i *model.Identity, rename func(string) string) string {
	write := func(paths []model.IdentityPath) string {
		var all []string
		for _, p := range paths {
			var b strings.Builder
			fmt.Fprintf(&b, "%v", p.Deep)
			for _, s := range p.Steps {
				fmt.Fprintf(&b, "/%v%v{%s}%s", s.Attribute, s.AnySpace, rename(s.Name.Space), s.Name.Local)
			}
			all = append(all, b.String())
		}
		slices.Sort(all)
		return strings.Join(all, "|")
	}
	out := i.Refer.Local + " " + write(i.Selector)
	for _, f := range i.Fields {
		out += " " + write(f)
	}
	return out
}
