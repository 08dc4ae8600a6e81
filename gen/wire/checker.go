package wire

import "strconv"

// Checker collects what is wrong with a value, for the Validate method of
// generated types. Its zero value is ready; while nothing is wrong it
// allocates nothing.
type Checker struct {
	all    Violations
	missed int
}

// Violate records that a member breaks a rule.
func (c *Checker) Violate(member string, code Code, message string) {
	if len(c.all) == MaxViolations {
		c.missed++
		return
	}
	c.all = append(c.all, Violation{Place: Place{Path: pointer(member)}, Code: code, Message: message})
}

// ViolateItem records that an item of a member breaks a rule.
func (c *Checker) ViolateItem(member string, i int, code Code, message string) {
	n := c.Count()
	c.Violate(member, code, message)
	if n < len(c.all) {
		c.all[n].Path += "/" + strconv.Itoa(i)
	}
}

// Count returns how many violations there are so far. What is recorded from
// here on can be put under a member by Under.
func (c *Checker) Count() int { return len(c.all) }

// Under puts the violations from n on under a member.
func (c *Checker) Under(n int, member string) {
	if n < len(c.all) {
		c.under(n, member)
	}
}

// UnderItem puts the violations from n on under an item of a member.
func (c *Checker) UnderItem(n int, member string, i int) {
	if n < len(c.all) {
		c.underItem(n, member, i)
	}
}

// under and underItem are not inlined, so that Under and UnderItem are: they are
// called for every record, and mostly have nothing to do.
//
//go:noinline
func (c *Checker) under(n int, member string) { c.prefix(n, pointer(member)) }

//go:noinline
func (c *Checker) underItem(n int, member string, i int) {
	c.prefix(n, pointer(member)+"/"+strconv.Itoa(i))
}

func (c *Checker) prefix(n int, prefix string) {
	for i := n; i < len(c.all); i++ {
		c.all[i].Path = prefix + c.all[i].Path
	}
}

// Err returns the violations as an error, or nil when there are none.
func (c *Checker) Err() error {
	if c.missed > 0 {
		c.all = append(c.all, Violation{Code: ErrMore, Message: "and " + strconv.Itoa(c.missed) + " more"})
	}
	return c.all.Err()
}

// IsXML tells whether a payload is XML rather than JSON, by its first byte
// that is neither white space nor part of a byte order mark.
func IsXML(data []byte) bool {
	for _, c := range data {
		switch c {
		case ' ', '\t', '\n', '\r', 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0:
			continue
		}
		return c == '<'
	}
	return false
}
