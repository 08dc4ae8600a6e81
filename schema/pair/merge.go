package pair

import (
	"fmt"
	"slices"
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// Merge merges the models of an XSD and a JSON Schema that describe one
// document. The diagnostics say where the two disagree; when one of them is an
// error, the model is what could be merged, for reports and not for generation.
// Neither argument is changed.
func Merge(xml, json *model.Document) (*model.Document, diag.List) {
	m := &merger{
		xml: index(xml), json: index(json),
		nodes:        map[key]*node{},
		enumerations: enumerations(xml.XML),
	}
	if xml.Root == "" || json.Root == "" {
		m.diags.Errorf(model.Position{}, "bug", "%v", diag.Bugf("a model has no root"))
		return &model.Document{Name: xml.Name}, m.diags
	}
	root := json.Root
	wrapped := m.wrapped(xml, json)
	if wrapped != nil {
		root = wrapped.Type
	}
	top := m.pair(key{xml: xml.Root, json: root}, place{})
	for len(m.work) > 0 {
		// Not by recursion: chains of types are as long as a contract likes.
		next := m.work[0]
		m.work = m.work[1:]
		next()
	}
	if m.over {
		m.differ(diag.Error, "unsupported", top.at, "the contracts make more than %d pairs of types", maxPairs).
			WithHint("write types that refer to each other in a circle alike in both")
		return &model.Document{Name: xml.Name}, m.report()
	}
	if wrapped != nil {
		// What the outer object says to biform, it says of the document.
		outer := m.json[json.Root]
		top.typ.Hints = m.hints(place{top.at.xml, at(outer.At)}, top.typ.Hints, outer.Hints)
	}
	doc := &model.Document{
		Name:        xml.Name,
		Doc:         either(xml.Doc, json.Doc),
		Wrapped:     wrapped != nil,
		RootElement: xml.RootElement,
		Prefixes:    xml.Prefixes,
		XML:         xml.XML,
		JSON:        json.JSON,
	}
	doc.Sources = append(append(doc.Sources, xml.Sources...), json.Sources...)
	doc.Root, doc.Types = identify(walk(m.order, top), top)
	return doc, m.report()
}

// merger holds what Merge works on.
type merger struct {
	xml, json map[model.TypeID]*model.Type
	nodes     map[key]*node
	order     []*node  // as they are met
	work      []func() // types that are still to be made
	over      bool     // there were more than maxPairs
	// enumerations are those of the XSD's simple types, by the position of the
	// type.
	enumerations map[model.Position][]model.EnumValue
	diags        diag.List
}

// key is a pair of types and what the place where they meet adds to it. One of
// the two is empty for a type of one contract alone.
type key struct {
	xml, json model.TypeID
	// items says that the JSON type is that of the items of an array which
	// stands beside the XML type, an xs:list.
	items bool
	// hinted says that a goType hint on the member decides the Go type, so that
	// the types need not agree.
	hinted bool
	// spelled are the JSON types of a member's binding.
	spelled string
}

// node is a pair of types and the type that comes of it. In that type, the
// references to others are the names of their nodes.
type node struct {
	name      model.TypeID // of the node, until identify decides the type's identifier
	xml, json *model.Type  // nil: the other contract's alone
	items     bool         // as in its key
	at        place        // where diagnostics point
	typ       model.Type
}

// walk returns the nodes in the order in which a walk from the root, depth
// first, meets them.
func walk(all []*node, root *node) []*node {
	byName := make(map[model.TypeID]*node, len(all))
	for _, n := range all {
		byName[n.name] = n
	}
	seen := make(map[*node]bool, len(all))
	order := make([]*node, 0, len(all))
	stack := []*node{root}
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[n] {
			continue
		}
		seen[n] = true
		order = append(order, n)
		first := len(stack)
		visit(&n.typ, func(id *model.TypeID) { stack = append(stack, byName[*id]) })
		slices.Reverse(stack[first:])
	}
	return order
}

// place is a place in both contracts.
type place struct{ xml, json model.Position }

// maxPairs is how many pairs of types are merged. Two cycles of types make as
// many pairs as the product of their lengths, if they have no common divisor; no
// pair of contracts that was written for one document comes near the limit.
const maxPairs = 1 << 18

