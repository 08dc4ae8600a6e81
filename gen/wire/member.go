package wire

// Member is a member that the contract does not declare, or a JSON value that a
// declared member's field cannot hold, kept so that nothing the sender said is
// lost. Encoding writes it again in its own form; the other form has no place for
// it.
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
	//	UnreadItem       `1e30`, where the field is a list of them
	//	UnreadEntry      `"limit":1e30`, where it is a map
	Raw  string
	Kind MemberKind
	// Index is on which of the children that are declared a ChildAttribute stood,
	// and where an UnreadItem stood in its list, counted from 0.
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
	// A value of a declared member that its field cannot hold, such as a number
	// of more than 64 bits. It is written while the field has no other value.
	UnreadValue
	UnreadItem  // an item of the member's list, which is written in its place
	UnreadEntry // an entry of the member's map
)

// IsXML tells whether the member was kept from an XML payload.
func (m Member) IsXML() bool {
	switch m.Kind {
	case ElementMember, AttributeMember, TextMember, NilMember, ChildAttribute:
		return true
	}
	return false
}

// unread tells whether a declared member's field could not hold it.
func (m *Member) unread() bool { return m.Kind >= UnreadValue }

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
