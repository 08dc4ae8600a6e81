package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// TestHelpExamples runs every example of every command's help, in a module that
// has the files they speak of.
func TestHelpExamples(t *testing.T) {
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	put := func(name, from string, text ...string) {
		t.Helper()
		data := []byte(strings.Join(text, ""))
		if from != "" {
			if data, err = os.ReadFile(filepath.Join(repo, from)); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	module := func(configured bool) {
		t.Helper()
		t.Chdir(t.TempDir())
		put("go.mod", "", "module example.com/m\n\ngo 1.24\n")
		put("callback.xsd", "schema/videotag/callback.xsd")
		put("callback.schema.json", "schema/videotag/callback.schema.json")
		put("payload.xml", "fixtures/payloads/sample1.xml")
		put("payload.json", "fixtures/payloads/sample2.json")
		put("order.schema.json", "", `{"$schema": "http://json-schema.org/draft-07/schema#", "title": "Order", "type": "object", "properties": {"id": {"type": "string"}}}`)
		put("order.xsd", "", `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="Order"><xs:complexType><xs:sequence><xs:element name="id" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element></xs:schema>`)
		put("orders/1.json", "", `{"id": "1"}`)
		if configured {
			put("biform.yaml", "", "documents:\n  - xsd: callback.xsd\n    jsonschema: callback.schema.json\n    package: callback\n    out: callback\n")
		}
	}
	module(true)

	n, committed := 0, false
	var each func(c *cobra.Command)
	each = func(c *cobra.Command) {
		if c.Name() == "completion" || c.Name() == "help" {
			return
		}
		if c.Example == "" {
			t.Errorf("%s has no example", c.CommandPath())
		}
		for _, line := range strings.Split(c.Example, "\n") {
			n++
			if c.Name() == "init" {
				module(false) // each example begins anew
			}
			if strings.Contains(line, "HEAD:") && !committed {
				committed = commitAll(t)
				if !committed {
					continue // there is no git
				}
			}
			args := strings.Fields(line)
			var stdin io.Reader = strings.NewReader("")
			if at := len(args) - 2; at > 0 && args[at] == "<" {
				f, err := os.Open(args[at+1])
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				stdin, args = f, args[:at]
			}
			ctx, cancel := context.Background(), context.CancelFunc(func() {})
			if c.Name() == "listen" {
				// It ends when it is told to, and the port may be somebody's.
				args = append(args, "--addr", "127.0.0.1:0")
				ctx, cancel = context.WithTimeout(ctx, 200*time.Millisecond)
			}
			var stdout, stderr bytes.Buffer
			if code := run(ctx, args[1:], stdin, &stdout, &stderr); code != exitOK {
				t.Errorf("%s: exit status %d\n%s%s", strings.TrimSpace(line), code, stdout.Bytes(), stderr.Bytes())
			}
			cancel()
		}
		if c.Name() == "init" {
			module(true)
		}
		for _, s := range c.Commands() {
			each(s)
		}
	}
	each(command(&app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard}))
	if n < 8 {
		t.Errorf("only %d examples", n)
	}
}

// commitAll makes a repository of the working folder. It returns false where
// there is no git.
func commitAll(t *testing.T) bool {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		return false
	}
	for _, args := range [][]string{
		{"init", "-q"}, {"add", "-A"},
		{"-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "-m", "one"},
	} {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	return true
}

// TestReadmeFlags holds that every flag the README shows is there, and the
// other way round.
func TestReadmeFlags(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range command(&app{}).Commands() {
		if c.Name() == "completion" || c.Name() == "help" {
			continue
		}
		i := bytes.Index(readme, []byte("biform "+c.Name()+" "))
		if i < 0 {
			t.Errorf("the README does not show biform %s", c.Name())
			continue
		}
		for _, f := range flagNames(c) {
			if !bytes.Contains(readme, []byte("--"+f)) {
				t.Errorf("the README does not speak of --%s", f)
			}
		}
	}
}
