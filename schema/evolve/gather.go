package evolve

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
)

// Most of what is taken over in one run. A payload whose names are data, such
// as identifiers, would otherwise fill the contracts.
const (
	maxNewMembers = 256  // of one record
	maxNewSize    = 2048 // of one new member, all the way down
)

// findings is what a round has found in the payloads.
type findings struct {
	doc   *model.Document
	byID  map[model.TypeID]*model.Type
	types map[*model.Type]*typeFindings
	order []*typeFindings
	names *convention
	other diag.List // what cannot lead to a change
}

// typeFindings is what was found of the records of one type.
type typeFindings struct {
	typ     *model.Type
	records []*observe.Value
	unknown []*sighting
	fields  map[*model.Field]*fieldFindings
	order   []*fieldFindings
	byName  map[string]*sighting
}

// fieldFindings is what was found of a declared field that needs a change.
type fieldFindings struct {
	owner *typeFindings
	field *model.Field
	typ   *model.Type
	first where
	said  string // what was wrong first

	repeated, bare, missing bool
	wrong, spelled          bool
	values                  []string // that the enumeration lacks
	at                      []where  // of the values
	shape                   *shape   // of all values, where the type is to change
}

// marked tells whether a declaration waits for a value; see unseen.
func marked(f *model.Field, t *model.Type) bool {
	return isMarker(f.Doc.Description) && t != nil
}

// gather looks through payloads for what the contracts do not say.
func gather(doc *model.Document, payloads []*observe.Payload, names *convention) *findings {
	f := &findings{doc: doc, byID: make(map[model.TypeID]*model.Type, len(doc.Types)), types: map[*model.Type]*typeFindings{}, names: names}
	for i := range doc.Types {
		f.byID[doc.Types[i].ID] = &doc.Types[i]
	}
	for _, p := range payloads {
		for i := range p.Issues {
			f.issue(p, &p.Issues[i])
		}
	}
	for _, p := range payloads {
		f.walk(p, p.Root)
	}
	f.settle()
	var all []*sighting
	for _, t := range f.order {
		all = append(all, t.unknown...)
		for _, one := range t.order {
			if one.shape != nil {
				all = append(all, &sighting{name: one.field.Name, shape: one.shape})
			}
		}
	}
	unite(all)
	return f
}

// of returns the findings of a type, making them on first sight.
func (f *findings) of(t *model.Type) *typeFindings {
	one := f.types[t]
	if one == nil {
		one = &typeFindings{typ: t, fields: map[*model.Field]*fieldFindings{}, byName: map[string]*sighting{}}
		f.types[t] = one
		f.order = append(f.order, one)
	}
	return one
}

// leave adds what cannot lead to a change.
func (f *findings) leave(w where, code, format string, args ...any) *diag.Diagnostic {
	return f.other.Warnf(w.position(), code, format, args...)
}

// issue files an issue under the type that it is about.
func (f *findings) issue(p *observe.Payload, i *observe.Issue) {
	w := where{p.Name, i.At}
	if i.Owner == nil || i.Owner.Type == nil || i.Owner.Type.Kind != model.KindRecord || i.Code != observe.Unknown && i.Field == nil {
		f.leave(w, string(i.Code), "%s, and no contract can be changed for it", i.Message).
			WithHint("change the contracts by hand, if it is meant")
		return
	}
	t := f.of(i.Owner.Type)
	if i.Code == observe.Unknown {
		f.unknown(p, t, i)
		return
	}
	one := t.fields[i.Field]
	if one == nil {
		one = &fieldFindings{owner: t, field: i.Field, typ: f.byID[i.Field.Type], first: w, said: i.Message}
		t.fields[i.Field] = one
		t.order = append(t.order, one)
	}
	switch i.Code {
	case observe.Repeated:
		one.repeated = true
	case observe.Bare:
		one.bare = true
	case observe.Missing:
		one.missing = true
	case observe.WrongType:
		one.wrong = true
	case observe.Spelling:
		one.spelled = true
	case observe.Enumeration:
		if i.Value.Type != one.typ {
			f.leave(w, string(i.Code), "%s, and no contract can be changed for it", i.Message)
		} else if !slices.Contains(one.values, i.Value.Text) {
			one.values, one.at = append(one.values, i.Value.Text), append(one.at, w)
		}
	}
}

// unknown files a member that nobody declared.
func (f *findings) unknown(p *observe.Payload, t *typeFindings, i *observe.Issue) {
	name := f.names.nameOf(p, i.Member)
	x := t.byName[name]
	if x == nil {
		x = &sighting{name: name, shape: newShape(), first: where{p.Name, i.At}}
		t.byName[x.name], t.unknown = x, append(t.unknown, x)
	}
	x.see(f.names, p, i.Member)
}

// walk gathers the records of types with findings, and all values of the fields
// whose type is to change.
func (f *findings) walk(p *observe.Payload, v *observe.Value) {
	if v == nil {
		return
	}
	if v.Kind == observe.Record && v.Type != nil && v.Type.Kind == model.KindRecord {
		if t := f.types[v.Type]; t != nil {
			t.records = append(t.records, v)
		}
		for _, m := range v.Members {
			f.member(p, v, m)
		}
	}
	for _, item := range v.Items {
		f.walk(p, item)
	}
	for _, m := range v.Members {
		for _, one := range m.Values {
			f.walk(p, one)
		}
	}
}

// member gathers the values of a declared member whose type is to change, or is
// waiting to be seen.
func (f *findings) member(p *observe.Payload, v *observe.Value, m *observe.Member) {
	if m.Field == nil {
		return
	}
	typ := f.byID[m.Field.Type]
	waiting := marked(m.Field, typ) && slices.ContainsFunc(m.Values, tells)
	t := f.types[v.Type]
	if waiting && t == nil {
		t = f.of(v.Type)
	}
	if t == nil {
		return
	}
	one := t.fields[m.Field]
	if one == nil && waiting {
		one = &fieldFindings{owner: t, field: m.Field, typ: typ, first: where{p.Name, m.At}}
		t.fields[m.Field] = one
		t.order = append(t.order, one)
	}
	if one == nil || !one.wrong && !one.spelled && !marked(m.Field, typ) {
		return
	}
	if one.shape == nil {
		one.shape = newShape()
	}
	one.shape.add(f.names, p, m)
}

// tells tells whether a value says more than nothing: white space does not.
func tells(v *observe.Value) bool {
	return v.Kind != observe.Nothing && (v.Kind != observe.Scalar || strings.TrimSpace(v.Text) != "")
}

// settle drops what is too much to be meant.
func (f *findings) settle() {
	for _, t := range f.order {
		if n := len(t.unknown); n > maxNewMembers {
			f.leave(t.unknown[0].first, "many", "%d new members in one record are no fixed names", n).
				WithHint("declare a map by hand: additionalProperties in the JSON Schema; at most %d new members are taken over", maxNewMembers)
			t.unknown = nil
		}
		t.unknown = slices.DeleteFunc(t.unknown, func(x *sighting) bool {
			if x.shape.size() <= maxNewSize {
				return false
			}
			f.leave(x.first, "many", "the new member %s holds more than %d members", visible(x.name), maxNewSize).
				WithHint("declare it by hand")
			return true
		})
	}
}
