package wire

import (
	"fmt"
	"testing"
)

// TestFieldSet holds that fields beyond those that are watched do not pass for
// others.
func TestFieldSet(t *testing.T) {
	var s fieldSet
	for _, i := range []int{0, 1, 63, 64, 255, 256, 300, 511, 65535} {
		if s.add(i) {
			t.Errorf("field %d was there before", i)
		}
		if again := s.add(i); again != (i < 256) {
			t.Errorf("field %d again: %v", i, again)
		}
	}
	for _, i := range []int{44, 44 + 64} {
		if s.add(i) {
			t.Errorf("field %d was there before: taken for one beyond", i)
		}
	}
}

// TestNames holds that a member is known by all of its name, however long that
// is and whatever stands in it, and by nothing else.
func TestNames(t *testing.T) {
	for _, name := range []string{
		"a", "abcde", "abcdef", "abcdefgh", "abcdefghijklm", "abcdefghijklmn", "abcdefghijklmnop",
		"abcdefghijklmnopq", "abcdefghijklmnopqrstuvwx", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnop",
	} {
		m := NewMembers(0, MemberSpec{Name: name})
		for at := range len(name) {
			other := name[:at] + "_" + name[at+1:]
			for _, given := range []string{name, other, name + "_", name[:at]} {
				if given == "" {
					continue
				}
				want := -1
				if given == name {
					want = 0
				}
				if got := jsonFieldOf(t, m, fmt.Sprintf("{%q:%q}", given, "x")); got != want {
					t.Errorf("JSON: %s, declared %s: field %d, want %d", given, name, got, want)
				}
				if got := xmlFieldOf(t, m, "<r><"+given+">x</"+given+"></r>"); got != want {
					t.Errorf("XML: %s, declared %s: field %d, want %d", given, name, got, want)
				}
				if given != name {
					var d XML
					d.Start([]byte("<r><"+name+">x</"+given+"></r>"), false, m.Guesses(), nil)
					readFieldOf(&d, m)
					if err := d.Finish(); err == nil {
						t.Errorf("XML: </%s> ends <%s>", given, name)
					}
				}
			}
		}
	}
	for name, payload := range map[string]string{
		`a"b`: `{"a\"b":"x"}`, `a\b`: `{"a\\b":"x"}`, "a\nb": `{"a\nb":"x"}`, "e\u0301": `{"e\u0301":"x"}`,
	} {
		m := NewMembers(0, MemberSpec{Name: name})
		if got := jsonFieldOf(t, m, payload); got != 0 {
			t.Errorf("%s, declared %q: field %d", payload, name, got)
		}
	}
	var d JSON
	m := NewMembers(0, MemberSpec{Name: `a"b`})
	d.Start([]byte(`{"a"b":"x"}`), false, m.Guesses(), nil)
	if d.Root(m, "") {
		o := d.Object(m, new([]Member))
		d.Member(&o)
	}
	if err := d.Finish(); err == nil {
		t.Error("a quote within a name passes as it is")
	}
}

// jsonFieldOf reads a payload of one member, twice, and returns its field.
func jsonFieldOf(t *testing.T, m *Members, payload string) (field int) {
	var d JSON
	for range 2 {
		d.Start([]byte(payload), true, m.Guesses(), nil)
		if d.Root(m, "") {
			for o := d.Object(m, new([]Member)); d.Member(&o); {
				field = o.Field
				d.Raw()
			}
		}
		if err := d.Finish(); err != nil {
			t.Errorf("%s: %v", payload, err)
		}
	}
	return field
}

// xmlFieldOf is jsonFieldOf for XML.
func xmlFieldOf(t *testing.T, m *Members, payload string) (field int) {
	var d XML
	for range 2 {
		d.Start([]byte(payload), true, m.Guesses(), nil)
		field = readFieldOf(&d, m)
		if err := d.Finish(); err != nil {
			t.Errorf("%s: %v", payload, err)
		}
	}
	return field
}

func readFieldOf(d *XML, m *Members) (field int) {
	if d.Root("", "r") {
		var e Element
		d.Open(&e)
		d.NoAttr(&e, new([]Member))
		for d.Child(&e, m) {
			field = e.Field
			d.Raw()
		}
	}
	return field
}
