package contract

import (
	"errors"
	"fmt"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// XML writes an XSD's components as the tables that the runtime validates
// with. Elements and types keep their numbers. What cannot be said in tables
// is an error with the code "unsupported"; a content model in which an element
// could be two different particles is one with the code "cos-nonambig", which
// is the specification's name for that rule.
func XML(c *model.XMLContract) (*wire.XMLContract, diag.List) {
	t, _, diags := XMLWith(c)
	return t, diags
}

// XMLWith is XML that also says where the simple types stand in the tables.
func XMLWith(c *model.XMLContract) (t *wire.XMLContract, simple func(model.XMLTypeID) int, diags diag.List) {
	b := newXMLBuilder(c)
	b.build()
	if !b.diags.HasErrors() {
		b.check()
	}
	b.diags.Sort()
	if b.diags.HasErrors() {
		return nil, nil, b.diags
	}
	return b.out, func(id model.XMLTypeID) int { return b.types[id] }, b.diags
}

func newXMLBuilder(c *model.XMLContract) *xmlBuilder {
	return &xmlBuilder{in: c, out: &wire.XMLContract{}, simple: map[string]int{}, wildcards: map[string]int{}}
}

// xmlBuilder turns a contract into tables.
type xmlBuilder struct {
	in        *model.XMLContract
	out       *wire.XMLContract
	diags     diag.List
	simple    map[string]int // entries of Simple, by their text
	wildcards map[string]int
	types     []int            // by type: its entry of Simple, or 0
	simpleAt  []model.Position // by entry of Simple: where it comes from
	// members are, by element, those that may stand in its place.
	members [][]model.ElementID
	// counted makes every content model one whose groups are counted, and short
	// every straight one written as a long one is, for tests.
	counted, short bool
}

func (b *xmlBuilder) build() {
	in, out := b.in, b.out
	out.Elements = make([]wire.XMLElement, len(in.Elements)+1)
	out.Types = make([]wire.XMLType, len(in.Types)+1)
	out.Simple = make([]wire.XMLSimple, 1)
	b.simpleAt = make([]model.Position, 1)
	b.types = make([]int, len(in.Types)+1)
	for _, r := range in.Roots {
		out.Roots = append(out.Roots, int(r))
	}
	for i := range in.Types {
		b.simpleType(model.XMLTypeID(i+1), 0)
	}
	for i := range in.Elements {
		b.element(&in.Elements[i], &out.Elements[i+1])
	}
	b.identities()
	b.substitutions()
	for i := range in.Types {
		b.typ(&in.Types[i], &out.Types[i+1])
	}
	for i := range in.Attributes {
		out.Attributes = append(out.Attributes, b.attribute(&in.Attributes[i]))
	}
}

func (b *xmlBuilder) element(e *model.Element, out *wire.XMLElement) {
	out.Name, out.Space, out.Type = e.Name.Local, e.Name.Space, int(e.Type)
	out.Nillable, out.Abstract, out.Substitutes = e.Nillable, e.Abstract, int(e.Substitutes)
	out.Given, out.Value = given(e.Default, e.Fixed)
	out.Block = derivations(e.Block)
	out.Prefixes = prefixes(e.Prefixes)
}

// prefixes writes the prefixes of a value.
func prefixes(list []model.XMLPrefix) (out []wire.XMLPrefix) {
	for _, p := range list {
		out = append(out, wire.XMLPrefix(p))
	}
	return out
}

// given returns what the value of a declaration is.
func given(def, fixed *string) (wire.XMLGiven, string) {
	switch {
	case fixed != nil:
		return wire.XMLFixed, *fixed
	case def != nil:
		return wire.XMLDefault, *def
	}
	return 0, ""
}

func derivations(list []string) (d wire.XMLDerivation) {
	for _, s := range list {
		switch s {
		case "extension":
			d |= wire.XMLExtension
		case "restriction":
			d |= wire.XMLRestriction
		}
	}
	return d
}

// contents maps the varieties of content.
var contents = map[model.XMLContent]wire.XMLContent{
	model.ContentEmpty:    wire.XMLEmpty,
	model.ContentSimple:   wire.XMLText,
	model.ContentElements: wire.XMLChildren,
	model.ContentMixed:    wire.XMLMixed,
	model.ContentAny:      wire.XMLAny,
}

func (b *xmlBuilder) typ(t *model.XMLType, out *wire.XMLType) {
	if t.Name != nil {
		out.Name, out.Space = t.Name.Local, t.Name.Space
	}
	content, ok := contents[t.Content]
	if !ok {
		b.diags.Errorf(t.At, codeUnsupported, "content of variety %q", string(t.Content))
		return
	}
	out.Content, out.Simple = content, b.types[t.ID]
	out.Complex, out.Abstract, out.Block = t.Complex || content != wire.XMLText, t.Abstract, derivations(t.Block)
	if t.Base > 0 && t.Base != t.ID {
		out.Base = int(t.Base)
	}
	if out.Derived = wire.XMLRestriction; t.Extends {
		out.Derived = wire.XMLExtension
	}
	for i := range t.Attributes {
		if a := &t.Attributes[i]; !a.Prohibited {
			out.Attributes = append(out.Attributes, b.attribute(a))
		}
	}
	out.AnyAttribute = b.wildcard(t.AnyAttribute)
	if content == wire.XMLChildren || content == wire.XMLMixed {
		out.Start = b.contentModel(t.Particle)
	}
}

func (b *xmlBuilder) attribute(a *model.AttributeUse) wire.XMLAttribute {
	out := wire.XMLAttribute{Name: a.Name.Local, Space: a.Name.Space, Required: a.Required}
	if a.Type > 0 {
		out.Simple = b.types[a.Type]
	}
	out.Given, out.Value = given(a.Default, a.Fixed)
	out.Prefixes = prefixes(a.Prefixes)
	return out
}

// wildcard returns the entry of a wildcard; equal ones share it.
func (b *xmlBuilder) wildcard(w *model.Wildcard) int {
	if w == nil {
		return 0
	}
	out := wire.XMLWildcard{Any: w.AnyNamespace, Not: w.Not && !w.AnyNamespace}
	if !w.AnyNamespace {
		out.Spaces = append(out.Spaces, w.Namespaces...)
	}
	if out.Not {
		// What is not the target namespace is not absent either (Part 1, section
		// 3.10.4).
		if !contains(out.Spaces, "") {
			out.Spaces = append(out.Spaces, "")
		}
	}
	switch w.Process {
	case "strict", "":
	case "lax":
		out.Process = wire.XMLLax
	case "skip":
		out.Process = wire.XMLSkip
	default:
		b.diags.Errorf(w.At, codeUnsupported, "processContents %q", w.Process).WithHint("expected strict, lax or skip")
	}
	key := fmt.Sprintf("%#v", out)
	i, ok := b.wildcards[key]
	if !ok {
		if len(b.out.Wildcards) == 0 {
			b.out.Wildcards = make([]wire.XMLWildcard, 1)
		}
		i = len(b.out.Wildcards)
		b.out.Wildcards = append(b.out.Wildcards, out)
		b.wildcards[key] = i
	}
	return i
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

// substitutions finds the members of substitution groups (Part 1, section
// 3.3.6): those that the head and its type do not block.
func (b *xmlBuilder) substitutions() {
	b.members = make([][]model.ElementID, len(b.in.Elements)+1)
	for i := range b.in.Elements {
		e := &b.in.Elements[i]
		// The chain of heads has no circle that is longer than all elements.
		head := e.Substitutes
		for n := 0; head > 0 && n <= len(b.in.Elements); n++ {
			h := b.in.Element(head)
			if !contains(h.Block, "substitution") && b.substitutable(e, h) {
				b.members[head] = append(b.members[head], model.ElementID(i+1))
			}
			head = h.Substitutes
		}
	}
}

// substitutable tells whether the type of an element may stand for that of the
// head.
func (b *xmlBuilder) substitutable(e, head *model.Element) bool {
	if e.Type <= 0 || head.Type <= 0 {
		return true
	}
	block := append(append([]string(nil), head.Block...), b.in.Type(head.Type).Block...)
	id := e.Type
	for n := 0; id > 0 && id != head.Type && n <= len(b.in.Types); n++ {
		t := b.in.Type(id)
		how := "restriction"
		if t.Extends {
			how = "extension"
		}
		if contains(block, how) {
			return false
		}
		id = t.Base
	}
	return true
}

// check lets the runtime have a look at the tables. What it cannot use is
// wrong with the schema, unless it is a fault of the tables themselves.
func (b *xmlBuilder) check() {
	err := b.out.Check()
	if err == nil {
		return
	}
	var at model.Position
	var entry *wire.XMLTableError
	if errors.As(err, &entry) {
		err = entry.Err
		switch i := entry.Index; entry.Table {
		case "Simple":
			at = b.simpleAt[i]
		case "Types":
			at = b.in.Types[i-1].At
		case "Elements":
			at = b.in.Elements[i-1].At
		case "Attributes":
			at = b.in.Attributes[i].At
		}
	}
	b.diags.Errorf(at, codeUnsupported, "%v", err)
}
