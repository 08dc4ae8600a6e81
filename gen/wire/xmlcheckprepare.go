package wire

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// This file prepares an XMLContract for the validator: names become words,
// references pointers, facets values. It is done once for a contract.

// XMLTableError says which entry of an [XMLContract] cannot be used.
type XMLTableError struct {
	Table string // the name of the list
	Index int
	Err   error
}

// Error says what is wrong with the entry.
func (e *XMLTableError) Error() string {
	return fmt.Sprintf("wire: XMLContract.%s[%d]: %v", e.Table, e.Index, e.Err)
}

// Unwrap returns what is wrong, without the entry.
func (e *XMLTableError) Unwrap() error { return e.Err }

// Check tells whether the tables are sound, as the generator writes them: every
// reference leads somewhere, every facet and pattern can be read. The error is
// an [XMLTableError], and [XMLContract.Validate] returns the same.
func (c *XMLContract) Check() error {
	c.once.Do(func() {
		t := &xmlTables{}
		if err := t.prepare(c); err != nil {
			c.err = err
			return
		}
		c.tables = t
	})
	return c.err
}

func (t *xmlTables) prepare(c *XMLContract) error {
	t.simple = make([]*xmlSimple, max(1, len(c.Simple)))
	for i := range c.Simple {
		if i == 0 {
			continue
		}
		if err := t.prepareSimple(c, i, 0); err != nil {
			return err
		}
	}
	// The content of xs:anyType, which is checked where it is declared.
	t.wild = append(slices.Clip(c.Wildcards), XMLWildcard{Any: true, Process: XMLLax})
	if len(c.Wildcards) == 0 {
		t.wild = []XMLWildcard{1: {Any: true, Process: XMLLax}}
	}
	if err := t.prepareTypes(c); err != nil {
		return err
	}
	if err := t.prepareElements(c); err != nil {
		return err
	}
	if err := t.prepareStates(c); err != nil {
		return err
	}
	if err := t.prepareIdentities(c); err != nil {
		return err
	}
	t.pool.New = func() any { return t.newCheck() }
	return nil
}

// prepareSimple prepares a simple type behind those that it refers to.
func (t *xmlTables) prepareSimple(c *XMLContract, i, depth int) error {
	if t.simple[i] != nil {
		return nil
	}
	s := &c.Simple[i]
	if depth > len(c.Simple) {
		return &XMLTableError{"Simple", i, errors.New("the type contains itself")}
	}
	for _, m := range append([]int{s.List}, s.Union...) {
		if m > 0 && m < len(c.Simple) {
			if err := t.prepareSimple(c, m, depth+1); err != nil {
				return err
			}
		}
	}
	p, err := prepareSimple(s, t.simple)
	if err != nil {
		return &XMLTableError{"Simple", i, err}
	}
	t.simple[i] = p
	return nil
}

// prepareTypes prepares the types, and behind them the built-in ones, which
// xsi:type can name.
func (t *xmlTables) prepareTypes(c *XMLContract) error {
	n := max(1, len(c.Types))
	t.types = make([]xmlTypeInfo, n+1+len(xmlBuiltins))
	t.typeNames = map[xmlName]*xmlTypeInfo{}
	t.anyType = &t.types[n]
	t.anyType.XMLType = XMLType{Name: "anyType", Space: xsdSpace, Content: XMLAny, Complex: true}
	builtin := map[string]*xmlTypeInfo{}
	for i := range xmlBuiltins {
		b := &xmlBuiltins[i]
		info := &t.types[n+1+i]
		s, err := prepareSimple(&XMLSimple{Base: b.name}, nil)
		if err != nil {
			return err
		}
		info.XMLType = XMLType{Name: b.name, Space: xsdSpace, Content: XMLText, Derived: XMLRestriction}
		info.simple, info.builtin, info.base = s, b, builtin[b.base]
		if b.base == "" {
			info.base = t.anyType
		}
		builtin[b.name] = info
	}
	for i := range t.types {
		if info := &t.types[i]; info.Name != "" {
			t.typeNames[xmlName{info.Space, info.Name}] = info
		}
	}
	for i := 1; i < len(c.Types); i++ {
		info := &t.types[i]
		info.XMLType = c.Types[i]
		if info.Name != "" {
			t.typeNames[xmlName{info.Space, info.Name}] = info
		}
	}
	for i := 1; i < len(c.Types); i++ {
		if err := t.prepareType(c, i, builtin); err != nil {
			return &XMLTableError{"Types", i, err}
		}
	}
	t.attrs = map[xmlName]*xmlUse{}
	for i := range c.Attributes {
		u, err := t.prepareUse(&c.Attributes[i])
		if err != nil {
			return &XMLTableError{"Attributes", i, err}
		}
		t.attrs[xmlName{u.Space, u.Name}] = &u
	}
	return nil
}

