package jsonschema

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	santhosh "github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/jsonschema/metaschema"
	"github.com/biform/biform/schema/model"
)

// Options are what a caller may say beside the contract itself.
type Options struct {
	// Draft reads the contract by that draft, whatever its $schema says. Empty:
	// the draft of $schema, and 2020-12 where there is none.
	Draft model.Draft
	// FormatAssertion asks that format, contentEncoding and contentMediaType be
	// rules, not only annotations.
	FormatAssertion bool
	// Alone says that no contract of another form describes the document: what is
	// a string or a number is a union then, and else a string, which spells both.
	Alone bool
	// Root names the document when the contract has no title that is a name.
	Root string
	// Resources maps addresses to the names of files in the contract's folder.
	// An address that ends in a slash stands for all that begin with it.
	Resources map[string]string
	// Files maps addresses to files of any folder.
	Files map[string]folder.Place
}

// base is the address that the contract's folder has while it is read. RFC
// 2606, section 2, keeps the name from ever leading anywhere.
const base = "https://contract.invalid/"

// Set is a contract: its file and those it refers to.
type Set struct {
	folder  *folder.Folder
	opts    Options
	root    *file
	files   []*file // in the order in which they were read; the root first
	byURL   map[string]*file
	ids     map[string]*resource // by address, without a fragment
	diags   diag.List
	failed  map[string]error // addresses that could not be read
	visited map[*schema]bool
	used    map[*schema]bool // what the contract's root applies
	// translated holds the RE2 of every pattern of the contract.
	translated map[string]string
	hintsOf    map[*schema]model.Hints
	compiled   *santhosh.Schema
	circular   bool
}

// file is a JSON Schema file.
type file struct {
	*folder.File
	url     string
	tree    *jsontree.Node
	dialect *dialect
	root    *schema
	schemas map[string]*schema // by JSON Pointer
	order   []*schema          // in the order of the text
	// builtin marks a published meta-schema.
	builtin bool
}

// resource is a schema resource (2020-12, Core 4.3.5): what an identifier names.
type resource struct {
	uri     string
	root    *schema
	anchors map[string]*schema
}

// schema is a subschema in its file.
type schema struct {
	file     *file
	node     *jsontree.Node
	path     string // JSON Pointer in the file
	parent   *schema
	resource *resource
	dialect  *dialect

	ref, dynamicRef *schema // where $ref and $dynamicRef (or $recursiveRef) lead
	voidRef         bool    // $ref leads back to the schema and is left out
	id              model.SchemaID
}

// position returns the place of the schema.
func (s *schema) position() model.Position { return s.file.Position(s.node.Start, s.path) }

// keywordAt returns the place of one of its keywords.
func (s *schema) keywordAt(name string) model.Position {
	if m := s.node.Lookup(name); m != nil {
		return s.file.Position(m.Start, s.path+"/"+jsontree.Escape(name))
	}
	return s.position()
}

// valueAt returns the place of a value below the schema.
func (s *schema) valueAt(n *jsontree.Node, tokens ...string) model.Position {
	p := s.path
	for _, t := range tokens {
		p += "/" + jsontree.Escape(t)
	}
	return s.file.Position(n.Start, p)
}

// get returns the value of a keyword that the schema's dialect has and that is
// not void beside a $ref, or nil.
func (s *schema) get(name string) *jsontree.Node {
	v := s.node.Get(name)
	if v == nil || s.dialect.keyword(name) == nil {
		return nil
	}
	if name != "$ref" && s.dialect.refAlone() && s.isRef() && keywordTable[name].vocabulary != "meta-data" {
		return nil
	}
	return v
}

// isRef tells whether the schema has a $ref.
func (s *schema) isRef() bool {
	v := s.node.Get("$ref")
	return v != nil && v.Kind == jsontree.String
}

// sub returns a subschema of the schema, by the reference tokens to it.
func (s *schema) sub(tokens ...string) *schema {
	p := s.path
	for _, t := range tokens {
		p += "/" + jsontree.Escape(t)
	}
	return s.file.schemas[p]
}

