package jsonschema

import (
	"math"
	"math/big"
	"slices"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// This file builds the graph of assertions. It speaks one language for all
// drafts, that of 2020-12: draft-04's boolean exclusiveMinimum, the list form
// of items and the keyword dependencies are said as their successors, while
// Schema.Keywords has the names that stand in the text.

// graph builds the graph.
type graph struct {
	set     *Set
	schemas []*model.Schema
	dynamic bool // anchored schemas have been added
}

// contract returns the assertions of a set.
func (s *Set) contract() *model.JSONContract {
	g := &graph{set: s}
	c := &model.JSONContract{Draft: s.root.dialect.draft, Root: g.add(s.root.root)}
	c.FormatAsserted, c.ContentAsserted = s.asserts()
	for _, sch := range g.schemas {
		c.Schemas = append(c.Schemas, *sch)
	}
	return c
}

// add returns the identifier of a schema, giving it one, and to everything that
// it applies, on first sight: in the order in which the text is read.
func (g *graph) add(sch *schema) model.SchemaID {
	if sch == nil {
		return 0
	}
	if sch.id != 0 {
		return sch.id
	}
	g.set.follow(sch, true)
	out := g.create(sch.position())
	sch.id = out.ID
	switch sch.node.Kind {
	case jsontree.Bool:
		v := sch.node.IsTrue()
		out.Boolean = &v
	case jsontree.Object:
		g.keywords(sch, out)
	}
	// The resource's root is in the graph even if nothing applies it, since a
	// dynamic reference asks which resources were passed on the way.
	out.Resource = g.add(sch.resource.root)
	return sch.id
}

// create makes the next schema of the graph.
func (g *graph) create(at model.Position) *model.Schema {
	out := &model.Schema{ID: model.SchemaID(len(g.schemas) + 1), At: at}
	g.schemas = append(g.schemas, out)
	return out
}

// keywords enters the keywords of a schema in the order of the text.
func (g *graph) keywords(sch *schema, out *model.Schema) {
	out.DynamicAnchor = sch.dynamicAnchor()
	for i := range sch.node.Members {
		name := sch.node.Members[i].Name
		v := sch.get(name)
		if v == nil {
			continue
		}
		if keywordTable[name].vocabulary != "meta-data" {
			if out.Keywords == nil {
				out.Keywords = map[string]model.Position{}
			}
			out.Keywords[name] = sch.keywordAt(name)
		}
		g.keyword(sch, out, name, v)
	}
	g.references(sch, out)
	if out.Enum == nil && sch.get("enum") != nil {
		out.Enum = []model.JSONValue{} // draft-06 and later allow an empty one
	}
}

// references enters $ref and $dynamicRef. When one schema has both, or a $ref
// with siblings stands in a file of a later draft than the contract's, the
// reference becomes a member of allOf, which says the same.
func (g *graph) references(sch *schema, out *model.Schema) {
	wrap := func(at model.Position) *model.Schema {
		in := g.create(at)
		in.Resource = sch.resource.root.id
		out.AllOf = append(out.AllOf, in.ID)
		return in
	}
	if sch.ref != nil {
		target := g.add(sch.ref)
		if g.set.root.dialect.refAlone() && !sch.dialect.refAlone() && len(sch.node.Members) > 1 {
			wrap(sch.keywordAt("$ref")).Ref = target
		} else {
			out.Ref = target
		}
	}
	if sch.dynamicRef == nil {
		return
	}
	keyword := "$dynamicRef"
	if sch.get(keyword) == nil {
		keyword = "$recursiveRef"
	}
	in := out
	if out.Ref != 0 || sch.ref != nil {
		in = wrap(sch.keywordAt(keyword))
	}
	in.Ref = g.add(sch.dynamicRef)
	// It is dynamic only if what it leads to is meant to be overridden, and it
	// names that by its anchor (2020-12, Core 8.2.3.2).
	anchor := sch.dynamicRef.dynamicAnchor()
	if keyword == "$dynamicRef" {
		if _, fragment, _ := strings.Cut(sch.get(keyword).Text, "#"); fragment != anchor {
			anchor = ""
		}
	}
	if anchor == "" {
		return
	}
	in.DynamicRef = anchor
	if g.dynamic {
		return
	}
	g.dynamic = true
	for _, f := range g.set.files {
		for _, other := range f.order {
			if other.dynamicAnchor() != "" {
				g.add(other)
			}
		}
	}
}

// keyword enters one keyword. What has the wrong kind has been refused by the
// meta-schema, save in dialects without the vocabulary.
func (g *graph) keyword(sch *schema, out *model.Schema, name string, v *jsontree.Node) {
	isString := v.Kind == jsontree.String
	switch name {
	case "type":
		out.Types = types(v)
	case "enum":
		for i, e := range v.Items {
			out.Enum = append(out.Enum, model.JSONValue{Text: e.Compact(), At: sch.valueAt(e, "enum", itoa(i))})
		}
	case "const":
		out.Const = &model.JSONValue{Text: v.Compact(), At: sch.valueAt(v, "const")}

	case "multipleOf":
		out.MultipleOf = number(v)
	case "minimum":
		if !sch.get("exclusiveMinimum").IsTrue() {
			out.Minimum = number(v)
		}
	case "maximum":
		if !sch.get("exclusiveMaximum").IsTrue() {
			out.Maximum = number(v)
		}
	case "exclusiveMinimum":
		if out.ExclusiveMinimum = number(v); v.IsTrue() {
			out.ExclusiveMinimum = number(sch.get("minimum"))
		}
	case "exclusiveMaximum":
		if out.ExclusiveMaximum = number(v); v.IsTrue() {
			out.ExclusiveMaximum = number(sch.get("maximum"))
		}

	case "minLength":
		out.MinLength = count(v)
	case "maxLength":
		out.MaxLength = count(v)
	case "pattern":
		if isString {
			out.Pattern = &v.Text
		}
	case "format":
		if isString {
			out.Format = &v.Text
		}
	case "contentEncoding":
		if isString {
			out.ContentEncoding = &v.Text
		}
	case "contentMediaType":
		if isString {
			out.ContentMediaType = &v.Text
		}
	case "contentSchema":
		out.ContentSchema = g.add(sch.sub(name))

	case "prefixItems":
		out.PrefixItems = g.list(sch, name, v)
	case "items":
		if v.Kind == jsontree.Array {
			out.PrefixItems = g.list(sch, name, v)
		} else {
			out.Items = g.add(sch.sub(name))
		}
	case "additionalItems":
		if items := sch.get("items"); items != nil && items.Kind == jsontree.Array {
			out.Items = g.add(sch.sub(name))
		}
	case "contains":
		out.Contains = g.add(sch.sub(name))
	case "minContains":
		out.MinContains = count(v)
	case "maxContains":
		out.MaxContains = count(v)
	case "minItems":
		out.MinItems = count(v)
	case "maxItems":
		out.MaxItems = count(v)
	case "uniqueItems":
		out.UniqueItems = v.IsTrue()
	case "unevaluatedItems":
		out.UnevaluatedItems = g.add(sch.sub(name))

	case "properties":
		out.Properties = g.named(sch, name, v)
	case "patternProperties":
		out.PatternProperties = g.named(sch, name, v)
	case "additionalProperties":
		out.AdditionalProperties = g.add(sch.sub(name))
	case "propertyNames":
		out.PropertyNames = g.add(sch.sub(name))
	case "required":
		out.Required = texts(v)
	case "minProperties":
		out.MinProperties = count(v)
	case "maxProperties":
		out.MaxProperties = count(v)
	case "dependentRequired":
		out.DependentRequired = append(out.DependentRequired, required(v)...)
	case "dependentSchemas":
		out.DependentSchemas = append(out.DependentSchemas, g.named(sch, name, v)...)
	case "dependencies":
		out.DependentRequired = append(out.DependentRequired, required(v)...)
		out.DependentSchemas = append(out.DependentSchemas, g.named(sch, name, v)...)
	case "unevaluatedProperties":
		out.UnevaluatedProperties = g.add(sch.sub(name))

	case "allOf":
		out.AllOf = append(out.AllOf, g.list(sch, name, v)...)
	case "anyOf":
		out.AnyOf = g.list(sch, name, v)
	case "oneOf":
		out.OneOf = g.list(sch, name, v)
	case "not":
		out.Not = g.add(sch.sub(name))
	case "if":
		out.If = g.add(sch.sub(name))
	case "then":
		out.Then = g.add(sch.sub(name))
	case "else":
		out.Else = g.add(sch.sub(name))
	}
}

func (g *graph) list(sch *schema, name string, v *jsontree.Node) []model.SchemaID {
	var ids []model.SchemaID
	for i := range v.Items {
		if id := g.add(sch.sub(name, itoa(i))); id != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

func (g *graph) named(sch *schema, name string, v *jsontree.Node) []model.NamedSchema {
	var list []model.NamedSchema
	for _, m := range v.Members {
		if id := g.add(sch.sub(name, m.Name)); id != 0 {
			list = append(list, model.NamedSchema{Name: m.Name, Schema: id})
		}
	}
	return list
}

// required reads the lists of dependentRequired, or of dependencies.
func required(v *jsontree.Node) []model.NamedRequired {
	var list []model.NamedRequired
	for _, m := range v.Members {
		if m.Value.Kind == jsontree.Array {
			list = append(list, model.NamedRequired{Name: m.Name, Required: texts(m.Value)})
		}
	}
	return list
}

// types reads the keyword type: a name or a list of names.
func types(v *jsontree.Node) []model.JSONType {
	var list []model.JSONType
	add := func(n *jsontree.Node) {
		if t := model.JSONType(n.Text); n.Kind == jsontree.String && slices.Contains(typeNames, n.Text) && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	add(v)
	for _, n := range v.Items {
		add(n)
	}
	return list
}

// texts reads a list of strings.
func texts(v *jsontree.Node) []string {
	list := []string{}
	for _, n := range v.Items {
		if n.Kind == jsontree.String {
			list = append(list, n.Text)
		}
	}
	return list
}

// number returns a number's text, or nil.
func number(v *jsontree.Node) *string {
	if v == nil || v.Kind != jsontree.Number {
		return nil
	}
	return &v.Text
}

// count reads a size. JSON Schema allows it to be spelled 2.0 or 1e2; what is
// too large for any value is the largest int.
func count(v *jsontree.Node) *int {
	if v.Kind != jsontree.Number {
		return nil
	}
	r, ok := new(big.Rat).SetString(v.Text) // the parser has bound its size
	if !ok || !r.IsInt() {
		return nil
	}
	n := math.MaxInt
	if r.Num().IsInt64() && r.Num().Int64() <= math.MaxInt {
		n = int(r.Num().Int64())
	}
	return &n
}
