package contract

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"github.com/biform/biform/schema/model"
)

// This file draws JSON Schemas over the whole vocabulary of a draft, and
// instances that have to do with them: values near the bounds, of the
// enumerations, with the names of the properties.

// object is a JSON object that is being made.
type object = map[string]any

// number is a number as it is spelled.
type number = json.RawMessage

var (
	drawnNumbers  = []string{"0", "1", "-1", "2", "3", "1.0", "1e0", "0.5", "2.5", "-0.0", "0.1", "0.3", "10", "1e2", "9007199254740993", "9007199254740992", "12345678901234567890123", "1e30", "4.35"}
	drawnStrings  = []string{"", "a", "b", "ab", "abc", "aa", "1", "1.5", "x-y", "日本", "😀", "é", "A b", "\u0000", "~/"}
	drawnNames    = []string{"a", "b", "ab", "c", "日", "$ref", ""}
	drawnPatterns = []string{"^a", "b$", "^[a-z]*$", "^.$", "[0-9]", "^(a|ab)$", "^\\S+$", "\\w", "^.{2,3}$", "日"}
	drawnTypes    = []string{"null", "boolean", "integer", "number", "string", "array", "object"}
)

func drawNumber(t *rapid.T) number { return number(rapid.SampledFrom(drawnNumbers).Draw(t, "number")) }

// drawValue draws any value.
func drawValue(t *rapid.T, depth int) any {
	kinds := 7
	if depth <= 0 {
		kinds = 5
	}
	switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
	case 0:
		return nil
	case 1:
		return rapid.Bool().Draw(t, "bool")
	case 2, 3:
		return drawNumber(t)
	case 4:
		return rapid.SampledFrom(drawnStrings).Draw(t, "string")
	case 5:
		list := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			list = append(list, drawValue(t, depth-1))
		}
		return list
	}
	o := object{}
	for range rapid.IntRange(0, 3).Draw(t, "members") {
		o[rapid.SampledFrom(drawnNames).Draw(t, "name")] = drawValue(t, depth-1)
	}
	return o
}

// schemaGen draws the schemas of one draft.
type schemaGen struct {
	draft model.Draft
	defs  []string
}

func (g *schemaGen) since(d model.Draft) bool {
	return slices.Index(draftOrder, g.draft) >= slices.Index(draftOrder, d)
}

var draftOrder = []model.Draft{model.Draft4, model.Draft6, model.Draft7, model.Draft2019_09, model.Draft2020_12}

// root draws a whole schema.
func (g *schemaGen) root(t *rapid.T) object {
	g.defs = []string{"x", "y"}
	s, _ := g.schema(t, 3).(object)
	if s == nil {
		s = object{}
	}
	if _, alone := s["$ref"]; alone && !g.since(model.Draft2019_09) {
		s = object{"allOf": []any{s}}
	}
	s["$schema"] = map[model.Draft]string{
		model.Draft4: "http://json-schema.org/draft-04/schema#", model.Draft6: "http://json-schema.org/draft-06/schema#",
		model.Draft7: "http://json-schema.org/draft-07/schema#", model.Draft2019_09: "https://json-schema.org/draft/2019-09/schema",
		model.Draft2020_12: "https://json-schema.org/draft/2020-12/schema",
	}[g.draft]
	// References lead to the next definition through a member or an item alone,
	// so that every loop takes a part of the instance.
	s["definitions"] = object{"x": g.loop(t, "y"), "y": g.loop(t, "x")}
	return s
}

func (g *schemaGen) loop(t *rapid.T, next string) any {
	g.defs = nil
	s, _ := g.schema(t, 1).(object)
	if s == nil {
		s = object{}
	}
	delete(s, "$ref")
	ref := object{"$ref": "#/definitions/" + next}
	if rapid.Bool().Draw(t, "by member") {
		s["properties"] = object{"a": ref}
	} else {
		s["additionalProperties"] = ref
	}
	return s
}

// schema draws a schema.
func (g *schemaGen) schema(t *rapid.T, depth int) any {
	if g.since(model.Draft6) && rapid.IntRange(0, 9).Draw(t, "boolean schema") == 0 {
		return rapid.Bool().Draw(t, "is")
	}
	s := object{}
	for range rapid.IntRange(1, 3).Draw(t, "keywords") {
		g.keyword(t, s, depth)
	}
	return s
}

