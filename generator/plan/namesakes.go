package plan

import (
	"strings"
	"unicode"

	"github.com/biform/biform/generator/naming"
	"github.com/biform/biform/schema/model"
)

// tellApart gives members of one record that would have one name other ones,
// by what they are: an attribute beside an element ends in Attr, and an
// attribute or an element of another namespace than the document's begins with
// the namespace's last word. What is still alike is left to [naming.Table].
func (m *maker) tellApart(members []member, scope []naming.Candidate) {
	alike, elements := map[string]int{}, map[string]bool{}
	for i := range scope {
		alike[scope[i].Want]++
		if b := members[i].XML; b == nil || b.Node != model.NodeAttribute {
			elements[scope[i].Want] = true
		}
	}
	for i := range scope {
		c, b := &scope[i], members[i].XML
		want := c.Want
		if alike[want] < 2 || b == nil || members[i].Hints.GoName != "" {
			continue
		}
		switch home := b.Node == model.NodeElement && m.doc.RootElement != nil && b.Name.Space == m.doc.RootElement.Space; {
		case b.Name.Space != "" && !home:
			c.Want = naming.Exported(spaceWord(b.Name.Space) + "-" + members[i].want)
		case b.Node == model.NodeAttribute && elements[want]:
			c.Want += "Attr"
		}
		c.Exact = c.Exact && c.Want == want
	}
}

// xmlSpace is the namespace of the prefix xml, which is bound to it everywhere.
const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// spaceWord returns the last word of a namespace's name: xlink of
// http://www.w3.org/1999/xlink.
func spaceWord(space string) string {
	if space == xmlSpace {
		return "xml"
	}
	words := strings.FieldsFunc(space, func(r rune) bool { return strings.ContainsRune("/#:?&=", r) })
	for i := len(words) - 1; i >= 0; i-- {
		if unicode.IsLetter(rune(words[i][0])) {
			return words[i]
		}
	}
	return space
}
