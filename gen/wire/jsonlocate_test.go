package wire

import (
	"fmt"
	"strings"
	"testing"
)

// TestLocateJSON has payloads in which a caret, or several, stand before the
// bytes to be located.
func TestLocateJSON(t *testing.T) {
	for _, c := range []struct {
		payload string
		want    string // the places, separated by blanks
	}{
		{`^{"a":1}`, `1:1:`},
		{`{^"a":^1^}`, `1:2:/a 1:6:/a 1:7:`},
		{`{"a"^ :1}`, `1:5:/a`},
		{`{"a":"x^yz"^,^ "b":[^10,2^0]}`, `1:8:/a 1:11: 1:12: 1:18:/b/0 1:22:/b/1`},
		{`[^ 1 ^, 2 ^]`, `1:2: 1:5: 1:9:`},
		{"[\n  {\"x\": ^true},\n  ^{}\n]", `2:9:/0/x 3:3:/1`},
		{`{"a/b":{"c~d":[[0,^1]]}}`, `1:19:/a~1b/c~0d/0/1`},
		{`{"\u0061\n":{"\ud83d\ude00":^1}}`, "1:29:/a\n/😀"},
		{`{"a":{"b":^`, `1:11:/a/b`},
		{`{"a":{"b^`, `1:9:/a`},
		{`{"a":[1,"^\x"]}`, `1:10:/a/1`},
		{`{"a":[1,2^`, `1:10:/a`},
		{`{"a":[1,2 ^`, `1:11:/a`},
		{`{"a" "b^":1}`, `1:8:/b`},
		{`]^`, `1:2:`},
		{`^`, `1:1:`},
		{`"ab^c"`, `1:4:`},
		{`{"a":1}^ x`, `1:8:`},
		{"{\"\xff\":^1}", "1:6:/\uFFFD"},
		{`{"a":[[],[{}^]^]^}`, `1:13:/a/1 1:14:/a 1:15:`},
	} {
		var data []byte
		var offsets []int
		for i := range len(c.payload) {
			if c.payload[i] == '^' {
				offsets = append(offsets, len(data))
				continue
			}
			data = append(data, c.payload[i])
		}
		var got []string
		for i, p := range locateJSON(data, offsets) {
			if p.Offset != offsets[i] {
				t.Errorf("%s: offset %d, want %d", c.payload, p.Offset, offsets[i])
			}
			got = append(got, fmt.Sprintf("%d:%d:%s", p.Line, p.Column, p.Path))
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%s: got %s, want %s", c.payload, g, c.want)
		}
		// Offsets that repeat, or lie beside the payload, are no fault.
		locateJSON(data, append(append([]int{-1}, offsets...), len(data), len(data)+9))
	}
}

func FuzzLocateJSON(f *testing.F) {
	for _, s := range lawfulSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1000 {
			t.Skip()
		}
		var offsets []int
		for i := range len(data) + 1 {
			offsets = append(offsets, i)
		}
		all := locateJSON(data, offsets)
		for i, p := range all {
			if one := locateJSON(data, []int{i})[0]; one != p {
				t.Fatalf("offset %d of %q: %v alone, %v among others", i, data, one, p)
			}
		}
	})
}