func (g *schemaGen) schemas(t *rapid.T, depth int) []any {
	var list []any
	for range rapid.IntRange(1, 3).Draw(t, "schemas") {
		list = append(list, g.schema(t, depth-1))
	}
	return list
}

// keyword adds a group of keywords to a schema.
func (g *schemaGen) keyword(t *rapid.T, s object, depth int) {
	groups := []func(){
		func() { s["type"] = rapid.SampledFrom(drawnTypes).Draw(t, "type") },
		func() {
			s["type"] = slices.Compact(slices.Sorted(slices.Values(rapid.SliceOfN(rapid.SampledFrom(drawnTypes), 1, 3).Draw(t, "types"))))
		},
		func() { s["enum"] = []any{drawValue(t, 2), "only", drawValue(t, 1)} },
		func() { s["minimum"] = drawNumber(t) },
		func() { s["maximum"] = drawNumber(t) },
		func() {
			s["multipleOf"] = number(rapid.SampledFrom([]string{"1", "2", "0.5", "0.01", "0.1", "3", "1e-3"}).Draw(t, "factor"))
		},
		func() { s["minLength"] = rapid.IntRange(0, 3).Draw(t, "n") },
		func() { s["maxLength"] = rapid.IntRange(0, 3).Draw(t, "n") },
		func() { s["pattern"] = rapid.SampledFrom(drawnPatterns).Draw(t, "pattern") },
		func() { s["minItems"] = rapid.IntRange(0, 3).Draw(t, "n") },
		func() { s["maxItems"] = rapid.IntRange(0, 3).Draw(t, "n") },
		func() { s["uniqueItems"] = rapid.Bool().Draw(t, "unique") },
		func() { s["minProperties"] = rapid.IntRange(0, 3).Draw(t, "n") },
		func() { s["maxProperties"] = rapid.IntRange(0, 3).Draw(t, "n") },
		func() {
			s["required"] = slices.Compact(slices.Sorted(slices.Values(rapid.SliceOfN(rapid.SampledFrom(drawnNames), 1, 2).Draw(t, "names"))))
		},
		func() {
			if g.since(model.Draft6) {
				s["const"] = drawValue(t, 2)
			}
		},
		func() {
			if g.since(model.Draft6) {
				s["exclusiveMinimum"] = drawNumber(t)
			} else {
				s["minimum"], s["exclusiveMinimum"] = drawNumber(t), rapid.Bool().Draw(t, "exclusive")
			}
		},
		func() {
			if g.since(model.Draft6) {
				s["exclusiveMaximum"] = drawNumber(t)
			} else {
				s["maximum"], s["exclusiveMaximum"] = drawNumber(t), rapid.Bool().Draw(t, "exclusive")
			}
		},
	}
	if depth > 0 {
		sub := func() any { return g.schema(t, depth-1) }
		groups = append(groups,
			func() {
				props := object{}
				for range rapid.IntRange(1, 3).Draw(t, "properties") {
					props[rapid.SampledFrom(drawnNames).Draw(t, "name")] = sub()
				}
				s["properties"] = props
			},
			func() { s["patternProperties"] = object{rapid.SampledFrom(drawnPatterns).Draw(t, "pattern"): sub()} },
			func() { s["additionalProperties"] = sub() },
			func() { s["items"] = sub() },
			func() {
				if g.since(model.Draft2020_12) {
					s["prefixItems"] = g.schemas(t, depth)
				} else {
					s["items"], s["additionalItems"] = g.schemas(t, depth), sub()
				}
			},
			func() { s["allOf"] = g.schemas(t, depth) },
			func() { s["anyOf"] = g.schemas(t, depth) },
			func() { s["oneOf"] = g.schemas(t, depth) },
			func() { s["not"] = sub() },
			func() {
				if len(g.defs) > 0 {
					s["$ref"] = "#/definitions/" + rapid.SampledFrom(g.defs).Draw(t, "definition")
				}
			},
			func() {
				if !g.since(model.Draft2019_09) {
					s["dependencies"] = object{"a": []string{"b"}, "b": sub()}
				} else {
					s["dependentRequired"], s["dependentSchemas"] = object{"a": []string{"b"}}, object{"b": sub()}
				}
			},
			func() {
				if g.since(model.Draft6) {
					s["propertyNames"] = sub()
				}
			},
			func() {
				if g.since(model.Draft6) {
					s["contains"] = sub()
				}
				if g.since(model.Draft2019_09) {
					s["minContains"], s["maxContains"] = rapid.IntRange(0, 2).Draw(t, "least"), rapid.IntRange(1, 3).Draw(t, "most")
				}
			},
			func() {
				if g.since(model.Draft7) {
					s["if"], s["then"], s["else"] = sub(), sub(), sub()
				}
			},
			func() {
				if g.since(model.Draft2019_09) {
					s["unevaluatedProperties"] = sub()
				}
			},
			func() {
				if g.since(model.Draft2019_09) {
					s["unevaluatedItems"] = sub()
				}
			},
		)
	}
	rapid.SampledFrom(groups).Draw(t, "keyword")()
}

