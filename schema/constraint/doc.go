// Package constraint is the algebra over the constraints that a contract puts
// on the values of a type ([model.Constraint]): what two lists of them admit
// together, whether one list admits everything that another does, and whether a
// list admits anything at all.
//
// It merges allOf, follows the restriction chains of XSD, compares the two
// contracts of a pair, and tells whether a change is wider or narrower. It is
// pure: it reads no contract, reports nothing to a user and changes no list that
// it is given.
//
// # Domains
//
// A list of constraints says different things of different values: maxLength
// says nothing of a number (JSON Schema Validation, section 6). So a list is
// always looked at for the values of one [Domain], and the constraints that do
// not concern it are left out.
//
// # Exactness
//
// Numbers are exact decimals ([Decimal]); none is rounded to a float. An
// [Answer] is Yes or No only when it is certain, and Unknown otherwise: a
// pattern is taken for a closed box, of which only equality with another is
// known ([PatternKey]). A constraint whose operand cannot be read, such as an
// exponent beyond [MaxExponent], is such a box too, so that a hostile operand
// costs nothing.
package constraint
