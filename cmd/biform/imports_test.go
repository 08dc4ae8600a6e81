package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/biform/biform/"

// TestImportsRunOneWay holds the edges of the house: cmd imports generator,
// generator imports schema, both may import templates, gen imports the standard library only, and only
// package emit imports jennifer.
func TestImportsRunOneWay(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Standard", "../../...")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	standard := map[string]bool{"unsafe": true, "C": true}
	imports := map[string][]string{}
	for dec := json.NewDecoder(out); ; {
		var p struct {
			ImportPath string
			Imports    []string
			Standard   bool
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		standard[p.ImportPath] = p.Standard
		if own, ok := strings.CutPrefix(p.ImportPath, module); ok {
			imports[own] = p.Imports
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if len(imports) < 10 {
		t.Fatalf("go list lists %d packages", len(imports))
	}
	// What the packages below a folder may import of the others.
	allowed := map[string][]string{
		"schema":    {"schema"},
		"generator": {"generator", "schema", "gen", "templates"},
		"gen":       {"gen"},
		"cmd":       {"generator", "schema", "gen", "templates"},
		"fixtures":  {"fixtures", "generator", "schema", "gen", "cmd", "templates"},
		"templates": nil, // text, which imports nothing of ours
	}
	for pkg, list := range imports {
		top, _, _ := strings.Cut(pkg, "/")
		for _, i := range list {
			own, ours := strings.CutPrefix(i, module)
			switch {
			case ours:
				to, _, _ := strings.Cut(own, "/")
				ok := false
				for _, a := range allowed[top] {
					ok = ok || a == to
				}
				if !ok {
					t.Errorf("%s imports %s", pkg, own)
				}
			case top == "gen" && !standard[i]:
				t.Errorf("%s imports %s: gen imports the standard library only", pkg, i)
			case strings.HasPrefix(i, "github.com/dave/jennifer") && pkg != "generator/emit":
				t.Errorf("%s imports jennifer: only generator/emit does", pkg)
			}
		}
	}
	for _, i := range imports["schema/model"] {
		if strings.HasPrefix(i, module) {
			t.Errorf("schema/model imports %s", i)
		}
	}
}
