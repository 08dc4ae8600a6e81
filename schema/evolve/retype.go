package evolve

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
)

// respell lets JSON spell a number or a boolean in another way.
func (p *planner) respell(c *change, one *fieldFindings) error {
	prim := observe.Primitive(one.typ)
	if one.typ.Kind != model.KindScalar || !isNumber(prim) && prim != model.Boolean {
		return leftf("nothing needs to be done: decoders take the value all the same, and report it",
			"the contracts cannot say that a text is spelled as a number or a boolean too")
	}
	if p.sides.json == nil {
		return nil
	}
	file, at := p.sides.json.value(one.field.At)
	if one.field.Occurs == model.Many {
		file, at = p.sides.json.items(file, at)
	}
	file, n := p.sides.json.seek(file, at, 0, hasKeyword("type"))
	if n == nil {
		return leftf("change it by hand", "the JSON Schema does not say where its type is declared")
	}
	w := p.sides.jsonWriter(file, p.names, p.inJSON)
	typ := n.Get("type")
	var types []model.JSONType
	for _, t := range append([]*jsontree.Node{typ}, typ.Items...) {
		if t.Kind == jsontree.String {
			types = append(types, model.JSONType(t.Text))
		}
	}
	s := one.shape
	if natural := observe.Natural(prim)[0]; (s.asNumber || s.asBoolean) && !slices.Contains(types, natural) {
		types = append(types, natural)
	}
	quoted := s.asString && !slices.Contains(types, model.JSONString)
	if quoted {
		types = append([]model.JSONType{model.JSONString}, types...)
	}
	for _, twin := range w.side.twins(file, n) {
		var out strings.Builder
		out.WriteString(w.inline(typeKeyword(types)))
		if quoted && n.Get("pattern") == nil {
			sep := ", "
			if indent, own := indentAt(w.data, twin.Lookup("type").Start); own && w.layout.lines {
				sep = ",\n" + indent
			}
			out.WriteString(sep + `"pattern": ` + str(patternOf(prim)).raw)
		}
		old := twin.Get("type")
		c.add(w.side, file, old.Start, old.End, out.String())
	}
	p.try(c)
	return nil
}

// items returns the schema of the items of a list.
func (s *side) items(file string, n *jsontree.Node) (string, *jsontree.Node) {
	file, n = s.seek(file, n, 0, func(n *jsontree.Node) bool {
		return n.Get("items") != nil || n.Get("anyOf") != nil || n.Get("oneOf") != nil
	})
	if items := n.Get("items"); items != nil {
		return file, items
	}
	for _, name := range []string{"anyOf", "oneOf"} {
		if branches := n.Get(name); branches != nil {
			for _, b := range branches.Items {
				if b.Get("items") == nil {
					return file, b
				}
			}
		}
	}
	return "", nil
}

