package evolve

import (
	"regexp"
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
)

// shape is what all values of one member have shown, in all payloads.
type shape struct {
	xml, json bool // forms it was seen in
	empty     bool // nothing: an empty element, "", {} or []
	object    bool // ... and that in the form of {}
	null      bool // null, in the place of the member's value

	// Texts. The flags tell what all of them are.
	texts                    []string // each once
	known                    map[string]bool
	integer, number, boolean bool
	// The JSON types that spelled them.
	asString, asNumber, asBoolean bool

	record *record // nil: none of the values is one

	lists    bool // a list that is a value of its own
	many     bool // several values in one record, or an array
	single   bool // a JSON value without an array
	repeated bool // several elements of XML
}

// record is what several records have shown.
type record struct {
	seen    []*observe.Value
	inXML   int // how many of them
	members []*sighting
	byName  map[string]*sighting
}

// sighting is a member of records, as payloads have it.
type sighting struct {
	name    string
	element bool   // seen as an element
	attr    bool   // seen as an attribute
	text    bool   // an element's text
	json    string // its name in JSON, once seen
	twice   bool   // JSON has it under two names
	spaces  []string
	first   where // where it was seen first
	shape   *shape
	present int // in how many records it had a value
}

// where is a place in a payload.
type where struct {
	payload string
	place   observe.Place
}

func (w where) position() model.Position {
	return model.Position{File: w.payload, Line: w.place.Line, Column: w.place.Column, Path: w.place.Path}
}

// Texts that are whole numbers and numbers, and would be spelled so again: a
// text with a needless zero or sign is an identifier more likely than a number.
var (
	plainInteger = regexp.MustCompile(`^(0|-?[1-9][0-9]*)$`)
	plainNumber  = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
)

func newShape() *shape {
	return &shape{integer: true, number: true, boolean: true, known: map[string]bool{}}
}

// add takes the values that a member has in one record.
func (s *shape) add(cv *convention, p *observe.Payload, m *observe.Member) {
	json := p.Form == model.JSON
	s.xml = s.xml || !json
	s.json = s.json || json
	switch {
	case json && m.Array:
		s.many = true
	case json:
		s.single = true
	case len(m.Values) > 1:
		s.many, s.repeated = true, true
	}
	if len(m.Values) == 0 {
		s.empty = true
	}
	for _, v := range m.Values {
		s.value(cv, p, v)
		if v.Kind == observe.Nothing && v.Spelled == model.JSONNull && !m.Array {
			s.null = true
		}
	}
}

func (s *shape) value(cv *convention, p *observe.Payload, v *observe.Value) {
	switch v.Kind {
	case observe.Nothing:
		s.object = s.object || v.Spelled == model.JSONObject
		s.empty = s.empty || v.Spelled != model.JSONNull
	case observe.Scalar:
		s.scalar(v)
	case observe.List:
		s.lists = true
	case observe.Record:
		if s.record == nil {
			s.record = &record{byName: map[string]*sighting{}}
		}
		s.record.seen = append(s.record.seen, v)
		if p.Form == model.XML {
			s.record.inXML++
		}
		for _, m := range v.Members {
			s.record.see(cv, p, m)
		}
	}
}

func (s *shape) scalar(v *observe.Value) {
	switch v.Spelled {
	case model.JSONString:
		s.asString = true
	case model.JSONNumber:
		s.asNumber = true
	case model.JSONBoolean:
		s.asBoolean = true
	}
	text := v.Text
	if s.known[text] {
		return
	}
	s.known[text] = true
	s.texts = append(s.texts, text)
	t := strings.TrimSpace(text)
	s.integer = s.integer && plainInteger.MatchString(t)
	s.number = s.number && plainNumber.MatchString(t)
	s.boolean = s.boolean && (t == "true" || t == "false")
}

// see adds the values of a record's member.
func (r *record) see(cv *convention, p *observe.Payload, m *observe.Member) {
	name := cv.nameOf(p, m)
	x := r.byName[name]
	if x == nil {
		x = &sighting{name: name, shape: newShape(), first: where{p.Name, m.At}}
		r.members, r.byName[name] = append(r.members, x), x
	}
	x.see(cv, p, m)
}

// see takes a member of one record.
func (x *sighting) see(cv *convention, p *observe.Payload, m *observe.Member) {
	if p.Form == model.JSON {
		cv.note(x, m.Name)
	} else {
		x.element = x.element || m.Node == model.NodeElement
		x.attr = x.attr || m.Node == model.NodeAttribute
		x.text = x.text || m.Node == model.NodeText
		if !slices.Contains(x.spaces, m.Space) {
			x.spaces = append(x.spaces, m.Space)
		}
	}
	if slices.ContainsFunc(m.Values, func(v *observe.Value) bool { return v.Kind != observe.Nothing }) {
		x.present++
	}
	x.shape.add(cv, p, m)
}

