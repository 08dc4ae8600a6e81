package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// forms returns the forms that have a contract.
func (e *emitter) forms() []string {
	var all []string
	if e.pkg.XML {
		all = append(all, "XML")
	}
	if e.pkg.JSON {
		all = append(all, "JSON")
	}
	return all
}

// reader is the decoder's field that reads a form.
func reader(form string) *jen.Statement {
	if form == "XML" {
		return jen.Id("d").Dot("xml")
	}
	return jen.Id("d").Dot("json")
}

// decodeParams are the parameters and results of every decoding function.
func (e *emitter) decodeParams(s *jen.Statement) *jen.Statement {
	return s.Params(jen.Id("data").Index().Byte(), jen.Id("opts").Op("...").Add(e.rt("Option"))).
		Params(jen.Op("*").Add(id(e.pkg.Root.Name)), jen.Error())
}

// decoder writes the entry points, the Decoder, its memory and its tables.
func (e *emitter) decoder(f *file) {
	root := e.pkg.Root.Name
	forms := e.forms()

	// Staleness fails the build: see wire.Generation.
	f.Comment("// The runtime beside this package is too old for it if this does not compile:")
	f.Comment("// run biform generate again.")
	f.Const().Id("_").Op("=").Uint().Call(e.rt("Generation").Op("-").Lit(wire.Generation))
	f.Line()

	if len(forms) == 2 {
		f.Add(comment("Decode reads a document, XML or JSON, told apart by its first significant byte. The result owns its memory."))
		f.Add(e.decodeParams(jen.Func().Id("Decode"))).Block(
			jen.If(e.rt("IsXML").Call(jen.Id("data"))).Block(
				jen.Return(jen.Id("DecodeXML").Call(jen.Id("data"), jen.Id("opts").Op("..."))),
			),
			jen.Return(jen.Id("DecodeJSON").Call(jen.Id("data"), jen.Id("opts").Op("..."))),
		)
	} else {
		f.Add(comment("Decode reads a document. The result owns its memory."))
		f.Add(e.decodeParams(jen.Func().Id("Decode"))).Block(
			jen.Return(jen.Id("Decode"+forms[0]).Call(jen.Id("data"), jen.Id("opts").Op("..."))),
		)
	}
	for _, form := range forms {
		f.Add(comment("Decode" + form + " reads a document in " + form + ". The result owns its memory. Its errors are " +
			"[wire.Violations]; what was tolerated goes to [wire.Report]."))
		f.Add(e.decodeParams(jen.Func().Id("Decode"+form))).Block(
			jen.Id("d").Op(":=").Id("decoders").Dot("Get").Call().Assert(jen.Op("*").Id("Decoder")),
			reader(form).Dot("Start").Call(jen.Id("data"), jen.False(), jen.Id("guesses"), jen.Id("opts")),
			jen.Id("d").Dot("slabs").Dot("begin").Call(jen.Op("&").Add(reader(form)).Dot("Reader")),
			jen.List(jen.Id("v"), jen.Err()).Op(":=").Id("d").Dot("read"+form).Call(),
			jen.Id("d").Dot("slabs").Op("=").Id("slabs").Values().Comment("// the result owns its memory"),
			jen.Id("decoders").Dot("Put").Call(jen.Id("d")),
			jen.Return(jen.Id("v"), jen.Err()),
		)
	}
	f.Add(comment("decoders holds decoders between calls, for what they have learned of the order of members."))
	f.Var().Id("decoders").Op("=").Qual("sync", "Pool").Values(jen.Id("New").Op(":").Func().Params().Any().Block(
		jen.Return(jen.New(jen.Id("Decoder"))),
	))

	f.Add(comment("Decoder reads one document after the other into the same memory: a result is valid until the next call. " +
		"The zero value is ready. It must not be used by two goroutines at once."))
	f.Type().Id("Decoder").StructFunc(func(g *jen.Group) {
		for _, form := range forms {
			g.Add(id(formField(form)).Add(e.rt(form)))
		}
		g.Id("slabs").Id("slabs")
	})
	if len(forms) == 2 {
		f.Add(comment("Decode reads a document, XML or JSON, told apart by its first significant byte."))
		f.Add(e.decodeParams(decoderMethod("Decode"))).Block(
			jen.If(e.rt("IsXML").Call(jen.Id("data"))).Block(
				jen.Return(jen.Id("d").Dot("DecodeXML").Call(jen.Id("data"), jen.Id("opts").Op("..."))),
			),
			jen.Return(jen.Id("d").Dot("DecodeJSON").Call(jen.Id("data"), jen.Id("opts").Op("..."))),
		)
	} else {
		f.Add(comment("Decode reads a document."))
		f.Add(e.decodeParams(decoderMethod("Decode"))).Block(
			jen.Return(jen.Id("d").Dot("Decode"+forms[0]).Call(jen.Id("data"), jen.Id("opts").Op("..."))),
		)
	}
	for _, form := range forms {
		f.Add(comment("Decode" + form + " reads a document in " + form + "."))
		f.Add(e.decodeParams(decoderMethod("Decode"+form))).Block(
			reader(form).Dot("Start").Call(jen.Id("data"), jen.True(), jen.Id("guesses"), jen.Id("opts")),
			jen.Id("d").Dot("slabs").Dot("reset").Call(jen.Op("&").Add(reader(form)).Dot("Reader")),
			jen.Return(jen.Id("d").Dot("read"+form).Call()),
		)
	}
	for _, form := range forms {
		var args []jen.Code
		switch {
		case form == "JSON" && e.pkg.Root.Kind == plan.RecordObject:
			args = []jen.Code{e.table(e.pkg.Root.Members), text(e.pkg.Wrapper)}
		case form == "XML":
			args = []jen.Code{text(e.pkg.RootElement.Space), text(e.pkg.RootElement.Local)}
		}
		begin := reader(form).Dot("Root").Call(args...)
		if form == "XML" && (e.pkg.Declarations != "" || e.pkg.RootGiven != "" || !e.pkg.JSON) {
			begin = reader(form).Dot("RootOf").Call(jen.Op("&").Add(e.rootVariable()))
			e.rootElement(f)
		}
		if form == "JSON" && e.pkg.Root.Kind != plan.RecordObject {
			begin = reader(form).Dot("RootValue").Call()
		}
		f.Add(comment("read" + form + " reads the payload that was started."))
		f.Add(decoderMethod("read"+form)).Params().Params(jen.Op("*").Add(id(root)), jen.Error()).Block(
			jen.Id("v").Op(":=").Add(slab(e.pkg.Root.Slab)).Dot("New").Call(),
			jen.If(begin).BlockFunc(func(g *jen.Group) {
				g.Id(reads(e.pkg.Root, form)).Call(jen.Id("d"), jen.Id("v"))
				if e.pkg.Root.Unread {
					g.Add(reader(form)).Dot("KeepRoot").Call(jen.Op("&").Id("v").Dot(e.pkg.Root.Unknown))
				}
			}),
			jen.If(jen.Err().Op(":=").Add(reader(form)).Dot("Finish").Call(), jen.Err().Op("!=").Nil()).Block(
				jen.Return(jen.Nil(), jen.Err()),
			),
			jen.Return(jen.Id("v"), jen.Nil()),
		)
	}
	e.hollow(f)
	e.memory(f)
	e.tables(f)
}

