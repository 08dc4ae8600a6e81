package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/generator/contract"
	"github.com/biform/biform/schema/evolve"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/load"
)

// TestEvolvedValidate holds, for the fixtures of package evolve, that payloads
// are valid by the contracts that were extended by them, when nothing was left
// over and there is nothing to look at. An archive that says "tolerated:" has
// payloads that decode and are not valid, which no contract changes.
func TestEvolvedValidate(t *testing.T) {
	files, err := filepath.Glob("../../schema/evolve/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no archives", err)
	}
	tested := 0
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, fsys := load.Contracts{}, fstest.MapFS{}
		if strings.Contains(string(ar.Comment), "contracts: callback") {
			c = callback
		}
		var payloads []evolve.Payload
		for _, f := range ar.Files {
			switch {
			case strings.HasPrefix(f.Name, "payload"):
				payloads = append(payloads, evolve.Payload{Name: f.Name, Data: f.Data})
				continue
			case f.Name == "contract.xsd":
				c.XSD = f.Name
			case f.Name == "contract.schema.json":
				c.JSONSchema = f.Name
			}
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
		if c.Folder == nil {
			c.Folder = folder.New(fsys, "")
		}
		result, diags := evolve.Contracts(c, payloads)
		if result == nil {
			t.Fatalf("%s: %v", file, diags)
		}
		if len(result.Left)+len(result.Notes) > 0 || strings.Contains(string(ar.Comment), "\ntolerated: ") {
			continue
		}
		tested++
		for _, p := range payloads {
			var validate func([]byte) error
			if wire.IsXML(p.Data) {
				tables, more := contract.XML(result.Document.XML)
				if more.HasErrors() {
					t.Fatal(more)
				}
				validate = tables.Validate
			} else {
				tables, more := contract.JSON(result.Document.JSON)
				if more.HasErrors() {
					t.Fatal(more)
				}
				validate = tables.Validate
			}
			var violations wire.Violations
			if errors.As(validate(p.Data), &violations) {
				for _, v := range violations {
					t.Errorf("%s: %s: %d:%d: %s: %s", filepath.Base(file), p.Name, v.Line, v.Column, v.Path, v.Message)
				}
			}
		}
	}
	if tested < 6 {
		t.Errorf("only %d archives were tested", tested)
	}
}
