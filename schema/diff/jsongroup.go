package diff

import (
	"fmt"
	"slices"

	"github.com/biform/biform/schema/model"
)

// group is anyOf or oneOf of one part of a view.
type group struct {
	part      *model.Schema
	exclusive bool
	branches  []view
}

// groups returns the choices of a view.
func (s side) groups(v view) []group {
	var out []group
	for _, p := range v.parts {
		for _, g := range []struct {
			ids       []model.SchemaID
			exclusive bool
		}{{p.AnyOf, false}, {p.OneOf, true}} {
			if len(g.ids) == 0 {
				continue
			}
			one := group{part: p, exclusive: g.exclusive}
			for _, id := range g.ids {
				one.branches = append(one.branches, s.view(id))
			}
			out = append(out, one)
		}
	}
	return out
}

// at is where the choice stands.
func (g group) at() model.Position {
	if g.exclusive {
		return g.part.Keywords["oneOf"]
	}
	return g.part.Keywords["anyOf"]
}

// disjoint tells whether no value can match two branches, by its kind alone.
func (g group) disjoint() bool {
	var all kinds
	for _, b := range g.branches {
		if all&b.mask != 0 {
			return false
		}
		all |= b.mask
	}
	return true
}

// distribute compares a place with alternatives on one side alone: the branch
// that is nearest to the other side is compared with it, and the others are
// new, or gone. It tells whether it has compared all there is.
func (w *jsonWalker) distribute(o, n view, path string) bool {
	og, ng := w.old.groups(o), w.new.groups(n)
	switch {
	case len(og) == 0 && len(ng) == 1 && len(ng[0].branches) > 0 && len(o.parts) > 0:
		w.alternatives(o, n, ng[0], path, false)
		return true
	case len(og) == 1 && len(ng) == 0 && len(og[0].branches) > 0 && len(n.parts) > 0:
		w.alternatives(n, o, og[0], path, true)
		return true
	}
	return false
}

// alternatives compares one, a view without alternatives, with the branches of
// many. back says that one is the new side.
func (w *jsonWalker) alternatives(one, many view, g group, path string, back bool) {
	s := w.new
	if back {
		s = w.old
	}
	pair := func(branch view) (o, n view) {
		if branch = s.instead(many, g.part, branch); back {
			return branch, one
		}
		return one, branch
	}
	best, least := -1, 0
	for i, b := range g.branches {
		o, n := pair(b)
		if o.mask&n.mask == 0 {
			continue
		}
		if found := len(w.quiet(o, n)); best < 0 || found < least {
			best, least = i, found
		}
	}
	if o, n := one, many; best < 0 {
		if back {
			o, n = many, one
		}
		w.kinds(o, n, path, false)
		return
	}
	o, n := pair(g.branches[best])
	if len(g.branches) == 1 {
		w.compare(o, n, path, false)
		return
	}
	for i, b := range g.branches {
		if i == best {
			continue
		}
		c := Change{Path: path, Kind: Type, Subject: fmt.Sprintf("alternative %d", i)}
		if back {
			classes := []Class{Stricter}
			if lost := b.mask.spelled() &^ one.mask.spelled(); lost != 0 {
				classes = append(classes, JSONBreak)
			}
			if g.exclusive && !g.disjoint() {
				classes = append(classes, Looser)
			}
			c.Message = fmt.Sprintf("an alternative (%s) is gone", b.mask)
			w.emit(c, b.at, one.at, classes...)
			continue
		}
		classes := []Class{Looser}
		if g.exclusive && !g.disjoint() {
			classes = append(classes, Stricter)
		}
		c.Message = fmt.Sprintf("an alternative (%s) is new", b.mask)
		w.emit(c, one.at, b.at, classes...)
	}
	w.compare(o, n, path, true)
}

// groups compares the choices of two views, those of both sides one by one.
func (w *jsonWalker) groups(o, n view, path string) {
	og, ng := w.old.groups(o), w.new.groups(n)
	for i := range max(len(og), len(ng)) {
		c := Change{Path: path, Kind: Rule, Subject: fmt.Sprintf("choice %d", i)}
		switch {
		case i >= len(og):
			c.Message = "a choice of alternatives is new"
			w.emit(c, o.at, ng[i].at(), Stricter)
		case i >= len(ng):
			c.Message = "a choice of alternatives is gone"
			w.emit(c, og[i].at(), n.at, Looser)
		default:
			w.group(og[i], ng[i], path, c)
		}
	}
}

// group compares two choices.
func (w *jsonWalker) group(o, n group, path string, c Change) {
	before, after := w.unequal(o.branches, n.branches)
	changed := len(before)+len(after) > 0
	// What is left is paired by kind of value, in order.
	for _, b := range before {
		i := slices.IndexFunc(after, func(a view) bool { return a.mask == b.mask })
		if i < 0 {
			i = slices.IndexFunc(after, func(a view) bool { return a.mask&b.mask&^kindNull != 0 })
		}
		if i < 0 {
			gone := c
			gone.Kind, gone.Subject = Type, fmt.Sprintf("alternative at %s", b.at.Path)
			gone.Message = fmt.Sprintf("an alternative (%s) is gone", b.mask)
			w.emit(gone, b.at, n.at(), Stricter)
			continue
		}
		w.compare(b, after[i], path, true)
		after = slices.Delete(after, i, i+1)
	}
	for _, a := range after {
		come := c
		come.Kind, come.Subject = Type, fmt.Sprintf("alternative at %s", a.at.Path)
		come.Message = fmt.Sprintf("an alternative (%s) is new", a.mask)
		w.emit(come, o.at(), a.at, Looser)
	}
	exclusive := o.exclusive && !o.disjoint() || n.exclusive && !n.disjoint()
	switch {
	case changed && exclusive:
		// A branch that takes more may take what another one takes as well.
		c.Message = "the alternatives exclude one another, and changed"
		w.emit(c, o.at(), n.at(), Stricter, Looser)
	case o.exclusive != n.exclusive && exclusive && n.exclusive:
		c.Message = "the alternatives exclude one another now"
		w.emit(c, o.at(), n.at(), Stricter)
	case o.exclusive != n.exclusive && exclusive:
		c.Message = "the alternatives no longer exclude one another"
		w.emit(c, o.at(), n.at(), Looser)
	}
}
