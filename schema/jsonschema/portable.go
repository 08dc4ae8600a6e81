package jsonschema

import (
	"errors"
	"slices"

	"github.com/biform/biform/schema/jsonschema/jsontree"
)

// This file writes a contract so that engines which hand patterns to package
// regexp, as they stand, read them as ECMA-262 means them.

// patterns translates every pattern of the contract, and reports those that
// RE2 cannot say.
func (s *Set) patterns() {
	translate := func(sch *schema, src string, offset int, tokens ...string) {
		if _, ok := s.translated[src]; ok {
			return
		}
		re2, err := RuntimePattern(src)
		if err != nil {
			var e *PatternError
			errors.As(err, &e)
			path := sch.path
			for _, t := range tokens {
				path += "/" + jsontree.Escape(t)
			}
			s.diags.Errorf(sch.file.Position(offset, path), "unsupported-pattern",
				"the pattern %q cannot be used: %s", src, e.Error()).WithHint("%s", e.Hint)
			return
		}
		s.translated[src] = re2
	}
	for _, f := range s.files {
		for _, sch := range f.order {
			if v := sch.get("pattern"); v != nil && v.Kind == jsontree.String {
				translate(sch, v.Text, v.Start, "pattern")
			}
			if v := sch.get("patternProperties"); v != nil && v.Kind == jsontree.Object {
				for _, m := range v.Members {
					translate(sch, m.Name, m.Start, "patternProperties", m.Name)
				}
			}
		}
	}
}

// overridden returns the $schema that a file must be given to be read by the
// caller's draft, or "".
func (s *Set) overridden(f *file) string {
	if f == s.root && s.opts.Draft != "" {
		return f.dialect.url
	}
	return ""
}

// asserts tells whether format is an assertion, and whether contentEncoding and
// contentMediaType are.
func (s *Set) asserts() (format, content bool) {
	return s.opts.FormatAssertion || s.root.dialect.assertsFormat(), s.opts.FormatAssertion
}

// AssertsFormat tells whether the contract has a format of that name in it that
// is an assertion.
func (s *Set) AssertsFormat(name string) bool {
	if format, _ := s.asserts(); !format {
		return false
	}
	for _, f := range s.files {
		for _, sch := range f.order {
			if v := sch.get("format"); !f.builtin && v != nil && v.Kind == jsontree.String && v.Text == name {
				return true
			}
		}
	}
	return false
}

// unasserted are the keywords that assert nothing here. Engines must not see
// them: up to draft-07 they assert what they know of them all the same.
func (s *Set) unasserted() (keywords []string) {
	format, content := s.asserts()
	if !format {
		keywords = append(keywords, "format")
	}
	if !content {
		keywords = append(keywords, "contentEncoding", "contentMediaType")
	}
	return keywords
}

// portable returns the text of a file with its patterns translated and the
// caller's draft in $schema, without some keywords.
func (s *Set) portable(f *file, without ...string) []byte {
	w := &portableWriter{set: s, file: f, without: without}
	w.value(f.tree, "")
	return w.out
}

type portableWriter struct {
	set     *Set
	file    *file
	without []string // keywords
	out     []byte
}

func (w *portableWriter) value(n *jsontree.Node, path string) {
	switch {
	case n.Kind == jsontree.Array:
		w.out = append(w.out, '[')
		for i, v := range n.Items {
			if i > 0 {
				w.out = append(w.out, ',')
			}
			w.value(v, path+"/"+itoa(i))
		}
		w.out = append(w.out, ']')
	case n.Kind == jsontree.Object:
		w.object(n, path)
	default:
		w.out = n.AppendCompact(w.out)
	}
}

func (w *portableWriter) object(n *jsontree.Node, path string) {
	sch := w.file.schemas[path]
	if sch != nil && sch.voidRef && sch.dialect.refAlone() {
		w.out = append(w.out, "{}"...)
		return
	}
	w.out = append(w.out, '{')
	comma := false
	name := func(s string) {
		if comma {
			w.out = append(w.out, ',')
		}
		comma = true
		w.out = append(jsontree.AppendString(w.out, s), ':')
	}
	override := ""
	if path == "" {
		if override = w.set.overridden(w.file); override != "" {
			name("$schema")
			w.out = jsontree.AppendString(w.out, override)
		}
	}
	for _, m := range n.Members {
		switch {
		case m.Name == "$schema" && override != "":
			continue
		case sch != nil && m.Name == "regexProperties":
			continue // v5 takes this annotation for a keyword
		case sch != nil && m.Name == "$ref" && sch.voidRef:
			continue
		case sch != nil && slices.Contains(w.without, m.Name):
			continue
		}
		name(m.Name)
		switch {
		case sch != nil && m.Name == "pattern" && m.Value.Kind == jsontree.String && sch.get("pattern") != nil:
			// One that cannot be translated has been reported; here it is empty.
			w.out = jsontree.AppendString(w.out, w.set.translated[m.Value.Text])
		case sch != nil && m.Name == "patternProperties" && m.Value.Kind == jsontree.Object && sch.get("patternProperties") != nil:
			w.patternProperties(m.Value, path+"/patternProperties")
		default:
			w.value(m.Value, path+"/"+jsontree.Escape(m.Name))
		}
	}
	w.out = append(w.out, '}')
}

// patternProperties writes the patterns anew. Two that have become the same
// are told apart by a group that changes nothing.
func (w *portableWriter) patternProperties(n *jsontree.Node, path string) {
	w.out = append(w.out, '{')
	taken := map[string]bool{}
	for i, m := range n.Members {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		re2 := w.set.translated[m.Name]
		for taken[re2] {
			re2 = "(?:" + re2 + ")"
		}
		taken[re2] = true
		w.out = append(jsontree.AppendString(w.out, re2), ':')
		w.value(m.Value, path+"/"+jsontree.Escape(m.Name))
	}
	w.out = append(w.out, '}')
}
