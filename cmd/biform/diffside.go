package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/biform/biform/generator"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/load"
)

// place is where the files of one side of a comparison are. Names are those
// that locate returns.
type place interface {
	locate(name string) (string, error)
	read(name string) ([]byte, error)
	isFolder(name string) bool
	names(name string) []string // of the files in a folder
	open(name string) (*folder.Folder, string, error)
	join(folder, name string) string
}

// disk is the files of the system.
type disk struct{}

func (disk) locate(name string) (string, error) { return name, nil }
func (disk) open(name string) (*folder.Folder, string, error) {
	return folder.Open(name)
}
func (disk) isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
func (disk) read(name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, plain(name, err)
	}
	return data, nil
}
func (disk) names(name string) []string {
	entries, err := os.ReadDir(name)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if !e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out
}
func (disk) join(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

func (r *revision) locate(name string) (string, error) { return r.resolve(name) }
func (r *revision) join(dir, name string) string       { return path.Join(dir, filepath.ToSlash(name)) }

// sideDocument is one document of one side.
type sideDocument struct {
	pkg, out  string // from a configuration file; empty otherwise
	contracts load.Contracts
	names     []byte // the names file; nil when there is none
	noHandler bool
}

// side is what OLD or NEW stands for.
type side struct {
	documents []sideDocument
	config    bool
}

// sides reads the operands of diff.
type sides struct {
	ctx       context.Context
	contracts load.Contracts // what the flags say of all contracts
	revisions map[string]*revision
}

// where splits an operand into its place and its name there. inherited is the
// place of the other half of a pair.
func (s *sides) where(arg string, inherited place) (place, string, error) {
	rev, name, ok := strings.Cut(arg, ":")
	_, err := os.Lstat(arg)
	drive := len(rev) == 1 && strings.HasPrefix(name, `\`)
	if !ok || err == nil || drive {
		if r, ok := inherited.(*revision); ok {
			full, err := r.locate(arg)
			return r, full, err
		}
		return disk{}, arg, nil
	}
	r := s.revisions[rev]
	if r == nil {
		if r, err = openRevision(s.ctx, rev); err != nil {
			return nil, "", err
		}
		s.revisions[rev] = r
	}
	if name == "" {
		name = "."
	}
	full, err := r.locate(name)
	return r, full, err
}

// side reads what an operand names: a contract, a pair, a folder that holds
// one, or a configuration file.
func (s *sides) side(arg string) (*side, error) {
	parts := []string{arg}
	if _, err := os.Lstat(arg); err != nil && strings.Contains(arg, ",") {
		parts = strings.Split(arg, ",")
	}
	p, name, err := s.where(parts[0], disk{})
	if err != nil {
		return nil, err
	}
	files := []string{name}
	for _, part := range parts[1:] {
		q, other, err := s.where(part, p)
		if err != nil {
			return nil, err
		}
		if p != q {
			return nil, fmt.Errorf("%s: the contracts of a document are of one revision", arg)
		}
		files = append(files, other)
	}
	if len(files) == 1 {
		switch ext := strings.ToLower(path.Ext(name)); {
		case p.isFolder(name):
			if files, err = pairIn(p, name, arg); err != nil {
				return nil, err
			}
		case ext == ".yaml" || ext == ".yml":
			return s.configured(p, name)
		}
	}
	c := s.contracts
	c.Open = p.open
	for _, f := range files {
		if _, err := p.read(f); err != nil {
			return nil, err
		}
		switch ext := strings.ToLower(path.Ext(f)); {
		case ext == ".xsd" && c.XSD != "":
			c.Also = append(c.Also, f)
		case ext == ".xsd":
			c.XSD = f
		case ext != ".json":
			return nil, fmt.Errorf("%s: it is neither an XSD (.xsd), a JSON Schema (.json), a configuration (.yaml) nor a folder", arg)
		case c.JSONSchema != "":
			return nil, fmt.Errorf("%s: a document has one JSON Schema at most", arg)
		default:
			c.JSONSchema = f
		}
	}
	if c.Resources, err = s.resources(p); err != nil {
		return nil, err
	}
	return &side{documents: []sideDocument{{contracts: c}}}, nil
}

// resources are the files of the flags that stand for references, where the
// contracts are.
func (s *sides) resources(p place) (map[string]string, error) {
	list := map[string]string{}
	for url, file := range s.contracts.Resources {
		name, err := p.locate(file)
		if err != nil {
			return nil, err
		}
		list[url] = name
	}
	return list, nil
}

// pairIn returns the two contracts in a folder: the one XSD, and the one JSON
// Schema, which is the one whose name ends in .schema.json when there is more
// JSON.
func pairIn(p place, dir, arg string) ([]string, error) {
	ending := func(end string) []string {
		var out []string
		for _, n := range p.names(dir) {
			if strings.HasSuffix(strings.ToLower(n), end) {
				out = append(out, n)
			}
		}
		slices.Sort(out)
		return out
	}
	xsds, schemas := ending(".xsd"), ending(".schema.json")
	if len(schemas) == 0 {
		schemas = ending(".json")
	}
	if len(xsds) != 1 || len(schemas) != 1 {
		return nil, fmt.Errorf("%s: a folder that stands for a pair holds one XSD and one JSON Schema, and this one holds %d (%s) and %d (%s): name the files, as in a.xsd,a.schema.json",
			arg, len(xsds), visible(strings.Join(xsds, ", ")), len(schemas), visible(strings.Join(schemas, ", ")))
	}
	return []string{p.join(dir, xsds[0]), p.join(dir, schemas[0])}, nil
}

// configured reads the documents of a configuration file.
func (s *sides) configured(p place, name string) (*side, error) {
	data, err := p.read(name)
	if err != nil {
		return nil, err
	}
	label := name
	if r, ok := p.(*revision); ok {
		label = r.label(name)
	}
	c, diags := parseConfig(label, data)
	if err := diags.Err(); err != nil {
		return nil, err
	}
	out := &side{config: true}
	dir := path.Dir(filepath.ToSlash(name))
	for _, j := range c.Documents {
		j.rebase(func(name string) string { return p.join(dir, name) })
		d := sideDocument{pkg: j.Package, out: path.Clean(filepath.ToSlash(j.Out)), noHandler: j.noHandler(), contracts: j.contracts()}
		d.contracts.Open = p.open
		d.contracts.Root = cmp.Or(s.contracts.Root, d.contracts.Root)
		d.contracts.Draft = cmp.Or(s.contracts.Draft, d.contracts.Draft)
		d.contracts.FormatAssertion = s.contracts.FormatAssertion || d.contracts.FormatAssertion
		d.names, err = p.read(p.join(p.join(dir, j.Out), generator.NamesFile))
		if err != nil {
			d.names = nil
			if !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
		}
		out.documents = append(out.documents, d)
	}
	return out, nil
}
