package contract

import "strings"

// xmlCase is a schema with payloads and the codes of their violations, in
// order and separated by spaces; "" for a valid one.
type xmlCase struct {
	name  string
	xsd   string // the content of xs:schema
	attrs string // of xs:schema
	rows  []xmlRow
}

type xmlRow struct {
	xml   string
	codes string
	// libxml says why libxml2's verdict is another one, if it is.
	libxml string
}

const (
	codeA = "cvc-complex-type.2.4.a"
	codeB = "cvc-complex-type.2.4.b"
	codeD = "cvc-complex-type.2.4.d"
)

var xmlCases = []xmlCase{
	{name: "sequence", xsd: `<xs:element name="r"><xs:complexType><xs:sequence>
		<xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:string" minOccurs="0"/><xs:element name="c" type="xs:string" maxOccurs="2"/>
		</xs:sequence></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r><a>1</a><b/><c>x</c></r>`},
		{xml: `<r><a>1</a><c>x</c><c/></r>`},
		{xml: `<r> <a>1</a><!-- x --><?p i?> <c>x</c> </r>`},
		{xml: `<r><a>1</a><c>x</c><c/><c/></r>`, codes: codeD},
		{xml: `<r><a>1</a></r>`, codes: codeB},
		{xml: `<r/>`, codes: codeB},
		{xml: `<r></r>`, codes: codeB},
		{xml: `<r><b/><c/></r>`, codes: codeA},
		{xml: `<r><a>1</a><b/><b/><c/></r>`, codes: codeA},
		{xml: `<r><a>1</a><z/><c/></r>`, codes: codeA},
		{xml: `<r><a>1</a><z/></r>`, codes: codeA},
		{xml: `<r><c/><a>1</a></r>`, codes: codeA + " " + codeA},
		{xml: `<r><a>x</a><c/></r>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<r><a>x</a><a>y</a><c/></r>`, codes: "cvc-datatype-valid.1.2.1 " + codeA + " cvc-datatype-valid.1.2.1"},
		{xml: `<r>text<a>1</a><c/></r>`, codes: "cvc-complex-type.2.3"},
		{xml: `<r>&#32;<a>1</a><c/><![CDATA[ ]]></r>`, libxml: "references to white space and CDATA sections of it are text there"},
		{xml: `<r><a>1<b/></a><c/></r>`, codes: "cvc-type.3.1.2"},
		{xml: `<r><a x="1">1</a><c/></r>`, codes: "cvc-type.3.1.1"},
		{xml: `<r x="1"><a>1</a><c/></r>`, codes: "cvc-complex-type.3.2.1"},
		{xml: `<x/>`, codes: "cvc-elt.1"},
		{xml: `<r xmlns="urn:x"/>`, codes: "cvc-elt.1"},
		{xml: `<r><a xmlns="urn:x">1</a><c/></r>`, codes: codeA},
		{xml: `<r><a xmlns:p="urn:x">1</a><c/></r>`},
	}},
	{name: "choice", xsd: `<xs:element name="r"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
		<xs:element name="a" type="xs:string"/><xs:element name="bb" type="xs:double"/><xs:element name="longername" type="T"/>
		</xs:choice></xs:complexType></xs:element>
		<xs:complexType name="T"><xs:choice><xs:element name="x" type="xs:string"/><xs:sequence><xs:element name="y" type="xs:string"/><xs:element name="z" type="xs:string"/></xs:sequence></xs:choice></xs:complexType>`, rows: []xmlRow{
		{xml: `<r/>`}, {xml: `<r><a/><bb>1e5</bb><a>&lt;</a></r>`}, {xml: `<r><longername><x/></longername></r>`},
		{xml: `<r><longername><y/><z/></longername></r>`},
		{xml: `<r><longername><y/></longername></r>`, codes: codeB},
		{xml: `<r><longername><x/><y/></longername></r>`, codes: codeD},
		{xml: `<r><longername/></r>`, codes: codeB},
		{xml: `<r><longernamf><x/></longernamf></r>`, codes: codeA},
		{xml: `<r><bb>x</bb><c/><bb>INF</bb><bb>+INF</bb></r>`, codes: "cvc-datatype-valid.1.2.1 " + codeA + " cvc-datatype-valid.1.2.1"},
		{xml: `<r><bb> 1.5
			</bb><bb>.5</bb><bb>5.</bb><bb>-1E-4</bb></r>`},
		{xml: `<r><bb></bb></r>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<r><bb/></r>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<r><bb>1<!-- c -->2</bb></r>`},
	}},
	{name: "all", xsd: `<xs:element name="r"><xs:complexType><xs:all>
		<xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int" minOccurs="0"/><xs:element name="c" type="xs:int"/>
		</xs:all></xs:complexType></xs:element>
		<xs:element name="o"><xs:complexType><xs:all minOccurs="0"><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:int"/></xs:all></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r><c>1</c><a>1</a></r>`}, {xml: `<r><c>1</c><b>2</b><a>1</a></r>`},
		{xml: `<r><c>1</c></r>`, codes: codeB}, {xml: `<r/>`, codes: codeB},
		{xml: `<r><c>1</c><a>1</a><c>1</c></r>`, codes: codeA},
		{xml: `<r><c>1</c><a>1</a><b>1</b><c>x</c></r>`, codes: codeD + " cvc-datatype-valid.1.2.1"},
		{xml: `<r><c>1</c><z/></r>`, codes: codeA},
		{xml: `<o/>`}, {xml: `<o><b>1</b></o>`, codes: codeB}, {xml: `<o><b>1</b><a>2</a></o>`},
	}},
	{name: "occurs", xsd: `<xs:element name="r"><xs:complexType><xs:sequence>
		<xs:element name="a" minOccurs="2" maxOccurs="4"/><xs:sequence minOccurs="0" maxOccurs="3"><xs:element name="b"/><xs:element name="c" minOccurs="0"/></xs:sequence><xs:element name="d" minOccurs="3" maxOccurs="unbounded"/>
		</xs:sequence></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r><a/><a/><d/><d/><d/></r>`}, {xml: `<r><a/><a/><a/><a/><b/><c/><b/><b/><c/><d/><d/><d/><d/></r>`},
		{xml: `<r><a/><d/><d/><d/></r>`, codes: codeA}, {xml: `<r><a/><a/><d/><d/></r>`, codes: codeB},
		{xml: `<r><a/><a/><a/><a/><a/><d/><d/><d/></r>`, codes: codeA},
		{xml: `<r><a/><a/><b/><b/><b/><b/><d/><d/><d/></r>`, codes: codeA},
		{xml: `<r><a/><a/><c/><d/><d/><d/></r>`, codes: codeA},
	}},
	{name: "counted", xsd: `<xs:element name="r"><xs:complexType><xs:sequence>
		<xs:element name="a" maxOccurs="1000"/><xs:choice minOccurs="2" maxOccurs="100000"><xs:element name="b"/><xs:element name="c" type="xs:int"/></xs:choice><xs:element name="a" minOccurs="0"/><xs:element name="d" minOccurs="4" maxOccurs="unbounded"/>
		</xs:sequence></xs:complexType></xs:element>
		<xs:element name="n"><xs:complexType><xs:sequence maxOccurs="unbounded"><xs:element name="a" minOccurs="5" maxOccurs="5"/><xs:element name="b" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
		<xs:element name="o"><xs:complexType><xs:choice><xs:element name="a" maxOccurs="4"/><xs:element name="b" minOccurs="0" maxOccurs="999999999"/></xs:choice></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r><a/><b/><c>1</c><d/><d/><d/><d/></r>`}, {xml: `<r>` + strings.Repeat("<a/>", 1000) + `<b/><c>1</c><a/><d/><d/><d/><d/><d/></r>`},
		{xml: `<r>` + strings.Repeat("<a/>", 1001) + `<b/><c>1</c><a/><d/><d/><d/><d/><d/></r>`, codes: codeA},
		{xml: `<r><a/><b/><a/><d/><d/><d/><d/></r>`, codes: codeA}, {xml: `<r><a/><b/><b/><d/><d/><d/></r>`, codes: codeB},
		{xml: `<r><a/><d/><d/><d/><d/></r>`, codes: codeA}, {xml: `<r><a/><b/><b/><c>x</c><a/><a/><d/><d/><d/><d/></r>`, codes: "cvc-datatype-valid.1.2.1 " + codeA},
		{xml: `<r></r>`, codes: codeB},
		{xml: `<n>` + strings.Repeat("<a/>", 10) + `</n>`}, {xml: `<n>` + strings.Repeat("<a/>", 5) + `<b/>` + strings.Repeat("<a/>", 5) + `</n>`},
		{xml: `<n>` + strings.Repeat("<a/>", 9) + `</n>`, codes: codeB}, {xml: `<n>` + strings.Repeat("<a/>", 4) + `<b/></n>`, codes: codeA},
		{xml: `<o/>`}, {xml: `<o><a/><a/><a/><a/></o>`}, {xml: `<o><a/><a/><a/><a/><a/></o>`, codes: codeD}, {xml: `<o><b/><b/></o>`}, {xml: `<o><b/><a/></o>`, codes: codeA},
	}},
	{name: "optional", xsd: `<xs:element name="r"><xs:complexType><xs:sequence>
		<xs:element name="a" minOccurs="0"/><xs:element name="b" minOccurs="0" maxOccurs="unbounded"/><xs:element name="c" minOccurs="0"/><xs:element name="d" minOccurs="0"/>
		</xs:sequence></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r/>`}, {xml: `<r><d/></r>`}, {xml: `<r><b/><b/><d/></r>`}, {xml: `<r><a/><c/><d/></r>`},
		{xml: `<r><d/><d/></r>`, codes: codeD}, {xml: `<r><c/><b/></r>`, codes: codeA}, {xml: `<r><a/><a/></r>`, codes: codeA},
	}},
	{name: "groups", xsd: `<xs:group name="g"><xs:sequence><xs:element name="a"/><xs:element name="b"/></xs:sequence></xs:group>
		<xs:attributeGroup name="ag"><xs:attribute name="p" type="xs:int"/></xs:attributeGroup>
		<xs:element name="r"><xs:complexType><xs:choice><xs:group ref="g" maxOccurs="2"/><xs:element name="c"/></xs:choice><xs:attributeGroup ref="ag"/></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r p="1"><a/><b/></r>`}, {xml: `<r><a/><b/><a/><b/></r>`}, {xml: `<r><c/></r>`},
		{xml: `<r><a/><b/><c/></r>`, codes: codeA}, {xml: `<r p="x"><c/></r>`, codes: "cvc-datatype-valid.1.2.1"},
	}},
	{name: "attributes", xsd: `<xs:element name="r"><xs:complexType>
		<xs:attribute name="id" type="xs:int" use="required"/><xs:attribute name="opt" type="xs:boolean" default="true"/><xs:attribute name="fix" type="xs:decimal" fixed="1.50"/><xs:attribute name="q" type="xs:QName"/>
		</xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r id="1"/>`}, {xml: `<r id="1" opt=" 0 " fix="1.50"></r>`}, {xml: `<r id=" 1 "/>`, libxml: "white space around an integer is not taken off in attributes"}, {xml: `<r id="1" fix="01.5"></r>`}, {xml: `<r id="1" fix=" 1.50"></r>`}, {xml: `<r/>`, codes: "cvc-complex-type.4"},
		{xml: `<r id="1" fix="1.51"/>`, codes: "cvc-attribute.4"}, {xml: `<r id="x" opt="yes"/>`, codes: "cvc-datatype-valid.1.2.1 cvc-datatype-valid.1.2.1"},
		{xml: `<r id="1" no="1"/>`, codes: "cvc-complex-type.3.2.1"}, {xml: `<r id="1"> </r>`, codes: "cvc-complex-type.2.1"},
		{xml: `<r id="1"><!-- --></r>`}, {xml: `<r id="1"><x/></r>`, codes: "cvc-complex-type.2.1"}, {xml: `<r id="1">x</r>`, codes: "cvc-complex-type.2.1"},
		{xml: `<r id="1" q="a"/>`}, {xml: `<r id="1" q="p:a" xmlns:p="urn:p"/>`},
		{xml: `<r id="1" q="p:a"/>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<r id="1" xml:lang="en"/>`, codes: "cvc-complex-type.3.2.1"},
		{xml: `<r id="1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"/>`},
		{xml: `<r id="1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nope="a b"/>`, codes: "cvc-complex-type.3.2.1"},
	}},
	{name: "simple content", xsd: `<xs:element name="r"><xs:complexType><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="unit" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r unit="s">1.5</r>`}, {xml: `<r unit="s">1e5</r>`, codes: "cvc-datatype-valid.1.2.1"}, {xml: `<r>1</r>`, codes: "cvc-complex-type.4"},
		{xml: `<r unit="s"><x/></r>`, codes: "cvc-complex-type.2.2"}, {xml: `<r unit="s"/>`, codes: "cvc-datatype-valid.1.2.1"},
	}},
	{name: "mixed", xsd: `<xs:element name="r"><xs:complexType mixed="true"><xs:sequence><xs:element name="a" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r>text<a/>more &amp; <![CDATA[<more>]]></r>`}, {xml: `<r>text<a/>more<a/></r>`, codes: codeD}, {xml: `<r/>`}, {xml: `<r><a>any <b c="d"/></a></r>`},
	}},
	{name: "values", xsd: `<xs:element name="d" type="xs:int" default="5"/><xs:element name="f" type="xs:double" fixed="1.0"/>
		<xs:element name="m" fixed="abc"><xs:complexType mixed="true"><xs:sequence><xs:element name="a" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<d/>`}, {xml: `<d></d>`}, {xml: `<d>7</d>`}, {xml: `<d> </d>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<f/>`}, {xml: `<f>1</f>`, libxml: "texts are compared, where the specification compares values"}, {xml: `<f>1.0</f>`}, {xml: `<f> 1.0 </f>`, libxml: "white space counts when a value is fixed"}, {xml: `<f>2</f>`, codes: "cvc-elt.5.2.2.2.2"},
		{xml: `<m>abc</m>`}, {xml: `<m/>`}, {xml: `<m>abd</m>`, codes: "cvc-elt.5.2.2.2.1"}, {xml: `<m>abc<a/></m>`, codes: "cvc-elt.5.2.2.1", libxml: "elements in fixed content are accepted"},
	}},
	{name: "nil", xsd: `<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="n" type="xs:int" nillable="true"/><xs:element name="o" type="xs:int" minOccurs="0"/><xs:element name="c" nillable="true" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="x"/></xs:sequence><xs:attribute name="i" use="required"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><n xsi:nil="true"/></r>`},
		{xml: `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><n xsi:nil="1"></n></r>`},
		{xml: `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><n xsi:nil="true">1</n></r>`, codes: "cvc-elt.3.2.1"},
		{xml: `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><n xsi:nil="false">1</n></r>`},
		{xml: `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><n xsi:nil="maybe">1</n></r>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><n xsi:nil="false"/></r>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><n>1</n><o xsi:nil="true"/></r>`, codes: "cvc-datatype-valid.1.2.1 cvc-elt.3.1"},
		{xml: `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><n>1</n><c xsi:nil="true" i="1"/></r>`},
		{xml: `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><n>1</n><c xsi:nil="true"/></r>`, codes: "cvc-complex-type.4"},
		{xml: `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><n>1</n><c xsi:nil="true" i="1"><x/></c></r>`, codes: "cvc-elt.3.2.1"},
	}},
	{name: "xsi:type", xsd: `<xs:complexType name="B"><xs:sequence><xs:element name="a"/></xs:sequence></xs:complexType>
		<xs:complexType name="D"><xs:complexContent><xs:extension base="B"><xs:sequence><xs:element name="b"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
		<xs:complexType name="O"><xs:sequence><xs:element name="a"/></xs:sequence></xs:complexType>
		<xs:complexType name="A" abstract="true"><xs:sequence/></xs:complexType><xs:complexType name="AD"><xs:complexContent><xs:extension base="A"/></xs:complexContent></xs:complexType>
		<xs:simpleType name="S"><xs:restriction base="xs:int"><xs:maxInclusive value="5"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="U"><xs:union memberTypes="S xs:boolean"/></xs:simpleType>
		<xs:element name="b" type="B"/><xs:element name="k" type="B" block="extension"/><xs:element name="ab" type="A"/><xs:element name="s" type="xs:decimal"/><xs:element name="any"/><xs:element name="u" type="U"/>`, rows: []xmlRow{
		{xml: `<b xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="D"><a/><b/></b>`},
		{xml: `<b xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="B"><a/></b>`},
		{xml: `<b xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="D"><a/></b>`, codes: codeB},
		{xml: `<b xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="O"><a/></b>`, codes: "cvc-elt.4.3"},
		{xml: `<b xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="X"><a/></b>`, codes: "cvc-elt.4.2"},
		{xml: `<b xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="p:X"><a/></b>`, codes: "cvc-elt.4.1"},
		{xml: `<b xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type=""><a/></b>`, codes: "cvc-elt.4.1"},
		{xml: `<k xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="D"><a/><b/></k>`, codes: "cvc-elt.4.3 " + codeD},
		{xml: `<ab/>`, codes: "cvc-type.2"}, {xml: `<ab xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="AD"/>`},
		{xml: `<s xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="S">4</s>`},
		{xml: `<s xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="S">6</s>`, codes: "cvc-maxInclusive-valid"},
		{xml: `<s xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://www.w3.org/2001/XMLSchema" xsi:type="x:byte">6</s>`},
		{xml: `<s xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://www.w3.org/2001/XMLSchema" xsi:type="x:string">6</s>`, codes: "cvc-elt.4.3"},
		{xml: `<any xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="D"><a/><b/></any>`},
		{xml: `<any xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><k xsi:type="D"/><s>x</s></any>`, codes: codeB + " cvc-elt.4.3 cvc-datatype-valid.1.2.1"},
		{xml: `<u xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="S">3</u>`},
	}},
	{name: "substitution", xsd: `<xs:element name="head" type="xs:string" abstract="true"/><xs:element name="m1" substitutionGroup="head"/><xs:element name="m2" substitutionGroup="m1"/><xs:element name="other" type="xs:string"/>
		<xs:element name="closed" type="xs:string" block="substitution"/><xs:element name="cm" substitutionGroup="closed"/>
		<xs:element name="r"><xs:complexType><xs:sequence><xs:element ref="head" maxOccurs="unbounded"/><xs:element ref="closed" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
		<xs:element name="al"><xs:complexType><xs:all><xs:element ref="head"/><xs:element ref="other"/></xs:all></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r><m1/><m2/></r>`}, {xml: `<r><head/></r>`, codes: "cvc-elt.2"}, {xml: `<r><m1/><closed/></r>`}, {xml: `<r><m1/><cm/></r>`, codes: codeA},
		{xml: `<al><m2/><other/></al>`}, {xml: `<al><m2/><m1/><other/></al>`, codes: codeA}, {xml: `<al><other/></al>`, codes: codeB},
	}},
	{name: "wildcards", attrs: `targetNamespace="urn:t" xmlns="urn:t" elementFormDefault="qualified"`, xsd: `<xs:element name="known" type="xs:int"/><xs:attribute name="ka" type="xs:int"/>
		<xs:element name="r"><xs:complexType><xs:sequence><xs:any namespace="##other" processContents="skip" minOccurs="0"/><xs:element name="e" minOccurs="0" type="xs:string"/><xs:any namespace="##local" processContents="lax" minOccurs="0" maxOccurs="2"/></xs:sequence><xs:anyAttribute namespace="##other" processContents="lax"/></xs:complexType></xs:element>
		<xs:element name="o"><xs:complexType><xs:sequence><xs:any namespace="##targetNamespace" processContents="lax" minOccurs="0" maxOccurs="2"/></xs:sequence></xs:complexType></xs:element>
		<xs:element name="s"><xs:complexType><xs:sequence><xs:any/></xs:sequence><xs:anyAttribute/></xs:complexType></xs:element>
		<xs:element name="l"><xs:complexType><xs:sequence><xs:any processContents="lax"/></xs:sequence><xs:anyAttribute namespace="##any" processContents="skip"/></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r xmlns="urn:t"/>`}, {xml: `<r xmlns="urn:t"><x xmlns="urn:o"><y z=""/></x><e>1</e></r>`},
		{xml: `<r xmlns="urn:t"><x xmlns="urn:o"/><x xmlns="urn:o"/></r>`, codes: codeA},
		{xml: `<r xmlns="urn:t"><x xmlns="">loose</x></r>`}, {xml: `<r xmlns="urn:t"><e/><known>1</known></r>`, codes: codeA},
		{xml: `<o xmlns="urn:t"><known>x</known></o>`, codes: "cvc-datatype-valid.1.2.1"}, {xml: `<o xmlns="urn:t"><unknown/><known>1</known></o>`},
		{xml: `<p:o xmlns:p="urn:t"><p:known>1</p:known></p:o>`}, {xml: `<p:r xmlns:p="urn:t"><p:e>x</p:e><x/></p:r>`},
		{xml: `<p:o xmlns:p="urn:t"><p:e/><q:known xmlns:q="urn:t">x</q:known></p:o>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<r xmlns="urn:t" xmlns:o="urn:o" o:a="1"/>`}, {xml: `<r xmlns="urn:t" a="1"/>`, codes: "cvc-complex-type.3.2.2"},
		{xml: `<r xmlns="urn:t" xmlns:t="urn:t" t:ka="1"/>`, codes: "cvc-complex-type.3.2.2"},
		{xml: `<s xmlns="urn:t"><known>1</known></s>`}, {xml: `<s xmlns="urn:t"><unknown/></s>`, codes: "cvc-complex-type.2.4.c"},
		{xml: `<s xmlns="urn:t"><e/></s>`, codes: "cvc-complex-type.2.4.c"},
		{xml: `<s xmlns="urn:t"><unknown xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://www.w3.org/2001/XMLSchema" xsi:type="x:int">1</unknown></s>`, libxml: "xsi:type does not do for a declaration (Part 1, section 3.10.4)"},
		{xml: `<s xmlns="urn:t" xmlns:t="urn:t" t:ka="1"><known>1</known></s>`}, {xml: `<s xmlns="urn:t" xmlns:t="urn:t" t:ka="x"><known>1</known></s>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<s xmlns="urn:t" a="1"><known>1</known></s>`, codes: "cvc-assess-attr"},
		{xml: `<l xmlns="urn:t" a="1"><x><known>y</known></x></l>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<l xmlns="urn:t" a="1"><x><z/>text</x></l>`}, {xml: `<l xmlns="urn:t" xmlns:t="urn:t" t:ka="x"><x/></l>`},
	}},
	{name: "facets", xsd: `<xs:simpleType name="len"><xs:restriction base="xs:string"><xs:minLength value="2"/><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="tok"><xs:restriction base="xs:token"><xs:length value="3"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="pat"><xs:restriction base="xs:string"><xs:pattern value="[a-c]+"/><xs:pattern value="x{2}"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="pat2"><xs:restriction base="pat"><xs:pattern value="..."/></xs:restriction></xs:simpleType>
		<xs:simpleType name="enum"><xs:restriction base="xs:decimal"><xs:enumeration value="1.0"/><xs:enumeration value="-0"/><xs:enumeration value="12345678901234567890123"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="dig"><xs:restriction base="xs:decimal"><xs:totalDigits value="4"/><xs:fractionDigits value="2"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="dbl"><xs:restriction base="xs:double"><xs:minExclusive value="0"/><xs:maxInclusive value="1e2"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="int"><xs:restriction base="xs:integer"><xs:minInclusive value="-5"/><xs:maxExclusive value="100000000000000000000"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="dec"><xs:restriction base="xs:decimal"><xs:minInclusive value="0.10"/><xs:maxExclusive value="1"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="lst"><xs:restriction><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType><xs:minLength value="1"/><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="uni"><xs:union memberTypes="xs:int enum2"/></xs:simpleType><xs:simpleType name="enum2"><xs:restriction base="xs:token"><xs:enumeration value="a b"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="hex"><xs:restriction base="xs:hexBinary"><xs:length value="2"/></xs:restriction></xs:simpleType><xs:simpleType name="b64"><xs:restriction base="xs:base64Binary"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
		<xs:element name="r"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="len" type="len"/><xs:element name="tok" type="tok"/><xs:element name="pat" type="pat"/><xs:element name="pat2" type="pat2"/><xs:element name="enum" type="enum"/><xs:element name="dig" type="dig"/><xs:element name="dbl" type="dbl"/><xs:element name="int" type="int"/><xs:element name="dec" type="dec"/><xs:element name="lst" type="lst"/><xs:element name="uni" type="uni"/><xs:element name="hex" type="hex"/><xs:element name="b64" type="b64"/></xs:choice></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r><len>ab</len><len>语音识</len></r>`}, {xml: `<r><len>a</len></r>`, codes: "cvc-minLength-valid"}, {xml: `<r><len>语音识别</len></r>`, codes: "cvc-maxLength-valid"},
		{xml: `<r><len>a&amp;</len><len>&#x8BED;a</len></r>`}, {xml: `<r><len>a&amp;bc</len></r>`, codes: "cvc-maxLength-valid"},
		{xml: `<r><tok>  a  b </tok></r>`}, {xml: `<r><tok>a   b c</tok></r>`, codes: "cvc-length-valid"},
		{xml: `<r><pat>abc</pat><pat>xx</pat></r>`}, {xml: `<r><pat>abcx</pat></r>`, codes: "cvc-pattern-valid"}, {xml: `<r><pat></pat></r>`, codes: "cvc-pattern-valid"},
		{xml: `<r><pat2>abc</pat2></r>`}, {xml: `<r><pat2>ab</pat2></r>`, codes: "cvc-pattern-valid"}, {xml: `<r><pat2>xx</pat2></r>`, codes: "cvc-pattern-valid"}, {xml: `<r><pat2>zz</pat2></r>`, codes: "cvc-pattern-valid cvc-pattern-valid"},
		{xml: `<r><enum>1</enum><enum>+01.00</enum><enum>0.0</enum><enum>12345678901234567890123.0</enum></r>`}, {xml: `<r><enum>1.1</enum></r>`, codes: "cvc-enumeration-valid"}, {xml: `<r><enum>12345678901234567890124</enum></r>`, codes: "cvc-enumeration-valid"},
		{xml: `<r><dig>12.34</dig><dig>1234</dig><dig>0.12</dig><dig>012.3000</dig></r>`}, {xml: `<r><dig>12345</dig></r>`, codes: "cvc-totalDigits-valid"}, {xml: `<r><dig>1.234</dig></r>`, codes: "cvc-fractionDigits-valid"}, {xml: `<r><dig>123.456</dig></r>`, codes: "cvc-totalDigits-valid cvc-fractionDigits-valid"},
		{xml: `<r><dbl>0.001</dbl><dbl>100</dbl><dbl>1E2</dbl></r>`}, {xml: `<r><dbl>0</dbl></r>`, codes: "cvc-minExclusive-valid"}, {xml: `<r><dbl>100.00000001</dbl></r>`, codes: "cvc-maxInclusive-valid"}, {xml: `<r><dbl>INF</dbl></r>`, codes: "cvc-maxInclusive-valid"},
		{xml: `<r><dbl>NaN</dbl></r>`, codes: "cvc-minExclusive-valid cvc-maxInclusive-valid"},
		{xml: `<r><int>-5</int><int>999999999999999</int><int>+3</int><int>-0</int></r>`}, {xml: `<r><int>-6</int></r>`, codes: "cvc-minInclusive-valid"}, {xml: `<r><int>100000000000000000000</int></r>`, codes: "cvc-maxExclusive-valid"}, {xml: `<r><int>1.0</int></r>`, codes: "cvc-datatype-valid.1.2.1"},
		{xml: `<r><dec>0.1</dec><dec>.999999999</dec></r>`}, {xml: `<r><dec>.99999999999999999999999999</dec></r>`, libxml: "decimals have 24 digits at most"}, {xml: `<r><dec>0.099999999999999999999999999</dec></r>`, codes: "cvc-minInclusive-valid"}, {xml: `<r><dec>1.0</dec></r>`, codes: "cvc-maxExclusive-valid"},
		{xml: `<r><lst>1 2
			3</lst></r>`}, {xml: `<r><lst> </lst></r>`, codes: "cvc-minLength-valid"}, {xml: `<r><lst>1 2 3 4</lst></r>`, codes: "cvc-maxLength-valid"}, {xml: `<r><lst>1 x 3</lst></r>`, codes: "cvc-datatype-valid.1.2.2"},
		{xml: `<r><uni>5</uni><uni> a  b </uni></r>`}, {xml: `<r><uni>c</uni></r>`, codes: "cvc-datatype-valid.1.2.3"},
		{xml: `<r><hex>0aF9</hex></r>`}, {xml: `<r><hex>0aF</hex></r>`, codes: "cvc-datatype-valid.1.2.1"}, {xml: `<r><hex>0aF911</hex></r>`, codes: "cvc-length-valid"},
		{xml: `<r><b64>YWJj</b64><b64>Y W I =</b64><b64/></r>`}, {xml: `<r><b64>YWJjYQ==</b64></r>`, codes: "cvc-maxLength-valid"}, {xml: `<r><b64>YWJ</b64></r>`, codes: "cvc-datatype-valid.1.2.1"},
	}},
	{name: "names", attrs: `targetNamespace="urn:t" xmlns:t="urn:t" xmlns:p="urn:p" xmlns="urn:t" elementFormDefault="qualified"`, xsd: `<xs:element name="r"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
		<xs:element name="one" type="One"/><xs:element name="some" type="Some"/><xs:element name="either" type="Either"/>
		<xs:element name="fixed" type="xs:QName" fixed="p:a"/><xs:element name="own" type="xs:QName" fixed="a"/>
		<xs:element name="given" type="Either" default="p:a"/><xs:element name="any" type="Any" fixed=" p:b "/>
		<xs:element name="at"><xs:complexType><xs:attribute name="q" type="xs:QName" fixed="p:a"/><xs:attribute name="u" type="Either" default="p:a"/><xs:attribute name="n" type="Some" fixed="p:a b"/></xs:complexType></xs:element>
		</xs:choice></xs:complexType>
		<xs:unique name="keys"><xs:selector xpath="t:given|t:fixed"/><xs:field xpath="."/></xs:unique></xs:element>
		<xs:simpleType name="One"><xs:restriction base="xs:QName"><xs:enumeration value="p:a"/><xs:enumeration value="b"/><xs:enumeration xmlns:p="urn:q" value="p:c"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="Names"><xs:list itemType="xs:QName"/></xs:simpleType>
		<xs:simpleType name="Some"><xs:restriction base="Names"><xs:enumeration value="p:a b"/><xs:enumeration value="t:c"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="Any"><xs:union memberTypes="xs:int xs:QName xs:string"/></xs:simpleType>
		<xs:simpleType name="Either"><xs:restriction base="Any"><xs:enumeration value="1"/><xs:enumeration value="p:a"/><xs:enumeration value="{urn:p}b"/></xs:restriction></xs:simpleType>
		<xs:simpleType name="Numbered"><xs:restriction base="Either"><xs:enumeration value="1"/></xs:restriction></xs:simpleType>`, rows: []xmlRow{
		{xml: `<r xmlns="urn:t" xmlns:x="urn:p" xmlns:y="urn:q"><one>x:a</one><one> b </one><one>y:c</one></r>`},
		{xml: `<x:r xmlns:x="urn:t" xmlns="urn:p" xmlns:p="urn:t"><x:one>a</x:one><x:one>p:b</x:one></x:r>`},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:q"><one>x:a</one><one>x:b</one></r>`, codes: "cvc-enumeration-valid cvc-enumeration-valid"},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:p"><one>x:c</one></r>`, codes: "cvc-enumeration-valid"},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:p"><some> x:a
			b</some><some>c</some></r>`},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:p"><some>x:a x:b</some></r>`, codes: "cvc-enumeration-valid"},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:p"><either>x:a</either><either>01</either></r>`},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:p"><either>{urn:p}b</either></r>`},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:p"><either>{urn:p}a</either><either>x:b</either><either>p:a</either></r>`, codes: "cvc-enumeration-valid cvc-enumeration-valid cvc-enumeration-valid"},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:p"><fixed>x:a</fixed><own>a</own><any> x:b</any></r>`, libxml: "a fixed name without a prefix has no namespace"},
		{xml: `<r xmlns="urn:t"><fixed/><own/><any/><given/></r>`, codes: "cvc-identity-constraint.4.1"},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:q"><fixed>x:a</fixed><any>x:b</any></r>`, codes: "cvc-elt.5.2.2.2.2 cvc-elt.5.2.2.2.2"},
		{xml: `<x:r xmlns:x="urn:t"><x:own>a</x:own></x:r>`, codes: "cvc-elt.5.2.2.2.2", libxml: "a fixed name without a prefix has no namespace"},
		{xml: `<r xmlns="urn:t" xmlns:p="urn:q"><given/><given>1</given></r>`, libxml: "the prefix of a default is the payload's"},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:p"><given/><fixed>x:a</fixed></r>`, codes: "cvc-identity-constraint.4.1"},
		{xml: `<r xmlns="urn:t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><given xsi:type="Numbered"/></r>`, codes: "cvc-elt.5.1.1"},
		{xml: `<r xmlns="urn:t" xmlns:p="urn:q" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><given xsi:type="Either"/></r>`, libxml: "the prefix of a default is the payload's"},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:p"><at q="x:a" u="x:a" n="x:a  b"/><at/></r>`},
		{xml: `<r xmlns="urn:t" xmlns:x="urn:q"><at q="x:a" u="x:a" n="x:a b"/></r>`, codes: "cvc-attribute.4 cvc-enumeration-valid cvc-enumeration-valid"},
	}},
	{name: "identity", attrs: `targetNamespace="urn:t" xmlns:t="urn:t" elementFormDefault="qualified"`, xsd: `<xs:element name="r"><xs:complexType><xs:sequence>
		<xs:element name="p" maxOccurs="unbounded"><xs:complexType><xs:sequence><xs:element name="n" type="xs:decimal" minOccurs="0" nillable="true"/><xs:element name="s" minOccurs="0" type="xs:string"/></xs:sequence><xs:attribute name="a" type="xs:int"/><xs:attribute name="d" type="xs:int" default="7"/></xs:complexType>
			<xs:unique name="within"><xs:selector xpath="t:n"/><xs:field xpath="."/></xs:unique></xs:element>
		<xs:element name="ref" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:attribute name="to" type="xs:int"/></xs:complexType></xs:element>
		</xs:sequence></xs:complexType>
		<xs:key name="k"><xs:selector xpath=".//t:p"/><xs:field xpath="t:n"/></xs:key>
		<xs:unique name="u"><xs:selector xpath="t:p"/><xs:field xpath="@a"/><xs:field xpath="t:s"/></xs:unique>
		<xs:keyref name="kr" refer="t:k"><xs:selector xpath="t:ref|./t:ref"/><xs:field xpath="@to"/></xs:keyref></xs:element>
		<xs:element name="e"><xs:complexType><xs:sequence><xs:element name="p" maxOccurs="unbounded"><xs:complexType><xs:attribute name="d" type="xs:int" default="7"/></xs:complexType></xs:element></xs:sequence></xs:complexType>
		<xs:unique name="ud"><xs:selector xpath="*"/><xs:field xpath="@d"/></xs:unique></xs:element>`, rows: []xmlRow{
		{xml: `<r xmlns="urn:t"><p><n>1</n></p><p><n>2</n></p><ref to="2"/><ref to="1"/><ref/></r>`},
		{xml: `<r xmlns="urn:t"><p><n>1</n></p><p><n>1.0</n></p></r>`, codes: "cvc-identity-constraint.4.2.2"},
		{xml: `<r xmlns="urn:t"><p><n>1</n></p><p/></r>`, codes: "cvc-identity-constraint.4.2.1"},
		{xml: `<r xmlns="urn:t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><p><n xsi:nil="true"/></p></r>`, codes: "cvc-identity-constraint.4.2.3"},
		{xml: `<r xmlns="urn:t"><p><n>1</n></p><ref to="3"/></r>`, codes: "cvc-identity-constraint.4.3"},
		{xml: `<r xmlns="urn:t"><p a="1"><n>1</n><s>x</s></p><p a="1"><n>2</n></p><p a="1"><n>3</n><s>y</s></p></r>`},
		{xml: `<r xmlns="urn:t"><p a="1"><n>1</n><s>x</s></p><p a="01"><n>2</n><s>x</s></p></r>`, codes: "cvc-identity-constraint.4.1"},
		{xml: `<r xmlns="urn:t"><p><n>x</n></p><p><n>x</n></p></r>`, codes: "cvc-datatype-valid.1.2.1 cvc-datatype-valid.1.2.1"},
		{xml: `<e xmlns="urn:t"><p d="1"/><p/></e>`}, {xml: `<e xmlns="urn:t"><p d="7"/><p/></e>`, codes: "cvc-identity-constraint.4.1"},
	}},
	{name: "identifiers", xsd: `<xs:element name="r"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="i" type="xs:ID"/><xs:element name="f" type="xs:IDREF"/><xs:element name="fs" type="xs:IDREFS"/></xs:choice></xs:complexType></xs:element>`, rows: []xmlRow{
		{xml: `<r><f>a</f><i>a</i><i>b</i><fs>a b</fs></r>`}, {xml: `<r><i>a</i><i> a </i></r>`, codes: "cvc-id.2", libxml: "IDs in element content are not compared"},
		{xml: `<r><f>x</f></r>`, codes: "cvc-id.1", libxml: "references in element content are not followed"}, {xml: `<r><i>a</i><fs>a c</fs></r>`, codes: "cvc-id.1", libxml: "references in element content are not followed"},
		{xml: `<r><fs></fs></r>`, codes: "cvc-minLength-valid", libxml: "an empty list of references is accepted"},
	}},
}
