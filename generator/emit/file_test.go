package emit

import (
	"fmt"
	"testing"

	"github.com/dave/jennifer/jen"
	"github.com/google/go-cmp/cmp"

	"github.com/biform/biform/generator/plan"
)

// TestSections holds that a file of several sections is what it would be if it
// were rendered at once.
func TestSections(t *testing.T) {
	e := &emitter{pkg: &plan.Package{Name: "p"}, wire: "example.com/p/wire"}
	values := []*jen.Statement{
		jen.Lit(1),
		e.rt("Generation"),
		jen.Qual("encoding/json", "Valid"),
		jen.Index().Any().Values(e.rt("Generation"), jen.Qual("sync", "Pool").Values(), jen.Qual("encoding/json", "Valid")),
	}
	for _, records := range []int{0, 1, sectionRecords, sectionRecords + 1, 3 * sectionRecords} {
		for k := range len(values) * len(values) {
			value, last := values[k%len(values)], values[k/len(values)]
			whole := e.newFile("whole.go")
			parted := e.newFile("parted.go")
			for _, f := range []*file{whole, parted} {
				f.PackageComment("// Package p is a package.")
				for i := range records {
					f.Comment(fmt.Sprintf("// V%d is a variable.", i))
					f.Var().Id(fmt.Sprintf("V%d", i)).Op("=").Add(value)
					f.Line()
					if f == parted {
						f.next()
					}
				}
				if k%2 == 0 { // otherwise nothing follows what may end a section
					f.Comment("// Last is one as well.")
					f.Var().Id("Last").Op("=").Add(last)
				}
			}
			if diff := cmp.Diff(string(whole.bytes()), string(parted.bytes())); diff != "" {
				t.Errorf("%d records of %#v, then %#v: at once, in sections:\n%s", records, value, last, diff)
			}
		}
	}
}
