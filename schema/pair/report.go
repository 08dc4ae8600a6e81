package pair

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// differ reports that the contracts differ at a place: at the JSON Schema's
// position, with the XSD's beside it.
func (m *merger) differ(s diag.Severity, code string, p place, format string, args ...any) *diag.Diagnostic {
	report := m.diags.Errorf
	if s == diag.Warning {
		report = m.diags.Warnf
	}
	d := report(p.json, code, format, args...)
	if p.xml != (model.Position{}) {
		d.WithRelated(p.xml)
	}
	return d
}

// report returns the diagnostics in document order, each once: a type that is
// met under two bindings is compared twice.
func (m *merger) report() diag.List {
	m.diags.Sort()
	var all diag.List
	for _, d := range m.diags {
		if !slices.ContainsFunc(all, func(e diag.Diagnostic) bool {
			return e.At == d.At && e.Code == d.Code && e.Summary == d.Summary && slices.Equal(e.Related, d.Related)
		}) {
			all = append(all, d)
		}
	}
	return all
}

// describe says what a type is.
func describe(t *model.Type) string {
	switch t.Kind {
	case model.KindRecord:
		return "a record"
	case model.KindList:
		return "a list"
	case model.KindUnion:
		return "one of several types"
	case model.KindAny:
		return "anything"
	case model.KindEnumeration:
		return "an enumeration of " + word(t.Enum.Primitive)
	}
	return "a value of type " + word(t.Scalar.Primitive)
}

// word names a primitive as XSD does.
func word(p model.Primitive) string {
	switch p {
	case model.Int32:
		return "int"
	case model.Int64:
		return "long"
	case model.Uint64:
		return "unsignedLong"
	case model.Float32:
		return "float"
	case model.Float64:
		return "double"
	case model.TimeOf:
		return "time"
	case model.Time:
		return "timestamp"
	}
	return string(p)
}

// names lists the members of a record for a hint.
func names(r *model.Record) string {
	const most = 8
	var all []string
	for i := range r.Fields {
		if i == most {
			all = append(all, "...")
			break
		}
		all = append(all, r.Fields[i].Name)
	}
	if len(all) == 0 {
		return "it needs"
	}
	return strings.Join(all, ", ")
}
