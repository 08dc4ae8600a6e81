// Package load goes the whole way from contract files to a model: it opens
// their folders, reads each contract, and pairs the two.
//
// It adds nothing to what the readers and the pairing say; it only knows their
// order. It generates nothing.
package load

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/pair"
	"github.com/biform/biform/schema/xsd"
)

// Contracts names the contract files of one document. Either may be empty.
type Contracts struct {
	XSD        string
	JSONSchema string
	// Also are further XSDs, which are used together with XSD.
	Also []string
	// Resources are the files that stand for references of the contracts to
	// elsewhere, by their URL.
	Resources map[string]string
	// Root is the name of the root element or of the document, where the
	// contracts do not tell.
	Root string
	// Draft reads the JSON Schema by that draft, whatever its $schema says.
	Draft model.Draft
	// FormatAssertion asks that format, contentEncoding and contentMediaType be
	// rules of the JSON Schema, not only annotations.
	FormatAssertion bool
	// Folder is where the names lead; nil: they are paths of the system.
	Folder *folder.Folder
	// Open opens the folder of a contract by name and returns the contract's
	// name inside it, where Folder is nil; nil: [folder.Open].
	Open func(name string) (*folder.Folder, string, error)
}

// Document reads the contracts into one model.
func Document(c Contracts) (*model.Document, diag.List) {
	xml, json, diags := Each(c)
	if diags.HasErrors() {
		return nil, diags
	}
	doc, d := Join(xml, json)
	return doc, append(diags, d...)
}

// Each reads each contract into a model of its own; one that is not named is
// nil.
func Each(c Contracts) (xml, json *model.Document, diags diag.List) {
	if c.XSD != "" {
		if f, name, ok := c.open(c.XSD, &diags); ok {
			var d diag.List
			if opts := c.xsdOptions(&diags); !diags.HasErrors() {
				xml, d = xsd.Read(f, name, opts)
				diags = append(diags, d...)
			}
		}
	}
	if c.JSONSchema != "" {
		if f, name, ok := c.open(c.JSONSchema, &diags); ok {
			var d diag.List
			if opts := c.JSONOptions(&diags); !diags.HasErrors() {
				json, d = jsonschema.Read(f, name, opts)
				diags = append(diags, d...)
			}
		}
	}
	return xml, json, diags
}

// Join makes one model of those that [Each] returns.
func Join(xml, json *model.Document) (*model.Document, diag.List) {
	switch {
	case xml != nil && json != nil:
		return pair.Merge(xml, json)
	case xml != nil:
		return pair.Single(xml)
	}
	return pair.Single(json)
}

// XML reads the XSDs for validating: their components, without the types that a
// Go package has. hints are the schema documents that a payload names: those of
// namespaces that the XSDs do not have are used with them, or alone where there
// is no XSD.
func XML(c Contracts, hints ...folder.Place) (*model.Document, diag.List) {
	var diags diag.List
	opts := c.xsdOptions(&diags)
	opts.ComponentsOnly, opts.Hints = true, hints
	var f *folder.Folder
	var name string
	switch {
	case c.XSD != "":
		f, name, _ = c.open(c.XSD, &diags)
	case len(hints) > 0:
		f, name, opts.Hints = hints[0].Folder, hints[0].Name, nil
		opts.With = append(opts.With, hints[1:]...)
	}
	if diags.HasErrors() || f == nil {
		return nil, diags
	}
	doc, d := xsd.Read(f, name, opts)
	return doc, append(diags, d...)
}

// JSONOptions returns how the JSON Schema is read, and opens the files that stand
// for its references.
func (c *Contracts) JSONOptions(diags *diag.List) jsonschema.Options {
	return jsonschema.Options{
		Root: c.Root, Draft: c.Draft, FormatAssertion: c.FormatAssertion, Alone: c.XSD == "", Files: c.resources(diags),
	}
}

// xsdOptions opens the files that are used with the XSD.
func (c *Contracts) xsdOptions(diags *diag.List) xsd.Options {
	opts := xsd.Options{Root: c.Root}
	for _, also := range c.Also {
		if f, name, ok := c.open(also, diags); ok {
			opts.With = append(opts.With, folder.Place{Folder: f, Name: name})
		}
	}
	opts.Resources = c.resources(diags)
	return opts
}

// resources opens the files that stand for references.
func (c *Contracts) resources(diags *diag.List) map[string]folder.Place {
	var places map[string]folder.Place
	for _, url := range slices.Sorted(maps.Keys(c.Resources)) {
		if f, name, ok := c.open(c.Resources[url], diags); ok {
			if places == nil {
				places = map[string]folder.Place{}
			}
			places[url] = folder.Place{Folder: f, Name: name}
		}
	}
	return places
}

// open opens a contract's folder and sees that the contract is in it.
func (c *Contracts) open(name string, diags *diag.List) (*folder.Folder, string, bool) {
	if c.Folder != nil {
		return c.Folder, name, true
	}
	at := model.Position{File: name}
	open := c.Open
	if open == nil {
		open = folder.Open
	}
	f, base, err := open(name)
	if err == nil {
		_, err = f.Read(base)
	}
	if err == nil {
		return f, base, true
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	d := diags.Errorf(at, "file", "the contract cannot be read: %v", err)
	if errors.Is(err, fs.ErrNotExist) && c.Open == nil {
		if near := nearest(name); near != "" {
			d.WithHint("did you mean %s?", near)
		}
	}
	return nil, "", false
}

// nearest returns a file beside name that has the same ending, if there is one.
func nearest(name string) string {
	found, err := filepath.Glob(filepath.Join(filepath.Dir(name), "*"+filepath.Ext(name)))
	if err != nil || len(found) == 0 {
		return ""
	}
	return found[0]
}
