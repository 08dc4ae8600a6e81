package wire

// Member is a member that the contract does not declare, or a value that a declared
// member's field cannot hold, kept so that nothing the sender said is
// lost. Encoding writes it again in its own form; the other form has no place for
// it, but for an UnreadElement's.
type Member struct {
	Name string
	// Raw is the member as it was spelled, by its kind:
	//
	//	JSONMember    `{"Percent":"100"}`, or any JSON value
	//	ElementMember    `<Progress>100</Progress>`
	//	AttributeMember  `"s"`, the literal with its quotes
	//	NilMember        `"true"`, the same
	//	TextMember       text between elements
	//	WholeValue       `[1]`, where an object is declared and others are valid
	//	ChildAttribute   `"xs:date"`, as AttributeMember
	//	UnreadValue      `1e30`, where the field is an int64
	//	UnreadElement    `<Size>1e30</Size>`, the same
	Raw  string
	Kind MemberKind
	// Index is on which of the children that are declared a ChildAttribute stood,
	// counted from 0. Of what could not be read, it is the decoder's own note.
	Index int32
}

// MemberKind tells where a Member was kept from. What is written without being
// escaped depends on it, so that it is never guessed from Name or Raw.
type MemberKind uint8

const (
	JSONMember MemberKind = iota
	ElementMember
	AttributeMember
	TextMember // its Name is "#text"
	WholeValue // a JSON value that is no object; it has no Name
	NilMember  // the attribute xsi:nil, by whatever prefix, that says so
	// ChildAttribute is an attribute of a child that is a value and no record, as
	// xsi:type may be. Its Name is that of the child, /@, and that of the
	// attribute. It is written again on the child that has that name and Index.
	ChildAttribute
	// UnreadValue is a value in a declared member that the fields cannot hold, such
	// as a number of more than 64 bits. Its Name is the way to it from the record,
	// a JSON Pointer (RFC 6901) without the first slash: "size", "list/1",
	// "limits/b". It is written while the field has no other value, an item of a
	// list in its place.
	UnreadValue
	// UnreadElement is a declared element that the field cannot hold. It is written
	// in XML while the field has no other value, in place of the field's element or
	// behind all others. Where the document has a JSON form too, an UnreadValue says
	// the same in it.
	UnreadElement
)

// IsXML tells whether the member was kept from an XML payload.
func (m Member) IsXML() bool {
	switch m.Kind {
	case ElementMember, AttributeMember, TextMember, NilMember, ChildAttribute, UnreadElement:
		return true
	}
	return false
}

// Hollow tells whether kept members are no reason to keep a record that has
// nothing else in it: there are none, or text alone, which where a record is
// declared is a value that cannot be read.
func Hollow(unknown []Member) bool {
	for i := range unknown {
		if unknown[i].Kind != TextMember {
			return false
		}
	}
	return true
}

// textName is the name of text kept between elements.
const textName = "#text"
