package wire

// FormatDate is the format date: full-date of RFC 3339, section 5.6.
func FormatDate(s string) bool {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return false
	}
	year, month, day := digitsAt(s, 0, 4), digitsAt(s, 5, 2), digitsAt(s, 8, 2)
	return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

// FormatTime is the format time: full-time of RFC 3339, section 5.6. A leap
// second stands at the end of a day of UTC (section 5.7).
func FormatTime(s string) bool {
	hour, minute, second := digitsAt(s, 0, 2), digitsAt(s, 3, 2), digitsAt(s, 6, 2)
	if len(s) < len("15:04:05Z") || s[2] != ':' || s[5] != ':' ||
		hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 {
		return false
	}
	i := 8
	if s[i] == '.' {
		j := skipDigits(s, i+1)
		if j == i+1 || j == len(s) {
			return false
		}
		i = j
	}
	offset := 0
	switch c := s[i]; {
	case (c == 'Z' || c == 'z') && len(s) == i+1:
	case (c == '+' || c == '-') && len(s) == i+len("+07:00") && s[i+3] == ':':
		h, m := digitsAt(s, i+1, 2), digitsAt(s, i+4, 2)
		if h < 0 || h > 23 || m < 0 || m > 59 {
			return false
		}
		if offset = h*60 + m; c == '-' {
			offset = -offset
		}
	default:
		return false
	}
	const day = 24 * 60
	return second < 60 || (hour*60+minute-offset+2*day)%day == day-1
}

// FormatDateTime is the format date-time of RFC 3339, section 5.6.
func FormatDateTime(s string) bool {
	const date = len("2006-01-02")
	return len(s) > date && s[date]|0x20 == 't' && FormatDate(s[:date]) && FormatTime(s[date+1:])
}

// FormatDuration is the format duration of RFC 3339, appendix A: one unit
// behind the other without a gap, or weeks.
func FormatDuration(s string) bool {
	if len(s) < len("P1D") || s[0] != 'P' {
		return false
	}
	run := func(s, units string) bool {
		last := -1
		for s != "" {
			i := skipDigits(s, 0)
			if i == 0 || i == len(s) {
				return false
			}
			at := -1
			for k := range units {
				if units[k] == s[i] {
					at = k
				}
			}
			if at < 0 || last >= 0 && at != last+1 {
				return false
			}
			last, s = at, s[i+1:]
		}
		return last >= 0
	}
	for i := range s {
		if s[i] == 'T' {
			return (i == 1 || run(s[1:i], "YMD")) && run(s[i+1:], "HMS")
		}
	}
	return run(s[1:], "YMD") || run(s[1:], "W")
}
