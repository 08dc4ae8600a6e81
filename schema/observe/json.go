package observe

import (
	"strconv"
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/jsonschema/jsontree"
	"github.com/biform/biform/schema/model"
)

// jsonLimits bound a JSON payload: deeper than most, since lists nest twice as
// deep as elements.
var jsonLimits = jsontree.Limits{Depth: 512, NumberBytes: 1024, Exponent: 4096, Mark: true}

func (r *reader) readJSON(data []byte) *diag.Diagnostic {
	root, errs := jsontree.Parse(data, jsonLimits)
	if len(errs) > 0 {
		e := errs[0]
		return r.fail(e.Offset, e.Pointer, "payload", "the payload is no JSON: %s", e.Summary).WithHint("%s", e.Hint)
	}
	t, path := r.types[r.doc.Root], ""
	if inner := r.unwrap(root, t); inner != nil {
		root, path = inner, "/"+jsontree.Escape(r.doc.Name)
	}
	if t != nil && t.Kind == model.KindRecord && root.Kind == jsontree.Object && r.foreign(root, t) {
		return r.fail(root.Start, path, "other-document", "no member of the payload is one of %s", r.doc.Name).
			WithHint("is it a payload of this document? the contracts declare %s", someNames(t.Record))
	}
	r.payload.Root = r.jsonValue(root, t, path, Issue{})
	return nil
}

// unwrap returns the value inside the document's name, {"Response": {...}}.
func (r *reader) unwrap(root *jsontree.Node, t *model.Type) *jsontree.Node {
	if root.Kind != jsontree.Object || len(root.Members) != 1 || root.Members[0].Name != r.doc.Name {
		return nil
	}
	if t != nil && t.Record != nil && r.index(t.Record).json[r.doc.Name] != nil {
		return nil
	}
	return root.Members[0].Value
}

// foreign tells whether an object has members and none that is declared.
func (r *reader) foreign(n *jsontree.Node, t *model.Type) bool {
	x := r.index(t.Record)
	for _, m := range n.Members {
		if x.json[m.Name] != nil || r.admitted(t.Record, m.Name) != "" {
			return false
		}
	}
	return len(n.Members) > 0 && len(x.json) > 0
}

// someNames lists the first fields of a record.
func someNames(rec *model.Record) string {
	var list []string
	for i := range rec.Fields {
		if i == 6 {
			list = append(list, "...")
			break
		}
		list = append(list, rec.Fields[i].Name)
	}
	return strings.Join(list, ", ")
}

// jsonTypes are the JSON types of the kinds of node that are scalars.
var jsonTypes = map[jsontree.Kind]model.JSONType{
	jsontree.Bool: model.JSONBoolean, jsontree.Number: model.JSONNumber, jsontree.String: model.JSONString, jsontree.Null: model.JSONNull,
}

// jsonValue reads a value that a type is declared for, or nobody knows (nil).
// about says what an issue of the value itself is about.
func (r *reader) jsonValue(n *jsontree.Node, t *model.Type, path string, about Issue) *Value {
	v := &Value{Type: t, Spelled: jsonTypes[n.Kind], Text: n.Text, At: r.place(n.Start, path)}
	if t != nil && t.Kind == model.KindUnion {
		v.Type = r.variant(t, func(t *model.Type) int { return r.jsonFit(n, t) })
		t = v.Type
	}
	if t != nil && t.Kind == model.KindAny {
		t = nil
	}
	about.At, about.Value = v.At, v
	switch n.Kind {
	case jsontree.Null:
		v.Kind, v.Text = Nothing, ""
	case jsontree.Object:
		v.Spelled = model.JSONObject
		if v.Kind = Record; len(n.Members) == 0 {
			v.Kind = Nothing
		} else if t != nil && t.Kind != model.KindRecord {
			about.Code = WrongType
			r.report(about, "an object where %s is declared", declared(t))
			t = nil
		}
		r.jsonMembers(v, n, t)
	case jsontree.Array:
		v.Spelled = model.JSONArray
		if v.Kind = List; len(n.Items) == 0 {
			v.Kind = Nothing
		} else if t != nil && t.Kind != model.KindList {
			about.Code = WrongType
			r.report(about, "an array where %s is declared", declared(t))
			t = nil
		}
		for i, item := range n.Items {
			v.Items = append(v.Items, r.jsonValue(item, r.item(t, i), path+"/"+strconv.Itoa(i), Issue{Owner: about.Owner, Member: about.Member, Field: about.Field}))
		}
	default:
		if v.Kind = Scalar; n.Kind == jsontree.String && n.Text == "" {
			v.Kind = Nothing
		} else if t != nil && t.Kind == model.KindList && n.Kind == jsontree.String {
			r.words(v, t)
		} else if t != nil {
			r.simple(v, about)
		}
	}
	return v
}

// item returns the type of an item of a list.
func (r *reader) item(t *model.Type, i int) *model.Type {
	switch {
	case t == nil || t.List == nil:
		return nil
	case i < len(t.List.Tuple):
		return r.types[t.List.Tuple[i]]
	}
	return r.types[t.List.Item]
}

