package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
)

// contractFlags adds the flags that name the contracts.
func contractFlags(c *cobra.Command, to *load.Contracts) {
	c.Flags().Var(&xsdFlag{to}, "xsd", "the XML contract: an XSD 1.0 `FILE`; further ones are used together with the first")
	c.Flags().StringVar(&to.JSONSchema, "jsonschema", "", "the JSON contract: a JSON Schema `FILE`")
	readingFlags(c, to)
	resourceFlag(c, &to.Resources)
	c.PreRunE = goesWithContracts(c)
	for flag, ending := range map[string]string{"xsd": "xsd", "jsonschema": "json"} {
		if err := c.MarkFlagFilename(flag, ending); err != nil {
			panic(err) // the flag was defined just above
		}
	}
}

// readingFlags adds the flags that say how contracts are read.
func readingFlags(c *cobra.Command, to *load.Contracts) {
	c.Flags().StringVar(&to.Root, "root", "", "the `NAME` of the root, where the contracts do not tell")
	c.Flags().Var(draftFlag{&to.Draft}, "draft", "the `DRAFT` of the JSON Schema, whatever its $schema says: 4, 6, 7, 2019-09 or 2020-12")
	c.Flags().BoolVar(&to.FormatAssertion, "format-assertion", false, "make rules of the JSON Schema's format, contentEncoding and contentMediaType")
}

// goesWithContracts makes a mistake of flags that say how to read contracts where
// none is named: those of the configuration say it there.
func goesWithContracts(c *cobra.Command) func(*cobra.Command, []string) error {
	return func(*cobra.Command, []string) error {
		for _, name := range []string{"draft", "format-assertion"} {
			if c.Flags().Changed(name) && !c.Flags().Changed("jsonschema") {
				return &usageError{c.CommandPath(), fmt.Errorf("--%s goes with --jsonschema; a configuration has a member for it", name)}
			}
		}
		// The schemas that a payload names may refer to resources as well.
		named := c.Flags().Changed("xsd") || c.Flags().Changed("jsonschema") || c.Flags().Lookup("schema-location") != nil
		if c.Flags().Changed("resource") && !named {
			return &usageError{c.CommandPath(), errors.New("--resource goes with --xsd or --jsonschema; a configuration has a member for it")}
		}
		return nil
	}
}

// drafts are the drafts by the names that flags and configuration give them.
var drafts = []struct {
	name  string
	draft model.Draft
}{{"4", model.Draft4}, {"6", model.Draft6}, {"7", model.Draft7}, {"2019-09", model.Draft2019_09}, {"2020-12", model.Draft2020_12}}

// draftNames returns the names of the drafts.
func draftNames() []string {
	names := make([]string, len(drafts))
	for i, d := range drafts {
		names[i] = d.name
	}
	return names
}

// draftFlag is a draft as a flag.
type draftFlag struct{ to *model.Draft }

func (f draftFlag) Type() string { return "draft" }

func (f draftFlag) String() string {
	for _, d := range drafts {
		if f.to != nil && d.draft == *f.to {
			return d.name
		}
	}
	return ""
}

// Set takes a draft by its name, or by the one that its specification has.
func (f draftFlag) Set(name string) error {
	for _, d := range drafts {
		if name == d.name || name == string(d.draft) {
			*f.to = d.draft
			return nil
		}
	}
	return fmt.Errorf("want 4, 6, 7, 2019-09 or 2020-12")
}

// xsdFlag is the flag --xsd: the first names the XML contract, and the others
// what is used together with it.
type xsdFlag struct{ to *load.Contracts }

func (f *xsdFlag) String() string { return f.to.XSD }
func (f *xsdFlag) Type() string   { return "string" }
func (f *xsdFlag) Set(name string) error {
	if f.to.XSD == "" {
		f.to.XSD = name
	} else {
		f.to.Also = append(f.to.Also, name)
	}
	return nil
}

// xsds returns the XSDs of a contract, the first one first.
func xsds(c load.Contracts) []string {
	if c.XSD == "" {
		return nil
	}
	return append([]string{c.XSD}, c.Also...)
}

// resourceFlag adds the flag --resource, which names files that stand for
// references of the contracts.
func resourceFlag(c *cobra.Command, to *map[string]string) {
	c.Flags().Var(&resources{to}, "resource", "read a file for a reference: `URL=FILE`; nothing is ever fetched (may be repeated)")
}

// resources is the value of --resource.
type resources struct{ to *map[string]string }

func (r *resources) String() string { return "" }
func (r *resources) Type() string   { return "string" }
func (r *resources) Set(text string) error {
	i := strings.LastIndexByte(text, '=')
	if i <= 0 || i == len(text)-1 {
		return errors.New("it is a reference and a file, URL=FILE")
	}
	if *r.to == nil {
		*r.to = map[string]string{}
	}
	(*r.to)[text[:i]] = text[i+1:]
	return nil
}

// flagNames lists the flags of a command.
func flagNames(c *cobra.Command) []string {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
