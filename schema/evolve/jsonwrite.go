package evolve

import (
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// text is a JSON value to be written: an object, an array or, with raw, the
// text of any value.
type text struct {
	raw     string
	members []textMember
	items   []text
	object  bool
	array   bool
}

type textMember struct {
	name  string
	value text
}

func object(members ...textMember) text     { return text{object: true, members: members} }
func array(items ...text) text              { return text{array: true, items: items} }
func str(s string) text                     { return text{raw: string(jsontree.AppendString(nil, s))} }
func pairOf(name string, v text) textMember { return textMember{name, v} }

// short is how long an object or an array may be that is written on one line.
const short = 60

// jsonWriter writes declarations as they stand in one file of the JSON Schema.
type jsonWriter struct {
	side    *side
	file    string
	data    []byte
	root    *jsontree.Node
	layout  layout
	defs    string // the member that holds definitions; empty: records are written in place
	spread  bool   // the schemas of properties go over several lines, however short
	closed  bool   // new records forbid members that they do not declare
	names   names
	pending []*newRecord
	written map[*newRecord]bool
}

func (c *contracts) jsonWriter(file string, names names, written map[*newRecord]bool) *jsonWriter {
	s := c.json
	w := &jsonWriter{side: s, file: file, data: s.files[file], root: s.jsonTrees[file], names: names, written: written}
	w.layout = jsonLayout(w.data, w.root)
	for _, name := range []string{"definitions", "$defs"} {
		if v := w.root.Get(name); v != nil && v.Kind == jsontree.Object && len(v.Members) > 0 {
			w.defs = name
		}
	}
	return w
}

// property returns the schema of a declaration.
func (w *jsonWriter) property(d *declaration, owner string) text {
	value := w.value(d, owner)
	null := object(pairOf("type", str("null")))
	list := object(pairOf("type", str("array")), pairOf("items", value))
	switch {
	case d.many && d.bare:
		branches := array(value, list)
		if d.null {
			branches.items = append(branches.items, null)
		}
		value = object(pairOf("anyOf", branches))
	case d.many:
		if value = list; d.null {
			value.members[0].value = array(str("array"), str("null"))
		}
	case d.null && (d.typ.reuse != nil || d.typ.record != nil):
		value = object(pairOf("anyOf", array(value, null)))
	case d.null:
		value = scalarSchema(d.typ, true)
	}
	var before []textMember
	if d.doc != "" {
		before = append(before, pairOf("description", str(d.doc)))
	}
	if w.side.paired && d.json != d.name {
		if ref := value.members[0]; ref.name == "$ref" {
			// Before 2019-09 nothing may stand beside a $ref.
			value = object(pairOf("allOf", array(object(ref))))
		}
		before = append(before, pairOf("x-biform", object(pairOf("goName", str(goName(d.name))))))
	}
	value.members = append(before, value.members...)
	return value
}

// value returns the schema of one value of a declaration.
func (w *jsonWriter) value(d *declaration, owner string) text {
	switch t := d.typ; {
	case t.reuse != nil:
		return object(pairOf("$ref", str(w.side.refTo(w.file, t.reuse))))
	case t.record == nil:
		return scalarSchema(t, false)
	case w.defs != "" && d.doc == "":
		r := t.record
		if r.name == "" {
			r.name = w.names.fresh(d.name, owner)
		}
		if !w.written[r] {
			w.written[r] = true
			w.pending = append(w.pending, r)
		}
		return object(pairOf("$ref", str("#/"+w.defs+"/"+fragment(r.name))))
	}
	return w.record(d.typ.record, owner+d.name)
}

// record returns the schema of a new record.
func (w *jsonWriter) record(r *newRecord, owner string) text {
	v := object(pairOf("type", str("object")))
	members := r.members
	if r.text != nil {
		members = append([]*declaration{r.text}, members...)
	}
	properties := object()
	var required []text
	for _, d := range members {
		properties.members = append(properties.members, pairOf(d.json, w.property(d, owner)))
		if d.required {
			required = append(required, str(d.json))
		}
	}
	if len(members) > 0 {
		v.members = append(v.members, pairOf("properties", properties))
	}
	if len(required) > 0 {
		v.members = append(v.members, pairOf("required", array(required...)))
	}
	if w.closed {
		v.members = append(v.members, pairOf("additionalProperties", text{raw: "false"}))
	}
	return v
}

// The patterns of numbers and booleans that JSON spells as strings.
const (
	integerPattern = `^-?[0-9]+$`
	numberPattern  = `^-?[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?$`
	booleanPattern = `^(true|false)$`
)

// patternOf returns the pattern of a primitive in a string.
func patternOf(p model.Primitive) string {
	switch {
	case p == model.Boolean:
		return booleanPattern
	case p == model.Float32 || p == model.Float64 || p == model.Decimal:
		return numberPattern
	}
	return integerPattern
}

// scalarSchema returns the schema of a scalar, or of null.
func scalarSchema(t *typeChoice, null bool) text {
	types := t.spelled
	if t.prim == model.String || len(types) == 0 {
		types = []model.JSONType{model.JSONString}
	}
	quoted := false
	for _, s := range types {
		quoted = quoted || s == model.JSONString && t.prim != model.String
	}
	if null {
		types = append(types[:len(types):len(types)], model.JSONNull)
	}
	v := object(pairOf("type", typeKeyword(types)))
	if quoted {
		v.members = append(v.members, pairOf("pattern", str(patternOf(t.prim))))
	}
	return v
}

// typeKeyword is the value of the keyword type.
func typeKeyword(types []model.JSONType) text {
	if len(types) == 1 {
		return str(string(types[0]))
	}
	v := array()
	for _, s := range types {
		v.items = append(v.items, str(string(s)))
	}
	return v
}

// write writes a value that begins on a line of that indentation. wide says
// that an object goes over several lines, however short.
func (w *jsonWriter) write(v text, indent string, wide bool, out *strings.Builder) {
	if one := w.inline(v); !w.layout.lines || !wide && len(one) <= short && !v.holdsProperties() || !v.object && !v.array {
		out.WriteString(one)
		return
	}
	open, end, n := "{", "}", len(v.members)
	if v.array {
		open, end, n = "[", "]", len(v.items)
	}
	out.WriteString(open)
	if n == 0 {
		out.WriteString(end)
		return
	}
	inner := indent + w.layout.unit
	for i := range n {
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n" + inner)
		if v.array {
			w.write(v.items[i], inner, false, out)
			continue
		}
		m := v.members[i]
		out.Write(jsontree.AppendString(nil, m.name))
		out.WriteString(": ")
		if m.name == "properties" && m.value.object {
			w.properties(m.value, inner, out)
			continue
		}
		w.write(m.value, inner, false, out)
	}
	out.WriteString("\n" + indent + end)
}

// properties writes the properties of a record; their schemas are as wide as
// their neighbours.
func (w *jsonWriter) properties(v text, indent string, out *strings.Builder) {
	out.WriteString("{")
	for i, m := range v.members {
		if i > 0 {
			out.WriteString(",")
		}
		inner := indent + w.layout.unit
		out.WriteString("\n" + inner)
		out.Write(jsontree.AppendString(nil, m.name))
		out.WriteString(": ")
		w.write(m.value, inner, w.spread, out)
	}
	out.WriteString("\n" + indent + "}")
}

func (v text) holdsProperties() bool {
	for _, m := range v.members {
		if m.name == "properties" {
			return true
		}
	}
	return false
}

// inline writes a value on one line.
func (w *jsonWriter) inline(v text) string {
	comma, colon, pad := ",", ":", ""
	if w.layout.lines || w.layout.pad {
		comma, colon = ", ", ": "
	}
	if w.layout.pad {
		pad = " "
	}
	var parts []string
	switch {
	case v.object:
		for _, m := range v.members {
			parts = append(parts, string(jsontree.AppendString(nil, m.name))+colon+w.inline(m.value))
		}
		if len(parts) == 0 {
			return "{}"
		}
		return "{" + pad + strings.Join(parts, comma) + pad + "}"
	case v.array:
		for _, i := range v.items {
			parts = append(parts, w.inline(i))
		}
		return "[" + strings.Join(parts, comma) + "]"
	}
	return v.raw
}
