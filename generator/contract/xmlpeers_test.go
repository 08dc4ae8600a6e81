package contract

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
)

// xmllintDiffers are the reasons why xmllint is of another opinion about tests of
// the W3C suite: by the rule that biform finds broken and xmllint does not, or
// by the message with which xmllint refuses what biform accepts.
var xmllintDiffers = []struct{ what, why string }{
	{`^(rcase-|cos-particle-restrict$|derivation-ok-restriction\.5)`, "libxml2 does not compare the content model of a restriction with that of its base (Part 1, sections 3.4.6 and 3.9.6)"},
	{`^src-redefine\.6`, "libxml2 does not compare a redefined group with the one before (Part 1, section 4.2.2)"},
	{`^cos-element-consistent$`, "libxml2 lets elements of one name have two types in a content model (Part 1, section 3.8.6)"},
	{`^cos-nonambig$`, "libxml2 finds no ambiguity between members of substitution groups, nor in groups with large bounds (Part 1, section 3.8.6)"},
	{`^(minLength|fractionDigits)-`, "libxml2 does not compare these facets with each other, or with the base's (Part 2, sections 4.3.2 and 4.3.12)"},
	{`^st-props-correct\.1$`, "libxml2 takes regular expressions that the grammar does not have (Part 2, appendix F)"},
	{`^cvc-id\.`, "libxml2 looks for IDs and references in attributes only (Part 1, section 3.3.4)"},
	{`^cvc-attribute\.4$`, "libxml2 does not check the fixed value of an attribute that a type refers to (Part 1, section 3.5.4)"},
	{`^unsupported$`, "the schema is XML 1.1, which biform does not read: XSD 1.0 is defined over XML 1.0 (Part 1, appendix B)"},
	{`The variety is absent`, "libxml2 lets no simple content restrict xs:anySimpleType (Part 1, section 3.4.6)"},
	{`valid value of the atomic type 'xs:NOTATION'`, "libxml2 does not look for the notation of a name without a prefix in the default namespace (Part 2, section 3.2.19)"},
	{`Element '\{.*demanded by the strict wildcard`, "libxml2 reads only the first of several documents that are imported for a namespace (Part 1, section 4.2.3)"},
	{`demanded by the strict wildcard`, "libxml2 wants a declaration under a strict wildcard even where xsi:type names the type (Part 1, section 3.10.4)"},
	{`has no corresponding namespace declaration`, "libxml2 looks a prefix up before it collapses the white space around the name (Part 2, section 4.3.6)"},
}

// TestXSTSPeers holds biform's verdicts on the W3C suite against those of
// xmllint, where it is installed: on every eighth schema, or every 64th of the
// very many of NIST, and on its documents. Every difference is a line of
// testdata, under its reason; one without a reason is an error.
func TestXSTSPeers(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a command for every schema")
	}
	lint := newXMLLint(t)
	groups := peerGroups(t)
	fsys := archive(t, "xsts-1.0-open.tar.gz", "xsts/")
	dir := t.TempDir()
	said := lint.suite(t, dir, fsys, groups)
	s := &suite{dir: folder.New(fsys, ""), compiled: map[string]*wire.XMLContract{}, diags: map[string]diag.List{}}
	known := knownFailures(t)
	lines := map[string][]string{}
	compared, without := 0, 0
	for i, group := range groups {
		for _, test := range group {
			id := test.Kind + " " + test.ID
			theirs, message, ok := said[i].verdict(test)
			if strings.HasPrefix(known[id], "excluded") || !ok {
				without++
				continue
			}
			compared++
			var data []byte
			if test.Kind == "instance" {
				data = fsys[test.Instance].Data
			}
			ours, _, err := s.run(test, data)
			if ours == theirs {
				continue
			}
			if !ours {
				message = ruleOf(err)
			}
			why := ""
			for _, d := range xmllintDiffers {
				if regexp.MustCompile(d.what).MatchString(message) {
					why = d.why
					break
				}
			}
			if why == "" {
				t.Errorf("%s: valid %t, for xmllint %t, and nobody says why: %s", id, ours, theirs, message)
			}
			who := "biform"
			if ours != test.Valid {
				who = "xmllint"
			}
			lines[why] = append(lines[why], fmt.Sprintf("\t%s: valid %t, for biform %t; the suite is with %s\n", id, theirs, ours, who))
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "xmllint: %d tests compared, %d that cannot be, or of schemas that it does not take\n", compared, without)
	for _, d := range xmllintDiffers {
		if fmt.Fprintf(&b, "%s\n%s", d.why, strings.Join(lines[d.why], "")); lines[d.why] == nil {
			t.Errorf("nothing differs any more because %s", d.why)
		}
	}
	golden(t, "xmlpeers.txt", b.String())
}

