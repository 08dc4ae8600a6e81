package diff

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/model"
)

// kinds is a set of the kinds of JSON value. A number with a fraction and one
// without are two kinds, which are spelled alike.
type kinds uint8

const (
	kindNull kinds = 1 << iota
	kindBoolean
	kindObject
	kindArray
	kindInteger
	kindFraction
	kindString

	kindNumber = kindInteger | kindFraction
	kindAny    = kindString<<1 - 1
)

// kindOf are the kinds that the keyword type names.
var kindOf = map[model.JSONType]kinds{
	model.JSONNull: kindNull, model.JSONBoolean: kindBoolean, model.JSONObject: kindObject, model.JSONArray: kindArray,
	model.JSONNumber: kindNumber, model.JSONInteger: kindInteger, model.JSONString: kindString,
}

// String lists the kinds as a message names them.
func (k kinds) String() string {
	if k == kindAny {
		return "anything"
	}
	var out []string
	for _, one := range []struct {
		kind kinds
		name string
	}{
		{kindObject, "object"}, {kindArray, "array"}, {kindString, "string"}, {kindNumber, "number"},
		{kindInteger, "integer"}, {kindBoolean, "boolean"}, {kindNull, "null"},
	} {
		if k&one.kind == one.kind {
			out = append(out, one.name)
			k &^= one.kind
		}
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, " or ")
}

// spelled returns the kinds with the two of numbers as one: what a reader of
// the wire tells apart. A null carries no value to lose.
func (k kinds) spelled() kinds {
	if k&kindNumber != 0 {
		k |= kindNumber
	}
	return k &^ kindNull
}

// side is one of the two contracts.
type side struct {
	c *model.JSONContract
}

// view is what a place in the document may hold: the conjunction of schemas.
type view struct {
	at    model.Position
	parts []*model.Schema // those that assert something, through $ref and allOf
	mask  kinds
}

// view returns the conjunction of schemas; of none, it admits anything.
func (s side) view(ids ...model.SchemaID) view {
	v := view{mask: kindAny}
	seen := map[model.SchemaID]bool{}
	var add func(id model.SchemaID)
	add = func(id model.SchemaID) {
		if id == 0 || seen[id] {
			return
		}
		seen[id] = true
		sch := s.c.Schema(id)
		if v.at.File == "" {
			v.at = sch.At
		}
		if asserts(sch) {
			v.parts = append(v.parts, sch)
		}
		add(sch.Ref)
		for _, a := range sch.AllOf {
			add(a)
		}
	}
	for _, id := range ids {
		add(id)
	}
	slices.SortFunc(v.parts, func(a, b *model.Schema) int { return int(a.ID - b.ID) })
	v.mask = s.kinds(v.parts, map[model.SchemaID]bool{})
	return v
}

// asserts tells whether a schema says anything besides $ref and allOf.
func asserts(s *model.Schema) bool {
	c := *s
	c.ID, c.At, c.Ref, c.DynamicAnchor, c.Resource, c.AllOf, c.Keywords = 0, model.Position{}, 0, "", 0, nil, nil
	if c.Boolean != nil && *c.Boolean {
		c.Boolean = nil
	}
	return !reflect.ValueOf(c).IsZero()
}

// kinds returns the kinds of value that schemas admit together.
func (s side) kinds(parts []*model.Schema, seen map[model.SchemaID]bool) kinds {
	all := kindAny
	for _, p := range parts {
		all &= s.kindsOf(p, seen)
	}
	return all
}

func (s side) kindsOf(p *model.Schema, seen map[model.SchemaID]bool) kinds {
	if seen[p.ID] {
		return kindAny // a circle restricts nothing by itself
	}
	seen[p.ID] = true
	defer delete(seen, p.ID)
	if p.Boolean != nil && !*p.Boolean {
		return 0
	}
	all := kindAny
	if len(p.Types) > 0 {
		var k kinds
		for _, t := range p.Types {
			k |= kindOf[t]
		}
		all &= k
	}
	if values := valuesOf(p); values != nil {
		var k kinds
		for _, v := range values {
			k |= kindOfText(v.text)
		}
		all &= k
	}
	if p.Ref != 0 {
		all &= s.kindsOf(s.c.Schema(p.Ref), seen)
	}
	for _, a := range p.AllOf {
		all &= s.kindsOf(s.c.Schema(a), seen)
	}
	for _, group := range [][]model.SchemaID{p.AnyOf, p.OneOf} {
		if len(group) == 0 {
			continue
		}
		var k kinds
		for _, b := range group {
			k |= s.kindsOf(s.c.Schema(b), seen)
		}
		all &= k
	}
	return all
}

