package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/biform/biform/schema/load"
)

// configName is the name of the configuration file.
const configName = "biform.yaml"

// config is the configuration file: the documents of a module.
type config struct {
	Documents []job `yaml:"documents"`
}

// job is one document to generate a package for. Paths are relative to the
// configuration file, or to the working folder when flags give them.
type job struct {
	XSD        string `yaml:"xsd"`
	JSONSchema string `yaml:"jsonschema"`
	Root       string `yaml:"root"`
	Package    string `yaml:"package"`
	Out        string `yaml:"out"`
	Runtime    string `yaml:"runtime"`
	// Handler says whether to write the webhook handler; nil: yes.
	Handler *bool `yaml:"handler"`
}

func (j *job) noHandler() bool { return j.Handler != nil && !*j.Handler }

func (j *job) contracts() load.Contracts {
	return load.Contracts{XSD: j.XSD, JSONSchema: j.JSONSchema, Root: j.Root}
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
			return "", fmt.Errorf("there is no %s here, and neither --xsd nor --jsonschema is given", configName)
		}
		dir, up = parent, "../"+up
	}
}

// readConfig reads a configuration file.
func readConfig(name string) ([]job, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no such file", name)
	}
	if err != nil {
		return nil, err
	}
	var c config
	if err := yaml.UnmarshalWithOptions(data, &c, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s:%s", name, yaml.FormatError(err, false, false))
	}
	if len(c.Documents) == 0 {
		return nil, fmt.Errorf("%s: it lists nothing under documents", name)
	}
	dir := filepath.Dir(name)
	for i := range c.Documents {
		j := &c.Documents[i]
		for _, p := range []*string{&j.XSD, &j.JSONSchema, &j.Out} {
			if *p != "" && !filepath.IsAbs(*p) {
				*p = filepath.Join(dir, *p)
			}
		}
		if strings.HasPrefix(j.Runtime, ".") {
			j.Runtime = "./" + filepath.ToSlash(filepath.Join(dir, j.Runtime))
		}
	}
	return c.Documents, nil
}
