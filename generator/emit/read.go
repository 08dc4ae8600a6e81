package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// decodeXML writes the functions that read records from XML.
func (e *emitter) decodeXML(f *jen.File) {
	for _, r := range e.pkg.Records {
		if r.Kind.Value() {
			e.decodeValue(f, r)
			continue
		}
		f.Add(comment(reads(r, "XML") + " reads the element of " + a(r.Name) + "."))
		f.Func().Id(reads(r, "XML")).Params(jen.Id("d").Op("*").Id("Decoder"), jen.Id("v").Op("*").Add(id(r.Name))).BlockFunc(func(g *jen.Group) {
			e.xmlBody(g, r)
		})
	}
}

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
	order := jen.Null()
	if r.Order != "" {
		order = jen.Id("v").Dot(r.Order).Dot("Add").Call(jen.Id("e").Dot("Field"))
	}
	g.For(x.Clone().Dot("Child").Call(jen.Op("&").Id("e"), e.table(r.Elements))).Block(
		order,
		jen.Switch(jen.Id("e").Dot("Field")).BlockFunc(func(g *jen.Group) {
			for _, f := range r.Fields {
				b := f.Model.XML
				if b == nil || b.Node != model.NodeElement {
					continue
				}
				g.Case(id(f.XMLIndex.Const)).BlockFunc(func(g *jen.Group) {
					if textual(f) {
						e.valueXML(g, f, fieldOf(f))
						return
					}
					if f.Record.Text != nil || f.Record.Attributes != nil || f.Record.Mixed || f.KeepEmpty {
						e.into(g, f, "XML", fieldOf(f))
						return
					}
					g.If(x.Clone().Dot("Present").Call()).BlockFunc(func(g *jen.Group) { e.into(g, f, "XML", fieldOf(f)) })
				})
			}
			g.Default().Block(jen.Id("v").Dot(r.Unknown).Op("=").Add(x.Clone()).Dot("Keep").Call(jen.Id("v").Dot(r.Unknown)))
		}),
	)
}

// decodeJSON writes the functions that read records from JSON.
func (e *emitter) decodeJSON(f *jen.File) {
	for _, r := range e.pkg.Records {
		noun := "object"
		if r.Kind != plan.RecordObject {
			noun = "value"
		}
		f.Add(comment(reads(r, "JSON") + " reads the " + noun + " of " + a(r.Name) + "."))
		f.Func().Id(reads(r, "JSON")).Params(jen.Id("d").Op("*").Id("Decoder"), jen.Id("v").Op("*").Add(id(r.Name))).BlockFunc(func(g *jen.Group) {
			if r.Kind != plan.RecordUnion && r.Raw != "" {
				other := jen.Op("!").Id("d").Dot("json").Dot("IsArray").Call()
				if r.Large {
					other = jen.Id("d").Dot("json").Dot("IsLarge").Call()
				}
				g.If(other).Block(
					jen.List(jen.Id("v").Dot(r.Raw), jen.Id("_")).Op("=").Id("d").Dot("json").Dot("Raw").Call(),
					jen.Return(),
				)
			}
			switch r.Kind {
			case plan.RecordBox:
				if r.AsText {
					e.words(g, r.Fields[0], "JSON", fieldOf(r.Fields[0]))
					return
				}
				e.jsonField(g, r.Fields[0], fieldOf(r.Fields[0]))
			case plan.RecordTuple:
				e.tupleJSON(g, r)
			case plan.RecordUnion:
				e.unionJSON(g, r)
			default:
				e.objectJSON(g, r)
			}
		})
	}
	e.unions(f)
}

// reads names the function that reads a record. It is no method of the decoder:
// compilers look methods up one by one, and there may be thousands of records.
func reads(r *plan.Record, form string) string { return "read" + ident(r.Name) + form }

// fieldOf is a field of the value that a method reads.
func fieldOf(f *plan.Field) *jen.Statement { return jen.Id("v").Dot(f.Name) }