// widen gives a scalar a type that admits all its values.
func (p *planner) widen(c *change, one *fieldFindings) error {
	s, prim := one.shape, observe.Primitive(one.typ)
	byHand := "declare it by hand"
	switch {
	case s == nil:
		return leftf(byHand, "a value inside it has another type than the declared one")
	case one.typ.Kind == model.KindRecord:
		return leftf(byHand, "a text stands where the contracts declare members")
	case s.record != nil || s.lists:
		return leftf(byHand, "members stand where the contracts declare a value")
	case prim == model.Time:
		return leftf("add the layout to the hints of the type, and to its patterns", "a time is written in a layout that the contracts do not list")
	case one.typ.Kind != model.KindScalar || !isNumber(prim) && prim != model.Boolean:
		return leftf(byHand, "%s", one.said)
	}
	wide := model.String
	for _, q := range []model.Primitive{model.Int64, model.Integer, model.Float64} {
		if isNumber(prim) && !slices.ContainsFunc(s.texts, func(t string) bool {
			return !observe.Sentinel(one.typ, one.field, t) && !observe.Spells(q, t)
		}) {
			wide = q
			break
		}
	}
	t := &typeChoice{prim: wide}
	if wide != model.String {
		natural := observe.Natural(wide)[0]
		list := []model.JSONType{natural}
		if one.field.JSON != nil && len(one.field.JSON.Spellings) > 0 {
			list = one.field.JSON.Spellings
		}
		for _, s := range list {
			if s != model.JSONString {
				s = natural
			}
			if !slices.Contains(t.spelled, s) {
				t.spelled = append(t.spelled, s)
			}
		}
	}
	if p.sides.xml != nil && one.field.XML != nil {
		if err := p.retype(c, one.field, builtins[wide]); err != nil {
			return err
		}
	}
	if p.sides.json != nil && one.field.JSON != nil {
		w, n, err := p.property(one.field)
		if err != nil {
			return err
		}
		if one.field.Occurs == model.Many {
			return leftf(byHand, "a value of a list has another type than the declared one")
		}
		kept, _ := w.split(n)
		kept.members = append(kept.members, scalarSchema(t, one.field.JSON.Null).members...)
		w.replaceAll(c, n, kept)
	}
	p.try(c)
	return nil
}

// retype gives an element or attribute of the XSD a built-in type.
func (p *planner) retype(c *change, f *model.Field, builtin string) error {
	file, n, err := p.declared(f)
	if err != nil {
		return err
	}
	if n.Attr("ref") != nil {
		return leftf("change the declaration that it refers to", "the XSD declares it elsewhere")
	}
	s := p.sides.xml
	name := builtin
	if n.Prefix != "" {
		name = n.Prefix + ":" + builtin
	}
	for _, k := range n.Kids {
		if k.Local == "simpleType" {
			from, to := k.Start, k.End
			if indent, own := indentAt(s.files[file], k.Start); own {
				from -= len(indent) + 1
				if from > 0 && s.files[file][from-1] == '\r' {
					from--
				}
			}
			c.add(s, file, from, to, "")
		}
	}
	s.setAttr(c, file, n, "type", name)
	return nil
}

// redeclare writes the declaration of a member anew, of which only empty values
// had been seen.
func (p *planner) redeclare(c *change, o *owner, one *fieldFindings) error {
	f := one.field
	seen := &sighting{name: f.Name, shape: one.shape, first: one.first}
	if f.JSON != nil {
		seen.json = f.JSON.Name
	}
	if f.XML != nil {
		seen.name = f.XML.Name.Local
		seen.attr, seen.element = f.XML.Node == model.NodeAttribute, f.XML.Node == model.NodeElement
	}
	d := p.infer.declare(seen, false)
	if d == nil {
		return nil
	}
	if f.Occurs == model.Many {
		d.many, d.bare, d.required = true, d.bare || f.JSON == nil || f.JSON.Bare, false
	}
	d.null = d.null || f.JSON != nil && f.JSON.Null
	x, j, _, err := p.writers(o)
	if err != nil {
		return err
	}
	if x != nil && f.XML != nil {
		file, n, err := p.declared(f)
		if err != nil {
			return err
		}
		if file != x.file || n.Attr("name") == nil {
			return leftf("change it by hand", "the XSD declares it elsewhere")
		}
		var out strings.Builder
		indent := lineIndent(x.data, n.Start)
		if n.Local == "attribute" {
			x.attribute(d, o.name, indent, &out)
		} else {
			d.form = n.Get("form")
			x.element(d, kindOf(n.Parent), o.name, indent, &out)
		}
		c.add(x.side, file, n.Start, n.End, out.String())
		x.flush(c)
	}
	if j != nil && f.JSON != nil {
		w, n, err := p.property(f)
		if err != nil {
			x.forget()
			return err
		}
		w.closed = j.closed
		w.replaceAll(c, n, w.property(d, o.name))
		w.flush(c)
	}
	p.try(c)
	return nil
}
