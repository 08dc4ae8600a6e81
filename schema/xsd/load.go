package xsd

import (
	"errors"
	"io/fs"
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

// documentKey names a document: a file, by the ID of its place, is read once
// for each namespace.
type documentKey struct{ file, target string }

// loader reads a schema document and all that it includes and imports.
type loader struct {
	diags *diag.List
	docs  []*document
	byKey map[documentKey]*document
	trees map[string]*node // by the ID of the place; nil: unusable
	files []*folder.File   // in the order of reading
	// resources are the files that stand for locations and namespaces.
	resources map[string]folder.Place
}

func newLoader(diags *diag.List) *loader {
	return &loader{diags: diags, byKey: map[documentKey]*document{}, trees: map[string]*node{}}
}

// tree returns the parsed and grammar-checked root of a file, or nil. from is the
// reference that leads to it, nil for the contract itself.
func (l *loader) tree(place folder.Place, from *node) *node {
	id := place.ID()
	if root, ok := l.trees[id]; ok {
		return root
	}
	l.trees[id] = nil
	file, err := place.Read()
	if err != nil {
		l.unreadable(place.Name, from, err)
		return nil
	}
	l.files = append(l.files, file)
	text := decodeText(file, l.diags)
	if text == nil {
		return nil
	}
	root := parse(text, l.diags)
	if root == nil || !checkGrammar(root, l.diags) {
		return nil
	}
	l.trees[id] = root
	return root
}

func (l *loader) unreadable(name string, from *node, err error) {
	at := model.Position{File: name}
	if from != nil {
		at = from.attrAt("schemaLocation")
	}
	switch missing := errors.Is(err, fs.ErrNotExist); {
	case missing && from == nil:
		l.diags.Errorf(at, "no-such-file", "there is no file %q in the contract's folder", name).
			WithHint("put the file there, or correct the name")
	case missing:
		l.diags.Warnf(at, "no-such-file", "there is no file %q in the contract's folder", name).
			WithHint("put the file there, correct the name, or name another file with --resource %s=FILE; what it declares is missing", from.get("schemaLocation"))
	default:
		l.diags.Errorf(at, "unreadable", "cannot read %q: %v", name, err)
	}
}

// first loads the contract itself, or a further one that is used with it.
func (l *loader) first(place folder.Place) *document {
	root := l.tree(place, nil)
	if root == nil {
		return nil
	}
	return l.add(root, place, root.get("targetNamespace"), false)
}

// hints loads the schema documents of namespaces that no document has yet.
func (l *loader) hints(places []folder.Place) {
	known := map[string]bool{}
	for _, d := range l.docs {
		known[d.target] = true
	}
	for _, place := range places {
		root := l.tree(place, nil)
		if root == nil {
			continue
		}
		if target := root.get("targetNamespace"); !known[target] {
			l.add(root, place, target, false)
		}
	}
}

// add makes a document of a tree and follows its references.
func (l *loader) add(root *node, place folder.Place, target string, chameleon bool) *document {
	key := documentKey{place.ID(), target}
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
		l.diags.Errorf(root.attrAt("targetNamespace"), "sch-props-correct", "the target namespace is empty").
			WithHint("leave targetNamespace out for a schema without namespace")
	}
	l.byKey[key] = d
	l.docs = append(l.docs, d)
	for _, n := range root.kids {
		switch {
		case n.is("include"), n.is("redefine"):
			l.include(d, n, place)
		case n.is("import"):
			l.imported(d, n, place)
		}
	}
	return d
}

// include follows an xs:include or xs:redefine (Part 1, sections 4.2.1 and
// 4.2.2).
func (l *loader) include(d *document, n *node, base folder.Place) {
	if !n.has("schemaLocation") {
		return // the grammar has reported it
	}
	place, ok := l.locate(n, base)
	if !ok {
		return
	}
	root := l.tree(place, n)
	if root == nil {
		return
	}
	target := root.get("targetNamespace")
	if target != "" && target != d.target {
		rule := "src-include.2.1"
		if n.is("redefine") {
			rule = "src-redefine.3.1"
		}
		l.diags.Errorf(n.attrAt("schemaLocation"), rule,
			"%q has the target namespace %q, the including schema %q", place.Name, target, d.target).
			WithHint("use xs:import for a schema of another namespace").WithRelated(root.at())
		return
	}
	d.parts[n] = l.add(root, place, d.target, target == "" && d.target != "")
}

