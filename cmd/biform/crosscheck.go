package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/oracle"
	"github.com/biform/biform/schema/videotag"
)

// engine is another engine that is asked for its verdict.
type engine struct {
	name      string
	form      model.Form
	validator oracle.Validator
}

// disagrees says how the engine's verdict differs from ours; empty when it does
// not, or when the engine has none.
func (e engine) disagrees(payload []byte, valid bool) string {
	theirs, err := e.validator.Validate(payload)
	switch {
	case err != nil || theirs.Valid == valid:
		return ""
	case valid:
		return fmt.Sprintf("%s says invalid, biform says valid: one of them is wrong, please report it", e.name)
	}
	return fmt.Sprintf("%s says valid, biform says invalid: one of them is wrong, please report it", e.name)
}

// prepareEngines finds every engine that there is for the contracts. cleanup
// removes what they needed.
func (v *validation) prepareEngines() (cleanup func(), err error) {
	cleanup = func() {}
	if !v.crossCheck {
		return cleanup, nil
	}
	contracts := map[model.Form]string{model.XML: v.contracts.XSD, model.JSON: v.contracts.JSONSchema}
	if v.contracts.XSD == "" && v.contracts.JSONSchema == "" {
		dir, err := os.MkdirTemp("", "biform")
		if err != nil {
			return cleanup, err
		}
		cleanup = func() { os.RemoveAll(dir) }
		if err := os.CopyFS(dir, videotag.FS()); err != nil {
			return cleanup, err
		}
		contracts[model.XML] = filepath.Join(dir, videotag.XSD)
		contracts[model.JSON] = filepath.Join(dir, videotag.JSONSchema)
	}
	var diags diag.List
	opts := v.contracts.JSONOptions(&diags)
	if diags.HasErrors() {
		return cleanup, diags.Err()
	}
	for _, e := range oracle.Engines() {
		contract := contracts[e.Form()]
		if contract == "" {
			continue
		}
		if e.Form() == model.XML && (v.follow || len(v.contracts.Also) > 0 || len(v.contracts.Resources) > 0) {
			fmt.Fprintf(v.stderr, "biform: note: %s is not asked: it takes one XSD, as it stands\n", e.Name())
			continue
		}
		if err := e.Available(); err != nil {
			fmt.Fprintf(v.stderr, "biform: note: %s is not asked: %v\n", e.Name(), err)
			continue
		}
		f, name, err := folder.Open(contract)
		if err != nil {
			return cleanup, err
		}
		validator, err := e.Compile(f, name, opts)
		switch {
		case errors.Is(err, oracle.ErrUnsupported):
			fmt.Fprintf(v.stderr, "biform: note: %s is not asked: %v\n", e.Name(), err)
		case err != nil:
			return cleanup, fmt.Errorf("%s cannot use %s: %w", e.Name(), contract, err)
		default:
			v.engines = append(v.engines, engine{e.Name(), e.Form(), validator})
		}
	}
	return cleanup, nil
}
