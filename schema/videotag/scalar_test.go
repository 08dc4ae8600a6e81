package videotag

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/xeipuuv/gojsonschema"
)

// verdicts says in which spellings a contract allows a value: as the text of
// an XML element (x), as a JSON string (s), as a JSON number (n).
type verdicts string

// The same value, in whatever spelling, must get the verdict that the table
// gives it, from xmllint, santhosh-tekuri and gojsonschema.
func TestScalars(t *testing.T) {
	// holders are payloads with one value of each type in it, %s.
	holders := map[string]struct{ xml, json string }{
		"State": {
			`<Response><JobsDetail><State>%s</State></JobsDetail></Response>`,
			`{"JobsDetail":{"JobId":"j","Tag":"VideoTag","CreationTime":"-","State":%s}}`,
		},
		"Timestamp": {
			`<Response><JobsDetail><EndTime>%s</EndTime></JobsDetail></Response>`,
			`{"JobsDetail":{"JobId":"j","Tag":"VideoTag","CreationTime":"-","State":"Success","EndTime":%s}}`,
		},
		"JobLevel": {
			operation(`<JobLevel>%s</JobLevel>`), jsonOperation(`"JobLevel":%s`),
		},
		"Confidence": {
			data(`<Tags><Confidence>%s</Confidence></Tags>`), jsonData(`"Tags":{"Tag":"a","Confidence":%s}`),
		},
		"Seconds": {
			data(`<ObjectTags><TimeStamp>%s</TimeStamp></ObjectTags>`), jsonData(`"ObjectTags":{"TimeStamp":%s}`),
		},
		"FrameIndex": {
			data(`<PlaceTags><EndIndex>%s</EndIndex></PlaceTags>`),
			jsonData(`"PlaceTags":{"StartTime":0,"EndTime":1,"StartIndex":0,"EndIndex":%s}`),
		},
		"Count": {
			data(`<PersonTags><Count>%s</Count></PersonTags>`),
			jsonData(`"PersonTags":{"Name":"a","Confidence":1,"Count":%s}`),
		},
		"Coordinate": {
			data(`<ObjectTags><Objects><BBox><X1>%s</X1></BBox></Objects></ObjectTags>`),
			jsonData(`"ObjectTags":{"TimeStamp":0,"Objects":{"Name":"a","Confidence":1,"BBox":{"X1":%s,"Y1":0,"X2":1,"Y2":1}}}`),
		},
	}
	tests := []struct {
		typ, value string
		want       verdicts
	}{
		{"State", "Submitted", "xs"},
		{"State", "Running", "xs"},
		{"State", "Success", "xs"},
		{"State", "Failed", "xs"},
		{"State", "Pause", "xs"},
		{"State", "Cancel", "xs"},
		{"State", "success", ""},
		{"State", "Auditing", ""},
		{"State", "", ""},
		{"State", " Success", ""},

		{"Timestamp", "2022-07-01T10:05:48+0800", "xs"},
		{"Timestamp", "2022-12-31T23:59:59-1130", "xs"},
		{"Timestamp", "-", "xs"},
		{"Timestamp", "", "xs"},
		{"Timestamp", "--", ""},
		{"Timestamp", " ", ""},
		{"Timestamp", "2022-07-01T10:05:48+08:00", ""},
		{"Timestamp", "2022-07-01T10:05:48Z", ""},
		{"Timestamp", "2022-07-01T10:05:48", ""},
		{"Timestamp", "2022-07-01 10:05:48+0800", ""},
		{"Timestamp", "2022-07-01T10:05:48.5+0800", ""},
		{"Timestamp", "2022-13-01T10:05:48+0800", ""},
		{"Timestamp", "2022-07-32T10:05:48+0800", ""},
		{"Timestamp", "2022-07-01T24:05:48+0800", ""},
		{"Timestamp", "2022-07-01T10:60:48+0800", ""},
		{"Timestamp", "2022-07-01T10:05:60+0800", ""},
		{"Timestamp", "22-07-01T10:05:48+0800", ""},
		{"Timestamp", "2022-07-01T10:05:48+0800\n", ""},

		{"JobLevel", "0", "xsn"},
		{"JobLevel", "2", "xsn"},
		{"JobLevel", "3", ""},
		{"JobLevel", "-1", ""},
		{"JobLevel", "1.0", "n"}, // to JSON Schema a number without a fraction is an integer
		{"JobLevel", "1.5", ""},
		{"JobLevel", "", ""},
		{"JobLevel", "01", "x"},

		{"Confidence", "0", "xsn"},
		{"Confidence", "1", "xsn"},
		{"Confidence", "0.0", "xsn"},
		{"Confidence", "1.000", "xsn"},
		{"Confidence", "0.421531", "xsn"},
		{"Confidence", "0.8411815762519836", "xsn"},
		{"Confidence", "9.9e-1", "xsn"},
		{"Confidence", "4.2E-05", "xsn"},
		{"Confidence", "1e0", "xn"},
		{"Confidence", "1.0001", ""},
		{"Confidence", "1e1", ""},
		{"Confidence", "2", ""},
		{"Confidence", "9.9e-0", ""},
		{"Confidence", "-0.1", ""},
		{"Confidence", "42%", ""},
		{"Confidence", "high", ""},
		{"Confidence", "-", ""},
		{"Confidence", "", ""},
		{"Confidence", "INF", ""},
		{"Confidence", "0,5", ""},
		{"Confidence", "0x1p-2", ""},

		{"Seconds", "0", "xsn"},
		{"Seconds", "0.0", "xsn"},
		{"Seconds", "12.88", "xsn"},
		{"Seconds", "68.6", "xsn"},
		{"Seconds", "1.2e3", "xsn"},
		{"Seconds", "1e-7", "xsn"},
		// White space around a number is not part of it (XML Schema Part 2,
		// section 4.3.6). libxml2 2.9 forgets that for xs:long, not for xs:double.
		{"Seconds", " 12.88 ", "xn"},
		{"Seconds", "-1", ""},
		{"Seconds", "1:30", ""},
		{"Seconds", "1s", ""},
		{"Seconds", ".5", "x"},
		{"Seconds", "5.", "x"},
		{"Seconds", "+5", "x"},
		{"Seconds", "", ""},

		{"FrameIndex", "0", "xsn"},
		{"FrameIndex", "275", "xsn"},
		{"FrameIndex", "-1", ""},
		{"FrameIndex", "2.5", ""},
		{"FrameIndex", "1e2", "n"},
		{"FrameIndex", "9223372036854775807", "xsn"},
		{"FrameIndex", "9223372036854775808", "sn"}, // JSON Schema has no word for 64 bits

		{"Count", "3", "xsn"},
		{"Count", "-3", ""},
		{"Count", "three", ""},

		{"Coordinate", "0.10181817412376404", "xsn"},
		{"Coordinate", "1.0", "xsn"},
		{"Coordinate", "-0.003", "xsn"}, // a box may reach over the frame's edge
		{"Coordinate", "1.02", "xsn"},
		{"Coordinate", "1E-3", "xsn"},
		{"Coordinate", "--1", ""},
		{"Coordinate", "left", ""},
	}

	var payloads []string
	for _, test := range tests {
		payloads = append(payloads, fmt.Sprintf(holders[test.typ].xml, test.value))
	}
	byXSD := xmllint(t, payloads)
	byJSONSchema := oracles(t)
	for i, test := range tests {
		name := fmt.Sprintf("%s %q", test.typ, test.value)
		if byXSD != nil && byXSD[i] != strings.Contains(string(test.want), "x") {
			t.Errorf("%s in XML: valid is %t", name, byXSD[i])
		}
		quoted, err := json.Marshal(test.value)
		if err != nil {
			t.Fatal(err)
		}
		if got := byJSONSchema(t, fmt.Sprintf(holders[test.typ].json, quoted)); got != strings.Contains(string(test.want), "s") {
			t.Errorf("%s as a JSON string: valid is %t", name, got)
		}
		native := fmt.Sprintf(holders[test.typ].json, test.value)
		if !json.Valid([]byte(native)) {
			if strings.Contains(string(test.want), "n") {
				t.Errorf("%s is no JSON", name)
			}
			continue
		}
		if got := byJSONSchema(t, native); got != strings.Contains(string(test.want), "n") {
			t.Errorf("%s as a JSON number: valid is %t", name, got)
		}
	}
}

