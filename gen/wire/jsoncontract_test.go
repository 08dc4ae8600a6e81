package wire

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// personContract is the contract that the messages below speak of.
func personContract() *JSONContract {
	return &JSONContract{
		Root: 1,
		Schemas: []JSONSchema{
			{},
			{
				At:    "",
				Types: TObject,
				Properties: []JSONProperty{
					{Name: "name", Schema: 2}, {Name: "age", Schema: 3}, {Name: "state", Schema: 4},
					{Name: "tags", Schema: 5}, {Name: "shape", Schema: 6}, {Name: "one", Schema: 10},
					{Name: "codes", Schema: 11}, {Name: "nothing", Schema: 12}, {Name: "map", Schema: 13},
					{Name: "v", Schema: 15}, {Name: "list", Schema: 17}, {Name: "rest", Schema: 19},
				},
				AdditionalProperties: 12,
				Required:             []string{"name"},
				DependentRequired:    []JSONDependency{{Name: "age", Required: []string{"state"}}},
			},
			{At: "/name", Types: TString, MinLength: 2, MaxLength: 5, Pattern: 1},
			{At: "/age", Types: TInteger, Minimum: "0", ExclusiveMaximum: "150", MultipleOf: "0.5"},
			{At: "/state", Types: TString, Enum: []string{`"on"`, `"off"`}},
			{At: "/tags", AnyOf: []int{2, 7}},
			{At: "/shape", OneOf: []int{8, 9}},
			{At: "/tags/anyOf/1", Types: TArray, Items: 2, MinItems: 1, MaxItems: 3, UniqueItems: true},
			{At: "/circle", Types: TObject, Properties: []JSONProperty{{Name: "kind", Schema: 20}, {Name: "r", Schema: 3}}, Required: []string{"kind", "r"}},
			{At: "/square", Types: TObject, Properties: []JSONProperty{{Name: "kind", Schema: 21}, {Name: "a", Schema: 3}}, Required: []string{"kind", "a"}},
			{At: "/one", Const: `{"a":[1,2.0]}`},
			{At: "/codes", Types: TArray, Contains: 3, MaxContains: 2},
			{At: "/nothing", False: true},
			{At: "/map", Types: TObject, PropertyNames: 14, MinProperties: 1, MaxProperties: 2},
			{At: "/map/propertyNames", MaxLength: 3},
			{At: "/v", AnyOf: []int{16, 4}},
			{At: "/v/anyOf/0", Types: TString, Pattern: 1},
			{At: "/list", Types: TArray, PrefixItems: []int{2, 3}, Items: 12},
			{At: "/not", Types: TString},
			{At: "/rest", Not: 18},
			{At: "/circle/kind", Const: `"circle"`},
			{At: "/square/kind", Const: `"square"`},
		},
		Patterns: []JSONPattern{{}, {Source: `^[a-z]*$`, RE2: `^[a-z]*$`}},
	}
}

