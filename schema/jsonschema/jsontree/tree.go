package jsontree

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind is the kind of a JSON value.
type Kind uint8

// The kinds of value.
const (
	Null Kind = iota + 1
	Bool
	Number
	String
	Array
	Object
)

// String returns the kind's name, with an article.
func (k Kind) String() string {
	switch k {
	case Null:
		return "null"
	case Bool:
		return "a boolean"
	case Number:
		return "a number"
	case String:
		return "a string"
	case Array:
		return "an array"
	case Object:
		return "an object"
	}
	return "nothing"
}

// Node is a JSON value and where it stands.
type Node struct {
	Kind       Kind
	Start, End int // byte offsets of the value's text
	// Text is the characters of a string, and the source text of a number, a
	// boolean or null.
	Text    string
	Members []Member // of an object, in the order of the text
	Items   []*Node  // of an array

	index map[string]int // of Members, once there are many
}

// Member is a member of an object.
type Member struct {
	Name  string
	Start int // byte offset of the name
	Value *Node
}

// indexFrom is the number of members from which looking one up pays for a map.
const indexFrom = 12

// Lookup returns the member of that name, or nil. A nil node, or one that is no
// object, has no members.
func (n *Node) Lookup(name string) *Member {
	if n == nil || n.Kind != Object {
		return nil
	}
	if n.index != nil {
		if i, ok := n.index[name]; ok {
			return &n.Members[i]
		}
		return nil
	}
	for i := range n.Members {
		if n.Members[i].Name == name {
			return &n.Members[i]
		}
	}
	return nil
}

// Get returns the value of the member of that name, or nil.
func (n *Node) Get(name string) *Node {
	if m := n.Lookup(name); m != nil {
		return m.Value
	}
	return nil
}

// IsTrue tells whether the value is the boolean true.
func (n *Node) IsTrue() bool { return n != nil && n.Kind == Bool && n.Text == "true" }

// Child returns the value that one reference token of a JSON Pointer leads to
// (RFC 6901, section 4), or nil.
func (n *Node) Child(token string) *Node {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Object:
		return n.Get(token)
	case Array:
		i, err := strconv.Atoi(token)
		if err != nil || i < 0 || i >= len(n.Items) || strconv.Itoa(i) != token {
			return nil
		}
		return n.Items[i]
	}
	return nil
}

// Tokens splits a JSON Pointer into its reference tokens, unescaped. The
// pointer of the whole document has none.
func Tokens(pointer string) []string {
	if pointer == "" {
		return nil
	}
	tokens := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, t := range tokens {
		tokens[i] = strings.ReplaceAll(strings.ReplaceAll(t, "~1", "/"), "~0", "~")
	}
	return tokens
}

// Escape writes a name as a reference token of a JSON Pointer.
func Escape(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

// Compact returns the value as JSON text without white space, numbers as the
// source spells them.
func (n *Node) Compact() string { return string(n.AppendCompact(nil)) }

// AppendCompact appends what [Node.Compact] returns.
func (n *Node) AppendCompact(b []byte) []byte {
	switch n.Kind {
	case String:
		return AppendString(b, n.Text)
	case Array:
		b = append(b, '[')
		for i, v := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = v.AppendCompact(b)
		}
		return append(b, ']')
	case Object:
		b = append(b, '{')
		for i := range n.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = AppendString(b, n.Members[i].Name)
			b = append(b, ':')
			b = n.Members[i].Value.AppendCompact(b)
		}
		return append(b, '}')
	}
	return append(b, n.Text...)
}

// AppendString appends a string as JSON text, with no escape that RFC 8259,
// section 7, does not ask for.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case r < ' ':
			const hex = "0123456789abcdef"
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
