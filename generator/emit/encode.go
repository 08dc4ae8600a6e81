package emit

import (
	"encoding/json"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// method begins a method of a record, with a pointer receiver.
func method(r *plan.Record, name string) *jen.Statement {
	return jen.Func().Params(id(r.Receiver).Op("*").Add(id(r.Name))).Add(id(name))
}

// encodeXML writes AppendXML, the methods of package encoding/xml, and the
// writers of the records.
func (e *emitter) encodeXML(f *jen.File) {
	root := e.pkg.Root
	recv := func() *jen.Statement { return id(root.Receiver) }
	f.Add(comment("AppendXML appends the document in XML. It fails on text that XML cannot hold."))
	f.Add(method(root, "AppendXML")).Params(jen.Id("b").Index().Byte()).Params(jen.Index().Byte(), jen.Error()).Block(
		jen.Id("w").Op(":=").Add(e.rt("XMLWriter")).Values(jen.Id("Buf").Op(":").Id("b")),
		recv().Dot("writeXML").Call(jen.Op("&").Id("w"), text(e.pkg.RootTag), text(e.pkg.Declarations)),
		jen.Return(jen.Id("w").Dot("Result").Call()),
	)
	f.Add(comment("MarshalXML implements [xml.Marshaler]. The element keeps the document's own name."))
	f.Add(method(root, "MarshalXML")).Params(jen.Id("e").Op("*").Qual("encoding/xml", "Encoder"), jen.Id("_").Qual("encoding/xml", "StartElement")).Error().Block(
		jen.List(jen.Id("b"), jen.Err()).Op(":=").Add(recv()).Dot("AppendXML").Call(jen.Nil()),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())),
		jen.Return(e.rt("MarshalElement").Call(jen.Id("e"), jen.Id("b"))),
	)
	f.Add(comment("UnmarshalXML implements [xml.Unmarshaler]."))
	f.Add(method(root, "UnmarshalXML")).Params(jen.Id("d").Op("*").Qual("encoding/xml", "Decoder"), jen.Id("start").Qual("encoding/xml", "StartElement")).Error().Block(
		jen.List(jen.Id("b"), jen.Err()).Op(":=").Add(e.rt("UnmarshalElement").Call(jen.Id("d"), jen.Id("start"))),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())),
		jen.List(jen.Id("decoded"), jen.Err()).Op(":=").Id("DecodeXML").Call(jen.Id("b")),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())),
		jen.Op("*").Add(recv()).Op("=").Op("*").Id("decoded"),
		jen.Return(jen.Nil()),
	)
	f.Line()
	for _, r := range e.pkg.Records {
		if r.Kind.Value() {
			e.textMethod(f, r)
			continue
		}
		declarations := r == root
		params := []jen.Code{jen.Id("w").Op("*").Add(e.rt("XMLWriter")), jen.Id("tag").String()}
		var decl jen.Code = text("")
		if declarations {
			params[1] = jen.List(jen.Id("tag"), jen.Id("declarations")).String()
			decl = jen.Id("declarations")
		}
		f.Add(method(r, "writeXML")).Params(params...).BlockFunc(func(g *jen.Group) { e.writeXML(g, r, decl) })
		f.Line()
	}
}

func (e *emitter) writeXML(g *jen.Group, r *plan.Record, declarations jen.Code) {
	recv := func() *jen.Statement { return id(r.Receiver) }
	g.Id("w").Dot("Open").Call(jen.Id("tag"), declarations)
	for _, f := range r.Fields {
		if b := f.Model.XML; b != nil && b.Node == model.NodeAttribute {
			e.guarded(g, f, recv().Dot(f.Name), func(g *jen.Group, v *jen.Statement) {
				switch {
				case f.Shape == plan.ShapeScalar && f.Primitive == model.QName:
					g.Id("w").Dot("AttrQName").Call(text(f.Tag), value(f, v))
					return
				case names(f):
					g.Id("w").Dot("AttrQName").Call(text(f.Tag), v.Clone().Op("..."))
					return
				}
				g.Id("w").Dot("Attr").Call(text(f.Tag), e.lexical(f, v))
			})
		}
	}
	qualified := r.Text != nil && (r.Text.Shape == plan.ShapeScalar && r.Text.Primitive == model.QName || names(r.Text))
	if qualified {
		g.Var().Id("name").String()
		e.guarded(g, r.Text, recv().Dot(r.Text.Name), func(g *jen.Group, v *jen.Statement) {
			if names(r.Text) {
				v = v.Clone().Op("...")
			} else {
				v = value(r.Text, v)
			}
			g.Id("name").Op("=").Id("w").Dot("Qualified").Call(text(""), v)
		})
	}
	g.Id("w").Dot("Content").Call(recv().Dot(r.Unknown), declarations)
	if r.Nillable {
		g.If(e.rt("IsNil").Call(recv().Dot(r.Unknown))).Block(jen.Id("w").Dot("End").Call(jen.Id("tag")), jen.Return())
	}
	switch {
	case qualified:
		g.Id("w").Dot("Text").Call(jen.Id("name"))
	case r.Text != nil:
		e.guarded(g, r.Text, recv().Dot(r.Text.Name), func(g *jen.Group, v *jen.Statement) {
			g.Id("w").Dot("Text").Call(e.lexical(r.Text, v))
		})
	}
	if r.Order != "" {
		e.writeOrdered(g, r)
		return
	}
	for _, f := range r.Fields {
		if b := f.Model.XML; b != nil && b.Node == model.NodeElement {
			e.guarded(g, f, recv().Dot(f.Name), func(g *jen.Group, v *jen.Statement) { e.element(g, f, v) })
		}
	}
	g.Id("w").Dot("Close").Call(jen.Id("tag"), recv().Dot(r.Unknown))
}

