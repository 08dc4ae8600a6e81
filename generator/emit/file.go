package emit

import (
	"bytes"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/schema/diag"
)

// sectionRecords is after how many records a section of a file ends.
const sectionRecords = 200

// file is one file being written. Its declarations are rendered in sections, so
// that of a large package no more than a section's statements, and their syntax
// while they are formatted, are in memory at once.
type file struct {
	*jen.File // the section that is being written

	e       *emitter
	name    string
	records int // of the section

	// Of the sections before:
	head    []byte   // what stands before the imports of the first
	imports []string // of all
	bodies  [][]byte // what stands behind the imports of each
}

func (e *emitter) newFile(name string) *file {
	f := &file{e: e, name: name}
	f.begin()
	return f
}

// begin begins a section.
func (f *file) begin() {
	f.File = jen.NewFile(ident(f.e.pkg.Name))
	f.HeaderComment("// " + Header)
	f.ImportName(f.e.wire, "wire")
	f.records = 0
}

// next says that what follows is of another record, or another of many things:
// a section may end here.
func (f *file) next() {
	if f.records++; f.records == sectionRecords {
		f.end()
		f.begin()
	}
}

// end renders the section, and takes it apart.
func (f *file) end() {
	var b bytes.Buffer
	if err := f.Render(&b); err != nil {
		panic(diag.Bugf("%s: %v", f.name, err))
	}
	src, fset := b.Bytes(), token.NewFileSet()
	syntax, err := parser.ParseFile(fset, f.name, src, parser.ImportsOnly)
	if err != nil {
		panic(diag.Bugf("%s: %v", f.name, err))
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	body := offset(syntax.Name.End()) + len("\n")
	if f.head == nil {
		f.head = src[:body]
	}
	for _, i := range syntax.Imports {
		f.imports = append(f.imports, string(src[offset(i.Pos()):offset(i.End())]))
	}
	for _, d := range syntax.Decls {
		body = offset(d.End()) + len("\n")
	}
	f.bodies = append(f.bodies, src[body:])
}

// bytes ends the file and returns it.
func (f *file) bytes() []byte {
	f.end()
	return slices.Concat(f.head, importDecl(f.imports), bytes.Join(f.bodies, nil))
}

// importDecl writes an import declaration: the standard library before the
// others, with a line between them.
func importDecl(imports []string) []byte {
	slices.Sort(imports)
	imports = slices.Compact(imports)
	switch len(imports) {
	case 0:
		return nil
	case 1:
		return []byte("\nimport " + imports[0] + "\n")
	}
	var std, others []string
	for _, i := range imports {
		first, _, _ := strings.Cut(i, "/")
		if strings.Contains(first, ".") {
			others = append(others, "\t"+i)
		} else {
			std = append(std, "\t"+i)
		}
	}
	if len(std) > 0 && len(others) > 0 {
		std = append(std, "")
	}
	return []byte("\nimport (\n" + strings.Join(append(std, others...), "\n") + "\n)\n")
}
