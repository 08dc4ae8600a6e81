package jsontree

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	const text = "\uFEFF{\r\n\t\"b\": [1.50, -0, 1E+2, null, true, false],\n \"a~/\": {\"\": \"\\u00e9\\ud83d\\ude00\\n\\/\"} }\n"
	limits := Default
	limits.Mark = true
	n, errs := Parse([]byte(text), limits)
	if errs != nil {
		t.Fatal(errs[0])
	}
	if got, want := n.Compact(), `{"b":[1.50,-0,1E+2,null,true,false],"a~/":{"":"é😀\n/"}}`; got != want {
		t.Errorf("compact: %s, want %s", got, want)
	}
	if m := n.Lookup("a~/"); m == nil || text[m.Start:m.Start+5] != `"a~/"` || text[m.Value.Start] != '{' || text[m.Value.End-1] != '}' {
		t.Errorf("the member a~/ is at the wrong place: %+v", m)
	}
	if v := n.Child("b").Child("2"); v == nil || text[v.Start:v.End] != "1E+2" {
		t.Errorf("b/2 is %+v", v)
	}
	for _, token := range []string{"6", "-1", "00", "x", ""} {
		if n.Child("b").Child(token) != nil {
			t.Errorf("b/%s leads somewhere", token)
		}
	}
	if got := n.Value().(map[string]any)["b"].([]any)[0]; got != json.Number("1.50") {
		t.Errorf("value: %#v", got)
	}
	if got := strings.Join(Tokens("/a~1b/~0/"), "|"); got != "a/b|~|" {
		t.Errorf("tokens: %s", got)
	}
	if got := Escape("~/"); got != "~0~1" {
		t.Errorf("escape: %s", got)
	}
}

// TestManyMembers holds that looking up is the same with and without an index.
func TestManyMembers(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		b.WriteString(`,"` + strings.Repeat("k", i) + `":` + string(rune('0'+i%10)))
		n, errs := Parse([]byte("{"+b.String()[1:]+"}"), Default)
		if errs != nil {
			t.Fatal(errs[0])
		}
		for j := range i + 1 {
			if v := n.Get(strings.Repeat("k", j)); v == nil || v.Text != string(rune('0'+j%10)) {
				t.Fatalf("member %d of %d is %+v", j, i+1, v)
			}
		}
		if n.Get("x") != nil {
			t.Fatal("a member that is not there")
		}
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		text, code, pointer, summary string
		offset                       int
	}{
		{``, "syntax", "", "the end of the file", 0},
		{`{"a": 1,}`, "syntax", "/", "'}' where a name", 8},
		{`[1,]`, "syntax", "/1", "']' where a value", 3},
		{`{"a" 1}`, "syntax", "/a", "where a colon", 5},
		{`{"a": 1 "b": 2}`, "syntax", "/a", "comma or }", 8},
		{`[1 2]`, "syntax", "/0", "comma or ]", 3},
		{`{a: 1}`, "syntax", "/", "where a name", 1},
		{"// x\n{}", "syntax", "", "'/' where a value", 0},
		{`{} {}`, "syntax", "", "after the end", 3},
		{`'a'`, "syntax", "", "'\\'' where a value", 0},
		{`{"a": tru}`, "syntax", "/a", "where a value", 6},
		{`NaN`, "syntax", "", "'N'", 0},
		{`01`, "syntax", "", "needless zero", 0},
		{`-`, "syntax", "", "digit", 1},
		{`1.`, "syntax", "", "digit", 2},
		{`1e`, "syntax", "", "digit", 2},
		{`"a`, "syntax", "", "does not end", 0},
		{"\"a\nb\"", "syntax", "", "control character 0x0a", 2},
		{`"\x"`, "syntax", "", "escape", 1},
		{`"\u12"`, "syntax", "", "not a character", 1},
		{`"\ud800"`, "syntax", "", "not a character", 1},
		{`"\udc00\ud800"`, "syntax", "", "not a character", 1},
		{`"\ud800\u0041"`, "syntax", "", "not a character", 1},
		{"\"\xff\"", "syntax", "", "0xff is not UTF-8", 1},
		{"\"\xed\xa0\x80\"", "syntax", "", "not UTF-8", 1},
		{"\uFEFF1", "syntax", "", "where a value", 0},
		{`{"a": {"x": 1, "\u0078": 2}}`, "duplicate-name", "/a/x", `"x"`, 15},
		{`[1e1000001]`, "number-limit", "/0", "exponent", 1},
		{`1e-401`, "number-limit", "", "exponent", 0},
		{`1e99999999999999999999`, "number-limit", "", "exponent", 0},
		{strings.Repeat("1", 65), "number-limit", "", "65 characters", 0},
		{strings.Repeat("[", 513), "depth-limit", strings.Repeat("/0", 512), "deeper than 512", 512},
	}
	for _, test := range tests {
		n, errs := Parse([]byte(test.text), Default)
		if len(errs) != 1 || n != nil {
			t.Errorf("%.40q: %v, %v", test.text, n, errs)
			continue
		}
		if e := errs[0]; e.Code != test.code || e.Offset != test.offset || e.Pointer != test.pointer || !strings.Contains(e.Summary, test.summary) {
			t.Errorf("%.40q: %s at %d of %s: %s", test.text, e.Code, e.Offset, e.Pointer, e.Summary)
		}
	}
	for _, ok := range []string{"1e400", strings.Repeat("1", 64), strings.Repeat("[", 512) + strings.Repeat("]", 512), " \t\r\n1 "} {
		if _, errs := Parse([]byte(ok), Default); errs != nil {
			t.Errorf("%.40q: %v", ok, errs[0])
		}
	}
	if _, errs := Parse([]byte(`{"a":1,"a":2,"b":1e999,"b":{"c":1,"c":2}}`), Default); len(errs) != 4 {
		t.Errorf("not every mistake is reported: %v", errs)
	}
}

