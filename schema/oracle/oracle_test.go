package oracle

import (
	"errors"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
)

const draft7 = `"$schema": "http://json-schema.org/draft-07/schema#"`

// jsonEngines are the engines that judge JSON.
var jsonEngines = []Engine{Santhosh{}, GoJSONSchema{}}

// compile compiles a contract, which may refer to t.json, by every engine.
func compile(t *testing.T, schema string) (map[string]Validator, error) {
	t.Helper()
	f := folder.New(fstest.MapFS{
		"s.json": {Data: []byte(schema)},
		"t.json": {Data: []byte(`{"type": "string", "$id": "http://example.com/t.json", "definitions": {"n": {"type": "null"}}}`)},
	}, "")
	validators := map[string]Validator{}
	for _, e := range jsonEngines {
		v, err := e.Compile(f, "s.json", jsonschema.Options{})
		if err != nil {
			return nil, err
		}
		validators[e.Name()] = v
	}
	return validators, nil
}

func TestVerdicts(t *testing.T) {
	tests := []struct {
		schema  string
		valid   []string
		invalid []string
	}{
		{
			`"type": "object", "required": ["a"], "properties": {"a": {"minimum": 1}}`,
			[]string{`{"a": 1}`, ` {"a": 2, "b": null}`},
			[]string{`{"a": 0}`, `{}`, `[]`, `{"a": 1} x`, `{`, `{"a": 1}{}`, "{\"a\": 1, \"b\": \"\xff\"}"},
		},
		{
			`"properties": {"a": {"$ref": "t.json"}, "b": {"$ref": "t.json#/definitions/n"}}`,
			[]string{`{"a": "x", "b": null}`},
			[]string{`{"a": 1}`, `{"b": 1}`},
		},
		{ // ECMA-262: white space includes the no-break space
			`"pattern": "^\\s\\u0061$", "patternProperties": {"^\\cA$": false}`,
			[]string{`" a"`, `"\u00a0a"`, `{"\u0002": 1}`},
			[]string{`"a"`, `"xa"`, `{"\u0001": 1}`},
		},
		{
			`"$ref": "http://json-schema.org/draft-07/schema#"`,
			[]string{`{"type": "string"}`, `true`},
			[]string{`{"type": "strnig"}`, `{"minLength": -1}`},
		},
	}
	for _, test := range tests {
		validators, err := compile(t, `{`+draft7+`, `+test.schema+`}`)
		if err != nil {
			t.Errorf("%s: %v", test.schema, err)
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(validators)) {
			for i, payload := range slices.Concat(test.valid, test.invalid) {
				got, err := validators[name].Validate([]byte(payload))
				if want := i < len(test.valid); err != nil || got.Valid != want {
					t.Errorf("%s: %s says %v, %v of %s", test.schema, name, got, err, payload)
				} else if got.Valid != (len(got.Complaints) == 0) {
					t.Errorf("%s: %s says %v of %s", test.schema, name, got, payload)
				}
			}
		}
	}
}

// TestComplaints holds that every complaint is there, in order, each time.
func TestComplaints(t *testing.T) {
	validators, err := compile(t, `{`+draft7+`, "additionalProperties": {"minimum": 5}, "required": ["z"]}`)
	if err != nil {
		t.Fatal(err)
	}
	payload := []byte(`{"b": 1, "a/b": 2, "c": 3, "d": {"e": 9}}`)
	for name, v := range validators {
		first, err := v.Validate(payload)
		if err != nil || len(first.Complaints) != 4 {
			t.Fatalf("%s says %v, %v", name, first, err)
		}
		var paths []string
		for _, c := range first.Complaints {
			paths = append(paths, c.Path)
		}
		if want := []string{"", "/a~1b", "/b", "/c"}; !slices.Equal(paths, want) {
			t.Errorf("%s complains of %q, want %q", name, paths, want)
		}
		for range 10 {
			if again, _ := v.Validate(payload); !slices.Equal(again.Complaints, first.Complaints) {
				t.Errorf("%s says %v, then %v", name, first, again)
			}
		}
	}
}

// TestHostileNumbers keeps the ten bytes that crash both engines.
func TestHostileNumbers(t *testing.T) {
	validators, err := compile(t, `{`+draft7+`, "minimum": 0, "multipleOf": 0.5}`)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range validators {
		for _, payload := range []string{"1e1000001", "[1E+1000001]", strings.Repeat("9", 100_000), "-1e-99999999", strings.Repeat("[", 100_000)} {
			if _, err := v.Validate([]byte(payload)); err == nil {
				t.Errorf("%s was shown %.20s", name, payload)
			}
		}
		for _, payload := range []string{`"1e1000001"`, `1e400`, `12.5`} {
			if got, err := v.Validate([]byte(payload)); err != nil || !got.Valid {
				t.Errorf("%s says %v, %v of %s", name, got, err, payload)
			}
		}
		for _, payload := range []string{`{"a": 1, "a": 2}`} {
			if _, err := v.Validate([]byte(payload)); err == nil {
				t.Errorf("%s has a verdict on %s", name, payload)
			}
		}
	}
	if _, err := compile(t, `{"minimum": 1e1000001}`); err == nil {
		t.Error("a contract with a hostile number was compiled")
	}
}

// TestLoops keeps the contracts that overflow gojsonschema's stack.
func TestLoops(t *testing.T) {
	for _, schema := range []string{
		`{` + draft7 + `, "$ref": "#"}`,
		`{` + draft7 + `, "allOf": [{"$ref": "#"}]}`,
		`{` + draft7 + `, "$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"$ref": "#/definitions/a"}}}`,
	} {
		if _, err := compile(t, schema); err == nil {
			t.Errorf("%s was compiled", schema)
		}
	}
}

