package wire

import (
	"fmt"
	"time"
)

// Time is a timestamp with its zone offset, as the payload spelled it: two
// Times are equal when they name the same instant in the same spelling. It is
// 16 bytes, holds no pointer and compares with ==. The zero value is no time.
//
// The spellings it knows are 2006-01-02T15:04:05-0700, the same with a space in
// place of the T, and RFC 3339, each with up to nine digits of a second's
// fraction.
type Time struct {
	unix   int64 // seconds since 1970-01-01T00:00:00Z, biased: see bias
	nano   uint32
	offset int16 // minutes east of UTC
	form   timeForm
}

// timeForm is how a Time is spelled: bits, and in the upper half how many
// digits its fraction has.
type timeForm uint16

const (
	formSpace timeForm = 1 << iota // a space for the T
	formColon                      // a colon in the zone offset
	formZulu                       // Z for the zone offset
	formMinus                      // a minus before a zone offset of zero
	formDigit = 8                  // the fraction's digits are counted from this bit
)

// bias makes the instant 1970-01-01T00:00:00Z distinct from the zero Time.
const bias = 1

// NewTime returns t as a Time, spelled 2006-01-02T15:04:05-0700 with as many
// digits of the fraction as t needs. The zone offset is rounded down to
// minutes; a zero t becomes the zero Time.
func NewTime(t time.Time) Time {
	if t.IsZero() {
		return Time{}
	}
	_, offset := t.Zone()
	n, f := 9, t.Nanosecond()
	for n > 0 && f%10 == 0 {
		n--
		f /= 10
	}
	return Time{unix: t.Unix() + bias, nano: uint32(t.Nanosecond()), offset: int16(offset / 60), form: timeForm(n << formDigit)}
}

// Time returns the instant, in a zone of the offset that the payload gave.
func (t Time) Time() time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	u := time.Unix(t.unix-bias, int64(t.nano))
	if t.form&formZulu != 0 {
		return u.UTC()
	}
	return u.In(time.FixedZone("", int(t.offset)*60))
}

// IsZero tells whether t is no time.
func (t Time) IsZero() bool { return t == Time{} }

// Equal tells whether t and u are the same instant, however they are spelled.
func (t Time) Equal(u Time) bool { return t.unix == u.unix && t.nano == u.nano }

// String returns t as the payload spelled it, or "" for the zero Time.
func (t Time) String() string { return string(t.Append(nil)) }

// Append appends t as the payload spelled it.
func (t Time) Append(b []byte) []byte {
	if t.IsZero() {
		return b
	}
	layout := "2006-01-02T15:04:05"
	if t.form&formSpace != 0 {
		layout = "2006-01-02 15:04:05"
	}
	u := time.Unix(t.unix-bias+int64(t.offset)*60, 0).UTC()
	b = u.AppendFormat(b, layout)
	if n := int(t.form >> formDigit); n > 0 {
		b = append(b, '.')
		f := t.nano
		for i := 8; i >= 0; i-- {
			if 8-i < n {
				p := uint32(1)
				for range i {
					p *= 10
				}
				b = append(b, '0'+byte(f/p%10))
			}
		}
	}
	if t.form&formZulu != 0 {
		return append(b, 'Z')
	}
	o, sign := int(t.offset), byte('+')
	if o < 0 || t.form&formMinus != 0 {
		o, sign = -o, '-'
	}
	b = append(b, sign, '0'+byte(o/600), '0'+byte(o/60%10))
	if t.form&formColon != 0 {
		b = append(b, ':')
	}
	return append(b, '0'+byte(o%60/10), '0'+byte(o%10))
}

// MarshalText returns t as the payload spelled it.
func (t Time) MarshalText() ([]byte, error) { return t.Append(nil), nil }

// UnmarshalText reads any of the known spellings; an empty text is the zero
// Time.
func (t *Time) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = Time{}
		return nil
	}
	u, ok := ParseTime(string(text))
	if !ok {
		return fmt.Errorf("%s is no time, expected one such as 2006-01-02T15:04:05+0800", excerpt(string(text)))
	}
	*t = u
	return nil
}