func TestJSONContractMessages(t *testing.T) {
	c := personContract()
	for _, test := range []struct{ payload, want string }{
		{`{"name":"ann","age":7,"state":"on","tags":["ab","cd"],"shape":{"kind":"square","a":2},"one":{"a":[1.0,2]},"codes":[1,"x"],"map":{"a":1},"v":"off","list":["ab",1],"rest":1}`, ``},
		{`[]`, `1:1: is an array, want an object [type]`},
		{`{}`, `1:1: member "name" is missing [required]`},
		{`{"name":"a"}`, `1:9: /name: "a" has 1 character, want at least 2 [minLength]`},
		{`{"name":"\u0061\u0062cdef"}`, `1:9: /name: "abcdef" has 6 characters, want at most 5 [maxLength]`},
		{`{"name":"\ud83d\ude00é"}`, `1:9: /name: "😀é" does not match the pattern ^[a-z]*$ [pattern]`},
		{`{"name":"ab","age":-1,"state":"on"}`, `1:20: /age: is -1, want at least 0 [minimum]`},
		{`{"name":"ab","age":150,"state":"on"}`, `1:20: /age: is 150, want less than 150 [exclusiveMaximum]`},
		{`{"name":"ab","age":1.5,"state":"on"}`, `1:20: /age: 1.5 is not an integer [type]`},
		{`{"name":"ab","age":"1","state":"on"}`, `1:20: /age: is a string, want an integer [type]`},
		{`{"name":"ab","age":1}`, `1:1: member "state" is missing, which must be there because "age" is [dependentRequired]`},
		{`{"name":"ab","state":"of"}`, `1:22: /state: is "of", want "on" or "off" [enum]`},
		{`{"name":"ab","Age":1}`, `1:14: /Age: member "Age" is not allowed here; did you mean "age"? [additionalProperties]`},
		{`{"name":"ab","nothing":1}`, `1:24: /nothing: no value is allowed here [false]`},
		{`{"name":"ab","tags":1}`, `1:21: /tags: is an integer, want a string or an array [type]`},
		{`{"name":"ab","tags":"A1"}`, `1:21: /tags: "A1" does not match the pattern ^[a-z]*$ [pattern]`},
		{`{"name":"ab","tags":["A1","ab",
 "ab","x"]}`, `1:21: /tags: has 4 items, want at most 3 [maxItems]
1:22: /tags/0: "A1" does not match the pattern ^[a-z]*$ [pattern]
2:2: /tags/2: is equal to item 1, want no two equal items [uniqueItems]
2:7: /tags/3: "x" has 1 character, want at least 2 [minLength]`},
		{`{"name":"ab","tags":[]}`, `1:21: /tags: has 0 items, want at least 1 [minItems]`},
		{`{"name":"ab","shape":{"kind":"circle","a":2}}`, `1:22: /shape: member "r" is missing [required]`},
		{`{"name":"ab","shape":{"kind":"cube","a":2}}`, `1:30: /shape/kind: is "cube", want "circle" or "square", which tells the alternatives apart [oneOf]`},
		{`{"name":"ab","shape":{"a":2}}`, `1:22: /shape: member "kind" is missing, which tells the alternatives apart: want "circle" or "square" [required]`},
		{`{"name":"ab","one":{"a":[1,3]}}`, `1:20: /one: is an object, want {"a":[1,2.0]} [const]`},
		{`{"name":"ab","codes":[]}`, `1:22: /codes: has no item like #/age, want at least 1 [contains]`},
		{`{"name":"ab","codes":[1,2,3]}`, `1:22: /codes: has 3 items like #/age, want at most 2 [maxContains]`},
		{`{"name":"ab","map":{}}`, `1:20: /map: has 0 members, want at least 1 [minProperties]`},
		{`{"name":"ab","map":{"abcd":1}}`, `1:21: /map/abcd: the name "abcd" is not allowed: "abcd" has 4 characters, want at most 3 [propertyNames]`},
		{`{"name":"ab","v":"ON"}`, `1:18: /v: matches none of 2 alternatives: "ON" does not match the pattern ^[a-z]*$; is "ON", want "on" or "off" [anyOf]`},
		{`{"name":"ab","list":["ab",1,2]}`, `1:29: /list/2: an item too many: none is allowed here [items]`},
		{`{"name":"ab","rest":"x"}`, `1:21: /rest: must not match #/not [not]`},
		{`{"name":"ab",`, `1:14: the payload ends: want a member's name in double quotes [syntax]`},
		{`{"name":"ab"}}`, `1:14: found '}' behind the JSON value: want nothing more [trailing]`},
		{``, `1:1: the payload is empty: want a JSON value [syntax]`},
	} {
		got := ""
		if err := c.Validate([]byte(test.payload)); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.payload, got, test.want)
		}
	}
}

func TestJSONContractMany(t *testing.T) {
	c := &JSONContract{Root: 1, Schemas: []JSONSchema{{}, {Types: TArray, Items: 2}, {Types: TString}}}
	payload := "[" + strings.Repeat("1,", 100_000) + "1]"
	err := c.Validate([]byte(payload))
	v, ok := err.(Violations)
	if !ok || len(v) != MaxViolations+1 {
		t.Fatalf("got %d violations", len(v))
	}
	for i, x := range v[:MaxViolations] {
		if want := fmt.Sprintf("/%d", i); x.Path != want || x.Code != ErrType {
			t.Fatalf("violation %d: %v, want %s", i, x, want)
		}
	}
	if last := v[MaxViolations]; last.Code != ErrMore || last.Message != "and 99901 more" {
		t.Errorf("the last violation is %v", last)
	}
	if !errors.Is(err, ErrType) || !errors.Is(err, ErrMore) {
		t.Error("errors.Is does not find the codes")
	}
}

