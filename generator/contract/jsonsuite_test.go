package contract

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"iter"
	"maps"
	"slices"
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
// verdict. Every case must be right, and testdata has how many there are.
func TestJSONSuite(t *testing.T) {
	files, remotes := suiteFiles(t)
	for _, d := range suiteDrafts {
		t.Run(d.folder, func(t *testing.T) {
			t.Parallel()
			golden(t, "jsonsuite-"+d.folder+".txt", runSuite(t, files, remotes, d.folder, d.draft))
		})
	}
}

// suiteFiles reads the suite's archive, or skips the test. remotes are the files
// that its contracts refer to.
func suiteFiles(t *testing.T) (files, remotes fstest.MapFS) {
	files, remotes = archive(t, "json-schema-test-suite.tar.gz", ""), fstest.MapFS{}
	for name, f := range files {
		if strings.HasPrefix(name, "remotes/") {
			remotes[name] = f
		}
	}
	return files, remotes
}

// suiteGroups yields the groups of a draft's files that match, by the names of
// the files below the draft's folder, in the order of the names.
func suiteGroups(t *testing.T, files fstest.MapFS, dir string, match func(file string) bool) iter.Seq2[string, suiteGroup] {
	return func(yield func(string, suiteGroup) bool) {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			file, ok := strings.CutPrefix(name, "tests/"+dir+"/")
			if !ok || !strings.HasSuffix(name, ".json") || !match(file) {
				continue
			}
			var groups []suiteGroup
			if err := json.Unmarshal(files[name].Data, &groups); err != nil {
				t.Fatal(err)
			}
			for _, g := range groups {
				if !yield(file, g) {
					return
				}
			}
		}
	}
}

// isFormat tells whether a file of the suite asks formats to be asserted.
func isFormat(file string) bool { return strings.HasPrefix(file, "optional/format/") }

// runSuite returns the text that testdata holds for a draft.
func runSuite(t *testing.T, files, remotes fstest.MapFS, dir string, draft model.Draft) string {
	passed, all := 0, 0
	for file, g := range suiteGroups(t, files, dir, func(file string) bool { return !isFormat(file) }) {
		p, why := runGroup(remotes, g, file, draft)
		passed += p
		all += len(g.Tests)
		for _, w := range why {
			t.Errorf("%s: %s: %s", file, g.Description, w)
		}
	}
	if all < 700 {
		t.Errorf("%s has %d cases only", dir, all)
	}
	return fmt.Sprintf("JSON-Schema-Test-Suite, %s with optional (but for optional/format)\n%d of %d cases\n", dir, passed, all)
}

// runGroup runs the cases of one contract: how many pass, and which do not.
func runGroup(remotes fstest.MapFS, g suiteGroup, file string, draft model.Draft) (passed int, failed []string) {
	fsys := maps.Clone(remotes)
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
