package evolve

import (
	"bytes"
	"net/url"
	"path"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// definition returns the file and the JSON Pointer of a named type.
func (s *side) definition(t *model.Type) (file, pointer string, ok bool) {
	file, _, p, ok := s.find(t.At)
	if !ok {
		return "", "", false
	}
	tokens := jsontree.Tokens(p.Path)
	if len(tokens) != 2 || tokens[0] != "definitions" && tokens[0] != "$defs" {
		return "", "", false
	}
	return file, p.Path, true
}

// refTo writes a reference to a named type, as it stands in a file.
func (s *side) refTo(from string, t *model.Type) string {
	file, pointer, _ := s.definition(t)
	var out strings.Builder
	if file != from {
		up, dir := "", path.Dir(from)
		for dir != "." && !strings.HasPrefix(file, dir+"/") {
			up, dir = "../"+up, path.Dir(dir)
		}
		if dir != "." {
			file = strings.TrimPrefix(file, dir+"/")
		}
		out.WriteString(up + file)
	}
	out.WriteByte('#')
	for _, token := range jsontree.Tokens(pointer) {
		out.WriteString("/" + fragment(token))
	}
	return out.String()
}

// fragment writes a name as a reference token of a URI's fragment (RFC 6901,
// section 6).
func fragment(name string) string { return url.PathEscape(jsontree.Escape(name)) }

// follow returns the value that a $ref in a file leads to.
func (s *side) follow(file, ref string) (string, *jsontree.Node) {
	name, frag, _ := strings.Cut(ref, "#")
	if name != "" {
		file = path.Join(path.Dir(file), name)
	}
	n := s.jsonTrees[file]
	pointer, err := url.PathUnescape(frag)
	if n == nil || err != nil || pointer != "" && pointer[0] != '/' {
		return "", nil
	}
	for _, token := range jsontree.Tokens(pointer) {
		n = n.Child(token)
	}
	return file, n
}

// seek looks for a schema that has a keyword: the one at n, the one that it
// refers to, or one that holds for the same value.
func (s *side) seek(file string, n *jsontree.Node, depth int, has func(*jsontree.Node) bool) (string, *jsontree.Node) {
	if n == nil || n.Kind != jsontree.Object || depth > 16 {
		return "", nil
	}
	if has(n) {
		return file, n
	}
	if ref := n.Get("$ref"); ref != nil && ref.Kind == jsontree.String {
		to, target := s.follow(file, ref.Text)
		if f, found := s.seek(to, target, depth+1, has); found != nil {
			return f, found
		}
	}
	if parts := n.Get("allOf"); parts != nil {
		for _, part := range parts.Items {
			if f, found := s.seek(file, part, depth+1, has); found != nil {
				return f, found
			}
		}
	}
	return "", nil
}

func hasKeyword(name string) func(*jsontree.Node) bool {
	return func(n *jsontree.Node) bool { return n.Get(name) != nil }
}

// insert adds the property of a new member to the schema of a record.
func (w *jsonWriter) insert(c *change, n *jsontree.Node, d *declaration, owner string) {
	if v := n.Get("additionalProperties"); v != nil && v.Kind == jsontree.Bool && !v.IsTrue() {
		w.closed = true
	}
	properties := n.Get("properties")
	if properties == nil {
		w.spread = true
		w.append(c, n, len(n.Members)-1, "properties", object(pairOf(d.json, w.property(d, owner))), true)
		return
	}
	w.spread = w.wide(properties)
	w.append(c, properties, len(properties.Members)-1, d.json, w.property(d, owner), w.spread)
}

// wide tells whether the schemas in an object go over several lines.
func (w *jsonWriter) wide(n *jsontree.Node) bool {
	if len(n.Members) == 0 {
		return true
	}
	last := n.Members[len(n.Members)-1].Value
	return bytes.Contains(w.data[last.Start:last.End], []byte("\n"))
}

// append adds a member to an object, behind the member of that number, or as
// the first when it is negative.
func (w *jsonWriter) append(c *change, n *jsontree.Node, after int, name string, v text, wide bool) {
	key := string(jsontree.AppendString(nil, name))
	var out strings.Builder
	if after < 0 {
		indent := lineIndent(w.data, n.Start)
		if inner := indent + w.layout.unit; w.layout.lines {
			out.WriteString("{\n" + inner + key + ": ")
			w.write(v, inner, wide, &out)
			out.WriteString("\n" + indent + "}")
		} else {
			out.WriteString(w.inline(object(pairOf(name, v))))
		}
		c.add(w.side, w.file, n.Start, n.End, out.String())
		return
	}
	last := n.Members[after]
	indent, own := indentAt(w.data, last.Start)
	switch {
	case own && w.layout.lines:
		out.WriteString(",\n" + indent + key + ": ")
		w.write(v, indent, wide, &out)
	case w.layout.lines || w.layout.pad:
		out.WriteString(", " + key + ": " + w.inline(v))
	default:
		out.WriteString("," + key + ":" + w.inline(v))
	}
	c.add(w.side, w.file, last.Value.End, last.Value.End, out.String())
}

// flush adds the definitions that a change needs behind the last definition of
// an object.
func (w *jsonWriter) flush(c *change) {
	if len(w.pending) == 0 {
		return
	}
	defs := w.root.Get(w.defs)
	after := len(defs.Members) - 1
	for i := range defs.Members {
		if defs.Members[i].Value.Get("properties") != nil {
			after = i
		}
	}
	for len(w.pending) > 0 {
		r := w.pending[0]
		w.pending = w.pending[1:]
		c.types = append(c.types, r)
		w.append(c, defs, after, r.name, w.record(r, r.name), true)
	}
}
