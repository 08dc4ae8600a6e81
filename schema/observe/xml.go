package observe

import (
	"fmt"
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe/xmltree"
)

func (r *reader) readXML(data []byte) *diag.Diagnostic {
	root, bad := xmltree.Parse(data, xmltree.Default)
	if bad != nil {
		return r.fail(bad.Offset, "", "payload", "the payload is no XML: %s", bad.Summary).WithHint("%s", bad.Hint)
	}
	path := "/" + root.Local
	want := r.doc.RootElement
	if want == nil {
		want = &model.XMLName{Local: r.doc.Name}
	}
	if got := (model.XMLName{Space: root.Space, Local: root.Local}); got != *want {
		return r.fail(root.Start, path, "other-document", "the root element is %s, not %s", braces(got), braces(*want)).
			WithHint("is it a payload of this document?")
	}
	r.payload.Root = r.element(root, r.types[r.doc.Root], path, Issue{})
	return nil
}

// braces writes an expanded name as {namespace}local.
func braces(n model.XMLName) string {
	if n.Space == "" {
		return n.Local
	}
	return "{" + n.Space + "}" + n.Local
}

// element reads an element that a type is declared for, or nobody knows (nil).
// about says what an issue of the element itself is about.
func (r *reader) element(n *xmltree.Node, t *model.Type, path string, about Issue) *Value {
	v := &Value{Type: t, At: r.place(n.Start, path)}
	if t != nil && t.Kind == model.KindUnion {
		v.Type = r.variant(t, func(t *model.Type) int { return xmlFit(n, t) })
		t = v.Type
	}
	known := t
	for i := range n.Attrs {
		if a := &n.Attrs[i]; a.Space == xmltree.InstanceSpace && a.Local == "type" {
			known = nil // another type than the declared one stands here
		}
	}
	if known != nil && known.Kind == model.KindAny {
		known = nil
	}
	attrs := content(n)
	members := len(attrs) > 0 || len(n.Kids) > 0
	about.At, about.Value = v.At, v
	switch {
	case !members && n.Blank() && !(n.Text != "" && keepsSpace(known)):
		v.Kind = Nothing
		if n.Attr("nil") == nil && known != nil && known.Kind == model.KindRecord {
			return v // an empty element says nothing, whatever its members
		}
	case known != nil && known.Kind == model.KindRecord && !members && !known.Record.Mixed && r.index(known.Record).text == nil:
		v.Kind, v.Text = Scalar, n.Text
		r.simple(v, about)
	case known != nil && known.Kind == model.KindRecord:
		v.Kind = Record
		r.xmlMembers(v, n, attrs, known)
		if !n.Blank() && !known.Record.Mixed && r.index(known.Record).text == nil {
			about.Code = WrongType
			r.report(about, "text where an element with members is declared: %s", quote(trim(n.Text)))
		}
	case known != nil && len(n.Kids) > 0:
		v.Kind = Record
		about.Code = WrongType
		r.report(about, "child elements where %s is declared", declared(known))
		r.xmlMembers(v, n, attrs, nil)
	case known == nil && members:
		v.Kind = Record
		r.xmlMembers(v, n, attrs, nil)
	default:
		v.Kind, v.Text = Scalar, n.Text
		for _, a := range attrs {
			m := &Member{Name: a.Local, Space: a.Space, Node: model.NodeAttribute, At: r.place(a.Start, path+"/@"+a.Local)}
			m.Values = []*Value{{Kind: Scalar, Text: a.Value, At: m.At}}
			r.report(Issue{Code: Unknown, At: m.At, Member: m, Value: v}, "nobody declared the attribute %s of an element that is a plain value", quote(a.Local))
		}
		switch {
		case known == nil || n.Text == "":
		case known.Kind == model.KindList:
			r.words(v, known)
		default:
			r.simple(v, about)
		}
		if n.Text == "" {
			v.Kind = Nothing
		}
	}
	return v
}