// TestJSONContractBroken has tables that no compiler writes.
func TestJSONContractBroken(t *testing.T) {
	for _, c := range []*JSONContract{
		{},
		{Root: 7, Schemas: []JSONSchema{{}}},
		{Root: 1, Schemas: []JSONSchema{{}, {Items: 9}}},
		{Root: 1, Schemas: []JSONSchema{{}, {Pattern: 1}}},
		{Root: 1, Schemas: []JSONSchema{{}, {Pattern: 1}}, Patterns: []JSONPattern{{}, {RE2: "("}}},
		{Root: 1, Schemas: []JSONSchema{{}, {Ref: 1}}},
		{Root: 1, Schemas: []JSONSchema{{}, {AllOf: []int{2}}, {Not: 1}}},
		{Root: 1, Schemas: []JSONSchema{{}, {AnyOf: []int{-1}}}},
		{Root: 1, Schemas: []JSONSchema{{}, {Minimum: "x"}}},
		{Root: 1, Schemas: []JSONSchema{{}, {MultipleOf: "0"}}},
		{Root: 1, Schemas: []JSONSchema{{}, {Const: "{"}}},
	} {
		err := c.Validate([]byte("1"))
		if err == nil || errors.As(err, new(Violations)) || !strings.Contains(err.Error(), "tables") {
			t.Errorf("%+v: got %v", c.Schemas, err)
		}
	}
}

// TestJSONContractHostile holds the time that payloads take which somebody has
// made for the engine.
func TestJSONContractHostile(t *testing.T) {
	// Two branches that both recurse double the work at every level.
	branching := &JSONContract{Root: 1, Schemas: []JSONSchema{
		{}, {AnyOf: []int{2, 3}},
		{Types: TObject | TInteger, Properties: []JSONProperty{{Name: "a", Schema: 1}}, Required: []string{"x"}},
		{Types: TObject | TInteger, Properties: []JSONProperty{{Name: "a", Schema: 1}}, Required: []string{"y"}},
	}}
	both := &JSONContract{Root: 1, Schemas: []JSONSchema{
		{}, {AllOf: []int{2, 3}},
		{Properties: []JSONProperty{{Name: "a", Schema: 1}}, MaxProperties: 2},
		{Properties: []JSONProperty{{Name: "a", Schema: 1}}, MinProperties: 1},
	}}
	tracking := &JSONContract{Root: 1, Schemas: []JSONSchema{
		{}, {AnyOf: []int{2, 3}, UnevaluatedProperties: 4},
		{Properties: []JSONProperty{{Name: "a", Schema: 1}}},
		{Properties: []JSONProperty{{Name: "a", Schema: 1}}, Required: []string{"a"}},
		{False: true},
	}}
	unique := &JSONContract{Root: 1, Schemas: []JSONSchema{{}, {UniqueItems: true, Items: 1}}}
	deep := func(inner string) string {
		return strings.Repeat(`{"a":`, DefaultMaxDepth-1) + inner + strings.Repeat("}", DefaultMaxDepth-1)
	}
	var distinct strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&distinct, "%d,", i)
	}
	for _, test := range []struct {
		name    string
		c       *JSONContract
		payload string
		valid   bool
	}{
		{"branches", branching, deep(`1`), false},
		{"branches that fail", branching, deep(`"x"`), false},
		{"all of", both, deep(`{"a":1}`), true},
		{"all of that fail", both, deep(`{}`), false},
		{"unevaluated", tracking, deep(`{}`), true},
		{"unevaluated that fail", tracking, deep(`{"b":1}`), false},
		{"unique in unique", unique, strings.Repeat("[0,", 500) + "[" + distinct.String() + "0.5]" + strings.Repeat("]", 500), true},
		{"unique numbers", unique, "[" + distinct.String() + "99.0]", false},
	} {
		start := time.Now()
		err := test.c.Validate([]byte(test.payload))
		if (err == nil) != test.valid {
			t.Errorf("%s: got %.200v, want valid: %v", test.name, err, test.valid)
		}
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%s: took %v", test.name, d)
		}
	}
}

