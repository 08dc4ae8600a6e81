package jsonschema

import (
	"path"
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// Read reads the contract of that name in the folder into a document. The
// document is nil when one of the diagnostics is an error.
func Read(f *folder.Folder, name string, opts Options) (*model.Document, diag.List) {
	set, diags := Load(f, name, opts)
	if set == nil {
		return nil, diags
	}
	set.diags = diags
	b := &builder{set: set, doc: &model.Document{}, known: map[string]*typeInfo{}}
	b.document()
	set.diags.Sort()
	if set.diags.HasErrors() {
		return nil, set.diags
	}
	return b.doc, set.diags
}

// maxTypes bounds the structure: conjunctions of conjunctions could otherwise
// multiply.
const maxTypes = 200_000

// builder makes the structure.
type builder struct {
	set   *Set
	doc   *model.Document
	types []*model.Type
	known map[string]*typeInfo
	ids   map[model.TypeID]bool
}

// typeInfo is a type, and what a field of it must know.
type typeInfo struct {
	id        model.TypeID
	kind      model.Kind
	primitive model.Primitive
	// spellings are the JSON types of a scalar; empty: the natural one.
	spellings []model.JSONType
	null      bool
	array     bool // arrays may be values of it
}

// document fills the document.
func (b *builder) document() {
	b.ids = map[model.TypeID]bool{}
	root := b.set.root.root
	c := conjoin(root)
	info := b.typeOf(c)
	b.doc.Root = info.id
	b.doc.Name = b.name()
	b.doc.Doc = b.docOf(root)
	for _, t := range b.types {
		if t.ID == info.id {
			b.rootHints(root, t)
			if info.null && t.List != nil { // null is one that no member says
				t.List.Others = true
			}
			if info.null && t.Record != nil {
				t.Record.Others = true
			}
		}
		b.doc.Types = append(b.doc.Types, *t)
	}
	b.doc.JSON = b.set.contract()
	for _, f := range b.set.files {
		if !f.builtin {
			b.doc.Sources = append(b.doc.Sources, f.Source(model.JSON))
		}
	}
}

// name is the document's name: the title when it is one word, the caller's, or
// the file's.
func (b *builder) name() string {
	if v := b.set.root.tree.Get("title"); v != nil && v.Kind == jsontree.String && isName(v.Text) {
		return v.Text
	}
	if b.set.opts.Root != "" {
		return b.set.opts.Root
	}
	return baseName(b.set.root.Inside)
}

// baseName is a file's name without folder and extensions.
func baseName(file string) string {
	name, _, _ := strings.Cut(path.Base(file), ".")
	return name
}

// isName tells whether a text is one word that can name a type.
func isName(s string) bool {
	for i, r := range s {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '-' && (r < '0' || r > '9')) {
			return false
		}
	}
	return s != ""
}

// typeID names the type that a schema describes.
func (b *builder) typeID(s *schema) model.TypeID {
	if s.file == b.set.root {
		return model.TypeID("#" + s.path)
	}
	return model.TypeID(s.file.Inside + "#" + s.path)
}

// typeName is the name that the contract gives a schema: the key of a
// definition, or the title or name of a file.
func (b *builder) typeName(s *schema) string {
	if s.parent == nil {
		if s.file == b.set.root {
			return ""
		}
		if v := s.node.Get("title"); v != nil && v.Kind == jsontree.String && isName(v.Text) {
			return v.Text
		}
		return baseName(s.file.Inside)
	}
	tokens := jsontree.Tokens(strings.TrimPrefix(s.path, s.parent.path))
	if len(tokens) == 2 && (tokens[0] == "definitions" || tokens[0] == "$defs") {
		return tokens[1]
	}
	return ""
}

// isProperty tells whether a schema is that of a property, in place.
func isProperty(s *schema) bool {
	return s.parent != nil && strings.HasPrefix(strings.TrimPrefix(s.path, s.parent.path), "/properties/")
}

// typeOf returns the type of a conjunction, making it on first sight.
func (b *builder) typeOf(c *conjunction) *typeInfo {
	key := c.key()
	if info := b.known[key]; info != nil {
		return info
	}
	if inner := c.nullable(); inner != nil {
		info := *b.typeOf(inner)
		info.null = true
		b.known[key] = &info
		return &info
	}
	info := &typeInfo{}
	b.known[key] = info
	t := &model.Type{ID: b.typeID(c.at), Name: b.typeName(c.at), At: []model.Position{c.at.position()}}
	if c.name != "" {
		t.ID, t.Name = c.name, ""
	}
	if c.only != "" {
		t.ID += model.TypeID("/type/" + string(c.only))
		t.Name = ""
	}
	for b.ids[t.ID] {
		t.ID += "/allOf" // another conjunction that is named by the same schema
	}
	b.ids[t.ID] = true
	info.id = t.ID
	if len(b.types) == maxTypes {
		b.set.diags.Errorf(c.at.position(), "too-large", "the contract makes more than %d types", maxTypes).
			WithHint("allOf over many references multiplies them; say the common part once")
	}
	if len(b.types) >= maxTypes {
		t.Kind, info.kind = model.KindAny, model.KindAny
		return info
	}
	b.types = append(b.types, t)
	t.Doc = b.docOf(c.at)
	for _, s := range c.chain {
		if s == c.at || len(c.parts) > 1 && s.parent != nil && !isProperty(s) {
			b.mergeHints(&t.Hints, b.set.hints(s), s)
		}
	}
	if isProperty(c.at) {
		t.Hints.GoName = "" // it names the field
	}
	b.shape(c, t, info)
	info.kind = t.Kind
	if t.Scalar != nil {
		info.primitive = t.Scalar.Primitive
	} else if t.Enum != nil {
		info.primitive = t.Enum.Primitive
	}
	return info
}

