package xsd

import (
	"github.com/biform/biform/schema/model"
)

// builtin is a type of Part 2, section 3.
type builtin struct {
	name string
	base string
	// class is the value space that its values are parsed into.
	class valueClass
	prim  model.Primitive
	space string // whiteSpace; fixed for everything but string and its kin
	item  string // of the three list types
	// lower and upper bound the integers; "" is none.
	lower, upper string
	// lexical further restricts the values; nil for no rule.
	lexical func(string) bool
}

// builtins is the hierarchy of Part 2, section 3, every base before what
// derives from it.
var builtins = []builtin{
	{name: "anySimpleType", base: "anyType", class: classString, prim: model.String, space: "preserve"},
	{name: "string", base: "anySimpleType", class: classString, prim: model.String, space: "preserve"},
	{name: "boolean", base: "anySimpleType", class: classBoolean, prim: model.Boolean, space: "collapse"},
	{name: "decimal", base: "anySimpleType", class: classDecimal, prim: model.Decimal, space: "collapse"},
	{name: "float", base: "anySimpleType", class: classFloat, prim: model.Float32, space: "collapse"},
	{name: "double", base: "anySimpleType", class: classDouble, prim: model.Float64, space: "collapse"},
	{name: "duration", base: "anySimpleType", class: classDuration, prim: model.Duration, space: "collapse"},
	{name: "dateTime", base: "anySimpleType", class: classDateTime, prim: model.DateTime, space: "collapse"},
	{name: "time", base: "anySimpleType", class: classTime, prim: model.TimeOf, space: "collapse"},
	{name: "date", base: "anySimpleType", class: classDate, prim: model.Date, space: "collapse"},
	{name: "gYearMonth", base: "anySimpleType", class: classYearMonth, prim: model.GYearMonth, space: "collapse"},
	{name: "gYear", base: "anySimpleType", class: classYear, prim: model.GYear, space: "collapse"},
	{name: "gMonthDay", base: "anySimpleType", class: classMonthDay, prim: model.GMonthDay, space: "collapse"},
	{name: "gDay", base: "anySimpleType", class: classDay, prim: model.GDay, space: "collapse"},
	{name: "gMonth", base: "anySimpleType", class: classMonth, prim: model.GMonth, space: "collapse"},
	{name: "hexBinary", base: "anySimpleType", class: classHex, prim: model.Hex, space: "collapse"},
	{name: "base64Binary", base: "anySimpleType", class: classBase64, prim: model.Base64, space: "collapse"},
	{name: "anyURI", base: "anySimpleType", class: classURI, prim: model.URI, space: "collapse"},
	{name: "QName", base: "anySimpleType", class: classQName, prim: model.QName, space: "collapse"},
	{name: "NOTATION", base: "anySimpleType", class: classNotation, prim: model.QName, space: "collapse"},

	{name: "normalizedString", base: "string", class: classString, prim: model.String, space: "replace"},
	{name: "token", base: "normalizedString", class: classString, prim: model.String, space: "collapse"},
	{name: "language", base: "token", class: classString, prim: model.String, space: "collapse", lexical: isLanguage},
	{name: "NMTOKEN", base: "token", class: classString, prim: model.String, space: "collapse", lexical: isNMToken},
	{name: "Name", base: "token", class: classString, prim: model.String, space: "collapse", lexical: isName},
	{name: "NCName", base: "Name", class: classString, prim: model.String, space: "collapse", lexical: isNCName},
	{name: "ID", base: "NCName", class: classString, prim: model.String, space: "collapse", lexical: isNCName},
	{name: "IDREF", base: "NCName", class: classString, prim: model.String, space: "collapse", lexical: isNCName},
	{name: "ENTITY", base: "NCName", class: classString, prim: model.String, space: "collapse", lexical: isNCName},
	{name: "NMTOKENS", base: "anySimpleType", item: "NMTOKEN", space: "collapse"},
	{name: "IDREFS", base: "anySimpleType", item: "IDREF", space: "collapse"},
	{name: "ENTITIES", base: "anySimpleType", item: "ENTITY", space: "collapse"},

	{name: "integer", base: "decimal", class: classInteger, prim: model.Integer, space: "collapse"},
	{name: "nonPositiveInteger", base: "integer", class: classInteger, prim: model.Integer, space: "collapse",
		upper: "0"},
	{name: "negativeInteger", base: "nonPositiveInteger", class: classInteger, prim: model.Integer, space: "collapse",
		upper: "-1"},
	{name: "long", base: "integer", class: classInteger, prim: model.Int64, space: "collapse",
		lower: "-9223372036854775808", upper: "9223372036854775807"},
	{name: "int", base: "long", class: classInteger, prim: model.Int32, space: "collapse",
		lower: "-2147483648", upper: "2147483647"},
	{name: "short", base: "int", class: classInteger, prim: model.Int32, space: "collapse",
		lower: "-32768", upper: "32767"},
	{name: "byte", base: "short", class: classInteger, prim: model.Int32, space: "collapse",
		lower: "-128", upper: "127"},
	{name: "nonNegativeInteger", base: "integer", class: classInteger, prim: model.Integer, space: "collapse",
		lower: "0"},
	{name: "unsignedLong", base: "nonNegativeInteger", class: classInteger, prim: model.Uint64, space: "collapse",
		lower: "0", upper: "18446744073709551615"},
	{name: "unsignedInt", base: "unsignedLong", class: classInteger, prim: model.Int64, space: "collapse",
		lower: "0", upper: "4294967295"},
	{name: "unsignedShort", base: "unsignedInt", class: classInteger, prim: model.Int32, space: "collapse",
		lower: "0", upper: "65535"},
	{name: "unsignedByte", base: "unsignedShort", class: classInteger, prim: model.Int32, space: "collapse",
		lower: "0", upper: "255"},
	{name: "positiveInteger", base: "nonNegativeInteger", class: classInteger, prim: model.Integer, space: "collapse",
		lower: "1"},
}

