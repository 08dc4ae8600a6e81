package pair_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/pair"
)

// documents makes two models of one member: a record Doc with the field f, of
// the given types.
func documents(xf, jf model.Field, xt, jt model.Type) (xml, json *model.Document) {
	xat, jat := model.Position{File: "x", Line: 1, Column: 1}, model.Position{File: "j", Line: 1, Column: 1}
	xf.Name, xf.At, xf.Type = "f", []model.Position{xat}, "xt"
	xf.XML = &model.XMLBinding{Node: model.NodeElement, Name: model.XMLName{Local: "f"}}
	jf.Name, jf.At, jf.Type = "f", []model.Position{jat}, "jt"
	if jf.JSON == nil {
		jf.JSON = &model.JSONBinding{Name: "f"}
	}
	xt.ID, jt.ID = "xt", "jt"
	xt.At, jt.At = []model.Position{xat}, []model.Position{jat}
	xml = &model.Document{Name: "Doc", Root: "xroot", Types: []model.Type{
		{ID: "xroot", Kind: model.KindRecord, Record: &model.Record{Fields: []model.Field{xf}}}, xt,
	}}
	json = &model.Document{Name: "Doc", Root: "jroot", Types: []model.Type{
		{ID: "jroot", Kind: model.KindRecord, Record: &model.Record{Fields: []model.Field{jf}}}, jt,
	}}
	return xml, json
}

func scalar(p model.Primitive) model.Type {
	return model.Type{Kind: model.KindScalar, Scalar: &model.Scalar{Primitive: p}}
}

// codes lists diagnostics as "severity code".
func codes(diags diag.List) string {
	var all []string
	for _, d := range diags {
		all = append(all, d.Severity.String()+" "+d.Code)
	}
	return strings.Join(all, ", ")
}

func TestOccurs(t *testing.T) {
	one, optional, many := model.Field{Occurs: model.One}, model.Field{Occurs: model.Optional}, model.Field{Occurs: model.Many}
	free := model.Field{Occurs: model.Optional, Repeatable: true}
	freeOne := model.Field{Occurs: model.One, Repeatable: true}
	bounded := model.Field{Occurs: model.Many, MinItems: 2, MaxItems: 5}
	for _, c := range []struct {
		xml, json model.Field
		want      string
		codes     string
	}{
		{one, one, "one 0..0", ""},
		{one, optional, "optional 0..0", "warning pair-occurs"},
		{one, many, "one 0..0", "error pair-occurs"},
		{optional, one, "optional 0..0", "warning pair-occurs"},
		{optional, optional, "optional 0..0", ""},
		{optional, many, "optional 0..0", "error pair-occurs"},
		{many, one, "many 0..0", "error pair-occurs"},
		{many, optional, "many 0..0", "error pair-occurs"},
		{many, many, "many 0..0", ""},
		{free, one, "one 0..0", ""},
		{free, optional, "optional 0..0", ""},
		{free, many, "many 0..0", ""},
		{free, bounded, "many 2..5", ""},
		{freeOne, optional, "optional 0..0", ""},
		{bounded, bounded, "many 2..5", ""},
		{bounded, many, "many 2..5", "warning pair-bounds"},
		{many, bounded, "many 2..5", "warning pair-bounds"},
		{bounded, model.Field{Occurs: model.Many, MinItems: 6}, "many 6..5", "error pair-bounds"},
	} {
		xml, json := documents(c.xml, c.json, scalar(model.String), scalar(model.String))
		doc, diags := pair.Merge(xml, json)
		f := doc.Types[0].Record.Fields[0]
		if got := fmt.Sprintf("%s %d..%d", f.Occurs, f.MinItems, f.MaxItems); got != c.want || codes(diags) != c.codes || f.Repeatable {
			t.Errorf("%s/%v beside %s: got %s (%s), want %s (%s)", c.xml.Occurs, c.xml.Repeatable, c.json.Occurs, got, codes(diags), c.want, c.codes)
		}
		for _, d := range diags {
			if d.At.File != "j" || len(d.Related) != 1 || d.Related[0].File != "x" || d.Hint == "" {
				t.Errorf("a position or the hint is missing: %+v", d)
			}
		}
	}
}

