package evolve

import (
	"strings"
	"unicode/utf8"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/observe/xmltree"
)

// enumerate adds a value to an enumeration.
func (p *planner) enumerate(c *change, one *fieldFindings, value string) error {
	if p.sides.xml != nil {
		if err := p.enumerateXML(c, one, value); err != nil {
			return err
		}
	}
	if p.sides.json != nil {
		if err := p.enumerateJSON(c, one, value); err != nil {
			return err
		}
	}
	if len(c.edits) == 0 {
		return leftf("add the value by hand", "the contracts do not say where the values are listed")
	}
	p.try(c)
	return nil
}

// isXMLText tells whether XML has all the characters of a text (XML 1.0,
// production 2).
func isXMLText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	})
}

func (p *planner) enumerateXML(c *change, one *fieldFindings, value string) error {
	s := p.sides.xml
	file, n := s.node(one.typ.At)
	if n == nil {
		return nil // the JSON Schema alone lists values
	}
	if !isXMLText(value) {
		return leftf("", "the value has characters that XML does not have")
	}
	last := lastEnumeration(n)
	if last == nil {
		if one.field.Fixed != nil {
			return leftf("take fixed away by hand", "the XSD fixes the value")
		}
		return leftf("add the value by hand", "the XSD does not list the values there")
	}
	indent, own := indentAt(s.files[file], last.Start)
	text := "<" + last.Name() + ` value="` + escape(value) + `"/>`
	if own {
		text = "\n" + indent + text
	}
	at := behind(s.files[file], last.End)
	c.add(s, file, at, at, text)
	return nil
}

// lastEnumeration returns the last enumeration facet of the restriction of a
// simple type.
func lastEnumeration(n *xmltree.Node) *xmltree.Node {
	var last *xmltree.Node
	for _, k := range n.Kids {
		switch k.Local {
		case "enumeration":
			last = k
		case "simpleType", "restriction", "simpleContent":
			if found := lastEnumeration(k); found != nil {
				last = found
			}
		}
	}
	return last
}

func (p *planner) enumerateJSON(c *change, one *fieldFindings, value string) error {
	s := p.sides.json
	file, at := s.value(one.typ.At)
	if at == nil {
		file, at = s.value(one.field.At)
	}
	from := file
	file, n := s.seek(file, at, 0, hasKeyword("enum"))
	if n == nil {
		if _, fixed := s.seek(from, at, 0, hasKeyword("const")); fixed != nil {
			return leftf("write enum in place of const by hand", "the JSON Schema fixes the value with const")
		}
		if len(c.edits) == 0 {
			return leftf("add the value by hand", "the JSON Schema does not list the values there")
		}
		return nil // the XSD alone lists values
	}
	if len(n.Get("enum").Items) == 0 {
		return leftf("add the value by hand", "the JSON Schema lists no values")
	}
	for _, twin := range s.twins(file, n) {
		s.appendValue(c, file, twin.Get("enum"), value)
	}
	return nil
}

// appendValue adds a value to a list of values, in the style of the last: as a
// number when that is one, on a line of its own when that is.
func (s *side) appendValue(c *change, file string, list *jsontree.Node, value string) {
	last := list.Items[len(list.Items)-1]
	v := str(value).raw
	if last.Kind == jsontree.Number && plainNumber.MatchString(value) {
		v = value
	}
	data := s.files[file]
	sep := ", "
	if indent, own := indentAt(data, last.Start); own {
		sep = ",\n" + indent
	} else if len(list.Items) > 1 {
		prev := list.Items[len(list.Items)-2]
		sep = strings.ReplaceAll(string(data[prev.End:last.Start]), "\r", "")
	}
	c.add(s, file, last.End, last.End, sep+v)
}
