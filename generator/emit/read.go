package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// reads names the function that reads a record. It is no method of the decoder:
// compilers look methods up one by one, and there may be thousands of records.
func reads(r *plan.Record, form string) string { return "read" + ident(r.Name) + form }

// fieldOf is a field of the value that a method reads.
func fieldOf(f *plan.Field) *jen.Statement { return fieldIn(jen.Id("v"), f) }

// fieldIn is a field of a record. That of a record which is a slice is the variable
// items.
func fieldIn(record *jen.Statement, f *plan.Field) *jen.Statement {
	if f.Bare {
		return jen.Id("items")
	}
	return record.Dot(f.Name)
}

// items declares that variable, in a method of such a record.
func items(g *jen.Group, r *plan.Record) {
	if r.Slice {
		g.Id("items").Op(":=").Op("*").Add(id(r.Receiver))
	}
}

// begin names the runtime's method that tells whether a record stands here.
func (e *emitter) begin(f *plan.Field) string {
	switch {
	case f.Record.Kind != plan.RecordObject || f.Record.Others:
		return "Present"
	case f.KeepEmpty:
		return "Exists"
	}
	return "Begin"
}

// into reads the record that stands here into dst.
func (e *emitter) into(g *jen.Group, f *plan.Field, form string, dst *jen.Statement) {
	read := jen.Id(reads(f.Record, form))
	field := dst.Clone()
	switch {
	case f.PointerItems:
		g.Id("item").Op(":=").Add(slab(f.Slab)).Dot("New").Call()
		g.Add(read).Call(jen.Id("d"), jen.Id("item"))
		g.Add(field.Clone()).Op("=").Append(field.Clone(), jen.Id("item"))
	case f.Occurs == model.Many && f.Record.Hollow:
		g.Id("item").Op(":=").Add(slab(f.Slab)).Dot("Append").Call(jen.Op("&").Add(field))
		g.Add(read).Call(jen.Id("d"), jen.Id("item"))
		g.If(jen.Id("item").Dot("hollow").Call()).Block(slab(f.Slab).Dot("Drop").Call(jen.Op("&").Add(field)))
	case f.Occurs == model.Many:
		g.Add(read).Call(jen.Id("d"), slab(f.Slab).Dot("Append").Call(jen.Op("&").Add(field)))
	case f.Pointer:
		g.Add(field.Clone()).Op("=").Add(slab(f.Slab)).Dot("New").Call()
		g.Add(read).Call(jen.Id("d"), field.Clone())
		if f.Record.Hollow {
			g.If(field.Clone().Dot("hollow").Call()).Block(field.Clone().Op("=").Nil())
		}
	default:
		g.Add(read).Call(jen.Id("d"), jen.Op("&").Add(field))
	}
}

// scalarReaders name the runtime's methods by primitive.
func scalarReader(f *plan.Field) string {
	if f.Shape == plan.ShapeRaw {
		return "Raw"
	}
	switch f.Primitive {
	case model.String, model.URI:
		return "String"
	case model.Boolean:
		return "Bool"
	case model.Int32:
		return "Int32"
	case model.Int64:
		return "Int64"
	case model.Uint64:
		return "Uint64"
	case model.Float32:
		return "Float32"
	case model.Float64:
		return "Float64"
	}
	return plan.GoTypeOf(f.Primitive).Name
}

// scalar reads the value that stands here into dst, or adds it to dst if that
// is a list.
func (e *emitter) scalar(g *jen.Group, f *plan.Field, form string, dst *jen.Statement) {
	read := e.scalarRead(f, form)
	switch {
	case f.PointerItems:
		g.Add(dst.Clone()).Op("=").Append(dst.Clone(), slab(f.Slab).Dot("Keep").Call(read))
	case f.Occurs == model.Many:
		g.If(jen.List(jen.Id("value"), jen.Id("ok")).Op(":=").Add(read), jen.Id("ok")).Block(
			slab(f.Slab).Dot("Push").Call(jen.Op("&").Add(dst.Clone()), jen.Id("value")),
		)
	case f.Pointer:
		g.Add(dst.Clone()).Op("=").Add(slab(f.Slab)).Dot("Keep").Call(read)
	default:
		g.List(dst.Clone(), jen.Id("_")).Op("=").Add(read)
	}
}

// scalarRead reads the value that stands here, and whether there is one.
func (e *emitter) scalarRead(f *plan.Field, form string) *jen.Statement {
	read := reader(form).Dot(scalarReader(f)).Call()
	if form == "XML" {
		read = reader(form).Dot(xmlReader(f)).Call()
	}
	method := func() *jen.Statement { return jen.Parens(jen.Op("*").Add(e.rt("XML"))).Dot(xmlReader(f)) }
	switch {
	case f.Nillable && f.Shape == plan.ShapeEnum:
		read = e.rt("ReadNillableText").Types(id(f.Enum.Name)).Call(jen.Op("&").Add(reader(form)), method())
	case f.Nillable:
		read = e.rt("ReadNillable").Call(jen.Op("&").Add(reader(form)), method())
	case f.Shape == plan.ShapeEnum:
		read = e.rt("As").Types(id(f.Enum.Name)).Call(read)
	}
	return read
}
