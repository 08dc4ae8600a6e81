package contract

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
)

// TestJSONFormats runs the part of the JSON-Schema-Test-Suite that is about
// formats, with formats asserted, and compares what fails with testdata.
func TestJSONFormats(t *testing.T) {
	files := suiteFiles(t)
	var got strings.Builder
	for _, d := range suiteDrafts {
		var names []string
		for name := range files {
			if strings.HasPrefix(name, "tests/"+d.folder+"/optional/format/") || name == "tests/"+d.folder+"/optional/content.json" {
				names = append(names, name)
			}
		}
		sort.Strings(names)
		passed, all := 0, 0
		var failures []string
		for _, name := range names {
			var groups []suiteGroup
			if err := json.Unmarshal(files[name], &groups); err != nil {
				t.Fatal(err)
			}
			for _, g := range groups {
				fsys := fstest.MapFS{"contract.json": &fstest.MapFile{Data: g.Schema}}
				doc, list := jsonschema.Read(folder.New(fsys, ""), "contract.json", jsonschema.Options{Draft: d.draft, Root: "Suite", FormatAssertion: true})
				if list.HasErrors() {
					t.Fatal(list)
				}
				c, list := JSON(doc.JSON)
				if list.HasErrors() {
					t.Fatal(list)
				}
				for _, test := range g.Tests {
					all++
					if err := c.Validate(test.Data); (err == nil) == test.Valid {
						passed++
					} else {
						failures = append(failures, fmt.Sprintf("\t%s: %s: %s: want valid %v: %s", filepath.Base(name), g.Description, test.Description, test.Valid, test.Data))
					}
				}
			}
		}
		fmt.Fprintf(&got, "%s: %d of %d cases\n%s\n", d.folder, passed, all, strings.Join(failures, "\n"))
	}
	golden := filepath.Join("testdata", "jsonformats.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("%s is out of date (go test -update):\n%s", golden, got.String())
	}
}
