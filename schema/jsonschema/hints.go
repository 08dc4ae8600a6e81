package jsonschema

import (
	"go/token"
	"slices"
	"strings"
	"time"

	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// This file reads what a contract says to biform alone: the member x-biform,
// and the members x-go-name and x-go-type, which other generators know.

// hintNames are the members of x-biform.
var hintNames = []string{"type", "layouts", "absent", "emptyIsAbsent", "goName", "goType", "since"}

// hints reads the hints of a schema, once: mistakes are reported once.
func (s *Set) hints(sch *schema) model.Hints {
	if h, ok := s.hintsOf[sch]; ok {
		return h
	}
	h := model.Hints{}
	if v := sch.node.Get("x-biform"); v != nil {
		h = s.readHints(sch, v)
	}
	for _, old := range []struct {
		name string
		into *string
	}{{"x-go-name", &h.GoName}, {"x-go-type", &h.GoType}} {
		v := sch.node.Get(old.name)
		switch {
		case v == nil:
		case v.Kind != jsontree.String:
			s.badHint(sch.valueAt(v, old.name), "%s is %s, not a string", old.name, v.Kind)
		case *old.into != "" && *old.into != v.Text:
			s.badHint(sch.valueAt(v, old.name), "%s says %q, and x-biform %q", old.name, v.Text, *old.into)
		default:
			*old.into = v.Text
		}
	}
	if h.GoName != "" && !(token.IsIdentifier(h.GoName) && token.IsExported(h.GoName)) {
		s.badHint(sch.position(), "the Go name %q is not an exported identifier", h.GoName)
		h.GoName = ""
	}
	s.hintsOf[sch] = h
	return h
}

func (s *Set) badHint(at model.Position, format string, args ...any) {
	s.diags.Errorf(at, "bad-hint", format, args...)
}

func (s *Set) readHints(sch *schema, v *jsontree.Node) model.Hints {
	var h model.Hints
	if v.Kind != jsontree.Object {
		s.badHint(sch.valueAt(v, "x-biform"), "x-biform is %s, not an object", v.Kind)
		return h
	}
	for _, m := range v.Members {
		at := sch.file.Position(m.Value.Start, sch.path+"/x-biform/"+jsontree.Escape(m.Name))
		text := func() string {
			if m.Value.Kind != jsontree.String || m.Value.Text == "" {
				s.badHint(at, "%s is no text", m.Name)
				return ""
			}
			return m.Value.Text
		}
		switch m.Name {
		case "type":
			if h.Type = text(); h.Type != "" && h.Type != "time" {
				s.diags.Errorf(at, "bad-hint", "there is no hint type %q", h.Type).WithHint("the one there is is \"time\"")
				h.Type = ""
			}
		case "layouts":
			h.Layouts = s.hintTexts(at, m)
			for _, l := range h.Layouts {
				if !isLayout(l) {
					s.diags.Errorf(at, "bad-hint", "%q is no layout of a time", l).
						WithHint("write Go's reference time as it would be spelled: 2006-01-02T15:04:05-0700")
				}
			}
		case "absent":
			h.Absent = s.hintTexts(at, m)
		case "emptyIsAbsent":
			if h.EmptyIsAbsent = m.Value.IsTrue(); m.Value.Kind != jsontree.Bool {
				s.badHint(at, "emptyIsAbsent is %s, not a boolean", m.Value.Kind)
			}
		case "goName":
			h.GoName = text()
		case "goType":
			h.GoType = text()
		case "since":
			h.Since = text()
		default:
			d := s.diags.Errorf(sch.file.Position(m.Start, at.Path), "bad-hint", "x-biform has no member %q", m.Name)
			if near := nearest(m.Name, hintNames); near != "" {
				d.WithHint("did you mean %q?", near)
			} else {
				d.WithHint("its members are %s", strings.Join(hintNames, ", "))
			}
		}
	}
	return h
}

// hintTexts reads a list of strings.
func (s *Set) hintTexts(at model.Position, m jsontree.Member) []string {
	var list []string
	if m.Value.Kind != jsontree.Array {
		s.badHint(at, "%s is %s, not a list of texts", m.Name, m.Value.Kind)
		return nil
	}
	for _, n := range m.Value.Items {
		if n.Kind != jsontree.String {
			s.badHint(at, "%s holds %s, not only texts", m.Name, n.Kind)
			continue
		}
		if !slices.Contains(list, n.Text) {
			list = append(list, n.Text)
		}
	}
	return list
}

// isLayout tells whether package time reads what it writes by a layout, and
// whether that tells days apart.
func isLayout(layout string) bool {
	one := time.Date(2021, 11, 23, 14, 35, 46, 0, time.UTC)
	text := one.Format(layout)
	back, err := time.Parse(layout, text)
	return err == nil && back.Format(layout) == text && text != one.AddDate(1, 1, 1).Format(layout)
}

// mergeHints adds hints to others. The outermost schema has the say, and what
// disagrees with it is an error.
func (b *builder) mergeHints(into *model.Hints, h model.Hints, at *schema) {
	text := func(name string, into *string, s string) {
		if *into == "" {
			*into = s
		} else if s != "" && s != *into {
			b.set.badHint(at.position(), "the hint %s is %q here and %q in a schema that holds for the same value", name, s, *into)
		}
	}
	text("type", &into.Type, h.Type)
	text("goName", &into.GoName, h.GoName)
	text("goType", &into.GoType, h.GoType)
	if into.Since == "" {
		into.Since = h.Since // a member may be newer than its type
	}
	for _, l := range h.Layouts {
		if !slices.Contains(into.Layouts, l) {
			into.Layouts = append(into.Layouts, l)
		}
	}
	for _, a := range h.Absent {
		if !slices.Contains(into.Absent, a) {
			into.Absent = append(into.Absent, a)
		}
	}
	into.EmptyIsAbsent = into.EmptyIsAbsent || h.EmptyIsAbsent
}

// rootHints adds the hints of the contract's root to the type it describes,
// when that is a definition.
func (b *builder) rootHints(root *schema, t *model.Type) {
	h := b.set.hints(root)
	t.Hints.EmptyIsAbsent = t.Hints.EmptyIsAbsent || h.EmptyIsAbsent
	if t.Hints.GoName == "" {
		t.Hints.GoName = h.GoName
	}
	if t.Hints.GoType == "" {
		t.Hints.GoType = h.GoType
	}
	if t.Hints.Since == "" {
		t.Hints.Since = h.Since
	}
}
