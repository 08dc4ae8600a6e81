package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/templates/scaffold"
)

// TestConfig holds what is said of configuration files, and that the JSON
// Schema that editors use has the same verdict.
func TestConfig(t *testing.T) {
	schema := configSchema(t)
	const whole = "documents:\n  - xsd: a.xsd\n    package: p\n    out: o\n"
	for _, test := range []struct {
		name, text string
		// want is what is said: FILE:LINE:COL and the summary of each, empty
		// when all is well.
		want []string
		hint string
		// own says that the schema cannot tell, or editors tell otherwise.
		own bool
	}{
		{name: "least", text: whole},
		{name: "all", text: "documents:\n  - xsd: a.xsd\n    jsonschema: \"b.json\"\n    root: R\n    package: p\n    out: ./o\n    runtime: ./w\n    handler: false\n"},
		{name: "several XSDs", text: "documents:\n  - xsd: [a.xsd, \"b.xsd\"]\n    resources:\n      http://example.com/c.xsd: c.xsd\n      \"urn:d\": d.json\n    package: p\n    out: o\n"},
		{name: "no XSD", text: "documents:\n  - xsd: []\n    package: p\n    out: o\n", want: []string{"c.yaml:2:10: error: xsd is empty"}, hint: "leave the member out"},
		{name: "XSDs of another kind", text: strings.Replace(whole, "a.xsd", "[a.xsd, 7, \"\"]", 1), want: []string{"c.yaml:2:18: error: xsd must be a text, and is a number", "c.yaml:2:21: error: xsd is empty"}},
		{name: "XSDs as a mapping", text: strings.Replace(whole, "a.xsd", "{a: b}", 1), want: []string{"c.yaml:2:10: error: xsd must be a text, and is a mapping"}},
		{name: "no resource", text: whole + "    resources: {}\n"},
		{name: "resources as a list", text: whole + "    resources: [a]\n", want: []string{"c.yaml:5:16: error: resources must be a mapping, and is a list"}},
		{name: "a resource that is empty", text: whole + "    resources:\n      urn:a: \"\"\n", want: []string{"c.yaml:6:14: error: urn:a is empty"}},
		{name: "a resource of another kind", text: whole + "    resources:\n      urn:a: [b]\n", want: []string{"c.yaml:6:14: error: urn:a must be a text, and is a list"}},
		{name: "a resource twice", text: whole + "    resources:\n      urn:a: b\n      urn:a: c\n", want: []string{"c.yaml:7:7"}, own: true},
		{name: "flow", text: "{documents: [{xsd: a, package: p, out: o}]}"},
		{name: "comments", text: "# one\ndocuments: # two\n  # three\n  - xsd: a.xsd # four\n    package: p\n    # five\n    out: o\n# six\n"},
		{name: "folded text", text: "documents:\n  - xsd: >\n      a.xsd\n    package: p\n    out: o\n"},
		{name: "two", text: whole + "  - jsonschema: b\n    package: p\n    out: o2\n"},
		{name: "empty", text: "", want: []string{"c.yaml: error: it lists nothing under documents"}, hint: "list a document", own: true},
		{name: "comment only", text: "# nothing\n", want: []string{"c.yaml: error: it lists nothing under documents"}, own: true},
		{name: "no documents", text: "documents: []\n", want: []string{"c.yaml: error: it lists nothing under documents"}},
		{name: "null", text: "documents:\n", want: []string{"c.yaml:1:12: error: documents must be a list, and is a null"}, hint: "hyphen"},
		{name: "mapping", text: "documents:\n  xsd: a\n", want: []string{"c.yaml:2:6: error: documents must be a list, and is a mapping"}},
		{name: "list", text: "- xsd: a\n", want: []string{"c.yaml:1:1: error: the file must be a mapping, and is a list"}},
		{name: "text", text: "documents\n", want: []string{"c.yaml:1:1: error: the file must be a mapping, and is a text"}},
		{name: "item", text: "documents:\n  - a.xsd\n", want: []string{"c.yaml:2:5: error: every item of documents must be a mapping, and is a text"}},
		{name: "slips", text: "docments: []\ndocuments:\n  - xds: a\n    pakage: p\n    colour: red\n    out: o\n", want: []string{
			`c.yaml:1:1: error: there is no member "docments"`,
			`c.yaml:3:5: error: there is no member "xds"`,
			`c.yaml:4:5: error: there is no member "pakage"`,
			`c.yaml:5:5: error: there is no member "colour"`,
		}, hint: "did you mean documents?"},
		{name: "case", text: strings.Replace(whole, "out", "OUT", 1), want: []string{`c.yaml:4:5: error: there is no member "OUT"`}, hint: "did you mean out?"},
		{name: "lacking", text: "documents:\n  - root: R\n", want: []string{
			"c.yaml:2:5: error: the document has no package",
			"c.yaml:2:5: error: the document has no out",
			"c.yaml:2:5: error: the document has neither xsd nor jsonschema",
		}, hint: "every document needs"},
		{name: "empty text", text: whole + "    root: \"\"\n", want: []string{"c.yaml:5:11: error: root is empty"}, hint: "leave the member out"},
		{name: "number", text: strings.Replace(whole, "p\n", "17\n", 1), want: []string{"c.yaml:3:14: error: package must be a text, and is a number"}, hint: "in quotes"},
		{name: "boolean for text", text: strings.Replace(whole, "p\n", "true\n", 1), want: []string{"c.yaml:3:14: error: package must be a text, and is a boolean"}},
		{name: "text for boolean", text: whole + "    handler: \"no\"\n", want: []string{"c.yaml:5:14: error: handler must be true or false, and is a text"}},
		{name: "package", text: strings.Replace(whole, "p\n", "9 p\n", 1), want: []string{`c.yaml:2:5: error: "9 p" is no name for a Go package`}, hint: ": p"},
		{name: "keyword", text: strings.Replace(whole, "p\n", "func\n", 1), want: []string{`c.yaml:2:5: error: "func" is no name for a Go package`}, hint: ": callback"},
		{name: "blank", text: strings.Replace(whole, "p\n", "_\n", 1), want: []string{`c.yaml:2:5: error: "_" is no name for a Go package`}},
		{name: "draft", text: whole + "    draft: \"7\"\n    formatAssertion: true\n"},
		{name: "no draft", text: whole + "    draft: \"3\"\n", want: []string{`c.yaml:2:5: error: there is no draft "3" of JSON Schema`}, hint: `"7" "2019-09"`},
		{name: "a draft's number", text: whole + "    draft: 7\n", want: []string{"c.yaml:5:12: error: draft must be a text, and is a number"}, hint: "in quotes"},
		{name: "Unicode", text: strings.Replace(whole, "p\n", "größe_2\n", 1)},
		{name: "twice", text: whole + "    out: o\n", want: []string{"c.yaml:5:5"}, own: true},
		{name: "same out", text: whole + "  - jsonschema: b\n    package: p\n    out: ./o/\n", want: []string{"c.yaml:5:5: error: two documents are generated to ./o/"}, hint: "a folder of its own", own: true},
		{name: "not YAML", text: "documents:\n  - xsd: \"a\n", want: []string{"c.yaml:2:"}, hint: "mend the line", own: true},
		{name: "tab", text: "documents:\n\t- xsd: a\n", want: []string{"c.yaml:2:"}, own: true},
		{name: "second document", text: whole + "---\n" + whole, want: []string{"c.yaml:6:10: error: a second YAML document"}, own: true},
		{name: "anchor", text: "documents: &d\n  - xsd: a\n    package: p\n    out: o\n", want: []string{"c.yaml:1:12: error: documents must be a list, and is a thing of YAML that is not supported here (anchor)"}, own: true},
		{name: "merge key", text: whole + "    <<: {root: R}\n", want: []string{"c.yaml:5:5: error: a member's name must be a plain text"}, own: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, diags := parseConfig("c.yaml", []byte(test.text))
			for i, d := range diags {
				if i >= len(test.want) || !strings.HasPrefix(d.Error(), test.want[i]) {
					t.Errorf("got %s", d.Error())
				}
			}
			if len(diags) < len(test.want) {
				t.Errorf("not said: %q", test.want[len(diags):])
			}
			if test.hint != "" && !slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return strings.Contains(d.Hint, test.hint) }) {
				t.Errorf("no hint says %q: %+v", test.hint, diags)
			}
			if test.own {
				return
			}
			var v any
			if err := yaml.Unmarshal([]byte(test.text), &v); err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(v); (err == nil) != (len(diags) == 0) {
				t.Errorf("the schema says %v", err)
			}
		})
	}
}

