// Package pair merges two models of one document, an XSD's and a JSON Schema's,
// into one model that has both bindings, or says where the two disagree.
//
// It reads no contract: the readers do (packages xsd and jsonschema). It decides
// no Go name and writes no code. What it cannot tell from the contracts it does
// not guess: a contradiction is a diagnostic that stands at the JSON Schema's
// position and has the XSD's as related position, with a hint of what to write
// in which of the two.
//
// # What is paired
//
// The two models are walked from their roots. Types are paired by where they
// stand and by nothing else: their names may differ. The members of two records
// are paired by name, the local name of the element or attribute beside the
// name of the property. Two members of different names are one when a goName
// hint says so: both have the same goName, or the goName of one is the name of
// the other. That is how the conventions for attributes and text ("@id",
// "#text") are paired; the package knows none of them by heart.
//
// A pair of types is merged once, however often it is met, so that recursion
// ends.
//
// # Who decides
//
//   - Names, namespaces, order of members, attributes, lexical types, how often
//     a member stands: the XSD.
//   - Whether a member of a repeated choice (Field.Repeatable) is a list, and
//     whether it is required: the JSON Schema.
//   - How a value is spelled in JSON: the JSON Schema.
//   - A member is required when both contracts require it. Where one does and
//     the other does not, there is a warning, and the member is optional, so
//     that the Go type holds what either contract admits.
//   - Constraints: both. The model has the tightest of each kind.
//   - An xs:list is an array of its items or a string that holds them; an
//     xs:union is alternatives of as many types, by position, or a string that
//     spells any of them. A union of texts is a text.
//   - An XSD element that holds nothing but a repeated element is the wrapper
//     of a list, when the JSON Schema has an array in its place.
//
// # Diagnostics
//
//	pair-missing  a member of one contract alone (error)
//	pair-occurs   a list in one contract alone (error); required in one alone (warning)
//	pair-type     types that have no value in common (error), or of which one is wider (warning)
//	pair-enum     values of one enumeration alone (error); an enumeration beside any value (warning)
//	pair-bounds   constraints that leave nothing (error), or differ (warning)
//	pair-value    fixed values that differ (error); defaults that differ (warning)
//	pair-hint     one hint given differently (error)
package pair
