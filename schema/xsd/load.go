package xsd

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
)

// document is a schema document as a part of one namespace. A document without
// a target namespace that others include takes theirs (chameleon), so that one
// file can be several documents.
type document struct {
	root      *node
	file      *folder.File
	target    string
	chameleon bool
	// imports are the namespaces that the document may refer to, beside its
	// own and that of XML Schema (src-resolve, clause 4).
	imports map[string]bool
	// parts are the documents that its xs:include and xs:redefine lead to.
	parts map[*node]*document

	qualifiedElements   bool
	qualifiedAttributes bool
	blockDefault        string
	finalDefault        string
}

// documentKey names a document: a file is read once for each namespace.
type documentKey struct{ file, target string }

// loader reads a schema document and all that it includes and imports.
type loader struct {
	folder *folder.Folder
	diags  *diag.List
	docs   []*document
	byKey  map[documentKey]*document
	trees  map[string]*node // by the name inside the folder; nil: unusable
	files  map[string]*folder.File
	order  []string // the files, in the order of reading
}

func newLoader(f *folder.Folder, diags *diag.List) *loader {
	return &loader{folder: f, diags: diags, byKey: map[documentKey]*document{},
		trees: map[string]*node{}, files: map[string]*folder.File{}}
}

// tree returns the parsed and grammar-checked root of a file, or nil. at is the
// place of the reference, for a file that cannot be read.
func (l *loader) tree(name string, at model.Position) *node {
	if root, ok := l.trees[name]; ok {
		return root
	}
	l.trees[name] = nil
	file, err := l.folder.Read(name)
	if err != nil {
		l.unreadable(name, at, err)
		return nil
	}
	l.files[name] = file
	l.order = append(l.order, name)
	text := decodeText(file, l.diags)
	if text == nil {
		return nil
	}
	root := parse(text, l.diags)
	if root == nil || !checkGrammar(root, l.diags) {
		return nil
	}
	l.trees[name] = root
	return root
}

func (l *loader) unreadable(name string, at model.Position, err error) {
	if errors.Is(err, fs.ErrNotExist) {
		add := l.diags.Warnf
		if at.Line == 0 {
			add = l.diags.Errorf // the contract itself
		}
		add(at, "no-such-file", "there is no file %q in the contract's folder", name).
			WithHint("put the file there or correct the name; what it declares is missing")
		return
	}
	l.diags.Errorf(at, "unreadable", "cannot read %q: %v", name, err)
}

// first loads the contract itself, or a further one that is used with it.
func (l *loader) first(name string) *document {
	name = path.Clean(name)
	root := l.tree(name, model.Position{File: name})
	if root == nil {
		return nil
	}
	return l.add(root, name, root.get("targetNamespace"), false)
}

// add makes a document of a tree and follows its references.
func (l *loader) add(root *node, name, target string, chameleon bool) *document {
	key := documentKey{name, target}
	if d := l.byKey[key]; d != nil {
		return d
	}
	d := &document{root: root, file: root.file, target: target, chameleon: chameleon,
		imports:             map[string]bool{},
		parts:               map[*node]*document{},
		qualifiedElements:   root.get("elementFormDefault") == "qualified",
		qualifiedAttributes: root.get("attributeFormDefault") == "qualified",
		blockDefault:        root.get("blockDefault"),
		finalDefault:        root.get("finalDefault"),
	}
	if root.has("targetNamespace") && root.get("targetNamespace") == "" {
		l.diags.Errorf(root.attrAt("targetNamespace"), "bad-attribute", "the target namespace is empty").
			WithHint("leave targetNamespace out for a schema without namespace")
	}
	l.byKey[key] = d
	l.docs = append(l.docs, d)
	for _, n := range root.kids {
		switch {
		case n.is("include"), n.is("redefine"):
			l.include(d, n, name)
		case n.is("import"):
			l.imported(d, n, name)
		}
	}
	return d
}