func TestScalars(t *testing.T) {
	pattern := func(p string) model.Type {
		s := scalar(model.String)
		s.Constraints = []model.Constraint{{Kind: model.Pattern, Value: p, Form: model.JSON, At: model.Position{File: "j", Line: 2}}}
		return s
	}
	hinted := func(s model.Type, h model.Hints) model.Type {
		s.Hints = h
		return s
	}
	for _, c := range []struct {
		name      string
		xml, json model.Type
		spelled   []model.JSONType
		want      string // primitive and spellings
		codes     string
	}{
		{"same", scalar(model.Int32), scalar(model.Int64), nil, "int32 []", ""},
		{"unbounded", scalar(model.Integer), scalar(model.Int64), nil, "integer [integer]", ""},
		{"decimal", scalar(model.Decimal), scalar(model.Float64), nil, "decimal [number]", ""},
		{"quoted", scalar(model.Float64), pattern(`^[0-9]+$`), nil, "float64 [string]", ""},
		{"quoted exponent", scalar(model.Float64), pattern(`^-?[0-9]+(\.[0-9]+)?([eE][+\-]?[0-9]+)?$`), nil, "float64 [string]", ""},
		{"quoted fraction", scalar(model.Int64), pattern(`^[0-9]+(\.[0-9]+)?$`), nil, "int64 [string]", "error pair-type"},
		{"unanchored", scalar(model.Int64), pattern(`[0-9]+`), nil, "int64 [string]", "error pair-type"},
		{"no pattern", scalar(model.Int64), scalar(model.String), nil, "int64 [string]", "error pair-type"},
		{"blank", scalar(model.Int64), pattern(`^\s*$`), nil, "int64 [string]", "error pair-type"},
		{"lookahead", scalar(model.Int64), pattern(`^(?=1)[0-9]+$`), nil, "int64 [string]", "error pair-type"},
		{"either", scalar(model.Float64), scalar(model.String), []model.JSONType{model.JSONString, model.JSONNumber}, "float64 [string number]", ""},
		{"either number", scalar(model.Float64), scalar(model.Float64), []model.JSONType{model.JSONNumber, model.JSONString}, "float64 [number string]", ""},
		{"boolean", scalar(model.Boolean), pattern(`^(true|false)$`), nil, "boolean [string]", ""},
		{"boolean digits", scalar(model.Boolean), pattern(`^[01]$`), nil, "boolean [string]", ""},
		{"boolean number", scalar(model.Boolean), scalar(model.Int64), nil, "boolean [integer]", "error pair-type"},
		{"string number", scalar(model.String), scalar(model.Float64), nil, "string [number]", "error pair-type"},
		{"string time", scalar(model.String), hinted(scalar(model.Time), model.Hints{Type: "time"}), nil, "time []", ""},
		{"time string", hinted(scalar(model.Time), model.Hints{Type: "time"}), scalar(model.String), nil, "time []", ""},
		{"dateTime time", scalar(model.DateTime), hinted(scalar(model.Time), model.Hints{Type: "time"}), nil, "time []", ""},
		{"time number", hinted(scalar(model.Time), model.Hints{Type: "time"}), scalar(model.Int64), nil, "time [integer]", "error pair-type"},
		{"number time", scalar(model.Int64), hinted(scalar(model.Time), model.Hints{Type: "time"}), nil, "time []", "error pair-type"},
		{"goType", scalar(model.String), hinted(scalar(model.Float64), model.Hints{GoType: "x.Y"}), nil, "string [number]", ""},
		{"date", scalar(model.Date), scalar(model.String), nil, "date []", ""},
		{"string date", scalar(model.String), scalar(model.Date), nil, "string []", "warning pair-type"},
		{"dates", scalar(model.Date), scalar(model.DateTime), nil, "date []", "error pair-type"},
		{"date number", scalar(model.Date), scalar(model.Int64), nil, "date [integer]", "error pair-type"},
		{"binary", scalar(model.Hex), scalar(model.Base64), nil, "hexBinary []", "error pair-type"},
		{"number date", scalar(model.Float64), scalar(model.Date), nil, "float64 [string]", "error pair-type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			jf := model.Field{Occurs: model.One, JSON: &model.JSONBinding{Name: "f", Spellings: c.spelled}}
			xml, json := documents(model.Field{Occurs: model.One}, jf, c.xml, c.json)
			doc, diags := pair.Merge(xml, json)
			f := doc.Types[0].Record.Fields[0]
			got := fmt.Sprintf("%s %v", doc.Type(f.Type).Scalar.Primitive, f.JSON.Spellings)
			if got != c.want || codes(diags) != c.codes {
				t.Errorf("got %s (%s), want %s (%s)", got, codes(diags), c.want, c.codes)
			}
		})
	}
}

