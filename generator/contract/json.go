package contract

import (
	"slices"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// JSON compiles a JSON Schema's assertions into tables. When one of the
// diagnostics is an error, the tables are nil.
func JSON(c *model.JSONContract) (*wire.JSONContract, diag.List) {
	out, _, list := JSONWith(c, nil)
	return out, list
}

// JSONWith is JSON, and returns where in the tables the schemas at some
// positions are. A position at which there is none has no index.
func JSONWith(c *model.JSONContract, positions []model.Position) (*wire.JSONContract, map[model.Position]int, diag.List) {
	j := &jsonCompiler{
		c:      c,
		target: make([]model.SchemaID, len(c.Schemas)+1),
		index:  map[model.Position]int{},
	}
	for _, p := range positions {
		j.index[p] = 0
	}
	j.survey()
	if !j.list.HasErrors() {
		j.loops()
	}
	var out *wire.JSONContract
	if !j.list.HasErrors() {
		// Every schema is looked at before equal ones become one entry: two that
		// are wrong in different ways would look the same.
		classes := j.classes()
		if !j.list.HasErrors() {
			out = j.compile(classes)
		}
	}
	j.list.Sort()
	return out, j.index, j.list
}

// jsonCompiler turns one contract into tables.
type jsonCompiler struct {
	c    *model.JSONContract
	list diag.List
	// target is the schema that stands for each: the end of its references.
	target   []model.SchemaID
	dynamic  bool // the contract has dynamic references
	tracks   bool // and asks what has been evaluated
	patterns map[string]int
	index    map[model.Position]int // asked for by the caller
	out      wire.JSONContract
}

// The codes of diagnostics.
const (
	codeUnsupported = "unsupported"
	codeLoop        = "infinite-loop"
	codePattern     = "pattern"
	codeValue       = "keyword-value"
)

// oldRef tells whether a reference makes all other keywords beside it void, as
// before draft 2019-09.
func (j *jsonCompiler) oldRef() bool {
	switch j.c.Draft {
	case model.Draft4, model.Draft6, model.Draft7:
		return true
	}
	return false
}

// survey finds out what the contract uses, and what every schema stands for.
func (j *jsonCompiler) survey() {
	for i := range j.c.Schemas {
		s := &j.c.Schemas[i]
		j.dynamic = j.dynamic || s.DynamicRef != ""
		j.tracks = j.tracks || s.UnevaluatedItems != 0 || s.UnevaluatedProperties != 0
		if s.DynamicRef != "" && s.Ref == 0 {
			j.list.Errorf(at(s, "$dynamicRef"), codeUnsupported, "the dynamic reference to %q leads nowhere by itself", s.DynamicRef).
				WithHint("let it refer to a schema that exists, which others may then override")
		}
	}
	for i := range j.c.Schemas {
		id := model.SchemaID(i + 1)
		j.target[id] = j.follow(id)
	}
}

// follow returns the schema that id stands for: what a reference without
// anything beside it leads to.
func (j *jsonCompiler) follow(id model.SchemaID) model.SchemaID {
	first := id
	for range j.c.Schemas {
		next := j.detour(j.c.Schema(id))
		if next == 0 {
			return id
		}
		id = next
	}
	s := j.c.Schema(first)
	j.list.Errorf(at(s, "$ref"), codeLoop, "the reference leads back to itself").
		WithHint("let one of the schemas on the way say something")
	return first
}

// detour returns the schema that s only repeats, or 0.
func (j *jsonCompiler) detour(s *model.Schema) model.SchemaID {
	next := model.SchemaID(0)
	switch {
	case s.Boolean != nil, s.DynamicRef != "":
	case s.Ref != 0 && (j.oldRef() || says(s) == 1):
		next = s.Ref
	case len(s.AllOf) == 1 && says(s) == 1:
		next = s.AllOf[0]
	}
	if next != 0 && j.dynamic && (s.DynamicAnchor != "" || s.Resource != j.c.Schema(next).Resource) {
		return 0 // a dynamic reference asks for the way
	}
	return next
}

// says counts the keywords of s that assert something.
func says(s *model.Schema) int {
	n := 0
	for _, said := range []bool{
		s.Boolean != nil && !*s.Boolean, s.Ref != 0, s.DynamicRef != "",
		len(s.Types) > 0, s.Enum != nil, s.Const != nil,
		s.MultipleOf != nil, s.Minimum != nil, s.Maximum != nil, s.ExclusiveMinimum != nil, s.ExclusiveMaximum != nil,
		s.MinLength != nil, s.MaxLength != nil, s.Pattern != nil,
		len(s.PrefixItems) > 0, s.Items != 0, s.Contains != 0, s.MinItems != nil, s.MaxItems != nil,
		s.UniqueItems, s.UnevaluatedItems != 0,
		len(s.Properties) > 0, len(s.PatternProperties) > 0, s.AdditionalProperties != 0, s.PropertyNames != 0,
		len(s.Required) > 0, s.MinProperties != nil, s.MaxProperties != nil,
		len(s.DependentRequired) > 0, len(s.DependentSchemas) > 0, s.UnevaluatedProperties != 0,
		len(s.AllOf) > 0, len(s.AnyOf) > 0, len(s.OneOf) > 0, s.Not != 0, s.If != 0,
	} {
		if said {
			n++
		}
	}
	return n
}

// admitsAll tells whether a schema is no rule at all.
func (j *jsonCompiler) admitsAll(id model.SchemaID) bool {
	s := j.c.Schema(id)
	return says(s) == 0 && !(j.dynamic && s.DynamicAnchor != "")
}

// at returns the position of a keyword, or of its schema.
func at(s *model.Schema, keyword string) model.Position {
	if p, ok := s.Keywords[keyword]; ok {
		return p
	}
	return s.At
}

// loops reports schemas that hold for a value only if they hold for the same
// value: nothing can decide them.
func (j *jsonCompiler) loops() {
	state := make([]byte, len(j.c.Schemas)+1)
	type step struct {
		id   model.SchemaID
		refs []model.SchemaID
	}
	for i := range j.c.Schemas {
		stack := []step{{id: j.target[i+1]}}
		if state[stack[0].id] != 0 {
			continue
		}
		state[stack[0].id] = 1
		stack[0].refs = j.inPlace(stack[0].id)
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if len(top.refs) == 0 {
				state[top.id] = 2
				stack = stack[:len(stack)-1]
				continue
			}
			next := j.target[top.refs[0]]
			top.refs = top.refs[1:]
			switch state[next] {
			case 0:
				state[next] = 1
				stack = append(stack, step{next, j.inPlace(next)})
			case 1:
				s := j.c.Schema(next)
				j.list.Errorf(s.At, codeLoop, "the schema holds for a value only if it holds for that value").
					WithHint("refer to it from properties or items, or leave the reference out").
					WithRelated(j.c.Schema(top.id).At)
				return
			}
		}
	}
}