func (t *xmlTables) prepareType(c *XMLContract, i int, builtin map[string]*xmlTypeInfo) error {
	info := &t.types[i]
	if info.Content == XMLText {
		if info.Simple <= 0 || info.Simple >= len(t.simple) {
			return fmt.Errorf("there is no simple type %d", info.Simple)
		}
		info.simple = t.simple[info.Simple]
	}
	if info.Start < 0 || info.Start > 0 && info.Start >= len(c.States) {
		return fmt.Errorf("there is no state %d", info.Start)
	}
	if !validIndex(info.AnyAttribute, len(c.Wildcards)) {
		return fmt.Errorf("there is no wildcard %d", info.AnyAttribute)
	}
	if info.Space == xsdSpace && info.simple != nil && builtin[info.Name] != nil {
		info.builtin = builtin[info.Name].builtin
	}
	switch b := info.simple; {
	case info.Base > 0 && info.Base < len(c.Types) && info.Base != i:
		info.base = &t.types[info.Base]
	case info.Base != 0:
		return fmt.Errorf("there is no base type %d", info.Base)
	case info.Complex && !(info.Content == XMLText && info.Derived == XMLExtension), info.Content == XMLAny:
		info.base = t.anyType
	case b != nil && b.builtin != nil && b.builtin.base != "":
		info.base = builtin[b.builtin.name]
		if info.Space == xsdSpace && info.Name == b.builtin.name {
			info.base = builtin[b.builtin.base]
		}
	case info.Space == xsdSpace && info.Name == "anySimpleType":
		info.base = t.anyType
	default:
		info.base = builtin["anySimpleType"]
	}
	for k := range info.Attributes {
		u, err := t.prepareUse(&info.Attributes[k])
		if err != nil {
			return err
		}
		info.uses = append(info.uses, u)
		info.required = info.required || u.Required
	}
	return nil
}

func (t *xmlTables) prepareUse(a *XMLAttribute) (xmlUse, error) {
	u := xmlUse{XMLAttribute: a}
	if a.Simple <= 0 || a.Simple >= len(t.simple) {
		return u, fmt.Errorf("attribute %s: there is no simple type %d", a.Name, a.Simple)
	}
	u.simple = t.simple[a.Simple]
	if a.Given != 0 {
		key, ok := u.simple.constant(a.Value, scope(a.Prefixes))
		if !ok {
			return u, fmt.Errorf("attribute %s: %s is not a value of %s", a.Name, excerpt(a.Value), u.simple.describe())
		}
		u.fixed = key
	}
	return u, nil
}

func (t *xmlTables) prepareElements(c *XMLContract) error {
	t.spaces = []string{""}
	t.names = map[xmlName]int32{}
	t.elements = make([]xmlDecl, max(1, len(c.Elements)))
	for i := 1; i < len(c.Elements); i++ {
		e := &c.Elements[i]
		d := &t.elements[i]
		d.XMLElement = e
		if e.Name == "" || e.Type <= 0 || e.Type >= max(1, len(c.Types)) {
			return &XMLTableError{"Elements", i, fmt.Errorf("element %q: there is no type %d", e.Name, e.Type)}
		}
		d.typ = &t.types[e.Type]
		name := xmlName{e.Space, e.Name}
		if d.name = t.names[name]; d.name == 0 {
			d.name = int32(len(t.names) + 1)
			t.names[name] = d.name
		}
		if !slices.Contains(t.spaces, e.Space) {
			t.spaces = append(t.spaces, e.Space)
		}
		if e.Given == 0 {
			continue
		}
		d.fixed, d.prefixes = e.Value, scope(e.Prefixes)
		if s := d.typ.simple; s != nil {
			key, ok := s.constant(e.Value, d.prefixes)
			if !ok {
				return &XMLTableError{"Elements", i, fmt.Errorf("%s is not a value of %s", excerpt(e.Value), s.describe())}
			}
			d.fixed = key
		}
	}
	t.roots = map[xmlName]*xmlDecl{}
	for i, r := range c.Roots {
		if r <= 0 || r >= len(c.Elements) {
			return &XMLTableError{"Roots", i, fmt.Errorf("there is no element %d", r)}
		}
		d := &t.elements[r]
		t.roots[xmlName{d.Space, d.Name}] = d
	}
	if !validIndex(c.Root, len(c.Elements)) {
		return &XMLTableError{"Root", 0, fmt.Errorf("there is no element %d", c.Root)}
	}
	if c.Root > 0 {
		t.root = &t.elements[c.Root]
	}
	return nil
}

