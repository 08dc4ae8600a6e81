package contract

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/biform/biform/schema/model"
)

// This file reads the XSDs of this package's tests: enough of the language for
// them, no checks. What it does not know panics.

const xsdNS = "http://www.w3.org/2001/XMLSchema"

// xsdNode is an element of an XSD.
type xsdNode struct {
	name string
	attr map[string]string
	kids []*xsdNode
}

func (n *xsdNode) all(names ...string) (list []*xsdNode) {
	for _, k := range n.kids {
		for _, name := range names {
			if k.name == name {
				list = append(list, k)
			}
		}
	}
	return list
}

func (n *xsdNode) one(names ...string) *xsdNode {
	if list := n.all(names...); len(list) > 0 {
		return list[0]
	}
	return nil
}

// xsdReader turns one XSD into a contract.
type xsdReader struct {
	c        *model.XMLContract
	target   string
	elemForm bool
	attrForm bool
	prefixes map[string]string
	types    map[model.XMLName]model.XMLTypeID
	nodes    map[model.XMLName]*xsdNode
	elements map[model.XMLName]model.ElementID
	attrs    map[model.XMLName]*xsdNode
	groups   map[model.XMLName]*xsdNode
}

// readXSD reads an XSD of one file.
func readXSD(src string) *model.XMLContract {
	r := &xsdReader{
		c:        &model.XMLContract{},
		prefixes: map[string]string{}, types: map[model.XMLName]model.XMLTypeID{},
		nodes: map[model.XMLName]*xsdNode{}, elements: map[model.XMLName]model.ElementID{},
		attrs: map[model.XMLName]*xsdNode{}, groups: map[model.XMLName]*xsdNode{},
	}
	root := r.parse(src)
	r.target = root.attr["targetNamespace"]
	r.c.TargetNamespace = r.target
	r.elemForm = root.attr["elementFormDefault"] == "qualified"
	r.attrForm = root.attr["attributeFormDefault"] == "qualified"
	for _, n := range root.all("complexType", "simpleType") {
		r.nodes[model.XMLName{Space: r.target, Local: n.attr["name"]}] = n
	}
	for _, n := range root.all("attribute") {
		r.attrs[model.XMLName{Space: r.target, Local: n.attr["name"]}] = n
	}
	for _, n := range root.all("group", "attributeGroup") {
		r.groups[model.XMLName{Space: n.name, Local: n.attr["name"]}] = n
	}
	for _, n := range root.all("element") {
		name := model.XMLName{Space: r.target, Local: n.attr["name"]}
		r.c.Elements = append(r.c.Elements, model.Element{Name: name})
		id := model.ElementID(len(r.c.Elements))
		r.elements[name] = id
		r.c.Roots = append(r.c.Roots, id)
	}
	for i, n := range root.all("element") {
		r.element(n, model.ElementID(i+1))
	}
	for _, n := range root.all("complexType", "simpleType") {
		r.named(model.XMLName{Space: r.target, Local: n.attr["name"]})
	}
	for _, n := range root.all("attribute") {
		r.c.Attributes = append(r.c.Attributes, r.attribute(n, true))
	}
	return r.c
}

