package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// defaults writes FillDefaults of the records that have any.
func (e *emitter) defaults(f *file) {
	for _, r := range e.pkg.Records {
		if !r.Defaults {
			continue
		}
		f.next()
		f.Add(comment(plan.FillDefaults + " gives the fields that are absent the values that the contract has for them, here and in every record below."))
		f.Add(method(r, plan.FillDefaults)).Params().BlockFunc(func(g *jen.Group) {
			items(g, r)
			for _, fd := range r.Fields {
				e.fill(g, fd, fieldIn(id(r.Receiver), fd), r)
			}
			for _, p := range r.Matches {
				e.fillEntries(g, p.Field, id(r.Receiver).Dot(p.Name))
			}
			if r.Additional != nil {
				e.fillEntries(g, r.Additional, id(r.Receiver).Dot(r.Additional.Name))
			}
		})
		f.Line()
	}
}

// fill gives one field its default, and the records in it theirs. of is the record
// that has the field; nil for an entry of a map. A value that the field could not
// hold is not absent.
func (e *emitter) fill(g *jen.Group, f *plan.Field, field *jen.Statement, of *plan.Record) {
	kept := of != nil && of.Unknown != "" && f.Model.JSON != nil
	if f.Default != nil {
		none := absent(f, field.Clone())
		if f.KeepNone {
			none = field.Clone().Op("==").Nil()
		}
		if kept {
			none.Op("&&").Op("!").Add(e.rt("Unread")).Call(id(of.Receiver).Dot(of.Unknown), text(f.Model.JSON.Name))
		}
		g.If(none).Block(field.Clone().Op("=").Add(e.goValue(f, f.Default)))
	}
	if f.Item != nil {
		e.fillEntries(g, f.Item, field)
		return
	}
	if f.Record == nil || !f.Record.Defaults {
		return
	}
	switch {
	case f.PointerItems:
		g.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(field)).Block(
			jen.If(jen.Id("item").Op("!=").Nil()).Block(jen.Id("item").Dot(plan.FillDefaults).Call()),
		)
	case f.Occurs == model.Many:
		g.For(jen.Id("i").Op(":=").Range().Add(field)).Block(field.Clone().Index(jen.Id("i")).Dot(plan.FillDefaults).Call())
	case f.Pointer && (kept || f.Default == nil):
		g.If(field.Clone().Op("!=").Nil()).Block(field.Clone().Dot(plan.FillDefaults).Call())
	default:
		g.Add(field.Clone()).Dot(plan.FillDefaults).Call()
	}
}

// fillEntries fills the records of a map.
func (e *emitter) fillEntries(g *jen.Group, f *plan.Field, field *jen.Statement) {
	if f.Record == nil || !f.Record.Defaults {
		return
	}
	g.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(field)).BlockFunc(func(g *jen.Group) {
		item := *f
		item.Pointer = f.Occurs != model.Many
		e.fill(g, &item, jen.Id("item"), nil)
	})
}

// goValue writes a value of a field's type.
func (e *emitter) goValue(f *plan.Field, v *plan.Value) *jen.Statement {
	switch {
	case f.Occurs == model.Many:
		return e.fieldType(f).ValuesFunc(func(g *jen.Group) { e.listItems(g, f, v) })
	case f.Shape == plan.ShapeMap:
		return e.fieldType(f).ValuesFunc(func(g *jen.Group) {
			for _, m := range v.Members {
				g.Add(text(m.Name).Op(":").Add(e.goValue(f.Item, m.Value)))
			}
		})
	case f.Shape == plan.ShapeList:
		one := *f.Item
		one.Occurs = model.One
		return e.fieldType(f).ValuesFunc(func(g *jen.Group) {
			for _, word := range v.Items {
				g.Add(e.goValue(&one, word))
			}
		})
	case f.Shape == plan.ShapeRecord && f.Record.Kind == plan.RecordUnion && v.Members == nil:
		return jen.Op("&").Add(e.unionDefault(f.Record, v.Text))
	case f.Shape == plan.ShapeRecord:
		s := id(f.Record.Name).Add(e.fieldValues(v))
		if f.Pointer {
			return jen.Op("&").Add(s)
		}
		return s
	}
	if f.Shape == plan.ShapeRaw {
		return verbatim(v.Text)
	}
	s := e.scalarLiteral(f, v.Text)
	if !f.Pointer {
		return s
	}
	if f.Shape == plan.ShapeScalar {
		switch f.Primitive {
		case model.Int32, model.Int64, model.Uint64, model.Float32:
			s = e.valueType(f).Call(s)
		case model.Float64:
			if strings.ContainsAny(v.Text, ".eE") {
				break // a literal of that type
			}
			s = e.valueType(f).Call(s)
		}
	}
	return e.rt("Ptr").Call(s)
}

// listItems writes the items of a list.
func (e *emitter) listItems(g *jen.Group, f *plan.Field, v *plan.Value) {
	one := *f
	one.Occurs, one.Pointer = model.One, f.PointerItems
	for _, item := range v.Items {
		if one.Shape == plan.ShapeRecord {
			g.Add(e.fieldValues(item)) // the list says the type
			continue
		}
		g.Add(e.goValue(&one, item))
	}
}

// fieldValues writes the values of a record's fields, in braces.
func (e *emitter) fieldValues(v *plan.Value) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		for _, m := range v.Members {
			if m.Field.Bare {
				e.listItems(g, m.Field, m.Value)
				continue
			}
			g.Add(id(m.Field.Name).Op(":").Add(e.goValue(m.Field, m.Value)))
		}
	})
}

func (e *emitter) scalarLiteral(f *plan.Field, s string) *jen.Statement {
	switch {
	case f.Shape == plan.ShapeEnum:
		for _, v := range f.Enum.Values {
			if v.Value == s {
				return id(v.Name)
			}
		}
		return id(f.Enum.Name).Call(text(s))
	case f.Primitive == model.Boolean:
		return jen.Lit(s == "true")
	case f.Lexical():
		return e.rt("Must").Call(e.rt("Parse" + plan.GoTypeOf(f.Primitive).Name).Call(text(s)))
	case f.Primitive == model.String, f.Primitive == model.URI:
		return text(s)
	}
	return number(s)
}
