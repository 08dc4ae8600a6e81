package xsd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
)

// facet is one constraining facet (Part 2, section 4.3).
type facet struct {
	kind  model.ConstraintKind
	text  string
	count int   // of the length and digits facets
	value value // of the bounds
	node  *node // nil for a facet of a built-in type
	fixed bool
}

// facets are all facets of a simple type, those of its bases included. A facet
// of a type replaces the same facet of its base, save for patterns, which add
// up.
type facets struct {
	space      string
	spaceFixed bool

	length, minLength, maxLength *facet
	totalDigits, fractionDigits  *facet
	lower, upper                 *facet // Minimum or ExclusiveMinimum; Maximum or ExclusiveMaximum

	enumeration []enumItem
	patterns    [][]pattern // one entry for each derivation step
}

// enumItem is one value of an enumeration.
type enumItem struct {
	node *node
	text string // normalized; names as {namespace}local
	lit  literal
	// spelled is the value as it stands, of a type that may hold names, and
	// prefixes are theirs.
	spelled  string
	prefixes []model.XMLPrefix
}

// pattern is one pattern facet.
type pattern struct {
	source string
	match  func(string) bool // nil when it cannot be translated
	node   *node
}

// The facets that each variety and primitive has (Part 2, section 4.1.5).
var (
	lengthFacets = []string{"length", "minLength", "maxLength", "pattern", "enumeration", "whiteSpace"}
	boundFacets  = []string{"pattern", "enumeration", "whiteSpace",
		"maxInclusive", "maxExclusive", "minInclusive", "minExclusive"}
	decimalFacets = append([]string{"totalDigits", "fractionDigits"}, boundFacets...)
	unionFacets   = []string{"pattern", "enumeration"}
	booleanFacets = []string{"pattern", "whiteSpace"}
)

// applicable returns the facets that a restriction of a simple type may have.
func (d *simpleDef) applicable() []string {
	switch d.variety {
	case model.ListOf:
		return lengthFacets
	case model.UnionOf:
		return unionFacets
	case model.AnySimple:
		return nil
	}
	switch d.primitive.class {
	case classBoolean:
		return booleanFacets
	case classDecimal:
		return decimalFacets
	case classFloat, classDouble, classDuration, classDateTime, classTime, classDate,
		classYearMonth, classYear, classMonthDay, classDay, classMonth:
		return boundFacets
	}
	return lengthFacets
}

// restrict applies the facet children of a restriction to a base type's
// definition and returns the definition of the restricted type.
func (s *schema) restrict(d *document, n *node, base *simpleDef) *simpleDef {
	out := *base
	f := &out.facets
	f.patterns = slices.Clone(f.patterns)
	step := map[string]*node{}
	var patterns []pattern
	var enumeration []enumItem
	for _, k := range n.kids {
		name := k.name.Local
		if !isFacet(k) || !k.has("value") {
			continue
		}
		if !slices.Contains(base.applicable(), name) {
			s.diags.Errorf(k.at(), "cos-applicable-facets", "xs:%s does not apply to %s", name, base.describe()).
				WithHint("it has: %s", strings.Join(base.applicable(), ", "))
			continue
		}
		switch name {
		case "pattern":
			patterns = append(patterns, s.pattern(k))
			continue
		case "enumeration":
			if item, ok := s.enumItem(d, k, base); ok {
				enumeration = append(enumeration, item)
			}
			continue
		}
		if old := step[name]; old != nil {
			s.diags.Errorf(k.at(), "src-single-facet-value", "xs:%s is given twice", name).WithRelated(old.at())
			continue
		}
		step[name] = k
		s.single(k, f, base)
	}
	if len(patterns) > 0 {
		f.patterns = append(f.patterns, patterns)
	}
	if enumeration != nil {
		f.enumeration = enumeration
	}
	s.checkFacetStep(n, f, &base.facets)
	return &out
}

func isFacet(n *node) bool {
	switch n.kind {
	case &kFacetValue, &kFacetCount, &kFacetPositive, &kFacetSpace, &kFacetPlain:
		return true
	}
	return false
}

