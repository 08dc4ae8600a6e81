package evolve

import (
	"errors"
	"fmt"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe/xmltree"
)

// planner turns findings into changes of the texts.
type planner struct {
	sides  *contracts
	found  *findings
	script script
	infer  *inference
	names  names
	inXSD  map[*newRecord]bool
	inJSON map[*newRecord]bool
	busy   map[*xmltree.Node]busyness
	left   diag.List // what no contract can be changed for
	notes  diag.List // what to look at in the changes
}

// plan decides the changes of one round.
func plan(sides *contracts, doc *model.Document, found *findings) *planner {
	p := &planner{sides: sides, found: found, names: sides.typeNames(), inXSD: map[*newRecord]bool{}, inJSON: map[*newRecord]bool{}, busy: map[*xmltree.Node]busyness{}}
	p.left = append(p.left, found.other...)
	p.infer = &inference{doc: doc, byID: found.byID, sides: sides, style: styleOf(doc, sides), names: found.names, records: map[*record]*newRecord{}, report: p.leave}
	for _, t := range found.order {
		o := p.owner(t)
		for _, one := range t.order {
			p.field(o, one)
		}
		if len(t.unknown) > 0 {
			p.unknown(o)
		}
	}
	return p
}

// leave reports what no contract can be changed for.
func (p *planner) leave(w where, code, hint, format string, args ...any) {
	d := p.left.Warnf(w.position(), code, format, args...)
	if hint != "" {
		d.WithHint("%s", hint)
	}
}

// leaveBecause reports a member that cannot be declared.
func (p *planner) leaveBecause(w where, name string, err error) {
	hint := ""
	var e *errLeft
	if errors.As(err, &e) {
		hint = e.hint
	}
	p.leave(w, "unsupported", hint, "%s is not taken over: %s", visible(name), err)
}

// owner is a record that is to be changed, and where the contracts declare it.
type owner struct {
	*typeFindings
	name     string
	xmlFile  string
	xml      *xmltree.Node // nil: no XSD, or not in it
	jsonFile string
	json     *jsontree.Node // nil: no JSON Schema, or not in it
}

func (p *planner) owner(t *typeFindings) *owner {
	o := &owner{typeFindings: t, name: t.typ.Name}
	o.xmlFile, o.xml = p.sides.xml.node(t.typ.At)
	o.jsonFile, o.json = p.sides.json.value(t.typ.At)
	p.infer.owner = t.typ
	p.infer.form = p.sides.xml.forms(o.xmlFile)
	return o
}

// writers returns the writers for the files of a record.
func (p *planner) writers(o *owner) (x *xsdWriter, j *jsonWriter, jsonAt *jsontree.Node, err error) {
	if p.sides.xml != nil {
		if o.xml == nil {
			return nil, nil, nil, leftf("declare it by hand", "the record is not in the XSD")
		}
		g := commonGroup(p.sides.xml.xmlTrees[o.xmlFile])
		if b, err := bodyOf(o.xml); err == nil && b.group != nil && b.kind != choice {
			g = b.kind
		}
		x = p.sides.xsdWriter(o.xmlFile, g, p.names, p.inXSD, p.busy)
	}
	if p.sides.json != nil {
		file, at := p.sides.json.seek(o.jsonFile, o.json, 0, hasKeyword("properties"))
		if at == nil {
			file, at = o.jsonFile, o.json
		}
		if at == nil || at.Kind != jsontree.Object {
			return nil, nil, nil, leftf("declare it by hand", "the JSON Schema does not say where the record is declared")
		}
		j = p.sides.jsonWriter(file, p.names, p.inJSON)
		jsonAt = at
	}
	return x, j, jsonAt, nil
}