func (e *emitter) objectJSON(g *jen.Group, r *plan.Record) {
	j := jen.Id("d").Dot("json")
	if r.Others {
		g.If(j.Clone().Dot("KeepWhole").Call(jen.Op("&").Id("v").Dot(r.Unknown))).Block(jen.Return())
	}
	g.Id("o").Op(":=").Add(j.Clone()).Dot("Object").Call(e.table(r.Members), jen.Op("&").Id("v").Dot(r.Unknown))
	g.For(j.Clone().Dot("Member").Call(jen.Op("&").Id("o"))).BlockFunc(func(g *jen.Group) {
		if len(r.Members.Entries) == 0 {
			e.otherJSON(g, r)
			return
		}
		g.Switch(jen.Id("o").Dot("Field")).BlockFunc(func(g *jen.Group) {
			for _, f := range r.Fields {
				if f.JSONIndex == nil {
					continue
				}
				g.Case(id(f.JSONIndex.Const)).BlockFunc(func(g *jen.Group) { e.jsonField(g, f, fieldOf(f)) })
			}
			g.Default().BlockFunc(func(g *jen.Group) { e.otherJSON(g, r) })
		})
	})
}

// otherJSON reads a member that no field names: into a map whose values have a
// type, or as it is spelled.
func (e *emitter) otherJSON(g *jen.Group, r *plan.Record) {
	j := jen.Id("d").Dot("json")
	rest := func(g *jen.Group) {
		if r.Additional != nil {
			e.entryJSON(g, r.Additional, fieldOf(r.Additional))
			return
		}
		keep := "Keep"
		if len(r.Matches) > 0 {
			keep = "KeepOther"
		}
		g.Id("v").Dot(r.Unknown).Op("=").Add(j.Clone()).Dot(keep).Call(jen.Id("v").Dot(r.Unknown))
	}
	name := jen.Id("name").Op(":=").Add(j.Clone()).Dot("Name").Call()
	switch {
	case len(r.Matches) > 0:
		g.Switch(name, jen.Empty()).BlockFunc(func(g *jen.Group) {
			for _, p := range r.Matches {
				g.Case(id(p.Pattern).Dot("MatchString").Call(jen.Id("name"))).BlockFunc(func(g *jen.Group) { e.entryJSON(g, p.Field, fieldOf(p.Field)) })
			}
			g.Default().BlockFunc(rest)
		})
	case r.Additional != nil:
		g.Add(name)
		rest(g)
	default:
		rest(g)
	}
}

// entryJSON reads the value of a map's entry, whose name is in name.
func (e *emitter) entryJSON(g *jen.Group, f *plan.Field, dst *jen.Statement) {
	j := jen.Id("d").Dot("json")
	put := func(v jen.Code) *jen.Statement {
		return e.rt("Put").Call(jen.Op("&").Add(dst.Clone()), jen.Id("name"), v)
	}
	switch {
	case f.Occurs == model.Many:
		list := func(g *jen.Group) {
			g.Var().Id("list").Add(e.fieldType(f))
			e.jsonField(g, f, jen.Id("list"))
			g.Add(put(jen.Id("list")))
		}
		if f.NullEntry() {
			g.If(j.Clone().Dot("Present").Call()).BlockFunc(list)
			return
		}
		list(g)
	case f.Shape == plan.ShapeRecord:
		g.If(j.Clone().Dot(e.begin(f)).Call()).Block(
			jen.Id("item").Op(":=").Add(slab(f.Slab)).Dot("New").Call(),
			jen.Id(reads(f.Record, "JSON")).Call(jen.Id("d"), jen.Id("item")),
			put(jen.Id("item")),
		)
	default:
		value := jen.Id("value")
		if f.Shape == plan.ShapeEnum {
			value = id(f.Enum.Name).Call(value)
		}
		g.If(jen.List(jen.Id("value"), jen.Id("ok")).Op(":=").Add(j.Clone()).Dot(scalarReader(f)).Call(), jen.Id("ok")).Block(put(value))
	}
}

// mapJSON reads the entries of a map.
func (e *emitter) mapJSON(g *jen.Group, f *plan.Field, dst *jen.Statement) {
	j := jen.Id("d").Dot("json")
	entries := "Entries"
	if f.Item.NullEntry() {
		entries = "NullEntries"
	}
	none := jen.Null()
	if f.KeepNone {
		none = dst.Clone().Op("=").Add(e.fieldType(f)).Values()
	}
	g.If(j.Clone().Dot("Exists").Call()).Block(
		none,
		jen.For(jen.Id("o").Op(":=").Add(j.Clone()).Dot(entries).Call(), j.Clone().Dot("Entry").Call(jen.Op("&").Id("o")), jen.Empty()).BlockFunc(func(g *jen.Group) {
			g.Id("name").Op(":=").Add(j.Clone()).Dot("Name").Call()
			e.entryJSON(g, f.Item, dst)
		}),
	)
}

