package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/biform/biform/generator/contract"
	"github.com/biform/biform/generator/output"
	"github.com/biform/biform/schema/diag"
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
is up to date. It writes nothing, and goes on to the next document after one
that fails, so that it is the one line that a CI job needs. Each failure says
what mends it.`,
		Example: `  biform check --xsd callback.xsd --jsonschema callback.schema.json
  biform check
  biform check --config biform.yaml`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if contracts.XSD != "" || contracts.JSONSchema != "" {
				if configFile != "" {
					return &usageError{c.CommandPath(), fmt.Errorf("--config and --xsd or --jsonschema exclude each other")}
				}
				diags := soundness(contracts)
				if err := a.report(diags); err != nil {
					fmt.Fprintln(a.stderr, "biform: hint: mend the contracts at these places, and run biform check again")
					return err
				}
				fmt.Fprintln(a.stdout, "sound:", describe(contracts))
				return nil
			}
			jobs, err := jobsOf(c, job{Root: contracts.Root}, configFile)
			if err != nil {
				return err
			}
			return a.check(jobs, configFile)
		},
	}
	contractFlags(c, &contracts)
	c.Flags().StringVar(&configFile, "config", "", "the configuration `FILE` (default "+configName+", here or above)")
	return c
}

// check checks every document of a configuration, and says what mends those
// that fail.
func (a *app) check(jobs []job, configFile string) error {
	generate := "biform generate"
	if configFile != "" {
		generate += " --config " + configFile
	}
	worst := status(exitOK)
	fail := func(err error) {
		var s status
		if !errors.As(err, &s) {
			s = exitUnusable
			fmt.Fprintf(a.stderr, "biform: error: %v\n", err)
		}
		worst = max(worst, s)
	}
	shared := map[string]bool{}
	for _, j := range jobs {
		sets, err := a.job(j)
		if err != nil {
			fail(err)
			fmt.Fprintf(a.stderr, "biform: hint: mend the document %s at these places, then run %s\n", j.Out, generate)
			continue
		}
		// A runtime that documents share is looked at once.
		sets = slices.DeleteFunc(merge(sets), func(s *output.Set) bool { return shared[filepath.Clean(s.Dir)] })
		for _, s := range sets {
			shared[filepath.Clean(s.Dir)] = true
		}
		if err := a.stale(sets, generate); err != nil {
			fail(err)
			continue
		}
		fmt.Fprintf(a.stdout, "sound and up to date: %s\n", j.Out)
	}
	left := slices.DeleteFunc(abandoned(jobs), func(s *output.Set) bool { return shared[filepath.Clean(s.Dir)] })
	if worst != exitUnusable { // otherwise it is not known what is still needed
		if err := a.stale(left, generate); err != nil {
			fail(err)
		}
	}
	if worst != exitOK {
		return worst
	}
	return nil
}

// soundness says what is wrong with contracts. An XSD alone is sound when a
// payload can be validated against it: it need not declare a root element, as
// one that Go code is generated for must.
func soundness(c load.Contracts) diag.List {
	if c.JSONSchema != "" || c.Root != "" {
		_, diags := load.Document(c)
		return diags
	}
	doc, diags := load.XML(c)
	if diags.HasErrors() {
		return diags
	}
	_, more := contract.XML(doc.XML)
	if diags = append(diags, more...); diags.HasErrors() || len(doc.XML.Roots) == 0 {
		return diags
	}
	_, all := load.Document(c)
	for _, d := range all {
		// The hints are looked at only there; a choice among several roots is no
		// fault of the schema.
		if d.Code == "bad-hint" {
			diags = append(diags, d)
		}
	}
	return diags
}

// describe names the contracts for a message.
func describe(c load.Contracts) string {
	xsds := strings.Join(xsds(c), " with ")
	switch {
	case c.XSD == "":
		return c.JSONSchema
	case c.JSONSchema == "":
		return xsds
	}
	return xsds + " and " + c.JSONSchema + ", which agree"
}
