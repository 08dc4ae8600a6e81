package contract

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/xsd"
)

// suiteTest is a test of the W3C's XML Schema test suite.
type suiteTest struct {
	ID          string
	Contributor string
	Kind        string
	Schemas     []string
	Instance    string
	Valid       bool
}

// conformance returns the folder of public conformance data: the one beside the
// checkout, or where BIFORM_CONFORMANCE points.
func conformance() string {
	if dir := os.Getenv("BIFORM_CONFORMANCE"); dir != "" {
		return dir
	}
	return "../../../shared/conformance"
}

// gunzip opens a compressed file of the conformance data. The test is skipped
// where there is none.
func gunzip(t testing.TB, name string) io.Reader {
	f, err := os.Open(filepath.Join(conformance(), name))
	if err != nil {
		t.Skipf("conformance data is not at hand: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// archive reads an archive of the conformance data.
func archive(t testing.TB, name, prefix string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for r := tar.NewReader(gunzip(t, name)); ; {
		h, err := r.Next()
		if err == io.EOF {
			return fsys
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fsys[strings.TrimPrefix(strings.TrimPrefix(h.Name, "./"), prefix)] = &fstest.MapFile{Data: data}
	}
}

// rows calls f with every row of a list of JSON objects.
func rows[T any](t *testing.T, r io.Reader, f func(T)) {
	for dec := json.NewDecoder(r); ; {
		var row T
		if err := dec.Decode(&row); err == io.EOF {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		f(row)
	}
}

// TestCycloneDX validates the XML files of CycloneDX against its schemas.
func TestCycloneDX(t *testing.T) {
	fsys := archive(t, "cyclonedx-1.0-1.5.tar.gz", "")
	dir := folder.New(fsys, "")
	tables := map[string]*wire.XMLContract{}
	count := 0
	rows(t, bytes.NewReader(fsys["manifest-open.jsonl"].Data), func(row struct{ ID, File, Encoding, Expected, XSD string }) {
		if row.Encoding != "xml" {
			return
		}
		if tables[row.XSD] == nil {
			c, err := compileSuite(dir, []string{row.XSD})
			if err != nil {
				t.Fatalf("%s: %v", row.XSD, err)
			}
			tables[row.XSD] = c
		}
		count++
		err := tables[row.XSD].Validate(fsys[row.File].Data)
		if (err == nil) != (row.Expected == "valid") {
			t.Errorf("%s: want %s: %v", row.ID, row.Expected, err)
		}
	})
	t.Logf("%d verdicts", count)
}

// The list of tests whose verdict differs from the suite's, each with its
// reason, and the rates that the whole suite comes to. -update writes the rates,
// and the list without its reasons where it changed.
const (
	xstsKnown = "testdata/xsts_known.txt"
	xstsRates = "testdata/xsts_rates.txt"
)

var updateRates = flag.Bool("update-xsts", false, "write the rates of the W3C suite, and new entries of the known failures without a reason")

// knownFailures reads the list: "excluded" are tests that cannot be run with
// what the archive has, "fails" those whose verdict differs.
func knownFailures(t *testing.T) map[string]string {
	known := map[string]string{}
	data, err := os.ReadFile(xstsKnown)
	if err != nil && !*updateRates {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		f := strings.SplitN(strings.TrimSpace(line), "\t", 3)
		if len(f) != 3 || f[0] != "excluded" && f[0] != "fails" || f[2] == "" {
			t.Fatalf("%s: %q is not excluded or fails, a test and a reason, separated by tabs", xstsKnown, line)
		}
		known[f[1]] = f[0] + "\t" + f[2]
	}
	return known
}

// suite runs tests, and keeps the tables of schemas that several of them use.
type suite struct {
	dir      *folder.Folder
	compiled map[string]*wire.XMLContract
	diags    map[string]diag.List
}

// contract compiles the schemas of a test, with those that the document names.
func (s *suite) contract(schemas, hints []string, tables bool) (*wire.XMLContract, diag.List) {
	key := strings.Join(append(append([]string{fmt.Sprint(tables)}, schemas...), hints...), " ")
	if d, ok := s.diags[key]; ok {
		return s.compiled[key], d
	}
	opts := xsd.Options{Also: schemas[1:], ComponentsOnly: true}
	for _, h := range hints {
		opts.Hints = append(opts.Hints, folder.Place{Folder: s.dir, Name: h})
	}
	doc, diags := xsd.Read(s.dir, schemas[0], opts)
	if !diags.HasErrors() && tables {
		c, more := XML(doc.XML)
		s.compiled[key], diags = c, append(diags, more...)
	}
	s.diags[key] = diags
	return s.compiled[key], diags
}

// run returns whether what the test is about is valid, and whether a schema
// refers to a file that the archive does not have.
func (s *suite) run(test suiteTest, data []byte) (valid, missing bool, why error) {
	var hints []string
	if data != nil {
		hints = s.hints(test, data)
	}
	c, diags := s.contract(test.Schemas, hints, data != nil)
	for _, d := range diags {
		missing = missing || d.Code == "no-such-file"
	}
	if err := diags.Err(); err != nil || data == nil {
		return err == nil, missing, err
	}
	why = c.Validate(data)
	return why == nil, missing, why
}

// hints lists the schema documents of the archive that a document names.
func (s *suite) hints(test suiteTest, data []byte) []string {
	const xsi = "http://www.w3.org/2001/XMLSchema-instance"
	var list []string
	for dec := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := dec.Token()
		if err != nil {
			return list
		}
		start, _ := token.(xml.StartElement)
		for _, a := range start.Attr {
			fields := strings.Fields(a.Value)
			switch {
			case a.Name == xml.Name{Space: xsi, Local: "noNamespaceSchemaLocation"}:
			case a.Name == xml.Name{Space: xsi, Local: "schemaLocation"}:
				for i := 0; i < len(fields); i++ {
					fields = slices.Delete(fields, i, i+1)
				}
			default:
				continue
			}
			for _, f := range fields {
				name, err := folder.Resolve(test.Instance, f)
				if _, there := s.dir.Read(name); err == nil && there == nil && !slices.Contains(list, name) && !slices.Contains(test.Schemas, name) {
					list = append(list, name)
				}
			}
		}
	}
}

// TestConformance runs the W3C suite: every tenth test, or all when
// BIFORM_CONFORMANCE is set. Every verdict must be the suite's, but for those
// of the known failures, which must not; over the whole suite the rates must be
// those of the checked-in text.
func TestConformance(t *testing.T) {
	var tests []suiteTest
	rows(t, gunzip(t, "xsts-1.0-open.jsonl.gz"), func(row suiteTest) { tests = append(tests, row) })
	fsys := archive(t, "xsts-1.0-open.tar.gz", "xsts/")
	every := 10
	if os.Getenv("BIFORM_CONFORMANCE") != "" || *updateRates {
		every = 1
	}
	s := &suite{dir: folder.New(fsys, ""), compiled: map[string]*wire.XMLContract{}, diags: map[string]diag.List{}}
	known := knownFailures(t)
	type rate struct{ right, all, rejected, invalid, excluded int }
	rates := map[string]*rate{}
	unknown := &strings.Builder{}
	for i, test := range tests {
		if i%every != 0 || len(test.Schemas) == 0 {
			continue
		}
		var data []byte
		if test.Kind == "instance" {
			data = fsys[test.Instance].Data
		}
		valid, missing, why := s.run(test, data)
		id := test.Kind + " " + test.ID
		verdict, _, _ := strings.Cut(known[id], "\t")
		for _, key := range []string{test.Kind + " " + test.Contributor, test.Kind + " all"} {
			n := rates[key]
			if n == nil {
				n = new(rate)
				rates[key] = n
			}
			if verdict == "excluded" {
				n.excluded++
				continue
			}
			n.all++
			if valid == test.Valid {
				n.right++
			}
			if !test.Valid {
				if n.invalid++; !valid {
					n.rejected++
				}
			}
		}
		switch {
		case valid == test.Valid && verdict != "":
			t.Errorf("%s: the verdict is right: take it off %s", id, xstsKnown)
		case valid != test.Valid && verdict == "" && *updateRates:
			switch {
			case missing:
				fmt.Fprintf(unknown, "excluded\t%s\tthe schema refers to a file that the archive does not have\n", id)
			default:
				fmt.Fprintf(unknown, "fails\t%s\t%.300s\n", id, strings.ReplaceAll(fmt.Sprint(why), "\n", " "))
			}
		case valid != test.Valid && verdict == "":
			t.Errorf("%s: valid is %t, the suite says %t: %.500v", id, valid, test.Valid, why)
		}
	}
	var b strings.Builder
	b.WriteString("# Verdicts that are the W3C XML Schema 1.0 test suite's, by contributor.\n")
	fmt.Fprintf(&b, "%-20s %7s %7s %8s   %s\n", "tests", "right", "of", "", "invalid ones rejected; excluded")
	for _, key := range slices.Sorted(maps.Keys(rates)) {
		n := rates[key]
		fmt.Fprintf(&b, "%-20s %7d %7d %7.2f%%   %d of %d; %d\n", key, n.right, n.all, 100*float64(n.right)/float64(max(1, n.all)), n.rejected, n.invalid, n.excluded)
	}
	t.Logf("\n%s", b.String())
	if *updateRates {
		f, err := os.OpenFile(xstsKnown, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteString(unknown.String()); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(xstsRates, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if every == 1 {
		want, err := os.ReadFile(xstsRates)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), b.String()); d != "" {
			t.Errorf("the rates changed (-update-xsts rewrites them):\n%s", d)
		}
	}
}

func compileSuite(dir *folder.Folder, schemas []string) (*wire.XMLContract, error) {
	doc, diags := xsd.Read(dir, schemas[0], xsd.Options{Also: schemas[1:]})
	if diags.HasErrors() {
		return nil, diags
	}
	c, diags := XML(doc.XML)
	return c, diags.Err()
}
