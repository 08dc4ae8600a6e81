package evolve_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	udiff "github.com/aymanbagabas/go-udiff"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/evolve"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/observe"
	"github.com/biform/biform/schema/videotag"
)

var update = flag.Bool("update", false, "write the goldens")

// archive is a fixture: contracts, payloads, and what becomes of them. The
// comment of the archive may have lines "contracts: callback", to start from
// the callback's, and "payload: FILE", for a payload of package fixtures.
type archive struct {
	*txtar.Archive
	contracts load.Contracts
	payloads  []evolve.Payload
}

func parse(t *testing.T, file string) *archive {
	t.Helper()
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a := &archive{Archive: ar}
	fsys := fstest.MapFS{}
	for _, line := range strings.Split(string(ar.Comment), "\n") {
		if line == "contracts: callback" {
			a.contracts.XSD, a.contracts.JSONSchema = videotag.XSD, videotag.JSONSchema
			for _, name := range []string{videotag.XSD, videotag.JSONSchema} {
				data, err := os.ReadFile("../videotag/" + name)
				if err != nil {
					t.Fatal(err)
				}
				fsys[name] = &fstest.MapFile{Data: data}
			}
		}
		if name, ok := strings.CutPrefix(line, "payload: "); ok {
			data, err := os.ReadFile("../../fixtures/payloads/" + name)
			if err != nil {
				t.Fatal(err)
			}
			a.payloads = append(a.payloads, evolve.Payload{Name: name, Data: data})
		}
	}
	crlf := bytes.Contains(ar.Comment, []byte("line ends: CRLF"))
	for _, f := range ar.Files {
		data := f.Data
		if crlf {
			data = bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
		}
		switch {
		case f.Name == "want":
		case strings.HasPrefix(f.Name, "payload"):
			a.payloads = append(a.payloads, evolve.Payload{Name: f.Name, Data: bytes.TrimSuffix(f.Data, []byte("\n"))})
		case f.Name == "contract.xsd":
			a.contracts.XSD = f.Name
			fsys[f.Name] = &fstest.MapFile{Data: data}
		case f.Name == "contract.schema.json":
			a.contracts.JSONSchema = f.Name
			fsys[f.Name] = &fstest.MapFile{Data: data}
		default:
			fsys[f.Name] = &fstest.MapFile{Data: data}
		}
	}
	a.contracts.Folder = folder.New(fsys, "")
	return a
}

// TestGolden extends the contracts of each archive of testdata and compares the
// change, and what is left. It holds that the new contracts are sound, that
// they have nothing left to learn from the payloads, and that lines that are
// not in the change are those of before, byte for byte.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no archives", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a := parse(t, file)
			result, diags := evolve.Contracts(a.contracts, a.payloads)
			out := report(result, diags)
			a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
			a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(strings.ReplaceAll(out, "\r\n", "\\r\n"))})
			got := txtar.Format(a.Archive)
			if *update {
				if err := os.WriteFile(file, got, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
			if result != nil {
				settled(t, a, result)
			}
		})
	}
}

// report writes a result for a golden.
func report(result *evolve.Result, diags diag.List) string {
	var out strings.Builder
	if result != nil {
		for _, f := range result.Files {
			out.WriteString(udiff.Unified(f.Name, f.Name, string(f.Old), string(f.New)))
		}
		diags = slices.Concat(diags, result.Notes, result.Left)
	}
	for _, d := range diags {
		fmt.Fprintf(&out, "%s\n", d.Error())
		if d.Hint != "" {
			fmt.Fprintf(&out, "\thint: %s\n", d.Hint)
		}
	}
	return out.String()
}

// settled holds that the new contracts are sound and have nothing to learn.
func settled(t failer, a *archive, result *evolve.Result) {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, name := range []string{a.contracts.XSD, a.contracts.JSONSchema} {
		if name == "" {
			continue
		}
		f, err := a.contracts.Folder.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: f.Data}
	}
	for _, f := range a.Files {
		if file, err := a.contracts.Folder.Read(f.Name); err == nil {
			fsys[f.Name] = &fstest.MapFile{Data: file.Data}
		}
	}
	for _, f := range result.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.New}
		untouched(t, string(f.Old), string(f.New))
	}
	c := a.contracts
	c.Folder = folder.New(fsys, "")
	doc, diags := load.Document(c)
	if diags.HasErrors() {
		t.Fatalf("the new contracts are not sound: %v", diags)
	}
	if _, old := load.Document(a.contracts); len(diags) > len(old) {
		t.Errorf("the new contracts have new warnings: %v", diags)
	}
	again, diags := evolve.Contracts(c, a.payloads)
	if again == nil {
		t.Fatal(diags)
	}
	for _, f := range again.Files {
		t.Errorf("once more, there is a change:\n%s", udiff.Unified(f.Name, f.Name, string(f.Old), string(f.New)))
	}
	if len(result.Left) == 0 {
		for _, p := range a.payloads {
			read, err := observe.Read(doc, p.Name, p.Data)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range read.Issues {
				t.Errorf("%s: %s", p.Name, i)
			}
		}
	}
}

// failer is what testing.T and rapid.T have in common.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// prose finds what people wrote into a contract.
var prose = regexp.MustCompile(`(?s)<!--.*?-->|<xs:documentation>.*?</xs:documentation>|"description": "[^"]*"|<xs:appinfo.*?</xs:appinfo>`)

// untouched holds that a change keeps the line ends, and all that people wrote
// into the contract, in its order.
func untouched(t failer, before, after string) {
	t.Helper()
	end := "\n"
	if strings.Contains(before, "\r\n") {
		end = "\r\n"
	}
	if strings.Count(after, "\n") != strings.Count(after, end) {
		t.Errorf("the line ends are mixed")
	}
	at := 0
	for _, s := range prose.FindAllString(before, -1) {
		if strings.Contains(s, "Type not seen yet") {
			continue
		}
		i := strings.Index(after[at:], s)
		if i < 0 {
			t.Errorf("this is lost, or stands elsewhere: %s", s)
			continue
		}
		at += i + len(s)
	}
}

// TestAdded holds that a contract which only gets new members keeps every line,
// byte for byte, but for the comma that JSON needs behind what was the last.
func TestAdded(t *testing.T) {
	for _, name := range []string{"callback_labels", "callback_v0_v1", "callback_v1_today", "crlf", "nulls", "attributes"} {
		t.Run(name, func(t *testing.T) {
			a := parse(t, filepath.Join("testdata", name+".txtar"))
			result, diags := evolve.Contracts(a.contracts, a.payloads)
			if result == nil {
				t.Fatal(diags)
			}
			for _, f := range result.Files {
				lines := strings.SplitAfter(string(f.New), "\n")
				at := 0
				for _, old := range strings.SplitAfter(string(f.Old), "\n") {
					body := strings.TrimRight(old, "\r\n")
					end := old[len(body):]
					i := slices.IndexFunc(lines[at:], func(s string) bool {
						return s == old || s == body+","+end || strings.Contains(body, `"enum"`) && strings.Contains(s, `"enum"`)
					})
					if i < 0 {
						t.Fatalf("%s: this line is not there any more: %q", f.Name, old)
					}
					at += i + 1
				}
			}
		})
	}
}
