package docs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/biform/biform/schema/model"
)

// xmlRenderer spells an example in XML.
type xmlRenderer struct {
	b bytes.Buffer
	// prefixes are those of the namespaces; the default namespace has none.
	prefixes map[string]string
}

func renderXML(doc *model.Document, root *value) []byte {
	list, bare := spaces(doc, root)
	r := &xmlRenderer{prefixes: map[string]string{xmlSpace: "xml:"}}
	var declared strings.Builder
	for i, s := range list {
		// The root's namespace is the default one, unless some element is in
		// none. Attributes have no default: see attribute.
		if i == 0 && s == doc.RootElement.Space && !bare {
			r.prefixes[s] = ""
			declared.WriteString(` xmlns="` + escapeXML(s) + `"`)
			continue
		}
		p := fmt.Sprintf("n%d", i+1)
		r.prefixes[s] = p + ":"
		declared.WriteString(` xmlns:` + p + `="` + escapeXML(s) + `"`)
	}
	r.element(*doc.RootElement, root, 0, declared.String())
	r.b.WriteByte('\n')
	return r.b.Bytes()
}

func (r *xmlRenderer) name(n model.XMLName) string { return r.prefixes[n.Space] + n.Local }

// element writes an element with its attributes and content.
func (r *xmlRenderer) element(name model.XMLName, v *value, depth int, more string) {
	v.xml.from = r.b.Len()
	tag := r.name(name)
	r.b.WriteString("<" + tag + more)
	var text string
	var hasText bool
	var kids []*value
	for _, k := range v.kids {
		switch x := binding(k); {
		case v.typ == nil, v.typ.Kind != model.KindRecord, x == nil, x.Node == model.NodeAny:
		case x.Node == model.NodeAttribute:
			r.attribute(x.Name, k)
		case x.Node == model.NodeText:
			text, hasText = lexicalOf(k), true
		default:
			kids = append(kids, k)
		}
	}
	if v.typ == nil || v.typ.Kind != model.KindRecord {
		text = lexicalOf(v)
		hasText = text != ""
	}
	switch {
	case len(kids) > 0:
		r.b.WriteString(">\n")
		for i := 0; i < len(kids); {
			i += r.member(kids[i:], depth+1)
		}
		r.b.WriteString(indentation(depth) + "</" + tag + ">")
	case hasText:
		r.b.WriteString(">" + escapeXML(text) + "</" + tag + ">")
	default:
		r.b.WriteString("/>")
	}
	v.xml.to = r.b.Len()
}

// member writes the values of the first kid's field, in their wrapper if they
// have one, and returns how many there were.
func (r *xmlRenderer) member(kids []*value, depth int) int {
	n := 1
	for n < len(kids) && kids[n].field == kids[0].field {
		n++
	}
	x := kids[0].field.XML
	if x.Wrapper != nil {
		r.b.WriteString(indentation(depth) + "<" + r.name(*x.Wrapper) + ">\n")
		depth++
	}
	for _, k := range kids[:n] {
		r.b.WriteString(indentation(depth))
		r.element(x.Name, k, depth, "")
		r.b.WriteByte('\n')
	}
	if x.Wrapper != nil {
		r.b.WriteString(indentation(depth-1) + "</" + r.name(*x.Wrapper) + ">\n")
	}
	return n
}

func (r *xmlRenderer) attribute(name model.XMLName, v *value) {
	r.b.WriteByte(' ')
	v.xml.from = r.b.Len()
	r.b.WriteString(r.name(name) + `="` + escapeXML(lexicalOf(v)) + `"`)
	v.xml.to = r.b.Len()
}

// binding returns how a value's field stands in XML.
func binding(v *value) *model.XMLBinding {
	if v.field == nil {
		return nil
	}
	return v.field.XML
}

// lexicalOf returns the text of a simple value; a list's items stand apart by
// blanks (XSD Part 2, section 4.3.6).
func lexicalOf(v *value) string {
	if v.typ != nil && v.typ.Kind == model.KindList {
		var items []string
		for _, k := range v.kids {
			items = append(items, lexicalOf(k))
		}
		return strings.Join(items, " ")
	}
	return v.text
}

