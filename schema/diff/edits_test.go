package diff_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/biform/biform/schema/diff"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/xsd"
)

// edit is a case of testdata/edits.
type edit struct {
	name     string
	from, to []string
	want     []string
}

// readEdits reads an archive of edits.
func readEdits(t *testing.T, name string) (file, base string, edits []edit) {
	t.Helper()
	ar, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range ar.Files[1:] {
		e := edit{name: f.Name}
		for line := range strings.Lines(string(f.Data)) {
			key, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
			text = strings.TrimPrefix(text, " ")
			switch {
			case ok && key == "from":
				e.from = append(e.from, text)
			case ok && key == "to":
				e.to = append(e.to, text)
			case ok && key == "want":
				e.want = append(e.want, text)
			case ok && key == "go":
			default:
				t.Fatalf("%s: %s: %q", name, f.Name, line)
			}
		}
		edits = append(edits, e)
	}
	return ar.Files[0].Name, string(ar.Files[0].Data), edits
}

// apply makes an edit.
func (e *edit) apply(t *testing.T, text string) string {
	t.Helper()
	if len(e.from) != len(e.to) {
		t.Fatalf("%d from, %d to", len(e.from), len(e.to))
	}
	for i, from := range e.from {
		if !strings.Contains(text, from) {
			t.Fatalf("the base does not have %q", from)
		}
		text = strings.ReplaceAll(text, from, e.to[i])
	}
	return text
}

// read reads one contract.
func read(t testing.TB, name, text string) *model.Document {
	t.Helper()
	f := folder.New(fstest.MapFS{name: {Data: []byte(text)}}, "")
	if strings.HasSuffix(name, ".xsd") {
		doc, diags := xsd.Read(f, name, xsd.Options{Root: ""})
		if err := diags.Err(); err != nil {
			t.Fatal(err)
		}
		return doc
	}
	doc, diags := jsonschema.Read(f, name, jsonschema.Options{})
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	return doc
}

// show writes changes as "PATH: CLASS, CLASS".
func show(changes []diff.Change) []string {
	var out []string
	for _, c := range changes {
		var classes []string
		for _, k := range c.Classes {
			classes = append(classes, string(k))
		}
		out = append(out, c.Path+": "+strings.Join(classes, ", "))
	}
	return out
}

// TestEdits compares every base with itself after one edit.
func TestEdits(t *testing.T) {
	files, err := filepath.Glob("testdata/edits/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no edits", err)
	}
	n := 0
	for _, name := range files {
		file, base, edits := readEdits(t, name)
		for _, e := range edits {
			n++
			t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar")+"/"+e.name, func(t *testing.T) {
				old, new := read(t, file, base), read(t, file, e.apply(t, base))
				changes := diff.Compare(old, new)
				got := show(changes)
				slices.Sort(got)
				slices.Sort(e.want)
				if d := cmp.Diff(e.want, got); d != "" {
					t.Errorf("-want +got:\n%s\n%s", d, messages(changes))
				}
				for i := range changes {
					c := &changes[i]
					if c.Message == "" || len(c.Classes) == 0 || len(c.Old)+len(c.New) == 0 && c.Kind != diff.Prose {
						t.Errorf("%+v says too little", c)
					}
				}
			})
		}
	}
	if n < 100 {
		t.Errorf("only %d edits", n)
	}
}

// TestAsserted compares annotations that are rules on request.
func TestAsserted(t *testing.T) {
	doc := func(keywords string, asserted bool) *model.Document {
		text := `{"title": "T", "type": "object", "properties": {"a": {"type": "string"` + keywords + `}}}`
		f := folder.New(fstest.MapFS{"a.json": {Data: []byte(text)}}, "")
		d, diags := jsonschema.Read(f, "a.json", jsonschema.Options{FormatAssertion: asserted})
		if err := diags.Err(); err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct{ old, new, annotated, asserted string }{
		{``, `, "format": "uri"`, "/a: docs", "/a: stricter"},
		{`, "format": "uri"`, ``, "/a: docs", "/a: looser"},
		{`, "format": "uri"`, `, "format": "uuid"`, "/a: docs", "/a: stricter, looser"},
		{``, `, "contentMediaType": "application/json"`, "/a: docs", "/a: stricter"},
		{``, `, "contentEncoding": "base64"`, "/a: json-break", "/a: json-break, stricter"},
	} {
		for asserted, want := range map[bool]string{false: c.annotated, true: c.asserted} {
			changes := diff.Compare(doc(c.old, asserted), doc(c.new, asserted))
			if got := strings.Join(show(changes), "\n"); got != want {
				t.Errorf("%s to %s, asserted %v: %s, want %s", c.old, c.new, asserted, got, want)
			}
		}
	}
}

func messages(changes []diff.Change) string {
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "%s: %s: %s %v %s\n", c.Path, c.Kind, c.Subject, c.Classes, c.Message)
	}
	return b.String()
}