// words splits a text into the items of a list (XML Schema Part 2, section
// 2.5.1.2).
func (r *reader) words(v *Value, t *model.Type) {
	fields := strings.FieldsFunc(v.Text, func(c rune) bool { return strings.ContainsRune(" \t\r\n", c) })
	v.Kind = List
	for i, s := range fields {
		item := &Value{Kind: Scalar, Type: r.item(t, i), Text: s, At: v.At}
		if simpleType(item.Type) {
			r.simple(item, Issue{})
		}
		v.Items = append(v.Items, item)
	}
	v.Text = ""
}

// jsonMembers reads the members of an object, into a record that a type is
// declared for or nobody knows.
func (r *reader) jsonMembers(v *Value, n *jsontree.Node, t *model.Type) {
	var x *index
	if t != nil && t.Kind == model.KindRecord {
		x = r.index(t.Record)
	}
	for i := range n.Members {
		jm := &n.Members[i]
		path := v.At.Path + "/" + jsontree.Escape(jm.Name)
		m := &Member{Name: jm.Name, At: r.place(jm.Start, path)}
		v.Members = append(v.Members, m)
		var typ *model.Type
		if x != nil {
			if m.Field = x.json[jm.Name]; m.Field != nil {
				m.Name = m.Field.Name
				typ = r.types[m.Field.Type]
			} else if id := r.admitted(t.Record, jm.Name); id != "" {
				m.Admitted = true
				typ = r.types[id]
			} else {
				r.report(Issue{Code: Unknown, At: m.At, Owner: v, Member: m}, "nobody declared the member %s", quote(jm.Name))
			}
		}
		about := Issue{Owner: v, Member: m, Field: m.Field}
		whole := m.Field != nil && m.Field.Occurs != model.Many && r.isList(m.Field.Type) || m.Admitted && r.isList(typ.ID)
		if jm.Value.Kind == jsontree.Array && !whole {
			m.Array = true
			for i, item := range jm.Value.Items {
				m.Values = append(m.Values, r.jsonValue(item, typ, path+"/"+strconv.Itoa(i), about))
			}
		} else {
			m.Values = []*Value{r.jsonValue(jm.Value, typ, path, about)}
		}
		r.cardinality(v, m)
		if f := m.Field; f != nil && f.Occurs == model.Many && !m.Array && !f.JSON.Bare && m.Values[0].Kind != Nothing {
			r.report(Issue{Code: Bare, At: m.At, Owner: v, Member: m, Field: f}, "%s is one value, and the contract wants an array", m.Name)
		}
	}
	if x != nil && v.Kind == Record {
		r.missing(v)
	}
}

// admitted returns the type of a member that no field names, when the record
// has one for such members.
func (r *reader) admitted(rec *model.Record, name string) model.TypeID {
	for _, p := range r.index(rec).patterns {
		if p.expr.Match(name) {
			return p.typ
		}
	}
	return rec.Additional
}

// jsonFit tells how badly a value fits a type, at first sight: 0 is well.
func (r *reader) jsonFit(n *jsontree.Node, t *model.Type) int {
	switch {
	case t == nil || t.Kind == model.KindAny:
		return 1
	case n.Kind == jsontree.Object && t.Kind == model.KindRecord:
		bad := 0
		for i := range t.Record.Fields {
			f := &t.Record.Fields[i]
			if f.JSON == nil {
				continue
			}
			m := n.Get(f.JSON.Name)
			if m == nil && f.Occurs == model.One || m != nil && !r.allowed(f, m) {
				bad += 8
			}
		}
		for _, m := range n.Members {
			if r.index(t.Record).json[m.Name] == nil && r.admitted(t.Record, m.Name) == "" {
				bad += 2
			}
		}
		return bad
	case n.Kind == jsontree.Array && t.Kind == model.KindList, n.Kind == jsontree.Null:
		return 0
	case simpleType(t) && jsonTypes[n.Kind] != "":
		if !spelled(t, n.Text) || !listed(t, n.Text) {
			return 64
		}
		for _, s := range Natural(Primitive(t)) {
			if s == jsonTypes[n.Kind] || s == model.JSONInteger && n.Kind == jsontree.Number {
				return 0
			}
		}
		return 4
	}
	return 1 << 10
}

// allowed tells whether a member may have a value, as far as a constant or an
// enumeration tells.
func (r *reader) allowed(f *model.Field, n *jsontree.Node) bool {
	if f.Fixed != nil {
		return n.Compact() == *f.Fixed
	}
	t := r.types[f.Type]
	return t == nil || t.Kind != model.KindEnumeration || jsonTypes[n.Kind] == "" || listed(t, n.Text)
}

// variant returns the type of a union that fits best, the first of equals, also of
// a union in it. fit tells how badly a type fits.
func (r *reader) variant(t *model.Type, fit func(*model.Type) int) *model.Type {
	var best *model.Type
	least := 0
	seen := map[*model.Type]bool{}
	var look func(t *model.Type)
	look = func(t *model.Type) {
		seen[t] = true
		for _, w := range t.Union.Variants {
			one := r.types[w.Type]
			if one != nil && one.Kind == model.KindUnion {
				if !seen[one] {
					look(one)
				}
			} else if bad := fit(one); best == nil || bad < least {
				best, least = one, bad
			}
		}
	}
	look(t)
	return best
}
