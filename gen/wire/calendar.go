package wire

// This file has the calendar types of XML Schema Part 2 as Go values. They keep
// their spelling, so that a document is written as it was read: a year may have
// any number of digits and a sign, a fraction of a second any number of digits,
// and a value with a zone is another one than without.

// DateTime is a value of xs:dateTime (XML Schema Part 2, section 3.2.7): a point in time: a date and a time of day, with a zone or without,
// such as 2022-07-18T15:16:43.5+08:00. The zero value is none.
type DateTime struct{ text string }

// ParseDateTime reads a value of xs:dateTime, with white space around it.
func ParseDateTime(text string) (DateTime, error) {
	s, err := parseCalendar(kindDateTime, "dateTime", text)
	return DateTime{s}, err
}

// Lexical returns the value as it was spelled, without white space around it.
func (v DateTime) Lexical() string { return v.text }

// String returns the canonical form.
func (v DateTime) String() string { return canonicalMoment(kindDateTime, v.text) }

// IsZero tells whether it is the zero value, which is none.
func (v DateTime) IsZero() bool { return v.text == "" }

// Compare orders two values, as far as they have an order: ok is false for one
// with a zone and one without, fewer than 14 hours apart (section 3.2.7.4).
func (v DateTime) Compare(w DateTime) (c int, ok bool) {
	return compareCalendar(kindDateTime, v.text, w.text)
}

// Equal tells whether two values are the same one, however they are spelled.
func (v DateTime) Equal(w DateTime) bool {
	c, ok := v.Compare(w)
	return ok && c == 0
}

// MarshalText returns the value as it was spelled.
func (v DateTime) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:dateTime.
func (v *DateTime) UnmarshalText(text []byte) (err error) {
	*v, err = ParseDateTime(string(text))
	return err
}

// Date is a value of xs:date (XML Schema Part 2, section 3.2.9): a day,
// such as 2022-07-18. The zero value is none.
type Date struct{ text string }

// ParseDate reads a value of xs:date, with white space around it.
func ParseDate(text string) (Date, error) {
	s, err := parseCalendar(kindDate, "date", text)
	return Date{s}, err
}

// Lexical returns the value as it was spelled, without white space around it.
func (v Date) Lexical() string { return v.text }

// String returns the canonical form.
func (v Date) String() string { return canonicalMoment(kindDate, v.text) }

// IsZero tells whether it is the zero value, which is none.
func (v Date) IsZero() bool { return v.text == "" }

// Compare orders two values, as far as they have an order: ok is false for one
// with a zone and one without, fewer than 14 hours apart (section 3.2.7.4).
func (v Date) Compare(w Date) (c int, ok bool) { return compareCalendar(kindDate, v.text, w.text) }

// Equal tells whether two values are the same one, however they are spelled.
func (v Date) Equal(w Date) bool {
	c, ok := v.Compare(w)
	return ok && c == 0
}

// MarshalText returns the value as it was spelled.
func (v Date) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:date.
func (v *Date) UnmarshalText(text []byte) (err error) {
	*v, err = ParseDate(string(text))
	return err
}

// TimeOfDay is a value of xs:time (XML Schema Part 2, section 3.2.8): a time of day, which comes again every day,
// such as 15:16:43. The zero value is none.
type TimeOfDay struct{ text string }

// ParseTimeOfDay reads a value of xs:time, with white space around it.
func ParseTimeOfDay(text string) (TimeOfDay, error) {
	s, err := parseCalendar(kindTime, "time", text)
	return TimeOfDay{s}, err
}

// Lexical returns the value as it was spelled, without white space around it.
func (v TimeOfDay) Lexical() string { return v.text }

// String returns the canonical form.
func (v TimeOfDay) String() string { return canonicalMoment(kindTime, v.text) }

// IsZero tells whether it is the zero value, which is none.
func (v TimeOfDay) IsZero() bool { return v.text == "" }