// Load reads the contract of that name in the folder, and the files it refers
// to. The set is nil when one of the diagnostics is an error.
func Load(f *folder.Folder, name string, opts Options) (*Set, diag.List) {
	s := &Set{
		folder: f, opts: opts,
		byURL: map[string]*file{}, ids: map[string]*resource{}, failed: map[string]error{},
		visited: map[*schema]bool{}, used: map[*schema]bool{}, translated: map[string]string{}, hintsOf: map[*schema]model.Hints{},
	}
	if opts.Draft != "" && dialectOf(opts.Draft) == nil {
		s.diags.Errorf(model.Position{File: name}, "unknown-draft", "there is no draft %q", string(opts.Draft)).
			WithHint("the drafts are draft-04, draft-06, draft-07, 2019-09 and 2020-12")
		return nil, s.diags
	}
	data, err := f.Read(name)
	if err != nil {
		s.diags.Errorf(model.Position{File: name}, "unreadable", "the contract cannot be read: %v", cause(err))
		return nil, s.diags
	}
	s.root = s.add(data, fileURL(data.Inside), nil)
	if s.root == nil {
		s.diags.Sort()
		return nil, s.diags
	}
	s.follow(s.root.root, true)
	for _, sch := range s.root.order {
		s.follow(sch, false)
	}
	s.patterns()
	s.judge()
	s.slips()
	s.diags.Sort()
	if s.diags.HasErrors() {
		return nil, s.diags
	}
	return s, s.diags
}

// fileURL is the address of a file of the folder.
func fileURL(inside string) string {
	u, _ := url.Parse(base)
	u.Path = "/" + inside
	return u.String()
}

// cause strips the name from a file system's error: the diagnostic has it.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// contractLimits are what contracts are held to. v5 compiles what nests this
// deep without trouble.
var contractLimits = jsontree.Limits{Depth: 1000, NumberBytes: 64, Exponent: 400, Mark: true}

// add parses a file and lists its schemas. It returns nil, with a diagnostic,
// when the text is no JSON Schema.
func (s *Set) add(data *folder.File, address string, from *schema) *file {
	f := &file{File: data, url: address, schemas: map[string]*schema{}}
	s.byURL[address] = f
	tree, errs := jsontree.Parse(data.Data, contractLimits)
	for _, e := range errs {
		d := s.diags.Errorf(f.Position(e.Offset, e.Pointer), e.Code, "%s", e.Summary)
		d.Hint = e.Hint
		if e.Code == "duplicate-name" {
			d.WithRelated(f.Position(e.First, e.Pointer))
		}
	}
	if tree == nil {
		return nil
	}
	f.tree = tree
	if tree.Kind != jsontree.Object && tree.Kind != jsontree.Bool {
		s.diags.Errorf(f.Position(tree.Start, ""), "not-a-schema", "a JSON Schema is an object or a boolean, and this is %s", tree.Kind)
		return nil
	}
	s.files = append(s.files, f)
	if f.dialect = s.dialect(f, from); f.dialect == nil {
		return nil
	}
	r := &resource{uri: address, anchors: map[string]*schema{}}
	s.ids[address] = r
	f.root = s.index(f, tree, "", nil, r, f.dialect)
	if r.root = f.root; f.root.resource != r {
		s.ids[address] = f.root.resource // it names itself
	}
	return f
}

// dialect decides how a file is to be read: by the caller's wish (for the
// contract itself), by its $schema, as the file that refers to it, or by
// 2020-12.
func (s *Set) dialect(f *file, from *schema) *dialect {
	if from == nil && s.opts.Draft != "" {
		return dialectOf(s.opts.Draft)
	}
	v := f.tree.Get("$schema")
	switch {
	case v == nil && from != nil:
		return from.dialect
	case v == nil && s.root != nil:
		return s.root.dialect
	case v == nil:
		return dialectOf(model.Draft2020_12)
	case v.Kind != jsontree.String:
		s.diags.Errorf(f.Position(v.Start, "/$schema"), "unknown-draft", "$schema is %s, not the address of a meta-schema", v.Kind)
		return nil
	}
	return s.customDialect(f, v)
}

// customDialect returns the dialect of a $schema, which may name a meta-schema
// of the contract's own.
func (s *Set) customDialect(f *file, v *jsontree.Node) *dialect {
	if d := knownDialect(v.Text); d != nil {
		return d
	}
	at := f.Position(v.Start, "/$schema")
	unknown := func(why error) *dialect {
		s.diags.Errorf(at, "unknown-draft", "the meta-schema %q is not known: %v", v.Text, why).
			WithHint("name a draft, as in \"$schema\": %q, or give the address a file in the contract's folder", dialects[gen2020].url)
		return nil
	}
	address, _, _ := strings.Cut(v.Text, "#")
	if meta := s.byURL[address]; meta != nil && meta.dialect == nil {
		return unknown(errors.New("it is its own meta-schema"))
	}
	meta, err := s.load(address, nil)
	switch {
	case err != nil:
		return unknown(err)
	case meta == nil:
		return nil
	}
	d := *meta.root.dialect
	vocabularies := meta.root.node.Get("$vocabulary")
	if vocabularies == nil || vocabularies.Kind != jsontree.Object || d.generation() < gen2019 {
		return &d
	}
	d.vocabularies = []string{}
	for _, m := range vocabularies.Members {
		known := slices.ContainsFunc(publishedVocabularies, func(name string) bool {
			return m.Name == strings.TrimSuffix(d.url, "schema")+"vocab/"+name
		})
		switch {
		case known:
			d.vocabularies = append(d.vocabularies, m.Name)
		case m.Value.IsTrue():
			s.diags.Errorf(meta.Position(m.Start, "/$vocabulary/"+jsontree.Escape(m.Name)), "unknown-vocabulary",
				"the vocabulary %q is required and not known", m.Name).
				WithHint("write false behind it if its keywords can be left out").WithRelated(at)
			return nil
		}
	}
	return &d
}

