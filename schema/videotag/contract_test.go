package videotag

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// node is what both contracts say of one node: a type or a member of one.
type node struct {
	Path        string // "Tag" or "Tag/Confidence"
	Type        string // of a member: the name of its type, or "string"
	Description string
	Hint        string // compact JSON
}

// The two contracts must list the same types and members, in the same order,
// with the same descriptions, types and hints.
func TestContractsAgree(t *testing.T) {
	fromXSD, fromJSON := readXSD(t), readJSONSchema(t)
	if diff := cmp.Diff(fromXSD, fromJSON); diff != "" {
		t.Errorf("%s (-) and %s (+) differ:\n%s", XSD, JSONSchema, diff)
	}
	if len(fromXSD) < 80 {
		t.Errorf("only %d nodes were compared", len(fromXSD))
	}
	for _, n := range fromXSD {
		if len(n.Description) < 10 || !strings.HasSuffix(n.Description, ".") {
			t.Errorf("%s: the description %q is no sentence", n.Path, n.Description)
		}
		if strings.Join(strings.Fields(n.Description), " ") != n.Description {
			t.Errorf("%s: stray white space in %q", n.Path, n.Description)
		}
	}
}

// Every type but the root is used by a member, and every member's type exists.
func TestTypesAreUsed(t *testing.T) {
	declared, used := map[string]bool{"string": true}, map[string]bool{Root: true}
	for _, n := range readXSD(t) {
		if n.Type == "" {
			declared[n.Path] = true
		} else {
			used[n.Type] = true
		}
	}
	for _, n := range readXSD(t) {
		if n.Type == "" && !used[n.Path] {
			t.Errorf("nothing is a %s", n.Path)
		}
		if n.Type != "" && !declared[n.Type] {
			t.Errorf("%s is a %s, which is not declared", n.Path, n.Type)
		}
	}
}

// The JSON Schema has no keyword that a pair could not hold in XML: nothing
// refers outside the file, objects are open, and what is required is declared.
func TestJSONSchemaShape(t *testing.T) {
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(path, item)
			}
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok && (!strings.HasPrefix(ref, "#/definitions/") || len(v) > 1) {
				// Draft-07 ignores what stands beside a $ref (Core, section 8.3).
				t.Errorf("%s: $ref %s leads out of the file or has neighbours", path, ref)
			}
			if _, ok := v["additionalProperties"]; ok {
				t.Errorf("%s: objects are open", path)
			}
			if required, ok := v["required"].([]any); ok {
				properties, _ := v["properties"].(map[string]any)
				for _, name := range required {
					if _, ok := properties[name.(string)]; !ok {
						t.Errorf("%s: required %s is not declared", path, name)
					}
				}
			}
			for name, sub := range v {
				walk(path+"/"+name, sub)
			}
		}
	}
	var v any
	if err := json.Unmarshal(read(t, JSONSchema), &v); err != nil {
		t.Fatal(err)
	}
	walk("#", v)
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

type xsdNote struct {
	Documentation string `xml:"documentation"`
	Hint          string `xml:"appinfo"`
}

func (n xsdNote) node(path, typ string) node {
	return node{path, typ, n.Documentation, compact(n.Hint)}
}

type xsdElement struct {
	Name string  `xml:"name,attr"`
	Type string  `xml:"type,attr"`
	Note xsdNote `xml:"annotation"`
}

type xsdType struct {
	Name   string  `xml:"name,attr"`
	Note   xsdNote `xml:"annotation"`
	Choice struct {
		Min      string       `xml:"minOccurs,attr"`
		Max      string       `xml:"maxOccurs,attr"`
		Elements []xsdElement `xml:"element"`
	} `xml:"choice"`
	Values []struct {
		Value string  `xml:"value,attr"`
		Note  xsdNote `xml:"annotation"`
	} `xml:"restriction>enumeration"`
}

