package xsd

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
)

var (
	xstsEvery = flag.Int("xsts-every", 25, "read one schema test of the W3C suite in so many")
	xstsLog   = flag.String("xsts-log", "", "file to write the verdicts to that differ from the suite's")
)

// conformanceDir finds the public conformance data, which is no part of the
// repository.
func conformanceDir(t *testing.T) string {
	if dir := os.Getenv("BIFORM_CONFORMANCE"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(filepath.Dir(dir), "shared", "conformance")
		}
	}
	t.Fatal("no go.mod above the test")
	return ""
}

// xstsCase is one schema test of the W3C XML Schema test suite.
type xstsCase struct {
	ID      string
	Kind    string
	Schemas []string
	Valid   bool
}

func xstsCases(t *testing.T, dir string) []xstsCase {
	f, err := os.Open(filepath.Join(dir, "xsts-1.0-open.jsonl.gz"))
	if err != nil {
		t.Skipf("no conformance data: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var out []xstsCase
	lines := bufio.NewScanner(z)
	for n := 0; lines.Scan(); {
		var c xstsCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if c.Kind != "schema" {
			continue
		}
		if n++; n%*xstsEvery == 0 {
			out = append(out, c)
		}
	}
	return out
}

// xstsFiles reads the files of the suite that lie in a folder of a case.
func xstsFiles(t *testing.T, dir string, cases []xstsCase) fstest.MapFS {
	folders := map[string]bool{}
	for _, c := range cases {
		for _, s := range c.Schemas {
			for d := path.Dir(s); d != "."; d = path.Dir(d) {
				folders[d] = true
			}
		}
	}
	f, err := os.Open(filepath.Join(dir, "xsts-1.0-open.tar.gz"))
	if err != nil {
		t.Skipf("no conformance data: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return fsys
		}
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(h.Name, "xsts/")
		if h.Typeflag != tar.TypeReg || !folders[path.Dir(name)] || strings.HasSuffix(name, ".xml") {
			continue
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: data}
	}
}

// TestConformance reads a sample of the W3C suite's schemas: nothing may panic
// or hang. It logs how many verdicts agree with the suite's.
func TestConformance(t *testing.T) {
	dir := conformanceDir(t)
	cases := xstsCases(t, dir)
	fsys := xstsFiles(t, dir, cases)
	var differ strings.Builder
	count := map[string]int{}
	start := time.Now()
	for _, c := range cases {
		begin := time.Now()
		_, diags := Read(folder.New(fsys, ""), c.Schemas[0], Options{Also: c.Schemas[1:]})
		if d := time.Since(begin); d > 5*time.Second {
			t.Errorf("%s takes %v", c.ID, d)
		}
		verdict := xstsVerdict(diags)
		key := fmt.Sprintf("valid=%t %s", c.Valid, verdict)
		count[key]++
		if verdict == "unsupported" || (verdict == "accepted") != c.Valid {
			fmt.Fprintf(&differ, "%s\t%s\t%s\n", key, c.ID, strings.Join(c.Schemas, " "))
			for _, d := range diags {
				if d.Severity == diag.Error {
					fmt.Fprintf(&differ, "\t%s\n", d.Error())
				}
			}
		}
	}
	t.Logf("%d schema tests in %v: of the valid %d accepted, %d unsupported, %d refused; of the invalid %d refused, %d unsupported, %d accepted",
		len(cases), time.Since(start).Round(time.Millisecond),
		count["valid=true accepted"], count["valid=true unsupported"], count["valid=true refused"],
		count["valid=false refused"], count["valid=false unsupported"], count["valid=false accepted"])
	if *xstsLog != "" {
		if err := os.WriteFile(*xstsLog, []byte(differ.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// xstsVerdict classes diagnostics. A schema without an element that could be a
// root is a sound schema, though no contract.
func xstsVerdict(diags diag.List) string {
	verdict := "accepted"
	for _, d := range diags {
		switch {
		case d.Severity != diag.Error, d.Code == "no-root":
		case d.Code == "unsupported":
			if verdict == "accepted" {
				verdict = "unsupported"
			}
		default:
			verdict = "refused"
		}
	}
	return verdict
}
