package docs

import (
	"bytes"
	"strings"
	"text/template"

	"github.com/biform/biform/schema/model"
	templates "github.com/biform/biform/templates/docs"
)

// Markdown returns the reference of a document in GitHub flavoured Markdown,
// without the picture.
func Markdown(doc *model.Document) ([]byte, error) {
	t, err := template.New("markdown").Funcs(template.FuncMap{"md": escapeMarkdown, "code": codeSpan, "fence": fence}).Parse(templates.Markdown)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString(Mark + "\n")
	if err := t.Execute(&b, newPage(doc)); err != nil {
		return nil, err
	}
	return append(bytes.TrimRight(b.Bytes(), "\n"), '\n'), nil
}

// escapeMarkdown returns a text as one line of Markdown that means nothing but
// itself: no markup, no HTML, no link, no end of a table's cell. A backslash
// keeps any ASCII punctuation from meaning anything (GitHub Flavored Markdown,
// section 6.1); the characters of HTML are entities, which also holds where a
// renderer passes HTML through.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		switch r {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '\\', '`', '*', '_', '[', ']', '#', '|', '~', '!', '$':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	// A bare address would become a link (section 6.9).
	return breakLinks.Replace(b.String())
}

var breakLinks = strings.NewReplacer("://", "&#58;//", "www.", "www&#46;", "@", "&#64;")

// codeSpan returns a text as a code span (section 6.3), behind a fence of more
// backticks than any run in it. A table's cell ends at a vertical bar even in
// code, unless a backslash stands before it (section 4.10).
func codeSpan(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return ""
	}
	ticks := longestRun(s) + 1
	pad := ""
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		pad = " "
	}
	f := strings.Repeat("`", ticks)
	return f + pad + strings.ReplaceAll(s, "|", `\|`) + pad + f
}

// fence returns the fence for a block of code (section 4.5).
func fence(s string) string { return strings.Repeat("`", max(3, longestRun(s)+1)) }

// longestRun returns the length of the longest run of backticks.
func longestRun(s string) int {
	longest, run := 0, 0
	for _, r := range s {
		if run++; r != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}
