package contract

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/biform/biform/gen/wire"
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
func gunzip(t *testing.T, name string) io.Reader {
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
func archive(t *testing.T, name, prefix string) fstest.MapFS {
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

// TestConformance runs the instance tests of the W3C suite, and logs for each
// contributor how many verdicts are right: every tenth of them, or all when
// BIFORM_CONFORMANCE is set.
func TestConformance(t *testing.T) {
	var tests []suiteTest
	rows(t, gunzip(t, "xsts-1.0-open.jsonl.gz"), func(row suiteTest) { tests = append(tests, row) })
	fsys := archive(t, "xsts-1.0-open.tar.gz", "xsts/")
	every := 10
	if os.Getenv("BIFORM_CONFORMANCE") != "" {
		every = 1
	}
	dir := folder.New(fsys, "")
	tables := map[string]*wire.XMLContract{}
	refused := map[string]error{}
	counts := map[string]*[4]int{} // right, wrong, schema refused, document refused
	wrong := 0
	for i, test := range tests {
		if test.Kind != "instance" || len(test.Schemas) == 0 || i%every != 0 {
			continue
		}
		n := counts[test.Contributor]
		if n == nil {
			n = new([4]int)
			counts[test.Contributor] = n
		}
		key := strings.Join(test.Schemas, " ")
		if tables[key] == nil && refused[key] == nil {
			tables[key], refused[key] = compileSuite(dir, test.Schemas)
		}
		if err := refused[key]; err != nil {
			n[2]++
			if testing.Verbose() {
				t.Logf("%s: %v", test.ID, err)
			}
			continue
		}
		file := fsys[test.Instance]
		if file == nil {
			t.Fatalf("%s: no file %s", test.ID, test.Instance)
		}
		err := tables[key].Validate(file.Data)
		switch {
		case errors.Is(err, wire.ErrDoctype) || errors.Is(err, wire.ErrEncoding):
			n[3]++
		case (err == nil) == test.Valid:
			n[0]++
		default:
			n[1]++
			wrong++
			if testing.Verbose() {
				t.Logf("WRONG %s (%s %s): want valid=%v: %v", test.ID, test.Schemas, test.Instance, test.Valid, err)
			}
		}
	}
	sum := [4]int{}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		n := counts[name]
		t.Logf("%-10s %5d right, %3d wrong; %d schemas refused, %d documents with a DOCTYPE or not in UTF-8", name, n[0], n[1], n[2], n[3])
		for i := range sum {
			sum[i] += n[i]
		}
	}
	t.Logf("in all %d of %d verdicts are right (%.2f %%)", sum[0], sum[0]+sum[1], 100*float64(sum[0])/float64(max(1, sum[0]+sum[1])))
	if wrong*50 > sum[0] {
		t.Errorf("%d wrong verdicts", wrong)
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