// unknown declares the members of a record that nobody declared.
func (p *planner) unknown(o *owner) {
	x, j, at, err := p.writers(o)
	if err != nil {
		for _, u := range o.unknown {
			p.leaveBecause(u.first, u.name, err)
		}
		return
	}
	var runs [][]string
	for _, v := range o.records {
		if run := elementOrder(v); len(run) > 0 {
			runs = append(runs, run)
		}
	}
	for _, u := range arranged(o.unknown, runs) {
		if f := clash(o.typ.Record, u.name); f != nil {
			p.leave(u.first, "name", "pair the two by hand", "%s is the name of a member in the other contract, %s", visible(u.name), f.Name)
			continue
		}
		d := p.infer.declare(u, false)
		if d == nil {
			continue
		}
		c := &change{what: "the new member " + visible(u.name), at: u.first}
		p.declare(c, o, d, x, j, at, runs)
	}
}

// arranged sorts new members by the order in which they stand in XML.
func arranged(list []*sighting, runs [][]string) []*sighting {
	var order []string
	byName := map[string]*sighting{}
	for _, u := range list {
		order, byName[u.name] = append(order, u.name), u
	}
	sorted, _ := arrange(order, runs)
	out := make([]*sighting, len(sorted))
	for i, name := range sorted {
		out[i] = byName[name]
	}
	return out
}

// clash returns a declared member that has the name in one of the forms.
func clash(r *model.Record, name string) *model.Field {
	for i := range r.Fields {
		f := &r.Fields[i]
		if f.Name == name || f.JSON != nil && f.JSON.Name == name || f.XML != nil && f.XML.Node != model.NodeText && f.XML.Name.Local == name {
			return f
		}
	}
	return nil
}

// declare adds a declaration to both contracts, or to none.
func (p *planner) declare(c *change, o *owner, d *declaration, x *xsdWriter, j *jsonWriter, at *jsontree.Node, runs [][]string) {
	note := ""
	if x != nil {
		var err error
		if note, err = x.insert(c, o.xml, d, o.name, runs); err != nil {
			x.forget()
			if !errors.Is(err, errWait) {
				p.leaveBecause(d.first, d.name, err)
			}
			return
		}
		x.flush(c)
	}
	if j != nil {
		for _, n := range p.sides.json.twins(j.file, at) {
			j.insert(c, n, d, o.name)
		}
		j.flush(c)
	}
	if p.try(c) && note != "" {
		p.notes.Warnf(d.first.position(), "order", "%s: %s", visible(d.name), note).
			WithHint("move the element in the XSD, if it belongs elsewhere")
	}
}

// forget drops the types of a declaration that is not made.
func (w *xsdWriter) forget() {
	for _, r := range w.pending {
		delete(w.written, r)
	}
	w.pending = nil
}

// try takes a change for this round, unless it would touch what another one
// changes: then it is for the next.
func (p *planner) try(c *change) bool {
	if p.script.try(c) {
		return true
	}
	for _, r := range c.types {
		delete(p.inXSD, r)
		delete(p.inJSON, r)
	}
	return false
}

// field makes the changes that a declared member needs.
func (p *planner) field(o *owner, one *fieldFindings) {
	c := func(format string, args ...any) *change {
		return &change{what: fmt.Sprintf(format, args...), at: one.first}
	}
	name := visible(one.field.Name)
	var err error
	switch {
	case one.typ == nil:
		return
	case marked(one.field, one.typ) && one.shape != nil && !one.shape.nothing():
		err = p.redeclare(c("the type of %s", name), o, one)
	case one.wrong:
		err = p.widen(c("the type of %s", name), one)
	case one.spelled:
		err = p.respell(c("the spelling of %s", name), one)
	}
	if err != nil {
		p.leaveBecause(one.first, one.field.Name, err)
	}
	for i, v := range one.values {
		at := one.at[i]
		ch := &change{what: fmt.Sprintf("the value %s of %s", visible(v), name), at: at}
		if err := p.enumerate(ch, one, v); err != nil {
			p.leaveBecause(at, one.field.Name, err)
		}
	}
	if one.repeated || one.bare {
		if err := p.list(c("the repeat of %s", name), o, one); err != nil {
			p.leaveBecause(one.first, one.field.Name, err)
		}
	}
	if one.missing {
		if err := p.optional(c("the absence of %s", name), o, one); err != nil {
			p.leaveBecause(one.first, one.field.Name, err)
		}
	}
}
