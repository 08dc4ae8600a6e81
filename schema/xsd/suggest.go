package xsd

import (
	"strings"

	"github.com/biform/biform/schema/diag"
)

// suggest returns the candidate that was probably meant, or "": the nearest by
// edit distance, within a third of its length (at least one), the first of equals. Candidates
// that differ in case alone come first.
func suggest(name string, candidates []string) string {
	best, bestDistance := "", 1+max(1, len(name)/3)
	for _, c := range candidates {
		if c == name {
			continue
		}
		d := diag.Distance(name, c, bestDistance)
		if strings.EqualFold(name, c) {
			d = 0
		}
		if d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}