func (e *emitter) rootVariable() *jen.Statement { return id("rootOf" + e.pkg.Root.Name) }

// rootElement writes what the XML reader must know of the root.
func (e *emitter) rootElement(f *file) {
	f.Add(comment("rootOf" + e.pkg.Root.Name + " is the document's root element."))
	f.Var().Add(e.rootVariable()).Op("=").Add(e.rt("Root")).ValuesFunc(func(g *jen.Group) {
		set := func(name, v string) {
			if v != "" {
				g.Id(name).Op(":").Add(text(v))
			}
		}
		set("Space", e.pkg.RootElement.Space)
		set("Local", e.pkg.RootElement.Local)
		set("Declarations", e.pkg.Declarations)
		set("Given", e.pkg.RootGiven)
		if !e.pkg.JSON {
			g.Id("Exact").Op(":").True()
		}
		if e.pkg.KeepDefault {
			g.Id("Default").Op(":").True()
		}
	})
}

// hollow writes the methods that tell records which hold nothing.
func (e *emitter) hollow(f *file) {
	for _, r := range e.pkg.Records {
		if !r.Hollow || r.Slab == nil {
			continue
		}
		f.next()
		recv := func() *jen.Statement { return id(r.Receiver) }
		f.Add(comment("hollow tells whether nothing stands in it, however deep; it is absent then."))
		f.Add(method(r, "hollow")).Params().Bool().Block(jen.ReturnFunc(func(g *jen.Group) {
			s := e.rt("Hollow").Call(recv().Dot(r.Unknown))
			for _, f := range r.Fields {
				s.Op("&&").Add(absent(f, recv().Dot(f.Name)))
			}
			g.Add(s)
		}))
	}
}

// absent writes the question whether an optional field is absent.
func absent(f *plan.Field, field *jen.Statement) *jen.Statement {
	switch {
	case f.Shape == plan.ShapeList && f.Model.JSON == nil:
		return field.Op("==").Nil()
	case f.Occurs == model.Many, f.Shape == plan.ShapeList:
		return jen.Len(field).Op("==").Lit(0)
	case f.Pointer:
		return field.Op("==").Nil()
	case f.ZeroIsAbsent():
		return field.Dot("IsZero").Call()
	}
	return field.Op("==").Lit("")
}

func formField(form string) string {
	if form == "XML" {
		return "xml"
	}
	return "json"
}

func decoderMethod(name string) *jen.Statement {
	return jen.Func().Params(jen.Id("d").Op("*").Id("Decoder")).Add(id(name))
}
