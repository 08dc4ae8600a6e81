package constraint

import "github.com/biform/biform/schema/model"

// Domain is the kind of value that constraints are looked at for.
type Domain int

// The domains.
const (
	Numbers  Domain = iota // decimals of any size
	Integers               // numbers without a fraction
	Texts                  // strings, and binary by its octets
	Lists                  // arrays, xs:list
	Objects                // JSON objects
)

// DomainOf returns the domain of a type's values, and false for a type whose
// values are of several domains or of none: any, a union, a boolean, a time.
func DomainOf(t *model.Type) (Domain, bool) {
	switch t.Kind {
	case model.KindRecord:
		return Objects, true
	case model.KindList:
		return Lists, true
	case model.KindScalar:
		return domainOf(t.Scalar.Primitive)
	case model.KindEnumeration:
		return domainOf(t.Enum.Primitive)
	}
	return 0, false
}

func domainOf(p model.Primitive) (Domain, bool) {
	switch p {
	case model.Int32, model.Int64, model.Uint64, model.Integer:
		return Integers, true
	case model.Decimal, model.Float32, model.Float64:
		return Numbers, true
	case model.String, model.URI, model.QName, model.Base64, model.Hex:
		return Texts, true
	}
	return 0, false
}

// Answer is what is known of a question about constraints. The zero value is
// Unknown.
type Answer int

// The answers.
const (
	Unknown Answer = iota
	Yes
	No
)

// String returns the answer in lower case.
func (a Answer) String() string {
	switch a {
	case Yes:
		return "yes"
	case No:
		return "no"
	}
	return "unknown"
}

// and returns the answer to "are both so".
func (a Answer) and(b Answer) Answer {
	switch {
	case a == No || b == No:
		return No
	case a == Yes && b == Yes:
		return Yes
	}
	return Unknown
}
