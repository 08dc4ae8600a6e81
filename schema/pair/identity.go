package pair

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/biform/biform/schema/model"
)

// identify decides the identifier of every node's type and returns the types in
// the order of the nodes, each once.
//
// A type has the identifier of the contract that names it, the XSD's when both
// do. Where that would give one identifier to several nodes (an XSD type beside
// several anonymous JSON types), nodes whose types say the same become one type;
// of those that do not, the best pair keeps the identifier and the others are
// named by both contracts. "Best" goes by names and never by order, so that an
// identifier does not move when neighbours do.
func identify(order []*node, root *node) (model.TypeID, []model.Type) {
	byName := make(map[model.TypeID]int, len(order))
	for i, n := range order {
		byName[n.name] = i
	}
	class := classes(order, byName)

	// The best node of each class speaks for it.
	head := map[int]*node{}
	for i, n := range order {
		if h := head[class[i]]; h == nil || better(n, h) < 0 {
			head[class[i]] = n
		}
	}
	// The best class of each identifier keeps it.
	owner := map[model.TypeID]int{}
	for i, n := range order {
		c, id := class[i], n.preferred()
		if o, taken := owner[id]; !taken || o != c && better(head[c], head[o]) < 0 {
			owner[id] = c
		}
	}
	ids, used := map[int]model.TypeID{}, map[model.TypeID]bool{}
	for i, n := range order {
		if c := class[i]; owner[n.preferred()] == c {
			ids[c] = n.preferred()
			used[ids[c]] = true
		}
	}
	id := func(c int) model.TypeID {
		name, ok := ids[c]
		if !ok {
			name = head[c].both()
			for used[name] {
				name += "'"
			}
			ids[c], used[name] = name, true
		}
		return name
	}
	var types []model.Type
	done := map[int]bool{}
	for i, n := range order {
		if done[class[i]] {
			continue
		}
		done[class[i]] = true
		t := n.typ
		t.ID = id(class[i])
		head[class[i]].label(&t)
		visit(&t, func(ref *model.TypeID) { *ref = id(class[byName[*ref]]) })
		types = append(types, t)
	}
	return id(class[byName[root.name]]), types
}

// builtin tells whether an XSD type is one of Part 2, which no contract
// declares.
func builtin(t *model.Type) bool { return strings.HasPrefix(string(t.ID), "xs:") }

// named tells whether the contract gives the type a name of its own.
func named(t *model.Type) bool { return t != nil && t.Name != "" && !builtin(t) }

// plain tells whether a node's type is no more than the built-in type of the
// XSD, so that all its uses are one type.
func (n *node) plain() bool {
	x, t := n.xml, &n.typ
	return n.json != nil && builtin(x) && !named(n.json) && t.Kind == x.Kind && t.Scalar != nil && x.Scalar != nil &&
		*t.Scalar == *x.Scalar && t.Hints.Type == "" && t.Hints.GoName == "" && t.Hints.GoType == "" &&
		!t.Hints.EmptyIsAbsent && len(t.Hints.Absent)+len(t.Hints.Layouts) == 0 &&
		slices.Equal(t.Constraints, x.Constraints)
}

// preferred returns the identifier that the node's type should have.
func (n *node) preferred() model.TypeID {
	switch {
	case n.json == nil:
		return n.xml.ID
	case n.xml == nil:
		return n.json.ID
	case n.items: // the JSON type is that of an item
		return n.xml.ID
	case named(n.xml), n.plain():
		return n.xml.ID
	case named(n.json), builtin(n.xml):
		return n.json.ID
	}
	return n.xml.ID
}

// both returns the identifier of a type that must tell which of several pairs
// it comes of.
func (n *node) both() model.TypeID {
	switch {
	case n.json == nil:
		return n.xml.ID + " &"
	case n.xml == nil:
		return "& " + n.json.ID
	}
	return n.xml.ID + " & " + n.json.ID
}

