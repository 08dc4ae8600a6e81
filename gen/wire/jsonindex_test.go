package wire

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// anyJSON is the contract that admits every JSON payload.
func anyJSON() *JSONContract { return &JSONContract{Schemas: []JSONSchema{{}}} }

// shared returns the path of a file of the data that tests use but the
// repository does not hold, or skips the test.
func shared(t testing.TB, folder, name string) string {
	dir := filepath.Join("..", "..", "..", "shared", folder)
	if env := os.Getenv("BIFORM_CONFORMANCE"); env != "" {
		dir = env
		if folder != "conformance" {
			dir = filepath.Join(env, "..", folder)
		}
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s/%s is not beside the checkout nor where BIFORM_CONFORMANCE points", folder, name)
	}
	return path
}

// archive calls f with the files of a gzipped tar archive.
func archive(t *testing.T, path string, f func(name string, data []byte)) {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		f(h.Name, data)
	}
}

// TestJSONParsingSuite holds the index against JSONTestSuite: y_ must be
// accepted, n_ refused; of i_ the verdict is ours and listed.
func TestJSONParsingSuite(t *testing.T) {
	refusedByChoice := map[string]Code{
		"y_object_duplicated_key.json":           ErrDuplicate,
		"y_object_duplicated_key_and_value.json": ErrDuplicate,
	}
	free := map[string]Code{
		"i_object_key_lone_2nd_surrogate.json":                ErrEncoding,
		"i_string_1st_surrogate_but_2nd_missing.json":         ErrEncoding,
		"i_string_1st_valid_surrogate_2nd_invalid.json":       ErrEncoding,
		"i_string_UTF-16LE_with_BOM.json":                     ErrEncoding,
		"i_string_UTF-8_invalid_sequence.json":                ErrEncoding,
		"i_string_UTF8_surrogate_U+D800.json":                 ErrEncoding,
		"i_string_incomplete_surrogate_and_escape_valid.json": ErrEncoding,
		"i_string_incomplete_surrogate_pair.json":             ErrEncoding,
		"i_string_incomplete_surrogates_escape_valid.json":    ErrEncoding,
		"i_string_invalid_lonely_surrogate.json":              ErrEncoding,
		"i_string_invalid_surrogate.json":                     ErrEncoding,
		"i_string_invalid_utf-8.json":                         ErrEncoding,
		"i_string_inverted_surrogates_U+1D11E.json":           ErrEncoding,
		"i_string_iso_latin_1.json":                           ErrEncoding,
		"i_string_lone_second_surrogate.json":                 ErrEncoding,
		"i_string_lone_utf8_continuation_byte.json":           ErrEncoding,
		"i_string_not_in_unicode_range.json":                  ErrEncoding,
		"i_string_overlong_sequence_2_bytes.json":             ErrEncoding,
		"i_string_overlong_sequence_6_bytes.json":             ErrEncoding,
		"i_string_overlong_sequence_6_bytes_null.json":        ErrEncoding,
		"i_string_truncated-utf-8.json":                       ErrEncoding,
		"i_string_utf16BE_no_BOM.json":                        ErrEncoding,
		"i_string_utf16LE_no_BOM.json":                        ErrEncoding,
		"i_structure_UTF-8_BOM_empty_object.json":             ErrEncoding,
	}
	c := anyJSON()
	files := 0
	archive(t, shared(t, "conformance", "json-parsing-test-suite.tar.gz"), func(name string, data []byte) {
		base := filepath.Base(name)
		if !strings.Contains(name, "test_parsing/") || !strings.HasSuffix(base, ".json") {
			return
		}
		files++
		err := c.Validate(data)
		want, named := refusedByChoice[base]
		if base[0] == 'i' {
			want, named = free[base]
		}
		switch {
		case named && !errors.Is(err, want):
			t.Errorf("%s: got %v, want %s", base, err, want)
		case !named && base[0] != 'n' && err != nil:
			t.Errorf("%s: got %v, want it accepted", base, err)
		case base[0] == 'n' && err == nil:
			t.Errorf("%s: accepted", base)
		}
		if err != nil {
			checkOneViolation(t, base, data, err)
		}
	})
	if files < 300 {
		t.Errorf("the suite has %d files, want some 318", files)
	}
}

// checkOneViolation holds what is true of every payload that is no JSON.
func checkOneViolation(t *testing.T, what string, data []byte, err error) {
	t.Helper()
	v, ok := err.(Violations)
	if !ok || len(v) != 1 {
		t.Errorf("%s: got %v, want one violation", what, err)
		return
	}
	if v[0].Offset < 0 || v[0].Offset > len(data) || v[0].Line < 1 || v[0].Column < 1 || !utf8.ValidString(v[0].Error()) {
		t.Errorf("%s: bad violation %+v", what, v[0])
	}
}

