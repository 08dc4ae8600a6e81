package main

import (
	"os"
	"os/exec"
	"strings"
)

// goEnv returns a setting of the go command, so that scripts share its caches.
func goEnv(name string) string {
	if name == "HOME" {
		return os.Getenv("HOME")
	}
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
