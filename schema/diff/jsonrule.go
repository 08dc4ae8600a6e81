package diff

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/model"
)

// operand compares the operands of a keyword that asks more the more its
// operand asks, or less when opposite says so. An absent operand is a view
// without parts.
func (w *jsonWalker) operand(o, n, ov, nv view, path, keyword, of string, opposite bool) {
	var v verdict
	message := "the rule " + keyword + of + " changed"
	switch {
	case len(ov.parts) == 0 && len(nv.parts) == 0:
		return
	case len(ov.parts) == 0:
		v, message = verdict{stricter: true}, "the rule "+keyword+of+" is new"
	case len(nv.parts) == 0:
		v, message = verdict{looser: true}, "the rule "+keyword+of+" is gone"
	default:
		changes := w.quiet(ov, nv)
		if len(changes) == 0 {
			return
		}
		if v = weigh(changes); v.none() {
			v = both
		}
		if opposite {
			v = v.flipped()
		}
	}
	w.emit(Change{Path: path, Kind: Rule, Subject: keyword + of, Message: message},
		o.keyword(keyword), n.keyword(keyword), v.classes()...)
}

// arrays compares what is said of arrays.
func (w *jsonWalker) arrays(o, n view, path string) {
	w.bounds(o, n, path, constraint.Lists, constraint.Lists)
	longest := 0
	for _, p := range slices.Concat(o.parts, n.parts) {
		longest = max(longest, len(p.PrefixItems))
	}
	for i := range longest {
		w.later(w.old.item(o, i), w.new.item(n, i), below(path, strconv.Itoa(i)))
	}
	items := path
	if longest > 0 {
		items = below(path, "*")
	}
	w.later(w.old.item(o, longest), w.new.item(n, longest), items)
	get := func(p *model.Schema) model.SchemaID { return p.UnevaluatedItems }
	w.operand(o, n, w.old.operands(o, get), w.new.operands(n, get), path, "unevaluatedItems", "", false)
	w.contains(o, n, path)
}

// item returns the view of the item at an index.
func (s side) item(v view, i int) view {
	var ids []model.SchemaID
	for _, p := range v.parts {
		switch {
		case i < len(p.PrefixItems):
			ids = append(ids, p.PrefixItems[i])
		case p.Items != 0:
			ids = append(ids, p.Items)
		}
	}
	item := s.view(ids...)
	if item.at.File == "" {
		item.at = v.at
	}
	return item
}

// contains compares contains and its counts, part by part.
func (w *jsonWalker) contains(o, n view, path string) {
	list := func(v view) []*model.Schema {
		var out []*model.Schema
		for _, p := range v.parts {
			if p.Contains != 0 {
				out = append(out, p)
			}
		}
		return out
	}
	before, after := list(o), list(n)
	for i := range max(len(before), len(after)) {
		c := Change{Path: path, Kind: Rule, Subject: fmt.Sprintf("contains %d", i)}
		oldAt, newAt := o.keyword("contains"), n.keyword("contains")
		switch {
		case i >= len(before):
			c.Message = "the rule contains is new"
			w.emit(c, oldAt, newAt, Stricter)
			continue
		case i >= len(after):
			c.Message = "the rule contains is gone"
			w.emit(c, oldAt, newAt, Looser)
			continue
		}
		b, a := before[i], after[i]
		var v verdict
		if changes := w.quiet(w.old.view(b.Contains), w.new.view(a.Contains)); len(changes) > 0 {
			if v = weigh(changes); v.none() || b.MaxContains != nil || a.MaxContains != nil {
				v = both
			}
		}
		least := func(p *model.Schema) int {
			if p.MinContains != nil {
				return *p.MinContains
			}
			return 1
		}
		v = v.or(verdict{stricter: least(a) > least(b), looser: least(a) < least(b)})
		switch {
		case b.MaxContains == nil && a.MaxContains != nil:
			v.stricter = true
		case b.MaxContains != nil && a.MaxContains == nil:
			v.looser = true
		case b.MaxContains != nil && a.MaxContains != nil:
			v = v.or(verdict{*a.MaxContains < *b.MaxContains, *a.MaxContains > *b.MaxContains})
		}
		if !v.none() {
			c.Message = "the rule contains changed"
			w.emit(c, oldAt, newAt, v.classes()...)
		}
	}
}

