package emit

import (
	"encoding/json"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// encodeJSON writes AppendJSON, the methods of package encoding/json, and the
// writers of the records.
func (e *emitter) encodeJSON(f *file) {
	root := e.pkg.Root
	recv := func() *jen.Statement { return id(root.Receiver) }
	f.Add(comment("AppendJSON appends the document in JSON. It fails on text that is not UTF-8."))
	f.Add(method(root, "AppendJSON")).Params(jen.Id("b").Index().Byte()).Params(jen.Index().Byte(), jen.Error()).BlockFunc(func(g *jen.Group) {
		g.Id("w").Op(":=").Add(e.rt("JSONWriter")).Values(jen.Id("Buf").Op(":").Id("b"))
		g.Add(recv()).Dot("writeJSON").Call(jen.Op("&").Id("w"))
		if root.Unread {
			g.Id("w").Dot("Root").Call(jen.Len(jen.Id("b")), recv().Dot(root.Unknown))
		}
		g.Return(jen.Id("w").Dot("Result").Call())
	})
	f.Add(comment("MarshalJSON implements [json.Marshaler]."))
	f.Add(method(root, "MarshalJSON")).Params().Params(jen.Index().Byte(), jen.Error()).Block(
		jen.Return(recv().Dot("AppendJSON").Call(jen.Nil())),
	)
	f.Add(comment("UnmarshalJSON implements [json.Unmarshaler]."))
	f.Add(method(root, "UnmarshalJSON")).Params(jen.Id("b").Index().Byte()).Error().Block(
		jen.List(jen.Id("decoded"), jen.Err()).Op(":=").Id("DecodeJSON").Call(jen.Id("b")),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())),
		jen.Op("*").Add(recv()).Op("=").Op("*").Id("decoded"),
		jen.Return(jen.Nil()),
	)
	f.Line()
	for _, r := range e.pkg.Records {
		f.next()
		f.Add(method(r, "writeJSON")).Params(jen.Id("w").Op("*").Add(e.rt("JSONWriter"))).BlockFunc(func(g *jen.Group) { e.writeJSON(g, r) })
		f.Line()
	}
}

func (e *emitter) writeJSON(g *jen.Group, r *plan.Record) {
	if r.Kind != plan.RecordUnion && r.Raw != "" {
		raw := id(r.Receiver).Dot(r.Raw)
		g.If(raw.Clone().Op("!=").Lit("")).Block(
			jen.Id("w").Dot("Raw").Call(jen.String().Call(raw.Clone())),
			jen.Return(),
		)
	}
	switch r.Kind {
	case plan.RecordBox:
		if r.AsText {
			g.Id("w").Dot("String").Call(id(r.Receiver).Dot("text").Call())
			return
		}
		items(g, r)
		e.jsonWhole(g, r.Fields[0], fieldIn(id(r.Receiver), r.Fields[0]))
	case plan.RecordTuple:
		e.writeTuple(g, r)
	case plan.RecordUnion:
		e.writeUnion(g, r)
	default:
		e.writeObject(g, r)
	}
}

func (e *emitter) writeObject(g *jen.Group, r *plan.Record) {
	w := jen.Id("w")
	if r.Others {
		g.If(w.Clone().Dot("Whole").Call(id(r.Receiver).Dot(r.Unknown))).Block(jen.Return())
	}
	g.Add(w.Clone()).Dot("Begin").Call(jen.LitRune('{'))
	for _, f := range r.Fields {
		b := f.Model.JSON
		if b == nil {
			continue
		}
		e.writeMember(g, f, id(r.Receiver).Dot(f.Name), w.Clone().Dot("Name").Call(text(escapedName(b.Name))))
	}
	for _, p := range r.Matches {
		e.writeEntries(g, p.Field, id(r.Receiver).Dot(p.Name))
	}
	if r.Additional != nil {
		e.writeEntries(g, r.Additional, id(r.Receiver).Dot(r.Additional.Name))
	}
	g.Add(w.Clone()).Dot("Unknown").Call(id(r.Receiver).Dot(r.Unknown))
	g.Add(w.Clone()).Dot("End").Call(jen.LitRune('}'))
}

