package jsonschema

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
)

// conformance returns the path of a file of public test data, which is not part
// of the repository.
func conformance(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("BIFORM_CONFORMANCE")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "conformance")
	}
	file := filepath.Join(dir, name)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("no conformance data: set BIFORM_CONFORMANCE to the folder of %s", name)
	}
	return file
}

// archive reads the JSON files of an archive.
func archive(t *testing.T, file string) map[string][]byte {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg && strings.HasSuffix(h.Name, ".json") {
			if files[path.Clean(h.Name)], err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// refused lists the schemas of the JSON Schema Test Suite that Read does not
// accept, by draft, file and group, with the reason.
var refused = map[string]string{}

// TestSuite reads every schema of the required part of the JSON Schema Test
// Suite.
func TestSuite(t *testing.T) {
	files := archive(t, conformance(t, "json-schema-test-suite.tar.gz"))
	for _, dir := range []string{"draft4", "draft6", "draft7", "draft2019-09", "draft2020-12"} {
		t.Run(dir, func(t *testing.T) { testSuite(t, files, dir) })
	}
}

var suiteDrafts = map[string]model.Draft{
	"draft4": model.Draft4, "draft6": model.Draft6, "draft7": model.Draft7,
	"draft2019-09": model.Draft2019_09, "draft2020-12": model.Draft2020_12,
}

func testSuite(t *testing.T, files map[string][]byte, dir string) {
	remotes := fstest.MapFS{}
	for name, data := range files {
		if strings.HasPrefix(name, "remotes/") {
			remotes[name] = &fstest.MapFile{Data: data}
		}
	}
	schemas := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Dir(name) != "tests/"+dir {
			continue
		}
		var groups []struct {
			Description string
			Schema      json.RawMessage
		}
		if err := json.Unmarshal(files[name], &groups); err != nil {
			t.Fatal(name, err)
		}
		for _, g := range groups {
			schemas++
			key := dir + "/" + path.Base(name) + ": " + g.Description
			text := withDraft(g.Schema, suiteDrafts[dir])
			remotes["schema.json"] = &fstest.MapFile{Data: text}
			doc, diags := Read(folder.New(remotes, ""), "schema.json", Options{
				Resources: map[string]string{"http://localhost:1234/": "remotes"},
			})
			reason, listed := refused[key]
			switch {
			case diags.HasErrors() && !listed:
				t.Errorf("%s: refused:\n%s\n%s", key, diags, text)
			case !diags.HasErrors() && listed:
				t.Errorf("%s: accepted, although listed: %s", key, reason)
			case doc != nil:
				wellFormed(t, key, doc)
			}
		}
	}
	t.Logf("%d schemas", schemas)
}

// withDraft adds a $schema to a schema that has none.
func withDraft(text json.RawMessage, d model.Draft) []byte {
	text = bytes.TrimSpace(text)
	if text[0] != '{' || bytes.Contains(text, []byte(`"$schema"`)) {
		return text
	}
	rest := bytes.TrimSpace(text[1:])
	comma := ","
	if rest[0] == '}' {
		comma = ""
	}
	return fmt.Appendf(nil, `{"$schema": %q%s %s`, dialectOf(d).url, comma, rest)
}

// wellFormed checks that every identifier of a document names something.
func wellFormed(t *testing.T, key string, doc *model.Document) {
	t.Helper()
	ids := map[model.TypeID]bool{}
	for _, ty := range doc.Types {
		if ids[ty.ID] {
			t.Errorf("%s: two types are %s", key, ty.ID)
		}
		ids[ty.ID] = true
	}
	need := func(id model.TypeID, optional bool) {
		if !ids[id] && !(optional && id == "") {
			t.Errorf("%s: no type %q", key, id)
		}
	}
	need(doc.Root, false)
	for _, ty := range doc.Types {
		parts := 0
		if r := ty.Record; r != nil {
			parts++
			need(r.Additional, true)
			for _, f := range r.Fields {
				need(f.Type, false)
			}
			for _, p := range r.Patterns {
				need(p.Type, false)
			}
		}
		if l := ty.List; l != nil {
			parts++
			need(l.Item, true)
			for _, id := range l.Tuple {
				need(id, false)
			}
		}
		if u := ty.Union; u != nil {
			parts++
			for _, v := range u.Variants {
				need(v.Type, false)
			}
		}
		if ty.Scalar != nil {
			parts++
		}
		if ty.Enum != nil {
			parts++
		}
		if (ty.Kind == model.KindAny) != (parts == 0) || parts > 1 {
			t.Errorf("%s: type %s is %s and has %d parts", key, ty.ID, ty.Kind, parts)
		}
	}
	for i, s := range doc.JSON.Schemas {
		if s.ID != model.SchemaID(i+1) || s.Resource == 0 || s.At.Line == 0 {
			t.Errorf("%s: schema %d is %+v", key, i+1, s)
		}
	}
}
