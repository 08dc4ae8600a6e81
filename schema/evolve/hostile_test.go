package evolve_test

import (
	"encoding/xml"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"github.com/biform/biform/schema/evolve"
	"github.com/biform/biform/schema/jsonschema/jsontree"
)

// from takes the contracts of an archive of testdata, and no payloads.
func from(t *testing.T, name string) *archive {
	t.Helper()
	a := parse(t, filepath.Join("testdata", name+".txtar"))
	a.payloads = nil
	return a
}

// TestHostile holds that no payload breaks the contracts, and how each is met.
func TestHostile(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString("<!DOCTYPE R [<!ENTITY a0 'ha'>")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&laughs, "<!ENTITY a%d '&a%d;&a%d;'>", i, i-1, i-1)
	}
	laughs.WriteString("]><R><a>&a29;</a></R>")
	var names, names2 strings.Builder
	names.WriteString("<R>")
	names2.WriteString(`{"a": "x"`)
	for i := range 10_000 {
		fmt.Fprintf(&names, "<n%d>1</n%d>", i, i)
		fmt.Fprintf(&names2, `, "n%d": {"k": 1}`, i)
	}
	names.WriteString("</R>")
	names2.WriteString("}")
	wide := "<R><a>x</a>" + strings.Repeat("<b><c>1</c><d/></b>", 20_000) + "</R>"

	for _, test := range []struct {
		name, payload string
		want          string // part of a diagnostic; empty: there is a change and nothing is left
	}{
		{"billion laughs", laughs.String(), "document type declaration"},
		{"deep XML", strings.Repeat("<R>", 100_000), "nest deeper"},
		{"deep JSON", `{"a":` + strings.Repeat("[", 100_000), "nest deeper"},
		{"deep and closed", "<R>" + strings.Repeat("<a>", 200) + strings.Repeat("</a>", 200) + "</R>", "members stand where"},
		{"deep and new", "<R><a/>" + strings.Repeat("<x>", 200) + strings.Repeat("</x>", 200) + "</R>", ""},
		{"10,000 names", names.String(), "10000 new members"},
		{"10,000 records", names2.String(), "10000 new members"},
		{"10,000 names within", `{"a": "x", "m": ` + names2.String() + `}`, "more than 2048 members"},
		{"wide", wide, ""},
		{"bytes", "<R>\xff</R>", "not UTF-8"},
		{"names with markup", `{"a": "x", "<x a='\"'>": 1, "</xs:element>": 2}`, "no name of an element"},
		{"values with markup", `{"a": "x", "b": "</xs:documentation>", "c": "]]>"}`, ""},
		{"a control character", "{\"a\": \"x\", \"b\\u0001\": 1}", "no name of an element"},
		{"a long name", `{"a": "x", "` + strings.Repeat("n", 100_000) + `": 1}`, ""},
		{"a large number", `{"a": "x", "n": 1` + strings.Repeat("0", 900) + `}`, ""},
		{"names of the schema's own", `{"a": "x", "properties": {"properties": {"type": 1}}, "$ref": "#/x", "required": [1], "type": "y"}`, "no name of an element"},
		{"prototype", `{"a": "x", "__proto__": {"constructor": 1}, "xmlns": 1, "xml": 2}`, ""},
		{"cases", `{"a": "x", "A": 1, "á": 2, "a\u0301": 3}`, ""},
		{"empty", ``, "payload is no JSON"},
		{"a scalar", `1`, "no contract can be changed"},
		{"an array", `[1]`, "no contract can be changed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := from(t, "nulls")
			a.payloads = []evolve.Payload{{Name: "payload", Data: []byte(test.payload)}}
			result, diags := evolve.Contracts(a.contracts, a.payloads)
			said := report(result, diags)
			if test.want != "" {
				if result != nil {
					said = result.Left.Error()
				}
				if !strings.Contains(said, test.want) {
					t.Errorf("it does not say %q: %.2000s", test.want, said)
				}
			}
			if result == nil {
				return
			}
			if test.want == "" && (len(result.Left) > 0 || len(result.Files) != 2) {
				t.Errorf("%d files change: %.2000s", len(result.Files), result.Left.Error())
			}
			settled(t, a, result)
		})
	}
}

