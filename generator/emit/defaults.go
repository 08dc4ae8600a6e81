package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// defaults writes FillDefaults of the records that have any.
func (e *emitter) defaults(f *jen.File) {
	for _, r := range e.pkg.Records {
		if !r.Defaults {
			continue
		}
		f.Add(comment(plan.FillDefaults + " gives the fields that are absent the values that the contract has for them, here and in every record below."))
		f.Add(method(r, plan.FillDefaults)).Params().BlockFunc(func(g *jen.Group) {
			for _, fd := range r.Fields {
				e.fill(g, fd, id(r.Receiver).Dot(fd.Name))
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

// fill gives one field its default, and the records in it theirs.
func (e *emitter) fill(g *jen.Group, f *plan.Field, field *jen.Statement) {
	if f.Default != nil {
		g.If(absent(f, field.Clone())).Block(field.Clone().Op("=").Add(e.defaultValue(f)))
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
	case f.Pointer && f.Default == nil:
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
		e.fill(g, &item, jen.Id("item"))
	})
}

// defaultValue writes a default as a value of the field's type.
func (e *emitter) defaultValue(f *plan.Field) *jen.Statement {
	switch {
	case f.Shape == plan.ShapeRecord && f.Record.Kind == plan.RecordUnion:
		return jen.Op("&").Add(e.unionDefault(f))
	case f.Shape == plan.ShapeRecord:
		return jen.New(id(f.Record.Name))
	case f.Shape == plan.ShapeList:
		return e.fieldType(f).ValuesFunc(func(g *jen.Group) {
			for _, word := range strings.Fields(*f.Default) {
				item := *f.Item
				item.Default = &word
				g.Add(e.defaultLiteral(&item))
			}
		})
	}
	v := e.defaultLiteral(f)
	if !f.Pointer {
		return v
	}
	if f.Shape == plan.ShapeScalar {
		switch f.Primitive {
		case model.Int32, model.Int64, model.Uint64, model.Float32:
			v = e.valueType(f).Call(v)
		case model.Float64:
			if strings.ContainsAny(*f.Default, ".eE") {
				break // a literal of that type
			}
			v = e.valueType(f).Call(v)
		}
	}
	return e.rt("Ptr").Call(v)
}

func (e *emitter) defaultLiteral(f *plan.Field) *jen.Statement {
	s := *f.Default
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
