package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// decodeJSON writes the functions that read records from JSON.
func (e *emitter) decodeJSON(f *file) {
	for _, r := range e.pkg.Records {
		f.next()
		noun := "object"
		if r.Kind != plan.RecordObject {
			noun = "value"
		}
		f.Add(comment(reads(r, "JSON") + " reads the " + noun + " of " + a(r.Name) + "."))
		f.Func().Id(reads(r, "JSON")).Params(jen.Id("d").Op("*").Id("Decoder"), jen.Id("v").Op("*").Add(id(r.Name))).BlockFunc(func(g *jen.Group) {
			if r.Kind != plan.RecordUnion && r.Raw != "" {
				g.If(jen.Op("!").Id("d").Dot("json").Dot("IsArray").Call()).Block(
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
				if !r.Slice {
					e.jsonField(g, r.Fields[0], fieldOf(r.Fields[0]))
					return
				}
				g.Var().Id("items").Add(e.fieldType(r.Fields[0]))
				e.jsonField(g, r.Fields[0], fieldOf(r.Fields[0]))
				g.Op("*").Id("v").Op("=").Id("items")
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
	begin, next := j.Clone().Dot("List").Call(), "Item"
	if !e.pkg.XML { // null is a value
		places := len(r.Fields)
		if r.Fields[places-1].Occurs == model.Many {
			places--
		}
		begin, next = j.Clone().Dot("Tuple").Call(jen.Lit(places)), "Place"
		if places < len(r.Fields) && r.Fields[places].Model.JSON.NullItems {
			next = "NullPlace"
		}
	}
	g.For(jen.Id("l").Op(":=").Add(begin), j.Clone().Dot(next).Call(jen.Op("&").Id("l")), jen.Empty()).Block(
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
func (e *emitter) unions(f *file) {
	for _, r := range e.pkg.Records {
		if r.Kind != plan.RecordUnion || r.AsText {
			continue
		}
		f.next()
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
	next := "Item"
	if f.Model.JSON.NullItems {
		next = "NullItem"
	}
	g.For(jen.Id("l").Op(":=").Add(list), j.Clone().Dot(next).Call(jen.Op("&").Id("l")), jen.Empty()).BlockFunc(func(g *jen.Group) {
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
