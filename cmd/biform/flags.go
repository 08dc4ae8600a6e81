package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/biform/biform/schema/load"
)

// contractFlags adds the flags that name the contracts.
func contractFlags(c *cobra.Command, to *load.Contracts) {
	c.Flags().Var(&xsdFlag{to}, "xsd", "the XML contract: an XSD 1.0 `FILE`; further ones are used together with the first")
	c.Flags().StringVar(&to.JSONSchema, "jsonschema", "", "the JSON contract: a JSON Schema `FILE`")
	c.Flags().StringVar(&to.Root, "root", "", "the `NAME` of the root, where the contracts do not tell")
	resourceFlag(c, &to.Resources)
	for flag, ending := range map[string]string{"xsd": "xsd", "jsonschema": "json"} {
		if err := c.MarkFlagFilename(flag, ending); err != nil {
			panic(err) // the flag was defined just above
		}
	}
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