// Spelled tells whether t is spelled as one of the layouts, which are written
// as package time has them.
func (t Time) Spelled(layouts ...string) bool {
	form := t.form &^ formMinus
	for _, l := range layouts {
		if f, ok := layoutForms[l]; ok && (form == f || l == time.RFC3339 && form&^(formZulu|formColon) == 0 && form != 0) {
			return true
		}
	}
	return false
}

// layoutForms are the layouts that a contract can name.
var layoutForms = map[string]timeForm{
	"2006-01-02T15:04:05-0700":  0,
	"2006-01-02 15:04:05-0700":  formSpace,
	"2006-01-02T15:04:05Z07:00": formColon,
	"2006-01-02T15:04:05-07:00": formColon,
	"2006-01-02 15:04:05-07:00": formColon | formSpace,
}

// ParseTime reads a timestamp in any of the spellings that Time knows.
func ParseTime(s string) (Time, bool) {
	if len(s) < len("2006-01-02T15:04:05Z") || len(s) > len("2006-01-02T15:04:05.999999999-07:00") {
		return Time{}, false
	}
	b := make([]byte, len(s)+padding)
	copy(b, s)
	t, n := newBuffer(b).time(0)
	return t, n == len(s)
}

// time reads a timestamp at p. It returns the offset behind it, or p when none
// stands there.
func (b buffer) time(p int) (Time, int) {
	var t Time
	year, ok1 := b.two(p)
	year2, ok2 := b.two(p + 2)
	month, ok3 := b.two(p + 5)
	day, ok4 := b.two(p + 8)
	hour, ok5 := b.two(p + 11)
	minute, ok6 := b.two(p + 14)
	second, ok7 := b.two(p + 17)
	if !(ok1 && ok2 && ok3 && ok4 && ok5 && ok6 && ok7) ||
		b.u8(p+4) != '-' || b.u8(p+7) != '-' || b.u8(p+13) != ':' || b.u8(p+16) != ':' {
		return t, p
	}
	switch b.u8(p + 10) {
	case 'T':
	case ' ':
		t.form = formSpace
	default:
		return t, p
	}
	year = year*100 + year2
	if month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59 {
		return t, p
	}
	q := p + 19
	if b.u8(q) == '.' {
		n := 0
		for q++; isDigit(b.u8(q)); q++ {
			if n++; n > 9 {
				return Time{}, p
			}
			t.nano = t.nano*10 + uint32(b.u8(q)-'0')
		}
		if n == 0 {
			return Time{}, p
		}
		for i := n; i < 9; i++ {
			t.nano *= 10
		}
		t.form |= timeForm(n << formDigit)
	}
	switch c := b.u8(q); c {
	case 'Z':
		t.form |= formZulu | formColon
		q++
	case '+', '-':
		h, ok := b.two(q + 1)
		r := q + 3
		if b.u8(r) == ':' {
			t.form |= formColon
			r++
		}
		m, ok2 := b.two(r)
		if !ok || !ok2 || h > 23 || m > 59 {
			return Time{}, p
		}
		t.offset = int16(h*60 + m)
		if c == '-' {
			if t.offset = -t.offset; t.offset == 0 {
				t.form |= formMinus
			}
		}
		q = r + 2
	default:
		return Time{}, p
	}
	t.unix = (daysBefore(year, month, day)*24+int64(hour))*3600 + int64(minute)*60 + int64(second) - int64(t.offset)*60 + bias
	return t, q
}

// two reads two digits at p.
func (b buffer) two(p int) (int, bool) {
	c, d := b.u8(p)-'0', b.u8(p+1)-'0'
	return int(c)*10 + int(d), c <= 9 && d <= 9
}

// daysIn returns how many days a month has in the Gregorian calendar.
func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// daysBefore returns the days from 1970-01-01 to a date of the Gregorian
// calendar. Years begin in March here, so that the leap day is their last, and
// are counted from 400 years before, so that none is negative.
func daysBefore(year, month, day int) int64 {
	year += 400
	if month <= 2 {
		year--
		month += 12
	}
	days := 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 1
	return int64(days) - 719468 - 146097
}
