package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/oracle"
	"github.com/biform/biform/schema/videotag"
)

// engine is another engine that is asked for its verdict.
type engine struct {
	form string // "XML" or "JSON", as verdicts have it
	*oracle.Engine
}

// disagrees says how the engine's verdict differs from ours; empty when it does
// not, or when the engine has none.
func (e engine) disagrees(ctx context.Context, payload []byte, valid bool) string {
	theirs, err := e.Valid(ctx, payload)
	switch {
	case err != nil || theirs == valid:
		return ""
	case valid:
		return fmt.Sprintf("%s says invalid, biform says valid: one of them is wrong, please report it", e.Name)
	}
	return fmt.Sprintf("%s says valid, biform says invalid: one of them is wrong, please report it", e.Name)
}

// prepareEngines finds every engine that there is for the contracts. cleanup
// removes what they needed.
func (v *validation) prepareEngines() (cleanup func(), err error) {
	cleanup = func() {}
	if !v.crossCheck {
		return cleanup, nil
	}
	xsd, jsonFolder, jsonName := v.contracts.XSD, (*folder.Folder)(nil), ""
	switch {
	case v.contracts.XSD == "" && v.contracts.JSONSchema == "":
		dir, err := os.MkdirTemp("", "biform")
		if err != nil {
			return cleanup, err
		}
		cleanup = func() { os.RemoveAll(dir) }
		data, err := fs.ReadFile(videotag.FS(), videotag.XSD)
		if err != nil {
			return cleanup, err
		}
		xsd = filepath.Join(dir, videotag.XSD)
		if err := os.WriteFile(xsd, data, 0o600); err != nil {
			return cleanup, err
		}
		jsonFolder, jsonName = folder.New(videotag.FS(), ""), videotag.JSONSchema
	case v.contracts.JSONSchema != "":
		if jsonFolder, jsonName, err = folder.Open(v.contracts.JSONSchema); err != nil {
			return cleanup, err
		}
	}
	if xsd != "" {
		if lint := oracle.XML(xsd); lint != nil {
			v.engines = append(v.engines, engine{"XML", lint})
		} else {
			fmt.Fprintln(v.stderr, "biform: note: xmllint is not installed: no other engine is asked about XML")
		}
	}
	if jsonFolder != nil {
		others, err := oracle.JSON(jsonFolder, jsonName)
		if err != nil {
			return cleanup, fmt.Errorf("no other engine can use %s: %w", jsonName, err)
		}
		for _, e := range others {
			if e.Form == model.JSON {
				v.engines = append(v.engines, engine{"JSON", e})
			}
		}
	}
	return cleanup, nil
}
