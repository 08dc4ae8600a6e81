package wire

// Member is a member that the contract does not declare, kept so that nothing
// the sender said is lost. Encoding writes it again in its own form; the other
// form has no place for it.
//
// What kind of member it is shows in its spelling:
//
//	JSON member        Name: "Progress"  Raw: `{"Percent":"100"}` or any JSON value
//	XML element        Name: "Progress"  Raw: `<Progress>100</Progress>`
//	XML attribute      Name: "@unit"     Raw: `"s"`, the literal with its quotes
//	text of an element Name: "#text"     Raw: the text as it was spelled
type Member struct {
	Name string
	Raw  string
}

// IsXML tells whether the member was kept from an XML payload.
func (m Member) IsXML() bool {
	return len(m.Raw) > 0 && m.Raw[0] == '<' || m.Name == textMember || len(m.Name) > 0 && m.Name[0] == '@' && m.attribute()
}

// attribute tells whether Raw can be an attribute's literal of a member whose
// name begins with @; a JSON name may begin so too.
func (m Member) attribute() bool { return len(m.Raw) > 0 && (m.Raw[0] == '\'' || m.Raw[0] == '"') }

// textMember is the name of text kept between elements.
const textMember = "#text"
