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
	c, diags := XML(readXSD(string(src)))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	data, err := os.ReadFile("/work/shared/samples/sample1.xml")
	if err != nil {
		t.Skip(err)
	}
	return c, data
}

func TestCallback(t *testing.T) {
	c, data := callback(t)
	if err := c.Validate(data); err != nil {
		t.Errorf("%v", err)
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
