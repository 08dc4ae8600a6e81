package plan

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/model"
)

// FillDefaults is the method that generated records fill their absent fields
// with.
const FillDefaults = "FillDefaults"

// Value is a value of a field's Go type, as a literal says it.
type Value struct {
	// Text is the lexical form of a scalar, and what a comment says of the others.
	Text string
	// Items are the items of a list.
	Items []*Value
	// Members are the fields of a record, or the entries of a map, which have no
	// Field.
	Members []MemberValue
}

// MemberValue is a value with its name.
type MemberValue struct {
	Name  string
	Field *Field
	Value *Value
}

// defaults finds the fields that have a default which their Go type can hold,
// and the records that have such fields or hold records that do.
func (m *maker) defaults() {
	for _, r := range m.pkg.Records {
		for _, f := range r.Fields {
			if f.Default = m.defaultOf(r, f); f.Default != nil {
				r.Defaults = true
			}
		}
	}
	m.spread(func(r *Record) *bool { return &r.Defaults })
}

// spread marks the records that hold one that is marked, at any depth.
func (m *maker) spread(mark func(*Record) *bool) {
	holders := map[*Record][]*Record{}
	var marked []*Record
	for _, r := range m.pkg.Records {
		if *mark(r) {
			marked = append(marked, r)
		}
		for _, f := range r.all() {
			if f.Record != nil {
				holders[f.Record] = append(holders[f.Record], r)
			}
		}
	}
	for len(marked) > 0 {
		last := marked[len(marked)-1]
		marked = marked[:len(marked)-1]
		for _, r := range holders[last] {
			if !*mark(r) {
				*mark(r) = true
				marked = append(marked, r)
			}
		}
	}
}

// reaches tells whether a record holds another, at any depth.
func (r *Record) reaches(to *Record, seen map[*Record]bool) bool {
	if r == to {
		return true
	}
	if seen[r] {
		return false
	}
	seen[r] = true
	return slices.ContainsFunc(r.all(), func(f *Field) bool { return f.Record != nil && f.Record.reaches(to, seen) })
}

// examples lists the examples that the JSON contract has of the whole document.
func (m *maker) examples() {
	if m.doc.JSON == nil {
		return
	}
	for _, e := range m.typeOf(m.doc.Root).Doc.Examples {
		if json.Valid([]byte(e)) {
			m.pkg.Examples = append(m.pkg.Examples, e)
		}
	}
}

// defaultOf returns the value that stands for an absent field, or nil. In XML only
// attributes have one when they are absent: the default of an element is that of
// an empty one (XML Schema Part 1, section 3.3.4).
func (m *maker) defaultOf(r *Record, f *Field) *Value {
	text := f.Model.Default
	if b := f.Model.XML; f.Model.JSON == nil && (b == nil || b.Node != model.NodeAttribute) {
		return nil
	} else if text == nil && f.Model.JSON == nil {
		text = f.Model.Fixed
	}
	if text == nil || f.Nillable {
		return nil
	}
	if m.doc.XML != nil {
		return f.lexicalDefault(*text)
	}
	single := f.single()
	switch {
	case single:
	case f.Occurs == model.One || f.Model.JSON.Required:
		return nil // it is never absent
	case f.Record != nil && f.Record.reaches(r, map[*Record]bool{}):
		return nil // filled without end
	case f.Item != nil && f.Item.Record != nil && f.Item.Record.reaches(r, map[*Record]bool{}):
		return nil
	}
	var value any
	d := json.NewDecoder(strings.NewReader(*text))
	d.UseNumber()
	if d.Decode(&value) != nil {
		return nil
	}
	v := f.value(value)
	if v != nil && !single {
		v.Text = *text
	}
	return v
}

// single tells whether a field is a scalar that may be absent.
func (f *Field) single() bool {
	return f.Occurs == model.Optional && (f.Pointer || f.EmptyIsAbsent) && (f.Shape == ShapeScalar || f.Shape == ShapeEnum)
}

// lexicalDefault returns the value that a text of XML is, or nil.
func (f *Field) lexicalDefault(text string) *Value {
	switch {
	case f.Occurs != model.Optional:
		return nil
	case f.Shape == ShapeList:
		return f.words(text)
	case f.Shape == ShapeRecord && f.Record.Kind == RecordUnion:
		return &Value{Text: strings.Trim(text, " \t\r\n")} // its types are told apart when it is written
	case !f.single():
		return nil
	}
	if f.Primitive != model.String && f.Primitive != model.URI {
		text = strings.Trim(text, " \t\r\n")
	}
	return f.Constant(text)
}

