package xsd

import (
	"cmp"
	"fmt"

	"github.com/biform/biform/schema/model"
)

// structureBuilder makes the types of a document that Go can show out of the
// components, in the order of a depth-first walk from the root.
type structureBuilder struct {
	s    *schema
	doc  *model.Document
	ids  map[*typeDef]model.TypeID
	used map[model.TypeID]bool
}

// structure fills in the root and the types of a document.
func (s *schema) structure(doc *model.Document, root *elementDecl) {
	b := &structureBuilder{s: s, doc: doc, ids: map[*typeDef]model.TypeID{}, used: map[model.TypeID]bool{}}
	name := root.name
	doc.Name = name.Local
	doc.RootElement = &name
	doc.Doc = docOf(root.node)
	outer := s.hints[root.node]
	if root.doc != nil {
		outer = mergeHints(outer, s.hints[root.doc.root])
	}
	doc.Root = b.typ(root.typ)
	if t := doc.Type(doc.Root); t != nil {
		t.Hints = mergeHints(t.Hints, outer)
		b.applyHints(t, root.at())
	}
	if doc.Doc.Description == "" && root.typ.node != nil {
		doc.Doc = docOf(root.typ.node)
	}
}

// typ returns the identifier of a type, and adds the type to the document when
// it is new.
func (b *structureBuilder) typ(t *typeDef) model.TypeID {
	if id, ok := b.ids[t]; ok {
		return id
	}
	id := b.unique(t.id)
	b.ids[t] = id
	out := model.Type{ID: id, Doc: docOf(t.node), Hints: b.s.hints[t.node]}
	if t.node != nil {
		out.At = []model.Position{t.at()}
		out.Element = t.element
		if t.named {
			out.Name = t.name.Local
		}
	}
	slot := len(b.doc.Types)
	b.doc.Types = append(b.doc.Types, out)
	switch {
	case t.content == model.ContentAny:
		out.Kind = model.KindAny
	case t.complex:
		out.Kind = model.KindRecord
		out.Record = b.record(t)
	default:
		b.simple(&out, t)
	}
	b.applyHints(&out, firstOf(out.At))
	b.doc.Types[slot] = out
	return id
}

func firstOf(at []model.Position) model.Position {
	if len(at) == 0 {
		return model.Position{}
	}
	return at[0]
}

// unique makes an identifier that no other type has: two anonymous types of one
// owner can have the same path when the schema gives an element twice.
func (b *structureBuilder) unique(id model.TypeID) model.TypeID {
	out := id
	for n := 2; b.used[out]; n++ {
		out = model.TypeID(fmt.Sprintf("%s#%d", id, n))
	}
	b.used[out] = true
	return out
}

// record lists the fields of a complex type: attributes, then text or child
// elements in the order of the content model.
func (b *structureBuilder) record(t *typeDef) *model.Record {
	r := &model.Record{Mixed: t.content == model.ContentMixed, Closed: t.anyAttr == nil}
	for _, u := range t.uses {
		r.Fields = append(r.Fields, b.attributeField(u))
	}
	if t.content == model.ContentSimple {
		if own := t.valueType(); b.s.numbers[own] == 0 {
			b.s.numbers[own] = b.s.numbers[t] // the contract has it as part of t
		}
		r.Fields = append(r.Fields, model.Field{Name: "Value", At: []model.Position{t.at()}, Occurs: model.One,
			Type: b.typ(t.valueType()), XML: &model.XMLBinding{Node: model.NodeText}})
	}
	for _, o := range flatten(t.particle) {
		if o.element == nil {
			r.Closed = false
		}
		r.Fields = append(r.Fields, b.memberField(o))
	}
	return r
}

func (b *structureBuilder) attributeField(u *attributeUse) model.Field {
	f := model.Field{Name: u.decl.name.Local, Doc: docOf(u.node), At: []model.Position{u.node.at()},
		Occurs: model.Optional, Default: u.deflt, Fixed: u.fixed, Hints: b.s.hints[u.node],
		XML: &model.XMLBinding{Node: model.NodeAttribute, Name: u.decl.name}}
	if u.required {
		f.Occurs = model.One
	}
	if d := u.decl.node; d != nil && d != u.node {
		if f.Doc.Description == "" {
			f.Doc = docOf(d)
		}
		f.Hints = mergeHints(f.Hints, b.s.hints[d])
	}
	f.Type = b.hinted(u.decl.typ, u.decl.id, f.Hints, u.node)
	return f
}

// memberField makes the field of an element or a wildcard.
func (b *structureBuilder) memberField(o *occurrence) model.Field {
	f := model.Field{At: []model.Position{o.node.at()}, Occurs: model.Optional}
	switch {
	case o.decided > 1:
		f.Occurs = model.Many
		f.MinItems = o.min
	case o.min > 0:
		f.Occurs = model.One
	}
	f.Repeatable = o.max > 1 && f.Occurs != model.Many
	if o.max > 1 && o.max < unlimited {
		f.MaxItems = o.max
	}
	if o.element == nil {
		f.Name = "Any"
		f.Doc = docOf(o.node)
		f.Type = b.typ(b.s.anyType)
		f.XML = &model.XMLBinding{Node: model.NodeAny}
		return f
	}
	e := o.element
	f.Name, f.Doc = e.name.Local, docOf(o.node)
	f.Default, f.Fixed = e.deflt, e.fixed
	f.Hints = b.s.hints[o.node]
	f.XML = &model.XMLBinding{Node: model.NodeElement, Name: e.name, Nillable: e.nillable}
	if len(e.prefixes) == 0 {
		f.XML.Given = *cmp.Or(e.deflt, e.fixed, new(string))
	}
	if e.node != o.node {
		if f.Doc.Description == "" {
			f.Doc = docOf(e.node)
		}
		f.Hints = mergeHints(f.Hints, b.s.hints[e.node])
	}
	f.Type = b.hinted(e.typ, e.id, f.Hints, o.node)
	return f
}

// hinted returns the type of a field whose hints may change it: a field that is
// a time where its type is a plain string gets a type of its own.
func (b *structureBuilder) hinted(t *typeDef, owner model.TypeID, h model.Hints, n *node) model.TypeID {
	if h.Type == "" || t.complex || t.id == owner || b.s.hints[t.node].Type == h.Type {
		id := b.typ(t)
		if t.id == owner && h.Type != "" {
			own := b.doc.Type(id)
			own.Hints = mergeHints(own.Hints, h)
			b.applyHints(own, n.at())
		} else if h.Type != "" && t.complex {
			b.s.diags.Errorf(n.at(), "bad-hint", "hint type %q stands on an element with children or attributes", h.Type)
		}
		return id
	}
	if b.used[owner] {
		return owner // the same declaration, used in another type
	}
	b.used[owner] = true
	out := model.Type{ID: owner, At: []model.Position{n.at()}, Hints: h}
	b.simple(&out, t)
	b.applyHints(&out, n.at())
	b.doc.Types = append(b.doc.Types, out)
	return owner
}

// applyHints lets the hints of a type override its primitive.
func (b *structureBuilder) applyHints(t *model.Type, at model.Position) {
	if t.Hints.Type != "time" || t.Kind == model.KindScalar && t.Scalar.Primitive == model.Time {
		return
	}
	if t.Kind == model.KindScalar {
		switch t.Scalar.Primitive {
		case model.String, model.DateTime:
			t.Scalar.Primitive = model.Time
			return
		}
	}
	b.s.diags.Errorf(at, "bad-hint", "hint type \"time\" needs a string or xs:dateTime without enumeration").
		WithHint("remove the hint, or make the type an xs:string")
}
