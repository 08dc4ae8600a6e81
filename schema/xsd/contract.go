package xsd

import (
	"slices"

	"github.com/biform/biform/schema/model"
)

// contractBuilder numbers components in the order in which a walk from the
// roots meets them.
type contractBuilder struct {
	s        *schema
	c        *model.XMLContract
	elements map[*elementDecl]model.ElementID
	types    map[*typeDef]model.XMLTypeID
	queue    []func() // components that have a number and are still to be filled in
}

// contract writes the components as model.XMLContract. root is the element that
// was chosen, which comes first, or nil. Every global element and every named type is part of it, for
// wildcards and xsi:type; a built-in type is part of it when something refers
// to it.
func (s *schema) contract(root *elementDecl, target string) *model.XMLContract {
	b := &contractBuilder{s: s, c: &model.XMLContract{TargetNamespace: target},
		elements: map[*elementDecl]model.ElementID{}, types: map[*typeDef]model.XMLTypeID{}}
	s.numbers = b.types
	if root != nil {
		b.c.Roots = append(b.c.Roots, b.element(root))
		b.drain()
	}
	for _, e := range s.elements.order {
		if e != root {
			b.c.Roots = append(b.c.Roots, b.element(e))
			b.drain()
		}
	}
	for _, t := range s.types.order {
		if t.node != nil && t.named {
			b.typ(t)
			b.drain()
		}
	}
	for _, a := range s.attributes.order {
		if a.node == nil {
			continue // of the namespace xml, built in
		}
		b.c.Attributes = append(b.c.Attributes, model.AttributeUse{At: a.at(), Name: a.name, Type: b.typ(a.typ),
			Default: a.deflt, Fixed: a.fixed, Prefixes: a.prefixes})
		b.drain()
	}
	return b.c
}

func (b *contractBuilder) drain() {
	for len(b.queue) > 0 {
		fill := b.queue[0]
		b.queue = b.queue[1:]
		fill()
	}
}

func (b *contractBuilder) element(e *elementDecl) model.ElementID {
	if e == nil {
		return 0
	}
	if id, ok := b.elements[e]; ok {
		return id
	}
	id := model.ElementID(len(b.c.Elements) + 1)
	b.elements[e] = id
	b.c.Elements = append(b.c.Elements, model.Element{ID: id, At: e.at(), Name: e.name, Nillable: e.nillable,
		Abstract: e.abstract, Default: e.deflt, Fixed: e.fixed, Prefixes: e.prefixes, Block: e.block})
	for _, i := range e.identities {
		b.c.Elements[id-1].Identities = append(b.c.Elements[id-1].Identities, i.model())
	}
	b.queue = append(b.queue, func() {
		typ, head := b.typ(e.typ), b.element(e.head)
		b.c.Elements[id-1].Type, b.c.Elements[id-1].Substitutes = typ, head
		for _, m := range e.members {
			b.element(m)
		}
	})
	return id
}

func (b *contractBuilder) typ(t *typeDef) model.XMLTypeID {
	if t == nil {
		return 0
	}
	if id, ok := b.types[t]; ok {
		return id
	}
	id := model.XMLTypeID(len(b.c.Types) + 1)
	b.types[t] = id
	x := model.XMLType{ID: id, At: t.at(), Content: t.content, Complex: t.complex, Abstract: t.abstract,
		Extends: t.derived == byExtension, Block: t.block}
	if t.named {
		name := t.name
		x.Name = &name
	}
	b.c.Types = append(b.c.Types, x)
	b.queue = append(b.queue, func() { b.fillType(id, t) })
	return id
}

// fillType writes what a type refers to. The slice of types may move meanwhile,
// so that the parts are made first and set last.
func (b *contractBuilder) fillType(id model.XMLTypeID, t *typeDef) {
	var base model.XMLTypeID
	if t.base != t {
		base = b.typ(t.base)
	}
	var simple *model.SimpleType
	if t.simple != nil {
		simple = b.simple(t.simple)
	}
	var particle *model.Particle
	if t.particle != nil {
		p := b.particle(t.particle)
		particle = &p
	}
	uses := b.uses(t.uses)
	x := &b.c.Types[id-1]
	x.Base, x.Simple, x.Particle, x.Attributes = base, simple, particle, uses
	if t.anyAttr != nil {
		x.AnyAttribute = t.anyAttr.model()
	}
}

func (b *contractBuilder) uses(uses []*attributeUse) []model.AttributeUse {
	var out []model.AttributeUse
	for _, u := range uses {
		out = append(out, model.AttributeUse{At: u.node.at(), Name: u.decl.name, Type: b.typ(u.decl.typ),
			Required: u.required, Default: u.deflt, Fixed: u.fixed, Prefixes: u.prefixes})
	}
	return out
}

func (b *contractBuilder) particle(p *particle) model.Particle {
	out := model.Particle{Kind: p.kind, Min: p.min, Max: p.max, Element: b.element(p.element)}
	if p.node != nil {
		out.At = p.node.at()
	}
	if p.wildcard != nil {
		out.Wildcard = p.wildcard.model()
	}
	for _, part := range p.parts {
		out.Parts = append(out.Parts, b.particle(part))
	}
	return out
}

func (w *wildcard) model() *model.Wildcard {
	out := &model.Wildcard{Namespaces: slices.Clone(w.spaces), AnyNamespace: w.any, Not: w.not, Process: w.process}
	if w.node != nil {
		out.At = w.node.at()
	}
	return out
}

func (b *contractBuilder) simple(d *simpleDef) *model.SimpleType {
	out := &model.SimpleType{Variety: d.variety, Builtin: d.builtin.name, WhiteSpace: d.facets.space, Item: b.typ(d.item)}
	for _, m := range d.members {
		out.Members = append(out.Members, b.typ(m))
	}
	for _, f := range d.facets.stated() {
		out.Facets = append(out.Facets, f.model()...)
	}
	for _, e := range d.facets.enumeration {
		out.Enumeration = append(out.Enumeration, e.model())
	}
	for _, step := range d.facets.patterns {
		var sources []string
		for _, p := range step {
			sources = append(sources, p.source)
		}
		out.Patterns = append(out.Patterns, sources)
	}
	return out
}

func (e *enumItem) model() model.EnumValue {
	return model.EnumValue{Value: e.text, Doc: docOf(e.node), At: []model.Position{e.node.at()}, Text: e.spelled, Prefixes: e.prefixes}
}

// stated returns the facets that the contract states: those that a built-in
// type brings along are implied by its name.
func (f *facets) stated() []*facet {
	var out []*facet
	for _, x := range []*facet{f.length, f.minLength, f.maxLength, f.totalDigits, f.fractionDigits, f.lower, f.upper} {
		if x != nil && x.node != nil {
			out = append(out, x)
		}
	}
	return out
}

// model writes a facet; length is both minLength and maxLength.
func (f *facet) model() []model.Facet {
	at := f.node.at()
	text := f.text
	switch f.kind {
	case model.MinLength, model.MaxLength, model.TotalDigits, model.FractionDigits:
		text = itoa(f.count)
	case "length":
		n := itoa(f.count)
		return []model.Facet{{Kind: model.MinLength, Value: n, At: at}, {Kind: model.MaxLength, Value: n, At: at}}
	}
	return []model.Facet{{Kind: f.kind, Value: text, At: at}}
}
