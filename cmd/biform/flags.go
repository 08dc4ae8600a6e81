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

// distance is the Levenshtein distance of two words.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
