package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/oracle"
)

// TestJSONSuitePeers holds biform's verdicts on the JSON-Schema-Test-Suite
// against the other engines'. Every difference is a line of testdata, with what
// the suite says; a new one is an error, and so is one that is gone.
func TestJSONSuitePeers(t *testing.T) {
	files := suiteFiles(t)
	remotes := make(fstest.MapFS)
	for name, data := range files {
		if strings.HasPrefix(name, "remotes/") {
			remotes[name] = &fstest.MapFile{Data: data}
		}
	}
	for _, d := range suiteDrafts {
		t.Run(d.folder, func(t *testing.T) {
			golden(t, "jsonpeers-"+d.folder+".txt", comparePeers(t, files, remotes, d.folder, d.draft))
		})
	}
}

func comparePeers(t *testing.T, files map[string][]byte, remotes fstest.MapFS, dir string, draft model.Draft) string {
	var report strings.Builder
	for _, e := range []oracle.Engine{oracle.Santhosh{}, oracle.GoJSONSchema{}} {
		compared, without := 0, 0
		var lines strings.Builder
		for _, name := range slices.Sorted(maps.Keys(files)) {
			file, ok := strings.CutPrefix(name, "tests/"+dir+"/")
			if !ok || !strings.HasSuffix(name, ".json") || strings.HasPrefix(file, "optional/format/") {
				continue
			}
			var groups []suiteGroup
			if err := json.Unmarshal(files[name], &groups); err != nil {
				t.Fatal(err)
			}
			for _, g := range groups {
				fsys := maps.Clone(remotes)
				fsys["contract.json"] = &fstest.MapFile{Data: g.Schema}
				f := folder.New(fsys, "")
				opts := suiteOptions(g.Schema, file, draft)
				doc, list := jsonschema.Read(f, "contract.json", opts)
				if list.HasErrors() {
					t.Fatal(list)
				}
				ours, list := JSON(doc.JSON)
				if list.HasErrors() {
					t.Fatal(list)
				}
				theirs, err := e.Compile(f, "contract.json", opts)
				// Which of two identifiers gojsonschema finds there changes from run to
				// run.
				if unsteady := e.Name() == (oracle.GoJSONSchema{}).Name() && file == "optional/unknownKeyword.json"; err != nil || unsteady {
					without += len(g.Tests)
					continue
				}
				for _, c := range g.Tests {
					verdict, err := theirs.Validate(c.Data)
					if err != nil {
						without++
						continue
					}
					compared++
					if valid := ours.Validate(c.Data) == nil; valid != verdict.Valid {
						who := "biform"
						if valid != c.Valid {
							who = e.Name()
						}
						fmt.Fprintf(&lines, "\t%s: %s: %s: valid %v, for biform %v; the suite is with %s\n",
							file, g.Description, c.Description, verdict.Valid, valid, who)
					}
				}
			}
		}
		fmt.Fprintf(&report, "%s: %d cases compared, %d of contracts or payloads that it does not take\n%s", e.Name(), compared, without, lines.String())
	}
	return report.String()
}

// suiteOptions are how a contract of the suite is read: up to draft-07 the cases
// of content are about assertions.
func suiteOptions(schema []byte, file string, draft model.Draft) jsonschema.Options {
	var head struct {
		Schema string `json:"$schema"`
	}
	if json.Unmarshal(schema, &head) == nil && head.Schema != "" {
		draft = "" // the contract says it, perhaps by a meta-schema of its own
	}
	return jsonschema.Options{
		Draft: draft, Root: "Suite", Resources: map[string]string{"http://localhost:1234/": "remotes/"},
		FormatAssertion: file == "optional/content.json" && !strings.Contains(head.Schema, "/20"),
	}
}