// single sets a facet that stands once in a step, and checks it against the
// base's.
func (s *schema) single(n *node, f *facets, base *simpleDef) {
	nf := &facet{node: n, text: n.get("value"), fixed: n.flag("fixed", false)}
	switch name := n.name.Local; name {
	case "whiteSpace":
		rank := []string{"preserve", "replace", "collapse"}
		if !slices.Contains(rank, nf.text) {
			return
		}
		if slices.Index(rank, nf.text) < slices.Index(rank, base.facets.space) || base.facets.spaceFixed && nf.text != base.facets.space {
			s.diags.Errorf(n.attrAt("value"), "whiteSpace-valid-restriction",
				"whiteSpace %q loosens the base's %q", nf.text, base.facets.space)
			return
		}
		f.space, f.spaceFixed = nf.text, f.spaceFixed || nf.fixed
	case "length", "minLength", "maxLength", "totalDigits", "fractionDigits":
		count, ok := parseCount(nf.text)
		if !ok {
			return
		}
		nf.count = count
		nf.kind = model.ConstraintKind(name)
		s.countFacet(nf, f)
	default:
		s.bound(nf, f, base)
	}
}

// countFacet sets one of the length and digits facets.
func (s *schema) countFacet(nf *facet, f *facets) {
	name := nf.node.name.Local
	slot := map[string]**facet{"length": &f.length, "minLength": &f.minLength, "maxLength": &f.maxLength,
		"totalDigits": &f.totalDigits, "fractionDigits": &f.fractionDigits}[name]
	old := *slot
	if old != nil {
		bad := nf.count > old.count
		rule := name + "-valid-restriction"
		switch name {
		case "length":
			bad = nf.count != old.count
		case "minLength":
			bad = nf.count < old.count
		}
		if bad {
			s.diags.Errorf(nf.node.attrAt("value"), rule, "%s %d loosens the base's %d", name, nf.count, old.count).
				WithRelated(old.places()...)
			return
		}
		if s.fixedChanged(nf, old, nf.count != old.count) {
			return
		}
		nf.fixed = nf.fixed || old.fixed
	}
	*slot = nf
}

// fixedChanged reports a facet whose base fixes another value.
func (s *schema) fixedChanged(nf, old *facet, differs bool) bool {
	if !old.fixed || !differs {
		return false
	}
	s.diags.Errorf(nf.node.attrAt("value"), "st-restrict-facets", "the base fixes %s at %s", nf.node.name.Local, old.text).
		WithRelated(old.places()...)
	return true
}

func (f *facet) places() []model.Position {
	if f.node == nil {
		return nil
	}
	return []model.Position{f.node.at()}
}

// bound sets minInclusive, minExclusive, maxInclusive or maxExclusive.
func (s *schema) bound(nf *facet, f *facets, base *simpleDef) {
	n := nf.node
	kinds := map[string]model.ConstraintKind{"minInclusive": model.Minimum, "maxInclusive": model.Maximum,
		"minExclusive": model.ExclusiveMinimum, "maxExclusive": model.ExclusiveMaximum}
	nf.kind = kinds[n.name.Local]
	v, why := base.builtin.class.parse(nf.text)
	if why != "" {
		s.diags.Errorf(n.attrAt("value"), n.name.Local+"-valid-restriction", "%s %q is no %s: %s", n.name.Local, nf.text, base.describe(), why)
		return
	}
	nf.value = v
	low := nf.kind == model.Minimum || nf.kind == model.ExclusiveMinimum
	for _, old := range []*facet{base.facets.lower, base.facets.upper} {
		if old == nil {
			continue
		}
		if why := outside(nf, old); why != "" {
			s.diags.Errorf(n.attrAt("value"), n.name.Local+"-valid-restriction", "%s %s is %s", n.name.Local, nf.text, why).
				WithRelated(old.places()...)
			return
		}
		if old.kind == nf.kind {
			order, ok := nf.value.compare(old.value)
			if s.fixedChanged(nf, old, !ok || order != 0) {
				return
			}
			nf.fixed = nf.fixed || old.fixed
		}
	}
	slot := &f.upper
	if low {
		slot = &f.lower
	}
	if old := *slot; old != nil && old.node != nil && old.node.parent == n.parent {
		s.diags.Errorf(n.at(), map[bool]string{true: "minInclusive-minExclusive", false: "maxInclusive-maxExclusive"}[low],
			"%s stands beside %s", n.name.Local, old.node.name.Local).WithRelated(old.places()...)
		return
	}
	*slot = nf
}

// outside says how a bound leaves the range that a bound of the base allows, or
// "" when it does not.
func outside(nf, old *facet) string {
	order, ok := nf.value.compare(old.value)
	if !ok {
		return "not comparable with the base's " + old.text
	}
	exclusive := nf.kind == model.ExclusiveMinimum || nf.kind == model.ExclusiveMaximum
	switch old.kind {
	case model.Minimum:
		if order < 0 {
			return "below the base's minimum " + old.text
		}
	case model.ExclusiveMinimum:
		if order < 0 || order == 0 && nf.kind != model.ExclusiveMinimum {
			return "not above the base's exclusive minimum " + old.text
		}
	case model.Maximum:
		if order > 0 {
			return "above the base's maximum " + old.text
		}
	case model.ExclusiveMaximum:
		if order > 0 || order == 0 && nf.kind != model.ExclusiveMaximum {
			return "not below the base's exclusive maximum " + old.text
		}
	}
	if order == 0 && exclusive && (old.kind == model.Minimum && nf.kind == model.ExclusiveMaximum ||
		old.kind == model.Maximum && nf.kind == model.ExclusiveMinimum) {
		return "at the far end of the base's range " + old.text
	}
	return ""
}

