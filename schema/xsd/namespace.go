package xsd

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/biform/biform/schema/model"
)

// The namespaces that every schema document knows.
const (
	xsdSpace   = "http://www.w3.org/2001/XMLSchema"
	xsiSpace   = "http://www.w3.org/2001/XMLSchema-instance"
	xmlSpaceNS = "http://www.w3.org/XML/1998/namespace"
	xmlnsSpace = "http://www.w3.org/2000/xmlns/"
)

// xmlSpace are the characters that XML calls white space (production 3).
const xmlSpace = " \t\n\r"

// scope is a list of namespace declarations, the innermost first.
type scope struct {
	prefix string
	space  string
	outer  *scope
}

// lookup returns the namespace of a prefix; "" is the default namespace.
func (s *scope) lookup(prefix string) (string, bool) {
	if prefix == "xml" {
		return xmlSpaceNS, true
	}
	for ; s != nil; s = s.outer {
		if s.prefix == prefix {
			return s.space, true
		}
	}
	return "", prefix == ""
}

// prefixes returns the prefixes in scope, for did-you-mean.
func (s *scope) prefixes() []string {
	var out []string
	for ; s != nil; s = s.outer {
		if s.prefix != "" {
			out = append(out, s.prefix)
		}
	}
	return out
}

// prefixes returns the prefixes that schema documents declare on their root
// elements, by namespace. The first one of a namespace counts, and the first
// namespace of a prefix.
func prefixes(docs []*document) map[string]string {
	byPrefix, bySpace := map[string]bool{}, map[string]string{}
	for _, d := range docs {
		var list []*scope
		for s := d.root.scope; s != nil; s = s.outer {
			list = append(list, s)
		}
		for _, s := range slices.Backward(list) { // in the order of the text
			known := bySpace[s.space] != "" || byPrefix[s.prefix]
			if s.prefix != "" && s.space != "" && s.space != xsdSpace && !known {
				byPrefix[s.prefix], bySpace[s.space] = true, s.prefix
			}
		}
	}
	return bySpace
}

// rawAttr is an attribute before its prefix is resolved.
type rawAttr struct {
	prefix, local string
	value         string
	offset        int // in the file
}

func (a *rawAttr) name() string { return rawName(xml.Name{Space: a.prefix, Local: a.local}) }

// attributes reads the attributes of a start tag from its bytes: encoding/xml
// gives no position for them and does not normalize their values. The namespace
// declarations become the node's scope.
func (p *treeParser) attributes(n *node, tag string, raw []byte, at int) bool {
	list, ok := p.splitAttributes(raw, at)
	if ok && p.dtd != nil {
		list, ok = p.dtdAttributes(tag, list, at)
	}
	if !ok {
		return false
	}
	var rest []rawAttr
	for _, a := range list {
		switch {
		case a.prefix == "" && a.local == "xmlns":
			if !p.declare(n, "", a) {
				return false
			}
		case a.prefix == "xmlns":
			if !p.declare(n, a.local, a) {
				return false
			}
		default:
			rest = append(rest, a)
		}
	}
	seen := make(map[model.XMLName]bool, len(rest))
	for _, a := range rest {
		name := model.XMLName{Local: a.local}
		if a.prefix != "" {
			space, ok := n.scope.lookup(a.prefix)
			if !ok {
				p.failAt(a.offset, "prefix %q is not declared", a.prefix).
					WithHint("add xmlns:%s=\"...\" to the element or one around it", a.prefix)
				return false
			}
			name.Space = space
		}
		if seen[name] {
			p.failAt(a.offset, "attribute %q is given twice", a.local)
			return false
		}
		seen[name] = true
		n.attrs = append(n.attrs, attr{name: name, value: a.value, offset: a.offset})
	}
	return true
}

// splitName splits a qualified name (Namespaces in XML 1.0, production 6).
func splitName(name string) (prefix, local string, ok bool) {
	prefix, local, colon := strings.Cut(name, ":")
	if !colon {
		prefix, local = "", name
	}
	return prefix, local, isNCName(local) && (!colon || isNCName(prefix))
}