// inPlace lists the schemas that hold for the same value as the schema does.
func (j *jsonCompiler) inPlace(id model.SchemaID) []model.SchemaID {
	s := j.c.Schema(id)
	var refs []model.SchemaID
	if s.Ref != 0 {
		refs = append(refs, s.Ref)
	}
	if s.DynamicRef != "" {
		for k := range j.c.Schemas {
			if j.c.Schemas[k].DynamicAnchor == s.DynamicRef {
				refs = append(refs, j.c.Schemas[k].ID)
			}
		}
	}
	if s.Ref != 0 && j.oldRef() {
		return refs
	}
	refs = append(refs, s.AllOf...)
	refs = append(refs, s.AnyOf...)
	refs = append(refs, s.OneOf...)
	for _, id := range []model.SchemaID{s.Not, s.If, s.Then, s.Else} {
		if id != 0 {
			refs = append(refs, id)
		}
	}
	for _, d := range s.DependentSchemas {
		refs = append(refs, d.Schema)
	}
	return refs
}

// compile writes the tables, in the order of a walk from the root.
func (j *jsonCompiler) compile(classes []int) *wire.JSONContract {
	j.patterns = make(map[string]int)
	j.out = wire.JSONContract{
		Schemas:           []wire.JSONSchema{{}},
		Patterns:          []wire.JSONPattern{{}},
		PlainIntegers:     j.c.Draft == model.Draft4,
		ContainsEvaluates: j.c.Draft == model.Draft2020_12,
	}
	index := make(map[int]int) // table index by class
	var queue []model.SchemaID
	// ref returns the table index of a schema. Where the schema that admits
	// everything is no rule, it is 0.
	ref := func(id model.SchemaID, needed bool) int {
		if id == 0 {
			return 0
		}
		id = j.target[id]
		if !needed && j.admitsAll(id) {
			return 0
		}
		class := classes[id]
		i, ok := index[class]
		if !ok {
			i = len(j.out.Schemas)
			index[class] = i
			j.out.Schemas = append(j.out.Schemas, wire.JSONSchema{})
			queue = append(queue, id)
		}
		return i
	}
	j.out.Root = ref(j.c.Root, false)
	if j.dynamic {
		// What an anchor names may be reached without any reference to it.
		for k := range j.c.Schemas {
			if s := &j.c.Schemas[k]; s.DynamicAnchor != "" {
				ref(s.ID, true)
			}
		}
	}
	for k := range j.c.Schemas {
		if s := &j.c.Schemas[k]; len(j.index) > 0 {
			if _, ok := j.index[s.At]; ok {
				j.index[s.At] = ref(model.SchemaID(k+1), false)
			}
		}
	}
	for n := 0; n < len(queue); n++ {
		id := queue[n]
		j.out.Schemas[index[classes[id]]] = j.schema(j.c.Schema(id), ref)
	}
	return &j.out
}

