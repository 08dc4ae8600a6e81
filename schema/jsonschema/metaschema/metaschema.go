// Package metaschema holds the meta-schemas of JSON Schema, draft-04 to
// 2020-12, as json-schema.org publishes them under the BSD licence, so that a
// contract may refer to one although nothing is ever fetched.
package metaschema

import (
	"embed"
	"strings"
)

//go:embed *.json
var files embed.FS

// Lookup returns the meta-schema of that address, without a fragment.
func Lookup(url string) ([]byte, bool) {
	_, path, ok := strings.Cut(url, "://json-schema.org/")
	if !ok {
		return nil, false
	}
	name := strings.ReplaceAll(strings.TrimPrefix(path, "draft/"), "/", "-")
	data, err := files.ReadFile(name + ".json")
	return data, err == nil
}
