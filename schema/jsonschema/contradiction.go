package jsonschema

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// This file warns of rules in one schema that contradict each other, so that no
// value, or no value of a type, can satisfy them. They are legal, and make sense
// in a branch that is meant never to match, so that they are no errors.

// limits are pairs of keywords of which the first must not exceed the second;
// strict ones must not be equal either.
var limits = []struct {
	low, high string
	strict    bool
}{
	{"minimum", "maximum", false},
	{"minimum", "exclusiveMaximum", true},
	{"exclusiveMinimum", "maximum", true},
	{"exclusiveMinimum", "exclusiveMaximum", true},
	{"minLength", "maxLength", false},
	{"minItems", "maxItems", false},
	{"minContains", "maxContains", false},
	{"minProperties", "maxProperties", false},
}

// contradictions looks at one schema.
func (s *Set) contradictions(sch *schema) {
	for _, l := range limits {
		low, high := sch.get(l.low), sch.get(l.high)
		if low == nil || high == nil || low.Kind != jsontree.Number || high.Kind != jsontree.Number {
			continue
		}
		strict := l.strict || l.low == "minimum" && (sch.get("exclusiveMinimum").IsTrue() || sch.get("exclusiveMaximum").IsTrue())
		switch c := rat(low.Text).Cmp(rat(high.Text)); {
		case c > 0:
			s.contradict(sch, l.low, l.high, "%s %s is over %s %s", l.low, low.Text, l.high, high.Text)
		case c == 0 && strict:
			s.contradict(sch, l.low, l.high, "%s %s leaves nothing below %s %s", l.low, low.Text, l.high, high.Text)
		}
	}
	s.typeContradictions(sch)
	s.memberContradictions(sch)
}

func (s *Set) contradict(sch *schema, keyword, other, format string, args ...any) {
	s.diags.Warnf(sch.keywordAt(keyword), "contradiction", format, args...).
		WithHint("no value satisfies both; change one").
		WithRelated(sch.keywordAt(other))
}

// typeContradictions holds listed values against type.
func (s *Set) typeContradictions(sch *schema) {
	v := sch.get("type")
	if v == nil {
		return
	}
	allowed := types(v)
	check := func(keyword string, n *jsontree.Node, tokens ...string) {
		if slices.ContainsFunc(allowed, func(t model.JSONType) bool { return isOfType(n, t) }) {
			return
		}
		s.diags.Warnf(sch.valueAt(n, tokens...), "contradiction", "%s lists %s, which is %s, and type is %s", keyword, short(n), n.Kind, joinTypes(allowed)).
			WithHint("the value never matches: remove it, or allow its type").WithRelated(sch.keywordAt("type"))
	}
	if c := sch.get("const"); c != nil {
		check("const", c, "const")
	}
	if e := sch.get("enum"); e != nil {
		for i, n := range e.Items {
			check("enum", n, "enum", itoa(i))
		}
	}
}

// short is a value's text, cut off.
func short(n *jsontree.Node) string {
	text := []rune(n.Compact())
	if len(text) > 40 {
		return string(text[:40]) + "..."
	}
	return string(text)
}

func joinTypes(list []model.JSONType) string {
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = string(t)
	}
	return strings.Join(names, " or ")
}

// isOfType tells whether a value is of a type.
func isOfType(n *jsontree.Node, t model.JSONType) bool {
	switch t {
	case model.JSONNull:
		return n.Kind == jsontree.Null
	case model.JSONBoolean:
		return n.Kind == jsontree.Bool
	case model.JSONObject:
		return n.Kind == jsontree.Object
	case model.JSONArray:
		return n.Kind == jsontree.Array
	case model.JSONString:
		return n.Kind == jsontree.String
	case model.JSONNumber:
		return n.Kind == jsontree.Number
	}
	return n.Kind == jsontree.Number && isInteger(n.Text)
}

// memberContradictions looks for members that are required and forbidden.
func (s *Set) memberContradictions(sch *schema) {
	required := sch.get("required")
	if required == nil || required.Kind != jsontree.Array {
		return
	}
	if n := sch.get("maxProperties"); n != nil && n.Kind == jsontree.Number {
		if most := count(n); most != nil && *most < len(required.Items) {
			s.contradict(sch, "required", "maxProperties", "%d members are required, and there are at most %d", len(required.Items), *most)
		}
	}
	properties := sch.get("properties")
	closed := sch.get("additionalProperties")
	for i, n := range required.Items {
		if n.Kind != jsontree.String {
			continue
		}
		at := sch.valueAt(n, "required", itoa(i))
		m := properties.Lookup(n.Text)
		switch {
		case m != nil && m.Value.Kind == jsontree.Bool && !m.Value.IsTrue():
			s.diags.Warnf(at, "contradiction", "the member %q is required, and its schema is false", n.Text).
				WithHint("no value satisfies both; change one").
				WithRelated(sch.file.Position(m.Start, sch.path+"/properties/"+jsontree.Escape(n.Text)))
		case m == nil && closed != nil && closed.Kind == jsontree.Bool && !closed.IsTrue() && sch.get("patternProperties") == nil:
			d := s.diags.Warnf(at, "contradiction", "the member %q is required, and additionalProperties is false", n.Text).
				WithRelated(sch.keywordAt("additionalProperties"))
			var declared []string
			if properties != nil {
				declared = names(properties)
			}
			if near := nearest(n.Text, declared); near != "" {
				d.WithHint("did you mean %q?", near)
			} else {
				d.WithHint("declare it under properties")
			}
		}
	}
}
