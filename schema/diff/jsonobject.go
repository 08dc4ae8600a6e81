package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
)

// member is what a view says of one member of an object.
type member struct {
	name     string
	schemas  []model.SchemaID
	required bool
	at       model.Position // of the word in required
}

// members returns the members that a view declares or requires, in the order
// of the text.
func (v view) members() []*member {
	var out []*member
	get := func(name string) *member {
		for _, m := range out {
			if m.name == name {
				return m
			}
		}
		m := &member{name: name}
		out = append(out, m)
		return m
	}
	for _, p := range v.parts {
		for _, s := range p.Properties {
			m := get(s.Name)
			m.schemas = append(m.schemas, s.Schema)
		}
	}
	for _, p := range v.parts {
		for _, r := range p.Required {
			m := get(r)
			m.required, m.at = true, p.Keywords["required"]
		}
	}
	return out
}

func find(list []*member, name string) *member {
	for _, m := range list {
		if m.name == name {
			return m
		}
	}
	return &member{name: name}
}

// undeclared returns what members may be that no property and no pattern names.
func (s side) undeclared(v view) view {
	var ids []model.SchemaID
	for _, p := range v.parts {
		for _, id := range []model.SchemaID{p.AdditionalProperties, p.UnevaluatedProperties} {
			if id != 0 {
				ids = append(ids, id)
			}
		}
	}
	u := s.view(ids...)
	u.at = v.keyword("additionalProperties", "unevaluatedProperties")
	return u
}

// otherwise returns what a member may be that a view does not declare: what the
// patterns say that match its name, or else what holds for undeclared members.
func (s side) otherwise(v view, name string) view {
	var ids []model.SchemaID
	for _, p := range v.parts {
		for _, pattern := range p.PatternProperties {
			re2, err := jsonschema.RuntimePattern(pattern.Name)
			if err != nil {
				continue
			}
			if re, err := constraint.NewMatcher(re2); err == nil && re.Match(name) {
				ids = append(ids, pattern.Schema)
			}
		}
	}
	if len(ids) > 0 {
		return s.view(ids...)
	}
	return s.undeclared(v)
}

// objects compares what is said of objects.
func (w *jsonWalker) objects(o, n view, path string) {
	w.bounds(o, n, path, constraint.Objects, constraint.Objects)
	om, nm := o.members(), n.members()
	for _, m := range om {
		w.member(o, n, m, find(nm, m.name), below(path, m.name))
	}
	for _, m := range nm {
		if !slices.ContainsFunc(om, func(x *member) bool { return x.name == m.name }) {
			w.member(o, n, &member{name: m.name}, m, below(path, m.name))
		}
	}
	w.patternMembers(o, n, path)
	w.open(o, n, path)
	w.dependencies(o, n, path)
}

// member compares one member of two objects.
func (w *jsonWalker) member(o, n view, om, nm *member, path string) {
	ov, nv := w.old.view(om.schemas...), w.new.view(nm.schemas...)
	emit := func(kind Kind, message string, classes ...Class) {
		oldAt, newAt := or(ov.at, o.at), or(nv.at, n.at)
		if kind == Occurs {
			oldAt, newAt = or(om.at, oldAt), or(nm.at, newAt)
		}
		w.emit(Change{Path: path, Kind: kind, Message: message}, oldAt, newAt, classes...)
	}
	required := func() {
		switch {
		case om.required && !nm.required:
			emit(Occurs, "is optional now", Looser)
		case !om.required && nm.required:
			emit(Occurs, "is required now", Stricter)
		}
	}
	switch {
	case len(om.schemas) > 0 && len(nm.schemas) > 0:
		required()
		w.later(ov, nv, path)
	case len(nm.schemas) > 0 && nv.mask == 0:
		emit(Open, "is forbidden now", Stricter)
	case len(nm.schemas) > 0:
		classes := []Class{Additive}
		if nm.required && !om.required {
			classes = append(classes, Stricter)
		}
		emit(Added, news(nm.required), classes...)
		if before := w.old.otherwise(o, nm.name); before.mask != 0 && len(before.parts) > 0 {
			w.later(before, nv, path)
		}
	case len(om.schemas) > 0 && ov.mask == 0:
		emit(Open, "is no longer forbidden", Looser)
	case len(om.schemas) > 0:
		classes := []Class{JSONBreak}
		after := w.new.otherwise(n, om.name)
		if after.mask == 0 || nm.required && !om.required {
			classes = append(classes, Stricter)
		}
		if om.required && !nm.required {
			classes = append(classes, Looser)
		}
		emit(Removed, "is gone", classes...)
		if after.mask != 0 && len(after.parts) > 0 {
			w.later(ov, after, path)
		}
	default:
		required()
	}
}

// news says that a member is new.
func news(required bool) string {
	if required {
		return "is new, and required"
	}
	return "is new"
}

