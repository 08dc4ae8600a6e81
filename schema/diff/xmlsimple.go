package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/xsd"
)

// bases are the types that the built-in ones derive from (Part 2, section 3).
// A type that is not here derives from anySimpleType.
var bases = map[string]string{
	"normalizedString": "string", "token": "normalizedString", "language": "token", "NMTOKEN": "token",
	"Name": "token", "NCName": "Name", "ID": "NCName", "IDREF": "NCName", "ENTITY": "NCName",
	"integer": "decimal", "nonPositiveInteger": "integer", "negativeInteger": "nonPositiveInteger",
	"long": "integer", "int": "long", "short": "int", "byte": "short",
	"nonNegativeInteger": "integer", "unsignedLong": "nonNegativeInteger", "unsignedInt": "unsignedLong",
	"unsignedShort": "unsignedInt", "unsignedByte": "unsignedShort", "positiveInteger": "nonNegativeInteger",
}

// ranges are the bounds of the built-in integers.
var ranges = map[string][2]string{
	"nonPositiveInteger": {"", "0"}, "negativeInteger": {"", "-1"},
	"long": {"-9223372036854775808", "9223372036854775807"}, "int": {"-2147483648", "2147483647"},
	"short": {"-32768", "32767"}, "byte": {"-128", "127"},
	"nonNegativeInteger": {"0", ""}, "positiveInteger": {"1", ""}, "unsignedLong": {"0", "18446744073709551615"},
	"unsignedInt": {"0", "4294967295"}, "unsignedShort": {"0", "65535"}, "unsignedByte": {"0", "255"},
}

func derives(name, from string) bool {
	for ; name != ""; name = bases[name] {
		if name == from {
			return true
		}
	}
	return false
}

// lexicalWithin tells whether every text of one built-in type is a text of
// another. White space never decides that: it is normalized first.
func lexicalWithin(a, b string) bool {
	switch {
	case derives(a, b), b == "string", b == "normalizedString", b == "token":
		return true
	case b == "double" || b == "float":
		return derives(a, "decimal") || a == "double" || a == "float"
	}
	return false
}

// simple compares two simple types.
func (w *xmlWalker) simple(o, n *model.SimpleType, oldAt, newAt model.Position, path string) {
	c := Change{Path: path, Kind: Type, Message: fmt.Sprintf("was %s, is %s", describe(o), describe(n))}
	switch {
	case o.Variety == n.Variety:
	case n.Variety == model.AnySimple:
		w.emit(c, oldAt, newAt, Looser)
		return
	case o.Variety == model.AnySimple:
		w.emit(c, oldAt, newAt, Stricter)
		return
	case o.Variety == model.Atomic && n.Variety == model.ListOf:
		c.Kind, c.Message = Occurs, "may be a list now, with blanks between its items"
		w.emit(c, oldAt, newAt, Looser)
		w.facets(o, n, path, oldAt, newAt, constraint.Lists)
		item := w.new.Type(n.Item)
		w.simple(collapsed(o), item.Simple, oldAt, or(item.At, newAt), path)
		return
	case o.Variety == model.ListOf && n.Variety == model.Atomic:
		c.Kind, c.Message = Occurs, "is no list any more"
		w.emit(c, oldAt, newAt, XMLBreak, Stricter)
		item := w.old.Type(o.Item)
		w.simple(item.Simple, collapsed(n), or(item.At, oldAt), newAt, path)
		return
	case n.Variety == model.UnionOf && w.member(n, func(m *model.SimpleType) bool { return w.same(o, m) }):
		w.emit(c, oldAt, newAt, Looser)
		return
	case o.Variety == model.UnionOf && w.memberOld(o, func(m *model.SimpleType) bool { return w.same(m, n) }):
		w.emit(c, oldAt, newAt, Stricter)
		return
	default:
		w.emit(c, oldAt, newAt, Stricter, Looser)
		return
	}
	w.enumeration(o, n, oldAt, newAt, path)
	w.patternFacets(o, n, oldAt, newAt, path)
	switch o.Variety {
	case model.ListOf:
		w.facets(o, n, path, oldAt, newAt, constraint.Lists)
		oi, ni := w.old.Type(o.Item), w.new.Type(n.Item)
		w.simple(oi.Simple, ni.Simple, or(oi.At, oldAt), or(ni.At, newAt), path)
	case model.UnionOf:
		w.members(o, n, oldAt, newAt, path)
	case model.Atomic:
		w.atomic(o, n, oldAt, newAt, path)
	}
}

