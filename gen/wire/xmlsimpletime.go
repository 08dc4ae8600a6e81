package wire

import (
	"math"
	"strconv"
	"strings"
)

// This file is about times and durations as XML Schema Part 2 has them
// (sections 3.2.6 to 3.2.14), which are not those of package time: years are
// unbounded, zones are optional, and not all values can be compared.

// xmlMoment is a value of dateTime or of one of the types that are a part of
// it. What a type does not have is that of 1972-01-01T00:00:00, a leap year.
//
// Years are told apart up to maxYear in either direction and saturate there.
type xmlMoment struct {
	seconds int64  // since 1970, local time with the zone taken off
	part    string // digits behind the point, without zeros at the end
	zoned   bool
}

// maxYear keeps a moment's seconds within an int64.
const maxYear = 100_000_000_000

// isMoment returns the lexical test of a kind.
func isMoment(k xmlKind) func(string) bool {
	return func(s string) bool {
		_, ok := parseMoment(k, s)
		return ok
	}
}

// parseMoment reads a moment of a kind.
func parseMoment(k xmlKind, s string) (m xmlMoment, ok bool) {
	r := timeReader{s: s}
	year, month, day, seconds := int64(1972), 1, 1, 0
	switch k {
	case kindDateTime:
		year = r.year()
		r.sep('-')
		month = r.two(1, 12)
		r.sep('-')
		day = r.two(1, 31)
		r.sep('T')
		seconds, m.part = r.clock()
	case kindDate:
		year = r.year()
		r.sep('-')
		month = r.two(1, 12)
		r.sep('-')
		day = r.two(1, 31)
	case kindTime:
		seconds, m.part = r.clock()
		seconds %= 86400
	case kindYearMonth:
		year = r.year()
		r.sep('-')
		month = r.two(1, 12)
	case kindYear:
		year = r.year()
	case kindMonthDay:
		r.sep('-')
		r.sep('-')
		month = r.two(1, 12)
		r.sep('-')
		day = r.two(1, 31)
	case kindDay:
		r.sep('-')
		r.sep('-')
		r.sep('-')
		day = r.two(1, 31)
	case kindMonth:
		r.sep('-')
		r.sep('-')
		month = r.two(1, 12)
	}
	zone := 0
	zone, m.zoned = r.zone()
	if r.bad || r.s != "" || day > monthDays(year, month) {
		return xmlMoment{}, false
	}
	m.seconds = dayNumber(year, month, day)*86400 + int64(seconds) - int64(zone)*60
	return m, true
}

// timeReader reads the parts of a time. After a mistake it reads nothing more.
type timeReader struct {
	s   string
	bad bool
}

// sep reads one character.
func (r *timeReader) sep(c byte) {
	if r.s == "" || r.s[0] != c {
		r.s, r.bad = "", true
		return
	}
	r.s = r.s[1:]
}

// two reads two digits.
func (r *timeReader) two(lo, hi int) int {
	if len(r.s) < 2 || !isDigit(r.s[0]) || !isDigit(r.s[1]) {
		r.s, r.bad = "", true
		return lo
	}
	n := int(r.s[0]-'0')*10 + int(r.s[1]-'0')
	if n < lo || n > hi {
		r.s, r.bad = "", true
		return lo
	}
	r.s = r.s[2:]
	return n
}

// year reads a year: at least four digits, no needless zero before them, and
// not the year 0.
func (r *timeReader) year() int64 {
	s, neg := r.s, false
	if s != "" && s[0] == '-' {
		s, neg = s[1:], true
	}
	n, y := 0, int64(0)
	for ; n < len(s) && isDigit(s[n]); n++ {
		y = min(y*10+int64(s[n]-'0'), maxYear)
	}
	if n < 4 || n > 4 && s[0] == '0' || y == 0 {
		r.s, r.bad = "", true
		return 1972
	}
	r.s = s[n:]
	if neg {
		return -y
	}
	return y
}

