package contract

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/xsd"
)

func schemaSource(attrs, body string) string {
	return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ` + attrs + `>` + body + `</xs:schema>`
}

func compileXSD(t testing.TB, src string) *wire.XMLContract {
	t.Helper()
	doc, diags := readXSD(src)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	c, diags := XML(doc.XML)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return c
}

func readXSD(src string) (*model.Document, diag.List) {
	fsys := fstest.MapFS{"s.xsd": {Data: []byte(src)}}
	return xsd.Read(folder.New(fsys, ""), "s.xsd", xsd.Options{})
}

// codes lists the codes of an error, in order.
func codes(err error) string {
	var all wire.Violations
	if !errors.As(err, &all) {
		return ""
	}
	list := make([]string, len(all))
	for i := range all {
		list[i] = string(all[i].Code)
	}
	return strings.Join(list, " ")
}

func TestXML(t *testing.T) {
	for _, c := range xmlCases {
		t.Run(c.name, func(t *testing.T) {
			table := compileXSD(t, schemaSource(c.attrs, c.xsd))
			// Twice: the second time with what the first has taught the guesses.
			for range 2 {
				for _, row := range c.rows {
					err := table.Validate([]byte(row.xml))
					if got := codes(err); got != row.codes {
						t.Errorf("%s\ngot  %q\nwant %q\n%v", row.xml, got, row.codes, err)
					}
				}
			}
		})
	}
}

// TestXMLAgainstLibxml2 compares verdicts with xmllint.
func TestXMLAgainstLibxml2(t *testing.T) {
	lint := newXMLLint(t)
	for _, c := range xmlCases {
		var docs []string
		for _, row := range c.rows {
			docs = append(docs, row.xml)
		}
		valid := lint.verdicts(t, schemaSource(c.attrs, c.xsd), docs)
		for i, row := range c.rows {
			switch differs := valid[i] != (row.codes == ""); {
			case differs && row.libxml == "":
				t.Errorf("%s: %s: xmllint says valid=%v", c.name, row.xml, valid[i])
			case !differs && row.libxml != "":
				t.Errorf("%s: %s: xmllint agrees: the reason for a difference is out of date", c.name, row.xml)
			}
		}
	}
}

// xmlLint is libxml2's command line tool.
type xmlLint struct{ path string }

func newXMLLint(t *testing.T) *xmlLint {
	path, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed: no verdicts to compare with")
	}
	return &xmlLint{path}
}

// verdicts tells for each document whether it is valid.
func (l *xmlLint) verdicts(t *testing.T, schema string, docs []string) []bool {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	args := []string{"--nonet", "--noout", "--schema", write("s.xsd", schema)}
	for i, d := range docs {
		args = append(args, write(fmt.Sprintf("%06d.xml", i), d))
	}
	out, _ := exec.Command(l.path, args...).CombinedOutput()
	valid := make([]bool, len(docs))
	for _, line := range strings.Split(string(out), "\n") {
		if strings.Contains(line, "Schemas parser error") {
			t.Fatalf("xmllint refuses the schema: %s\n%s", line, schema)
		}
		var n int
		if name, ok := strings.CutSuffix(line, " validates"); ok {
			if _, err := fmt.Sscanf(filepath.Base(name), "%06d.xml", &n); err == nil {
				valid[n] = true
			}
		}
	}
	return valid
}
