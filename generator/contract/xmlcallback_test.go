package contract

import (
	"os"
	"testing"

	"github.com/biform/biform/gen/wire"
)

func callback(t testing.TB) (*wire.XMLContract, []byte) {
	src, err := os.ReadFile("../../schema/videotag/callback.xsd")
	if err != nil {
		t.Fatal(err)
	}
	c := compileXSD(t, string(src))
	data, err := os.ReadFile("../../fixtures/payloads/sample1.xml")
	if err != nil {
		t.Fatal(err)
	}
	return c, data
}

func TestCallback(t *testing.T) {
	c, data := callback(t)
	if err := c.Validate(data); err != nil {
		t.Errorf("%v", err)
	}
	if pure {
		t.Skip("without unsafe, strings are copies")
	}
	if n := testing.AllocsPerRun(100, func() { c.Validate(data) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkCallback(b *testing.B) {
	c, data := callback(b)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := c.Validate(data); err != nil {
			b.Fatal(err)
		}
	}
}
