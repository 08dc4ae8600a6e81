package folder_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/biform/biform/schema/folder"
)

// TestLinks holds which symbolic links are followed: the contract that the user
// names, wherever it leads, and none that leaves the folder beside it.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"away", "home"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name, "real.xsd"), []byte(name), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"named.xsd": "../away/real.xsd", "other.xsd": "../away/real.xsd", "inside.xsd": "real.xsd"} {
		if err := os.Symlink(to, filepath.Join(dir, "home", link)); err != nil {
			t.Skip(err)
		}
	}
	f, name, err := folder.Open(filepath.Join(dir, "home", "named.xsd"))
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{name: "away", "real.xsd": "home", "inside.xsd": "home", "other.xsd": "", "../away/real.xsd": ""} {
		got, err := f.Read(file)
		if want == "" {
			if err == nil {
				t.Errorf("%s is read: %s", file, got.Data)
			}
			continue
		}
		if err != nil || string(got.Data) != want {
			t.Errorf("%s: got %v, %v, want %s", file, got, err, want)
		}
	}
}
