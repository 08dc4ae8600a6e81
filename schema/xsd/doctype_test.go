package xsd

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
)

// entities declares a0 to aN, each of which is ten of the one before.
func entities(n int, first string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!ENTITY a0 "%s">`, first)
	for i := range n {
		fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	return b.String()
}

// TestDoctypeRefused holds what a document type declaration may not do to a
// schema document, and that none takes long.
func TestDoctypeRefused(t *testing.T) {
	element := `<xs:element name="e" type="xs:string"/>`
	var chain strings.Builder
	for i := range 40 {
		fmt.Fprintf(&chain, `<!ENTITY c%d "&c%d;">`, i, i+1)
	}
	chain.WriteString(`<!ENTITY c40 "">`)
	for _, c := range []struct{ name, subset, body, want string }{
		{"laughs", entities(9, "ha"), "&a9;", "s.xsd:2:1: error: entities and default attributes come to more than 1048576 bytes [not-well-formed]"},
		{"laughs in a value", entities(9, "ha"), `<xs:element name="&a9;"/>`, "s.xsd:2:19: error: entities and default attributes come to more"},
		{"laughs in a default", entities(9, "ha") + `<!ATTLIST xs:schema id CDATA "&a9;">`, "", "s.xsd:1:"},
		{"silent laughs", entities(9, ""), "&a9;", "s.xsd:2:1: error: entities and default attributes come to more"},
		{"quadratic", `<!ENTITY a "` + strings.Repeat("a", 100_000) + `">`, strings.Repeat("&a;", 1000), "s.xsd:2:31: error: entities and default attributes come to more"},
		{"many defaults", `<!ATTLIST xs:element id CDATA "` + strings.Repeat("a", 10_000) + `">`, strings.Repeat(element, 1000), "come to more than"},
		{"laughing declarations", `<!ENTITY % a "` + strings.Repeat(" ", 100_000) + `">` + strings.Repeat("%a;", 100), "", "come to more than"},
		{"deep", chain.String(), "&c0;", "s.xsd:2:1: error: entities stand in one another deeper than 32"},
		{"itself", `<!ENTITY a "&b;"><!ENTITY b "x&a;">`, "&a;", "s.xsd:2:1: error: the entity a contains itself"},
		{"itself, a parameter", `<!ENTITY % a "&#37;a;"> %a;`, "", "s.xsd:1:79: error: the entity a contains itself"},
		{"undeclared", ``, "\n &a;", "s.xsd:3:2: error: the entity &a; is not declared"},
		{"undeclared in an entity", `<!ENTITY a "&b;">`, "&a;", "s.xsd:2:1: error: the entity &b; is not declared"},
		{"undeclared parameter", `%a;`, "", "s.xsd:1:55: error: the parameter entity %a; is not declared"},
		{"external", `<!ENTITY a SYSTEM "/etc/passwd">`, "&a;", "s.xsd:2:1: error: the entity &a; is external, and is not read"},
		{"external in a value", `<!ENTITY a PUBLIC "a" "http://example.com/a">`, `<xs:element name="&a;"/>`, "s.xsd:2:19: error: the entity &a; is external"},
		{"unparsed", `<!NOTATION n SYSTEM "n"><!ENTITY a SYSTEM "a.gif" NDATA n>`, "&a;", "the entity &a; is external"},
		{"external parameter", `<!ENTITY % a SYSTEM "a.dtd">%a;<!ENTITY b "">`, "&b;", "the external parameter entity %a; is not read; declarations behind it do not count [not-fetched]"},
		{"behind an external parameter", `<!ENTITY % a SYSTEM "a.dtd">%a;<!ENTITY b "">`, "&b;", "s.xsd:2:1: error: the entity &b; is not declared"},
		{"unbalanced", `<!ENTITY a "<xs:annotation>">`, "&a;</xs:annotation>", "s.xsd:2:1: error: the entity &a; is not balanced"},
		{"end tag first", `<!ENTITY a "</xs:annotation><xs:annotation>">`, "<xs:annotation>&a;</xs:annotation>", "s.xsd:2:16: error: the entity &a; is not balanced"},
		{"open comment", `<!ENTITY a "<!--">`, "&a;-->", "the entity &a; is not balanced"},
		{"markup in a value", `<!ENTITY a "<b/>">`, `<xs:element name="&a;"/>`, `s.xsd:2:19: error: the entity &a; has a "<" in it`},
		{"less than in a default", `<!ATTLIST xs:schema id CDATA "<">`, ``, `an attribute's value has a "<" in it`},
		{"parameter in a value", `<!ENTITY % p ""><!ENTITY a "%p;">`, "", "s.xsd:1:83: error: a parameter entity may not stand inside of a declaration"},
		{"lone ampersand", `<!ENTITY a "a & b">`, "", "s.xsd:1:69: error: an ampersand that begins no reference"},
		{"no character", `<!ENTITY a "&#xD800;">`, "", "names no character of XML"},
		{"no declaration", "text", "", "s.xsd:1:55: error: this is no declaration of a DTD"},
		{"conditional", "<![INCLUDE[]]>", "", "this is no declaration of a DTD"},
		{"no name", `<!ENTITY "a">`, "", "a name is missing"},
		{"no space", `<!ENTITY a"a">`, "", "white space is missing"},
		{"no value", `<!ENTITY a>`, "", "white space is missing"},
		{"bad type", `<!ATTLIST a b STRING "">`, "", `"STRING" is no type of an attribute`},
		{"no default", `<!ATTLIST a b CDATA>`, "", "white space is missing"},
		{"open list", `<!ATTLIST a b (c|d "">`, "", "a list of an attribute's values does not end"},
		{"bad comment", `<!-- a -- b -->`, "", "does not end as it must"},
		{"open instruction", `<?a`, "", "does not end as it must"},
		{"bad prefix", `<!ATTLIST xs:schema a:b:c CDATA "">`, "", `"a:b:c" is no qualified name`},
		{"undeclared prefix", `<!ATTLIST xs:schema a:b CDATA "">`, "", `prefix "a" is not declared`},
		{"open subset", `<!ENTITY a "">` + "\x00", "", "may not stand in XML"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			got := readText(`<!DOCTYPE xs:schema SYSTEM "http://example.com/a.dtd"[` + c.subset + `]>` +
				schemaTag + "\n" + c.body + element + "</xs:schema>")
			got = strings.ReplaceAll(got, "s.xsd:1:21: warning: the external DTD \"http://example.com/a.dtd\" is not read [not-fetched]\n", "")
			if !strings.Contains(got, c.want) || !strings.Contains(got, "error") {
				t.Errorf("got %.500q, want %q", got, c.want)
			}
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("it took %v", d)
			}
		})
	}
	for _, text := range []string{"<!DOCTYPE", "<!DOCTYPE ", "<!DOCTYPE x", "<!DOCTYPE x [", "<!DOCTYPE x [<!ENTITY a '", "<!DOCTYPE x [%", "<!DOCTYPE x SYSTEM 'a"} {
		if got := readText(text); !strings.Contains(got, "[not-well-formed]") {
			t.Errorf("%s: got %q", text, got)
		}
	}
}

