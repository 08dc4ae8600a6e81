package main

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
)

// contractFlags adds the flags that name the contracts.
func contractFlags(c *cobra.Command, to *load.Contracts) {
	c.Flags().StringVar(&to.XSD, "xsd", "", "the XML contract: an XSD 1.0 `FILE`")
	c.Flags().StringVar(&to.JSONSchema, "jsonschema", "", "the JSON contract: a JSON Schema `FILE`")
	readingFlags(c, to)
	for flag, ending := range map[string]string{"xsd": "xsd", "jsonschema": "json"} {
		if err := c.MarkFlagFilename(flag, ending); err != nil {
			panic(err) // the flag was defined two lines above
		}
	}
}

// readingFlags adds the flags that say how contracts are read.
func readingFlags(c *cobra.Command, to *load.Contracts) {
	c.Flags().StringVar(&to.Root, "root", "", "the `NAME` of the root, where the contracts do not tell")
	c.Flags().Var(draftFlag{&to.Draft}, "draft", "the `DRAFT` of the JSON Schema, whatever its $schema says: 4, 6, 7, 2019-09 or 2020-12")
	c.Flags().BoolVar(&to.FormatAssertion, "format-assertion", false, "make rules of the JSON Schema's format, contentEncoding and contentMediaType")
}

// drafts are the drafts by the names that flags and configuration give them.
var drafts = []struct {
	name  string
	draft model.Draft
}{{"4", model.Draft4}, {"6", model.Draft6}, {"7", model.Draft7}, {"2019-09", model.Draft2019_09}, {"2020-12", model.Draft2020_12}}

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

// flagNames lists the flags of a command.
func flagNames(c *cobra.Command) []string {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
