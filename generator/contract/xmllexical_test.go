package contract

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/biform/biform/gen/wire"
)

// lexicalForms are texts that some built-in type accepts or nearly does.
var lexicalForms = strings.Split(`0|-0|+0|00|1|-1|+1|1.|.1|.|-.5|1.0|1e2|1E-2|1e|e1|INF|-INF|+INF|NaN|nan|0x10|1_0|1,0|1 0|12345678901234567890123|--1|+-1|
2022-07-18|2022-7-18|22-07-18|12022-07-18|02022-07-18|-2022-07-18|-0001-01-01|0000-01-01|+2022-07-18|2022-02-29|2000-02-29|1900-02-29|2022-04-31|2022-07-18Z|2022-07-18z|2022-07-18+08:00|2022-07-18+0800|2022-07-18+14:00|2022-07-18+14:01|2022-07-18-15:00|
2022-07-18T15:16:43|2022-07-18 15:16:43|2022-07-18T15:16|2022-07-18T24:00:00|2022-07-18T24:00:01|2022-07-18T24:00:00.0|2022-07-18T23:59:60|2022-07-18T15:16:43.|2022-07-18T15:16:43.123456789012345|2022-07-18T15:16:43Z|2022-07-18T15:16:43-00:00|2022-07-18t15:16:43|2022-07-18T1:16:43|
15:16:43|24:00:00|24:00:00Z|15:16|15:16:43+08:00|15:60:00|2022|-2022|0000|222|12345|2022Z|2022+08:00|2022-07|2022-13|2022-00|2022-07Z|--07-18|--02-29|--02-30|--7-18|---18|---31|---32|---00|---18Z|--07|--12|--13|--07--|--07Z|
P|PT|P1Y|P1M|P1D|PT1H|PT1M|PT1S|P1Y2M3DT4H5M6.7S|-P1D|+P1D|P-1D|P1S|P1H|PT1.5S|PT1.S|PT.5S|P1.5D|P1YT|P1M1Y|PT1S1M|P1W|p1d|
aGk=|aGk|a G k =|aGl=|a?k=|QQ==|QQ=|QR==|0a|0A|0|0g|true|false|TRUE|yes`, "|")

// TestLexical compares, for each type of the runtime that has values in Go, what
// its parser accepts with what the reader of schemas takes for a default value
// and the validator for an attribute.
func TestLexical(t *testing.T) {
	accepts := map[string]func(string) error{
		"decimal":      func(s string) error { _, err := wire.ParseDecimal(s); return err },
		"integer":      func(s string) error { _, err := wire.ParseInteger(s); return err },
		"double":       func(s string) error { _, err := wire.ParseDouble(s); return err },
		"float":        func(s string) error { _, err := wire.ParseFloat(s); return err },
		"dateTime":     func(s string) error { _, err := wire.ParseDateTime(s); return err },
		"date":         func(s string) error { _, err := wire.ParseDate(s); return err },
		"time":         func(s string) error { _, err := wire.ParseTimeOfDay(s); return err },
		"gYear":        func(s string) error { _, err := wire.ParseGYear(s); return err },
		"gYearMonth":   func(s string) error { _, err := wire.ParseGYearMonth(s); return err },
		"gMonthDay":    func(s string) error { _, err := wire.ParseGMonthDay(s); return err },
		"gDay":         func(s string) error { _, err := wire.ParseGDay(s); return err },
		"gMonth":       func(s string) error { _, err := wire.ParseGMonth(s); return err },
		"duration":     func(s string) error { _, err := wire.ParseDuration(s); return err },
		"base64Binary": func(s string) error { _, err := wire.ParseBase64Binary(s); return err },
		"hexBinary":    func(s string) error { _, err := wire.ParseHexBinary(s); return err },
	}
	var elements strings.Builder
	for name := range accepts {
		elements.WriteString(`<xs:element name="` + name + `" type="xs:` + name + `"/>`)
	}
	c := compileXSD(t, schemaSource("", elements.String()))
	for name, parse := range accepts {
		for _, form := range lexicalForms {
			form = strings.Trim(form, "\n")
			var text strings.Builder
			if err := xml.EscapeText(&text, []byte(form)); err != nil {
				t.Fatal(err)
			}
			_, diags := readXSD(schemaSource("", `<xs:element name="e" type="xs:`+name+`" default="`+text.String()+`"/>`))
			ours, schema := parse(form) == nil, !diags.HasErrors()
			document := c.Validate([]byte("<"+name+">"+text.String()+"</"+name+">")) == nil
			if ours != schema || ours != document {
				t.Errorf("xs:%s %q: the value type accepts it %t, the schema reader %t, the validator %t", name, form, ours, schema, document)
			}
		}
	}
}