// lawfulJSON is the oracle: encoding/json's grammar, UTF-8, whole surrogate
// pairs and names that are given once.
func lawfulJSON(data []byte) bool {
	if !json.Valid(data) || !utf8.Valid(data) {
		return false
	}
	for rest := data; ; {
		// Escapes stand in strings only, and json.Valid has checked them.
		i := bytes.IndexByte(rest, '\\')
		if i < 0 {
			break
		}
		rest = rest[i:]
		if rest[1] != 'u' {
			rest = rest[2:]
			continue
		}
		var hi, lo rune
		fmt.Sscanf(string(rest[2:6]), "%04x", &hi)
		rest = rest[6:]
		if hi < 0xD800 || hi > 0xDFFF {
			continue
		}
		if hi > 0xDBFF || !bytes.HasPrefix(rest, []byte(`\u`)) {
			return false
		}
		fmt.Sscanf(string(rest[2:6]), "%04x", &lo)
		if lo < 0xDC00 || lo > 0xDFFF {
			return false
		}
		rest = rest[6:]
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	ok, _ := lawfulValue(d, 0)
	return ok
}

func lawfulValue(d *json.Decoder, depth int) (ok, closing bool) {
	token, err := d.Token()
	if err != nil {
		return false, false
	}
	switch token {
	case json.Delim('['):
		if depth >= DefaultMaxDepth {
			return false, false
		}
		for {
			ok, closing := lawfulValue(d, depth+1)
			if closing || !ok {
				return ok, false
			}
		}
	case json.Delim('{'):
		if depth >= DefaultMaxDepth {
			return false, false
		}
		names := make(map[string]bool)
		for {
			name, err := d.Token()
			if err != nil {
				return false, false
			}
			s, isName := name.(string)
			if !isName {
				return true, false
			}
			if names[s] {
				return false, false
			}
			names[s] = true
			if ok, _ := lawfulValue(d, depth+1); !ok {
				return false, false
			}
		}
	case json.Delim(']'), json.Delim('}'):
		return true, true
	}
	return true, false
}

// TestJSONIndexCorrupted replaces and removes every byte of the sample in
// turn, and truncates it everywhere: the verdict is the oracle's.
func TestJSONIndexCorrupted(t *testing.T) {
	data, err := os.ReadFile(shared(t, "samples", "sample2.json"))
	if err != nil {
		t.Fatal(err)
	}
	x := new(jsonCheck)
	check := func(what string, i int, data []byte) {
		t.Helper()
		if got, want := x.read(data, nil), lawfulJSON(data); got != want {
			t.Errorf("%s at %d: accepted: %v, want %v: %s", what, i, got, want, data[max(0, i-10):min(len(data), i+10)])
		}
	}
	check("nothing", 0, data)
	b := make([]byte, 0, len(data)+1)
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := 0; i < len(data); i += step {
		for _, c := range []byte{0, '"', '\\', '}', 0x80, data[i] ^ 1} {
			b = append(b[:0], data...)
			b[i] = c
			check(fmt.Sprintf("%q", c), i, b)
		}
		check("removed", i, append(append(b[:0], data[:i]...), data[i+1:]...))
		check("truncated", i, data[:i])
	}
}

// lawfulSeeds are texts near the edges of the grammar.
var lawfulSeeds = []string{
	``, ` `, `{}`, `[]`, `""`, `0`, `-0`, `-`, `01`, `1.`, `1.5e`, `1.5e+7`, `.5`, `1e400`, `12345678`, `-12345678.12345678E-12345678`,
	`true`, `tru`, `truee`, `false`, `falsy`, `null`, `nul`, `[1,]`, `[,1]`, `{"a":1,}`, `{"a"}`, `{"a":}`, `{a:1}`, `{"a" 1}`,
	`{"a":1,"b":2,"a":3}`, `{"a":1,"\u0061":2}`, `{"abcdefgh":1,"abcdefg\u0068":2}`, `{"a":{"b":1},"b":{"b":1}}`, `{"":1,"":2}`,
	`"\ud83d\ude00"`, `"\ud83d"`, `"\ude00"`, `"\ud83d\n"`, `"\ud83d\ud83d"`, `"\u12"`, `"\x"`, "\"\x1f\"", "\"\x7f\"", "\"\xff\"", "\"\xe4\xb8\xad\"",
	"\"abcdefgh\xe4\xb8\"", "{\"\xe4\xb8\xad\xe6\x96\x87\":1,\"\\u4e2d\\u6587\":2}", "\ufeff{}", "{} x", "[1] [2]", "[\x001]", "1\x00", "[1\x0b,2]",
	"\t\r\n [ \t1\r\n , 2 ] \n", "{\n  \"a\" : 1 ,\r\n\t\"b\":\t2\n}", `"unterminated`, `"unterminated\`, `"unterminated\u00`, `[`, `{`, `{"a`, `{"a":`, `[[]`, `]`,
	strings.Repeat("[", DefaultMaxDepth) + strings.Repeat("]", DefaultMaxDepth),
	strings.Repeat("[", DefaultMaxDepth+1) + strings.Repeat("]", DefaultMaxDepth+1),
	strings.Repeat(`{"a":`, DefaultMaxDepth) + `1` + strings.Repeat("}", DefaultMaxDepth),
}

func TestJSONIndexSeeds(t *testing.T) {
	for _, s := range lawfulSeeds {
		x := new(jsonCheck)
		if got, want := x.read([]byte(s), nil), lawfulJSON([]byte(s)); got != want {
			t.Errorf("%.40q: accepted: %v, want %v", s, got, want)
		}
	}
}

// FuzzJSONIndex compares the verdict on any bytes with the oracle's, and the
// entries with what encoding/json reads.
func FuzzJSONIndex(f *testing.F) {
	for _, s := range lawfulSeeds {
		f.Add([]byte(s))
	}
	x := new(jsonCheck)
	c := anyJSON()
	f.Fuzz(func(t *testing.T, data []byte) {
		got, want := x.read(data, nil), lawfulJSON(data)
		if got != want {
			t.Fatalf("accepted: %v, want %v: %q", got, want, data)
		}
		err := c.Validate(data)
		if (err == nil) != want {
			t.Fatalf("Validate: %v, want accepted: %v", err, want)
		}
		if err != nil {
			checkOneViolation(t, "fuzz", data, err)
			return
		}
		var b bytes.Buffer
		respell(&b, &x.jsonDoc, 0)
		var mine, theirs any
		if err := json.Unmarshal(b.Bytes(), &mine); err != nil {
			if json.Unmarshal(data, &theirs) == nil {
				t.Fatalf("entries spell %q: %v", b.Bytes(), err)
			}
			return // a number that float64 cannot hold
		}
		if err := json.Unmarshal(data, &theirs); err != nil {
			t.Fatal(err)
		}
		p, _ := json.Marshal(mine)
		q, _ := json.Marshal(theirs)
		if !bytes.Equal(p, q) {
			t.Fatalf("entries spell %s, want %s", p, q)
		}
	})
}

// respell writes a value from its entries.
func respell(b *bytes.Buffer, x *jsonDoc, i int) {
	e := &x.entries[i]
	switch e.kind() {
	case jsonArray, jsonObject:
		brackets := "[]"
		if e.kind() == jsonObject {
			brackets = "{}"
		}
		b.WriteByte(brackets[0])
		for m := i + 1; m < int(e.end); m = jsonNext(x.entries, m) {
			if m > i+1 {
				b.WriteByte(',')
			}
			if e.kind() == jsonObject {
				name, _ := json.Marshal(string(x.appendName(nil, &x.entries[m])))
				b.Write(name)
				b.WriteByte(':')
			}
			respell(b, x, m)
		}
		b.WriteByte(brackets[1])
	case jsonString:
		s, _ := json.Marshal(string(x.appendString(nil, e)))
		b.Write(s)
	default:
		b.Write(x.text[e.off:e.end])
	}
}

// TestJSONDuplicates has objects of many members, whose hashes meet or not.
func TestJSONDuplicates(t *testing.T) {
	object := func(names []string) []byte {
		var b bytes.Buffer
		for i, n := range names {
			b.WriteString(map[bool]string{true: "{", false: ","}[i == 0])
			fmt.Fprintf(&b, "%q:%d", n, i)
		}
		b.WriteString("}")
		return b.Bytes()
	}
	for what, spell := range map[string]func(i int) string{
		"spread": func(i int) string { return fmt.Sprintf("name%d", i) },
		// The first and the last 8 bytes and the length are equal.
		"meeting": func(i int) string { return fmt.Sprintf("prefix..%06d..suffix", i) },
	} {
		for _, n := range []int{2, 15, 16, 17, 40, 1000, 100_000} {
			names := make([]string, n)
			for i := range names {
				names[i] = spell(i)
			}
			x := new(jsonCheck)
			if !x.read(object(names), nil) {
				t.Errorf("%s, %d names: %s", what, n, x.fault.violation(object(names)))
			}
			names[n-1] = names[n/2-1]
			data := object(names)
			if x.read(data, nil) {
				t.Errorf("%s, %d names: accepted a name given twice", what, n)
				continue
			}
			if v := x.fault.violation(data); v.Code != ErrDuplicate || v.Offset != bytes.LastIndexByte(data, '"')-len(names[n-1])-1 {
				t.Errorf("%s, %d names: got %v, last name at %d", what, n, v, bytes.LastIndexByte(data, '"')-len(names[n-1])-1)
			}
		}
	}
}

func BenchmarkJSONIndex(b *testing.B) {
	data, err := os.ReadFile(shared(b, "samples", "sample2.json"))
	if err != nil {
		b.Fatal(err)
	}
	x := new(jsonCheck)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if !x.read(data, nil) {
			b.Fatal(x.fault.violation(data))
		}
	}
}
