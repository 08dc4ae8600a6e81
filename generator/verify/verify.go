// Package verify holds generated source to what biform promises of it, before
// a byte of it is written: it parses, it imports nothing but the standard library
// and the runtime, and it type-checks against that runtime.
//
// A failure is a fault of biform, never of a contract.
package verify

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/biform/biform/gen"
	"github.com/biform/biform/generator/emit"
	"github.com/biform/biform/schema/diag"
)

// allowed are the packages of the standard library that generated code may
// import.
var allowed = map[string]bool{
	"encoding/json": true, "encoding/xml": true, "sync": true, "unicode/utf8": true,
	"context": true, "net/http": true,
}

// Package checks the Go files of one package that imports the runtime by that
// path.
func Package(files []emit.File, runtime string) error {
	fset := token.NewFileSet()
	parsed := make([]*ast.File, len(files))
	errs := each(len(files), func(i int) (err error) {
		parsed[i], err = parse(fset, files[i], runtime)
		return err
	})
	if i := slices.IndexFunc(errs, isError); i >= 0 {
		return withSource(files[i], errs[i])
	}
	imp, err := importerOf(runtime, imports(parsed, path.Join(runtime, gen.Webhook)))
	if err != nil {
		return err
	}
	err = check(imp, fset, parsed)
	if te, ok := err.(types.Error); ok {
		for _, f := range files {
			if fset.Position(te.Pos).Filename == f.Name {
				return withSource(f, err)
			}
		}
		return diag.Bugf("%v", err)
	}
	return err
}

// parse parses a file, and looks at what it imports.
func parse(fset *token.FileSet, f emit.File, runtime string) (*ast.File, error) {
	file, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, i := range file.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		example := f.Name == emit.ExamplesFile && p == "fmt"
		if err != nil || p != runtime && p != path.Join(runtime, gen.Webhook) && !allowed[p] && !example {
			return nil, fmt.Errorf("it imports %s", i.Path.Value)
		}
	}
	return file, nil
}

// each does n things side by side, and returns their errors in order.
func each(n int, do func(int) error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { errs[i] = do(i) })
	}
	all.Wait()
	return errs
}

func isError(err error) bool { return err != nil }

// withSource returns a bug that shows the lines around the fault.
func withSource(f emit.File, err error) error {
	at := 0
	for _, part := range strings.Split(err.Error(), ":") {
		if n, e := strconv.Atoi(part); e == nil {
			at = n
			break
		}
	}
	var b strings.Builder
	lines := strings.Split(string(f.Data), "\n")
	for i := max(0, at-4); i < min(len(lines), at+3); i++ {
		fmt.Fprintf(&b, "\n%5d  %s", i+1, lines[i])
	}
	return diag.Bugf("%s: %v%s", f.Name, err, b.String())
}

// importer finds the runtime's types in the source that biform carries, and
// the standard library's where the go command has them compiled.
type importer map[string]*types.Package

func (i importer) Import(path string) (*types.Package, error) {
	if p := i[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("package %s is not at hand", path)
}

// importerOf returns the importer for a runtime, made once: the packages of many
// documents are mostly verified one after the other.
func importerOf(runtime string, webhook bool) (importer, error) {
	importers.Lock()
	defer importers.Unlock()
	key := importerKey{runtime, webhook}
	if imp := importers.made[key]; imp != nil {
		return imp, nil
	}
	imp, err := newImporter(runtime, webhook)
	if err == nil {
		importers.made[key] = imp
	}
	return imp, err
}

type importerKey struct {
	runtime string
	webhook bool
}

var importers = struct {
	sync.Mutex
	made map[importerKey]importer
}{made: map[importerKey]importer{}}

// newImporter makes an importer of the runtime, with package webhook or
// without, and of all that generated code may import.
func newImporter(runtime string, withWebhook bool) (importer, error) {
	fset := token.NewFileSet()
	sources, err := gen.Runtime(runtime)
	if err != nil {
		return nil, err
	}
	webhook := path.Join(runtime, gen.Webhook)
	ours := map[string][]*ast.File{} // by import path
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		f, err := parser.ParseFile(fset, "wire/"+name, sources[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, diag.Bugf("%v", err)
		}
		if at := path.Join(runtime, path.Dir(name)); !twin(f) {
			ours[at] = append(ours[at], f)
		}
	}
	need := maps.Clone(allowed)
	if !withWebhook {
		delete(ours, webhook)
		delete(need, "net/http")
	}
	for _, f := range slices.Concat(ours[runtime], ours[webhook]) {
		for _, i := range f.Imports {
			if p, err := strconv.Unquote(i.Path.Value); err == nil && p != runtime && p != webhook {
				need[p] = true
			}
		}
	}
	delete(need, "unsafe")
	imp := importer{"unsafe": types.Unsafe}
	conf := &packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedExportFile}
	pkgs, err := packages.Load(conf, slices.Sorted(maps.Keys(need))...)
	if err != nil {
		return nil, fmt.Errorf("the go command, which type-checks the result, cannot be run: %w", err)
	}
	for _, p := range pkgs {
		if len(p.Errors) > 0 {
			return nil, fmt.Errorf("the go command, which type-checks the result, fails: %v", p.Errors[0])
		}
		imp[p.PkgPath] = p.Types
	}
	for _, at := range []string{runtime, webhook} {
		if len(ours[at]) == 0 {
			continue
		}
		imp[at], err = (&types.Config{Importer: imp}).Check(at, fset, ours[at], nil)
		if err != nil {
			return nil, diag.Bugf("the runtime does not type-check: %v", err)
		}
	}
	return imp, nil
}

// imports tells whether one of the files imports a package.
func imports(files []*ast.File, path string) bool {
	return slices.ContainsFunc(files, func(f *ast.File) bool {
		return slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == strconv.Quote(path) })
	})
}

// twin tells whether a file of the runtime is the one of two twins that is not
// type-checked: the one without unsafe, whose build constraint says so.
func twin(f *ast.File) bool {
	for _, c := range f.Comments {
		if c.Pos() < f.Package {
			for _, l := range c.List {
				if strings.HasPrefix(l.Text, "//go:build biform_pure ||") {
					return true
				}
			}
		}
	}
	return false
}
