package wire

import (
	"net/netip"
	"testing"
	"time"
	"unicode/utf8"
)

// formatCases are a word for and against each format; the public suite has the
// rest.
var formatCases = []struct {
	holds   func(string) bool
	yes, no []string
}{
	{FormatDate, []string{"2024-02-29", "0000-01-01"}, []string{"2023-02-29", "2023-2-9", "20230209", ""}},
	{FormatTime, []string{"23:59:60Z", "00:00:00.000000000001-23:59", "08:30:06z"}, []string{"23:59:60+01:00", "24:00:00Z", "08:30:06.Z", "08:30:06"}},
	{FormatDateTime, []string{"2022-07-01T10:05:48+08:00", "1990-12-31t15:59:60-08:00"}, []string{"2022-07-01T10:05:48+0800", "2022-07-01 10:05:48Z", "2022-07-01"}},
	{FormatDuration, []string{"P1Y2M3DT4H5M6S", "P4W", "PT0S", "P1M"}, []string{"P", "PT", "P1Y3D", "P1W2D", "1Y", "P1D2H"}},
	{FormatEmail, []string{"a@b.example", `"a b"@example.org`, "a@[127.0.0.1]", "a@[IPv6:::1]"}, []string{"a", "@b", "a@", "a..b@c", "é@b.example"}},
	{FormatIDNEmail, []string{"é@bücher.example"}, []string{"é"}},
	{FormatHostname, []string{"a", "www.example.com", "xn--bcher-kva.example"}, []string{"-a", "a_b", "a..b", "ab--c", "xn--x"}},
	{FormatIDNHostname, []string{"bücher.example", "실례.테스트", "a。b"}, []string{"〮실례", "a.-b", "Bücher"}},
	{FormatIPv4, []string{"0.0.0.0", "255.255.255.255"}, []string{"256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5"}},
	{FormatIPv6, []string{"::", "::1", "1:2:3:4:5:6:7:8", "1::8", "::ffff:1.2.3.4"}, []string{"", ":", "1:::8", "1:2", "12345::", "1::2::3", "fe80::1%eth0", "1:2:3:4:5:6:7:8::"}},
	{FormatURI, []string{"urn:a", "http://[::1]:80/a?b#c", "mailto:a@b"}, []string{"a", "//a", "http://a b", "http://[::1", "1a:b"}},
	{FormatURIReference, []string{"", "a", "//a/b", "?q", "#f", "./a:b"}, []string{"a:b:c d", "1:b", "\\", "/%zz"}},
	{FormatIRI, []string{"http://ƒøø.ßår/?∂éœ=πîx"}, []string{"âππ", "http://a b"}},
	{FormatIRIReference, []string{"âππ", "#ƒrägmênt"}, []string{"#ƒräg\\mênt"}},
	{FormatUUID, []string{"2EB8AA08-aa98-11ea-b4aa-73b441d16380"}, []string{"2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08aaa98-11ea-b4aa-73b441d16380"}},
	{FormatURITemplate, []string{"", "/a/{b}{?c*,d:3}", "{+x,y}"}, []string{"{", "}", "{}", "{a,}", "{a:0}", "a b"}},
	{FormatJSONPointer, []string{"", "/", "/a~1b/~0"}, []string{"a", "/~", "/~2", "#/a"}},
	{FormatRelativeJSONPointer, []string{"0", "1/a", "0#", "2+1/a", "0-1#"}, []string{"", "01", "-1", "/a", "0##", "1+0"}},
	{FormatRegex, []string{"", "^a(?<n>b)\\k<n>$", "[^\\]-]", "(?<!a)b{2,}?", "\\u{1F600}\\p{L}"}, []string{"(", "a)", "[b-a]", "*", "a{2,1}", "\\1", "\\a", "(?<n>)(?<n>)", "\\k<n>", "]"}},
	{FormatBase64, []string{"", "YQ=="}, []string{"YQ", "Y Q==", "YQ==\n"}},
	{FormatJSON, []string{"{}", "1"}, []string{"", "{", "{}{}"}},
	{FormatBase64JSON, []string{"e30="}, []string{"e30", "YQ=="}},
}

func TestFormats(t *testing.T) {
	for i, c := range formatCases {
		for _, s := range c.yes {
			if !c.holds(s) {
				t.Errorf("format %d: %q is refused", i, s)
			}
		}
		for _, s := range c.no {
			if c.holds(s) {
				t.Errorf("format %d: %q is accepted", i, s)
			}
		}
	}
}

// FuzzFormats holds the formats to what the standard library says of addresses
// and dates, and to each other.
func FuzzFormats(f *testing.F) {
	for _, c := range formatCases {
		for _, s := range c.yes {
			f.Add(s)
		}
		for _, s := range c.no {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 1000 {
			t.Skip()
		}
		for _, c := range formatCases {
			c.holds(s) // whatever it says
		}
		if a, err := netip.ParseAddr(s); FormatIPv4(s) != (err == nil && a.Is4()) || FormatIPv6(s) != (err == nil && a.Is6() && a.Zone() == "") {
			t.Errorf("%q: net/netip says %v, %v", s, a, err)
		}
		if _, err := time.Parse(time.DateOnly, s); FormatDate(s) != (err == nil) {
			t.Errorf("%q: package time says %v", s, err)
		}
		if FormatURI(s) && !FormatURIReference(s) || FormatURI(s) && !FormatIRI(s) || FormatURIReference(s) && !FormatIRIReference(s) ||
			FormatEmail(s) && !FormatIDNEmail(s) || FormatDateTime(s) && !FormatDate(s[:10]) {
			t.Errorf("%q: the wider format refuses it", s)
		}
	})
}
