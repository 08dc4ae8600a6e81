package docs

import (
	"regexp"
	"strings"
)

// part is a run of an example with the class it is coloured by; empty: none.
type part struct{ Class, Text string }

// The lexical grammar of the examples, which this package renders itself: it
// need not read what others write.
var (
	xmlToken  = regexp.MustCompile(`</?[^\s/>]+|/?>|[^\s=<>]+="[^"]*"|[^<>]+|\s+`)
	jsonToken = regexp.MustCompile(`"(?:[^"\\]|\\.)*":?|-?[0-9][0-9.eE+-]*|true|false|null|[^"\w-]+|.`)
)

// xmlParts tells tags, attributes and text apart.
func xmlParts(s string) []part {
	var out []part
	inTag := false
	for _, token := range xmlToken.FindAllString(s, -1) {
		switch {
		case strings.HasPrefix(token, "<"):
			inTag = true
			out = append(out, part{"tag", token})
		case inTag && strings.HasSuffix(token, ">"):
			inTag = false
			out = append(out, part{"tag", token})
		case inTag:
			out = append(out, attributeParts(token)...)
		default:
			out = append(out, part{"", token})
		}
	}
	return join(out)
}

// attributeParts tells the names and values of attributes apart.
func attributeParts(s string) []part {
	var out []part
	for s != "" {
		eq := strings.Index(s, `="`)
		if eq < 0 {
			return append(out, part{"", s})
		}
		end := strings.IndexByte(s[eq+2:], '"')
		if end < 0 {
			return append(out, part{"", s})
		}
		out = append(out, part{"key", s[:eq+1]}, part{"str", s[eq+1 : eq+3+end]})
		s = s[eq+3+end:]
	}
	return out
}

// jsonParts tells names, strings and other scalars apart.
func jsonParts(s string) []part {
	var out []part
	for _, token := range jsonToken.FindAllString(s, -1) {
		switch c := token[0]; {
		case c == '"' && strings.HasSuffix(token, ":"):
			out = append(out, part{"key", token})
		case c == '"':
			out = append(out, part{"str", token})
		case c == '-' || c >= '0' && c <= '9' || c == 't' || c == 'f' || c == 'n':
			out = append(out, part{"num", token})
		default:
			out = append(out, part{"", token})
		}
	}
	return join(out)
}

// join makes one run of neighbours of one class.
func join(parts []part) []part {
	var out []part
	for _, p := range parts {
		if n := len(out); n > 0 && out[n-1].Class == p.Class {
			out[n-1].Text += p.Text
		} else {
			out = append(out, p)
		}
	}
	return out
}
