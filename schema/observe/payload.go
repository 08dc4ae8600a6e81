package observe

import (
	"bytes"
	"fmt"
	"slices"
	"sort"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
)

// Payload is a payload and what is in it.
type Payload struct {
	Name   string // the file's, as the user knows it
	Form   model.Form
	Root   *Value
	Issues []Issue // in the order of the text
}

// Issue is one thing in which a payload is not what the model says.
type Issue struct {
	Code    Code
	At      Place
	Message string
	// Owner is the record that the issue is about or in; nil when the payload's
	// root is no record.
	Owner *Value
	// Member is the member it is about; nil for one that is missing.
	Member *Member
	// Field is the declared field; nil for a member that nobody declared.
	Field *model.Field
	// Value is the value it is about, where it is about one.
	Value *Value
}

// Code names what is wrong.
type Code string

// The codes; the package's documentation says what they mean.
const (
	Unknown     Code = "unknown"
	Missing     Code = "missing"
	Repeated    Code = "repeated"
	Bare        Code = "bare"
	Enumeration Code = "enumeration"
	WrongType   Code = "type"
	Spelling    Code = "spelling"
)

// String returns the issue in one line: where, what, and the code.
func (i Issue) String() string {
	return fmt.Sprintf("%d:%d: %s: %s [%s]", i.At.Line, i.At.Column, i.At.Path, i.Message, i.Code)
}

// maxIssues is how many issues of one payload are kept: a payload of another
// document has as many as it has values.
const maxIssues = 1 << 16

// FormOf tells the form of a payload by its first significant byte.
func FormOf(data []byte) model.Form {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if data = bytes.TrimLeft(data, " \t\r\n"); len(data) > 0 && data[0] == '<' {
		return model.XML
	}
	return model.JSON
}

// Read reads a payload along a document's model. name is what the payload is
// called in messages. The error, a [diag.Diagnostic], is about a payload that
// cannot be read at all: one that is not well-formed, or whose root is another
// document's.
func Read(doc *model.Document, name string, data []byte) (*Payload, error) {
	r := &reader{
		doc:     doc,
		payload: &Payload{Name: name, Form: FormOf(data)},
		types:   make(map[model.TypeID]*model.Type, len(doc.Types)),
		indexes: map[*model.Record]*index{},
		wild:    wildcards(doc),
		lines:   []int{0},
	}
	for i := range doc.Types {
		r.types[doc.Types[i].ID] = &doc.Types[i]
	}
	for i, c := range data {
		if c == '\n' {
			r.lines = append(r.lines, i+1)
		}
	}
	read := r.readJSON
	if r.payload.Form == model.XML {
		read = r.readXML
	}
	if err := read(data); err != nil {
		return nil, *err
	}
	slices.SortStableFunc(r.payload.Issues, func(a, b Issue) int { return a.At.Offset - b.At.Offset })
	return r.payload, nil
}

// reader reads one payload.
type reader struct {
	doc     *model.Document
	payload *Payload
	types   map[model.TypeID]*model.Type
	indexes map[*model.Record]*index
	wild    map[*model.Record]*wild
	lines   []int // offset of the first byte of each line
}

// fail makes the error for a payload that cannot be read.
func (r *reader) fail(offset int, path, code, format string, args ...any) *diag.Diagnostic {
	at := r.place(offset, path)
	return &diag.Diagnostic{Severity: diag.Error, Code: code, Summary: fmt.Sprintf(format, args...),
		At: model.Position{File: r.payload.Name, Line: at.Line, Column: at.Column, Path: path}}
}

func (r *reader) place(offset int, path string) Place {
	line := sort.SearchInts(r.lines, offset+1) - 1
	return Place{Path: path, Offset: offset, Line: line + 1, Column: offset - r.lines[line] + 1}
}

func (r *reader) report(i Issue, format string, args ...any) {
	if len(r.payload.Issues) >= maxIssues {
		return
	}
	i.Message = fmt.Sprintf(format, args...)
	r.payload.Issues = append(r.payload.Issues, i)
}

// index finds the fields of a record by what stands on the wire.
type index struct {
	xml      map[wireName]*model.Field
	wrappers map[model.XMLName][]*model.Field
	json     map[string]*model.Field
	text     *model.Field
	any      *model.Field // what elements that a wildcard admits belong to
	wild     *wild        // nil: the XSD has no wildcard there
	patterns []pattern
}

type wireName struct {
	attribute bool
	name      model.XMLName
}

type pattern struct {
	expr *constraint.Matcher
	typ  model.TypeID
}

func (r *reader) index(rec *model.Record) *index {
	if x := r.indexes[rec]; x != nil {
		return x
	}
	x := &index{wild: r.wild[rec], xml: map[wireName]*model.Field{}, wrappers: map[model.XMLName][]*model.Field{}, json: map[string]*model.Field{}}
	r.indexes[rec] = x
	for i := range rec.Fields {
		f := &rec.Fields[i]
		if f.JSON != nil {
			x.json[f.JSON.Name] = f
		}
		switch b := f.XML; {
		case b == nil:
		case b.Node == model.NodeText:
			x.text = f
		case b.Node == model.NodeAny:
			x.any = f
		case b.Wrapper != nil:
			x.wrappers[*b.Wrapper] = append(x.wrappers[*b.Wrapper], f)
		default:
			x.xml[wireName{b.Node == model.NodeAttribute, b.Name}] = f
		}
	}
	for _, p := range rec.Patterns {
		source, err := jsonschema.RuntimePattern(p.Pattern)
		if err != nil {
			continue // the contract's reader has accepted it, so there is none
		}
		if expr, err := constraint.NewMatcher(source); err == nil {
			x.patterns = append(x.patterns, pattern{expr, p.Type})
		}
	}
	return x
}

