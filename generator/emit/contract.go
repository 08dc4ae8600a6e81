package emit

import (
	"math"
	"reflect"

	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/diag"
)

// contract writes the tables of a validator as a composite literal.
func (e *emitter) contract(f *file, form string, tables any) {
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
	if f, ok := v.Interface().(wire.Format); ok {
		return e.format(f, typed)
	}
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
		s := jen.Null()
		if typed {
			s = e.typeOf(v.Type())
		}
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

// format writes a format: its function by name, so that a program links no
// others.
func (e *emitter) format(f wire.Format, typed bool) *jen.Statement {
	s := jen.Null()
	if typed {
		s = e.rt("Format")
	}
	if f.Holds == nil {
		return s.Values()
	}
	name, ok := formatNames[f.Name]
	if !ok {
		panic(diag.Bugf("there is no function for the format %q", f.Name))
	}
	return s.Values(jen.Id("Name").Op(":").Add(text(f.Name)), jen.Id("Holds").Op(":").Add(e.rt(name)))
}

// formatNames are the runtime's functions, by format.
var formatNames = map[string]string{
	"date-time": "FormatDateTime", "date": "FormatDate", "time": "FormatTime", "duration": "FormatDuration",
	"email": "FormatEmail", "idn-email": "FormatIDNEmail", "hostname": "FormatHostname", "idn-hostname": "FormatIDNHostname",
	"ipv4": "FormatIPv4", "ipv6": "FormatIPv6", "uri": "FormatURI", "uri-reference": "FormatURIReference",
	"iri": "FormatIRI", "iri-reference": "FormatIRIReference", "uuid": "FormatUUID", "uri-template": "FormatURITemplate",
	"json-pointer": "FormatJSONPointer", "relative-json-pointer": "FormatRelativeJSONPointer", "regex": "FormatRegex",
	"RFC 1123 hostname": "FormatRFC1123Hostname",
	"base64":            "FormatBase64", "base64 of JSON": "FormatBase64JSON", "JSON text": "FormatJSON",
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
	options := multiline
	options.Multi = holdsLong(v)
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

// long tells whether a slice stands on several lines: when it holds several
// structs, one that stands on several itself, or many values.
func long(v reflect.Value) bool {
	if v.Type().Elem().Kind() == reflect.Struct {
		return v.Len() > 1 || holdsLong(v.Index(0))
	}
	return v.Len() > 16
}

// holdsLong tells whether a field of a struct stands on several lines.
func holdsLong(v reflect.Value) bool {
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.Slice && f.Len() > 0 && long(f) {
			return true
		}
	}
	return false
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
