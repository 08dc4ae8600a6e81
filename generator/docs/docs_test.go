package docs_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/biform/biform/generator/docs"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/videotag"
)

var update = flag.Bool("update", false, "rewrite the goldens in testdata")

// read reads contracts, which must be sound.
func read(t *testing.T, c load.Contracts) *model.Document {
	t.Helper()
	doc, diags := load.Document(c)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return doc
}

func callback(t *testing.T) *model.Document {
	return read(t, load.Contracts{XSD: videotag.XSD, JSONSchema: videotag.JSONSchema, Folder: folder.New(videotag.FS(), "")})
}

// fixture reads the contracts of an archive.
func fixture(t *testing.T, a *txtar.Archive) *model.Document {
	t.Helper()
	files := fstest.MapFS{}
	c := load.Contracts{Folder: folder.New(files, "")}
	for _, f := range a.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
		switch f.Name {
		case "doc.xsd":
			c.XSD = f.Name
		case "doc.schema.json":
			c.JSONSchema = f.Name
		}
	}
	return read(t, c)
}

// fixtures calls a function for every archive in testdata.
func fixtures(t *testing.T, f func(t *testing.T, file string, a *txtar.Archive, doc *model.Document)) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			f(t, file, a, fixture(t, a))
		})
	}
}

// both makes the page and the Markdown of a document, twice: they must not
// depend on anything but the document.
func both(t *testing.T, doc *model.Document) (html, markdown []byte) {
	t.Helper()
	var out [2][]byte
	for i, write := range []func(*model.Document) ([]byte, error){docs.HTML, docs.Markdown} {
		first, err := write(doc)
		if err != nil {
			t.Fatal(err)
		}
		again, err := write(doc)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Error("the same document gives different bytes")
		}
		if !bytes.HasPrefix(first, []byte(docs.Mark)) {
			t.Error("the mark is missing")
		}
		out[i] = first
	}
	return out[0], out[1]
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got); -update accepts it:\n%s", file, diff)
	}
}

// The callback's page is what a reader of it sees: it changes on purpose only.
func TestCallback(t *testing.T) {
	html, markdown := both(t, callback(t))
	golden(t, "testdata/callback.html", html)
	golden(t, "testdata/callback.md", markdown)
	if n := bytes.Count(html, []byte("valid by the contract")); n != 2 {
		t.Errorf("%d examples are valid, not both", n)
	}
}

func TestFixtures(t *testing.T) {
	fixtures(t, func(t *testing.T, file string, a *txtar.Archive, doc *model.Document) {
		html, markdown := both(t, doc)
		if bytes.Contains(html, []byte("a sketch")) || bytes.Contains(markdown, []byte("a sketch")) {
			t.Error("an example is not valid")
		}
		const name = "want.md"
		if *update {
			out := &txtar.Archive{Comment: a.Comment}
			for _, f := range a.Files {
				if f.Name != name {
					out.Files = append(out.Files, f)
				}
			}
			out.Files = append(out.Files, txtar.File{Name: name, Data: markdown})
			if err := os.WriteFile(file, txtar.Format(out), 0o666); err != nil {
				t.Fatal(err)
			}
			return
		}
		var want []byte
		for _, f := range a.Files {
			if f.Name == name {
				want = f.Data
			}
		}
		if diff := cmp.Diff(string(want), string(markdown)); diff != "" {
			t.Errorf("(-want +got); -update accepts it:\n%s", diff)
		}
	})
}

// Models that no reader makes must not stop the page either.
func TestOddModels(t *testing.T) {
	field := func(typ model.TypeID, o model.Occurs) model.Field {
		return model.Field{Name: "f", Occurs: o, Type: typ, JSON: &model.JSONBinding{Name: "f"},
			XML: &model.XMLBinding{Node: model.NodeElement, Name: model.XMLName{Local: "f"}}}
	}
	record := func(fields ...model.Field) model.Type {
		return model.Type{Kind: model.KindRecord, Record: &model.Record{Fields: fields}}
	}
	union := func(ids ...model.TypeID) model.Type {
		u := &model.Union{}
		for _, id := range ids {
			u.Variants = append(u.Variants, model.Variant{Type: id})
		}
		return model.Type{Kind: model.KindUnion, Union: u}
	}
	list := func(id model.TypeID) model.Type {
		return model.Type{Kind: model.KindList, List: &model.List{Item: id}}
	}
	deep := []model.Type{}
	for range 200 {
		deep = append(deep, record(field(model.TypeID(string(rune('a'+len(deep)+1))), model.One)))
	}
	for name, types := range map[string][]model.Type{
		"no type":              {},
		"a type that is not":   {record(field("nowhere", model.One))},
		"required for ever":    {record(field("a", model.One), field("a", model.Many))},
		"a union of itself":    {union("a", "b"), union("a")},
		"a list of itself":     {list("a")},
		"lists and unions":     {list("b"), union("a", "c"), list("b")},
		"nothing in a union":   {union()},
		"nothing in a record":  {record()},
		"anything":             {{Kind: model.KindAny}},
		"an empty enumeration": {{Kind: model.KindEnumeration, Enum: &model.Enumeration{Primitive: model.String}}},
		"deep":                 deep,
	} {
		t.Run(name, func(t *testing.T) {
			for i := range types {
				types[i].ID = model.TypeID(string(rune('a' + i)))
			}
			yes := true
			html, _ := both(t, &model.Document{Root: "a", Types: types, RootElement: &model.XMLName{Local: "r"},
				JSON: &model.JSONContract{Root: 1, Schemas: []model.Schema{{ID: 1, Boolean: &yes}}}})
			check(t, html)
		})
	}
}
