package emit

import (
	"math"
	"reflect"

	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/diag"
)

// contract writes the tables of a validator as a composite literal.
func (e *emitter) contract(f *jen.File, form string, tables any) {
	if tables == nil {
		return
	}
	name := "contract" + form
	f.Add(comment(name + " is the " + form + " contract as the tables of the runtime's validator."))
	f.Var().Add(id(name)).Op("=").Add(e.literal(reflect.ValueOf(tables), true))
}

// multiline opens a literal whose elements stand on lines of their own.
var multiline = jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}

// literal writes a value of the runtime's table types: structs, slices,
// strings, numbers and truth values. Fields that are zero are left out, and so
// is the type where the literal around it tells.
func (e *emitter) literal(v reflect.Value, typed bool) *jen.Statement {
	switch v.Kind() {
	case reflect.Pointer:
		return jen.Op("&").Add(e.literal(v.Elem(), true))
	case reflect.Struct:
		s := jen.Null()
		if typed {
			s = e.typeOf(v.Type())
		}
		return s.Add(e.structLiteral(v))
	case reflect.Slice, reflect.Array:
		s := e.typeOf(v.Type())
		options := jen.Options{Open: "{", Close: "}", Separator: ",", Multi: v.Len() > 0 && long(v)}
		return s.Add(jen.CustomFunc(options, func(g *jen.Group) {
			for i := range v.Len() {
				g.Add(e.literal(v.Index(i), false))
			}
		}))
	case reflect.String:
		return text(v.String())
	case reflect.Bool:
		return jen.Lit(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return jen.Lit(int(v.Int()))
	case reflect.Uint8:
		if names := bitNames[v.Type()]; names != nil && v.Uint() != 0 {
			return e.bits(v.Uint(), names)
		}
		return jen.Lit(int(v.Uint()))
	case reflect.Uint, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if v.Uint() > math.MaxInt64 {
			panic(diag.Bugf("a table holds %d, which is no int", v.Uint()))
		}
		return jen.Lit(int(v.Uint()))
	}
	panic(diag.Bugf("a table holds a %s", v.Type()))
}

// bitNames are the constants of the runtime's bit sets, the lowest bit first.
var bitNames = map[reflect.Type][]string{
	reflect.TypeFor[wire.JSONTypes](): {"TNull", "TBoolean", "TInteger", "TNumber", "TString", "TArray", "TObject"},
}

// bits writes a bit set by its constants.
func (e *emitter) bits(set uint64, names []string) *jen.Statement {
	s := jen.Null()
	for i, first := 0, true; set != 0; i, set = i+1, set>>1 {
		if set&1 == 0 {
			continue
		}
		if i >= len(names) {
			panic(diag.Bugf("a bit set holds the unknown bit %d", i))
		}
		if !first {
			s.Op("|")
		}
		first = false
		s.Add(e.rt(names[i]))
	}
	return s
}

// structLiteral writes the fields that are set: on one line when they are
// short, and on lines of their own otherwise.
func (e *emitter) structLiteral(v reflect.Value) *jen.Statement {
	multi := false
	for i := range v.NumField() {
		f := v.Field(i)
		multi = multi || f.Kind() == reflect.Slice && f.Len() > 0 && long(f)
	}
	options := multiline
	options.Multi = multi
	return jen.CustomFunc(options, func(g *jen.Group) {
		for i := range v.NumField() {
			f, t := v.Field(i), v.Type().Field(i)
			if !t.IsExported() || f.IsZero() {
				continue
			}
			g.Add(id(t.Name).Op(":").Add(e.literal(f, true)))
		}
	})
}

// long tells whether a slice stands on several lines: when it holds structs,
// or many values.
func long(v reflect.Value) bool {
	return v.Type().Elem().Kind() == reflect.Struct || v.Len() > 16
}

// typeOf names a type of the runtime's tables.
func (e *emitter) typeOf(t reflect.Type) *jen.Statement {
	switch {
	case t.Kind() == reflect.Slice:
		return jen.Index().Add(e.typeOf(t.Elem()))
	case t.PkgPath() != "":
		return e.rt(t.Name())
	}
	return id(t.Name())
}
