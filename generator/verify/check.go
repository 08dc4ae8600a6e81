package verify

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"

	"github.com/biform/biform/schema/diag"
)

// The declarations of a package are checked first, then the bodies of its
// functions, each file by itself and all side by side. go/types checks a package
// in one thread, and for the order of initialization it follows who calls whom
// through all functions: of types that refer to each other, in a time that grows
// with the cube of their number. Here a body never decides that order, since no
// variable's initial value may name a function of the package.

// generated is the import path that the package is checked under.
const generated = "generated"

// check type-checks a package. The error is a types.Error where it has a place.
func check(imp types.Importer, fset *token.FileSet, files []*ast.File) error {
	pkg := types.NewPackage(generated, files[0].Name.Name)
	if err := run(pkg, imp, fset, files, true); err != nil {
		return err
	}
	named := functions(files)
	errs := each(len(files), func(i int) error {
		f := files[i]
		if err := unused(fset, f); err != nil {
			return err
		}
		if err := initial(fset, f, named); err != nil {
			return err
		}
		bodies, err := bodiesOf(f)
		if err != nil {
			return err
		}
		if bodies == nil {
			return nil
		}
		return run(mirror(pkg), imp, fset, []*ast.File{bodies}, false)
	})
	if i := slices.IndexFunc(errs, isError); i >= 0 {
		return errs[i]
	}
	return nil
}

// run checks files as part of a package, and returns the first error.
func run(pkg *types.Package, imp types.Importer, fset *token.FileSet, files []*ast.File, declarations bool) error {
	var first error
	conf := &types.Config{
		Importer:                 imp,
		IgnoreFuncBodies:         declarations,
		DisableUnusedImportCheck: true, // a half of a file does not use all of them
		Error: func(err error) {
			if first == nil {
				first = err
			}
		},
	}
	err := types.NewChecker(conf, fset, pkg, nil).Files(files)
	if first != nil {
		return first
	}
	return err
}

// mirror returns a package with the declarations of another, so that several
// files can be checked against them at once.
func mirror(pkg *types.Package) *types.Package {
	m := types.NewPackage(pkg.Path(), pkg.Name())
	for _, name := range pkg.Scope().Names() {
		m.Scope().Insert(pkg.Scope().Lookup(name))
	}
	return m
}

// bodiesOf returns a file with the bodies of another's functions, those of
// variables' initial values among them, under no name: methods are functions of
// their receivers. It is nil where there are none.
func bodiesOf(f *ast.File) (*ast.File, error) {
	bodies := &ast.File{Package: f.Package, Name: f.Name, Imports: f.Imports, FileStart: f.FileStart, FileEnd: f.FileEnd}
	some := false
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			some = true
			body, err := nameless(d)
			if err != nil {
				return nil, err
			}
			bodies.Decls = append(bodies.Decls, body)
		case *ast.GenDecl:
			switch d.Tok {
			case token.IMPORT:
				bodies.Decls = append(bodies.Decls, d)
			case token.VAR:
				all := literals(d)
				some = some || len(all) > 0
				bodies.Decls = append(bodies.Decls, all...)
			}
		}
	}
	if !some {
		return nil, nil
	}
	return bodies, nil
}

// nameless returns a function without its name.
func nameless(d *ast.FuncDecl) (*ast.FuncDecl, error) {
	t := *d.Type
	if d.Recv != nil {
		recv := *d.Recv.List[0]
		if base, ok := recv.Type.(*ast.StarExpr); !ok || !isName(base.X) {
			if !isName(recv.Type) {
				return nil, diag.Bugf("%s is a method of a generic type", d.Name.Name)
			}
		}
		if len(recv.Names) == 0 {
			recv.Names = []*ast.Ident{blank(d.Pos())}
		}
		params := *t.Params
		params.List = append([]*ast.Field{&recv}, params.List...)
		t.Params = &params
	}
	return &ast.FuncDecl{Name: blank(d.Name.Pos()), Type: &t, Body: d.Body}, nil
}

func isName(e ast.Expr) bool {
	_, ok := e.(*ast.Ident)
	return ok
}

// literals returns the declarations of variables whose initial values hold
// function literals, without names.
func literals(d *ast.GenDecl) []ast.Decl {
	var all []ast.Decl
	for _, s := range d.Specs {
		v := s.(*ast.ValueSpec)
		found := false
		for _, value := range v.Values {
			ast.Inspect(value, func(n ast.Node) bool {
				_, is := n.(*ast.FuncLit)
				found = found || is
				return !found
			})
		}
		if !found {
			continue
		}
		spec := *v
		spec.Names = nil
		for _, n := range v.Names {
			spec.Names = append(spec.Names, blank(n.Pos()))
		}
		all = append(all, &ast.GenDecl{TokPos: d.TokPos, Tok: token.VAR, Specs: []ast.Spec{&spec}})
	}
	return all
}

func blank(at token.Pos) *ast.Ident { return &ast.Ident{NamePos: at, Name: "_"} }

// unused finds an import that a file does not use.
func unused(fset *token.FileSet, f *ast.File) error {
	used := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				used[x.Name] = true
			}
		}
		return true
	})
	for _, i := range f.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return err
		}
		name := path.Base(p)
		if i.Name != nil {
			name = i.Name.Name
		}
		if !used[name] {
			return fault(fset, i.Pos(), i.Path.Value+" imported and not used")
		}
	}
	return nil
}

// functions returns the names of a package's functions and methods.
func functions(files []*ast.File) map[string]bool {
	names := map[string]bool{}
	for _, f := range files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				names[d.Name.Name] = true
			}
		}
	}
	return names
}

// initial finds an initial value of a variable that names a function or a
// method of the package.
func initial(fset *token.FileSet, f *ast.File, functions map[string]bool) (err error) {
	var look func(ast.Node) bool
	look = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if isName(n.Key) { // of a field
				ast.Inspect(n.Value, look)
				return false
			}
		case *ast.Ident:
			if functions[n.Name] && err == nil {
				err = fault(fset, n.Pos(), "the initial value of a variable names function "+n.Name)
			}
		}
		return err == nil
	}
	for _, d := range f.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.VAR {
			ast.Inspect(d, look)
		}
	}
	return err
}

func fault(fset *token.FileSet, at token.Pos, msg string) error {
	return types.Error{Fset: fset, Pos: at, Msg: msg}
}
