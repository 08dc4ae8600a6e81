package jsonschema

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// rat reads a number of a contract; the parser has bound its size.
func rat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return new(big.Rat)
	}
	return r
}

// isInteger tells whether the text of a number is that of a whole number: 1.0
// and 1e2 are.
func isInteger(text string) bool { return rat(text).IsInt() }

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// constraints returns the rules of some kinds, in the order of the text.
func (c *conjunction) constraints(kinds ...model.ConstraintKind) []model.Constraint {
	var list []model.Constraint
	for _, p := range c.parts {
		for _, m := range p.node.Members {
			kind := model.ConstraintKind(m.Name)
			v := p.get(m.Name)
			if v == nil || !slices.Contains(kinds, kind) {
				continue
			}
			if k, ok := p.constraint(kind, v); ok {
				list = append(list, k)
			}
		}
	}
	return list
}

// constraint reads one rule; ok is false for a keyword that rules nothing.
func (s *schema) constraint(kind model.ConstraintKind, v *jsontree.Node) (model.Constraint, bool) {
	k := model.Constraint{Kind: kind, Value: v.Text, Form: model.JSON, At: s.keywordAt(string(kind))}
	switch kind {
	case model.UniqueItems:
		k.Value = ""
		return k, v.IsTrue()
	case model.Pattern, model.Format:
		return k, v.Kind == jsontree.String
	case model.MinLength, model.MaxLength, model.MinItems, model.MaxItems, model.MinProperties, model.MaxProperties:
		if v.Kind != jsontree.Number || !isInteger(v.Text) {
			return k, false
		}
		k.Value = rat(v.Text).Num().String()
		return k, true
	case model.ExclusiveMinimum, model.ExclusiveMaximum:
		if v.Kind == jsontree.Bool { // draft-04
			bound := s.get(strings.ToLower(strings.TrimPrefix(string(kind), "exclusive")))
			if bound == nil || !v.IsTrue() {
				return k, false
			}
			k.Value = bound.Text
			return k, true
		}
	case model.Minimum:
		if s.get("exclusiveMinimum").IsTrue() {
			return k, false
		}
	case model.Maximum:
		if s.get("exclusiveMaximum").IsTrue() {
			return k, false
		}
	}
	return k, v.Kind == jsontree.Number
}

var (
	stringRules = []model.ConstraintKind{model.MinLength, model.MaxLength, model.Pattern, model.Format}
	numberRules = []model.ConstraintKind{model.Minimum, model.Maximum, model.ExclusiveMinimum, model.ExclusiveMaximum, model.MultipleOf}
)

// spelled makes a scalar of one or several JSON types; ok is false when no one
// scalar holds them all.
func (b *builder) spelled(c *conjunction, t *model.Type, info *typeInfo, list []model.JSONType) bool {
	primitive, ok := b.primitive(c, list, slices.Concat(t.Hints.Absent))
	if !ok {
		return false
	}
	if t.Hints.Type == "time" {
		if primitive != model.String || len(list) > 1 {
			b.set.diags.Errorf(c.at.position(), "bad-hint", "the hint says time, and the type is not string").
				WithHint("a time is a string with layouts")
		}
		primitive = model.Time
	}
	t.Kind, info.kind = model.KindScalar, model.KindScalar
	t.Scalar = &model.Scalar{Primitive: primitive}
	info.array = false
	info.spellings = spellings(primitive, list)
	var kinds []model.ConstraintKind
	if slices.Contains(list, model.JSONString) {
		kinds = append(kinds, stringRules...)
	}
	if slices.Contains(list, model.JSONNumber) || slices.Contains(list, model.JSONInteger) {
		kinds = append(kinds, numberRules...)
	}
	t.Constraints = c.constraints(kinds...)
	return true
}

// spellings returns what a field must be told of the JSON types of a scalar:
// nothing when there is one, and it is the natural one.
func spellings(p model.Primitive, list []model.JSONType) []model.JSONType {
	natural := map[model.Primitive]model.JSONType{
		model.String: model.JSONString, model.Time: model.JSONString, model.Boolean: model.JSONBoolean,
		model.Float64: model.JSONNumber, model.Int64: model.JSONInteger, model.Uint64: model.JSONInteger, model.Integer: model.JSONInteger,
	}[p]
	if len(list) == 1 && list[0] == natural {
		return nil
	}
	return list
}

