package evolve

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe/xmltree"
)

// contracts are the files of a document's contracts in memory: those in the
// folder of the contract of either form, which may be changed. Others that are
// used with them are read where they are.
type contracts struct {
	from      load.Contracts
	xml, json *side // nil: no contract of that form
}

// side is the files of one contract.
type side struct {
	form  model.Form
	main  string            // the contract's name in its folder
	outer string            // what stands before the names in positions
	files map[string][]byte // by name in the folder
	// paired says that there is a contract of the other form too.
	paired bool

	xmlTrees  map[string]*xmltree.Node
	jsonTrees map[string]*jsontree.Node
}

// open reads the files of the contracts, all that they refer to among them.
func open(c load.Contracts) (*contracts, *model.Document, diag.List) {
	doc, diags := load.Document(c)
	if diags.HasErrors() || doc == nil {
		return nil, nil, diags
	}
	set := &contracts{from: c}
	for _, one := range []struct {
		form model.Form
		name string
		to   **side
	}{{model.XML, c.XSD, &set.xml}, {model.JSON, c.JSONSchema, &set.json}} {
		if one.name == "" {
			continue
		}
		s, err := openSide(c.Folder, one.form, one.name, doc.Sources)
		if err != nil {
			diags.Errorf(model.Position{File: one.name}, "file", "the contract cannot be read: %v", err)
			return nil, nil, diags
		}
		*one.to = s
	}
	for _, s := range set.sides() {
		s.paired = set.xml != nil && set.json != nil
		diags = append(diags, s.parse()...)
	}
	if diags.HasErrors() {
		return nil, nil, diags
	}
	// Positions are those of the files in memory from here on.
	doc, diags = set.load()
	return set, doc, diags
}

// openSide reads the files of one contract that are in its folder.
func openSide(f *folder.Folder, form model.Form, name string, sources []model.Source) (*side, error) {
	main := name
	if f == nil {
		var err error
		if f, main, err = folder.Open(name); err != nil {
			return nil, err
		}
	}
	file, err := f.Read(main)
	if err != nil {
		return nil, err
	}
	s := &side{form: form, main: file.Inside, outer: strings.TrimSuffix(file.Name, file.Inside), files: map[string][]byte{file.Inside: file.Data}}
	for _, source := range sources {
		inside, ok := s.inside(source.Name)
		if !ok || source.Form != form {
			continue
		}
		if file, err = f.Read(inside); err != nil {
			return nil, err
		}
		s.files[inside] = file.Data
	}
	return s, nil
}

// inside returns what a file is called in the folder of the contract, if it is
// there.
func (s *side) inside(name string) (string, bool) {
	outer, err := filepath.Abs(filepath.FromSlash(s.outer))
	if err != nil {
		return "", false
	}
	full, err := filepath.Abs(filepath.FromSlash(name))
	if err != nil {
		return "", false
	}
	rel, err := filepath.Rel(outer, full)
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// parse makes the trees of the files, whose offsets edits go by.
func (s *side) parse() diag.List {
	var diags diag.List
	s.xmlTrees, s.jsonTrees = map[string]*xmltree.Node{}, map[string]*jsontree.Node{}
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		if s.form == model.XML {
			root, bad := xmltree.Parse(s.files[name], xmltree.Limits{Depth: 256, Nodes: 1 << 24})
			if bad != nil && name != s.main {
				continue // what stands in it is left to be changed by hand
			}
			if bad != nil {
				file := folder.File{Name: s.outer + name, Data: s.files[name]}
				diags.Errorf(file.Position(bad.Offset, ""), "unsupported", "the file cannot be edited: %s", bad.Summary).WithHint("%s", bad.Hint)
				continue
			}
			s.xmlTrees[name] = root
			continue
		}
		root, errs := jsontree.Parse(s.files[name], jsontree.Default)
		if len(errs) > 0 {
			file := folder.File{Name: s.outer + name, Data: s.files[name]}
			diags.Errorf(file.Position(errs[0].Offset, ""), "unsupported", "the file cannot be edited: %s", errs[0].Summary).WithHint("%s", errs[0].Hint)
			continue
		}
		s.jsonTrees[name] = root
	}
	return diags
}

// load reads the contracts into one model, as they are in memory now.
func (c *contracts) load() (*model.Document, diag.List) {
	from := c.from
	from.Folder, from.Open = nil, c.open
	return load.Document(from)
}

// open opens the folder of a file of the contracts, as package load asks for it.
func (c *contracts) open(name string) (*folder.Folder, string, error) {
	for _, s := range c.sides() {
		inside, ok := name, true
		if c.from.Folder == nil {
			inside, ok = s.inside(name)
		}
		if _, ours := s.files[inside]; ok && ours {
			return folder.New(memory(s.files), s.outer), inside, nil
		}
	}
	return folder.Open(name)
}

// sides returns the contracts that there are.
func (c *contracts) sides() []*side {
	var list []*side
	for _, s := range []*side{c.xml, c.json} {
		if s != nil {
			list = append(list, s)
		}
	}
	return list
}

// find returns the first of the positions that stands in the contract, the
// file's name in the folder, and the byte offset.
func (s *side) find(at []model.Position) (file string, offset int, p model.Position, ok bool) {
	if s == nil {
		return "", 0, p, false
	}
	for _, p := range at {
		inside, ours := strings.CutPrefix(p.File, s.outer)
		data, known := s.files[inside]
		if !ours || !known || p.Line == 0 {
			continue
		}
		offset := 0
		for n := 1; n < p.Line; n++ {
			i := bytes.IndexByte(data[offset:], '\n')
			if i < 0 {
				break
			}
			offset += i + 1
		}
		return inside, offset + p.Column - 1, p, true
	}
	return "", 0, p, false
}

// node returns the XSD's element that stands at one of the positions.
func (s *side) node(at []model.Position) (file string, n *xmltree.Node) {
	file, offset, _, ok := s.find(at)
	if !ok || s.form != model.XML {
		return "", nil
	}
	return file, s.xmlTrees[file].At(offset)
}

// value returns the JSON Schema's value that the path of one of the positions
// leads to.
func (s *side) value(at []model.Position) (file string, n *jsontree.Node) {
	file, _, p, ok := s.find(at)
	if !ok || s.form != model.JSON {
		return "", nil
	}
	n = s.jsonTrees[file]
	for _, token := range jsontree.Tokens(strings.TrimPrefix(p.Path, "#")) {
		n = n.Child(token)
	}
	return file, n
}

// memory is a file system in memory.
type memory map[string][]byte

// Open opens a file of that name.
func (m memory) Open(name string) (fs.File, error) {
	data, ok := m[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &memoryFile{Reader: bytes.NewReader(data), name: name, size: int64(len(data))}, nil
}

type memoryFile struct {
	*bytes.Reader
	name string
	size int64
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *memoryFile) Close() error               { return nil }
func (f *memoryFile) Name() string               { return path.Base(f.name) }
func (f *memoryFile) Size() int64                { return f.size }
func (f *memoryFile) Mode() fs.FileMode          { return 0o444 }
func (f *memoryFile) ModTime() time.Time         { return time.Time{} }
func (f *memoryFile) IsDir() bool                { return false }
func (f *memoryFile) Sys() any                   { return nil }
