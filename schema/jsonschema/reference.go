package jsonschema

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema/jsontree"
)

// This file resolves references.

// referenceKeywords are the keywords that refer to schemas.
var referenceKeywords = []string{"$ref", "$dynamicRef", "$recursiveRef"}

// follow resolves the references of a schema and of everything that it applies,
// directly or by reference. A reference that leads nowhere is an error, or only
// a warning in a definition that nothing uses.
func (s *Set) follow(sch *schema, used bool) {
	stack := []*schema{sch}
	for len(stack) > 0 {
		sch := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if sch == nil || s.visited[sch] || sch.node.Kind != jsontree.Object {
			continue
		}
		s.visited[sch] = true
		s.used[sch] = used
		var next []*schema
		for _, name := range referenceKeywords {
			v := sch.get(name)
			if v == nil || v.Kind != jsontree.String {
				continue
			}
			target := s.reference(sch, name, v, used)
			if target == nil {
				continue
			}
			if name == "$ref" {
				sch.ref = target
			} else {
				sch.dynamicRef = target
				// What overrides it is found in the resources on the way.
				for _, f := range s.files {
					for _, other := range f.order {
						if other.dynamicAnchor() != "" {
							next = append(next, other)
						}
					}
				}
			}
			next = append(next, target)
		}
		for _, m := range sch.node.Members {
			if k := keywordTable[m.Name]; k != nil && k.place != inNone && sch.get(m.Name) != nil &&
				m.Name != "$defs" && m.Name != "definitions" {
				next = append(next, sch.below(k, m.Value)...)
			}
		}
		for i := len(next) - 1; i >= 0; i-- {
			stack = append(stack, next[i])
		}
	}
}

// below lists the subschemas in the value of a keyword.
func (sch *schema) below(k *keyword, v *jsontree.Node) []*schema {
	var list []*schema
	add := func(tokens ...string) {
		if sub := sch.sub(tokens...); sub != nil {
			list = append(list, sub)
		}
	}
	switch {
	case k.place == inNames:
		for _, m := range v.Members {
			add(k.name, m.Name)
		}
	case v.Kind == jsontree.Array:
		for i := range v.Items {
			add(k.name, fmt.Sprint(i))
		}
	default:
		add(k.name)
	}
	return list
}

// reference returns the schema that a reference leads to, or nil after a
// diagnostic.
func (s *Set) reference(sch *schema, keyword string, v *jsontree.Node, used bool) *schema {
	target, code, hint, err := s.lookup(sch, v.Text)
	if err == nil {
		return target
	}
	at := sch.valueAt(v, keyword)
	what := fmt.Sprintf("%s %q: %v", keyword, v.Text, err)
	if text := err.Error(); strings.HasPrefix(text, "reference ") {
		what = keyword + ": " + text // package folder has quoted it
	}
	if used {
		s.diags.Errorf(at, code, "%s", what).WithHint("%s", hint)
	} else {
		s.diags.Warnf(at, code, "%s (nothing uses this definition)", what).WithHint("%s", hint)
	}
	return nil
}

// resourceHint says what to do about an address that leads nowhere.
func resourceHint(address string) string {
	return "put the file into the contract's folder and refer to it by its name, or name it with --resource " + address + "=FILE"
}

// lookup resolves a reference. Without an error, the target may be nil: then
// the file that it is in has been found faulty.
func (s *Set) lookup(sch *schema, ref string) (target *schema, code, hint string, err error) {
	const (
		unresolved = "unresolved-reference"
		outside    = "outside-reference"
	)
	from := sch.resource.uri
	address, err := resolve(from, ref)
	if err != nil {
		return nil, unresolved, "write # and a JSON Pointer, or a file's name before it", fmt.Errorf("it is not a URI reference: %w", err)
	}
	address, fragment, _ := strings.Cut(address, "#")
	r := s.ids[address]
	if r == nil {
		if name, _, _ := strings.Cut(ref, "#"); strings.HasPrefix(from, base) && !strings.HasPrefix(ref, base) && !s.mapped(address) {
			if _, err := folder.Resolve(sch.file.Inside, name); err != nil && !known(address) {
				if hint = "references lead to files below the contract's folder"; strings.HasPrefix(name, "http") {
					hint = resourceHint(address)
				}
				return nil, outside, hint, err
			}
		}
		f, err := s.load(address, sch)
		switch {
		case err == errOutside:
			return nil, outside, resourceHint(address), err
		case err != nil:
			return nil, unresolved, "check the file's name; it is sought below the contract's folder", err
		case f == nil || f.root == nil:
			return nil, "", "", nil
		}
		r = f.root.resource
		if in := s.ids[address]; in != nil {
			r = in
		}
	}
	target, err = s.fragment(r, fragment)
	if missing, ok := err.(*missingError); ok && missing.near != "" {
		return nil, unresolved, fmt.Sprintf("did you mean %q?", missing.near), err
	}
	if err != nil {
		return nil, unresolved, "the definitions stand under " + strings.Join(definitionsOf(r.root), " or "), err
	}
	return target, "", "", nil
}

