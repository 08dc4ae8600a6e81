package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
)

// judge reads payloads by contracts. It decodes with package observe, not with
// generated code: the command must work for contracts of any document, and be
// buildable when the callback's own package has yet to be generated.
type judge struct {
	doc       *model.Document
	validate  map[model.Form]func([]byte) error
	id, state []*model.Field // the way from the root to what names a delivery
}

// reading is what is in a payload.
type reading struct {
	Form       model.Form
	ID, State  string
	Test       bool
	Decoded    string // JSON, indented
	Issues     []remark
	Violations []remark
	// Whether there are more of them than are kept.
	MoreIssues, MoreViolations bool
	Err                        error // the payload cannot be read
	Bug                        bool  // and that is biform's fault

	saveErr error // it cannot be saved
}

// remark is something to say of a place in a payload.
type remark struct {
	Path         string
	Offset       int
	Line, Column int // 0 when it is of no place
	Message      string
	Code         string
}

// maxRemarks is how many issues of a payload are kept to show: as many as there
// are violations.
const maxRemarks = wire.MaxViolations

func newJudge(a *app, c load.Contracts) (*judge, error) {
	doc, diags := load.Document(c)
	if diags.HasErrors() {
		return nil, a.report(diags)
	}
	v := &validation{app: a, contracts: c}
	if err := v.prepare(); err != nil {
		return nil, err
	}
	j := &judge{doc: doc, validate: map[model.Form]func([]byte) error{model.XML: v.xml, model.JSON: v.json}}
	j.id = wayTo(doc, "id", "Id", "ID", "_id", "-id")
	j.state = wayTo(doc, "state", "State", "Status", "_state", "_status", "status")
	return j, nil
}

// wayTo returns the way from the root to the first scalar that is called name,
// or whose name has one of the endings; the nearest to the root, in the order
// of the contracts.
func wayTo(doc *model.Document, name string, endings ...string) []*model.Field {
	type step struct {
		t   *model.Type
		way []*model.Field
	}
	seen := map[model.TypeID]bool{doc.Root: true}
	for queue := []step{{doc.Type(doc.Root), nil}}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if at.t == nil || at.t.Record == nil {
			continue
		}
		for i := range at.t.Record.Fields {
			f := &at.t.Record.Fields[i]
			way := append(at.way[:len(at.way):len(at.way)], f)
			t := doc.Type(f.Type)
			if t == nil {
				continue
			}
			if t.Kind == model.KindScalar || t.Kind == model.KindEnumeration {
				found := strings.EqualFold(f.Name, name)
				for _, e := range endings {
					found = found || strings.HasSuffix(f.Name, e)
				}
				if found {
					return way
				}
			} else if !seen[f.Type] {
				seen[f.Type] = true
				queue = append(queue, step{t, way})
			}
		}
	}
	return nil
}

// textAt returns the text at the end of a way, or nothing.
func textAt(v *observe.Value, way []*model.Field) string {
	if len(way) == 0 {
		return ""
	}
	for _, f := range way {
		m := v.Member(f)
		if m == nil || len(m.Values) == 0 {
			return ""
		}
		v = m.Values[0]
	}
	return strings.TrimSpace(v.Text)
}

// read reads a payload. It never panics: a delivery that makes it is reported
// as a fault of biform, and is saved all the same.
func (j *judge) read(data []byte) (r reading) {
	r.Form = observe.FormOf(data)
	defer func() {
		if p := recover(); p != nil {
			r.Err, r.Bug = diag.Bugf("%v", p), true
		}
	}()
	validate := j.validate[r.Form]
	if validate == nil {
		r.Err = fmt.Errorf("the payload is %s, and there is no contract for that form", strings.ToUpper(string(r.Form)))
		return r
	}
	p, err := observe.Read(j.doc, "", data)
	var d diag.Diagnostic
	switch {
	case errors.As(err, &d) && d.Code == otherDocument && isTest(r.Form, data):
		r.Test = true
		return r
	case errors.As(err, &d) && d.At.Line > 0:
		r.Err = fmt.Errorf("%d:%d: %s", d.At.Line, d.At.Column, d.Summary)
		r.Violations = []remark{{d.At.Path, offset(data, d.At), d.At.Line, d.At.Column, d.Summary, d.Code}}
		return r
	case err != nil:
		r.Err = err
		return r
	}
	r.Decoded = indent(p.Root.AppendJSON(nil))
	r.ID, r.State = textAt(p.Root, j.id), textAt(p.Root, j.state)
	var violations wire.Violations
	if err := validate(data); err != nil && !errors.As(err, &violations) {
		r.Err = err
		return r
	}
	invalid := map[string]bool{}
	for _, v := range violations {
		if v.Code == wire.ErrMore {
			r.MoreViolations = true
			continue
		}
		invalid[v.Path] = true
		r.Violations = append(r.Violations, remark{v.Path, v.Offset, v.Line, v.Column, v.Message, string(v.Code)})
	}
	for _, i := range p.Issues {
		if invalid[i.At.Path] && i.Code != observe.Unknown {
			continue // the contract's own words for it are there
		}
		if len(r.Issues) == maxRemarks {
			r.MoreIssues = true
			break
		}
		r.Issues = append(r.Issues, remark{i.At.Path, i.At.Offset, i.At.Line, i.At.Column, i.Message, string(i.Code)})
	}
	return r
}

// otherDocument is the code of what package observe says of a payload in which
// nothing is declared.
const otherDocument = "other-document"

// offset returns where a place is in a payload, in bytes.
func offset(data []byte, at model.Position) int {
	n := 0
	for range at.Line - 1 {
		next := bytes.IndexByte(data[n:], '\n')
		if next < 0 {
			break
		}
		n += next + 1
	}
	return min(n+at.Column-1, len(data))
}

// isTest recognises the request that Tencent Cloud CI makes when a callback
// URL is saved, as package webhook does.
func isTest(form model.Form, data []byte) bool {
	var b struct {
		Message string `json:"message"`
	}
	return form == model.JSON && json.Unmarshal(data, &b) == nil && strings.HasPrefix(strings.ToLower(b.Message), "test request")
}

// indent lays JSON out in lines.
func indent(text []byte) string {
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return string(text)
	}
	return b.String()
}
