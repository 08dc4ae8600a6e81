package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/biform/biform/generator/output"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/videotag"
	"github.com/biform/biform/templates/scaffold"
)

func initCommand(a *app) *cobra.Command {
	var contracts load.Contracts
	var pkg, out string
	c := &cobra.Command{
		Use:   "init",
		Short: "Begin: write the configuration, the go:generate line and a first test",
		Long: `Init writes into the working folder, which must be in a Go module, what a module
needs to generate code from its contracts:

  ` + configName + `          the configuration, with comments
  biform.schema.json   its JSON Schema, by which editors complete it
  generate.go          the line for go generate
  biform_test.go       a test that reads the payloads in testdata/PACKAGE

Without --xsd and --jsonschema it brings an example along, the contracts of the
video tagging callback and a payload of each form, so that this works at once:

  biform init && go generate ./... && go test ./...

It overwrites nothing: when a file is there already and differs, it says which
and writes none.`,
		Example: `  biform init
  biform init --xsd order.xsd --jsonschema order.schema.json
  biform init --jsonschema order.schema.json --package order --out internal/order`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.init(contracts, pkg, out, c.CommandPath())
		},
	}
	contractFlags(c, &contracts)
	c.Flags().StringVar(&pkg, "package", "", "the `NAME` of the Go package (default: what the contract's file is called)")
	c.Flags().StringVar(&out, "out", "", "the `FOLDER` of the Go package (default: the package's name)")
	return c
}

// beginning is what init found out, and what its templates speak of.
type beginning struct {
	Package string // of the working folder
	Doc     string // a comment for it, where there is no Go file yet
	Command string // that runs biform

	load.Contracts
	DraftName string // of the JSON Schema, where it was named

	Name     string // of the document
	Document string // its Go package
	Out      string // the folder of that
	Import   string // its import path
	Runtime  string // the import path of its runtime
	Payloads string // the folder of the test's payloads
	Both     bool   // there are two contracts
	Form     string // XML or JSON: the one that the test writes
}

// init writes the files of a beginning, all or none.
func (a *app) init(c load.Contracts, pkg, out, command string) error {
	files := map[string][]byte{}
	module, err := a.module()
	if err != nil {
		return err
	}
	b := &beginning{Contracts: c}
	if c.XSD == "" && c.JSONSchema == "" {
		if c.Root != "" {
			return &usageError{command, errors.New("--root goes with --xsd or --jsonschema")}
		}
		pkg = cmp.Or(pkg, exampleName)
		b.XSD, b.JSONSchema = "contracts/"+videotag.XSD, "contracts/"+videotag.JSONSchema
		if err := example(b.Contracts, pkg, files); err != nil {
			return err
		}
		c = callback
	}
	doc, diags := load.Document(c)
	if err := a.report(diags); err != nil {
		return err
	}
	if err := b.decide(doc, module, pkg, out, command); err != nil {
		return err
	}
	if err := b.fill(files); err != nil {
		return err
	}
	return a.writeNew(files)
}

// module finds the module of the working folder, and sees that generated code
// can be compiled in it.
func (a *app) module() (goModule, error) {
	m, err := findModule(".")
	switch {
	case err != nil:
		return m, err
	case m.path == "":
		return m, errors.New("there is no go.mod here or above: run go mod init NAME first, such as go mod init example.com/receiver")
	case !m.atLeast(oldestGo):
		return m, fmt.Errorf("%s: the module is of go %s, and generated code needs go %s: run go mod edit -go=%s", m.file, cmp.Or(m.version, "1.16"), oldestGo, oldestGo)
	}
	return m, nil
}

// The Go files that init writes.
const (
	generateFile = "generate.go"
	testFile     = "biform_test.go"
)

// exampleName is what the package of the example is called.
const exampleName = "callback"

// example puts the callback's contracts among the files, and a payload of each
// form.
func example(c load.Contracts, pkg string, files map[string][]byte) error {
	for name, from := range map[string]struct {
		fsys fs.FS
		name string
	}{
		c.XSD:        {videotag.FS(), videotag.XSD},
		c.JSONSchema: {videotag.FS(), videotag.JSONSchema},
		path.Join(payloads(pkg), scaffold.PayloadXML):  {scaffold.FS(), scaffold.PayloadXML},
		path.Join(payloads(pkg), scaffold.PayloadJSON): {scaffold.FS(), scaffold.PayloadJSON},
	} {
		data, err := fs.ReadFile(from.fsys, from.name)
		if err != nil {
			return err
		}
		files[name] = data
	}
	return nil
}

// payloads is the folder of the payloads that the test of a package reads.
func payloads(pkg string) string { return path.Join("testdata", pkg) }

