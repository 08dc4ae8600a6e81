package wire

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// This file prepares simple types: XML Schema Part 2, second edition. What a
// built-in type allows is in xmlsimplebuiltin.go.

// xmlSimple is a simple type, prepared.
type xmlSimple struct {
	builtin *xmlBuiltin // of an atomic type: what Base names
	kind    xmlKind
	space   xmlSpacing
	item    *xmlSimple
	members []*xmlSimple
	// special says that a value says something about others: it is an ID, a
	// reference to one, or an entity, or may hold one.
	special bool
	// plain says that a text that is in the lexical space is valid: there are
	// no facets.
	plain  bool
	size   int // length; -1 when there is no such facet, as with the next four
	sizeLo int
	sizeHi int
	total  int
	after  int
	bounds []xmlBound
	// patterns hold one expression for each step of the derivation.
	patterns []xmlPattern
	// values are the keys of the enumeration, and literals its texts; nil when
	// there is none.
	values   map[string]struct{}
	literals []string
	fast     xmlFast
	lo, hi   int64   // of fastInt: the range
	loF, hiF float64 // of fastDouble
	// openLo and openHi say that the ends are not part of it.
	openLo, openHi bool
}

// xmlSpacing is how white space is processed before a text is a value.
type xmlSpacing uint8

const (
	spacePreserve xmlSpacing = iota
	spaceReplace
	spaceCollapse
)

// xmlBound is one end of a range.
type xmlBound struct {
	facet  string
	strict bool // the end itself is outside
	upper  bool
	text   string
	value  xmlValue
}

// xmlPattern is what one step of a derivation says about the text.
type xmlPattern struct {
	*Pattern
	text string
}

// xmlValue is a value of an ordered type.
type xmlValue struct {
	dec    decimal
	num    float64
	moment xmlMoment
	span   xmlDuration
}

// prepareSimple makes a simple type of its table entry. all are the entries
// prepared so far, by index.
func prepareSimple(s *XMLSimple, all []*xmlSimple) (*xmlSimple, error) {
	t := &xmlSimple{size: -1, sizeLo: -1, sizeHi: -1, total: -1, after: -1}
	switch {
	case s.List > 0:
		if s.List >= len(all) || all[s.List] == nil {
			return nil, fmt.Errorf("a list of the unknown type %d", s.List)
		}
		t.kind, t.item, t.space = kindList, all[s.List], spaceCollapse
		t.special = t.item.special
	case len(s.Union) > 0:
		t.kind = kindUnion
		for _, m := range s.Union {
			if m <= 0 || m >= len(all) || all[m] == nil {
				return nil, fmt.Errorf("a union of the unknown type %d", m)
			}
			t.members = append(t.members, all[m])
			t.special = t.special || all[m].special
		}
	default:
		b := xmlBuiltinNamed(s.Base)
		if b == nil {
			return nil, fmt.Errorf("%q is no built-in type", s.Base)
		}
		t.builtin, t.kind, t.space = b, b.kind, b.space
		t.special = b.role != 0
		if b.item != "" {
			item, err := prepareSimple(&XMLSimple{Base: b.item}, nil)
			if err != nil {
				return nil, err
			}
			t.item, t.special = item, item.special
			t.sizeLo = 1
		}
	}
	switch s.WhiteSpace {
	case "":
	case "preserve":
		t.space = spacePreserve
	case "replace":
		t.space = max(t.space, spaceReplace)
	case "collapse":
		t.space = spaceCollapse
	default:
		return nil, fmt.Errorf("%q is no value of whiteSpace", s.WhiteSpace)
	}
	if err := t.facets(s); err != nil {
		return nil, err
	}
	t.plain = t.size < 0 && t.sizeLo < 0 && t.sizeHi < 0 && t.total < 0 && t.after < 0 &&
		len(t.bounds) == 0 && len(t.patterns) == 0 && t.values == nil
	t.choose()
	return t, nil
}