// checkFacetStep checks facets of one type against each other.
func (s *schema) checkFacetStep(n *node, f, base *facets) {
	at := n.at()
	if f.length != nil {
		s.besideLength(at, f, f.minLength, base.minLength)
		s.besideLength(at, f, f.maxLength, base.maxLength)
	}
	if f.minLength != nil && f.maxLength != nil && f.minLength.count > f.maxLength.count {
		s.diags.Errorf(at, "minLength-less-than-equal-to-maxLength", "minLength %d is over maxLength %d",
			f.minLength.count, f.maxLength.count)
	}
	if f.totalDigits != nil && f.fractionDigits != nil && f.fractionDigits.count > f.totalDigits.count {
		s.diags.Errorf(at, "fractionDigits-totalDigits", "fractionDigits %d is over totalDigits %d",
			f.fractionDigits.count, f.totalDigits.count)
	}
	if f.lower == nil || f.upper == nil {
		return
	}
	order, ok := f.lower.value.compare(f.upper.value)
	if !ok {
		return
	}
	open := f.lower.kind == model.ExclusiveMinimum || f.upper.kind == model.ExclusiveMaximum
	both := f.lower.kind == model.ExclusiveMinimum && f.upper.kind == model.ExclusiveMaximum
	if order > 0 || order == 0 && open && !both {
		s.diags.Errorf(at, f.rangeRule(), "the lower bound %s is over the upper bound %s", f.lower.text, f.upper.text)
	}
}

// besideLength checks minLength or maxLength beside length (Part 2, section
// 4.3.1.4): a base must have the same value, without length or in order.
func (s *schema) besideLength(at model.Position, f *facets, own, base *facet) {
	if own == nil {
		return
	}
	wrong := own.kind == model.MinLength && own.count > f.length.count || own.kind == model.MaxLength && own.count < f.length.count
	if base == nil || base.count != own.count || wrong {
		s.diags.Errorf(at, "length-minLength-maxLength", "length %d stands beside %s %d", f.length.count, own.kind, own.count).
			WithHint("keep one of the two")
	}
}

func (f *facets) rangeRule() string {
	name := func(k model.ConstraintKind) string {
		return map[model.ConstraintKind]string{model.Minimum: "minInclusive", model.ExclusiveMinimum: "minExclusive",
			model.Maximum: "maxInclusive", model.ExclusiveMaximum: "maxExclusive"}[k]
	}
	low, high := name(f.lower.kind), name(f.upper.kind)
	if low[3:] == high[3:] {
		return low + "-less-than-equal-to-" + high
	}
	return low + "-less-than-" + high
}

// pattern reads a pattern facet.
func (s *schema) pattern(n *node) pattern {
	p := pattern{node: n, source: *n.raw("value")}
	match, err := compilePattern(p.source)
	if err != nil {
		code := "st-props-correct.1"
		if isUnsupportedPattern(err) {
			code = "unsupported"
		}
		s.diags.Errorf(n.attrAt("value"), code, "pattern %q: %v", p.source, err)
	}
	p.match = match
	return p
}

// enumItem reads an enumeration facet; its value must be one of the base's
// (enumeration-valid-restriction).
func (s *schema) enumItem(d *document, n *node, base *simpleDef) (enumItem, bool) {
	lit, why := base.literal(s, d, n, *n.raw("value"))
	if why != "" {
		s.diags.Errorf(n.attrAt("value"), "enumeration-valid-restriction", "%q is no value of the base type: %s",
			collapse(*n.raw("value")), why)
		return enumItem{}, false
	}
	e := enumItem{node: n, text: lit.text, lit: lit}
	if base.holdsNames() {
		e.spelled, e.prefixes = *n.raw("value"), base.prefixes(d, n, *n.raw("value"))
	}
	return e, true
}

func (d *simpleDef) describe() string {
	switch d.variety {
	case model.ListOf:
		return "a list"
	case model.UnionOf:
		return "a union"
	}
	return fmt.Sprintf("xs:%s", d.builtin.name)
}
