package plan

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/xsd"
)

// checks decides what Validate asks of every field, and of which records it asks
// anything.
func (m *maker) checks() {
	for _, r := range m.pkg.Records {
		r.Asks = r.Checked || r.Simple != 0
		for _, f := range r.all() {
			m.check(r, f)
			r.Asks = r.Asks || len(f.Checks) > 0
		}
	}
	m.spread(func(r *Record) *bool { return &r.Asks })
}

func (m *maker) check(r *Record, f *Field) {
	add := func(kind CheckKind, code, operand, message string) {
		c := Check{Kind: kind, Code: code, Operand: operand, Message: message}
		if !slices.Contains(f.Checks, c) {
			f.Checks = append(f.Checks, c)
		}
	}
	switch {
	case f.Occurs == model.Many:
		if n := f.Model.MinItems; n > 0 {
			add(CheckMinItems, "minItems", fmt.Sprint(n), fmt.Sprintf("there must be at least %d", n))
		}
		if n := f.Model.MaxItems; n > 0 {
			add(CheckMaxItems, "maxItems", fmt.Sprint(n), fmt.Sprintf("there must be at most %d", n))
		}
	case f.Occurs == model.One && (f.Pointer || f.EmptyIsAbsent || f.ZeroIsAbsent() || f.Shape == ShapeRaw) &&
		(f.Model.JSON == nil || !f.Model.JSON.Null) && !f.WritesNil && f.Model.Name != "":
		add(CheckRequired, "ErrRequired", "", "is missing")
	}
	whole := f.Whole
	if f.Shape == ShapeEnum && !f.Enum.Open && !whole {
		add(CheckEnum, "ErrEnum", "", "must be one of "+strings.Join(m.values(f.Enum), ", "))
	}
	t := m.typeOf(f.Model.Type)
	if !whole && f.Simple != 0 && (f.Shape == ShapeList || f.Shape == ShapeScalar || f.Shape == ShapeEnum && f.Enum.Open) {
		add(CheckSimple, "", "", "")
		whole = true
	}
	if f.Shape != ShapeScalar && f.Shape != ShapeList {
		return
	}
	for _, c := range t.Constraints {
		if whole && c.Form == model.XML {
			continue
		}
		m.constraint(f, c, add)
	}
}

// values lists an enumeration's values for a message.
func (m *maker) values(e *Enum) []string {
	const most = 12
	var all []string
	for i, v := range e.Values {
		if i == most {
			return append(all, fmt.Sprintf("and %d more", len(e.Values)-most))
		}
		all = append(all, strconv.Quote(v.Value))
	}
	return all
}

// constraint turns a constraint into a check, where the Go value can tell.
func (m *maker) constraint(f *Field, c model.Constraint, add func(CheckKind, string, string, string)) {
	number := func(kind CheckKind, code, words string) {
		if f.textual() || f.Primitive == model.Boolean || f.ZeroIsAbsent() || f.Primitive == model.Base64 || f.Primitive == model.Hex {
			return
		}
		operand, ok := f.bound(kind, c.Value)
		if ok {
			add(kind, code, operand, words+" "+c.Value)
		}
	}
	length := func(kind CheckKind, words string) {
		if f.textual() {
			unit := "characters"
			if c.Value == "1" {
				unit = "character"
			}
			add(kind, string(c.Kind), c.Value, fmt.Sprintf("must have at %s %s %s", words, c.Value, unit))
		}
	}
	if f.Shape == ShapeList {
		switch c.Kind {
		case model.MinItems:
			add(CheckMinItems, string(c.Kind), c.Value, "there must be at least "+c.Value)
		case model.MaxItems:
			add(CheckMaxItems, string(c.Kind), c.Value, "there must be at most "+c.Value)
		}
		return
	}
	switch c.Kind {
	case model.Minimum:
		number(CheckAtLeast, "ErrMinimum", "must be at least")
	case model.Maximum:
		number(CheckAtMost, "ErrMaximum", "must be at most")
	case model.ExclusiveMinimum:
		number(CheckAbove, string(c.Kind), "must be above")
	case model.ExclusiveMaximum:
		number(CheckBelow, string(c.Kind), "must be below")
	case model.MinLength:
		length(CheckMinRunes, "least")
	case model.MaxLength:
		length(CheckMaxRunes, "most")
	case model.Pattern:
		if f.textual() || f.Lexical() && f.Primitive != model.Base64 && f.Primitive != model.QName {
			m.pattern(f, c, add)
		}
	}
}