// declare adds a namespace declaration (Namespaces in XML 1.0, sections 2.2
// and 3).
func (p *treeParser) declare(n *node, prefix string, a rawAttr) bool {
	for s := n.scope; s != nil && (n.parent == nil || s != n.parent.scope); s = s.outer {
		if s.prefix == prefix {
			p.failAt(a.offset, "prefix %q is declared twice in one tag", prefix)
			return false
		}
	}
	switch {
	case prefix == "xmlns",
		prefix == "xml" && a.value != xmlSpaceNS,
		prefix != "xml" && a.value == xmlSpaceNS,
		a.value == xmlnsSpace:
		p.failAt(a.offset, "prefix %q may not be bound to %q", prefix, a.value)
		return false
	case prefix != "" && a.value == "":
		p.failAt(a.offset, "prefix %q is declared without a namespace", prefix)
		return false
	}
	n.scope = &scope{prefix: prefix, space: a.value, outer: n.scope}
	return true
}

// splitAttributes scans a start tag that encoding/xml has accepted.
func (p *treeParser) splitAttributes(raw []byte, at int) ([]rawAttr, bool) {
	var list []rawAttr
	i := 1
	for i < len(raw) && !isSpaceByte(raw[i]) && raw[i] != '>' && raw[i] != '/' {
		i++
	}
	for {
		gap := i
		for i < len(raw) && isSpaceByte(raw[i]) {
			i++
		}
		if i >= len(raw) || raw[i] == '>' || raw[i] == '/' {
			return list, true
		}
		if gap == i {
			p.fail(at+i, "white space is missing before an attribute")
			return nil, false
		}
		start := i
		for i < len(raw) && raw[i] != '=' && !isSpaceByte(raw[i]) {
			i++
		}
		name := string(raw[start:i])
		for i < len(raw) && raw[i] != '"' && raw[i] != '\'' {
			i++
		}
		if i >= len(raw) {
			p.fail(at+start, "attribute %q has no value in quotes", name)
			return nil, false
		}
		quote := raw[i]
		i++
		from := i
		for i < len(raw) && raw[i] != quote {
			i++
		}
		value, ok := p.attributeValue(raw[from:min(i, len(raw))], at+from)
		if !ok {
			return nil, false
		}
		i++
		prefix, local, ok := splitName(name)
		if !ok {
			p.fail(at+start, "%q is no qualified name", name)
			return nil, false
		}
		list = append(list, rawAttr{prefix: prefix, local: local, value: value, offset: p.origin(at + start)})
	}
}

// attributeValue expands references and normalizes white space (XML 1.0,
// section 3.3.3, for CDATA).
func (p *treeParser) attributeValue(raw []byte, at int) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; c {
		case '\r':
			if i+1 >= len(raw) || raw[i+1] != '\n' {
				b.WriteByte(' ')
			}
		case '\n', '\t':
			b.WriteByte(' ')
		case '&':
			end := bytes.IndexByte(raw[i:], ';')
			if end < 0 {
				p.fail(at+i, "an ampersand that begins no reference")
				return "", false
			}
			text, ok := expandReference(string(raw[i+1 : i+end]))
			if !ok {
				p.fail(at+i, "reference %s names no character of XML", raw[i:i+end+1])
				return "", false
			}
			b.WriteString(text)
			i += end
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), true
}

// expandReference returns what the inside of "&...;" stands for: one of the
// five predefined entities or a character.
func expandReference(name string) (string, bool) {
	switch name {
	case "lt":
		return "<", true
	case "gt":
		return ">", true
	case "amp":
		return "&", true
	case "quot":
		return `"`, true
	case "apos":
		return "'", true
	}
	digits, base := "", 10
	switch {
	case strings.HasPrefix(name, "#x"):
		digits, base = name[2:], 16
	case strings.HasPrefix(name, "#"):
		digits = name[1:]
	}
	c, err := strconv.ParseUint(digits, base, 32)
	if err != nil || c > unicode.MaxRune || !isXMLChar(rune(c)) {
		return "", false
	}
	return string(rune(c)), true
}

func isSpaceByte(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// isXMLChar is production 2 of XML 1.0.
func isXMLChar(c rune) bool {
	switch {
	case c == '\t', c == '\n', c == '\r':
		return true
	case c < 0x20, c >= 0xD800 && c <= 0xDFFF, c == 0xFFFE, c == 0xFFFF:
		return false
	}
	return c <= unicode.MaxRune
}

// collapse is the white space normalization "collapse" (Part 2, section 4.3.6).
func collapse(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c < 0x80 && isSpaceByte(byte(c)) }), " ")
}

// replaceSpace is the white space normalization "replace".
func replaceSpace(s string) string {
	return strings.Map(func(c rune) rune {
		if c == '\t' || c == '\n' || c == '\r' {
			return ' '
		}
		return c
	}, s)
}
