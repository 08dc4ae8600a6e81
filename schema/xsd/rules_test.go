package xsd

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
)

// ruleCase is a schema, without its xs:schema, and the rule that it breaks; an
// empty one for a sound schema. other says why xmllint's verdict is another
// one.
type ruleCase struct{ rule, body, other string }

// In the bodies, T is a type of elements a and b?, and the target namespace is
// urn:t with the prefix t.
var ruleCases = []ruleCase{
	// Schema documents are instances of the schema for schemas.
	{"cvc-complex-type.2.4", `<xs:elment name="e"/>`, ""},
	{"cvc-complex-type.2.4", `<xs:element name="e"><xs:complexType><xs:attribute name="a"/><xs:sequence/></xs:complexType></xs:element>`, ""},
	{"cvc-complex-type.2.3", `text`, ""},
	{"cvc-complex-type.3.2.1", `<xs:element name="e" typ="xs:int"/>`, ""},
	{"cvc-complex-type.3.2.2", `<xs:element name="e" xs:type="xs:int"/>`, ""},
	{"cvc-complex-type.4", `<xs:element type="xs:int"/>`, ""},
	{"cvc-attribute.3", `<xs:element name="1e"/>`, ""},
	{"cvc-attribute.3", `<xs:element name="e" nillable="yes"/>`, ""},
	{"cvc-id.2", `<xs:element name="e" id="i"/><xs:element name="f" id="i"/>`, ""},
	// Components and references.
	{"sch-props-correct.2", `<xs:element name="e"/><xs:element name="e"/>`, ""},
	{"", `<xs:element name="e"/><xs:complexType name="e"/><xs:attribute name="e"/>`, ""},
	{"src-resolve", `<xs:element name="e" type="xs:strin"/>`, ""},
	{"src-resolve", `<xs:element name="e" type="t:Missing"/>`, ""},
	{"src-resolve.4", `<xs:element name="e" type="o:X" xmlns:o="urn:o"/>`, ""},
	{"src-import.1.1", `<xs:import namespace="urn:t"/>`, ""},
	// Attributes.
	{"src-attribute.1", `<xs:attribute name="a" default="1" fixed="1"/>`, ""},
	{"src-attribute.2", `<xs:complexType name="C"><xs:attribute name="a" default="1" use="required"/></xs:complexType>`, ""},
	{"src-attribute.3.1", `<xs:complexType name="C"><xs:attribute/></xs:complexType>`, ""},
	{"src-attribute.3.2", `<xs:attribute name="g"/><xs:complexType name="C"><xs:attribute ref="t:g" type="xs:int"/></xs:complexType>`, ""},
	{"src-attribute.4", `<xs:attribute name="a" type="xs:int"><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType></xs:attribute>`, ""},
	{"a-props-correct.2", `<xs:attribute name="a" type="xs:int" default="x"/>`, ""},
	{"a-props-correct.3", `<xs:attribute name="a" type="xs:ID" default="x"/>`, ""},
	{"au-props-correct.2", `<xs:attribute name="g" fixed="1"/><xs:complexType name="C"><xs:attribute ref="t:g" fixed="2"/></xs:complexType>`, "libxml2 does not compare the values"},
	{"no-xmlns", `<xs:attribute name="xmlns"/>`, ""},
	{"ct-props-correct.4", `<xs:complexType name="C"><xs:attribute name="a"/><xs:attribute name="a"/></xs:complexType>`, ""},
	{"ct-props-correct.5", `<xs:complexType name="C"><xs:attribute name="a" type="xs:ID"/><xs:attribute name="b" type="xs:ID"/></xs:complexType>`, ""},
	{"ag-props-correct.2", `<xs:attributeGroup name="G"><xs:attribute name="a"/><xs:attribute name="a"/></xs:attributeGroup>`, ""},
	{"src-attribute_group.3", `<xs:attributeGroup name="G"><xs:attributeGroup ref="t:G"/></xs:attributeGroup>`, ""},
	{"", `<xs:attributeGroup name="G"><xs:attribute name="a"/></xs:attributeGroup><xs:complexType name="C"><xs:attributeGroup ref="t:G"/><xs:attribute name="b"/></xs:complexType>`, ""},
	// Elements.
	{"src-element.1", `<xs:element name="e" default="1" fixed="1"/>`, ""},
	{"src-element.2.1", `<xs:group name="G"><xs:sequence><xs:element/></xs:sequence></xs:group>`, ""},
	{"src-element.2.2", `<xs:element name="g"/><xs:group name="G"><xs:sequence><xs:element ref="t:g" nillable="true"/></xs:sequence></xs:group>`, ""},
	{"src-element.3", `<xs:element name="e" type="xs:int"><xs:complexType/></xs:element>`, ""},
	{"e-props-correct.2", `<xs:element name="e" type="xs:int" default="x"/>`, ""},
	{"e-props-correct.4", `<xs:element name="h" type="xs:int"/><xs:element name="m" type="xs:string" substitutionGroup="t:h"/>`, ""},
	{"e-props-correct.4", `<xs:element name="h" type="xs:integer" final="restriction"/><xs:element name="m" type="xs:int" substitutionGroup="t:h"/>`, ""},
	{"e-props-correct.5", `<xs:element name="e" type="xs:ID" fixed="x"/>`, ""},
	{"e-props-correct.6", `<xs:element name="a" substitutionGroup="t:b"/><xs:element name="b" substitutionGroup="t:a"/>`, ""},
	{"cos-valid-default.2.1", `<xs:element name="e" type="t:T" default="x"/>`, ""},
	{"cos-valid-default.2.2.2", `<xs:element name="e" default="x"><xs:complexType mixed="true"><xs:sequence><xs:element name="a"/></xs:sequence></xs:complexType></xs:element>`, ""},
	{"", `<xs:element name="e" default="x"><xs:complexType mixed="true"><xs:sequence><xs:element name="a" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>`, ""},
	{"", `<xs:element name="h" type="xs:integer"/><xs:element name="m" type="xs:int" substitutionGroup="t:h"/>`, ""},
	// Particles.
	{"p-props-correct.2.1", `<xs:group name="G"><xs:sequence minOccurs="1"><xs:element name="a" minOccurs="3" maxOccurs="2"/></xs:sequence></xs:group>`, ""},
	{"mg-props-correct.2", `<xs:group name="G"><xs:sequence><xs:group ref="t:G"/></xs:sequence></xs:group>`, ""},
	{"cos-all-limited.1.2", `<xs:complexType name="C"><xs:sequence><xs:group ref="t:G"/></xs:sequence></xs:complexType><xs:group name="G"><xs:all><xs:element name="a"/></xs:all></xs:group>`, ""},
	{"cos-all-limited.2", `<xs:complexType name="C"><xs:all><xs:element name="a" maxOccurs="2"/></xs:all></xs:complexType>`, ""},
	{"cos-nonambig", `<xs:complexType name="C"><xs:sequence><xs:element name="a" minOccurs="0"/><xs:element name="a"/></xs:sequence></xs:complexType>`, ""},
	{"cos-nonambig", `<xs:complexType name="C"><xs:choice><xs:any namespace="##any"/><xs:element name="a"/></xs:choice></xs:complexType>`, ""},
	{"cos-nonambig", `<xs:complexType name="C"><xs:sequence><xs:element name="a" maxOccurs="unbounded"/><xs:element name="a"/></xs:sequence></xs:complexType>`, ""},
	{"cos-nonambig", `<xs:complexType name="C"><xs:choice><xs:sequence><xs:element name="a"/><xs:element name="b"/></xs:sequence><xs:sequence><xs:element name="a"/><xs:element name="c"/></xs:sequence></xs:choice></xs:complexType>`, ""},
	{"", `<xs:complexType name="C"><xs:sequence><xs:element name="a"/><xs:choice><xs:element name="b"/><xs:element name="c"/></xs:choice></xs:sequence></xs:complexType>`, ""},
	{"", `<xs:complexType name="C"><xs:sequence><xs:element name="a" minOccurs="2" maxOccurs="2"/><xs:element name="a"/></xs:sequence></xs:complexType>`, ""},
	{"cos-element-consistent", `<xs:complexType name="C"><xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b"/><xs:element name="a" type="xs:string"/></xs:sequence></xs:complexType>`, "libxml2 does not check it"},
	{"", `<xs:complexType name="C"><xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b"/><xs:element name="a" type="xs:int"/></xs:sequence></xs:complexType>`, ""},
	// Complex types.
	{"src-ct.1", `<xs:complexType name="C"><xs:complexContent><xs:extension base="xs:int"/></xs:complexContent></xs:complexType>`, ""},
	{"src-ct.2", `<xs:complexType name="C"><xs:simpleContent><xs:extension base="t:T"/></xs:simpleContent></xs:complexType>`, ""},
	{"src-ct.2", `<xs:complexType name="C"><xs:simpleContent><xs:restriction base="xs:int"/></xs:simpleContent></xs:complexType>`, ""},
	{"ct-props-correct.3", `<xs:complexType name="C"><xs:complexContent><xs:extension base="t:C"/></xs:complexContent></xs:complexType>`, ""},
	{"cos-ct-extends.1.1", `<xs:complexType name="B" final="extension"/><xs:complexType name="C"><xs:complexContent><xs:extension base="t:B"/></xs:complexContent></xs:complexType>`, ""},
	{"cos-ct-extends.1.4.3.2.2.1", `<xs:complexType name="C" mixed="true"><xs:complexContent><xs:extension base="t:T"><xs:sequence><xs:element name="c"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`, ""},
	{"derivation-ok-restriction.1", `<xs:complexType name="B" final="restriction"/><xs:complexType name="C"><xs:complexContent><xs:restriction base="t:B"/></xs:complexContent></xs:complexType>`, ""},
	{"derivation-ok-restriction.2.1.1", `<xs:complexType name="B"><xs:attribute name="a" use="required"/></xs:complexType><xs:complexType name="C"><xs:complexContent><xs:restriction base="t:B"><xs:attribute name="a"/></xs:restriction></xs:complexContent></xs:complexType>`, ""},
	{"derivation-ok-restriction.2.1.2", `<xs:complexType name="B"><xs:attribute name="a" type="xs:int"/></xs:complexType><xs:complexType name="C"><xs:complexContent><xs:restriction base="t:B"><xs:attribute name="a" type="xs:string"/></xs:restriction></xs:complexContent></xs:complexType>`, ""},
	{"derivation-ok-restriction.2.1.3", `<xs:complexType name="B"><xs:attribute name="a" fixed="1"/></xs:complexType><xs:complexType name="C"><xs:complexContent><xs:restriction base="t:B"><xs:attribute name="a" fixed="2"/></xs:restriction></xs:complexContent></xs:complexType>`, "libxml2 does not compare the values"},
	{"derivation-ok-restriction.2.2", `<xs:complexType name="C"><xs:complexContent><xs:restriction base="t:T"><xs:sequence><xs:element name="a"/></xs:sequence><xs:attribute name="z"/></xs:restriction></xs:complexContent></xs:complexType>`, ""},
	{"derivation-ok-restriction.3", `<xs:complexType name="B"><xs:attribute name="a" use="required"/></xs:complexType><xs:complexType name="C"><xs:complexContent><xs:restriction base="t:B"><xs:attribute name="a" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType>`, ""},
	{"derivation-ok-restriction.4.1", `<xs:complexType name="B"/><xs:complexType name="C"><xs:complexContent><xs:restriction base="t:B"><xs:anyAttribute/></xs:restriction></xs:complexContent></xs:complexType>`, ""},
	{"derivation-ok-restriction.4.2", `<xs:complexType name="B"><xs:anyAttribute namespace="urn:a"/></xs:complexType><xs:complexType name="C"><xs:complexContent><xs:restriction base="t:B"><xs:anyAttribute namespace="urn:b"/></xs:restriction></xs:complexContent></xs:complexType>`, ""},
	{"derivation-ok-restriction.5.3", `<xs:complexType name="C"><xs:complexContent><xs:restriction base="t:T"/></xs:complexContent></xs:complexType>`, ""},
	{"rcase-RecurseAsIfGroup", `<xs:complexType name="C"><xs:complexContent><xs:restriction base="t:T"><xs:sequence><xs:element name="z"/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType>`, "libxml2 does not compare content models"},
	{"rcase-Recurse", `<xs:complexType name="C"><xs:complexContent><xs:restriction base="t:T"><xs:sequence><xs:element name="a"/><xs:element name="b"/><xs:element name="z"/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType>`, "libxml2 does not compare content models"},
	{"", `<xs:complexType name="C"><xs:complexContent><xs:restriction base="t:T"><xs:sequence><xs:element name="a"/></xs:sequence></xs:restriction></xs:complexContent></xs:complexType>`, ""},
	{"", `<xs:complexType name="C"><xs:complexContent><xs:extension base="t:T"><xs:sequence><xs:element name="c"/></xs:sequence><xs:anyAttribute/></xs:extension></xs:complexContent></xs:complexType>`, ""},
	// Simple types.
	{"st-props-correct.2", `<xs:simpleType name="S"><xs:restriction base="t:S"/></xs:simpleType>`, ""},
	{"st-props-correct.3", `<xs:simpleType name="B" final="restriction"><xs:restriction base="xs:int"/></xs:simpleType><xs:simpleType name="S"><xs:restriction base="t:B"/></xs:simpleType>`, ""},
	{"st-props-correct.1", `<xs:simpleType name="S"><xs:restriction base="xs:string"><xs:pattern value="[a-"/></xs:restriction></xs:simpleType>`, ""},
	{"cos-st-restricts.1.1", `<xs:simpleType name="S"><xs:restriction base="xs:anySimpleType"/></xs:simpleType>`, ""},
	{"cos-list-of-atomic", `<xs:simpleType name="S"><xs:list itemType="xs:NMTOKENS"/></xs:simpleType>`, ""},
	{"src-simple-type", `<xs:simpleType name="S"><xs:restriction/></xs:simpleType>`, ""},
	{"src-union-memberTypes-or-simpleTypes", `<xs:simpleType name="S"><xs:union/></xs:simpleType>`, ""},
	{"cos-applicable-facets", `<xs:simpleType name="S"><xs:restriction base="xs:int"><xs:length value="3"/></xs:restriction></xs:simpleType>`, ""},
	{"src-single-facet-value", `<xs:simpleType name="S"><xs:restriction base="xs:string"><xs:length value="3"/><xs:length value="3"/></xs:restriction></xs:simpleType>`, "libxml2 takes the last"},
	{"enumeration-valid-restriction", `<xs:simpleType name="S"><xs:restriction base="xs:int"><xs:enumeration value="x"/></xs:restriction></xs:simpleType>`, ""},
	{"enumeration-required-notation", `<xs:attribute name="a"><xs:simpleType><xs:restriction base="xs:NOTATION"/></xs:simpleType></xs:attribute>`, "libxml2 does not check it"},
	{"length-minLength-maxLength", `<xs:simpleType name="S"><xs:restriction base="xs:string"><xs:length value="3"/><xs:minLength value="2"/></xs:restriction></xs:simpleType>`, ""},
	{"minLength-less-than-equal-to-maxLength", `<xs:simpleType name="S"><xs:restriction base="xs:string"><xs:minLength value="3"/><xs:maxLength value="2"/></xs:restriction></xs:simpleType>`, "libxml2 does not check it"},
	{"minLength-valid-restriction", `<xs:simpleType name="B"><xs:restriction base="xs:string"><xs:minLength value="3"/></xs:restriction></xs:simpleType><xs:simpleType name="S"><xs:restriction base="t:B"><xs:minLength value="2"/></xs:restriction></xs:simpleType>`, ""},
	{"maxLength-valid-restriction", `<xs:simpleType name="B"><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction></xs:simpleType><xs:simpleType name="S"><xs:restriction base="t:B"><xs:maxLength value="4"/></xs:restriction></xs:simpleType>`, ""},
	{"length-valid-restriction", `<xs:simpleType name="B"><xs:restriction base="xs:string"><xs:length value="3"/></xs:restriction></xs:simpleType><xs:simpleType name="S"><xs:restriction base="t:B"><xs:length value="4"/></xs:restriction></xs:simpleType>`, ""},
	{"totalDigits-valid-restriction", `<xs:simpleType name="B"><xs:restriction base="xs:decimal"><xs:totalDigits value="3"/></xs:restriction></xs:simpleType><xs:simpleType name="S"><xs:restriction base="t:B"><xs:totalDigits value="4"/></xs:restriction></xs:simpleType>`, ""},
	{"fractionDigits-totalDigits", `<xs:simpleType name="S"><xs:restriction base="xs:decimal"><xs:fractionDigits value="3"/><xs:totalDigits value="2"/></xs:restriction></xs:simpleType>`, ""},
	{"minInclusive-less-than-equal-to-maxInclusive", `<xs:simpleType name="S"><xs:restriction base="xs:int"><xs:minInclusive value="3"/><xs:maxInclusive value="2"/></xs:restriction></xs:simpleType>`, ""},
	{"minExclusive-less-than-equal-to-maxExclusive", `<xs:simpleType name="S"><xs:restriction base="xs:int"><xs:minExclusive value="3"/><xs:maxExclusive value="2"/></xs:restriction></xs:simpleType>`, ""},
	{"minInclusive-less-than-maxExclusive", `<xs:simpleType name="S"><xs:restriction base="xs:int"><xs:minInclusive value="3"/><xs:maxExclusive value="2"/></xs:restriction></xs:simpleType>`, ""},
	{"minExclusive-less-than-maxInclusive", `<xs:simpleType name="S"><xs:restriction base="xs:int"><xs:minExclusive value="3"/><xs:maxInclusive value="2"/></xs:restriction></xs:simpleType>`, ""},
	{"minInclusive-minExclusive", `<xs:simpleType name="S"><xs:restriction base="xs:int"><xs:minInclusive value="3"/><xs:minExclusive value="2"/></xs:restriction></xs:simpleType>`, ""},
	{"maxInclusive-maxExclusive", `<xs:simpleType name="S"><xs:restriction base="xs:int"><xs:maxInclusive value="3"/><xs:maxExclusive value="4"/></xs:restriction></xs:simpleType>`, ""},
	{"minInclusive-valid-restriction", `<xs:simpleType name="S"><xs:restriction base="xs:byte"><xs:minInclusive value="-129"/></xs:restriction></xs:simpleType>`, ""},
	{"maxInclusive-valid-restriction", `<xs:simpleType name="S"><xs:restriction base="xs:byte"><xs:maxInclusive value="128"/></xs:restriction></xs:simpleType>`, ""},
	{"minExclusive-valid-restriction", `<xs:simpleType name="S"><xs:restriction base="xs:byte"><xs:minExclusive value="x"/></xs:restriction></xs:simpleType>`, ""},
	{"whiteSpace-valid-restriction", `<xs:simpleType name="S"><xs:restriction base="xs:token"><xs:whiteSpace value="preserve"/></xs:restriction></xs:simpleType>`, "libxml2 does not check it"},
	{"st-restrict-facets", `<xs:simpleType name="B"><xs:restriction base="xs:string"><xs:maxLength value="3" fixed="true"/></xs:restriction></xs:simpleType><xs:simpleType name="S"><xs:restriction base="t:B"><xs:maxLength value="2"/></xs:restriction></xs:simpleType>`, ""},
	{"", `<xs:simpleType name="S"><xs:union memberTypes="xs:int xs:date"><xs:simpleType><xs:list itemType="xs:token"/></xs:simpleType></xs:union></xs:simpleType>`, ""},
	{"", `<xs:simpleType name="S"><xs:restriction base="xs:decimal"><xs:totalDigits value="5"/><xs:fractionDigits value="2"/><xs:minInclusive value="0.00"/><xs:pattern value="\d+(\.\d{2})?"/></xs:restriction></xs:simpleType>`, ""},
	// Identity constraints.
	{"c-props-correct.1", `<xs:element name="e"><xs:complexType/><xs:keyref name="r" refer="t:s"><xs:selector xpath="a"/><xs:field xpath="."/></xs:keyref><xs:keyref name="s" refer="t:k"><xs:selector xpath="a"/><xs:field xpath="."/></xs:keyref><xs:key name="k"><xs:selector xpath="a"/><xs:field xpath="."/></xs:key></xs:element>`, ""},
	{"c-props-correct.2", `<xs:element name="e"><xs:complexType/><xs:key name="k"><xs:selector xpath="a"/><xs:field xpath="."/></xs:key><xs:keyref name="r" refer="t:k"><xs:selector xpath="a"/><xs:field xpath="."/><xs:field xpath="@b"/></xs:keyref></xs:element>`, ""},
	{"c-selector-xpath", `<xs:element name="e"><xs:complexType/><xs:key name="k"><xs:selector xpath="a[1]"/><xs:field xpath="."/></xs:key></xs:element>`, ""},
	{"c-fields-xpaths", `<xs:element name="e"><xs:complexType/><xs:key name="k"><xs:selector xpath="a"/><xs:field xpath="../b"/></xs:key></xs:element>`, ""},
	{"", `<xs:element name="e"><xs:complexType/><xs:key name="k"><xs:selector xpath=".//t:a|*/b"/><xs:field xpath="@c"/></xs:key></xs:element>`, ""},
	// Wildcards.
	{"cvc-attribute.3", `<xs:complexType name="C"><xs:sequence><xs:any namespace="##any urn:a"/></xs:sequence></xs:complexType>`, ""},
	{"", `<xs:complexType name="C"><xs:sequence><xs:any namespace="##local ##targetNamespace urn:a" processContents="lax"/></xs:sequence></xs:complexType>`, ""},
}