// Compare orders two values, as far as they have an order: ok is false for one
// with a zone and one without, fewer than 14 hours apart (section 3.2.7.4).
func (v TimeOfDay) Compare(w TimeOfDay) (c int, ok bool) {
	return compareCalendar(kindTime, v.text, w.text)
}

// Equal tells whether two values are the same one, however they are spelled.
func (v TimeOfDay) Equal(w TimeOfDay) bool {
	c, ok := v.Compare(w)
	return ok && c == 0
}

// MarshalText returns the value as it was spelled.
func (v TimeOfDay) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:time.
func (v *TimeOfDay) UnmarshalText(text []byte) (err error) {
	*v, err = ParseTimeOfDay(string(text))
	return err
}

// GYearMonth is a value of xs:gYearMonth (XML Schema Part 2, section 3.2.10): a month of a year,
// such as 2022-07. The zero value is none.
type GYearMonth struct{ text string }

// ParseGYearMonth reads a value of xs:gYearMonth, with white space around it.
func ParseGYearMonth(text string) (GYearMonth, error) {
	s, err := parseCalendar(kindYearMonth, "gYearMonth", text)
	return GYearMonth{s}, err
}

// Lexical returns the value as it was spelled, without white space around it.
func (v GYearMonth) Lexical() string { return v.text }

// String returns the canonical form.
func (v GYearMonth) String() string { return canonicalMoment(kindYearMonth, v.text) }

// IsZero tells whether it is the zero value, which is none.
func (v GYearMonth) IsZero() bool { return v.text == "" }

// Compare orders two values, as far as they have an order: ok is false for one
// with a zone and one without, fewer than 14 hours apart (section 3.2.7.4).
func (v GYearMonth) Compare(w GYearMonth) (c int, ok bool) {
	return compareCalendar(kindYearMonth, v.text, w.text)
}

// Equal tells whether two values are the same one, however they are spelled.
func (v GYearMonth) Equal(w GYearMonth) bool {
	c, ok := v.Compare(w)
	return ok && c == 0
}

// MarshalText returns the value as it was spelled.
func (v GYearMonth) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:gYearMonth.
func (v *GYearMonth) UnmarshalText(text []byte) (err error) {
	*v, err = ParseGYearMonth(string(text))
	return err
}

// GYear is a value of xs:gYear (XML Schema Part 2, section 3.2.11): a year,
// such as 2022. The zero value is none.
type GYear struct{ text string }

// ParseGYear reads a value of xs:gYear, with white space around it.
func ParseGYear(text string) (GYear, error) {
	s, err := parseCalendar(kindYear, "gYear", text)
	return GYear{s}, err
}

// Lexical returns the value as it was spelled, without white space around it.
func (v GYear) Lexical() string { return v.text }

// String returns the canonical form.
func (v GYear) String() string { return canonicalMoment(kindYear, v.text) }

// IsZero tells whether it is the zero value, which is none.
func (v GYear) IsZero() bool { return v.text == "" }

// Compare orders two values, as far as they have an order: ok is false for one
// with a zone and one without, fewer than 14 hours apart (section 3.2.7.4).
func (v GYear) Compare(w GYear) (c int, ok bool) { return compareCalendar(kindYear, v.text, w.text) }

// Equal tells whether two values are the same one, however they are spelled.
func (v GYear) Equal(w GYear) bool {
	c, ok := v.Compare(w)
	return ok && c == 0
}

// MarshalText returns the value as it was spelled.
func (v GYear) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:gYear.
func (v *GYear) UnmarshalText(text []byte) (err error) {
	*v, err = ParseGYear(string(text))
	return err
}

// GMonthDay is a value of xs:gMonthDay (XML Schema Part 2, section 3.2.12): a day that comes again every year,
// such as --07-18. The zero value is none.
type GMonthDay struct{ text string }

// ParseGMonthDay reads a value of xs:gMonthDay, with white space around it.
func ParseGMonthDay(text string) (GMonthDay, error) {
	s, err := parseCalendar(kindMonthDay, "gMonthDay", text)
	return GMonthDay{s}, err
}