// clock reads hh:mm:ss with a fraction. 24:00:00 is the end of the day.
func (r *timeReader) clock() (seconds int, part string) {
	h := r.two(0, 24)
	r.sep(':')
	m := r.two(0, 59)
	r.sep(':')
	s := r.two(0, 59)
	if r.s != "" && r.s[0] == '.' {
		n := 1
		for n < len(r.s) && isDigit(r.s[n]) {
			n++
		}
		if n == 1 {
			r.s, r.bad = "", true
			return 0, ""
		}
		part = strings.TrimRight(r.s[1:n], "0")
		r.s = r.s[n:]
	}
	if h == 24 && (m > 0 || s > 0 || part != "") {
		r.s, r.bad = "", true
	}
	return h*3600 + m*60 + s, part
}

// zone reads a time zone, in minutes, if there is one.
func (r *timeReader) zone() (minutes int, ok bool) {
	if r.s == "" {
		return 0, false
	}
	c := r.s[0]
	switch c {
	case 'Z':
		r.s = r.s[1:]
		return 0, true
	case '+', '-':
		r.s = r.s[1:]
		h := r.two(0, 14)
		r.sep(':')
		m := r.two(0, 59)
		if h == 14 && m > 0 {
			r.bad = true
		}
		minutes = h*60 + m
		if c == '-' {
			minutes = -minutes
		}
		return minutes, true
	}
	r.bad = true
	return 0, false
}

