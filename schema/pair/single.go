package pair

import (
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// Single returns the model of a document that has one contract alone. A member
// that may repeat is a list then, as there is no other contract to say that it
// is none; all else stays as it is. The argument is not changed.
func Single(doc *model.Document) (*model.Document, diag.List) {
	c := *doc
	c.Types = clone(doc.Types)
	for i := range c.Types {
		c.Types[i] = cloneType(&doc.Types[i])
		if r := c.Types[i].Record; r != nil {
			decide(r)
		}
	}
	return &c, nil
}

// decide makes lists of the members that may repeat.
func decide(r *model.Record) {
	for i := range r.Fields {
		if f := &r.Fields[i]; f.Repeatable {
			if f.Occurs == model.One {
				f.MinItems = max(1, f.MinItems)
			}
			f.Occurs = model.Many
			f.Repeatable = false
		}
	}
}
