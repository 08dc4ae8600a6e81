package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/biform/biform/schema/load"
)

// contractFlags adds the flags that name the contracts.
func contractFlags(c *cobra.Command, to *load.Contracts) {
	c.Flags().StringVar(&to.XSD, "xsd", "", "the XML contract: an XSD 1.0 `FILE`")
	c.Flags().StringVar(&to.JSONSchema, "jsonschema", "", "the JSON contract: a JSON Schema `FILE`")
	c.Flags().StringVar(&to.Root, "root", "", "the `NAME` of the root, where the contracts do not tell")
	for flag, ending := range map[string]string{"xsd": "xsd", "jsonschema": "json"} {
		if err := c.MarkFlagFilename(flag, ending); err != nil {
			panic(err) // the flag was defined two lines above
		}
	}
}

// flagNames lists the flags of a command.
func flagNames(c *cobra.Command) []string {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}