func TestJSONContractConcurrent(t *testing.T) {
	c := personContract()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 50 {
				if err := c.Validate([]byte(`{"name":"ann","tags":["ab"]}`)); err != nil {
					t.Error(err)
				}
				if err := c.Validate([]byte(`{"name":"a","tags":["b"]}`)); len(err.(Violations)) != 2 {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
}

// sampleContract has the rules of the callback that cost time: members by name,
// one or many, and numbers spelled as strings.
func sampleContract() *JSONContract {
	text := func(name string) JSONProperty { return JSONProperty{Name: name, Schema: 1} }
	return &JSONContract{
		Root: 2,
		Schemas: []JSONSchema{
			{},
			{Types: TString},
			{Types: TObject, Properties: []JSONProperty{text("EventName"), {Name: "JobsDetail", Schema: 3}}, Required: []string{"JobsDetail"}},
			{Types: TObject, Properties: []JSONProperty{
				text("Code"), {Name: "CreationTime", Schema: 22}, {Name: "EndTime", Schema: 22}, {Name: "Input", Schema: 4}, text("JobId"), text("Message"),
				{Name: "Operation", Schema: 5}, text("QueueId"), {Name: "StartTime", Schema: 22}, {Name: "State", Schema: 6}, text("Tag"),
			}, Required: []string{"JobId", "Tag", "State", "CreationTime"}},
			{Types: TObject, Properties: []JSONProperty{text("BucketId"), text("Region"), text("Object")}, Required: []string{"Object"}},
			{Types: TObject, Properties: []JSONProperty{{Name: "VideoTag", Schema: 7}, text("UserData"), {Name: "VideoTagResult", Schema: 8}}},
			{Types: TString, Enum: []string{`"Submitted"`, `"Running"`, `"Success"`, `"Failed"`, `"Pause"`, `"Cancel"`}},
			{Types: TObject, Properties: []JSONProperty{text("Scenario")}, Required: []string{"Scenario"}},
			{Types: TObject, Properties: []JSONProperty{{Name: "StreamData", Schema: 9}}},
			{Types: TObject, Properties: []JSONProperty{{Name: "SubErrCode", Schema: 20}, text("SubErrMsg"), {Name: "Data", Schema: 10}}},
			{Types: TObject, Properties: []JSONProperty{
				{Name: "Tags", Schema: 11}, {Name: "PlaceTags", Schema: 13}, {Name: "ActionTags", Schema: 15}, {Name: "ObjectTags", Schema: 17},
			}},
			{AnyOf: []int{12, 23}},
			{Types: TObject, Properties: []JSONProperty{text("Tag"), text("TagCls"), {Name: "Confidence", Schema: 19}}, Required: []string{"Tag", "Confidence"}},
			{AnyOf: []int{14, 24}},
			{Types: TObject, Properties: []JSONProperty{
				{Name: "Tags", Schema: 11}, {Name: "StartTime", Schema: 19}, {Name: "EndTime", Schema: 19},
				{Name: "StartIndex", Schema: 20}, {Name: "EndIndex", Schema: 20}, {Name: "ClipFrameResult", Schema: 21},
			}, Required: []string{"StartTime", "EndTime", "StartIndex", "EndIndex"}},
			{AnyOf: []int{16, 25}},
			{Types: TObject, Properties: []JSONProperty{{Name: "Tags", Schema: 11}, {Name: "StartTime", Schema: 19}, {Name: "EndTime", Schema: 19}}, Required: []string{"StartTime", "EndTime"}},
			{AnyOf: []int{18, 26}},
			{Types: TObject, Properties: []JSONProperty{{Name: "TimeStamp", Schema: 19}, {Name: "Objects", Schema: 27}}, Required: []string{"TimeStamp"}},
			{Types: TString | TNumber, Minimum: "0", Pattern: 1},
			{Types: TString | TInteger, Minimum: "0", Pattern: 2},
			{AnyOf: []int{1, 28}},
			{Types: TString, Pattern: 3},
			{Types: TArray, Items: 12},
			{Types: TArray, Items: 14},
			{Types: TArray, Items: 16},
			{Types: TArray, Items: 18},
			{AnyOf: []int{29, 30}},
			{Types: TArray, Items: 1},
			{Types: TObject, Properties: []JSONProperty{text("Name"), {Name: "Confidence", Schema: 19}, {Name: "BBox", Schema: 31}}, Required: []string{"Name", "Confidence"}},
			{Types: TArray, Items: 29},
			{Types: TObject, Properties: []JSONProperty{
				{Name: "X1", Schema: 19}, {Name: "Y1", Schema: 19}, {Name: "X2", Schema: 19}, {Name: "Y2", Schema: 19},
			}, Required: []string{"X1", "Y1", "X2", "Y2"}},
		},
		Patterns: []JSONPattern{
			{},
			{RE2: `^[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?$`, Source: `^[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?$`},
			{RE2: `^[0-9]+$`, Source: `^[0-9]+$`},
			{RE2: `^(-?|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{4})$`, Source: `^(-?|...)$`},
		},
	}
}

func TestJSONContractAllocations(t *testing.T) {
	data, err := os.ReadFile(shared(t, "samples", "sample2.json"))
	if err != nil {
		t.Fatal(err)
	}
	c := sampleContract()
	if err := c.Validate(data); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() { c.Validate(data) }); n >= 1 {
		t.Errorf("%v allocations for a valid payload, want none", n)
	}
}

func BenchmarkJSONContract(b *testing.B) {
	data, err := os.ReadFile(shared(b, "samples", "sample2.json"))
	if err != nil {
		b.Fatal(err)
	}
	c := sampleContract()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := c.Validate(data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJSONContractFirst prepares the tables as well.
func BenchmarkJSONContractFirst(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		sampleContract().Validate([]byte("{}"))
	}
}