// A JSON string or number may be a union of the two, and an xs:union is spelled
// as a string.
func TestUnions(t *testing.T) {
	union := func(ids ...model.TypeID) model.Type {
		u := model.Type{Kind: model.KindUnion, Union: &model.Union{}}
		for _, id := range ids {
			u.Union.Variants = append(u.Union.Variants, model.Variant{Type: id})
		}
		return u
	}
	more := func(d *model.Document) {
		for id, p := range map[model.TypeID]model.Primitive{"s": model.String, "n": model.Float64, "b": model.Boolean} {
			s := scalar(p)
			s.ID = id
			d.Types = append(d.Types, s)
		}
	}
	for _, c := range []struct {
		name      string
		xml, json model.Type
		kind      model.Kind
		spelled   string
		codes     string
	}{
		{"double", scalar(model.Float64), union("s", "n"), model.KindScalar, "[string number]", ""},
		{"boolean", scalar(model.Boolean), union("b", "s"), model.KindScalar, "[boolean string]", ""},
		{"string", scalar(model.String), union("n", "s"), model.KindScalar, "[number string]", "error pair-type"},
		{"both", union("s", "n"), union("s", "n"), model.KindUnion, "[]", ""},
		{"counts", union("s", "n", "b"), union("s", "n"), model.KindUnion, "[]", "error pair-type"},
		{"spelled", union("s", "n"), scalar(model.String), model.KindUnion, "[]", ""},
		{"number", union("s", "n"), scalar(model.Float64), model.KindUnion, "[]", "error pair-type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			xml, json := documents(model.Field{Occurs: model.One}, model.Field{Occurs: model.One}, c.xml, c.json)
			more(xml)
			more(json)
			doc, diags := pair.Merge(xml, json)
			f := doc.Types[0].Record.Fields[0]
			got := doc.Type(f.Type)
			if got.Kind != c.kind || fmt.Sprint(f.JSON.Spellings) != c.spelled || codes(diags) != c.codes {
				t.Errorf("got %s %v (%s)", got.Kind, f.JSON.Spellings, codes(diags))
			}
		})
	}
}

func TestSingle(t *testing.T) {
	xml, json := documents(model.Field{Occurs: model.Optional, Repeatable: true, MaxItems: 7}, model.Field{Occurs: model.One}, scalar(model.String), scalar(model.String))
	before := dump(xml)
	doc, diags := pair.Single(xml)
	f := doc.Types[0].Record.Fields[0]
	if len(diags) > 0 || f.Occurs != model.Many || f.Repeatable || f.MinItems != 0 || f.MaxItems != 7 {
		t.Errorf("got %+v, %v", f, diags)
	}
	if diff := cmp.Diff(before, dump(xml)); diff != "" {
		t.Errorf("Single has changed its argument:\n%s", diff)
	}
	doc, diags = pair.Single(json)
	if diff := cmp.Diff(json, doc); diff != "" || len(diags) > 0 {
		t.Errorf("Single is not the identity: %v\n%s", diags, diff)
	}
}

