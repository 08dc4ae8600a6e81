package xsd

import "testing"

// TestValues holds lexical forms to Part 2, section 3.2.
func TestValues(t *testing.T) {
	for _, c := range []struct {
		class   valueClass
		yes, no []string
	}{
		{classBoolean, []string{"true", "0"}, []string{"", "TRUE", "yes"}},
		{classDecimal, []string{"0", "-1.50", "+.5", "5."}, []string{"", ".", "1e2", "+-1", "1,5", "INF"}},
		{classInteger, []string{"0", "-007", "+12"}, []string{"1.0", "", "-", "1e2"}},
		{classDouble, []string{"1e5", "-1.5E-3", "INF", "-INF", "NaN", "1e999", ".5"}, []string{"inf", "+INF", "1e", "e5", "0x1p-2", "1_0", ""}},
		{classDuration, []string{"P1Y", "-P1Y2M3DT4H5M6.7S", "PT0S", "P1M"}, []string{"P", "PT", "P1YT", "1Y", "P1S", "PT1Y", "P1M1Y", "PT.5S", "PT5.S", "P1.5Y"}},
		{classDateTime, []string{"2024-02-29T23:59:59.5Z", "-0001-01-01T00:00:00", "12024-01-01T24:00:00+14:00"},
			[]string{"2023-02-29T00:00:00", "0000-01-01T00:00:00", "2024-01-01 00:00:00", "2024-01-01T24:00:01", "2024-01-01T00:00:00+0800", "2024-01-01T00:00:00.", "2024-1-01T00:00:00", "02024-01-01T00:00:00", "2024-01-01T00:00:00+14:01"}},
		{classDate, []string{"2024-12-31", "2000-02-29Z"}, []string{"1900-02-29", "2024-13-01", "2024-04-31"}},
		{classTime, []string{"00:00:00", "24:00:00", "12:30:15.25-05:00"}, []string{"24:00:01", "12:60:00", "12:30", "1:00:00"}},
		{classYearMonth, []string{"2024-01"}, []string{"2024-00", "2024"}},
		{classYear, []string{"2024", "-2024Z"}, []string{"24", "0000"}},
		{classMonthDay, []string{"--02-29"}, []string{"--02-30", "02-29"}},
		{classDay, []string{"---31"}, []string{"---32", "--31"}},
		{classMonth, []string{"--12", "--01Z"}, []string{"--13", "--12--"}},
		{classHex, []string{"", "0aFF"}, []string{"0", "0g"}},
		{classBase64, []string{"", "QQ==", "Q Q = =", "QUJD"}, []string{"QQ=", "QR==", "Q", "QQ==\n"}},
		{classURI, []string{"", "http://a/b?c#d", "../x y", "%20", "urn:x"}, []string{"%2", ":a", "1:a", "a#b#c"}},
		{classQName, []string{"a", "a:b"}, []string{"", ":a", "a:", "a:b:c", "1a"}},
	} {
		for _, s := range c.yes {
			if _, why := c.class.parse(s); why != "" {
				t.Errorf("class %d refuses %q: %s", c.class, s, why)
			}
		}
		for _, s := range c.no {
			if _, why := c.class.parse(s); why == "" {
				t.Errorf("class %d admits %q", c.class, s)
			}
		}
	}
}

// TestCompare holds the order relations, partial ones included.
func TestCompare(t *testing.T) {
	for _, c := range []struct {
		class valueClass
		a, b  string
		order int
		ok    bool
	}{
		{classDecimal, "1.0", "+1", 0, true},
		{classDecimal, "-0.1", "0", -1, true},
		{classDouble, "NaN", "NaN", 0, true},
		{classDouble, "NaN", "1", 0, false},
		{classDouble, "-INF", "-1e308", -1, true},
		{classDuration, "P1Y", "P12M", 0, true},
		{classDuration, "P1M", "P30D", 0, false},
		{classDuration, "P1M", "P32D", -1, true},
		{classDuration, "P1D", "PT24H", 0, true},
		{classDateTime, "2000-01-15T12:00:00", "2000-01-16T12:00:00Z", -1, true},
		{classDateTime, "2000-01-16T00:00:00", "2000-01-16T12:00:00Z", 0, false},
		{classDateTime, "2000-01-01T12:00:00+02:00", "2000-01-01T10:00:00Z", 0, true},
		{classDateTime, "1999-12-31T24:00:00Z", "2000-01-01T00:00:00Z", 0, true},
		{classDate, "-0001-12-31", "0001-01-01", -1, true},
		{classHex, "ab", "AB", 0, true},
		{classBase64, "QQ==", "Q Q ==", 0, true},
		{classString, "a", "b", 0, false},
	} {
		a, why := c.class.parse(c.a)
		b, why2 := c.class.parse(c.b)
		if why+why2 != "" {
			t.Errorf("%q, %q: %s %s", c.a, c.b, why, why2)
			continue
		}
		if order, ok := a.compare(b); ok != c.ok || ok && order != c.order {
			t.Errorf("%q against %q: %d, %t", c.a, c.b, order, ok)
		}
	}
}