// missing reports the required fields that a record lacks.
func (r *reader) missing(v *Value) {
	have := make(map[*model.Field]bool, len(v.Members))
	for _, m := range v.Members {
		have[m.Field] = true
	}
	fields := v.Type.Record.Fields
	for i := range fields {
		f := &fields[i]
		in := f.XML != nil && f.XML.Node != model.NodeText
		if r.payload.Form == model.JSON {
			in = f.JSON != nil
		}
		required := f.Occurs == model.One
		switch {
		case f.Occurs != model.Many:
		case f.XML != nil:
			required = f.MinItems > 0 // what the XSD asks for
		default:
			required = f.JSON.Required
		}
		if required && in && !have[f] {
			r.report(Issue{Code: Missing, At: v.At, Owner: v, Field: f}, "the member %s is required and absent", f.Name)
		}
	}
}

// cardinality reports a member that stands more often than it is declared to.
func (r *reader) cardinality(owner *Value, m *Member) {
	f := m.Field
	switch {
	case f == nil || f.Occurs == model.Many:
	case m.Array && !r.isList(f.Type):
		r.report(Issue{Code: Repeated, At: m.At, Owner: owner, Member: m, Field: f}, "%s is an array and is declared as one value", m.Name)
	case len(m.Values) > 1 && !m.Array:
		r.report(Issue{Code: Repeated, At: m.At, Owner: owner, Member: m, Field: f}, "%s stands %d times and is declared to stand once", m.Name, len(m.Values))
	}
}

// isList tells whether the values of a type are lists, so that an array is one
// value.
func (r *reader) isList(id model.TypeID) bool {
	t := r.types[id]
	return t != nil && (t.Kind == model.KindList || t.Kind == model.KindAny || t.Kind == model.KindUnion)
}

// simple reports a scalar that its declared type does not admit.
func (r *reader) simple(v *Value, i Issue) {
	t := v.Type
	i.At, i.Value = v.At, v
	switch {
	case !simpleType(t):
		i.Code = WrongType
		r.report(i, "a text where %s is declared", declared(t))
	case Sentinel(t, i.Field, v.Text):
	case !spelled(t, v.Text):
		i.Code = WrongType
		r.report(i, "%s is no %s", quote(v.Text), declared(t))
	case !listed(t, v.Text):
		i.Code = Enumeration
		r.report(i, "%s is not one of the values that are listed", quote(v.Text))
	case v.Spelled != "" && !r.allows(i.Field, t, v):
		i.Code = Spelling
		r.report(i, "a JSON %s where the contract spells the value otherwise", v.Spelled)
	}
}

// Sentinel tells whether a text stands for no value in a field of a type: the
// hints of both list such texts.
func Sentinel(t *model.Type, f *model.Field, text string) bool {
	hints := t.Hints.Absent
	if f != nil {
		hints = append(hints[:len(hints):len(hints)], f.Hints.Absent...)
	}
	for _, s := range hints {
		if trim(s) == trim(text) {
			return true
		}
	}
	return false
}

// allows tells whether the contract allows the JSON type that spells a value.
func (r *reader) allows(f *model.Field, t *model.Type, v *Value) bool {
	if r.doc.JSON == nil {
		return true
	}
	list := Natural(Primitive(t))
	if f != nil && f.JSON != nil && len(f.JSON.Spellings) > 0 {
		list = f.JSON.Spellings
	}
	for _, s := range list {
		if s == v.Spelled || v.Spelled == model.JSONNumber && s == model.JSONInteger && Spells(model.Integer, v.Text) {
			return true
		}
	}
	return false
}

// Natural returns the JSON types that spell a primitive where the contract does
// not say.
func Natural(p model.Primitive) []model.JSONType {
	switch {
	case p == model.Boolean:
		return []model.JSONType{model.JSONBoolean}
	case integral(p):
		return []model.JSONType{model.JSONInteger}
	case numeric(p):
		return []model.JSONType{model.JSONNumber}
	}
	return []model.JSONType{model.JSONString}
}

// declared names a type for a message.
func declared(t *model.Type) string {
	switch t.Kind {
	case model.KindRecord:
		return "an element or object with members"
	case model.KindList:
		return "a list"
	}
	if p := Primitive(t); p != "" {
		return string(p)
	}
	return "something else"
}

// quote shows a value in a message, the beginning of a long one.
func quote(s string) string {
	const most = 60
	if len(s) > most {
		cut := most
		for cut > 0 && s[cut]&0xC0 == 0x80 {
			cut--
		}
		s = s[:cut] + "..."
	}
	return fmt.Sprintf("%q", s)
}
