package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// typeRow is a built-in type with texts that are values of it and texts that
// are not, separated by "|".
type typeRow struct {
	name, valid, invalid string
	// libxml lists the texts about which libxml2 is of another opinion: it takes
	// numbers without the digits that the grammar demands and empty lists, and
	// has no -0 for unsignedLong. "empty" stands for the empty text.
	libxml string
}

var typeRows = []typeRow{
	{name: "boolean", valid: "true|false|0|1| true ", invalid: "TRUE|yes||2|t rue"},
	{name: "decimal", valid: "0|-1.5|+1.|.5|00012.500|123456789012345678901", invalid: "|.|1e5|1,5|+|INF|1 2|--1"},
	{name: "float", valid: "0|1e5|-1.5E-3|INF|-INF|NaN|1e400| 1 ", invalid: "|+INF|inf|nan|1e|e5|0x1|1e5.0", libxml: "1e"},
	{name: "double", valid: "0|1e5|-1.5E-3|INF|-INF|NaN|1e400|-.5e+7|5.", invalid: "|+INF|inf|Infinity|1e|e5|1f|1_0", libxml: "1e"},
	{name: "integer", valid: "0|-0|+5|-00012|123456789012345678901", invalid: "1.0||-|1e2|0x1|1 2"},
	{name: "nonPositiveInteger", valid: "0|-0|+0|-5", invalid: "1|+1"},
	{name: "negativeInteger", valid: "-1|-0001", invalid: "0|1|-0"},
	{name: "nonNegativeInteger", valid: "0|-0|5", invalid: "-1|-0001"},
	{name: "positiveInteger", valid: "1|+1|0001", invalid: "0|-1|+0"},
	{name: "long", valid: "9223372036854775807|-9223372036854775808|+009223372036854775807", invalid: "9223372036854775808|-9223372036854775809|1.0"},
	{name: "int", valid: "2147483647|-2147483648|-0", invalid: "2147483648|-2147483649"},
	{name: "short", valid: "32767|-32768", invalid: "32768|-32769"},
	{name: "byte", valid: "127|-128|+0", invalid: "128|-129"},
	{name: "unsignedLong", valid: "18446744073709551615|0|-0", invalid: "18446744073709551616|-1", libxml: "-0"},
	{name: "unsignedInt", valid: "4294967295|0", invalid: "4294967296|-1"},
	{name: "unsignedShort", valid: "65535|0", invalid: "65536|-1"},
	{name: "unsignedByte", valid: "255|0", invalid: "256|-1"},
	{name: "string", valid: "| a  b |语音"},
	{name: "normalizedString", valid: "| a  b |a\tb"},
	{name: "token", valid: "| a  b |a\tb"},
	{name: "language", valid: "en|zh-Hans-CN|x-1234567|a", invalid: "|en_US|123|abcdefghi|en-|-en|en--us|e n"},
	{name: "NMTOKEN", valid: "a|1|-.:|语", invalid: "|a b|a,b|a/b"},
	{name: "NMTOKENS", valid: "a b|1", invalid: "|a,b", libxml: "empty"},
	{name: "Name", valid: "a|_a:b-1|语|:a", invalid: "|1a|-a|a b|.a"},
	{name: "NCName", valid: "a|_a-1.x", invalid: "a:b|1a||:a"},
	{name: "QName", valid: "a|xs:a", invalid: "a:b|1a||:a|a:|xs:xs:a|xs:1"},
	{name: "anyURI", valid: "|a|http://example.com/a?b#c|a b|../x|urn:a:b|语|http://[::1]/|#f|a%20b|mailto:a@b.c|/a:b|./a:b", invalid: "%|%zz|a#b#c|:a|1a:b"},
	{name: "hexBinary", valid: "|00|aBcD|0123456789", invalid: "0|0g|00 11|0x00"},
	{name: "base64Binary", valid: "|YQ==|YWI=|YWJj|Y W J j|YWJj YWJj", invalid: "Y|YQ|YQ=|YR==|YWJ=|=YQ=|YQ==YQ==|Y*==|===="},
	{name: "dateTime", valid: "2022-07-01T10:05:48|2022-07-01T10:05:48Z|2022-07-01T10:05:48.123456789+08:00|-0044-03-15T00:00:00|12022-01-01T00:00:00|2000-02-29T00:00:00|2022-07-01T24:00:00|2022-01-01T00:00:00-14:00|9999999999-01-01T00:00:00",
		invalid: "2022-07-01T10:05:48+0800|2022-07-01 10:05:48|2022-13-01T00:00:00|2022-02-29T00:00:00|1900-02-29T00:00:00|0000-01-01T00:00:00|222-01-01T00:00:00|02022-01-01T00:00:00|2022-07-01T24:00:01|2022-07-01T25:00:00|2022-07-01T10:60:00|2022-07-01T10:05:60|2022-07-01T10:05|2022-07-01T10:05:48.|2022-07-01|2022-01-01T00:00:00+14:01|2022-01-01T00:00:00+15:00|2022-07-01T10:05:48z|+2022-01-01T00:00:00|2022-7-1T00:00:00|"},
	{name: "date", valid: "2022-07-01|2022-07-01Z|2022-07-01+08:00|-0001-12-31|2024-02-29", invalid: "2023-02-29|2022-07-32|2022-00-01|2022-04-31|22-01-01|2022-07-01T00:00:00|2022/07/01|0000-01-01"},
	{name: "time", valid: "10:05:48|10:05:48.5Z|24:00:00|00:00:00-05:30", invalid: "10:05|25:00:00|10:61:00|1:00:00|10:00:60|24:00:00.1"},
	{name: "gYearMonth", valid: "2022-07|2022-07Z|-0001-01", invalid: "2022-13|2022-00|2022|2022-7"},
	{name: "gYear", valid: "2022|2022Z|-0001|12345|2022+01:00", invalid: "0000|22|02022|20 22|+2022"},
	{name: "gMonthDay", valid: "--02-29|--12-31Z", invalid: "--02-30|--13-01|-02-02|--2-2|02-02|--04-31"},
	{name: "gDay", valid: "---01|---31Z", invalid: "---32|---00|--01|---1"},
	{name: "gMonth", valid: "--01|--12Z", invalid: "--13|--00|-01|--1|01"},
	{name: "duration", valid: "P1Y|P1Y2M3DT4H5M6S|-P1D|PT0.5S|P0D|PT36H|P13M|PT1M|P1M|PT1.50S", invalid: "P|PT|1Y|P1YT|P1S|PT1Y|P1M1Y|P-1Y|P1.5Y|PT1.S|PT.5S|p1y||P1DT|--P1D|P1D2H", libxml: "PT1.S|PT.5S"},
	{name: "anySimpleType", valid: "| anything "},
}