// label gives a type the name that goes with its identifier.
func (n *node) label(t *model.Type) {
	switch {
	case n.xml == nil, n.json == nil:
	case n.plain():
		t.Name, t.Doc, t.At = n.xml.Name, n.xml.Doc, clone(n.xml.At)
	case strings.Contains(string(t.ID), " & ") && n.json.Name != "":
		t.Name = n.json.Name
	case named(n.xml):
		t.Name = n.xml.Name
	default:
		t.Name = n.json.Name
	}
}

// better orders the nodes that would have one identifier: a pair that both
// contracts name alike first, then one of two named types, then by identifiers.
func better(a, b *node) int {
	rank := func(n *node) int {
		switch {
		case n.xml == nil || n.json == nil:
			return 3
		case n.xml.Name != "" && n.xml.Name == n.json.Name:
			return 0
		case named(n.xml) && named(n.json):
			return 1
		}
		return 2
	}
	ids := func(n *node) (x, j model.TypeID) {
		if n.xml != nil {
			x = n.xml.ID
		}
		if n.json != nil {
			j = n.json.ID
		}
		return x, j
	}
	ax, aj := ids(a)
	bx, bj := ids(b)
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(ax, bx), cmp.Compare(aj, bj))
}

// maxRefinement bounds the work of finding types that say the same: nodes times
// rounds, of which there are as many as the longest chain of types that differ
// in its last one.
const maxRefinement = 1 << 24

// classes numbers the nodes so that two have one number when their types say
// the same and would have the same identifier. It begins with one class for
// each identifier and splits until the types of a class agree, references
// counting by class (partition refinement), so that recursion is not special.
func classes(order []*node, byName map[model.TypeID]int) []int {
	class := make([]int, len(order))
	number := map[string]int{}
	classOf := func(key string) int {
		c, ok := number[key]
		if !ok {
			c = len(number)
			number[key] = c
		}
		return c
	}
	size := map[int]int{}
	for i, n := range order {
		class[i] = classOf(string(n.preferred()))
		size[class[i]]++
	}
	refs := make([][]int, len(order))
	number = map[string]int{}
	for i, n := range order {
		key := fmt.Sprint(class[i])
		if size[class[i]] > 1 {
			key += " " + content(n)
			visit(&n.typ, func(id *model.TypeID) { refs[i] = append(refs[i], byName[*id]) })
		}
		class[i] = classOf(key)
	}
	for count, work := 0, 0; count != len(number); {
		count = len(number)
		if work += len(order); work > maxRefinement {
			// Types that are not told apart in time are told apart altogether, which
			// is sound: they only are more types than there need be.
			for i := range class {
				class[i] = i
			}
			return class
		}
		next := make([]int, len(order))
		number = map[string]int{}
		for i := range order {
			key := strconv.AppendInt(nil, int64(class[i]), 10)
			for _, r := range refs[i] {
				key = strconv.AppendInt(append(key, ' '), int64(class[r]), 10)
			}
			next[i] = classOf(string(key))
		}
		class = next
	}
	return class
}

// content writes what a node's type says, less the prose, the positions and
// which types it refers to.
func content(n *node) string {
	t := cloneType(&n.typ)
	t.ID, t.Name, t.Doc, t.At = "", "", model.Doc{}, nil
	for i := range t.Constraints {
		t.Constraints[i].At = model.Position{}
	}
	if t.Record != nil {
		for i := range t.Record.Fields {
			t.Record.Fields[i].Doc, t.Record.Fields[i].At = model.Doc{}, nil
		}
		for i := range t.Record.Patterns {
			t.Record.Patterns[i].At = nil
		}
	}
	if t.Enum != nil {
		for i := range t.Enum.Values {
			t.Enum.Values[i].Doc, t.Enum.Values[i].At = model.Doc{}, nil
		}
	}
	if t.Union != nil {
		for i := range t.Union.Variants {
			t.Union.Variants[i].At = nil
		}
	}
	visit(&t, func(id *model.TypeID) { *id = "type" })
	text, err := json.Marshal(t)
	if err != nil {
		return string(n.name) // no two are the same
	}
	return string(text)
}
