package pair_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/pair"
	"github.com/biform/biform/schema/videotag"
	"github.com/biform/biform/schema/xsd"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// The contracts of the callback agree in everything.
func TestCallback(t *testing.T) {
	f := folder.New(videotag.FS(), "")
	xml, json := read(t, f, videotag.XSD, videotag.JSONSchema)
	doc, diags := pair.Merge(xml, json)
	for _, d := range diags {
		t.Errorf("%v (hint: %s)", d, d.Hint)
	}
	for i := range doc.Types {
		r := doc.Types[i].Record
		if r == nil {
			continue
		}
		for _, f := range r.Fields {
			if f.XML == nil || f.JSON == nil || f.Repeatable {
				t.Errorf("%s/%s is not merged", doc.Types[i].ID, f.Name)
			}
		}
	}
	// Without the positions, which every new comment in a contract would move.
	golden(t, filepath.Join("testdata", "callback.golden"), regexp.MustCompile(` @\S+`).ReplaceAllString(dump(doc), ""))
}

// Every case is two contracts and what comes of them.
func TestContracts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fsys := fstest.MapFS{}
			for _, f := range archive.Files {
				fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			xml, json := read(t, folder.New(fsys, ""), "doc.xsd", "doc.schema.json")
			before := dump(xml) + dump(json)
			doc, diags := pair.Merge(xml, json)
			if after := dump(xml) + dump(json); after != before {
				t.Errorf("Merge has changed its arguments:\n%s", cmp.Diff(before, after))
			}
			got := txtar.Archive{Comment: archive.Comment, Files: archive.Files[:2]}
			got.Files = append(got.Files[:2:2], txtar.File{Name: "diagnostics", Data: []byte(list(diags))})
			if !diags.HasErrors() {
				got.Files = append(got.Files, txtar.File{Name: "merged", Data: []byte(dump(doc))})
			}
			golden(t, file, string(txtar.Format(&got)))
		})
	}
}

func read(t *testing.T, f *folder.Folder, xsdName, jsonName string) (xml, json *model.Document) {
	t.Helper()
	xml, d := xsd.Read(f, xsdName, xsd.Options{})
	if d.HasErrors() {
		t.Fatalf("%s:\n%v", xsdName, d)
	}
	json, d = jsonschema.Read(f, jsonName, jsonschema.Options{})
	if d.HasErrors() {
		t.Fatalf("%s:\n%v", jsonName, d)
	}
	return xml, json
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got); -update accepts it:\n%s", file, diff)
	}
}

// list writes diagnostics with all they say.
func list(diags diag.List) string {
	var b strings.Builder
	for _, d := range diags {
		fmt.Fprintln(&b, d)
		for _, r := range d.Related {
			fmt.Fprintln(&b, "\tand:", diag.Place(r))
		}
		if d.Hint != "" {
			fmt.Fprintln(&b, "\thint:", d.Hint)
		}
	}
	return b.String()
}

// dump writes a model in short: a line for each type, and for each member of a
// record.
func dump(doc *model.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "document %s", doc.Name)
	if doc.Wrapped {
		b.WriteString(" wrapped")
	}
	for _, s := range doc.Sources {
		fmt.Fprintf(&b, " %s=%s", s.Form, s.File)
	}
	fmt.Fprintf(&b, "\nroot %s\n", doc.Root)
	for i := range doc.Types {
		t := &doc.Types[i]
		fmt.Fprintf(&b, "%s %s", t.Kind, t.ID)
		if t.Name != "" {
			fmt.Fprintf(&b, " name=%s", t.Name)
		}
		switch {
		case t.Scalar != nil:
			fmt.Fprintf(&b, " %s", t.Scalar.Primitive)
		case t.Enum != nil:
			fmt.Fprintf(&b, " %s", t.Enum.Primitive)
			for _, v := range t.Enum.Values {
				fmt.Fprintf(&b, " %q", v.Value)
			}
		case t.List != nil:
			fmt.Fprintf(&b, " of %s", t.List.Item)
		case t.Union != nil:
			for _, v := range t.Union.Variants {
				fmt.Fprintf(&b, " %s", v.Type)
			}
		}
		for _, c := range t.Constraints {
			fmt.Fprintf(&b, " %s(%s)", c.Kind, c.Value)
		}
		b.WriteString(hints(t.Hints))
		for _, p := range t.At {
			fmt.Fprintf(&b, " @%s", diag.Place(model.Position{File: p.File, Line: p.Line, Column: p.Column}))
		}
		b.WriteByte('\n')
		if t.Record == nil {
			continue
		}
		for i := range t.Record.Fields {
			f := &t.Record.Fields[i]
			fmt.Fprintf(&b, "\t%s %s %s", f.Name, f.Occurs, f.Type)
			if f.Repeatable {
				b.WriteString(" repeatable")
			}
			if f.Occurs == model.Many {
				fmt.Fprintf(&b, " %d..%d", f.MinItems, f.MaxItems)
			}
			if f.Default != nil {
				fmt.Fprintf(&b, " default=%q", *f.Default)
			}
			if f.Fixed != nil {
				fmt.Fprintf(&b, " fixed=%q", *f.Fixed)
			}
			if f.XML != nil {
				fmt.Fprintf(&b, " xml:%s", f.XML.Node)
				if f.XML.Name.Local != f.Name {
					fmt.Fprintf(&b, "=%s", f.XML.Name.Local)
				}
				if f.XML.Wrapper != nil {
					fmt.Fprintf(&b, " in %s", f.XML.Wrapper.Local)
				}
			}
			if f.JSON != nil {
				fmt.Fprintf(&b, " json")
				for _, s := range f.JSON.Spellings {
					fmt.Fprintf(&b, ":%s", s)
				}
				if f.JSON.Bare {
					b.WriteString(" bare")
				}
				if f.JSON.Null {
					b.WriteString(" null")
				}
			}
			b.WriteString(hints(f.Hints))
			b.WriteByte('\n')
		}
		for _, p := range t.Record.Patterns {
			fmt.Fprintf(&b, "\t/%s/ %s\n", p.Pattern, p.Type)
		}
		if t.Record.Additional != "" {
			fmt.Fprintf(&b, "\t... %s\n", t.Record.Additional)
		}
	}
	return b.String()
}

func hints(h model.Hints) string {
	var b strings.Builder
	for _, kv := range [][2]string{{"type", h.Type}, {"layouts", strings.Join(h.Layouts, "|")}, {"absent", strings.Join(h.Absent, "|")}, {"goName", h.GoName}, {"goType", h.GoType}, {"since", h.Since}} {
		if kv[1] != "" {
			fmt.Fprintf(&b, " %s=%s", kv[0], kv[1])
		}
	}
	if h.EmptyIsAbsent {
		b.WriteString(" emptyIsAbsent")
	}
	return b.String()
}