// xsdHas tells whether Part 2 has a type of that name.
func xsdHas(local string) bool {
	for i := range builtins {
		if builtins[i].name == local {
			return true
		}
	}
	return local == "anyType"
}

// declareBuiltins declares xs:anyType (Part 1, section 3.4.7) and the types of
// Part 2.
func (s *schema) declareBuiltins() {
	s.builtins = map[string]*typeDef{}
	declare := func(local string, t *typeDef) {
		t.name = model.XMLName{Space: xsdSpace, Local: local}
		t.id = model.TypeID("xs:" + local)
		t.named = true
		t.state = resolved
		s.builtins[local] = t
		s.types.add(t.name, t)
	}
	s.anyType = &typeDef{complex: true, derived: byRestriction, content: model.ContentAny,
		anyAttr: &wildcard{any: true, process: "lax"}}
	s.anyType.particle = &particle{kind: model.ParticleSequence, min: 1, max: 1, parts: []*particle{
		{kind: model.ParticleWildcard, min: 0, max: model.Unbounded, wildcard: s.anyType.anyAttr}}}
	declare("anyType", s.anyType)
	s.anyType.base = s.anyType

	for i := range builtins {
		b := &builtins[i]
		t := &typeDef{builtin: b, base: s.builtins[b.base], derived: byRestriction,
			content: model.ContentSimple, simple: &simpleDef{variety: model.Atomic, builtin: b}}
		switch {
		case b.name == "anySimpleType":
			t.simple.variety = model.AnySimple
		case b.item != "":
			t.simple.variety = model.ListOf
			t.simple.item = s.builtins[b.item]
			t.simple.facets.minLength = &facet{kind: model.MinLength, text: "1", count: 1}
		case b.base == "anySimpleType":
			t.simple.primitive = b
		default:
			t.simple.primitive = t.base.simple.primitive
		}
		t.simple.facets.space = b.space
		t.simple.facets.spaceFixed = b.space == "collapse" && t.simple.primitive != nil &&
			t.simple.primitive.name != "string"
		if b.lower != "" {
			t.simple.facets.lower = &facet{kind: model.Minimum, text: b.lower, value: mustParse(b, b.lower)}
		}
		if b.upper != "" {
			t.simple.facets.upper = &facet{kind: model.Maximum, text: b.upper, value: mustParse(b, b.upper)}
		}
		if b.name == "integer" {
			t.simple.facets.fractionDigits = &facet{kind: model.FractionDigits, text: "0", fixed: true}
		} else if f := t.base.simpleFacets(); f != nil && t.simple.facets.fractionDigits == nil {
			t.simple.facets.fractionDigits = f.fractionDigits
		}
		declare(b.name, t)
	}
}

func (t *typeDef) simpleFacets() *facets {
	if t.simple == nil {
		return nil
	}
	return &t.simple.facets
}

func mustParse(b *builtin, text string) value {
	v, why := b.class.parse(text)
	if why != "" {
		panic("xsd: built-in bound " + text + ": " + why)
	}
	return v
}

// isLanguage is the lexical form of xs:language (Part 2, section 3.3.3):
// [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*.
func isLanguage(s string) bool {
	run := 0
	first := true
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '-' {
			if run < 1 || run > 8 {
				return false
			}
			run, first = 0, false
			continue
		}
		c := s[i] | 0x20
		letter := c >= 'a' && c <= 'z'
		if !letter && (first || s[i] < '0' || s[i] > '9') {
			return false
		}
		run++
	}
	return true
}
