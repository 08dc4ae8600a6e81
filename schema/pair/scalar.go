package pair

import (
	"regexp"
	"slices"
	"strings"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
)

// atom is a scalar or an enumeration of one contract, whatever the model's way
// to say it: a JSON string or number may be a union of the two.
type atom struct {
	prim        model.Primitive
	values      []model.EnumValue // nil: any
	spelled     []model.JSONType
	constraints []model.Constraint
}

// simple tells whether a type is one indivisible value.
func simple(t *model.Type) bool {
	return t != nil && (t.Kind == model.KindScalar || t.Kind == model.KindEnumeration)
}

// simple tells the same of a JSON type, which may also be a choice of such.
func (m *merger) simple(t *model.Type) bool {
	if t.Kind != model.KindUnion {
		return simple(t)
	}
	return len(t.Union.Variants) > 0 && !slices.ContainsFunc(t.Union.Variants, func(v model.Variant) bool {
		return !simple(m.json[v.Type])
	})
}

// atom returns a simple type as an atom. spelled is what its binding says.
func (m *merger) atom(t *model.Type, spelled []model.JSONType) atom {
	a := atom{spelled: spelled, constraints: t.Constraints}
	switch t.Kind {
	case model.KindScalar:
		a.prim = t.Scalar.Primitive
	case model.KindEnumeration:
		a.prim, a.values = t.Enum.Primitive, t.Enum.Values
	case model.KindUnion:
		return m.choice(t, spelled)
	}
	if len(a.spelled) == 0 {
		a.spelled = []model.JSONType{natural(a.prim)}
	}
	return a
}

// choice returns a choice of simple types as an atom: of the types, one that is
// no string says most of what the value is.
func (m *merger) choice(t *model.Type, spelled []model.JSONType) atom {
	a := atom{constraints: clone(t.Constraints)}
	listed := true
	var types []model.JSONType
	for i, v := range t.Union.Variants {
		b := m.atom(m.json[v.Type], nil)
		if i == 0 || text(a.prim) && !text(b.prim) {
			a.prim = b.prim
		}
		listed = listed && b.values != nil
		a.values = concat(a.values, b.values)
		a.constraints = concat(a.constraints, b.constraints)
		types = append(types, b.spelled...)
	}
	if !listed {
		a.values = nil
	}
	if a.spelled = spelled; len(spelled) == 0 {
		a.spelled = types
	}
	return a
}

// The classes of primitives.
func integral(p model.Primitive) bool {
	return p == model.Int32 || p == model.Int64 || p == model.Uint64 || p == model.Integer
}
func numeric(p model.Primitive) bool {
	return integral(p) || p == model.Decimal || p == model.Float32 || p == model.Float64
}
func text(p model.Primitive) bool {
	return p == model.String || p == model.URI || p == model.QName
}
func binary(p model.Primitive) bool { return p == model.Base64 || p == model.Hex }

// natural is the JSON type that spells a primitive when the contract does not
// say.
func natural(p model.Primitive) model.JSONType {
	switch {
	case p == model.Boolean:
		return model.JSONBoolean
	case integral(p):
		return model.JSONInteger
	case numeric(p):
		return model.JSONNumber
	}
	return model.JSONString
}

// native tells whether the atom may be spelled other than as a string.
func (a atom) native() bool {
	return slices.ContainsFunc(a.spelled, func(t model.JSONType) bool {
		return t == model.JSONNumber || t == model.JSONInteger || t == model.JSONBoolean
	})
}

// whiteSpace returns what the XML contract does to white space in a text.
func whiteSpace(t *model.Type) string {
	switch {
	case t == nil:
	case t.Scalar != nil:
		return t.Scalar.WhiteSpace
	case t.Enum != nil:
		return t.Enum.WhiteSpace
	}
	return ""
}

