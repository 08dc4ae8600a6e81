package docs

import (
	"errors"
	"slices"
	"strings"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/generator/contract"
	"github.com/biform/biform/schema/model"
)

// value is a node of an example: one value of the document, which either form
// can spell.
type value struct {
	parent *value
	field  *model.Field // nil for the root, an item and a variant's value
	typ    *model.Type  // never a union: the variant that was chosen
	text   string       // of a scalar
	kids   []*value     // of a record or a list
	// optional says that the value may go without breaking the count of its
	// field.
	optional bool
	// span is where it stands in each rendering.
	xml, json span
}

type span struct{ from, to int }

// example is the document in both forms.
type example struct {
	XML, JSON []byte // nil without a contract of the form
	// XMLValid and JSONValid say that the contract of the form admits it.
	XMLValid, JSONValid bool
}

// maxNodes is how many nodes an example has at most, beyond what is required.
const maxNodes = 150

// makeExample makes an example with every member that the contracts allow
// together, down to a depth that keeps it readable. Where one of the contracts
// does not admit it, optional members are taken away until it does: of members
// that exclude each other, the first stays.
func makeExample(t *tree) *example {
	b := &exampleBuilder{tree: t, depth: exampleDepth(t), open: map[model.TypeID]int{}}
	root := b.value(nil, t.types[t.doc.Root], 0)
	e := &example{}
	var validateXML, validateJSON func([]byte) error
	if t.doc.XML != nil && t.doc.RootElement != nil {
		if tables, diags := contract.XML(t.doc.XML); !diags.HasErrors() {
			validateXML = tables.Validate
		}
	}
	if t.doc.JSON != nil {
		if tables, diags := contract.JSON(t.doc.JSON); !diags.HasErrors() {
			validateJSON = tables.Validate
		}
	}
	xmlSpan := func(v *value) span { return v.xml }
	jsonSpan := func(v *value) span { return v.json }
	const attempts = 400
	for range attempts {
		if t.doc.RootElement != nil {
			e.XML = renderXML(t.doc, root)
		}
		if t.doc.JSON != nil {
			e.JSON = renderJSON(t.doc, root)
		}
		var removed bool
		e.XMLValid, removed = judge(root, validateXML, e.XML, xmlSpan)
		if removed {
			continue
		}
		e.JSONValid, removed = judge(root, validateJSON, e.JSON, jsonSpan)
		if !removed {
			break
		}
	}
	return e
}

// judge validates a rendering, and takes away the value that the first
// violation is about if it, or something around it, may go.
func judge(root *value, validate func([]byte) error, data []byte, at func(*value) span) (valid, removed bool) {
	if validate == nil {
		return false, false
	}
	err := validate(data)
	if err == nil {
		return true, false
	}
	var list wire.Violations
	if !errors.As(err, &list) {
		return false, false
	}
	for _, v := range list {
		if remove(root, v.Offset, at) {
			return false, true
		}
	}
	return false, false
}

// remove takes away the innermost value around an offset that may go.
func remove(root *value, offset int, at func(*value) span) bool {
	v := root
descend:
	for {
		for _, k := range v.kids {
			if s := at(k); s.from <= offset && offset < s.to {
				v = k
				continue descend
			}
		}
		break
	}
	for ; v.parent != nil; v = v.parent {
		if v.optional {
			p := v.parent
			p.kids = slices.DeleteFunc(p.kids, func(k *value) bool { return k == v })
			return true
		}
	}
	return false
}

// exampleDepth returns how deep optional members are shown.
func exampleDepth(t *tree) int {
	var count []int
	for _, n := range t.nodes {
		for len(count) <= n.depth {
			count = append(count, 0)
		}
		count[n.depth]++
	}
	sum := 0
	for d, n := range count {
		if sum += n; sum > maxNodes {
			return max(d-1, 1)
		}
	}
	return len(count)
}

