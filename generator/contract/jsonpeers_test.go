package contract

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
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
	files, remotes := suiteFiles(t)
	for _, d := range suiteDrafts {
		t.Run(d.folder, func(t *testing.T) {
			golden(t, "jsonpeers-"+d.folder+".txt", comparePeers(t, files, remotes, d.folder, d.draft))
		})
	}
}

func comparePeers(t *testing.T, files, remotes fstest.MapFS, dir string, draft model.Draft) string {
	type peer struct {
		oracle.Engine
		compared, without int
		lines             strings.Builder
	}
	peers := []*peer{{Engine: oracle.Santhosh{}}, {Engine: oracle.GoJSONSchema{}}}
	for file, g := range suiteGroups(t, files, dir, func(file string) bool { return !isFormat(file) }) {
		fsys := maps.Clone(remotes)
		fsys["contract.json"] = &fstest.MapFile{Data: g.Schema}
		f, opts := folder.New(fsys, ""), suiteOptions(g.Schema, file, draft)
		doc, list := jsonschema.Read(f, "contract.json", opts)
		if list.HasErrors() {
			t.Fatal(list)
		}
		ours, list := JSON(doc.JSON)
		if list.HasErrors() {
			t.Fatal(list)
		}
		for _, p := range peers {
			theirs, err := p.Compile(f, "contract.json", opts)
			// Which of two identifiers gojsonschema finds there changes from run to
			// run.
			if unsteady := p.Engine == (oracle.GoJSONSchema{}) && file == "optional/unknownKeyword.json"; err != nil || unsteady {
				p.without += len(g.Tests)
				continue
			}
			for _, c := range g.Tests {
				verdict, err := theirs.Validate(c.Data)
				if err != nil {
					p.without++
					continue
				}
				p.compared++
				if valid := ours.Validate(c.Data) == nil; valid != verdict.Valid {
					who := "biform"
					if valid != c.Valid {
						who = p.Name()
					}
					fmt.Fprintf(&p.lines, "\t%s: %s: %s: valid %v, for biform %v; the suite is with %s\n",
						file, g.Description, c.Description, verdict.Valid, valid, who)
				}
			}
		}
	}
	var report strings.Builder
	for _, p := range peers {
		fmt.Fprintf(&report, "%s: %d cases compared, %d of contracts or payloads that it does not take\n%s", p.Name(), p.compared, p.without, p.lines.String())
	}
	return report.String()
}

// TestJSONFormatPeers holds that an engine that is asked about a contract whose
// formats are asserted reads those formats as the suite does.
func TestJSONFormatPeers(t *testing.T) {
	files, _ := suiteFiles(t)
	asked := map[string]int{}
	for _, d := range suiteDrafts {
		for file, g := range suiteGroups(t, files, d.folder, isFormat) {
			f := folder.New(fstest.MapFS{"contract.json": &fstest.MapFile{Data: g.Schema}}, "")
			for _, e := range []oracle.Engine{oracle.Santhosh{}, oracle.GoJSONSchema{}} {
				theirs, err := e.Compile(f, "contract.json", jsonschema.Options{Draft: d.draft, FormatAssertion: true})
				if errors.Is(err, oracle.ErrUnsupported) {
					continue
				} else if err != nil {
					t.Fatal(err)
				}
				for _, c := range g.Tests {
					asked[e.Name()]++
					if verdict, err := theirs.Validate(c.Data); err != nil || verdict.Valid != c.Valid {
						t.Errorf("%s: %s: %s: %s: %v, %v", d.folder, file, c.Description, e.Name(), verdict, err)
					}
				}
			}
		}
	}
	if len(asked) < 2 {
		t.Errorf("asked: %v", asked)
	}
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
