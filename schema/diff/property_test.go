package diff_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/biform/biform/schema/diff"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/videotag"
	"github.com/biform/biform/schema/xsd"
)

// tryRead reads a contract that may be unsound; nil then.
func tryRead(name, text string) *model.Document {
	f := folder.New(fstest.MapFS{name: {Data: []byte(text)}}, "")
	if strings.HasSuffix(name, ".xsd") {
		if doc, diags := xsd.Read(f, name, xsd.Options{}); !diags.HasErrors() {
			return doc
		}
		return nil
	}
	if doc, diags := jsonschema.Read(f, name, jsonschema.Options{}); !diags.HasErrors() {
		return doc
	}
	return nil
}

// contracts are the contracts that the properties are held for.
func contracts(t *testing.T, ending string) map[string]string {
	t.Helper()
	out := map[string]string{}
	name := videotag.JSONSchema
	archives := []string{"json", "schema-only.json"}
	if ending == ".xsd" {
		name, archives = videotag.XSD, []string{"xsd", "schema-only.xsd"}
	}
	data, err := os.ReadFile("../videotag/" + name)
	if err != nil {
		t.Fatal(err)
	}
	out["callback"+ending] = string(data)
	for _, a := range archives {
		_, base, _ := readEdits(t, "testdata/edits/"+a+".txtar")
		out[a+ending] = base
	}
	return out
}

// TestNoKeywordIsDropped takes every keyword of JSON Schemas away, one at a
// time, and changes every number and every list: whatever the contract then
// says, it is not the same.
func TestNoKeywordIsDropped(t *testing.T) {
	for name, text := range contracts(t, ".json") {
		var root any
		if err := json.Unmarshal([]byte(text), &root); err != nil {
			t.Fatal(err)
		}
		write := func() string {
			data, err := json.Marshal(root)
			if err != nil {
				t.Fatal(err)
			}
			return string(data)
		}
		old := read(t, name, write())
		n, tried, every := 0, 0, 1
		if strings.HasPrefix(name, "callback") {
			every = 4 // it has many of the same
		}
		check := func(what string) {
			if tried++; tried%every != 0 {
				return
			}
			doc := tryRead(name, write())
			if doc == nil {
				return
			}
			n++
			if len(diff.Compare(old, doc)) == 0 {
				t.Errorf("%s: nothing changes without %s", name, what)
			}
		}
		var visit func(v any, path string)
		visit = func(v any, path string) {
			switch v := v.(type) {
			case map[string]any:
				for _, k := range slices.Sorted(maps.Keys(v)) {
					at, was := path+"/"+k, v[k]
					if meaningless(path, k) {
						if k == "definitions" || k == "$defs" {
							visit(was, at)
						}
						continue
					}
					delete(v, k)
					check(at)
					switch x := was.(type) {
					case float64:
						v[k] = x + 1
						check(at + " as it was")
					case bool:
						v[k] = !x
						check(at + " as it was")
					case []any:
						if len(x) > 1 {
							v[k] = x[1:]
							check(at + "/0")
						}
					}
					v[k] = was
					visit(was, at)
				}
			case []any:
				for i, x := range v {
					visit(x, fmt.Sprintf("%s/%d", path, i))
				}
			}
		}
		visit(root, "")
		if n < 80 {
			t.Errorf("%s: only %d edits", name, n)
		}
	}
}

// meaningless tells whether a member of the tested schemas says nothing: a
// definition that nothing refers to, a rule that another one implies.
func meaningless(path, keyword string) bool {
	if slices.Contains([]string{"Text", "Person", "Copy"}, keyword) || strings.HasSuffix(path, "/Text") || strings.Contains(path, "/Text/") ||
		strings.Contains(path, "/Person") || strings.Contains(path, "/Copy") {
		return true
	}
	switch keyword {
	case "$schema", "$comment", "definitions", "$defs", "minContains":
		return true
	case "type": // beside an enumeration of strings
		return strings.HasSuffix(path, "/State")
	}
	return false
}

// facetValue is the value of a facet, occurs an attribute that says something.
var (
	facetValue = regexp.MustCompile(`value="([0-9]+)"`)
	attribute  = regexp.MustCompile(` (minOccurs|maxOccurs|nillable|default|use|substitutionGroup|processContents|namespace)="[^"]*"`)
	empty      = regexp.MustCompile(`<xs:(element|attribute|any|anyAttribute|enumeration|pattern|[a-zA-Z]*(Inclusive|Length|Digits))[^>]*/>`)
)

// TestNoComponentIsDropped does the like to XSDs: it takes attributes, facets
// and particles away and changes the numbers of facets.
func TestNoComponentIsDropped(t *testing.T) {
	for name, text := range contracts(t, ".xsd") {
		old := read(t, name, text)
		n := 0
		check := func(from, to int, with string) {
			doc := tryRead(name, text[:from]+with+text[to:])
			if doc == nil {
				return
			}
			n++
			if len(diff.Compare(old, doc)) == 0 {
				t.Errorf("%s: nothing changes with %q in the place of %q", name, with, text[from:to])
			}
		}
		for _, re := range []*regexp.Regexp{attribute, empty} {
			for _, m := range re.FindAllStringIndex(text, -1) {
				if strings.Contains(text[m[0]:m[1]], `whiteSpace`) {
					continue
				}
				check(m[0], m[1], "")
			}
		}
		for _, m := range facetValue.FindAllStringSubmatchIndex(text, -1) {
			check(m[2], m[3], text[m[2]:m[3]]+"1")
		}
		if n < 20 {
			t.Errorf("%s: only %d edits", name, n)
		}
	}
}

// TestLaws holds what is true of any two contracts: nothing changes from one to
// itself, and what is stricter one way is looser the other way.
func TestLaws(t *testing.T) {
	var pool []*model.Document
	for _, archive := range []string{"json", "schema-only.json"} {
		file, base, edits := readEdits(t, "testdata/edits/"+archive+".txtar")
		for _, e := range edits {
			pool = append(pool, read(t, file, e.apply(t, base)))
		}
	}
	for _, archive := range []string{"xsd", "schema-only.xsd"} {
		file, base, edits := readEdits(t, "testdata/edits/"+archive+".txtar")
		for _, e := range edits {
			pool = append(pool, read(t, file, e.apply(t, base)))
		}
	}
	for _, doc := range pool {
		if changes := diff.Compare(doc, doc); len(changes) > 0 {
			t.Errorf("a contract differs from itself: %s", messages(changes))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SampledFrom(pool).Draw(t, "a"), rapid.SampledFrom(pool).Draw(t, "b")
		there, back := diff.Compare(a, b), diff.Compare(b, a)
		if (len(there) == 0) != (len(back) == 0) {
			t.Fatalf("there %s\nback %s", messages(there), messages(back))
		}
		if a.JSON != nil != (b.JSON != nil) {
			return
		}
		for i := range there {
			c := &there[i]
			if c.Kind == diff.Added && !slices.ContainsFunc(back, func(d diff.Change) bool { return d.Kind == diff.Removed && d.Path == c.Path }) {
				t.Fatalf("%s is new, and not gone on the way back:\n%s", c.Path, messages(back))
			}
			if c.Kind == diff.Bounds {
				if !slices.ContainsFunc(back, func(d diff.Change) bool {
					return d.Kind == diff.Bounds && d.Path == c.Path && d.Subject == c.Subject && d.Has(diff.Stricter) == c.Has(diff.Looser) && d.Has(diff.Looser) == c.Has(diff.Stricter)
				}) {
					t.Fatalf("%s: %s\nback:\n%s", c.Path, c.Message, messages(back))
				}
			}
		}
	})
}
