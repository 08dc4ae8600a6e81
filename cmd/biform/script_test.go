package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"biform": main,
	})
}

// TestScripts runs the command as its users do, offline and in empty folders.
// The callback's contracts and the samples are at $REPO.
func TestScripts(t *testing.T) {
	repo, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	// As a tool of another module biform needs all that its go.mod names, of which
	// a build on this machine has fetched a part.
	download := exec.Command("go", "mod", "download")
	download.Dir = repo
	if out, err := download.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("REPO", repo)
			e.Setenv("GOPROXY", "off")
			// Without -trimpath nothing that a script builds is ever in the cache:
			// every run has a folder of its own.
			e.Setenv("GOFLAGS", "-mod=mod -trimpath")
			for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPATH", "HOME"} {
				if v := goEnv(name); v != "" {
					e.Setenv(name, v)
				}
			}
			return nil
		},
	})
}
