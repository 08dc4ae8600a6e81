package evolve

import (
	"strings"

	"github.com/biform/biform/schema/observe/xmltree"
)

// forms is what a file of the XSD says of the namespaces of local names (XML
// Schema Part 1, section 3.3.2).
type forms struct {
	space                string // the target namespace
	elements, attributes bool   // qualified unless they say otherwise
}

func (s *side) forms(file string) forms {
	if s == nil || s.xmlTrees[file] == nil {
		return forms{}
	}
	root := s.xmlTrees[file]
	return forms{s.target(file), root.Get("elementFormDefault") == "qualified", root.Get("attributeFormDefault") == "qualified"}
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
	case x.text && !x.element && !x.attr:
		return true
	case !isNCName(x.name):
		n.report(x.first, "name", "the XSD needs another name, and goName hints that pair the two", "%s is no name of an element, so that the XSD cannot declare it", visible(x.name))
		return false
	case x.attr && x.element:
		n.report(x.first, "name", "declare it by hand", "%s is an attribute in one place and an element in another", visible(x.name))
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
