package diff

import (
	"fmt"
	"slices"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
)

// jsonWalker compares the graphs of two JSON Schemas.
type jsonWalker struct {
	recorder
	old, new side
	// visited are the pairs of views that are compared already, or are being
	// compared: what is found out about them is found out once.
	visited map[string]bool
	// weighed remembers what [jsonWalker.quiet] found.
	weighed map[string][]Change
	assumed map[string]bool // to be equal, while a question is open
	steps
}

func compareJSON(old, new *model.JSONContract) []Change {
	w := &jsonWalker{recorder: recorder{form: model.JSON}, old: side{old}, new: side{new},
		visited: map[string]bool{}, weighed: map[string][]Change{}}
	ov, nv := w.old.view(old.Root), w.new.view(new.Root)
	if old.Draft != new.Draft {
		w.emit(Change{Path: "/", Kind: Prose, Subject: "$schema",
			Message: fmt.Sprintf("the dialect was %s, is %s", old.Draft, new.Draft)}, ov.at, nv.at, Docs)
	}
	w.anchors(ov, nv)
	w.run(ov, nv, "/")
	return w.changes
}

// run compares two views and everything below them.
func (w *jsonWalker) run(o, n view, path string) {
	w.compare(o, n, path, false)
	w.steps.run()
}

// later compares two views when everything nearer to the root is.
func (w *jsonWalker) later(o, n view, path string) {
	w.steps.later(path, func() { w.compare(o, n, path, false) })
}

// quiet compares two views without reporting: it is how an operand of not, if
// or oneOf is weighed, and how branches are told apart. Within one question,
// pairs that are being compared are taken for equal, as references may be
// circular; when the answer is that nothing differs, that was right.
func (w *jsonWalker) quiet(o, n view) []Change {
	key := o.key() + "|" + n.key()
	if found, ok := w.weighed[key]; ok {
		return found
	}
	outermost := w.assumed == nil
	if outermost {
		w.assumed = map[string]bool{}
	}
	if w.assumed[key] {
		return nil
	}
	w.assumed[key] = true
	q := &jsonWalker{recorder: recorder{form: model.JSON}, old: w.old, new: w.new,
		visited: map[string]bool{}, weighed: w.weighed, assumed: w.assumed}
	q.run(o, n, "/")
	found := slices.DeleteFunc(q.changes, func(c Change) bool { return c.Kind == Prose })
	if len(found) > 0 {
		w.weighed[key] = found
	}
	if outermost {
		if len(found) == 0 {
			for k := range w.assumed {
				if _, ok := w.weighed[k]; !ok {
					w.weighed[k] = nil
				}
			}
		}
		w.assumed = nil
	}
	return found
}

// compare compares what may stand at a path. branch says that the views are
// alternatives of a place whose kinds of value are compared already.
func (w *jsonWalker) compare(o, n view, path string, branch bool) {
	key := o.key() + "|" + n.key()
	if branch && o.mask != n.mask {
		key += "|branch" // which says less about them
	}
	if w.visited[key] {
		return
	}
	w.visited[key] = true
	if w.lists(o, n, path, branch) || w.distribute(o, n, path) {
		return
	}
	if !w.kinds(o, n, path, branch) {
		return
	}
	common := o.mask & n.mask
	w.values(o, n, path)
	w.numbers(o, n, path)
	if common&kindString != 0 {
		w.texts(o, n, path)
	}
	if common&kindArray != 0 {
		w.arrays(o, n, path)
	}
	if common&kindObject != 0 {
		w.objects(o, n, path)
	}
	w.rules(o, n, path)
}

// kinds compares the kinds of value. It returns false when there is none left
// to look closer at.
func (w *jsonWalker) kinds(o, n view, path string, branch bool) bool {
	lost, gained := o.mask&^n.mask, n.mask&^o.mask
	if lost|gained != 0 {
		c := Change{Path: path, Kind: Type, Message: fmt.Sprintf("was %s, is %s", o.mask, n.mask)}
		classes := verdict{lost != 0, gained != 0}.classes()
		if !branch && o.meant().spelled()&^n.mask.spelled() != 0 {
			classes = append(classes, JSONBreak)
		}
		w.emit(c, o.keyword("type", "enum", "const"), n.keyword("type", "enum", "const"), classes...)
	}
	return o.mask&n.mask != 0
}

