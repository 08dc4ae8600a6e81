package xsd

import (
	"math/big"
	"strconv"
	"strings"
)

// moment is a value of one of the date and time types (Part 2, sections 3.2.7
// to 3.2.14) as seconds on one time line; parts that a type does not have are
// those of some leap year.
type moment struct {
	seconds *big.Rat
	zoned   bool
}

// zoneSlack is how far a time zone can move a value that has none (Part 2,
// section 3.2.7.4): 14 hours.
var zoneSlack = big.NewRat(14*3600, 1)

// compare is the order relation of Part 2, section 3.2.7.4.
func (m moment) compare(n moment) (int, bool) {
	if m.zoned == n.zoned {
		return m.seconds.Cmp(n.seconds), true
	}
	if m.zoned {
		order, ok := n.compare(m)
		return -order, ok
	}
	low := new(big.Rat).Sub(m.seconds, zoneSlack)
	high := new(big.Rat).Add(m.seconds, zoneSlack)
	switch {
	case high.Cmp(n.seconds) < 0:
		return -1, true
	case low.Cmp(n.seconds) > 0:
		return 1, true
	}
	return 0, false
}

// timeScanner takes a lexical value apart.
type timeScanner struct {
	rest string
	bad  bool
}

func (s *timeScanner) literal(text string) {
	rest, ok := strings.CutPrefix(s.rest, text)
	s.bad = s.bad || !ok
	s.rest = rest
}

// number reads exactly n digits within bounds.
func (s *timeScanner) number(n, low, high int) int {
	if s.bad || len(s.rest) < n || strings.Trim(s.rest[:n], "0123456789") != "" {
		s.bad = true
		return 0
	}
	v, err := strconv.Atoi(s.rest[:n])
	s.rest = s.rest[n:]
	s.bad = err != nil || v < low || v > high
	return v
}

// year reads an optional sign and at least four digits, no year zero and no
// needless zeros (Part 2, section 3.2.7.1).
func (s *timeScanner) year() int64 {
	negative := strings.HasPrefix(s.rest, "-")
	body := strings.TrimPrefix(s.rest, "-")
	n := 0
	for n < len(body) && body[n] >= '0' && body[n] <= '9' {
		n++
	}
	if n < 4 || n > 4 && body[0] == '0' {
		s.bad = true
		return 0
	}
	y := int64(1e15) // years beyond are told from all others, not from each other
	if n <= 15 {
		y, _ = strconv.ParseInt(body[:n], 10, 64)
	}
	s.rest = body[n:]
	if y == 0 {
		s.bad = true
	}
	if negative {
		return 1 - y // 1 BC is the year before 1
	}
	return y
}

// clock reads hh:mm:ss with a fraction, as seconds.
func (s *timeScanner) clock() *big.Rat {
	h := s.number(2, 0, 24)
	s.literal(":")
	m := s.number(2, 0, 59)
	s.literal(":")
	sec := s.number(2, 0, 59)
	total := big.NewRat(int64(h*3600+m*60+sec), 1)
	if frac, ok := strings.CutPrefix(s.rest, "."); ok {
		n := 0
		for n < len(frac) && frac[n] >= '0' && frac[n] <= '9' {
			n++
		}
		if n == 0 {
			s.bad = true
			return total
		}
		f, _ := new(big.Rat).SetString("0." + frac[:n])
		total.Add(total, f)
		s.rest = frac[n:]
	}
	if h == 24 && total.Cmp(big.NewRat(24*3600, 1)) != 0 {
		s.bad = true
	}
	return total
}

// zone reads an optional time zone, as minutes east.
func (s *timeScanner) zone() (minutes int, zoned bool) {
	switch {
	case s.rest == "":
		return 0, false
	case s.rest == "Z":
		s.rest = ""
		return 0, true
	}
	sign := 1
	if strings.HasPrefix(s.rest, "-") {
		sign = -1
	} else if !strings.HasPrefix(s.rest, "+") {
		s.bad = true
		return 0, false
	}
	s.rest = s.rest[1:]
	h := s.number(2, 0, 14)
	s.literal(":")
	m := s.number(2, 0, 59)
	if h == 14 && m != 0 {
		s.bad = true
	}
	return sign * (h*60 + m), true
}

