package compat

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/exp/apidiff"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"

	"github.com/biform/biform/generator"
	"github.com/biform/biform/schema/diff"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/pair"
	"github.com/biform/biform/schema/xsd"
)

// wirePath is the runtime that the packages of the tests import.
const wirePath = "github.com/biform/biform/gen/wire"

// edit is a case of package diff's testdata/edits.
type edit struct {
	name     string
	from, to []string
	golang   []string
}

func readEdits(t *testing.T, name string) (file, base string, edits []edit) {
	t.Helper()
	ar, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range ar.Files[1:] {
		e := edit{name: f.Name}
		for line := range strings.Lines(string(f.Data)) {
			key, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
			text = strings.TrimPrefix(text, " ")
			switch key {
			case "from":
				e.from = append(e.from, text)
			case "to":
				e.to = append(e.to, text)
			case "go":
				e.golang = append(e.golang, text)
			}
		}
		edits = append(edits, e)
	}
	return ar.Files[0].Name, string(ar.Files[0].Data), edits
}

func (e *edit) apply(text string) string {
	for i, from := range e.from {
		text = strings.ReplaceAll(text, from, e.to[i])
	}
	return text
}

// read reads one contract as the model of a document.
func read(t *testing.T, name, text string) *model.Document {
	t.Helper()
	f := folder.New(fstest.MapFS{name: {Data: []byte(text)}}, "")
	var doc *model.Document
	var err error
	if strings.HasSuffix(name, ".xsd") {
		d, diags := xsd.Read(f, name, xsd.Options{})
		doc, err = d, diags.Err()
	} else {
		d, diags := jsonschema.Read(f, name, jsonschema.Options{})
		doc, err = d, diags.Err()
	}
	if err != nil {
		t.Fatal(err)
	}
	doc, _ = pair.Single(doc)
	return doc
}

// TestEdits makes every edit, compares the two packages by what they declare,
// and holds the result against the type checker and apidiff.
func TestEdits(t *testing.T) {
	files, err := filepath.Glob("../../schema/diff/testdata/edits/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no edits", err)
	}
	for _, name := range files {
		if strings.Contains(name, "schema-only") {
			continue // rules that no Go type shows, and types that there is no Go for
		}
		file, base, edits := readEdits(t, name)
		for _, e := range edits {
			t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar")+"/"+e.name, func(t *testing.T) {
				compareEdit(t, e, read(t, file, base), read(t, file, e.apply(base)))
			})
		}
	}
}

func compareEdit(t *testing.T, e edit, before, after *model.Document) {
	old, diags, err := New(before, Options{})
	if old == nil {
		t.Fatal(diags, err)
	}
	new, diags, err := New(after, Options{Names: old.Names})
	if new == nil {
		t.Fatal(diags, err)
	}
	changes := Annotate(diff.Compare(before, after), old, new)
	var breaks []string
	for _, d := range Compare(old.Surface, new.Surface) {
		if d.Breaks {
			breaks = append(append(breaks, d.Name), d.With...)
		}
	}
	slices.Sort(breaks)
	slices.Sort(e.golang)
	if d := cmp.Diff(e.golang, breaks); d != "" {
		t.Errorf("broken names: -want +got:\n%s", d)
	}
	report := apidiff.Changes(check(t, before, nil), check(t, after, old.Names))
	if d := cmp.Diff(incompatible(report), breaks); d != "" {
		t.Errorf("broken names: -apidiff +got:\n%s", d)
	}
	// Every name that breaks is told by a change, and by no other.
	broken, told := len(breaks) > 0, ""
	for _, c := range changes {
		if c.Has(diff.GoBreak) {
			told += c.Message + "\n"
		}
	}
	if broken != (told != "") {
		t.Errorf("breaks %v, and the changes tell %q", breaks, told)
	}
	for _, name := range breaks {
		if !strings.Contains(told, name) {
			t.Errorf("no change tells of %s:\n%s", name, told)
		}
	}
	// A change that is additive and nothing else leaves every name as it was.
	additive := len(changes) > 0
	for _, c := range changes {
		additive = additive && slices.Equal(c.Classes, []diff.Class{diff.Additive})
	}
	if additive && broken {
		t.Errorf("all is additive, and %v break", breaks)
	}
}

// incompatible returns the names that apidiff reports as broken, a type's
// before those of its fields.
func incompatible(r apidiff.Report) []string {
	seen := map[string]bool{}
	for _, c := range r.Changes {
		if c.Compatible {
			continue
		}
		name, _, _ := strings.Cut(c.Message, ": ")
		name = strings.TrimPrefix(strings.NewReplacer("(*", "", "(", "", ")", "").Replace(name), "./")
		seen[name] = true
	}
	for name := range seen {
		if of, _, member := strings.Cut(name, "."); member && seen[of] {
			delete(seen, name) // of a type that is gone
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// check type-checks the package of a document.
func check(t *testing.T, doc *model.Document, names []byte) *types.Package {
	t.Helper()
	source, diags, err := generator.SourceOf(doc, generator.Options{Package: "generated", Runtime: wirePath, Names: names})
	if source == nil {
		t.Fatal(diags, err)
	}
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, f := range source.Files {
		file, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	conf := types.Config{Importer: deps{t}, IgnoreFuncBodies: true}
	pkg, err := conf.Check("generated", fset, parsed, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// deps imports what generated code imports.
type deps struct{ t *testing.T }

var loaded = sync.OnceValues(func() (map[string]*types.Package, error) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedExportFile},
		wirePath, wirePath+"/webhook", "encoding/json", "encoding/xml", "sync", "unicode/utf8", "context", "net/http")
	out := map[string]*types.Package{}
	for _, p := range pkgs {
		out[p.PkgPath] = p.Types
	}
	return out, err
})

func (d deps) Import(path string) (*types.Package, error) {
	all, err := loaded()
	if err != nil {
		return nil, err
	}
	if p := all[path]; p != nil {
		return p, nil
	}
	d.t.Fatalf("generated code imports %s", strconv.Quote(path))
	return nil, nil
}