// A model with a reference to nowhere is a fault of biform's, and said so.
func TestBrokenModel(t *testing.T) {
	xml, json := documents(model.Field{Occurs: model.One}, model.Field{Occurs: model.One}, scalar(model.String), scalar(model.String))
	xml.Types, json.Types = xml.Types[:1], json.Types[:1]
	if _, diags := pair.Merge(xml, json); codes(diags) != "error bug, error bug" {
		t.Errorf("got %s", codes(diags))
	}
	if _, diags := pair.Merge(&model.Document{}, &model.Document{}); codes(diags) != "error bug" {
		t.Errorf("got %s", codes(diags))
	}
}

// document draws a model of a few types that refer to each other at random.
func document(form model.Form) *rapid.Generator[*model.Document] {
	return rapid.Custom(func(t *rapid.T) *model.Document {
		n := rapid.IntRange(1, 6).Draw(t, "types")
		id := func(i int) model.TypeID { return model.TypeID(fmt.Sprintf("%s%d", form, i)) }
		ref := func(label string) model.TypeID { return id(rapid.IntRange(0, n-1).Draw(t, label)) }
		at := func(line int) []model.Position {
			return []model.Position{{File: string(form), Line: line, Column: 1}}
		}
		doc := &model.Document{Name: "Doc", Root: id(0)}
		for i := range n {
			ty := model.Type{ID: id(i), At: at(i + 1)}
			if rapid.Bool().Draw(t, "named") {
				ty.Name = rapid.SampledFrom([]string{"A", "B"}).Draw(t, "name")
			}
			ty.Kind = rapid.SampledFrom([]model.Kind{model.KindRecord, model.KindRecord, model.KindRecord, model.KindScalar, model.KindEnumeration, model.KindList, model.KindUnion, model.KindAny}).Draw(t, "kind")
			prim := rapid.SampledFrom([]model.Primitive{model.String, model.Int64, model.Float64, model.Boolean, model.Date, model.Time}).Draw(t, "primitive")
			switch ty.Kind {
			case model.KindRecord:
				ty.Record = &model.Record{}
				for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "Doc"}), 0, 4, rapid.ID[string]).Draw(t, "fields") {
					f := model.Field{Name: name, At: at(i + 1), Type: ref("type")}
					f.Occurs = rapid.SampledFrom([]model.Occurs{model.One, model.Optional, model.Many}).Draw(t, "occurs")
					f.Hints.GoName = rapid.SampledFrom([]string{"", "", "A", "C"}).Draw(t, "goName")
					if form == model.XML {
						f.Repeatable = rapid.Bool().Draw(t, "repeatable")
						f.XML = &model.XMLBinding{Node: rapid.SampledFrom([]model.XMLNode{model.NodeElement, model.NodeAttribute, model.NodeText, model.NodeAny}).Draw(t, "node"), Name: model.XMLName{Local: name}}
					} else {
						f.JSON = &model.JSONBinding{Name: name}
					}
					ty.Record.Fields = append(ty.Record.Fields, f)
				}
				if form == model.JSON && rapid.Bool().Draw(t, "additional") {
					ty.Record.Additional = ref("type")
				}
			case model.KindScalar:
				ty.Scalar = &model.Scalar{Primitive: prim}
			case model.KindEnumeration:
				ty.Enum = &model.Enumeration{Primitive: prim, Values: []model.EnumValue{{Value: "1"}, {Value: "true"}}}
			case model.KindList:
				ty.List = &model.List{Item: ref("item")}
			case model.KindUnion:
				ty.Union = &model.Union{Variants: []model.Variant{{Type: ref("variant")}, {Type: ref("variant")}}}
			}
			doc.Types = append(doc.Types, ty)
		}
		return doc
	})
}