func enumerations(c *model.XMLContract) map[model.Position][]model.EnumValue {
	all := map[model.Position][]model.EnumValue{}
	if c == nil {
		return all
	}
	for i := range c.Types {
		if t := &c.Types[i]; t.Simple != nil && t.Simple.Enumeration != nil {
			all[t.At] = t.Simple.Enumeration
		}
	}
	return all
}

func index(d *model.Document) map[model.TypeID]*model.Type {
	all := make(map[model.TypeID]*model.Type, len(d.Types))
	for i := range d.Types {
		all[d.Types[i].ID] = &d.Types[i]
	}
	return all
}

// wrapped returns the member of the JSON root that holds the document, when the
// JSON form has the root's name around it: {"Response": {...}}.
func (m *merger) wrapped(xml, json *model.Document) *model.Field {
	x, j := m.xml[xml.Root], m.json[json.Root]
	if x == nil || j == nil || j.Kind != model.KindRecord || len(j.Record.Fields) != 1 {
		return nil
	}
	f := &j.Record.Fields[0]
	if f.Name != xml.Name || f.Occurs == model.Many {
		return nil
	}
	if x.Kind == model.KindRecord {
		for i := range x.Record.Fields {
			if x.Record.Fields[i].Name == f.Name {
				return nil // the root element has a child of its own name
			}
		}
	}
	return f
}

// pair returns the node of two types, merging them when they meet first: at
// from, which is where a diagnostic points for a type that no contract declares.
func (m *merger) pair(k key, from place) *node {
	if n, ok := m.nodes[k]; ok {
		return n
	}
	n := &node{xml: m.find(m.xml, k.xml), json: m.find(m.json, k.json), items: k.items}
	n.name = model.TypeID(fmt.Sprintf("node %d", len(m.order)))
	n.at = from
	if n.xml != nil && len(n.xml.At) > 0 {
		n.at.xml = n.xml.At[0]
	}
	if n.json != nil && len(n.json.At) > 0 {
		n.at.json = n.json.At[0]
	}
	m.nodes[k] = n
	m.order = append(m.order, n)
	if simple(n.xml) && n.json != nil && !k.items && m.simple(n.json) {
		m.merge(n, k) // the member that leads here asks what came of it
		return n
	}
	m.work = append(m.work, func() { m.fill(n, k) })
	return n
}

// fill makes the type of a node.
func (m *merger) fill(n *node, k key) {
	switch {
	case len(m.order) > maxPairs:
		m.over = true
		n.typ = model.Type{Kind: model.KindAny}
	case n.json == nil:
		n.typ = m.alone(n.xml, func(id model.TypeID) key { return key{xml: id} })
		// JSON has no list or alternatives for it: it can but have the text.
		switch n.typ.Kind {
		case model.KindList:
			n.typ.List.Text = true
		case model.KindUnion:
			n.typ.Union.Text = true
		}
	case n.xml == nil:
		n.typ = m.alone(n.json, func(id model.TypeID) key { return key{json: id} })
	default:
		m.merge(n, k)
	}
}

// find returns the type of an identifier; nil for the empty one. A model that
// lacks it is a fault of the reader, and the type then stands for anything.
func (m *merger) find(types map[model.TypeID]*model.Type, id model.TypeID) *model.Type {
	if id == "" {
		return nil
	}
	if types[id] == nil {
		m.diags.Errorf(model.Position{}, "bug", "%v", diag.Bugf("the model does not hold the type %q", id))
		types[id] = &model.Type{ID: id, Kind: model.KindAny}
	}
	return types[id]
}

// alone copies a type of one contract, with the types it refers to.
func (m *merger) alone(t *model.Type, side func(model.TypeID) key) model.Type {
	c := cloneType(t)
	visit(&c, func(id *model.TypeID) { *id = m.pair(side(*id), place{}).name })
	if c.Kind == model.KindRecord {
		decide(c.Record)
	}
	return c
}

