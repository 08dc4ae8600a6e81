package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/biform/biform/gen"
	"github.com/biform/biform/generator"
	"github.com/biform/biform/generator/output"
	"github.com/biform/biform/schema/load"
)

func generateCommand(a *app) *cobra.Command {
	var contracts load.Contracts
	var j job
	var configFile string
	var check bool
	c := &cobra.Command{
		Use:   "generate",
		Short: "Write the Go package of a document",
		Long: `Generate writes the Go package of a document from its contracts: an XSD, a JSON
Schema, or both. Without --xsd and --jsonschema it reads ` + configName + `, here or in a
folder above, and generates every document that it lists.

Files are written all or none, and only where they change. The Go names are
recorded in ` + generator.NamesFile + ` beside the code, so that generating again renames
nothing. The runtime is copied to OUT/wire, unless --runtime says otherwise: a
folder (./internal/wire) to share one copy among documents, or the import path
of a runtime that is there already; a copy at OUT/wire that nothing uses any
more is removed. --handler=false leaves out the webhook handler, and with it
net/http.`,
		Example: `  biform generate --xsd callback.xsd --jsonschema callback.schema.json --package callback --out callback
  biform generate --jsonschema order.schema.json --package order --out internal/order
  biform generate --check`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			j.XSD, j.JSONSchema, j.Root = xsds(contracts), contracts.JSONSchema, contracts.Root
			j.Draft, j.FormatAssertion = string(contracts.Draft), &contracts.FormatAssertion
			j.Resources = contracts.Resources
			jobs, err := jobsOf(c, j, configFile)
			if err != nil {
				return err
			}
			return a.generate(jobs, check)
		},
	}
	contractFlags(c, &contracts)
	c.Flags().StringVar(&configFile, "config", "", "the configuration `FILE` (default "+configName+", here or above)")
	c.Flags().StringVar(&j.Package, "package", "", "the `NAME` of the Go package")
	c.Flags().StringVar(&j.Out, "out", "", "the `FOLDER` of the Go package")
	c.Flags().StringVar(&j.Runtime, "runtime", "", "the runtime: a `FOLDER` to copy it to, or an import path (default OUT/wire)")
	j.Handler = c.Flags().Bool("handler", true, "write the webhook handler too")
	c.Flags().BoolVar(&check, "check", false, "write nothing: print how the code differs, and exit with 1 if it does")
	return c
}

// jobsOf returns the jobs that the flags or the configuration file describe.
func jobsOf(c *cobra.Command, j job, configFile string) ([]job, error) {
	usage := func(format string, args ...any) error {
		return &usageError{c.CommandPath(), fmt.Errorf(format, args...)}
	}
	if len(j.XSD) > 0 || j.JSONSchema != "" {
		switch {
		case configFile != "":
			return nil, usage("--config and --xsd or --jsonschema exclude each other")
		case j.Package == "":
			return nil, usage("--package is missing")
		case j.Out == "":
			return nil, usage("--out is missing")
		}
		return []job{j}, nil
	}
	if j.Package != "" || j.Out != "" || j.Runtime != "" || j.Root != "" {
		return nil, usage("--package, --out, --runtime and --root go with --xsd or --jsonschema")
	}
	if configFile == "" {
		found, err := findConfig()
		if err != nil {
			return nil, usage("%v", err)
		}
		configFile = found
	}
	return readConfig(configFile)
}

// generate generates every job, and writes all of them or none.
func (a *app) generate(jobs []job, check bool) error {
	var sets []*output.Set
	for _, j := range jobs {
		s, err := a.job(j)
		if err != nil {
			return err
		}
		sets = append(sets, s...)
	}
	sets = merge(append(sets, abandoned(jobs)...))
	if check {
		return a.stale(sets, "biform generate, the same without --check")
	}
	changes, err := write(sets...)
	if err != nil {
		return err
	}
	removed := slices.ContainsFunc(changes, func(c output.Change) bool { return c.New == nil })
	a.list(changes)
	if removed && os.Getenv("GOPACKAGE") != "" {
		// go generate has listed all files of all packages before, and stops at
		// one that is gone (cmd/go, Generate Go files).
		fmt.Fprintln(a.stderr, "biform: hint: files were removed: if go generate misses one, run it again")
	}
	return nil
}

// write writes the sets, all of them or none: a signal to end waits until it is
// done.
func write(sets ...*output.Set) ([]output.Change, error) {
	ctx, stop := untilTold(context.Background())
	defer stop()
	changes, err := output.Write(sets...)
	if err == nil {
		err = ctx.Err()
	}
	return changes, err
}

// manyFiles is how many files of one folder are listed one by one: a runtime that
// is copied has more.
const manyFiles = 24

