package jsonschema

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// conjunction is a set of schemas that all hold for the same value: a schema,
// what its $ref leads to, the members of its allOf, and so on. The structure of
// a value is that of the conjunction.
type conjunction struct {
	// parts are the schemas that say something themselves, in the order of the
	// text.
	parts []*schema
	// chain are all schemas on the way, the outermost first: those have the
	// annotations.
	chain []*schema
	// at is the schema that the type is named by.
	at *schema
	// name is the identifier of the type when several schemas that stand apart
	// make it; otherwise at has it.
	name model.TypeID
	// only restricts the value to one type, for a variant of a union that the
	// keyword type makes.
	only model.JSONType
	// never says that one of the schemas is false; open that a dynamic reference
	// may put anything in.
	never, open bool
}

// conjoin flattens schemas into their conjunction.
func conjoin(schemas ...*schema) *conjunction {
	c := &conjunction{}
	seen := map[*schema]bool{}
	for _, s := range schemas {
		c.flatten(s, seen)
	}
	switch {
	case len(c.parts) == 1:
		c.at = c.parts[0]
	case len(schemas) > 0:
		c.at = unwrap(schemas[0])
	}
	return c
}

// named names the type of schemas that stand apart by the place that they meet.
func (c *conjunction) named(owner model.TypeID, tokens ...string) *conjunction {
	if len(c.parts) > 1 {
		c.name = owner
		for _, t := range append(tokens, "allOf") {
			c.name += model.TypeID("/" + jsontree.Escape(t))
		}
	}
	return c
}

func (c *conjunction) flatten(s *schema, seen map[*schema]bool) {
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	c.chain = append(c.chain, s)
	if s.node.Kind == jsontree.Bool {
		c.never = c.never || !s.node.IsTrue()
		return
	}
	said := false
	for _, m := range s.node.Members {
		v := s.get(m.Name)
		switch {
		case v == nil:
		case m.Name == "$ref":
			c.flatten(s.ref, seen)
		case m.Name == "$dynamicRef" || m.Name == "$recursiveRef":
			if s.dynamicRef.dynamicAnchorOrNone() != "" {
				c.open = true
			} else {
				c.flatten(s.dynamicRef, seen)
			}
		case m.Name == "allOf":
			for i := range v.Items {
				c.flatten(s.sub("allOf", itoa(i)), seen)
			}
		case !said && shapes(m.Name):
			said = true
			c.parts = append(c.parts, s)
		}
	}
}

func (s *schema) dynamicAnchorOrNone() string {
	if s == nil {
		return ""
	}
	return s.dynamicAnchor()
}

// shapes tells whether a keyword says what values look like. not only says what
// they do not.
func shapes(name string) bool {
	k := keywordTable[name]
	switch k.vocabulary {
	case "validation", "applicator", "unevaluated", "content":
		return name != "not"
	}
	return name == "format"
}

// unwrap follows a schema that only annotates another to that other.
func unwrap(s *schema) *schema {
	for range 1000 {
		var next *schema
		for _, m := range s.node.Members {
			v := s.get(m.Name)
			switch {
			case v == nil:
			case m.Name == "$ref":
				if next != nil {
					return s
				}
				next = s.ref
			case m.Name == "allOf":
				if next != nil || len(v.Items) != 1 {
					return s
				}
				next = s.sub("allOf", "0")
			case shapes(m.Name) || m.Name == "not" || m.Name == "$dynamicRef" || m.Name == "$recursiveRef":
				return s
			}
		}
		if next == nil {
			return s
		}
		s = next
	}
	return s
}

// get returns the values of a keyword in the parts that have it.
func (c *conjunction) get(name string) (owners []*schema, values []*jsontree.Node) {
	for _, p := range c.parts {
		if v := p.get(name); v != nil {
			owners, values = append(owners, p), append(values, v)
		}
	}
	return owners, values
}

// has tells whether a part has one of some keywords.
func (c *conjunction) has(names ...string) bool {
	return slices.ContainsFunc(c.parts, func(p *schema) bool {
		return slices.ContainsFunc(names, func(n string) bool { return p.get(n) != nil })
	})
}

