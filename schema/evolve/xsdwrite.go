package evolve

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe/xmltree"
)

// A group is the kind of content model that a record has.
type group int

const (
	sequence group = iota + 1
	all
	choice   // alternatives
	freeform // a choice that repeats: children in any order
)

// xsdWriter writes declarations as they stand in one file of the XSD.
type xsdWriter struct {
	side   *side
	file   string
	data   []byte
	root   *xmltree.Node
	layout layout
	prefix string // of the names of XML Schema, with its colon
	named  bool   // records become named types
	group  group  // of new records
	names  names
	// pending are the named types that the change at hand adds, and written
	// those of the round.
	pending []*newRecord
	written map[*newRecord]bool
	// busy is what the round has done to the content of elements.
	busy map[*xmltree.Node]busyness
}

// xsdWriter returns the writer for the file of a node.
func (c *contracts) xsdWriter(file string, g group, names names, written map[*newRecord]bool, busy map[*xmltree.Node]busyness) *xsdWriter {
	s := c.xml
	root := s.xmlTrees[file]
	w := &xsdWriter{side: s, file: file, data: s.files[file], root: root, group: g, names: names, written: written, busy: busy}
	w.layout = xmlLayout(w.data, root)
	if w.prefix = root.Prefix; w.prefix != "" {
		w.prefix += ":"
	}
	if _, ok := w.qname("x"); ok {
		w.named = slices.ContainsFunc(root.Kids, func(k *xmltree.Node) bool { return k.Local == "complexType" })
	}
	return w
}

// target returns the target namespace of a file; a file without one takes that
// of the contract that includes it.
func (s *side) target(file string) string {
	if t := s.xmlTrees[file].Get("targetNamespace"); t != "" {
		return t
	}
	return s.xmlTrees[s.main].Get("targetNamespace")
}

// qname writes the name of a type of the target namespace, as a file refers to
// it; ok is false when the file has no way to.
func (s *side) qname(file, local string) (name string, ok bool) {
	root := s.xmlTrees[file]
	space := root.Get("targetNamespace") // none in a file that takes that of another
	if space == "" {
		outer, _ := root.Resolve("")
		return local, outer == ""
	}
	prefixes := root.Prefixes(space)
	if len(prefixes) == 0 {
		return "", false
	}
	if prefixes[0] == "" {
		return local, true
	}
	return prefixes[0] + ":" + local, true
}

func (w *xsdWriter) qname(local string) (string, bool) { return w.side.qname(w.file, local) }

// typeName returns the name of a global type of the XSD.
func (s *side) typeName(t *model.Type) (string, bool) {
	_, n := s.node(t.At)
	if n == nil || n.Parent == nil || n.Parent.Parent != nil || n.Local != "complexType" && n.Local != "simpleType" {
		return "", false
	}
	return n.Get("name"), n.Get("name") != ""
}

// builtins are the XSD's names of the primitives that are inferred.
var builtins = map[model.Primitive]string{
	model.String: "string", model.Boolean: "boolean", model.Int32: "int", model.Int64: "long", model.Uint64: "unsignedLong",
	model.Integer: "integer", model.Decimal: "decimal", model.Float32: "float", model.Float64: "double",
}

// typeOf returns the name of the type of a declaration, or "" for one that is
// written in place.
func (w *xsdWriter) typeOf(d *declaration, owner string) string {
	switch t := d.typ; {
	case t.reuse != nil:
		name, _ := w.side.typeName(t.reuse)
		if name, ok := w.qname(name); ok {
			return name
		}
		return ""
	case t.record == nil:
		return w.prefix + builtins[t.prim]
	case w.named:
		r := t.record
		if r.name == "" {
			r.name = w.names.fresh(d.name, owner)
		}
		if !w.written[r] {
			w.written[r] = true
			w.pending = append(w.pending, r)
		}
		name, _ := w.qname(r.name)
		return name
	}
	return ""
}

// escape writes a text as character data or an attribute's value.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;").Replace(s)
}

// element writes the declaration of a child element in a group. owner is the
// name of the record around it.
func (w *xsdWriter) element(d *declaration, g group, owner, indent string, out *strings.Builder) {
	tag := w.prefix + "element"
	out.WriteString("<" + tag + ` name="` + escape(d.name) + `"`)
	typ := w.typeOf(d, owner)
	if typ != "" {
		out.WriteString(` type="` + escape(typ) + `"`)
	}
	if g == sequence || g == all {
		if !d.required {
			out.WriteString(` minOccurs="0"`)
		}
		if d.many {
			out.WriteString(` maxOccurs="unbounded"`)
		}
	}
	if d.form != "" {
		out.WriteString(` form="` + d.form + `"`)
	}
	if typ != "" && d.doc == "" {
		out.WriteString("/>")
		return
	}
	out.WriteString(">")
	inner := indent + w.layout.unit
	if d.doc != "" {
		w.line(inner, out)
		w.annotation(d.doc, inner, out)
	}
	if typ == "" && d.typ.record != nil {
		w.line(inner, out)
		w.complexType("", d.typ.record, owner+d.name, inner, out)
	}
	w.line(indent, out)
	out.WriteString("</" + tag + ">")
}

// line begins a line, where the file has lines.
func (w *xsdWriter) line(indent string, out *strings.Builder) {
	if w.layout.lines {
		out.WriteString("\n" + indent)
	}
}

