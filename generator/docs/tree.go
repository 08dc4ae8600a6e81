package docs

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/biform/biform/schema/model"
)

// node is one row of the reference: a place in the document.
//
// A type with members is spelled out at one place only, the one nearest to the
// root; elsewhere the node refers to that place. So the tree is finite however
// the types recur, and has at most as many nodes as the types have fields.
type node struct {
	parent *node
	kids   []*node
	depth  int
	role   role
	name   string // as shown
	path   string // the names from the root, each behind a slash
	id     string // the anchor in the page
	field  *model.Field
	typ    *model.Type
	// same is the node that spells out the members of this one's type; nil when
	// this one does, or the type has none.
	same *node
	// recursive says that same is this node's own ancestor.
	recursive bool
}

// role is what a node is to its parent.
type role int

const (
	roleRoot    role = iota
	roleField        // a member with a name
	roleVariant      // one of the types of a union
	roleItem         // an item of a list that is a value of its own
	roleOther        // members that no field names
)

// tree is a document's nodes.
type tree struct {
	doc   *model.Document
	types map[model.TypeID]*model.Type
	root  *node
	nodes []*node // in the order of the page: a node, then what is below it
	paths map[string]bool
}

// newTree spells a document out. Types are placed breadth first, so that each
// stands where its path is shortest.
func newTree(doc *model.Document) *tree {
	t := &tree{doc: doc, types: map[model.TypeID]*model.Type{}, paths: map[string]bool{}}
	for i := range doc.Types {
		t.types[doc.Types[i].ID] = &doc.Types[i]
	}
	name := rootName(doc)
	t.root = &node{role: roleRoot, name: name, path: "/" + name, typ: t.types[doc.Root]}
	placed := map[model.TypeID]*node{}
	for queue := []*node{t.root}; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		if n.typ == nil || !t.hasMembers(n.typ) {
			continue
		}
		if first, ok := placed[n.typ.ID]; ok {
			n.same = first
			for up := n.parent; up != nil && !n.recursive; up = up.parent {
				n.recursive = up == first
			}
			continue
		}
		placed[n.typ.ID] = n
		t.expand(n)
		queue = append(queue, n.kids...)
	}
	t.order(t.root)
	return t
}

// rootName returns the name that stands for the document.
func rootName(doc *model.Document) string {
	switch {
	case doc.RootElement != nil:
		return doc.RootElement.Local
	case doc.Name != "":
		return doc.Name
	}
	return "document"
}

// hasMembers tells whether a type has nodes below it.
func (t *tree) hasMembers(typ *model.Type) bool {
	return t.members(typ, 0)
}

// members is hasMembers, up to a depth at which types that hold nothing but
// each other have none.
func (t *tree) members(typ *model.Type, depth int) bool {
	const deepest = 16
	if typ == nil || depth > deepest {
		return false
	}
	switch typ.Kind {
	case model.KindRecord:
		return len(typ.Record.Fields) > 0 || typ.Record.Additional != "" || len(typ.Record.Patterns) > 0
	case model.KindUnion:
		for _, v := range typ.Union.Variants {
			if t.members(t.types[v.Type], depth+1) {
				return true
			}
		}
	case model.KindList:
		if len(typ.List.Tuple) > 0 {
			return true
		}
		return t.members(t.types[typ.List.Item], depth+1)
	}
	return false
}

// expand makes the nodes below a node.
func (t *tree) expand(n *node) {
	switch n.typ.Kind {
	case model.KindRecord:
		r := n.typ.Record
		for i := range r.Fields {
			f := &r.Fields[i]
			name := f.Name
			if f.JSON == nil && f.XML != nil && f.XML.Node == model.NodeAttribute {
				name = "@" + name
			}
			n.add(&node{role: roleField, name: name, field: f, typ: t.types[f.Type]})
		}
		for _, p := range r.Patterns {
			n.add(&node{role: roleOther, name: "{" + p.Pattern + "}", typ: t.types[p.Type]})
		}
		if r.Additional != "" {
			n.add(&node{role: roleOther, name: "{*}", typ: t.types[r.Additional]})
		}
	case model.KindUnion:
		for i, v := range n.typ.Union.Variants {
			typ := t.types[v.Type]
			name := v.Value
			if name == "" && typ != nil {
				name = typ.Name
			}
			if name == "" {
				name = fmt.Sprintf("variant %d", i+1)
			}
			n.add(&node{role: roleVariant, name: "(" + name + ")", typ: typ})
		}
	case model.KindList:
		for i, id := range n.typ.List.Tuple {
			n.add(&node{role: roleItem, name: fmt.Sprintf("[%d]", i), typ: t.types[id]})
		}
		if n.typ.List.Item != "" {
			n.add(&node{role: roleItem, name: "[]", typ: t.types[n.typ.List.Item]})
		}
	}
}

func (n *node) add(kid *node) {
	kid.parent, kid.depth, kid.path = n, n.depth+1, n.path+"/"+kid.name
	n.kids = append(n.kids, kid)
}

// order lists the nodes in the order of the page and gives each its anchor.
func (t *tree) order(n *node) {
	t.nodes = append(t.nodes, n)
	base := anchor(n.path)
	n.id = base
	for i := 2; t.paths[n.id]; i++ {
		n.id = fmt.Sprintf("%s~%d", base, i)
	}
	t.paths[n.id] = true
	for _, k := range n.kids {
		t.order(k)
	}
}

// anchor returns the fragment for a path: letters and digits of any script
// stay, and what a fragment or an id cannot hold becomes a hyphen.
func anchor(path string) string {
	return strings.Map(func(r rune) rune {
		if r == '/' || r == '@' || r == '_' || r == '.' || r == '*' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '-'
	}, path)
}

// occurs returns how often a node may stand in its parent.
func (n *node) occurs() string {
	switch {
	case n.role == roleVariant:
		return "choice"
	case n.role == roleItem && n.name != "[]", n.role == roleRoot:
		return "1"
	case n.field == nil:
		return "0..*"
	case n.field.Occurs == model.One:
		return "1"
	case n.field.Occurs == model.Optional:
		return "0..1"
	}
	if n.field.MaxItems > 0 {
		return fmt.Sprintf("%d..%d", n.field.MinItems, n.field.MaxItems)
	}
	return fmt.Sprintf("%d..*", n.field.MinItems)
}

// occursWords says the same in words.
func (n *node) occursWords() string {
	switch {
	case n.role == roleRoot:
		return "the root"
	case n.role == roleVariant:
		return "one of these"
	case n.field == nil:
		return "any number"
	case n.field.Occurs == model.One:
		return "required"
	case n.field.Occurs == model.Optional:
		return "optional"
	case n.field.MinItems > 0:
		return "required, repeats"
	}
	return "repeats"
}
