package xsd

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/biform/biform/schema/folder"
)

const schemaTag = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">`

// readText reads one schema document from a text.
func readText(text string) string {
	fsys := fstest.MapFS{"s.xsd": &fstest.MapFile{Data: []byte(text)}}
	_, diags := Read(folder.New(fsys, ""), "s.xsd", Options{})
	return dumpDiagnostics(diags)
}

// TestMalformed holds the parser to what XML forbids and encoding/xml does not
// refuse, or refuses without a place.
func TestMalformed(t *testing.T) {
	element := `<xs:element name="e" type="xs:string"/>`
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "s.xsd:1:1: error: the file has no element"},
		{"text before", "x" + schemaTag + "</xs:schema>", "s.xsd:1:1: error: text before the root"},
		{"text after", schemaTag + element + "</xs:schema>\nx", "error: text after the root"},
		{"second root", schemaTag + element + "</xs:schema><b/>", "s.xsd:1:107: error: a second root element <b>"},
		{"cut off", schemaTag + "\n<xs:element", "not-well-formed"},
		{"not closed", schemaTag + element, "the file ends inside <schema>"},
		{"wrong end", schemaTag + "\n</xs:element>", "s.xsd:2:1: error: end tag </xs:element> closes <xs:schema> of line 1"},
		{"other prefix", `<a:schema xmlns:a="http://www.w3.org/2001/XMLSchema" xmlns:b="http://www.w3.org/2001/XMLSchema"></b:schema>`, "end tag </b:schema> closes <a:schema>"},
		{"end alone", "</a>", "without a start tag"},
		{"doctype late", schemaTag + "<!DOCTYPE x></xs:schema>", "s.xsd:1:56: error: a document type declaration may stand once only, before the root element"},
		{"two doctypes", "<!DOCTYPE x><!DOCTYPE x>" + schemaTag + element + "</xs:schema>", "s.xsd:1:13: error: a document type declaration may stand once only"},
		{"entity", schemaTag + "&x;</xs:schema>", "invalid character entity"},
		{"attribute twice", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" version="1" version="2"/>`, `s.xsd:1:68: error: attribute "version" is given twice`},
		{"attribute twice by namespace", `<s xmlns:a="u" xmlns:b="u" a:x="" b:x=""/>`, `attribute "x" is given twice`},
		{"undeclared prefix", "<xs:schema/>", `s.xsd:1:1: error: prefix "xs" is not declared`},
		{"undeclared prefix of attribute", `<s a:b=""/>`, `s.xsd:1:4: error: prefix "a" is not declared`},
		{"prefix twice", `<s xmlns:a="u" xmlns:a="v"/>`, "declared twice in one tag"},
		{"prefix without namespace", `<s xmlns:a=""/>`, "without a namespace"},
		{"xml rebound", `<s xmlns:xml="u"/>`, `may not be bound`},
		{"xmlns bound", `<s xmlns:xmlns="u"/>`, `may not be bound`},
		{"two colons", `<a:b:c xmlns:a="u"/>`, "expected element name"},
		{"no space", `<s a="1"b="2"/>`, "white space is missing"},
		{"no quotes", `<s a=1/>`, "not-well-formed"},
		{"less than in value", `<s a="<"/>`, "not-well-formed"},
		{"surrogate", `<s a="&#xD800;"/>`, "names no character of XML"},
		{"surrogate in text", `<s>&#xD800;</s>`, "names no character of XML"},
		{"zero", `<s a="&#0;"/>`, "illegal character code"},
		{"bad UTF-8", "<s>\n<!-- \xff --></s>", "s.xsd:2:6: error: byte 0xff is not UTF-8"},
		{"control character", "<s>\x01</s>", "U+0001 may not stand in XML"},
		{"declaration not first", " <?xml version=\"1.0\"?><s/>", "may stand at the very beginning only"},
		{"encoding", `<?xml version="1.0" encoding="Shift_JIS"?><s/>`, `encoding "Shift_JIS" [unsupported]`},
		{"version", `<?xml version="1.1"?><s/>`, "a version of XML other than 1.0 [unsupported]"},
		{"deep", strings.Repeat("<a>", 257) + strings.Repeat("</a>", 257), "nest deeper than 256"},
		{"other root", "<a/>", "the root element is a, not xs:schema [cvc-elt.1]"},
		{"other namespace", `<schema xmlns="http://www.w3.org/2001/XMLschema"/>`, "hint: declare xmlns:xs"},
	} {
		if got := readText(c.text); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestEncodings reads one schema in each of the encodings.
func TestEncodings(t *testing.T) {
	text := `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="é" type="xs:strin"/></xs:schema>`
	wide := func(order string) string {
		var b strings.Builder
		for _, c := range "\ufeff" + text {
			if order == "BE" {
				b.Write([]byte{byte(c >> 8), byte(c)})
			} else {
				b.Write([]byte{byte(c), byte(c >> 8)})
			}
		}
		return b.String()
	}
	for name, data := range map[string]string{
		"UTF-8":       text,
		"BOM":         "\ufeff" + text,
		"UTF-16 BE":   wide("BE"),
		"UTF-16 LE":   wide("LE"),
		"ISO-8859-1":  `<?xml version="1.0" encoding="ISO-8859-1"?>` + strings.ReplaceAll(text, "é", "\xe9"),
		"carriage":    strings.ReplaceAll(text, "><", ">\r\n<"),
		"declaration": `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + text,
	} {
		got := readText(data)
		if !strings.Contains(got, "/schema/element[é]/@type: error: there is no type xs:strin [src-resolve]\n\thint: did you mean xs:string?") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestDeep reads schemas that nest, refer and repeat without end: none may hang
// or overflow the stack.
func TestDeep(t *testing.T) {
	var chain, groups strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&chain, `<xs:complexType name="t%d"><xs:complexContent><xs:extension base="t%d"/></xs:complexContent></xs:complexType>`, i, i+1)
	}
	chain.WriteString(`<xs:complexType name="t3000"/>`)
	for i := range 40 {
		fmt.Fprintf(&groups, `<xs:group name="g%d"><xs:sequence><xs:group ref="g%d"/><xs:group ref="g%d"/></xs:sequence></xs:group>`, i, i+1, i+1)
	}
	groups.WriteString(`<xs:group name="g40"><xs:sequence><xs:element name="x"/></xs:sequence></xs:group>`)
	for name, c := range map[string]struct{ text, want string }{
		"chain":  {schemaTag + chain.String() + `<xs:element name="e" type="t0"/></xs:schema>`, ""},
		"groups": {schemaTag + groups.String() + `<xs:element name="e"><xs:complexType><xs:group ref="g0"/></xs:complexType></xs:element></xs:schema>`, "[unsupported]"},
	} {
		if got := readText(c.text); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(schemaTag + `<xs:element name="e"><xs:complexType mixed="true"><xs:choice maxOccurs="unbounded"><xs:element ref="e"/><xs:any namespace="##other"/></xs:choice><xs:attribute name="a" type="xs:int" default="1"/></xs:complexType></xs:element></xs:schema>`)
	f.Add(schemaTag + `<xs:simpleType name="t"><xs:restriction base="xs:decimal"><xs:minInclusive value="1"/><xs:pattern value="[0-9-[5]]"/></xs:restriction></xs:simpleType><xs:element name="e" type="t"/></xs:schema>`)
	f.Add(schemaTag + `<xs:group name="g"><xs:sequence><xs:group ref="g"/></xs:sequence></xs:group><xs:include schemaLocation="s.xsd"/></xs:schema>`)
	f.Add(`<!DOCTYPE xs:schema [<!ENTITY a "&#38;lt;&b;"><!ENTITY b "<xs:any/>"><!ENTITY % p "<!ATTLIST xs:any x:y NMTOKEN #FIXED '&a;'>">%p;]>` + schemaTag + `&b;<xs:element name="&a;"/></xs:schema>`)
	f.Fuzz(func(t *testing.T, text string) {
		readText(text)
	})
}

// TestWide reads content models of thousands of elements.
func TestWide(t *testing.T) {
	var choice strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&choice, `<xs:element name="e%d" type="xs:string" minOccurs="0"/>`, i)
	}
	for name, c := range map[string]struct{ group, want string }{
		"choice":         {`<xs:choice minOccurs="0" maxOccurs="unbounded">` + strings.ReplaceAll(choice.String(), ` minOccurs="0"`, "") + `</xs:choice>`, ""},
		"sequence":       {`<xs:sequence>` + choice.String() + `</xs:sequence>`, ""},
		"one name again": {`<xs:sequence>` + choice.String() + `<xs:element name="x"/><xs:element name="e0" type="xs:string"/></xs:sequence>`, "[unchecked]"},
	} {
		got := readText(schemaTag + `<xs:element name="r"><xs:complexType>` + c.group + `</xs:complexType></xs:element></xs:schema>`)
		if !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %.300q", name, got)
		}
	}
}