// element writes one element.
func (e *emitter) element(g *jen.Group, f *plan.Field, v *jen.Statement) {
	switch {
	case names(f):
		g.Id("w").Dot("QName").Call(text(f.Tag), v.Clone().Op("..."))
	case !textual(f) && f.Record == e.pkg.Root:
		g.Add(v).Dot("writeXML").Call(jen.Id("w"), text(f.Tag), text(""))
	case !textual(f):
		g.Add(v).Dot("writeXML").Call(jen.Id("w"), text(f.Tag))
	case f.Shape == plan.ShapeRaw:
		g.Id("w").Dot("Raw").Call(jen.String().Call(value(f, v)))
	case f.Nillable:
		name, held := e.writer(f, v.Clone().Dot("Value"))
		g.If(v.Clone().Dot("Nil")).Block(jen.Id("w").Dot("Nil").Call(text(f.Tag))).
			Else().Block(jen.Id("w").Dot(name).Call(text(f.Tag), held))
	default:
		name, v := e.writer(f, v)
		g.Id("w").Dot(name).Call(text(f.Tag), v)
	}
}

// writeOrdered writes the children in the order that they stood in.
func (e *emitter) writeOrdered(g *jen.Group, r *plan.Record) {
	recv := func(name string) *jen.Statement { return id(r.Receiver).Dot(name) }
	var fields []*plan.Field
	for _, f := range r.Fields {
		if b := f.Model.XML; b != nil && b.Node == model.NodeElement {
			fields = append(fields, f)
		}
	}
	counts := []jen.Code{e.rt("Kept").Call(recv(r.Unknown))}
	for _, f := range fields {
		switch there := has(f, recv(f.Name)); {
		case f.Occurs == model.Many:
			counts = append(counts, jen.Len(recv(f.Name)))
		case there == nil:
			counts = append(counts, jen.Lit(1))
		default:
			counts = append(counts, e.rt("One").Call(there))
		}
	}
	g.For(jen.Id("slot").Op(":=").Range().Add(recv(r.Order)).Dot("Slots").Call(counts...)).Block(
		jen.Switch(jen.Id("slot").Dot("Field")).BlockFunc(func(g *jen.Group) {
			for _, f := range fields {
				v := recv(f.Name)
				if f.Occurs == model.Many {
					v = v.Index(jen.Id("slot").Dot("Nth"))
				}
				g.Case(id(f.XMLIndex.Const)).BlockFunc(func(g *jen.Group) { e.element(g, f, v) })
			}
			g.Default().Block(jen.Id("w").Dot("Kept").Call(recv(r.Unknown), jen.Id("slot").Dot("Nth")))
		}),
	)
	g.Id("w").Dot("End").Call(jen.Id("tag"))
}

// writer names the runtime's method that writes a scalar in XML, and converts
// the value for it.
func (e *emitter) writer(f *plan.Field, v *jen.Statement) (string, *jen.Statement) {
	name := scalarReader(f)
	switch {
	case f.Shape == plan.ShapeEnum:
		return "String", jen.String().Call(value(f, v))
	case f.Shape == plan.ShapeList || f.Shape == plan.ShapeRecord:
		return "String", e.lexical(f, v)
	case name == "QName":
		return name, value(f, v)
	case f.Lexical():
		return "String", v.Clone().Dot("Lexical").Call()
	case name == "Int32":
		return "Int64", jen.Int64().Call(value(f, v))
	}
	return name, value(f, v)
}

// value is what a field holds, or points to.
func value(f *plan.Field, v *jen.Statement) *jen.Statement {
	if f.Pointer && !f.Nillable {
		return jen.Op("*").Add(v)
	}
	return v
}

