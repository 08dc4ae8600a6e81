// Package xsd reads an XML Schema (XSD 1.0: W3C XML Schema Part 1 and Part 2,
// second edition) into a [model.Document]: the structure that Go types can show
// and the whole of the schema's components as assertions.
//
// It is not a validator of documents, it does not fetch anything (a schema's
// includes and imports are read below the contract's folder and nowhere else),
// and it knows nothing of Go.
//
// # Stages
//
// The stages run one after the other; each has files of its own and hands one
// thing on:
//
//   - parse (tree.go, namespace.go): bytes to a tree of nodes with positions.
//     Malformed XML ends here.
//   - grammar (grammar.go, attribute_value.go): every schema component against
//     one table of the attributes and children it may have.
//   - load (load.go): includes and imports, each file once for each target
//     namespace it takes.
//   - components (components.go): global declarations by symbol space.
//   - resolve (resolve_*.go): references, derivation, content models; what is
//     circular, missing or contradictory is said here.
//   - check (check_*.go): rules that need all components resolved, such as
//     Unique Particle Attribution.
//   - model (contract.go, structure.go): the components as model.XMLContract,
//     and the records, lists and scalars that a Go type can show.
//
// # Type identifiers
//
// A named type is "{namespace}Name", without the braces when it has no
// namespace. A built-in type is "xs:name". An anonymous type is the path of its
// owner: a global element is "{namespace}/Name", a global attribute
// "{namespace}/@name", a model group "{namespace}group:Name", an attribute
// group "{namespace}attributeGroup:Name"; below them (and below a named type)
// follow "/name" for an element, "/@name" for an attribute, "/item" for the
// item of a list, "/member(n)" for the n-th member of a union, "/base" for the
// type that a restriction holds inside and "/content" for what a simpleContent
// restricts. The characters "/", "@" and ":" stand in no XML name without a
// colon, so no two of these are the same.
//
// # Deviations from the specification
//
// A schema document that an include or an import names and that is not there is
// a warning, as the specification has it; references to what it would declare
// are errors. An import with a location
// that is no relative file name is looked for beside the contract under the
// last part of the location, with a warning. DOCTYPE is refused. Occurrence
// bounds over 2147483647 are cut to that number, which no document reaches.
// What is not supported is an error with the code "unsupported", and never left
// out.
package xsd
