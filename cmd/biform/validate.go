package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/generator/contract"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/videotag"
)

// validation is one call of validate.
type validation struct {
	*app
	contracts  load.Contracts
	format     string
	crossCheck bool
	maxBytes   int64

	xml, json func([]byte) error // nil: no contract for the form
	// follow says that the schemas which payloads name are read, and hints are
	// the validators made of them.
	follow  bool
	hints   map[string]func([]byte) error
	engines []engine
}

// verdict is what validation says of one payload.
type verdict struct {
	path       string
	violations wire.Violations
	// disagreements are the engines whose verdict is another one.
	disagreements []string
}

func (v *verdict) valid() bool { return len(v.violations) == 0 && len(v.disagreements) == 0 }

func validateCommand(a *app) *cobra.Command {
	v := &validation{app: a}
	c := &cobra.Command{
		Use:   "validate PAYLOAD...",
		Short: "Validate payloads against the contracts",
		Long: `Validate checks payloads, XML or JSON, against the contract of their form: the
XSD's verdict or the JSON Schema's, with every violation. Without a contract,
payloads are callbacks of Tencent Cloud CI's video tagging. A folder stands for
the .xml and .json files in it, - for standard input.

It prints "valid: PATH" for a payload that is valid, and otherwise a line for
each violation: PATH:LINE:COLUMN: /path/in/the/payload: what is wrong [code].

The root of an XML payload may be any global element of the XSD, unless --root
names one. The schemas that a payload names (xsi:schemaLocation) are read only
with --schema-location, and only from files beside the payload.`,
		Example: `  biform validate payload.xml payload.json
  biform validate --jsonschema order.schema.json orders/
  biform validate --format json - < payload.json
  biform validate --xsd callback.xsd --schema-location payload.xml`,
		Args: somePayloads,
		RunE: func(c *cobra.Command, payloads []string) error {
			if !slices.Contains([]string{"text", "json", "sarif"}, v.format) {
				return &usageError{c.CommandPath(), fmt.Errorf("there is no format %q: it is text, json or sarif", v.format)}
			}
			return v.run(c.Context(), payloads)
		},
	}
	contractFlags(c, &v.contracts)
	c.Flags().StringVar(&v.format, "format", "text", "the output's `FORMAT`: text, json or sarif")
	c.Flags().BoolVar(&v.follow, "schema-location", false, "read the schemas that XML payloads name, from files beside them")
	c.Flags().BoolVar(&v.crossCheck, "cross-check", false, "ask every other engine there is too, and report where one disagrees")
	c.Flags().Int64Var(&v.maxBytes, "max-bytes", 256<<20, "refuse payloads of more `BYTES`")
	if err := c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json", "sarif"}, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag was defined above
	}
	return c
}

// run validates the payloads in order and prints the verdicts.
func (v *validation) run(ctx context.Context, payloads []string) error {
	if err := v.prepare(); err != nil {
		return err
	}
	cleanup, err := v.prepareEngines()
	defer cleanup()
	if err != nil {
		return err
	}
	paths, err := expand(payloads)
	if err != nil {
		return err
	}
	p := newProgress(v.stderr, len(paths))
	defer p.done()
	out := newPrinter(v.format, v.stdout)
	invalid, unusable := false, false
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return err
		}
		p.step()
		one, err := v.one(path)
		if err != nil {
			p.clear()
			fmt.Fprintf(v.stderr, "biform: error: %v\n", err)
			unusable = true
			continue
		}
		if !one.valid() {
			invalid = true
		}
		if v.format == "text" {
			p.clear()
		}
		if err := out.print(one); err != nil {
			return err
		}
	}
	if err := out.end(); err != nil {
		return err
	}
	switch {
	case unusable:
		return status(exitUnusable)
	case invalid:
		return status(exitDiffers)
	}
	return nil
}

// callback are the contracts that payloads are validated against when none are
// named. They are read rather than taken from the generated package, so that
// the command can be built to generate that.
var callback = load.Contracts{
	XSD:        videotag.XSD,
	JSONSchema: videotag.JSONSchema,
	Folder:     folder.New(videotag.FS(), ""),
}

