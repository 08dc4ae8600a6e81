package evolve

import (
	"bytes"
	"errors"
	"maps"
	"slices"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
)

// Payload is a payload to learn from.
type Payload struct {
	Name string // as the user knows it
	Data []byte
}

// File is a contract file that changes.
type File struct {
	Form     model.Form
	Name     string // as the user named it, or beside the contract that refers to it
	Old, New []byte
}

// Result is what becomes of the contracts.
type Result struct {
	// Document is the model of the contracts as they are to be.
	Document *model.Document
	// Files are the files that change, the XSD's first, by name.
	Files []File
	// Left is what the payloads hold and the contracts still do not say, each
	// with the reason.
	Left diag.List
	// Notes are what to look at in the changes.
	Notes diag.List
}

// maxRounds bounds how often the contracts are extended: a change can make room
// for another, such as a list whose items then get members.
const maxRounds = 64

// maxTrials is how many changes are tried one by one when all together do not
// make sound contracts.
const maxTrials = 512

// Contracts returns what becomes of the contracts when they are extended by the
// payloads. The diagnostics are about contracts or payloads that cannot be
// used; with an error among them there is no result.
func Contracts(c load.Contracts, payloads []Payload) (*Result, diag.List) {
	set, doc, diags := open(c)
	if diags.HasErrors() || set == nil {
		return nil, diags
	}
	for _, p := range payloads {
		if form := observe.FormOf(p.Data); form == model.XML && set.xml == nil || form == model.JSON && set.json == nil {
			word, flag := "JSON", "--jsonschema"
			if form == model.XML {
				word, flag = "XML", "--xsd"
			}
			diags.Errorf(model.Position{File: p.Name}, "no-contract", "the payload is %s, and there is no contract for that form", word).
				WithHint("name one with %s", flag)
		}
	}
	if diags.HasErrors() {
		return nil, diags
	}
	first := set
	result := &Result{}
	refused := map[string]bool{} // changes, by key
	var refusals diag.List
	for range maxRounds {
		read, bad := readAll(doc, payloads)
		if len(bad) > 0 {
			return nil, append(diags, bad...)
		}
		p := plan(set, doc, gather(doc, read, conventionOf(doc)))
		changes := slices.DeleteFunc(p.script.changes, func(c *change) bool { return refused[c.key()] })
		result.Left = p.left
		if len(changes) == 0 {
			break
		}
		result.Notes = append(result.Notes, p.notes...)
		next, nextDoc := set.with(changes, refused, &refusals)
		if nextDoc == nil {
			continue // those changes are refused now; what waited for them may not be
		}
		set, doc = next, nextDoc
	}
	result.Document = doc
	result.finish(first, set, refusals)
	return result, diags
}

// key names a change for what it is, wherever it stands.
func (c *change) key() string {
	p := c.at.position()
	return c.what + " " + p.Path
}

// readAll reads the payloads along the model.
func readAll(doc *model.Document, payloads []Payload) ([]*observe.Payload, diag.List) {
	var list []*observe.Payload
	var bad diag.List
	for _, p := range payloads {
		one, err := observe.Read(doc, p.Name, p.Data)
		if err != nil {
			var d diag.Diagnostic
			if !errors.As(err, &d) {
				d = diag.Diagnostic{Severity: diag.Error, Code: "bug", At: model.Position{File: p.Name}, Summary: err.Error()}
			}
			bad = append(bad, d)
			continue
		}
		list = append(list, one)
	}
	return list, bad
}

// with makes the changes and sees that the contracts stay sound. If they do
// not, the changes are made one by one, and those that spoil them are refused.
// The document is nil when no change could be made.
func (set *contracts) with(changes []*change, refused map[string]bool, refusals *diag.List) (*contracts, *model.Document) {
	next, doc, _ := set.tried(changes)
	if doc != nil {
		return next, doc
	}
	var good []*change
	for i, c := range changes {
		if i >= maxTrials {
			break
		}
		_, one, diags := set.tried(append(good[:len(good):len(good)], c))
		if one != nil {
			good = append(good, c)
			continue
		}
		refused[c.key()] = true
		reason := "they do not agree any more"
		for _, d := range diags {
			if d.Severity == diag.Error {
				reason = d.Error()
				break
			}
		}
		refusals.Warnf(c.at.position(), "refused", "%s is not taken over: the contracts would not be sound: %s", c.what, reason).
			WithHint("declare it by hand")
	}
	if len(good) == 0 {
		return set, nil // what is left is reported
	}
	next, doc, _ = set.tried(good)
	return next, doc
}

// tried returns the contracts with the changes, and their model if they are
// sound.
func (set *contracts) tried(changes []*change) (*contracts, *model.Document, diag.List) {
	next := set.apply(changes)
	for _, s := range next.sides() {
		if diags := s.parse(); diags.HasErrors() {
			return nil, nil, diags
		}
	}
	doc, diags := next.load()
	if diags.HasErrors() {
		return nil, nil, diags
	}
	return next, doc, diags
}

// finish lists the files that changed.
func (r *Result) finish(first, last *contracts, refusals diag.List) {
	r.Left = append(r.Left, refusals...)
	for i, s := range first.sides() {
		now := last.sides()[i]
		for _, name := range slices.Sorted(maps.Keys(s.files)) {
			if !bytes.Equal(s.files[name], now.files[name]) {
				r.Files = append(r.Files, File{s.form, s.outer + name, s.files[name], now.files[name]})
			}
		}
	}
	r.Left.Sort()
	r.Notes.Sort()
}
