package oracle

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xeipuuv/gojsonreference"
	"github.com/xeipuuv/gojsonschema"

	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// errLaterDraft says that gojsonschema would ignore keywords of a contract.
var errLaterDraft = errors.New("gojsonschema knows no draft after draft-07")

// gojsonDrafts are the drafts that gojsonschema knows.
var gojsonDrafts = map[model.Draft]gojsonschema.Draft{
	model.Draft4: gojsonschema.Draft4, model.Draft6: gojsonschema.Draft6, model.Draft7: gojsonschema.Draft7,
}

// newGoJSONSchema returns gojsonschema with a contract, which v5 must have
// compiled: see the package's documentation.
func newGoJSONSchema(set *jsonschema.Set) (*Engine, error) {
	const name = "gojsonschema"
	draft, ok := gojsonDrafts[set.Draft()]
	if !ok {
		return nil, errLaterDraft
	}
	files := closedFiles{}
	for address, text := range set.Texts() {
		tree, errs := jsontree.Parse(text, jsontree.Limits{Depth: 1000, NumberBytes: 64, Exponent: 400})
		if errs != nil {
			return nil, errs[0]
		}
		files[address] = tree
	}
	var schema *gojsonschema.Schema
	err := guard(name, func() (err error) {
		loader := gojsonschema.NewSchemaLoader()
		loader.Draft = draft
		schema, err = loader.Compile(files.New(set.Address()))
		return err
	})
	if err != nil {
		return nil, err
	}
	return &Engine{name, model.JSON, func(_ context.Context, payload []byte) (Verdict, error) {
		value, malformed, err := parse(payload)
		if err != nil {
			return Verdict{}, err
		}
		if malformed != nil {
			return Verdict{Complaints: []Complaint{*malformed}}, nil
		}
		result, err := schema.Validate(gojsonschema.NewRawLoader(value))
		if err != nil {
			return Verdict{}, err
		}
		v := Verdict{Valid: result.Valid()}
		for _, e := range result.Errors() {
			v.Complaints = append(v.Complaints, Complaint{Path: contextPointer(e.Context()), Keyword: e.Type(), Message: e.Description()})
		}
		v.Complaints = sorted(v.Complaints)
		return v, nil
	}}, nil
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