// merge makes the type of a node whose contracts both have one.
func (m *merger) merge(n *node, k key) {
	x, j := n.xml, n.json
	n.typ = model.Type{
		Name: x.Name, Element: x.Element, Doc: either(x.Doc, j.Doc), Kind: x.Kind,
		At:      concat(x.At, j.At),
		Hints:   m.hints(n.at, x.Hints, j.Hints),
		XMLType: x.XMLType,
	}
	hinted := k.hinted || n.typ.Hints.GoType != ""
	switch {
	case k.items || x.Kind == model.KindList:
		m.list(n, k)
	case x.Kind == model.KindRecord && j.Kind == model.KindRecord:
		m.record(n)
	case x.Kind == model.KindAny && j.Kind == model.KindAny:
		// Anything in both.
	case x.Kind == model.KindUnion:
		m.union(n, k)
	case simple(x) && m.simple(j):
		m.scalar(n, spellings(k.spelled), hinted)
	default:
		m.contradict(n)
	}
}

// contradict reports two types that cannot be one, and goes on with the XSD's.
func (m *merger) contradict(n *node) {
	x, j := n.xml, n.json
	d := m.differ(diag.Error, "pair-type", n.at, "%s in the JSON Schema beside %s in the XSD", describe(j, model.JSON), describe(x, model.XML))
	switch {
	case x.Kind == model.KindAny:
		d.WithHint("give the element a type in the XSD")
	case j.Kind == model.KindAny:
		d.WithHint("give the property a type in the JSON Schema")
	case x.Kind == model.KindRecord && m.simple(j):
		d.WithHint("make the property an object with the members %s in the JSON Schema, or the element a simple type in the XSD", names(x.Record))
	case j.Kind == model.KindRecord:
		d.WithHint("make the element a complex type with the members %s in the XSD, or the property a scalar in the JSON Schema", names(j.Record))
	case j.Kind == model.KindUnion:
		d.WithHint("write one object with all the members in the JSON Schema, in place of alternatives")
	default:
		d.WithHint("give both the same shape")
	}
	hints := n.typ.Hints
	n.typ = m.alone(x, func(id model.TypeID) key { return key{xml: id} })
	n.typ.At, n.typ.Hints = concat(x.At, j.At), hints
}

// list merges an xs:list with an array, or with a string that holds the items
// as XML does.
func (m *merger) list(n *node, k key) {
	x, j := n.xml, n.json
	n.typ.List = &model.List{}
	n.typ.Constraints = clone(x.Constraints)
	item := func(id model.TypeID) {
		if x.List.Item != "" && id != "" {
			n.typ.List.Item = m.pair(key{xml: x.List.Item, json: id}, n.at).name
		}
	}
	switch {
	case k.items:
		// The array is the member's; the JSON type is that of an item.
		item(j.ID)
		n.typ.Name, n.typ.Doc, n.typ.At = x.Name, x.Doc, x.At
		n.typ.Hints = x.Hints
	case j.Kind == model.KindList && len(j.List.Tuple) == 0:
		item(j.List.Item)
		n.typ.Constraints = m.bounds(n)
	case j.Kind == model.KindScalar && j.Scalar.Primitive == model.String:
		n.typ.List.Text = true
		n.typ.List.Item = m.pair(key{xml: x.List.Item}, n.at).name
	default:
		m.contradict(n)
	}
}

// union merges an xs:union with alternatives of as many types, by position, or
// with a string, which spells any of its members.
func (m *merger) union(n *node, k key) {
	x, j := n.xml, n.json
	switch {
	case j.Kind == model.KindUnion && len(j.Union.Variants) == len(x.Union.Variants):
		n.typ.Union = &model.Union{Exclusive: j.Union.Exclusive, Discriminator: j.Union.Discriminator}
		for i, v := range x.Union.Variants {
			w := j.Union.Variants[i]
			n.typ.Union.Variants = append(n.typ.Union.Variants, model.Variant{
				Type: m.pair(key{xml: v.Type, json: w.Type}, n.at).name, Value: w.Value, At: concat(v.At, w.At),
			})
		}
	case j.Kind == model.KindScalar && j.Scalar.Primitive == model.String || strings.Contains(k.spelled, string(model.JSONString)):
		t := m.alone(x, func(id model.TypeID) key { return key{xml: id} })
		n.typ.Union, n.typ.Constraints = t.Union, t.Constraints
		n.typ.Union.Text = true
	default:
		m.contradict(n)
	}
}