func (e *emitter) tupleJSON(g *jen.Group, r *plan.Record) {
	j := jen.Id("d").Dot("json")
	g.For(jen.Id("l").Op(":=").Add(j.Clone()).Dot("List").Call(), j.Clone().Dot("Item").Call(jen.Op("&").Id("l")), jen.Empty()).Block(
		jen.Switch(jen.Id("l").Dot("Index").Call()).BlockFunc(func(g *jen.Group) {
			for i, f := range r.Fields {
				if f.Occurs == model.Many {
					continue
				}
				g.Case(jen.Lit(i)).BlockFunc(func(g *jen.Group) { e.jsonOne(g, f, fieldOf(f)) })
			}
			g.Default().BlockFunc(func(g *jen.Group) {
				if last := r.Fields[len(r.Fields)-1]; last.Occurs == model.Many {
					e.jsonOne(g, last, fieldOf(last))
					return
				}
				g.Add(j.Clone()).Dot("Skip").Call()
			})
		}),
	)
}

// unionJSON reads a value of one of several types. The runtime tells which.
func (e *emitter) unionJSON(g *jen.Group, r *plan.Record) {
	if r.AsText {
		e.which(g, r, "JSON")
		return
	}
	j := jen.Id("d").Dot("json")
	g.Switch(j.Clone().Dot("Variant").Call(jen.Op("&").Add(unionName(r)))).BlockFunc(func(g *jen.Group) {
		for i, f := range r.Fields {
			g.Case(jen.Lit(i)).BlockFunc(func(g *jen.Group) {
				if f.Shape == plan.ShapeRecord {
					g.Add(fieldOf(f)).Op("=").Add(slab(f.Slab)).Dot("New").Call()
					if f.Record.Kind == plan.RecordObject && !f.Record.Others {
						g.If(j.Clone().Dot("Exists").Call()).Block(jen.Id(reads(f.Record, "JSON")).Call(jen.Id("d"), fieldOf(f)))
						return
					}
					g.Id(reads(f.Record, "JSON")).Call(jen.Id("d"), fieldOf(f))
					return
				}
				e.scalar(g, f, "JSON", fieldOf(f))
				if f.Shape != plan.ShapeRaw && scalarReader(f) != "String" {
					g.Id("v").Dot(r.Raw).Op("=").Add(j.Clone()).Dot("Unread").Call()
				}
			})
		}
		g.Default().Block(jen.List(jen.Id("v").Dot(r.Raw), jen.Id("_")).Op("=").Add(j.Clone()).Dot("Raw").Call())
	})
}

func unionName(r *plan.Record) *jen.Statement { return id("unionOf" + r.Name) }

// unions writes what tells the variants of unions apart.
func (e *emitter) unions(f *jen.File) {
	for _, r := range e.pkg.Records {
		if r.Kind != plan.RecordUnion || r.AsText {
			continue
		}
		f.Add(comment("unionOf" + r.Name + " tells the variants of " + a(r.Name) + " apart."))
		f.Var().Add(unionName(r)).Op("=").Add(e.rt("Union")).Values(
			jen.Id("Contract").Op(":").Id("contractJSON"),
			jen.Id("Variants").Op(":").Index().Add(e.rt("Variant")).CustomFunc(multiline, func(g *jen.Group) {
				for _, f := range r.Fields {
					g.ValuesFunc(func(g *jen.Group) {
						if len(f.Kinds) > 0 {
							g.Id("Types").Op(":").Add(e.jsonTypes(f.Kinds))
						}
						if n := e.contracts.Schema(f.Schema); n > 0 {
							g.Id("Schema").Op(":").Lit(n)
						}
					})
				}
			}),
		)
	}
}

// jsonTypes writes a set of JSON types as the validator has them.
func (e *emitter) jsonTypes(types []model.JSONType) *jen.Statement {
	s := jen.Null()
	for i, t := range types {
		if i > 0 {
			s.Op("|")
		}
		switch t {
		case model.JSONNull:
			s.Add(e.rt("TNull"))
		case model.JSONBoolean:
			s.Add(e.rt("TBoolean"))
		case model.JSONInteger, model.JSONNumber:
			s.Add(e.rt("TNumber"))
		case model.JSONArray:
			s.Add(e.rt("TArray"))
		case model.JSONObject:
			s.Add(e.rt("TObject"))
		default:
			s.Add(e.rt("TString"))
		}
	}
	return s
}

