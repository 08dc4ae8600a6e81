package wire

import (
	"strings"
	"testing"
	"time"
)

// eventContract has alternatives that a member tells apart at two levels, some
// that nothing tells, and scalars.
func eventContract() *JSONContract {
	event := func(action, member string) JSONSchema {
		return JSONSchema{
			Types: TObject, Required: []string{"action", member}, AdditionalProperties: 2,
			Properties: []JSONProperty{{"action", 3}, {member, 0}, {"at", 4}},
			AllOf:      []int{map[string]int{"": 5, "created": 6, "closed": 7}[action]},
		}
	}
	return &JSONContract{
		Root: 1, Patterns: []JSONPattern{{}},
		Schemas: []JSONSchema{
			{},
			{At: "", OneOf: []int{12, 13, 14, 15}},
			{At: "/false", False: true},
			{At: "/string", Types: TString},
			{At: "/at", Types: TObject, Properties: []JSONProperty{{"id", 16}}, Required: []string{"id"}},
			{At: "/none", Properties: []JSONProperty{{"action", 8}}},
			{At: "/created", Properties: []JSONProperty{{"action", 9}}},
			{At: "/closed", Properties: []JSONProperty{{"action", 10}}},
			{Const: `""`},
			{Enum: []string{`"created"`, `"made"`}},
			{Enum: []string{`"closed"`, `null`}},
			{At: "/push", Types: TObject, Required: []string{"ref"}, Properties: []JSONProperty{{"ref", 3}, {"at", 4}}, AdditionalProperties: 2},
			event("created", "issue"),
			{At: "/comments", AnyOf: []int{17, 18}},
			{At: "/pushes", Ref: 11},
			event("", "nothing"),
			{At: "/id", Types: TInteger},
			event("created", "comment"),
			event("closed", "comment"),
			{At: "/small", Types: TNumber, Maximum: "10"},
			{At: "/whole", Types: TInteger},
			{At: "/long", Types: TString, MinLength: 3},
		},
	}
}

var (
	eventUnion = []Variant{{TObject, 12}, {TObject, 13}, {TObject, 14}, {TObject, 15}, {TNumber, 19}, {TInteger, 20}, {TString, 21}, {TString, 3}, {TObject, 1}}
	pairUnion  = []Variant{{TObject, 4}, {TObject, 0}}
)

// FuzzVariant holds that a value is the first variant that the contract lets it
// be, whatever tells them apart, and whether it stands alone or in another value
// that was one of several.
func FuzzVariant(f *testing.F) {
	for _, s := range []string{
		`{"action":"created","issue":1}`, `{"issue":1,"action":"made"}`, `{"action":"created","comment":1,"at":{"id":1}}`,
		`{"at":{"id":1},"comment":1,"action":"closed"}`, `{"action":"","nothing":1}`, `{"ref":"main"}`, `{"ref":"main","action":"x"}`,
		`{"action":"created","issue":1,"more":1}`, `{"action":"moved","issue":1}`, `{"issue":1}`, `{}`, `{"action":null,"comment":1}`,
		`{"\u0061ction":"created","issue":1}`, `{"action":"cre\u0061ted","issue":1}`, `{"action" : "closed" , "comment" : [ ] }`,
		`11`, `1.5`, `20.5`, `"ab"`, `"abc"`, `null`, `[]`, `{"action":"closed","action":"made"}`, `{"action":"closed"`, `{"action":`, `{"a":1,`, `{"a`,
	} {
		f.Add(s)
	}
	check := new(jsonCheck)
	f.Fuzz(func(t *testing.T, text string) {
		if !check.read([]byte(text), nil) {
			return
		}
		contract := eventContract()
		u, pair := &Union{Contract: contract, Variants: eventUnion}, &Union{Contract: contract, Variants: pairUnion}
		want, valid := -1, false
		for i, v := range eventUnion {
			c := eventContract()
			if c.Root = v.Schema; c.Validate([]byte(text)) == nil {
				want, valid = i, true
				break
			}
		}
		text = strings.Trim(text, " \t\r\n")
		outer := `{"id": "x", "a":` + text + `,"b":[` + text + `]}`
		var alone, inside JSON
		alone.Start([]byte(text), true, 8, nil)
		inside.Start([]byte(outer), true, 8, nil)
		got := alone.Variant(u)
		if alone.pos != 0 || alone.err != nil {
			t.Fatalf("went to %d, %v: %s", alone.pos, alone.err, text)
		}
		if valid && got != want || !valid && got >= len(eventUnion) {
			t.Fatalf("is variant %d, want %d: %s", got, want, text)
		}
		inside.Variant(pair)
		for _, name := range []string{`"a":`, `"b":[`} {
			at := len(`{"id": "x", "a":`)
			if name != `"a":` {
				at += len(text) + len(`,"b":[`)
			}
			if inside.pos = at; inside.Variant(u) != got || inside.pos != at {
				t.Fatalf("is variant %d alone and another inside: %s", got, outer)
			}
		}
		alone.Finish()
		inside.Finish()
	})
}

// TestVariantClosest holds which variant a value is that none admits.
func TestVariantClosest(t *testing.T) {
	u := &Union{Contract: eventContract(), Variants: eventUnion[:4]}
	for payload, want := range map[string]int{
		`{"action":"created","issue":1,"more":1}`:           0,
		`{"action":"created","comment":1,"at":{"id":"x"}}`:  1,
		`{"action":"closed","comment":1,"more":1,"most":1}`: 1,
		`{"action":"moved","comment":1}`:                    1,
		`{"ref":"main","more":1}`:                           2,
		`{"ref":"main","at":{},"more":1}`:                   2,
		`{"nothing":1}`:                                     3,
		`{"issue":1,"at":{"id":7}}`:                         0,
	} {
		var j JSON
		j.Start([]byte(payload), true, 8, nil)
		if got := j.Variant(u); got != want {
			t.Errorf("is variant %d, want %d: %s", got, want, payload)
		}
		j.Finish()
	}
}

// TestVariantDeep holds that values inside each other, none of which the contract
// admits, take time by their number.
func TestVariantDeep(t *testing.T) {
	level := func(member string) JSONSchema {
		return JSONSchema{Types: TObject, Properties: []JSONProperty{{"in", 1}, {"list", 4}}, Required: []string{member}}
	}
	u := &Union{Variants: []Variant{{TObject, 2}, {TObject, 3}}, Contract: &JSONContract{
		Root: 1, Patterns: []JSONPattern{{}},
		Schemas: []JSONSchema{{}, {OneOf: []int{2, 3}}, level("in"), level("list"), {Types: TArray, Items: 1}},
	}}
	const depth = DefaultMaxDepth - 2
	payload := strings.Repeat(`{"list":[1],"in":`, depth) + "1" + strings.Repeat("}", depth)
	var j JSON
	j.Start([]byte(payload), true, 8, nil)
	from := time.Now()
	for at := 0; payload[at] == '{'; at += len(`{"list":[1],"in":`) {
		if j.pos = at; j.Variant(u) < 0 {
			t.Fatal("is none")
		}
	}
	j.Finish()
	if took := time.Since(from); took > 5*time.Second {
		t.Errorf("took %v", took)
	} else {
		t.Log(took)
	}
}