// nothing tells whether no value was seen but empty ones.
func (s *shape) nothing() bool { return len(s.texts) == 0 && s.record == nil && !s.lists }

// wrapped returns the name of the items when XML has an element around them
// that JSON has not: <tags><tag/><tag/></tags> beside "tags": [].
func (s *shape) wrapped() string {
	if !s.xml || !s.json || !s.many || s.repeated || s.single || s.record == nil {
		return ""
	}
	item := ""
	for _, m := range s.record.members {
		switch {
		case !m.shape.xml:
		case m.shape.json || !m.element || item != "":
			return ""
		default:
			item = m.name
		}
	}
	return item
}

// merge adds what another shape has seen.
func (s *shape) merge(o *shape) {
	s.xml, s.json = s.xml || o.xml, s.json || o.json
	s.empty, s.object, s.null = s.empty || o.empty, s.object || o.object, s.null || o.null
	s.asString, s.asNumber, s.asBoolean = s.asString || o.asString, s.asNumber || o.asNumber, s.asBoolean || o.asBoolean
	s.integer, s.number, s.boolean = s.integer && o.integer, s.number && o.number, s.boolean && o.boolean
	s.lists, s.many, s.single, s.repeated = s.lists || o.lists, s.many || o.many, s.single || o.single, s.repeated || o.repeated
	for _, t := range o.texts {
		if !s.known[t] {
			s.known[t] = true
			s.texts = append(s.texts, t)
		}
	}
	switch {
	case s.record == nil:
		s.record = o.record
	case o.record != nil && o.record != s.record:
		s.record.merge(o.record)
	}
}

// merge adds what another record has seen.
func (r *record) merge(o *record) {
	r.seen = append(r.seen, o.seen...)
	r.inXML += o.inXML
	for _, x := range o.members {
		y := r.byName[x.name]
		if y == nil {
			r.members, r.byName[x.name] = append(r.members, x), x
			continue
		}
		y.element, y.attr, y.text = y.element || x.element, y.attr || x.attr, y.text || x.text
		for _, space := range x.spaces {
			if !slices.Contains(y.spaces, space) {
				y.spaces = append(y.spaces, space)
			}
		}
		if y.json == "" {
			y.json = x.json
		}
		y.twice = y.twice || x.twice || x.json != "" && x.json != y.json
		y.present += x.present
		y.shape.merge(x.shape)
	}
}

// always tells whether a member is required, as far as can be told: every
// record has it, and there are two or more of one form. One document in both
// forms is one record.
func (r *record) always(x *sighting) bool {
	return x.present == len(r.seen) && max(r.inXML, len(r.seen)-r.inXML) > 1
}

// reaches tells whether a record has another among its members, or theirs.
func (r *record) reaches(o *record, seen map[*record]bool) bool {
	if r == o {
		return true
	}
	if seen[r] {
		return false
	}
	seen[r] = true
	return slices.ContainsFunc(r.members, func(x *sighting) bool {
		return x.shape.record != nil && x.shape.record.reaches(o, seen)
	})
}

// signature names a record by the name of the member that holds it and those of
// its own members.
func (x *sighting) signature() string {
	var names []string
	for _, m := range x.shape.record.members {
		names = append(names, m.name)
	}
	slices.Sort(names)
	return x.name + "{" + strings.Join(names, " ") + "}"
}

// unite makes one of the records that look alike, wherever they stand: those of
// one name that have members of the same names. A record inside another stays
// apart from it.
func unite(all []*sighting) {
	first := map[string]*record{}
	var walk func(x *sighting)
	walk = func(x *sighting) {
		if x.shape.record == nil {
			return
		}
		for _, m := range x.shape.record.members {
			walk(m)
		}
		key := x.signature()
		one := first[key]
		switch {
		case one == nil:
			first[key] = x.shape.record
		case one != x.shape.record && !x.shape.record.reaches(one, map[*record]bool{}) && !one.reaches(x.shape.record, map[*record]bool{}):
			one.merge(x.shape.record)
			x.shape.record = one
		}
	}
	for _, x := range all {
		walk(x)
	}
}

// size counts the members of a shape's records, all the way down.
func (s *shape) size() int {
	n := 0
	if s.record != nil {
		for _, x := range s.record.members {
			n += 1 + x.shape.size()
		}
	}
	return n
}
