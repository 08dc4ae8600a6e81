package pair

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
)

// record merges two records, member by member: in the XSD's order, and behind
// that the members of the JSON Schema alone.
func (m *merger) record(n *node) {
	x, j := n.xml, n.json
	r := &model.Record{Mixed: x.Record.Mixed, Closed: x.Record.Closed && j.Record.Closed}
	n.typ.Record = r
	n.typ.Constraints = concat(x.Constraints, j.Constraints)
	if r.Mixed {
		m.differ(diag.Warning, "pair-type", n.at,
			"an object in the JSON Schema beside an element with text between its children in the XSD").
			WithHint("the text between the children has no place in JSON; leave out mixed=\"true\" in the XSD if there is none")
	}
	partner := partners(x.Record, j.Record)
	var onlyXML, onlyJSON []*model.Field
	used := make([]bool, len(j.Record.Fields))
	for i := range x.Record.Fields {
		xf := &x.Record.Fields[i]
		if partner[i] < 0 {
			if xf.XML == nil || xf.XML.Node != model.NodeAny {
				onlyXML = append(onlyXML, xf)
			}
			r.Fields = append(r.Fields, m.lone(xf, key{xml: xf.Type}))
			continue
		}
		used[partner[i]] = true
		r.Fields = append(r.Fields, m.field(n, xf, &j.Record.Fields[partner[i]]))
	}
	for i := range j.Record.Fields {
		if jf := &j.Record.Fields[i]; !used[i] {
			onlyJSON = append(onlyJSON, jf)
			r.Fields = append(r.Fields, m.lone(jf, key{json: jf.Type}))
		}
	}
	for _, p := range j.Record.Patterns {
		p.Type = m.pair(key{json: p.Type}, place{}).name
		p.At = clone(p.At)
		r.Patterns = append(r.Patterns, p)
	}
	if r.AdditionalNull = j.Record.AdditionalNull; j.Record.Additional != "" {
		r.Additional = m.pair(key{json: j.Record.Additional}, place{}).name
	}
	m.missing(n, onlyXML, onlyJSON)
}

// partners returns, for each member of x, the index of the member of j that it
// is one with, or -1. The same goName goes before the same name, and that
// before a goName that is the other's name but for case; of XML nodes of one
// name, elements go before attributes and these before text.
func partners(x, j *model.Record) []int {
	partner := make([]int, len(x.Fields))
	for i := range partner {
		partner[i] = -1
	}
	used := make([]bool, len(j.Fields))
	rules := []func(xf, jf *model.Field) bool{
		func(xf, jf *model.Field) bool { return xf.Hints.GoName != "" && xf.Hints.GoName == jf.Hints.GoName },
		func(xf, jf *model.Field) bool { return xf.Name == jf.Name },
		func(xf, jf *model.Field) bool {
			return xf.Hints.GoName != "" && strings.EqualFold(xf.Hints.GoName, jf.Name) ||
				jf.Hints.GoName != "" && strings.EqualFold(jf.Hints.GoName, xf.Name)
		},
	}
	nodes := []model.XMLNode{model.NodeElement, model.NodeAttribute, model.NodeText}
	for _, same := range rules {
		for _, node := range nodes {
			for i := range x.Fields {
				xf := &x.Fields[i]
				if partner[i] >= 0 || xf.XML == nil || xf.XML.Node != node {
					continue
				}
				for k := range j.Fields {
					if !used[k] && same(xf, &j.Fields[k]) {
						partner[i], used[k] = k, true
						break
					}
				}
			}
		}
	}
	return partner
}

// lone copies a member that one contract alone declares.
func (m *merger) lone(f *model.Field, k key) model.Field {
	c := cloneField(f)
	c.Type = m.pair(k, place{}).name
	r := model.Record{Fields: []model.Field{c}}
	decide(&r)
	return r.Fields[0]
}

// missing reports the members that one contract alone declares.
func (m *merger) missing(n *node, onlyXML, onlyJSON []*model.Field) {
	x, j := n.xml, n.json
	for _, f := range onlyXML {
		if typed(j.Record, f.Name) {
			continue
		}
		d := m.diags.Errorf(at(f.At), "pair-missing", "the %s %s is not in the JSON Schema", nodeWord(f), f.Name).WithRelated(n.at.json)
		if near := nearest(f, onlyJSON); near != nil {
			d.WithRelated(at(near.At))
			d.WithHint("did you mean %s, which the JSON Schema has alone? write both alike, or give both the same goName hint", near.Name)
			continue
		}
		d.WithHint("add the property %s in the JSON Schema, at %s", f.Name, diag.Place(n.at.json))
	}
	open := slices.ContainsFunc(x.Record.Fields, func(f model.Field) bool { return f.XML != nil && f.XML.Node == model.NodeAny })
	for _, f := range onlyJSON {
		if open {
			continue
		}
		d := m.diags.Errorf(at(f.At), "pair-missing", "the property %s is not in the XSD", f.Name).WithRelated(n.at.xml)
		if near := nearest(f, onlyXML); near != nil {
			d.WithRelated(at(near.At))
			d.WithHint("did you mean the %s %s, which the XSD has alone? write both alike, or give both the same goName hint", nodeWord(near), near.Name)
			continue
		}
		d.WithHint("add the element %s in the XSD, at %s", f.Name, diag.Place(n.at.xml))
	}
}

// typed tells whether a JSON record has a type for a member that it does not
// name.
func typed(r *model.Record, name string) bool {
	return r.Additional != "" || slices.ContainsFunc(r.Patterns, func(p model.PatternField) bool {
		source, err := jsonschema.RuntimePattern(p.Pattern)
		if err != nil {
			return false
		}
		m, err := constraint.NewMatcher(source)
		return err == nil && m.Match(name)
	})
}

// nodeWord says what an XSD calls the node of a member.
func nodeWord(f *model.Field) string {
	if f.XML == nil || f.XML.Node == model.NodeText {
		return "text"
	}
	return string(f.XML.Node)
}

// nearest returns the member that is probably meant by a name: the one of the
// least edit distance, within a third of the name; names that differ in case and
// punctuation alone come first, and the first of equals.
func nearest(f *model.Field, candidates []*model.Field) *model.Field {
	var best *model.Field
	limit := 1 + max(1, len(f.Name)/3)
	for _, c := range candidates {
		d := diag.Distance(f.Name, c.Name, limit)
		if letters(f.Name) == letters(c.Name) && letters(f.Name) != "" {
			d = 0
		}
		if d < limit {
			best, limit = c, d
		}
	}
	return best
}

// letters returns the letters and digits of a name, in lower case.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("@-_#$.: ", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
}