// collapsed is a type beside the items of a list, which hold no white space.
func collapsed(s *model.SimpleType) *model.SimpleType {
	c := *s
	c.WhiteSpace = "collapse"
	return &c
}

// describe names a simple type for a message.
func describe(s *model.SimpleType) string {
	switch s.Variety {
	case model.ListOf:
		return "a list"
	case model.UnionOf:
		return "a union"
	case model.AnySimple:
		return "any text"
	}
	return "xs:" + s.Builtin
}

func (w *xmlWalker) member(union *model.SimpleType, f func(*model.SimpleType) bool) bool {
	return slices.ContainsFunc(union.Members, func(id model.XMLTypeID) bool { return f(w.new.Type(id).Simple) })
}

func (w *xmlWalker) memberOld(union *model.SimpleType, f func(*model.SimpleType) bool) bool {
	return slices.ContainsFunc(union.Members, func(id model.XMLTypeID) bool { return f(w.old.Type(id).Simple) })
}

// same tells whether two simple types admit the same.
func (w *xmlWalker) same(o, n *model.SimpleType) bool {
	q := &xmlWalker{recorder: recorder{form: model.XML}, old: w.old, new: w.new, from: w.from, to: w.to}
	q.simple(o, n, model.Position{}, model.Position{}, "/")
	return len(q.changes) == 0
}

