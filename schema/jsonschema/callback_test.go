package jsonschema

import (
	"os"
	"testing"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
)

// TestCallback reads the contract of the first document.
func TestCallback(t *testing.T) {
	doc, diags := Read(folder.New(os.DirFS("../videotag"), ""), "callback.schema.json", Options{})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	wellFormed(t, "callback", doc)
	root := doc.Type(doc.Root)
	if doc.Name != "Response" || root.Kind != model.KindRecord || !root.Hints.EmptyIsAbsent {
		t.Errorf("the root of %s is %+v", doc.Name, root)
	}
	field := func(id model.TypeID, name string) *model.Field {
		if ty := doc.Type(id); ty != nil && ty.Record != nil {
			for i := range ty.Record.Fields {
				if ty.Record.Fields[i].Name == name {
					return &ty.Record.Fields[i]
				}
			}
		}
		t.Fatalf("%s has no field %s", id, name)
		return nil
	}
	tags := field("#/definitions/Data", "Tags")
	if tags.Occurs != model.Many || !tags.JSON.Bare || tags.Type != "#/definitions/Tag" || tags.Doc.Description == "" {
		t.Errorf("Tags is %+v", tags)
	}
	confidence := field("#/definitions/Tag", "Confidence")
	ty := doc.Type(confidence.Type)
	if confidence.Occurs != model.One || len(confidence.JSON.Spellings) != 2 || confidence.JSON.Spellings[0] != model.JSONString ||
		ty.Name != "Confidence" || ty.Scalar.Primitive != model.Float64 || len(ty.Constraints) != 3 {
		t.Errorf("Confidence is %+v of %+v", confidence, ty)
	}
	start := doc.Type(field("#/definitions/JobsDetail", "StartTime").Type)
	if start.Scalar == nil || start.Scalar.Primitive != model.Time || len(start.Hints.Layouts) != 1 || len(start.Hints.Absent) != 1 {
		t.Errorf("StartTime is %+v", start)
	}
	if state := doc.Type(field("#/definitions/JobsDetail", "State").Type); state.Enum == nil || len(state.Enum.Values) != 6 {
		t.Errorf("State is %+v", state)
	}
}

// TestSame holds that reading twice gives the same, whatever maps do.
func TestSame(t *testing.T) {
	read := func() string {
		doc, diags := Read(folder.New(os.DirFS("../videotag"), ""), "callback.schema.json", Options{})
		return string(dump(t, doc, diags, ""))
	}
	first := read()
	for range 5 {
		if read() != first {
			t.Fatal("two reads of one contract differ")
		}
	}
}
