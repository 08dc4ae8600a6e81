package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/biform/biform/fixtures/drawn"
	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/oracle"
)

// differences are where engines lastingly differ on what is drawn, and why. An
// instance that one of them applies to is not compared.
var differences = []difference{
	{oracle.GoJSONSchema{}.Name(), "", "enum, const and uniqueItems compare numbers by their spelling",
		func(schema, instance []byte) bool {
			return comparing.Match(schema) && (oddSpelling.Match(instance) || oddSpelling.Match(schema))
		}},
	{"", "draft4", "1.0 is no integer in draft 4", func(_, instance []byte) bool { return drawn.Disputed(model.Draft4, instance) }},
}

type difference struct {
	engine, draft string // an empty engine stands for all
	why           string
	applies       func(schema, instance []byte) bool
}

var (
	comparing   = regexp.MustCompile(`"(enum|const|uniqueItems)"`)
	oddSpelling = regexp.MustCompile(`[0-9][.eE]|-0`)
)

// TestJSONEnginesAgree draws schemas and instances, and holds the verdict of the
// tables against the other engines': santhosh-tekuri/jsonschema/v5 of every
// draft, and xeipuuv/gojsonschema where it claims the draft. The verdict must
// not change either when the instance is spelled in another way.
func TestJSONEnginesAgree(t *testing.T) {
	if f := flag.Lookup("rapid.seed"); f.Value.String() == f.DefValue {
		t.Cleanup(func() { f.Value.Set(f.DefValue) })
		f.Value.Set("1") // the same from run to run
	}
	for _, d := range suiteDrafts {
		t.Run(d.folder, func(t *testing.T) {
			valid, all := 0, 0
			engines := []oracle.Engine{oracle.Santhosh{}, oracle.GoJSONSchema{}}
			rapid.Check(t, func(t *rapid.T) {
				g := &drawn.Schemas{Draft: d.draft}
				root := g.Schema(t)
				text := drawn.Encode(t, root)
				f := folder.New(fstest.MapFS{"s.json": {Data: text}}, "")
				doc, diags := jsonschema.Read(f, "s.json", jsonschema.Options{})
				if diags.HasErrors() {
					t.Skip(diags) // drawn anew: a contradiction, which biform refuses to read
				}
				ours, diags := JSON(doc.JSON)
				if diags.HasErrors() {
					t.Fatalf("%s\n%v", text, diags)
				}
				type named struct {
					oracle.Validator
					name string
				}
				var theirs []named
				for _, e := range engines {
					v, err := e.Compile(f, "s.json", jsonschema.Options{})
					if errors.Is(err, oracle.ErrUnsupported) || err != nil && e.Name() != (oracle.Santhosh{}).Name() {
						continue // gojsonschema refuses bounds that contradict each other
					} else if err != nil {
						t.Fatalf("%s\n%s: %v", text, e.Name(), err)
					}
					theirs = append(theirs, named{v, e.Name()})
				}
				for range 8 {
					instance := drawn.Encode(t, g.Instance(t, root))
					err := ours.Validate(instance)
					if all++; err == nil {
						valid++
					}
					for _, v := range theirs {
						verdict, failed := v.Validate(instance)
						if slices.ContainsFunc(differences, func(x difference) bool {
							return (x.engine == "" || x.engine == v.name) && (x.draft == "" || x.draft == d.folder) && x.applies(text, instance)
						}) {
							continue
						}
						if failed == nil && verdict.Valid != (err == nil) {
							t.Fatalf("schema   %s\ninstance %s\nbiform   %v\n%s: valid %v %v", text, instance, err, v.name, verdict.Valid, verdict.Complaints)
						}
					}
					respelled(t, ours, text, instance, err == nil, d.draft != model.Draft4)
				}
			})
			t.Logf("%d of %d instances are valid", valid, all)
		})
	}
}

// respelled holds the verdict on an instance against that on the same one with
// white space, with its members in another order and its numbers spelled anew.
func respelled(t *rapid.T, c *wire.JSONContract, schema, instance []byte, valid, numbers bool) {
	var b bytes.Buffer
	if err := json.Indent(&b, instance, " ", "\t"); err != nil {
		t.Fatal(err)
	}
	for _, other := range [][]byte{b.Bytes(), backwards(instance, numbers)} {
		if err := c.Validate(other); (err == nil) != valid {
			t.Fatalf("schema   %s\ninstance %s\nvalid    %v\nas %s: %v", schema, instance, valid, other, err)
		}
	}
}

// backwards writes the members of objects the other way round, and numbers with
// an exponent if that is to be.
func backwards(data []byte, numbers bool) []byte {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var write func() []byte
	write = func() []byte {
		token, _ := d.Token()
		switch token := token.(type) {
		case json.Delim:
			var parts [][]byte
			open, end := byte(token), byte(token+2)
			for d.More() {
				if open == '[' {
					parts = append(parts, write())
					continue
				}
				name := write()
				parts = append([][]byte{append(append(name, ':'), write()...)}, parts...)
			}
			d.Token()
			return append(append([]byte{open}, bytes.Join(parts, []byte(","))...), end)
		case json.Number:
			if !numbers || bytes.ContainsAny([]byte(token), "eE") {
				return []byte(token)
			}
			return []byte(token + "E0")
		}
		b, _ := json.Marshal(token)
		return b
	}
	return write()
}
