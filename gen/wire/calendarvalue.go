package wire

import (
	"fmt"
	"strconv"
	"strings"
)

// This file is the part that the calendar types and durations share.

// notValue is the error for a text that is not a value of a built-in type.
func notValue(text, typ string) error {
	return fmt.Errorf("%s is not a value of xs:%s", excerpt(text), typ)
}

// parseCalendar checks the text of a calendar type and returns it without white
// space around it.
func parseCalendar(k xmlKind, name, text string) (string, error) {
	s := trimSpace(text)
	if _, ok := parseMoment(k, s); !ok {
		return "", notValue(text, name)
	}
	return s, nil
}

// compareCalendar compares two texts of one calendar type. The empty text comes
// first. Years beyond 100,000,000,000 count as that year.
func compareCalendar(k xmlKind, a, b string) (c int, ok bool) {
	if a == "" || b == "" {
		return strings.Compare(a, b), true
	}
	m, _ := parseMoment(k, a)
	o, _ := parseMoment(k, b)
	return m.compare(&o)
}

// canonicalMoment returns the canonical form of a valid text: of dateTime and
// time in UTC (Part 2, sections 3.2.7.2 and 3.2.8.2), of a date with a zone
// between -11:59 and +12:00 (3.2.9.1), of the others with Z for +00:00.
func canonicalMoment(k xmlKind, text string) string {
	m, ok := parseMoment(k, text)
	if !ok {
		return text
	}
	if k != kindDateTime && k != kindTime && k != kindDate {
		return shortZone(text)
	}
	_, _, zone := splitZone(text)
	days, second := floorDiv(m.seconds, 86400)
	if k == kindDate {
		// A day begins at midnight of its zone; a zone far from UTC stands for
		// one near it, of the day before or after.
		days, _ = floorDiv(m.seconds+int64(zone)*60, 86400)
		switch {
		case zone > 12*60:
			zone, days = zone-24*60, days-1
		case zone < -(11*60 + 59):
			zone, days = zone+24*60, days+1
		}
	}
	year, month, day := civilDate(days)
	if year >= maxYear-1 || year <= -maxYear+1 {
		return shortZone(text) // saturated: it stays as it was spelled
	}
	var b []byte
	if k != kindTime {
		if year <= 0 {
			b, year = append(b, '-'), 1-year
		}
		b = fmt.Appendf(b, "%04d-%02d-%02d", year, month, day)
	}
	if k == kindDate {
		if m.zoned {
			b = appendZone(b, zone)
		}
		return string(b)
	}
	if k == kindDateTime {
		b = append(b, 'T')
	}
	b = fmt.Appendf(b, "%02d:%02d:%02d", second/3600, second/60%60, second%60)
	if m.part != "" {
		b = append(append(b, '.'), m.part...)
	}
	if m.zoned {
		b = append(b, 'Z')
	}
	return string(b)
}

// splitZone splits the zone off a valid text. minutes are what it is east of
// UTC.
func splitZone(text string) (rest, zone string, minutes int) {
	if n := len(text); strings.HasSuffix(text, "Z") {
		return text[:n-1], "Z", 0
	} else if n > 6 && text[n-3] == ':' && (text[n-6] == '+' || text[n-6] == '-') {
		r := timeReader{s: text[n-6:]}
		minutes, _ = r.zone()
		return text[:n-6], text[n-6:], minutes
	}
	return text, "", 0
}

// shortZone writes Z for a zone that is UTC.
func shortZone(text string) string {
	if rest, zone, minutes := splitZone(text); zone != "" && minutes == 0 {
		return rest + "Z"
	}
	return text
}

func appendZone(b []byte, minutes int) []byte {
	if minutes == 0 {
		return append(b, 'Z')
	}
	c := byte('+')
	if minutes < 0 {
		c, minutes = '-', -minutes
	}
	return fmt.Appendf(append(b, c), "%02d:%02d", minutes/60, minutes%60)
}

