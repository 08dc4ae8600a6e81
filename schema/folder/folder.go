// Package folder reads contract files: those below one folder, and nothing
// else. It is how biform keeps the promise that references never leave the
// contract's folder and that nothing is fetched.
//
// It knows nothing of what the files say.
package folder

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/biform/biform/schema/model"
)

// MaxFileSize is the size, in bytes, over which a contract file is refused.
const MaxFileSize = 64 << 20

// Folder is the folder that a contract's references may reach.
type Folder struct {
	fsys fs.FS
	// prefix turns a name inside the folder into the one the user knows.
	prefix string
	// dir is the folder's absolute path; empty for a file system of [New].
	dir string
}

// Place is a file of a folder: a contract, or a file that stands for a
// reference that leads elsewhere.
type Place struct {
	Folder *Folder
	Name   string // inside the folder, slash-separated
}

// ID names the file across folders: two places with the same ID are one file.
func (p Place) ID() string {
	name := path.Clean(p.Name)
	if p.Folder.dir == "" {
		return p.Folder.prefix + name
	}
	return filepath.Join(p.Folder.dir, filepath.FromSlash(name))
}

// Read returns the file.
func (p Place) Read() (*File, error) { return p.Folder.Read(p.Name) }

// Resolve returns the place that a relative reference made in the file leads
// to, as [Resolve] has it.
func (p Place) Resolve(ref string) (Place, error) {
	name, err := Resolve(p.Name, ref)
	return Place{p.Folder, name}, err
}

// Open returns the folder of the contract at name, and the contract's name
// inside it. The folder is opened so that no reference, symbolic link or ".."
// can leave it; the contract itself may be a link of the user's to anywhere.
func Open(name string) (*Folder, string, error) {
	dir, base := filepath.Split(name)
	root, err := os.OpenRoot(filepath.Clean("./" + dir))
	if filepath.IsAbs(name) {
		root, err = os.OpenRoot(dir)
	}
	if err != nil {
		return nil, "", err
	}
	abs, err := filepath.Abs(filepath.Clean("./" + dir))
	if filepath.IsAbs(name) {
		abs, err = filepath.Clean(dir), nil
	}
	if err != nil {
		return nil, "", err
	}
	f := &Folder{fsys: root.FS(), prefix: filepath.ToSlash(dir), dir: abs}
	if info, err := root.Lstat(base); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		f.fsys = linked{f.fsys, base, name}
	}
	return f, base, nil
}

// linked is the files of a folder of which one, base, is a link that the user
// named.
type linked struct {
	fs.FS
	base, name string
}

func (l linked) Open(name string) (fs.File, error) {
	if name == l.base {
		return os.Open(l.name)
	}
	return l.FS.Open(name)
}

// New returns a folder over a file system, such as an embedded one. prefix is
// put before the names in positions.
func New(fsys fs.FS, prefix string) *Folder { return &Folder{fsys: fsys, prefix: prefix} }

// Read returns the file of that slash-separated name below the folder.
func (f *Folder) Read(name string) (*File, error) {
	name = path.Clean(name)
	if !fs.ValidPath(name) {
		return nil, fmt.Errorf("%q is outside the contract's folder", name)
	}
	r, err := f.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, MaxFileSize+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxFileSize {
		return nil, fmt.Errorf("%s is larger than %d bytes", name, MaxFileSize)
	}
	return &File{Name: f.prefix + name, Inside: name, Data: data}, nil
}

// Resolve returns the name inside the folder that a relative reference made in
// the file base leads to. References with a scheme, an authority or an
// absolute path, and those that leave the folder, are refused.
func Resolve(base, ref string) (string, error) {
	switch {
	case strings.Contains(ref, "\x00"):
		return "", fmt.Errorf("reference %q has a NUL in it", ref)
	case strings.Contains(ref, ":"), strings.HasPrefix(ref, "//"), strings.HasPrefix(ref, `\`):
		return "", fmt.Errorf("reference %q leads outside the contract's folder; nothing is fetched", ref)
	case strings.HasPrefix(ref, "/"):
		return "", fmt.Errorf("reference %q is absolute; only files below the contract's folder are read", ref)
	case strings.Contains(ref, "%"), strings.Contains(ref, `\`):
		return "", fmt.Errorf("reference %q has escapes in it; write the file's name as it is", ref)
	}
	name := path.Join(path.Dir(base), ref)
	if !fs.ValidPath(name) {
		return "", fmt.Errorf("reference %q leaves the contract's folder", ref)
	}
	return name, nil
}

// File is a contract file in memory.
type File struct {
	Name   string // as the user knows it
	Inside string // inside its folder, slash-separated
	Data   []byte

	once  sync.Once
	lines []int // offset of the first byte of each line
}

// Position returns the place of a byte offset in the file. path is the node's
// path in the contract.
func (f *File) Position(offset int, path string) model.Position {
	f.once.Do(func() {
		f.lines = []int{0}
		for i, c := range f.Data {
			if c == '\n' {
				f.lines = append(f.lines, i+1)
			}
		}
	})
	lo, hi := 0, len(f.lines)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; f.lines[mid] <= offset {
			lo = mid
		} else {
			hi = mid
		}
	}
	return model.Position{File: f.Name, Line: lo + 1, Column: offset - f.lines[lo] + 1, Path: path}
}

// Source describes the file for a model.
func (f *File) Source(form model.Form) model.Source {
	sum := sha256.Sum256(f.Data)
	return model.Source{Form: form, File: f.Inside, Name: f.Name, SHA256: hex.EncodeToString(sum[:])}
}
