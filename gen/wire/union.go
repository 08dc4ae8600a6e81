package wire

import (
	"maps"
	"slices"
)

// Raw is a value as it was spelled in its wire form: what has no Go type of
// its own. It is written again as it is, and must be well-formed.
type Raw string

// RawText returns a text as a JSON string.
func RawText(text string) Raw {
	w := JSONWriter{}
	w.String(text)
	return Raw(w.Buf)
}

// Text returns the text of a JSON string, and any other value as it is.
func (r Raw) Text() string {
	if n := len(r); n > 1 && r[0] == '"' && r[n-1] == '"' {
		return string(jsonUnescape(nil, []byte(r[1:n-1])))
	}
	return string(r)
}

// Put sets a member of a map, making the map when there is none.
func Put[T any](m *map[string]T, name string, v T) {
	if *m == nil {
		*m = map[string]T{}
	}
	(*m)[name] = v
}

// Names returns the names of a map's members in order, so that what is written
// from it is always the same.
func Names[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// ListOf is [JSON.List] where a list without items is not nil.
func ListOf[T any](j *JSON, list *[]T) List {
	switch b := j.buf; b.u8(j.pos) {
	case '[':
		if b.u8(j.skipSpace(j.pos+1)) == ']' {
			*list = []T{}
		}
	case 'n':
		if j.meta.KeepNull {
			j.keepValue(j.meta, "null")
		}
	}
	return j.List()
}

// IsArray tells whether an array stands here.
func (j *JSON) IsArray() bool { return j.buf.u8(j.pos) == '[' }

// KeepWhole keeps a value that is no object, where the contract admits others,
// and tells whether it has.
func (j *JSON) KeepWhole(unknown *[]Member) bool {
	if j.buf.u8(j.pos) == '{' {
		return false
	}
	if raw, ok := j.Raw(); ok {
		*unknown = append(*unknown, Member{Raw: string(raw), Kind: WholeValue})
	}
	return true
}

// Whole writes a value that KeepWhole kept, and tells whether there is one.
func (w *JSONWriter) Whole(unknown []Member) bool {
	if len(unknown) == 0 || unknown[0].Kind != WholeValue {
		return false
	}
	w.Buf = append(w.Buf, unknown[0].Raw...)
	return true
}

// Union tells the variants of a JSON value apart that may be of several types:
// by the type of value where that is enough, and by the contract's rules
// otherwise.
type Union struct {
	Contract *JSONContract
	Variants []Variant
}

// Variant is one type of a union.
type Variant struct {
	// Types are the JSON types of its values; zero means any.
	Types JSONTypes
	// Schema is its schema in the contract, as an index into
	// [JSONContract.Schemas]; 0 admits everything.
	Schema int
}

// Variant returns which variant of u the value is that stands here, or -1 when
// it is none. Of several that the contract would let it be, it is the first. A
// value that breaks the rules of all is the first of its type.
func (j *JSON) Variant(u *Union) int {
	if j.err != nil {
		return -1
	}
	kind := jsonTypeOf(j.buf.u8(j.pos))
	first, several := -1, false
	for i := range u.Variants {
		if t := u.Variants[i].Types; t == 0 || t&kind != 0 {
			several = several || first >= 0
			if first < 0 {
				first = i
			}
		}
	}
	if !several {
		return first
	}
	from, budget, kept := j.pos, j.budget, j.keepName
	j.skip()
	to := j.pos
	if j.err != nil {
		return -1
	}
	j.pos, j.budget, j.keepName = from, budget, kept
	text := j.data[from:to]
	for i := first; i < len(u.Variants); i++ {
		v := &u.Variants[i]
		if (v.Types == 0 || v.Types&kind != 0) && u.Contract.holds(v.Schema, text) {
			return i
		}
	}
	return first
}

// jsonTypeOf returns the type of the value that begins with c.
func jsonTypeOf(c byte) JSONTypes {
	switch c {
	case '{':
		return TObject
	case '[':
		return TArray
	case '"':
		return TString
	case 't', 'f':
		return TBoolean
	case 'n':
		return TNull
	}
	return TNumber | TInteger
}

// holds tells whether a value satisfies one schema of the contract.
func (c *JSONContract) holds(schema int, value []byte) bool {
	c.once.Do(c.prepare)
	if c.err != nil || schema < 0 || schema >= len(c.Schemas) {
		return false
	}
	v := jsonChecks.Get().(*jsonCheck)
	defer jsonChecks.Put(v)
	v.program = c.program
	return v.read(value, &c.program.nodes[schema]) && !v.broken
}
