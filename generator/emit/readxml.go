package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/naming"
	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// decodeXML writes the functions that read records from XML.
func (e *emitter) decodeXML(f *file) {
	for _, r := range e.pkg.Records {
		f.next()
		if r.Kind.Value() {
			e.decodeValue(f, r)
			continue
		}
		f.Add(comment(reads(r, "XML") + " reads the element of " + a(r.Name) + "."))
		f.Func().Id(reads(r, "XML")).Params(jen.Id("d").Op("*").Id("Decoder"), jen.Id("v").Op("*").Add(id(r.Name))).BlockFunc(func(g *jen.Group) {
			e.xmlBody(g, r)
		})
		for _, field := range r.Fields {
			if field.Wrapper != nil {
				e.wrapperXML(f, r, field)
			}
		}
	}
}

// wrapperXML writes the function that reads the element around the items of a list.
func (e *emitter) wrapperXML(f *file, r *plan.Record, list *plan.Field) {
	x, name := jen.Id("d").Dot("xml"), unwrap(list)
	unknown := func() *jen.Statement { return jen.Id("v").Dot(r.Unknown) }
	f.Add(comment(name + " reads the element around the items of " + r.Name + "." + list.Name + "."))
	f.Func().Id(name).Params(jen.Id("d").Op("*").Id("Decoder"), jen.Id("v").Op("*").Add(id(r.Name))).Block(
		jen.Var().Id("e").Add(e.rt("Element")),
		x.Clone().Dot("Wrapper").Call(jen.Op("&").Id("e"), jen.Op("&").Add(unknown())),
		jen.For(x.Clone().Dot("Child").Call(jen.Op("&").Id("e"), e.table(list.Wrapper.Items))).Block(
			jen.Switch(jen.Id("e").Dot("Field")).BlockFunc(func(g *jen.Group) {
				g.Case(id(list.XMLIndex.Const)).BlockFunc(func(g *jen.Group) { e.child(g, list) })
				g.Default().Block(unknown().Op("=").Add(x.Clone()).Dot("Keep").Call(unknown()))
			}),
		),
	)
}

// unwrap names that function.
func unwrap(f *plan.Field) string { return "unwrap" + naming.Exported(f.Wrapper.Index.Const) }

func (e *emitter) xmlBody(g *jen.Group, r *plan.Record) {
	x := jen.Id("d").Dot("xml")
	g.Var().Id("e").Add(e.rt("Element"))
	g.Add(x.Clone()).Dot("Open").Call(jen.Op("&").Id("e"))
	attr := func(table jen.Code) *jen.Statement {
		return x.Clone().Dot("Attr").Call(jen.Op("&").Id("e"), table, jen.Op("&").Id("v").Dot(r.Unknown))
	}
	if r.Attributes == nil {
		g.Add(x.Clone()).Dot("NoAttr").Call(jen.Op("&").Id("e"), jen.Op("&").Id("v").Dot(r.Unknown))
	} else {
		g.For(attr(e.table(r.Attributes))).Block(
			jen.Switch(jen.Id("e").Dot("Field")).BlockFunc(func(g *jen.Group) {
				for _, f := range r.Fields {
					if b := f.Model.XML; b != nil && b.Node == model.NodeAttribute {
						g.Case(id(f.XMLIndex.Const)).BlockFunc(func(g *jen.Group) { e.valueXML(g, f, fieldOf(f)) })
					}
				}
			}),
		)
	}
	if r.Text != nil {
		g.Add(x.Clone()).Dot("Value").Call(jen.Op("&").Id("e"))
		e.valueXML(g, r.Text, fieldOf(r.Text))
		g.Add(x.Clone()).Dot("Leave").Call(jen.Op("&").Id("e"))
		return
	}
	g.For(x.Clone().Dot("Child").Call(jen.Op("&").Id("e"), e.table(r.Elements))).BlockFunc(func(g *jen.Group) {
		g.Switch(jen.Id("e").Dot("Field")).BlockFunc(func(g *jen.Group) {
			for _, f := range r.Fields {
				b := f.Model.XML
				if b == nil || b.Node != model.NodeElement {
					continue
				}
				if w := f.Wrapper; w != nil {
					g.Case(id(w.Index.Const)).Block(jen.If(x.Clone().Dot("Present").Call()).Block(
						jen.Id(unwrap(f)).Call(jen.Id("d"), jen.Id("v")),
					))
					continue
				}
				g.Case(id(f.XMLIndex.Const)).BlockFunc(func(g *jen.Group) { e.child(g, f) })
			}
			g.Default().Block(jen.Id("v").Dot(r.Unknown).Op("=").Add(x.Clone()).Dot("Keep").Call(jen.Id("v").Dot(r.Unknown)))
		})
		if r.Order != "" {
			g.Id("v").Dot(r.Order).Dot("Add").Call(x.Clone().Dot("Stood").Call(jen.Op("&").Id("e")))
		}
	})
}

// child reads the element that stands here into its field.
func (e *emitter) child(g *jen.Group, f *plan.Field) {
	x, field := reader("XML"), fieldOf(f)
	add := func(item jen.Code) jen.Code { return field.Clone().Op("=").Append(field.Clone(), item) }
	record := func(g *jen.Group) { e.into(g, f, "XML", field) }
	always := f.Shape == plan.ShapeRecord && (f.Record.Text != nil || f.Record.Attributes != nil || f.Record.Mixed || f.Record.Kind.Value()) || f.KeepEmpty
	if !f.PointerItems {
		switch {
		case always && f.Model.XML.Nillable && f.Model.JSON != nil:
			g.If(jen.Op("!").Add(x).Dot("Nil").Call()).BlockFunc(record)
		case textual(f):
			e.valueXML(g, f, field)
		case always:
			record(g)
		default:
			g.If(x.Dot("Present").Call()).BlockFunc(record)
		}
		return
	}
	s := g.If(x.Clone().Dot("Nil").Call()).Block(add(jen.Nil())).Else()
	switch {
	case always:
		s.BlockFunc(record)
	case f.Shape == plan.ShapeRecord:
		s.If(x.Clone().Dot("Present").Call()).BlockFunc(record)
	default:
		s.If(jen.List(jen.Id("value"), jen.Id("ok")).Op(":=").Add(e.scalarRead(f, "XML")), jen.Id("ok")).Block(
			add(slab(f.Slab).Dot("Keep").Call(jen.Id("value"), jen.True())),
		)
	}
}

// xmlReader is scalarReader for XML, which may say what is done to the white
// space of texts.
func xmlReader(f *plan.Field) string {
	name := scalarReader(f)
	switch {
	case f.EitherForm():
		return "Anything"
	case name != "String":
	case f.WhiteSpace == "collapse":
		return "Token"
	case f.WhiteSpace == "replace":
		return "Line"
	}
	return name
}
