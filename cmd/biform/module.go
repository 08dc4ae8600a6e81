package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	goversion "go/version"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// oldestGo is the oldest language version that generated code compiles with.
const oldestGo = "1.24"

// ownCommand is the import path of this command.
const ownCommand = "github.com/biform/biform/cmd/biform"

// goModule is what is known of a Go module.
type goModule struct {
	file    string // go.mod, with its folder
	root    string // the absolute path of its folder
	path    string // the module's path; empty when there is no module
	version string // of the language, as the go line has it
	tool    bool   // biform is one of its tools
}

// findModule returns the module that a folder, which need not be there yet,
// belongs to: one without a path when it belongs to none.
func findModule(dir string) (goModule, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return goModule{}, err
	}
	for at := abs; ; at = filepath.Dir(at) {
		m := goModule{file: filepath.Join(at, "go.mod"), root: at}
		data, err := os.ReadFile(m.file)
		switch {
		case err == nil:
			if m.read(data); m.path == "" {
				return m, fmt.Errorf("%s has no module line", m.file)
			}
			return m, nil
		case !errors.Is(err, fs.ErrNotExist) && !isNoFolder(at):
			return m, plain(m.file, err)
		case at == filepath.Dir(at):
			return goModule{}, nil
		}
	}
}

// isNoFolder tells whether something other than a folder has a name.
func isNoFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// read reads a go.mod file (Go Modules Reference, go.mod files): as much of it
// as is asked for here.
func (m *goModule) read(data []byte) {
	block := ""
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "//")
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0:
			continue
		case fields[0] == ")":
			block = ""
			continue
		case block != "":
			fields = append([]string{block}, fields...)
		case len(fields) >= 2 && fields[1] == "(":
			block = fields[0]
			continue
		}
		if len(fields) < 2 {
			continue
		}
		value := fields[1]
		if q, err := strconv.Unquote(value); err == nil {
			value = q
		}
		switch fields[0] {
		case "module":
			m.path = cmp.Or(m.path, value)
		case "go":
			m.version = cmp.Or(m.version, value)
		case "tool":
			m.tool = m.tool || value == ownCommand
		}
	}
}

// atLeast tells whether the module's language version is not older than v.
func (m *goModule) atLeast(v string) bool {
	return goversion.Compare("go"+cmp.Or(m.version, "1.16"), "go"+v) >= 0
}

// importPath returns the import path of a folder in the module.
func (m *goModule) importPath(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(m.root, abs)
	if err != nil {
		return "", err
	}
	if !filepath.IsLocal(rel) {
		return "", fmt.Errorf("%s is outside the module %s, which is in %s", dir, m.path, m.root)
	}
	return path.Join(m.path, filepath.ToSlash(rel)), nil
}
