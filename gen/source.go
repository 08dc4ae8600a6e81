// Package gen holds what ends up in a consumer's server: the runtime, package
// wire, and the packages that biform generates from its own contracts. This
// package itself is for the generator alone: it carries the runtime's source,
// to be copied beside generated code. Servers do not import it.
package gen

import (
	"bytes"
	"embed"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed wire/*.go wire/webhook/*.go
var source embed.FS

// Webhook is the folder of package webhook below the runtime's.
const Webhook = "webhook"

// runtimePath is the import path of the runtime in this module.
const runtimePath = "github.com/biform/biform/gen/wire"

// Runtime returns the files of package wire and of package webhook, by
// slash-separated name, without their tests. They import one another as they
// do when package wire has the import path at.
func Runtime(at string) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := fs.WalkDir(source, "wire", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		data, err := source.ReadFile(name)
		files[strings.TrimPrefix(name, "wire/")] = bytes.Replace(data, []byte(strconv.Quote(runtimePath)), []byte(strconv.Quote(at)), 1)
		return err
	})
	return files, err
}
