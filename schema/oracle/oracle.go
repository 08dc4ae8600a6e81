package oracle

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	santhosh "github.com/santhosh-tekuri/jsonschema/v5"
	"github.com/xeipuuv/gojsonschema"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
)

// Engine is one engine with one contract.
type Engine struct {
	Name string
	Form model.Form
	// verdict tells whether a payload is valid. An error is no verdict.
	verdict func(context.Context, []byte) (bool, error)
}

// Valid asks for the engine's verdict. An error means that it has none: the
// payload is beyond what it can be shown, or the engine failed.
func (e *Engine) Valid(ctx context.Context, payload []byte) (valid bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			valid, err = false, fmt.Errorf("%s fails: %v", e.Name, r)
		}
	}()
	return e.verdict(ctx, payload)
}

// JSON returns the engines for a JSON Schema of that name in a folder. The
// first that cannot use the contract is the error; gojsonschema is left out for
// drafts that it does not know.
func JSON(f *folder.Folder, name string) (engines []*Engine, err error) {
	defer func() {
		if r := recover(); r != nil {
			engines, err = nil, fmt.Errorf("the contract makes an engine fail: %v", r)
		}
	}()
	file, err := f.Read(name)
	if err != nil {
		return nil, err
	}
	if err := guard(file.Data); err != nil {
		return nil, err
	}
	first, draft, err := v5(f, file)
	if err != nil {
		return nil, err
	}
	engines = append(engines, first)
	if !newerThanDraft7(draft) {
		second, err := xeipuuv(file)
		if err != nil {
			return nil, err
		}
		engines = append(engines, second)
	}
	return engines, nil
}

// base is the URL that contracts are given, so that their relative references
// stay within the folder.
const base = "biform:///"

// v5 compiles a contract with santhosh-tekuri/jsonschema and returns the URL of
// its draft.
func v5(f *folder.Folder, file *folder.File) (*Engine, string, error) {
	c := santhosh.NewCompiler()
	c.LoadURL = func(url string) (io.ReadCloser, error) {
		name, ok := strings.CutPrefix(url, base)
		if !ok {
			return nil, fmt.Errorf("%q is outside the contract's folder; nothing is fetched", url)
		}
		other, err := f.Read(name)
		if err != nil {
			return nil, err
		}
		if err := guard(other.Data); err != nil {
			return nil, err
		}
		return io.NopCloser(bytes.NewReader(other.Data)), nil
	}
	if err := c.AddResource(base+file.Inside, bytes.NewReader(file.Data)); err != nil {
		return nil, "", err
	}
	schema, err := c.Compile(base + file.Inside)
	if err != nil {
		return nil, "", err
	}
	var head struct {
		Schema string `json:"$schema"`
	}
	_ = json.Unmarshal(file.Data, &head) // a boolean schema has no draft
	return &Engine{"santhosh-tekuri/jsonschema v5", model.JSON, func(_ context.Context, payload []byte) (bool, error) {
		if err := guard(payload); err != nil {
			return false, err
		}
		if !json.Valid(payload) {
			return false, nil // the decoder would not look behind the first value
		}
		d := json.NewDecoder(bytes.NewReader(payload))
		d.UseNumber()
		var v any
		if err := d.Decode(&v); err != nil {
			return false, err
		}
		return schema.Validate(v) == nil, nil
	}}, head.Schema, nil
}

// newerThanDraft7 tells whether gojsonschema would take a draft for another.
func newerThanDraft7(url string) bool {
	return !strings.Contains(url, "draft-04") && !strings.Contains(url, "draft-06") && !strings.Contains(url, "draft-07")
}

// xeipuuv compiles a contract with gojsonschema, which may be done only when v5
// has compiled it.
func xeipuuv(file *folder.File) (*Engine, error) {
	loader := gojsonschema.NewSchemaLoader()
	schema, err := loader.Compile(closed{gojsonschema.NewBytesLoader(file.Data)})
	if err != nil {
		return nil, err
	}
	return &Engine{"gojsonschema", model.JSON, func(_ context.Context, payload []byte) (bool, error) {
		if err := guard(payload); err != nil {
			return false, err
		}
		if !json.Valid(payload) {
			return false, nil
		}
		result, err := schema.Validate(closed{gojsonschema.NewBytesLoader(payload)})
		if err != nil {
			return false, err
		}
		return result.Valid(), nil
	}}, nil
}

// closed is a loader of gojsonschema whose references lead nowhere.
type closed struct{ gojsonschema.JSONLoader }

// LoaderFactory implements gojsonschema.JSONLoader.
func (closed) LoaderFactory() gojsonschema.JSONLoaderFactory { return refusing{} }

type refusing struct{}

// New implements gojsonschema.JSONLoaderFactory. The loader that it returns
// fails to load.
func (refusing) New(source string) gojsonschema.JSONLoader {
	return closed{gojsonschema.NewBytesLoader([]byte("nothing is fetched: " + source))}
}

// errNumber is why an engine is not shown a payload.
var errNumber = errors.New("a number that the engine would fail on")

// The longest number and the largest exponent that engines are shown.
const (
	maxNumber   = 64
	maxExponent = 400
)

// guard refuses JSON with a number that makes the engines panic. It looks at
// digits outside of strings and nothing else of the grammar.
func guard(data []byte) error {
	for i := 0; i < len(data); i++ {
		c := data[i]
		if c == '"' {
			for i++; i < len(data) && data[i] != '"'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
			continue
		}
		if c < '0' || c > '9' {
			continue
		}
		from, exp, inExp := i, 0, false
		for ; i < len(data) && strings.IndexByte("0123456789.eE+-", data[i]) >= 0; i++ {
			switch c := data[i]; {
			case c == 'e' || c == 'E':
				inExp = true
			case inExp && c >= '0' && c <= '9':
				exp = min(exp*10+int(c-'0'), maxExponent+1)
			}
		}
		if i-from > maxNumber || exp > maxExponent {
			return errNumber
		}
		i--
	}
	return nil
}

// XML returns xmllint for the XSD at path, or nil when it is not installed.
func XML(path string) *Engine {
	program, err := exec.LookPath("xmllint")
	if err != nil {
		return nil
	}
	return &Engine{"xmllint", model.XML, func(ctx context.Context, payload []byte) (bool, error) {
		return lint(ctx, program, path, payload)
	}}
}

// timeout is how long xmllint may take for one payload.
const timeout = 30 * time.Second

func lint(ctx context.Context, program, xsd string, payload []byte) (bool, error) {
	dir, err := os.MkdirTemp("", "biform")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "payload.xml")
	if err := os.WriteFile(file, payload, 0o600); err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "--nonet", "--noout", "--schema", xsd, file)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return true, nil
	case ctx.Err() != nil:
		return false, fmt.Errorf("xmllint took more than %s", timeout)
	case errors.As(err, &exit) && (exit.ExitCode() == 1 || exit.ExitCode() == 3 || exit.ExitCode() == 4):
		// Not well-formed, or fails to validate.
		return false, nil
	}
	return false, fmt.Errorf("xmllint: %w: %s", err, firstLine(out))
}

func firstLine(b []byte) string {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return string(line)
}
