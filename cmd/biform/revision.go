package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"strings"
	"time"

	"github.com/biform/biform/schema/folder"
)

// revision is the tree of a git revision. Files are read as git stores them;
// nothing is checked out and nothing is fetched.
type revision struct {
	ctx    context.Context
	name   string // as the user gave it
	prefix string // the working folder, from the top of the repository
	files  map[string]object
}

// object is what a revision has under a path.
type object struct{ mode, id string }

// openRevision finds a revision and lists its files.
func openRevision(ctx context.Context, name string) (*revision, error) {
	r := &revision{ctx: ctx, name: name, files: map[string]object{}}
	if name == "" || strings.HasPrefix(name, "-") || strings.ContainsAny(name, "\x00\n") {
		return nil, fmt.Errorf("%q is no git revision: write it as HEAD:path, v1.2:path or main~3:path", name)
	}
	// What follows --end-of-options is no option, whatever it looks like.
	commit, err := r.git("rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil {
		return nil, err
	}
	prefix, err := r.git("rev-parse", "--show-prefix")
	if err != nil {
		return nil, err
	}
	r.prefix = strings.TrimRight(string(prefix), "\n")
	list, err := r.git("ls-tree", "-r", "-z", "--full-tree", strings.TrimSpace(string(commit)), "--")
	if err != nil {
		return nil, err
	}
	for entry := range strings.SplitSeq(string(list), "\x00") {
		what, name, ok := strings.Cut(entry, "\t")
		if fields := strings.Fields(what); ok && len(fields) == 3 {
			r.files[name] = object{mode: fields[0], id: fields[2]}
		}
	}
	return r, nil
}

// git runs git and returns what it prints.
func (r *revision) git(args ...string) ([]byte, error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, fmt.Errorf("%s: git is needed to read a revision, and there is none: install git, or name a file", r.name)
	}
	var stderr bytes.Buffer
	c := exec.CommandContext(r.ctx, program, args...)
	c.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1")
	c.Stderr = &stderr
	out, err := c.Output()
	switch said := strings.TrimSpace(stderr.String()); {
	case err == nil:
		return out, nil
	case r.ctx.Err() != nil:
		return nil, r.ctx.Err()
	case strings.Contains(said, "not a git repository"):
		return nil, fmt.Errorf("%s: this folder is in no git repository: run biform inside one, or name a file", r.name)
	case said == "":
		return nil, fmt.Errorf("there is no git revision %s: see git log and git tag for those that there are", visible(r.name))
	default:
		return nil, fmt.Errorf("%s: git %s: %s", visible(r.name), args[0], visible(said))
	}
}

// resolve returns the path from the top of the repository. As git has it, a
// path is from the top, unless it begins with a dot.
func (r *revision) resolve(name string) (string, error) {
	full := path.Clean(name)
	if strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../") || name == "." || name == ".." {
		full = path.Join(r.prefix, name)
	}
	if !fs.ValidPath(full) {
		return "", fmt.Errorf("%s: the path leaves the repository", r.label(name))
	}
	return full, nil
}

// label names a path for the user.
func (r *revision) label(name string) string { return r.name + ":" + name }

// missing is the error for a path that the revision does not have.
func (r *revision) missing(full string) error {
	err := fmt.Errorf("%s: %w at that revision", r.label(full), fs.ErrNotExist)
	if r.prefix == "" {
		return err
	}
	if _, ok := r.files[path.Join(r.prefix, full)]; ok || r.isFolder(path.Join(r.prefix, full)) {
		return fmt.Errorf("%w: a path is from the top of the repository: did you mean %s?", err, r.label("./"+full))
	}
	return err
}

// isFolder tells whether the revision has a folder.
func (r *revision) isFolder(full string) bool {
	for name := range r.files {
		if full == "." || strings.HasPrefix(name, full+"/") {
			return true
		}
	}
	return false
}

// read returns a file by its path from the top.
func (r *revision) read(full string) ([]byte, error) {
	o, ok := r.files[full]
	switch {
	case !ok && r.isFolder(full):
		return nil, fmt.Errorf("%s is a folder", r.label(full))
	case !ok:
		return nil, r.missing(full)
	case o.mode == "120000":
		return nil, fmt.Errorf("%s is a symbolic link, which is not followed at a revision: name what it leads to", r.label(full))
	case o.mode == "160000":
		return nil, fmt.Errorf("%s is a submodule: name a revision in its own repository", r.label(full))
	}
	size, err := r.git("cat-file", "-s", o.id)
	if err != nil {
		return nil, err
	}
	var n int64
	if _, err := fmt.Sscan(string(size), &n); err != nil || n > folder.MaxFileSize {
		return nil, fmt.Errorf("%s is larger than %d bytes", r.label(full), folder.MaxFileSize)
	}
	return r.git("cat-file", "blob", o.id)
}

// names returns the files right in a folder, sorted by nothing.
func (r *revision) names(full string) []string {
	var out []string
	for name := range r.files {
		if path.Dir(name) == full {
			out = append(out, path.Base(name))
		}
	}
	return out
}

// open returns the folder of a contract, and the contract's name in it.
func (r *revision) open(full string) (*folder.Folder, string, error) {
	if _, err := r.read(full); err != nil {
		return nil, "", err
	}
	dir, base := path.Split(full)
	return folder.New(revisionFS{r, path.Clean(dir)}, r.label(dir)), base, nil
}

// revisionFS is a folder of a revision.
type revisionFS struct {
	r   *revision
	dir string
}

// Open opens a file of the folder.
func (f revisionFS) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	data, err := f.r.read(path.Join(f.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		err = fs.ErrNotExist
	}
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &storedFile{bytes.NewReader(data), path.Base(name)}, nil
}

// storedFile is a file that git stores.
type storedFile struct {
	*bytes.Reader
	name string
}

func (f *storedFile) Stat() (fs.FileInfo, error) { return storedInfo{f}, nil }
func (f *storedFile) Close() error               { return nil }

// storedInfo describes a file that git stores, which has no time.
type storedInfo struct{ f *storedFile }

func (i storedInfo) Name() string       { return i.f.name }
func (i storedInfo) Size() int64        { return i.f.Reader.Size() }
func (i storedInfo) Mode() fs.FileMode  { return 0o444 }
func (i storedInfo) ModTime() time.Time { return time.Time{} }
func (i storedInfo) IsDir() bool        { return false }
func (i storedInfo) Sys() any           { return nil }