// lexical converts a scalar to its text, for attributes and character data.
func (e *emitter) lexical(f *plan.Field, v *jen.Statement) *jen.Statement {
	switch name := scalarReader(f); {
	case f.Shape == plan.ShapeEnum:
		return jen.String().Call(value(f, v))
	case f.Shape == plan.ShapeList:
		return e.spaced(f.Item, v)
	case f.Shape == plan.ShapeRecord:
		return v.Clone().Dot("text").Call()
	case name == "String":
		return value(f, v)
	case name == "Time":
		return v.Clone().Dot("String").Call()
	case f.Lexical():
		return v.Clone().Dot("Lexical").Call()
	default:
		return e.rt("Lexical").Call(value(f, v))
	}
}

// guarded writes code for a field's value, unless it is absent: for each item
// of a list, for what a pointer points to, for a text that is not empty.
func (e *emitter) guarded(g *jen.Group, f *plan.Field, field *jen.Statement, body func(*jen.Group, *jen.Statement)) {
	switch {
	case f.Occurs == model.Many && f.Shape == plan.ShapeRecord && !f.PointerItems:
		g.For(jen.Id("i").Op(":=").Range().Add(field)).BlockFunc(func(g *jen.Group) {
			body(g, field.Clone().Index(jen.Id("i")))
		})
	case f.Occurs == model.Many:
		g.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(field)).BlockFunc(func(g *jen.Group) {
			body(g, jen.Id("item"))
		})
	case f.Pointer:
		g.If(field.Clone().Op("!=").Nil()).BlockFunc(func(g *jen.Group) { body(g, field) })
	default:
		if there := given(f, field); there != nil {
			g.If(there).BlockFunc(func(g *jen.Group) { body(g, field) })
			return
		}
		body(g, field)
	}
}

// given asks whether a field that is no pointer and no list has a value; nil:
// always.
func given(f *plan.Field, field *jen.Statement) *jen.Statement {
	switch {
	case f.Shape == plan.ShapeList && f.Occurs == model.Optional && f.Model.JSON == nil:
		return field.Clone().Op("!=").Nil()
	case f.Shape == plan.ShapeList && f.Occurs == model.Optional:
		return jen.Len(field.Clone()).Op(">").Lit(0)
	case f.Shape == plan.ShapeRaw,
		f.Occurs == model.Optional && !f.Nillable && (f.Shape == plan.ShapeEnum || f.Shape == plan.ShapeScalar && scalarReader(f) == "String"):
		return field.Clone().Op("!=").Lit("")
	case f.ZeroIsAbsent():
		return jen.Op("!").Add(field.Clone()).Dot("IsZero").Call()
	}
	return nil
}

// encodeJSON writes AppendJSON, the methods of package encoding/json, and the
// writers of the records.
func (e *emitter) encodeJSON(f *jen.File) {
	root := e.pkg.Root
	recv := func() *jen.Statement { return id(root.Receiver) }
	f.Add(comment("AppendJSON appends the document in JSON. It fails on text that is not UTF-8."))
	f.Add(method(root, "AppendJSON")).Params(jen.Id("b").Index().Byte()).Params(jen.Index().Byte(), jen.Error()).Block(
		jen.Id("w").Op(":=").Add(e.rt("JSONWriter")).Values(jen.Id("Buf").Op(":").Id("b")),
		recv().Dot("writeJSON").Call(jen.Op("&").Id("w")),
		jen.Return(jen.Id("w").Dot("Result").Call()),
	)
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
		f := r.Fields[0]
		e.jsonWhole(g, f, id(r.Receiver).Dot(f.Name))
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
		g.If(jen.Len(field.Clone()).Op(">").Lit(0)).BlockFunc(whole)
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
		g.If(jen.Len(field.Clone()).Op(">").Lit(0)).BlockFunc(whole)
		return
	}
	if f.Occurs == model.One && b.Null && f.Pointer {
		g.Add(name)
		e.jsonWhole(g, f, field)
		return
	}
	e.guarded(g, f, field, func(g *jen.Group, v *jen.Statement) {
		g.Add(name)
		e.jsonValue(g, f, v)
	})
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
		one := *f
		one.PointerItems, one.Occurs, one.Pointer = false, model.Optional, true
		e.jsonWhole(g, &one, v)
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
		g.Add(w).Dot("Raw").Call(jen.String().Call(value(f, v)))
		return
	}
	if f.Lexical() && f.Spelling != model.JSONString {
		g.Add(w).Dot("Raw").Call(v.Clone().Dot("String").Call()) // a number that Go has no type for
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
