package evolve

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe/xmltree"
	"github.com/biform/biform/schema/pair"
	"github.com/biform/biform/schema/xsd"
)

// contracts are the files of a document's contracts in memory.
type contracts struct {
	root      string
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
	set := &contracts{root: c.Root}
	for _, one := range []struct {
		form model.Form
		name string
		to   **side
	}{{model.XML, c.XSD, &set.xml}, {model.JSON, c.JSONSchema, &set.json}} {
		if one.name == "" {
			continue
		}
		f, base := c.Folder, one.name
		if f == nil {
			var err error
			if f, base, err = folder.Open(one.name); err != nil {
				diags.Errorf(model.Position{File: one.name}, "file", "the contract cannot be read: %v", err)
				return nil, nil, diags
			}
		}
		s := &side{form: one.form, main: base, files: map[string][]byte{}}
		for _, source := range doc.Sources {
			if source.Form != one.form {
				continue
			}
			file, err := f.Read(source.File)
			if err != nil {
				diags.Errorf(model.Position{File: source.File}, "file", "the contract cannot be read: %v", err)
				return nil, nil, diags
			}
			s.outer = strings.TrimSuffix(file.Name, file.Inside)
			s.files[file.Inside] = file.Data
		}
		*one.to = s
		diags = append(diags, s.parse()...)
	}
	for _, s := range set.sides() {
		s.paired = set.xml != nil && set.json != nil
	}
	return set, doc, diags
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

// load reads the contracts into one model, as package load does with files.
func (c *contracts) load() (*model.Document, diag.List) {
	var diags diag.List
	var xml, json *model.Document
	if c.xml != nil {
		var d diag.List
		xml, d = xsd.Read(folder.New(memory(c.xml.files), c.xml.outer), c.xml.main, xsd.Options{Root: c.root})
		diags = append(diags, d...)
	}
	if c.json != nil {
		var d diag.List
		json, d = jsonschema.Read(folder.New(memory(c.json.files), c.json.outer), c.json.main, jsonschema.Options{Root: c.root})
		diags = append(diags, d...)
	}
	if diags.HasErrors() {
		return nil, diags
	}
	var doc *model.Document
	var d diag.List
	switch {
	case xml != nil && json != nil:
		doc, d = pair.Merge(xml, json)
	case xml != nil:
		doc, d = pair.Single(xml)
	default:
		doc, d = pair.Single(json)
	}
	return doc, append(diags, d...)
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
