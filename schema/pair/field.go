package pair

import (
	"strconv"
	"strings"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// field merges two members of a record.
func (m *merger) field(owner *node, xf, jf *model.Field) model.Field {
	p := place{at(xf.At), at(jf.At)}
	around := xf
	xf, wrapper := m.unwrap(xf, jf)
	f := cloneField(xf)
	f.Name, f.At = jf.Name, concat(xf.At, jf.At)
	f.Doc = either(xf.Doc, jf.Doc)
	f.Hints = m.hints(p, xf.Hints, jf.Hints)
	f.XML.Wrapper = wrapper
	if xf != around {
		f.XML.WrapperOptional, f.XML.WrapperNillable = around.Occurs == model.Optional, around.XML.Nillable
	}
	f.JSON = cloneField(jf).JSON
	f.ReadOnly, f.WriteOnly = xf.ReadOnly || jf.ReadOnly, xf.WriteOnly || jf.WriteOnly
	m.value(&f, p, xf, jf)

	k := key{xml: xf.Type, json: jf.Type, hinted: f.Hints.GoType != ""}
	if jf.JSON != nil {
		k.spelled = spelled(jf.JSON.Spellings)
	}
	if x := m.xml[xf.Type]; x != nil && x.Kind == model.KindList && jf.Occurs == model.Many && xf.Occurs != model.Many {
		k.items = true
		f.Repeatable = false
		j := counts(model.JSON, p.json, jf)
		m.compare("number of items of "+jf.Name, p, stated(x.Constraints, j), j, constraint.Lists)
	} else {
		m.occurs(&f, p, xf, jf)
	}
	if f.XML.WrapperOptional {
		f.MinItems = 0 // there may be none at all
	}
	m.null(&f, p, m.json[jf.Type])
	n := m.pair(k, p)
	f.Type = n.name
	if f.JSON != nil && len(f.JSON.Spellings) == 0 && n.xml != nil && n.json != nil {
		f.JSON.Spellings = m.respelled(n)
	}
	return f
}

// unwrap returns the repeated element inside an element that holds nothing
// else, and that element's name, when the JSON Schema has an array in its place.
func (m *merger) unwrap(xf, jf *model.Field) (inner *model.Field, wrapper *model.XMLName) {
	x := m.xml[xf.Type]
	if jf.Occurs != model.Many || xf.Occurs == model.Many || xf.Repeatable || xf.XML.Node != model.NodeElement ||
		x == nil || x.Kind != model.KindRecord || x.Record.Mixed || len(x.Record.Fields) != 1 {
		return xf, xf.XML.Wrapper
	}
	f := cloneField(&x.Record.Fields[0])
	if f.XML == nil || f.XML.Node != model.NodeElement || f.XML.Wrapper != nil || f.Occurs != model.Many && !f.Repeatable {
		return xf, xf.XML.Wrapper
	}
	f.At, f.Doc, f.Hints = xf.At, either(xf.Doc, f.Doc), xf.Hints
	name := xf.XML.Name
	if xf.Occurs == model.Optional && jf.JSON != nil && jf.JSON.Required {
		f.MinItems = 0 // without the wrapper there are no items
	}
	return &f, &name
}

// occurs decides how often a member may stand.
func (m *merger) occurs(f *model.Field, p place, xf, jf *model.Field) {
	f.Repeatable = false
	switch {
	case xf.Repeatable && xf.Occurs != model.Many:
		f.Occurs, f.MinItems, f.MaxItems = jf.Occurs, jf.MinItems, jf.MaxItems
	case xf.Occurs == model.Many && jf.Occurs == model.Many:
		m.items(f, p, xf, jf)
	case xf.Occurs == model.Many:
		m.differ(diag.Error, "pair-occurs", p, "%s is one value in the JSON Schema and a list in the XSD", jf.Name).
			WithHint("write anyOf [T, array of T] in the JSON Schema, or leave out maxOccurs in the XSD")
	case jf.Occurs == model.Many:
		m.differ(diag.Error, "pair-occurs", p, "%s is a list in the JSON Schema and stands once in the XSD", jf.Name).
			WithHint(`write maxOccurs="unbounded" in the XSD, or no array in the JSON Schema`)
	case xf.Occurs == model.One && jf.Occurs == model.Optional:
		f.Occurs = model.Optional
		m.differ(diag.Warning, "pair-occurs", p, "%s is optional in the JSON Schema and required in the XSD", jf.Name).
			WithHint("add it to required in the JSON Schema, or write %s in the XSD", optionally(xf))
	case xf.Occurs == model.Optional && jf.Occurs == model.One:
		f.Occurs = model.Optional
		m.differ(diag.Warning, "pair-occurs", p, "%s is required in the JSON Schema and optional in the XSD", jf.Name).
			WithHint("%s in the XSD, or take the property out of required in the JSON Schema", demand(xf))
	}
}

// null compares whether there may be no value where one must stand: null in JSON,
// xsi:nil in XML. Where a member may be absent, null means the same; anything may
// be null.
func (m *merger) null(f *model.Field, p place, j *model.Type) {
	inJSON, what := f.JSON.Null, f.Name
	switch f.Occurs {
	case model.Optional:
		return
	case model.Many:
		inJSON, what = f.JSON.NullItems, "an item of "+f.Name
	}
	switch {
	case f.XML.Node != model.NodeElement || f.XML.Nillable == inJSON:
	case j != nil && j.Kind == model.KindAny:
	case inJSON:
		m.differ(diag.Warning, "pair-null", p, "%s may be null in the JSON Schema and has no such value in the XSD", what).
			WithHint(`write nillable="true" in the XSD`)
	default:
		m.differ(diag.Warning, "pair-null", p, "%s may be nil in the XSD and has no such value in the JSON Schema", what).
			WithHint("add null to its type in the JSON Schema, or leave out nillable in the XSD")
	}
}

// optionally is what an XSD says of a member that may be absent.
func optionally(f *model.Field) string {
	if f.XML.Node == model.NodeAttribute {
		return `use="optional"`
	}
	return `minOccurs="0"`
}

// demand is what makes a member of an XSD required.
func demand(f *model.Field) string {
	if f.XML.Node == model.NodeAttribute {
		return `write use="required"`
	}
	return `write neither minOccurs="0" nor a choice around it`
}

// items compares how many items a list may have.
func (m *merger) items(f *model.Field, p place, xf, jf *model.Field) {
	x, j := counts(model.XML, p.xml, xf), counts(model.JSON, p.json, jf)
	f.MinItems = max(xf.MinItems, jf.MinItems)
	if f.MaxItems == 0 || jf.MaxItems > 0 && jf.MaxItems < f.MaxItems {
		f.MaxItems = jf.MaxItems
	}
	m.compare("number of items of "+jf.Name, p, x, j, constraint.Lists)
}

// counts returns the bounds of a list as constraints.
func counts(form model.Form, at model.Position, f *model.Field) []model.Constraint {
	var list []model.Constraint
	if f.MinItems > 0 {
		list = append(list, model.Constraint{Kind: model.MinItems, Value: strconv.Itoa(f.MinItems), Form: form, At: at})
	}
	if f.MaxItems > 0 {
		list = append(list, model.Constraint{Kind: model.MaxItems, Value: strconv.Itoa(f.MaxItems), Form: form, At: at})
	}
	return list
}

// spelled writes JSON types as the part of a key.
func spelled(types []model.JSONType) string {
	words := make([]string, len(types))
	for i, t := range types {
		words[i] = string(t)
	}
	return strings.Join(words, " ")
}

// spellings reads what spelled wrote.
func spellings(key string) []model.JSONType {
	var types []model.JSONType
	for _, word := range strings.Fields(key) {
		types = append(types, model.JSONType(word))
	}
	return types
}
