package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// table names the variable of a table.
func (e *emitter) table(t *plan.Table) *jen.Statement { return id(t.Name) }

// tables writes the member tables and the constants that name their entries.
func (e *emitter) tables(f *file) {
	f.Add(comment("guesses is how many members the tables below have a decoder remember."))
	f.Const().Id("guesses").Op("=").Lit(e.pkg.Guesses)
	for _, t := range e.pkg.Tables {
		f.next()
		if len(t.Entries) > 0 {
			f.Add(comment("The members of " + t.Name + "."))
			f.Const().DefsFunc(func(g *jen.Group) {
				for i, x := range t.Entries {
					s := id(x.Const)
					if i == 0 {
						s.Op("=").Iota()
					}
					g.Add(s)
				}
			})
		}
		v := e.rt("NewMembers").CustomFunc(jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true}, func(g *jen.Group) {
			g.Lit(t.Base)
			for _, x := range t.Entries {
				g.Add(e.rt("MemberSpec").Add(e.spec(x)))
			}
		})
		if t.Space != "" {
			v.Dot("In").Call(text(t.Space))
		}
		if t.Ordered {
			v.Dot("Ordered").Call()
		}
		if t.Mixed {
			v.Dot("Mixed").Call()
		}
		if t.Open {
			v.Dot("Open").Call()
		}
		if t.Nulls {
			v.Dot("Nulls").Call()
		}
		if t.Others {
			v.Dot("Others").Call()
		}
		f.Var().Add(id(t.Name)).Op("=").Add(v)
		f.Line()
	}
}

// spec writes an entry of a table.
func (e *emitter) spec(x *plan.Index) *jen.Statement {
	return jen.ValuesFunc(func(g *jen.Group) {
		set := func(name string, v jen.Code) { g.Id(name).Op(":").Add(v) }
		set("Name", text(x.Name))
		if x.Space != "" {
			set("Space", text(x.Space))
		}
		if x.Many {
			set("Many", jen.True())
		}
		if x.Bare {
			set("Bare", jen.True())
		}
		if x.List != "" {
			set("List", text(x.List))
		}
		if len(x.Spelled) > 0 {
			set("Spelled", e.spellings(x.Spelled...))
		}
		if x.Given != "" {
			set("Given", text(x.Given))
		}
		if x.Empty {
			set("Empty", jen.True())
		}
		if x.Null {
			set("Null", jen.True())
		}
		if x.KeepNull {
			set("KeepNull", jen.True())
		}
		if x.Blank {
			set("Blank", jen.True())
		}
		if len(x.Absent) > 0 {
			set("Absent", texts(x.Absent))
		}
		if len(x.Layouts) > 0 {
			set("Layouts", texts(x.Layouts))
		}
	})
}

func texts(all []string) *jen.Statement {
	return jen.Index().String().ValuesFunc(func(g *jen.Group) {
		for _, s := range all {
			g.Add(text(s))
		}
	})
}

// spellings writes a set of JSON types.
func (e *emitter) spellings(types ...model.JSONType) *jen.Statement {
	s := jen.Null()
	for i, t := range types {
		if i > 0 {
			s.Op("|")
		}
		switch t {
		case model.JSONNumber, model.JSONInteger:
			s.Add(e.rt("AsNumber"))
		case model.JSONBoolean:
			s.Add(e.rt("AsBoolean"))
		default:
			s.Add(e.rt("AsString"))
		}
	}
	return s
}
