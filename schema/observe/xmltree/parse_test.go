package xmltree

import (
	"strings"
	"testing"
)

func TestPlaces(t *testing.T) {
	text := "\uFEFF<?xml version='1.0'?>\r\n<a:r xmlns:a = 'urn:a' xmlns='urn:d' k=\"1 &lt; 2\" a:k='\"'>\r\n x<b /><!-- c --><c>é</c>y\r\n</a:r >\n"
	root, err := Parse([]byte(text), Default)
	if err != nil {
		t.Fatal(err)
	}
	slice := func(from, to int) string { return text[from:to] }
	if got := slice(root.Start, root.Open); !strings.HasPrefix(got, "<a:r ") || !strings.HasSuffix(got, "'\"'>") {
		t.Errorf("start tag %q", got)
	}
	if got := slice(root.Close, root.End); got != "</a:r >" {
		t.Errorf("end tag %q", got)
	}
	if root.Space != "urn:a" || root.Kids[0].Space != "urn:d" {
		t.Errorf("namespaces %q, %q", root.Space, root.Kids[0].Space)
	}
	if !root.Kids[0].Empty || root.Kids[1].Empty {
		t.Error("which of the children is an empty-element tag")
	}
	k, ak := root.Attrs[0], root.Attrs[1]
	if slice(k.Start, k.End) != `k="1 &lt; 2"` || slice(k.ValueStart, k.ValueEnd) != "1 &lt; 2" || k.Value != "1 < 2" {
		t.Errorf("attribute %+v", k)
	}
	if slice(ak.Start, ak.End) != `a:k='"'` || ak.Space != "urn:a" {
		t.Errorf("attribute %+v", ak)
	}
	if got := strings.TrimSpace(root.Text); got != "xy" {
		t.Errorf("text %q", got)
	}
	if c := root.At(root.Kids[1].Start); c != root.Kids[1] {
		t.Errorf("At finds %+v", c)
	}
	if got := root.Kids[1].Prefixes("urn:a"); len(got) != 1 || got[0] != "a" {
		t.Errorf("prefixes of urn:a: %q", got)
	}
}

func TestRefused(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":           "",
		"text alone":        "x",
		"two roots":         "<a/><b/>",
		"text behind":       "<a/>x",
		"crossed tags":      "<a><b></a></b>",
		"no end":            "<a><b>",
		"a lone end":        "</a>",
		"attribute twice":   "<a b='1' b='2'/>",
		"one name twice":    "<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>",
		"undeclared prefix": "<a:b/>",
		"undeclared name":   "<a b:c='1'/>",
		"entities":          "<!DOCTYPE a [<!ENTITY l 'lol'>]><a>&l;</a>",
		"unknown entity":    "<a>&l;</a>",
		"bytes":             "<a>\xff</a>",
		"encoding":          "<?xml version='1.0' encoding='GB18030'?><a/>",
		"late declaration":  "<a/><?xml version='1.0'?>",
		"deep":              strings.Repeat("<a>", 1000),
	} {
		t.Run(name, func(t *testing.T) {
			if root, err := Parse([]byte(text), Default); err == nil {
				t.Errorf("accepted: %+v", root)
			}
		})
	}
	if _, err := Parse([]byte("<a><b/><b/></a>"), Limits{Depth: 9, Nodes: 2}); err == nil {
		t.Error("the limit of nodes does not hold")
	}
}