// Lexical returns the value as it was spelled, without white space around it.
func (v GMonthDay) Lexical() string { return v.text }

// String returns the canonical form.
func (v GMonthDay) String() string { return canonicalMoment(kindMonthDay, v.text) }

// IsZero tells whether it is the zero value, which is none.
func (v GMonthDay) IsZero() bool { return v.text == "" }

// Compare orders two values, as far as they have an order: ok is false for one
// with a zone and one without, fewer than 14 hours apart (section 3.2.7.4).
func (v GMonthDay) Compare(w GMonthDay) (c int, ok bool) {
	return compareCalendar(kindMonthDay, v.text, w.text)
}

// Equal tells whether two values are the same one, however they are spelled.
func (v GMonthDay) Equal(w GMonthDay) bool {
	c, ok := v.Compare(w)
	return ok && c == 0
}

// MarshalText returns the value as it was spelled.
func (v GMonthDay) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:gMonthDay.
func (v *GMonthDay) UnmarshalText(text []byte) (err error) {
	*v, err = ParseGMonthDay(string(text))
	return err
}

// GDay is a value of xs:gDay (XML Schema Part 2, section 3.2.13): a day that comes again every month,
// such as ---18. The zero value is none.
type GDay struct{ text string }

// ParseGDay reads a value of xs:gDay, with white space around it.
func ParseGDay(text string) (GDay, error) {
	s, err := parseCalendar(kindDay, "gDay", text)
	return GDay{s}, err
}

// Lexical returns the value as it was spelled, without white space around it.
func (v GDay) Lexical() string { return v.text }

// String returns the canonical form.
func (v GDay) String() string { return canonicalMoment(kindDay, v.text) }

// IsZero tells whether it is the zero value, which is none.
func (v GDay) IsZero() bool { return v.text == "" }

// Compare orders two values, as far as they have an order: ok is false for one
// with a zone and one without, fewer than 14 hours apart (section 3.2.7.4).
func (v GDay) Compare(w GDay) (c int, ok bool) { return compareCalendar(kindDay, v.text, w.text) }

// Equal tells whether two values are the same one, however they are spelled.
func (v GDay) Equal(w GDay) bool {
	c, ok := v.Compare(w)
	return ok && c == 0
}

// MarshalText returns the value as it was spelled.
func (v GDay) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:gDay.
func (v *GDay) UnmarshalText(text []byte) (err error) {
	*v, err = ParseGDay(string(text))
	return err
}

// GMonth is a value of xs:gMonth (XML Schema Part 2, section 3.2.14): a month that comes again every year,
// such as --07. The zero value is none.
type GMonth struct{ text string }

// ParseGMonth reads a value of xs:gMonth, with white space around it.
func ParseGMonth(text string) (GMonth, error) {
	s, err := parseCalendar(kindMonth, "gMonth", text)
	return GMonth{s}, err
}

// Lexical returns the value as it was spelled, without white space around it.
func (v GMonth) Lexical() string { return v.text }

// String returns the canonical form.
func (v GMonth) String() string { return canonicalMoment(kindMonth, v.text) }

// IsZero tells whether it is the zero value, which is none.
func (v GMonth) IsZero() bool { return v.text == "" }

// Compare orders two values, as far as they have an order: ok is false for one
// with a zone and one without, fewer than 14 hours apart (section 3.2.7.4).
func (v GMonth) Compare(w GMonth) (c int, ok bool) { return compareCalendar(kindMonth, v.text, w.text) }

// Equal tells whether two values are the same one, however they are spelled.
func (v GMonth) Equal(w GMonth) bool {
	c, ok := v.Compare(w)
	return ok && c == 0
}

// MarshalText returns the value as it was spelled.
func (v GMonth) MarshalText() ([]byte, error) { return []byte(v.text), nil }

// UnmarshalText reads a value of xs:gMonth.
func (v *GMonth) UnmarshalText(text []byte) (err error) {
	*v, err = ParseGMonth(string(text))
	return err
}
