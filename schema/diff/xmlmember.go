package diff

import (
	"fmt"
	"slices"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/model"
)

// child is an element that a content model names, with how often it may stand.
type child struct {
	element  *model.Element
	name     model.XMLName // as the new contract says it
	at       model.Position
	min, max int
}

// childrenOf returns the elements that a content model names, in its order.
func childrenOf(c *model.XMLContract, p *model.Particle, rename func(model.XMLName) model.XMLName) []*child {
	var out []*child
	var walk func(p *model.Particle)
	walk = func(p *model.Particle) {
		if p.Kind == model.ParticleElement {
			e := c.Element(p.Element)
			if name := rename(e.Name); findChild(out, name) == nil {
				at := p.At
				if at.File == "" {
					at = e.At
				}
				out = append(out, &child{element: e, name: name, at: at})
			}
		}
		for i := range p.Parts {
			walk(&p.Parts[i])
		}
	}
	if p == nil {
		return nil
	}
	walk(p)
	for _, ch := range out {
		ch.min, ch.max = occurs(c, p, ch.name, rename)
	}
	return out
}

func findChild(list []*child, name model.XMLName) *child {
	for _, c := range list {
		if c.name == name {
			return c
		}
	}
	return nil
}

// occurs returns how often an element may stand in a content model.
func occurs(c *model.XMLContract, p *model.Particle, name model.XMLName, rename func(model.XMLName) model.XMLName) (low, high int) {
	switch p.Kind {
	case model.ParticleElement:
		if rename(c.Element(p.Element).Name) == name {
			low, high = 1, 1
		}
	case model.ParticleSequence, model.ParticleAll:
		for i := range p.Parts {
			l, h := occurs(c, &p.Parts[i], name, rename)
			low += l
			if high == model.Unbounded || h == model.Unbounded {
				high = model.Unbounded
			} else {
				high += h
			}
		}
	case model.ParticleChoice:
		for i := range p.Parts {
			l, h := occurs(c, &p.Parts[i], name, rename)
			if i == 0 || l < low {
				low = l
			}
			if h == model.Unbounded || high != model.Unbounded && h > high {
				high = h
			}
		}
	}
	low *= p.Min
	switch {
	case high == 0 || p.Max == 0:
		high = 0
	case high == model.Unbounded || p.Max == model.Unbounded:
		high = model.Unbounded
	default:
		high *= p.Max
	}
	return low, high
}

// children compares the content models of two types, and the elements in them.
func (w *xmlWalker) children(o, n *model.XMLType, path string) {
	same := func(n model.XMLName) model.XMLName { return n }
	before, after := childrenOf(w.old, o.Particle, w.renamed), childrenOf(w.new, n.Particle, same)
	var lost, come []*child
	for _, b := range before {
		if findChild(after, b.name) == nil {
			lost = append(lost, b)
		}
	}
	for _, a := range after {
		if findChild(before, a.name) == nil {
			come = append(come, a)
		}
	}
	// explained is what the changes of single elements say of the whole.
	var explained verdict
	gone := map[model.XMLName]bool{}
	for _, b := range lost {
		gone[b.name] = true
		if i := slices.IndexFunc(come, func(a *child) bool { return a.name.Local == b.name.Local }); i >= 0 {
			a := come[i]
			w.emit(Change{Path: below(path, a.name.Local), Kind: Moved, Message: "its " + spaceChange(b.element.Name.Space, a.name.Space)},
				b.at, a.at, XMLBreak, Stricter, Looser)
			explained = both
			w.element(b.element, a.element, below(path, a.name.Local))
			continue
		}
		if w.toAttribute(b, o, n, path) {
			explained = both
			continue
		}
		classes := []Class{XMLBreak}
		if !admitted(n.Particle, b.name.Space) {
			classes = append(classes, Stricter)
			explained.stricter = true
		}
		if b.min > 0 {
			classes = append(classes, Looser)
			explained.looser = true
		}
		w.emit(Change{Path: below(path, b.name.Local), Kind: Removed, Message: "is gone"}, b.at, n.At, classes...)
	}
	fresh := map[model.XMLName]bool{}
	for _, a := range come {
		fresh[a.name] = true
		if slices.ContainsFunc(lost, func(b *child) bool { return a.name.Local == b.name.Local }) || w.fromAttribute(a, o, n) {
			explained = both
			continue
		}
		classes := []Class{Additive}
		if a.min > 0 {
			classes = append(classes, Stricter)
			explained.stricter = true
		}
		w.emit(Change{Path: below(path, a.name.Local), Kind: Added, Message: news(a.min > 0)}, o.At, a.at, classes...)
	}
	for _, b := range before {
		if a := findChild(after, b.name); a != nil {
			explained = explained.or(w.times(b, a, below(path, a.name.Local)))
			w.element(b.element, a.element, below(path, a.name.Local))
		}
	}
	w.order(o, n, path, gone, fresh, explained)
}