// publishedVocabularies are the vocabularies of 2019-09 and 2020-12.
var publishedVocabularies = []string{
	"core", "applicator", "unevaluated", "validation", "meta-data",
	"format", "format-annotation", "format-assertion", "content",
}

// errOutside says that an address leads nowhere that may be read.
var errOutside = errors.New("nothing is fetched, and no file of the contract's folder has this address")

// load returns the file at an address, reading it on first use. It is nil with
// a nil error when the file's own mistakes have been reported.
func (s *Set) load(address string, from *schema) (*file, error) {
	if f := s.byURL[address]; f != nil {
		return f, nil
	}
	if err, ok := s.failed[address]; ok {
		return nil, err
	}
	f, err := s.fetch(address, from)
	if err != nil {
		s.failed[address] = err
	} else if f == nil {
		s.failed[address] = nil
	}
	return f, err
}

func (s *Set) fetch(address string, from *schema) (*file, error) {
	if data, ok := metaschema.Lookup(address); ok {
		f := s.add(&folder.File{Name: address, Inside: address, Data: data}, address, from)
		if f != nil {
			f.builtin = true
		}
		return f, nil
	}
	if p, ok := s.opts.Files[address]; ok {
		data, err := p.Folder.Read(p.Name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, cause(err))
		}
		return s.add(data, address, from), nil
	}
	name, err := s.locate(address)
	if err != nil {
		return nil, err
	}
	data, err := s.folder.Read(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	return s.add(data, address, from), nil
}

// locate returns the name of the file at an address.
func (s *Set) locate(address string) (string, error) {
	if name, ok := s.opts.Resources[address]; ok {
		return name, nil
	}
	longest := ""
	for prefix := range s.opts.Resources {
		if strings.HasSuffix(prefix, "/") && strings.HasPrefix(address, prefix) && len(prefix) > len(longest) {
			longest = prefix
		}
	}
	if longest != "" {
		name, err := folder.Resolve(path.Join(s.opts.Resources[longest], "x"), strings.TrimPrefix(address, longest))
		if err == nil && path.Ext(name) == "" {
			// Servers of schemas let the ending be left out.
			if _, err := s.folder.Read(name); errors.Is(err, fs.ErrNotExist) {
				name += ".json"
			}
		}
		return name, err
	}
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" {
		return "", errOutside
	}
	if strings.HasPrefix(address, base) {
		return folder.Resolve("x", strings.TrimPrefix(u.Path, "/"))
	}
	// A file may name itself by an address; what has the same address but for
	// the last steps stands beside it.
	for _, f := range s.files {
		if f.root == nil || f.builtin {
			continue
		}
		own, err := url.Parse(f.root.resource.uri)
		if err != nil || own.Opaque != "" || own.Scheme != u.Scheme || own.Host != u.Host || strings.HasPrefix(f.root.resource.uri, base) {
			continue
		}
		dir := path.Dir(own.Path)
		if rest, ok := strings.CutPrefix(u.Path, strings.TrimSuffix(dir, "/")+"/"); ok && u.RawQuery == "" {
			name, err := folder.Resolve(f.Inside, rest)
			if err != nil {
				return "", err
			}
			for _, name := range []string{name, name + ".json"} {
				if _, err := s.folder.Read(name); err == nil {
					return name, nil
				}
			}
		}
	}
	return "", errOutside
}

// Draft returns the draft that the contract is read by.
func (s *Set) Draft() model.Draft { return s.root.dialect.draft }

// Address returns the address that the contract has in [Set.Texts].
func (s *Set) Address() string { return s.root.url }

// Texts returns the text of every file of the contract by its address, with
// the patterns translated for engines that hand them to package regexp, and
// without the formats that assert nothing. Published meta-schemas that the
// contract refers to are among them.
func (s *Set) Texts() map[string][]byte {
	m := map[string][]byte{}
	for _, f := range s.files {
		m[f.url] = s.portable(f, s.unasserted()...)
	}
	return m
}