// TestParsingTestSuite holds the parser to nst/JSONTestSuite.
func TestParsingTestSuite(t *testing.T) {
	dir := os.Getenv("BIFORM_CONFORMANCE")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "conformance")
	}
	f, err := os.Open(filepath.Join(dir, "json-parsing-test-suite.tar.gz"))
	if err != nil {
		t.Skip("no conformance data: set BIFORM_CONFORMANCE to the folder of json-parsing-test-suite.tar.gz")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	// Accepted by the suite, and refused here by choice.
	byChoice := map[string]bool{
		"y_object_duplicated_key.json": true, "y_object_duplicated_key_and_value.json": true,
		"y_number_double_close_to_zero.json": true, // 81 characters
	}
	count := map[byte]int{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		name := path.Base(h.Name)
		if h.Typeflag != tar.TypeReg || !strings.HasSuffix(name, ".json") || name[1] != '_' || path.Base(path.Dir(h.Name)) != "test_parsing" {
			continue
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		n, errs := Parse(data, Default)
		count[name[0]]++
		switch {
		case name[0] == 'n' && errs == nil:
			t.Errorf("%s is accepted", name)
		case name[0] == 'y' && (errs == nil) == byChoice[name]:
			t.Errorf("%s: %v", name, errs)
		case errs == nil:
			var want any
			d := json.NewDecoder(strings.NewReader(string(data)))
			d.UseNumber()
			if err := d.Decode(&want); err != nil || !reflect.DeepEqual(n.Value(), want) {
				t.Errorf("%s is read as %v, want %v (%v)", name, n.Value(), want, err)
			}
		}
	}
	if count['n'] == 0 || count['y'] == 0 {
		t.Errorf("the archive holds %v files", count)
	}
	t.Logf("%d must fail, %d must parse, %d are free", count['n'], count['y'], count['i'])
}

// FuzzParse holds that what parses is what encoding/json reads, and that its
// compact text parses to the same.
func FuzzParse(f *testing.F) {
	for _, s := range []string{`{"a":[1.5e3,"\u00e9",null,true]}`, `"\ud83d\ude00"`, `-0.0e-1`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, errs := Parse(data, Default)
		if errs != nil {
			return
		}
		var want any
		d := json.NewDecoder(strings.NewReader(string(data)))
		d.UseNumber()
		if err := d.Decode(&want); err != nil || !reflect.DeepEqual(n.Value(), want) {
			t.Fatalf("%q is read as %v, want %v (%v)", data, n.Value(), want, err)
		}
		again, errs := Parse([]byte(n.Compact()), Default)
		if errs != nil || !reflect.DeepEqual(again.Value(), want) {
			t.Fatalf("%q written as %q does not come back: %v", data, n.Compact(), errs)
		}
	})
}
