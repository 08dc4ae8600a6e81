package xsd

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
)

// Options say how to read a contract.
type Options struct {
	// Root names the global element that is the document's root, as "Name" or
	// "{namespace}Name". Empty: the one global element, or else the first that
	// no other element refers to.
	Root string
	// Also names further schema documents of the folder that are used together
	// with the contract, such as those of a namespace that it imports without
	// saying where it is.
	Also []string
	// With are further schema documents like those of Also, in any folder.
	With []folder.Place
	// Resources are the files that stand for references: by the schemaLocation as
	// it is written, or by the namespace that is imported without a location that
	// leads to a file. A reference inside such a file is relative to it, and stays
	// in its folder.
	Resources map[string]folder.Place
	// Hints are schema documents that a payload names. Those of a namespace that
	// the others have are left out: what the caller says goes first.
	Hints []folder.Place
	// ComponentsOnly reads what validating needs and no more: the model has the
	// components (XML) but no root and no types. The schema may be one without
	// any global element.
	ComponentsOnly bool
}

// Read reads the schema document of that name in the folder, and all that it
// includes and imports, into a model. The document is nil when a diagnostic is
// an error.
func Read(f *folder.Folder, name string, opts Options) (*model.Document, diag.List) {
	var diags diag.List
	doc := read(f, name, opts, &diags)
	diags.Sort()
	if diags.HasErrors() {
		return nil, diags
	}
	return doc, diags
}

func read(f *folder.Folder, name string, opts Options, diags *diag.List) *model.Document {
	l := newLoader(diags)
	l.resources = opts.Resources
	main := l.first(folder.Place{Folder: f, Name: name})
	for _, also := range opts.Also {
		l.first(folder.Place{Folder: f, Name: also})
	}
	for _, place := range opts.With {
		l.first(place)
	}
	if main == nil {
		return nil
	}
	l.hints(opts.Hints)
	s := declare(l.docs, diags)
	s.readHints()
	s.resolve()
	s.check()
	if diags.HasErrors() {
		return nil // what follows needs a sound schema
	}
	var root *elementDecl
	if !opts.ComponentsOnly || opts.Root != "" {
		if root = s.chooseRoot(main, opts.Root); root == nil {
			return nil
		}
	}
	doc := &model.Document{XML: s.contract(root, main.target), Prefixes: prefixes(l.docs)}
	if !opts.ComponentsOnly {
		s.structure(doc, root)
	}
	for _, file := range l.files {
		doc.Sources = append(doc.Sources, file.Source(model.XML))
	}
	return doc
}

// chooseRoot picks the document's root element.
func (s *schema) chooseRoot(main *document, want string) *elementDecl {
	if want != "" {
		return s.namedRoot(main, want)
	}
	var global, free []*elementDecl
	for _, e := range s.elements.order {
		if e.abstract || e.name.Space != main.target {
			continue
		}
		global = append(global, e)
		if !s.referenced[e] {
			free = append(free, e)
		}
	}
	switch {
	case len(global) == 0:
		s.diags.Errorf(main.root.at(), "no-root", "the schema declares no global element that could be a document's root").
			WithHint("add an xs:element below xs:schema")
		return nil
	case len(global) == 1:
		return global[0]
	case len(free) == 1:
		return free[0]
	case len(free) == 0:
		free = global
	}
	names := make([]string, len(free))
	for i, e := range free {
		names[i] = e.name.Local
	}
	s.diags.Warnf(free[0].at(), "ambiguous-root", "several elements could be the document's root; %s is taken", names[0]).
		WithHint("name the root with --root; the candidates are %s", strings.Join(names, ", "))
	return free[0]
}

func (s *schema) namedRoot(main *document, want string) *elementDecl {
	var names []string
	for _, e := range s.elements.order {
		if want == braces(e.name) || want == e.name.Local && e.name.Space == main.target {
			return e
		}
		names = append(names, e.name.Local)
	}
	for _, e := range s.elements.order {
		if want == e.name.Local {
			return e
		}
	}
	d := s.diags.Errorf(main.root.at(), "no-root", "there is no global element %s", want)
	if near := suggest(want, names); near != "" {
		d.WithHint("did you mean %s?", near)
	} else if len(names) > 0 {
		slices.Sort(names)
		d.WithHint("the global elements are %s", strings.Join(slices.Compact(names), ", "))
	}
	return nil
}
