package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
			return imported(out, flag)
		}
		dir = filepath.FromSlash(flag)
	}
	module, err := findModule(dir)
	if err != nil {
		return runtimePlace{}, err
	}
	if module.path == "" {
		return runtimePlace{}, fmt.Errorf("%s is in no Go module, so that its runtime has no import path: run go mod init there, or name one with --runtime", dir)
	}
	at, err := module.importPath(dir)
	return runtimePlace{path: at, dir: dir}, err
}

// imported is a runtime that is there already. A path whose first element has
// no dot is of the module itself or of the standard library (cmd/go, Import
// path syntax): elsewhere it is a folder that lacks its dot.
func imported(out, flag string) (runtimePlace, error) {
	first, _, _ := strings.Cut(flag, "/")
	if strings.Contains(first, ".") {
		return runtimePlace{path: flag}, nil
	}
	m, err := findModule(out)
	if err != nil {
		return runtimePlace{}, err
	}
	if flag != m.path && !strings.HasPrefix(flag, m.path+"/") {
		return runtimePlace{}, fmt.Errorf("the runtime %s is no folder that is there, and no import path of the module %s: for a folder write ./%s", flag, m.path, flag)
	}
	return runtimePlace{path: flag}, nil
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

// readIfThere reads a file; one that is not there is nil.
func readIfThere(name string) ([]byte, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}
