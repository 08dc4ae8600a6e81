// Package plan turns a model into a Go plan: every name, type, table and check
// of the package to generate, decided before anything is emitted.
//
// The passes, in the order in which [Make] runs them:
//
//	names     Go names for types, fields and constants (package naming)
//	shapes    the Go type of every field: value, pointer or slice
//	tables    the member tables that the decoders match names with
//	checks    what Validate asks of each field
//	memory    the slabs a decoder takes values from
//
// A plan is data without behaviour. It knows nothing of jennifer; package emit
// writes it down.
package plan
