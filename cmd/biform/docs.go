package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/biform/biform/generator/docs"
	"github.com/biform/biform/generator/output"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
)

// reference is one call of docs.
type reference struct {
	*app
	contracts load.Contracts
	config    string
	out       string
	format    string
}

// referenceFormats are the formats of docs.
var referenceFormats = []string{"html", "markdown"}

func docsCommand(a *app) *cobra.Command {
	r := &reference{app: a}
	c := &cobra.Command{
		Use:   "docs",
		Short: "Write the reference of a document",
		Long: `Docs writes the reference of a document from its contracts: a picture of the
tree, and a table that says for every node how often it stands, its type, how
XML and JSON spell it, and what its values may be; then an example in each form.
The HTML page is one file that needs no other. With a configuration file there
is a page for every document in it, named after its package; otherwise the page
is named after the document. Without a contract, it is the page of Tencent Cloud
CI's video tagging callback.

A file is written only where it changes. A description that begins a sentence
with Since and a version, or the hint "since", fills the column of that name.`,
		Example: `  biform docs --out reference
  biform docs --xsd callback.xsd --jsonschema callback.schema.json --out reference
  biform docs --jsonschema order.schema.json --format markdown --out reference
  biform docs --config biform.yaml --out reference`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			usage := func(format string, args ...any) error {
				return &usageError{c.CommandPath(), fmt.Errorf(format, args...)}
			}
			named := r.contracts.XSD != "" || r.contracts.JSONSchema != ""
			switch {
			case r.out == "":
				return usage("--out is missing")
			case !slices.Contains(referenceFormats, r.format):
				return usage("there is no format %q: it is html or markdown", r.format)
			case r.config != "" && (named || r.contracts.Root != ""):
				return usage("--config and --xsd, --jsonschema or --root exclude each other")
			case r.contracts.Root != "" && !named:
				return usage("--root goes with --xsd or --jsonschema")
			}
			return r.run()
		},
	}
	contractFlags(c, &r.contracts)
	c.Flags().StringVar(&r.config, "config", "", "the configuration `FILE`, for a page of every document in it")
	c.Flags().StringVar(&r.out, "out", "", "the `FOLDER` of the pages")
	c.Flags().StringVar(&r.format, "format", "html", "the pages' `FORMAT`: html or markdown")
	if err := c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(referenceFormats, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag was defined above
	}
	return c
}

// run writes the pages, all of them or none.
func (r *reference) run() error {
	set := &output.Set{Dir: r.out, Files: map[string][]byte{}}
	if r.config == "" {
		c := r.contracts
		if c.XSD == "" && c.JSONSchema == "" {
			c = callback
		}
		if err := r.add(set, c, ""); err != nil {
			return err
		}
	} else {
		jobs, err := readConfig(r.config)
		if err != nil {
			return err
		}
		for _, j := range jobs {
			if err := r.add(set, j.contracts(), j.Package); err != nil {
				return err
			}
		}
	}
	changes, err := write(set)
	if err != nil {
		return err
	}
	for _, ch := range changes {
		fmt.Fprintln(r.stdout, verb(ch), visible(ch.Name))
	}
	if len(changes) == 0 {
		fmt.Fprintln(r.stdout, "up to date")
	}
	return nil
}

// add makes the page of one document.
func (r *reference) add(set *output.Set, c load.Contracts, name string) error {
	doc, diags := load.Document(c)
	if err := r.report(diags); err != nil {
		return err
	}
	write, ending := docs.HTML, ".html"
	if r.format == "markdown" {
		write, ending = docs.Markdown, ".md"
	}
	if name == "" {
		name = pageName(doc)
	}
	name += ending
	if _, ok := set.Files[name]; ok {
		return fmt.Errorf("two documents want the page %s: give them packages of different names", name)
	}
	data, err := write(doc)
	if err != nil {
		return err
	}
	set.Files[name] = data
	return nil
}

// pageName returns the name of a document's page, which any file system can
// hold: the root's name, letters, digits and hyphens of it.
func pageName(doc *model.Document) string {
	name := doc.Name
	if doc.RootElement != nil {
		name = doc.RootElement.Local
	}
	name = strings.Map(func(c rune) rune {
		switch {
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '_':
			return c
		}
		return '-'
	}, name)
	const longest = 64
	if name = strings.Trim(name[:min(len(name), longest)], "-"); name == "" {
		return "document"
	}
	return name
}