// readXSD lists the nodes of the XSD: the complex types with their elements,
// then the simple types.
func readXSD(t *testing.T) []node {
	t.Helper()
	var schema struct {
		Elements []xsdElement `xml:"element"`
		Complex  []xsdType    `xml:"complexType"`
		Simple   []xsdType    `xml:"simpleType"`
	}
	if err := xml.Unmarshal(read(t, XSD), &schema); err != nil {
		t.Fatal(err)
	}
	var all []node
	for _, c := range schema.Complex {
		n := c.Note.node(c.Name, "")
		if c.Name == Root {
			// The root's hint stands on the element, and both say the same.
			if len(schema.Elements) != 1 || schema.Elements[0].Type != Root {
				t.Fatalf("global elements %v, expected %s alone", schema.Elements, Root)
			}
			e := schema.Elements[0].Note
			if e.Documentation != c.Note.Documentation {
				t.Errorf("the element %s and its type are described differently", Root)
			}
			n.Hint = compact(e.Hint)
		}
		all = append(all, n)
		if c.Choice.Min != "0" || c.Choice.Max != "unbounded" {
			t.Errorf("%s is no repeated choice", c.Name)
		}
		for _, e := range c.Choice.Elements {
			all = append(all, e.Note.node(c.Name+"/"+e.Name, strings.TrimPrefix(e.Type, "xs:")))
		}
	}
	for _, s := range schema.Simple {
		all = append(all, s.Note.node(s.Name, ""))
		for _, v := range s.Values {
			// JSON Schema has no place for what a value means: the type says it.
			if v.Note.Documentation == "" || !strings.Contains(s.Note.Documentation, v.Value+":") {
				t.Errorf("%s: the value %s is not described", s.Name, v.Value)
			}
		}
	}
	return all
}

// readJSONSchema lists the nodes of the JSON Schema in the order of its text:
// the root, then the definitions.
func readJSONSchema(t *testing.T) []node {
	t.Helper()
	data := read(t, JSONSchema)
	var root struct {
		Title string `json:"title"`
	}
	decode(t, data, &root)
	all := jsonType(t, root.Title, data)
	for _, d := range members(t, member(t, data, "definitions")) {
		all = append(all, jsonType(t, d.name, d.value)...)
	}
	return all
}

func jsonType(t *testing.T, name string, data []byte) []node {
	t.Helper()
	type note struct {
		Description string          `json:"description"`
		Hint        json.RawMessage `json:"x-biform"`
	}
	type ref struct {
		Ref  string `json:"$ref"`
		Type any    `json:"type"`
	}
	typeOf := func(r ref) string {
		if s, ok := r.Type.(string); ok {
			return s
		}
		return strings.TrimPrefix(r.Ref, "#/definitions/")
	}
	var n note
	decode(t, data, &n)
	all := []node{{name, "", n.Description, compact(string(n.Hint))}}
	for _, m := range members(t, member(t, data, "properties")) {
		var p struct {
			note
			ref
			AllOf []ref `json:"allOf"`
			AnyOf []struct {
				ref
				Items ref `json:"items"`
			} `json:"anyOf"`
		}
		decode(t, m.value, &p)
		typ := typeOf(p.ref)
		switch {
		case len(p.AllOf) == 1:
			typ = typeOf(p.AllOf[0])
		case len(p.AnyOf) == 2:
			typ = typeOf(p.AnyOf[0].ref)
			if many := p.AnyOf[1]; many.Type != "array" || typeOf(many.Items) != typ {
				t.Errorf("%s/%s: one is a %s, many is a %v of %s", name, m.name, typ, many.Type, typeOf(many.Items))
			}
		}
		all = append(all, node{name + "/" + m.name, typ, p.Description, compact(string(p.Hint))})
	}
	return all
}

type namedValue struct {
	name  string
	value json.RawMessage
}

// members lists the members of a JSON object in the order of its text.
func members(t *testing.T, data []byte) []namedValue {
	t.Helper()
	if data == nil {
		return nil
	}
	var all []namedValue
	d := json.NewDecoder(bytes.NewReader(data))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		m := namedValue{name: name.(string)}
		if err := d.Decode(&m.value); err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}

// member returns one member of a JSON object, or nil.
func member(t *testing.T, data []byte, name string) []byte {
	t.Helper()
	for _, m := range members(t, data) {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

func decode(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}

// compact returns a JSON text without white space.
func compact(text string) string {
	var b bytes.Buffer
	if json.Compact(&b, []byte(text)) != nil {
		return text
	}
	return b.String()
}