// include follows an xs:include or xs:redefine (Part 1, sections 4.2.1 and
// 4.2.2).
func (l *loader) include(d *document, n *node, base string) {
	if !n.has("schemaLocation") {
		return // the grammar has reported it
	}
	name := l.locate(n, base)
	if name == "" {
		return
	}
	root := l.tree(name, n.attrAt("schemaLocation"))
	if root == nil {
		return
	}
	target := root.get("targetNamespace")
	if target != "" && target != d.target {
		l.diags.Errorf(n.attrAt("schemaLocation"), "src-"+n.name.Local,
			"%q has the target namespace %q, the including schema %q", name, target, d.target).
			WithHint("use xs:import for a schema of another namespace").WithRelated(root.at())
		return
	}
	d.parts[n] = l.add(root, name, d.target, target == "" && d.target != "")
}

// imported follows an xs:import (Part 1, section 4.2.3).
func (l *loader) imported(d *document, n *node, base string) {
	space := n.get("namespace")
	switch {
	case n.has("namespace") && space == "":
		l.diags.Errorf(n.attrAt("namespace"), "src-import", "the namespace is empty").
			WithHint("leave it out to import components without namespace")
		return
	case n.has("namespace") && space == d.target:
		l.diags.Errorf(n.attrAt("namespace"), "src-import", "a schema may not import its own target namespace").
			WithHint("use xs:include")
		return
	case !n.has("namespace") && d.target == "":
		l.diags.Errorf(n.at(), "src-import", "a schema without target namespace may only import with a namespace").
			WithHint("use xs:include")
		return
	}
	d.imports[space] = true
	if !n.has("schemaLocation") || space == xsdSpace {
		return
	}
	if space == xmlSpaceNS && !l.holds(n, base) {
		return // the attributes of that namespace are built in
	}
	name := l.locate(n, base)
	if name == "" {
		return
	}
	root := l.tree(name, n.attrAt("schemaLocation"))
	if root == nil {
		return
	}
	if target := root.get("targetNamespace"); target != space {
		l.diags.Errorf(n.at(), "src-import", "%q has the target namespace %q, not %q", name, target, space).
			WithRelated(root.at())
		return
	}
	l.add(root, name, space, false)
}

// holds tells whether a reference leads to a file in the contract's folder.
func (l *loader) holds(n *node, base string) bool {
	name, err := folder.Resolve(base, n.get("schemaLocation"))
	if err != nil {
		return false
	}
	_, err = l.folder.Read(name)
	return err == nil
}

// locate returns the name inside the folder that a schemaLocation leads to, or
// "" with a diagnostic.
func (l *loader) locate(n *node, base string) string {
	ref := n.get("schemaLocation")
	name, err := folder.Resolve(base, ref)
	if err == nil {
		return name
	}
	at := n.attrAt("schemaLocation")
	if beside := l.beside(ref, base); beside != "" {
		l.diags.Warnf(at, "beside", "%q is not fetched; %q beside the contract is read in its place", ref, beside)
		return beside
	}
	l.diags.Errorf(at, "outside", "%v", err).
		WithHint("put the file into the contract's folder and name it relative to this one")
	return ""
}

// beside looks for the last part of a location that cannot be followed in the
// folder of the file that refers to it, with and without ".xsd".
func (l *loader) beside(ref, base string) string {
	if !strings.Contains(ref, "://") && !strings.HasPrefix(ref, "/") {
		return ""
	}
	ref, _, _ = strings.Cut(ref, "#")
	ref, _, _ = strings.Cut(ref, "?")
	last := ref[strings.LastIndexByte(ref, '/')+1:]
	if last == "" {
		return ""
	}
	for _, candidate := range []string{last, last + ".xsd"} {
		name, err := folder.Resolve(base, candidate)
		if err != nil {
			continue
		}
		if _, err := l.folder.Read(name); err == nil {
			return name
		}
	}
	return ""
}
