package jsonschema

import (
	"slices"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// typeUnion makes a union of what one schema says of several types.
func (b *builder) typeUnion(c *conjunction, t *model.Type, info *typeInfo, list []model.JSONType) {
	info.array = slices.Contains(list, model.JSONArray)
	if c.only != "" {
		return
	}
	t.Kind = model.KindUnion
	t.Union = &model.Union{}
	for _, only := range list {
		variant := *c
		variant.only = only
		v := b.typeOf(&variant)
		t.Union.Variants = append(t.Union.Variants, model.Variant{Type: v.id, At: []model.Position{c.at.position()}})
	}
}

// union makes a type of the branches of anyOf or oneOf, if there are any, and
// tells whether it has.
func (b *builder) union(c *conjunction, t *model.Type, info *typeInfo) bool {
	var lists [][]*schema
	exclusive := false
	for _, p := range c.parts {
		for _, name := range []string{"anyOf", "oneOf"} {
			if v := p.get(name); v != nil && v.Kind == jsontree.Array {
				lists = append(lists, p.below(keywordTable[name], v))
				exclusive = name == "oneOf"
			}
		}
	}
	if len(lists) != 1 {
		return false // several at once: any value
	}
	objects := false
	if list, _ := c.types(); len(list) == 1 && list[0] == model.JSONObject {
		objects = true
	}
	var variants []*conjunction
	null := false
	for _, s := range lists[0] {
		v := conjoin(s)
		list, orNull := v.types()
		switch {
		case v.never:
			continue
		case len(list) == 0 && orNull:
			null = true
			continue
		case objects && (len(list) != 1 || list[0] != model.JSONObject):
			return false
		}
		null = null || orNull
		variants = append(variants, v)
	}
	if len(variants) == 0 || !slices.ContainsFunc(variants, says) {
		return false // the branches only forbid
	}
	info.null = info.null || null
	if b.listed(variants, t, info) || b.scalars(variants, t, info) {
		return true
	}
	t.Kind, info.kind = model.KindUnion, model.KindUnion
	t.Union = &model.Union{Exclusive: exclusive}
	for _, v := range variants {
		vi := b.typeOf(v)
		info.array = info.array || vi.array
		t.Union.Variants = append(t.Union.Variants, model.Variant{Type: vi.id, At: []model.Position{v.at.position()}})
	}
	b.discriminate(variants, t.Union)
	return true
}

// nullable recognises the idiom of a value that may be null: anyOf or oneOf of
// null and one other schema, which it returns.
func (c *conjunction) nullable() *conjunction {
	if len(c.parts) != 1 || c.never || c.open || c.only != "" {
		return nil
	}
	p := c.parts[0]
	for _, name := range []string{"anyOf", "oneOf"} {
		v := p.get(name)
		if v == nil || p.saysBeside(name) {
			continue
		}
		var other *conjunction
		null := false
		for _, s := range p.below(keywordTable[name], v) {
			b := conjoin(s)
			list, orNull := b.types()
			switch {
			case len(list) == 0 && orNull && !b.never:
				null = true
			case b.never:
			case other != nil:
				return nil
			default:
				other = b
			}
		}
		if null && other != nil && len(other.parts) > 0 {
			return other
		}
	}
	return nil
}

// says tells whether a branch says what its values look like.
func says(c *conjunction) bool {
	list, _ := c.types()
	return len(list) > 0 || c.has("enum", "const", "anyOf", "oneOf")
}

// listed recognises the idiom of an enumeration whose values are branches of
// their own, each with its description.
func (b *builder) listed(variants []*conjunction, t *model.Type, info *typeInfo) bool {
	var all []model.EnumValue
	for _, c := range variants {
		if !c.has("enum", "const") {
			return false
		}
		values, _ := b.values(c, nil, &typeInfo{})
		for _, v := range values {
			if v.node.Kind != jsontree.String {
				return false
			}
			e := model.EnumValue{Value: v.node.Text, Doc: v.doc, At: []model.Position{v.at}}
			if len(values) == 1 && len(c.chain) > 0 {
				e.Doc = b.docOf(c.chain[0])
			}
			if !slices.ContainsFunc(all, func(x model.EnumValue) bool { return x.Value == e.Value }) {
				all = append(all, e)
			}
		}
	}
	if len(all) == 0 {
		return false
	}
	t.Kind, info.kind, info.array = model.KindEnumeration, model.KindEnumeration, false
	t.Enum = &model.Enumeration{Primitive: model.String, Values: all}
	return true
}

// scalars recognises branches that are all scalars, and one scalar that holds
// them: a number or the same number in quotes, listed strings or any other.
func (b *builder) scalars(variants []*conjunction, t *model.Type, info *typeInfo) bool {
	var all []model.JSONType
	var plain, free bool // strings with a rule that other spellings would break
	lexical := map[*lexicon]bool{&integers: true, &decimals: true, &booleans: true}
	bounds := &conjunction{}
	for _, c := range variants {
		list, _ := c.types()
		for _, ty := range list {
			if ty == model.JSONObject || ty == model.JSONArray {
				return false
			}
			if !slices.Contains(all, ty) {
				all = append(all, ty)
			}
		}
		if len(list) == 0 || c.open || c.never {
			return false
		}
		bounds.parts = append(bounds.parts, c.parts...)
		if slices.Contains(list, model.JSONString) {
			listed := c.has("enum", "const")
			plain = plain || listed || c.has(stringKeywords...)
			free = free || !listed && !c.has(stringKeywords...)
			for l := range lexical {
				lexical[l] = lexical[l] && b.within(c, l)
			}
		} else if c.has("enum", "const") {
			plain = true
		}
	}
	text := slices.Contains(all, model.JSONString)
	real, whole := slices.Contains(all, model.JSONNumber), slices.Contains(all, model.JSONInteger)
	truth := slices.Contains(all, model.JSONBoolean)
	if real {
		all = slices.DeleteFunc(all, func(ty model.JSONType) bool { return ty == model.JSONInteger })
	}
	number := real || whole
	var p model.Primitive
	switch {
	case number && truth:
		if !text || plain && !free {
			return false
		}
		p = model.String
	case truth && text:
		p = model.String
		if lexical[&booleans] {
			p = model.Boolean
		}
	case truth:
		p = model.Boolean
	case number && text && whole && !real && lexical[&integers]:
		p = model.Int64
	case number && text && lexical[&decimals]:
		p = model.Float64
	case number && !text && real:
		p = model.Float64
	case number && !text:
		p = model.Int64
		if len(variants) == 1 {
			p = b.integer(bounds)
		}
	default:
		p = model.String
	}
	if p == model.String && (number || truth) && (!free || b.set.opts.Alone) {
		return false // writing the number as a string might break the rules, or is another value
	}
	t.Kind, info.kind, info.array = model.KindScalar, model.KindScalar, false
	t.Scalar = &model.Scalar{Primitive: p}
	if t.Hints.Type == "time" && p == model.String {
		t.Scalar.Primitive = model.Time
	}
	info.spellings = spellings(p, all)
	return true
}

// within tells whether the strings of a conjunction are within a lexicon.
func (b *builder) within(c *conjunction, l *lexicon) bool {
	if b.strings(c, l, nil) {
		return true
	}
	if !c.has("enum", "const") {
		return false
	}
	values, _ := b.values(c, nil, &typeInfo{})
	return len(values) > 0 && !slices.ContainsFunc(values, func(v value) bool {
		return v.node.Kind == jsontree.String && !l.matches(v.node.Text)
	})
}

// discriminate finds the member whose constant tells the variants apart.
func (b *builder) discriminate(variants []*conjunction, u *model.Union) {
	if len(variants) < 2 {
		return
	}
	for _, p := range variants[0].parts {
		v := p.get("properties")
		if v == nil {
			continue
		}
		for _, m := range v.Members {
			constants := make([]string, len(variants))
			ok := true
			for i, c := range variants {
				if constants[i], ok = constant(c, m.Name); !ok || slices.Contains(constants[:i], constants[i]) {
					ok = false
					break
				}
			}
			if !ok {
				continue
			}
			u.Discriminator = m.Name
			for i := range u.Variants {
				u.Variants[i].Value = constants[i]
			}
			return
		}
	}
}

// constant returns the one string that a required member may be.
func constant(c *conjunction, name string) (string, bool) {
	required := false
	var schemas []*schema
	for _, p := range c.parts {
		if v := p.get("required"); v != nil && slices.Contains(texts(v), name) {
			required = true
		}
		if s := p.sub("properties", name); s != nil {
			schemas = append(schemas, s)
		}
	}
	if !required {
		return "", false
	}
	for _, p := range conjoin(schemas...).parts {
		v := p.get("const")
		if e := p.get("enum"); v == nil && e != nil && len(e.Items) == 1 {
			v = e.Items[0]
		}
		if v != nil && v.Kind == jsontree.String {
			return v.Text, true
		}
	}
	return "", false
}