// TestUnusedLoop holds that a loop in a definition that nothing uses reaches no
// engine that would follow it.
func TestUnusedLoop(t *testing.T) {
	f := folder.New(fstest.MapFS{"s.json": {Data: []byte(`{` + draft7 + `, "type": "string", "definitions": {"a": {"allOf": [{"$ref": "#/definitions/a"}]}}}`)}}, "")
	if _, err := (GoJSONSchema{}).Compile(f, "s.json", jsonschema.Options{}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("gojsonschema: %v", err)
	}
	v, err := (Santhosh{}).Compile(f, "s.json", jsonschema.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := v.Validate([]byte(`"x"`)); err != nil || !got.Valid {
		t.Errorf("v5 says %v, %v", got, err)
	}
}

// TestNothingIsFetched holds that no engine opens a socket or leaves the
// folder.
func TestNothingIsFetched(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skip("no loopback here:", err)
	}
	defer l.Close()
	hit := make(chan struct{}, 1)
	go func() {
		if c, err := l.Accept(); err == nil {
			c.Close()
			hit <- struct{}{}
		}
	}()
	outside := filepath.Join(t.TempDir(), "outside.json")
	if err := os.WriteFile(outside, []byte(`{}`), 0o600); err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	for _, schema := range []string{
		`"properties": {"a": {"$ref": "` + address + `/x.json"}}`,
		`"$id": "` + address + `/s.json", "properties": {"a": {"$ref": "x.json"}}`,
		`"properties": {"a": {"$ref": "file://` + outside + `"}}`,
		`"properties": {"a": {"$ref": "../x.json"}}`,
		`"properties": {"a": {"$ref": "` + outside + `"}}`,
	} {
		if _, err := compile(t, `{`+draft7+`, `+schema+`}`); err == nil {
			t.Errorf("%s was followed", schema)
		}
	}
	if _, err := compile(t, `{"$schema": "`+address+`/meta.json"}`); err == nil {
		t.Error("a meta-schema was fetched")
	}
	// gojsonschema by itself, with no v5 before it.
	loader := closedFiles{}.New(address + "/x.json")
	if _, err := loader.LoadJSON(); err == nil {
		t.Error("the closed loader loads")
	}
	if _, err := loader.LoaderFactory().New(address + "/y.json").LoadJSON(); err == nil {
		t.Error("a loader of the closed loader loads")
	}
	select {
	case <-hit:
		t.Error("an engine opened a connection")
	case <-time.After(50 * time.Millisecond):
	}
}

// TestLaterDrafts holds that gojsonschema is not asked about drafts of which it
// would ignore keywords.
func TestLaterDrafts(t *testing.T) {
	f := folder.New(fstest.MapFS{"s.json": {Data: []byte(`{"prefixItems": [{"type": "null"}]}`)}}, "")
	if _, err := (GoJSONSchema{}).Compile(f, "s.json", jsonschema.Options{}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("gojsonschema takes 2020-12: %v", err)
	}
	v, err := (Santhosh{}).Compile(f, "s.json", jsonschema.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := v.Validate([]byte(`[1]`)); err != nil || got.Valid {
		t.Errorf("v5 says %v, %v", got, err)
	}
}

func TestGuard(t *testing.T) {
	if err := guard("x", func() error { panic("boom") }); err == nil || err.Error() != "x gave up: boom" {
		t.Error(err)
	}
}

func TestXMLLint(t *testing.T) {
	engine := XMLLint{}
	if err := engine.Available(); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("s.xsd", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="t.xsd"/><xs:element name="a" type="t"/></xs:schema>`)
	write("t.xsd", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="t"><xs:restriction base="xs:int"/></xs:simpleType></xs:schema>`)
	write("bad.xsd", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="none"/></xs:schema>`)
	f, name, err := folder.Open(filepath.Join(dir, "s.xsd"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := engine.Compile(f, name, jsonschema.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for payload, want := range map[string]bool{"<a>1</a>": true, "<a>x</a>": false, "<b/>": false, "<a": false, "": false} {
		if got, err := v.Validate([]byte(payload)); err != nil || got.Valid != want || want != (len(got.Complaints) == 0) {
			t.Errorf("xmllint says %v, %v of %q", got, err, payload)
		}
	}
	got, _ := v.Validate([]byte("<a>\nx</a>"))
	if len(got.Complaints) != 1 || got.Complaints[0].Path != "line 1" || !strings.Contains(got.Complaints[0].Message, "xs:int") && !strings.Contains(got.Complaints[0].Message, "atomic type") {
		t.Errorf("xmllint complains %q", got.Complaints)
	}
	for _, name := range []string{"none.xsd", "bad.xsd"} {
		if _, err := engine.Compile(f, name, jsonschema.Options{}); err == nil {
			t.Errorf("%s was compiled", name)
		}
	}
	memory := folder.New(fstest.MapFS{"s.xsd": {Data: []byte("<x/>")}}, "")
	if _, err := engine.Compile(memory, "s.xsd", jsonschema.Options{}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("a contract in memory: %v", err)
	}
	slow := XMLLint{Timeout: time.Nanosecond}
	if _, err := slow.Compile(f, "s.xsd", jsonschema.Options{}); err == nil {
		t.Error("the timeout has no effect")
	}
}

func TestEngines(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range Engines() {
		if seen[e.Name()] || e.Form() == "" {
			t.Errorf("engine %q, %q", e.Name(), e.Form())
		}
		seen[e.Name()] = true
	}
}