// peerGroups returns the tests that are compared, by their schema.
func peerGroups(t *testing.T) [][]suiteTest {
	var order []string
	groups := map[string][]suiteTest{}
	rows(t, gunzip(t, "xsts-1.0-open.jsonl.gz"), func(test suiteTest) {
		if len(test.Schemas) != 1 {
			return // xmllint takes one
		}
		name := test.Schemas[0]
		if groups[name] == nil {
			order = append(order, name)
		}
		groups[name] = append(groups[name], test)
	})
	var chosen [][]suiteTest
	for i, name := range order {
		if g := groups[name]; i%8 == 0 && (g[0].Contributor != "nist" || i%64 == 0) {
			chosen = append(chosen, g)
		}
	}
	return chosen
}

// ruleOf returns the first rule that a schema or a document breaks.
func ruleOf(err error) string {
	var diags diag.List
	var violations wire.Violations
	switch {
	case errors.As(err, &diags):
		i := slices.IndexFunc(diags, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
		return diags[i].Code
	case errors.As(err, &violations):
		return string(violations[0].Code)
	}
	return err.Error()
}

// xmllintSaid is what xmllint said of a schema and documents.
type xmllintSaid struct {
	dir, out string
	failed   bool // it did not end
}

// suite asks xmllint about tests of the W3C suite, whose files it writes into a
// folder.
func (l *xmlLint) suite(t *testing.T, dir string, fsys fstest.MapFS, groups [][]suiteTest) []xmllintSaid {
	write := func(name string, data []byte) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := cmp.Or(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, data, 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	for name, file := range fsys {
		if strings.HasSuffix(name, ".xsd") {
			write(name, file.Data)
		}
	}
	write("blank.xml", []byte("<x/>")) // for schemas without a document
	said := make([]xmllintSaid, len(groups))
	var all sync.WaitGroup
	slots := make(chan bool, runtime.NumCPU())
	for i, group := range groups {
		args := []string{"--nonet", "--noout", "--schema", group[0].Schemas[0], "blank.xml"}
		for _, test := range group {
			if test.Kind == "instance" {
				write(test.Instance, fsys[test.Instance].Data)
				args = append(args, test.Instance)
			}
		}
		slots <- true
		all.Go(func() {
			defer func() { <-slots }()
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, l.path, args...)
			cmd.Dir, cmd.Env = dir, append(os.Environ(), "LC_ALL=C", "XML_CATALOG_FILES=")
			out, _ := cmd.CombinedOutput()
			said[i] = xmllintSaid{dir, string(out), ctx.Err() != nil || !cmd.ProcessState.Exited()}
		})
	}
	all.Wait()
	return said
}

// verdict returns what xmllint said of one test, with a message when that is
// invalid; ok is false when it said nothing of it.
func (s xmllintSaid) verdict(test suiteTest) (valid bool, message string, ok bool) {
	refused := strings.Contains(s.out, "failed to compile")
	if s.failed || refused && test.Kind == "instance" {
		return false, "", false
	}
	if valid = !refused; test.Kind == "instance" {
		valid = strings.Contains(s.out, test.Instance+" validates\n")
	}
	for line := range strings.Lines(s.out) {
		if !valid && strings.Contains(line, " error ") && (refused || strings.HasPrefix(line, test.Instance)) {
			return false, strings.TrimSpace(line), true
		}
	}
	return valid, "", true
}
