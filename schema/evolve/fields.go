package evolve

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
	"github.com/biform/biform/schema/observe/xmltree"
)

// This file changes declarations that the contracts have already.

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
	f, found := one.field, false
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
		found = p.unrequire(c, o, f)
	}
	if len(c.edits) == 0 && !found {
		return leftf("change it by hand", "the contracts do not say where it is required")
	}
	p.try(c)
	return nil
}

// unrequire takes a member out of the required ones of the JSON Schema.
func (p *planner) unrequire(c *change, o *owner, f *model.Field) (found bool) {
	lists := func(n *jsontree.Node) bool {
		r := n.Get("required")
		return r != nil && slices.ContainsFunc(r.Items, func(i *jsontree.Node) bool { return i.Text == f.JSON.Name })
	}
	file, n := p.sides.json.seek(o.jsonFile, o.json, 0, lists)
	if n == nil {
		return false
	}
	for _, twin := range p.sides.json.twins(file, n) {
		p.drop(c, file, twin, o)
	}
	return true
}

// drop takes the members that were missing, or are lists now, out of a list of
// required ones, all at once: the first change for a list speaks for the others.
func (p *planner) drop(c *change, file string, n *jsontree.Node, o *owner) {
	gone := func(i *jsontree.Node) bool {
		return slices.ContainsFunc(o.order, func(one *fieldFindings) bool {
			return one.field.JSON != nil && one.field.JSON.Name == i.Text && (one.missing || one.repeated && p.listable(one) == nil)
		})
	}
	s := p.sides.json
	list := n.Get("required")
	if p.dropped[list] {
		return
	}
	p.dropped[list] = true
	if !slices.ContainsFunc(list.Items, func(i *jsontree.Node) bool { return !gone(i) }) {
		// An empty list is not allowed before draft-06: the keyword goes.
		i := slices.IndexFunc(n.Members, func(m jsontree.Member) bool { return m.Name == "required" })
		switch {
		case i > 0:
			c.add(s, file, n.Members[i-1].Value.End, list.End, "")
		case len(n.Members) > 1:
			c.add(s, file, n.Members[0].Start, n.Members[1].Start, "")
		default:
			c.add(s, file, n.Members[0].Start, list.End, "")
		}
		return
	}
	for i := 0; i < len(list.Items); i++ {
		if !gone(list.Items[i]) {
			continue
		}
		last := i
		for last+1 < len(list.Items) && gone(list.Items[last+1]) {
			last++
		}
		if i > 0 {
			c.add(s, file, list.Items[i-1].End, list.Items[last].End, "")
		} else {
			c.add(s, file, list.Items[0].Start, list.Items[last+1].Start, "")
		}
		i = last
	}
}

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
