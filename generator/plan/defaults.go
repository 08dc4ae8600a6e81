package plan

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/model"
)

// FillDefaults is the method that generated records fill their absent fields
// with.
const FillDefaults = "FillDefaults"

// defaults finds the fields that have a default which their Go type can hold,
// and the records that have such fields or hold records that do.
func (m *maker) defaults() {
	for _, r := range m.pkg.Records {
		for _, f := range r.Fields {
			if text, ok := m.defaultOf(f); ok {
				f.Default = &text
				r.Defaults = true
			}
		}
	}
	for again := true; again; {
		again = false
		for _, r := range m.pkg.Records {
			if !r.Defaults && slices.ContainsFunc(r.all(), func(f *Field) bool { return f.Record != nil && f.Record.Defaults }) {
				r.Defaults, again = true, true
			}
		}
	}
	for _, r := range m.pkg.Records {
		for _, f := range r.Fields {
			// A record that is there by default is one whose fields are.
			if f.Shape == ShapeRecord && f.Pointer && f.Record.Defaults && f.Model.Default != nil && *f.Model.Default == "{}" &&
				m.doc.XML == nil && !f.Record.reaches(r, map[*Record]bool{}) {
				empty := "{}"
				f.Default = &empty
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

// defaultOf returns the lexical value that stands for an absent field. In XML
// only attributes have one when they are absent: the default of an element is
// that of an empty one (XML Schema Part 1, section 3.3.4).
func (m *maker) defaultOf(f *Field) (string, bool) {
	text := f.Model.Default
	if b := f.Model.XML; f.Model.JSON == nil && (b == nil || b.Node != model.NodeAttribute) {
		return "", false
	} else if text == nil && f.Model.JSON == nil {
		text = f.Model.Fixed
	}
	if text == nil || f.Occurs != model.Optional || f.Nillable {
		return "", false
	}
	switch {
	case m.doc.XML != nil && f.Shape == ShapeList:
		return f.listConstant(*text)
	case m.doc.XML != nil && f.Shape == ShapeRecord && f.Record.Kind == RecordUnion:
		return strings.Trim(*text, " \t\r\n"), true
	case !f.Pointer && !f.EmptyIsAbsent || f.Shape != ShapeScalar && f.Shape != ShapeEnum:
		return "", false
	}
	s := *text
	if m.doc.XML == nil {
		var value any
		d := json.NewDecoder(strings.NewReader(s))
		d.UseNumber()
		if d.Decode(&value) != nil {
			return "", false
		}
		switch v := value.(type) {
		case string:
			s = v
		case json.Number:
			s = v.String()
		case bool:
		default:
			return "", false
		}
	}
	if m.doc.XML != nil && f.Primitive != model.String && f.Primitive != model.URI {
		s = strings.Trim(s, " \t\r\n")
	}
	return f.Constant(s)
}

// Constant returns a text as a literal of the field's Go type can say it.
func (f *Field) Constant(s string) (string, bool) {
	switch f.Primitive {
	case model.Int32, model.Int64, model.Uint64, model.Float32, model.Float64:
		return f.literal(s)
	case model.Boolean:
		switch s {
		case "1":
			s = "true"
		case "0":
			s = "false"
		}
	}
	return s, f.holds(s)
}

// holds tells whether a text is a value of the field's Go type that a literal
// can say.
func (f *Field) holds(text string) bool {
	var err error
	switch f.Primitive {
	case model.String, model.URI:
		return f.Pointer || text != ""
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
