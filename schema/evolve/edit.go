package evolve

import (
	"bytes"
	"slices"
	"strings"
)

// edit replaces the bytes from start to end of a file.
type edit struct {
	side       *side
	file       string
	start, end int
	text       string // with "\n" for line ends
}

// change is a list of edits that belong together: all are made, or none is.
type change struct {
	edits []edit
	what  string       // in words, for a message
	at    where        // what asked for it
	types []*newRecord // named types that it adds
}

func (c *change) add(s *side, file string, start, end int, text string) {
	c.edits = append(c.edits, edit{s, file, start, end, text})
}

// place names a file of one side.
type place struct {
	side *side
	file string
}

// script gathers the changes of one round.
type script struct {
	changes []*change
	taken   map[place][]edit
}

// try takes a change unless one of its edits touches another's bytes; it then
// waits for the next round. Insertions at one place follow each other.
func (s *script) try(c *change) bool {
	for _, e := range c.edits {
		for _, other := range s.taken[place{e.side, e.file}] {
			if e.start < other.end && other.start < e.end || e.start == other.start && (e.end > e.start) != (other.end > other.start) {
				return false
			}
		}
	}
	if s.taken == nil {
		s.taken = map[place][]edit{}
	}
	for _, e := range c.edits {
		at := place{e.side, e.file}
		s.taken[at] = append(s.taken[at], e)
	}
	s.changes = append(s.changes, c)
	return true
}

// apply returns the contracts with the changes made.
func (c *contracts) apply(changes []*change) *contracts {
	next := &contracts{from: c.from}
	byFile := map[place][]edit{}
	for _, one := range changes {
		for _, e := range one.edits {
			at := place{e.side, e.file}
			byFile[at] = append(byFile[at], e)
		}
	}
	with := func(s *side) *side {
		if s == nil {
			return nil
		}
		n := &side{form: s.form, main: s.main, outer: s.outer, paired: s.paired, files: map[string][]byte{}}
		for name, data := range s.files {
			n.files[name] = applyAll(data, byFile[place{s, name}])
		}
		return n
	}
	next.xml, next.json = with(c.xml), with(c.json)
	return next
}

// applyAll makes the edits of one file. Of several insertions at one place, the
// first comes first. Line ends are those of the file.
func applyAll(data []byte, edits []edit) []byte {
	if len(edits) == 0 {
		return data
	}
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return a.start - b.start })
	end := lineEnd(data)
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(out, data[at:e.start]...)
		out = append(out, strings.ReplaceAll(e.text, "\n", end)...)
		at = e.end
	}
	return append(out, data[at:]...)
}

// lineEnd returns the line end that a file uses.
func lineEnd(data []byte) string {
	if i := bytes.IndexByte(data, '\n'); i > 0 && data[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// indentAt returns the white space before an offset, when nothing else stands
// before it on its line; ok says so.
func indentAt(data []byte, offset int) (indent string, ok bool) {
	from := bytes.LastIndexByte(data[:offset], '\n') + 1
	line := string(data[from:offset])
	if strings.Trim(line, " \t") != "" || from == 0 && offset > 0 && !bytes.Contains(data, []byte("\n")) {
		return "", false
	}
	return line, true
}

// lineIndent returns the white space at the beginning of the line that an
// offset is on.
func lineIndent(data []byte, offset int) string {
	from := bytes.LastIndexByte(data[:offset], '\n') + 1
	end := from
	for end < offset && (data[end] == ' ' || data[end] == '\t') {
		end++
	}
	return string(data[from:end])
}