// value returns a value of JSON as one of the field's Go type, or nil.
func (f *Field) value(value any) *Value {
	switch {
	case f.Occurs == model.Many:
	case f.Shape == ShapeRecord && f.Record.Kind == RecordUnion:
		return f.variant(value)
	case f.Shape == ShapeRaw && value != nil && f.Model.Type != "":
		text, err := json.Marshal(value)
		if err != nil {
			return nil
		}
		return &Value{Text: string(text)}
	}
	switch x := value.(type) {
	case []any:
		one := *f
		switch {
		case f.Occurs == model.Many && (f.Shape != ShapeRaw || !f.PointerItems):
			one.Occurs, one.PointerItems = model.One, false
		case f.Shape == ShapeRecord && f.Record.Kind == RecordBox:
			return f.member(f.Record.Fields[0], x)
		case f.Shape == ShapeRecord && f.Record.Kind == RecordTuple:
			return f.tuple(x)
		default:
			return nil
		}
		v := &Value{Items: []*Value{}}
		for _, item := range x {
			i := one.value(item)
			if i == nil {
				return nil
			}
			v.Items = append(v.Items, i)
		}
		return v
	case map[string]any:
		if f.Occurs == model.Many || f.Shape != ShapeMap && (f.Shape != ShapeRecord || f.Record.Kind != RecordObject) {
			return nil
		}
		v := &Value{Members: []MemberValue{}}
		for _, name := range slices.Sorted(maps.Keys(x)) {
			member := MemberValue{Name: name, Field: f.named(name)}
			switch {
			case f.Item != nil:
				member.Value = f.Item.value(x[name])
			case member.Field != nil:
				member.Value = member.Field.value(x[name])
			}
			if member.Value == nil {
				return nil
			}
			v.Members = append(v.Members, member)
		}
		return v
	case string:
		return f.Constant(x)
	case json.Number:
		return f.Constant(x.String())
	case bool:
		return f.Constant(strconv.FormatBool(x))
	}
	return nil
}

// tuple returns a list as a record with a field for each of the first items.
func (f *Field) tuple(list []any) *Value {
	v := &Value{Members: []MemberValue{}}
	for _, of := range f.Record.Fields {
		var value any = list
		switch {
		case len(list) == 0:
			return v
		case of.Occurs == model.Many:
			list = nil
		default:
			value, list = list[0], list[1:]
		}
		item := of.value(value)
		if item == nil {
			return nil
		}
		v.Members = append(v.Members, MemberValue{Field: of, Value: item})
	}
	if len(list) > 0 {
		return nil // an item more than there may be
	}
	return v
}

// variant returns a value as the variant of a union, where its type tells which.
func (f *Field) variant(value any) *Value {
	kind := model.JSONString
	switch value.(type) {
	case []any:
		kind = model.JSONArray
	case map[string]any:
		kind = model.JSONObject
	case json.Number:
		kind = model.JSONNumber
	case bool:
		kind = model.JSONBoolean
	case nil:
		return nil
	}
	var one *Field
	for _, v := range f.Record.Fields {
		if v.Kinds == nil || slices.Contains(v.Kinds, kind) {
			if one != nil {
				return nil
			}
			one = v
		}
	}
	if one == nil {
		return nil
	}
	return f.member(one, value)
}

// member returns a record with a value of one of its fields.
func (f *Field) member(of *Field, value any) *Value {
	v := of.value(value)
	if v == nil {
		return nil
	}
	return &Value{Members: []MemberValue{{Field: of, Value: v}}}
}

// named returns the field of the record that holds the JSON member of that name,
// or nil.
func (f *Field) named(name string) *Field {
	if f.Record == nil {
		return nil
	}
	for _, field := range f.Record.Fields {
		if b := field.Model.JSON; b != nil && b.Name == name {
			return field
		}
	}
	return nil
}

// Constant returns a text as a value of the field's Go type, or nil.
func (f *Field) Constant(s string) *Value {
	if f.Occurs == model.Many || f.Nillable || f.PointerItems || f.Shape != ShapeScalar && f.Shape != ShapeEnum {
		return nil
	}
	ok := false
	switch f.Primitive {
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		s, ok = f.literal(s)
	case model.Boolean:
		switch s {
		case "1":
			s = "true"
		case "0":
			s = "false"
		}
		ok = f.holds(s)
	default:
		ok = f.holds(s)
	}
	if !ok {
		return nil
	}
	return &Value{Text: s}
}

// holds tells whether a text is a value of the field's Go type that a literal
// can say.
func (f *Field) holds(text string) bool {
	var err error
	switch f.Primitive {
	case model.String, model.URI:
		return f.Pointer || !f.EmptyIsAbsent || text != ""
	case model.Boolean:
		return text == "true" || text == "false"
	case model.Integer:
		_, err = wire.ParseInteger(text)
	case model.Decimal:
		_, err = wire.ParseDecimal(text)
	case model.DateTime:
		_, err = wire.ParseDateTime(text)
	case model.Date:
		_, err = wire.ParseDate(text)
	case model.TimeOf:
		_, err = wire.ParseTimeOfDay(text)
	case model.Duration:
		_, err = wire.ParseDuration(text)
	case model.GYearMonth:
		_, err = wire.ParseGYearMonth(text)
	case model.GYear:
		_, err = wire.ParseGYear(text)
	case model.GMonthDay:
		_, err = wire.ParseGMonthDay(text)
	case model.GDay:
		_, err = wire.ParseGDay(text)
	case model.GMonth:
		_, err = wire.ParseGMonth(text)
	case model.Base64:
		_, err = wire.ParseBase64Binary(text)
	case model.Hex:
		_, err = wire.ParseHexBinary(text)
	default:
		return false
	}
	return err == nil
}
