package wire

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// The kinds of each type.
const (
	jsonAllKinds    = 0xFF
	jsonNumberKinds = 1<<jsonInteger | 1<<jsonNumber
)

// prepare turns the tables into a program. What is wrong with them is a fault
// of whoever wrote them, and every payload's verdict.
func (c *JSONContract) prepare() {
	nodes := make([]jsonNode, len(c.Schemas))
	tellers := &jsonTellers{
		schemas: c.Schemas, nodes: nodes, admits: make([]uint8, len(nodes)),
		told: make([]*jsonTold, len(nodes)), required: make(map[jsonRequire]bool),
	}
	p := &jsonPreparer{
		c:        c,
		program:  &jsonProgram{nodes: nodes, tellers: tellers},
		patterns: make([]*jsonPattern, len(c.Patterns)),
		state:    make([]uint8, len(c.Schemas)),
	}
	if err := p.all(); err != nil {
		c.err = fmt.Errorf("wire: the tables of the JSON contract are broken: %w", err)
		return
	}
	c.program = p.program
}

type jsonPreparer struct {
	c        *JSONContract
	program  *jsonProgram
	patterns []*jsonPattern
	state    []uint8 // of a walk over the schemas: 1 inside, 2 done
	err      error
}

func (p *jsonPreparer) all() error {
	if len(p.c.Schemas) == 0 {
		return fmt.Errorf("there are no schemas")
	}
	for i := 1; i < len(p.c.Patterns); i++ {
		pattern, err := NewPattern(p.c.Patterns[i].RE2)
		if err != nil {
			return fmt.Errorf("pattern %d: %w", i, err)
		}
		p.patterns[i] = &jsonPattern{pattern, p.c.Patterns[i].Source}
	}
	p.program.root = p.node(p.c.Root)
	for i := range p.c.Schemas {
		s := &p.c.Schemas[i]
		p.program.tracks = p.program.tracks || s.UnevaluatedItems != 0 || s.UnevaluatedProperties != 0
		if s.Anchor != "" {
			if p.program.anchors == nil {
				p.program.anchors = make(map[jsonAnchor]*jsonNode)
			}
			p.program.anchors[jsonAnchor{s.Resource, s.Anchor}] = &p.program.nodes[i]
		}
	}
	for i := range p.c.Schemas {
		p.prepare(&p.program.nodes[i], &p.c.Schemas[i])
	}
	for i := range p.c.Schemas {
		p.walk(i)
	}
	for i := range p.c.Schemas {
		p.branches(&p.program.nodes[i], &p.c.Schemas[i])
	}
	for i := range p.program.nodes {
		p.rest(&p.program.nodes[i])
	}
	return p.err
}

