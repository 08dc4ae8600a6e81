package evolve

import (
	"slices"
	"sort"
	"strings"

	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
)

// declaration is a member as the contracts are to declare it.
type declaration struct {
	name     string
	json     string // its name in JSON
	node     model.XMLNode
	many     bool
	bare     bool // JSON: an item may stand without its array
	required bool
	null     bool   // JSON: null may stand for it
	form     string // XSD: "qualified" or "unqualified", where it is not what the file says
	doc      string // what its description says; empty: nothing
	typ      *typeChoice
	first    where
}

// typeChoice is the type of a declaration. Exactly one of named, scalar and
// record is meant, in this order.
type typeChoice struct {
	// reuse is a named type of the contracts.
	reuse *model.Type
	// prim and spelled are a scalar, and how JSON spells it.
	prim    model.Primitive
	spelled []model.JSONType
	// record is a new record.
	record *newRecord
}

// newRecord is a type that the contracts do not have.
type newRecord struct {
	of      *record
	name    string // decided when it is first written as a named type
	members []*declaration
	text    *declaration // beside attributes
	mixed   bool         // text beside child elements
	ordered bool         // the members stand in one order: they can be a sequence
}

// isMarker tells whether a description is one of those that say that a type was
// not seen.
func isMarker(s string) bool { return s == onlyEmpty || s == onlyNull }

// What a description says of a member without a value.
const (
	onlyEmpty = "Type not seen yet: only empty so far."
	onlyNull  = "Type not seen yet: only null so far."
)

// inference decides declarations.
type inference struct {
	doc     *model.Document
	byID    map[model.TypeID]*model.Type
	sides   *contracts
	style   *style
	form    forms
	names   *convention
	records map[*record]*newRecord
	owner   *model.Type // the record that is extended, whose members are neighbours
	report  func(w where, code, hint, format string, args ...any)
}

// declare decides how a member that was seen is to be declared; nil when it
// cannot be.
func (n *inference) declare(x *sighting, required bool) *declaration {
	d := &declaration{name: x.name, json: n.names.jsonName(x), first: x.first, node: model.NodeElement, required: required}
	if n.style.xml && !n.nameable(x, d) {
		return nil
	}
	switch {
	case x.attr:
		d.node = model.NodeAttribute
	case x.text:
		d.node = model.NodeText
	}
	s := x.shape
	d.many, d.null = s.many, s.null
	d.bare = n.style.bare || s.single || !s.json && !n.style.arrays
	if d.many {
		d.required = false // a list may be empty
	}
	if d.node != model.NodeElement && (d.many || s.record != nil || s.lists || s.object) {
		n.report(x.first, "type", "rename one of the two", "%s is an attribute or a text in XML, and more than a value in JSON", visible(x.name))
		return nil
	}
	if s.lists {
		n.report(x.first, "type", "declare it by hand", "%s holds arrays in arrays", visible(x.name))
		return nil
	}
	if item := s.wrapped(); item != "" {
		n.report(x.first, "wrapper", "declare the element around the items by hand", "%s is an array in JSON, and in XML an element around the items, %s", visible(x.name), visible(item))
		return nil
	}
	if s.record != nil && len(s.texts) > 0 && !n.textual(s) {
		n.report(x.first, "type", "declare it by hand", "%s is a text in one place and has members in another", visible(x.name))
		return nil
	}
	if s.nothing() {
		d.doc = onlyEmpty
		if s.null && !s.empty {
			d.doc = onlyNull
		}
		d.typ = n.unseen(s)
		return d
	}
	d.typ = n.choose(x)
	if d.typ == nil {
		return nil
	}
	return d
}

// textual tells whether the records of a shape are elements with attributes
// around a text, so that texts without them are of the same kind.
func (n *inference) textual(s *shape) bool {
	return s.record != nil && slices.ContainsFunc(s.record.members, func(m *sighting) bool { return m.text })
}

// unseen is the type of a member that was empty wherever it stood.
func (n *inference) unseen(s *shape) *typeChoice {
	if s.object {
		return &typeChoice{record: &newRecord{of: &record{}, ordered: true}}
	}
	return &typeChoice{prim: model.String}
}

// choose decides the type of a member with values.
func (n *inference) choose(x *sighting) *typeChoice {
	if t := n.namesake(x); t != nil {
		return t
	}
	if x.shape.record != nil {
		if t := n.sameMembers(x.shape); t != nil {
			return &typeChoice{reuse: t}
		}
		if r := n.record(x.shape.record, x.first); r != nil {
			return &typeChoice{record: r}
		}
		return nil
	}
	return n.scalar(x.shape)
}

