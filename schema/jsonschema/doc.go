// Package jsonschema reads a JSON Schema, of draft-04, draft-06, draft-07,
// 2019-09 or 2020-12, into the model of a document.
//
// # How it reads
//
//  1. Package jsontree parses the text, which keeps the order of members, the
//     spelling of numbers and the place of everything.
//  2. The files that the contract refers to are read, through package folder
//     only, and every subschema, identifier and anchor is listed. Nothing is
//     ever fetched: an address is found among the identifiers of the files, the
//     caller's [Options.Resources], the published meta-schemas, or else beside
//     the file that names it.
//  3. Patterns are held against what the runtime can say ([RuntimePattern]): RE2
//     and lookaheads.
//  4. santhosh-tekuri/jsonschema v5 compiles the contract: it judges it by its
//     meta-schema and finds references that go round in circles. It sees the
//     contract with its patterns translated, and no loader but ours.
//  5. Every keyword goes into the graph of assertions, [model.JSONContract].
//  6. What a Go type can show goes into the structure, [model.Type].
//
// Every mistake is a diagnostic with the place it stands at; what is legal but
// looks like a slip is a warning.
//
// # Structure and assertions
//
// The assertions lose nothing. The structure is what the values look like: it
// may be wider than the contract, since ValidateJSON enforces the assertions
// whatever the types are. Where keywords shape a value together (allOf, $ref
// and its siblings), the structure is that of their conjunction; a record with
// anyOf, oneOf, if or dependentSchemas beside its properties also has the
// properties of those branches, as optional fields. A schema without type whose
// keywords speak of objects only is a record, and of arrays only a list.
//
// # Deviations from the specification
//
// The keywords definitions and dependencies are honoured in 2019-09 and
// 2020-12 too. A pattern that the runtime cannot say exactly is an error, not an
// approximation.
//
// It is not a validator; package oracle judges payloads, and generated code
// does so by tables that package generator makes from the graph.
package jsonschema