// escapeXML escapes a text for content and for attribute values. What would
// steer the display of the page is a character reference; what XML cannot hold
// at all is U+FFFD.
func escapeXML(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0xFFFE, r == 0xFFFF:
			b.WriteRune(unicode.ReplacementChar)
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			fmt.Fprintf(&b, "&#x%X;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// jsonRenderer spells an example in JSON.
type jsonRenderer struct{ b bytes.Buffer }

func renderJSON(doc *model.Document, root *value) []byte {
	r := &jsonRenderer{}
	if doc.Wrapped {
		r.b.WriteString("{\n" + indent + quote(doc.Name) + ": ")
		r.value(root, 1)
		r.b.WriteString("\n}\n")
		return r.b.Bytes()
	}
	r.value(root, 0)
	r.b.WriteByte('\n')
	return r.b.Bytes()
}

func (r *jsonRenderer) value(v *value, depth int) {
	v.json.from = r.b.Len()
	switch {
	case v.typ == nil || v.typ.Kind == model.KindAny || v.typ.Kind == model.KindUnion:
		r.b.WriteString("{}")
	case v.typ.Kind == model.KindRecord:
		r.object(v, depth)
	case v.typ.Kind == model.KindList:
		r.array(v.kids, depth)
	default:
		r.b.WriteString(spellJSON(v.field, v.typ, v.text))
	}
	v.json.to = r.b.Len()
}

func (r *jsonRenderer) object(v *value, depth int) {
	n := 0
	for i := 0; i < len(v.kids); {
		same := 1
		for i+same < len(v.kids) && v.kids[i+same].field == v.kids[i].field {
			same++
		}
		group := v.kids[i : i+same]
		i += same
		f := group[0].field
		if f.JSON == nil {
			continue
		}
		if n++; n == 1 {
			r.b.WriteByte('{')
		} else {
			r.b.WriteByte(',')
		}
		r.b.WriteString("\n" + indentation(depth+1))
		from := r.b.Len()
		r.b.WriteString(quote(f.JSON.Name) + ": ")
		if f.Occurs == model.Many {
			r.array(group, depth+1)
		} else {
			r.value(group[0], depth+1)
		}
		group[0].json.from = from // the name belongs to the member
	}
	if n == 0 {
		r.b.WriteString("{}")
		return
	}
	r.b.WriteString("\n" + indentation(depth) + "}")
}

func (r *jsonRenderer) array(items []*value, depth int) {
	if len(items) == 0 {
		r.b.WriteString("[]")
		return
	}
	r.b.WriteByte('[')
	for i, k := range items {
		if i > 0 {
			r.b.WriteByte(',')
		}
		r.b.WriteString("\n" + indentation(depth+1))
		r.value(k, depth+1)
	}
	r.b.WriteString("\n" + indentation(depth) + "]")
}

// spellJSON writes a scalar as the contract wants it in JSON.
func spellJSON(f *model.Field, t *model.Type, text string) string {
	var spellings []model.JSONType
	if f != nil && f.JSON != nil {
		spellings = f.JSON.Spellings
	}
	first := natural(t)
	if len(spellings) > 0 && !slices.Contains(spellings, first) {
		first = spellings[0]
	} else if len(spellings) > 0 && spellings[0] == model.JSONString {
		first = model.JSONString
	}
	switch first {
	case model.JSONNumber, model.JSONInteger:
		if json.Valid([]byte(text)) && strings.IndexByte("-0123456789", text[0]) >= 0 {
			return text
		}
	case model.JSONBoolean:
		switch text {
		case "true", "1":
			return "true"
		case "false", "0":
			return "false"
		}
	case model.JSONNull:
		return "null"
	}
	return quote(text)
}

// natural returns the JSON type that a scalar has by itself.
func natural(t *model.Type) model.JSONType {
	var p model.Primitive
	switch {
	case t == nil:
	case t.Scalar != nil:
		p = t.Scalar.Primitive
	case t.Enum != nil:
		p = t.Enum.Primitive
	}
	switch p {
	case model.Boolean:
		return model.JSONBoolean
	case model.Int32, model.Int64, model.Uint64, model.Integer, model.Decimal, model.Float32, model.Float64:
		return model.JSONNumber
	}
	return model.JSONString
}

// quote writes a JSON string (RFC 8259, section 7). What would steer the
// display of the page is escaped.
func quote(s string) string {
	var plain bytes.Buffer
	enc := json.NewEncoder(&plain)
	enc.SetEscapeHTML(false)
	if enc.Encode(s) != nil {
		return `""`
	}
	var b strings.Builder
	for _, r := range strings.TrimSuffix(plain.String(), "\n") {
		switch {
		case r > 0xFFFF && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)):
			hi, lo := (r-0x10000)>>10+0xD800, (r-0x10000)&0x3FF+0xDC00
			fmt.Fprintf(&b, `\u%04x\u%04x`, hi, lo)
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