// TestDoctypeExpanded holds schema documents with entities against the same
// ones written out.
func TestDoctypeExpanded(t *testing.T) {
	for _, c := range []struct{ name, subset, body, want string }{
		{"text", `<!ENTITY a "xs:int">`, `<xs:element name="e" type="&a;"/>`, `<xs:element name="e" type="xs:int"/>`},
		{"markup", `<!ENTITY a '<xs:element name="e" type="&t;"/>'><!ENTITY t "xs:int">`, `&a;`, `<xs:element name="e" type="xs:int"/>`},
		{"quotes", `<!ENTITY a '"'><!ENTITY b "&a;&#39;&#34;">`, `<xs:element name="e" type="xs:string" default='&b;'/>`, `<xs:element name="e" type="xs:string" default="&quot;'&quot;"/>`},
		{"escaped", `<!ENTITY a "&#38;#60;&#38;amp;">`, `<xs:element name="e" type="xs:string" default="&a;"/>`, `<xs:element name="e" type="xs:string" default="&lt;&amp;"/>`},
		{"first counts", `<!ENTITY a "xs:int"><!ENTITY a "xs:none">`, `<xs:element name="e" type="&a;"/>`, `<xs:element name="e" type="xs:int"/>`},
		{"predefined", `<!ENTITY lt "&#38;#60;"><!ENTITY amp "x">`, `<xs:element name="e" type="xs:string" default="&lt;&amp;"/>`, `<xs:element name="e" type="xs:string" default="&lt;&amp;"/>`},
		{"by parameter", `<!ENTITY % p '<!ENTITY a "xs:int">'> %p;`, `<xs:element name="e" type="&a;"/>`, `<xs:element name="e" type="xs:int"/>`},
		{"no reference", `<!ENTITY a "x">`, `<!-- &a; --><?p &a; "?><xs:element name="e"><xs:annotation><xs:documentation><![CDATA[&a;]]></xs:documentation></xs:annotation></xs:element>`,
			`<xs:element name="e"><xs:annotation><xs:documentation>&amp;a;</xs:documentation></xs:annotation></xs:element>`},
		{"prose", `<!ENTITY a "a &b; c"><!ENTITY b "<b>b</b>">`, `<xs:element name="e"><xs:annotation><xs:documentation>&a;</xs:documentation></xs:annotation></xs:element>`,
			`<xs:element name="e"><xs:annotation><xs:documentation>a <b>b</b> c</xs:documentation></xs:annotation></xs:element>`},
		{"unused", `<!ENTITY a SYSTEM "a"><!ENTITY b "&none;"><!ENTITY c "<open">`, `<xs:element name="e"/>`, `<xs:element name="e"/>`},
		{"line ends in a default", "<!ATTLIST xs:element default CDATA 'a\n\tb'>", `<xs:element name="e" type="xs:string"/>`, `<xs:element name="e" type="xs:string" default="a  b"/>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			read := func(text string) string {
				fsys := fstest.MapFS{"s.xsd": &fstest.MapFile{Data: []byte("\ufeff<!-- & --> " + text)}}
				doc, diags := Read(folder.New(fsys, ""), "s.xsd", Options{})
				if len(diags) > 0 {
					t.Fatalf("%s: %v", text, diags)
				}
				for i := range doc.XML.Elements {
					doc.XML.Elements[i].At = model.Position{}
				}
				data, err := json.Marshal([]any{doc.XML.Elements, doc.Doc, doc.Type(doc.Root)})
				if err != nil {
					t.Fatal(err)
				}
				return string(data)
			}
			got := read("<!DOCTYPE xs:schema [" + c.subset + "]>" + schemaTag + "\n" + c.body + "</xs:schema>")
			want := read(schemaTag + "\n" + c.want + "</xs:schema>")
			if got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}