// imported follows an xs:import (Part 1, section 4.2.3).
func (l *loader) imported(d *document, n *node, base folder.Place) {
	space := n.get("namespace")
	switch {
	case n.has("namespace") && space == "":
		l.diags.Errorf(n.attrAt("namespace"), "src-import.1.1", "the namespace is empty").
			WithHint("leave it out to import components without namespace")
		return
	case n.has("namespace") && space == d.target:
		l.diags.Errorf(n.attrAt("namespace"), "src-import.1.1", "a schema may not import its own target namespace").
			WithHint("use xs:include")
		return
	case !n.has("namespace") && d.target == "":
		l.diags.Errorf(n.at(), "src-import.1.2", "a schema without target namespace may only import with a namespace").
			WithHint("use xs:include")
		return
	}
	d.imports[space] = true
	if space == xsdSpace {
		return
	}
	place, ok := l.resource(n.get("schemaLocation"))
	if !ok && n.has("schemaLocation") {
		if space == xmlSpaceNS && !l.holds(n, base) {
			return // the attributes of that namespace are built in
		}
		if !l.holds(n, base) {
			place, ok = l.resource(space)
		}
		if !ok {
			if place, ok = l.locate(n, base); !ok {
				return
			}
		}
	}
	if !ok {
		if place, ok = l.resource(space); !ok {
			return
		}
	}
	root := l.tree(place, n)
	if root == nil {
		return
	}
	if target := root.get("targetNamespace"); target != space {
		rule := "src-import.3.1"
		if !n.has("namespace") {
			rule = "src-import.3.2"
		}
		l.diags.Errorf(n.at(), rule, "%q has the target namespace %q, not %q", place.Name, target, space).
			WithRelated(root.at())
		return
	}
	l.add(root, place, space, false)
}

// resource returns the file that stands for a location or a namespace.
func (l *loader) resource(of string) (folder.Place, bool) {
	place, ok := l.resources[of]
	return place, ok && of != ""
}

// holds tells whether a reference leads to a file in the contract's folder.
func (l *loader) holds(n *node, base folder.Place) bool {
	place, err := base.Resolve(n.get("schemaLocation"))
	if err != nil {
		return false
	}
	_, err = place.Read()
	return err == nil
}

// locate returns the place that a schemaLocation leads to; where there is none,
// a diagnostic says so. A location on the network is a hint that was not
// followed (Part 1, section 4.3.2), and no fault of the schema; one that leaves
// the folder is refused.
func (l *loader) locate(n *node, base folder.Place) (folder.Place, bool) {
	ref := n.get("schemaLocation")
	if place, ok := l.resource(ref); ok {
		return place, true
	}
	place, err := base.Resolve(ref)
	if err == nil {
		return place, true
	}
	at := n.attrAt("schemaLocation")
	if beside, ok := l.beside(ref, base); ok {
		l.diags.Warnf(at, "beside", "%q is not fetched; %q beside the contract is read in its place", ref, beside.Name)
		return beside, true
	}
	if strings.Contains(ref, "://") {
		l.diags.Warnf(at, "not-fetched", "%q is not fetched; what it declares is missing", ref).
			WithHint("put the file into the contract's folder, or name it with --resource %s=FILE", ref)
		return folder.Place{}, false
	}
	l.diags.Errorf(at, "outside", "%v", err).
		WithHint("put the file into the contract's folder and name it relative to this one, or use --resource")
	return folder.Place{}, false
}

// beside looks for the last part of a location that cannot be followed in the
// folder of the file that refers to it, with and without ".xsd".
func (l *loader) beside(ref string, base folder.Place) (folder.Place, bool) {
	if !strings.Contains(ref, "://") && !strings.HasPrefix(ref, "/") {
		return folder.Place{}, false
	}
	ref, _, _ = strings.Cut(ref, "#")
	ref, _, _ = strings.Cut(ref, "?")
	last := ref[strings.LastIndexByte(ref, '/')+1:]
	if last == "" {
		return folder.Place{}, false
	}
	for _, candidate := range []string{last, last + ".xsd"} {
		place, err := base.Resolve(candidate)
		if err != nil {
			continue
		}
		if _, err := place.Read(); err == nil {
			return place, true
		}
	}
	return folder.Place{}, false
}
