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
//   - parse (tree.go, namespace.go; doctype.go, attlist.go and entity.go for a
//     document type declaration): bytes to a tree of nodes with positions.
//     Malformed XML ends here.
//   - grammar (grammar.go, attribute_value.go): every schema component against
//     one table of the attributes and children it may have.
//   - load (load.go): includes and imports, each file once for each target
//     namespace it takes.
//   - components (components.go, redefine.go): global declarations by symbol
//     space, and what takes their place.
//   - resolve (resolve_*.go, facet.go, identity.go): references, derivation,
//     content models; what is circular, missing or contradictory is said here.
//   - check (check_*.go): rules that need all components resolved, such as
//     Unique Particle Attribution.
//   - model (contract.go, structure.go): the components as model.XMLContract,
//     and the records, lists and scalars that a Go type can show. A union of
//     enumerations and strings is one enumeration, or a string.
//
// # Type identifiers
//
// A named type is "{namespace}Name", without the braces when it has no
// namespace. A built-in type is "xs:name". An anonymous type is the path of its
// owner: a global element is "{namespace}/Name", a global attribute
// "{namespace}/@name", a model group "{namespace}group:Name", an attribute
// group "{namespace}attributeGroup:Name". Below them, and below a named type,
// follow "/name" for an element, "/@name" for an attribute, "/item" for the
// item of a list, "/member(n)" for the n-th member of a union, "/base" for the
// type that a restriction holds inside, "/content" for the text of a restricted
// simpleContent and "/redefined" for what an xs:redefine replaces. A field that
// a hint makes a time has a type of its own, named as an anonymous one would
// be. The characters "/", "@" and ":" stand in no name without a colon, so that
// no two of these are the same; should one owner hold two anonymous types of
// one name, the second ends in "#2".
//
// # Deviations from the specification
//
// A schema document that an include or an import names and that is not there is
// a warning, as the specification has it; references to what it would declare
// are errors. An import with a location that is no relative file name is looked
// for beside the contract under the last part of the location, with a warning.
// The internal subset of a document type declaration is read, as a processor
// that does not validate reads it; what it names outside is not opened, and its
// entities are expanded within bounds. Occurrence bounds over 2147483647 are cut
// to that number, which no document reaches.
// A repeated element is taken for a restriction of a repeated choice that holds
// it, which the letter of rcase-RecurseAsIfGroup refuses. What is not supported
// (XML 1.1, other encodings, content models of more than a million particles,
// patterns too large for package regexp) is an error with the code
// "unsupported", and never left out.
package xsd
