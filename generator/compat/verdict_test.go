package compat

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/biform/biform/generator/contract"
	"github.com/biform/biform/schema/diff"
	"github.com/biform/biform/schema/model"
)

// samples are valid documents of the bases that edits are made of.
var samples = map[string]string{
	"json.txtar": `{"id":"abc","count":5,"price":0.05,"state":"new","note":"n","code":"c","link":"http://a/","customer":{"name":"N"},
		"lines":[{"sku":"s"}],"tags":[{"word":"w"}],"seen":null,"time":"-","closed":{"a":"x","b":"y"},"rules":{"a":7,"b":1}}`,
	"schema-only.json.txtar": `{"link":"l","any":{"x":1},"bare":{"x":"s"},"legacy":[{"r":1}],"size":"abc","shape":{"r":1},"point":[1,2],"bag":[1,"x"],
		"map":{"abc":1},"tree":{"value":1,"left":{"value":2,"right":{}}},"strict":{"r":1,"z":2},"both":{"a":"x"},"level":1,"dep":{"a":1,"b":2}}`,
	"xsd.txtar": `<Order xmlns="urn:order" version="1" lang="en"><Id>abc</Id><Count>5</Count><Price>1.25</Price><State>new</State><Note>n</Note>` +
		`<Customer><Name>N</Name><Phone>1</Phone><Name>M</Name></Customer><Line sku="a"><o xmlns="urn:o"/></Line><Line sku="b"/><Seen>2020-01-01</Seen><Words> a b </Words></Order>`,
	"schema-only.xsd.txtar": `<Doc><Shape>s</Shape><Circle>c</Circle><Part><A>a</A></Part><Words>w</Words><Sizes>1 2 3</Sizes><Size>1</Size><Day>2020-06-01</Day><All><X>x</X><Y>y</Y></All><Open>o</Open><Real>1.5</Real></Doc>`,
}

// TestVerdicts holds that no change of a verdict is missed: where the old and
// the new contract disagree about a payload, a change says so. The payloads are
// a valid one of the base and some thousand that differ from it in one place.
func TestVerdicts(t *testing.T) {
	for archive, sample := range samples {
		file, base, edits := readEdits(t, filepath.Join("../../schema/diff/testdata/edits", archive))
		payloads := mutations(t, sample)
		if len(payloads) < 100 {
			t.Fatalf("only %d payloads", len(payloads))
		}
		before := read(t, file, base)
		old := validator(t, before)
		if err := old([]byte(sample)); err != nil {
			t.Fatalf("%s: %v", archive, err)
		}
		verdicts := make([]bool, len(payloads))
		for i, p := range payloads {
			verdicts[i] = old([]byte(p)) == nil
		}
		for _, e := range edits {
			t.Run(archive+"/"+e.name, func(t *testing.T) {
				after := read(t, file, e.apply(base))
				new := validator(t, after)
				changes := diff.Compare(before, after)
				said := map[diff.Class]bool{}
				for _, c := range changes {
					for _, k := range c.Classes {
						said[k] = true
					}
				}
				// A member that one contract does not declare counts by itself.
				lost := said[diff.Stricter] || said[diff.Additive]
				found := said[diff.Looser] || said[diff.Additive] || said[diff.JSONBreak]
				for i, p := range payloads {
					switch now := new([]byte(p)); {
					case verdicts[i] && now != nil && !lost:
						t.Fatalf("%s\nis invalid now (%v), and the changes are %v", p, now, slices.Sorted(maps.Keys(said)))
					case !verdicts[i] && now == nil && !found:
						t.Fatalf("%s\nis valid now, and the changes are %v", p, slices.Sorted(maps.Keys(said)))
					}
				}
			})
		}
	}
}

// validator returns the validator of a document's one contract.
func validator(t *testing.T, doc *model.Document) func([]byte) error {
	t.Helper()
	if doc.XML != nil {
		tables, diags := contract.XML(doc.XML)
		if err := diags.Err(); err != nil {
			t.Fatal(err)
		}
		return tables.Validate
	}
	tables, diags := contract.JSON(doc.JSON)
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	return tables.Validate
}

// texts are values that stand in the place of others.
var texts = []string{"", " ", "a", "A", "z9", "abc", "  abc  ", strings.Repeat("a", 20), strings.Repeat("a", 21), "new", "paid", "sent", "none",
	"nothing", "-1", "0", "1", "1.5", "1.25", "1.255", "5", "40000", "3000000000", "99999999999", "true", "2020-06-01", "2019-01-01", "INF", "-", "?", "http://a/"}

func mutations(t *testing.T, sample string) []string {
	if strings.HasPrefix(sample, "<") {
		return mutateXML(sample)
	}
	var root any
	if err := json.Unmarshal([]byte(sample), &root); err != nil {
		t.Fatal(err)
	}
	return mutateJSON(t, root)
}

