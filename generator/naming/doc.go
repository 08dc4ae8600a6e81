// Package naming decides Go names: once, before anything is emitted, by a
// contract's positions and rules alone, so that no name depends on the order
// of declarations.
//
// What was decided is recorded in a names file beside the generated code. A
// recorded name is kept, whatever the rules would say now, so that
// regenerating renames nothing and a rename is a line in a diff.
//
// The package knows nothing of wire forms, and does not emit code.
package naming
