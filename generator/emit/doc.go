// Package emit writes a Go plan down as Go source, with jennifer. It is the
// only package that imports jennifer, and within it only the wrappers of
// safe.go turn text of a contract into code: identifiers that are checked,
// comments that cannot end early or become directives, and quoted literals.
// Nothing else here may pass a contract's text on.
//
// It decides nothing: names, types and tables come from package plan. It does
// not write files.
package emit
