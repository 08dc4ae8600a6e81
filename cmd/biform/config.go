package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
)

// configName is the name of the configuration file.
const configName = "biform.yaml"

// config is the configuration file: the documents of a module. Its JSON
// Schema, for editors, is templates/scaffold/biform.schema.json; a test holds
// that the two say the same.
type config struct {
	Documents []job `yaml:"documents"`
}

// job is one document to generate a package for. Paths are relative to the
// configuration file, or to the working folder when flags give them.
type job struct {
	// XSD is the XML contract, and what is used together with it.
	XSD        oneOrMore `yaml:"xsd"`
	JSONSchema string    `yaml:"jsonschema"`
	Root       string    `yaml:"root"`
	Package    string    `yaml:"package"`
	Out        string    `yaml:"out"`
	Runtime    string    `yaml:"runtime"`
	// Resources are the files that stand for references, by URL or namespace.
	Resources map[string]string `yaml:"resources"`
	// Draft and FormatAssertion are those of load.Contracts.
	Draft           string `yaml:"draft"`
	FormatAssertion *bool  `yaml:"formatAssertion"`
	// Handler says whether to write the webhook handler; nil: yes.
	Handler *bool `yaml:"handler"`

	at model.Position // in the configuration file
}

// oneOrMore is a text or a list of texts.
type oneOrMore []string

func (j *job) noHandler() bool { return j.Handler != nil && !*j.Handler }

func (j *job) contracts() load.Contracts {
	c := load.Contracts{JSONSchema: j.JSONSchema, Root: j.Root, Resources: j.Resources}
	if len(j.XSD) > 0 {
		c.XSD, c.Also = j.XSD[0], j.XSD[1:]
	}
	c.FormatAssertion = j.FormatAssertion != nil && *j.FormatAssertion
	if j.Draft != "" {
		_ = draftFlag{&c.Draft}.Set(j.Draft) // parseConfig has seen that there is one
	}
	return c
}

// rebase makes the names of the contracts, which are relative to the configuration
// file, those that join returns.
func (j *job) rebase(join func(name string) string) {
	for i := range j.XSD {
		j.XSD[i] = join(j.XSD[i])
	}
	if j.JSONSchema != "" {
		j.JSONSchema = join(j.JSONSchema)
	}
	for url := range j.Resources {
		j.Resources[url] = join(j.Resources[url])
	}
}

// findConfig looks for the configuration file in the working folder and the
// folders above it, up to the one with go.mod.
func findConfig() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	up := ""
	for {
		if _, err := os.Stat(filepath.Join(dir, configName)); err == nil {
			return up + configName, nil
		}
		_, noModule := os.Stat(filepath.Join(dir, "go.mod"))
		parent := filepath.Dir(dir)
		if noModule == nil || parent == dir {
			return "", fmt.Errorf("there is no %s here, and neither --xsd nor --jsonschema is given: biform init writes one", configName)
		}
		dir, up = parent, "../"+up
	}
}

// readConfig reads a configuration file. What is wrong with it is a
// [diag.List].
func readConfig(name string) ([]job, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no such file: biform init writes one", name)
	}
	if err != nil {
		return nil, plain(name, err)
	}
	c, diags := parseConfig(name, data)
	if err := diags.Err(); err != nil {
		return nil, err
	}
	dir := filepath.Dir(name)
	for i := range c.Documents {
		j := &c.Documents[i]
		join := func(name string) string { return disk{}.join(dir, name) }
		j.rebase(join)
		j.Out = join(j.Out)
		// The runtime is a folder where it says so, or where there is one. It is
		// sought from here, so that go generate may run in any folder.
		info, err := os.Stat(filepath.Join(dir, j.Runtime))
		if strings.HasPrefix(j.Runtime, ".") || j.Runtime != "" && !filepath.IsAbs(j.Runtime) && err == nil && info.IsDir() {
			j.Runtime = "./" + filepath.ToSlash(filepath.Join(dir, j.Runtime))
		}
	}
	return c.Documents, nil
}

// parseConfig reads the text of a configuration file, and says what is wrong
// with it, all of it.
func parseConfig(name string, data []byte) (*config, diag.List) {
	r := &yamlReader{file: name}
	c := &config{}
	r.read(data, c)
	if r.diags.HasErrors() {
		return nil, r.diags
	}
	if len(c.Documents) == 0 {
		r.diags.Errorf(model.Position{File: name}, "config", "it lists nothing under documents").
			WithHint("list a document: xsd or jsonschema, package, and out")
	}
	outs := map[string]*job{}
	for i := range c.Documents {
		j := &c.Documents[i]
		j.at = r.items[i]
		for _, m := range []struct{ name, value string }{{"package", j.Package}, {"out", j.Out}} {
			if m.value == "" {
				r.diags.Errorf(j.at, "config", "the document has no %s", m.name).
					WithHint("every document needs xsd or jsonschema, package, and out")
			}
		}
		if len(j.XSD) == 0 && j.JSONSchema == "" {
			r.diags.Errorf(j.at, "config", "the document has neither xsd nor jsonschema").
				WithHint("every document needs xsd or jsonschema, package, and out")
		}
		if j.Package != "" && !isPackageName(j.Package) {
			r.diags.Errorf(j.at, "config", "%q is no name for a Go package", j.Package).
				WithHint("take letters and digits, a letter first: %s", cmp.Or(packageName(j.Package), "callback"))
		}
		if j.Draft != "" && !slices.Contains(draftNames(), j.Draft) {
			r.diags.Errorf(j.at, "config", "there is no draft %q of JSON Schema", j.Draft).
				WithHint("take one of %q", draftNames())
		}
		if j.Out == "" {
			continue
		}
		if other := outs[filepath.Clean(j.Out)]; other != nil {
			r.diags.Errorf(j.at, "config", "two documents are generated to %s", j.Out).
				WithHint("give each document a folder of its own; they may share a runtime").WithRelated(other.at)
		}
		outs[filepath.Clean(j.Out)] = j
	}
	return c, r.diags
}

// pickDocument returns the contracts of the one document that a configuration
// file lists, or of the one that root names.
func (a *app) pickDocument(configFile, root, command string) (load.Contracts, error) {
	jobs, err := readConfig(configFile)
	if err != nil {
		return load.Contracts{}, err
	}
	if len(jobs) == 1 {
		c := jobs[0].contracts()
		c.Root = cmp.Or(root, c.Root)
		return c, nil
	}
	var names []string
	for _, j := range jobs {
		doc, diags := load.Document(j.contracts())
		if diags.HasErrors() {
			return load.Contracts{}, a.report(diags)
		}
		if root != "" && (root == doc.Name || root == j.Root) {
			return j.contracts(), nil
		}
		names = append(names, doc.Name)
	}
	return load.Contracts{}, &usageError{command, fmt.Errorf("%s lists %d documents: name one with --root, of %q", configFile, len(jobs), names)}
}
