package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/model"
)

// validate writes Validate and what it asks of every record.
func (e *emitter) validate(f *file) {
	root := e.pkg.Root
	if e.pkg.XML {
		f.Add(comment("ValidateXML checks a payload against the XML contract: nil, or [wire.Violations] with every rule that it breaks, with path, line and column."))
		f.Func().Id("ValidateXML").Params(jen.Id("data").Index().Byte()).Error().Block(
			jen.Return(jen.Id("contractXML").Dot("Validate").Call(jen.Id("data"))),
		)
	}
	if e.pkg.JSON {
		f.Add(comment("ValidateJSON checks a payload against the JSON contract: nil, or [wire.Violations] with every rule that it breaks, with path, line and column."))
		f.Func().Id("ValidateJSON").Params(jen.Id("data").Index().Byte()).Error().Block(
			jen.Return(jen.Id("contractJSON").Dot("Validate").Call(jen.Id("data"))),
		)
	}
	f.Add(comment("Validate checks the value, however it was made: nil, or [wire.Violations] with every rule of the contracts that it breaks, as far as the value can tell."))
	f.Add(method(root, "Validate")).Params().Error().BlockFunc(func(g *jen.Group) {
		if !root.Asks {
			g.Return(jen.Nil())
			return
		}
		g.Var().Id("c").Add(e.rt("Checker"))
		g.Add(id(root.Receiver)).Dot("validate").Call(jen.Op("&").Id("c"))
		g.Return(jen.Id("c").Dot("Err").Call())
	})
	f.Line()
	for _, r := range e.pkg.Records {
		if !r.Asks {
			continue
		}
		f.next()
		f.Add(method(r, "validate")).Params(jen.Id("c").Op("*").Add(e.rt("Checker"))).BlockFunc(func(g *jen.Group) {
			items(g, r)
			guarded := !r.Nillable
			for _, fd := range r.Fields {
				attribute := fd.Model.XML != nil && fd.Model.XML.Node == model.NodeAttribute
				if !guarded && !attribute && (len(fd.Checks) > 0 || fd.Record != nil && fd.Record.Asks) {
					// An element that is nil has attributes alone.
					g.If(e.rt("IsNil").Call(id(r.Receiver).Dot(r.Unknown))).Block(jen.Return())
					guarded = true
				}
				switch fd.Shape {
				case plan.ShapeMap:
					e.checkMap(g, fd.Item, id(r.Receiver).Dot(fd.Name))
				case plan.ShapeList:
					e.check(g, r, fd)
					item := *fd.Item
					named := *item.Model
					named.Name, item.Name, item.Model = fd.Model.Name, fd.Name, &named
					e.check(g, r, &item)
				default:
					e.check(g, r, fd)
				}
			}
			switch {
			case r.Kind == plan.RecordBox && r.Checked:
				f := r.Fields[0]
				g.Add(e.checkList(text(""), r.Simple, f, fieldIn(id(r.Receiver), f)))
			case r.Kind.Value() && r.Checked:
				g.Add(e.checkText(text(""), r.Simple, id(r.Receiver).Dot("text").Call()))
			case r.Kind == plan.RecordUnion && r.Simple != 0:
				g.If(id(r.Receiver).Dot(r.Raw).Op("!=").Lit("")).Block(
					jen.Id("c").Dot("Violate").Call(text(""), e.rt("ErrType"), text("is of none of the types")),
				)
			}
			for _, p := range r.Matches {
				e.checkMap(g, p.Field, id(r.Receiver).Dot(p.Name))
			}
			if r.Additional != nil {
				e.checkMap(g, r.Additional, id(r.Receiver).Dot(r.Additional.Name))
			}
		})
		f.Line()
	}
	for _, p := range e.pkg.Patterns {
		f.Var().Add(id(p.Name)).Op("=").Add(e.rt("MustPattern")).Call(text(p.Source))
	}
}

