// Package compat tells what a change of the contracts does to Go source that
// uses the generated package.
//
// What decides is the exported interface of the package: it generates the old
// and the new one, as a consumer would, the new one with the names that the old
// one recorded, and compares what they declare ([SurfaceOf]). The rules are
// those of golang.org/x/exp/apidiff, which a test holds: a name that is gone,
// and a field, function, method or constant of another type or value break Go
// source; a name that is new does not.
//
// [Annotate] finds, for every difference of the Go packages, the change of the
// contracts that causes it.
//
// It writes nothing and does not type-check; what it compares is source that
// package emit has written.
package compat