// instance draws a value that has to do with a schema.
func (g *schemaGen) instance(t *rapid.T, root object, schema any, depth int) any {
	s, ok := schema.(object)
	if !ok || depth <= 0 || rapid.IntRange(0, 7).Draw(t, "anything") == 0 {
		return drawValue(t, depth)
	}
	if ref, ok := s["$ref"].(string); ok {
		return g.instance(t, root, root["definitions"].(object)[strings.TrimPrefix(ref, "#/definitions/")], depth-1)
	}
	var ways []func() any
	add := func(way func() any) { ways = append(ways, way) }
	for _, name := range slices.Sorted(maps.Keys(s)) {
		v := s[name]
		switch name {
		case "const":
			add(func() any { return v })
		case "enum":
			add(func() any { return rapid.SampledFrom(v.([]any)).Draw(t, "listed") })
		case "type":
			add(func() any { return g.typed(t, root, s, v, depth) })
			add(func() any { return g.typed(t, root, s, v, depth) })
		case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
			if n, ok := v.(number); ok {
				add(func() any { return n })
				add(func() any { return drawNumber(t) })
			}
		case "minLength", "maxLength":
			add(func() any { return strings.Repeat("é", v.(int)) })
		case "pattern":
			add(func() any { return rapid.SampledFrom(drawnStrings).Draw(t, "string") })
		case "properties", "patternProperties", "additionalProperties", "required", "propertyNames", "minProperties", "maxProperties", "dependencies", "dependentSchemas", "unevaluatedProperties":
			add(func() any { return g.typed(t, root, s, "object", depth) })
		case "items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems", "unevaluatedItems":
			add(func() any { return g.typed(t, root, s, "array", depth) })
		case "allOf", "anyOf", "oneOf":
			add(func() any { return g.instance(t, root, rapid.SampledFrom(v.([]any)).Draw(t, "branch"), depth-1) })
		case "if", "then", "else":
			add(func() any { return g.instance(t, root, v, depth-1) })
		}
	}
	if len(ways) == 0 {
		return drawValue(t, depth)
	}
	return rapid.SampledFrom(ways).Draw(t, "way")()
}

// typed draws a value of a type.
func (g *schemaGen) typed(t *rapid.T, root, s object, typ any, depth int) any {
	if list, ok := typ.([]string); ok {
		typ = rapid.SampledFrom(list).Draw(t, "one type")
	}
	switch typ {
	case "null":
		return nil
	case "boolean":
		return rapid.Bool().Draw(t, "bool")
	case "integer":
		return number(strconv.Itoa(rapid.IntRange(-2, 12).Draw(t, "integer")))
	case "number":
		return drawNumber(t)
	case "string":
		return rapid.SampledFrom(drawnStrings).Draw(t, "string")
	case "array":
		list := []any{}
		for i := range rapid.IntRange(0, 4).Draw(t, "items") {
			items := s["items"]
			for _, key := range []string{"prefixItems", "items"} {
				if tuple, ok := s[key].([]any); ok {
					if items = nil; i < len(tuple) {
						items = tuple[i]
					}
					break
				}
			}
			if items == nil {
				items = s["contains"]
			}
			list = append(list, g.instance(t, root, items, depth-1))
		}
		return list
	}
	o := object{}
	props, _ := s["properties"].(object)
	names := slices.Concat(slices.Sorted(maps.Keys(props)), drawnNames)
	if list, ok := s["required"].([]string); ok {
		for _, name := range list {
			if rapid.IntRange(0, 4).Draw(t, "leave out") > 0 {
				o[name] = g.instance(t, root, props[name], depth-1)
			}
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "members") {
		name := rapid.SampledFrom(names).Draw(t, "name")
		member := props[name]
		if member == nil {
			member = s["additionalProperties"]
		}
		o[name] = g.instance(t, root, member, depth-1)
	}
	return o
}
