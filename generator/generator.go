package generator

import (
	"fmt"
	"go/token"
	"slices"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/generator/contract"
	"github.com/biform/biform/generator/emit"
	"github.com/biform/biform/generator/naming"
	"github.com/biform/biform/generator/plan"
	"github.com/biform/biform/generator/verify"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// Options says how to generate.
type Options struct {
	// Package is the name of the Go package.
	Package string
	// Runtime is the import path of the runtime, package wire.
	Runtime string
	// Names is the names file of the last time; nil the first time.
	Names []byte
	// NoHandler leaves out the webhook handler, and with it net/http.
	NoHandler bool
}

// NamesFile is the name of the names file, beside the generated code.
const NamesFile = "names.txt"

// File is a generated file. Its name has no folder.
type File = emit.File

// Generate returns the files of the Go package for a document: the Go files,
// and the names file. When any diagnostic is an error there are no files. The
// error is a fault of biform, not of the contracts.
func Generate(doc *model.Document, opts Options) ([]File, diag.List, error) {
	s, diags, err := SourceOf(doc, opts)
	if s == nil {
		return nil, diags, err
	}
	if err := verify.Package(s.Files, opts.Runtime); err != nil {
		return nil, diags, fmt.Errorf("the generated code does not compile: %w", err)
	}
	return append(s.Files, File{Name: NamesFile, Data: s.Names}), diags, nil
}

// valid tells whether an example of the document is valid, and warns otherwise.
func valid(t *wire.JSONContract, example string, doc *model.Document, diags *diag.List) bool {
	err := t.Validate([]byte(example))
	if err == nil {
		return true
	}
	at := model.Position{}
	if root := doc.Type(doc.Root); len(root.At) > 0 {
		at = root.At[len(root.At)-1]
	}
	diags.Warnf(at, "bad-example", "an example of the document is not valid: %v", err).
		WithHint("mend it: no test is made of it")
	return false
}

// Source is a generated package that nobody has compiled yet.
type Source struct {
	Plan  *plan.Package
	Files []File
	Names []byte // the names file
}

// SourceOf goes the way of [Generate] up to the source, which it does not
// verify: for comparing packages that are not written.
func SourceOf(doc *model.Document, opts Options) (*Source, diag.List, error) {
	var diags diag.List
	if !token.IsIdentifier(opts.Package) || opts.Package == "_" {
		diags.Errorf(model.Position{}, "usage", "%q is no name for a Go package", opts.Package)
		return nil, diags, nil
	}
	names, err := naming.Read(opts.Names)
	if err != nil {
		diags.Errorf(model.Position{File: NamesFile}, "names", "the names file cannot be read: %v", err).
			WithHint("mend the line, or remove the file to decide all names anew")
		return nil, diags, nil
	}
	p, diags := plan.Make(doc, opts.Package, names)
	var contracts emit.Contracts
	if doc.XML != nil {
		t, simple, d := contract.XMLWith(doc.XML)
		diags = append(diags, d...)
		contracts.XML, contracts.Simple = t, simple
	}
	if doc.JSON != nil {
		t, index, d := contract.JSONWith(doc.JSON, p.Schemas())
		diags = append(diags, d...)
		contracts.JSON = t
		contracts.Schema = func(at model.Position) int { return index[at] }
		if p != nil && t != nil && !diags.HasErrors() {
			p.Examples = slices.DeleteFunc(p.Examples, func(example string) bool { return !valid(t, example, doc, &diags) })
		}
	}
	diags.Sort()
	if diags.HasErrors() {
		return nil, diags, nil
	}
	files, err := emit.Package(p, contracts, emit.Options{Runtime: opts.Runtime, NoHandler: opts.NoHandler})
	if err != nil {
		return nil, diags, err
	}
	return &Source{Plan: p, Files: files, Names: names.Write()}, diags, nil
}
