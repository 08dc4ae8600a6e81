package compat

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"maps"
	"slices"
	"strings"

	"github.com/biform/biform/generator"
	"github.com/biform/biform/schema/diag"
)

// Surface is the exported interface of a package: what Go source that imports
// it can name.
type Surface struct {
	// decls are the declarations by name: "Tag" for a type, "Tag.Name" for a
	// field or a method, "Decode" for a function, "StateFailed" for a constant.
	decls map[string]decl
}

// decl is what a declaration says.
type decl struct {
	what string // "type", "field", "method", "func", "const" or "var"
	// text is what must stay as it is: a field's type, a signature, a value.
	text string
	// sealed says that an interface has an unexported method, so that nobody
	// else implements it.
	sealed bool
}

// SurfaceOf returns the exported interface of generated files.
func SurfaceOf(files []generator.File) (*Surface, error) {
	s := &Surface{decls: map[string]decl{}}
	fset := token.NewFileSet()
	for _, f := range files {
		if !strings.HasSuffix(f.Name, ".go") || strings.HasPrefix(f.Name, "contract_") {
			continue // the validators' tables are large, and nobody sees them
		}
		file, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			return nil, diag.Bugf("%v", err)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.GenDecl:
				s.general(d)
			case *ast.FuncDecl:
				s.function(d)
			}
		}
	}
	return s, nil
}

// general enters types, constants and variables.
func (s *Surface) general(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() {
				s.typ(spec)
			}
		case *ast.ValueSpec:
			for i, n := range spec.Names {
				if !n.IsExported() {
					continue
				}
				text := source(spec.Type)
				if d.Tok == token.CONST && i < len(spec.Values) {
					text += " = " + source(spec.Values[i])
				}
				s.decls[n.Name] = decl{what: d.Tok.String(), text: text}
			}
		}
	}
}

// typ enters a type. What is said of a struct's fields and of an interface's
// methods is said one by one.
func (s *Surface) typ(spec *ast.TypeSpec) {
	name := spec.Name.Name
	alias := ""
	if spec.Assign.IsValid() {
		alias = "= "
	}
	switch t := spec.Type.(type) {
	case *ast.StructType:
		s.decls[name] = decl{what: "type", text: alias + "struct"}
		s.members(name, t.Fields, "field")
	case *ast.InterfaceType:
		sealed := slices.ContainsFunc(t.Methods.List, func(f *ast.Field) bool {
			return slices.ContainsFunc(f.Names, func(n *ast.Ident) bool { return !n.IsExported() })
		})
		s.decls[name] = decl{what: "type", text: alias + "interface", sealed: sealed}
		s.members(name, t.Methods, "method")
	default:
		s.decls[name] = decl{what: "type", text: alias + source(spec.Type)}
	}
}

func (s *Surface) members(of string, list *ast.FieldList, what string) {
	for _, f := range list.List {
		text := source(f.Type)
		for _, n := range f.Names {
			if n.IsExported() {
				s.decls[of+"."+n.Name] = decl{what: what, text: text}
			}
		}
		if len(f.Names) == 0 { // embedded
			base := text[strings.LastIndexAny(text, ".*")+1:]
			if token.IsExported(base) {
				s.decls[of+"."+base] = decl{what: what, text: "embedded " + text}
			}
		}
	}
}

// function enters a function or a method of an exported type.
func (s *Surface) function(d *ast.FuncDecl) {
	if !d.Name.IsExported() {
		return
	}
	signature := source(unnamed(d.Type))
	if d.Recv == nil {
		s.decls[d.Name.Name] = decl{what: "func", text: signature}
		return
	}
	receiver := source(d.Recv.List[0].Type)
	base := strings.TrimPrefix(receiver, "*")
	if token.IsExported(base) {
		s.decls[base+"."+d.Name.Name] = decl{what: "method", text: strings.TrimSuffix(receiver, base) + signature}
	}
}