// members compares the members of two unions.
func (w *xmlWalker) members(o, n *model.SimpleType, oldAt, newAt model.Position, path string) {
	left := slices.Clone(n.Members)
	var lost []model.XMLTypeID
	for _, m := range o.Members {
		i := slices.IndexFunc(left, func(id model.XMLTypeID) bool { return w.same(w.old.Type(m).Simple, w.new.Type(id).Simple) })
		if i < 0 {
			lost = append(lost, m)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	for _, m := range lost {
		b := w.old.Type(m)
		if len(left) > 0 {
			a := w.new.Type(left[0])
			left = left[1:]
			w.simple(b.Simple, a.Simple, or(b.At, oldAt), or(a.At, newAt), path)
			continue
		}
		w.emit(Change{Path: path, Kind: Type, Subject: "member", Message: "an alternative (" + describe(b.Simple) + ") is gone"}, or(b.At, oldAt), newAt, Stricter)
	}
	for _, id := range left {
		a := w.new.Type(id)
		w.emit(Change{Path: path, Kind: Type, Subject: "member", Message: "an alternative (" + describe(a.Simple) + ") is new"}, oldAt, or(a.At, newAt), Looser)
	}
	// The first member that takes a text says what it means.
	if len(lost) == 0 && len(left) == 0 {
		for i := range o.Members {
			if !w.same(w.old.Type(o.Members[i]).Simple, w.new.Type(n.Members[i]).Simple) {
				w.emit(Change{Path: path, Kind: Type, Subject: "members", Message: "the alternatives are tried in another order"}, oldAt, newAt, XMLBreak)
				return
			}
		}
	}
}

func or(a, b model.Position) model.Position {
	if a.File == "" {
		return b
	}
	return a
}

// atomic compares two atomic types.
func (w *xmlWalker) atomic(o, n *model.SimpleType, oldAt, newAt model.Position, path string) {
	numeric := derives(o.Builtin, "decimal") && derives(n.Builtin, "decimal")
	if o.Builtin != n.Builtin {
		c := Change{Path: path, Kind: Type, Message: fmt.Sprintf("was xs:%s, is xs:%s", o.Builtin, n.Builtin)}
		v := verdict{!lexicalWithin(o.Builtin, n.Builtin), !lexicalWithin(n.Builtin, o.Builtin)}
		if numeric {
			v = weighSets(numericConstraints(o), numericConstraints(n), numericDomain(o), numericDomain(n))
		}
		classes := v.classes()
		if o.WhiteSpace != n.WhiteSpace && derives(o.Builtin, "string") && derives(n.Builtin, "string") {
			classes = append(classes, XMLBreak)
			c.Message += fmt.Sprintf(": white space was kept by %s, is by %s", o.WhiteSpace, n.WhiteSpace)
		}
		if len(classes) > 0 {
			w.emit(c, oldAt, newAt, classes...)
		}
	} else if o.WhiteSpace != n.WhiteSpace {
		w.emit(Change{Path: path, Kind: Type, Subject: "whiteSpace",
			Message: fmt.Sprintf("whiteSpace was %s, is %s", o.WhiteSpace, n.WhiteSpace)}, oldAt, newAt, XMLBreak)
	}
	switch {
	case numeric:
		for _, d := range bounds(stated(o), stated(n), numericDomain(o), numericDomain(n)) {
			w.facet(d, oldAt, newAt, path)
		}
	case derives(o.Builtin, "string") || o.Builtin == "anyURI" || o.Builtin == "hexBinary" || o.Builtin == "base64Binary":
		w.facets(o, n, path, oldAt, newAt, constraint.Texts)
	default:
		w.opaque(o, n, oldAt, newAt, path)
	}
}

// stated returns the facets of a type as constraints.
func stated(s *model.SimpleType) []model.Constraint {
	var out []model.Constraint
	for _, f := range s.Facets {
		out = append(out, model.Constraint{Kind: f.Kind, Value: strings.TrimSpace(f.Value), Form: model.XML, At: f.At})
	}
	return out
}

// numericConstraints are the facets of a numeric type, with the bounds that its
// built-in type has.
func numericConstraints(s *model.SimpleType) []model.Constraint {
	out := stated(s)
	r := ranges[s.Builtin]
	if r[0] != "" {
		out = append(out, model.Constraint{Kind: model.Minimum, Value: r[0]})
	}
	if r[1] != "" {
		out = append(out, model.Constraint{Kind: model.Maximum, Value: r[1]})
	}
	return out
}

func numericDomain(s *model.SimpleType) constraint.Domain {
	if derives(s.Builtin, "integer") {
		return constraint.Integers
	}
	return constraint.Numbers
}

func (w *xmlWalker) facets(o, n *model.SimpleType, path string, oldAt, newAt model.Position, d constraint.Domain) {
	for _, x := range bounds(stated(o), stated(n), d, d) {
		w.facet(x, oldAt, newAt, path)
	}
}

func (w *xmlWalker) facet(d delta, oldAt, newAt model.Position, path string) {
	w.emit(Change{Path: path, Kind: Bounds, Subject: d.subject, Message: d.message}, or(d.old, oldAt), or(d.new, newAt), d.classes()...)
}

// opaque compares facets of values that are not weighed: times, and floats,
// whose bounds may be infinite.
func (w *xmlWalker) opaque(o, n *model.SimpleType, oldAt, newAt model.Position, path string) {
	before, after := stated(o), stated(n)
	finite := func(c model.Constraint) bool { _, err := constraint.ParseDecimal(c.Value); return err == nil }
	if (o.Builtin == "float" || o.Builtin == "double") && !slices.ContainsFunc(slices.Concat(before, after), func(c model.Constraint) bool { return !finite(c) }) {
		for _, d := range bounds(before, after, constraint.Numbers, constraint.Numbers) {
			w.facet(d, oldAt, newAt, path)
		}
		return
	}
	for _, kind := range []model.ConstraintKind{model.Minimum, model.ExclusiveMinimum, model.Maximum, model.ExclusiveMaximum,
		model.MinLength, model.MaxLength, model.TotalDigits, model.FractionDigits} {
		b, a := only(before, []model.ConstraintKind{kind}), only(after, []model.ConstraintKind{kind})
		if !sameConstraints(b, a) {
			v := verdict{len(a) > 0, len(b) > 0}
			if len(a) == 1 && len(b) == 1 && o.Builtin == n.Builtin {
				if c, ok := compareBounds(o.Builtin, b[0].Value, a[0].Value); ok {
					up := c < 0
					lower := kind == model.Minimum || kind == model.ExclusiveMinimum
					v = verdict{stricter: up == lower, looser: up != lower}
				}
			}
			w.facet(delta{verdict: v, subject: string(kind), message: change(b, a), old: first(b), new: first(a)}, oldAt, newAt, path)
		}
	}
}

// compareBounds compares two bounds of floats or of times, if it is plain which
// is the lower: of times, when both are spelled alike and name no zone, so that
// the order of the texts is that of the times.
func compareBounds(builtin, a, b string) (int, bool) {
	if builtin == "float" || builtin == "double" {
		rank := func(s string) (int, constraint.Decimal, bool) {
			switch s {
			case "INF":
				return 1, constraint.Decimal{}, true
			case "-INF":
				return -1, constraint.Decimal{}, true
			}
			d, err := constraint.ParseDecimal(s)
			return 0, d, err == nil
		}
		ra, da, oka := rank(a)
		rb, db, okb := rank(b)
		if c := ra - rb; c != 0 {
			return c, oka && okb
		}
		return da.Cmp(db), oka && okb
	}
	plain := func(s string) bool {
		return s != "" && s[0] != '-' && s[0] != 'P' && !strings.ContainsAny(s, "Z+.") && strings.Count(s, "-") <= 2
	}
	if len(a) != len(b) || !plain(a) || !plain(b) || builtin == "duration" || strings.HasPrefix(builtin, "g") {
		return 0, false
	}
	if builtin != "date" && builtin != "dateTime" || len(a) != len("2006-01-02") && len(a) != len("2006-01-02T15:04:05") {
		return 0, false
	}
	return strings.Compare(a, b), true
}

// patternFacets compares the patterns of two types.
func (w *xmlWalker) patternFacets(o, n *model.SimpleType, oldAt, newAt model.Position, path string) {
	if d := patterns(patternsOf(o), patternsOf(n)); d != nil {
		d.old, d.new = oldAt, newAt
		c := Change{Path: path, Kind: Pattern, Subject: d.subject, Message: d.message}
		w.emit(c, d.old, d.new, d.classes()...)
	}
}

// patternsOf returns the patterns of a type, those of one derivation step, of
// which a value must match any, as one.
func patternsOf(s *model.SimpleType) []expression {
	var out []expression
	for _, step := range s.Patterns {
		var sources []string
		e := expression{source: strings.Join(step, "|")}
		for _, p := range step {
			re2, err := xsd.TranslatePattern(p)
			e.opaque = e.opaque || err != nil
			sources = append(sources, "(?:"+re2+")")
		}
		e.re2 = strings.Join(sources, "|")
		out = append(out, e)
	}
	return out
}

// enumeration compares the values that two types list.
func (w *xmlWalker) enumeration(o, n *model.SimpleType, oldAt, newAt model.Position, path string) {
	switch {
	case o.Enumeration == nil && n.Enumeration == nil:
		return
	case o.Enumeration == nil:
		w.emit(Change{Path: path, Kind: Value, Message: "is one of a list of values now"}, oldAt, newAt, Stricter)
		return
	case n.Enumeration == nil:
		w.emit(Change{Path: path, Kind: Value, Message: "is no longer one of a list of values"}, oldAt, newAt, Looser)
		return
	}
	text := func(s *model.SimpleType, v model.EnumValue) string {
		if d, err := constraint.ParseDecimal(v.Value); err == nil && (derives(s.Builtin, "decimal") || s.Builtin == "double" || s.Builtin == "float") {
			return d.String()
		}
		return v.Value
	}
	has := func(list *model.SimpleType, value string) bool {
		return slices.ContainsFunc(list.Enumeration, func(v model.EnumValue) bool { return text(list, v) == value })
	}
	quoted := func(s *model.SimpleType, value string) string {
		if derives(s.Builtin, "decimal") {
			return value
		}
		return fmt.Sprintf("%q", value)
	}
	for _, v := range o.Enumeration {
		if t := text(o, v); !has(n, t) {
			w.emit(Change{Path: path, Kind: Value, Subject: t, Message: "the value " + quoted(o, t) + " is gone"}, or(valueAt(v), oldAt), newAt, Stricter)
		}
	}
	for _, v := range n.Enumeration {
		if t := text(n, v); !has(o, t) {
			w.emit(Change{Path: path, Kind: Value, Subject: t, Message: "the value " + quoted(n, t) + " is new"}, oldAt, or(valueAt(v), newAt), Additive, Looser)
		}
	}
}

func valueAt(v model.EnumValue) model.Position {
	if len(v.At) == 0 {
		return model.Position{}
	}
	return v.At[0]
}