func TestBuiltins(t *testing.T) {
	for _, row := range typeRows {
		c := compileXSD(t, schemaSource("", `<xs:element name="r" type="xs:`+row.name+`"/>`))
		for text, want := range row.texts() {
			doc := document(text)
			err := c.Validate([]byte(doc))
			if got := err == nil; got != want {
				t.Errorf("%s %q: valid %v, want %v: %v", row.name, text, got, want, err)
			}
		}
	}
}

// texts returns the texts of a row, with whether they are values.
func (r typeRow) texts() map[string]bool {
	texts := map[string]bool{}
	for _, s := range strings.Split(r.valid, "|") {
		texts[s] = true
	}
	if r.invalid != "" {
		for _, s := range strings.Split(r.invalid, "|") {
			texts[s] = false
		}
	}
	return texts
}

func document(text string) string {
	return fmt.Sprintf(`<r xmlns:xs="http://www.w3.org/2001/XMLSchema">%s</r>`, text)
}

// TestBuiltinsAgainstLibxml2 compares verdicts with xmllint.
func TestBuiltinsAgainstLibxml2(t *testing.T) {
	lint := newXMLLint(t)
	for _, row := range typeRows {
		var docs, all []string
		var want []bool
		for _, s := range strings.Split(row.valid+"|"+row.invalid, "|") {
			if w, ok := row.texts()[s]; ok {
				all, docs, want = append(all, s), append(docs, document(s)), append(want, w)
			}
		}
		valid := lint.verdicts(t, schemaSource("", `<xs:element name="r" type="xs:`+row.name+`"/>`), docs)
		for i, text := range all {
			known := slices.Contains(strings.Split(row.libxml, "|"), cmp.Or(text, "empty"))
			if (valid[i] != want[i]) != known {
				t.Errorf("%s %q: xmllint says valid=%v", row.name, text, valid[i])
			}
		}
	}
}