// unnamed returns a signature without the names of its parameters.
func unnamed(t *ast.FuncType) *ast.FuncType {
	strip := func(list *ast.FieldList) *ast.FieldList {
		if list == nil {
			return nil
		}
		out := &ast.FieldList{}
		for _, f := range list.List {
			for range max(len(f.Names), 1) {
				out.List = append(out.List, &ast.Field{Type: f.Type})
			}
		}
		return out
	}
	return &ast.FuncType{TypeParams: t.TypeParams, Params: strip(t.Params), Results: strip(t.Results)}
}

// source writes an expression.
func source(e ast.Expr) string {
	if e == nil {
		return ""
	}
	var b strings.Builder
	if err := printer.Fprint(&b, token.NewFileSet(), e); err != nil {
		return fmt.Sprintf("%T", e)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Difference is one difference of two exported interfaces.
type Difference struct {
	// Name is the declaration's name, such as "Tag.Confidence".
	Name string
	// Breaks says that source that uses the old package may not compile, or
	// not mean the same, with the new one.
	Breaks  bool
	Message string
	// With are the constants of a type, which come and go with it.
	With []string
}

// Compare returns how two exported interfaces differ, sorted by name. Fields
// and methods of a type that is gone, or new, are not named one by one.
func Compare(old, new *Surface) []Difference {
	var out []Difference
	names := slices.Sorted(maps.Keys(old.decls))
	for _, n := range slices.Sorted(maps.Keys(new.decls)) {
		if _, ok := old.decls[n]; !ok {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	for _, n := range names {
		o, was := old.decls[n]
		d, is := new.decls[n]
		of, _, member := strings.Cut(n, ".")
		_, ownerWas := old.decls[of]
		_, ownerIs := new.decls[of]
		if typ := o.typeOf(); was && !is && typ != "" && old.has(typ) && !new.has(typ) {
			continue
		}
		if typ := d.typeOf(); is && !was && typ != "" && new.has(typ) && !old.has(typ) {
			continue
		}
		switch {
		case was && !is && member && !ownerIs, is && !was && member && !ownerWas:
		case was && !is:
			with := old.constants(n, new)
			out = append(out, Difference{n, true, fmt.Sprintf("%s %s is gone%s", o.what, n, alongside(with)), with})
		case is && !was:
			open := member && d.what == "method" && new.decls[of].text == "interface" && !(old.decls[of].sealed && new.decls[of].sealed)
			with := new.constants(n, old)
			out = append(out, Difference{n, open, fmt.Sprintf("%s %s is new%s", d.what, n, alongside(with)), with})
		case o.what != d.what:
			out = append(out, Difference{n, true, fmt.Sprintf("%s was a %s, is a %s", n, o.what, d.what), nil})
		case o.text != d.text:
			// A method that needs no pointer any more is found by pointer too.
			out = append(out, Difference{n, o.what != "method" || o.text != "*"+d.text, fmt.Sprintf("%s was %s, is %s", n, shown(o), shown(d)), nil})
		}
	}
	return out
}

func (s *Surface) has(name string) bool { _, ok := s.decls[name]; return ok }

// typeOf returns the type of a constant that has a named one.
func (d decl) typeOf() string {
	typ, _, ok := strings.Cut(d.text, " = ")
	if d.what != "const" || !ok || !token.IsIdentifier(typ) {
		return ""
	}
	return typ
}

// constants returns the constants of a type, sorted, that another package does
// not have.
func (s *Surface) constants(of string, other *Surface) []string {
	var out []string
	for _, n := range slices.Sorted(maps.Keys(s.decls)) {
		if s.decls[n].typeOf() == of && !other.has(n) {
			out = append(out, n)
		}
	}
	return out
}

// alongside says what comes and goes with a type.
func alongside(constants []string) string {
	switch len(constants) {
	case 0:
		return ""
	case 1:
		return ", with its constant " + constants[0]
	case 2, 3, 4:
		return ", with its constants " + strings.Join(constants, ", ")
	}
	return fmt.Sprintf(", with its %d constants", len(constants))
}

func shown(d decl) string { return strings.TrimSpace(strings.TrimPrefix(d.text, "embedded ")) }
