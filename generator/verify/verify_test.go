package verify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/biform/biform/generator/emit"
)

const runtime = "example.com/m/wire"

// header begins every file of these tests.
const header = "package p\n\nimport \"" + runtime + "\"\n\n"

// declared is a file that the others refer to.
const declared = header + `type T struct{ Unknown []wire.Member }

func (t *T) Append(b []byte) ([]byte, error) { return b, nil }

func read(v *T, n int) error { return nil }

const most = 3
`

func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"syntax", "func f() {", "expected '}'"},
		{"import", "import \"os\"\n\nvar _ = os.Args", `it imports "os"`},
		{"unused import", "import \"sync\"", `"sync" imported and not used`},
		{"declared twice", "type T int", "T redeclared"},
		{"method declared twice", "func (t T) Append() {}", "T.Append"},
		{"undefined in a declaration", "type U struct{ f V }", "undefined: V"},
		{"undefined in a body", "func f() { g() }", "undefined: g"},
		{"field", "func f(v *T) { v.unknown = nil }", "v.unknown undefined"},
		{"argument", `func f(v *T) error { return read(v, "") }`, "cannot use"},
		{"in a method", `func (t T) f() error { return read(&t, "") }`, "cannot use"},
		{"in a method without a receiver", `func (*T) f() { x := 1 }`, "declared and not used: x"},
		{"in a literal", `var f = func() int { return "" }`, "cannot use"},
		{"unused variable", "func f() { x := 1 }", "declared and not used: x"},
		{"missing return", "func f() int {}", "missing return"},
		{"constant overflow", "func f() uint8 { return most << 8 }", "overflows"},
		{"cycle of variables", "var a = b\nvar b = a", "initialization cycle"},
		{"cycle through a body", "var a = f()\nfunc f() int { return a }", "names function f"},
		{"cycle through a method", "type U struct{}\nvar a = U{}.f()\nfunc (U) f() int { return a }", "names function f"},
		{"generic method", "type G[X any] struct{}\nfunc (G[X]) f() {}", "method of a generic type"},
		{"none", "var room = struct{ make func() *T }{make: func() *T { return new(T) }}\nfunc f() (v T, err error) { err = read(&v, most); return }", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := []emit.File{{Name: "a.go", Data: []byte(declared)}, {Name: "b.go", Data: []byte("package p\n\n" + c.source + "\n")}}
			err := Package(files, runtime)
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

// Functions that call each other every which way are no more work than others:
// go/types alone takes minutes over these.
func TestDense(t *testing.T) {
	const n = 3000
	var b strings.Builder
	b.WriteString("package p\n")
	for i := range n {
		fmt.Fprintf(&b, "\nconst c%d = %d\n\nfunc f%d(n int) int { return f%d(c%d) + f%d(n) + f%d(n) }\n", i, i, i, (i+1)%n, i, i*7%n, i*i%n)
	}
	begin := time.Now()
	if err := Package([]emit.File{{Name: "a.go", Data: []byte(b.String())}}, runtime); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(begin); d > 20*time.Second {
		t.Errorf("it took %v", d)
	}
}