// only returns the view for values of some kinds alone.
func (v view) only(k kinds) view {
	v.mask &= k
	return v
}

// meant returns the kinds of value that a view is about: a schema without a
// type that has keywords for one kind alone is about values of that kind, as
// package jsonschema takes it, although it admits all others.
func (v view) meant() kinds {
	if v.mask != kindAny {
		return v.mask
	}
	var k kinds
	for _, p := range v.parts {
		if len(p.Properties)+len(p.PatternProperties)+len(p.Required) > 0 || p.AdditionalProperties != 0 ||
			p.MinProperties != nil || p.MaxProperties != nil {
			k |= kindObject
		}
		if p.Items != 0 || len(p.PrefixItems) > 0 || p.MinItems != nil || p.MaxItems != nil || p.UniqueItems {
			k |= kindArray
		}
		if p.MinLength != nil || p.MaxLength != nil || p.Pattern != nil || p.Format != nil {
			k |= kindString
		}
		if p.Minimum != nil || p.Maximum != nil || p.ExclusiveMinimum != nil || p.ExclusiveMaximum != nil || p.MultipleOf != nil {
			k |= kindNumber
		}
		if len(p.AnyOf)+len(p.OneOf) > 0 {
			return kindAny
		}
	}
	if k == 0 {
		return kindAny
	}
	return k
}

// key names the view among those of its contract.
func (v view) key() string {
	var b strings.Builder
	for _, p := range v.parts {
		fmt.Fprintf(&b, "%d,", p.ID)
	}
	fmt.Fprintf(&b, "%d", v.mask)
	return b.String()
}

// keyword returns where the first part that has one of the keywords states it,
// or else where the view stands.
func (v view) keyword(names ...string) model.Position {
	for _, n := range names {
		for _, p := range v.parts {
			if at, ok := p.Keywords[n]; ok {
				return at
			}
		}
	}
	return v.at
}

// value is a JSON value of enum or const.
type value struct {
	text string // canonical
	at   model.Position
}

// valuesOf returns the values that a schema lists; nil when it lists none.
func valuesOf(p *model.Schema) []value {
	var out []value
	if p.Const != nil {
		out = []value{{canonical(p.Const.Text), p.Const.At}}
	}
	if p.Enum == nil {
		return out
	}
	list := []value{}
	for _, e := range p.Enum {
		v := value{canonical(e.Text), e.At}
		if p.Const == nil || v.text == out[0].text {
			list = append(list, v)
		}
	}
	return list
}

// values returns the values that all parts of a view list.
func (v view) values() []value {
	var out []value
	for _, p := range v.parts {
		list := valuesOf(p)
		switch {
		case list == nil:
		case out == nil:
			out = list
		default:
			out = slices.DeleteFunc(slices.Clone(out), func(x value) bool {
				return !slices.ContainsFunc(list, func(y value) bool { return x.text == y.text })
			})
		}
	}
	return out
}

// kindOfText returns the kind of a canonical JSON text.
func kindOfText(text string) kinds {
	switch {
	case text == "null":
		return kindNull
	case text == "true" || text == "false":
		return kindBoolean
	case strings.HasPrefix(text, "{"):
		return kindObject
	case strings.HasPrefix(text, "["):
		return kindArray
	case strings.HasPrefix(text, `"`):
		return kindString
	}
	if d, err := constraint.ParseDecimal(text); err == nil && !d.IsInteger() {
		return kindFraction
	}
	return kindInteger
}

// canonical writes a JSON text so that equal values have equal texts (JSON
// Schema Core, section 4.2.2): members sorted, numbers by value.
func canonical(text string) string {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return text
	}
	out, err := json.Marshal(byValue(v))
	if err != nil {
		return text
	}
	return string(out)
}

func byValue(v any) any {
	switch v := v.(type) {
	case json.Number:
		if d, err := constraint.ParseDecimal(v.String()); err == nil {
			return json.Number(d.String())
		}
	case []any:
		for i := range v {
			v[i] = byValue(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = byValue(v[k])
		}
	}
	return v
}
