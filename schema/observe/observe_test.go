package observe_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
	"github.com/biform/biform/schema/videotag"
)

var update = flag.Bool("update", false, "write the goldens")

func callback(t testing.TB) *model.Document {
	t.Helper()
	doc, diags := load.Document(load.Contracts{XSD: videotag.XSD, JSONSchema: videotag.JSONSchema, Folder: folder.New(videotag.FS(), "")})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return doc
}

func read(t testing.TB, doc *model.Document, name string) *observe.Payload {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := observe.Read(doc, name, data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestSamples holds that the two samples are one document: their trees are the
// same once what is empty is left out and members are in one order.
func TestSamples(t *testing.T) {
	doc := callback(t)
	var got [2]any
	for i, name := range []string{"sample1.xml", "sample2.json"} {
		p := read(t, doc, "../../fixtures/payloads/"+name)
		for _, x := range p.Issues {
			t.Errorf("%s: %s", name, x)
		}
		text := p.Root.AppendJSON(nil)
		if err := json.Unmarshal(text, &got[i]); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		got[i] = full(got[i])
	}
	if d := cmp.Diff(got[0], got[1]); d != "" {
		t.Errorf("the samples differ (-XML +JSON):\n%s", d)
	}
}

// full leaves out what is nothing.
func full(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if v[k] = full(e); v[k] == nil {
				delete(v, k)
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = full(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	}
	return v
}

// TestGolden reads the payloads of each archive of testdata along its
// contracts, contract.xsd and contract.schema.json (the callback's when it has
// neither), and compares the trees and the issues.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no archives", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c := load.Contracts{}
			fsys := fstest.MapFS{}
			for _, f := range ar.Files {
				switch f.Name {
				case "contract.xsd":
					c.XSD = f.Name
				case "contract.schema.json":
					c.JSONSchema = f.Name
				}
				fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			c.Folder = folder.New(fsys, "")
			doc := callback(t)
			if c.XSD+c.JSONSchema != "" {
				var diags diag.List
				if doc, diags = load.Document(c); diags.HasErrors() {
					t.Fatal(diags)
				}
			}
			ar.Files = slices.DeleteFunc(ar.Files, func(f txtar.File) bool { return strings.HasSuffix(f.Name, ".golden") })
			for i := 0; i < len(ar.Files); i++ {
				f := ar.Files[i]
				if strings.HasPrefix(f.Name, "contract.") {
					continue
				}
				out := []byte(report(doc, f))
				ar.Files = slices.Insert(ar.Files, i+1, txtar.File{Name: f.Name + ".golden", Data: out})
				i++
			}
			got := txtar.Format(ar)
			if *update {
				if err := os.WriteFile(file, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func report(doc *model.Document, f txtar.File) string {
	p, err := observe.Read(doc, f.Name, bytes.TrimSuffix(f.Data, []byte("\n")))
	if err != nil {
		return err.Error() + "\n"
	}
	var out bytes.Buffer
	if err := json.Indent(&out, p.Root.AppendJSON(nil), "", "  "); err != nil {
		return err.Error() + "\n"
	}
	out.WriteByte('\n')
	for _, i := range p.Issues {
		fmt.Fprintln(&out, i)
	}
	return out.String()
}

func FuzzRead(f *testing.F) {
	doc := callback(f)
	for _, s := range []string{
		"<Response><JobsDetail><JobId a='1'>x</JobId><New/></JobsDetail></Response>",
		`{"JobsDetail": [{"JobId": 1, "Input": "x", "Operation": {"JobLevel": "9"}}]}`,
		`{"Response": {"JobsDetail": {"State": "Odd"}}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := observe.Read(doc, "payload", data)
		if err != nil {
			return
		}
		if text := p.Root.AppendJSON(nil); !json.Valid(text) {
			t.Errorf("not JSON: %s", text)
		}
	})
}
