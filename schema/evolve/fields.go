package evolve

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe/xmltree"
)

// This file finds declarations that the contracts have already, and lets members
// be absent.

// setAttr sets an attribute of an element of the XSD.
func (s *side) setAttr(c *change, file string, n *xmltree.Node, name, value string) {
	if a := n.Attr(name); a != nil {
		c.add(s, file, a.ValueStart, a.ValueEnd, escape(value))
		return
	}
	at := n.Start + 1 + len(n.Name())
	if len(n.Attrs) > 0 {
		at = n.Attrs[len(n.Attrs)-1].End
	}
	c.add(s, file, at, at, " "+name+`="`+escape(value)+`"`)
}

// dropAttr takes an attribute away, with the white space before it.
func (s *side) dropAttr(c *change, file string, n *xmltree.Node, name string) {
	a := n.Attr(name)
	if a == nil {
		return
	}
	from := a.Start
	for strings.IndexByte(" \t\r\n", s.files[file][from-1]) >= 0 {
		from--
	}
	c.add(s, file, from, a.End, "")
}

// groupsAround calls f for the groups around an element's declaration, the
// innermost first, up to the type or the named group.
func groupsAround(n *xmltree.Node, f func(*xmltree.Node)) {
	for p := n.Parent; p != nil; p = p.Parent {
		switch p.Local {
		case "sequence", "choice", "all":
			f(p)
		default:
			return
		}
	}
}

// declared finds where the XSD declares a field.
func (p *planner) declared(f *model.Field) (file string, n *xmltree.Node, err error) {
	file, n = p.sides.xml.node(f.At)
	if n == nil || n.Local != "element" && n.Local != "attribute" {
		return "", nil, leftf("change it by hand", "the XSD does not say where it is declared")
	}
	return file, n, nil
}

// property finds the schema of a field in the JSON Schema.
func (p *planner) property(f *model.Field) (w *jsonWriter, n *jsontree.Node, err error) {
	file, n := p.sides.json.value(f.At)
	if n == nil || n.Kind != jsontree.Object {
		return nil, nil, leftf("change it by hand", "the JSON Schema does not say where it is declared")
	}
	return p.sides.jsonWriter(file, p.names, p.inJSON), n, nil
}

// optional lets a required member be absent.
func (p *planner) optional(c *change, o *owner, one *fieldFindings) error {
	f := one.field
	if p.sides.xml != nil && f.XML != nil && f.XML.Node != model.NodeText {
		file, n, err := p.declared(f)
		if err != nil {
			return err
		}
		free := false
		groupsAround(n, func(g *xmltree.Node) { free = free || g.Local == "choice" || g.Get("minOccurs") == "0" })
		switch {
		case f.XML.Node == model.NodeAttribute:
			p.sides.xml.dropAttr(c, file, n, "use")
		case !free && n.Get("minOccurs") != "0":
			p.sides.xml.setAttr(c, file, n, "minOccurs", "0")
		}
	}
	if p.sides.json != nil && f.JSON != nil {
		p.unrequire(c, o, f)
	}
	if len(c.edits) == 0 {
		return leftf("change it by hand", "the contracts do not say where it is required")
	}
	p.try(c)
	return nil
}

// unrequire takes a member out of the required ones of the JSON Schema.
func (p *planner) unrequire(c *change, o *owner, f *model.Field) {
	lists := func(n *jsontree.Node) bool {
		r := n.Get("required")
		return r != nil && slices.ContainsFunc(r.Items, func(i *jsontree.Node) bool { return i.Text == f.JSON.Name })
	}
	file, n := p.sides.json.seek(o.jsonFile, o.json, 0, lists)
	if n == nil {
		return
	}
	for _, twin := range p.sides.json.twins(file, n) {
		p.sides.json.drop(c, file, twin, f.JSON.Name)
	}
}

// drop takes a name out of the list of required members of a schema. The first
// name and the second cannot go in one round: their edits touch.
func (s *side) drop(c *change, file string, n *jsontree.Node, name string) {
	list := n.Get("required")
	i := slices.IndexFunc(list.Items, func(i *jsontree.Node) bool { return i.Text == name })
	switch {
	case i > 0:
		c.add(s, file, list.Items[i-1].End, list.Items[i].End, "")
	case len(list.Items) > 1:
		c.add(s, file, list.Items[0].Start, list.Items[1].Start, "")
	default:
		// An empty list is not allowed before draft-06: the keyword goes.
		k := slices.IndexFunc(n.Members, func(m jsontree.Member) bool { return m.Name == "required" })
		switch {
		case k > 0:
			c.add(s, file, n.Members[k-1].Value.End, list.End, "")
		case len(n.Members) > 1:
			c.add(s, file, n.Members[0].Start, n.Members[1].Start, "")
		default:
			c.add(s, file, n.Members[0].Start, list.End, "")
		}
	}
}
