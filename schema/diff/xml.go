package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
)

// xmlWalker compares the components of two XSDs.
type xmlWalker struct {
	recorder
	old, new *model.XMLContract
	// from and to are the namespaces of the roots: when the document moved from
	// one to the other, its members did so as well, which is one change.
	from, to string
	visited  map[[2]int]bool // of types
	elements map[[2]model.ElementID]bool
	steps
}

func compareXML(old, new *model.XMLContract) []Change {
	w := &xmlWalker{recorder: recorder{form: model.XML}, old: old, new: new,
		visited: map[[2]int]bool{}, elements: map[[2]model.ElementID]bool{}}
	o, n := old.Element(old.Roots[0]), new.Element(new.Roots[0])
	w.from, w.to = o.Name.Space, n.Name.Space
	if o.Name.Local != n.Name.Local {
		w.emit(Change{Path: "/", Kind: Moved, Subject: "root",
			Message: fmt.Sprintf("the root element was %s, is %s", o.Name.Local, n.Name.Local)}, o.At, n.At, XMLBreak, Stricter, Looser)
	}
	if w.from != w.to {
		w.emit(Change{Path: "/", Kind: Moved, Subject: "namespace", Message: "the " + spaceChange(w.from, w.to)},
			o.At, n.At, XMLBreak, Stricter, Looser)
	}
	w.element(o, n, "/")
	w.steps.run()
	w.globals()
	w.steps.run()
	return w.changes
}

func spaceChange(from, to string) string {
	show := func(s string) string {
		if s == "" {
			return "none"
		}
		return s
	}
	return fmt.Sprintf("namespace was %s, is %s", show(from), show(to))
}

// rename returns the namespace that one of the old contract has in the new one.
func (w *xmlWalker) rename(space string) string {
	if space == w.from {
		return w.to
	}
	return space
}

// renamed returns the name that one of the old contract has in the new one.
func (w *xmlWalker) renamed(n model.XMLName) model.XMLName {
	n.Space = w.rename(n.Space)
	return n
}

// globals compares the other global elements and attributes: a document may
// have one of them as its root, and wildcards admit them.
func (w *xmlWalker) globals() {
	ro, rn := reached(w.old), reached(w.new)
	byName := func(list []model.ElementID, c *model.XMLContract, name model.XMLName, rename func(model.XMLName) model.XMLName) *model.Element {
		for _, id := range list {
			if e := c.Element(id); rename(e.Name) == name {
				return e
			}
		}
		return nil
	}
	same := func(n model.XMLName) model.XMLName { return n }
	for _, id := range w.old.Roots[1:] {
		o := w.old.Element(id)
		path := "/<" + o.Name.Local + ">"
		if n := byName(w.new.Roots, w.new, w.renamed(o.Name), same); n != nil {
			w.element(o, n, path)
		} else if !ro[id] {
			w.emit(Change{Path: path, Kind: Removed, Message: "a document may not have this root any more"}, o.At, model.Position{}, XMLBreak, Stricter)
		}
	}
	for _, id := range w.new.Roots[1:] {
		n := w.new.Element(id)
		if byName(w.old.Roots, w.old, n.Name, w.renamed) == nil && !rn[id] {
			w.emit(Change{Path: "/<" + n.Name.Local + ">", Kind: Added, Message: "a document may have this root"}, model.Position{}, n.At, Additive)
		}
	}
	w.attributes(w.old.Attributes, w.new.Attributes, "/<>", nil, nil)
	// Where anything may stand, an xsi:type may name any type.
	if !anything(w.old) || !anything(w.new) {
		return
	}
	for i := range w.old.Types {
		o := &w.old.Types[i]
		if o.Name == nil || strings.HasPrefix(o.Name.Space, "http://www.w3.org/2001/XMLSchema") {
			continue
		}
		for j := range w.new.Types {
			if n := &w.new.Types[j]; n.Name != nil && *n.Name == w.renamed(*o.Name) {
				w.typ(o.ID, n.ID, o.At, n.At, "/<"+o.Name.Local+">")
			}
		}
	}
}

// anything tells whether a contract lets a document hold elements that it does
// not name, or values of any type.
func anything(c *model.XMLContract) bool {
	for i := range c.Elements {
		if t := c.Type(c.Elements[i].Type); t.Content == model.ContentAny || t.Simple != nil && t.Simple.Variety == model.AnySimple {
			return true
		}
	}
	for i := range c.Types {
		if slices.ContainsFunc(wildcards(c.Types[i].Particle), func(w *model.Wildcard) bool { return w.Process != "skip" }) &&
			c.Types[i].Content != model.ContentAny {
			return true
		}
	}
	return false
}

