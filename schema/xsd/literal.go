package xsd

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/biform/biform/schema/model"
)

// literal is a value that stands in a schema: a default, a fixed value or a
// value of an enumeration.
type literal struct {
	text  string // normalized by the type's white space; names as {namespace}local
	value value
	items []literal // of a list
	list  bool
}

// equal tells whether two literals are the same value.
func (l literal) equal(m literal) bool {
	if l.list != m.list || len(l.items) != len(m.items) {
		return false
	}
	if l.list {
		return slices.EqualFunc(l.items, m.items, literal.equal)
	}
	if (l.value.class == classInteger || l.value.class == classDecimal) &&
		(m.value.class == classInteger || m.value.class == classDecimal) {
		return l.value.rat.Cmp(m.value.rat) == 0
	}
	if l.value.class != m.value.class {
		return false
	}
	order, ok := l.value.compare(m.value)
	return ok && order == 0
}

// literal reads a lexical value as a value of the type and checks all its
// facets. n is where it stands: names are resolved there. why says what is
// wrong with it.
func (d *simpleDef) literal(s *schema, doc *document, n *node, raw string) (l literal, why string) {
	text := raw
	switch d.facets.space {
	case "replace":
		text = replaceSpace(raw)
	case "collapse":
		text = collapse(raw)
	}
	l.text = text
	switch d.variety {
	case model.ListOf:
		l.list = true
		words := strings.Fields(text)
		names := make([]string, len(words))
		for i, word := range words {
			item, why := d.item.simple.literal(s, doc, n, word)
			if why != "" {
				return l, why
			}
			l.items = append(l.items, item)
			names[i] = item.text
		}
		l.value = value{length: len(words)}
		l.text = strings.Join(names, " ")
	case model.UnionOf:
		l, why = d.unionLiteral(s, doc, n, raw)
		if why != "" {
			return l, why
		}
	case model.AnySimple:
		l.value = value{class: classString, text: text}
		return l, ""
	default:
		if l.value, why = d.builtin.class.parse(text); why != "" {
			return l, why
		}
		if f := d.builtin.lexical; f != nil && !f(text) {
			return l, "not an xs:" + d.builtin.name
		}
		if c := d.primitive.class; c == classQName || c == classNotation {
			name, ok := doc.qname(n, text)
			if !ok {
				return l, "its prefix is not declared"
			}
			l.text = "{" + name.Space + "}" + name.Local
			l.value.text = l.text
			if _, ok := s.notations.byName[name]; c == classNotation && !ok {
				return l, "there is no such notation"
			}
		}
	}
	return l, d.facets.admits(l, text)
}

func (d *simpleDef) unionLiteral(s *schema, doc *document, n *node, raw string) (literal, string) {
	for _, m := range d.members {
		if m.simple == nil {
			continue
		}
		if l, why := m.simple.literal(s, doc, n, raw); why == "" {
			return l, ""
		}
	}
	return literal{}, "no member type of the union admits it"
}

// holdsNames tells whether values of the type may be qualified names, or have
// them among their items.
func (d *simpleDef) holdsNames() bool {
	switch d.variety {
	case model.ListOf:
		return d.item != nil && d.item.simple.holdsNames()
	case model.UnionOf:
		return slices.ContainsFunc(d.members, func(m *typeDef) bool { return m.simple != nil && m.simple.holdsNames() })
	case model.AnySimple:
		return false
	}
	return d.primitive.class == classQName || d.primitive.class == classNotation
}

// prefixes returns the namespaces of the prefixes in a value that stands at n,
// as far as it can have names in it.
func (d *simpleDef) prefixes(doc *document, n *node, value string) (list []model.XMLPrefix) {
	if !d.holdsNames() {
		return nil
	}
	for word := range strings.FieldsSeq(value) {
		prefix, _ := splitQName(word)
		name, ok := doc.qname(n, word)
		p := model.XMLPrefix{Prefix: prefix, Space: name.Space}
		if ok && p != (model.XMLPrefix{}) && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// admits checks a literal against all facets; text is what the patterns see.
func (f *facets) admits(l literal, text string) string {
	v := l.value
	binary := v.class == classQName || v.class == classNotation // lengths mean nothing there
	switch {
	case f.length != nil && v.length != f.length.count && !binary:
		return "its length is not " + strconv.Itoa(f.length.count)
	case f.minLength != nil && v.length < f.minLength.count && !binary:
		return "it is shorter than " + strconv.Itoa(f.minLength.count)
	case f.maxLength != nil && v.length > f.maxLength.count && !binary:
		return "it is longer than " + strconv.Itoa(f.maxLength.count)
	case f.totalDigits != nil && v.digits > f.totalDigits.count:
		return "it has more digits than " + strconv.Itoa(f.totalDigits.count)
	case f.fractionDigits != nil && v.scale > f.fractionDigits.count:
		return "it has more fraction digits than " + strconv.Itoa(f.fractionDigits.count)
	}
	for _, b := range []*facet{f.lower, f.upper} {
		if b != nil && !b.holds(v) {
			return fmt.Sprintf("it is not within %s %s", b.kind, b.text)
		}
	}
	if f.enumeration != nil && !slices.ContainsFunc(f.enumeration, func(e enumItem) bool { return e.lit.equal(l) }) {
		return "it is not in the enumeration"
	}
	for _, step := range f.patterns {
		if !slices.ContainsFunc(step, func(p pattern) bool { return p.match == nil || p.match(text) }) {
			return fmt.Sprintf("it does not match the pattern %q", step[0].source)
		}
	}
	return ""
}

// holds tells whether a value is on the right side of a bound.
func (f *facet) holds(v value) bool {
	order, ok := v.compare(f.value)
	if !ok {
		return false
	}
	switch f.kind {
	case model.Minimum:
		return order >= 0
	case model.ExclusiveMinimum:
		return order > 0
	case model.Maximum:
		return order <= 0
	default:
		return order < 0
	}
}