// primitive returns the scalar that holds values of all the types. A string
// beside a number is a number in quotes if its pattern admits numbers only; if
// nothing is said of the string at all, every value is kept as a string, unless
// JSON is the document's only form, where 1 and "1" are two values.
func (b *builder) primitive(c *conjunction, list []model.JSONType, absent []string) (model.Primitive, bool) {
	var text, number, boolean, other bool
	integer := true
	for _, t := range list {
		switch t {
		case model.JSONString:
			text = true
		case model.JSONInteger:
			number = true
		case model.JSONNumber:
			number, integer = true, false
		case model.JSONBoolean:
			boolean = true
		default:
			other = true
		}
	}
	switch {
	case other, number && boolean && !text:
		return "", false
	case number && !text:
		if integer {
			return b.integer(c), true
		}
		return model.Float64, true
	case boolean && !text:
		return model.Boolean, true
	case !number && !boolean:
		return model.String, true
	}
	switch {
	case number && !boolean && integer && b.strings(c, &integers, absent):
		return b.integer(c), true
	case number && !boolean && b.strings(c, &decimals, absent):
		return model.Float64, true
	case boolean && !number && b.strings(c, &booleans, absent):
		return model.Boolean, true
	}
	return model.String, !b.set.opts.Alone && !c.has(stringKeywords...)
}

// strings tells whether a pattern keeps the strings of a conjunction within a
// lexicon.
func (b *builder) strings(c *conjunction, l *lexicon, absent []string) bool {
	_, values := c.get("pattern")
	for _, v := range values {
		if l.holds(b.set.translated[v.Text], absent) {
			return true
		}
	}
	return false
}

// integer returns the primitive that holds the whole numbers within the bounds.
func (b *builder) integer(c *conjunction) model.Primitive {
	var low, high *big.Rat
	for _, k := range c.constraints(numberRules...) {
		switch v := rat(k.Value); k.Kind {
		case model.Minimum, model.ExclusiveMinimum:
			if low == nil || v.Cmp(low) > 0 {
				low = v
			}
		case model.Maximum, model.ExclusiveMaximum:
			if high == nil || v.Cmp(high) < 0 {
				high = v
			}
		}
	}
	inside := func(r *big.Rat, min, max string) bool {
		return r == nil || r.Cmp(rat(min)) >= 0 && r.Cmp(rat(max)) <= 0
	}
	const minInt64, maxInt64, maxUint64 = "-9223372036854775808", "9223372036854775807", "18446744073709551615"
	switch {
	case inside(low, minInt64, maxInt64) && inside(high, minInt64, maxInt64):
		return model.Int64
	case low != nil && inside(low, "0", maxUint64) && inside(high, "0", maxUint64):
		return model.Uint64
	}
	return model.Integer
}

// enumeration makes a type of listed values; ok is false when no Go type shows
// the list better than the type does.
func (b *builder) enumeration(c *conjunction, t *model.Type, info *typeInfo, list []model.JSONType) bool {
	values, ok := b.values(c, t, info)
	if !ok {
		return false
	}
	if len(values) == 0 {
		return info.null
	}
	kinds := map[jsontree.Kind]bool{}
	for _, v := range values {
		kinds[v.node.Kind] = true
	}
	if kinds[jsontree.Array] || kinds[jsontree.Object] {
		return false
	}
	primitive := enumPrimitive(values, kinds)
	if primitive == "" {
		return true // a mixture: any value, kept as it is spelled
	}
	info.array = false
	var said []model.JSONType
	for _, v := range valueTypesOf(values) {
		if len(list) == 0 || slices.Contains(list, v) || v == model.JSONInteger && slices.Contains(list, model.JSONNumber) {
			said = append(said, v)
		}
	}
	info.spellings = spellings(primitive, said)
	if primitive == model.Boolean {
		t.Kind, t.Scalar = model.KindScalar, &model.Scalar{Primitive: primitive}
		return true
	}
	t.Kind = model.KindEnumeration
	t.Enum = &model.Enumeration{Primitive: primitive}
	listed := map[string]bool{}
	for _, v := range values {
		if !listed[v.node.Text] {
			listed[v.node.Text] = true
			t.Enum.Values = append(t.Enum.Values, model.EnumValue{Value: v.node.Text, Doc: v.doc, At: []model.Position{v.at}})
		}
	}
	if kinds[jsontree.String] {
		t.Constraints = c.constraints(stringRules...)
	}
	if kinds[jsontree.Number] {
		t.Constraints = append(t.Constraints, c.constraints(numberRules...)...)
	}
	return true
}

