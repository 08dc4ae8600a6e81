package emit

import (
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/plan"
)

// slab names a slab of the decoder.
func slab(s *plan.Slab) *jen.Statement {
	all := jen.Id("d").Dot("slabs")
	if s.Part > 0 {
		all.Dot(slabsPart(s.Part))
	}
	return all.Dot(s.Field)
}

func slabsPart(n int) string { return "part" + strconv.Itoa(n) }

// memory writes the slabs and what a fresh result begins with.
func (e *emitter) memory(f *file) {
	all := e.pkg.Slabs
	f.Add(comment("slabs is where a decoder takes values from: one slab for each type that stands in lists or behind pointers."))
	parts := partsOf(all)
	if len(parts) == 1 {
		e.slabs(f, "slabs", all)
	} else {
		f.Type().Id("slabs").StructFunc(func(g *jen.Group) {
			for i := range parts {
				g.Id(slabsPart(i + 1)).Id("slabs" + strconv.Itoa(i+1))
			}
		})
	}
	f.Add(comment("firstRoom is what a fresh result has room for before anything else is allocated."))
	f.Type().Id("firstRoom").StructFunc(func(g *jen.Group) {
		for _, s := range all {
			if s.First > 0 {
				g.Add(id(s.Field).Index(jen.Lit(s.First)).Add(e.goType(s.Type)))
			}
		}
	})
	reader := jen.Id("r").Op("*").Add(e.rt("Reader"))
	first := jen.Id("first").Op(":=").New(jen.Id("firstRoom"))
	method := func(of, name string, params ...jen.Code) *jen.Statement {
		return jen.Func().Params(jen.Id("s").Op("*").Id(of)).Id(name).Params(params...)
	}
	f.Add(comment("begin gives the slabs memory of their own, for a result that will own it."))
	f.Add(method("slabs", "begin", reader)).BlockFunc(func(g *jen.Group) {
		g.Add(first)
		if len(parts) == 1 {
			begin(g, all)
			return
		}
		for i := range parts {
			g.Id("s").Dot(slabsPart(i+1)).Dot("begin").Call(jen.Id("r"), jen.Id("first"))
		}
	})
	f.Add(comment("reset makes the slabs use their memory again."))
	f.Add(method("slabs", "reset", reader)).BlockFunc(func(g *jen.Group) {
		if len(parts) == 1 {
			reset(g, all)
			return
		}
		for i := range parts {
			g.Id("s").Dot(slabsPart(i + 1)).Dot("reset").Call(jen.Id("r"))
		}
	})
	if len(parts) == 1 {
		return
	}
	for i, part := range parts {
		name := "slabs" + strconv.Itoa(i+1)
		f.Add(comment(name + " is a part of slabs."))
		e.slabs(f, name, part)
		f.Add(method(name, "begin", reader, jen.Id("first").Op("*").Id("firstRoom"))).BlockFunc(func(g *jen.Group) { begin(g, part) })
		f.Add(method(name, "reset", reader)).BlockFunc(func(g *jen.Group) { reset(g, part) })
	}
}

// partsOf parts the slabs as the plan has them.
func partsOf(all []*plan.Slab) [][]*plan.Slab {
	var parts [][]*plan.Slab
	for len(all) > 0 {
		n := slices.IndexFunc(all, func(s *plan.Slab) bool { return s.Part != all[0].Part })
		if n < 0 {
			n = len(all)
		}
		parts = append(parts, all[:n])
		all = all[n:]
	}
	return parts
}

// slabs writes a struct of slabs.
func (e *emitter) slabs(f *file, name string, slabs []*plan.Slab) {
	f.Type().Id(name).StructFunc(func(g *jen.Group) {
		for _, s := range slabs {
			g.Add(id(s.Field).Add(e.rt("Slab")).Types(e.goType(s.Type)))
		}
	})
}

// begin writes how slabs begin with their first room.
func begin(g *jen.Group, slabs []*plan.Slab) {
	for _, s := range slabs {
		room := jen.Nil()
		if s.First > 0 {
			room = jen.Id("first").Dot(s.Field).Index(jen.Op(":"))
		}
		g.Id("s").Dot(s.Field).Dot("Use").Call(jen.Id("r"), room)
	}
}

// reset writes how slabs use their memory again.
func reset(g *jen.Group, slabs []*plan.Slab) {
	for _, s := range slabs {
		g.Id("s").Dot(s.Field).Dot("Reset").Call(jen.Id("r"))
	}
}
