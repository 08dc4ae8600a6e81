package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/generator/contract"
	"github.com/biform/biform/generator/output"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/evolve"
	"github.com/biform/biform/schema/load"
)

// evolution is one call of evolve.
type evolution struct {
	*app
	contracts  load.Contracts
	configFile string
	write      bool
	maxBytes   int64
}

func evolveCommand(a *app) *cobra.Command {
	e := &evolution{app: a}
	c := &cobra.Command{
		Use:   "evolve PAYLOAD...",
		Short: "Extend the contracts by what payloads hold",
		Long: `Evolve reads payloads, XML or JSON, and prints how the contracts must change to
say what is in them, as a unified diff of both: members that nobody declared,
values outside an enumeration, repeats, other types, required members that are
absent. It looks at all payloads together, so that the more there are, the
better it tells types, lists and what is required. With --write it changes the
files, at the places that are new and nowhere else.

Without --xsd, --jsonschema and --config, the contracts are those of the video
tagging callback, which are part of biform and cannot be written to. A folder
stands for the .xml and .json files in it, - for standard input.

What it cannot take over is reported: names that XML does not have, and what the
contracts forbid by bounds, patterns or orders, which it leaves alone.

Exit status: 0 when the contracts say all that is in the payloads (with --write:
say it now), 1 when there is a change or something that cannot be taken over.`,
		Example: `  biform evolve payload.xml payload.json
  biform evolve --xsd callback.xsd --jsonschema callback.schema.json --write payload.xml payload.json
  biform evolve --config biform.yaml payload.json`,
		Args: somePayloads,
		RunE: func(c *cobra.Command, payloads []string) error {
			if err := e.choose(c.CommandPath()); err != nil {
				return err
			}
			return e.run(c.Context(), payloads)
		},
	}
	contractFlags(c, &e.contracts)
	c.Flags().StringVar(&e.configFile, "config", "", "take the contracts of the document in the configuration `FILE`")
	c.Flags().BoolVar(&e.write, "write", false, "change the contract files")
	c.Flags().Int64Var(&e.maxBytes, "max-bytes", 256<<20, "refuse payloads of more `BYTES`")
	return c
}

// choose decides which contracts are meant.
func (e *evolution) choose(command string) error {
	usage := func(format string, args ...any) error {
		return &usageError{command, fmt.Errorf(format, args...)}
	}
	named := e.contracts.XSD != "" || e.contracts.JSONSchema != ""
	switch {
	case e.configFile != "" && named:
		return usage("--config and --xsd or --jsonschema exclude each other")
	case e.configFile != "":
		var err error
		e.contracts, err = e.pickDocument(e.configFile, e.contracts.Root, command)
		return err
	case named:
	case e.write:
		return usage("--write needs --xsd and --jsonschema, or --config: the callback's own contracts are part of biform")
	default:
		root := e.contracts.Root
		e.contracts = callback
		e.contracts.Root = root
	}
	return nil
}

// run extends the contracts and prints or writes the change.
func (e *evolution) run(ctx context.Context, paths []string) error {
	payloads, err := e.payloads(ctx, paths)
	if err != nil {
		return err
	}
	result, diags := evolve.Contracts(e.contracts, payloads)
	if err := e.report(diags); err != nil || result == nil {
		return err
	}
	if err := e.report(append(result.Notes, result.Left...)); err != nil {
		return err
	}
	rest, err := e.invalid(result, payloads)
	if err != nil {
		return err
	}
	left := rest || len(result.Left) > 0
	switch {
	case len(result.Files) == 0 && !left:
		fmt.Fprintln(e.stdout, "nothing to change: the contracts say all that is in the payloads")
		return nil
	case len(result.Files) == 0:
		return status(exitDiffers)
	case e.write:
		if err := e.save(result.Files); err != nil {
			return err
		}
		if left {
			return status(exitDiffers)
		}
		return nil
	}
	for _, f := range result.Files {
		fmt.Fprint(e.stdout, output.Change{Name: f.Name, Old: f.Old, New: f.New}.Diff())
	}
	return status(exitDiffers)
}

// payloads reads the payloads.
func (e *evolution) payloads(ctx context.Context, paths []string) ([]evolve.Payload, error) {
	paths, err := expand(paths)
	if err != nil {
		return nil, err
	}
	reader := &validation{app: e.app, maxBytes: e.maxBytes}
	var list []evolve.Payload
	for _, path := range paths {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		data, err := reader.read(path)
		if err != nil {
			return nil, err
		}
		list = append(list, evolve.Payload{Name: path, Data: data})
	}
	if len(list) == 0 {
		return nil, errors.New("there is no payload: a folder stands for the .xml and .json files in it")
	}
	return list, nil
}

// invalid reports what the validators of the new contracts still find wrong
// with the payloads: bounds, patterns and orders, which evolve leaves alone.
func (e *evolution) invalid(result *evolve.Result, payloads []evolve.Payload) (bool, error) {
	var xml, json func([]byte) error
	var diags diag.List
	if d := result.Document; d.XML != nil {
		tables, more := contract.XML(d.XML)
		diags = append(diags, more...)
		xml = tables.Validate
	}
	if d := result.Document; d.JSON != nil {
		tables, more := contract.JSON(d.JSON)
		diags = append(diags, more...)
		json = tables.Validate
	}
	if err := e.report(diags); err != nil {
		return false, err
	}
	found := false
	for _, p := range payloads {
		validate := json
		if wire.IsXML(p.Data) {
			validate = xml
		}
		if validate == nil {
			continue
		}
		var violations wire.Violations
		if err := validate(p.Data); err != nil && !errors.As(err, &violations) {
			return false, err
		}
		for _, x := range violations {
			found = true
			fmt.Fprintf(e.stderr, "%s:%d:%d: %s: still invalid: %s [%s]\n", visible(p.Name), x.Line, x.Column, x.Path, x.Message, x.Code)
		}
	}
	return found, nil
}

// save writes the contract files, all or none.
func (e *evolution) save(files []evolve.File) error {
	set := &output.Set{Files: map[string][]byte{}}
	for _, f := range files {
		now, err := os.ReadFile(f.Name)
		if err != nil {
			return plain(f.Name, err)
		}
		if !bytes.Equal(now, f.Old) {
			return fmt.Errorf("%s has changed since it was read: run the command again", f.Name)
		}
		set.Files[filepath.ToSlash(f.Name)] = f.New
	}
	changes, err := write(set)
	if err != nil {
		return err
	}
	for _, ch := range changes {
		fmt.Fprintln(e.stdout, "changed", ch.Name)
	}
	return nil
}