// lists compares places of which one may hold a list: it tells whether it has
// compared all there is. [T, array of T] in anyOf is one place that holds a
// value or a list.
func (w *jsonWalker) lists(o, n view, path string, branch bool) bool {
	of, nf := w.old.shape(o), w.new.shape(n)
	if of.name == nf.name && of.name != shapeEither || of.name == shapeAny || nf.name == shapeAny {
		return false
	}
	var message string
	var classes []Class
	switch {
	case of.name == shapeOne && nf.name == shapeEither:
		message, classes = "may be a list now", []Class{Looser}
	case of.name == shapeEither && nf.name == shapeOne:
		message, classes = "is no list any more", []Class{JSONBreak, Stricter}
	case of.name == shapeOne && nf.name == shapeList:
		message, classes = "is a list now", []Class{JSONBreak, Stricter, Looser}
	case of.name == shapeList && nf.name == shapeOne:
		message, classes = "is no list any more", []Class{JSONBreak, Stricter, Looser}
	case of.name == shapeEither && nf.name == shapeList:
		message, classes = "is a list always", []Class{JSONBreak, Stricter}
	case of.name == shapeList && nf.name == shapeEither:
		message, classes = "need not be a list any more", []Class{Looser}
	}
	if message != "" {
		if branch {
			classes = slices.DeleteFunc(classes, func(c Class) bool { return c == JSONBreak })
		}
		w.emit(Change{Path: path, Kind: Occurs, Message: message}, o.at, n.at, classes...)
	}
	// Items are compared with items. A single value that may stand beside a
	// list is compared with another one, if there is one.
	if of.name == shapeOne || nf.name == shapeOne || of.name == nf.name {
		w.compare(of.item, nf.item, path, branch)
	}
	if of.name != shapeOne && nf.name != shapeOne {
		w.compare(of.list, nf.list, path, branch)
	}
	return true
}

// shapeName is whether a place holds one value, a list, or either.
type shapeName int

const (
	shapeAny shapeName = iota
	shapeOne
	shapeList
	shapeEither
)

// shape is the shape of a place, with the view of one item and of the list.
type shape struct {
	name       shapeName
	item, list view
}

func (s side) shape(v view) shape {
	const others = kindAny &^ kindArray &^ kindNull
	switch {
	case v.mask&kindArray == 0:
		return shape{name: shapeOne, item: v}
	case v.mask&others == 0:
		return shape{name: shapeList, item: s.items(v), list: v}
	case v.mask&others == others:
		return shape{name: shapeAny}
	}
	for _, p := range v.parts {
		for _, group := range [][]model.SchemaID{p.AnyOf, p.OneOf} {
			if len(group) != 2 {
				continue
			}
			item, list := s.view(group[0]), s.view(group[1])
			if item.mask&kindArray != 0 {
				item, list = list, item
			}
			if item.mask&kindArray != 0 || list.mask&^kindArray != 0 {
				continue
			}
			return shape{name: shapeEither, item: s.instead(v, p, item), list: s.instead(v, p, list)}
		}
	}
	return shape{name: shapeEither, item: v.only(^kindArray), list: v.only(kindArray)}
}

// instead returns v with one of the two branches of a part in the place of the
// choice between them.
func (s side) instead(v view, p *model.Schema, branch view) view {
	rest := *p
	rest.AnyOf, rest.OneOf = nil, nil
	out := view{at: branch.at}
	for _, q := range v.parts {
		if q != p {
			out.parts = append(out.parts, q)
		} else if asserts(&rest) {
			// It keeps its number: with another mask, the view has another key.
			out.parts = append(out.parts, &rest)
		}
	}
	for _, q := range branch.parts {
		if !slices.Contains(out.parts, q) {
			out.parts = append(out.parts, q)
		}
	}
	out.mask = v.mask & branch.mask
	return out
}

// items returns the view of the items of a list that has one kind of them.
func (s side) items(v view) view {
	var ids []model.SchemaID
	for _, p := range v.parts {
		if p.Items != 0 {
			ids = append(ids, p.Items)
		}
	}
	item := s.view(ids...)
	if item.at.File == "" {
		item.at = v.at
	}
	return item
}

// values compares the values that are listed.
func (w *jsonWalker) values(o, n view, path string) {
	ov, nv := o.values(), n.values()
	ok, nk := o.keyword("enum", "const"), n.keyword("enum", "const")
	switch {
	case ov == nil && nv == nil:
		return
	case ov == nil:
		w.emit(Change{Path: path, Kind: Value, Message: "is one of a list of values now"}, o.at, nk, Stricter)
		return
	case nv == nil:
		w.emit(Change{Path: path, Kind: Value, Message: "is no longer one of a list of values"}, ok, n.at, Looser)
		return
	}
	has := func(list []value, text string) bool {
		return slices.ContainsFunc(list, func(v value) bool { return v.text == text })
	}
	for _, v := range ov {
		if !has(nv, v.text) {
			w.emit(Change{Path: path, Kind: Value, Subject: subject(v.text), Message: "the value " + v.text + " is gone"}, v.at, nk, Stricter)
		}
	}
	for _, v := range nv {
		if !has(ov, v.text) {
			w.emit(Change{Path: path, Kind: Value, Subject: subject(v.text), Message: "the value " + v.text + " is new"}, ok, v.at, Additive, Looser)
		}
	}
}

// subject is a JSON value as the XSD of a pair spells it.
func subject(text string) string {
	if len(text) >= 2 && text[0] == '"' {
		return text[1 : len(text)-1]
	}
	return text
}

