package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// growXSD returns an XSD of about so many bytes: records that hold and extend
// one another, texts, enumerations, choices, attributes with defaults.
func growXSD(size int) string {
	var b, root strings.Builder
	b.WriteString(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:grown" targetNamespace="urn:grown" elementFormDefault="qualified">` + "\n")
	for i := 0; b.Len() < size; i++ {
		doc := fmt.Sprintf(`<xs:annotation><xs:documentation>Record number %d of many.</xs:documentation></xs:annotation>`, i)
		if i%5 == 4 {
			fmt.Fprintf(&b, `<xs:complexType name="Rec%d">%s<xs:complexContent><xs:extension base="t:Rec%d">
  <xs:sequence><xs:element name="More%d" type="xs:int" maxOccurs="3"/></xs:sequence>
</xs:extension></xs:complexContent></xs:complexType>
`, i, doc, i-1, i)
		} else {
			fmt.Fprintf(&b, `<xs:complexType name="Rec%d">%s<xs:sequence>
  <xs:element name="Title" type="t:Text%d"><xs:annotation><xs:documentation>What number %d is called.</xs:documentation></xs:annotation></xs:element>
  <xs:element name="Amount%d" type="xs:decimal" minOccurs="0"/>
  <xs:element name="Kind" type="t:Kind%d" minOccurs="0"/>
  <xs:choice><xs:element name="When" type="xs:dateTime"/><xs:element name="Day" type="xs:date"/></xs:choice>
  <xs:element name="Part" type="t:Rec%d" minOccurs="0" maxOccurs="unbounded"/>
  <xs:element name="Note" minOccurs="0"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="lang" type="xs:language"/>
  </xs:extension></xs:simpleContent></xs:complexType></xs:element>
</xs:sequence><xs:attribute name="id" type="xs:NMTOKEN" use="required"/><xs:attribute name="rank" type="xs:int" default="%d"/></xs:complexType>
`, i, doc, i, i, i, i/3, i/2, i%9)
		}
		fmt.Fprintf(&b, `<xs:simpleType name="Text%d"><xs:restriction base="xs:string"><xs:minLength value="1"/><xs:maxLength value="%d"/></xs:restriction></xs:simpleType>`+"\n", i, i%200+5)
		if i%3 == 0 {
			fmt.Fprintf(&b, `<xs:simpleType name="Kind%d"><xs:restriction base="xs:string">
  <xs:enumeration value="plain%d"/><xs:enumeration value="fancy%d"/><xs:enumeration value="other"/>
</xs:restriction></xs:simpleType>
`, i/3, i, i)
		}
		if i%20 == 0 {
			fmt.Fprintf(&root, `  <xs:element name="R%d" type="t:Rec%d" minOccurs="0"/>`+"\n", i, i)
		}
	}
	b.WriteString("<xs:element name=\"Root\"><xs:complexType><xs:sequence>\n" + root.String() + "</xs:sequence></xs:complexType></xs:element>\n</xs:schema>\n")
	return b.String()
}

// growJSON returns a JSON Schema of about so many bytes, of records like those
// of growXSD.
func growJSON(size int) string {
	var b, root strings.Builder
	b.WriteString("{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n  \"definitions\": {\n")
	for i := 0; b.Len() < size || i%20 != 0; i++ {
		fmt.Fprintf(&b, `    "Rec%d": {
      "description": "Record number %d of many.",
      "type": "object",
      "properties": {
        "title": {
          "description": "What number %d is called.",
          "$ref": "#/definitions/Text%d"
        },
        "amount%d": {
          "type": "number",
          "minimum": 0
        },
        "kind": {
          "$ref": "#/definitions/Kind%d"
        },
        "when": {
          "type": "string",
          "format": "date-time"
        },
        "parts": {
          "type": "array",
          "items": {
            "$ref": "#/definitions/Rec%d"
          }
        },
        "next": {
          "$ref": "#/definitions/Rec%d"
        },
        "note": {
          "type": "object",
          "properties": {
            "lang": {
              "type": "string",
              "pattern": "^[a-z]{2,%d}$"
            }
          }
        },
        "rank": {
          "type": "integer",
          "default": %d
        }
      },
      "required": ["title", "note"],
      "additionalProperties": %t
    },
    "Text%d": {
      "type": "string",
      "minLength": 1,
      "maxLength": %d
    },
`, i, i, i, i, i, i/3, i/2, i-i%20+(i+1)%20, i%7+2, i%9, i%2 == 0, i, i%200+5)
		if i%3 == 0 {
			fmt.Fprintf(&b, `    "Kind%d": {
      "enum": ["plain%d", "fancy%d", "other"]
    },
`, i/3, i, i)
		}
		if i%20 == 0 {
			fmt.Fprintf(&root, `,
    "r%d": {
      "$ref": "#/definitions/Rec%d"
    }`, i, i)
		}
	}
	b.WriteString("    \"End\": {}\n  },\n  \"type\": \"object\",\n  \"properties\": {" + root.String()[1:] + "\n  }\n}\n")
	return b.String()
}

// TestGenerateLarge holds the whole of generate to a time that grows with the
// contract and no faster, in seconds of processors: 5 MB of XSD within 10 s of
// two, and of JSON Schema, which becomes twice as much Go, within 15 s.
// GROW=5000000 measures another size.
func TestGenerateLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("generates megabytes")
	}
	dir := t.TempDir()
	biform := filepath.Join(dir, "biform") // by which name the test is the command
	if err := os.Symlink(os.Args[0], biform); err != nil {
		t.Skip(err)
	}
	size := 800_000
	if _, err := fmt.Sscan(os.Getenv("GROW"), &size); err != nil && os.Getenv("GROW") != "" {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module grown\n\ngo 1.24\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for form, of := range map[string]struct {
		grow    func(int) string
		perByte time.Duration
	}{
		"xsd":        {growXSD, 4 * time.Microsecond},
		"jsonschema": {growJSON, 6 * time.Microsecond},
	} {
		t.Run(form, func(t *testing.T) {
			growing(t, size, of.perByte, func(size int) time.Duration {
				name := fmt.Sprintf("grown%d", size)
				text := of.grow(size)
				if err := os.WriteFile(filepath.Join(dir, name+"."+form), []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				cmd := exec.Command(biform, "generate", "--"+form, name+"."+form, "--package", "grown", "--out", form+name)
				cmd.Dir = dir
				start := time.Now()
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Fatalf("%v\n%.2000s", err, out)
				}
				d := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				t.Logf("%d bytes of schema: %v, %v of processors", len(text), time.Since(start).Round(time.Millisecond), d.Round(time.Millisecond))
				return d
			})
		})
	}
}

// growing holds what measure takes for a size to twice the time of half the
// size, and to perByte for each byte.
func growing(t *testing.T, size int, perByte time.Duration, measure func(size int) time.Duration) {
	// What else the machine does takes time of this as well, from caches to
	// shared cores: one of three tries must do.
	const start = 200 * time.Millisecond // what a contract of any size takes
	for try := range 3 {
		half, whole := measure(size/2), measure(size)
		steep := whole > 2*half*5/4+start
		slow := whole > time.Duration(size)*perByte
		switch {
		case !steep && !slow:
			return
		case try == 2 && steep:
			t.Errorf("%d bytes take %v, half of them %v: more than twice as much", size, whole, half)
		case try == 2:
			t.Errorf("%d bytes take %v, more than %v for each", size, whole, perByte)
		}
	}
}
