package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/biform/biform/generator/compat"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/diff"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
)

// comparison is one call of diff.
type comparison struct {
	*app
	contracts load.Contracts // what the flags say of all contracts
	format    string
	failOn    []string
}

// diffFormats are the formats that diff prints.
var diffFormats = []string{"text", "json", "markdown"}

func diffCommand(a *app) *cobra.Command {
	d := &comparison{app: a}
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Tell what a change of the contracts does to callers",
		Long: `Diff compares two states of the contracts, and says of every difference where it
is and what it does to callers:

  additive    something is new, and nothing that was there changes
  go-break    Go source that uses the generated package may not compile
  json-break  a value of old payloads is lost, or read as another one, in JSON
  xml-break   the same in XML
  stricter    a payload that was valid may be invalid
  looser      a payload that was invalid may be valid
  docs        prose alone changed

A difference may have several classes; stricter and looser together also stand
for what cannot be proven to go one way. What the contracts mean is compared,
not their text; what is shared is reported once, where it is nearest to the root.

OLD and NEW are a contract (F.xsd, F.json), a pair (F.xsd,F.json, or a folder
that holds one XSD and one JSON Schema: of several .json files, the one that
ends in .schema.json; further .xsd files are used together with the first), or a
configuration file (` + configName + `). Each may be at a git
revision: REV:path, as in HEAD:contracts or v1.2:a.xsd,a.schema.json. As git has
it, the path is from the top of the repository, unless it begins with ./ or ../.
Nothing is checked out.

Go is compared as generating again would make it: with the names that are
recorded beside the code of the configuration file, or else with those that the
old contracts give.

Exit status: 0, different or not; 1 when a difference has a class that --fail-on
names.`,
		Example: `  biform diff HEAD:callback.xsd,callback.schema.json callback.xsd,callback.schema.json
  biform diff HEAD:order.schema.json order.schema.json --fail-on go-break,json-break
  biform diff HEAD:biform.yaml biform.yaml --format markdown`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(diffFormats, d.format) {
				return &usageError{c.CommandPath(), fmt.Errorf("there is no format %q: it is text, json or markdown", d.format)}
			}
			for _, class := range d.failOn {
				if !slices.Contains(diff.Classes, diff.Class(class)) {
					return &usageError{c.CommandPath(), fmt.Errorf("there is no class %q: %s", class, classList())}
				}
			}
			return d.run(c.Context(), args[0], args[1])
		},
	}
	readingFlags(c, &d.contracts)
	resourceFlag(c, &d.contracts.Resources)
	c.Flags().StringVar(&d.format, "format", "text", "the output's `FORMAT`: text, json or markdown (a section of a changelog)")
	c.Flags().StringSliceVar(&d.failOn, "fail-on", nil, "exit with 1 when a difference has one of these `CLASSES`, separated by commas")
	complete := func(flag string, values []string) {
		if err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
			panic(err) // the flag was defined above
		}
	}
	complete("format", diffFormats)
	complete("fail-on", strings.Split(classList(), ", "))
	return c
}

// classList lists the classes for a message.
func classList() string {
	var out []string
	for _, c := range diff.Classes {
		out = append(out, string(c))
	}
	return strings.Join(out, ", ")
}

// documentChange is a change, with the document it is of where there are
// several.
type documentChange struct {
	document string
	diff.Change
}

// run compares the two sides and prints the result.
func (d *comparison) run(ctx context.Context, oldArg, newArg string) error {
	s := &sides{ctx: ctx, contracts: d.contracts, revisions: map[string]*revision{}}
	old, err := s.side(oldArg)
	if err != nil {
		return err
	}
	new, err := s.side(newArg)
	if err != nil {
		return err
	}
	if old.config != new.config {
		return fmt.Errorf("%s and %s: a configuration file is compared with another one, and contracts with contracts", oldArg, newArg)
	}
	changes, err := d.documents(old, new)
	if err != nil {
		return err
	}
	if err := printChanges(d.stdout, d.format, oldArg, newArg, changes); err != nil {
		return err
	}
	return d.forbidden(changes)
}