// Whatever the two models are, the result is a model: every reference leads to
// a type, no identifier is there twice, no member may only repeat, and a second
// run gives the same.
func TestMergeIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xml, json := document(model.XML).Draw(t, "xml"), document(model.JSON).Draw(t, "json")
		before := dump(xml) + dump(json)
		doc, diags := pair.Merge(xml, json)
		if dump(xml)+dump(json) != before {
			t.Error("Merge has changed its arguments")
		}
		for _, d := range diags {
			if d.Code == "bug" {
				t.Error(d)
			}
		}
		sound(t, doc)
		again, diagsAgain := pair.Merge(xml, json)
		if diff := cmp.Diff(dump(doc)+list(diags), dump(again)+list(diagsAgain)); diff != "" {
			t.Error(diff)
		}
	})
}

func sound(t *rapid.T, doc *model.Document) {
	ids := map[model.TypeID]bool{}
	for i := range doc.Types {
		if id := doc.Types[i].ID; id == "" || ids[id] {
			t.Errorf("the identifier %q is there twice", id)
		}
		ids[doc.Types[i].ID] = true
	}
	check := func(id model.TypeID) {
		if id != "" && !ids[id] {
			t.Errorf("there is no type %q", id)
		}
	}
	check(doc.Root)
	for i := range doc.Types {
		ty := &doc.Types[i]
		parts := 0
		if r := ty.Record; r != nil {
			parts++
			check(r.Additional)
			for _, f := range r.Fields {
				check(f.Type)
				if f.Repeatable {
					t.Errorf("%s/%s is not decided", ty.ID, f.Name)
				}
			}
		}
		if ty.List != nil {
			parts++
			check(ty.List.Item)
		}
		if ty.Union != nil {
			parts++
			for _, v := range ty.Union.Variants {
				check(v.Type)
			}
		}
		if ty.Scalar != nil {
			parts++
		}
		if ty.Enum != nil {
			parts++
		}
		if parts > 1 || parts == 0 && ty.Kind != model.KindAny {
			t.Errorf("%s is a %s with %d parts", ty.ID, ty.Kind, parts)
		}
	}
}

// cycle makes a model of n records that each hold the next, and the last the
// first.
func cycle(form model.Form, n int) *model.Document {
	doc := &model.Document{Name: "Doc", Root: model.TypeID(form + "0")}
	for i := range n {
		f := model.Field{Name: "next", Occurs: model.Optional, Type: model.TypeID(fmt.Sprintf("%s%d", form, (i+1)%n))}
		if form == model.XML {
			f.XML = &model.XMLBinding{Node: model.NodeElement, Name: model.XMLName{Local: "next"}}
		} else {
			f.JSON = &model.JSONBinding{Name: "next"}
		}
		doc.Types = append(doc.Types, model.Type{
			ID: model.TypeID(fmt.Sprintf("%s%d", form, i)), Kind: model.KindRecord,
			At:     []model.Position{{File: string(form), Line: i + 1, Column: 1}},
			Record: &model.Record{Fields: []model.Field{f}},
		})
	}
	return doc
}

// Cycles of different lengths meet in all their pairs, which say the same.
func TestCycles(t *testing.T) {
	doc, diags := pair.Merge(cycle(model.XML, 6), cycle(model.JSON, 35))
	if len(diags) > 0 || len(doc.Types) != 6 {
		t.Errorf("%d types, %v", len(doc.Types), diags)
	}
	if testing.Short() {
		return
	}
	start := time.Now()
	if _, diags := pair.Merge(cycle(model.XML, 600), cycle(model.JSON, 599)); codes(diags) != "error unsupported" {
		t.Errorf("got %s", codes(diags))
	}
	// A chain whose types differ in its end alone.
	chain := cycle(model.JSON, 30_000)
	chain.Types[len(chain.Types)-1].Record.Fields = nil
	if _, diags := pair.Merge(cycle(model.XML, 2), chain); codes(diags) != "error pair-missing" {
		t.Errorf("got %s", codes(diags))
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}