func (r *xsdReader) parse(src string) *xsdNode {
	dec := xml.NewDecoder(bytes.NewReader([]byte(src)))
	var stack []*xsdNode
	var root *xsdNode
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return root
		}
		if err != nil {
			panic(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			n := &xsdNode{name: tok.Name.Local, attr: map[string]string{}}
			for _, a := range tok.Attr {
				switch {
				case a.Name.Space == "xmlns":
					r.prefixes[a.Name.Local] = a.Value
				case a.Name.Local == "xmlns":
					r.prefixes[""] = a.Value
				default:
					n.attr[a.Name.Local] = a.Value
				}
			}
			if len(stack) > 0 {
				top := stack[len(stack)-1]
				top.kids = append(top.kids, n)
			} else {
				root = n
			}
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}

func (r *xsdReader) qname(s string) model.XMLName {
	prefix, local, ok := strings.Cut(s, ":")
	if !ok {
		prefix, local = "", s
	}
	return model.XMLName{Space: r.prefixes[prefix], Local: local}
}

func (r *xsdReader) newType() model.XMLTypeID {
	r.c.Types = append(r.c.Types, model.XMLType{})
	id := model.XMLTypeID(len(r.c.Types))
	r.c.Type(id).ID = id
	return id
}

// named returns a global or built-in type.
func (r *xsdReader) named(name model.XMLName) model.XMLTypeID {
	if id := r.types[name]; id != 0 {
		return id
	}
	id := r.newType()
	r.types[name] = id
	r.c.Type(id).Name = &name
	if name.Space != xsdNS {
		n := r.nodes[name]
		if n == nil {
			panic(fmt.Sprintf("no type %v", name))
		}
		r.define(n, id)
		return id
	}
	t := model.XMLType{ID: id, Name: &name, Content: model.ContentSimple}
	s := &model.SimpleType{Variety: model.Atomic, Builtin: name.Local}
	switch name.Local {
	case "anyType":
		t.Content, t.Complex, s = model.ContentAny, true, nil
	case "anySimpleType":
		s.Variety = model.AnySimple
	case "NMTOKENS", "IDREFS", "ENTITIES":
		s.Variety = model.ListOf
	case "string":
		s.WhiteSpace = "preserve"
	case "normalizedString":
		s.WhiteSpace = "replace"
	default:
		s.WhiteSpace = "collapse"
	}
	t.Simple = s
	*r.c.Type(id) = t
	return id
}

// define fills in a type.
func (r *xsdReader) define(n *xsdNode, id model.XMLTypeID) {
	t := model.XMLType{ID: id, Name: r.c.Type(id).Name, Block: strings.Fields(n.attr["block"])}
	if n.attr["block"] == "#all" {
		t.Block = []string{"extension", "restriction"}
	}
	if n.name == "simpleType" {
		t.Content = model.ContentSimple
		t.Simple, t.Base = r.simple(n)
		*r.c.Type(id) = t
		return
	}
	t.Complex = true
	t.Abstract = n.attr["abstract"] == "true"
	t.Content = model.ContentEmpty
	mixed := n.attr["mixed"] == "true"
	body := n
	if sc := n.one("simpleContent"); sc != nil {
		body = sc.one("extension", "restriction")
		t.Extends = body.name == "extension"
		t.Base = r.named(r.qname(body.attr["base"]))
		base := *r.c.Type(t.Base)
		t.Content = model.ContentSimple
		s := *base.Simple
		t.Simple = &s
		t.Attributes, t.AnyAttribute = base.Attributes, base.AnyAttribute
		if body.name == "restriction" {
			r.facets(body, t.Simple)
		}
		r.attributes(body, &t)
		*r.c.Type(id) = t
		return
	}
	var inherited *model.Particle
	if cc := n.one("complexContent"); cc != nil {
		mixed = mixed || cc.attr["mixed"] == "true"
		body = cc.one("extension", "restriction")
		t.Extends = body.name == "extension"
		t.Base = r.named(r.qname(body.attr["base"]))
		base := *r.c.Type(t.Base)
		if t.Extends {
			inherited = base.Particle
			mixed = mixed || base.Content == model.ContentMixed
			t.AnyAttribute = base.AnyAttribute
		}
		t.Attributes = append(t.Attributes, base.Attributes...)
	}
	if g := body.one("sequence", "choice", "all", "group"); g != nil {
		p := r.particle(g)
		t.Particle = &p
	}
	if inherited != nil {
		if t.Particle == nil {
			t.Particle = inherited
		} else {
			t.Particle = &model.Particle{Kind: model.ParticleSequence, Min: 1, Max: 1, Parts: []model.Particle{*inherited, *t.Particle}}
		}
	}
	if t.Particle != nil {
		t.Content = model.ContentElements
	}
	if mixed {
		t.Content = model.ContentMixed
	}
	r.attributes(body, &t)
	*r.c.Type(id) = t
}

func (r *xsdReader) attributes(n *xsdNode, t *model.XMLType) {
	for _, a := range n.all("attribute", "attributeGroup", "anyAttribute") {
		switch a.name {
		case "attributeGroup":
			r.attributes(r.groups[model.XMLName{Space: "attributeGroup", Local: r.qname(a.attr["ref"]).Local}], t)
		case "anyAttribute":
			t.AnyAttribute = r.wildcard(a)
		default:
			u := r.attribute(a, false)
			for i := range t.Attributes {
				if t.Attributes[i].Name == u.Name {
					t.Attributes = append(append([]model.AttributeUse(nil), t.Attributes[:i]...), t.Attributes[i+1:]...)
					break
				}
			}
			t.Attributes = append(t.Attributes, u)
		}
	}
}

func (r *xsdReader) attribute(n *xsdNode, global bool) model.AttributeUse {
	u := model.AttributeUse{Required: n.attr["use"] == "required", Prohibited: n.attr["use"] == "prohibited"}
	value := n
	if ref := n.attr["ref"]; ref != "" {
		u.Name = r.qname(ref)
		value = r.attrs[u.Name]
	} else {
		u.Name.Local = n.attr["name"]
		if global || r.attrForm || n.attr["form"] == "qualified" {
			u.Name.Space = r.target
		}
	}
	for _, from := range []*xsdNode{value, n} {
		if v, ok := from.attr["default"]; ok {
			u.Default = &v
		}
		if v, ok := from.attr["fixed"]; ok {
			u.Fixed = &v
		}
	}
	u.Type = r.typeOf(value, "anySimpleType")
	return u
}

// typeOf returns the type of an element or attribute.
func (r *xsdReader) typeOf(n *xsdNode, otherwise string) model.XMLTypeID {
	if name := n.attr["type"]; name != "" {
		return r.named(r.qname(name))
	}
	if t := n.one("complexType", "simpleType"); t != nil {
		id := r.newType()
		r.define(t, id)
		return id
	}
	if h := n.attr["substitutionGroup"]; h != "" {
		return r.c.Element(r.elements[r.qname(h)]).Type
	}
	return r.named(model.XMLName{Space: xsdNS, Local: otherwise})
}

func (r *xsdReader) element(n *xsdNode, id model.ElementID) {
	e := *r.c.Element(id)
	e.ID = id
	e.Nillable, e.Abstract = n.attr["nillable"] == "true", n.attr["abstract"] == "true"
	if v, ok := n.attr["default"]; ok {
		e.Default = &v
	}
	if v, ok := n.attr["fixed"]; ok {
		e.Fixed = &v
	}
	if h := n.attr["substitutionGroup"]; h != "" {
		e.Substitutes = r.elements[r.qname(h)]
	}
	e.Block = strings.Fields(n.attr["block"])
	if n.attr["block"] == "#all" {
		e.Block = []string{"extension", "restriction", "substitution"}
	}
	e.Type = r.typeOf(n, "anyType")
	*r.c.Element(id) = e
}

func (r *xsdReader) particle(n *xsdNode) model.Particle {
	p := model.Particle{Min: 1, Max: 1}
	if v := n.attr["minOccurs"]; v != "" {
		p.Min, _ = strconv.Atoi(v)
	}
	if v := n.attr["maxOccurs"]; v == "unbounded" {
		p.Max = model.Unbounded
	} else if v != "" {
		p.Max, _ = strconv.Atoi(v)
	}
	switch n.name {
	case "element":
		p.Kind = model.ParticleElement
		if ref := n.attr["ref"]; ref != "" {
			p.Element = r.elements[r.qname(ref)]
			break
		}
		name := model.XMLName{Local: n.attr["name"]}
		if r.elemForm || n.attr["form"] == "qualified" {
			name.Space = r.target
		}
		r.c.Elements = append(r.c.Elements, model.Element{Name: name})
		p.Element = model.ElementID(len(r.c.Elements))
		r.element(n, p.Element)
	case "any":
		p.Kind, p.Wildcard = model.ParticleWildcard, r.wildcard(n)
	case "group":
		g := r.groups[model.XMLName{Space: "group", Local: r.qname(n.attr["ref"]).Local}]
		inner := r.particle(g.one("sequence", "choice", "all"))
		p.Kind, p.Parts = model.ParticleSequence, []model.Particle{inner}
	default:
		p.Kind = model.ParticleKind(n.name)
		for _, k := range n.all("element", "any", "group", "sequence", "choice", "all") {
			p.Parts = append(p.Parts, r.particle(k))
		}
	}
	return p
}

func (r *xsdReader) wildcard(n *xsdNode) *model.Wildcard {
	w := &model.Wildcard{Process: n.attr["processContents"]}
	switch ns := n.attr["namespace"]; ns {
	case "", "##any":
		w.AnyNamespace = true
	case "##other":
		w.Not, w.Namespaces = true, []string{r.target}
	default:
		for _, s := range strings.Fields(ns) {
			switch s {
			case "##targetNamespace":
				s = r.target
			case "##local":
				s = ""
			}
			w.Namespaces = append(w.Namespaces, s)
		}
	}
	return w
}

func (r *xsdReader) simple(n *xsdNode) (*model.SimpleType, model.XMLTypeID) {
	ref := func(n *xsdNode, attr string) model.XMLTypeID {
		if name := n.attr[attr]; name != "" {
			return r.named(r.qname(name))
		}
		id := r.newType()
		r.define(n.one("simpleType"), id)
		return id
	}
	if l := n.one("list"); l != nil {
		return &model.SimpleType{Variety: model.ListOf, Item: ref(l, "itemType"), WhiteSpace: "collapse"}, 0
	}
	if u := n.one("union"); u != nil {
		s := &model.SimpleType{Variety: model.UnionOf}
		for _, name := range strings.Fields(u.attr["memberTypes"]) {
			s.Members = append(s.Members, r.named(r.qname(name)))
		}
		for _, m := range u.all("simpleType") {
			id := r.newType()
			r.define(m, id)
			s.Members = append(s.Members, id)
		}
		return s, 0
	}
	d := n.one("restriction")
	base := ref(d, "base")
	s := *r.c.Type(base).Simple
	r.facets(d, &s)
	return &s, base
}

func (r *xsdReader) facets(n *xsdNode, s *model.SimpleType) {
	kinds := map[string]model.ConstraintKind{
		"minInclusive": model.Minimum, "maxInclusive": model.Maximum,
		"minExclusive": model.ExclusiveMinimum, "maxExclusive": model.ExclusiveMaximum,
		"minLength": model.MinLength, "maxLength": model.MaxLength, "length": "length",
		"totalDigits": model.TotalDigits, "fractionDigits": model.FractionDigits,
	}
	var patterns []string
	var enum []model.EnumValue
	s.Facets = append([]model.Facet(nil), s.Facets...)
	for _, f := range n.kids {
		v := f.attr["value"]
		switch f.name {
		case "pattern":
			patterns = append(patterns, v)
		case "enumeration":
			if s.Builtin == "QName" {
				if q := r.qname(v); q.Space != "" {
					v = "{" + q.Space + "}" + q.Local
				}
			}
			enum = append(enum, model.EnumValue{Value: v})
		case "whiteSpace":
			s.WhiteSpace = v
		default:
			if k, ok := kinds[f.name]; ok {
				s.Facets = append(s.Facets, model.Facet{Kind: k, Value: v})
			}
		}
	}
	if patterns != nil {
		s.Patterns = append(append([][]string(nil), s.Patterns...), patterns)
	}
	if enum != nil {
		s.Enumeration = enum
	}
}