// constraints returns the constraints of a view.
func (v view) constraints() []model.Constraint {
	var out []model.Constraint
	for _, p := range v.parts {
		add := func(kind model.ConstraintKind, value *string) {
			if value != nil {
				out = append(out, model.Constraint{Kind: kind, Value: *value, Form: model.JSON, At: p.Keywords[string(kind)]})
			}
		}
		count := func(kind model.ConstraintKind, n *int) {
			if n != nil {
				text := fmt.Sprint(*n)
				add(kind, &text)
			}
		}
		add(model.Minimum, p.Minimum)
		add(model.ExclusiveMinimum, p.ExclusiveMinimum)
		add(model.Maximum, p.Maximum)
		add(model.ExclusiveMaximum, p.ExclusiveMaximum)
		add(model.MultipleOf, p.MultipleOf)
		count(model.MinLength, p.MinLength)
		count(model.MaxLength, p.MaxLength)
		count(model.MinItems, p.MinItems)
		count(model.MaxItems, p.MaxItems)
		if p.UniqueItems {
			add(model.UniqueItems, new(string))
		}
		count(model.MinProperties, p.MinProperties)
		count(model.MaxProperties, p.MaxProperties)
	}
	return out
}

func (w *jsonWalker) bounds(o, n view, path string, od, nd constraint.Domain) {
	for _, d := range bounds(o.constraints(), n.constraints(), od, nd) {
		w.delta(d, Bounds, o, n, path)
	}
}

func (w *jsonWalker) delta(d delta, kind Kind, o, n view, path string) {
	if d.old.File == "" {
		d.old = o.at
	}
	if d.new.File == "" {
		d.new = n.at
	}
	w.emit(Change{Path: path, Kind: kind, Subject: d.subject, Message: d.message}, d.old, d.new, d.classes()...)
}

func (w *jsonWalker) numbers(o, n view, path string) {
	if o.mask&n.mask&kindNumber == 0 {
		return
	}
	domain := func(v view) constraint.Domain {
		if v.mask&kindFraction == 0 {
			return constraint.Integers
		}
		return constraint.Numbers
	}
	w.bounds(o, n, path, domain(o), domain(n))
}

func (w *jsonWalker) texts(o, n view, path string) {
	w.bounds(o, n, path, constraint.Texts, constraint.Texts)
	if d := patterns(o.patterns(), n.patterns()); d != nil {
		w.delta(*d, Pattern, o, n, path)
	}
	// A format is opaque: two that differ are not weighed.
	text := func(v view, get func(*model.Schema) *string) string {
		all := ""
		for _, p := range v.parts {
			if s := get(p); s != nil && all != "" {
				all += " and " + *s
			} else if s != nil {
				all = *s
			}
		}
		return all
	}
	for _, k := range []struct {
		keyword string
		get     func(*model.Schema) *string
	}{
		{"format", func(p *model.Schema) *string { return p.Format }},
		{"contentEncoding", func(p *model.Schema) *string { return p.ContentEncoding }},
		{"contentMediaType", func(p *model.Schema) *string { return p.ContentMediaType }},
	} {
		before, after := text(o, k.get), text(n, k.get)
		oldRule, newRule := before, after
		if !w.old.asserted(k.keyword) {
			oldRule = ""
		}
		if !w.new.asserted(k.keyword) {
			newRule = ""
		}
		if before == after && oldRule == newRule {
			continue
		}
		var classes []Class
		if oldRule != newRule {
			classes = verdict{newRule != "", oldRule != ""}.classes()
		}
		if k.keyword == "contentEncoding" && before != after {
			classes = append(classes, JSONBreak) // the same octets, in other characters
		}
		if len(classes) == 0 {
			classes = []Class{Docs}
		}
		w.emit(Change{Path: path, Kind: Pattern, Subject: k.keyword, Message: was(k.keyword, before, after)},
			o.keyword(k.keyword), n.keyword(k.keyword), classes...)
	}
}

// asserted tells whether format or a keyword of contents is a rule, and not
// only an annotation.
func (s side) asserted(keyword string) bool {
	if keyword == "format" {
		return s.c.FormatAsserted
	}
	return s.c.ContentAsserted
}

// was says how a keyword changed.
func was(keyword, before, after string) string {
	switch {
	case before == "":
		return keyword + " " + after + " is new"
	case after == "":
		return keyword + " " + before + " is gone"
	case before == after:
		return keyword + " " + before + " is a rule of one of the two contracts alone"
	}
	return keyword + " was " + before + ", is " + after
}

// patterns returns the patterns of a view.
func (v view) patterns() []expression {
	var out []expression
	for _, p := range v.parts {
		if p.Pattern == nil {
			continue
		}
		re2, err := jsonschema.TranslatePattern(*p.Pattern)
		out = append(out, expression{re2: re2, source: *p.Pattern, opaque: err != nil, at: p.Keywords["pattern"]})
	}
	return out
}
