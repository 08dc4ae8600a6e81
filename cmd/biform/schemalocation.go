package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/generator/contract"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
)

// xsiSpace is the namespace of the attributes that name schemas (XML Schema
// Part 1, section 2.6.3).
const xsiSpace = "http://www.w3.org/2001/XMLSchema-instance"

// maxHints is how many schema documents of a payload are looked at.
const maxHints = 1000

// schemaLocations lists the schema documents that a payload names, each once:
// the locations of xsi:schemaLocation and xsi:noNamespaceSchemaLocation, with
// their namespaces. It ends where the payload is not well-formed.
func schemaLocations(data []byte) (spaces, locations []string) {
	seen := map[[2]string]bool{}
	add := func(space, location string) {
		if key := [2]string{space, location}; !seen[key] && len(locations) < maxHints {
			seen[key] = true
			spaces, locations = append(spaces, space), append(locations, location)
		}
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := dec.Token()
		if err != nil {
			return spaces, locations
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Space != xsiSpace {
				continue
			}
			switch fields := strings.Fields(a.Value); a.Name.Local {
			case "schemaLocation":
				for i := 0; i+1 < len(fields); i += 2 {
					add(fields[i], fields[i+1])
				}
			case "noNamespaceSchemaLocation":
				if len(fields) == 1 {
					add("", fields[0])
				}
			}
		}
	}
}

// hinted returns the validator of a payload that names schema documents: they
// are files beside the payload, or below its folder, or named by --resource.
// Others are not read, and a warning says so.
func (v *validation) hinted(path string, data []byte) (func([]byte) error, error) {
	base := "."
	if path != "-" {
		base = filepath.Dir(path)
	}
	// The name is one inside the folder only; nothing is read by it.
	dir, name, err := folder.Open(filepath.Join(base, "payload.xml"))
	if err != nil {
		return nil, plain(path, err)
	}
	var hints []folder.Place
	var diags diag.List
	key := ""
	spaces, locations := schemaLocations(data)
	for i, location := range locations {
		place, err := folder.Place{Folder: dir, Name: name}.Resolve(location)
		for _, url := range []string{location, spaces[i]} {
			if file := v.contracts.Resources[url]; file != "" && url != "" {
				f, name, e := folder.Open(file)
				place, err = folder.Place{Folder: f, Name: name}, e
				break
			}
		}
		if err == nil {
			_, err = place.Read()
		}
		if err != nil {
			diags.Warnf(model.Position{File: path}, "hint", "the schema %q that the payload names is not read: %v", location, err).
				WithHint("put it beside the payload, or name a file with --resource")
			continue
		}
		hints = append(hints, place)
		key += place.ID() + "\x00"
	}
	if err := v.report(diags); err != nil {
		return nil, err
	}
	if len(hints) == 0 {
		if v.xml == nil {
			return nil, fmt.Errorf("%s: the payload names no schema that can be read, and there is no contract: name one with --xsd", path)
		}
		return v.xml, nil
	}
	if validate, ok := v.hints[key]; ok {
		return validate, nil
	}
	c := v.contracts
	c.JSONSchema = ""
	doc, diags := load.XML(c, hints...)
	var tables *wire.XMLContract
	if doc != nil && !diags.HasErrors() {
		var more diag.List
		tables, more = contract.XML(doc.XML)
		diags = append(diags, more...)
	}
	if v.report(diags) != nil {
		return nil, fmt.Errorf("%s: the schemas that the payload names cannot be used", path)
	}
	if v.hints == nil {
		v.hints = map[string]func([]byte) error{}
	}
	v.hints[key] = restrict(tables, v.contracts.Root).Validate
	return v.hints[key], nil
}

// restrict returns the tables with the one root that --root admits, which comes
// first among the global elements.
func restrict(t *wire.XMLContract, root string) *wire.XMLContract {
	if root == "" || len(t.Roots) == 0 {
		return t
	}
	return &wire.XMLContract{Roots: t.Roots, Root: t.Roots[0], Attributes: t.Attributes, Elements: t.Elements,
		Types: t.Types, Simple: t.Simple, States: t.States, Wildcards: t.Wildcards, Identities: t.Identities}
}