// floorDiv divides, rounding down.
func floorDiv(a, b int64) (q, r int64) {
	q, r = a/b, a%b
	if r < 0 {
		q, r = q-1, r+b
	}
	return q, r
}

// civilDate is the inverse of civilDays.
func civilDate(days int64) (year int64, month, day int) {
	era, ofEra := floorDiv(days+719468, 146097)
	ofCycle := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*ofCycle + ofCycle/4 - ofCycle/100)
	m := (5*ofYear + 2) / 153
	day = int(ofYear-(153*m+2)/5) + 1
	month = int(m) + 3
	year = ofCycle + era*400
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// Duration is a value of xs:duration (XML Schema Part 2, section 3.2.6): months
// and seconds, which have no common measure, such as P1Y2MT3.5S. It keeps its
// spelling. The zero value is none.
type Duration struct{ text string }

// ParseDuration reads a value of xs:duration, with white space around it.
func ParseDuration(text string) (Duration, error) {
	s := trimSpace(text)
	if !isDuration(s) {
		return Duration{}, notValue(text, "duration")
	}
	return Duration{s}, nil
}

// Lexical returns the value as it was spelled, without white space around it.
func (v Duration) Lexical() string { return v.text }

// IsZero tells whether it is the zero value, which is none.
func (v Duration) IsZero() bool { return v.text == "" }

// String returns the value with each part below the next larger unit. XML
// Schema 1.0 has no canonical form of a duration; this is the one of 1.1.
func (v Duration) String() string {
	d, ok := parseDuration(v.text)
	if !ok || d.months >= 12*maxYear || d.seconds >= maxDurationSeconds {
		return v.text
	}
	if d.months == 0 && d.seconds == 0 && d.part == "" {
		return "PT0S"
	}
	var b []byte
	if d.neg {
		b = append(b, '-')
	}
	b = append(b, 'P')
	b = appendUnit(b, d.months/12, 'Y')
	b = appendUnit(b, d.months%12, 'M')
	b = appendUnit(b, d.seconds/86400, 'D')
	if s := d.seconds % 86400; s > 0 || d.part != "" {
		b = append(b, 'T')
		b = appendUnit(b, s/3600, 'H')
		b = appendUnit(b, s/60%60, 'M')
		if s%60 > 0 || d.part != "" {
			b = strconv.AppendInt(b, s%60, 10)
			if d.part != "" {
				b = append(append(b, '.'), d.part...)
			}
			b = append(b, 'S')
		}
	}
	return string(b)
}

func appendUnit(b []byte, n int64, unit byte) []byte {
	if n == 0 {
		return b
	}
	return append(strconv.AppendInt(b, n, 10), unit)
}

// Months returns the months and the whole seconds of the duration, both
// negative for a negative one, and the digits of the fraction of a second. ok is
// false when they do not fit.
func (v Duration) Months() (months, seconds int64, fraction string, ok bool) {
	d, ok := parseDuration(v.text)
	if !ok || d.months >= 12*maxYear || d.seconds >= maxDurationSeconds {
		return 0, 0, "", false
	}
	if d.neg {
		return -d.months, -d.seconds, d.part, true
	}
	return d.months, d.seconds, d.part, true
}

// Compare orders two durations by what they make of four reference times; ok is
// false where those do not agree, as for P1M and P30D (section 3.2.6.2).
func (v Duration) Compare(w Duration) (c int, ok bool) {
	if v.text == "" || w.text == "" {
		return strings.Compare(v.text, w.text), true
	}
	a, _ := parseDuration(v.text)
	b, _ := parseDuration(w.text)
	return a.compare(&b)
}

// Equal tells whether two durations are the same one, however they are spelled.
func (v Duration) Equal(w Duration) bool {
	c, ok := v.Compare(w)
	return ok && c == 0
}

// MarshalText returns the value as it was spelled.
func (v Duration) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:duration.
func (v *Duration) UnmarshalText(text []byte) (err error) {
	*v, err = ParseDuration(string(text))
	return err
}
