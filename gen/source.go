// Package gen holds what ends up in a consumer's server: the runtime, package
// wire, and the packages that biform generates from its own contracts. This
// package itself is for the generator alone: it carries the runtime's source,
// to be copied beside generated code. Servers do not import it.
package gen

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed wire/*.go
var source embed.FS

// Runtime returns the files of package wire by name, without its tests.
func Runtime() (map[string][]byte, error) {
	entries, err := fs.ReadDir(source, "wire")
	if err != nil {
		return nil, err
	}
	files := make(map[string][]byte, len(entries))
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		data, err := source.ReadFile(path.Join("wire", e.Name()))
		if err != nil {
			return nil, err
		}
		files[e.Name()] = data
	}
	return files, nil
}
