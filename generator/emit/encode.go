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
	for _, r := range e.pkg.Records {
		declarations := r == root
		params := []jen.Code{jen.Id("w").Op("*").Add(e.rt("XMLWriter")), jen.Id("tag").String()}
		var decl jen.Code = text("")
		if declarations {
			params[1] = jen.List(jen.Id("tag"), jen.Id("declarations")).String()
			decl = jen.Id("declarations")
		}
		f.Add(method(r, "writeXML")).Params(params...).BlockFunc(func(g *jen.Group) { e.writeXML(g, r, decl) })
	}
}

func (e *emitter) writeXML(g *jen.Group, r *plan.Record, declarations jen.Code) {
	recv := func() *jen.Statement { return id(r.Receiver) }
	g.Id("w").Dot("Open").Call(jen.Id("tag"), declarations)
	for _, f := range r.Fields {
		if b := f.Model.XML; b != nil && b.Node == model.NodeAttribute {
			e.guarded(g, f, recv(), func(g *jen.Group, v *jen.Statement) {
				g.Id("w").Dot("Attr").Call(text(f.Tag), e.lexical(f, v))
			})
		}
	}
	g.Id("w").Dot("Content").Call(recv().Dot(r.Unknown), declarations)
	if r.Text != nil {
		e.guarded(g, r.Text, recv(), func(g *jen.Group, v *jen.Statement) {
			g.Id("w").Dot("Text").Call(e.lexical(r.Text, v))
		})
	}
	for _, f := range r.Fields {
		b := f.Model.XML
		if b == nil || b.Node != model.NodeElement {
			continue
		}
		e.guarded(g, f, recv(), func(g *jen.Group, v *jen.Statement) {
			switch {
			case f.Shape == plan.ShapeRecord && f.Record == e.pkg.Root:
				g.Add(v).Dot("writeXML").Call(jen.Id("w"), text(f.Tag), text(""))
			case f.Shape == plan.ShapeRecord:
				g.Add(v).Dot("writeXML").Call(jen.Id("w"), text(f.Tag))
			case f.Shape == plan.ShapeRaw:
				g.Id("w").Dot("Raw").Call(v)
			default:
				name, v := e.writer(f, v)
				g.Id("w").Dot(name).Call(text(f.Tag), v)
			}
		})
	}
	g.Id("w").Dot("Close").Call(jen.Id("tag"), recv().Dot(r.Unknown))
}

// writer names the runtime's method that writes a scalar, and converts the
// value for it.
func (e *emitter) writer(f *plan.Field, v *jen.Statement) (string, *jen.Statement) {
	if f.Shape == plan.ShapeEnum {
		return "String", jen.String().Call(v)
	}
	switch name := scalarReader(f); name {
	case "Text":
		return "String", v
	case "Int32":
		return "Int64", jen.Int64().Call(v)
	default:
		return name, v
	}
}

// lexical converts a scalar to its text, for attributes and character data.
func (e *emitter) lexical(f *plan.Field, v *jen.Statement) *jen.Statement {
	switch name := scalarReader(f); {
	case f.Shape == plan.ShapeEnum:
		return jen.String().Call(v)
	case name == "String" || name == "Text":
		return v
	case name == "Time":
		return v.Dot("String").Call()
	default:
		return e.rt("Lexical").Call(v)
	}
}

// guarded writes code for a field's value, unless it is absent: for each item
// of a list, for what a pointer points to, for a text that is not empty.
func (e *emitter) guarded(g *jen.Group, f *plan.Field, recv *jen.Statement, body func(*jen.Group, *jen.Statement)) {
	field := recv.Dot(f.Name)
	switch {
	case f.Occurs == model.Many && f.Shape == plan.ShapeRecord:
		g.For(jen.Id("i").Op(":=").Range().Add(field)).BlockFunc(func(g *jen.Group) {
			body(g, field.Clone().Index(jen.Id("i")))
		})
	case f.Occurs == model.Many:
		g.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(field)).BlockFunc(func(g *jen.Group) {
			body(g, jen.Id("item"))
		})
	case f.Pointer:
		g.If(field.Clone().Op("!=").Nil()).BlockFunc(func(g *jen.Group) {
			if f.Shape == plan.ShapeRecord || f.Primitive == model.Time && scalarReader(f) == "Time" && false {
				body(g, field)
				return
			}
			body(g, jen.Op("*").Add(field))
		})
	case f.Occurs == model.Optional && (f.Shape == plan.ShapeEnum || scalarReader(f) == "String" || scalarReader(f) == "Text" || f.Shape == plan.ShapeRaw):
		g.If(field.Clone().Op("!=").Lit("")).BlockFunc(func(g *jen.Group) { body(g, field) })
	case f.Primitive == model.Time && f.Shape == plan.ShapeScalar:
		g.If(jen.Op("!").Add(field.Clone()).Dot("IsZero").Call()).BlockFunc(func(g *jen.Group) { body(g, field) })
	default:
		body(g, field)
	}
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
	for _, r := range e.pkg.Records {
		f.Add(method(r, "writeJSON")).Params(jen.Id("w").Op("*").Add(e.rt("JSONWriter"))).BlockFunc(func(g *jen.Group) { e.writeJSON(g, r) })
	}
}

func (e *emitter) writeJSON(g *jen.Group, r *plan.Record) {
	w := jen.Id("w")
	g.Add(w.Clone()).Dot("Begin").Call(jen.LitRune('{'))
	for _, f := range r.Fields {
		b := f.Model.JSON
		if b == nil {
			continue
		}
		name := func(g *jen.Group) { g.Add(w.Clone()).Dot("Name").Call(text(escapedName(b.Name))) }
		if f.Occurs != model.Many {
			e.guarded(g, f, id(r.Receiver), func(g *jen.Group, v *jen.Statement) {
				name(g)
				e.jsonValue(g, f, v)
			})
			continue
		}
		g.If(jen.Len(id(r.Receiver).Dot(f.Name)).Op(">").Lit(0)).BlockFunc(func(g *jen.Group) {
			name(g)
			g.Add(w.Clone()).Dot("Begin").Call(jen.LitRune('['))
			e.guarded(g, f, id(r.Receiver), func(g *jen.Group, v *jen.Statement) {
				g.Add(w.Clone()).Dot("Item").Call()
				e.jsonValue(g, f, v)
			})
			g.Add(w.Clone()).Dot("End").Call(jen.LitRune(']'))
		})
	}
	g.Add(w.Clone()).Dot("Unknown").Call(id(r.Receiver).Dot(r.Unknown))
	g.Add(w.Clone()).Dot("End").Call(jen.LitRune('}'))
}

// jsonValue writes a value in JSON.
func (e *emitter) jsonValue(g *jen.Group, f *plan.Field, v *jen.Statement) {
	w := jen.Id("w")
	switch f.Shape {
	case plan.ShapeRecord:
		g.Add(v).Dot("writeJSON").Call(w)
		return
	case plan.ShapeRaw:
		g.Add(w).Dot("Raw").Call(v)
		return
	}
	method, v := e.writer(f, v)
	switch {
	case method == "String" && f.Shape == plan.ShapeScalar && f.Spelling != model.JSONString:
		g.Add(w).Dot("Raw").Call(v) // a number that Go has no type for
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