// times compares how often an element may stand.
func (w *xmlWalker) times(o, n *child, path string) verdict {
	if o.min == n.min && o.max == n.max {
		return verdict{}
	}
	more := func(a, b int) bool { return b != model.Unbounded && (a == model.Unbounded || a > b) }
	v := verdict{stricter: n.min > o.min || more(o.max, n.max), looser: n.min < o.min || more(n.max, o.max)}
	classes := v.classes()
	var words []string
	switch {
	case o.min == 0 && n.min > 0:
		words = append(words, "is required now")
	case o.min > 0 && n.min == 0:
		words = append(words, "is optional now")
	case o.min != n.min:
		words = append(words, fmt.Sprintf("must stand %d times at least, was %d", n.min, o.min))
	}
	switch {
	case more(n.max, 1) && o.max == 1:
		words = append(words, "may be a list now")
	case more(o.max, 1) && n.max == 1:
		words = append(words, "is no list any more")
		classes = append(classes, XMLBreak)
	case o.max != n.max:
		show := func(n int) string {
			if n == model.Unbounded {
				return "any number of times"
			}
			return fmt.Sprintf("%d times at most", n)
		}
		words = append(words, "may stand "+show(n.max)+", was "+show(o.max))
	}
	message := words[0]
	if len(words) > 1 {
		message += ", and " + words[1]
	}
	w.emit(Change{Path: path, Kind: Occurs, Message: message}, o.at, n.at, classes...)
	return v
}

// admitted tells whether a wildcard of a content model admits a namespace.
func admitted(p *model.Particle, space string) bool {
	if p == nil {
		return false
	}
	if p.Wildcard != nil && admits(p.Wildcard, space, func(s string) string { return s }) {
		return true
	}
	return slices.ContainsFunc(p.Parts, func(q model.Particle) bool { return admitted(&q, space) })
}

// toAttribute reports an element that is an attribute now.
func (w *xmlWalker) toAttribute(b *child, o, n *model.XMLType, path string) bool {
	name := b.name.Local
	a, was := attribute(n.Attributes, name), attribute(o.Attributes, name)
	if a == nil || was != nil {
		return false
	}
	w.emit(Change{Path: below(path, name), Kind: Moved, Message: "was an element, is an attribute"}, b.at, a.At, XMLBreak, Stricter, Looser)
	w.later(below(path, name), func() { w.typ(b.element.Type, a.Type, b.at, a.At, below(path, name)) })
	return true
}

// fromAttribute tells whether an element was an attribute; see attributes,
// which reports it.
func (w *xmlWalker) fromAttribute(a *child, o, n *model.XMLType) bool {
	return attribute(o.Attributes, a.name.Local) != nil && attribute(n.Attributes, a.name.Local) == nil
}

