package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// yamlReader reads a configuration file into structs, by their yaml tags. In
// place of the library's decoder it says everything that is wrong, each with
// its place, and takes nothing for what it is not: no anchors, no merge keys,
// no number or null for a text.
type yamlReader struct {
	file  string
	diags diag.List
	items []model.Position // where the items of the top list are
}

// read reads the text of a file.
func (r *yamlReader) read(data []byte, to any) {
	f, err := parser.ParseBytes(data, 0)
	if err != nil {
		at := model.Position{File: r.file}
		message := err.Error()
		var located yaml.Error
		if errors.As(err, &located) {
			at, message = r.at(located.GetToken()), located.GetMessage()
		}
		r.diags.Errorf(at, "yaml", "not YAML: %s", message).
			WithHint("mend the line: indent with blanks, one \"name: value\" on each")
		return
	}
	var bodies []ast.Node
	for _, d := range f.Docs {
		if d.Body != nil && d.Body.Type() != ast.CommentType {
			bodies = append(bodies, d.Body)
		}
	}
	switch len(bodies) {
	case 0:
	case 1:
		r.object(bodies[0], reflect.ValueOf(to).Elem(), "")
	default:
		r.errorf(bodies[1], "a second YAML document: there must be one")
	}
}

func (r *yamlReader) at(t *token.Token) model.Position {
	p := model.Position{File: r.file}
	if t != nil && t.Position != nil {
		p.Line, p.Column = t.Position.Line, t.Position.Column
	}
	return p
}

func (r *yamlReader) errorf(n ast.Node, format string, args ...any) *diag.Diagnostic {
	return r.diags.Errorf(r.at(n.GetToken()), "config", format, args...)
}

// text reads a text that is not empty.
func (r *yamlReader) text(n ast.Node, name string) (text string) {
	switch s := n.(type) {
	case *ast.StringNode:
		text = s.Value
	case *ast.LiteralNode:
		text = strings.TrimSpace(s.Value.Value)
	default:
		d := r.errorf(n, "%s must be a text, and is a %s", name, kindOf(n))
		if _, ok := n.(ast.ScalarNode); ok {
			d.WithHint("put it in quotes, or leave the member out")
		}
		return ""
	}
	if text == "" {
		r.errorf(n, "%s is empty", name).WithHint("leave the member out, or say what it is")
	}
	return text
}

// object reads a mapping into a struct.
func (r *yamlReader) object(n ast.Node, to reflect.Value, name string) {
	what := "the file"
	if name != "" {
		what = "every item of " + name
	}
	r.members(n, what, func(key *ast.StringNode, value ast.Node) {
		if field, ok := tagged(to, key.Value); ok {
			r.value(value, field, key.Value)
			return
		}
		d := r.errorf(key, "there is no member %q", key.Value)
		names := tags(to.Type())
		if near := nearestName(key.Value, names); near != "" {
			d.WithHint("did you mean %s?", near)
		} else {
			d.WithHint("the members are %s", strings.Join(names, ", "))
		}
	})
}

// members calls f with every member of a mapping.
func (r *yamlReader) members(n ast.Node, what string, f func(key *ast.StringNode, value ast.Node)) {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		r.errorf(n, "%s must be a mapping, and is a %s", what, kindOf(n))
		return
	}
	seen := map[string]bool{}
	for _, pair := range m.Values {
		key, ok := pair.Key.(*ast.StringNode)
		if !ok {
			r.errorf(pair.Key, "a member's name must be a plain text, and is a %s", kindOf(pair.Key))
			continue
		}
		if seen[key.Value] {
			r.errorf(key, "the member %s stands twice", key.Value)
			continue
		}
		seen[key.Value] = true
		f(key, pair.Value)
	}
}

// value reads a member's value.
func (r *yamlReader) value(n ast.Node, to reflect.Value, name string) {
	switch to.Interface().(type) {
	case string:
		to.SetString(r.text(n, name))
	case oneOrMore:
		nodes := []ast.Node{n}
		if s, ok := n.(*ast.SequenceNode); ok {
			if nodes = s.Values; len(nodes) == 0 {
				r.errorf(n, "%s is empty", name).WithHint("leave the member out, or say what it is")
			}
		}
		for _, one := range nodes {
			to.Set(reflect.Append(to, reflect.ValueOf(r.text(one, name))))
		}
	case map[string]string:
		to.Set(reflect.ValueOf(map[string]string{}))
		r.members(n, name, func(key *ast.StringNode, value ast.Node) {
			to.SetMapIndex(reflect.ValueOf(key.Value), reflect.ValueOf(r.text(value, key.Value)))
		})
	case *bool:
		if b, ok := n.(*ast.BoolNode); ok {
			to.Set(reflect.ValueOf(&b.Value))
		} else {
			r.errorf(n, "%s must be true or false, and is a %s", name, kindOf(n))
		}
	default:
		s, ok := n.(*ast.SequenceNode)
		if !ok {
			r.errorf(n, "%s must be a list, and is a %s", name, kindOf(n)).WithHint("begin each item with a hyphen")
			return
		}
		for _, item := range s.Values {
			one := reflect.New(to.Type().Elem()).Elem()
			r.items = append(r.items, r.itemAt(item))
			r.object(item, one, name)
			to.Set(reflect.Append(to, one))
		}
	}
}

// itemAt returns the place of an item's first member.
func (r *yamlReader) itemAt(n ast.Node) model.Position {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
		return r.at(m.Values[0].Key.GetToken())
	}
	return r.at(n.GetToken())
}

// kindOf names a kind of node for a message.
func kindOf(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "mapping"
	case *ast.SequenceNode:
		return "list"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "number"
	case *ast.BoolNode:
		return "boolean"
	case *ast.NullNode:
		return "null"
	}
	return fmt.Sprintf("thing of YAML that is not supported here (%s)", strings.ToLower(n.Type().String()))
}

// tags returns the member names of a struct type, in order.
func tags(t reflect.Type) []string {
	var names []string
	for f := range t.Fields() {
		if tag := f.Tag.Get("yaml"); tag != "" {
			names = append(names, tag)
		}
	}
	return names
}

// tagged returns the field of a struct for a member.
func tagged(v reflect.Value, name string) (reflect.Value, bool) {
	for f := range v.Type().Fields() {
		if f.Tag.Get("yaml") == name {
			return v.FieldByIndex(f.Index), true
		}
	}
	return reflect.Value{}, false
}

// nearestName returns the name that a misspelled one was probably meant to be.
func nearestName(name string, names []string) string {
	best, least := "", 3
	for _, n := range names {
		if d := diag.Distance(strings.ToLower(name), n, least); d < least {
			best, least = n, d
		}
	}
	return best
}