// schema returns the entry of one schema.
func (j *jsonCompiler) schema(s *model.Schema, ref func(model.SchemaID, bool) int) wire.JSONSchema {
	out := wire.JSONSchema{At: s.At.Path}
	if j.dynamic {
		out.Resource, out.Anchor = int(s.Resource), s.DynamicAnchor
	}
	if s.Boolean != nil {
		out.False = !*s.Boolean
		return out
	}
	if s.Ref != 0 {
		out.Ref = ref(s.Ref, false)
		if s.DynamicRef != "" && j.c.Schema(s.Ref).DynamicAnchor == s.DynamicRef {
			out.Ref, out.RefAnchor = ref(s.Ref, true), s.DynamicRef
		}
		if j.oldRef() {
			return out
		}
	}
	refs := func(ids []model.SchemaID) []int {
		var list []int
		for _, id := range ids {
			list = append(list, ref(id, false))
		}
		return list
	}
	for _, t := range s.Types {
		out.Types |= jsonTypes[t]
	}
	if s.Enum != nil {
		out.Enum = []string{}
	}
	for _, v := range s.Enum {
		out.Enum = append(out.Enum, v.Text)
	}
	if s.Const != nil {
		out.Const = s.Const.Text
	}

	out.MultipleOf = j.number(s, "multipleOf", s.MultipleOf)
	out.Minimum = j.number(s, "minimum", s.Minimum)
	out.Maximum = j.number(s, "maximum", s.Maximum)
	out.ExclusiveMinimum = j.number(s, "exclusiveMinimum", s.ExclusiveMinimum)
	out.ExclusiveMaximum = j.number(s, "exclusiveMaximum", s.ExclusiveMaximum)

	out.MinLength = j.min(s, "minLength", s.MinLength)
	out.MaxLength = j.max(s, "maxLength", s.MaxLength)
	if s.Pattern != nil {
		out.Pattern = j.pattern(at(s, "pattern"), *s.Pattern)
	}

	out.PrefixItems = refs(s.PrefixItems)
	out.Items = ref(s.Items, j.tracks)
	if out.Contains = ref(s.Contains, true); out.Contains != 0 {
		out.MaxContains = j.max(s, "maxContains", s.MaxContains)
		if s.MinContains != nil {
			if out.MinContains = j.min(s, "minContains", s.MinContains); out.MinContains == 0 {
				out.MinContains = wire.JSONNone
			}
		}
	}
	out.MinItems = j.min(s, "minItems", s.MinItems)
	out.MaxItems = j.max(s, "maxItems", s.MaxItems)
	out.UniqueItems = s.UniqueItems
	out.UnevaluatedItems = ref(s.UnevaluatedItems, true)

	for _, p := range s.Properties {
		out.Properties = append(out.Properties, wire.JSONProperty{Name: p.Name, Schema: ref(p.Schema, false)})
	}
	for _, p := range s.PatternProperties {
		out.PatternProperties = append(out.PatternProperties, wire.JSONPatternProperty{
			Pattern: j.pattern(at(s, "patternProperties"), p.Name), Schema: ref(p.Schema, false),
		})
	}
	out.AdditionalProperties = ref(s.AdditionalProperties, j.tracks)
	out.PropertyNames = ref(s.PropertyNames, false)
	out.Required = slices.Clone(s.Required)
	out.MinProperties = j.min(s, "minProperties", s.MinProperties)
	out.MaxProperties = j.max(s, "maxProperties", s.MaxProperties)
	for _, d := range s.DependentRequired {
		if len(d.Required) > 0 {
			out.DependentRequired = append(out.DependentRequired, wire.JSONDependency{Name: d.Name, Required: slices.Clone(d.Required)})
		}
	}
	for _, d := range s.DependentSchemas {
		out.DependentSchemas = append(out.DependentSchemas, wire.JSONProperty{Name: d.Name, Schema: ref(d.Schema, false)})
	}
	out.UnevaluatedProperties = ref(s.UnevaluatedProperties, true)

	out.AllOf = refs(s.AllOf)
	out.AnyOf = refs(s.AnyOf)
	out.OneOf = refs(s.OneOf)
	out.Not = ref(s.Not, true)
	if s.If != 0 && (s.Then != 0 || s.Else != 0 || j.tracks) {
		out.If, out.Then, out.Else = ref(s.If, true), ref(s.Then, false), ref(s.Else, false)
	}
	return out
}
