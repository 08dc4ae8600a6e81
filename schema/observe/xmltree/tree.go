package xmltree

import "strings"

// The namespaces that XML itself gives a meaning.
const (
	XMLSpace      = "http://www.w3.org/XML/1998/namespace"
	XMLNSSpace    = "http://www.w3.org/2000/xmlns/"
	InstanceSpace = "http://www.w3.org/2001/XMLSchema-instance"
)

// Node is an element. Offsets count bytes from the beginning of the text that
// was parsed, a byte order mark included.
type Node struct {
	Prefix, Space, Local string
	Attrs                []Attr // namespace declarations left out
	Kids                 []*Node
	Parent               *Node

	Start int // of the start tag
	Open  int // behind the start tag
	Close int // of the end tag; Open for an empty-element tag
	End   int // behind the end tag
	// Empty says that it is an empty-element tag (XML 1.0, production 44).
	Empty bool

	// Text is the character data between the tags, child elements' left out.
	Text string

	text     []byte    // what Text will be, while the element is open
	declared []binding // namespace declarations of this element
}

// Attr is an attribute.
type Attr struct {
	Prefix, Space, Local string
	Value                string
	Start, End           int // from the name to behind the closing quote
	ValueStart, ValueEnd int // between the quotes
}

// binding is a namespace declaration.
type binding struct{ prefix, space string }

// Name returns the element's name as its tags spell it, prefix included.
func (n *Node) Name() string { return qualified(n.Prefix, n.Local) }

// Attr returns the attribute of that name in no namespace, or nil.
func (n *Node) Attr(local string) *Attr {
	for i := range n.Attrs {
		if n.Attrs[i].Space == "" && n.Attrs[i].Local == local {
			return &n.Attrs[i]
		}
	}
	return nil
}

// Get returns the value of the attribute of that name in no namespace, white
// space around it removed, or "".
func (n *Node) Get(local string) string {
	if a := n.Attr(local); a != nil {
		return strings.Trim(a.Value, " \t\r\n")
	}
	return ""
}

// Blank tells whether the character data is white space alone.
func (n *Node) Blank() bool { return strings.Trim(n.Text, " \t\r\n") == "" }

// Resolve returns the namespace that a prefix stands for in the element.
func (n *Node) Resolve(prefix string) (space string, ok bool) {
	switch prefix {
	case "xml":
		return XMLSpace, true
	case "xmlns":
		return XMLNSSpace, true
	}
	for e := n; e != nil; e = e.Parent {
		for _, b := range e.declared {
			if b.prefix == prefix {
				return b.space, b.space != "" || prefix == ""
			}
		}
	}
	return "", prefix == ""
}

// Prefixes returns the prefixes that stand for a namespace in the element, the
// innermost declarations first and, of one element, in the order of the text.
func (n *Node) Prefixes(space string) []string {
	var list []string
	for e := n; e != nil; e = e.Parent {
		for _, b := range e.declared {
			if b.space != space {
				continue
			}
			if now, _ := n.Resolve(b.prefix); now == space {
				list = append(list, b.prefix)
			}
		}
	}
	return list
}

// At returns the innermost element whose start tag begins at an offset, or nil.
func (n *Node) At(offset int) *Node {
	for n != nil && n.Start != offset {
		var next *Node
		for _, k := range n.Kids {
			if k.Start <= offset && offset < k.End {
				next = k
				break
			}
		}
		n = next
	}
	return n
}
