package jsontree

import "encoding/json"

// Value returns the tree as encoding/json would decode it with UseNumber: what
// JSON Schema engines take.
func (n *Node) Value() any {
	switch n.Kind {
	case Bool:
		return n.Text == "true"
	case Number:
		return json.Number(n.Text)
	case String:
		return n.Text
	case Array:
		a := make([]any, len(n.Items))
		for i, v := range n.Items {
			a[i] = v.Value()
		}
		return a
	case Object:
		o := make(map[string]any, len(n.Members))
		for i := range n.Members {
			o[n.Members[i].Name] = n.Members[i].Value.Value()
		}
		return o
	}
	return nil
}
