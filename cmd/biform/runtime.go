package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// runtimePlace is where generated code finds the runtime.
type runtimePlace struct {
	path string // its import path
	dir  string // the folder it is copied to; empty when it is imported as it is
}

// findRuntime decides where the runtime of a package in the folder out is. It
// is copied to out/wire, or to the folder that the flag names; a flag that
// names no folder is an import path.
func findRuntime(out, flag string) (runtimePlace, error) {
	dir := filepath.Join(out, "wire")
	if flag != "" {
		if !isFolder(flag) {
			return runtimePlace{path: flag}, nil
		}
		dir = filepath.FromSlash(flag)
	}
	module, root, err := moduleOf(dir)
	if err != nil {
		return runtimePlace{}, err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return runtimePlace{}, err
	}
	rel, err := filepath.Rel(root, abs)
	if err != nil {
		return runtimePlace{}, err
	}
	return runtimePlace{path: path.Join(module, filepath.ToSlash(rel)), dir: dir}, nil
}

// isFolder tells whether --runtime names a folder: ./wire, ../wire, /wire, or
// one that is there. Anything else is an import path.
func isFolder(flag string) bool {
	if strings.HasPrefix(flag, ".") || filepath.IsAbs(flag) {
		return true
	}
	info, err := os.Stat(flag)
	return err == nil && info.IsDir()
}

// moduleOf returns the path and the folder of the module that a folder, which
// need not be there yet, belongs to.
func moduleOf(dir string) (module, root string, err error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", "", err
	}
	for at := abs; ; at = filepath.Dir(at) {
		data, err := os.ReadFile(filepath.Join(at, "go.mod"))
		if err == nil {
			if module = modulePath(data); module == "" {
				return "", "", fmt.Errorf("%s has no module line", filepath.Join(at, "go.mod"))
			}
			return module, at, nil
		}
		if at == filepath.Dir(at) {
			return "", "", fmt.Errorf("%s is in no Go module, so that its runtime has no import path: run go mod init there, or name one with --runtime", dir)
		}
	}
}

// modulePath returns the path that the module line of a go.mod file gives.
func modulePath(data []byte) string {
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) >= 2 && fields[0] == "module" {
			if p, err := strconv.Unquote(fields[1]); err == nil {
				return p
			}
			return fields[1]
		}
	}
	return ""
}

// readIfThere reads a file; one that is not there is nil.
func readIfThere(name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}