// source writes the whole schema document.
func (c ruleCase) source() string {
	return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">` + c.body +
		`<xs:complexType name="T"><xs:sequence><xs:element name="a"/><xs:element name="b" minOccurs="0"/></xs:sequence></xs:complexType></xs:schema>`
}

// TestRules holds that every fault is found, and has the rule's name as its
// code.
func TestRules(t *testing.T) {
	for i, c := range ruleCases {
		fsys := fstest.MapFS{"s.xsd": &fstest.MapFile{Data: []byte(c.source())}}
		_, diags := Read(folder.New(fsys, ""), "s.xsd", Options{ComponentsOnly: true})
		found := false
		var codes []string
		for _, d := range diags {
			if d.Severity == diag.Error {
				codes = append(codes, d.Code)
				found = found || d.Code == c.rule
				if d.At.Line == 0 || d.At.File == "" {
					t.Errorf("%d %s: %s has no place", i, c.rule, d.Error())
				}
			}
		}
		if found != (c.rule != "") || c.rule == "" && len(codes) > 0 {
			t.Errorf("%d: want [%s], got %v\n%s\n%v", i, c.rule, codes, c.body, diags)
		}
	}
}

// TestRulesXMLLint compares the verdicts with those of xmllint, where it is
// installed. Every difference is explained.
func TestRulesXMLLint(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a command for every schema")
	}
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	dir := t.TempDir()
	payload := filepath.Join(dir, "x.xml")
	if err := os.WriteFile(payload, []byte("<x/>"), 0o644); err != nil {
		t.Fatal(err)
	}
	for i, c := range ruleCases {
		name := filepath.Join(dir, fmt.Sprintf("%d.xsd", i))
		if err := os.WriteFile(name, []byte(c.source()), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(xmllint, "--nonet", "--noout", "--schema", name, payload).CombinedOutput()
		var exit *exec.ExitError
		refused := errors.As(err, &exit) && exit.ExitCode() == 5 // XMLLINT_ERR_SCHEMACOMP
		if agrees := refused == (c.rule != ""); agrees != (c.other == "") {
			text, _, _ := strings.Cut(string(out), "\n")
			t.Errorf("%d [%s]: xmllint refuses it: %t, explained as %q\n%s\n%s", i, c.rule, refused, c.other, c.body, text)
		}
	}
}
