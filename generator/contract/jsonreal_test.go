package contract

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
)

// realCase is an instance of a real contract with the verdict that it must have.
type realCase struct {
	contract, instance string
	valid              bool
}

// realSuite runs instances through the tables of their contracts.
type realSuite struct {
	folder *folder.Folder
	files  fstest.MapFS
	opts   jsonschema.Options
	tables map[string]*wire.JSONContract
	broken map[string]string // why a contract has no tables
	looks  map[string]bool   // patterns with lookaheads
}

func newRealSuite(t *testing.T, name, prefix string, opts jsonschema.Options) *realSuite {
	t.Helper()
	files := archive(t, name, prefix)
	return &realSuite{folder: folder.New(files, ""), files: files, opts: opts,
		tables: map[string]*wire.JSONContract{}, broken: map[string]string{}, looks: map[string]bool{}}
}

// contract returns the tables of a contract, nil if there are none.
func (s *realSuite) contract(name string) *wire.JSONContract {
	if c, ok := s.tables[name]; ok {
		return c
	}
	s.tables[name] = nil
	doc, list := jsonschema.Read(s.folder, name, s.opts)
	if list.HasErrors() {
		s.broken[name] = "cannot be read: " + firstError(list)
		return nil
	}
	c, list := JSON(doc.JSON)
	if list.HasErrors() {
		s.broken[name] = "cannot be compiled: " + firstError(list)
		return nil
	}
	for _, p := range c.Patterns {
		if strings.Contains(p.Source, "(?=") || strings.Contains(p.Source, "(?!") {
			s.looks[p.Source] = true
		}
	}
	s.tables[name] = c
	return c
}

// realReasons says why a verdict is another one than the manifest's.
var realReasons = map[string]string{
	"src/test/azure-iot-edge-deployment-template-1.0/deployment.template.json": "contentMediaType is asserted with the formats, and an empty string is no JSON; for the manifest it is an annotation",
}

// run returns the text that testdata holds for the cases.
func (s *realSuite) run(title string, cases []realCase) (report string, right int) {
	var failures strings.Builder
	said := map[string]bool{}
	for _, c := range cases {
		tables := s.contract(c.contract)
		if tables == nil {
			if !said[c.contract] {
				fmt.Fprintf(&failures, "\n%s\n\t%s\n", c.contract, s.broken[c.contract])
			}
			said[c.contract] = true
			continue
		}
		err := tables.Validate(s.files[c.instance].Data)
		if (err == nil) == c.valid {
			right++
			continue
		}
		why := "is valid"
		if err != nil {
			why = firstLine(err.Error())
		}
		fmt.Fprintf(&failures, "\n%s\n\twant valid: %v; %s\n\t%s\n", c.instance, c.valid, why, realReasons[c.instance])
	}
	looks := ""
	if len(s.looks) > 0 {
		looks = fmt.Sprintf("%d patterns with lookaheads\n", len(s.looks))
	}
	return fmt.Sprintf("%s\n%d of %d verdicts, %d contracts\n%s%s", title, right, len(cases), len(s.tables), looks, failures.String()), right
}

// firstError returns the first of the diagnostics that is an error.
func firstError(list interface{ Error() string }) string {
	for _, line := range strings.Split(list.Error(), "\n") {
		if strings.Contains(line, ": error: ") {
			return line
		}
	}
	return firstLine(list.Error())
}

// golden compares a report with the file in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is out of date (go test -update):\n got %s\nwant %s", file, got, want)
	}
}

// TestConformanceCycloneDXTables gives every file of CycloneDX's tests in JSON
// its verdict by the tables of its schema, with formats asserted.
func TestConformanceCycloneDXTables(t *testing.T) {
	s := newRealSuite(t, "cyclonedx-1.0-1.5.tar.gz", "", jsonschema.Options{Root: "Bom", FormatAssertion: true})
	var cases []realCase
	rows(t, bytes.NewReader(s.files["manifest-open.jsonl"].Data), func(row struct{ File, Encoding, Expected, JSONSchema string }) {
		if row.Encoding == "json" {
			cases = append(cases, realCase{row.JSONSchema, row.File, row.Expected == "valid"})
		}
	})
	report, right := s.run("CycloneDX, JSON, with formats asserted", cases)
	if right != len(cases) || right < 150 {
		t.Errorf("%d of %d verdicts are right", right, len(cases))
	}
	golden(t, "real-cyclonedx.txt", report)
}

// TestConformanceSchemaStoreTables gives instances of SchemaStore's schemas
// their verdicts. It asks for 99 of 100; what is missing is listed.
func TestConformanceSchemaStoreTables(t *testing.T) {
	const dir = "src/schemas/json/"
	s := newRealSuite(t, "schemastore-open.tar.gz", "schemastore/", jsonschema.Options{Root: "Store", FormatAssertion: true, Resources: map[string]string{
		"https://json.schemastore.org/": dir, "https://www.schemastore.org/": dir, "http://json.schemastore.org/": dir,
	}})
	var cases []realCase
	rows(t, bytes.NewReader(s.files["manifest.jsonl"].Data), func(row struct{ Schema, Instance, Expected string }) {
		cases = append(cases, realCase{row.Schema, row.Instance, row.Expected == "valid"})
	})
	report, right := s.run("SchemaStore, with formats asserted", cases)
	if right*100 < 99*len(cases) {
		t.Errorf("%d of %d verdicts are right", right, len(cases))
	}
	golden(t, "real-schemastore.txt", report)
}

// TestConformanceFHIRTables reads the schema of FHIR, which has megabytes, and
// holds its examples against it.
func TestConformanceFHIRTables(t *testing.T) {
	s := newRealSuite(t, "fhir-4.1-open.tar.gz", "fhir/", jsonschema.Options{Root: "FHIR"})
	contract := ""
	var cases []realCase
	for name := range s.files {
		if strings.HasSuffix(name, "fhir.schema.json") {
			contract = name
		}
	}
	for name := range s.files {
		if strings.HasSuffix(name, ".json") && name != contract && strings.Contains(string(s.files[name].Data), `"resourceType"`) {
			cases = append(cases, realCase{contract, name, true})
		}
	}
	start := time.Now()
	if s.contract(contract) == nil {
		t.Fatal(s.broken[contract])
	}
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("reading took %v", d)
	} else {
		t.Logf("read in %v", d)
	}
	report, right := s.run("FHIR, JSON", cases)
	if right != len(cases) || right == 0 {
		t.Error(report)
	}
	golden(t, "real-fhir.txt", report)
}
