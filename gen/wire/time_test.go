package wire

import (
	"encoding/json"
	"testing"
	"time"
	"unsafe"
)

func TestParseTime(t *testing.T) {
	for _, c := range []struct {
		text   string
		layout string // of package time, which must agree; empty: no time
	}{
		{"2022-07-01T10:05:48+0800", "2006-01-02T15:04:05-0700"},
		{"2022-08-09 14:54:17+0800", "2006-01-02 15:04:05-0700"},
		{"2022-08-03T18:45:50+08:00", time.RFC3339},
		{"2022-08-03T18:45:50Z", time.RFC3339},
		{"2022-08-03T18:45:50.123456789Z", time.RFC3339Nano},
		{"2022-08-03T18:45:50.5-03:30", time.RFC3339Nano},
		{"2024-02-29T00:00:00+0000", "2006-01-02T15:04:05-0700"},
		{"2022-08-03T18:45:50-0000", "2006-01-02T15:04:05-0700"},
		{"1969-12-31T23:59:59-1145", "2006-01-02T15:04:05-0700"},
		{"1970-01-01T00:00:00+0000", "2006-01-02T15:04:05-0700"},
		{"0000-01-01T00:00:00+0000", "2006-01-02T15:04:05-0700"},
		{"0000-02-29T23:59:59-2359", "2006-01-02T15:04:05-0700"},
		{"0000-03-01T00:00:00+0000", "2006-01-02T15:04:05-0700"},
		{"9999-12-31T23:59:59+2359", "2006-01-02T15:04:05-0700"},
		{"0001-01-01T00:00:00+0000", "2006-01-02T15:04:05-0700"},
		{"2023-02-29T00:00:00+0000", ""}, {"2022-13-01T00:00:00+0000", ""}, {"2022-00-01T00:00:00Z", ""},
		{"2022-01-32T00:00:00Z", ""}, {"2022-01-01T24:00:00Z", ""}, {"2022-01-01T00:60:00Z", ""}, {"2022-01-01T00:00:60Z", ""},
		{"2022-01-01T00:00:00", ""}, {"2022-01-01", ""}, {"-", ""}, {"", ""}, {"2022-01-01T00:00:00+08", ""},
		{"2022-01-01T00:00:00.Z", ""}, {"2022-01-01T00:00:00.1234567890Z", ""}, {"2022-01-01t00:00:00z", ""},
		{"2022-01-01T00:00:00+0800 ", ""}, {" 2022-01-01T00:00:00+0800", ""},
	} {
		got, ok := ParseTime(c.text)
		if ok != (c.layout != "") {
			t.Errorf("ParseTime(%q) = %v, %v", c.text, got, ok)
			continue
		}
		if !ok {
			continue
		}
		want, err := time.Parse(c.layout, c.text)
		if err != nil || !got.Time().Equal(want) {
			t.Errorf("ParseTime(%q) = %v, package time has %v, %v", c.text, got.Time(), want, err)
		}
		if got.String() != c.text {
			t.Errorf("ParseTime(%q) writes %q", c.text, got)
		}
		if c.layout != time.RFC3339Nano && !got.Spelled(c.layout) {
			t.Errorf("%q is not spelled as %q", c.text, c.layout)
		}
	}
}

func TestTimeEveryDay(t *testing.T) {
	for d := time.Date(1899, 12, 28, 1, 2, 3, 0, time.UTC); d.Year() < 2105; d = d.AddDate(0, 0, 1) {
		text := d.Format("2006-01-02T15:04:05-0700")
		got, ok := ParseTime(text)
		if !ok || !got.Time().Equal(d) || got.String() != text {
			t.Fatalf("ParseTime(%q) = %v, %v", text, got, ok)
		}
	}
}

func TestNewTime(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	got := NewTime(time.Date(2022, 7, 1, 10, 5, 48, 500_000_000, zone))
	if got.String() != "2022-07-01T10:05:48.5+0800" {
		t.Errorf("got %s", got)
	}
	if !NewTime(time.Time{}).IsZero() || !(Time{}).Time().IsZero() || (Time{}).String() != "" {
		t.Error("the zero time must stay zero")
	}
	parsed, _ := ParseTime("2022-07-01T10:05:48+0800")
	if parsed != NewTime(parsed.Time()) {
		t.Errorf("%#v is not %#v", parsed, NewTime(parsed.Time()))
	}
	if size := unsafe.Sizeof(parsed); size != 16 {
		t.Errorf("a Time has %d bytes", size)
	}
}

func TestTimeInJSON(t *testing.T) {
	in := map[string]Time{"at": {}}
	in["at"], _ = ParseTime("2022-07-01T10:05:48+0800")
	b, err := json.Marshal(in)
	if err != nil || string(b) != `{"at":"2022-07-01T10:05:48+0800"}` {
		t.Fatalf("%s, %v", b, err)
	}
	var out map[string]Time
	if err := json.Unmarshal(b, &out); err != nil || out["at"] != in["at"] {
		t.Fatalf("%v, %v", out, err)
	}
}