func attribute(uses []model.AttributeUse, local string) *model.AttributeUse {
	for i := range uses {
		if uses[i].Name.Local == local && !uses[i].Prohibited {
			return &uses[i]
		}
	}
	return nil
}

// attributes compares attributes by name. The types are nil for global ones.
func (w *xmlWalker) attributes(before, after []model.AttributeUse, path string, o, n *model.XMLType) {
	find := func(list []model.AttributeUse, name model.XMLName, rename func(model.XMLName) model.XMLName) *model.AttributeUse {
		for i := range list {
			if rename(list[i].Name) == name && !list[i].Prohibited {
				return &list[i]
			}
		}
		return nil
	}
	same := func(n model.XMLName) model.XMLName { return n }
	var oldAt, newAt model.Position
	if n != nil {
		oldAt, newAt = o.At, n.At
	}
	for i := range before {
		b := &before[i]
		if b.Prohibited {
			continue
		}
		at := below(path, "@"+b.Name.Local)
		a := find(after, w.renamed(b.Name), same)
		if a == nil {
			a = attribute(after, b.Name.Local)
			if a != nil && find(before, a.Name, w.renamed) == nil {
				w.emit(Change{Path: at, Kind: Moved, Message: "its " + spaceChange(b.Name.Space, a.Name.Space)}, b.At, a.At, XMLBreak, Stricter, Looser)
			} else {
				a = nil
			}
		}
		switch {
		case a != nil:
			if a.Required != b.Required {
				word, class := "is required now", Stricter
				if b.Required {
					word, class = "is optional now", Looser
				}
				w.emit(Change{Path: at, Kind: Occurs, Message: word}, b.At, a.At, class)
			}
			w.given(b.Default, b.Fixed, a.Default, a.Fixed, b.At, a.At, at)
			w.later(at, func() { w.typ(b.Type, a.Type, b.At, a.At, at) })
		case n != nil && w.asElement(b, o, n, path):
		default:
			classes := []Class{XMLBreak}
			if n != nil && (n.AnyAttribute == nil || !admits(n.AnyAttribute, w.rename(b.Name.Space), func(s string) string { return s })) {
				classes = append(classes, Stricter)
			}
			if b.Required {
				classes = append(classes, Looser)
			}
			w.emit(Change{Path: at, Kind: Removed, Message: "is gone"}, b.At, newAt, classes...)
		}
	}
	for i := range after {
		a := &after[i]
		if a.Prohibited || find(before, a.Name, w.renamed) != nil {
			continue
		}
		if was := attribute(before, a.Name.Local); was != nil && find(after, w.renamed(was.Name), same) == nil {
			continue // its namespace changed
		}
		if n != nil && attribute(before, a.Name.Local) == nil && elementNamed(w.old, o.Particle, a.Name.Local) && !elementNamed(w.new, n.Particle, a.Name.Local) {
			continue // it was an element
		}
		classes := []Class{Additive}
		if a.Required {
			classes = append(classes, Stricter)
		}
		w.emit(Change{Path: below(path, "@"+a.Name.Local), Kind: Added, Message: news(a.Required)}, oldAt, a.At, classes...)
	}
}

// asElement reports an attribute that is an element now.
func (w *xmlWalker) asElement(b *model.AttributeUse, o, n *model.XMLType, path string) bool {
	name := b.Name.Local
	if elementNamed(w.old, o.Particle, name) || !elementNamed(w.new, n.Particle, name) {
		return false
	}
	for _, a := range childrenOf(w.new, n.Particle, func(n model.XMLName) model.XMLName { return n }) {
		if a.name.Local == name {
			w.emit(Change{Path: below(path, name), Kind: Moved, Message: "was an attribute, is an element"}, b.At, a.at, XMLBreak, Stricter, Looser)
			w.later(below(path, name), func() { w.typ(b.Type, a.element.Type, b.At, a.at, below(path, name)) })
			return true
		}
	}
	return false
}