// jsonField reads the value or the list of a member into dst.
func (e *emitter) jsonField(g *jen.Group, f *plan.Field, dst *jen.Statement) {
	j := jen.Id("d").Dot("json")
	switch {
	case f.Occurs != model.Many:
		e.jsonOne(g, f, dst)
		return
	case f.Shape == plan.ShapeScalar && scalarReader(f) == "String" && !f.PointerItems && !f.KeepNone:
		g.Add(j.Clone()).Dot("Strings").Call(jen.Op("&").Add(slab(f.Slab)), jen.Op("&").Add(dst))
		return
	}
	list := j.Clone().Dot("List").Call()
	if f.KeepNone {
		list = e.rt("ListOf").Call(jen.Op("&").Add(j.Clone()), jen.Op("&").Add(dst.Clone()))
	}
	g.For(jen.Id("l").Op(":=").Add(list), j.Clone().Dot("Item").Call(jen.Op("&").Id("l")), jen.Empty()).BlockFunc(func(g *jen.Group) {
		e.jsonOne(g, f, dst)
	})
}

// jsonOne reads one value into dst, or adds it to dst if that is a list.
func (e *emitter) jsonOne(g *jen.Group, f *plan.Field, dst *jen.Statement) {
	switch f.Shape {
	case plan.ShapeRecord:
	case plan.ShapeMap:
		e.mapJSON(g, f, dst)
		return
	case plan.ShapeList:
		if f.AsText {
			e.words(g, f.Item, "JSON", dst)
			return
		}
		e.jsonField(g, f.Item, dst)
		return
	default:
		e.scalar(g, f, "JSON", dst)
		return
	}
	s := g.If(jen.Id("d").Dot("json").Dot(e.begin(f)).Call()).BlockFunc(func(g *jen.Group) { e.into(g, f, "JSON", dst) })
	if f.PointerItems {
		s.Else().Block(dst.Clone().Op("=").Append(dst.Clone(), jen.Nil()))
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

// xmlReader is scalarReader for XML, which may say what is done to the white
// space of texts.
func xmlReader(f *plan.Field) string {
	name := scalarReader(f)
	switch {
	case name != "String":
	case f.WhiteSpace == "collapse":
		return "Token"
	case f.WhiteSpace == "replace":
		return "Line"
	}
	return name
}

// scalar reads the value that stands here into dst, or adds it to dst if that
// is a list.
func (e *emitter) scalar(g *jen.Group, f *plan.Field, form string, dst *jen.Statement) {
	read := reader(form).Dot(scalarReader(f)).Call()
	if form == "XML" {
		read = reader(form).Dot(xmlReader(f)).Call()
	}
	value := jen.Id("value")
	method := func() *jen.Statement { return jen.Parens(jen.Op("*").Add(e.rt("XML"))).Dot(xmlReader(f)) }
	switch {
	case f.Nillable && f.Shape == plan.ShapeEnum:
		read = e.rt("ReadNillableText").Types(id(f.Enum.Name)).Call(jen.Op("&").Add(reader(form)), method())
	case f.Nillable:
		read = e.rt("ReadNillable").Call(jen.Op("&").Add(reader(form)), method())
	case f.Shape == plan.ShapeEnum:
		value = id(f.Enum.Name).Call(value)
	}
	take := func(then jen.Code) *jen.Statement {
		return g.If(jen.List(jen.Id("value"), jen.Id("ok")).Op(":=").Add(read), jen.Id("ok")).Block(then)
	}
	switch {
	case f.PointerItems:
		take(dst.Clone().Op("=").Append(dst.Clone(), slab(f.Slab).Dot("Put").Call(value))).
			Else().Block(dst.Clone().Op("=").Append(dst.Clone(), jen.Nil()))
	case f.Occurs == model.Many:
		take(slab(f.Slab).Dot("Push").Call(jen.Op("&").Add(dst.Clone()), value))
	case f.Pointer:
		take(dst.Clone().Op("=").Add(slab(f.Slab)).Dot("Put").Call(value))
	case f.Shape == plan.ShapeEnum && !f.Nillable:
		take(dst.Clone().Op("=").Add(value))
	default:
		g.List(dst.Clone(), jen.Id("_")).Op("=").Add(read)
	}
}
