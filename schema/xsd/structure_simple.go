package xsd

import (
	"math/big"
	"strings"

	"github.com/biform/biform/schema/model"
)

// simple makes the part of a type that a simple type definition stands for.
func (b *structureBuilder) simple(out *model.Type, t *typeDef) {
	for base := t.base; base != nil && base.node != nil && !base.complex; base = base.base {
		out.Hints = mergeHints(out.Hints, b.s.hints[base.node])
	}
	d := t.simple
	if d.variety == model.ListOf || d.variety == model.UnionOf {
		out.XMLType = b.s.numbers[t]
	}
	switch d.variety {
	case model.ListOf:
		out.Kind = model.KindList
		out.List = &model.List{Item: b.typ(d.item)}
	case model.UnionOf:
		if u := textsOf(t); u != nil {
			u.show(out)
			break
		}
		out.Kind = model.KindUnion
		out.Union = &model.Union{}
		for _, m := range d.members {
			out.Union.Variants = append(out.Union.Variants, model.Variant{Type: b.typ(m), At: positions(m)})
		}
	default:
		prim := d.scalar()
		if d.facets.enumeration != nil && (prim == model.String || prim == model.URI) {
			out.Kind = model.KindEnumeration
			out.Enum = &model.Enumeration{Primitive: prim, WhiteSpace: d.whiteSpace()}
			for _, e := range d.facets.enumeration {
				out.Enum.Values = append(out.Enum.Values, e.model())
			}
			break
		}
		out.Kind = model.KindScalar
		out.Scalar = &model.Scalar{Primitive: prim, WhiteSpace: d.whiteSpace()}
	}
	out.Constraints = d.constraints()
}

// whiteSpace returns what is done to white space in the texts of a type whose Go
// type is a string: all other types have none.
func (d *simpleDef) whiteSpace() string {
	if p := d.builtin.prim; p != model.String && p != model.URI || d.facets.space == "preserve" {
		return ""
	}
	return d.facets.space
}

func positions(t *typeDef) []model.Position {
	if t.node == nil {
		return nil
	}
	return []model.Position{t.at()}
}

// scalar returns the primitive of an atomic type. An integer without a Go type
// of its own becomes one when its bounds or its digits fit.
func (d *simpleDef) scalar() model.Primitive {
	prim := d.builtin.prim
	if prim != model.Integer {
		return prim
	}
	low, high := d.facets.integerRange()
	if low == nil || high == nil {
		return prim
	}
	for _, fit := range []struct {
		prim      model.Primitive
		low, high string
	}{
		{model.Int32, "-2147483648", "2147483647"},
		{model.Int64, "-9223372036854775808", "9223372036854775807"},
		{model.Uint64, "0", "18446744073709551615"},
	} {
		min, _ := new(big.Rat).SetString(fit.low)
		max, _ := new(big.Rat).SetString(fit.high)
		if low.Cmp(min) >= 0 && high.Cmp(max) <= 0 {
			return fit.prim
		}
	}
	return prim
}

// integerRange returns bounds of an integer, nil where there is none.
func (f *facets) integerRange() (low, high *big.Rat) {
	if f.lower != nil {
		low = f.lower.value.rat
	}
	if f.upper != nil {
		high = f.upper.value.rat
	}
	if f.totalDigits != nil && f.totalDigits.count <= 40 {
		most := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(f.totalDigits.count)), nil)
		limit := new(big.Rat).SetInt(most.Sub(most, big.NewInt(1)))
		if high == nil || high.Cmp(limit) > 0 {
			high = limit
		}
		if negative := new(big.Rat).Neg(limit); low == nil || low.Cmp(negative) < 0 {
			low = negative
		}
	}
	return low, high
}

// constraints returns the rules of a simple type, those of its built-in type
// included where the Go type of its primitive does not hold them.
func (d *simpleDef) constraints() []model.Constraint {
	var out []model.Constraint
	for _, f := range d.facets.stated() {
		for _, m := range f.model() {
			c := model.Constraint{Kind: m.Kind, Value: m.Value, Form: model.XML, At: m.At}
			if d.variety == model.ListOf {
				c.Kind = itemKind(c.Kind)
			}
			if f.value.rat != nil {
				c.Value = decimalText(f)
			}
			out = append(out, c)
		}
	}
	if d.variety == model.Atomic && !goHolds(d.builtin.name) {
		for _, f := range []*facet{d.facets.lower, d.facets.upper} {
			if f != nil && f.node == nil {
				out = append(out, model.Constraint{Kind: f.kind, Value: f.text, Form: model.XML})
			}
		}
	}
	if d.variety == model.ListOf && d.facets.minLength != nil && d.facets.minLength.node == nil {
		out = append(out, model.Constraint{Kind: model.MinItems, Value: d.facets.minLength.text, Form: model.XML})
	}
	for _, step := range d.facets.patterns {
		sources := make([]string, len(step))
		for i, p := range step {
			sources[i] = p.source
		}
		out = append(out, model.Constraint{Kind: model.Pattern, Value: strings.Join(sources, "|"), Form: model.XML,
			At: step[0].node.at()})
	}
	return out
}

// goHolds names the integers whose range is that of their primitive.
func goHolds(name string) bool { return name == "int" || name == "long" || name == "unsignedLong" }

func itemKind(k model.ConstraintKind) model.ConstraintKind {
	switch k {
	case model.MinLength:
		return model.MinItems
	case model.MaxLength:
		return model.MaxItems
	}
	return k
}

// decimalText writes a decimal bound without a plus sign or needless zeros.
func decimalText(f *facet) string {
	if f.value.rat.IsInt() {
		return f.value.rat.Num().String()
	}
	return f.value.rat.FloatString(f.value.scale)
}