func elementNamed(c *model.XMLContract, p *model.Particle, local string) bool {
	if p == nil {
		return false
	}
	if p.Kind == model.ParticleElement && c.Element(p.Element).Name.Local == local {
		return true
	}
	return slices.ContainsFunc(p.Parts, func(q model.Particle) bool { return elementNamed(c, &q, local) })
}

// order compares two content models as a whole, without the elements that one
// of them alone names. What the changes of single elements explain is said
// already.
func (w *xmlWalker) order(o, n *model.XMLType, path string, gone, fresh map[model.XMLName]bool, explained verdict) {
	same := func(n model.XMLName) model.XMLName { return n }
	letters := &alphabet{}
	for _, c := range childrenOf(w.old, o.Particle, w.renamed) {
		if !gone[c.name] {
			letters.addName(c.name)
		}
	}
	for _, c := range childrenOf(w.new, n.Particle, same) {
		if !fresh[c.name] {
			letters.addName(c.name)
		}
	}
	mention(letters, o.Particle, w.rename)
	mention(letters, n.Particle, func(s string) string { return s })
	letters.addSpace(noSpace)
	before := w.expression(w.old, o.Particle, letters, w.renamed, w.rename, gone)
	after := w.expression(w.new, n.Particle, letters, same, func(s string) string { return s }, fresh)
	if before.name != after.name {
		v := verdict{
			stricter: wordsWithin(before, after, letters.size()) != constraint.Yes,
			looser:   wordsWithin(after, before, letters.size()) != constraint.Yes,
		}
		left := verdict{v.stricter && !explained.stricter, v.looser && !explained.looser}
		if !left.none() {
			classes := left.classes()
			message := "children may follow one another in more ways"
			switch {
			case left.stricter && left.looser:
				classes = append(classes, XMLBreak)
				message = "children follow one another in another order"
			case left.stricter:
				message = "children may follow one another in fewer ways"
			}
			w.emit(Change{Path: path, Kind: Order, Message: message}, particleAt(o), particleAt(n), classes...)
		}
	}
	w.processing(o, n, path)
}

func particleAt(t *model.XMLType) model.Position {
	if t.Particle != nil && t.Particle.At.File != "" {
		return t.Particle.At
	}
	return t.At
}

// mention adds the namespaces that a content model's wildcards name.
func mention(letters *alphabet, p *model.Particle, rename func(string) string) {
	if p == nil {
		return
	}
	if p.Wildcard != nil {
		letters.addSpace("")
		for _, s := range p.Wildcard.Namespaces {
			letters.addSpace(rename(s))
		}
	}
	for i := range p.Parts {
		mention(letters, &p.Parts[i], rename)
	}
}

// expression returns a content model without some elements: they may not
// stand, or, where nothing would be left, they do not count.
func (w *xmlWalker) expression(c *model.XMLContract, p *model.Particle, letters *alphabet,
	rename func(model.XMLName) model.XMLName, space func(string) string, without map[model.XMLName]bool) *expr {
	if p == nil {
		return emptyWord
	}
	var build func(p *model.Particle, left *expr) *expr
	build = func(p *model.Particle, left *expr) *expr {
		var parts []*expr
		for i := range p.Parts {
			parts = append(parts, build(&p.Parts[i], left))
		}
		var e *expr
		switch p.Kind {
		case model.ParticleElement:
			if name := rename(c.Element(p.Element).Name); without[name] {
				e = left
			} else {
				e = letter(letters.element(name))
			}
		case model.ParticleWildcard:
			e = letter(letters.wildcard(p.Wildcard, space))
		case model.ParticleSequence:
			e = seq(parts...)
		case model.ParticleChoice:
			e = alt(parts...)
		case model.ParticleAll:
			e = all(parts)
		}
		return repeat(e, p.Min, p.Max)
	}
	if e := build(p, nothing); e.op != opNothing {
		return e
	}
	return build(p, emptyWord)
}
