package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// This file writes what reads and writes the lists and unions of XML's simple
// types: what XML has as one text.

// textual tells whether a field is no record with members, but a value that XML
// has as a text.
func textual(f *plan.Field) bool { return f.Shape != plan.ShapeRecord || f.Record.Kind.Value() }

// valueXML reads the text that stands here into dst, or adds it to dst if that is
// a list of such.
func (e *emitter) valueXML(g *jen.Group, f *plan.Field, dst *jen.Statement) {
	switch {
	case f.Shape == plan.ShapeList:
		if f.Occurs == model.Optional && f.Model.JSON == nil {
			g.Add(dst.Clone()).Op("=").Add(e.fieldType(f)).Values() // an empty list is not none
		}
		e.words(g, f.Item, "XML", dst)
	case f.Shape == plan.ShapeRecord && f.Nillable:
		e.nillableXML(g, f, dst)
	case f.Shape == plan.ShapeRecord:
		e.into(g, f, "XML", dst)
	default:
		e.scalar(g, f, "XML", dst)
	}
}

// words reads the items of a list in a text into dst.
func (e *emitter) words(g *jen.Group, item *plan.Field, form string, dst *jen.Statement) {
	r := reader(form)
	g.For(jen.Id("l").Op(":=").Add(r.Clone()).Dot("Words").Call(), r.Clone().Dot("Word").Call(jen.Op("&").Id("l")), jen.Empty()).BlockFunc(func(g *jen.Group) {
		switch {
		case item.Shape == plan.ShapeRecord:
			e.into(g, item, form, dst)
		default:
			e.scalar(g, item, form, dst)
		}
	})
}

// nillableXML reads a list or a union in whose place there may be nil.
func (e *emitter) nillableXML(g *jen.Group, f *plan.Field, dst *jen.Statement) {
	target := dst.Clone()
	switch {
	case f.Occurs == model.Many:
		target = jen.Id("item")
		g.Add(target.Clone()).Op(":=").Add(slab(f.Slab)).Dot("Append").Call(jen.Op("&").Add(dst.Clone()))
	case f.Pointer:
		g.Add(dst.Clone()).Op("=").Add(slab(f.Slab)).Dot("New").Call()
	}
	isNil := func() *jen.Statement { return target.Clone().Dot("Nil") }
	g.If(isNil().Op("=").Add(reader("XML")).Dot("Nil").Call(), jen.Op("!").Add(isNil())).Block(
		jen.Id(reads(f.Record, "XML")).Call(jen.Id("d"), jen.Op("&").Add(target.Clone().Dot("Value"))),
	)
}

// typesOf names what tells the types of a union apart by their texts.
func typesOf(r *plan.Record) *jen.Statement { return id("typesOf" + r.Name) }

// decodeValue writes the function that reads a box or a union from XML, and what
// tells the types of a union apart.
func (e *emitter) decodeValue(f *file, r *plan.Record) {
	if r.Kind == plan.RecordUnion {
		f.Add(comment("typesOf" + r.Name + " are the types of " + a(r.Name) + ", in the order in which a text is tried on them."))
		f.Var().Add(typesOf(r)).Op("=").Add(e.rt("XMLUnion")).Values(
			jen.Id("Contract").Op(":").Id("contractXML"),
			jen.Id("Members").Op(":").Index().Int().ValuesFunc(func(g *jen.Group) {
				for _, v := range r.Fields {
					g.Lit(e.contracts.Simple(v.Simple))
				}
			}),
		)
	}
	f.Add(comment(reads(r, "XML") + " reads the text of " + a(r.Name) + "."))
	f.Func().Id(reads(r, "XML")).Params(jen.Id("d").Op("*").Id("Decoder"), jen.Id("v").Op("*").Add(id(r.Name))).BlockFunc(func(g *jen.Group) {
		if r.Kind == plan.RecordUnion {
			e.which(g, r, "XML")
			return
		}
		e.words(g, r.Fields[0], "XML", fieldOf(r.Fields[0]))
	})
}

// which reads a value of one of several types that a text is.
func (e *emitter) which(g *jen.Group, r *plan.Record, form string) {
	g.Switch(reader(form).Dot("Which").Call(jen.Op("&").Add(typesOf(r)))).BlockFunc(func(g *jen.Group) {
		for i, f := range r.Fields {
			g.Case(jen.Lit(i)).BlockFunc(func(g *jen.Group) {
				if f.Shape == plan.ShapeRecord {
					e.into(g, f, form, fieldOf(f))
					return
				}
				e.scalar(g, f, form, fieldOf(f))
			})
		}
		untyped := reader(form).Dot("Untyped").Call()
		if !e.rawText(r) {
			untyped = e.rt("RawText").Call(untyped)
		}
		g.Default().Block(jen.Id("v").Dot(r.Raw).Op("=").Add(untyped))
	})
}

// rawText tells whether what is none of the types of a union is kept as a text: it
// is a value of JSON where JSON has others.
func (e *emitter) rawText(r *plan.Record) bool { return e.pkg.XML && (!e.pkg.JSON || r.AsText) }