// parseMoment reads a value of a date or time type.
func parseMoment(c valueClass, text string) (moment, string) {
	s := &timeScanner{rest: text}
	year, month, day := int64(1972), 12, 1
	clock := new(big.Rat)
	switch c {
	case classDateTime, classDate:
		year = s.year()
		s.literal("-")
		month = s.number(2, 1, 12)
		s.literal("-")
		day = s.number(2, 1, 31)
		if c == classDateTime {
			s.literal("T")
			clock = s.clock()
		}
	case classTime:
		clock = s.clock()
		if clock.Cmp(big.NewRat(24*3600, 1)) == 0 {
			clock = new(big.Rat) // the end of a day is the beginning of any
		}
	case classYearMonth:
		year = s.year()
		s.literal("-")
		month = s.number(2, 1, 12)
	case classYear:
		year = s.year()
		month = 1
	case classMonthDay:
		s.literal("--")
		month = s.number(2, 1, 12)
		s.literal("-")
		day = s.number(2, 1, 31)
	case classDay:
		s.literal("---")
		day = s.number(2, 1, 31)
	case classMonth:
		s.literal("--")
		month = s.number(2, 1, 12)
	}
	minutes, zoned := s.zone()
	if s.bad || s.rest != "" || day > daysIn(year, month) {
		return moment{}, "not a value of that date or time type"
	}
	seconds := new(big.Rat).SetInt64(dayNumber(year, month, day))
	seconds.Mul(seconds, big.NewRat(86400, 1))
	seconds.Add(seconds, clock)
	seconds.Sub(seconds, big.NewRat(int64(minutes)*60, 1))
	return moment{seconds: seconds, zoned: zoned}, ""
}

func isLeap(year int64) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year int64, month int) int {
	switch month {
	case 2:
		if isLeap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// dayNumber counts days in the proleptic Gregorian calendar from 1 March of the
// year 0.
func dayNumber(year int64, month, day int) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	floor := func(a, b int64) int64 {
		q := a / b
		if a%b != 0 && a < 0 {
			q--
		}
		return q
	}
	return 365*year + floor(year, 4) - floor(year, 100) + floor(year, 400) +
		int64((153*(month-3)+2)/5) + int64(day) - 1
}

// span is a duration (Part 2, section 3.2.6): months and seconds, which have no
// common measure.
type span struct {
	months  *big.Int
	seconds *big.Rat
}

// parseDuration reads PnYnMnDTnHnMnS.
func parseDuration(text string) (span, string) {
	const why = "not a duration (PnYnMnDTnHnMnS)"
	out := span{months: new(big.Int), seconds: new(big.Rat)}
	rest, negative := strings.CutPrefix(text, "-")
	rest, ok := strings.CutPrefix(rest, "P")
	if !ok || rest == "" || strings.HasSuffix(rest, "T") {
		return out, why
	}
	date, clock, _ := strings.Cut(rest, "T")
	take := func(s *string, unit byte, fraction bool) (*big.Rat, bool) {
		n := 0
		for n < len(*s) && ((*s)[n] >= '0' && (*s)[n] <= '9' || fraction && (*s)[n] == '.') {
			n++
		}
		if n >= len(*s) || (*s)[n] != unit {
			return new(big.Rat), true
		}
		v, why := parseDecimal(value{class: classDecimal}, (*s)[:n])
		if why != "" || strings.HasPrefix(*s, ".") || strings.HasSuffix((*s)[:n], ".") {
			return nil, false
		}
		*s = (*s)[n+1:]
		return v.rat, true
	}
	units := []struct {
		in       *string
		unit     byte
		months   bool
		factor   int64
		fraction bool
	}{
		{&date, 'Y', true, 12, false}, {&date, 'M', true, 1, false}, {&date, 'D', false, 86400, false},
		{&clock, 'H', false, 3600, false}, {&clock, 'M', false, 60, false}, {&clock, 'S', false, 1, true},
	}
	for _, u := range units {
		n, ok := take(u.in, u.unit, u.fraction)
		if !ok {
			return out, why
		}
		n = new(big.Rat).Mul(n, big.NewRat(u.factor, 1))
		if u.months {
			out.months.Add(out.months, n.Num())
		} else {
			out.seconds.Add(out.seconds, n)
		}
	}
	if date != "" || clock != "" {
		return out, why
	}
	if negative {
		out.months.Neg(out.months)
		out.seconds.Neg(out.seconds)
	}
	return out, ""
}

// spanStarts are the four moments that the order of durations is defined by
// (Part 2, section 3.2.6.2), as year and month.
var spanStarts = [4][2]int64{{1696, 9}, {1697, 2}, {1903, 3}, {1903, 7}}

func (d span) compare(e span) (int, bool) {
	order := 0
	for i, start := range spanStarts {
		o := d.from(start).Cmp(e.from(start))
		if i > 0 && o != order {
			return 0, false
		}
		order = o
	}
	return order, true
}

// from adds the duration to the first of a month and returns seconds.
func (d span) from(start [2]int64) *big.Rat {
	months := new(big.Int).Add(d.months, big.NewInt(start[0]*12+start[1]-1))
	year, month := new(big.Int).DivMod(months, big.NewInt(12), new(big.Int))
	// 400 years have 146097 days: keep the year small.
	era, y := new(big.Int).DivMod(year, big.NewInt(400), new(big.Int))
	days := new(big.Int).Mul(era, big.NewInt(146097))
	days.Add(days, big.NewInt(dayNumber(y.Int64(), int(month.Int64())+1, 1)))
	total := new(big.Rat).SetInt(days.Mul(days, big.NewInt(86400)))
	return total.Add(total, d.seconds)
}
