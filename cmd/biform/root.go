package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/biform/biform/schema/diag"
)

// app is what every command shares.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// usageError is a mistake in how a command was called.
type usageError struct {
	command string
	err     error
}

func (u *usageError) Error() string { return u.err.Error() }
func (u *usageError) Unwrap() error { return u.err }

// command returns the command biform with its subcommands.
func command(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "biform",
		Short: "One document, two wire forms, one Go type",
		Long: `biform reads an XSD and a JSON Schema that describe the same document, and
writes a Go package for it: types, validators, and decoders and encoders for
XML and for JSON. Nothing is ever fetched: references are read below the
contract's folder only.

Exit status: 0 fine or valid, 1 invalid or different, 2 usage, 3 a schema or
file that cannot be used.`,
		Example: `  biform generate --xsd callback.xsd --jsonschema callback.schema.json --package callback --out callback
  biform validate payload.xml payload.json
  biform check --xsd callback.xsd --jsonschema callback.schema.json`,
		Version:           version(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              cobra.NoArgs,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: false},
		RunE: func(c *cobra.Command, _ []string) error {
			if err := c.Help(); err != nil {
				return err
			}
			return status(exitUsage)
		},
	}
	root.SetVersionTemplate("biform {{.Version}}\n")
	root.SuggestionsMinimumDistance = 2
	root.AddCommand(initCommand(a), generateCommand(a), validateCommand(a), checkCommand(a), evolveCommand(a),
		diffCommand(a), docsCommand(a), listenCommand(a))
	mark(root)
	return root
}

// mark makes usage errors of what cobra finds wrong with flags and arguments.
func mark(c *cobra.Command) {
	wrap := func(c *cobra.Command, err error) error {
		if err == nil || errors.As(err, new(*usageError)) {
			return err
		}
		return &usageError{c.CommandPath(), err}
	}
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return wrap(c, suggestFlag(c, err))
	})
	args := c.Args
	c.Args = func(c *cobra.Command, given []string) error {
		if args == nil {
			args = cobra.ArbitraryArgs
		}
		err := args(c, given)
		if err != nil && len(given) > 0 && c.HasSubCommands() {
			err = fmt.Errorf("there is no command %q", given[0])
			if s := c.SuggestionsFor(given[0]); len(s) > 0 {
				err = fmt.Errorf("%w: did you mean %s?", err, strings.Join(s, " or "))
			}
		}
		return wrap(c, err)
	}
	for _, s := range c.Commands() {
		mark(s)
	}
}

// suggestFlag adds the nearest flag to the error for an unknown one.
func suggestFlag(c *cobra.Command, err error) error {
	name, ok := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !ok {
		return err
	}
	best, least := "", 3
	for _, f := range flagNames(c) {
		if d := diag.Distance(name, f, least); d < least {
			best, least = f, d
		}
	}
	if best == "" {
		return err
	}
	return fmt.Errorf("%w: did you mean --%s?", err, best)
}

// report prints diagnostics, each with its hint and the other places that it
// is about, and returns how to exit.
func (a *app) report(diags diag.List) error {
	for _, d := range diags {
		fmt.Fprintln(a.stderr, d.Error())
		for _, r := range d.Related {
			fmt.Fprintf(a.stderr, "\tsee %s\n", diag.Place(r))
		}
		if d.Hint != "" {
			fmt.Fprintf(a.stderr, "\thint: %s\n", d.Hint)
		}
	}
	if !diags.HasErrors() {
		return nil
	}
	for _, d := range diags {
		if d.Severity == diag.Error && d.Code == "usage" {
			return status(exitUsage)
		}
	}
	return status(exitUnusable)
}
