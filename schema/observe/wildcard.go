package observe

import (
	"slices"

	"github.com/biform/biform/schema/model"
)

// wild is the wildcards of a complex type (XML Schema Part 1, section 3.10).
type wild struct {
	attributes *model.Wildcard
	elements   []*model.Wildcard
}

// wildcards finds the wildcards of the records of a document, which the
// structure shows as a field of any content at most: by where the types are
// declared.
func wildcards(doc *model.Document) map[*model.Record]*wild {
	if doc.XML == nil {
		return nil
	}
	byPlace := map[model.Position]*wild{}
	for i := range doc.XML.Types {
		t := &doc.XML.Types[i]
		w := &wild{attributes: t.AnyAttribute}
		if t.Particle != nil {
			w.add(t.Particle)
		}
		if w.attributes != nil || len(w.elements) > 0 {
			byPlace[t.At] = w
		}
	}
	all := map[*model.Record]*wild{}
	for i := range doc.Types {
		t := &doc.Types[i]
		for _, at := range t.At {
			if w := byPlace[at]; w != nil && t.Record != nil {
				all[t.Record] = w
			}
		}
	}
	return all
}

func (w *wild) add(p *model.Particle) {
	if p.Wildcard != nil {
		w.elements = append(w.elements, p.Wildcard)
	}
	for i := range p.Parts {
		w.add(&p.Parts[i])
	}
}

// admits tells whether a wildcard admits names of a namespace.
func admits(c *model.Wildcard, space string) bool {
	switch {
	case c == nil:
		return false
	case c.AnyNamespace:
		return true
	case c.Not:
		return space != "" && !slices.Contains(c.Namespaces, space)
	}
	return slices.Contains(c.Namespaces, space)
}

func (w *wild) admitsAttribute(space string) bool { return w != nil && admits(w.attributes, space) }

func (w *wild) admitsElement(space string) bool {
	return w != nil && slices.ContainsFunc(w.elements, func(c *model.Wildcard) bool { return admits(c, space) })
}