// patternMembers compares what is said of members by patterns of their names.
func (w *jsonWalker) patternMembers(o, n view, path string) {
	list := func(v view) []*member {
		var out []*member
		for _, p := range v.parts {
			for _, s := range p.PatternProperties {
				m := find(out, s.Name)
				if len(m.schemas) == 0 {
					out = append(out, m)
				}
				m.schemas = append(m.schemas, s.Schema)
			}
		}
		return out
	}
	om, nm := list(o), list(n)
	at := func(name string) string { return below(path, "{"+name+"}") }
	for _, m := range om {
		if to := find(nm, m.name); len(to.schemas) > 0 {
			w.later(w.old.view(m.schemas...), w.new.view(to.schemas...), at(m.name))
			continue
		}
		classes := []Class{Looser}
		if w.new.undeclared(n).mask == 0 {
			classes = []Class{JSONBreak, Stricter}
		}
		w.emit(Change{Path: at(m.name), Kind: Removed, Message: "members of such names are not declared any more"},
			w.old.view(m.schemas...).at, n.at, classes...)
	}
	for _, m := range nm {
		if len(find(om, m.name).schemas) > 0 {
			continue
		}
		classes := []Class{Stricter}
		if w.old.undeclared(o).mask == 0 {
			classes = []Class{Additive, Looser}
		}
		w.emit(Change{Path: at(m.name), Kind: Added, Message: "members of such names are declared now"},
			o.at, w.new.view(m.schemas...).at, classes...)
	}
}

// open compares what is said of members that no property names.
func (w *jsonWalker) open(o, n view, path string) {
	ou, nu := w.old.undeclared(o), w.new.undeclared(n)
	c := Change{Path: path, Kind: Open}
	switch {
	case ou.mask != 0 && nu.mask == 0:
		c.Message = "undeclared members are forbidden now"
		w.emit(c, ou.at, nu.at, Stricter)
	case ou.mask == 0 && nu.mask != 0:
		c.Message = "undeclared members are allowed now"
		w.emit(c, ou.at, nu.at, Looser)
	case len(ou.parts)+len(nu.parts) > 0 && ou.mask != 0:
		w.later(ou, nu, below(path, "*"))
	}
	// Which members are undeclared is for each schema to say, where several
	// hold together and one of them speaks of the others' members.
	before, after := scopes(o), scopes(n)
	if len(before) > 0 && len(after) > 0 && !slices.Equal(before, after) {
		c.Subject, c.Message = "scope", "the schemas that hold together know other members as undeclared"
		w.emit(c, ou.at, nu.at, Stricter, Looser)
	}
}

// scopes lists, for every part of a view that speaks of its undeclared members
// beside another part with properties, what it declares.
func scopes(v view) []string {
	var out []string
	declare := 0
	for _, p := range v.parts {
		if len(p.Properties)+len(p.PatternProperties) > 0 {
			declare++
		}
		if p.AdditionalProperties == 0 {
			continue
		}
		var names []string
		for _, s := range slices.Concat(p.Properties, p.PatternProperties) {
			names = append(names, fmt.Sprintf("%q", s.Name))
		}
		slices.Sort(names)
		out = append(out, strings.Join(names, " "))
	}
	if declare < 2 {
		return nil
	}
	slices.Sort(out)
	return out
}

// dependencies compares dependentRequired and dependentSchemas.
func (w *jsonWalker) dependencies(o, n view, path string) {
	oldAt, newAt := o.keyword("dependentRequired", "dependencies"), n.keyword("dependentRequired", "dependencies")
	list := func(v view) [][2]string {
		var out [][2]string
		for _, p := range v.parts {
			for _, d := range p.DependentRequired {
				for _, r := range d.Required {
					if pair := [2]string{d.Name, r}; !slices.Contains(out, pair) {
						out = append(out, pair)
					}
				}
			}
		}
		return out
	}
	before, after := list(o), list(n)
	for _, d := range before {
		if !slices.Contains(after, d) {
			w.emit(Change{Path: below(path, d[1]), Kind: Rule, Subject: "dependentRequired " + d[0],
				Message: "is no longer required beside " + d[0]}, oldAt, newAt, Looser)
		}
	}
	for _, d := range after {
		if !slices.Contains(before, d) {
			w.emit(Change{Path: below(path, d[1]), Kind: Rule, Subject: "dependentRequired " + d[0],
				Message: "is required beside " + d[0] + " now"}, oldAt, newAt, Stricter)
		}
	}
	schemas := func(v view) []*member {
		var out []*member
		for _, p := range v.parts {
			for _, s := range p.DependentSchemas {
				m := find(out, s.Name)
				if len(m.schemas) == 0 {
					out = append(out, m)
				}
				m.schemas = append(m.schemas, s.Schema)
			}
		}
		return out
	}
	ds, dn := schemas(o), schemas(n)
	for _, m := range slices.Concat(ds, dn) {
		ov, nv := w.old.view(find(ds, m.name).schemas...), w.new.view(find(dn, m.name).schemas...)
		w.operand(o, n, ov, nv, path, "dependentSchemas", " of "+m.name, false)
	}
	w.operand(o, n, w.old.operands(o, func(p *model.Schema) model.SchemaID { return p.PropertyNames }),
		w.new.operands(n, func(p *model.Schema) model.SchemaID { return p.PropertyNames }), path, "propertyNames", "", false)
}

// operands returns the conjunction of one keyword's operands.
func (s side) operands(v view, get func(*model.Schema) model.SchemaID) view {
	var ids []model.SchemaID
	for _, p := range v.parts {
		if id := get(p); id != 0 {
			ids = append(ids, id)
		}
	}
	return s.view(ids...)
}