// key names the conjunction: the same schemas make the same type.
func (c *conjunction) key() string {
	var b strings.Builder
	for _, p := range c.parts {
		b.WriteString(p.file.url + "#" + p.path + "\n")
	}
	if len(c.parts) == 0 && c.at != nil {
		b.WriteString("any " + c.at.file.url + "#" + c.at.path)
	}
	return b.String() + string(c.only)
}

// The keywords that speak of values of one type.
var (
	objectKeywords = []string{"properties", "patternProperties", "additionalProperties", "required", "unevaluatedProperties", "propertyNames", "minProperties", "maxProperties", "dependencies", "dependentRequired", "dependentSchemas"}
	arrayKeywords  = []string{"items", "prefixItems", "additionalItems", "contains", "minItems", "maxItems", "uniqueItems", "unevaluatedItems"}
	stringKeywords = []string{"pattern", "minLength", "maxLength", "format", "contentEncoding", "contentMediaType"}
	numberKeywords = []string{"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)

// types returns the types that values may have, in the order of the first
// schema that lists them, without null; null tells whether null is one of them.
// No type is said when the list is empty and null is false.
func (c *conjunction) types() (list []model.JSONType, null bool) {
	said := false
	for _, p := range c.parts {
		var own []model.JSONType
		if v := p.get("type"); v != nil {
			own = types(v)
		}
		if own == nil {
			own = valueTypes(p)
		}
		if own == nil {
			continue
		}
		if !said {
			list, said = own, true
			continue
		}
		list = intersectTypes(list, own)
	}
	if c.only != "" {
		list = []model.JSONType{c.only}
	}
	if i := slices.Index(list, model.JSONNull); i >= 0 {
		return slices.Delete(slices.Clone(list), i, i+1), true
	}
	if !said && c.only == "" {
		list = c.implied()
	}
	return list, false
}

// saysType tells whether the types are said, and not only implied.
func (c *conjunction) saysType() bool {
	return c.only != "" || slices.ContainsFunc(c.parts, func(p *schema) bool {
		v := p.get("type")
		return v != nil && types(v) != nil || valueTypes(p) != nil
	})
}

// implied returns the type that the keywords speak of when none says type and
// all speak of the same. Only records and lists are taken for what they look
// like: a schema with a minimum admits strings, and means to more often.
func (c *conjunction) implied() []model.JSONType {
	object := c.has("properties", "patternProperties", "additionalProperties", "required")
	array := c.has("items", "prefixItems", "additionalItems")
	scalar := c.has(stringKeywords...) || c.has(numberKeywords...)
	switch {
	case object && !scalar && !c.has(arrayKeywords...):
		return []model.JSONType{model.JSONObject}
	case array && !scalar && !c.has(objectKeywords...):
		return []model.JSONType{model.JSONArray}
	}
	return nil
}

// intersectTypes keeps the types of a that b admits too; integer is part of
// number.
func intersectTypes(a, b []model.JSONType) []model.JSONType {
	list := []model.JSONType{}
	for _, t := range a {
		switch {
		case slices.Contains(b, t), t == model.JSONInteger && slices.Contains(b, model.JSONNumber):
			list = append(list, t)
		case t == model.JSONNumber && slices.Contains(b, model.JSONInteger):
			list = append(list, model.JSONInteger)
		}
	}
	return list
}

// valueTypes returns the types of the values that enum or const lists, or nil.
func valueTypes(p *schema) []model.JSONType {
	var list []model.JSONType
	add := func(n *jsontree.Node) {
		t := map[jsontree.Kind]model.JSONType{
			jsontree.Null: model.JSONNull, jsontree.Bool: model.JSONBoolean, jsontree.String: model.JSONString,
			jsontree.Array: model.JSONArray, jsontree.Object: model.JSONObject, jsontree.Number: model.JSONNumber,
		}[n.Kind]
		if t == model.JSONNumber && isInteger(n.Text) {
			t = model.JSONInteger
		}
		if !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	if v := p.get("const"); v != nil {
		add(v)
	} else if v := p.get("enum"); v != nil {
		for _, n := range v.Items {
			add(n)
		}
	}
	if slices.Contains(list, model.JSONNumber) {
		list = slices.DeleteFunc(list, func(t model.JSONType) bool { return t == model.JSONInteger })
	}
	return list
}
