package compat

import (
	"strings"

	"github.com/biform/biform/generator"
	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/diff"
	"github.com/biform/biform/schema/model"
)

// Package is the Go package of one state of a document, as far as its users
// see it.
type Package struct {
	// Names is its names file.
	Names   []byte
	Surface *Surface

	origins map[string]origin
}

// origin is where a Go name comes from.
type origin struct {
	paths   []string // in the document
	at      []model.Position
	subject string // the value that a constant stands for
}

// Options are what else decides the interface of a package.
type Options struct {
	// Names is the names file that there is; nil when the package is generated
	// for the first time.
	Names []byte
	// NoHandler leaves out the webhook handler.
	NoHandler bool
}

// New makes the package of a document. What cannot be generated is in the
// diagnostics; the error is a fault of biform.
func New(doc *model.Document, opts Options) (*Package, diag.List, error) {
	source, diags, err := generator.SourceOf(doc, generator.Options{Package: "generated", Runtime: "biform/wire",
		Names: opts.Names, NoHandler: opts.NoHandler})
	if source == nil {
		return nil, diags, err
	}
	surface, err := SurfaceOf(source.Files)
	if err != nil {
		return nil, diags, err
	}
	return &Package{Names: source.Names, Surface: surface, origins: originsOf(source.Plan, doc)}, diags, nil
}

// originsOf says of every Go name that a contract decides where it comes from.
func originsOf(p *plan.Package, doc *model.Document) map[string]origin {
	paths := diff.PathsOf(doc)
	out := map[string]origin{}
	for _, r := range p.Records {
		out[r.Name] = origin{paths: paths.Type(r.ID), at: r.At}
		for _, f := range r.Fields {
			if f.Model != nil {
				out[r.Name+"."+f.Name] = origin{paths: paths.Field(r.ID, f.Model), at: f.At}
			}
		}
	}
	for _, e := range p.Enums {
		o := origin{paths: paths.Type(e.ID)}
		if t := doc.Type(e.ID); t != nil {
			o.at = t.At
		}
		out[e.Name] = o
		for _, v := range e.Values {
			out[v.Name] = origin{paths: o.paths, at: o.at, subject: v.Value}
		}
	}
	return out
}

// origin returns where a name comes from: that of its type when it has none of
// its own, and the root when that has none either.
func (p *Package) origin(name string) origin {
	for {
		if o, ok := p.origins[name]; ok && len(o.paths) > 0 {
			return o
		}
		dot := strings.LastIndexByte(name, '.')
		if dot < 0 {
			return origin{paths: []string{"/"}}
		}
		name = name[:dot]
	}
}