func (w *xsdWriter) annotation(doc, indent string, out *strings.Builder) {
	out.WriteString("<" + w.prefix + "annotation>")
	w.line(indent+w.layout.unit, out)
	out.WriteString("<" + w.prefix + "documentation>" + escape(doc) + "</" + w.prefix + "documentation>")
	w.line(indent, out)
	out.WriteString("</" + w.prefix + "annotation>")
}

// attribute writes the declaration of an attribute.
func (w *xsdWriter) attribute(d *declaration, owner, indent string, out *strings.Builder) {
	tag := w.prefix + "attribute"
	out.WriteString("<" + tag + ` name="` + escape(d.name) + `" type="` + escape(w.typeOf(d, owner)) + `"`)
	if d.required {
		out.WriteString(` use="required"`)
	}
	if d.form != "" {
		out.WriteString(` form="` + d.form + `"`)
	}
	if d.doc == "" {
		out.WriteString("/>")
		return
	}
	out.WriteString(">")
	w.line(indent+w.layout.unit, out)
	w.annotation(d.doc, indent+w.layout.unit, out)
	w.line(indent, out)
	out.WriteString("</" + tag + ">")
}

// complexType writes the type of a new record, named or not.
func (w *xsdWriter) complexType(name string, r *newRecord, owner, indent string, out *strings.Builder) {
	tag := w.prefix + "complexType"
	out.WriteString("<" + tag)
	if name != "" {
		out.WriteString(` name="` + escape(name) + `"`)
		owner = name
	}
	if r.mixed {
		out.WriteString(` mixed="true"`)
	}
	out.WriteString(">")
	inner := indent + w.layout.unit
	attributes := func(indent string) {
		for _, d := range r.members {
			if d.node == model.NodeAttribute {
				w.line(indent, out)
				w.attribute(d, owner, indent, out)
			}
		}
	}
	w.line(inner, out)
	if r.text != nil {
		deep := inner + w.layout.unit
		out.WriteString("<" + w.prefix + "simpleContent>")
		w.line(deep, out)
		out.WriteString("<" + w.prefix + `extension base="` + escape(w.typeOf(r.text, owner)) + `">`)
		attributes(deep + w.layout.unit)
		w.line(deep, out)
		out.WriteString("</" + w.prefix + "extension>")
		w.line(inner, out)
		out.WriteString("</" + w.prefix + "simpleContent>")
	} else {
		w.content(r, owner, inner, out)
		attributes(inner)
	}
	w.line(indent, out)
	out.WriteString("</" + tag + ">")
}

// content writes the content model of a new record.
func (w *xsdWriter) content(r *newRecord, owner, indent string, out *strings.Builder) {
	g := w.group
	repeats, elements := false, 0
	for _, d := range r.members {
		if d.node == model.NodeElement {
			elements++
			repeats = repeats || d.many
		}
	}
	switch {
	case g == choice || g != freeform && !r.ordered:
		g = freeform
	case g == all && repeats:
		g = sequence
	}
	w.open(g, elements == 0, out)
	if elements == 0 {
		return
	}
	for _, d := range r.members {
		if d.node == model.NodeElement {
			w.line(indent+w.layout.unit, out)
			w.element(d, g, owner, indent+w.layout.unit, out)
		}
	}
	w.line(indent, out)
	out.WriteString("</" + w.prefix + groupTags[g] + ">")
}

var groupTags = map[group]string{sequence: "sequence", all: "all", choice: "choice", freeform: "choice"}

// open writes the start tag of a group.
func (w *xsdWriter) open(g group, empty bool, out *strings.Builder) {
	if empty {
		g = sequence
	}
	out.WriteString("<" + w.prefix + groupTags[g])
	if g == freeform {
		out.WriteString(` minOccurs="0" maxOccurs="unbounded"`)
	}
	if empty {
		out.WriteString("/")
	}
	out.WriteString(">")
}

// flush adds the named types that the declarations of a change need behind the
// last complex type of the file.
func (w *xsdWriter) flush(c *change) {
	if len(w.pending) == 0 {
		return
	}
	last := 0
	for i, k := range w.root.Kids {
		if k.Local == "complexType" {
			last = i
		}
	}
	after := w.root.Kids[last]
	gap := "\n" + lineIndent(w.data, after.Start)
	if !w.layout.lines {
		gap = ""
	} else if last > 0 {
		between := string(w.data[w.root.Kids[last-1].End:after.Start])
		if strings.Trim(between, " \t\r\n") == "" && strings.Contains(between, "\n") {
			gap = strings.ReplaceAll(between, "\r", "")
		}
	}
	var out strings.Builder
	for len(w.pending) > 0 {
		r := w.pending[0]
		w.pending = w.pending[1:]
		c.types = append(c.types, r)
		out.WriteString(gap)
		w.complexType(r.name, r, r.name, lineIndent(w.data, after.Start), &out)
	}
	at := behind(w.data, after.End)
	c.add(w.side, w.file, at, at, out.String())
}

// behind returns where something new is to stand behind a node that ends at an
// offset: behind a comment that stands on the same line.
func behind(data []byte, end int) int {
	at := end
	for at < len(data) {
		rest := string(data[at:min(len(data), at+4)])
		switch {
		case rest[0] == ' ' || rest[0] == '\t':
			at++
		case rest == "<!--":
			i := strings.Index(string(data[at:]), "-->")
			if i < 0 || strings.Contains(string(data[at:at+i]), "\n") {
				return end
			}
			at += i + len("-->")
			end = at
		default:
			return end
		}
	}
	return end
}
