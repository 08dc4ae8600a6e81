package contract

import (
	"strings"
	"testing"

	"github.com/biform/biform/gen/wire"
)

// TestRefused checks what cannot be compiled, and where it says so.
func TestRefused(t *testing.T) {
	element := func(model string) string {
		return `<xs:element name="r"><xs:complexType>` + model + `</xs:complexType></xs:element>`
	}
	rows := []struct{ name, xsd, want string }{
		{"same element twice", element(`<xs:sequence><xs:element name="a" minOccurs="0"/><xs:element name="a"/></xs:sequence>`), "[cos-nonambig]"},
		{"element and wildcard", element(`<xs:sequence><xs:element name="a" minOccurs="0"/><xs:any/></xs:sequence>`), "[cos-nonambig]"},
		{"wildcards", element(`<xs:choice><xs:any namespace="urn:a urn:b"/><xs:any namespace="##other"/></xs:choice>`), "[cos-nonambig]"},
	}
	for _, row := range rows {
		doc, diags := readXSD(schemaSource("", row.xsd))
		if !diags.HasErrors() {
			_, diags = XML(doc.XML)
		}
		if !diags.HasErrors() || !strings.Contains(diags.Error(), row.want) || !strings.HasPrefix(diags.Error(), "s.xsd:1:") {
			t.Errorf("%s: got %v\nwant %s", row.name, diags, row.want)
		}
	}
}

// TestStates checks how large content models become.
func TestStates(t *testing.T) {
	optional, choice := "", ""
	for i := range 400 {
		name := string([]byte{'a' + byte(i/100), '0' + byte(i/10%10), '0' + byte(i%10)})
		optional += `<xs:element name="` + name + `" minOccurs="0"/>`
		choice += `<xs:element name="` + name + `"/>`
	}
	rows := []struct {
		name, model   string
		states, steps int
	}{
		{"repeated choice", `<xs:choice minOccurs="0" maxOccurs="unbounded">` + choice + `</xs:choice>`, 1, 400},
		{"repeated choice of one at least", `<xs:choice maxOccurs="unbounded">` + choice + `</xs:choice>`, 2, 400},
		{"optional elements", `<xs:sequence>` + optional + `</xs:sequence>`, 401, 400},
		{"all", `<xs:all>` + choice + `</xs:all>`, 1, 400},
		{"counted", `<xs:sequence><xs:element name="a" maxOccurs="9999"/><xs:element name="b"/></xs:sequence>`, 3, 3},
	}
	for _, row := range rows {
		c := compileXSD(t, schemaSource("", `<xs:element name="r"><xs:complexType>`+row.model+`</xs:complexType></xs:element>`))
		steps := 0
		for _, s := range c.States {
			steps += len(s.Next)
		}
		if len(c.States)-1 != row.states || steps > row.steps+5 {
			t.Errorf("%s: %d states and %d steps, want %d and about %d", row.name, len(c.States)-1, steps, row.states, row.steps)
		}
	}
}

// TestWide validates against an xs:all group of more elements than a word has
// bits.
func TestWide(t *testing.T) {
	model, doc := "", ""
	for i := range 200 {
		name := string([]byte{'a' + byte(i/100), '0' + byte(i/10%10), '0' + byte(i%10)})
		model += `<xs:element name="` + name + `"/>`
		doc = "<" + name + "/>" + doc
	}
	c := compileXSD(t, schemaSource("", `<xs:element name="r"><xs:complexType><xs:all>`+model+`</xs:all></xs:complexType></xs:element>`))
	if err := c.Validate([]byte("<r>" + doc + "</r>")); err != nil {
		t.Error(err)
	}
	if got := codes(c.Validate([]byte("<r>" + doc[len("<b99/>"):] + "</r>"))); got != codeB {
		t.Errorf("one missing: %q", got)
	}
	if got := codes(c.Validate([]byte("<r>" + doc + "<b99/></r>"))); got != codeD {
		t.Errorf("one twice: %q", got)
	}
}

// TestShortened checks that every state admits what it did before it shared
// steps with another.
func TestShortened(t *testing.T) {
	step := func(e, to int) wire.XMLStep { return wire.XMLStep{Element: e, To: to} }
	states := []wire.XMLState{
		{Next: []wire.XMLStep{step(1, 11), step(2, 12), step(3, 13), step(4, 13)}},
		{Next: []wire.XMLStep{step(2, 12), step(3, 13), step(4, 13)}},
		{Next: []wire.XMLStep{step(3, 13), step(4, 13)}},
		{Next: []wire.XMLStep{step(9, 13), step(4, 13)}},
		{Next: []wire.XMLStep{step(4, 13)}},
	}
	full := make([][]wire.XMLStep, len(states))
	for i := range states {
		full[i] = states[i].Next
	}
	shorten(states, 10)
	for i := range states {
		var got []wire.XMLStep
		for n := i; ; n = states[n].Else - 10 {
			got = append(got, states[n].Next...)
			if states[n].Else == 0 {
				break
			}
		}
		if len(got) != len(full[i]) {
			t.Errorf("state %d: %v, want %v", i, got, full[i])
		}
		for k := range got {
			if got[k] != full[i][k] {
				t.Errorf("state %d: %v, want %v", i, got, full[i])
			}
		}
	}
	if n := len(states[0].Next); n != 1 {
		t.Errorf("the first state has %d steps of its own", n)
	}
}
