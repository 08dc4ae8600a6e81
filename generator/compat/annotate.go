package compat

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/diff"
	"github.com/biform/biform/schema/model"
)

// Annotate returns the changes of the contracts with what they do to Go source:
// every difference of the two packages is told with the change that causes it,
// or is a change of its own when the contracts differ in nothing that the wire
// or a validator shows. changes is not changed.
func Annotate(changes []diff.Change, old, new *Package) []diff.Change {
	out := make([]diff.Change, len(changes))
	for i, c := range changes {
		c.Classes = slices.Clone(c.Classes)
		out[i] = c
	}
	for _, d := range Compare(old.Surface, new.Surface) {
		o, n := old.origin(d.Name), new.origin(d.Name)
		_, was := old.Surface.decls[d.Name]
		_, is := new.Surface.decls[d.Name]
		from := o
		if !was {
			from = n
		}
		class := diff.Additive
		if d.Breaks {
			class = diff.GoBreak
		}
		if c := cause(out[:len(changes)], d, was, is, o, n); c != nil {
			if d.Breaks {
				tell(c, d.Message)
			}
			continue
		}
		c := diff.Change{Path: from.paths[0], Kind: diff.Source, Subject: d.Name, Message: d.Message, Classes: []diff.Class{class}}
		if was {
			c.Old = o.at
		}
		if is {
			c.New = n.at
		}
		out = append(out, c)
	}
	diff.Sort(out)
	return out
}

// tell adds a break of Go source to a change.
func tell(c *diff.Change, message string) {
	first := !c.Has(diff.GoBreak)
	c.Classes = slices.DeleteFunc(c.Classes, func(k diff.Class) bool { return k == diff.Docs })
	c.Add(diff.GoBreak)
	if first {
		c.Message += " (Go: " + message + ")"
	} else {
		c.Message = strings.TrimSuffix(c.Message, ")") + "; " + message + ")"
	}
}

// cause returns the change of the contracts that a difference in Go comes from,
// or nil.
func cause(changes []diff.Change, d Difference, was, is bool, o, n origin) *diff.Change {
	// The kinds that can have such an effect, the likeliest first.
	var kinds []diff.Kind
	switch {
	case was && !is:
		kinds = []diff.Kind{diff.Removed, diff.Moved, diff.Value, diff.Hint, diff.Prose}
	case is && !was:
		kinds = []diff.Kind{diff.Added, diff.Moved, diff.Value, diff.Hint}
	default:
		kinds = []diff.Kind{diff.Moved, diff.Occurs, diff.Type, diff.Hint, diff.Value, diff.Pattern, diff.Bounds, diff.Added, diff.Removed, diff.Open, diff.Rule}
	}
	subject := o.subject
	paths := slices.Concat(o.paths, n.paths)
	if !was {
		subject, paths = n.subject, n.paths
	} else if !is {
		paths = o.paths
	}
	for _, k := range kinds {
		for _, p := range paths {
			for i := range changes {
				c := &changes[i]
				if c.Path != p || c.Kind != k {
					continue
				}
				if k == diff.Value && c.Subject != "" && c.Subject != subject {
					continue
				}
				if k == diff.Prose && !strings.HasSuffix(c.Subject, "title") {
					continue
				}
				if (k == diff.Added || k == diff.Removed) && !sameForm(c, d.Name) {
					continue
				}
				return c
			}
		}
	}
	// What is below a member that is new, or gone, comes and goes with it.
	if was == is {
		return nil
	}
	kind := diff.Added
	if was {
		kind = diff.Removed
	}
	for i := range changes {
		c := &changes[i]
		if c.Kind == kind && c.Path != "/" && slices.ContainsFunc(paths, func(p string) bool { return strings.HasPrefix(p, c.Path+"/") }) {
			return c
		}
	}
	return nil
}

// sameForm tells whether a change can be the cause of what happens to a name:
// when the contract of one form is new, or gone, the cause of the names of that
// form.
func sameForm(c *diff.Change, name string) bool {
	switch {
	case c.Path != "/":
		return true
	case c.Subject == string(model.XML):
		return strings.Contains(name, "XML")
	case c.Subject == string(model.JSON):
		return strings.Contains(name, "JSON")
	}
	return false
}