// decide finds out everything that nobody needs to be asked for.
func (b *beginning) decide(doc *model.Document, m goModule, pkg, out, command string) error {
	usage := func(format string, args ...any) error {
		return &usageError{command, fmt.Errorf(format, args...)}
	}
	var err error
	if b.Package, b.Doc, err = ownPackage(m); err != nil {
		return err
	}
	there := ""
	if out != "" {
		if there, err = packageIn(out); err != nil {
			return err
		}
	}
	contract := path.Base(filepath.ToSlash(cmp.Or(b.JSONSchema, b.XSD)))
	stem, _, _ := strings.Cut(contract, ".")
	b.Document = cmp.Or(pkg, there, packageName(stem), packageName(doc.Name))
	switch {
	case b.Document == "":
		return usage("no name for the Go package can be made of %q: name one with --package", contract)
	case !isPackageName(b.Document):
		return usage("%q is no name for a Go package: take letters and digits, a letter first", b.Document)
	case there != "" && there != b.Document:
		return usage("--out %s holds the Go package %s already, not %s", out, there, b.Document)
	}
	b.Out = path.Clean(filepath.ToSlash(cmp.Or(out, b.Document)))
	if b.Import, err = m.importPath(b.Out); err != nil {
		return usage("--out %s: %v", out, err)
	}
	for _, name := range []*string{&b.XSD, &b.JSONSchema} {
		*name = filepath.ToSlash(*name)
	}
	for i := range b.Also {
		b.Also[i] = filepath.ToSlash(b.Also[i])
	}
	for url := range b.Resources {
		b.Resources[url] = filepath.ToSlash(b.Resources[url])
	}
	b.DraftName = draftFlag{&b.Draft}.String()
	b.Name, b.Runtime, b.Payloads = doc.Name, b.Import+"/wire", payloads(b.Document)
	b.Both, b.Form = b.XSD != "" && b.JSONSchema != "", "JSON"
	if b.JSONSchema == "" {
		b.Form = "XML"
	}
	b.Command = "biform"
	if m.tool {
		b.Command = "go tool biform"
	}
	return nil
}

// ownPackage returns the name of the Go package in the working folder. Where
// there is none yet, it is called after the folder's import path, and gets a
// comment.
func ownPackage(m goModule) (name, doc string, err error) {
	if name, err = packageIn("."); name != "" || err != nil {
		return name, "", err
	}
	at, err := m.importPath(".")
	if err != nil {
		return "", "", err
	}
	base := path.Base(at)
	if isMajorVersion(base) {
		base = path.Base(path.Dir(at))
	}
	name = cmp.Or(packageName(base), "documents")
	return name, fmt.Sprintf("// Package %s holds what %s lists.\n", name, configName), nil
}

// packageIn returns the name of the Go package in a folder, or nothing when
// there is none. What init writes itself does not count.
func packageIn(dir string) (string, error) {
	files := build.Default
	files.ReadDir = func(dir string) ([]fs.FileInfo, error) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		var infos []fs.FileInfo
		for _, e := range entries {
			if e.Name() == generateFile || e.Name() == testFile {
				continue
			}
			info, err := e.Info()
			if err != nil {
				return nil, err
			}
			infos = append(infos, info)
		}
		return infos, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", nil // generate says what is wrong with it, if anything is
	}
	p, err := files.ImportDir(dir, 0)
	var none *build.NoGoError
	if errors.As(err, &none) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("%s: the Go files here are no package: %w", dir, err)
	}
	return p.Name, nil
}

// writeNew writes files that are not there yet, all or none. Those that are
// there already must be the same.
func (a *app) writeNew(files map[string][]byte) error {
	set := &output.Set{Dir: ".", Files: files}
	changes, err := set.Changes()
	if err != nil {
		return err
	}
	differing := slices.DeleteFunc(slices.Clone(changes), func(c output.Change) bool { return c.Old == nil })
	for _, c := range differing {
		fmt.Fprintf(a.stderr, "biform: error: %s is there already, and is not overwritten\n", c.Name)
	}
	if len(differing) > 0 {
		fmt.Fprintln(a.stderr, "biform: hint: nothing was written; move it away and run biform init again, or change it by hand")
		return status(exitDiffers)
	}
	if changes, err = write(set); err != nil {
		return err
	}
	for _, c := range changes {
		fmt.Fprintln(a.stdout, "created", c.Name)
	}
	if len(changes) == 0 {
		fmt.Fprintln(a.stdout, "nothing to do: every file is there already")
		return nil
	}
	fmt.Fprintln(a.stdout, "next: go generate ./... && go test ./...")
	return nil
}
