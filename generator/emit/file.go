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
	records int      // of the section
	done    [][]byte // the sections before, rendered
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

// next says that what is written of a record, or of another of many things, is
// whole: a section may end here.
func (f *file) next() {
	if f.records++; f.records == sectionRecords {
		f.end()
		f.begin()
	}
}

func (f *file) end() {
	var b bytes.Buffer
	if err := f.Render(&b); err != nil {
		panic(diag.Bugf("%s: %v", f.name, err))
	}
	f.done = append(f.done, b.Bytes())
}

// bytes returns the file.
func (f *file) bytes() []byte {
	f.end()
	if len(f.done) == 1 {
		return grouped(f.done[0])
	}
	// The imports of all stand in the first.
	first := f.split(f.done[0])
	texts := [][]byte{first.body}
	lines := first.imports
	for _, src := range f.done[1:] {
		s := f.split(src)
		lines = append(lines, s.imports...)
		texts = append(texts, s.body)
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	imports := ""
	switch len(lines) {
	case 0:
	case 1:
		imports = "\nimport " + lines[0] + "\n"
	default:
		imports = "\nimport (\n\t" + strings.Join(lines, "\n\t") + "\n)\n"
	}
	return grouped(slices.Concat(first.head, []byte(imports), bytes.Join(texts, nil)))
}

// section is the text of a section: what stands before its imports, its imports,
// and what stands behind them.
type section struct {
	head, body []byte
	imports    []string
}

func (f *file) split(src []byte) section {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, f.name, src, parser.ImportsOnly)
	if err != nil {
		panic(diag.Bugf("%s: %v", f.name, err))
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	var s section
	end := offset(syntax.Name.End()) + len("\n")
	s.head = src[:end]
	for _, d := range syntax.Decls {
		end = offset(d.End()) + len("\n")
	}
	for _, i := range syntax.Imports {
		s.imports = append(s.imports, string(src[offset(i.Pos()):offset(i.End())]))
	}
	s.body = src[min(end, len(src)):]
	return s
}

// grouped puts the imports of the standard library before the others, with a
// line between them: jennifer sorts them all by path.
func grouped(src []byte) []byte {
	const begin, end = "\nimport (\n", "\n)\n" // no comment begins so
	head, rest, ok := bytes.Cut(src, []byte(begin))
	if !ok {
		return src
	}
	block, tail, ok := bytes.Cut(rest, []byte(end))
	if !ok {
		return src
	}
	var std, others [][]byte
	for _, line := range bytes.Split(block, []byte("\n")) {
		first, _, _ := bytes.Cut(bytes.Trim(line, "\t\""), []byte("/"))
		if bytes.IndexByte(first, '.') >= 0 {
			others = append(others, line)
		} else {
			std = append(std, line)
		}
	}
	if len(std) > 0 && len(others) > 0 {
		std = append(std, nil)
	}
	return slices.Concat(head, []byte(begin), bytes.Join(append(std, others...), []byte("\n")), []byte(end), tail)
}