// mutateJSON returns the texts of a value with one place changed.
func mutateJSON(t *testing.T, root any) []string {
	var out []string
	write := func() {
		data, err := json.Marshal(root)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(data))
	}
	write()
	values := func(v any) []any {
		all := []any{nil, true, 0, -1, 1, 2, 3, 6, 1.5, 9.99, 10, 99.7, 150, 0.01, 0.03, []any{}, map[string]any{}, []any{v}, []any{v, v}, []any{v, "x"}, []any{1, 2, 3, 4},
			map[string]any{"a": 1}, map[string]any{"b": 1, "c": 1}, map[string]any{"side": 1.5}, map[string]any{"r": 1.5, "side": 1.5}, "toolong", "abcdef"}
		for _, s := range texts {
			all = append(all, s)
		}
		return all
	}
	var visit func(v any, set func(any))
	visit = func(v any, set func(any)) {
		for _, x := range values(v) {
			set(x)
			write()
		}
		set(v)
		switch v := v.(type) {
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(v)) {
				was := v[k]
				delete(v, k)
				write()
				v[k] = was
				visit(was, func(x any) { v[k] = x })
			}
			for _, k := range []string{"extra", "x-1", "a", "b", "c", "remark", "abcd"} {
				if _, ok := v[k]; ok {
					continue
				}
				for _, x := range []any{"s", 1, map[string]any{}} {
					v[k] = x
					write()
				}
				delete(v, k)
			}
		case []any:
			for i, x := range v {
				visit(x, func(y any) { v[i] = y })
			}
		}
	}
	visit(root, func(v any) { root = v })
	return out
}

// mutateXML returns a document with one element, text or attribute changed.
func mutateXML(doc string) []string {
	out := []string{doc}
	parts := elementsOf(doc)
	add := func(from, to int, with string) { out = append(out, doc[:from]+with+doc[to:]) }
	for i, e := range parts {
		whole := doc[e.from:e.to]
		name := strings.Fields(strings.Trim(doc[e.from:e.text], "<>/"))[0]
		if i > 0 {
			add(e.from, e.to, "")
			add(e.from, e.to, whole+whole)
			add(e.from, e.to, whole+whole+whole+whole+whole+whole)
		}
		if i > 0 && i+1 < len(parts) && parts[i+1].from == e.to {
			add(e.from, parts[i+1].to, doc[e.to:parts[i+1].to]+whole)
		}
		for _, other := range []string{"Extra", "Remark", "Mail", "Square", "version", "Bill", "Y", "B"} {
			add(e.from, e.to, strings.ReplaceAll(strings.ReplaceAll(whole, "<"+name, "<"+other), "</"+name, "</"+other))
			if i > 0 {
				add(e.from, e.from, "<"+other+">1</"+other+">")
				add(e.to, e.to, "<"+other+">1</"+other+">")
			}
		}
		add(e.from+1+len(name), e.from+1+len(name), ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"`)
		add(e.from+1+len(name), e.from+1+len(name), ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="More"`)
		add(e.from+1+len(name), e.from+1+len(name), ` extra="1"`)
		add(e.from+1+len(name), e.from+1+len(name), ` xmlns:o="urn:o" o:extra="1"`)
		if e.text < e.end {
			for _, s := range append(slices.Clone(texts), "1 2 3 4", "1 2", "300", "a b", "<q xmlns='urn:o'/>", "<q/>", "<Name>n</Name>") {
				add(e.text, e.end, s)
			}
		}
	}
	for _, attribute := range []string{` version="1"`, ` lang="en"`, ` sku="a"`, ` sku="b"`} {
		for _, with := range append([]string{"", ` lang=""`, ` sku="b"`, ` version=" x "`}, fmt.Sprintf(" extra=%q", "x")) {
			if strings.Contains(doc, attribute) {
				out = append(out, strings.Replace(doc, attribute, with, 1))
			}
		}
	}
	return out
}

// span is an element of a document: where it begins, where its content does,
// and where both end.
type span struct{ from, text, end, to int }

// elementsOf returns the elements of a document without comments or sections.
func elementsOf(doc string) []span {
	var out []span
	var open []int
	for at := 0; at < len(doc); {
		if doc[at] != '<' {
			at++
			continue
		}
		end := at + strings.IndexByte(doc[at:], '>') + 1
		switch {
		case doc[at+1] == '/':
			i := open[len(open)-1]
			open = open[:len(open)-1]
			out[i].end, out[i].to = at, end
		case doc[end-2] == '/':
			out = append(out, span{at, end, end, end})
		default:
			open = append(open, len(out))
			out = append(out, span{from: at, text: end})
		}
		at = end
	}
	return out
}
