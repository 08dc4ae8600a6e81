package contract

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// largeHere tells TestLarge that it is the process that is measured.
const largeHere = "BIFORM_LARGE"

// TestLarge reads large schemas and writes their tables within a budget of time:
// megabytes of types, a choice of very many elements, a sequence of as many
// optional ones, and bounds of 10,000 inside of one another. A process of its own
// does it, whose time of processors is known, whatever else the machine does.
func TestLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("reads megabytes")
	}
	if os.Getenv(largeHere) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestLarge$", "-test.v")
		cmd.Env = append(os.Environ(), largeHere+"=1")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		d := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if t.Logf("%v of processors\n%s", d.Round(time.Millisecond), out); d > 8*time.Second {
			t.Errorf("it takes %v of processors", d)
		}
		return
	}
	var types, choice, optional strings.Builder
	types.WriteString(`<xs:element name="r" type="t0"/>`)
	for i := 0; types.Len() < 5<<20; i++ {
		fmt.Fprintf(&types, `<xs:complexType name="t%d"><xs:annotation><xs:documentation>Type number %d of many.</xs:documentation></xs:annotation>`+
			`<xs:sequence><xs:element name="a" type="xs:string"/><xs:element name="b" type="s%d" minOccurs="0" maxOccurs="unbounded"/>`+
			`<xs:element name="next" type="t%d" minOccurs="0"/></xs:sequence><xs:attribute name="id" type="xs:NMTOKEN" use="required"/></xs:complexType>`+
			`<xs:simpleType name="s%d"><xs:restriction base="xs:string"><xs:maxLength value="%d"/></xs:restriction></xs:simpleType>`, i, i, i, i/2, i, i+1)
	}
	for i := range 5000 {
		fmt.Fprintf(&choice, `<xs:element name="e%d" type="xs:int"/>`, i)
		fmt.Fprintf(&optional, `<xs:element name="e%d" type="xs:int" minOccurs="0"/>`, i)
	}
	element := func(model string) string {
		return `<xs:element name="r"><xs:complexType>` + model + `</xs:complexType></xs:element>`
	}
	nested := `<xs:element name="a" maxOccurs="10000"/><xs:element name="b"/>`
	for range 6 {
		nested = `<xs:sequence maxOccurs="10000">` + nested + `</xs:sequence><xs:element name="c"/>`
	}
	for _, row := range []struct{ name, xsd, payload string }{
		{"types", types.String(), `<r id="x"><a/></r>`},
		{"choice", element(`<xs:choice maxOccurs="unbounded">` + choice.String() + `</xs:choice>`), `<r><e4999>1</e4999><e0>1</e0></r>`},
		{"optional", element(`<xs:sequence>` + optional.String() + `</xs:sequence>`), `<r><e16>1</e16><e4998>1</e4998></r>`},
		{"repeated optional", element(`<xs:sequence maxOccurs="unbounded">` + optional.String() + `</xs:sequence>`), `<r><e16>1</e16><e4998>1</e4998><e7>1</e7></r>`},
		{"counted choice", element(`<xs:sequence maxOccurs="10000"><xs:choice maxOccurs="10000">` + choice.String() + `</xs:choice><xs:element name="z"/></xs:sequence>`), `<r><e4999>1</e4999><z/></r>`},
		{"nested bounds", element(`<xs:sequence>` + nested + `</xs:sequence>`), `<r><a/><b/><c/><c/><c/><c/><c/><c/></r>`},
	} {
		start := time.Now()
		c := compileXSD(t, schemaSource("", row.xsd))
		if err := c.Validate([]byte(row.payload)); err != nil {
			t.Errorf("%s: %.300v", row.name, err)
		}
		t.Logf("%s: %d bytes of schema take %v, %d states", row.name, len(row.xsd), time.Since(start).Round(time.Millisecond), len(c.States))
	}
}
