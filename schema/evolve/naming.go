package evolve

import (
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
	"github.com/biform/biform/schema/observe/xmltree"
)

// forms is what a file of the XSD says of the namespaces of local names (XML
// Schema Part 1, section 3.3.2).
type forms struct {
	space                string // the target namespace
	elements, attributes bool   // qualified unless they say otherwise
	refer                bool   // the file can refer to types by name
}

func (s *side) forms(file string) forms {
	if s == nil || s.xmlTrees[file] == nil {
		return forms{}
	}
	root := s.xmlTrees[file]
	_, refer := s.qname(file, "x")
	return forms{s.target(file), root.Get("elementFormDefault") == "qualified", root.Get("attributeFormDefault") == "qualified", refer}
}

// isNCName tells whether a name can be that of an element (Namespaces in XML
// 1.0, section 3), by asking the reader of XML.
func isNCName(name string) bool {
	if name == "" || strings.ContainsAny(name, ":/<>=&\"' \t\r\n") {
		return false
	}
	n, err := xmltree.Parse([]byte("<"+name+"/>"), xmltree.Default)
	return err == nil && n.Local == name
}

// nameable tells whether the XSD can declare a member of that name, and in
// which form; it reports why not.
func (n *inference) nameable(x *sighting, d *declaration) bool {
	switch {
	case x.text && !x.element && !x.attr && !x.twice:
		return true
	case !isNCName(x.name):
		n.report(x.first, "name", "the XSD needs another name, and goName hints that pair the two", "%s is no name of an element, so that the XSD cannot declare it", visible(x.name))
		return false
	case x.attr && x.element:
		n.report(x.first, "name", "declare it by hand", "%s is an attribute in one place and an element in another", visible(x.name))
		return false
	case x.twice:
		n.report(x.first, "name", "declare it by hand", "%s has two names in JSON", visible(x.name))
		return false
	case d.json != d.name && !(token.IsIdentifier(goName(d.name)) && token.IsExported(goName(d.name))):
		n.report(x.first, "name", "pair the two with goName hints by hand", "%s has another name in JSON, %s, and no Go name to pair the two by", visible(x.name), visible(d.json))
		return false
	case len(x.spaces) > 1:
		n.report(x.first, "namespace", "declare them by hand", "%s stands in several namespaces", visible(x.name))
		return false
	}
	if len(x.spaces) == 0 {
		return true // not seen in XML
	}
	space, qualified := x.spaces[0], n.form.elements
	if x.attr {
		qualified = n.form.attributes
	}
	switch {
	case space == n.form.space && (space == "" || qualified), space == "" && !qualified:
	case space == n.form.space:
		d.form = "qualified"
	case space == "":
		d.form = "unqualified"
	default:
		n.report(x.first, "namespace", "import the namespace and refer to its element by hand", "%s is in the namespace %s, which the XSD does not declare names of", visible(x.name), visible(space))
		return false
	}
	return true
}

// convention is how JSON names what is an attribute or an element's text in
// XML. The zero value has names that are the same in both.
type convention struct {
	xml       bool   // there is an XSD, so that such names are paired
	attribute string // what stands before an attribute's name; "" for nothing
	text      string // the name of a text
}

// The names that most mappings of XML to JSON use.
const (
	commonAttribute = "@"
	commonText      = "#text"
	textName        = "Value" // the model's name of an element's text
)

// conventionOf tells the convention of a document by its members.
func conventionOf(doc *model.Document) *convention {
	cv := &convention{xml: doc.XML != nil}
	for i := range doc.Types {
		if doc.Types[i].Record == nil {
			continue
		}
		for j := range doc.Types[i].Record.Fields {
			f := &doc.Types[i].Record.Fields[j]
			if f.XML == nil || f.JSON == nil {
				continue
			}
			switch f.XML.Node {
			case model.NodeAttribute:
				if before, ok := strings.CutSuffix(f.JSON.Name, f.XML.Name.Local); ok && cv.attribute == "" {
					cv.attribute = before
				}
			case model.NodeText:
				if cv.text == "" {
					cv.text = f.JSON.Name
				}
			}
		}
	}
	return cv
}

// nameOf returns the name under which a member is known, whatever the form.
func (cv *convention) nameOf(p *observe.Payload, m *observe.Member) string {
	if p.Form == model.XML || !cv.xml || m.Field != nil {
		return m.Name
	}
	name, _ := cv.split(m.Name)
	return name
}

// split parts a name of JSON into the member's name and what it is in XML;
// node is empty when the name does not tell.
func (cv *convention) split(name string) (local string, node model.XMLNode) {
	if name == commonText || cv.text != "" && name == cv.text {
		return textName, model.NodeText
	}
	for _, before := range []string{cv.attribute, commonAttribute} {
		if local, ok := strings.CutPrefix(name, before); ok && before != "" && isNCName(local) {
			return local, model.NodeAttribute
		}
	}
	return name, ""
}

// note takes down the name that a member has in JSON.
func (cv *convention) note(x *sighting, name string) {
	x.twice = x.twice || x.json != "" && x.json != name
	x.json = name
	if !cv.xml {
		return
	}
	switch _, node := cv.split(name); node {
	case model.NodeAttribute:
		x.attr = true
	case model.NodeText:
		x.text = true
	}
}

// jsonName returns the name that a member is to have in JSON.
func (cv *convention) jsonName(x *sighting) string {
	switch {
	case x.json != "":
		return x.json
	case x.attr:
		return cv.attribute + x.name
	case x.text && cv.text != "":
		return cv.text
	}
	return x.name
}

// goName returns the hint that pairs a member of XML with one of another name
// in JSON.
func goName(local string) string {
	r, size := utf8.DecodeRuneInString(local)
	return string(unicode.ToUpper(r)) + local[size:]
}