// writeEntries writes the entries of a map, in the order of their names.
func (e *emitter) writeEntries(g *jen.Group, f *plan.Field, field *jen.Statement) {
	g.For(jen.List(jen.Id("_"), jen.Id("name")).Op(":=").Range().Add(e.rt("Names")).Call(field.Clone())).BlockFunc(func(g *jen.Group) {
		g.Id("w").Dot("Member").Call(jen.Id("name"))
		if f.Occurs != model.Many && f.Shape == plan.ShapeRecord {
			e.jsonWhole(g, f, field.Clone().Index(jen.Id("name")))
			return
		}
		g.Id("value").Op(":=").Add(field.Clone().Index(jen.Id("name")))
		e.jsonWhole(g, f, jen.Id("value"))
	})
}

// writeMap writes a map as an object.
func (e *emitter) writeMap(g *jen.Group, f *plan.Field, field *jen.Statement) {
	g.Id("w").Dot("Begin").Call(jen.LitRune('{'))
	e.writeEntries(g, f.Item, field)
	g.Id("w").Dot("End").Call(jen.LitRune('}'))
}

// writeMember writes a member of an object, unless it is absent. One that must
// be there is written all the same: as an empty list, or as null.
func (e *emitter) writeMember(g *jen.Group, f *plan.Field, field *jen.Statement, name *jen.Statement) {
	b := f.Model.JSON
	if f.Occurs == model.Many {
		whole := func(g *jen.Group) {
			g.Add(name)
			e.jsonList(g, f, field)
		}
		if b.Required && !b.Null {
			whole(g)
			return
		}
		s := g.If(some(f, field)).BlockFunc(whole)
		if b.Required {
			s.Else().BlockFunc(func(g *jen.Group) {
				g.Add(name)
				g.Id("w").Dot("Null").Call()
			})
		}
		return
	}
	if f.Shape == plan.ShapeMap {
		whole := func(g *jen.Group) {
			g.Add(name)
			e.writeMap(g, f, field)
		}
		if f.Occurs == model.One {
			whole(g)
			return
		}
		g.If(some(f, field)).BlockFunc(whole)
		return
	}
	if f.Occurs == model.One && b.Null && f.Pointer {
		g.Add(name)
		e.jsonWhole(g, f, field)
		return
	}
	if f.Shape == plan.ShapeList && b.Required && !b.Null {
		g.Add(name)
		e.jsonValue(g, f, field)
		return
	}
	e.guarded(g, f, field, func(g *jen.Group, v *jen.Statement) {
		g.Add(name)
		e.jsonValue(g, f, v)
	})
}

// some asks whether a list or a map is there.
func some(f *plan.Field, field *jen.Statement) *jen.Statement {
	if f.KeepNone {
		return field.Clone().Op("!=").Nil()
	}
	return jen.Len(field.Clone()).Op(">").Lit(0)
}

// jsonWhole writes a value where one must stand: null when it is absent.
func (e *emitter) jsonWhole(g *jen.Group, f *plan.Field, field *jen.Statement) {
	null := jen.Id("w").Dot("Null").Call()
	switch {
	case f.Occurs == model.Many:
		e.jsonList(g, f, field)
	case f.Pointer:
		g.If(field.Clone().Op("!=").Nil()).BlockFunc(func(g *jen.Group) {
			e.jsonValue(g, f, field.Clone())
		}).Else().Block(null)
	default:
		if there := given(f, field); there != nil {
			g.If(there).BlockFunc(func(g *jen.Group) { e.jsonValue(g, f, field.Clone()) }).Else().Block(null)
			return
		}
		e.jsonValue(g, f, field.Clone())
	}
}

// jsonList writes a list with its brackets.
func (e *emitter) jsonList(g *jen.Group, f *plan.Field, field *jen.Statement) {
	w := jen.Id("w")
	g.Add(w.Clone()).Dot("Begin").Call(jen.LitRune('['))
	e.jsonItems(g, f, field)
	g.Add(w.Clone()).Dot("End").Call(jen.LitRune(']'))
}

