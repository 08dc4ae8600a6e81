package picprocess

import (
	"embed"
	"io/fs"
)

// The names of the contracts in FS.
const (
	XSD        = "callback.xsd"         // of the XML form: XML Schema 1.0
	JSONSchema = "callback.schema.json" // of the JSON form: JSON Schema draft-07
)

// Root is the document's name: the root element of its XML form, and the title
// of the JSON Schema.
const Root = "Response"

//go:embed callback.xsd callback.schema.json
var contracts embed.FS

// FS returns a file system with the two contracts in it and nothing else.
func FS() fs.FS { return contracts }