// reached returns the elements that a document of the chosen root may hold.
func reached(c *model.XMLContract) map[model.ElementID]bool {
	seen := map[model.ElementID]bool{}
	types := map[model.XMLTypeID]bool{}
	var element func(model.ElementID)
	var particle func(*model.Particle)
	particle = func(p *model.Particle) {
		if p == nil {
			return
		}
		element(p.Element)
		for i := range p.Parts {
			particle(&p.Parts[i])
		}
	}
	element = func(id model.ElementID) {
		if id == 0 || seen[id] {
			return
		}
		seen[id] = true
		for _, s := range substitutes(c, id) {
			element(s.ID)
		}
		if t := c.Element(id).Type; !types[t] {
			types[t] = true
			particle(c.Type(t).Particle)
			for _, d := range derived(c, t) {
				particle(d.Particle)
			}
		}
	}
	element(c.Roots[0])
	return seen
}

// substitutes returns the elements that may stand in the place of another, by
// way of substitution groups.
func substitutes(c *model.XMLContract, head model.ElementID) []*model.Element {
	var out []*model.Element
	for i := range c.Elements {
		if e := &c.Elements[i]; e.Substitutes == head {
			out = append(out, e)
			out = append(out, substitutes(c, e.ID)...)
		}
	}
	return out
}

// derived returns the named types that an xsi:type may put in a type's place.
func derived(c *model.XMLContract, base model.XMLTypeID) []*model.XMLType {
	t := c.Type(base)
	if !t.Complex || t.Content == model.ContentAny {
		return nil
	}
	var out []*model.XMLType
	for i := range c.Types {
		if d := &c.Types[i]; d.Base == base && d.ID != base && d.Name != nil {
			out = append(out, d)
			out = append(out, derived(c, d.ID)...)
		}
	}
	return out
}

// element compares two declarations that stand for each other.
func (w *xmlWalker) element(o, n *model.Element, path string) {
	key := [2]model.ElementID{o.ID, n.ID}
	if w.elements[key] {
		return
	}
	w.elements[key] = true
	if o.Nillable != n.Nillable {
		word, class := "may be nil now", Looser
		if o.Nillable {
			word, class = "may not be nil any more", Stricter
		}
		w.emit(Change{Path: path, Kind: Occurs, Subject: "nillable", Message: word}, o.At, n.At, class)
	}
	if o.Abstract != n.Abstract {
		word, class := "is abstract now", Stricter
		if o.Abstract {
			word, class = "is no longer abstract", Looser
		}
		w.emit(Change{Path: path, Kind: Rule, Subject: "abstract", Message: word}, o.At, n.At, class)
	}
	w.block(o.Block, n.Block, o.At, n.At, path)
	w.given(o.Default, o.Fixed, n.Default, n.Fixed, o.At, n.At, path)
	w.identities(o, n, path)
	w.substitution(o, n, path)
	w.later(path, func() { w.typ(o.Type, n.Type, o.At, n.At, path) })
}

// block compares what may not take a component's place.
func (w *xmlWalker) block(o, n []string, oldAt, newAt model.Position, path string) {
	v := verdict{
		stricter: slices.ContainsFunc(n, func(s string) bool { return !slices.Contains(o, s) }),
		looser:   slices.ContainsFunc(o, func(s string) bool { return !slices.Contains(n, s) }),
	}
	if !v.none() {
		w.emit(Change{Path: path, Kind: Rule, Subject: "block",
			Message: fmt.Sprintf("what it blocks was %q, is %q", strings.Join(o, " "), strings.Join(n, " "))}, oldAt, newAt, v.classes()...)
	}
}

// given compares default and fixed values.
func (w *xmlWalker) given(od, of, nd, nf *string, oldAt, newAt model.Position, path string) {
	for _, g := range []struct {
		word string
		o, n *string
		v    verdict
	}{
		{"default", od, nd, verdict{}},
		{"fixed", of, nf, verdict{stricter: nf != nil, looser: of != nil}},
	} {
		c := Change{Path: path, Kind: Default, Subject: g.word}
		switch {
		case g.o == nil && g.n == nil, g.o != nil && g.n != nil && *g.o == *g.n:
			continue
		case g.o == nil:
			c.Message = fmt.Sprintf("%s %q is new", g.word, *g.n)
		case g.n == nil:
			c.Message = fmt.Sprintf("%s %q is gone", g.word, *g.o)
		default:
			c.Message = fmt.Sprintf("%s was %q, is %q", g.word, *g.o, *g.n)
		}
		// An empty element, or an absent attribute, means another value now.
		w.emit(c, oldAt, newAt, append(g.v.classes(), XMLBreak)...)
	}
}