// TestConfigSchema holds that the schema lists the members of a configuration,
// in their order, and describes each.
func TestConfigSchema(t *testing.T) {
	s := configSchema(t)
	document := s.Properties["documents"].Items.(*jsonschema.Schema).Ref
	for _, of := range []struct {
		schema *jsonschema.Schema
		goType reflect.Type
	}{
		{s, reflect.TypeFor[config]()},
		{document, reflect.TypeFor[job]()},
	} {
		got, want := slices.Sorted(maps.Keys(of.schema.Properties)), slices.Sorted(slices.Values(tags(of.goType)))
		if !slices.Equal(got, want) {
			t.Errorf("the schema lists %q, %s has %q", got, of.goType, want)
		}
		for name, p := range of.schema.Properties {
			if p.Description == "" {
				t.Errorf("the schema says nothing of %s", name)
			}
		}
	}
}

// FuzzConfig holds that no text makes a configuration unreadable without a
// word, and that what is accepted is what the schema accepts.
func FuzzConfig(f *testing.F) {
	f.Add("documents:\n  - xsd: a.xsd\n    package: p\n    out: o\n")
	f.Add("documents: [{jsonschema: |\n a, package: p, out: o}]")
	f.Add("documents:\n  - {package: *x}\n")
	schema := configSchema(f)
	f.Fuzz(func(t *testing.T, text string) {
		c, diags := parseConfig("c.yaml", []byte(text))
		if c == nil && !diags.HasErrors() {
			t.Fatal("nothing, and nothing said")
		}
		if diags.HasErrors() {
			return
		}
		data, err := json.Marshal(toMap(c))
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Fatal(err)
		}
	})
}

// toMap returns a configuration with the members' names.
func toMap(c *config) any {
	var documents []any
	for _, j := range c.Documents {
		m := map[string]any{}
		v := reflect.ValueOf(j)
		for f := range v.Type().Fields() {
			if tag := f.Tag.Get("yaml"); tag != "" && !v.FieldByIndex(f.Index).IsZero() {
				m[tag] = v.FieldByIndex(f.Index).Interface()
			}
		}
		documents = append(documents, m)
	}
	return map[string]any{"documents": documents}
}

func configSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	data, err := fs.ReadFile(scaffold.FS(), scaffold.ConfigSchema)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.ExtractAnnotations = true
	if err := c.AddResource("schema.json", bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}