// scalar decides the type of texts.
func (n *inference) scalar(s *shape) *typeChoice {
	number := func(p model.Primitive) *typeChoice {
		return &typeChoice{prim: p, spelled: n.spellings(s, p, s.asNumber)}
	}
	all := func(fits func(string) bool) bool {
		return !slices.ContainsFunc(s.texts, func(t string) bool { return !fits(t) })
	}
	switch {
	case s.boolean:
		return &typeChoice{prim: model.Boolean, spelled: n.spellings(s, model.Boolean, s.asBoolean)}
	case s.integer && all(func(t string) bool { return observe.Spells(model.Int64, t) }):
		return number(model.Int64)
	case s.integer && s.asNumber:
		return number(model.Integer)
	case s.integer:
		return &typeChoice{prim: model.String} // so many digits are an identifier
	case s.number && all(isDouble):
		return number(model.Float64)
	case s.number && all(func(t string) bool { return !strings.ContainsAny(t, "eE") }):
		return number(model.Decimal)
	}
	if t := n.time(s); t != nil {
		return &typeChoice{reuse: t}
	}
	return &typeChoice{prim: model.String}
}

// isDouble tells whether a number has no more digits than a double keeps
// apart (IEEE 754: 17).
func isDouble(t string) bool {
	mantissa, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(t)), "e")
	digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(mantissa), "0")
	return len(digits) <= 17
}

// spellings decides how JSON spells a number or a boolean: as the neighbours
// are spelled, and as the payloads do.
func (n *inference) spellings(s *shape, p model.Primitive, native bool) []model.JSONType {
	natural := observe.Natural(p)[0]
	text := s.asString
	like := n.neighbours(p)
	native = native || slices.ContainsFunc(like, func(t model.JSONType) bool { return t != model.JSONString })
	text = text || slices.Contains(like, model.JSONString)
	switch {
	case text && native && len(like) > 0 && like[0] != model.JSONString:
		return []model.JSONType{natural, model.JSONString}
	case text && native:
		return []model.JSONType{model.JSONString, natural}
	case text:
		return []model.JSONType{model.JSONString}
	}
	return []model.JSONType{natural}
}

// neighbours returns how JSON spells the scalars of a kind in the record that
// is extended or, when it has none, in the document: what most of them have,
// the first of equals.
func (n *inference) neighbours(p model.Primitive) []model.JSONType {
	count := func(types []*model.Type) []model.JSONType {
		type vote struct {
			list []model.JSONType
			n    int
		}
		var votes []vote
		for _, t := range types {
			if t == nil || t.Record == nil {
				continue
			}
			for i := range t.Record.Fields {
				f := &t.Record.Fields[i]
				if f.JSON == nil {
					continue
				}
				q := observe.Primitive(n.byID[f.Type])
				if q == "" || isNumber(q) != isNumber(p) || (q == model.Boolean) != (p == model.Boolean) {
					continue
				}
				list := f.JSON.Spellings
				if len(list) == 0 {
					list = observe.Natural(q)
				}
				j := slices.IndexFunc(votes, func(v vote) bool { return sameSpelling(v.list, list) })
				if j < 0 {
					votes = append(votes, vote{list, 0})
					j = len(votes) - 1
				}
				votes[j].n++
			}
		}
		sort.SliceStable(votes, func(a, b int) bool { return votes[a].n > votes[b].n })
		if len(votes) == 0 {
			return nil
		}
		return votes[0].list
	}
	if list := count([]*model.Type{n.owner}); list != nil {
		return list
	}
	var all []*model.Type
	for i := range n.doc.Types {
		all = append(all, &n.doc.Types[i])
	}
	if list := count(all); list != nil || p != model.Boolean {
		return list
	}
	// A document that quotes its numbers quotes its booleans.
	if like := n.neighbours(model.Float64); len(like) > 0 && slices.Contains(like, model.JSONString) {
		if len(like) == 1 {
			return like
		}
		return []model.JSONType{like[0], model.JSONBoolean}
	}
	return nil
}

// sameSpelling tells whether two lists allow strings and native values alike.
func sameSpelling(a, b []model.JSONType) bool {
	return slices.EqualFunc(a, b, func(x, y model.JSONType) bool {
		return (x == model.JSONString) == (y == model.JSONString)
	})
}

func isNumber(p model.Primitive) bool {
	switch p {
	case model.Int32, model.Int64, model.Uint64, model.Integer, model.Decimal, model.Float32, model.Float64:
		return true
	}
	return false
}

// record decides the members of a new record; nil when there is no way.
func (n *inference) record(of *record, first where) *newRecord {
	if r := n.records[of]; r != nil {
		return r
	}
	r := &newRecord{of: of}
	n.records[of] = r
	kids := false
	for _, m := range of.members {
		d := n.declare(m, of.always(m))
		if d == nil {
			continue
		}
		kids = kids || d.node == model.NodeElement
		if d.node == model.NodeText {
			r.text = d
			continue
		}
		r.members = append(r.members, d)
	}
	if r.text != nil && kids {
		r.mixed, r.text = true, nil
		n.report(first, "mixed", "declare it by hand, if the text matters", "text stands between child elements, and is no member")
	}
	if r.text != nil {
		r.text.required = true
		if !n.style.xml {
			r.members, r.text = append(r.members, r.text), nil
		}
	}
	r.order()
	return r
}
