package observe

import (
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// Kind is the shape of a value.
type Kind uint8

// The kinds of value.
const (
	Nothing Kind = iota + 1 // an empty element, "", null, {} or []
	Scalar
	Record
	List // a list that is a value of its own, such as an array in an array
)

// String returns the kind's name, with an article.
func (k Kind) String() string {
	switch k {
	case Scalar:
		return "a text"
	case Record:
		return "an element or object with members"
	case List:
		return "a list"
	}
	return "nothing"
}

// Value is a value in a payload.
type Value struct {
	Kind Kind
	// Type is the declared type; nil when nobody declared one.
	Type *model.Type
	// Spelled is the JSON type of the text; empty in XML.
	Spelled model.JSONType
	// Text is a scalar's characters, or the source text of a number or boolean.
	Text    string
	Members []*Member // of a record
	Items   []*Value  // of a list
	At      Place
}

// Place is where something stands in a payload.
type Place struct {
	Path         string // XPath in XML, JSON Pointer in JSON
	Offset       int    // in bytes, from 0
	Line, Column int    // from 1, columns in bytes
}

// Member is a member of a record, with all its values.
type Member struct {
	// Name is the field's name or, when nobody declared it, the name it has in
	// the payload.
	Name string
	// Field is the declared field; nil when nobody declared it.
	Field *model.Field
	// Admitted says that the record admits members which no field names, such
	// as those of a map or of a wildcard, and this is one.
	Admitted bool
	// Node is what carries the member in XML; empty in JSON.
	Node model.XMLNode
	// Space is the namespace of the element or attribute.
	Space string
	// Array says that a JSON array held the values.
	Array  bool
	Values []*Value
	At     Place // of the first
}

// Member returns the member that a field declares, or nil.
func (v *Value) Member(f *model.Field) *Member {
	for _, m := range v.Members {
		if m.Field == f {
			return m
		}
	}
	return nil
}

// IsList tells whether the member is shown as a list: because the contract
// declares one, or because the payload has several values or an array.
func (m *Member) IsList() bool {
	return m.Array || len(m.Values) != 1 || m.Field != nil && m.Field.Occurs == model.Many
}

// Key is the name under which the member is shown: its name, with @ in front
// when it is an attribute that nobody declared, and #text for an element's own
// text.
func (m *Member) Key() string {
	switch {
	case m.Field != nil:
	case m.Node == model.NodeAttribute:
		return "@" + m.Name
	case m.Node == model.NodeText:
		return "#text"
	}
	return m.Name
}

// AppendJSON appends the value as JSON text without white space: members in
// their order, lists where the contract or the payload has one, and numbers and
// booleans as such where the contract says that they are. Where nobody declared
// a type, a value is spelled as in the payload, and a text of XML as a string.
func (v *Value) AppendJSON(b []byte) []byte {
	switch v.Kind {
	case Scalar:
		return v.appendScalar(b)
	case List:
		return appendList(b, v.Items)
	case Record:
		b = append(b, '{')
		for i, m := range v.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(jsontree.AppendString(b, m.Key()), ':')
			if m.IsList() {
				b = appendList(b, m.Values)
			} else {
				b = m.Values[0].AppendJSON(b)
			}
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

func appendList(b []byte, list []*Value) []byte {
	b = append(b, '[')
	n := 0
	for _, v := range list {
		if v.Kind == Nothing && len(list) == 1 {
			break // <Tags/> is a list of nothing, not of one
		}
		if n++; n > 1 {
			b = append(b, ',')
		}
		b = v.AppendJSON(b)
	}
	return append(b, ']')
}

func (v *Value) appendScalar(b []byte) []byte {
	prim := Primitive(v.Type)
	if prim == "" {
		if v.Spelled != "" && v.Spelled != model.JSONString {
			return append(b, v.Text...)
		}
		return jsontree.AppendString(b, v.Text)
	}
	switch text := trim(v.Text); {
	case prim == model.Boolean && (text == "true" || text == "1"):
		return append(b, "true"...)
	case prim == model.Boolean && (text == "false" || text == "0"):
		return append(b, "false"...)
	case numeric(prim) && isJSONNumber(text):
		return append(b, text...)
	}
	return jsontree.AppendString(b, v.Text)
}
