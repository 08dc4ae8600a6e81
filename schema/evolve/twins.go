package evolve

import (
	"strconv"

	"github.com/biform/biform/schema/jsonschema/jsontree"
)

// A contract without definitions writes a list of records as anyOf of the record
// and an array of it, which has the record's schema twice. What changes one must
// change the other, or the two are no list any more.

// twins returns a schema of a file and those that are written alike because
// they stand in the other branch of such a list, the schema itself first.
func (s *side) twins(file string, n *jsontree.Node) []*jsontree.Node {
	at := []spot{{node: s.jsonTrees[file]}}
	for _, token := range tokensTo(s.jsonTrees[file], n) {
		at = step(at, token)
	}
	list := []*jsontree.Node{n}
	for _, t := range at {
		if t.node != nil && t.node != n {
			list = append(list, t.node)
		}
	}
	return list
}

// spot is a value on the way to a schema.
type spot struct {
	node     *jsontree.Node
	branches *jsontree.Node // the array of branches that node is one of
	list     bool           // node is the value of anyOf or oneOf
}

// step goes one token on, from every spot, and on to the other branch where
// there is a twin.
func step(from []spot, token string) []spot {
	var to []spot
	for _, t := range from {
		next := t.node.Child(token)
		if next == nil {
			continue
		}
		if t.list {
			to = append(to, spot{node: next, branches: t.node})
			for _, other := range t.node.Items {
				if items := other.Get("items"); other != next && items != nil && items.Compact() == next.Compact() {
					to = append(to, spot{node: items})
				}
			}
			continue
		}
		to = append(to, spot{node: next, list: (token == "anyOf" || token == "oneOf") && next.Kind == jsontree.Array})
		if token == "items" && t.branches != nil {
			for _, other := range t.branches.Items {
				if other != t.node && other.Compact() == next.Compact() {
					to = append(to, spot{node: other})
				}
			}
		}
	}
	return to
}

// tokensTo returns the reference tokens that lead from a value to one inside
// it.
func tokensTo(from, n *jsontree.Node) []string {
	var tokens []string
	for from != nil && from != n {
		var next *jsontree.Node
		for i := range from.Members {
			if v := from.Members[i].Value; v.Start <= n.Start && n.End <= v.End {
				next = v
				tokens = append(tokens, from.Members[i].Name)
			}
		}
		for i, v := range from.Items {
			if v.Start <= n.Start && n.End <= v.End {
				next = v
				tokens = append(tokens, strconv.Itoa(i))
			}
		}
		from = next
	}
	return tokens
}
