package oracle

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/biform/biform/schema/folder"
)

const draft7 = `"$schema": "http://json-schema.org/draft-07/schema#"`

func compile(t *testing.T, schema string) ([]*Engine, error) {
	t.Helper()
	f := folder.New(fstest.MapFS{"s.json": {Data: []byte(schema)}, "t.json": {Data: []byte(`{"type": "string"}`)}}, "")
	return JSON(f, "s.json")
}

func TestVerdicts(t *testing.T) {
	engines, err := compile(t, `{`+draft7+`, "type": "object", "required": ["a"], "properties": {"a": {"minimum": 1}}}`)
	if err != nil || len(engines) != 2 {
		t.Fatalf("%v, %v", engines, err)
	}
	for _, e := range engines {
		for payload, want := range map[string]bool{
			`{"a": 1}`: true, `{"a": 0}`: false, `{}`: false, `[]`: false, `{"a": 1} x`: false, `{`: false, `{"a": 1}{}`: false,
		} {
			got, err := e.Valid(context.Background(), []byte(payload))
			if err != nil || got != want {
				t.Errorf("%s says %v, %v of %s", e.Name, got, err, payload)
			}
		}
	}
}

// TestHostileNumbers keeps the ten bytes that crash both engines.
func TestHostileNumbers(t *testing.T) {
	engines, err := compile(t, `{`+draft7+`, "minimum": 0, "multipleOf": 0.5}`)
	if err != nil {
		t.Fatal(err)
	}
	for _, payload := range []string{"1e1000001", "[1E+1000001]", strings.Repeat("9", 100_000), "-1e-99999999"} {
		for _, e := range engines {
			if _, err := e.Valid(context.Background(), []byte(payload)); err == nil {
				t.Errorf("%s was shown %.20s", e.Name, payload)
			}
		}
	}
	for _, payload := range []string{`"1e1000001"`, `1e400`, `12.5`} {
		for _, e := range engines {
			if _, err := e.Valid(context.Background(), []byte(payload)); err != nil {
				t.Errorf("%s was not shown %s: %v", e.Name, payload, err)
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
	for _, ref := range []string{"http://" + l.Addr().String() + "/x.json", "file://" + outside, "../x.json", outside} {
		if _, err := compile(t, `{`+draft7+`, "properties": {"a": {"$ref": "`+ref+`"}}}`); err == nil {
			t.Errorf("a reference to %s was followed", ref)
		}
	}
	select {
	case <-hit:
		t.Error("an engine opened a connection")
	case <-time.After(50 * time.Millisecond):
	}
}

func TestXMLLint(t *testing.T) {
	dir := t.TempDir()
	xsd := filepath.Join(dir, "s.xsd")
	if err := os.WriteFile(xsd, []byte(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:int"/></xs:schema>`), 0o600); err != nil {
		t.Fatal(err)
	}
	e := XML(xsd)
	if e == nil {
		t.Skip("xmllint is not installed")
	}
	for payload, want := range map[string]bool{"<a>1</a>": true, "<a>x</a>": false, "<b/>": false, "<a": false} {
		if got, err := e.Valid(context.Background(), []byte(payload)); err != nil || got != want {
			t.Errorf("xmllint says %v, %v of %s", got, err, payload)
		}
	}
	if _, err := XML(filepath.Join(dir, "none.xsd")).Valid(context.Background(), []byte("<a>1</a>")); err == nil {
		t.Error("a contract that is not there gives a verdict")
	}
}