// check writes what Validate asks of one field.
func (e *emitter) check(g *jen.Group, r *plan.Record, f *plan.Field) {
	field := func() *jen.Statement { return fieldIn(id(r.Receiver), f) }
	name := text(f.Model.Name)
	violate := func(c plan.Check) *jen.Statement {
		return jen.Id("c").Dot("Violate").Call(name, e.codeOf(c), text(c.Message))
	}
	var values []plan.Check
	for _, c := range f.Checks {
		switch c.Kind {
		case plan.CheckRequired:
			cond := field().Op("==").Lit("")
			switch {
			case f.Pointer:
				cond = field().Op("==").Nil()
			case f.ZeroIsAbsent():
				cond = field().Dot("IsZero").Call()
			}
			g.If(cond).Block(violate(c))
		case plan.CheckMinItems:
			few := jen.Len(field()).Op("<").Add(number(c.Operand))
			if b := f.Model.JSON; b != nil && (b.Null || !b.Required) {
				few = field().Op("!=").Nil().Op("&&").Add(few)
			}
			g.If(few).Block(violate(c))
		case plan.CheckMaxItems:
			g.If(jen.Len(field()).Op(">").Add(number(c.Operand))).Block(violate(c))
		default:
			values = append(values, c)
		}
	}
	if f.Shape == plan.ShapeRecord {
		if !f.Whole {
			e.checkRecord(g, r, f)
		}
		return
	}
	if len(values) == 0 {
		return
	}
	each := func(g *jen.Group, v *jen.Statement) {
		for _, c := range values {
			v := v.Clone()
			if f.Pointer && !f.Nillable {
				v = pointee(f, c, v)
			}
			switch {
			case c.Kind == plan.CheckSimple && f.Shape == plan.ShapeList:
				g.Add(e.checkList(name, f.Simple, f.Item, v))
			case c.Kind == plan.CheckSimple:
				g.Add(e.checkText(name, f.Simple, e.lexical(f, v)))
			default:
				g.If(e.condition(f, c, v)).Block(violate(c))
			}
		}
	}
	switch {
	case f.Shape == plan.ShapeList:
		if there := given(f, field()); there != nil {
			g.If(there).BlockFunc(func(g *jen.Group) { each(g, field()) })
			return
		}
		each(g, field())
	case f.PointerItems:
		g.For(jen.List(jen.Id("i"), jen.Id("item")).Op(":=").Range().Add(field())).BlockFunc(func(g *jen.Group) {
			for _, c := range values {
				g.If(jen.Id("item").Op("!=").Nil().Op("&&").Add(e.condition(f, c, pointee(f, c, jen.Id("item"))))).
					Block(jen.Id("c").Dot("ViolateItem").Call(name, jen.Id("i"), e.codeOf(c), text(c.Message)))
			}
		})
	case f.Occurs == model.Many:
		g.For(jen.List(jen.Id("i"), jen.Id("item")).Op(":=").Range().Add(field())).BlockFunc(func(g *jen.Group) {
			for _, c := range values {
				if c.Kind == plan.CheckSimple {
					e.checkItemText(g, f, name)
					continue
				}
				broken := e.condition(f, c, jen.Id("item"))
				if f.Nillable {
					broken = jen.Op("!").Id("item").Dot("Nil").Op("&&").Add(e.condition(f, c, jen.Id("item").Dot("Value")))
				}
				g.If(broken).Block(jen.Id("c").Dot("ViolateItem").Call(name, jen.Id("i"), e.codeOf(c), text(c.Message)))
			}
		})
	case f.Nillable && f.Pointer:
		g.If(field().Op("!=").Nil().Op("&&").Op("!").Add(field()).Dot("Nil")).BlockFunc(func(g *jen.Group) { each(g, field().Dot("Value")) })
	case f.Nillable:
		g.If(jen.Op("!").Add(field()).Dot("Nil")).BlockFunc(func(g *jen.Group) { each(g, field().Dot("Value")) })
	case f.Pointer && len(values) == 1 && values[0].Kind != plan.CheckSimple:
		c := values[0]
		g.If(field().Op("!=").Nil().Op("&&").Add(e.condition(f, c, pointee(f, c, field())))).Block(violate(c))
	case f.Pointer:
		g.If(field().Op("!=").Nil()).BlockFunc(func(g *jen.Group) { each(g, field()) })
	case f.EmptyIsAbsent:
		there := field().Op("!=").Lit("")
		if f.ZeroIsAbsent() {
			there = jen.Op("!").Add(field()).Dot("IsZero").Call()
		}
		for _, c := range values {
			if c.Kind == plan.CheckSimple {
				g.If(there.Clone()).Block(e.checkText(name, f.Simple, e.lexical(f, field())))
				continue
			}
			g.If(there.Clone().Op("&&").Add(e.condition(f, c, field()))).Block(violate(c))
		}
	default:
		each(g, field())
	}
}

func (e *emitter) codeOf(c plan.Check) *jen.Statement {
	if len(c.Code) > 3 && c.Code[:3] == "Err" {
		return e.rt(c.Code)
	}
	return text(c.Code)
}