// TestAnyPayload holds for payloads of any shape that the contracts stay sound,
// that lines which are not in the change stay, and that there is nothing more
// to learn from the same payloads.
func TestAnyPayload(t *testing.T) {
	type base struct {
		*archive
		root, known string // the root element with its namespace, and a member of it
	}
	var bases []base
	for _, name := range []string{"nulls", "order_conflict", "attributes", "minified", "crlf", "changes", "seen", "spellings", "json_alone"} {
		known := map[string]string{"json_alone": "sub", "changes": "many", "spellings": "later"}[name]
		if known == "" {
			known = "a"
		}
		bases = append(bases, base{from(t, name), "R", known})
	}
	bases = append(bases,
		base{from(t, "order_sequence"), `Order xmlns="urn:order"`, "buyer"},
		base{from(t, "callback_labels"), "Response", "EventName"},
		base{from(t, "callback_v0_v1"), "Response", "EventName"})
	rapid.Check(t, func(r *rapid.T) {
		base := bases[rapid.IntRange(0, len(bases)-1).Draw(r, "base")]
		a := &archive{Archive: &txtar.Archive{Files: base.Files}, contracts: base.contracts}
		for i := range rapid.IntRange(1, 4).Draw(r, "payloads") {
			v := draw(r, 0)
			if !slices.ContainsFunc(v.members, func(m member) bool { return m.name == base.known }) {
				v.members = append(v.members, member{name: base.known, values: []value{{text: "x"}}})
			}
			text := asJSON(v)
			if a.contracts.XSD != "" && rapid.Bool().Draw(r, "xml") {
				text = asXML(base.root, v)
			}
			a.payloads = append(a.payloads, evolve.Payload{Name: fmt.Sprintf("payload%d", i), Data: []byte(text)})
			r.Logf("%s", text)
		}
		result, diags := evolve.Contracts(a.contracts, a.payloads)
		if result == nil {
			if !diags.HasErrors() {
				r.Fatal("no result and no error")
			}
			return
		}
		for _, d := range result.Left {
			if d.Code == "refused" {
				r.Fatalf("%s", d.Error())
			}
		}
		settled(r, a, result)
	})
}

// value is a value of a generated payload.
type value struct {
	text    string
	null    bool
	members []member
	object  bool
}

type member struct {
	name   string
	values []value
	array  bool
	attr   bool
}

func draw(r *rapid.T, depth int) value {
	if depth > 0 && (depth > 3 || rapid.IntRange(0, 2).Draw(r, "scalar") > 0) {
		texts := []string{"", "1", "-2", "1.5", "true", "false", "x", "007", " ", "red", "green", "1e3", "2022-07-01T10:05:48+0800", "9999999999999999999", "<&\">"}
		return value{text: rapid.SampledFrom(texts).Draw(r, "text"), null: rapid.IntRange(0, 9).Draw(r, "null") == 0}
	}
	v := value{object: true}
	names := []string{"a", "b", "x", "y", "many", "color", "count", "flag", "sub", "new", "p", "n", "gone"}
	for range rapid.IntRange(0, 4).Draw(r, "members") {
		m := member{name: rapid.SampledFrom(names).Draw(r, "name")}
		if depth == 0 && rapid.IntRange(0, 5).Draw(r, "root") == 0 {
			m.name = rapid.SampledFrom([]string{"JobsDetail", "line", "price", "total", "ship", "id", "array", "ratio", "size", "plain", "bare", "shared", "flags"}).Draw(r, "known")
		}
		if slices.ContainsFunc(v.members, func(o member) bool { return o.name == m.name }) {
			continue
		}
		for range rapid.SampledFrom([]int{1, 1, 1, 2, 3, 0}).Draw(r, "values") {
			m.values = append(m.values, draw(r, depth+1))
		}
		m.attr = len(m.values) == 1 && !m.values[0].object && rapid.IntRange(0, 3).Draw(r, "attribute") == 0
		m.array = !m.attr && len(m.values) != 1 || !m.attr && rapid.IntRange(0, 4).Draw(r, "array") == 0
		v.members = append(v.members, m)
	}
	return v
}

func asJSON(v value) string {
	switch {
	case v.null:
		return "null"
	case !v.object && rapidNumber(v.text):
		return v.text
	case !v.object:
		return string(jsontree.AppendString(nil, v.text))
	}
	var parts []string
	for _, m := range v.members {
		var list []string
		for _, one := range m.values {
			list = append(list, asJSON(one))
		}
		text := "[" + strings.Join(list, ",") + "]"
		if !m.array {
			text = list[0]
		}
		name := m.name
		if m.attr {
			name = "@" + name
		}
		parts = append(parts, string(jsontree.AppendString(nil, name))+":"+text)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// rapidNumber tells whether a text of draw is written as a number in JSON; some
// are not, so that both spellings occur.
func rapidNumber(s string) bool { return s == "-2" || s == "1.5" || s == "true" || s == "1e3" }

func asXML(name string, v value) string {
	var out strings.Builder
	out.WriteString("<" + name)
	for _, m := range v.members {
		if m.attr {
			out.WriteString(" " + m.name + `="`)
			_ = xml.EscapeText(&out, []byte(m.values[0].text))
			out.WriteString(`"`)
		}
	}
	out.WriteString(">")
	if !v.object {
		_ = xml.EscapeText(&out, []byte(v.text))
	}
	for _, m := range v.members {
		for _, one := range m.values {
			if !m.attr {
				out.WriteString(asXML(m.name, one))
			}
		}
	}
	name, _, _ = strings.Cut(name, " ")
	out.WriteString("</" + name + ">")
	return out.String()
}