// monthDays returns the days of a month. There is no year 0: the year before 1 is
// -1, and is counted as a leap year as 0 would be (ISO 8601 numbers it so).
func monthDays(year int64, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y := astronomical(year); y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// astronomical numbers the years without a gap.
func astronomical(year int64) int64 {
	if year < 0 {
		return year + 1
	}
	return year
}

// dayNumber returns the days from 1970-01-01 to a date of the Gregorian
// calendar, which is extended to all years.
func dayNumber(year int64, month, day int) int64 { return civilDays(astronomical(year), month, day) }

// civilDays is dayNumber for years that are numbered without a gap. It counts
// years from March on, so that the leap day is their last, in cycles of 400
// years.
func civilDays(y int64, month, day int) int64 {
	if month <= 2 {
		y--
	}
	era := y / 400
	if y < 0 && y%400 != 0 {
		era--
	}
	ofEra := y - era*400
	ofYear := int64((153*((month+9)%12)+2)/5 + day - 1)
	return era*146097 + ofEra*365 + ofEra/4 - ofEra/100 + ofYear - 719468
}

// compare compares two moments (section 3.2.7.4). One with a zone and one
// without can be compared when they are more than 14 hours apart.
func (m *xmlMoment) compare(o *xmlMoment) (c int, ok bool) {
	if m.zoned == o.zoned {
		return compareSeconds(m.seconds, m.part, o.seconds, o.part), true
	}
	const most = 14 * 3600
	if m.zoned {
		if compareSeconds(m.seconds, m.part, o.seconds-most, o.part) < 0 {
			return -1, true
		}
		if compareSeconds(m.seconds, m.part, o.seconds+most, o.part) > 0 {
			return 1, true
		}
		return 0, false
	}
	c, ok = o.compare(m)
	return -c, ok
}

// compareSeconds compares seconds with the digits behind the point.
func compareSeconds(a int64, partA string, b int64, partB string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return strings.Compare(partA, partB)
}

// appendKey appends a text that equal moments share.
func (m *xmlMoment) appendKey(b []byte) []byte {
	b = append(append(strconv.AppendInt(b, m.seconds, 10), '.'), m.part...)
	if m.zoned {
		b = append(b, 'Z')
	}
	return b
}

// xmlDuration is a value of duration (section 3.2.6): months and seconds,
// which have no common measure.
//
// Months and seconds saturate where years do.
type xmlDuration struct {
	months  int64
	seconds int64
	part    string // digits behind the point, without zeros at the end
	neg     bool
}

func isDuration(s string) bool {
	_, ok := parseDuration(s)
	return ok
}

// parseDuration reads a duration.
func parseDuration(s string) (d xmlDuration, ok bool) {
	if s != "" && s[0] == '-' {
		d.neg, s = true, s[1:]
	}
	if s == "" || s[0] != 'P' {
		return d, false
	}
	s = s[1:]
	units := "YMD"
	inTime, any := false, false
	for s != "" {
		if s[0] == 'T' && !inTime {
			inTime, units, any = true, "HMS", false
			s = s[1:]
			continue
		}
		n, num := 0, int64(0)
		for ; n < len(s) && isDigit(s[n]); n++ {
			num = min(num*10+int64(s[n]-'0'), 12*maxYear)
		}
		part := ""
		if n > 0 && n < len(s) && s[n] == '.' {
			from := n + 1
			for n++; n < len(s) && isDigit(s[n]); n++ {
			}
			if n == from || n == len(s) || s[n] != 'S' {
				return d, false
			}
			part = strings.TrimRight(s[from:n], "0")
		}
		if n == 0 || n == len(s) {
			return d, false
		}
		u := strings.IndexByte(units, s[n])
		if u < 0 {
			return d, false
		}
		switch c := s[n]; {
		case c == 'Y':
			d.months += num * 12
		case c == 'M' && !inTime:
			d.months += num
		case c == 'D':
			d.seconds = addSeconds(d.seconds, num, 86400)
		case c == 'H':
			d.seconds = addSeconds(d.seconds, num, 3600)
		case c == 'M':
			d.seconds = addSeconds(d.seconds, num, 60)
		default:
			d.seconds = addSeconds(d.seconds, num, 1)
			d.part = part
		}
		units = units[u+1:]
		any = true
		s = s[n+1:]
	}
	d.months = min(d.months, 12*maxYear)
	if d.months == 0 && d.seconds == 0 && d.part == "" {
		d.neg = false
	}
	return d, any
}

// maxDurationSeconds is where the seconds of a duration saturate.
const maxDurationSeconds = math.MaxInt64 / 8

// addSeconds adds n units, saturating.
func addSeconds(s, n, unit int64) int64 {
	const most = maxDurationSeconds
	if n > most/unit {
		return most
	}
	return min(s+n*unit, most)
}

// compare compares two durations by what they make of four days that were
// chosen for it (section 3.2.6.2).
func (d *xmlDuration) compare(o *xmlDuration) (c int, ok bool) {
	for i, from := range [...]struct {
		year  int64
		month int
	}{{1696, 9}, {1697, 2}, {1903, 3}, {1903, 7}} {
		a, partA := d.from(from.year, from.month)
		b, partB := o.from(from.year, from.month)
		k := compareSeconds(a, partA, b, partB)
		if a == b && d.neg && o.neg {
			k = -k // the parts are taken off
		} else if a == b && d.neg != o.neg && (partA != "" || partB != "") {
			k = 1
			if d.neg {
				k = -1
			}
		}
		if i > 0 && k != c {
			return 0, false
		}
		c = k
	}
	return c, true
}

// from returns where the duration leads from the first day of a month, in
// whole seconds towards it, and the digits behind the point.
func (d *xmlDuration) from(year int64, month int) (seconds int64, part string) {
	months, s := d.months, d.seconds
	if d.neg {
		months, s = -months, -s
	}
	n := year*12 + int64(month-1) + months
	y := n / 12
	m := n % 12
	if m < 0 {
		m += 12
		y--
	}
	return civilDays(y, int(m)+1, 1)*86400 + s, d.part
}

// appendKey appends a text that equal durations share.
func (d *xmlDuration) appendKey(b []byte) []byte {
	if d.neg {
		b = append(b, '-')
	}
	b = append(strconv.AppendInt(b, d.months, 10), 'M')
	b = append(strconv.AppendInt(b, d.seconds, 10), '.')
	return append(b, d.part...)
}
