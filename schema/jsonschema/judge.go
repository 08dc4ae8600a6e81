package jsonschema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	santhosh "github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// This file has v5 judge the contract: every file by its meta-schema, and the
// whole for references that go round in circles.

// drafts of v5, by ours.
var santhoshDrafts = map[model.Draft]*santhosh.Draft{
	model.Draft4:       santhosh.Draft4,
	model.Draft6:       santhosh.Draft6,
	model.Draft7:       santhosh.Draft7,
	model.Draft2019_09: santhosh.Draft2019,
	model.Draft2020_12: santhosh.Draft2020,
}

// compiler returns a compiler of v5 that knows the contract's files and loads
// nothing else.
func (s *Set) compiler() (*santhosh.Compiler, error) {
	c := santhosh.NewCompiler()
	c.Draft = santhoshDrafts[s.root.dialect.draft]
	c.LoadURL = func(address string) (io.ReadCloser, error) {
		return nil, fmt.Errorf("%s: %w", address, errOutside)
	}
	for _, f := range s.files {
		if f.builtin {
			continue
		}
		if err := c.AddResource(f.url, bytes.NewReader(s.portable(f))); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// judge reports what v5 has against the contract.
func (s *Set) judge() {
	sound := !s.diags.HasErrors()
	valid := true
	for _, f := range s.files {
		if !f.builtin && f.root != nil && !s.meta(f) {
			valid = false
		}
	}
	if !sound || !valid {
		return
	}
	err := guard(func() error {
		c, err := s.compiler()
		if err != nil {
			return err
		}
		s.compiled, err = c.Compile(s.root.url)
		return err
	})
	if err == nil {
		return
	}
	var se *santhosh.SchemaError
	if errors.As(err, &se) {
		err = se.Err
	}
	var loop santhosh.InfiniteLoopError
	if errors.As(err, &loop) {
		s.diags.Errorf(s.loopPosition(string(loop)), "circular-reference", "the schema refers to itself without an end").
			WithHint("a value would have to match the schema in order to match it; refer to it from a property or from items")
		return
	}
	s.diags.Errorf(s.root.root.position(), "refused", "the contract does not compile: %s",
		strings.ReplaceAll(strings.TrimPrefix(err.Error(), "jsonschema: "), base, ""))
}

// Compiled returns the contract as v5 has compiled it, with its patterns
// translated. Do not hand it values with numbers that package jsontree refuses.
func (s *Set) Compiled() *santhosh.Schema { return s.compiled }

// guard turns a panic of an engine into an error.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the engine gave up: %v", r)
		}
	}()
	return f()
}

// loopPosition finds the keyword that closes a loop. v5 says it as the address
// of the first schema and the keywords from there.
func (s *Set) loopPosition(trail string) model.Position {
	address, fragment, _ := strings.Cut(trail, "#")
	r := s.ids[address]
	if f := s.byURL[address]; r == nil && f != nil && f.root != nil {
		r = f.root.resource
	}
	if r == nil {
		return s.root.root.position()
	}
	sch := r.root
	tokens := jsontree.Tokens(fragment)
	at := sch.position()
	for len(tokens) > 0 {
		name, err := url.PathUnescape(tokens[0])
		if err != nil {
			break
		}
		if k := slices.Index(referenceKeywords, name); k >= 0 {
			at = sch.keywordAt(name)
			next := sch.ref
			if k > 0 {
				next = sch.dynamicRef
			}
			if next == nil {
				break
			}
			sch, tokens = next, tokens[1:]
			continue
		}
		// The longest way down that is a schema.
		step := 0
		for n := min(3, len(tokens)); n > 0; n-- {
			if sub := sch.sub(unescaped(tokens[:n])...); sub != nil {
				sch, step = sub, n
				break
			}
		}
		if step == 0 {
			break
		}
		tokens = tokens[step:]
	}
	return at
}

// unescaped undoes the percent-encoding of reference tokens.
func unescaped(tokens []string) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t
		if u, err := url.PathUnescape(t); err == nil {
			out[i] = u
		}
	}
	return out
}

