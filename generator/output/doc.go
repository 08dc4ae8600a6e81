// Package output puts generated files where they belong, all of them or none,
// or tells how what is there differs from them.
//
// A file is replaced whole, by a rename within its folder, so that a reader
// sees the old one or the new one; a file that would not change is not
// touched; a file that biform did not write is not overwritten. What biform
// wrote there earlier and no longer generates is removed.
//
// It does not know what the files say, beyond the mark of generated code.
package output
