// Package scaffold holds the files that biform init writes into a module: the
// configuration with its JSON Schema, the go:generate line, a first test, and
// two payloads of the example. Files whose names end in .tmpl are templates of
// package text/template; package main of cmd/biform fills them in.
//
// It is text and nothing else: it imports nothing, and decides nothing.
package scaffold

import (
	"embed"
	"io/fs"
)

// The names of the files in FS.
const (
	Config       = "biform.yaml.tmpl"
	ConfigSchema = "biform.schema.json"
	Generate     = "generate.go.tmpl"
	Test         = "biform_test.go.tmpl"
	PayloadXML   = "example.xml"  // of the video tagging callback
	PayloadJSON  = "example.json" // the same in JSON
)

//go:embed *.tmpl *.json *.xml
var files embed.FS

// FS returns a file system with the files and nothing else.
func FS() fs.FS { return files }
