package contract

import (
	"reflect"
	"strings"
	"testing"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/model"
)

func ptr[T any](v T) *T { return &v }

// build numbers the schemas of a contract.
func build(draft model.Draft, schemas ...model.Schema) *model.JSONContract {
	for i := range schemas {
		schemas[i].ID = model.SchemaID(i + 1)
		schemas[i].At.Line = i + 1
	}
	return &model.JSONContract{Draft: draft, Root: 1, Schemas: schemas}
}

// TestJSONTables holds what the tables of a small contract look like: detours
// gone, equal schemas one entry, what admits everything no rule.
func TestJSONTables(t *testing.T) {
	text := []model.JSONType{model.JSONString}
	c := build(model.Draft7,
		model.Schema{
			Types: []model.JSONType{model.JSONObject, model.JSONNull},
			Properties: []model.NamedSchema{
				{Name: "a", Schema: 2}, {Name: "b", Schema: 3}, {Name: "c", Schema: 4}, {Name: "d", Schema: 5}, {Name: "e", Schema: 6}, {Name: "f", Schema: 1},
			},
			Required:             []string{"a"},
			AdditionalProperties: 7,
			MaxProperties:        ptr(0),
			MinProperties:        ptr(0),
		},
		model.Schema{Types: text},                // 2
		model.Schema{Types: text},                // 3: the same
		model.Schema{Ref: 2, MaxLength: ptr(5)},  // 4: only a reference, before 2019-09
		model.Schema{AllOf: []model.SchemaID{3}}, // 5: a detour
		model.Schema{Boolean: ptr(true)},         // 6
		model.Schema{},                           // 7
	)
	got, list := JSON(c)
	if list.HasErrors() {
		t.Fatal(list)
	}
	want := &wire.JSONContract{
		Root: 1,
		Schemas: []wire.JSONSchema{
			{},
			{
				Types: wire.TObject | wire.TNull,
				Properties: []wire.JSONProperty{
					{Name: "a", Schema: 2}, {Name: "b", Schema: 2}, {Name: "c", Schema: 2}, {Name: "d", Schema: 2}, {Name: "e"}, {Name: "f", Schema: 1},
				},
				Required:      []string{"a"},
				MaxProperties: wire.JSONNone,
			},
			{Types: wire.TString},
		},
		Patterns: []wire.JSONPattern{{}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

// TestJSONPatterns has schemas that differ in their patterns only.
func TestJSONPatterns(t *testing.T) {
	c, list := JSON(build(model.Draft7,
		model.Schema{Properties: []model.NamedSchema{{Name: "a", Schema: 2}, {Name: "b", Schema: 3}, {Name: "c", Schema: 4}, {Name: "d", Schema: 5}}},
		model.Schema{Pattern: ptr("^a")}, model.Schema{Pattern: ptr("^b")}, model.Schema{Pattern: ptr("^a")}, model.Schema{MaxLength: ptr(9)},
	))
	if list.HasErrors() {
		t.Fatal(list)
	}
	if len(c.Schemas) != 5 || len(c.Patterns) != 3 {
		t.Errorf("got %+v", c)
	}
	if err := c.Validate([]byte(`{"a":"a","b":"b","c":"a","d":"x"}`)); err != nil {
		t.Error(err)
	}
}

// TestJSONRecursion has two schemas that say the same of each other.
func TestJSONRecursion(t *testing.T) {
	c := build(model.Draft7,
		model.Schema{Properties: []model.NamedSchema{{Name: "next", Schema: 2}}, AdditionalProperties: 3},
		model.Schema{Properties: []model.NamedSchema{{Name: "next", Schema: 1}}, AdditionalProperties: 3},
		model.Schema{Boolean: ptr(false)},
	)
	got, list := JSON(c)
	if list.HasErrors() {
		t.Fatal(list)
	}
	if len(got.Schemas) != 3 || got.Schemas[1].Properties[0].Schema != 1 {
		t.Errorf("got %+v", got.Schemas)
	}
	if err := got.Validate([]byte(`{"next":{"next":{"next":{}}}}`)); err != nil {
		t.Error(err)
	}
	if err := got.Validate([]byte(`{"next":{"next":{"nest":{}}}}`)); err == nil {
		t.Error("an additional member was accepted")
	}
}

// TestJSONDrafts holds what changed between drafts.
func TestJSONDrafts(t *testing.T) {
	integer := model.Schema{Types: []model.JSONType{model.JSONInteger}}
	sibling := []model.Schema{{Ref: 2, MaxLength: ptr(1)}, {Types: []model.JSONType{model.JSONString}}}
	contains := []model.Schema{{Contains: 2, UnevaluatedItems: 3}, {Types: []model.JSONType{model.JSONString}}, {Boolean: ptr(false)}}
	for _, test := range []struct {
		draft   model.Draft
		schemas []model.Schema
		payload string
		valid   bool
	}{
		{model.Draft4, []model.Schema{integer}, `1.0`, false},
		{model.Draft6, []model.Schema{integer}, `1.0`, true},
		{model.Draft6, []model.Schema{integer}, `1.5`, false},
		{model.Draft7, sibling, `"ab"`, true},
		{model.Draft2019_09, sibling, `"ab"`, false},
		{model.Draft2019_09, contains, `["ab"]`, false},
		{model.Draft2020_12, contains, `["ab"]`, true},
	} {
		c, list := JSON(build(test.draft, append([]model.Schema(nil), test.schemas...)...))
		if list.HasErrors() {
			t.Fatal(list)
		}
		if err := c.Validate([]byte(test.payload)); (err == nil) != test.valid {
			t.Errorf("%s: %s: %v, want valid: %v", test.draft, test.payload, err, test.valid)
		}
	}
}

func TestJSONDiagnostics(t *testing.T) {
	for _, test := range []struct {
		name string
		c    *model.JSONContract
		want string
	}{
		{"reference to itself", build(model.Draft7, model.Schema{Ref: 1}), ":1:0: error: the reference leads back to itself [infinite-loop]"},
		{"references in a circle", build(model.Draft7, model.Schema{Ref: 2}, model.Schema{Ref: 1}), "[infinite-loop]"},
		{"circle through allOf", build(model.Draft2020_12, model.Schema{AllOf: []model.SchemaID{2}, Types: []model.JSONType{"string"}}, model.Schema{Not: 1}), "only if it holds for that value"},
		{"pattern", build(model.Draft7, model.Schema{Pattern: ptr("(?<=x)")}), "[pattern]"},
		{"pattern property", build(model.Draft7, model.Schema{PatternProperties: []model.NamedSchema{{Name: "(", Schema: 2}}}, model.Schema{}), "[pattern]"},
		{"pattern beside none", build(model.Draft7, model.Schema{Properties: []model.NamedSchema{{Name: "a", Schema: 2}, {Name: "b", Schema: 3}}}, model.Schema{MaxLength: ptr(3)}, model.Schema{MaxLength: ptr(3), Pattern: ptr("(?<!x)")}), ":3:0: error"},
		{"multiple of zero", build(model.Draft7, model.Schema{MultipleOf: ptr("0")}), "multipleOf is 0"},
		{"no number", build(model.Draft7, model.Schema{Minimum: ptr("x")}), "minimum is \"x\""},
		{"negative count", build(model.Draft7, model.Schema{MinItems: ptr(-1)}), "minItems is -1"},
		{"dynamic reference", build(model.Draft2020_12, model.Schema{DynamicRef: "x"}), "[unsupported]"},
	} {
		c, list := JSON(test.c)
		if c != nil || !list.HasErrors() || !strings.Contains(list.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.name, list, test.want)
		}
	}
}

// TestJSONDynamic lets an outer resource override what an inner one refers to.
func TestJSONDynamic(t *testing.T) {
	c := build(model.Draft2020_12,
		model.Schema{Resource: 1, DynamicAnchor: "node", Ref: 2, UnevaluatedProperties: 4}, // strict tree
		model.Schema{Resource: 2, DynamicAnchor: "node", Properties: []model.NamedSchema{{Name: "children", Schema: 3}}},
		model.Schema{Resource: 2, Items: 5},
		model.Schema{Resource: 1, Boolean: ptr(false)},
		model.Schema{Resource: 2, Ref: 2, DynamicRef: "node"},
	)
	w, list := JSON(c)
	if list.HasErrors() {
		t.Fatal(list)
	}
	if err := w.Validate([]byte(`{"children":[{"children":[{}]}]}`)); err != nil {
		t.Error(err)
	}
	if err := w.Validate([]byte(`{"children":[{"children":[{"x":1}]}]}`)); err == nil {
		t.Error("the strict tree's rule was not applied to the children of the tree")
	}
}