// exampleBuilder makes the values of an example.
type exampleBuilder struct {
	tree  *tree
	depth int // of the deepest optional member
	nodes int
	open  map[model.TypeID]int // types that are being built, by how often
}

// maxRequired ends what a contract requires without end.
const maxRequired = 2000

func (b *exampleBuilder) value(f *model.Field, t *model.Type, depth int) *value {
	t = b.chosen(t)
	v := &value{field: f, typ: t}
	b.nodes++
	if t == nil {
		return v
	}
	switch t.Kind {
	case model.KindRecord:
		b.open[t.ID]++
		for i := range t.Record.Fields {
			b.field(v, &t.Record.Fields[i], depth+1)
		}
		b.open[t.ID]--
	case model.KindList:
		if b.nodes > maxRequired || b.open[t.ID] > 0 {
			break
		}
		b.open[t.ID]++
		items := t.List.Tuple
		if len(items) == 0 && t.List.Item != "" {
			items = []model.TypeID{t.List.Item}
		}
		for _, id := range items {
			k := b.value(nil, b.tree.types[id], depth+1)
			k.parent, k.optional = v, len(t.List.Tuple) == 0
			v.kids = append(v.kids, k)
		}
		b.open[t.ID]--
	case model.KindScalar, model.KindEnumeration:
		v.text = sample(f, t)
	}
	return v
}

// chosen returns the variant of a union that examples show: the first that is
// not being built already, so that recursion ends.
func (b *exampleBuilder) chosen(t *model.Type) *model.Type {
	const deepest = 16
	for range deepest {
		if t == nil || t.Kind != model.KindUnion || len(t.Union.Variants) == 0 {
			return t
		}
		next := b.tree.types[t.Union.Variants[0].Type]
		for _, v := range t.Union.Variants {
			if c := b.tree.types[v.Type]; c != nil && b.open[c.ID] == 0 {
				next = c
				break
			}
		}
		t = next
	}
	return nil
}

// field adds the values of one field to a record.
func (b *exampleBuilder) field(v *value, f *model.Field, depth int) {
	t := b.tree.types[f.Type]
	least := 0
	switch f.Occurs {
	case model.One:
		least = 1
	case model.Many:
		least = min(f.MinItems, 5)
	}
	again := t != nil && b.open[t.ID] > 0 && b.tree.hasMembers(t)
	nothing := t == nil || t.Kind == model.KindAny || f.XML != nil && f.XML.Node == model.NodeAny
	n := max(least, 1)
	if least == 0 && (depth > b.depth || again || nothing || b.nodes > 2*maxNodes) || b.nodes > maxRequired {
		n = least
	}
	if again && b.open[t.ID] > 2 || b.nodes > maxRequired {
		return // required without end: no document can be valid
	}
	for i := range n {
		k := b.value(f, t, depth)
		k.parent, k.optional = v, i >= least
		v.kids = append(v.kids, k)
	}
}

// xmlSpace is the namespace that every document has bound to the prefix xml
// (Namespaces in XML 1.0, section 3).
const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// spaces lists the namespaces of an example's names, the root's first, and
// tells whether an element has none.
func spaces(doc *model.Document, root *value) (list []string, bare bool) {
	add := func(s string) {
		if s != "" && s != xmlSpace && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	add(doc.RootElement.Space)
	var walk func(v *value)
	walk = func(v *value) {
		if v.field != nil && v.field.XML != nil {
			x := v.field.XML
			if x.Node == model.NodeElement {
				bare = bare || x.Name.Space == ""
			}
			add(x.Name.Space)
			if x.Wrapper != nil {
				add(x.Wrapper.Space)
				bare = bare || x.Wrapper.Space == ""
			}
		}
		for _, k := range v.kids {
			walk(k)
		}
	}
	walk(root)
	return list, bare || doc.RootElement.Space == ""
}

// indent is one step of indentation in an example.
const indent = "  "

func indentation(depth int) string { return strings.Repeat(indent, depth) }
