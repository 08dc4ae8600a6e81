package evolve

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe/xmltree"
)

// style is how a pair of contracts is written, as far as the document tells.
type style struct {
	xml    bool // there is an XSD
	bare   bool // most lists of JSON let an item stand without its array
	arrays bool // some do not
}

func styleOf(doc *model.Document, c *contracts) *style {
	s := &style{xml: c.xml != nil}
	bare, arrays := 0, 0
	for i := range doc.Types {
		r := doc.Types[i].Record
		if r == nil {
			continue
		}
		for j := range r.Fields {
			switch f := &r.Fields[j]; {
			case f.JSON == nil || f.Occurs != model.Many:
			case f.JSON.Bare:
				bare++
			default:
				arrays++
			}
		}
	}
	s.bare, s.arrays = bare > arrays, arrays > 0
	return s
}

// layout is how a file is laid out.
type layout struct {
	unit  string // of indentation
	lines bool   // it has more than one line
	pad   bool   // JSON: a blank stands inside the braces of an object on one line
}

// xmlLayout tells how an XSD is laid out: by its first child.
func xmlLayout(data []byte, root *xmltree.Node) layout {
	l := layout{unit: "  ", lines: bytes.Contains(data[root.Start:root.End], []byte("\n"))}
	for _, k := range root.Kids {
		if indent, ok := indentAt(data, k.Start); ok && indent != "" {
			l.unit = strings.TrimPrefix(indent, lineIndent(data, root.Start))
			break
		}
	}
	return l
}

// jsonLayout tells how a JSON Schema is laid out: by its first member.
func jsonLayout(data []byte, root *jsontree.Node) layout {
	l := layout{unit: "  ", lines: bytes.Contains(data[root.Start:root.End], []byte("\n"))}
	l.pad = bytes.Contains(data, []byte(`{ "`)) || !bytes.Contains(data, []byte(`{"`)) && l.lines
	for _, m := range root.Members {
		if indent, ok := indentAt(data, m.Start); ok && indent != "" {
			l.unit = strings.TrimPrefix(indent, lineIndent(data, root.Start))
			break
		}
	}
	return l
}

// visible quotes a name for a message.
func visible(name string) string { return strconv.Quote(name) }

// names are the names of types that the contracts have already.
type names map[string]bool

// typeNames lists the names of all types of the contracts' files.
func (c *contracts) typeNames() names {
	all := names{}
	if c.xml != nil {
		for _, root := range c.xml.xmlTrees {
			for _, k := range root.Kids {
				if k.Local == "complexType" || k.Local == "simpleType" {
					all[k.Get("name")] = true
				}
			}
		}
	}
	if c.json != nil {
		for _, root := range c.json.jsonTrees {
			for _, defs := range []string{"definitions", "$defs"} {
				if v := root.Get(defs); v != nil {
					for _, m := range v.Members {
						all[m.Name] = true
					}
				}
			}
		}
	}
	return all
}

// fresh returns a name for a new type: the member's, or that of the record and
// the member, or one with a number.
func (n names) fresh(member, owner string) string {
	name := member
	if n[name] {
		name = owner + member
	}
	for i := 2; n[name]; i++ {
		name = fmt.Sprintf("%s%s%d", owner, member, i)
	}
	n[name] = true
	return name
}
