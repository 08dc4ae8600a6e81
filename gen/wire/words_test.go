package wire

import (
	"slices"
	"strings"
	"testing"
)

// wordsOf reads the words of a text as a record does that has them in a member.
func wordsOf(t *testing.T, payload string, limits Limits) (words []string, after string, err error) {
	t.Helper()
	m := NewMembers(0, MemberSpec{Name: "l", Spelled: AsString}, MemberSpec{Name: "z"})
	m2 := NewMembers(3)
	if IsXML([]byte(payload)) {
		var x XML
		x.Start([]byte(payload), false, 8, []Option{WithLimits(limits)})
		if x.Root("", "r") {
			var unknown []Member
			var e Element
			x.Open(&e)
			x.NoAttr(&e, &unknown)
			for x.Child(&e, m) {
				switch e.Field {
				case 0:
					for l := x.Words(); x.Word(&l); {
						if s, ok := x.String(); ok {
							words = append(words, s)
						}
					}
				case 1:
					after, _ = x.String()
				}
			}
		}
		return words, after, x.Finish()
	}
	var j JSON
	j.Start([]byte(payload), false, 8, []Option{WithLimits(limits)})
	if j.Root(m2, "r") {
		o := j.Object(m, new([]Member))
		for j.Member(&o) {
			switch o.Field {
			case 0:
				for l := j.Words(); j.Word(&l); {
					if s, ok := j.String(); ok {
						words = append(words, s)
					}
				}
			case 1:
				after, _ = j.String()
			}
		}
	}
	return words, after, j.Finish()
}

func TestWords(t *testing.T) {
	for _, test := range []struct{ payload, want string }{
		{`<r><l>a b</l><z>z</z></r>`, "a|b"},
		{`<r><l/><z>z</z></r>`, ""},
		{"<r><l> \t\n</l><z>z</z></r>", ""},
		{"<r><l x=''>&#x9;a<!-- - -->b&#32;<![CDATA[c d]]>\r\n</l><z>z</z></r>", "ab|c|d"},
		{`<r><l><q>a</q></l><z>z</z></r>`, ""},
		{`{"l": "a b", "z": "z"}`, "a|b"},
		{`{"l": "", "z": "z"}`, ""},
		{`{"l": "  ", "z": "z"}`, ""},
		{`{"l": "\n\ta\u0020\r b\u00e9\"\\  \ud83d\ude00\t", "z": "z"}`, "a|bé\"\\|😀"},
		{`{"l": ["a b"], "z": "z"}`, "a b"},
		{`{"l": 1, "z": "z"}`, "1"},
		{`{"l": null, "z": "z"}`, ""},
		{`{"l": {"a": 1}, "z": "z"}`, ""},
	} {
		words, after, err := wordsOf(t, test.payload, Limits{})
		if got := strings.Join(words, "|"); got != test.want || after != "z" || err != nil {
			t.Errorf("%s: %q, then %q, %v; want %q, then z", test.payload, got, after, err, test.want)
		}
	}
}

// A list is as many items as its words, however it is written.
func TestWordsAreCounted(t *testing.T) {
	for _, payload := range []string{
		"<r><l>" + strings.Repeat("a ", 1000) + "</l></r>",
		`{"l": "` + strings.Repeat("a ", 1000) + `"}`,
	} {
		if _, _, err := wordsOf(t, payload, Limits{MaxItems: 100}); err == nil || !strings.Contains(err.Error(), string(ErrLimit)) {
			t.Errorf("%.20s: %v, want %s", payload, err, ErrLimit)
		}
		if words, _, err := wordsOf(t, payload, Limits{MaxItems: 2000}); err != nil || len(words) != 1000 {
			t.Errorf("%.20s: %d words, %v", payload, len(words), err)
		}
	}
}

// What cannot be read in a text is an error where it is, not a list.
func TestWordsOfMalformedText(t *testing.T) {
	for _, payload := range []string{
		`<r><l>a &x; b</l></r>`, `<r><l>a b`, "<r><l>a \x01</l></r>",
		`{"l": "a b`, `{"l": "a \x b"}`, "{\"l\": \"a \x01b\"}", `{"l": "a \ud800x b"}`[:14],
	} {
		if words, _, err := wordsOf(t, payload, Limits{}); err == nil {
			t.Errorf("%s: read as %q", payload, words)
		}
	}
}

// FuzzWords holds that a list in JSON is what its string is in Go.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "a b", " \n1\t2 ", "\"\\ é", "\x00 \u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w := JSONWriter{Buf: []byte(`{"l":`)}
		w.String(s)
		b, err := w.Result()
		if err != nil {
			return
		}
		words, _, err := wordsOf(t, string(b)+"}", Limits{})
		if want := strings.FieldsFunc(s, isXMLSpace); err != nil || !slices.Equal(words, want) {
			t.Errorf("%s: %q, %v; want %q", b, words, err, want)
		}
	})
}
