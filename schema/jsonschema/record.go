package jsonschema

import (
	"slices"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// property gathers what a conjunction says of one member.
type property struct {
	name     string
	at       model.Position
	schemas  []*schema // that hold for the value; empty: any value
	required bool
	owner    *schema
	branch   bool // only a branch of anyOf, if and so on declares it
}

// record makes the fields of a record.
func (b *builder) record(c *conjunction, t *model.Type) {
	r := &model.Record{}
	t.Record = r
	for _, p := range b.properties(c) {
		if f, ok := b.field(p, t.ID); ok {
			r.Fields = append(r.Fields, f)
		}
	}
	for _, p := range c.parts {
		if v := p.get("patternProperties"); v != nil {
			for _, m := range v.Members {
				if s := p.sub("patternProperties", m.Name); s != nil {
					at := p.file.Position(m.Start, s.path)
					info := b.typeOf(conjoin(s))
					r.Patterns = append(r.Patterns, model.PatternField{Pattern: m.Name, Type: info.id, Null: info.null, At: []model.Position{at}})
				}
			}
		}
	}
	var additional []*schema
	for _, p := range c.parts {
		for _, name := range []string{"additionalProperties", "unevaluatedProperties"} {
			s := p.sub(name)
			if s == nil || p.get(name) == nil {
				continue
			}
			if a := conjoin(s); a.never {
				r.Closed = true
			} else if len(a.parts) > 0 || a.open {
				additional = append(additional, s)
			}
		}
	}
	if len(additional) > 0 && !r.Closed {
		info := b.typeOf(apart(t.ID, additional, "additionalProperties"))
		r.Additional, r.AdditionalNull = info.id, info.null
	}
}

// properties lists the members of a record: those of the parts in the order of
// the text, then those that are required without being declared, then those of
// branches.
func (b *builder) properties(c *conjunction) []*property {
	var list []*property
	byName := map[string]*property{}
	declare := func(s *schema, branch bool) {
		v := s.get("properties")
		if v == nil {
			return
		}
		for _, m := range v.Members {
			value := s.sub("properties", m.Name)
			if value == nil {
				continue
			}
			p := byName[m.Name]
			if p == nil {
				p = &property{name: m.Name, at: s.file.Position(m.Start, value.path), owner: s, branch: branch}
				byName[m.Name], list = p, append(list, p)
				p.schemas = append(p.schemas, value)
				continue
			}
			switch {
			case !branch:
				p.schemas = append(p.schemas, value)
			case p.branch && conjoin(p.schemas...).key() != conjoin(value).key():
				p.schemas = nil // branches disagree: any value
			}
		}
	}
	for _, s := range c.parts {
		declare(s, false)
	}
	for _, s := range c.parts {
		v := s.get("required")
		if v == nil || v.Kind != jsontree.Array {
			continue
		}
		for _, n := range v.Items {
			if byName[n.Text] == nil {
				p := &property{name: n.Text, at: s.valueAt(n, "required"), owner: s}
				byName[n.Text], list = p, append(list, p)
			}
			byName[n.Text].required = true
		}
	}
	for _, s := range c.parts {
		for _, branch := range branchesOf(s) {
			for _, part := range conjoin(branch).parts {
				declare(part, true)
			}
		}
	}
	for _, s := range c.parts {
		b.narrow(s, list)
	}
	return slices.DeleteFunc(list, func(p *property) bool { return conjoin(p.schemas...).never })
}

// narrow applies what a schema says of members that it does not declare:
// patternProperties and additionalProperties hold for them too.
func (b *builder) narrow(s *schema, list []*property) {
	patterns, additional := s.get("patternProperties"), s.sub("additionalProperties")
	if s.get("additionalProperties") == nil {
		additional = nil
	}
	if patterns == nil && additional == nil {
		return
	}
	var expressions []*constraint.Matcher
	if patterns != nil {
		for _, m := range patterns.Members {
			re, err := constraint.NewMatcher(b.set.translated[m.Name])
			if err != nil {
				panic(diag.Bugf("the pattern %q: %v", m.Name, err)) // it has been compiled
			}
			expressions = append(expressions, re)
		}
	}
	for _, p := range list {
		declared := s.get("properties").Get(p.name) != nil
		for i, re := range expressions {
			if re.Match(p.name) {
				declared = true
				p.schemas = append(p.schemas, s.sub("patternProperties", patterns.Members[i].Name))
			}
		}
		if !declared && additional != nil && !p.branch {
			p.schemas = append(p.schemas, additional)
		}
	}
}

// branchesOf lists the schemas that may hold for the same value as s.
func branchesOf(s *schema) []*schema {
	var list []*schema
	for _, name := range []string{"anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "dependencies"} {
		if v := s.get(name); v != nil {
			list = append(list, s.below(keywordTable[name], v)...)
		}
	}
	return list
}

// field makes the field of a property; ok is false for one that no value can
// have.
func (b *builder) field(p *property, owner model.TypeID) (f model.Field, ok bool) {
	f = model.Field{Name: p.name, At: []model.Position{p.at}, Occurs: model.Optional, JSON: &model.JSONBinding{Name: p.name}}
	if p.required {
		f.Occurs = model.One
	}
	if len(p.schemas) == 0 {
		f.Type = b.anything(p.owner, "properties", p.name)
		return f, true
	}
	c := apart(owner, p.schemas, "properties", p.name)
	b.annotate(&f, p, c)
	u := b.use(c)
	f.Type = u.item.id
	f.JSON.Null = u.null
	f.JSON.Required = p.required && u.many
	f.JSON.Spellings = u.item.spellings
	if u.many {
		f.JSON.Bare, f.MinItems, f.MaxItems = u.bare, u.min, u.max
		f.JSON.NullItems = u.item.null
		f.Occurs = model.Many
	}
	if fixed, ok := b.fixed(c); ok {
		f.Fixed = &fixed
	}
	return f, true
}

// annotate reads what the schemas of a property say about it in passing.
func (b *builder) annotate(f *model.Field, p *property, c *conjunction) {
	for _, s := range p.schemas {
		d := b.docOf(s)
		if f.Doc.Title == "" {
			f.Doc.Title = d.Title
		}
		if f.Doc.Description == "" {
			f.Doc.Description = d.Description
		}
		if f.Doc.Examples == nil {
			f.Doc.Examples = d.Examples
		}
		f.Doc.Deprecated = f.Doc.Deprecated || d.Deprecated
		b.mergeHints(&f.Hints, b.set.hints(s), s)
	}
	for _, s := range c.chain {
		f.ReadOnly = f.ReadOnly || s.node.Get("readOnly").IsTrue()
		f.WriteOnly = f.WriteOnly || s.node.Get("writeOnly").IsTrue()
		if v := s.node.Get("default"); v != nil && f.Default == nil {
			text := v.Compact()
			f.Default = &text
		}
	}
}

// fixed returns the one value that a const or an enum of one leaves.
func (b *builder) fixed(c *conjunction) (string, bool) {
	for _, s := range c.parts {
		if v := s.get("const"); v != nil {
			return v.Compact(), true
		}
		if v := s.get("enum"); v != nil && len(v.Items) == 1 {
			return v.Items[0].Compact(), true
		}
	}
	return "", false
}

// usage is how a member holds values of a type.
type usage struct {
	item       *typeInfo
	many, bare bool
	null       bool
	min, max   int
}

// use decides whether a member holds one value or a list of them.
func (b *builder) use(c *conjunction) usage {
	if inner := c.nullable(); inner != nil {
		u := b.use(inner)
		u.null = true
		return u
	}
	if u, ok := b.many(c); ok {
		return u
	}
	if u, ok := b.oneOrMany(c); ok {
		return u
	}
	info := b.typeOf(c)
	return usage{item: info, null: info.null}
}

// many recognises an array of items of one type.
func (b *builder) many(c *conjunction) (usage, bool) {
	list, null := c.types()
	if len(list) != 1 || list[0] != model.JSONArray || c.never || c.open || c.has("enum", "const") {
		return usage{}, false
	}
	tuple, rest := tupleOf(c)
	if len(tuple) > 0 {
		return usage{}, false
	}
	u := usage{many: true, null: null}
	if len(rest) == 0 {
		u.item = &typeInfo{id: b.anything(c.at, "items"), kind: model.KindAny}
	} else {
		item := apart(b.typeID(c.at), rest, "items")
		if item.never {
			return usage{}, false // always empty: a list of its own
		}
		u.item = b.typeOf(item)
	}
	for _, k := range c.constraints(model.MinItems, model.MaxItems) {
		n := atoi(k.Value)
		switch {
		case k.Kind == model.MinItems:
			u.min = max(u.min, n)
		case u.max == 0 || n < u.max:
			u.max = n
		}
	}
	if u.max == 0 && c.has("maxItems") {
		return usage{}, false
	}
	return u, true
}

// oneOrMany recognises a value that may stand alone or in an array: anyOf or
// oneOf of T and an array of T, and a type that lists array beside another.
func (b *builder) oneOrMany(c *conjunction) (usage, bool) {
	if c.never || c.open || len(c.parts) != 1 {
		return usage{}, false
	}
	p := c.parts[0]
	for _, name := range []string{"anyOf", "oneOf"} {
		if v := p.get(name); v != nil && p.get("type") == nil && !p.saysBeside(name) {
			return b.bareBranches(p.below(keywordTable[name], v))
		}
	}
	list, null := c.types()
	if len(list) != 2 || p.get("items") == nil {
		return usage{}, false
	}
	i := slices.Index(list, model.JSONArray)
	if i < 0 {
		return usage{}, false
	}
	array, single := *c, *c
	array.only, single.only = model.JSONArray, list[1-i]
	u, ok := b.many(&array)
	if !ok || u.item.array {
		return usage{}, false
	}
	switch single.only {
	case model.JSONObject:
		ok = u.item.kind == model.KindRecord && !c.has(objectKeywords...)
	case model.JSONString:
		ok = u.item.primitive == model.String && u.item.kind != model.KindAny && len(u.item.spellings) == 0
	case model.JSONNumber:
		ok = u.item.primitive == model.Float64 && len(u.item.spellings) == 0
	case model.JSONInteger:
		ok = (u.item.primitive == model.Int64 || u.item.primitive == model.Float64) && len(u.item.spellings) == 0
	case model.JSONBoolean:
		ok = u.item.primitive == model.Boolean && len(u.item.spellings) == 0
	}
	u.bare, u.null = true, null
	return u, ok
}

// saysBeside tells whether a schema says anything beside one keyword that
// shapes its values.
func (s *schema) saysBeside(name string) bool {
	return slices.ContainsFunc(s.node.Members, func(m jsontree.Member) bool {
		return m.Name != name && s.get(m.Name) != nil && shapes(m.Name)
	})
}

// bareBranches recognises T and an array of T among the branches of a union.
func (b *builder) bareBranches(branches []*schema) (usage, bool) {
	var single, array *conjunction
	null := false
	for _, s := range branches {
		c := conjoin(s)
		list, orNull := c.types()
		switch {
		case len(list) == 0 && orNull:
			null = true
		case len(list) == 1 && list[0] == model.JSONArray && array == nil:
			array, null = c, null || orNull
		case single == nil:
			single, null = c, null || orNull
		default:
			return usage{}, false
		}
	}
	if single == nil || array == nil {
		return usage{}, false
	}
	// Tell by the schemas before types are made of them.
	tuple, rest := tupleOf(array)
	if len(tuple) > 0 || len(rest) == 0 {
		return usage{}, false
	}
	if item := conjoin(rest...); item.key() != single.key() && !sameText(item, single) {
		return usage{}, false
	}
	u, ok := b.many(array)
	if !ok || u.item.array {
		return usage{}, false
	}
	u.bare, u.null = true, null
	return u, true
}

// sameText tells whether two conjunctions are written alike.
func sameText(a, b *conjunction) bool {
	return len(a.parts) == 1 && len(b.parts) == 1 && a.parts[0].file == b.parts[0].file &&
		a.parts[0].resource == b.parts[0].resource && a.parts[0].node.Compact() == b.parts[0].node.Compact()
}
