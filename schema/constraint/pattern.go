package constraint

import (
	"strings"

	"github.com/biform/biform/schema/model"
)

// PatternKey returns a text that is the same for two pattern constraints that
// are known to admit the same strings, whichever contracts they are from.
//
// JSON Schema looks for its pattern anywhere in the string (Validation, section
// 6.3.3) and XSD matches the whole of it (Part 2, appendix F), so "^(?:x)$" of
// the one is "x" of the other. Beyond the anchors, a group around everything
// and escapes that mean nothing, patterns are compared letter by letter. A \d
// of XSD, which is any decimal digit of Unicode, counts as the \d of ECMA-262.
func PatternKey(c model.Constraint) string {
	if c.Form == model.XML {
		return "whole:" + ungroup(clean(c.Value, true), true)
	}
	body := clean(c.Value, false)
	if inner, ok := anchored(body); ok {
		return "whole:" + ungroup(inner, false)
	}
	return "part:" + body
}

// clean drops the escapes that mean nothing and writes those that XSD does
// without: ^ and $ are ordinary characters there.
func clean(pattern string, xsd bool) string {
	var b strings.Builder
	scan(pattern, xsd, func(token string, depth int, class bool) {
		switch {
		case token == `\/`:
			token = "/"
		case xsd && !class && (token == "^" || token == "$"):
			token = `\` + token
		}
		b.WriteString(token)
	})
	return b.String()
}

// anchored returns what stands between the anchors of a pattern that holds for
// the whole string.
func anchored(pattern string) (inner string, ok bool) {
	inner, begins := strings.CutPrefix(pattern, "^")
	if !begins {
		return "", false
	}
	last, alternatives := "", false
	scan(inner, false, func(token string, depth int, class bool) {
		last = token
		alternatives = alternatives || token == "|" && depth == 0 && !class
	})
	if last != "$" || alternatives {
		return "", false
	}
	return inner[:len(inner)-1], true
}

// ungroup drops the groups around the whole of a pattern.
func ungroup(pattern string, xsd bool) string {
	for {
		if !strings.HasPrefix(pattern, "(") || !strings.HasSuffix(pattern, ")") {
			return pattern
		}
		start := 1
		switch {
		case strings.HasPrefix(pattern, "(?:"):
			start = 3
		case strings.HasPrefix(pattern, "(?"): // an assertion, or a named group
			return pattern
		}
		// The first parenthesis must be closed by the last, and a reference to
		// the group must not lose it.
		at, closed, refers := 0, -1, false
		scan(pattern, xsd, func(token string, depth int, class bool) {
			at += len(token)
			if token == ")" && depth == 0 && !class && closed < 0 {
				closed = at
			}
			if len(token) > 1 && (token[1] >= '1' && token[1] <= '9' || token[1] == 'k') {
				refers = true
			}
		})
		if closed != len(pattern) || refers {
			return pattern
		}
		pattern = pattern[start : len(pattern)-1]
	}
}

// scan calls f for every character of a pattern, an escape being one. depth is
// the number of groups around it, that of a parenthesis not counting its own;
// class says that it stands in a character class. Classes nest in XSD alone.
func scan(pattern string, xsd bool, f func(token string, depth int, class bool)) {
	depth, class := 0, 0
	for i := 0; i < len(pattern); {
		n := 1
		if pattern[i] == '\\' && i+1 < len(pattern) {
			n = 2
		}
		token := pattern[i : i+n]
		i += n
		switch {
		case token == "[" && (class == 0 || xsd):
			class++
		case token == "]" && class > 0:
			class--
		case token == ")" && class == 0 && depth > 0:
			depth--
		}
		f(token, depth, class > 0)
		if token == "(" && class == 0 {
			depth++
		}
	}
}
