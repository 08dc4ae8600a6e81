package emit

import (
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
func (e *emitter) encodeXML(f *file) {
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
		f.next()
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
			switch field := recv().Dot(f.Name); {
			case f.Wrapper != nil:
				e.wrapped(g, f, field)
			case f.WritesNil && f.Pointer:
				e.element(g, f, field)
			default:
				e.guarded(g, f, field, func(g *jen.Group, v *jen.Statement) { e.element(g, f, v) })
			}
		}
	}
	g.Id("w").Dot("Close").Call(jen.Id("tag"), recv().Dot(r.Unknown))
}

// wrapped writes the items of a list and the element around them.
func (e *emitter) wrapped(g *jen.Group, f *plan.Field, list *jen.Statement) {
	w := f.Wrapper
	body := func(g *jen.Group) {
		g.Id("w").Dot("Begin").Call(text(w.Tag))
		e.guarded(g, f, list, func(g *jen.Group, v *jen.Statement) { e.element(g, f, v) })
		g.Id("w").Dot("End").Call(text(w.Tag))
	}
	if !w.Optional && !w.Nillable {
		body(g)
		return
	}
	s := g.If(jen.Len(list.Clone()).Op(">").Lit(0)).BlockFunc(body)
	if w.Nillable {
		s.Else().Block(jen.Id("w").Dot("Nil").Call(text(w.Tag)))
	}
}

// element writes one element.
func (e *emitter) element(g *jen.Group, f *plan.Field, v *jen.Statement) {
	if f.PointerItems || f.WritesNil && f.Pointer {
		s := g.If(v.Clone().Op("!=").Nil()).BlockFunc(func(g *jen.Group) { e.element(g, pointed(f), v) })
		if f.WritesNil {
			s.Else().Block(jen.Id("w").Dot("Nil").Call(text(f.Tag)))
		}
		return
	}
	switch {
	case names(f):
		g.Id("w").Dot("QName").Call(text(f.Tag), v.Clone().Op("..."))
	case !textual(f) && f.Record == e.pkg.Root:
		g.Add(v).Dot("writeXML").Call(jen.Id("w"), text(f.Tag), text(""))
	case !textual(f):
		g.Add(v).Dot("writeXML").Call(jen.Id("w"), text(f.Tag))
	case f.EitherForm() && f.Model.XML.Nillable:
		g.If(v.Clone().Op("==").Lit("null")).Block(jen.Id("w").Dot("Nil").Call(text(f.Tag))).
			Else().Block(jen.Id("w").Dot("Anything").Call(text(f.Tag), v))
	case f.EitherForm():
		g.Id("w").Dot("Anything").Call(text(f.Tag), value(f, v))
	case f.Shape == plan.ShapeRaw:
		g.Id("w").Dot("Raw").Call(jen.String().Call(value(f, v)))
	case f.Nillable:
		name, held := e.writer(f, v.Clone().Dot("Value"))
		g.If(v.Clone().Dot("Nil")).Block(jen.Id("w").Dot("Nil").Call(text(f.Tag))).
			Else().Block(jen.Id("w").Dot(name).Call(text(f.Tag), held))
	default:
		name, v := e.writer(f, v)
		if f.XMLIndex.Given != "" && mayCollapse(f) {
			v = e.rt("Blank").Call(v)
		}
		g.Id("w").Dot(name).Call(text(f.Tag), v)
	}
}

// pointed is a field for a value that is a pointer: one of a list's items, or a
// member that is written when it is nil too.
func pointed(f *plan.Field) *plan.Field {
	one := *f
	one.Occurs, one.Pointer, one.PointerItems, one.WritesNil = model.Optional, true, false, false
	return &one
}

// mayCollapse tells whether a field has a value that is an empty text, which white
// space spells too.
func mayCollapse(f *plan.Field) bool {
	switch {
	case f.Shape == plan.ShapeList, f.Shape == plan.ShapeScalar && (f.Primitive == model.Hex || f.Primitive == model.Base64):
		return true
	}
	return xmlReader(f) == "Token"
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
	g.Id("w").Dot("Settle").Call(recv(r.Unknown))
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