// keepsSpace tells whether white space alone is a value of a type.
func keepsSpace(t *model.Type) bool {
	return Primitive(t) == model.String && t.Kind == model.KindScalar
}

// content returns the attributes that say something of the document: those of
// XML Schema instances do not.
func content(n *xmltree.Node) []*xmltree.Attr {
	var list []*xmltree.Attr
	for i := range n.Attrs {
		if n.Attrs[i].Space != xmltree.InstanceSpace {
			list = append(list, &n.Attrs[i])
		}
	}
	return list
}

// members gathers the members of a record while its content is read.
type members struct {
	v      *Value
	byName map[memberName]*Member
}

type memberName struct {
	field *model.Field
	node  model.XMLNode
	name  model.XMLName
}

// slot returns the member that a node belongs to, making it on first sight.
func (ms *members) slot(f *model.Field, node model.XMLNode, name model.XMLName, at Place) (m *Member, fresh bool) {
	key := memberName{f, node, name}
	if f != nil && f.XML.Node != model.NodeAny {
		key = memberName{field: f}
	}
	if m := ms.byName[key]; m != nil {
		return m, false
	}
	m = &Member{Name: name.Local, Space: name.Space, Field: f, Node: node, At: at}
	if f != nil && f.XML.Node != model.NodeAny {
		m.Name = f.Name
	}
	ms.byName[key] = m
	ms.v.Members = append(ms.v.Members, m)
	return m, true
}

// xmlMembers reads attributes, text and child elements, into a record that a
// type is declared for or nobody knows.
func (r *reader) xmlMembers(v *Value, n *xmltree.Node, attrs []*xmltree.Attr, t *model.Type) {
	ms := &members{v, map[memberName]*Member{}}
	var x *index
	if t != nil {
		x = r.index(t.Record)
	}
	for _, a := range attrs {
		name := model.XMLName{Space: a.Space, Local: a.Local}
		path := v.At.Path + "/@" + a.Local
		var f *model.Field
		if x != nil {
			f = x.xml[wireName{true, name}]
		}
		m, _ := ms.slot(f, model.NodeAttribute, name, r.place(a.Start, path))
		one := &Value{Kind: Scalar, Text: a.Value, At: r.place(a.ValueStart, path)}
		if m.Values = []*Value{one}; a.Value == "" {
			one.Kind = Nothing
		}
		switch {
		case f != nil:
			one.Type = r.types[f.Type]
			r.attribute(one, v, m)
		case x != nil && x.wild.admitsAttribute(a.Space):
			m.Admitted = true
		case x != nil:
			r.report(Issue{Code: Unknown, At: m.At, Owner: v, Member: m}, "nobody declared the attribute %s", quote(a.Local))
		}
	}
	if text := n.Text; !n.Blank() || len(n.Kids) == 0 && text != "" {
		switch {
		case x != nil && x.text != nil:
			m, _ := ms.slot(x.text, model.NodeText, model.XMLName{Local: x.text.Name}, v.At)
			one := &Value{Kind: Scalar, Type: r.types[x.text.Type], Text: text, At: v.At}
			m.Values = []*Value{one}
			r.attribute(one, v, m)
		case !n.Blank():
			m, _ := ms.slot(nil, model.NodeText, model.XMLName{Local: "Value"}, v.At)
			m.Admitted = t != nil
			m.Values = []*Value{{Kind: Scalar, Text: text, At: v.At}}
		}
	}
	count := map[model.XMLName]int{}
	for _, k := range n.Kids {
		count[model.XMLName{Space: k.Space, Local: k.Local}]++
	}
	seen := map[model.XMLName]int{}
	for _, k := range n.Kids {
		name := model.XMLName{Space: k.Space, Local: k.Local}
		path := v.At.Path + "/" + k.Local
		if seen[name]++; count[name] > 1 {
			path = fmt.Sprintf("%s[%d]", path, seen[name])
		}
		r.child(ms, k, name, path, x)
	}
	for _, m := range v.Members {
		r.cardinality(v, m)
	}
	if t != nil {
		r.missing(v)
	}
}

