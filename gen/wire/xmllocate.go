package wire

import (
	"bytes"
	"strconv"
	"strings"
)

// locateXML finds the places of ascending byte offsets of a payload: the path
// of the innermost element open there, or of the attribute that stands there.
// Paths are worked out after the fact, so that reading costs nothing for them;
// the payload may be broken behind the last offset.
func locateXML(data []byte, offsets []int) []Place {
	l := &xmlLocator{data: data, tag: -1, lines: lineCounter{data: data}}
	places := make([]Place, len(offsets))
	for i, o := range offsets {
		l.walk(o)
		places[i] = l.lines.place(o)
		places[i].Path = l.path(o)
	}
	return places
}

// xmlLocator walks over a payload's tags.
type xmlLocator struct {
	data  []byte
	pos   int // behind the last tag that was walked over
	tag   int // where the start tag before pos begins, if walk stopped inside it; or -1
	open  []xmlLevel
	lines lineCounter
}

// xmlLevel is an open element: its name, with its index among its equals when
// it is not the first, and what its children were called.
type xmlLevel struct {
	step   string
	counts map[string]int
}

// walk goes on over all markup that ends at or before the offset, and enters
// the start tag that the offset stands in.
func (l *xmlLocator) walk(offset int) {
	if l.tag >= 0 && l.pos <= offset {
		if l.pos <= len(l.data) && l.data[l.pos-2] == '/' {
			l.open = l.open[:len(l.open)-1]
		}
		l.tag = -1
	}
	for l.pos <= offset {
		rest := l.data[l.pos:]
		i := bytes.IndexByte(rest, '<')
		if i < 0 || l.pos+i > offset {
			return
		}
		at := l.pos + i
		end := markupEnd(l.data, at)
		switch {
		case at+1 < len(l.data) && l.data[at+1] == '/':
			if end > offset {
				return // an end tag belongs to its element
			}
			if len(l.open) > 0 {
				l.open = l.open[:len(l.open)-1]
			}
		case at+1 < len(l.data) && (l.data[at+1] == '!' || l.data[at+1] == '?'):
			if end > offset {
				return
			}
		default:
			l.enter(at)
			if end > offset {
				l.pos, l.tag = end, at
				return
			}
			if l.data[end-2] == '/' {
				l.open = l.open[:len(l.open)-1]
			}
		}
		l.pos = end
	}
}

// enter opens the element whose start tag begins at an offset.
func (l *xmlLocator) enter(at int) {
	name := tagNameAt(l.data, at+1)
	step := name
	if n := len(l.open); n > 0 {
		p := &l.open[n-1]
		if p.counts == nil {
			p.counts = map[string]int{}
		}
		p.counts[name]++
		if c := p.counts[name]; c > 1 {
			step += "[" + strconv.Itoa(c) + "]"
		}
	}
	l.open = append(l.open, xmlLevel{step: step})
}

// path writes the path at an offset that walk has reached.
func (l *xmlLocator) path(offset int) string {
	var b strings.Builder
	for i := range l.open {
		b.WriteByte('/')
		b.WriteString(l.open[i].step)
	}
	if l.tag >= 0 && l.tag < offset && offset < l.pos {
		// Inside a start tag: at one of its attributes, unless at its name.
		if name := tagNameAt(l.data, offset); name != "" && offset > l.tag+1 {
			b.WriteString("/@")
			b.WriteString(name)
		}
	}
	if b.Len() == 0 {
		return "/"
	}
	return b.String()
}

// tagNameAt returns the name that begins at an offset, without checking it.
func tagNameAt(data []byte, at int) string {
	end := at
	for end < len(data) && end-at < maxExcerpt && bytes.IndexByte([]byte(" \t\r\n/>=<'\""), data[end]) < 0 {
		end++
	}
	return excerptName(string(data[at:end]))
}

// markupEnd returns the offset behind the markup that begins at an offset.
func markupEnd(data []byte, at int) int {
	rest := data[at:]
	until := func(s string) int {
		if i := bytes.Index(rest, []byte(s)); i >= 0 {
			return at + i + len(s)
		}
		return len(data) + 1
	}
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return until("-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return until("]]>")
	case bytes.HasPrefix(rest, []byte("<?")):
		return until("?>")
	}
	quote := byte(0)
	for i, c := range rest {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return at + i + 1
		}
	}
	return len(data) + 1
}

// lineCounter counts lines up to ascending offsets.
type lineCounter struct {
	data  []byte
	pos   int
	line  int // lines before the one that pos is on
	begin int // where that line begins
}

// place returns the place of an offset that is not before the last one's.
func (c *lineCounter) place(offset int) Place {
	offset = min(offset, len(c.data))
	for c.pos < offset {
		i := bytes.IndexByte(c.data[c.pos:offset], '\n')
		if i < 0 {
			c.pos = offset
			break
		}
		c.pos += i + 1
		c.line++
		c.begin = c.pos
	}
	return Place{Offset: offset, Line: c.line + 1, Column: offset - c.begin + 1}
}