// shape decides what kind of type a conjunction is, and fills it in.
func (b *builder) shape(c *conjunction, t *model.Type, info *typeInfo) {
	list, null := c.types()
	info.null = null
	t.Kind, info.kind = model.KindAny, model.KindAny
	info.array = len(list) == 0 && !null
	if c.never || c.open {
		return
	}
	if c.has("enum", "const") && b.enumeration(c, t, info, list) {
		return
	}
	if len(list) == 0 {
		if null {
			info.array = false
			return // null and nothing else
		}
		b.union(c, t, info)
		return
	}
	if len(list) > 1 {
		if b.spelled(c, t, info, list) {
			return
		}
		b.typeUnion(c, t, info, list)
		return
	}
	switch list[0] {
	case model.JSONObject:
		if !c.has("properties", "patternProperties", "additionalProperties", "required") && b.union(c, t, info) {
			return
		}
		t.Kind, info.kind = model.KindRecord, model.KindRecord
		t.Constraints = c.constraints(model.MinProperties, model.MaxProperties)
		b.record(c, t)
		t.Record.Others = !c.saysType()
	case model.JSONArray:
		info.array = true
		t.Kind, info.kind = model.KindList, model.KindList
		t.Constraints = c.constraints(model.MinItems, model.MaxItems, model.UniqueItems)
		t.List = b.list(c, t.ID)
		t.List.Others = !c.saysType()
	default:
		b.spelled(c, t, info, list)
	}
}

// apart conjoins schemas that meet in one place below a type.
func apart(owner model.TypeID, schemas []*schema, tokens ...string) *conjunction {
	c := conjoin(schemas...)
	if len(schemas) > 1 {
		c.named(owner, tokens...)
	}
	return c
}

// list makes a list: its items, and the types of the first ones.
func (b *builder) list(c *conjunction, id model.TypeID) *model.List {
	l := &model.List{}
	tuple, rest := tupleOf(c)
	for i, schemas := range tuple {
		l.Tuple = append(l.Tuple, b.typeOf(apart(id, schemas, "items", itoa(i))).id)
	}
	switch {
	case len(rest) == 0:
		l.Item = b.anything(c.at, "items")
	default:
		if item := apart(id, rest, "items"); !item.never {
			info := b.typeOf(item)
			l.Item, l.Null = info.id, info.null
		}
	}
	return l
}

// tupleOf returns the schemas of the first items, one by one, and those of the
// rest.
func tupleOf(c *conjunction) (tuple [][]*schema, rest []*schema) {
	for _, p := range c.parts {
		prefix := "prefixItems"
		after := "items"
		v := p.get(prefix)
		if items := p.get("items"); v == nil && items != nil && items.Kind == jsontree.Array {
			prefix, after, v = "items", "additionalItems", items
		}
		if v == nil || v.Kind != jsontree.Array {
			if s := p.sub("items"); s != nil && p.get("items") != nil {
				rest = append(rest, s)
			}
			continue
		}
		for i := range v.Items {
			if len(tuple) <= i {
				tuple = append(tuple, nil)
			}
			tuple[i] = append(tuple[i], p.sub(prefix, itoa(i)))
		}
		if s := p.sub(after); s != nil && p.get(after) != nil {
			rest = append(rest, s)
		}
	}
	return tuple, rest
}

// anything makes a type of any value, for a place that has no schema.
func (b *builder) anything(at *schema, tokens ...string) model.TypeID {
	id := b.typeID(at)
	for _, t := range tokens {
		id += model.TypeID("/" + jsontree.Escape(t))
	}
	if !b.ids[id] {
		b.ids[id] = true
		b.types = append(b.types, &model.Type{ID: id, Kind: model.KindAny, At: []model.Position{at.position()}})
	}
	return id
}

// docOf reads the annotations of a schema that are prose.
func (b *builder) docOf(s *schema) model.Doc {
	var d model.Doc
	text := func(name string) string {
		if v := s.node.Get(name); v != nil && v.Kind == jsontree.String {
			return v.Text
		}
		return ""
	}
	d.Title, d.Description = text("title"), text("description")
	if v := s.node.Get("examples"); v != nil && v.Kind == jsontree.Array {
		for _, e := range v.Items {
			d.Examples = append(d.Examples, e.Compact())
		}
	}
	d.Deprecated = s.node.Get("deprecated").IsTrue()
	return d
}