// prepare makes the validators.
func (v *validation) prepare() error {
	c := v.contracts
	if c.XSD == "" && c.JSONSchema == "" {
		if v.follow {
			return nil // payloads bring their contracts
		}
		c = callback
	}
	// Each contract is asked alone: a payload has one form, and its verdict
	// does not depend on what the other contract says.
	if c.XSD != "" {
		one := c
		one.JSONSchema = ""
		doc, diags := load.XML(one)
		if doc == nil || diags.HasErrors() {
			return v.report(diags)
		}
		tables, more := contract.XML(doc.XML)
		if err := v.report(append(diags, more...)); err != nil {
			return err
		}
		v.xml = restrict(tables, c.Root).Validate
	}
	if c.JSONSchema != "" {
		one := c
		one.XSD, one.Also = "", nil
		doc, diags := load.Document(one)
		if doc == nil || diags.HasErrors() {
			return v.report(diags)
		}
		tables, more := contract.JSON(doc.JSON)
		if err := v.report(append(diags, more...)); err != nil {
			return err
		}
		v.json = tables.Validate
	}
	return nil
}

// somePayloads refuses a command line without payloads.
func somePayloads(_ *cobra.Command, payloads []string) error {
	if len(payloads) == 0 {
		return errors.New("no payload is named: give files, folders, or - for standard input")
	}
	return nil
}

// one validates one payload.
func (v *validation) one(path string) (*verdict, error) {
	data, err := v.read(path)
	if err != nil {
		return nil, err
	}
	validate, form, flag := v.json, model.JSON, "--jsonschema"
	if wire.IsXML(data) {
		validate, form, flag = v.xml, model.XML, "--xsd"
		if v.follow {
			if validate, err = v.hinted(path, data); err != nil {
				return nil, err
			}
		}
	}
	if validate == nil {
		if len(bytes.TrimSpace(data)) == 0 {
			return nil, fmt.Errorf("%s: the payload is empty", path)
		}
		return nil, fmt.Errorf("%s: the payload is %s and there is no contract for that form: name one with %s", path, strings.ToUpper(string(form)), flag)
	}
	one := &verdict{path: path}
	if err := validate(data); err != nil && !errors.As(err, &one.violations) {
		return nil, err
	}
	for _, e := range v.engines {
		if e.form == form {
			if said := e.disagrees(data, len(one.violations) == 0); said != "" {
				one.disagreements = append(one.disagreements, said)
			}
		}
	}
	return one, nil
}

// read reads a payload, up to the limit.
func (v *validation) read(path string) ([]byte, error) {
	r := v.stdin
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, plain(path, err)
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > v.maxBytes {
			return nil, fmt.Errorf("%s: the payload has %d bytes, the limit is %d: see --max-bytes", path, info.Size(), v.maxBytes)
		}
		r = f
	}
	data, err := io.ReadAll(io.LimitReader(r, v.maxBytes+1))
	if err != nil {
		return nil, plain(path, err)
	}
	if int64(len(data)) > v.maxBytes {
		return nil, fmt.Errorf("%s: the payload has more than %d bytes: see --max-bytes", path, v.maxBytes)
	}
	return data, nil
}

// plain says what went wrong with a file without the name of the system call.
func plain(path string, err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}

// expand replaces folders by the payloads in them.
func expand(payloads []string) ([]string, error) {
	var paths []string
	for _, p := range payloads {
		info, err := os.Stat(p)
		if p == "-" || err != nil || !info.IsDir() {
			paths = append(paths, p) // one that is not there is reported in its turn
			continue
		}
		entries, err := os.ReadDir(p)
		if err != nil {
			return nil, plain(p, err)
		}
		for _, e := range entries {
			if ext := strings.ToLower(filepath.Ext(e.Name())); !e.IsDir() && (ext == ".xml" || ext == ".json") {
				paths = append(paths, filepath.Join(p, e.Name()))
			}
		}
	}
	return paths, nil
}

// progress tells a terminal how far a long run is.
type progress struct {
	w           io.Writer
	done_, all  int
	shown, live bool
}

// manyPayloads is how many payloads make a run long.
const manyPayloads = 50

func newProgress(w io.Writer, all int) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, all: all, live: ok && all >= manyPayloads && term.IsTerminal(int(f.Fd()))}
}

func (p *progress) step() {
	if p.done_++; p.live && (p.done_%10 == 0 || p.done_ == p.all) {
		fmt.Fprintf(p.w, "\r%d of %d payloads", p.done_, p.all)
		p.shown = true
	}
}

// clear makes room for a line of output.
func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

func (p *progress) done() { p.clear() }