// attribute checks the value of an attribute or of an element's text.
func (r *reader) attribute(one, owner *Value, m *Member) {
	about := Issue{Owner: owner, Member: m, Field: m.Field}
	switch t := one.Type; {
	case one.Kind == Nothing || t == nil || t.Kind == model.KindAny:
	case t.Kind == model.KindUnion:
		one.Type = r.variant(t, func(t *model.Type) int { return textFit(one.Text, t) })
	case t.Kind == model.KindList:
		r.words(one, t)
	default:
		r.simple(one, about)
	}
}

// child reads one child element into the members.
func (r *reader) child(ms *members, k *xmltree.Node, name model.XMLName, path string, x *index) {
	at := r.place(k.Start, path)
	if x == nil {
		m, _ := ms.slot(nil, model.NodeElement, name, at)
		m.Values = append(m.Values, r.element(k, nil, path, Issue{}))
		return
	}
	if wrapped := x.wrappers[name]; wrapped != nil {
		r.wrapped(ms, k, path, wrapped)
		return
	}
	f := x.xml[wireName{false, name}]
	if f == nil && x.any != nil && x.wild.admitsElement(name.Space) {
		f = x.any
	}
	m, fresh := ms.slot(f, model.NodeElement, name, at)
	var t *model.Type
	switch {
	case f != nil && f.XML.Node == model.NodeAny:
		m.Field, m.Admitted = nil, true
	case f != nil:
		t = r.types[f.Type]
	case fresh:
		r.report(Issue{Code: Unknown, At: at, Owner: ms.v, Member: m}, "nobody declared the element %s", quote(k.Local))
	}
	m.Values = append(m.Values, r.element(k, t, path, Issue{Owner: ms.v, Member: m, Field: m.Field}))
}

// wrapped reads the items inside the element around a list.
func (r *reader) wrapped(ms *members, k *xmltree.Node, path string, fields []*model.Field) {
	seen := map[string]int{}
	for _, item := range k.Kids {
		name := model.XMLName{Space: item.Space, Local: item.Local}
		seen[item.Local]++
		inner := fmt.Sprintf("%s/%s[%d]", path, item.Local, seen[item.Local])
		at := r.place(item.Start, inner)
		var f *model.Field
		for _, one := range fields {
			if one.XML.Name == name {
				f = one
			}
		}
		if f == nil {
			r.report(Issue{Code: Unknown, At: at}, "nobody declared the element %s in the wrapper %s", quote(item.Local), quote(k.Local))
			continue
		}
		m, _ := ms.slot(f, model.NodeElement, name, at)
		m.Values = append(m.Values, r.element(item, r.types[f.Type], inner, Issue{Owner: ms.v, Member: m, Field: f}))
	}
	if len(k.Kids) == 0 {
		m, _ := ms.slot(fields[0], model.NodeElement, fields[0].XML.Name, r.place(k.Start, path))
		m.Values = append(m.Values, &Value{Kind: Nothing, At: m.At})
	}
}

// xmlFit tells how badly an element fits a type, at first sight: 0 is well.
func xmlFit(n *xmltree.Node, t *model.Type) int {
	if len(n.Kids) > 0 {
		if t != nil && t.Kind == model.KindRecord {
			return 0
		}
		return 1 << 10
	}
	return textFit(n.Text, t)
}

// textFit tells how badly a text fits a type.
func textFit(text string, t *model.Type) int {
	switch {
	case t == nil || t.Kind == model.KindAny || t.Kind == model.KindUnion:
		return 1
	case t.Kind == model.KindList:
		return 2
	case simpleType(t) && spelled(t, text) && listed(t, text):
		return 0
	case strings.TrimSpace(text) == "":
		return 1
	}
	return 64
}
