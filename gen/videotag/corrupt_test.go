package videotag_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/biform/biform/gen/videotag"
	"github.com/biform/biform/gen/wire"
)

// payload reads one of the project's payloads.
func payload(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../fixtures/payloads/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// corruptions are what every byte of a sample is replaced by, in turn.
var corruptions = []byte("<>/\"'&;]-!?=: \n\r\x00\x1f\\{}[],x0\x80\xc3\xff")

// everyCorruption calls f with data after each single corruption: a byte
// replaced, and a byte removed.
func everyCorruption(data []byte, step int, f func(at int, changed []byte)) {
	changed := make([]byte, len(data))
	for at := 0; at < len(data); at += step {
		copy(changed, data)
		for _, c := range corruptions {
			if c != data[at] {
				changed[at] = c
				f(at, changed)
			}
		}
		f(at, append(bytes.Clone(data[:at]), data[at+1:]...))
	}
}

// step keeps the short run short: a prime, so that it meets every kind of byte.
func step() int {
	if testing.Short() {
		return 37
	}
	return 3
}

// TestCorruptedXML compares the verdict on every corruption of Sample 1 with
// that of encoding/xml. Where the two differ, the reason is one of the known
// leniencies of encoding/xml, which a tolerant decoder must not share.
func TestCorruptedXML(t *testing.T) {
	differ := map[string]int{}
	everyCorruption(payload(t, "sample1.xml"), step(), func(at int, data []byte) {
		_, ours := videotag.DecodeXML(data)
		theirs := tokens(data)
		if (ours == nil) == (theirs == nil) {
			return
		}
		if ours == nil {
			t.Fatalf("byte %d: we accept what encoding/xml refuses: %v\n%s", at, theirs, around(data, at))
		}
		reason := leniency(ours)
		if reason == "" {
			t.Fatalf("byte %d: we refuse what encoding/xml accepts: %v\n%s", at, ours, around(data, at))
		}
		differ[reason]++
	})
	t.Log("encoding/xml accepts, known leniencies:", differ)
}

// leniency names the known leniency of encoding/xml that explains why only we
// refuse a payload.
func leniency(err error) string {
	switch text := err.Error(); {
	case errors.Is(err, wire.ErrRoot):
		return "another root element, which is not its business"
	case errors.Is(err, wire.ErrTrailing):
		return "text or a second root behind the root"
	case errors.Is(err, wire.ErrDoctype):
		return "DOCTYPE"
	case strings.Contains(text, "before the root element"), strings.Contains(text, "has no element"):
		return "text before the root"
	case strings.Contains(text, "markup declaration"):
		return "markup declarations of any kind, anywhere"
	case strings.Contains(text, "prefix"):
		return "prefixes that are not declared, names that are no QNames"
	}
	return ""
}

// tokens reads a payload with encoding/xml, strictly.
func tokens(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// TestCorruptedJSON compares the verdict on every corruption of Sample 2 with
// that of encoding/json.
func TestCorruptedJSON(t *testing.T) {
	differ := map[string]int{}
	everyCorruption(payload(t, "sample2.json"), step(), func(at int, data []byte) {
		_, ours := videotag.DecodeJSON(data)
		if (ours == nil) == json.Valid(data) {
			return
		}
		switch {
		case ours == nil:
			t.Fatalf("byte %d: we accept what encoding/json refuses\n%s", at, around(data, at))
		case errors.Is(ours, wire.ErrEncoding), errors.Is(ours, wire.ErrDuplicate):
			differ[string(ours.(wire.Violations)[0].Code)]++ // encoding/json replaces bad UTF-8, and lets the last name win
		default:
			t.Fatalf("byte %d: we refuse what encoding/json accepts: %v\n%s", at, ours, around(data, at))
		}
	})
	t.Log("encoding/json accepts, known leniencies:", differ)
}

// TestTruncated holds that every proper prefix of a sample is refused, in both
// ways to decode.
func TestTruncated(t *testing.T) {
	var d videotag.Decoder
	for _, name := range []string{"sample1.xml", "sample2.json"} {
		data := payload(t, name)
		end := len(bytes.TrimSpace(data))
		for n := range end {
			if _, err := videotag.Decode(data[:n]); err == nil {
				t.Fatalf("%s: the first %d bytes are accepted", name, n)
			}
			if _, err := d.Decode(data[:n]); err == nil {
				t.Fatalf("%s: the first %d bytes are accepted by a Decoder", name, n)
			}
		}
	}
}

// TestSameResultFromEveryEntry holds that a Decoder that has read other
// payloads, good and bad, reads as a fresh decode does.
func TestSameResultFromEveryEntry(t *testing.T) {
	var d videotag.Decoder
	for _, name := range []string{"sample1.xml", "sample2.json"} {
		n := 0
		everyCorruption(payload(t, name), 211, func(at int, data []byte) {
			fresh, freshErr := videotag.Decode(data)
			again, againErr := d.Decode(data)
			if !reflect.DeepEqual(fresh, again) || !reflect.DeepEqual(freshErr, againErr) {
				t.Fatalf("byte %d: %v, %v\nand again %v, %v", at, fresh, freshErr, again, againErr)
			}
			n++
		})
		if n == 0 {
			t.Error("nothing was compared")
		}
	}
}

// around returns the bytes around an offset, for a message.
func around(data []byte, at int) []byte {
	return data[max(0, at-40):min(len(data), at+40)]
}