func operation(xml string) string {
	return `<Response><JobsDetail><Operation>` + xml + `</Operation></JobsDetail></Response>`
}

func jsonOperation(members string) string {
	return `{"JobsDetail":{"JobId":"j","Tag":"VideoTag","CreationTime":"-","State":"Success","Operation":{` + members + `}}}`
}

func data(xml string) string {
	return operation(`<VideoTagResult><StreamData><Data>` + xml + `</Data></StreamData></VideoTagResult>`)
}

func jsonData(members string) string {
	return jsonOperation(`"VideoTagResult":{"StreamData":{"Data":{` + members + `}}}`)
}

// xmllint asks libxml2 which payloads are valid; nil when it is not installed.
func xmllint(t *testing.T, payloads []string) []bool {
	t.Helper()
	tool, err := exec.LookPath("xmllint")
	if err != nil {
		t.Log("xmllint is not installed: the XSD's own verdicts are not checked")
		return nil
	}
	dir := t.TempDir()
	args := []string{"--nonet", "--noout", "--schema", filepath.Join(dir, XSD)}
	if err := os.WriteFile(filepath.Join(dir, XSD), read(t, XSD), 0o666); err != nil {
		t.Fatal(err)
	}
	for i, p := range payloads {
		name := filepath.Join(dir, fmt.Sprintf("%d.xml", i))
		if err := os.WriteFile(name, []byte(p), 0o666); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	// The status says only whether all are valid: the lines say which.
	out, _ := exec.Command(tool, args...).CombinedOutput()
	valid := make([]bool, len(payloads))
	for i := range payloads {
		name := args[4+i]
		valid[i] = strings.Contains(string(out), name+" validates\n")
		if !valid[i] && !strings.Contains(string(out), name+" fails to validate\n") {
			t.Fatalf("xmllint does not say what it makes of %s:\n%s", payloads[i], out)
		}
	}
	return valid
}

// oracles compiles the JSON Schema with both validators, and returns a
// function that asks both about a payload.
func oracles(t *testing.T) func(t *testing.T, payload string) bool {
	t.Helper()
	text := string(read(t, JSONSchema))
	c := jsonschema.NewCompiler()
	if err := c.AddResource(JSONSchema, strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	one, err := c.Compile(JSONSchema)
	if err != nil {
		t.Fatal(err)
	}
	other, err := gojsonschema.NewSchema(gojsonschema.NewStringLoader(text))
	if err != nil {
		t.Fatal(err)
	}
	return func(t *testing.T, payload string) bool {
		t.Helper()
		d := json.NewDecoder(strings.NewReader(payload))
		d.UseNumber()
		var v any
		if err := d.Decode(&v); err != nil {
			t.Fatalf("%s: %v", payload, err)
		}
		valid := one.Validate(v) == nil
		result, err := other.Validate(gojsonschema.NewStringLoader(payload))
		if err != nil {
			t.Fatalf("%s: %v", payload, err)
		}
		if result.Valid() != valid {
			t.Errorf("%s: valid is %t to santhosh-tekuri and %t to gojsonschema", payload, valid, result.Valid())
		}
		return valid
	}
}
