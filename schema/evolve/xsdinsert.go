package evolve

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe/xmltree"
)

// errLeft says why a contract cannot be changed, and what to do instead.
type errLeft struct{ why, hint string }

func (e *errLeft) Error() string { return e.why }

func leftf(hint, format string, args ...any) error {
	return &errLeft{fmt.Sprintf(format, args...), hint}
}

// errWait says that a change must wait for the next round: one of this round
// changes the same place.
var errWait = errors.New("it waits for the next round")

// What a round has done to the content of an element of the XSD.
type busyness int

const (
	idle   busyness = iota
	grown           // attributes were added behind others
	closed          // the first child was added, or a group
)

// body is a complex type as the XSD's text has it.
type body struct {
	typ   *xmltree.Node // xs:complexType
	outer *xmltree.Node // what holds the group and the attributes: the type, or its extension or restriction
	group *xmltree.Node // nil: none yet
	kind  group
	text  bool // simple content
}

// bodyOf finds the parts of the complex type at a node.
func bodyOf(n *xmltree.Node) (*body, error) {
	if n != nil && n.Local == "element" {
		i := slices.IndexFunc(n.Kids, func(k *xmltree.Node) bool { return k.Local == "complexType" })
		if i < 0 {
			return nil, leftf("declare it by hand", "the XSD's type of the record is not written as a complex type")
		}
		n = n.Kids[i]
	}
	if n == nil || n.Local != "complexType" {
		return nil, leftf("declare it by hand", "the XSD does not say where the record is declared")
	}
	b := &body{typ: n, outer: n}
	for _, k := range n.Kids {
		if k.Local == "complexContent" || k.Local == "simpleContent" {
			b.text = k.Local == "simpleContent"
			for _, d := range k.Kids {
				if d.Local == "extension" || d.Local == "restriction" {
					b.outer = d
				}
			}
		}
	}
	for _, k := range b.outer.Kids {
		switch k.Local {
		case "sequence", "choice", "all":
			b.group, b.kind = k, kindOf(k)
		case "group":
			return nil, leftf("declare it by hand in the group", "the XSD's content of the record is the group %s, which others may share", k.Get("ref"))
		}
	}
	return b, nil
}

// kindOf tells the kind of a group.
func kindOf(n *xmltree.Node) group {
	switch n.Local {
	case "sequence":
		return sequence
	case "all":
		return all
	}
	if max := n.Get("maxOccurs"); max != "" && max != "1" && max != "0" {
		return freeform
	}
	return choice
}

// commonGroup returns the kind that most content models of a file have.
func commonGroup(root *xmltree.Node) group {
	count := map[group]int{}
	var walk func(n *xmltree.Node)
	walk = func(n *xmltree.Node) {
		if (n.Local == "sequence" || n.Local == "choice" || n.Local == "all") && n.Parent != nil && (n.Parent.Local == "complexType" || n.Parent.Local == "extension") {
			count[kindOf(n)]++
		}
		for _, k := range n.Kids {
			walk(k)
		}
	}
	walk(root)
	best := sequence
	for _, g := range []group{freeform, all} {
		if count[g] > count[best] {
			best = g
		}
	}
	return best
}

// insert adds the declaration of a new member to the complex type at n. runs
// are the orders in which elements of the record stood in XML.
func (w *xsdWriter) insert(c *change, n *xmltree.Node, d *declaration, owner string, runs [][]string) (note string, err error) {
	b, err := bodyOf(n)
	if err != nil {
		return "", err
	}
	if d.node == model.NodeAttribute {
		return "", w.insertAttribute(c, b, d, owner)
	}
	if b.text {
		return "", leftf("declare it by hand", "the record is a text with attributes in the XSD, and cannot have child elements")
	}
	if b.kind == all && d.many {
		return "", leftf(`write <xs:choice minOccurs="0" maxOccurs="unbounded"> in place of xs:all`, "an xs:all cannot hold an element that repeats")
	}
	if b.group == nil {
		if w.busy[b.outer] != idle {
			return "", errWait
		}
		w.busy[b.outer] = closed
		w.insertGroup(c, b, d, owner)
		return "", nil
	}
	kids := particles(b.group)
	if len(kids) == 0 {
		if w.busy[b.group] != idle {
			return "", errWait
		}
		w.busy[b.group] = closed
	}
	at := len(kids) // the kid that it is to stand before
	if b.kind == sequence {
		at, note = placeAmong(kids, d.name, runs)
	}
	w.insertElement(c, b, kids, at, d, owner)
	return note, nil
}

// particles lists the children of a group that are particles.
func particles(g *xmltree.Node) []*xmltree.Node {
	var list []*xmltree.Node
	for _, k := range g.Kids {
		if k.Local != "annotation" {
			list = append(list, k)
		}
	}
	return list
}

// elementNames lists the names of the elements that a particle may be.
func elementNames(n *xmltree.Node, add func(string)) {
	if n.Local == "element" {
		name := n.Get("name")
		if name == "" {
			_, name, _ = strings.Cut(":"+n.Get("ref"), ":")
			if i := strings.LastIndexByte(name, ':'); i >= 0 {
				name = name[i+1:]
			}
		}
		add(name)
		return
	}
	for _, k := range n.Kids {
		elementNames(k, add)
	}
}

