package oracle

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// Verdict is what an engine says of a payload.
type Verdict struct {
	Valid bool
	// Complaints say why it is not valid, sorted.
	Complaints []Complaint
}

// Complaint is one thing that an engine has against a payload.
type Complaint struct {
	// Path is the JSON Pointer of the value in question; in XML, the line as
	// "line 12".
	Path string
	// Keyword is the place in the contract that the value breaks, as far as the
	// engine says.
	Keyword string
	Message string
}

// Engine is one engine with one contract.
type Engine struct {
	Name string
	Form model.Form

	validate func(context.Context, []byte) (Verdict, error)
}

// Validate asks for the engine's verdict. A payload that is malformed is not
// valid. An error means that there is no verdict: the engine must not be shown
// the payload, or it failed.
func (e *Engine) Validate(ctx context.Context, payload []byte) (v Verdict, err error) {
	err = guard(e.Name, func() error {
		v, err = e.validate(ctx, payload)
		return err
	})
	if err != nil {
		return Verdict{}, err
	}
	return v, nil
}

// Valid tells whether the engine takes the payload for valid. An error means
// what it means for [Engine.Validate].
func (e *Engine) Valid(ctx context.Context, payload []byte) (bool, error) {
	v, err := e.Validate(ctx, payload)
	return v.Valid, err
}

// JSON returns the engines for a JSON Schema of that name in a folder. The
// first that cannot use the contract is the error; gojsonschema is left out for
// drafts that it does not know.
func JSON(f *folder.Folder, name string) ([]*Engine, error) {
	return Compile(f, name, jsonschema.Options{})
}

// Compile is [JSON] for a contract that is read with options.
func Compile(f *folder.Folder, name string, opts jsonschema.Options) ([]*Engine, error) {
	set, diags := jsonschema.Load(f, name, opts)
	if set == nil {
		return nil, errorsOf(diags)
	}
	engines := []*Engine{newSanthosh(set)}
	second, err := newGoJSONSchema(set)
	switch {
	case errors.Is(err, errLaterDraft):
	case err != nil:
		return nil, err
	default:
		engines = append(engines, second)
	}
	return engines, nil
}

// payloadLimits are what payloads are held to before an engine sees them.
var payloadLimits = jsontree.Default

// parse reads a payload as the engines take it. A text that is not JSON has a
// complaint, and needs no engine: theirs would overlook what stands behind the
// first value. What an engine must not be shown, for a number or its depth, is
// an error, and so is a name given twice, of which each would read another.
func parse(payload []byte) (value any, malformed *Complaint, err error) {
	tree, errs := jsontree.Parse(payload, payloadLimits)
	for _, e := range errs {
		if e.Code != "syntax" {
			return nil, nil, fmt.Errorf("the payload is not shown to engines: %w", e)
		}
		malformed = &Complaint{Path: e.Pointer, Message: e.Error()}
	}
	if malformed != nil {
		return nil, malformed, nil
	}
	return tree.Value(), nil, nil
}

// guard turns a panic of an engine into an error.
func guard(engine string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s gave up: %v", engine, r)
		}
	}()
	return f()
}

// errorsOf returns the errors among diagnostics.
func errorsOf(l diag.List) error {
	return slices.DeleteFunc(slices.Clone(l), func(d diag.Diagnostic) bool { return d.Severity != diag.Error }).Err()
}

// sorted puts complaints in order and drops repeats.
func sorted(list []Complaint) []Complaint {
	slices.SortFunc(list, func(a, b Complaint) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Keyword, b.Keyword), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(list)
}
