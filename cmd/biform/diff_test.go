package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/biform/biform/schema/diff"
	"github.com/biform/biform/schema/model"
)

// TestDiffWithoutGit asks for a revision where there is no git.
func TestDiffWithoutGit(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.json", []byte("{}"), 0o666); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := run(context.Background(), []string{"diff", "HEAD:a.json", "a.json"}, strings.NewReader(""), &stdout, &stderr)
	if code != exitUnusable || !strings.Contains(stderr.String(), "git is needed to read a revision, and there is none") {
		t.Errorf("exit status %d\n%s", code, stderr.String())
	}
}

// TestMarkdownEscapes holds that nothing of a contract is markup in a
// changelog, or steers a terminal.
func TestMarkdownEscapes(t *testing.T) {
	changes := []documentChange{{Change: diff.Change{
		Path: "/a`b\x1b[2J", Classes: []diff.Class{diff.Looser}, Message: "the value \"*<b>_[x](y)`|\x1b[2J\" is new",
		Old: []model.Position{{File: "a\x1bb", Line: 1, Column: 2}},
	}}}
	for _, format := range diffFormats {
		var out bytes.Buffer
		if err := printChanges(&out, format, "o`ld", "new", changes); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "\x1b") {
			t.Errorf("%s: %q", format, out.String())
		}
		if format == "markdown" && !strings.Contains(out.String(), `\*\<b\>\_\[x\](y)`) {
			t.Errorf("%s: %q", format, out.String())
		}
	}
}
