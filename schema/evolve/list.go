package evolve

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe/xmltree"
)

// listable tells why a member cannot become a list.
func (p *planner) listable(one *fieldFindings) error {
	f := one.field
	if f.XML != nil && f.XML.Node != model.NodeElement {
		return leftf("rename one of the two", "it is an attribute or a text in XML, which cannot repeat")
	}
	if p.sides.json != nil && f.JSON != nil {
		if _, _, err := p.property(f); err != nil {
			return err
		}
	}
	if p.sides.xml == nil || f.XML == nil {
		return nil
	}
	_, n, err := p.declared(f)
	if err != nil {
		return err
	}
	closed := false
	groupsAround(n, func(g *xmltree.Node) { closed = closed || g.Local == "all" })
	if closed {
		return leftf(`write <xs:choice minOccurs="0" maxOccurs="unbounded"> in place of xs:all`, "an xs:all cannot hold an element that repeats")
	}
	return nil
}

// list lets a member be a list, or stand without its array.
func (p *planner) list(c *change, o *owner, one *fieldFindings) error {
	f := one.field
	if err := p.listable(one); err != nil {
		return err
	}
	if p.sides.xml != nil && f.XML != nil && one.repeated {
		file, n, err := p.declared(f)
		if err != nil {
			return err
		}
		free, chosen := false, false
		groupsAround(n, func(g *xmltree.Node) {
			max := g.Get("maxOccurs")
			free = free || max != "" && max != "1" && max != "0"
			chosen = chosen || g.Local == "choice" || g.Get("minOccurs") == "0"
		})
		if f.JSON != nil && f.JSON.Null && n.Get("nillable") == "" && n.Get("ref") == "" {
			p.sides.xml.setAttr(c, file, n, "nillable", "true") // null may be an item
		}
		if !free {
			p.sides.xml.setAttr(c, file, n, "maxOccurs", "unbounded")
			if !chosen && n.Get("minOccurs") != "0" && !one.missing {
				p.sides.xml.setAttr(c, file, n, "minOccurs", "0") // a list may be empty
			}
		}
	}
	if p.sides.json != nil && f.JSON != nil {
		w, n, err := p.property(f)
		if err != nil {
			return err
		}
		kept, rest := w.split(n)
		item := rest
		if len(rest.members) == 1 && rest.members[0].name == "allOf" {
			if parts := n.Get("allOf"); parts != nil && len(parts.Items) == 1 {
				item = w.copied(parts.Items[0])
			}
		}
		list := object(pairOf("type", str("array")), pairOf("items", item))
		if one.bare && !one.repeated {
			items, typ := n.Get("items"), n.Get("type")
			if items == nil || items.Kind != jsontree.Object || typ == nil || typ.Text != "array" {
				return leftf("write anyOf [T, array of T] by hand", "the JSON Schema declares the array elsewhere")
			}
			item, list = w.copied(items), rest
		}
		value := kept
		value.members = append(value.members, pairOf("anyOf", array(item, list)))
		w.replaceAll(c, n, value)
		if one.repeated {
			p.unrequire(c, o, f)
		}
	}
	if len(c.edits) == 0 {
		return leftf("change it by hand", "the contracts do not say where it is declared")
	}
	p.try(c)
	return nil
}

// annotations are the keywords that say something of a member, not of its
// values (JSON Schema Validation, section 9).
var annotations = []string{"title", "description", "$comment", "examples", "default", "deprecated", "readOnly", "writeOnly"}

// split parts a schema into what describes the member and what its values are.
func (w *jsonWriter) split(n *jsontree.Node) (kept, rest text) {
	kept, rest = object(), object()
	for _, m := range n.Members {
		one := pairOf(m.Name, w.copied(m.Value))
		if slices.Contains(annotations, m.Name) {
			kept.members = append(kept.members, one)
		} else {
			rest.members = append(rest.members, one)
		}
	}
	return kept, rest
}

// copied returns a value of the file, to be laid out anew; scalars keep their
// text.
func (w *jsonWriter) copied(n *jsontree.Node) text {
	switch n.Kind {
	case jsontree.Object:
		v := object()
		for _, m := range n.Members {
			v.members = append(v.members, pairOf(m.Name, w.copied(m.Value)))
		}
		return v
	case jsontree.Array:
		v := array()
		for _, i := range n.Items {
			v.items = append(v.items, w.copied(i))
		}
		return v
	}
	return text{raw: string(w.data[n.Start:n.End])}
}

// replace writes a value in the place of another.
func (w *jsonWriter) replace(c *change, n *jsontree.Node, v text) {
	var out strings.Builder
	wide := strings.Contains(string(w.data[n.Start:n.End]), "\n")
	w.write(v, lineIndent(w.data, n.Start), wide, &out)
	c.add(w.side, w.file, n.Start, n.End, out.String())
}

// replaceAll writes a value in the place of another and of its twins.
func (w *jsonWriter) replaceAll(c *change, n *jsontree.Node, v text) {
	for _, twin := range w.side.twins(w.file, n) {
		w.replace(c, twin, v)
	}
}