// TestOrder tells bounds of every ordered type apart: min is allowed, what is
// below it is not.
func TestOrder(t *testing.T) {
	rows := []struct{ typ, min, above, below string }{
		{"dateTime", "2022-07-01T10:00:00Z", "2022-07-01T10:00:00.001Z|2022-07-01T18:00:00+08:00|2022-07-02T00:00:01|12022-01-01T00:00:00Z", "2022-07-01T09:59:59.999Z|2022-07-01T17:59:59+08:00|2022-07-01T20:00:00|-2022-01-01T00:00:00Z"},
		{"dateTime", "2022-07-01T10:00:00", "2022-07-02T00:00:01Z|2022-07-01T10:00:00", "2022-07-01T10:00:00Z|2022-07-01T23:59:59Z"},
		{"dateTime", "-0001-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "-0001-12-31T23:59:58Z|-0002-01-01T00:00:00Z"},
		{"date", "2022-03-01", "2022-03-01|2022-03-02", "2022-02-28|2022-03-01Z"},
		{"time", "10:00:00Z", "12:00:00+02:00|10:00:00.1Z", "09:00:00Z|11:59:59+02:00"},
		{"gYear", "2000", "2000|2001|10000", "1999|-2000"},
		{"gYearMonth", "2000-05", "2000-06|2001-01", "2000-04|1999-12"},
		{"gMonthDay", "--05-05", "--05-06|--12-01", "--05-04|--04-30"},
		{"gDay", "---10", "---11", "---09"},
		{"gMonth", "--03", "--04", "--02"},
		{"duration", "P1M", "P1M|P32D|P1MT0.1S", "P27D|P28D|P30D|P31D|-P1M|P0D|PT1S"},
		{"duration", "-PT1.5S", "-PT1.4S|PT0S|-PT1.50S", "-PT1.6S|-PT2S|-P1D"},
		{"decimal", "0.30", "0.3|0.300000000000000000000000000001|1", "0.299999999999999999999999999999|-1"},
		{"float", "1.5", "1.5|INF|2e30", "1.4|-INF|NaN"},
		{"unsignedLong", "18446744073709551614", "18446744073709551614|18446744073709551615", "18446744073709551613|0"},
	}
	for _, row := range rows {
		c := compileXSD(t, schemaSource("", `<xs:element name="r"><xs:simpleType><xs:restriction base="xs:`+row.typ+`"><xs:minInclusive value="`+row.min+`"/></xs:restriction></xs:simpleType></xs:element>`))
		for text, want := range (typeRow{valid: row.above, invalid: row.below}).texts() {
			err := c.Validate([]byte(document(text)))
			if got := codes(err); got != map[bool]string{true: "", false: "cvc-minInclusive-valid"}[want] {
				t.Errorf("%s %q against %q: %v", row.typ, text, row.min, err)
			}
		}
	}
}

// TestEquality tells equal values of every type from others, by an enumeration.
func TestEquality(t *testing.T) {
	rows := []struct{ typ, value, equal, other string }{
		{"decimal", "100", "+100.0|0100", "10|100.1"},
		{"double", "100", "1e2|100.0|1000E-1", "NaN|101"},
		{"double", "NaN", "NaN", "0"},
		{"double", "0", "-0|0.0", "1"},
		{"dateTime", "2022-07-01T10:00:00Z", "2022-07-01T18:00:00.000+08:00|2022-07-01T10:00:00.0Z", "2022-07-01T10:00:00|2022-07-01T10:00:00.1Z"},
		{"dateTime", "2022-07-01T24:00:00", "2022-07-02T00:00:00", "2022-07-01T00:00:00"},
		{"duration", "P1Y", "P12M", "P365D|-P1Y"},
		{"duration", "P1D", "PT24H|PT86400.0S", "P1M"},
		{"hexBinary", "aB", "Ab|AB", "AC"},
		{"base64Binary", "YWI=", "YW I=", "YWE="},
		{"QName", "xs:a", "xs:a", "a"},
		{"anyURI", "a%20b", "a%20b", "a b"},
		{"NMTOKENS", "a b", " a  b ", "a|b a"},
	}
	for _, row := range rows {
		c := compileXSD(t, schemaSource("", `<xs:element name="r"><xs:simpleType><xs:restriction base="xs:`+row.typ+`"><xs:enumeration value="`+row.value+`"/></xs:restriction></xs:simpleType></xs:element>`))
		for text, want := range (typeRow{valid: row.equal, invalid: row.other}).texts() {
			err := c.Validate([]byte(document(text)))
			if got := codes(err); got != map[bool]string{true: "", false: "cvc-enumeration-valid"}[want] {
				t.Errorf("%s %q against %q: %v", row.typ, text, row.value, err)
			}
		}
	}
}
