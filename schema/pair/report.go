package pair

import (
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
	seen := map[string]bool{}
	var all diag.List
	for _, d := range m.diags {
		key := d.Error()
		for _, r := range d.Related {
			key += "\n" + diag.Place(r)
		}
		if !seen[key] {
			seen[key] = true
			all = append(all, d)
		}
	}
	return all
}

// describe says what a type is, in the words of its contract.
func describe(t *model.Type, form model.Form) string {
	of := func(p model.Primitive) string {
		if form == model.XML {
			return "xs:" + word(p)
		}
		if text(p) || natural(p) != model.JSONString {
			return string(natural(p))
		}
		return "string (" + word(p) + ")"
	}
	switch t.Kind {
	case model.KindRecord:
		if form == model.XML {
			return "an element with members"
		}
		return "an object"
	case model.KindList:
		if form == model.XML {
			return "a list"
		}
		return "an array"
	case model.KindUnion:
		return "one of several types"
	case model.KindAny:
		return "anything"
	case model.KindEnumeration:
		return "an enumeration of " + of(t.Enum.Primitive)
	}
	return of(t.Scalar.Primitive)
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