func (t *xmlTables) prepareStates(c *XMLContract) error {
	last := max(1, len(c.States))
	t.states = make([]xmlStateInfo, last+1)
	t.states[0].final = true
	anything := noStep
	anything.wildcard, anything.to = int32(len(t.wild)-1), int32(last)
	t.steps = []xmlStep{noStep, anything}
	t.states[last] = xmlStateInfo{final: true, lo: 1, hi: 2}
	for i := range t.types {
		if t.types[i].Content == XMLAny {
			t.types[i].Start = last
		}
	}
	for i := 1; i < len(c.States); i++ {
		s := &c.States[i]
		info := &t.states[i]
		info.final, info.all, info.els = s.Final && !s.All, s.All, int32(s.Else)
		info.blank = s.Final && s.All
		if len(s.Parts) > 0 {
			if info.model = prepareModel(s.Parts); info.model == nil || s.All || s.Else != 0 {
				return &XMLTableError{"States", i, errors.New("the parts are no tree")}
			}
			info.all, info.final = true, false
		}
		info.min, info.max = int32(min(s.Min, math.MaxInt32)), int32(min(s.Max, math.MaxInt32))
		info.lo = int32(len(t.steps))
		if !validIndex(s.Else, len(c.States)) {
			return &XMLTableError{"States", i, fmt.Errorf("there is no state %d", s.Else)}
		}
		slot := int32(-1)
		for _, n := range s.Next {
			step := noStep
			if !n.Same {
				slot++
			}
			step.slot = max(0, slot)
			step.to, step.wildcard, step.required, step.inAll = int32(n.To), int32(n.Wildcard), n.Required, s.All || info.model != nil
			if info.model != nil {
				if n.Part < 0 || n.Part >= len(s.Parts) || n.To != i {
					return &XMLTableError{"States", i, fmt.Errorf("there is no part %d", n.Part)}
				}
				step.slot = int32(n.Part)
			}
			if n.To <= 0 || n.To >= len(c.States) {
				return &XMLTableError{"States", i, fmt.Errorf("there is no state %d", n.To)}
			}
			switch {
			case n.Element > 0 && n.Element < len(c.Elements):
				t.word(&step, &t.elements[n.Element])
			case n.Wildcard <= 0 || n.Wildcard >= len(c.Wildcards):
				return &XMLTableError{"States", i, fmt.Errorf("there is no element %d and no wildcard %d", n.Element, n.Wildcard)}
			}
			t.steps = append(t.steps, step)
		}
		info.hi = int32(len(t.steps))
	}
	for i := range t.steps {
		t.steps[i].counts = t.states[t.steps[i].to].max > 0
	}
	// A circle of Else would never end.
	seen := make([]int, len(t.states)) // from which state on, counted from 1
	for i := range t.states {
		for s := int32(i); s != 0 && seen[s] == 0; {
			seen[s] = i + 1
			if s = t.states[s].els; s != 0 && seen[s] == i+1 {
				return &XMLTableError{"States", i, errors.New("a circle of Else")}
			}
		}
	}
	return nil
}

// word prepares a step for one element.
func (t *xmlTables) word(s *xmlStep, d *xmlDecl) {
	m := newMember(MemberSpec{Name: d.Name})
	s.word, s.mask, s.mid, s.tail, s.size = m.word, m.mask, m.mid, m.tail, int32(m.size)
	s.space = int32(slices.Index(t.spaces, d.Space))
	s.name, s.decl = d.name, d
	typ := d.typ
	if d.Abstract || d.Given != 0 || len(d.Identities) > 0 || typ.required || typ.Abstract {
		return
	}
	s.given = slices.ContainsFunc(typ.uses, func(u xmlUse) bool { return u.Given != 0 })
	switch typ.Content {
	case XMLText:
		s.fast = typ.simple.fast
	case XMLChildren, XMLMixed:
		s.fast = fastChildren
	}
}
