package jsonschema

import "github.com/biform/biform/schema/diag"

// nearest returns the name that another is probably a slip of: one letter
// wrong, missing, needless or swapped, two in long names. It is "" when there
// is none.
func nearest(name string, among []string) string {
	most := 1
	if len(name) > 5 {
		most = 2
	}
	best, found := most+1, ""
	for _, n := range among {
		if d := diag.Distance(name, n, best); d < best && d > 0 {
			best, found = d, n
		}
	}
	return found
}