// textMethod writes the method that returns the text of a box or a union.
func (e *emitter) textMethod(f *file, r *plan.Record) {
	recv := id(r.Receiver)
	f.Add(comment("text returns the value as XML spells it."))
	f.Func().Params(recv.Clone().Add(id(r.Name))).Id("text").Params().String().BlockFunc(func(g *jen.Group) {
		if r.Kind != plan.RecordUnion {
			g.Return(e.spaced(r.Fields[0], recv.Clone().Dot(r.Fields[0].Name)))
			return
		}
		g.Switch().BlockFunc(func(g *jen.Group) {
			for _, v := range r.Fields {
				field := recv.Clone().Dot(v.Name)
				g.Case(field.Clone().Op("!=").Nil()).Block(jen.Return(e.lexical(v, field)))
			}
		})
		raw := recv.Clone().Dot(r.Raw)
		if !e.rawText(r) {
			raw = raw.Dot("Text").Call()
		}
		g.Return(raw)
	})
	f.Line()
}

// spaced writes the text of a list.
func (e *emitter) spaced(item *plan.Field, list *jen.Statement) *jen.Statement {
	return e.rt("Spaced").Call(list, e.textFunc(item))
}

// textFunc names the function that returns the text of an item of a list.
func (e *emitter) textFunc(item *plan.Field) *jen.Statement {
	switch name := scalarReader(item); {
	case item.Shape == plan.ShapeRecord:
		return id(item.Record.Name).Dot("text")
	case item.Shape == plan.ShapeEnum, name == "String":
		return e.rt("Text").Types(e.valueType(item))
	case name == "Time":
		return e.valueType(item).Dot("String")
	case item.Lexical():
		return e.valueType(item).Dot("Lexical")
	}
	return e.rt("Lexical").Types(e.valueType(item))
}

// names tells whether a field is a list of names with prefixes, which the writer
// declares.
func names(f *plan.Field) bool {
	return f.Shape == plan.ShapeList && f.Item.Shape == plan.ShapeScalar && f.Item.Primitive == model.QName
}

// checkList asks the XML contract about the text of a list.
func (e *emitter) checkList(member jen.Code, simple model.XMLTypeID, item *plan.Field, list *jen.Statement) *jen.Statement {
	return e.rt("CheckList").Call(jen.Id("c"), member, jen.Id("contractXML"), jen.Lit(e.contracts.Simple(simple)), list, e.textFunc(item))
}

// checkText asks the XML contract about a text.
func (e *emitter) checkText(member jen.Code, simple model.XMLTypeID, text *jen.Statement) *jen.Statement {
	return jen.Id("c").Dot("Simple").Call(member, jen.Id("contractXML"), jen.Lit(e.contracts.Simple(simple)), text)
}

// checkItemText asks the XML contract about the text of an item of a list.
func (e *emitter) checkItemText(g *jen.Group, f *plan.Field, name jen.Code) {
	one := *f
	one.Pointer = false
	item := jen.Id("item")
	if f.Nillable {
		item = item.Dot("Value")
	}
	check := jen.Id("c").Dot("SimpleItem").Call(name, jen.Id("i"), jen.Id("contractXML"), jen.Lit(e.contracts.Simple(f.Simple)), e.lexical(&one, item))
	if f.Nillable {
		g.If(jen.Op("!").Id("item").Dot("Nil")).Block(check)
		return
	}
	g.Add(check)
}

// checkNillable writes the descent into a list or a union in whose place there may
// be nil.
func (e *emitter) checkNillable(g *jen.Group, f *plan.Field, field *jen.Statement, name jen.Code) {
	n := jen.Id("n").Op(":=").Id("c").Dot("Count").Call()
	switch {
	case f.Occurs == model.Many:
		g.For(jen.List(jen.Id("i"), jen.Id("item")).Op(":=").Range().Add(field)).Block(
			jen.If(jen.Op("!").Id("item").Dot("Nil")).Block(
				n,
				jen.Id("item").Dot("Value").Dot("validate").Call(jen.Id("c")),
				jen.Id("c").Dot("UnderItem").Call(jen.Id("n"), name, jen.Id("i")),
			),
		)
		return
	case f.Pointer:
		field = field.Clone()
		g.If(field.Clone().Op("!=").Nil().Op("&&").Op("!").Add(field.Clone()).Dot("Nil")).BlockFunc(func(g *jen.Group) {
			g.Add(n)
			g.Add(field.Clone()).Dot("Value").Dot("validate").Call(jen.Id("c"))
			g.Id("c").Dot("Under").Call(jen.Id("n"), name)
		})
		return
	}
	g.If(jen.Op("!").Add(field.Clone()).Dot("Nil")).BlockFunc(func(g *jen.Group) {
		g.Add(n)
		g.Add(field.Clone()).Dot("Value").Dot("validate").Call(jen.Id("c"))
		g.Id("c").Dot("Under").Call(jen.Id("n"), name)
	})
}

// unionDefault writes the value of a union that a text stands for.
func (e *emitter) unionDefault(r *plan.Record, value string) *jen.Statement {
	u := wire.XMLUnion{Contract: e.contracts.XML.(*wire.XMLContract)}
	for _, v := range r.Fields {
		u.Members = append(u.Members, e.contracts.Simple(v.Simple))
	}
	if i := u.Which(value); i >= 0 && r.Fields[i].Shape != plan.ShapeRecord {
		v := r.Fields[i]
		if constant := v.Constant(value); constant != nil {
			return id(r.Name).Values(id(v.Name).Op(":").Add(e.goValue(v, constant)))
		}
	}
	raw := e.rt("RawText").Call(text(value))
	if e.rawText(r) {
		raw = text(value)
	}
	return id(r.Name).Values(id(r.Raw).Op(":").Add(raw))
}
