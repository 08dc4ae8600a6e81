package jsonschema

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
)

var update = flag.Bool("update", false, "rewrite the golden sections of testdata")

// TestRead reads the first schema of every txtar file in testdata and compares
// the model, or the diagnostics, with the section "want". The comment's lines
// "draft: ", "root: " and "resource: URL NAME" are options; "show: types"
// leaves the assertions out, "show: assertions" the types, and "show: none" both.
func TestRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := fstest.MapFS{}
			want := -1
			for i, f := range ar.Files {
				if f.Name == "want" {
					want = i
					continue
				}
				fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			opts, show := options(string(ar.Comment))
			doc, diags := Read(folder.New(fsys, ""), ar.Files[0].Name, opts)
			got := dump(t, doc, diags, show)
			if want < 0 {
				ar.Files = append(ar.Files, txtar.File{Name: "want"})
				want = len(ar.Files) - 1
			}
			if *update {
				ar.Files[want].Data = got
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(ar.Files[want].Data), string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// options reads the options in a case's comment.
func options(comment string) (opts Options, show string) {
	opts.Resources = map[string]string{}
	for line := range strings.Lines(comment) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "draft":
			opts.Draft = model.Draft(value)
		case "root":
			opts.Root = value
		case "show":
			show = value
		case "resource":
			url, name, _ := strings.Cut(value, " ")
			opts.Resources[url] = name
		}
	}
	return opts, show
}

// dump writes a document and diagnostics for a golden section. Positions of
// the structure are left to the cases that show all.
func dump(t *testing.T, doc *model.Document, diags diag.List, show string) []byte {
	t.Helper()
	var out bytes.Buffer
	for _, d := range diags {
		out.WriteString(d.Error() + "\n")
		for _, r := range d.Related {
			out.WriteString("\tsee " + diag.Place(r) + "\n")
		}
		if d.Hint != "" {
			out.WriteString("\thint: " + d.Hint + "\n")
		}
	}
	if doc == nil {
		return out.Bytes()
	}
	short := *doc
	switch show {
	case "types":
		short.JSON, short.Sources = nil, nil
	case "none":
		return out.Bytes()
	case "assertions":
		short.Types, short.Sources = nil, nil
	}
	data, err := json.MarshalIndent(short, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	out.Write(data)
	out.WriteByte('\n')
	return out.Bytes()
}