// list says which files were written and removed.
func (a *app) list(changes []output.Change) {
	if len(changes) == 0 {
		fmt.Fprintln(a.stdout, "up to date")
	}
	type group struct{ verb, dir string }
	of := func(c output.Change) group { return group{verb(c), filepath.Dir(c.Name)} }
	count := map[group]int{}
	for _, c := range changes {
		count[of(c)]++
	}
	for _, c := range changes {
		g := of(c)
		switch n := count[g]; {
		case n < 0:
		case n < manyFiles:
			fmt.Fprintln(a.stdout, g.verb, c.Name)
		default:
			fmt.Fprintf(a.stdout, "%s %d files in %s\n", g.verb, n, g.dir)
			count[g] = -1 // said
		}
	}
}

// verb says what was done to a file.
func verb(c output.Change) string {
	switch {
	case c.New == nil:
		return "removed"
	case c.Old == nil:
		return "created"
	}
	return "changed"
}

// stale prints how the sets differ from what is there, and the command that
// mends it.
func (a *app) stale(sets []*output.Set, command string) error {
	differs := false
	for _, s := range sets {
		changes, err := s.Changes()
		var foreign *output.Foreign
		if err != nil && !errors.As(err, &foreign) {
			return err
		}
		if foreign != nil {
			return foreign
		}
		for _, ch := range changes {
			differs = true
			fmt.Fprint(a.stdout, ch.Diff())
		}
	}
	if differs {
		fmt.Fprintln(a.stderr, "biform: error: the generated code is not up to date")
		fmt.Fprintln(a.stderr, "biform: hint: run", command+", and commit what it changes")
		return status(exitDiffers)
	}
	return nil
}

// job generates the package of one document and returns its files, and those
// of its runtime if it is copied.
func (a *app) job(j job) ([]*output.Set, error) {
	if len(j.XSD) == 0 && j.JSONSchema == "" || j.Package == "" || j.Out == "" {
		return nil, fmt.Errorf("%s: every document needs xsd or jsonschema, package, and out", configName)
	}
	if info, err := os.Stat(j.Out); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is no folder, so that no package can be written to it: name another with --out", j.Out)
	}
	rt, err := findRuntime(j.Out, j.Runtime)
	if err != nil {
		return nil, err
	}
	doc, diags := load.Document(j.contracts())
	if diags.HasErrors() {
		return nil, a.report(diags)
	}
	names, err := readIfThere(filepath.Join(j.Out, generator.NamesFile))
	if err != nil {
		return nil, err
	}
	files, more, err := generator.Generate(doc, generator.Options{Package: j.Package, Runtime: rt.path, Names: names, NoHandler: j.noHandler()})
	if err := a.report(append(diags, more...)); err != nil {
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	set := &output.Set{Dir: j.Out, Files: map[string][]byte{}, Owned: isGo}
	for _, f := range files {
		set.Files[f.Name] = f.Data
	}
	sets := []*output.Set{set}
	if rt.dir != "" {
		source, err := gen.Runtime(rt.path)
		if err != nil {
			return nil, err
		}
		copied := map[string]*output.Set{}
		for _, sub := range []string{".", gen.Webhook} {
			copied[sub] = &output.Set{Dir: filepath.Join(rt.dir, sub), Files: map[string][]byte{}, Owned: isGo}
			sets = append(sets, copied[sub])
		}
		for name, data := range source {
			copied[path.Dir(name)].Files[path.Base(name)] = append([]byte("// Code generated by biform. DO NOT EDIT.\n\n"), data...)
		}
	}
	return sets, nil
}

// abandoned returns sets that remove the runtimes beside packages that have
// since been told to use another one: what biform generated there, and nothing
// else. A runtime that any of the packages imports stays.
func abandoned(jobs []job) []*output.Set {
	used := map[string]bool{}
	for _, j := range jobs {
		if rt, err := findRuntime(j.Out, j.Runtime); err == nil {
			used[rt.path] = true
		}
	}
	var sets []*output.Set
	for _, j := range jobs {
		dir := filepath.Join(j.Out, "wire")
		rt, err := findRuntime(j.Out, "")
		if err != nil || used[rt.path] {
			continue
		}
		for _, sub := range []string{".", gen.Webhook} {
			sets = append(sets, &output.Set{Dir: filepath.Join(dir, sub), Owned: isGo})
		}
	}
	return sets
}

func isGo(name string) bool { return strings.HasSuffix(name, ".go") }

// merge drops the sets for a folder that an earlier one fills already: several
// documents may share one runtime.
func merge(sets []*output.Set) []*output.Set {
	var all []*output.Set
	seen := map[string]bool{}
	for _, s := range sets {
		dir := filepath.Clean(s.Dir)
		if !seen[dir] {
			seen[dir] = true
			all = append(all, s)
		}
	}
	return all
}
