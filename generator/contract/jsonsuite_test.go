package contract

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// suiteDrafts are the folders of the JSON-Schema-Test-Suite.
var suiteDrafts = []struct {
	folder string
	draft  model.Draft
}{
	{"draft4", model.Draft4},
	{"draft6", model.Draft6},
	{"draft7", model.Draft7},
	{"draft2019-09", model.Draft2019_09},
	{"draft2020-12", model.Draft2020_12},
}

// suiteReasons says why cases of a file fail. A file that is not listed must
// pass.
var suiteReasons = map[string]string{}

type suiteGroup struct {
	Description string
	Schema      json.RawMessage
	Tests       []struct {
		Description string
		Data        json.RawMessage
		Valid       bool
	}
}

// TestJSONSuite runs the JSON-Schema-Test-Suite from the contract's text to the
// verdict, and compares the pass rates and the known failures with testdata: a
// case that begins to fail is an error, and so is one that begins to pass and
// is still listed.
func TestJSONSuite(t *testing.T) {
	files := suiteFiles(t)
	remotes := make(fstest.MapFS)
	for name, data := range files {
		if strings.HasPrefix(name, "remotes/") {
			remotes[name] = &fstest.MapFile{Data: data}
		}
	}
	for _, d := range suiteDrafts {
		t.Run(d.folder, func(t *testing.T) {
			t.Parallel()
			golden := filepath.Join("testdata", "jsonsuite-"+d.folder+".txt")
			got := runSuite(t, files, remotes, d.folder, d.draft)
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s is out of date (go test -update):\n got %s\nwant %s", golden, got, want)
			}
		})
	}
}

// suiteFiles reads the suite's archive, or skips the test.
func suiteFiles(t *testing.T) map[string][]byte {
	return archiveFiles(t, "json-schema-test-suite.tar.gz")
}

// archiveFiles reads an archive of public test data, or skips the test.
func archiveFiles(t *testing.T, archive string) map[string][]byte {
	t.Helper()
	dir := os.Getenv("BIFORM_CONFORMANCE")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "conformance")
	}
	file, err := os.Open(filepath.Join(dir, archive))
	if err != nil {
		t.Skip(archive + " is not in ../shared/conformance beside the checkout nor where BIFORM_CONFORMANCE points")
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			files[path.Clean(h.Name)] = data
		}
	}
}

// runSuite returns the text that testdata holds for a draft.
func runSuite(t *testing.T, files map[string][]byte, remotes fstest.MapFS, dir string, draft model.Draft) string {
	var names []string
	for name := range files {
		rest, ok := strings.CutPrefix(name, "tests/"+dir+"/")
		if ok && strings.HasSuffix(name, ".json") && !strings.HasPrefix(rest, "optional/format/") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	passed, all := 0, 0
	var failures strings.Builder
	for _, name := range names {
		var groups []suiteGroup
		if err := json.Unmarshal(files[name], &groups); err != nil {
			t.Fatal(err)
		}
		file := strings.TrimPrefix(name, "tests/"+dir+"/")
		for _, g := range groups {
			p, why := runGroup(remotes, g, file, draft)
			passed += p
			all += len(g.Tests)
			for _, w := range why {
				fmt.Fprintf(&failures, "\n%s: %s: %s\n", file, g.Description, w)
				reason, known := suiteReasons[file]
				if !known {
					t.Errorf("%s: %s: %s", file, g.Description, w)
				}
				fmt.Fprintf(&failures, "\t%s\n", reason)
			}
		}
	}
	if all < 700 {
		t.Errorf("%s has %d cases only", dir, all)
	}
	return fmt.Sprintf("JSON-Schema-Test-Suite, %s with optional (but for optional/format)\n%d of %d cases\n%s", dir, passed, all, failures.String())
}

// runGroup runs the cases of one contract: how many pass, and which do not.
func runGroup(remotes fstest.MapFS, g suiteGroup, file string, draft model.Draft) (passed int, failed []string) {
	fsys := make(fstest.MapFS, len(remotes)+1)
	for name, f := range remotes {
		fsys[name] = f
	}
	fsys["contract.json"] = &fstest.MapFile{Data: g.Schema}
	doc, list := jsonschema.Read(folder.New(fsys, ""), "contract.json", suiteOptions(g.Schema, file, draft))
	if list.HasErrors() {
		return 0, []string{"the contract cannot be read: " + firstLine(list.Error())}
	}
	c, list := JSON(doc.JSON)
	if list.HasErrors() {
		return 0, []string{"the contract cannot be compiled: " + firstLine(list.Error())}
	}
	for _, test := range g.Tests {
		if err := c.Validate(test.Data); (err == nil) != test.Valid {
			failed = append(failed, test.Description)
			continue
		}
		passed++
	}
	return passed, failed
}

func firstLine(s string) string {
	line, _, _ := bytes.Cut([]byte(s), []byte("\n"))
	return string(line)
}
