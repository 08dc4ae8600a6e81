// Package contract compiles a contract's assertions, as package model has them,
// into the tables that package wire's engines run: the same tables for the
// command's validator, which runs them at once, and for generated code, which
// holds them as a literal.
//
// It decides everything that can be decided before a payload is at hand: what a
// keyword means in the contract's draft, which schemas say the same, which
// reference is only a detour. What the engines cannot enforce is an error here,
// under the code "unsupported": nothing that a contract says is ever ignored.
//
// It does not read contracts and writes no Go: the readers stand in package
// schema, and the literals are package emission's.
package contract