// substitution compares the substitution groups of two heads.
func (w *xmlWalker) substitution(o, n *model.Element, path string) {
	before, after := substitutes(w.old, o.ID), substitutes(w.new, n.ID)
	for _, b := range before {
		i := slices.IndexFunc(after, func(a *model.Element) bool { return a.Name == w.renamed(b.Name) })
		if i >= 0 {
			w.element(b, after[i], path+"/<"+b.Name.Local+">")
			continue
		}
		w.emit(Change{Path: path, Kind: Removed, Subject: b.Name.Local, Message: b.Name.Local + " may not stand for it any more"}, b.At, n.At, XMLBreak, Stricter)
	}
	for _, a := range after {
		if !slices.ContainsFunc(before, func(b *model.Element) bool { return w.renamed(b.Name) == a.Name }) {
			w.emit(Change{Path: path, Kind: Added, Subject: a.Name.Local, Message: a.Name.Local + " may stand for it"}, o.At, a.At, Additive)
		}
	}
}

// typ compares two type definitions that stand for each other.
// The positions are those of the declarations that have the types: a built-in
// type has none.
func (w *xmlWalker) typ(oid, nid model.XMLTypeID, oldAt, newAt model.Position, path string) {
	key := [2]int{int(oid), int(nid)}
	if w.visited[key] {
		return
	}
	w.visited[key] = true
	before, after := *w.old.Type(oid), *w.new.Type(nid)
	before.At, after.At = or(before.At, oldAt), or(after.At, newAt)
	o, n := &before, &after
	if o.Abstract != n.Abstract {
		word, class := "its type is abstract now", Stricter
		if o.Abstract {
			word, class = "its type is no longer abstract", Looser
		}
		w.emit(Change{Path: path, Kind: Rule, Subject: "abstract type", Message: word}, o.At, n.At, class)
	}
	if len(derived(w.old, oid))+len(derived(w.new, nid)) > 0 {
		w.block(o.Block, n.Block, o.At, n.At, path)
	}
	w.derivations(o, n, path)
	if !w.content(o, n, path) {
		return
	}
	w.attributes(o.Attributes, n.Attributes, path, o, n)
	w.anyAttribute(o, n, path)
}

// derivations compares the types that an xsi:type may name instead.
func (w *xmlWalker) derivations(o, n *model.XMLType, path string) {
	before, after := derived(w.old, o.ID), derived(w.new, n.ID)
	for _, b := range before {
		i := slices.IndexFunc(after, func(a *model.XMLType) bool { return *a.Name == w.renamed(*b.Name) })
		if i < 0 {
			w.emit(Change{Path: path, Kind: Rule, Subject: "xsi:type " + b.Name.Local, Message: "its type may not be " + b.Name.Local + " any more"}, b.At, n.At, XMLBreak, Stricter)
			continue
		}
		a := after[i]
		if a.Extends != b.Extends {
			w.emit(Change{Path: path, Kind: Rule, Subject: "derivation " + b.Name.Local, Message: b.Name.Local + " is derived in another way"}, b.At, a.At, Stricter, Looser)
		}
		at := path + "/<" + b.Name.Local + ">"
		w.later(at, func() { w.typ(b.ID, a.ID, b.At, a.At, at) })
	}
	for _, a := range after {
		if !slices.ContainsFunc(before, func(b *model.XMLType) bool { return w.renamed(*b.Name) == *a.Name }) {
			w.emit(Change{Path: path, Kind: Rule, Subject: "xsi:type " + a.Name.Local, Message: "its type may be " + a.Name.Local + " now"}, o.At, a.At, Additive, Looser)
		}
	}
}

// contentWords are the varieties of content as messages name them.
var contentWords = map[model.XMLContent]string{
	model.ContentEmpty: "empty", model.ContentSimple: "text", model.ContentElements: "elements",
	model.ContentMixed: "elements among text", model.ContentAny: "anything",
}

// content compares what two types hold. It returns false when they have too
// little in common to look closer.
func (w *xmlWalker) content(o, n *model.XMLType, path string) bool {
	oc, nc := o.Content, n.Content
	c := Change{Path: path, Kind: Type, Message: fmt.Sprintf("held %s, holds %s", contentWords[oc], contentWords[nc])}
	switch {
	case oc == model.ContentAny && nc == model.ContentAny:
		return false
	case oc == model.ContentAny:
		w.emit(c, o.At, n.At, XMLBreak, Stricter)
		return false
	case nc == model.ContentAny:
		w.emit(c, o.At, n.At, Looser)
		return false
	case oc == model.ContentSimple && nc == model.ContentSimple:
		w.simple(o.Simple, n.Simple, o.At, n.At, path)
		return true
	case oc == model.ContentSimple || nc == model.ContentSimple:
		w.emit(c, o.At, n.At, XMLBreak, Stricter, Looser)
		return true
	case oc == model.ContentMixed && nc != model.ContentMixed:
		w.emit(c, o.At, n.At, Stricter)
	case oc != model.ContentMixed && nc == model.ContentMixed:
		w.emit(c, o.At, n.At, Looser)
	}
	w.children(o, n, path)
	return true
}
