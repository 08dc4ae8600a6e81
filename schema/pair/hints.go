package pair

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// hints merges what both contracts say to biform. A hint that only one of them
// gives holds for both.
func (m *merger) hints(p place, x, j model.Hints) model.Hints {
	clash := func(name, inXSD, inJSON string) {
		m.differ(diag.Error, "pair-hint", p, "the hint %s is %s in the JSON Schema and %s in the XSD", name, inJSON, inXSD).
			WithHint("give it once, or alike in both")
	}
	text := func(name, a, b string) string {
		if a != "" && b != "" && a != b {
			clash(name, a, b)
		}
		if a == "" {
			return b
		}
		return a
	}
	list := func(name string, a, b []string, ordered bool) []string {
		c, d := clone(a), clone(b)
		if !ordered {
			slices.Sort(c)
			slices.Sort(d)
		}
		if len(a) > 0 && len(b) > 0 && !slices.Equal(c, d) {
			clash(name, quoted(a), quoted(b))
		}
		if len(a) == 0 {
			return clone(b)
		}
		return clone(a)
	}
	return model.Hints{
		Type:          text("type", x.Type, j.Type),
		Layouts:       list("layouts", x.Layouts, j.Layouts, true),
		Absent:        list("absent", x.Absent, j.Absent, false),
		EmptyIsAbsent: x.EmptyIsAbsent || j.EmptyIsAbsent,
		GoName:        text("goName", x.GoName, j.GoName),
		GoType:        text("goType", x.GoType, j.GoType),
		Since:         text("since", x.Since, j.Since),
	}
}

// quoted lists values for a message.
func quoted(values []string) string {
	const most = 12
	var all []string
	for i, v := range values {
		if i == most {
			all = append(all, "...")
			break
		}
		text, err := json.Marshal(v)
		if err != nil {
			text = []byte(v)
		}
		all = append(all, string(text))
	}
	return strings.Join(all, ", ")
}

// value merges the default and the fixed value of a member. Those of a pair are
// lexical values.
func (m *merger) value(f *model.Field, p place, xf, jf *model.Field) {
	merge := func(s diag.Severity, name string, x, j *string) *string {
		if j == nil {
			return x
		}
		text := lexical(*j)
		if x == nil {
			return &text
		}
		if !equal(*x, text) {
			m.differ(s, "pair-value", p, "the %s value of %s is %s in the JSON Schema and %s in the XSD",
				name, jf.Name, quoted([]string{text}), quoted([]string{*x})).
				WithHint("write the same value in both")
		}
		return x
	}
	f.Default = merge(diag.Warning, "default", xf.Default, jf.Default)
	f.Fixed = merge(diag.Error, "fixed", xf.Fixed, jf.Fixed)
}

// lexical returns the text of a JSON value: of a string what it says, of
// anything else how it is written.
func lexical(text string) string {
	var s string
	if t := bytes.TrimSpace([]byte(text)); len(t) > 0 && t[0] == '"' && json.Unmarshal(t, &s) == nil {
		return s
	}
	return text
}

// equal tells whether two lexical values are one value: the same text or the
// same number.
func equal(a, b string) bool { return a == b || canonical(a) == canonical(b) }

// canonical returns the one spelling of a number, and any other text unchanged.
func canonical(text string) string {
	d, err := constraint.ParseDecimal(text)
	if err != nil {
		return text
	}
	return d.String()
}