// scalar merges two simple types.
func (m *merger) scalar(n *node, spelled []model.JSONType, hinted bool) {
	p := n.at
	x, j := m.atom(n.xml, nil), m.atom(n.json, spelled)
	if x.values == nil {
		x.values = m.listed(n.xml)
	}
	if !hinted {
		m.agree(n, p, x, j)
	}
	prim := x.prim
	if prim == model.Boolean {
		// "true" and "false" are what a boolean is, not a choice of values.
		x.values, j.values = nil, nil
	}
	// Values that are listed beside others bind nobody: they stay.
	open := n.xml.Enum != nil && n.xml.Enum.Open
	aside := x.values
	if open {
		x.values = nil
	}
	n.typ.Constraints = m.scalarBounds(n, p, x, j)
	values := m.values(p, prim, x.values, j.values)
	if values == nil && open {
		values = clone(aside)
	}
	if values != nil {
		n.typ.Kind = model.KindEnumeration
		n.typ.Enum = &model.Enumeration{Primitive: prim, WhiteSpace: whiteSpace(n.xml), Values: values, Open: open}
		return
	}
	if j.prim == model.Time {
		prim = model.Time
	}
	n.typ.Kind, n.typ.Scalar = model.KindScalar, &model.Scalar{Primitive: prim, WhiteSpace: whiteSpace(n.xml)}
}

// listed returns the enumeration of an XSD type that its model shows as a plain
// scalar, which it does with numbers and dates.
func (m *merger) listed(x *model.Type) []model.EnumValue {
	if len(x.At) == 0 {
		return nil
	}
	return m.enumerations[x.At[0]]
}

// respelled returns how JSON spells the values of a merged scalar, where that
// is not told by its primitive any more.
func (m *merger) respelled(n *node) []model.JSONType {
	var prim model.Primitive
	switch {
	case n.typ.Scalar != nil:
		prim = n.typ.Scalar.Primitive
	case n.typ.Enum != nil:
		prim = n.typ.Enum.Primitive
	default:
		return nil
	}
	if !m.simple(n.json) {
		return nil
	}
	j := m.atom(n.json, nil)
	unbounded := prim == model.Integer || prim == model.Decimal
	if len(j.spelled) == 1 && j.spelled[0] == natural(prim) && (prim == j.prim || !unbounded) {
		return nil
	}
	return j.spelled
}

// agree reports where a value of one contract's primitive is none of the
// other's.
func (m *merger) agree(n *node, p place, x, j atom) {
	clash := func(format string, args ...any) {
		m.differ(diag.Error, "pair-type", p, "%s in the JSON Schema beside %s in the XSD", describe(n.json, model.JSON), describe(n.xml, model.XML)).
			WithHint(format, args...)
	}
	wider := func(which, format string, args ...any) {
		m.differ(diag.Warning, "pair-type", p, "%s in the JSON Schema beside %s in the XSD: the %s is wider", describe(n.json, model.JSON), describe(n.xml, model.XML), which).
			WithHint(format, args...)
	}
	switch {
	case x.prim == model.Time && (text(j.prim) || j.prim == model.DateTime || j.prim == model.Time),
		j.prim == model.Time && (text(x.prim) || x.prim == model.DateTime):
		// A hint has made it a timestamp, which is a string in both.
	case numeric(x.prim) && numeric(j.prim):
		if integral(x.prim) && !fits(j, constraint.Integers) {
			wider("JSON Schema", "write type integer in the JSON Schema, or xs:decimal or xs:double in the XSD")
		}
		if integral(j.prim) && !fits(x, constraint.Integers) {
			wider("XSD", "write type number in the JSON Schema, or xs:integer in the XSD")
		}
	case (numeric(x.prim) || x.prim == model.Boolean) && text(j.prim):
		if !j.native() && !m.spells(n, j, x.prim) {
			clash("give the string a pattern that admits the spellings of xs:%s alone in the JSON Schema, or write xs:string in the XSD", word(x.prim))
		}
	case numeric(x.prim) || x.prim == model.Boolean:
		if x.prim != j.prim {
			clash("write the type %s in the JSON Schema, or xs:%s in the XSD", natural(x.prim), word(j.prim))
		}
	case text(x.prim) && (numeric(j.prim) || j.prim == model.Boolean):
		clash("write xs:%s in the XSD, or type string in the JSON Schema", word(j.prim))
	case text(j.prim):
		// JSON has no type of its own for dates, binary and the like: a string is
		// how they are spelled.
	case text(x.prim):
		wider("XSD", "write xs:%s in the XSD, or leave out format and contentEncoding in the JSON Schema", word(j.prim))
	case x.prim != j.prim:
		clash("write the same lexical type in both: xs:%s has a format or contentEncoding of its own", word(x.prim))
	}
}