func (p *jsonPreparer) failf(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

// node returns the node of a reference.
func (p *jsonPreparer) node(i int) *jsonNode {
	if i < 0 || i >= len(p.program.nodes) {
		p.failf("there is no schema %d", i)
		return &p.program.nodes[0]
	}
	return &p.program.nodes[i]
}

// rule returns the node of a reference, nil for none.
func (p *jsonPreparer) rule(i int) *jsonNode {
	if i == 0 {
		return nil
	}
	return p.node(i)
}

func (p *jsonPreparer) list(refs []int) []*jsonNode {
	nodes := make([]*jsonNode, len(refs))
	for i, r := range refs {
		nodes[i] = p.node(r)
	}
	return nodes
}

func (p *jsonPreparer) format(i int) *Format {
	if i <= 0 || i >= len(p.c.Formats) {
		if i != 0 {
			p.failf("there is no format %d", i)
		}
		return nil
	}
	return &p.c.Formats[i]
}

func (p *jsonPreparer) pattern(i int) *jsonPattern {
	if i <= 0 || i >= len(p.patterns) {
		if i != 0 {
			p.failf("there is no pattern %d", i)
		}
		return nil
	}
	return p.patterns[i]
}

func (p *jsonPreparer) prepare(n *jsonNode, s *JSONSchema) {
	n.schema, n.resource = s, s.Resource
	if s.False {
		return
	}
	n.types, n.whole = p.kinds(s.Types)
	if n.whole {
		n.work |= 1 << jsonNumber
	}
	n.constant = p.values([]string{s.Const}, s.Const != "")
	n.enum = p.values(s.Enum, s.Enum != nil)
	if n.constant != nil || n.enum != nil {
		n.work = jsonAllKinds
	}
	if s.MinLength > 0 || s.MaxLength != 0 || s.Pattern != 0 || s.Format != 0 || s.Content != 0 {
		n.str = &jsonStringRules{s.MinLength, jsonMax(s.MaxLength), p.pattern(s.Pattern), p.format(s.Format), p.format(s.Content)}
		n.work |= 1 << jsonString
	}
	p.numbers(n, s)
	p.arrays(n, s)
	p.objects(n, s)
	p.inPlace(n, s)
	n.tracks = s.UnevaluatedItems != 0 || s.UnevaluatedProperties != 0
	n.plain = n.constant == nil && n.enum == nil && n.place == nil && !n.tracks
}

// jsonMax returns a maximum as the engine compares it.
func jsonMax(max int) int {
	switch max {
	case 0:
		return math.MaxInt
	case JSONNone:
		return 0
	}
	return max
}

// kinds returns the kinds of value that types admit, and whether of the numbers
// that are spelled with a fraction or an exponent only the integral ones.
func (p *jsonPreparer) kinds(types JSONTypes) (kinds uint8, whole bool) {
	if types == 0 {
		return jsonAllKinds, false
	}
	for t, k := range map[JSONTypes]uint8{
		TNull:    1 << jsonNull,
		TBoolean: 1<<jsonFalse | 1<<jsonTrue,
		TInteger: 1 << jsonInteger,
		TNumber:  jsonNumberKinds,
		TString:  1 << jsonString,
		TArray:   1 << jsonArray,
		TObject:  1 << jsonObject,
	} {
		if types&t != 0 {
			kinds |= k
		}
	}
	if types&(TInteger|TNumber) == TInteger && !p.c.PlainIntegers {
		return kinds | 1<<jsonNumber, true
	}
	return kinds, false
}

func (p *jsonPreparer) numbers(n *jsonNode, s *JSONSchema) {
	for _, r := range []struct {
		keyword Code
		text    string
	}{
		{"multipleOf", s.MultipleOf},
		{ErrMinimum, s.Minimum},
		{"exclusiveMinimum", s.ExclusiveMinimum},
		{ErrMaximum, s.Maximum},
		{"exclusiveMaximum", s.ExclusiveMaximum},
	} {
		if r.text == "" {
			continue
		}
		var x jsonCheck
		if !x.read([]byte(r.text), nil) || x.entries[0].kind() != jsonInteger && x.entries[0].kind() != jsonNumber {
			p.failf("%s %q is no number", r.keyword, r.text)
			continue
		}
		d := parseDecimal(x.text)
		if r.keyword == "multipleOf" && (d.zero() || d.neg) {
			p.failf("multipleOf %s is not above zero", r.text)
			continue
		}
		n.num = append(n.num, jsonNumberRule{r.keyword, d, r.text})
		n.work |= jsonNumberKinds
	}
}

func (p *jsonPreparer) arrays(n *jsonNode, s *JSONSchema) {
	a := jsonArrayRules{
		min: s.MinItems, max: jsonMax(s.MaxItems),
		prefix: p.list(s.PrefixItems), items: p.rule(s.Items),
		contains: p.rule(s.Contains), containsMin: s.MinContains, containsMax: jsonMax(s.MaxContains),
		containsEvaluates: p.c.ContainsEvaluates,
		unique:            s.UniqueItems, unevaluated: p.rule(s.UnevaluatedItems),
	}
	switch s.MinContains {
	case 0:
		a.containsMin = 1
	case JSONNone:
		a.containsMin = 0
	}
	if len(a.prefix) == 0 && a.items == nil && a.unevaluated == nil && !a.whole() {
		return
	}
	n.arr = &a
	n.work |= 1 << jsonArray
}

func (p *jsonPreparer) objects(n *jsonNode, s *JSONSchema) {
	o := jsonObjectRules{
		additional: p.rule(s.AdditionalProperties), nameRule: p.rule(s.PropertyNames),
		min: s.MinProperties, max: jsonMax(s.MaxProperties),
		dependent: s.DependentRequired, unevaluated: p.rule(s.UnevaluatedProperties),
	}
	var names []string
	index := make(map[string]int)
	member := func(name string) *jsonMemberRule {
		i, ok := index[name]
		if !ok {
			i = len(names)
			index[name] = i
			names = append(names, name)
			o.members = append(o.members, jsonMemberRule{})
		}
		return &o.members[i]
	}
	for _, q := range s.Properties {
		m := member(q.Name)
		m.declared, m.node = true, p.rule(q.Schema)
	}
	for _, name := range s.Required {
		if m := member(name); m.required == 0 {
			m.required = 1
			o.required++
		}
	}
	if len(names) >= math.MaxUint16 {
		p.failf("%s has %d properties, the limit is %d", s.At, len(names), math.MaxUint16-1)
		return
	}
	for _, q := range s.PatternProperties {
		if pattern := p.pattern(q.Pattern); pattern != nil {
			o.patterns = append(o.patterns, jsonPatternRule{pattern, p.node(q.Schema)})
		}
	}
	if len(names) == 0 && len(o.patterns) == 0 && o.additional == nil && o.unevaluated == nil && !o.whole() {
		return
	}
	o.all = len(o.patterns) > 0 || o.nameRule != nil
	o.names = newJSONNames(names)
	n.obj = &o
	n.work |= 1 << jsonObject
}

func (p *jsonPreparer) inPlace(n *jsonNode, s *JSONSchema) {
	r := jsonPlaceRules{
		ref: p.rule(s.Ref), anchor: s.RefAnchor,
		allOf: p.list(s.AllOf), not: p.rule(s.Not),
		if_: p.rule(s.If), then: p.rule(s.Then), else_: p.rule(s.Else),
	}
	for _, q := range s.DependentSchemas {
		r.dependent = append(r.dependent, jsonDependentRule{q.Name, p.node(q.Schema)})
	}
	if r.ref != nil || len(r.allOf) > 0 || r.not != nil || r.if_ != nil ||
		len(s.AnyOf) > 0 || len(s.OneOf) > 0 {
		n.place = &r
		n.work = jsonAllKinds
	} else if len(r.dependent) > 0 {
		n.place = &r
		n.work |= 1 << jsonObject
	}
}

// inPlaceRefs lists the schemas that hold for the same value as s does.
func (p *jsonPreparer) inPlaceRefs(s *JSONSchema) []int {
	refs := slices.Concat(s.AllOf, s.AnyOf, s.OneOf, []int{s.Ref, s.Not, s.If, s.Then, s.Else})
	for _, d := range s.DependentSchemas {
		refs = append(refs, d.Schema)
	}
	if s.RefAnchor != "" {
		for i := range p.c.Schemas {
			if p.c.Schemas[i].Anchor == s.RefAnchor {
				refs = append(refs, i)
			}
		}
	}
	return refs
}

// walk works out which kinds a schema can admit, after those that it is made
// of, and finds schemas that are made of themselves.
func (p *jsonPreparer) walk(i int) {
	if p.err != nil || p.state[i] == 2 {
		return
	}
	s, n := &p.c.Schemas[i], &p.program.nodes[i]
	if p.state[i] == 1 {
		p.failf("schema %d (%s) holds for a value only if it holds for that value", i, s.At)
		return
	}
	p.state[i] = 1
	for _, r := range p.inPlaceRefs(s) {
		if p.node(r); p.err == nil && r != 0 {
			p.walk(r)
		}
	}
	p.state[i] = 2
	if p.err != nil {
		return
	}
	admits := p.program.tellers.admits
	admits[0] = p.program.nodes[0].types
	kinds := n.types
	if n.constant != nil {
		kinds &= n.constant.kinds
	}
	if n.enum != nil {
		kinds &= n.enum.kinds
	}
	if s.Ref != 0 && s.RefAnchor == "" {
		kinds &= admits[s.Ref]
	}
	for _, r := range s.AllOf {
		kinds &= admits[r]
	}
	for _, branches := range [][]int{s.AnyOf, s.OneOf} {
		any := uint8(0)
		for _, r := range branches {
			any |= admits[r]
		}
		if len(branches) > 0 {
			kinds &= any
		}
	}
	admits[i] = kinds
}

// values prepares a list of JSON texts; nil when there is no such rule.
func (p *jsonPreparer) values(texts []string, ok bool) *jsonValues {
	if !ok {
		return nil
	}
	v := &jsonValues{texts: texts}
	for _, text := range texts {
		x := new(jsonCheck)
		if !x.read([]byte(text), nil) {
			p.failf("enum or const %q is no JSON", text)
			return v
		}
		e := &x.entries[0]
		bit := uint8(1) << e.kind()
		if bit&jsonNumberKinds != 0 {
			bit = jsonNumberKinds
		}
		v.kinds |= bit
		if e.kind() == jsonString {
			v.strings = append(v.strings, strings.Clone(string(x.appendString(nil, e))))
			continue
		}
		v.others = append(v.others, jsonDoc{x.buf, x.text, slices.Clone(x.entries)})
	}
	if len(v.strings) > fewStrings {
		v.set = make(map[string]struct{}, len(v.strings))
		for _, s := range v.strings {
			v.set[s] = struct{}{}
		}
	}
	return v
}
