package wire

import (
	"strings"
	"testing"
)

// TestLongLines holds that a line which is longer than the zeros behind a
// payload is never looked for in a shorter one.
func TestLongLines(t *testing.T) {
	m := NewMembers(0, MemberSpec{Name: "a"})
	var d JSON
	var x jsonCheck
	for _, spaces := range []int{100_000, 0, maxLine, maxLine + 1, 7, 8, 1} {
		line := "\n" + strings.Repeat(" ", spaces)
		for _, payload := range []string{"{" + line + `"a":"x",` + line + `"b":[` + line + "1," + line + "2" + line + "]" + line + "}", "{\n", "{\"a\":\"x\",\n", "[\n"} {
			valid := strings.HasSuffix(payload, "}")
			d.Start([]byte(payload), true, m.Guesses(), nil)
			if d.Root(m, "") && d.Begin() {
				for o := d.Object(m, new([]Member)); d.Member(&o); {
					d.Raw()
				}
			}
			if err := d.Finish(); (err == nil) != valid {
				t.Errorf("%d spaces: decoded %v", spaces, err)
			}
			if x.read([]byte(payload), nil) != valid {
				t.Errorf("%d spaces: indexed %v", spaces, !valid)
			}
		}
	}
}
