// Package generator writes a Go package for a document: types, decoders,
// encoders and validators, from a model that package schema/pair has merged or
// taken over.
//
// [Generate] is pure: it takes a model and returns every file, or diagnostics
// and no file. Its stages, each a package, run in this order:
//
//	naming    names for everything, by position and rule, kept in a names file
//	plan      the Go package as data: types, tables, checks, memory
//	contract  the assertions of the contracts as tables of the runtime
//	emit      Go source; the only importer of jennifer
//	verify    parses and type-checks the source before anybody sees it
//
// Package output then writes the files, all or none, or compares them with what
// is there. Package docs stands beside the stages: it writes the reference of a
// document from the same model.
//
// The generator reads no contract and opens no file. What it emits imports the
// standard library and the runtime, package gen/wire, and nothing else.
package generator
