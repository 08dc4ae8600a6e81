package contract

import (
	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/model"
)

// This file writes content models whose groups are repeated so often that the
// repetitions are counted when a document is read. What can be written without
// counting groups is: that is faster.

// maxCopies bounds how many nodes the repetitions of groups may add to a
// content model before its groups are counted.
const maxCopies = 4000

// countedModel writes a content model as one state with parts.
func (b *xmlBuilder) countedModel(p *model.Particle) int {
	n := len(b.out.States)
	c := &countedBuilder{xmlBuilder: b, state: n}
	c.part(p)
	b.out.States = append(b.out.States, c.out)
	return n
}

type countedBuilder struct {
	*xmlBuilder
	state int
	out   wire.XMLState
}

// part writes a particle, and returns its place among the parts.
func (c *countedBuilder) part(p *model.Particle) int {
	n := len(c.out.Parts)
	c.out.Parts = append(c.out.Parts, wire.XMLPart{Choice: p.Kind == model.ParticleChoice, Min: p.Min, Max: bounded(p.Max)})
	switch p.Kind {
	case model.ParticleElement:
		for i, e := range append([]model.ElementID{p.Element}, c.members[p.Element]...) {
			c.out.Next = append(c.out.Next, wire.XMLStep{Element: int(e), To: c.state, Part: n, Same: i > 0})
		}
	case model.ParticleWildcard:
		c.out.Next = append(c.out.Next, wire.XMLStep{Wildcard: c.wildcard(p.Wildcard), To: c.state, Part: n})
	case model.ParticleSequence, model.ParticleChoice:
		var parts []int
		for i := range p.Parts {
			if p.Parts[i].Max != 0 {
				parts = append(parts, c.part(&p.Parts[i]))
			}
		}
		if len(parts) == 0 {
			c.out.Parts[n].Min = 0 // nothing to read, as often as one likes
		}
		c.out.Parts[n].Parts = parts
	default:
		c.diags.Errorf(p.At, codeUnsupported, "an %s group inside of another group", p.Kind)
	}
	return n
}

// bounded returns a maxOccurs as the tables have it.
func bounded(n int) int {
	if n == model.Unbounded || n >= endless {
		return -1
	}
	return n
}

// simplify merges groups of one particle into that particle, where the numbers
// of repetitions that the two admit are one range.
func simplify(p *model.Particle) *model.Particle {
	if p.Kind != model.ParticleSequence && p.Kind != model.ParticleChoice {
		return p
	}
	out := *p
	out.Parts = nil
	for i := range p.Parts {
		if p.Parts[i].Max != 0 {
			out.Parts = append(out.Parts, *simplify(&p.Parts[i]))
		}
	}
	if len(out.Parts) != 1 || out.Parts[0].Kind == model.ParticleAll {
		return &out
	}
	part := out.Parts[0]
	lo, hi, ok := product(out.Min, bounded(out.Max), part.Min, bounded(part.Max))
	if !ok {
		return &out
	}
	part.Min, part.Max = lo, hi
	if hi < 0 {
		part.Max = model.Unbounded
	}
	return &part
}

// product returns how often a part may occur that stands min to max times in a
// group which occurs often from a to b times. The numbers are one range unless
// the group's next repetition begins further on than the last one can end.
func product(a, b, low, high int) (lo, hi int, ok bool) {
	if high == 0 || b == 0 {
		return 0, 0, false
	}
	const most = 1 << 31
	switch {
	case a == b, low == 0, low == 1:
	case high < 0:
		ok = a > 0
		if !ok {
			return 0, 0, false
		}
	case high*a+1 < low*(a+1):
		return 0, 0, false
	}
	if lo = a * low; lo >= most {
		return 0, 0, false // no document has so many
	}
	if b < 0 || high < 0 || b*high >= most {
		return lo, -1, true
	}
	return lo, b * high, true
}