// fits tells whether every number of an atom is in the domain.
func fits(a atom, d constraint.Domain) bool {
	if integral(a.prim) {
		return true
	}
	for _, v := range a.values {
		if n, err := constraint.ParseDecimal(v.Value); err != nil || !n.IsInteger() {
			return false
		}
	}
	return a.values != nil || constraint.Of(a.constraints, constraint.Numbers).Within(constraint.Of(nil, d)) == constraint.Yes
}

// The texts that spell the values of a primitive (XSD Part 2, section 3.2; RFC
// 8259, section 6), as regular expressions.
const (
	integerText = `[+-]?[0-9]+`
	numberText  = `[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|-?INF|NaN`
	booleanText = `true|false|1|0`
)

// spells tells whether the strings that an atom admits are all spellings of a
// primitive: because of its enumeration or its pattern. Sentinels that a hint
// declares are spellings too.
func (m *merger) spells(n *node, a atom, p model.Primitive) bool {
	lexical := booleanText
	switch {
	case integral(p):
		lexical = integerText
	case numeric(p):
		lexical = numberText
	}
	for _, s := range n.typ.Hints.Absent {
		lexical += "|" + regexp.QuoteMeta(s)
	}
	// White space around a number is nothing (XSD Part 2, section 4.3.6), and an
	// empty text is no value in a lenient reader.
	lexical = `^[ \t\r\n]*(` + lexical + `)?[ \t\r\n]*$`
	if a.values != nil {
		re := regexp.MustCompile(lexical)
		return !slices.ContainsFunc(a.values, func(v model.EnumValue) bool {
			return strings.TrimSpace(v.Value) == "" || !re.MatchString(v.Value)
		})
	}
	for _, c := range a.constraints {
		if c.Kind != model.Pattern {
			continue
		}
		source, err := jsonschema.TranslatePattern(c.Value)
		if err != nil {
			continue
		}
		// A pattern that admits nothing but white space spells no number.
		if constraint.PatternWithin(source, lexical) == constraint.Yes && constraint.PatternWithin(source, `^\s*$`) == constraint.No {
			return true
		}
	}
	return false
}

// values merges two enumerations: the XSD's values, then those of the JSON
// Schema alone.
func (m *merger) values(p place, prim model.Primitive, x, j []model.EnumValue) []model.EnumValue {
	name := func(v model.EnumValue) string {
		if numeric(prim) {
			return canonical(v.Value)
		}
		return v.Value
	}
	texts := func(list []model.EnumValue) []string {
		var all []string
		for _, v := range list {
			all = append(all, v.Value)
		}
		return all
	}
	switch {
	case x == nil && j == nil:
		return nil
	case x == nil:
		m.differ(diag.Warning, "pair-enum", p, "an enumeration in the JSON Schema beside any %s in the XSD", word(prim)).
			WithHint("list the values in the XSD too: %s", quoted(texts(j)))
		return clone(j)
	case j == nil:
		m.differ(diag.Warning, "pair-enum", p, "any %s in the JSON Schema beside an enumeration in the XSD", word(prim)).
			WithHint("list the values in the JSON Schema too: %s", quoted(texts(x)))
		return clone(x)
	}
	var merged, onlyX, onlyJ []model.EnumValue
	for _, v := range x {
		i := slices.IndexFunc(j, func(w model.EnumValue) bool { return name(v) == name(w) })
		if i < 0 {
			onlyX = append(onlyX, v)
			merged = append(merged, v)
			continue
		}
		v.Doc, v.At = either(v.Doc, j[i].Doc), concat(v.At, j[i].At)
		merged = append(merged, v)
	}
	for _, w := range j {
		if !slices.ContainsFunc(x, func(v model.EnumValue) bool { return name(v) == name(w) }) {
			onlyJ = append(onlyJ, w)
			merged = append(merged, w)
		}
	}
	if len(onlyX) > 0 {
		m.differ(diag.Error, "pair-enum", place{at(onlyX[0].At), p.json}, "the enumeration in the JSON Schema lacks %s", quoted(texts(onlyX))).
			WithHint("add the values in the JSON Schema, or take them out in the XSD")
	}
	if len(onlyJ) > 0 {
		m.differ(diag.Error, "pair-enum", place{p.xml, at(onlyJ[0].At)}, "the enumeration in the XSD lacks %s", quoted(texts(onlyJ))).
			WithHint("add the values in the XSD, or take them out in the JSON Schema")
	}
	return merged
}