func (e *emitter) jsonItems(g *jen.Group, f *plan.Field, field *jen.Statement) {
	w := jen.Id("w")
	e.guarded(g, f, field, func(g *jen.Group, v *jen.Statement) {
		g.Add(w.Clone()).Dot("Item").Call()
		if !f.PointerItems {
			e.jsonValue(g, f, v)
			return
		}
		e.jsonWhole(g, pointed(f), v)
	})
}

// writeTuple writes the first items one by one, as far as there are any, and
// then the rest.
func (e *emitter) writeTuple(g *jen.Group, r *plan.Record) {
	w := jen.Id("w")
	recv := func(f *plan.Field) *jen.Statement { return id(r.Receiver).Dot(f.Name) }
	g.Add(w.Clone()).Dot("Begin").Call(jen.LitRune('['))
	for i, f := range r.Fields {
		if f.Occurs == model.Many {
			e.jsonItems(g, f, recv(f))
			continue
		}
		item := func(g *jen.Group) {
			g.Add(w.Clone()).Dot("Item").Call()
			e.jsonWhole(g, f, recv(f))
		}
		// It is written when it or one behind it is there.
		var there *jen.Statement
		for _, later := range r.Fields[i:] {
			q := has(later, recv(later))
			if q == nil {
				there = nil
				break
			}
			if there != nil {
				there.Op("||").Add(q)
			} else {
				there = q
			}
		}
		if there == nil {
			item(g)
			continue
		}
		g.If(there).BlockFunc(item)
	}
	g.Add(w.Clone()).Dot("End").Call(jen.LitRune(']'))
}

// has asks whether a field has a value; nil: always.
func has(f *plan.Field, field *jen.Statement) *jen.Statement {
	switch {
	case f.Occurs == model.Many:
		return jen.Len(field).Op(">").Lit(0)
	case f.Pointer:
		return field.Op("!=").Nil()
	}
	return given(f, field)
}

// writeUnion writes the variant that is there.
func (e *emitter) writeUnion(g *jen.Group, r *plan.Record) {
	w := jen.Id("w")
	if r.AsText {
		g.Add(w.Clone()).Dot("String").Call(id(r.Receiver).Dot("text").Call())
		return
	}
	g.Switch().BlockFunc(func(g *jen.Group) {
		for _, f := range r.Fields {
			field := id(r.Receiver).Dot(f.Name)
			g.Case(field.Clone().Op("!=").Nil()).BlockFunc(func(g *jen.Group) {
				e.jsonValue(g, f, field)
			})
		}
		g.Case(id(r.Receiver).Dot(r.Raw).Op("!=").Lit("")).Block(w.Clone().Dot("Raw").Call(jen.String().Call(id(r.Receiver).Dot(r.Raw))))
		g.Default().Block(w.Clone().Dot("Null").Call())
	})
}

// jsonValue writes a value in JSON.
func (e *emitter) jsonValue(g *jen.Group, f *plan.Field, v *jen.Statement) {
	w := jen.Id("w")
	switch f.Shape {
	case plan.ShapeRecord:
		g.Add(v).Dot("writeJSON").Call(w)
		return
	case plan.ShapeList:
		if f.AsText {
			g.Add(w).Dot("String").Call(e.spaced(f.Item, v))
			return
		}
		e.jsonList(g, f.Item, v)
		return
	case plan.ShapeRaw:
		if f.EitherForm() {
			g.Add(w).Dot("Anything").Call(value(f, v))
			return
		}
		g.Add(w).Dot("Raw").Call(jen.String().Call(value(f, v)))
		return
	}
	if f.Lexical() && f.Spelling != model.JSONString {
		if f.Primitive == model.Decimal || f.Primitive == model.Integer {
			g.Add(w).Dot("Number").Call(v.Clone().Dot("Lexical").Call())
			return
		}
		g.Add(w).Dot("Raw").Call(v.Clone().Dot("String").Call()) // a year
		return
	}
	method, v := e.writer(f, v)
	switch {
	case method == "String" || method == "Time":
		g.Add(w).Dot(method).Call(v)
	default:
		g.Add(w).Dot(method).Call(v, e.spellings(f.Spelling))
	}
}

// escapedName writes a member's name as JSON has it between quotes.
func escapedName(name string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(name); err != nil {
		return name
	}
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(b.String()), `"`), `"`)
}
