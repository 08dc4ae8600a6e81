package oracle

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xeipuuv/gojsonreference"
	"github.com/xeipuuv/gojsonschema"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// GoJSONSchema is xeipuuv/gojsonschema.
type GoJSONSchema struct{}

// Name returns the engine's import path.
func (GoJSONSchema) Name() string { return "xeipuuv/gojsonschema" }

// Form returns JSON.
func (GoJSONSchema) Form() model.Form { return model.JSON }

// Available returns nil: the engine is part of the program.
func (GoJSONSchema) Available() error { return nil }

// Compile reads a contract, after v5 has: see the package's documentation.
func (g GoJSONSchema) Compile(f *folder.Folder, name string, opts jsonschema.Options) (Validator, error) {
	set, err := load(f, name, opts)
	if err != nil {
		return nil, err
	}
	if _, err := set.Compiled(); err != nil {
		return nil, err
	}
	if set.Circular() {
		return nil, fmt.Errorf("%w: a definition refers to itself without an end, which overflows the stack of %s", ErrUnsupported, g.Name())
	}
	if err := gojsonMisreads.check(set); err != nil {
		return nil, err
	}
	drafts := map[model.Draft]gojsonschema.Draft{
		model.Draft4: gojsonschema.Draft4, model.Draft6: gojsonschema.Draft6, model.Draft7: gojsonschema.Draft7,
	}
	draft, ok := drafts[set.Draft()]
	if !ok {
		return nil, fmt.Errorf("%w: %s knows no draft after draft-07, and this is %s", ErrUnsupported, g.Name(), set.Draft())
	}
	files := closedFiles{}
	for address, text := range set.Texts() {
		tree, errs := jsontree.Parse(text, jsontree.Limits{Depth: 1000, NumberBytes: 64, Exponent: 400})
		if errs != nil {
			return nil, errs[0]
		}
		files[address] = tree
	}
	v := gojsonValidator{}
	err = guard(g.Name(), func() (err error) {
		loader := gojsonschema.NewSchemaLoader()
		loader.Draft = draft
		v.schema, err = loader.Compile(files.New(set.Address()))
		return err
	})
	if err != nil {
		return nil, err
	}
	return v, nil
}

// closedFiles are the files of a contract by address. It makes loaders that
// know these and nothing else: the engine's own would fetch.
type closedFiles map[string]*jsontree.Node

// New returns the loader of an address.
func (c closedFiles) New(source string) gojsonschema.JSONLoader {
	return closedLoader{JSONLoader: gojsonschema.NewReferenceLoader(source), files: c, source: source}
}

type closedLoader struct {
	gojsonschema.JSONLoader
	files  closedFiles
	source string
}

// LoaderFactory returns the loaders of other addresses.
func (l closedLoader) LoaderFactory() gojsonschema.JSONLoaderFactory { return l.files }

// JsonReference returns the address.
func (l closedLoader) JsonReference() (gojsonreference.JsonReference, error) {
	return gojsonreference.NewJsonReference(l.source)
}

// LoadJSON returns the file at the address, fresh, for the engine rewrites it.
func (l closedLoader) LoadJSON() (any, error) {
	address, _, _ := strings.Cut(l.source, "#")
	if tree := l.files[address]; tree != nil {
		return tree.Value(), nil
	}
	return nil, fmt.Errorf("%s is not a file of the contract, and nothing is fetched", l.source)
}

type gojsonValidator struct{ schema *gojsonschema.Schema }

// Validate returns gojsonschema's verdict.
func (v gojsonValidator) Validate(payload []byte) (Verdict, error) {
	value, malformed, err := parse(payload)
	if err != nil {
		return Verdict{}, err
	}
	if malformed != nil {
		return Verdict{Complaints: []Complaint{*malformed}}, nil
	}
	var result *gojsonschema.Result
	err = guard(GoJSONSchema{}.Name(), func() (err error) {
		result, err = v.schema.Validate(gojsonschema.NewRawLoader(value))
		return err
	})
	if err != nil {
		return Verdict{}, err
	}
	verdict := Verdict{Valid: result.Valid()}
	for _, e := range result.Errors() {
		verdict.Complaints = append(verdict.Complaints, Complaint{Path: contextPointer(e.Context()), Keyword: e.Type(), Message: e.Description()})
	}
	verdict.Complaints = sorted(verdict.Complaints)
	return verdict, nil
}

// contextPointer writes the engine's path as a JSON Pointer.
func contextPointer(c *gojsonschema.JsonContext) string {
	// A delimiter that no JSON string can hold unescaped keeps names apart.
	const delimiter = "\x00"
	steps := strings.Split(c.String(delimiter), delimiter)[1:] // the first is the root
	b := strings.Builder{}
	for _, s := range steps {
		if _, err := strconv.Atoi(s); err != nil {
			s = jsontree.Escape(s)
		}
		b.WriteString("/" + s)
	}
	return b.String()
}
