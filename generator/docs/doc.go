// Package docs writes the reference of a document: one page that says, for
// every node, where it stands, how often, of which type, how either wire form
// spells it, and what its values may be. The page is what a vendor would
// publish: a self-contained HTML file, or the same in Markdown.
//
// It is pure: a model goes in, bytes come out, and the same model gives the
// same bytes. What a contract says in prose is untrusted: it reaches the page
// through html/template's contextual escaping or the Markdown escaper here, and
// never as markup. Characters that would steer how text is displayed are shown
// by their code points.
//
// It is no validator and no viewer of payloads, and it writes no files: package
// output does. The page's text, style and script stand in templates/docs.
package docs