// facets prepares the facets of a type.
func (t *xmlSimple) facets(s *XMLSimple) error {
	for _, f := range s.Facets {
		switch f.Kind {
		case "length", "minLength", "maxLength", "totalDigits", "fractionDigits":
			n, err := strconv.ParseUint(strings.TrimLeft(trimSpace(f.Value), "+"), 10, 31)
			if err != nil {
				// What is too large to count is no bound for a maximum, and out of
				// reach for a minimum.
				if !isInteger(trimSpace(f.Value)) {
					return fmt.Errorf("%q is no value of %s", f.Value, f.Kind)
				}
				n = 1<<31 - 1
			}
			if err := t.count(f.Kind, int(n)); err != nil {
				return err
			}
		case "minInclusive", "maxInclusive", "minExclusive", "maxExclusive":
			b := xmlBound{facet: f.Kind, strict: strings.HasSuffix(f.Kind, "Exclusive"), upper: f.Kind[:3] == "max"}
			b.text = normalise(t.space, f.Value)
			if !t.kind.ordered() {
				return fmt.Errorf("%s cannot be applied to %s", f.Kind, t.describe())
			}
			if t.kind == kindDecimal && !isPlainDecimal(b.text) || t.kind != kindDecimal && !t.lexical(nil, b.text) {
				return fmt.Errorf("%s %q is not in the value space of %s", f.Kind, f.Value, t.describe())
			}
			b.value = t.value(b.text, nil)
			t.bounds = append(t.bounds, b)
		default:
			return fmt.Errorf("%q is no facet", f.Kind)
		}
	}
	for _, group := range s.Patterns {
		var p xmlPattern
		re2 := ""
		for i, one := range group {
			if i > 0 {
				p.text += "|"
				re2 += "|"
			}
			p.text += one.Source
			re2 += cmp.Or(one.RE2, one.Source)
		}
		re, err := NewPattern("^(?:" + re2 + ")$")
		if err != nil {
			return fmt.Errorf("pattern %s: %w", excerpt(p.text), err)
		}
		p.Pattern = re
		t.patterns = append(t.patterns, p)
	}
	if s.Enumeration == nil {
		return nil
	}
	if s.Prefixes != nil && len(s.Prefixes) != len(s.Enumeration) {
		return errors.New("the enumeration has other prefixes than values")
	}
	t.values = make(map[string]struct{}, len(s.Enumeration))
	t.literals = slices.Clone(s.Enumeration)
	for i, e := range s.Enumeration {
		var prefixes []XMLPrefix
		if s.Prefixes != nil {
			prefixes = s.Prefixes[i]
		}
		key, ok := t.constant(e, scope(prefixes))
		if !ok {
			return fmt.Errorf("enumeration %s is not in the value space of %s", excerpt(e), t.describe())
		}
		t.values[key] = struct{}{}
		if t.kind.named() || t.kind == kindList && t.item.kind.named() {
			t.literals[i] = key // names as {namespace}local
		}
	}
	return nil
}

// scope returns the bindings of prefixes.
func scope(prefixes []XMLPrefix) (list []binding) {
	for _, p := range prefixes {
		list = append(list, binding{p.Prefix, p.Space})
	}
	return list
}

// count sets a facet that counts.
func (t *xmlSimple) count(facet string, n int) error {
	digits := facet == "totalDigits" || facet == "fractionDigits"
	if digits && t.kind != kindDecimal || !digits && !t.kind.measured() {
		return fmt.Errorf("%s cannot be applied to %s", facet, t.describe())
	}
	least := func(at *int) {
		if *at < 0 || n < *at {
			*at = n
		}
	}
	switch facet {
	case "length":
		if t.size >= 0 && t.size != n {
			return fmt.Errorf("length %d and length %d", t.size, n)
		}
		t.size = n
	case "minLength":
		t.sizeLo = max(t.sizeLo, n)
	case "maxLength":
		least(&t.sizeHi)
	case "totalDigits":
		least(&t.total)
	case "fractionDigits":
		least(&t.after)
	}
	return nil
}

// constant returns the key of a value that a schema states; prefixes are those
// of the names in it.
func (t *xmlSimple) constant(text string, prefixes []binding) (string, bool) {
	var c xmlCheck
	c.bindings = prefixes
	if t.kind != kindUnion && t.kind != kindList {
		if text = normalise(t.space, text); !t.lexical(&c, text) {
			return "", false
		}
	}
	key, ok := c.appendKey(nil, t, text)
	return string(key), ok
}

// describe names the type for a message.
func (t *xmlSimple) describe() string {
	switch {
	case t.builtin != nil:
		return "xs:" + t.builtin.name
	case t.kind == kindList:
		return "a list of " + t.item.describe()
	}
	names := make([]string, len(t.members))
	for i, m := range t.members {
		names[i] = m.describe()
	}
	return "a union of " + strings.Join(names, ", ")
}