// checkRecord writes the descent into a record.
func (e *emitter) checkRecord(g *jen.Group, r *plan.Record, f *plan.Field) {
	if !f.Record.Asks {
		return
	}
	field := fieldIn(id(r.Receiver), f)
	name := text(f.Model.Name)
	n := jen.Id("n").Op(":=").Id("c").Dot("Count").Call()
	if f.Nillable {
		e.checkNillable(g, f, field, name)
		return
	}
	switch {
	case f.PointerItems:
		g.For(jen.List(jen.Id("i"), jen.Id("item")).Op(":=").Range().Add(field)).Block(
			jen.If(jen.Id("item").Op("!=").Nil()).Block(
				n,
				jen.Id("item").Dot("validate").Call(jen.Id("c")),
				jen.Id("c").Dot("UnderItem").Call(jen.Id("n"), name, jen.Id("i")),
			),
		)
	case f.Occurs == model.Many:
		g.For(jen.Id("i").Op(":=").Range().Add(field)).Block(
			n,
			field.Clone().Index(jen.Id("i")).Dot("validate").Call(jen.Id("c")),
			jen.Id("c").Dot("UnderItem").Call(jen.Id("n"), name, jen.Id("i")),
		)
	case f.Pointer:
		g.If(field.Clone().Op("!=").Nil()).Block(
			n,
			field.Clone().Dot("validate").Call(jen.Id("c")),
			jen.Id("c").Dot("Under").Call(jen.Id("n"), name),
		)
	default:
		g.Block(
			n,
			field.Clone().Dot("validate").Call(jen.Id("c")),
			jen.Id("c").Dot("Under").Call(jen.Id("n"), name),
		)
	}
}

// checkMap writes what Validate asks of the values of a map, in the order of
// their names.
func (e *emitter) checkMap(g *jen.Group, f *plan.Field, field *jen.Statement) {
	var values []plan.Check
	for _, c := range f.Checks {
		switch c.Kind {
		case plan.CheckRequired, plan.CheckMinItems, plan.CheckMaxItems:
		default:
			values = append(values, c)
		}
	}
	record := f.Shape == plan.ShapeRecord && f.Occurs != model.Many
	if f.Occurs == model.Many || record && !f.Record.Asks || !record && len(values) == 0 {
		return // what lists in maps hold, ValidateJSON tells
	}
	g.For(jen.List(jen.Id("_"), jen.Id("name")).Op(":=").Range().Add(e.rt("Names")).Call(field.Clone())).BlockFunc(func(g *jen.Group) {
		value := field.Clone().Index(jen.Id("name"))
		if record {
			g.If(jen.Id("item").Op(":=").Add(value), jen.Id("item").Op("!=").Nil()).Block(
				jen.Id("n").Op(":=").Id("c").Dot("Count").Call(),
				jen.Id("item").Dot("validate").Call(jen.Id("c")),
				jen.Id("c").Dot("Under").Call(jen.Id("n"), jen.Id("name")),
			)
			return
		}
		g.Id("value").Op(":=").Add(value)
		for _, c := range values {
			g.If(e.condition(f, c, jen.Id("value"))).Block(jen.Id("c").Dot("Violate").Call(jen.Id("name"), e.codeOf(c), text(c.Message)))
		}
	})
}

// pointee writes what a pointer points to, for a check of it: methods, and what
// makes a text of the value, take the pointer.
func pointee(f *plan.Field, c plan.Check, pointer *jen.Statement) *jen.Statement {
	if f.Lexical() || c.Kind == plan.CheckEnum || c.Kind == plan.CheckSimple {
		return pointer
	}
	return jen.Op("*").Add(pointer)
}

// condition is true of a value that breaks the rule. Bounds of floats are asked so
// that NaN, which is within none, breaks them.
func (e *emitter) condition(f *plan.Field, c plan.Check, v *jen.Statement) *jen.Statement {
	not := func(op string) *jen.Statement {
		opposite := map[string]string{">=": "<", "<=": ">", ">": "<=", "<": ">="}[op]
		switch {
		case f.Lexical():
			bound := e.rt("Must").Call(e.rt("Parse" + plan.GoTypeOf(f.Primitive).Name).Call(text(c.Operand)))
			return v.Dot("Compare").Call(bound).Op(opposite).Lit(0)
		case f.Primitive == model.Float32 || f.Primitive == model.Float64:
			return jen.Op("!").Parens(v.Op(op).Add(number(c.Operand)))
		}
		return v.Op(opposite).Add(number(c.Operand))
	}
	switch c.Kind {
	case plan.CheckAtLeast:
		return not(">=")
	case plan.CheckAtMost:
		return not("<=")
	case plan.CheckAbove:
		return not(">")
	case plan.CheckBelow:
		return not("<")
	case plan.CheckMinRunes:
		return jen.Qual("unicode/utf8", "RuneCountInString").Call(v).Op("<").Add(number(c.Operand))
	case plan.CheckMaxRunes:
		return jen.Qual("unicode/utf8", "RuneCountInString").Call(v).Op(">").Add(number(c.Operand))
	case plan.CheckPattern:
		if f.Lexical() {
			v = v.Dot("Lexical").Call()
		}
		return jen.Op("!").Add(id(c.Operand)).Dot("MatchString").Call(v)
	case plan.CheckEnum:
		return jen.Op("!").Add(v).Dot("Known").Call()
	}
	return jen.False()
}
