package videotag_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/biform/biform/fixtures/payloads"
	"github.com/biform/biform/gen/videotag"
	"github.com/biform/biform/gen/wire"
)

// seed gives a fuzz target the project's payloads of one form.
func seed(f *testing.F, form string) {
	all, err := payloads.Load()
	if err != nil {
		f.Fatal(err)
	}
	for _, p := range all {
		if p.Form == form {
			f.Add(p.Data)
		}
	}
}

// FuzzDecodeXML holds these laws for every payload: what we accept encoding/xml
// accepts too, a used Decoder reads as a fresh decode does, and what is written
// reads as the same value and is written the same again.
func FuzzDecodeXML(f *testing.F) {
	seed(f, "xml")
	var used videotag.Decoder
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		v, err := videotag.DecodeXML(data)
		if !bytes.Equal(before, data) {
			t.Fatal("the payload was written to")
		}
		again, againErr := used.DecodeXML(data)
		if !reflect.DeepEqual(err, againErr) {
			t.Fatalf("%v, and again %v", err, againErr)
		}
		if err != nil {
			return
		}
		if !equal(v, again) {
			t.Fatal("a used Decoder reads another value")
		}
		if err := tokens(data); err != nil {
			t.Fatalf("encoding/xml refuses what we accept: %v", err)
		}
		text, err := v.AppendXML(nil)
		if err != nil {
			t.Fatalf("a value that was read cannot be written: %v", err)
		}
		back, err := videotag.DecodeXML(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if !equal(v, back) {
			t.Fatalf("another value:\n%s", text)
		}
		twice, err := back.AppendXML(nil)
		if err != nil || !bytes.Equal(text, twice) {
			t.Fatalf("writing is no fixed point: %v\n%s\n%s", err, text, twice)
		}
	})
}

// FuzzDecodeJSON holds the same laws, with encoding/json.
func FuzzDecodeJSON(f *testing.F) {
	seed(f, "json")
	var used videotag.Decoder
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		v, err := videotag.DecodeJSON(data)
		if !bytes.Equal(before, data) {
			t.Fatal("the payload was written to")
		}
		again, againErr := used.DecodeJSON(data)
		if !reflect.DeepEqual(err, againErr) {
			t.Fatalf("%v, and again %v", err, againErr)
		}
		if err != nil {
			return
		}
		if !equal(v, again) {
			t.Fatal("a used Decoder reads another value")
		}
		if !json.Valid(data) {
			t.Fatal("encoding/json refuses what we accept")
		}
		text, err := v.AppendJSON(nil)
		if err != nil {
			t.Skip("a number that JSON does not have, from a string")
		}
		back, err := videotag.DecodeJSON(text)
		if err != nil || !equal(v, back) {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}

// FuzzForms holds that a value has one meaning: written in the other form and
// read again, it is the same value, but for what is kept in its own form.
func FuzzForms(f *testing.F) {
	seed(f, "json")
	f.Fuzz(func(t *testing.T, data []byte) {
		var issues []wire.Issue
		v, err := videotag.DecodeJSON(data, wire.Report(&issues))
		if err != nil {
			return
		}
		for _, i := range issues {
			if i.Tolerance == wire.Unknown || i.Tolerance == wire.Value || i.Tolerance == "" {
				return // XML has no place for it
			}
		}
		text, err := v.AppendXML(nil)
		if err != nil {
			return // a character that XML does not have
		}
		back, err := videotag.DecodeXML(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		one, err1 := v.AppendJSON(nil)
		two, err2 := back.AppendJSON(nil)
		if err1 != nil || err2 != nil || !bytes.Equal(one, two) {
			t.Fatalf("%v %v\n%s\n%s", err1, err2, one, two)
		}
	})
}

// equal compares values; NaN, which xs:double has, equals itself here.
func equal(a, b *videotag.Response) bool {
	if reflect.DeepEqual(a, b) {
		return true
	}
	x, err1 := a.AppendXML(nil)
	y, err2 := b.AppendXML(nil)
	return err1 == nil && err2 == nil && bytes.Equal(x, y) && bytes.Contains(x, []byte("NaN"))
}
