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

	"github.com/biform/biform/schema/constraint"
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

// compiler returns a compiler of v5 that loads nothing, and knows the drafts.
func (s *Set) compiler() *santhosh.Compiler {
	c := santhosh.NewCompiler()
	c.Draft = santhoshDrafts[s.root.dialect.draft]
	c.LoadURL = func(address string) (io.ReadCloser, error) {
		return nil, fmt.Errorf("%s: %w", address, errOutside)
	}
	return c
}

// addFiles makes the contract's files known to a compiler.
func (s *Set) addFiles(c *santhosh.Compiler) error {
	for _, f := range s.files {
		if f.builtin {
			continue
		}
		if err := c.AddResource(f.url, bytes.NewReader(s.portable(f, s.unasserted()...))); err != nil {
			return err
		}
	}
	return nil
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
	if s.loops(); s.diags.HasErrors() || s.slow() {
		return
	}
	// v5 does not find every address that a file gives a part of itself. Whether
	// references lead anywhere has been found out.
	if err := s.compile(); err != nil && !errors.Is(err, errOutside) {
		s.diags.Errorf(s.root.root.position(), "refused", "the contract does not compile: %s",
			strings.ReplaceAll(strings.TrimPrefix(err.Error(), "jsonschema: "), base, ""))
	}
}

// slow tells whether v5 would take too long: for every schema of 2020-12 it
// looks at all others for anchors, and of every draft it holds the contract
// against the meta-schema once more. What it would find out has been found out:
// the meta-schema, the references and the loops.
func (s *Set) slow() bool {
	schemas := 0
	for _, f := range s.files {
		schemas += len(f.order)
	}
	if s.root.dialect.generation() >= gen2020 {
		return schemas > 4000
	}
	return schemas > 20_000
}

// compile has v5 compile the contract.
func (s *Set) compile() error {
	err := guard(func() error {
		c := s.compiler()
		c.AssertFormat, c.AssertContent = s.asserts()
		err := s.addFiles(c)
		if err != nil {
			return err
		}
		s.compiled, err = c.Compile(s.root.url)
		return err
	})
	var se *santhosh.SchemaError
	if errors.As(err, &se) {
		return se.Err
	}
	return err
}

// Compiled returns the contract as v5 compiles it, with its patterns translated
// and with the assertions of [Options.FormatAssertion]. Do not hand it values with
// numbers that package jsontree refuses.
func (s *Set) Compiled() (*santhosh.Schema, error) {
	if s.compiled == nil {
		if err := s.compile(); err != nil {
			return nil, err
		}
	}
	return s.compiled, nil
}

// loops reports schemas that hold for a value only if they hold for the same
// value: engines would ask without an end. In what the contract does not use, a
// loop is only worth a warning. So is one of $ref and allOf alone: that a value
// must match what it must match asks nothing of it, and the reference is left
// out. The drafts leave open what such a loop means (2020-12, Core 9.4.1).
func (s *Set) loops() {
	const entered, left = 1, 2
	state := map[*schema]int{}
	var way []step // from the outermost schema; the last leads to sch
	var visit func(sch *schema)
	visit = func(sch *schema) {
		state[sch] = entered
		for _, e := range sch.inPlace() {
			switch {
			case e.to == nil || state[e.to] == left:
			case state[e.to] != entered:
				way = append(way, e)
				visit(e.to)
				way = way[:len(way)-1]
			case s.cutLoop(append(way, e)):
			default:
				s.circular = true
				report := s.diags.Warnf
				if s.used[e.to] {
					report = s.diags.Errorf
				}
				report(e.at, "circular-reference", "the schema refers to itself without an end").
					WithHint("a value would have to match the schema in order to match it; refer to it from a property or from items").
					WithRelated(e.to.position())
			}
		}
		state[sch] = left
	}
	for _, f := range s.files {
		for _, sch := range f.order {
			if state[sch] == 0 {
				visit(sch)
			}
		}
	}
}

// Lookaheads tells whether a pattern of the contract has one. Engines that hand
// patterns to package regexp, v5 among them, must not judge payloads by it.
func (s *Set) Lookaheads() bool {
	for _, re2 := range s.translated {
		if constraint.HasLookahead(re2) {
			return true
		}
	}
	return false
}

// cutLoop leaves out a reference of a loop that the last step closes, and tells
// whether that changes nothing.
func (s *Set) cutLoop(way []step) bool {
	last := way[len(way)-1]
	cut, says := -1, false
	for i := len(way) - 1; i >= 0; i-- {
		says = says || way[i].says()
		switch way[i].keyword {
		case "$ref":
			cut = max(cut, i)
		case "allOf":
		default:
			return false
		}
		if way[i].from == last.to {
			break
		}
	}
	if cut < 0 || !says {
		return false // what only refers to itself says nothing at all
	}
	e := way[cut]
	e.from.ref, e.from.voidRef = nil, true
	s.diags.Warnf(e.at, "circular-reference", "the schema refers to itself without an end; the reference has no effect").
		WithHint("leave it out, or refer to what is meant").WithRelated(e.to.position())
	return true
}

// Circular tells whether a definition that the contract does not use refers to
// itself without an end. gojsonschema must not see such a contract.
func (s *Set) Circular() bool { return s.circular }

// step is one schema that holds for the same value as another.
type step struct {
	from, to *schema
	keyword  string
	at       model.Position
}

// inPlace lists the schemas that hold for the same value as a schema does.
func (sch *schema) inPlace() []step {
	var list []step
	for _, m := range sch.node.Members {
		v := sch.get(m.Name)
		if v == nil {
			continue
		}
		switch m.Name {
		case "$ref":
			list = append(list, step{sch, sch.ref, m.Name, sch.keywordAt(m.Name)})
		case "$dynamicRef", "$recursiveRef":
			list = append(list, step{sch, sch.dynamicRef, m.Name, sch.keywordAt(m.Name)})
		case "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies":
			for _, sub := range sch.below(keywordTable[m.Name], v) {
				list = append(list, step{sch, sub, m.Name, sub.position()})
			}
		}
	}
	return list
}

// says tells whether the schema that a step comes from has a rule beside it.
func (e step) says() bool {
	for _, m := range e.from.node.Members {
		v := e.from.get(m.Name)
		if v == nil || m.Name == "$ref" {
			continue
		}
		if m.Name != e.keyword && keywordTable[m.Name].vocabulary != "meta-data" && keywordTable[m.Name].vocabulary != "core" || len(v.Items) > 1 {
			return true
		}
	}
	return false
}

// guard turns a panic of an engine into an error.
func guard(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the engine gave up: %v", r)
		}
	}()
	return f()
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
	address, own := f.dialect.url, false // own: it is a file of the contract
	if v := f.tree.Get("$schema"); v != nil && v.Kind == jsontree.String && s.overridden(f) == "" && knownDialect(v.Text) == nil {
		address, _, _ = strings.Cut(v.Text, "#")
		own = true
	}
	text := s.portable(f)
	tree, errs := jsontree.Parse(text, contractLimits)
	if errs != nil {
		s.diags.Errorf(f.root.position(), "refused", "the contract with its patterns translated does not parse: %v", errs[0])
		return false
	}
	err := guard(func() error {
		c := s.compiler()
		if own {
			if err := s.addFiles(c); err != nil {
				return err
			}
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
