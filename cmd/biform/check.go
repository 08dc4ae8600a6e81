package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/biform/biform/schema/load"
)

func checkCommand(a *app) *cobra.Command {
	var contracts load.Contracts
	var configFile string
	c := &cobra.Command{
		Use:   "check",
		Short: "Tell whether the contracts are sound and the code is up to date",
		Long: `Check reads the contracts and says whether each is sound and the two agree. With
a configuration file, it also says whether the generated code of every document
is up to date. It writes nothing.`,
		Example: `  biform check --xsd callback.xsd --jsonschema callback.schema.json
  biform check`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if contracts.XSD != "" || contracts.JSONSchema != "" {
				if configFile != "" {
					return &usageError{c.CommandPath(), fmt.Errorf("--config and --xsd or --jsonschema exclude each other")}
				}
				_, diags := load.Document(contracts)
				if err := a.report(diags); err != nil {
					return err
				}
				fmt.Fprintln(a.stdout, "sound:", describe(contracts))
				return nil
			}
			jobs, err := jobsOf(c, job{Root: contracts.Root}, configFile)
			if err != nil {
				return err
			}
			if err := a.generate(jobs, true); err != nil {
				return err
			}
			for _, j := range jobs {
				fmt.Fprintf(a.stdout, "sound and up to date: %s\n", j.Out)
			}
			return nil
		},
	}
	contractFlags(c, &contracts)
	c.Flags().StringVar(&configFile, "config", "", "the configuration `FILE` (default "+configName+", here or above)")
	return c
}

// describe names the contracts for a message.
func describe(c load.Contracts) string {
	switch {
	case c.XSD == "":
		return c.JSONSchema
	case c.JSONSchema == "":
		return c.XSD
	}
	return c.XSD + " and " + c.JSONSchema + ", which agree"
}
