package xsd

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// hintSource is the source of an xs:appinfo that speaks to biform.
const hintSource = "urn:biform"

// hintMembers are the members of a hint object.
var hintMembers = []string{"type", "layouts", "absent", "emptyIsAbsent", "goName", "goType", "since"}

// annotations returns the xs:annotation children of a component.
func annotations(n *node) []*node {
	if n == nil {
		return nil
	}
	var out []*node
	for _, k := range n.kids {
		if k.kind == &kAnnotation {
			out = append(out, k)
		}
	}
	return out
}

// docOf returns what a component's annotations say in prose.
func docOf(n *node) model.Doc {
	var parts []string
	for _, a := range annotations(n) {
		for _, k := range a.kids {
			if k.is("documentation") {
				if text := tidy(k.inner); text != "" {
					parts = append(parts, text)
				}
			}
		}
	}
	return model.Doc{Description: strings.Join(parts, "\n\n")}
}

// tidy takes the indentation of the schema out of a text, and keeps its lines
// and paragraphs.
func tidy(text string) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		line = collapse(line)
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n")
}

// readHints reads every hint of the contract; one that stands where it says
// nothing is an error.
func (s *schema) readHints() {
	seen := map[*node]bool{}
	for _, d := range s.docs {
		if !seen[d.root] {
			seen[d.root] = true
			s.hintsBelow(d.root)
		}
	}
}

func (s *schema) hintsBelow(n *node) {
	if n.kind == nil || n.kind.free {
		return
	}
	if h := hintsOf(n, s.diags); !noHints(h) {
		switch n.name.Local {
		case "schema", "element", "attribute", "simpleType", "complexType":
			s.hints[n] = h
		default:
			s.diags.Errorf(n.at(), "bad-hint", "a hint on xs:%s says nothing", n.name.Local).
				WithHint("put it on an element, an attribute or a type")
		}
	}
	for _, k := range n.kids {
		s.hintsBelow(k)
	}
}

// hintsOf reads the hints in a component's annotations.
func hintsOf(n *node, diags *diag.List) model.Hints {
	var out model.Hints
	var first *node
	for _, a := range annotations(n) {
		for _, k := range a.kids {
			if !k.is("appinfo") || k.get("source") != hintSource {
				continue
			}
			if first != nil {
				diags.Errorf(k.at(), "bad-hint", "a second hint for one component").
					WithHint("join the two objects").WithRelated(first.at())
				continue
			}
			first = k
			out = readHint(k, diags)
		}
	}
	return out
}

// readHint reads the JSON object of one xs:appinfo.
func readHint(n *node, diags *diag.List) model.Hints {
	var out model.Hints
	at := n.at()
	if n.textAt > 0 {
		at = n.file.Position(n.textAt, n.path())
	}
	if len(n.kids) > 0 {
		diags.Errorf(n.kids[0].at(), "bad-hint", "a hint is a JSON object, not an element")
		return out
	}
	dec := json.NewDecoder(strings.NewReader(n.text))
	open, err := dec.Token()
	if err != nil || open != json.Delim('{') {
		diags.Errorf(at, "bad-hint", "the hint is no JSON object").
			WithHint(`write it as {"type": "time"}`)
		return out
	}
	seen := map[string]bool{}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			break
		}
		name := token.(string)
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			diags.Errorf(at, "bad-hint", "hint member %q: %v", name, err)
			return out
		}
		if seen[name] {
			diags.Errorf(at, "bad-hint", "hint member %q is given twice", name)
		}
		seen[name] = true
		hintMember(&out, name, raw, at, diags)
	}
	if _, err := dec.Token(); err != nil || dec.More() {
		diags.Errorf(at, "bad-hint", "the hint is no JSON object")
	}
	return out
}

func hintMember(h *model.Hints, name string, raw json.RawMessage, at model.Position, diags *diag.List) {
	var err error
	want := "a string"
	switch name {
	case "type":
		if err = decodeHint(raw, &h.Type); err == nil && h.Type != "time" {
			diags.Errorf(at, "bad-hint", "hint type %q is unknown", h.Type).WithHint(`the one type is "time"`)
			h.Type = ""
		}
	case "layouts":
		want = "an array of strings"
		err = decodeHint(raw, &h.Layouts)
	case "absent":
		want = "an array of strings"
		err = decodeHint(raw, &h.Absent)
	case "emptyIsAbsent":
		want = "true or false"
		err = decodeHint(raw, &h.EmptyIsAbsent)
	case "goName":
		err = decodeHint(raw, &h.GoName)
	case "goType":
		err = decodeHint(raw, &h.GoType)
	case "since":
		err = decodeHint(raw, &h.Since)
	default:
		d := diags.Errorf(at, "bad-hint", "unknown hint member %q", name)
		if near := suggest(name, hintMembers); near != "" {
			d.WithHint("did you mean %q?", near)
		} else {
			d.WithHint("the members are: %s", strings.Join(hintMembers, ", "))
		}
	}
	if err != nil {
		diags.Errorf(at, "bad-hint", "hint member %q is not %s", name, want)
	}
}

// decodeHint decodes a hint's value; null is none.
func decodeHint(raw json.RawMessage, into any) error {
	if bytes.Contains(raw, []byte("null")) && slices.Contains([]string{"null", "[null]"}, string(raw)) {
		return errors.New("null")
	}
	return json.Unmarshal(raw, into)
}

// mergeHints adds to h what only outer says.
func mergeHints(h, outer model.Hints) model.Hints {
	if h.Type == "" {
		h.Type = outer.Type
	}
	if h.Layouts == nil {
		h.Layouts = outer.Layouts
	}
	if h.Absent == nil {
		h.Absent = outer.Absent
	}
	h.EmptyIsAbsent = h.EmptyIsAbsent || outer.EmptyIsAbsent
	if h.GoName == "" {
		h.GoName = outer.GoName
	}
	if h.GoType == "" {
		h.GoType = outer.GoType
	}
	if h.Since == "" {
		h.Since = outer.Since
	}
	return h
}

func noHints(h model.Hints) bool {
	return h.Type == "" && h.Layouts == nil && h.Absent == nil && !h.EmptyIsAbsent && h.GoName == "" && h.GoType == "" && h.Since == ""
}
