package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/biform/biform/schema/diff"
	"github.com/biform/biform/schema/model"
)

// printChanges prints changes in one of diffFormats.
func printChanges(w io.Writer, format, old, new string, changes []documentChange) error {
	switch format {
	case "json":
		return printJSONChanges(w, old, new, changes)
	case "markdown":
		return printMarkdown(w, old, new, changes)
	}
	return printTextChanges(w, changes)
}

// classesOf lists a change's classes.
func classesOf(c *diff.Change) string {
	var out []string
	for _, k := range c.Classes {
		out = append(out, string(k))
	}
	return strings.Join(out, ", ")
}

// places writes positions as FILE:LINE:COLUMN.
func places(list []model.Position) string {
	var out []string
	for _, p := range list {
		s := visible(p.File)
		if p.Line > 0 {
			s += fmt.Sprintf(":%d:%d", p.Line, p.Column)
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

// summary counts changes by class.
func summary(changes []documentChange) string {
	if len(changes) == 0 {
		return "no differences"
	}
	var parts []string
	for _, class := range diff.Classes {
		if n := count(changes, class); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, class))
		}
	}
	return counted(len(changes), "difference") + ": " + strings.Join(parts, ", ")
}

func count(changes []documentChange, class diff.Class) int {
	n := 0
	for i := range changes {
		if changes[i].Has(class) {
			n++
		}
	}
	return n
}

func printTextChanges(w io.Writer, changes []documentChange) error {
	var b strings.Builder
	for i := range changes {
		c := &changes[i]
		path := visible(c.Path)
		if c.document != "" {
			path = visible(c.document) + ": " + path
		}
		fmt.Fprintf(&b, "%s: %s [%s]\n", path, visible(c.Message), classesOf(&c.Change))
		if len(c.Old) > 0 {
			fmt.Fprintf(&b, "\told %s\n", places(c.Old))
		}
		if len(c.New) > 0 {
			fmt.Fprintf(&b, "\tnew %s\n", places(c.New))
		}
	}
	b.WriteString(summary(changes) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// jsonChange is a change as JSON.
type jsonChange struct {
	Document string       `json:"document,omitempty"`
	Path     string       `json:"path"`
	Kind     diff.Kind    `json:"kind"`
	Subject  string       `json:"subject,omitempty"`
	Classes  []diff.Class `json:"classes"`
	Message  string       `json:"message"`
	Old      []jsonPlace  `json:"old"`
	New      []jsonPlace  `json:"new"`
}

// jsonPlace is a position in a contract as JSON.
type jsonPlace struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Path   string `json:"path,omitempty"`
}

func printJSONChanges(w io.Writer, old, new string, changes []documentChange) error {
	place := func(list []model.Position) []jsonPlace {
		out := []jsonPlace{}
		for _, p := range list {
			out = append(out, jsonPlace{p.File, p.Line, p.Column, p.Path})
		}
		return out
	}
	all := []jsonChange{}
	counts := map[diff.Class]int{}
	for i := range changes {
		c := &changes[i]
		all = append(all, jsonChange{c.document, c.Path, c.Kind, c.Subject, c.Classes, c.Message, place(c.Old), place(c.New)})
	}
	for _, class := range diff.Classes {
		counts[class] = count(changes, class)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		Old     string             `json:"old"`
		New     string             `json:"new"`
		Changes []jsonChange       `json:"changes"`
		Counts  map[diff.Class]int `json:"counts"`
	}{old, new, all, counts})
}

// markdownSections are the parts of a changelog, in their order: a change is
// told in the first one whose classes it has.
var markdownSections = []struct {
	title   string
	classes []diff.Class
}{
	{"Breaking", []diff.Class{diff.GoBreak, diff.JSONBreak, diff.XMLBreak}},
	{"Stricter", []diff.Class{diff.Stricter}},
	{"Added", []diff.Class{diff.Additive}},
	{"Looser", []diff.Class{diff.Looser}},
	{"Documentation", []diff.Class{diff.Docs}},
}

func printMarkdown(w io.Writer, old, new string, changes []documentChange) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## Contract changes\n\nFrom %s to %s: %s.\n", codeSpan(old), codeSpan(new), summary(changes))
	told := make([]bool, len(changes))
	for _, s := range markdownSections {
		begun := false
		for i := range changes {
			c := &changes[i]
			in := false
			for _, class := range s.classes {
				in = in || c.Has(class)
			}
			if told[i] || !in {
				continue
			}
			told[i] = true
			if !begun {
				fmt.Fprintf(&b, "\n### %s\n\n", s.title)
				begun = true
			}
			b.WriteString("- ")
			if c.document != "" {
				b.WriteString(codeSpan(c.document) + ": ")
			}
			fmt.Fprintf(&b, "%s %s (%s)\n", codeSpan(c.Path), markdownText(c.Message), classesOf(&c.Change))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// codeSpan writes a text as code (CommonMark 0.31, section 6.1).
func codeSpan(s string) string {
	s = visible(s)
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}

// markdownText writes a text so that nothing in it is markup (CommonMark 0.31,
// section 2.4). A period or a digit begins nothing here, behind a bullet.
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range visible(s) {
		if strings.ContainsRune("\\`*_{}[]<>#|~&!", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
