package contract

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/xsd"
)

// This file turns simple types into tables.

// facetNames are what the specification calls the rules of the model.
var facetNames = map[model.ConstraintKind]string{
	model.MinLength:        "minLength",
	model.MaxLength:        "maxLength",
	model.MinItems:         "minLength",
	model.MaxItems:         "maxLength",
	model.Minimum:          "minInclusive",
	model.Maximum:          "maxInclusive",
	model.ExclusiveMinimum: "minExclusive",
	model.ExclusiveMaximum: "maxExclusive",
	model.TotalDigits:      "totalDigits",
	model.FractionDigits:   "fractionDigits",
}

// simpleType writes the entry of a type's text behind those that it refers to,
// and returns it; 0 when the type has no text. Equal entries are one.
func (b *xmlBuilder) simpleType(id model.XMLTypeID, depth int) int {
	if id <= 0 || int(id) > len(b.in.Types) {
		return 0
	}
	t := b.in.Type(id)
	if b.types[id] != 0 || t.Simple == nil {
		return b.types[id]
	}
	if depth > len(b.in.Types) {
		b.diags.Errorf(t.At, codeUnsupported, "a simple type that contains itself")
		return 0
	}
	s := t.Simple
	out := wire.XMLSimple{WhiteSpace: s.WhiteSpace}
	switch s.Variety {
	case model.AnySimple:
		out.Base = "anySimpleType"
	case model.ListOf:
		switch s.Builtin {
		case "NMTOKENS", "IDREFS", "ENTITIES":
			out.Base = s.Builtin // which says that there is an item at least
		}
		if out.Base != "" {
			break
		}
		if out.List = b.simpleType(s.Item, depth+1); out.List == 0 {
			b.diags.Errorf(t.At, codeUnsupported, "a list whose items are not of a simple type")
			return 0
		}
	case model.UnionOf:
		for _, m := range s.Members {
			i := b.simpleType(m, depth+1)
			if i == 0 {
				b.diags.Errorf(t.At, codeUnsupported, "a union whose members are not simple types")
				return 0
			}
			out.Union = append(out.Union, i)
		}
		if len(out.Union) == 0 {
			b.diags.Errorf(t.At, codeUnsupported, "a union without members")
			return 0
		}
		out.WhiteSpace = "" // each member has its own
	default:
		out.Base = s.Builtin
	}
	b.facets(t, s, &out)
	key := fmt.Sprintf("%#v", out)
	i, ok := b.simple[key]
	if !ok {
		i = len(b.out.Simple)
		b.out.Simple = append(b.out.Simple, out)
		b.simpleAt = append(b.simpleAt, t.At)
		b.simple[key] = i
	}
	b.types[id] = i
	return i
}

func (b *xmlBuilder) facets(t *model.XMLType, s *model.SimpleType, out *wire.XMLSimple) {
	for _, f := range s.Facets {
		kind, ok := facetNames[f.Kind]
		if !ok {
			b.diags.Errorf(f.At, codeUnsupported, "the facet %s", f.Kind)
			continue
		}
		// length is both minLength and maxLength in the model.
		if n := len(out.Facets); n > 0 && kind == "maxLength" && out.Facets[n-1] == (wire.XMLFacet{Kind: "minLength", Value: f.Value}) {
			out.Facets[n-1].Kind = "length"
			continue
		}
		out.Facets = append(out.Facets, wire.XMLFacet{Kind: kind, Value: f.Value})
	}
	if s.Enumeration != nil {
		out.Enumeration = make([]string, 0, len(s.Enumeration))
	}
	for i, e := range s.Enumeration {
		out.Enumeration = append(out.Enumeration, cmp.Or(e.Text, e.Value))
		if len(e.Prefixes) > 0 {
			if out.Prefixes == nil {
				out.Prefixes = make([][]wire.XMLPrefix, len(s.Enumeration))
			}
			out.Prefixes[i] = prefixes(e.Prefixes)
		}
	}
	for _, group := range s.Patterns {
		var list []wire.XMLPattern
		for _, src := range group {
			re, err := xsd.TranslatePattern(src)
			if err != nil {
				b.diags.Errorf(t.At, codeUnsupported, "pattern %q: %v", src, err)
				continue
			}
			// The tables have patterns without anchors.
			re = strings.TrimSuffix(strings.TrimPrefix(re, `\A(?:`), `)\z`)
			p := wire.XMLPattern{Source: src}
			if re != src {
				p.RE2 = re
			}
			list = append(list, p)
		}
		if len(list) > 0 {
			out.Patterns = append(out.Patterns, list)
		}
	}
}
