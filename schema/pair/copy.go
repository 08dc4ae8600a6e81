package pair

import (
	"slices"

	"github.com/biform/biform/schema/model"
)

// cloneType copies a type so deeply that nothing of the copy's structure is
// shared.
func cloneType(t *model.Type) model.Type {
	c := *t
	c.At = clone(t.At)
	c.Constraints = clone(t.Constraints)
	if t.Record != nil {
		r := *t.Record
		r.Fields, r.Patterns = clone(r.Fields), clone(r.Patterns)
		for i := range r.Fields {
			r.Fields[i] = cloneField(&r.Fields[i])
		}
		c.Record = &r
	}
	if t.List != nil {
		l := *t.List
		l.Tuple = clone(l.Tuple)
		c.List = &l
	}
	if t.Enum != nil {
		e := *t.Enum
		e.Values = clone(e.Values)
		c.Enum = &e
	}
	if t.Union != nil {
		u := *t.Union
		u.Variants = clone(u.Variants)
		c.Union = &u
	}
	return c
}

func cloneField(f *model.Field) model.Field {
	c := *f
	c.At = clone(f.At)
	if f.XML != nil {
		b := *f.XML
		c.XML = &b
	}
	if f.JSON != nil {
		b := *f.JSON
		b.Spellings = clone(b.Spellings)
		c.JSON = &b
	}
	return c
}

// visit calls f for every reference to another type, in the order in which the
// type states them.
func visit(t *model.Type, f func(*model.TypeID)) {
	ref := func(id *model.TypeID) {
		if *id != "" {
			f(id)
		}
	}
	if r := t.Record; r != nil {
		for i := range r.Fields {
			ref(&r.Fields[i].Type)
		}
		for i := range r.Patterns {
			ref(&r.Patterns[i].Type)
		}
		ref(&r.Additional)
	}
	if l := t.List; l != nil {
		for i := range l.Tuple {
			ref(&l.Tuple[i])
		}
		ref(&l.Item)
	}
	if u := t.Union; u != nil {
		for i := range u.Variants {
			ref(&u.Variants[i].Type)
		}
	}
}

// either returns the XSD's text, or the JSON Schema's when the XSD has none.
func either(x, j model.Doc) model.Doc {
	if x.Title == "" && x.Description == "" && len(x.Examples) == 0 {
		j.Deprecated = j.Deprecated || x.Deprecated
		return j
	}
	x.Deprecated = x.Deprecated || j.Deprecated
	return x
}

// at returns the first of a node's positions.
func at(all []model.Position) model.Position {
	if len(all) == 0 {
		return model.Position{}
	}
	return all[0]
}

// concat returns two lists as one that shares memory with neither.
func concat[T any](a, b []T) []T { return slices.Concat(a, b) }

// clone copies a list; an empty one is nil.
func clone[T any](list []T) []T { return append([]T(nil), list...) }
