package docs

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/biform/biform/schema/model"
)

// primitives says in words what a primitive is.
var primitives = map[model.Primitive]string{
	model.String: "string", model.Boolean: "boolean",
	model.Int32: "integer (32 bits)", model.Int64: "integer (64 bits)", model.Uint64: "integer (64 bits, no sign)",
	model.Integer: "integer", model.Decimal: "decimal", model.Float32: "number (32 bits)", model.Float64: "number",
	model.Time: "time", model.DateTime: "date and time", model.Date: "date", model.TimeOf: "time of day",
	model.Duration: "duration", model.GYearMonth: "year and month", model.GYear: "year", model.GMonthDay: "month and day",
	model.GDay: "day of a month", model.GMonth: "month", model.Base64: "bytes (base64)", model.Hex: "bytes (hexadecimal)",
	model.QName: "qualified name", model.URI: "URI",
}

// typeWords says what a type is, in as few words as a column has room for.
func (t *tree) typeWords(typ *model.Type, depth int) string {
	const deepest, most = 4, 3
	if typ == nil || depth > deepest {
		return "any"
	}
	switch typ.Kind {
	case model.KindRecord:
		if typ.Name != "" {
			return typ.Name
		}
		return "record"
	case model.KindList:
		if item := t.types[typ.List.Item]; item != nil && len(typ.List.Tuple) == 0 {
			return "list of " + t.typeWords(item, depth+1)
		}
		return "list"
	case model.KindScalar:
		return primitives[typ.Scalar.Primitive]
	case model.KindEnumeration:
		if typ.Name != "" {
			return typ.Name
		}
		return "enumeration"
	case model.KindUnion:
		if typ.Name != "" {
			return typ.Name
		}
		var words []string
		for _, v := range typ.Union.Variants {
			if w := t.typeWords(t.types[v.Type], depth+1); !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
		if len(words) > most {
			return "union"
		}
		return strings.Join(words, " or ")
	}
	return "any"
}

// kindWords says of which kind a type with a name of its own is.
func kindWords(typ *model.Type) string {
	switch {
	case typ == nil || typ.Name == "":
		return ""
	case typ.Kind == model.KindScalar:
		return typ.Name
	case typ.Kind == model.KindEnumeration:
		return "enumeration"
	}
	return string(typ.Kind)
}

// rule is one thing that holds for a node's values: a word and its operands,
// which are the contract's text.
type rule struct {
	Words string
	Codes []string
	More  int // operands that are not listed
}

// maxListed is how many values of an enumeration are listed at every node that
// has it.
const maxListed = 40

// rules says what the values of a node may be.
func (t *tree) rules(n *node) []rule {
	var out []rule
	add := func(words string, codes ...string) {
		r := rule{Words: words, Codes: codes}
		if len(codes) > maxListed {
			r.Codes, r.More = codes[:maxListed], len(codes)-maxListed
		}
		if !slices.ContainsFunc(out, func(o rule) bool { return o.Words == r.Words && slices.Equal(o.Codes, r.Codes) }) {
			out = append(out, r)
		}
	}
	if n.typ != nil {
		if e := n.typ.Enum; e != nil && (n.field == nil || n.field.Fixed == nil) {
			var values []string
			for _, v := range e.Values {
				values = append(values, v.Value)
			}
			words := "one of"
			if e.Open {
				words = "any text, or one of"
			}
			add(words, values...)
		}
		bounds(n.typ.Constraints, add)
		if u := n.typ.Union; u != nil && u.Discriminator != "" {
			add("told apart by", u.Discriminator)
		}
		if r := n.typ.Record; r != nil && n.same == nil {
			if r.Mixed {
				add("text may stand between the members")
			}
			if r.Closed {
				add("no other members")
			}
		}
	}
	f := n.field
	if f == nil {
		return append(out, t.hintRules(n, nil)...)
	}
	if f.Fixed != nil {
		add("always", lexical(*f.Fixed))
	}
	if f.Default != nil {
		add("default", lexical(*f.Default))
	}
	if f.ReadOnly {
		add("read only")
	}
	if f.WriteOnly {
		add("write only")
	}
	if f.JSON != nil {
		if f.JSON.Null {
			add("null is allowed in JSON")
		}
		if f.JSON.Bare {
			add("one item may stand without the array")
		}
	}
	if f.XML != nil && f.XML.Nillable {
		add("xsi:nil is allowed in XML")
	}
	return append(out, t.hintRules(n, f)...)
}

// hintRules says what a node's hints mean for whoever reads or writes it.
func (t *tree) hintRules(n *node, f *model.Field) []rule {
	var absent, layouts []string
	from := func(h model.Hints) {
		for _, a := range h.Absent {
			if !slices.Contains(absent, a) {
				absent = append(absent, a)
			}
		}
		for _, l := range h.Layouts {
			if !slices.Contains(layouts, l) {
				layouts = append(layouts, l)
			}
		}
	}
	if f != nil {
		from(f.Hints)
	}
	if n.typ != nil {
		from(n.typ.Hints)
	}
	var out []rule
	if len(layouts) > 0 {
		out = append(out, rule{Words: "written as", Codes: layouts})
	}
	if len(absent) > 0 {
		out = append(out, rule{Words: "absent when", Codes: absent})
	}
	if n.role == roleRoot && n.typ != nil && n.typ.Hints.EmptyIsAbsent {
		out = append(out, rule{Words: "an empty text means the same as no member"})
	}
	return out
}

// bounds says what constraints ask, a lower bound together with its upper one.
func bounds(list []model.Constraint, add func(string, ...string)) {
	value := func(k model.ConstraintKind) string {
		for _, c := range list {
			if c.Kind == k {
				return c.Value
			}
		}
		return ""
	}
	span := func(low, high model.ConstraintKind, unit string) {
		a, b := value(low), value(high)
		if unit != "" {
			unit = " " + unit
		}
		switch {
		case a != "" && a == b:
			add("exactly "+a+unit, nil...)
		case a != "" && b != "":
			add(a+" to "+b+unit, nil...)
		case a != "":
			add("at least "+a+unit, nil...)
		case b != "":
			add("at most "+b+unit, nil...)
		}
	}
	span(model.Minimum, model.Maximum, "")
	if v := value(model.ExclusiveMinimum); v != "" {
		add("more than " + v)
	}
	if v := value(model.ExclusiveMaximum); v != "" {
		add("less than " + v)
	}
	span(model.MinLength, model.MaxLength, "characters")
	span(model.MinItems, model.MaxItems, "items")
	span(model.MinProperties, model.MaxProperties, "members")
	for _, c := range list {
		switch c.Kind {
		case model.Pattern:
			words := "matches"
			if c.Form == model.XML {
				words = "matches, whole"
			}
			add(words, c.Value)
		case model.MultipleOf:
			add("a multiple of " + c.Value)
		case model.TotalDigits:
			add("at most " + c.Value + " digits")
		case model.FractionDigits:
			add("at most " + c.Value + " digits after the point")
		case model.UniqueItems:
			add("no item twice")
		case model.Format:
			add("format", c.Value)
		}
	}
}

// prose returns what the contracts say about a node.
func (n *node) prose() model.Doc {
	var d model.Doc
	if n.field != nil {
		d = n.field.Doc
	}
	if n.typ == nil {
		return d
	}
	if d.Description == "" && d.Title == "" {
		d.Title, d.Description = n.typ.Doc.Title, n.typ.Doc.Description
	}
	if d.Examples == nil {
		d.Examples = n.typ.Doc.Examples
	}
	d.Deprecated = d.Deprecated || n.typ.Doc.Deprecated
	return d
}

// text returns the prose about a thing in one: the title, then the description,
// unless they are the same. A title that is only the thing's name says nothing.
func text(d model.Doc, name string) string {
	switch {
	case d.Title == "" || d.Title == d.Description || strings.EqualFold(d.Title, name):
		return d.Description
	case d.Description == "":
		return d.Title
	}
	return strings.TrimRight(d.Title, ".") + ". " + d.Description
}

// sinceClause is the convention for a description: a sentence that begins with
// Since and a version.
var sinceClause = regexp.MustCompile(`(?:^|[.;)]\s+|\n)Since (?:version )?([vV]?[0-9][0-9A-Za-z.+-]*)`)

// since returns the version in which a node came: what the hint says, or else
// a description that says "Since V1.2".
func (n *node) since() string {
	var hints []model.Hints
	var docs []model.Doc
	if n.field != nil {
		hints, docs = append(hints, n.field.Hints), append(docs, n.field.Doc)
	}
	if n.typ != nil && (n.field == nil || n.same == nil && n.typ.Name == "") {
		hints, docs = append(hints, n.typ.Hints), append(docs, n.typ.Doc)
	}
	for _, h := range hints {
		if h.Since != "" {
			return h.Since
		}
	}
	for _, d := range docs {
		if m := sinceClause.FindStringSubmatch(d.Description); m != nil {
			return strings.TrimRight(m[1], ".-+")
		}
	}
	return ""
}

// visible returns a text in which the characters that steer how others are
// displayed are written by their code points: controls, and the bidirectional
// marks, embeddings and isolates (Unicode Standard Annex 9, section 2), which
// could make a page show what it does not say. The joiners of scripts and the
// selectors of variants stay. So do line feeds and tabs.
func visible(s string) string {
	steers := func(r rune) bool {
		switch r {
		case '\n', '\t', '\u200c', '\u200d':
			return false
		}
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.ContainsFunc(s, steers) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if steers(r) {
			fmt.Fprintf(&b, "[U+%04X]", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
