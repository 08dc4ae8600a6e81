package contract

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/xsd"
	"github.com/biform/biform/gen/wire"
)

func bigTables(t testing.TB, dir, name string, also ...string) *wire.XMLContract {
	start := time.Now()
	doc, diags := xsd.Read(folder.New(os.DirFS(dir), ""), name, xsd.Options{Also: also})
	if diags.HasErrors() {
		s := diags.Error()
		t.Logf("%s: %s", name, s[:min(len(s), 3000)])
		return nil
	}
	read := time.Since(start)
	start = time.Now()
	c, diags := XML(doc.XML)
	if diags.HasErrors() {
		t.Log(diags)
		return nil
	}
	steps := 0
	for _, s := range c.States {
		steps += len(s.Next)
	}
	t.Logf("%s: read %v, tables %v: %d elements, %d types, %d simple, %d states, %d steps", name, read, time.Since(start), len(c.Elements), len(c.Types), len(c.Simple), len(c.States), steps)
	return c
}

func TestZZCdx(t *testing.T) {
	tables := map[string]*wire.XMLContract{}
	data, _ := os.ReadFile("/tmp/cdx/manifest-open.jsonl")
	ok, bad := 0, 0
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		var r struct{ ID, File, Encoding, Expected, XSD string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		if r.Encoding != "xml" {
			continue
		}
		if _, done := tables[r.XSD]; !done {
			tables[r.XSD] = bigTables(t, "/tmp/cdx/schema", filepath.Base(r.XSD))
		}
		c := tables[r.XSD]
		if c == nil {
			continue
		}
		doc, err := os.ReadFile("/tmp/cdx/" + r.File)
		if err != nil {
			t.Fatal(err)
		}
		err = c.Validate(doc)
		if (err == nil) == (r.Expected == "valid") {
			ok++
			if err != nil && ok%5 == 0 {
				t.Logf("%s: %v", r.ID, err)
			}
		} else {
			bad++
			t.Logf("BAD %s %s: %v", r.ID, r.Expected, err)
		}
		if err == nil {
			n := 0
			start := time.Now()
			for time.Since(start) < 2*time.Millisecond {
				c.Validate(doc)
				n++
			}
			fmt.Printf("%s %d bytes %.1f MB/s\n", r.ID, len(doc), float64(len(doc)*n)/time.Since(start).Seconds()/1e6)
		}
	}
	t.Logf("%d right, %d wrong", ok, bad)
}

func TestZZFhir(t *testing.T) {
	c := bigTables(t, "/tmp/fhir/schema", "fhir-single.xsd")
	if c == nil {
		return
	}
	files, _ := filepath.Glob("/tmp/fhir/xml/*.xml")
	var bytes, n int
	start := time.Now()
	for _, f := range files {
		data, _ := os.ReadFile(f)
		bytes += len(data)
		if err := c.Validate(data); err != nil {
			if n++; n < 5 {
				t.Logf("%s: %v", f, err)
			}
		}
	}
	t.Logf("%d files, %d invalid, %.1f MB/s", len(files), n, float64(bytes)/time.Since(start).Seconds()/1e6)
}
