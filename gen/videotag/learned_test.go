package videotag_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/biform/biform/fixtures/payloads"
	"github.com/biform/biform/gen/videotag"
	"github.com/biform/biform/gen/wire"
)

// TestLearned holds that what a decoder has learned of the payloads before
// changes nothing but its speed: a Decoder that has read thousands of others
// gives the value, the error and the report that a new one gives. The payloads
// are those of the fixtures and pieces of them put together: markup moved to
// where other markup stood, which is what a memory of markup could take for it.
func TestLearned(t *testing.T) {
	all, err := payloads.Load()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string][][]byte{}
	for _, p := range all {
		if 0 < len(p.Data) && len(p.Data) < 20_000 {
			texts[p.Form] = append(texts[p.Form], p.Data)
		}
	}
	rounds := 12_000
	if testing.Short() {
		rounds = 1_500
	}
	for form, texts := range texts {
		t.Run(form, func(t *testing.T) {
			random := rand.New(rand.NewPCG(7, 11))
			var used videotag.Decoder
			for i := range rounds {
				data := texts[i%len(texts)]
				if i >= len(texts) {
					data = spliced(random, data, texts[random.IntN(len(texts))])
				}
				sameDecoded(t, &used, data)
			}
		})
	}
}

// spliced returns a with a few of its pieces, cut where markup begins and ends,
// left out, doubled, exchanged, or replaced by pieces of b.
func spliced(random *rand.Rand, a, b []byte) []byte {
	mine, others := pieces(a), pieces(b)
	for range 1 + random.IntN(3) {
		i, j := random.IntN(len(mine)), random.IntN(len(mine))
		switch random.IntN(5) {
		case 0:
			mine = append(mine[:i:i], mine[i+1:]...)
		case 1:
			mine = append(mine[:i:i], append([][]byte{mine[i]}, mine[i:]...)...)
		case 2:
			mine[i], mine[j] = mine[j], mine[i]
		case 3:
			mine[i] = others[random.IntN(len(others))]
		case 4:
			n := min(len(mine)-i, 1+random.IntN(12))
			run := bytes.Join(mine[i:i+n], nil)
			mine = append(mine[:j:j], append([][]byte{run}, mine[j:]...)...)
		}
		if len(mine) == 0 {
			return b
		}
	}
	return bytes.Join(mine, nil)
}

// pieces cuts a payload behind and before every character of markup.
func pieces(data []byte) [][]byte {
	var all [][]byte
	for len(data) > 0 {
		n := bytes.IndexAny(data[1:], "<>{}[]\":,\n") + 1
		if n == 0 {
			n = len(data)
		}
		all, data = append(all, data[:n]), data[n:]
	}
	return all
}

func sameDecoded(t *testing.T, used *videotag.Decoder, data []byte) {
	t.Helper()
	var issues, again []wire.Issue
	want, wantErr := new(videotag.Decoder).Decode(data, wire.Report(&issues))
	got, err := used.Decode(data, wire.Report(&again))
	if !reflect.DeepEqual(err, wantErr) {
		t.Fatalf("error %v, of a new decoder %v\n%s", err, wantErr, data)
	}
	if !reflect.DeepEqual(again, issues) {
		t.Fatalf("report %v, of a new decoder %v\n%s", again, issues, data)
	}
	if err == nil && !equal(got, want) {
		t.Fatalf("value %+v, of a new decoder %+v\n%s", got, want, data)
	}
}