// forbidden returns how to exit for the classes that are not allowed.
func (d *comparison) forbidden(changes []documentChange) error {
	n := 0
	for i := range changes {
		if slices.ContainsFunc(d.failOn, func(class string) bool { return changes[i].Has(diff.Class(class)) }) {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	fmt.Fprintf(d.stderr, "biform: error: %s that --fail-on forbids (%s)\n", counted(n, "difference"), strings.Join(d.failOn, ", "))
	return status(exitDiffers)
}

// documents compares the documents of two sides: those with the same output
// folder, and then those with the same package.
func (d *comparison) documents(old, new *side) ([]documentChange, error) {
	var out []documentChange
	several := len(old.documents) > 1 || len(new.documents) > 1
	add := func(doc *sideDocument, changes []diff.Change) {
		name := ""
		if several {
			name = doc.out
		}
		for _, c := range changes {
			out = append(out, documentChange{name, c})
		}
	}
	left := slices.Clone(new.documents)
	take := func(same func(*sideDocument) bool) *sideDocument {
		for i := range left {
			if same(&left[i]) {
				found := left[i]
				left = slices.Delete(left, i, i+1)
				return &found
			}
		}
		return nil
	}
	matches := make([]*sideDocument, len(old.documents))
	for i := range old.documents {
		o := &old.documents[i]
		matches[i] = take(func(n *sideDocument) bool { return n.out == o.out })
	}
	for i := range old.documents {
		o := &old.documents[i]
		if matches[i] == nil {
			matches[i] = take(func(n *sideDocument) bool { return n.pkg == o.pkg })
		}
		if matches[i] == nil {
			add(o, []diff.Change{{Path: "/", Kind: diff.Removed, Subject: "document", Classes: []diff.Class{diff.GoBreak},
				Message: fmt.Sprintf("the document of package %s is gone", o.pkg)}})
			continue
		}
		changes, err := d.document(o, matches[i])
		if err != nil {
			return nil, err
		}
		add(matches[i], changes)
	}
	for i := range left {
		add(&left[i], []diff.Change{{Path: "/", Kind: diff.Added, Subject: "document", Classes: []diff.Class{diff.Additive},
			Message: fmt.Sprintf("the document of package %s is new", left[i].pkg)}})
	}
	return out, nil
}

// document compares two states of one document.
func (d *comparison) document(old, new *sideDocument) ([]diff.Change, error) {
	before, err := d.load(old)
	if err != nil {
		return nil, err
	}
	after, err := d.load(new)
	if err != nil {
		return nil, err
	}
	changes := diff.CompareForms(before.forms(), after.forms())
	if changes, err = d.golang(changes, before.doc, after.doc, old, new); err != nil {
		return nil, err
	}
	for _, c := range []struct{ what, old, new string }{{"package", old.pkg, new.pkg}, {"folder of the package", old.out, new.out}} {
		if c.old != c.new {
			changes = append(changes, diff.Change{Path: "/", Kind: diff.Source, Subject: c.what, Classes: []diff.Class{diff.GoBreak},
				Message: fmt.Sprintf("the %s was %s, is %s", c.what, c.old, c.new)})
		}
	}
	diff.Sort(changes)
	return changes, nil
}

// loaded is a document that is read: each contract by itself, and both.
type loaded struct{ xml, json, doc *model.Document }

func (l *loaded) forms() diff.Forms {
	return diff.Forms{XML: l.xml, JSON: l.json, Joined: l.doc}
}

// load reads the contracts of a document. Warnings are for check to tell.
func (d *comparison) load(s *sideDocument) (*loaded, error) {
	xml, json, diags := load.Each(s.contracts)
	if diags.HasErrors() {
		return nil, d.errors(diags)
	}
	doc, diags := load.Join(xml, json)
	if diags.HasErrors() {
		return nil, d.errors(diags)
	}
	return &loaded{xml, json, doc}, nil
}

// errors reports the diagnostics that are errors.
func (d *comparison) errors(diags diag.List) error {
	return d.report(slices.DeleteFunc(diags, func(x diag.Diagnostic) bool { return x.Severity != diag.Error }))
}

// golang adds what the changes do to Go source.
func (d *comparison) golang(changes []diff.Change, before, after *model.Document, old, new *sideDocument) ([]diff.Change, error) {
	o, oldDiags, err := compat.New(before, compat.Options{Names: old.names, NoHandler: old.noHandler})
	if err != nil {
		return nil, err
	}
	names := new.names
	if names == nil && o != nil {
		names = o.Names
	}
	n, newDiags, err := compat.New(after, compat.Options{Names: names, NoHandler: new.noHandler})
	if err != nil {
		return nil, err
	}
	switch {
	case o != nil && n != nil:
		return compat.Annotate(changes, o, n), nil
	case o == nil && n == nil:
		fmt.Fprintf(d.stderr, "biform: note: Go is not compared, as none can be generated: %v\n", firstError(newDiags))
		return changes, nil
	}
	c := diff.Change{Path: "/", Kind: diff.Source, Subject: "package"}
	if n == nil {
		x := firstError(newDiags)
		c.Classes, c.Message, c.New = []diff.Class{diff.GoBreak}, "no Go can be generated any more: "+x.Summary, []model.Position{x.At}
	} else {
		x := firstError(oldDiags)
		c.Classes, c.Message, c.Old = []diff.Class{diff.Additive}, "Go can be generated now; it could not: "+x.Summary, []model.Position{x.At}
	}
	return append(changes, c), nil
}

// firstError returns the first error of a list that has one.
func firstError(diags diag.List) diag.Diagnostic {
	for _, d := range diags {
		if d.Severity == diag.Error {
			return d
		}
	}
	return diag.Diagnostic{}
}

// counted writes a number of things.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