// value is one value of a list, and what is said about it.
type value struct {
	node *jsontree.Node
	at   model.Position
	doc  model.Doc
}

// values returns the values that every enum and const of a conjunction lists,
// without null.
func (b *builder) values(c *conjunction, t *model.Type, info *typeInfo) ([]value, bool) {
	var list []value
	first := true
	info.null = false
	keep := func(own []value) {
		if first {
			list, first = own, false
			return
		}
		list = slices.DeleteFunc(list, func(v value) bool {
			return !slices.ContainsFunc(own, func(w value) bool { return v.node.Compact() == w.node.Compact() })
		})
	}
	for _, p := range c.parts {
		if v := p.get("const"); v != nil {
			keep([]value{{v, p.valueAt(v, "const"), model.Doc{}}})
		}
		if v := p.get("enum"); v != nil && v.Kind == jsontree.Array {
			keep(enumValues(p, v))
		}
	}
	list = slices.DeleteFunc(list, func(v value) bool {
		if v.node.Kind == jsontree.Null {
			_, allowed := c.types()
			info.null = allowed
			return true
		}
		return false
	})
	return list, !first
}

// enumValues reads an enum, with the descriptions that some put beside it.
func enumValues(p *schema, v *jsontree.Node) []value {
	var list []value
	byName, byOrder := p.node.Get("meta:enum"), p.node.Get("enumDescriptions")
	for i, n := range v.Items {
		e := value{node: n, at: p.valueAt(n, "enum", itoa(i))}
		if d := byName.Get(n.Text); d != nil && d.Kind == jsontree.String {
			e.doc.Description = d.Text
		} else if d := byOrder.Child(itoa(i)); d != nil && d.Kind == jsontree.String {
			e.doc.Description = d.Text
		}
		list = append(list, e)
	}
	return list
}

// enumPrimitive returns the scalar that holds all of some values, or "".
func enumPrimitive(values []value, kinds map[jsontree.Kind]bool) model.Primitive {
	integer := true
	texts := map[jsontree.Kind][]string{}
	for _, v := range values {
		if v.node.Kind == jsontree.Number {
			r := rat(v.node.Text)
			integer = integer && r.IsInt() && r.Num().IsInt64()
		}
		texts[v.node.Kind] = append(texts[v.node.Kind], v.node.Text)
	}
	number := model.Float64
	if integer {
		number = model.Int64
	}
	quoted := func(k jsontree.Kind) bool { // every string is one of the others in quotes
		return len(kinds) == 2 && !slices.ContainsFunc(texts[jsontree.String], func(s string) bool { return !slices.Contains(texts[k], s) })
	}
	switch {
	case len(kinds) == 1 && kinds[jsontree.String]:
		return model.String
	case len(kinds) == 1 && kinds[jsontree.Number]:
		return number
	case len(kinds) == 1 && kinds[jsontree.Bool], kinds[jsontree.Bool] && kinds[jsontree.String] && quoted(jsontree.Bool):
		return model.Boolean
	case kinds[jsontree.Number] && kinds[jsontree.String] && quoted(jsontree.Number):
		return number
	}
	return ""
}

// valueTypesOf lists the JSON types of values in their order.
func valueTypesOf(values []value) []model.JSONType {
	var list []model.JSONType
	integer := !slices.ContainsFunc(values, func(v value) bool { return v.node.Kind == jsontree.Number && !isInteger(v.node.Text) })
	for _, v := range values {
		t := model.JSONString
		switch {
		case v.node.Kind == jsontree.Bool:
			t = model.JSONBoolean
		case v.node.Kind == jsontree.Number && integer:
			t = model.JSONInteger
		case v.node.Kind == jsontree.Number:
			t = model.JSONNumber
		}
		if !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}
