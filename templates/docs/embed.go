// Package docs holds the text of the reference that biform docs writes: the
// page's template, its style and its script, and the Markdown's template. It is
// text only; package docs of the generator decides what stands in it.
package docs

import _ "embed"

// The page and what is inlined in it. Style and Script are used byte for byte:
// the page's Content-Security-Policy names their digests.
var (
	// Page is the HTML page, in the language of html/template.
	//go:embed page.html.tmpl
	Page string
	// Style is the page's style sheet.
	//go:embed style.css
	Style string
	// Script is the page's script. The page is whole without it.
	//go:embed page.js
	Script string
	// Markdown is the Markdown document, in the language of text/template.
	//go:embed markdown.tmpl
	Markdown string
)
