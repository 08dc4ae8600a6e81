package contract

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
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

// suite opens the test suite: a sample of it unless BIFORM_CONFORMANCE says
// where all of it is to be found.
func suite(t *testing.T) ([]suiteTest, fstest.MapFS) {
	dir := os.Getenv("BIFORM_CONFORMANCE")
	if dir == "" {
		dir = "../../../shared/conformance"
	}
	list, err := os.Open(filepath.Join(dir, "xsts-1.0-open.jsonl.gz"))
	if err != nil {
		t.Skipf("the W3C XML Schema test suite is not at hand: %v", err)
	}
	defer list.Close()
	files, err := os.Open(filepath.Join(dir, "xsts-1.0-open.tar.gz"))
	if err != nil {
		t.Skipf("the W3C XML Schema test suite is not at hand: %v", err)
	}
	defer files.Close()
	unzip := func(f *os.File) io.Reader {
		z, err := gzip.NewReader(bufio.NewReader(f))
		if err != nil {
			t.Fatal(err)
		}
		return z
	}
	var tests []suiteTest
	for dec := json.NewDecoder(unzip(list)); ; {
		var row suiteTest
		if err := dec.Decode(&row); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		tests = append(tests, row)
	}
	fsys := fstest.MapFS{}
	for r := tar.NewReader(unzip(files)); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
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
		fsys[strings.TrimPrefix(h.Name, "xsts/")] = &fstest.MapFile{Data: data}
	}
	return tests, fsys
}

// TestConformance runs the instance tests of the W3C suite, and logs for each
// contributor how many verdicts are right.
func TestConformance(t *testing.T) {
	tests, fsys := suite(t)
	every := 1
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

func compileSuite(dir *folder.Folder, schemas []string) (c *wire.XMLContract, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("PANIC %v", r)
		}
	}()
	doc, diags := xsd.Read(dir, schemas[0], xsd.Options{Also: schemas[1:]})
	if diags.HasErrors() {
		return nil, diags
	}
	c, diags = XML(doc.XML)
	if diags.HasErrors() {
		return nil, diags
	}
	return c, nil
}
