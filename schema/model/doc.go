// Package model is the intermediate representation that every other stage of
// biform shares: one document, its types and fields, its constraints, and how
// each field is spelled in either wire form.
//
// It holds two views of the same contracts.
//
//   - The structure ([Document], [Type], [Field]) is what a Go type can show:
//     records, lists, scalars, enumerations, unions. The readers build it from
//     one contract each; package pair merges two into one.
//   - The assertions ([JSONContract], [XMLContract]) are everything a contract
//     says, keyword by keyword and component by component, as graphs. They are
//     what ValidateJSON and ValidateXML enforce, and they lose nothing: a rule
//     that no Go type can show still stands here.
//
// Everything is plain data that marshals to JSON: nodes refer to each other by
// identifier, never by pointer, so that recursion is not special and a dump is
// a golden file. Every node and every constraint keeps the position in the
// contract it came from.
//
// The package has no behaviour beyond looking a node up, and imports nothing
// of biform's. It is not a validator, and it knows nothing of Go names: those
// are decided in package generator.
//
// # Vocabulary
//
// A document is the thing that two wire forms (XML and JSON) spell. A contract
// is a schema file. A pair is two contracts of one document. A member is what
// stands on the wire where the model has a field: an element or an attribute,
// or a JSON object's member.
package model
