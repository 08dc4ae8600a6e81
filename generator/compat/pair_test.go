package compat

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/biform/biform/schema/diff"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/load"
)

const pairXSD = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="Note"><xs:complexType><xs:sequence>
    <xs:element name="Text" type="xs:string"/>
    <xs:element name="State" type="State" minOccurs="0"/>
    <xs:element name="Size" type="xs:int" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="id" type="xs:string"/>
  </xs:complexType></xs:element>
  <xs:simpleType name="State"><xs:restriction base="xs:string"><xs:enumeration value="new"/><xs:enumeration value="old"/></xs:restriction></xs:simpleType>
</xs:schema>`

const pairJSON = `{"$schema": "http://json-schema.org/draft-07/schema#", "title": "Note", "type": "object", "properties": {
  "Text": {"type": "string"},
  "State": {"type": "string", "enum": ["new", "old"]},
  "Size": {"type": "integer"},
  "id": {"type": "string"}
}, "required": ["Text"]}`

// TestPairs compares pairs: what both contracts say is one change.
func TestPairs(t *testing.T) {
	wrap := strings.NewReplacer(`"title": "Note", "type": "object", "properties": {`,
		`"type": "object", "required": ["Note"], "properties": {"Note": {"$ref": "#/definitions/Note"}}, "definitions": {"Note": {"type": "object", "properties": {`,
		`"required": ["Text"]}`, `"required": ["Text"]}}}`)
	for _, c := range []struct {
		name    string
		wrapped bool
		edits   []string // from, to, in both contracts
		want    string
	}{
		{"nothing", false, nil, ""},
		{"a member", false, []string{
			`<xs:element name="Size"`, `<xs:element name="More" type="xs:string" minOccurs="0"/><xs:element name="Size"`,
			`"Size":`, `"More": {"type": "string"}, "Size":`,
		}, "/More: is new [additive] 2 2\n"},
		{"a value", false, []string{
			`<xs:enumeration value="old"/>`, ``, `["new", "old"]`, `["new"]`,
		}, `/State: the value "old" is gone (Go: const StateOld is gone) [go-break stricter] 2 2` + "\n"},
		{"a bound of one form", false, []string{`"integer"`, `"integer", "maximum": 5`},
			"/Size: maximum 5 is new [stricter] 1 1\n"},
		{"a list", false, []string{
			`type="xs:int" minOccurs="0"`, `type="xs:int" minOccurs="0" maxOccurs="unbounded"`,
			`{"type": "integer"}`, `{"type": "array", "items": {"type": "integer"}}`,
		}, "/Size: XML: may be a list now; JSON: is a list now (Go: Note.Size was *int32, is []int32) [go-break json-break stricter looser] 2 2\n"},
		{"an attribute", false, []string{`<xs:attribute name="id" type="xs:string"/>`, ``, "  \"Size\": {\"type\": \"integer\"},\n  \"id\": {\"type\": \"string\"}", `  "Size": {"type": "integer"}`},
			"/@id: is gone (Go: field Note.ID is gone) [go-break json-break xml-break stricter] 2 2\n"},
		{"wrapped", true, []string{
			`<xs:element name="Size"`, `<xs:element name="More" type="xs:string" minOccurs="0"/><xs:element name="Size"`,
			`"Size":`, `"More": {"type": "string"}, "Size":`,
		}, "/More: is new [additive] 2 2\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			edit := strings.NewReplacer(c.edits...)
			state := func(xsd, json string) (diff.Forms, *Package, []byte) {
				if c.wrapped {
					json = wrap.Replace(json)
				}
				f := folder.New(fstest.MapFS{"note.xsd": {Data: []byte(xsd)}, "note.schema.json": {Data: []byte(json)}}, "")
				x, j, diags := load.Each(load.Contracts{XSD: "note.xsd", JSONSchema: "note.schema.json", Folder: f})
				if diags.HasErrors() {
					t.Fatal(diags)
				}
				doc, diags := load.Join(x, j)
				if diags.HasErrors() {
					t.Fatal(diags)
				}
				forms := diff.Forms{XML: x, JSON: j, Joined: doc}
				if doc.Wrapped != c.wrapped {
					t.Fatal("the pair is wrapped, or it is not")
				}
				p, diags, err := New(doc, Options{})
				if p == nil {
					t.Fatal(diags, err)
				}
				return forms, p, p.Names
			}
			oldForms, old, _ := state(pairXSD, pairJSON)
			newForms, new, _ := state(edit.Replace(pairXSD), edit.Replace(pairJSON))
			got := ""
			for _, x := range Annotate(diff.CompareForms(oldForms, newForms), old, new) {
				got += fmt.Sprintf("%s: %s %v %d %d\n", x.Path, x.Message, x.Classes, len(x.Old), len(x.New))
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}
