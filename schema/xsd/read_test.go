package xsd

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
)

var update = flag.Bool("update", false, "rewrite the goldens in testdata")

// TestGolden reads the contract of each archive in testdata. An archive holds
// schema documents, the first of them the contract, and the expected result:
// "structure.json" (the model without the assertions), "contract.json" (the
// assertions), "diagnostics.txt". Its comment may say "root: NAME". Which of
// the results a golden has, it keeps under -update; a new one gets the
// structure or the diagnostics.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, file, archive)
		})
	}
}

func golden(t *testing.T, file string, archive *txtar.Archive) {
	fsys := fstest.MapFS{}
	want := map[string]string{}
	var order, schemas []string
	for _, f := range archive.Files {
		switch f.Name {
		case "structure.json", "contract.json", "diagnostics.txt":
			want[f.Name] = string(f.Data)
			order = append(order, f.Name)
		default:
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			schemas = append(schemas, f.Name)
		}
	}
	var opts Options
	for line := range strings.Lines(string(archive.Comment)) {
		if root, ok := strings.CutPrefix(line, "root: "); ok {
			opts.Root = strings.TrimSpace(root)
		}
	}
	doc, diags := Read(folder.New(fsys, ""), schemas[0], opts)
	got := map[string]string{}
	if len(diags) > 0 {
		got["diagnostics.txt"] = dumpDiagnostics(diags)
	}
	if doc != nil {
		contract := doc.XML
		if _, ok := want["contract.json"]; ok {
			got["contract.json"] = dumpJSON(t, contract)
		}
		doc.XML = nil
		for i := range doc.Sources {
			doc.Sources[i].SHA256 = ""
		}
		got["structure.json"] = dumpJSON(t, doc)
	}
	if _, ok := want["structure.json"]; !ok && len(order) > 0 {
		delete(got, "structure.json")
	}
	if *update {
		writeGolden(t, file, archive, got)
		return
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("results differ (-want +got):\n%s", d)
	}
}

func writeGolden(t *testing.T, file string, archive *txtar.Archive, got map[string]string) {
	var keep []txtar.File
	for _, f := range archive.Files {
		if f.Name != "structure.json" && f.Name != "contract.json" && f.Name != "diagnostics.txt" {
			keep = append(keep, f)
		}
	}
	for _, name := range []string{"diagnostics.txt", "structure.json", "contract.json"} {
		if text, ok := got[name]; ok {
			keep = append(keep, txtar.File{Name: name, Data: []byte(text)})
		}
	}
	archive.Files = keep
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

func dumpJSON(t *testing.T, v any) string {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}

func dumpDiagnostics(diags diag.List) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(d.Error() + "\n")
		if d.Hint != "" {
			b.WriteString("\thint: " + d.Hint + "\n")
		}
		for _, r := range d.Related {
			b.WriteString("\tsee: " + diag.Place(r) + "\n")
		}
	}
	return b.String()
}

// TestCallback reads the contract that the project ships.
func TestCallback(t *testing.T) {
	f, name, err := folder.Open("../videotag/callback.xsd")
	if err != nil {
		t.Skip(err)
	}
	doc, diags := Read(f, name, Options{})
	if len(diags) > 0 {
		t.Fatalf("diagnostics:\n%s", dumpDiagnostics(diags))
	}
	if doc.Name != "Response" || doc.RootElement == nil || *doc.RootElement != (model.XMLName{Local: "Response"}) {
		t.Errorf("root is %s, %+v", doc.Name, doc.RootElement)
	}
	if os.Getenv("DUMP") != "" {
		doc.XML = nil
		t.Log(dumpJSON(t, doc))
	}
}

// TestSchemaForSchemas reads a schema of XML Schema's own namespace: what is
// built in may be declared there, and is what it is.
func TestSchemaForSchemas(t *testing.T) {
	head := `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2001/XMLSchema">
<xs:simpleType name="int"><xs:restriction base="xs:string"/></xs:simpleType><xs:complexType name="anyType"/>
<xs:simpleType name="own"><xs:restriction base="xs:int"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType>`
	if got := readText(head + `<xs:element name="e" type="xs:own"/></xs:schema>`); got != "" {
		t.Error(got)
	}
	if got := readText(head + `<xs:simpleType name="own"><xs:restriction base="xs:int"/></xs:simpleType></xs:schema>`); !strings.Contains(got, "type {http://www.w3.org/2001/XMLSchema}own is declared twice") && !strings.Contains(got, "type xs:own is declared twice") {
		t.Error(got)
	}
}