// rules compares the keywords that apply schemas to the value itself.
func (w *jsonWalker) rules(o, n view, path string) {
	w.groups(o, n, path)
	w.negations(o, n, path)
	w.conditions(o, n, path)
	names := func(v view) []string {
		var out []string
		for _, p := range v.parts {
			if p.DynamicRef != "" {
				out = append(out, p.DynamicRef)
			}
		}
		slices.Sort(out)
		return out
	}
	if !slices.Equal(names(o), names(n)) {
		w.emit(Change{Path: path, Kind: Rule, Subject: "$dynamicRef", Message: "the rule $dynamicRef changed"},
			o.keyword("$dynamicRef", "$recursiveRef"), n.keyword("$dynamicRef", "$recursiveRef"), Stricter, Looser)
	}
	get := func(p *model.Schema) model.SchemaID { return p.ContentSchema }
	if ov, nv := w.old.operands(o, get), w.new.operands(n, get); len(w.quiet(ov, nv)) > 0 {
		w.emit(Change{Path: path, Kind: Prose, Subject: "contentSchema", Message: "contentSchema changed"},
			o.keyword("contentSchema"), n.keyword("contentSchema"), Docs)
	}
}

// negations compares the operands of not.
func (w *jsonWalker) negations(o, n view, path string) {
	list := func(s side, v view) []view {
		var out []view
		for _, p := range v.parts {
			if p.Not != 0 {
				out = append(out, s.view(p.Not))
			}
		}
		return out
	}
	before, after := w.unequal(list(w.old, o), list(w.new, n))
	for i := range max(len(before), len(after)) {
		c := Change{Path: path, Kind: Rule, Subject: fmt.Sprintf("not %d", i)}
		switch {
		case i >= len(before):
			c.Message = "the rule not is new"
			w.emit(c, o.at, after[i].at, Stricter)
		case i >= len(after):
			c.Message = "the rule not is gone"
			w.emit(c, before[i].at, n.at, Looser)
		default:
			v := weigh(w.quiet(before[i], after[i])).flipped()
			if v.none() {
				v = both
			}
			c.Message = "the rule not changed"
			w.emit(c, before[i].at, after[i].at, v.classes()...)
		}
	}
}

// unequal returns the views of both lists that have no equal in the other.
func (w *jsonWalker) unequal(before, after []view) (b, a []view) {
	a = slices.Clone(after)
	for _, o := range before {
		i := slices.IndexFunc(a, func(n view) bool { return len(w.quiet(o, n)) == 0 })
		if i < 0 {
			b = append(b, o)
			continue
		}
		a = slices.Delete(a, i, i+1)
	}
	return b, a
}

// conditions compares if, then and else.
func (w *jsonWalker) conditions(o, n view, path string) {
	list := func(v view) []*model.Schema {
		var out []*model.Schema
		for _, p := range v.parts {
			if p.If != 0 && (p.Then != 0 || p.Else != 0) {
				out = append(out, p)
			}
		}
		return out
	}
	before, after := list(o), list(n)
	for i := range max(len(before), len(after)) {
		c := Change{Path: path, Kind: Rule, Subject: fmt.Sprintf("if %d", i)}
		switch {
		case i >= len(before):
			c.Message = "the rule if is new"
			w.emit(c, o.at, after[i].Keywords["if"], Stricter)
			continue
		case i >= len(after):
			c.Message = "the rule if is gone"
			w.emit(c, before[i].Keywords["if"], n.at, Looser)
			continue
		}
		b, a := before[i], after[i]
		then := w.quiet(w.old.view(b.Then), w.new.view(a.Then))
		otherwise := w.quiet(w.old.view(b.Else), w.new.view(a.Else))
		v := weigh(then).or(weigh(otherwise))
		if len(then)+len(otherwise) > 0 && v.none() || len(w.quiet(w.old.view(b.If), w.new.view(a.If))) > 0 {
			v = both
		}
		if !v.none() {
			c.Message = "the rule if, then, else changed"
			w.emit(c, b.Keywords["if"], a.Keywords["if"], v.classes()...)
		}
	}
}

// anchors compares the anchors that dynamic references look for.
func (w *jsonWalker) anchors(o, n view) {
	list := func(c *model.JSONContract) (out []string, used bool) {
		for i := range c.Schemas {
			s := &c.Schemas[i]
			used = used || s.DynamicRef != ""
			if s.DynamicAnchor != "" {
				out = append(out, s.DynamicAnchor+" "+s.At.Path)
			}
		}
		return out, used
	}
	before, used := list(w.old.c)
	after, still := list(w.new.c)
	slices.Sort(before)
	slices.Sort(after)
	if (used || still) && !slices.Equal(before, after) {
		w.emit(Change{Path: "/", Kind: Rule, Subject: "$dynamicAnchor", Message: "the anchors of dynamic references changed"},
			o.at, n.at, Stricter, Looser)
	}
}