// meta judges a file by its meta-schema, and tells whether it passes.
func (s *Set) meta(f *file) bool {
	address := f.dialect.url
	if v := f.tree.Get("$schema"); v != nil && v.Kind == jsontree.String && s.overridden(f) == "" && knownDialect(v.Text) == nil {
		address, _, _ = strings.Cut(v.Text, "#")
	}
	text := s.portable(f)
	tree, errs := jsontree.Parse(text, contractLimits)
	if errs != nil {
		s.diags.Errorf(f.root.position(), "refused", "the contract with its patterns translated does not parse: %v", errs[0])
		return false
	}
	err := guard(func() error {
		c, err := s.compiler()
		if err != nil {
			return err
		}
		meta, err := c.Compile(address)
		if err != nil {
			return err
		}
		return meta.Validate(tree.Value())
	})
	if err == nil {
		return true
	}
	var ve *santhosh.ValidationError
	if !errors.As(err, &ve) {
		s.diags.Errorf(f.root.position(), "refused", "the contract cannot be held against its meta-schema: %v", err)
		return false
	}
	s.violations(f, ve)
	return false
}

// violation is one thing that a meta-schema has against a file.
type violation struct {
	tokens   []string
	messages []string
}

// violations reports what a meta-schema has against a file. Of the branches of
// an anyOf, those that got furthest into the text say what is meant.
func (s *Set) violations(f *file, ve *santhosh.ValidationError) {
	var found []*violation
	byPath := map[string]*violation{}
	var walk func(e *santhosh.ValidationError)
	walk = func(e *santhosh.ValidationError) {
		for _, c := range e.Causes {
			walk(c)
		}
		if len(e.Causes) > 0 {
			return
		}
		v := byPath[e.InstanceLocation]
		if v == nil {
			v = &violation{tokens: unescaped(jsontree.Tokens(e.InstanceLocation))}
			byPath[e.InstanceLocation] = v
			found = append(found, v)
		}
		if !slices.Contains(v.messages, e.Message) {
			v.messages = append(v.messages, e.Message)
		}
	}
	walk(ve)
	for _, v := range found {
		deeper := slices.ContainsFunc(found, func(w *violation) bool {
			return len(w.tokens) > len(v.tokens) && slices.Equal(w.tokens[:len(v.tokens)], v.tokens)
		})
		if !deeper {
			s.violation(f, v)
		}
	}
}

func (s *Set) violation(f *file, v *violation) {
	node, path, keyword := f.tree, "", ""
	start := node.Start
	for _, t := range v.tokens {
		name := t
		child := node.Child(t)
		if child == nil { // a pattern that was translated
			for i := range node.Members {
				if s.translated[node.Members[i].Name] == t {
					name, child = node.Members[i].Name, node.Members[i].Value
				}
			}
		}
		if child == nil {
			break
		}
		if f.schemas[path] != nil {
			keyword = name
		}
		node, start, path = child, child.Start, path+"/"+jsontree.Escape(name)
	}
	slices.Sort(v.messages) // v5 walks maps
	what := strings.Join(v.messages, "; or ")
	if keyword != "" {
		what = keyword + ": " + what
	}
	d := s.diags.Errorf(f.Position(start, path), "meta-schema", "%s does not allow this: %s", f.dialect.draft, what)
	switch {
	case keyword == "type" && node.Kind == jsontree.String:
		if near := nearest(node.Text, typeNames); near != "" {
			d.WithHint("did you mean %q?", near)
		} else {
			d.WithHint("the types are %s", strings.Join(typeNames, ", "))
		}
	case keyword == "required" && node.Kind == jsontree.Bool:
		d.WithHint("list the names of the required members in the object that holds them, as in \"required\": [\"id\"]")
	case (keyword == "exclusiveMinimum" || keyword == "exclusiveMaximum") && node.Kind == jsontree.Bool:
		d.WithHint("since draft-06 the bound itself stands here; true and false belong to draft-04")
	case keyword == "items" && node.Kind == jsontree.Array:
		d.WithHint("since 2020-12 the list of schemas stands in prefixItems")
	}
}

// typeNames are the types of JSON Schema.
var typeNames = []string{"array", "boolean", "integer", "null", "number", "object", "string"}
