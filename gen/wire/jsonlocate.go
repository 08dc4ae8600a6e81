package wire

import (
	"strconv"
	"strings"
)

// locateJSON finds the places of ascending byte offsets of a JSON payload: the
// JSON Pointer (RFC 6901) of the innermost value that is open there, line and
// column. An offset at a member's name, or between it and its value, belongs to
// the member. It is one pass over the payload up to the last offset, which may
// be broken anywhere; paths are worked out after the fact, so that reading
// costs nothing for them.
func locateJSON(data []byte, offsets []int) []Place {
	places := make([]Place, len(offsets))
	if len(offsets) == 0 {
		return places
	}
	lines := lineCounter{data: data}
	l := jsonLocator{data: data}
	for i, o := range offsets {
		o = min(max(o, 0), len(data))
		l.walk(o)
		places[i] = lines.place(o)
		places[i].Path = l.path()
	}
	return places
}

// jsonLocator walks over a payload's tokens.
type jsonLocator struct {
	data []byte
	pos  int // of the next token
	open []jsonLevel
}

// jsonLevel is an open container and what stands in it at the moment.
type jsonLevel struct {
	object bool
	index  int // of the array's item
	// from and to hold the member's name, behind its quote; item says that the
	// member, or the item, has begun and its value has not ended.
	from, to int
	item     bool
	colon    bool // the colon behind the name has been read
}

// walk goes on over all tokens that end at or before the offset, and enters
// the one that the offset stands in.
func (l *jsonLocator) walk(offset int) {
	for l.pos <= offset && l.pos < len(l.data) {
		top := l.top()
		switch c := l.data[l.pos]; c {
		case ' ', '\t', '\r', '\n':
			l.pos++
		case ':':
			if top != nil {
				top.colon = true
			}
			l.pos++
		case ',':
			if top != nil {
				top.item, top.colon = false, false
				top.index++
			}
			l.pos++
		case '{', '[':
			if top != nil && !top.object {
				top.item = true
			}
			l.open = append(l.open, jsonLevel{object: c == '{'})
			l.pos++
		case '}', ']':
			if l.pos == offset {
				return // a bracket belongs to its container
			}
			if top != nil {
				l.open = l.open[:len(l.open)-1]
				if top = l.top(); top != nil {
					top.item = false
				}
			}
			l.pos++
		default:
			end := l.token()
			switch {
			case top == nil:
			case c == '"' && top.object && !top.colon:
				if end > len(l.data) {
					return // a name without an end names nothing
				}
				top.from, top.to, top.item = l.pos+1, end-1, true
			default:
				top.item = end > offset
			}
			if end > offset {
				return
			}
			l.pos = end
		}
	}
}

func (l *jsonLocator) top() *jsonLevel {
	if len(l.open) == 0 {
		return nil
	}
	return &l.open[len(l.open)-1]
}

// token returns the offset behind the string, number or word at pos.
func (l *jsonLocator) token() int {
	if l.data[l.pos] == '"' {
		return min(jsonNameEnd(l.data, l.pos+1)+1, len(l.data)+1)
	}
	p := l.pos + 1
	for p < len(l.data) && !strings.ContainsRune(" \t\r\n,:{}[]\"", rune(l.data[p])) {
		p++
	}
	return p
}

// path returns the JSON Pointer of the innermost open value.
func (l *jsonLocator) path() string {
	var b strings.Builder
	for i := range l.open {
		v := &l.open[i]
		if !v.item {
			break
		}
		b.WriteByte('/')
		if v.object {
			writePointer(&b, l.data[v.from:v.to])
		} else {
			b.WriteString(strconv.Itoa(v.index))
		}
	}
	return b.String()
}

// writePointer writes a member's name as a step of a JSON Pointer: its escapes
// resolved, tildes and slashes as ~0 and ~1. What is no UTF-8 is replaced.
func writePointer(b *strings.Builder, name []byte) {
	if text, ok := jsonUnquote(name); ok {
		name = text
	}
	b.WriteString(escapeToken.Replace(string([]rune(string(name)))))
}

// jsonUnquote resolves the escapes of a string that has not been checked, and
// tells whether they are well formed.
func jsonUnquote(s []byte) ([]byte, bool) {
	padded := make([]byte, len(s)+padding)
	copy(padded, s)
	b := newBuffer(padded)
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			i++
			continue
		}
		next, fault := jsonEscape(b, i)
		if fault != wantNothing || next > len(s) {
			return nil, false
		}
		i = next
	}
	return jsonUnescape(nil, s), true
}
