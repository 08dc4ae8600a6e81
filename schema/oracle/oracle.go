package oracle

import (
	"cmp"
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

// Validator is a contract that an engine has compiled.
type Validator interface {
	// Validate returns the engine's verdict; a payload that is malformed is not
	// valid. An error says that there is no verdict: the engine must not be shown
	// the payload, or it failed.
	Validate(payload []byte) (Verdict, error)
}

// Engine is a validator that biform did not write.
type Engine interface {
	// Name is how the engine calls itself.
	Name() string
	// Form is the wire form that it judges.
	Form() model.Form
	// Available returns why the engine cannot be asked at all, or nil.
	Available() error
	// Compile reads the contract of that name in the folder.
	Compile(f *folder.Folder, name string, opts jsonschema.Options) (Validator, error)
}

// Engines returns all engines, those of JSON first.
func Engines() []Engine { return []Engine{Santhosh{}, GoJSONSchema{}, XMLLint{}} }

// ErrUnsupported is wrapped by the errors of Compile for a contract that the
// engine would not read as its draft means it.
var ErrUnsupported = errors.New("the engine does not support the contract")

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

// load reads a contract and has v5 compile it.
func load(f *folder.Folder, name string, opts jsonschema.Options) (*jsonschema.Set, error) {
	set, diags := jsonschema.Load(f, name, opts)
	if set == nil {
		return nil, errorsOf(diags)
	}
	if set.Lookaheads() {
		return nil, fmt.Errorf("%w: package regexp, which it hands patterns to, has no lookaheads", ErrUnsupported)
	}
	return set, nil
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