// pattern adds a check of a pattern, in RE2's syntax.
func (m *maker) pattern(f *Field, c model.Constraint, add func(CheckKind, string, string, string)) {
	var source string
	var err error
	if c.Form == model.XML {
		source, err = xsd.TranslatePattern(c.Value)
	} else {
		source, err = jsonschema.RuntimePattern(c.Value)
	}
	if err == nil {
		_, err = wire.NewPattern(source)
	}
	if err != nil {
		m.diags.Errorf(c.At, "unsupported", "the pattern %q cannot be said exactly: %v", c.Value, err)
		return
	}
	add(CheckPattern, "ErrPattern", m.variable(f, source), fmt.Sprintf("must match %s", c.Value))
}

// variable names the variable that holds a pattern.
func (m *maker) variable(f *Field, source string) string {
	i := slices.IndexFunc(m.pkg.Patterns, func(p *Pattern) bool { return p.Source == source })
	if i < 0 {
		i = len(m.pkg.Patterns)
		m.pkg.Patterns = append(m.pkg.Patterns, &Pattern{Name: "pattern" + f.Name + fmt.Sprint(i+1), Source: source})
	}
	return m.pkg.Patterns[i].Name
}

// patternVariable names the variable that holds a pattern of member names.
func (m *maker) patternVariable(f *Field, ecma string) string {
	source, err := jsonschema.RuntimePattern(ecma)
	if err == nil {
		_, err = wire.NewPattern(source)
	}
	if err != nil {
		m.diags.Errorf(at(f.At), "unsupported", "the pattern %q cannot be said exactly: %v", ecma, err)
		return "none"
	}
	return m.variable(f, source)
}

// bound returns a bound as a literal of the field's Go type, of whole numbers
// rounded to the side that keeps the verdict; false when the type says it already
// or cannot say it.
func (f *Field) bound(kind CheckKind, value string) (string, bool) {
	least, most := f.extremes()
	if least != nil {
		r, ok := new(big.Rat).SetString(value)
		if !ok || len(value) > maxLiteral {
			return "", false
		}
		n := new(big.Int).Div(r.Num(), r.Denom())
		if !r.IsInt() && (kind == CheckAtLeast || kind == CheckBelow) {
			n.Add(n, big.NewInt(1))
		}
		value = n.String()
		if kind == CheckAtLeast && n.Cmp(least) == 0 || kind == CheckAtMost && n.Cmp(most) == 0 {
			return "", false
		}
	}
	return f.literal(value)
}

// extremes returns the least and the most that the field's Go type holds; nil
// where it is no whole number of so many bits.
func (f *Field) extremes() (least, most *big.Int) {
	switch f.Primitive {
	case model.Int32:
		return big.NewInt(math.MinInt32), big.NewInt(math.MaxInt32)
	case model.Int64:
		return big.NewInt(math.MinInt64), big.NewInt(math.MaxInt64)
	case model.Uint64:
		return new(big.Int), new(big.Int).SetUint64(math.MaxUint64)
	}
	return nil, nil
}

// maxLiteral bounds the numbers of contracts that code is made of, in bytes.
const maxLiteral = 400

// literal returns a number as a literal of the field's Go type, if that holds it.
func (f *Field) literal(value string) (string, bool) {
	if len(value) > maxLiteral {
		return "", false
	}
	r, ok := new(big.Rat).SetString(value)
	if !ok {
		return "", false
	}
	switch f.Primitive {
	case model.Float64, model.Float32:
		_, err := strconv.ParseFloat(value, map[model.Primitive]int{model.Float64: 64, model.Float32: 32}[f.Primitive])
		return value, err == nil // not beyond what the type has
	case model.Integer, model.Decimal:
		return value, !strings.ContainsAny(value, "eE") && (r.IsInt() || f.Primitive == model.Decimal)
	}
	least, most := f.extremes()
	if least == nil || !r.IsInt() || r.Num().Cmp(least) < 0 || r.Num().Cmp(most) > 0 {
		return "", false
	}
	return r.Num().String(), true
}
