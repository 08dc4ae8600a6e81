package docs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/biform/biform/schema/model"
	templates "github.com/biform/biform/templates/docs"
)

// The script folds branches by the measures that the picture is drawn with.
func TestScriptMeasures(t *testing.T) {
	want := fmt.Sprintf("var ROW = %d, INDENT = %d, BOX = %d, MARGIN = %d;", rowHeight, rowIndent, boxHeight, margin)
	if !strings.Contains(templates.Script, want) {
		t.Errorf("the script has other measures than %q", want)
	}
	if want := fmt.Sprintf(`height="%d" rx`, boxHeight); !strings.Contains(templates.Page, want) {
		t.Errorf("the template has another height than %s", want)
	}
}

// chain is a document of nested records, each with as many more members.
func chain(depth, members int) *model.Document {
	doc := &model.Document{Name: "d", Root: "0"}
	leaf := model.Type{ID: "s", Kind: model.KindScalar, Scalar: &model.Scalar{Primitive: model.String}}
	for d := range depth {
		r := &model.Record{}
		for m := range members {
			r.Fields = append(r.Fields, model.Field{Name: fmt.Sprintf("m%d", m), Type: "s", Occurs: model.Optional})
		}
		next := model.TypeID(fmt.Sprint(d + 1))
		if d == depth-1 {
			next = "0"
		}
		r.Fields = append(r.Fields, model.Field{Name: "next", Type: next, Occurs: model.Many, MinItems: 1, MaxItems: 3})
		doc.Types = append(doc.Types, model.Type{ID: model.TypeID(fmt.Sprint(d)), Kind: model.KindRecord, Record: r})
	}
	doc.Types = append(doc.Types, leaf)
	return doc
}

func TestPicture(t *testing.T) {
	tree := newTree(chain(3, 2))
	if len(tree.nodes) != 10 {
		t.Fatalf("%d nodes", len(tree.nodes))
	}
	last := tree.nodes[len(tree.nodes)-1]
	if last.path != "/d/next/next/next" || last.same != tree.root || !last.recursive || last.occurs() != "1..3" {
		t.Errorf("the last node is %+v", last)
	}
	p := draw(tree)
	if len(p.Rows) != 10 || p.Cut || p.Height != 10*rowHeight+2*margin {
		t.Errorf("%d rows, %d high, cut: %v", len(p.Rows), p.Height, p.Cut)
	}
	for i, r := range p.Rows {
		if r.Y != margin+i*rowHeight || r.TypeX <= r.OccursX || r.OccursX <= r.BoxWidth || r.X+r.TypeX > p.Width {
			t.Errorf("row %d is %+v", i, r)
		}
	}
	if r := p.Rows[9]; !r.Loops || r.Mark != "/d" || r.MarkID != tree.root.id {
		t.Errorf("the recursion is drawn as %+v", r)
	}
}

// A document too large to draw is drawn as far as there is room, and the rest
// is counted.
func TestPictureOfManyNodes(t *testing.T) {
	tree := newTree(chain(50, 20))
	p := draw(tree)
	if !p.Cut || len(p.Rows) > maxPicture || len(p.Rows) < maxPicture/2 {
		t.Fatalf("%d rows of %d nodes, cut: %v", len(p.Rows), len(tree.nodes), p.Cut)
	}
	hidden := 0
	for _, r := range p.Rows {
		hidden += r.Hidden
	}
	if len(p.Rows)+hidden != len(tree.nodes) {
		t.Errorf("%d rows and %d hidden nodes are not %d", len(p.Rows), hidden, len(tree.nodes))
	}
}

// Types stand where their path is shortest.
func TestShortestPath(t *testing.T) {
	doc := chain(4, 0)
	root := doc.Types[0].Record
	root.Fields = append(root.Fields, model.Field{Name: "short", Type: "3", Occurs: model.One})
	for _, n := range newTree(doc).nodes {
		if n.typ.ID == "3" && (n.same == nil) != (n.path == "/d/short") {
			t.Errorf("%s spells its type out: %v", n.path, n.same == nil)
		}
	}
}

func TestAnchorsAreUnique(t *testing.T) {
	doc := chain(1, 0)
	r := doc.Types[0].Record
	for _, name := range []string{"a b", "a-b", "a\u202eb", "a<b", "名前"} {
		r.Fields = append(r.Fields, model.Field{Name: name, Type: "s"})
	}
	seen := map[string]bool{}
	for _, n := range newTree(doc).nodes {
		if seen[n.id] || strings.ContainsAny(n.id, " <\u202e") {
			t.Errorf("the anchor %q", n.id)
		}
		seen[n.id] = true
	}
	if !seen["/d/名前"] || !seen["/d/a-b~4"] {
		t.Errorf("%v", seen)
	}
}
