package contract

import (
	"fmt"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
)

// TestJSONFormats runs the part of the JSON-Schema-Test-Suite that is about
// formats, with formats asserted, and compares what fails with testdata.
func TestJSONFormats(t *testing.T) {
	files, _ := suiteFiles(t)
	var got strings.Builder
	for _, d := range suiteDrafts {
		passed, all := 0, 0
		var failures []string
		asserted := func(file string) bool { return isFormat(file) || file == "optional/content.json" }
		for file, g := range suiteGroups(t, files, d.folder, asserted) {
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
					failures = append(failures, fmt.Sprintf("\t%s: %s: %s: want valid %v: %s", path.Base(file), g.Description, test.Description, test.Valid, test.Data))
				}
			}
		}
		fmt.Fprintf(&got, "%s: %d of %d cases\n%s\n", d.folder, passed, all, strings.Join(failures, "\n"))
	}
	golden(t, "jsonformats.txt", got.String())
}
