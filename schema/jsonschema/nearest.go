package jsonschema

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
		if d := distance(name, n); d < best && d > 0 {
			best, found = d, n
		}
	}
	return found
}

// distance is the optimal string alignment distance of two names.
func distance(a, b string) int {
	if d := len(a) - len(b); d > 2 || d < -2 {
		return 3
	}
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
