package emit

import (
	"fmt"
	"go/token"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/biform/biform/schema/diag"
)

// This file is the border between contract text and Go code.

// id returns an identifier. Text that is none is a bug of the planner, which
// decides names: it panics, and Package turns the panic into an error.
func id(name string) *jen.Statement { return jen.Id(ident(name)) }

// ident returns name if it is an identifier, and panics otherwise.
func ident(name string) string {
	if !token.IsIdentifier(name) {
		panic(diag.Bugf("%q is no Go identifier", name))
	}
	return name
}

// text returns a string literal. jennifer quotes it, whatever it holds.
func text(s string) *jen.Statement { return jen.Lit(s) }

// verbatim writes a text between back quotes where that can be read as it is.
func verbatim(s string) *jen.Statement {
	if strings.Contains(s, "`") || clean(s) != s {
		return text(s)
	}
	return jen.Op("`" + s + "`")
}

// decimal is what a number of a contract looks like.
var decimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// number returns a numeric literal of a contract's decimal.
func number(s string) *jen.Statement {
	if !decimal.MatchString(s) {
		panic(diag.Bugf("%q is no number", s))
	}
	return jen.Op(s)
}

// width is where comments wrap, in characters.
const width = 77

// comment returns text as line comments, wrapped. No line of it can be a
// directive, a build constraint or the mark of generated code, and no character
// can end the comment or turn the reading direction.
func comment(s string) *jen.Statement {
	c := jen.Null()
	for i, line := range commentLines(s, width) {
		if i > 0 {
			c.Line()
		}
		// jennifer passes on as it is what begins with //.
		if line == "" {
			c.Comment("//")
		} else {
			c.Comment("// " + line)
		}
	}
	return c
}

// commentLines cleans text for comments and wraps it.
func commentLines(s string, width int) []string {
	var lines []string
	for _, para := range paragraphs(clean(s)) {
		words := strings.Fields(para)
		if len(words) == 0 {
			if len(lines) > 0 && lines[len(lines)-1] != "" {
				lines = append(lines, "")
			}
			continue
		}
		line, n := "", 0
		for _, w := range words {
			size := utf8.RuneCountInString(w)
			if n > 0 && n+1+size > width {
				lines = append(lines, harmless(line))
				line, n = "", 0
			}
			if n > 0 {
				line += " "
				n++
			}
			line += w
			n += size
		}
		lines = append(lines, harmless(line))
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// paragraphs splits text at its line ends, except at those that only wrap it:
// behind a long line, before one that begins no item of a list.
func paragraphs(s string) []string {
	const long = 40
	var list []string
	last := ""
	for _, line := range strings.Split(s, "\n") {
		line = strings.TrimSpace(line)
		if n := len(list); n > 0 && line != "" && len(last) >= long && !strings.HasSuffix(last, ":") && !item.MatchString(line) {
			list[n-1] += " " + line
		} else {
			list = append(list, line)
		}
		last = line
	}
	return list
}

// item is how a line begins that is an item of a list, or a heading.
var item = regexp.MustCompile(`^([-*+•#|>]|[0-9]+[.)]|[a-z][.)]|\([0-9a-z]+\))`)

// clean makes every kind of line end a line feed and drops what cannot be seen
// or reorders what can: control characters, byte order marks, zero-width and
// bidirectional controls, and bytes that are not UTF-8.
func clean(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n", "\t", " ").Replace(s)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}

// directives begin the comments that tools obey, in any spelling of theirs.
var directives = []string{
	"go:", "+build", "line ", "export ", "extern ", "nolint", "lint:", "revive:",
	"#cgo", "code generated", "deprecated:", "output:", "unordered output:",
}

// harmless puts a mark before a line that a tool would obey.
func harmless(line string) string {
	lower := strings.ToLower(strings.TrimLeft(line, "/* \t"))
	for _, d := range directives {
		if strings.HasPrefix(lower, d) {
			return "| " + line
		}
	}
	return line
}

// about begins a doc comment with the name it documents: "Tag is a label" for
// "A label", and "Tag: text" where that would not read as a sentence.
func about(name, text string) string {
	text = strings.TrimSpace(clean(text))
	if text == "" {
		return ""
	}
	first, rest, _ := strings.Cut(text, " ")
	switch {
	case strings.HasPrefix(text, name+" "):
		return text
	case first == "A" || first == "An" || first == "The" || first == "One":
		return fmt.Sprintf("%s is %s %s", name, strings.ToLower(first), rest)
	}
	return name + ": " + text
}

// a puts the indefinite article before a type's name.
func a(name string) string {
	if strings.ContainsAny(name[:1], "AEIO") {
		return "an " + name
	}
	return "a " + name
}