// placeAmong finds where a new element stands among the particles of a
// sequence: behind all that always stood before it. note says what is not sure.
func placeAmong(kids []*xmltree.Node, name string, runs [][]string) (at int, note string) {
	index := map[string]int{}
	for i, k := range kids {
		elementNames(k, func(name string) { index[name] = i })
	}
	low, high, seen := 0, len(kids), false
	for _, run := range runs {
		first := slices.Index(run, name)
		if first < 0 {
			continue
		}
		seen = true
		for i, other := range run {
			k, ok := index[other]
			switch {
			case !ok:
			case i < first:
				low = max(low, k+1)
			case i > first:
				high = min(high, k)
			}
		}
	}
	switch {
	case !seen:
		return len(kids), "no XML payload has it, so that its place in the sequence is not known: it stands last"
	case low > high:
		return len(kids), "it stands at different places in the XML payloads: it is put last in the sequence"
	case high < len(kids) && low == 0:
		return high, "" // nothing stood before it
	}
	return low, ""
}

// insertElement adds an element before one of the particles of a group, or
// behind the last.
func (w *xsdWriter) insertElement(c *change, b *body, kids []*xmltree.Node, at int, d *declaration, owner string) {
	var out strings.Builder
	switch {
	case len(kids) == 0:
		indent := lineIndent(w.data, b.group.Start)
		w.inside(c, b.group, indent, func(inner string) { w.element(d, b.kind, owner, inner, &out) }, &out)
	case at < len(kids):
		next := kids[at]
		indent, own := indentAt(w.data, next.Start)
		w.element(d, b.kind, owner, indent, &out)
		if own {
			w.line(indent, &out)
		}
		c.add(w.side, w.file, next.Start, next.Start, out.String())
	default:
		last := kids[len(kids)-1]
		indent, own := indentAt(w.data, last.Start)
		if own {
			w.line(indent, &out)
		}
		w.element(d, b.kind, owner, indent, &out)
		end := behind(w.data, last.End)
		c.add(w.side, w.file, end, end, out.String())
	}
}

// inside puts what write writes into an element that has nothing in it yet.
func (w *xsdWriter) inside(c *change, n *xmltree.Node, indent string, write func(inner string), out *strings.Builder) {
	inner := indent + w.layout.unit
	if n.Empty {
		out.WriteString(">")
	}
	w.line(inner, out)
	write(inner)
	if n.Empty {
		w.line(indent, out)
		out.WriteString("</" + n.Name() + ">")
		slash := n.Start + strings.LastIndexByte(string(w.data[n.Start:n.End]), '/')
		c.add(w.side, w.file, slash, n.End, out.String())
		return
	}
	if strings.Trim(string(w.data[n.Open:n.Close]), " \t\r\n") == "" {
		w.line(indent, out)
		c.add(w.side, w.file, n.Open, n.Close, out.String())
		return
	}
	c.add(w.side, w.file, n.Open, n.Open, out.String())
}

// insertGroup adds the first element of a complex type that has none.
func (w *xsdWriter) insertGroup(c *change, b *body, d *declaration, owner string) {
	var out strings.Builder
	g := w.group
	if g == choice || g == all && d.many {
		g = sequence
	}
	write := func(indent string) {
		w.open(g, false, &out)
		w.line(indent+w.layout.unit, &out)
		w.element(d, g, owner, indent+w.layout.unit, &out)
		w.line(indent, &out)
		out.WriteString("</" + w.prefix + groupTags[g] + ">")
	}
	var annotation, first *xmltree.Node
	for _, k := range b.outer.Kids {
		if k.Local == "annotation" {
			annotation = k
		} else if first == nil {
			first = k
		}
	}
	switch {
	case annotation != nil:
		indent := lineIndent(w.data, annotation.Start)
		w.line(indent, &out)
		write(indent)
		end := behind(w.data, annotation.End)
		c.add(w.side, w.file, end, end, out.String())
	case first != nil:
		indent := lineIndent(w.data, first.Start)
		write(indent)
		w.line(indent, &out)
		c.add(w.side, w.file, first.Start, first.Start, out.String())
	default:
		w.inside(c, b.outer, lineIndent(w.data, b.outer.Start), write, &out)
	}
}

// insertAttribute adds an attribute behind the others, and before
// xs:anyAttribute.
func (w *xsdWriter) insertAttribute(c *change, b *body, d *declaration, owner string) error {
	var out strings.Builder
	var last, any *xmltree.Node
	for _, k := range b.outer.Kids {
		if k.Local == "anyAttribute" {
			any = k
		} else if k.Local != "assert" {
			last = k
		}
	}
	if b.group == nil {
		if w.busy[b.outer] == closed {
			return errWait
		}
		if w.busy[b.outer] = grown; any == nil && last == nil {
			w.busy[b.outer] = closed
		}
	}
	switch {
	case any != nil:
		indent, own := indentAt(w.data, any.Start)
		w.attribute(d, owner, indent, &out)
		if own {
			w.line(indent, &out)
		}
		c.add(w.side, w.file, any.Start, any.Start, out.String())
	case last != nil:
		indent, own := indentAt(w.data, last.Start)
		if own {
			w.line(indent, &out)
		}
		w.attribute(d, owner, indent, &out)
		end := behind(w.data, last.End)
		c.add(w.side, w.file, end, end, out.String())
	default:
		w.inside(c, b.outer, lineIndent(w.data, b.outer.Start), func(inner string) { w.attribute(d, owner, inner, &out) }, &out)
	}
	return nil
}
