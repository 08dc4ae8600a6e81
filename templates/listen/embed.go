// Package listen holds the text of the page that biform listen serves: its
// templates, its style and its icon. It is text only; package main of
// cmd/biform decides what stands in them. The page has no script.
package listen

import _ "embed"

// The page. The templates are in the language of html/template: "list" shows
// what came in, "delivery" shows one of them, "message" says that there is no
// such page.
var (
	//go:embed page.html.tmpl
	Page string
	//go:embed style.css
	Style string
	//go:embed icon.svg
	Icon string
)
