package wire

import (
	"maps"
	"slices"
)

// Raw is a value as it was spelled in its wire form: what has no Go type of
// its own. It is written again as it is, and must be well-formed: a value of JSON,
// or an element with its tags. Of a document with two forms it may be either, and
// an element that holds nothing but text is a JSON string; encoding into the other
// form writes objects, arrays and elements as the text of them.
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
func Names[T any](m map[string]T) []string {
	names := slices.AppendSeq(make([]string, 0, len(m)), maps.Keys(m))
	slices.Sort(names)
	return names
}

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
