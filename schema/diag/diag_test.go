package diag

import (
	"errors"
	"testing"

	"github.com/biform/biform/schema/model"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"required", "requried", 1}, {"package", "packge", 1},
		{"State", "State", 0}, {"Color", "Colour", 1}, {"abc", "xyz", 3}, {"a", "abcdefghij", 5},
	} {
		for _, got := range []int{Distance(c.a, c.b, 5), Distance(c.b, c.a, 5)} {
			if got != c.want {
				t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
			}
		}
	}
}

func TestList(t *testing.T) {
	var l List
	l.Warnf(model.Position{File: "b.xsd", Line: 2, Column: 1}, "w", "odd")
	if l.Err() != nil {
		t.Error("a warning is no error")
	}
	l.Errorf(model.Position{File: "a.json", Line: 3, Column: 4, Path: "/x"}, "e", "wrong %d", 7).WithHint("mend it")
	l.Sort()
	if got, want := l.Error(), "a.json:3:4: /x: error: wrong 7 [e]\nb.xsd:2:1: warning: odd [w]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	var d Diagnostic
	if !errors.As(l.Err(), &d) || d.Hint != "mend it" {
		t.Errorf("errors.As finds %+v", d)
	}
}