// known tells whether an address is that of a published meta-schema, which
// needs no file.
func known(address string) bool {
	return strings.Contains(address, "://json-schema.org/")
}

// mapped tells whether the caller has given an address a file.
func (s *Set) mapped(address string) bool {
	if _, ok := s.opts.Resources[address]; ok {
		return true
	}
	if _, ok := s.opts.Files[address]; ok {
		return true
	}
	for prefix := range s.opts.Resources {
		if strings.HasSuffix(prefix, "/") && strings.HasPrefix(address, prefix) {
			return true
		}
	}
	return false
}

// definitionsOf lists where the definitions of a file stand, for hints.
func definitionsOf(sch *schema) []string {
	var where []string
	for _, name := range []string{"definitions", "$defs"} {
		if sch.node.Get(name) != nil {
			where = append(where, "#/"+name+"/")
		}
	}
	if where == nil {
		return []string{"#/definitions/ or #/$defs/"}
	}
	return where
}

// fragment returns the schema that a fragment names in a resource: all of it, a
// JSON Pointer or an anchor.
func (s *Set) fragment(r *resource, fragment string) (*schema, error) {
	if fragment == "" {
		return r.root, nil
	}
	if !strings.HasPrefix(fragment, "/") {
		name, err := url.PathUnescape(fragment)
		if err != nil {
			return nil, err
		}
		if sch := r.anchors[name]; sch != nil {
			return sch, nil
		}
		return nil, fmt.Errorf("there is no anchor %q", name)
	}
	if fragment == "/" && r.root.node.Get("") == nil {
		return r.root, nil // written so by some, and read so by v5
	}
	sch, node, path := r.root, r.root.node, r.root.path
	for _, escaped := range strings.Split(fragment[1:], "/") {
		token, err := url.PathUnescape(escaped)
		if err != nil {
			return nil, err
		}
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
		parent := node
		if node = node.Child(token); node == nil {
			return nil, &missingError{path: path + "/" + jsontree.Escape(token), near: nearest(token, names(parent))}
		}
		path += "/" + jsontree.Escape(token)
		if next := r.root.file.schemas[path]; next != nil {
			sch = next
		}
	}
	if sch.node == node {
		return sch, nil
	}
	if node.Kind != jsontree.Object && node.Kind != jsontree.Bool {
		return nil, fmt.Errorf("what stands at %s is %s, not a schema", path, node.Kind)
	}
	// A schema in a place that no keyword makes one.
	return s.index(r.root.file, node, path, sch, sch.resource, sch.dialect), nil
}

// missingError says that a JSON Pointer leads nowhere.
type missingError struct {
	path string
	near string // a name that may be meant
}

// Error says where there is nothing.
func (e *missingError) Error() string { return "there is nothing at " + e.path }

// names lists the names of an object's members.
func names(n *jsontree.Node) []string {
	var list []string
	for _, m := range n.Members {
		list = append(list, m.Name)
	}
	return list
}

// dynamicAnchor returns the anchor that a dynamic reference may find the schema
// by, or "". $recursiveAnchor is one without a name, written "#".
func (sch *schema) dynamicAnchor() string {
	if v := sch.get("$dynamicAnchor"); v != nil && v.Kind == jsontree.String {
		return v.Text
	}
	if sch.get("$recursiveAnchor").IsTrue() {
		return "#"
	}
	return ""
}
