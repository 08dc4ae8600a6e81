package oracle

import (
	"errors"
	"net/url"
	"strings"

	santhosh "github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
)

// Santhosh is santhosh-tekuri/jsonschema v5.
type Santhosh struct{}

// Name returns the engine's import path.
func (Santhosh) Name() string { return "santhosh-tekuri/jsonschema/v5" }

// Form returns JSON.
func (Santhosh) Form() model.Form { return model.JSON }

// Available returns nil: the engine is part of the program.
func (Santhosh) Available() error { return nil }

// Compile reads a contract.
func (Santhosh) Compile(f *folder.Folder, name string, opts jsonschema.Options) (Validator, error) {
	set, err := load(f, name, opts)
	if err != nil {
		return nil, err
	}
	if err := santhoshMisreads.check(set); err != nil {
		return nil, err
	}
	schema, err := set.Compiled()
	if err != nil {
		return nil, err
	}
	return santhoshValidator{schema}, nil
}

type santhoshValidator struct{ schema *santhosh.Schema }

// Validate returns v5's verdict.
func (v santhoshValidator) Validate(payload []byte) (Verdict, error) {
	value, malformed, err := parse(payload)
	if err != nil {
		return Verdict{}, err
	}
	if malformed != nil {
		return Verdict{Complaints: []Complaint{*malformed}}, nil
	}
	err = guard(Santhosh{}.Name(), func() error { return v.schema.Validate(value) })
	if err == nil {
		return Verdict{Valid: true}, nil
	}
	var ve *santhosh.ValidationError
	if !errors.As(err, &ve) {
		return Verdict{}, err
	}
	return Verdict{Complaints: sorted(leaves(ve, nil))}, nil
}

// leaves collects the complaints that have no cause of their own.
func leaves(ve *santhosh.ValidationError, list []Complaint) []Complaint {
	for _, c := range ve.Causes {
		list = leaves(c, list)
	}
	if len(ve.Causes) > 0 {
		return list
	}
	_, keyword, _ := strings.Cut(ve.AbsoluteKeywordLocation, "#")
	return append(list, Complaint{Path: pointer(ve.InstanceLocation), Keyword: pointer(keyword), Message: ve.Message})
}

// pointer undoes the percent-encoding that v5 puts on top of a JSON Pointer.
func pointer(s string) string {
	if p, err := url.PathUnescape(s); err == nil {
		return p
	}
	return s
}
