package wire

// This file reads values of the datatypes of XML Schema that Go has no type for,
// as JSON spells them.

// Decimal reads a decimal number of any size.
func (j *JSON) Decimal() (Decimal, bool) {
	return scanJSON(j, AsNumber, wantDecimal, lexical(ParseDecimal))
}

// Integer reads a whole number of any size.
func (j *JSON) Integer() (Integer, bool) {
	return scanJSON(j, AsNumber, wantInteger, lexical(ParseInteger))
}

// DateTime reads a date and time, with or without a zone.
func (j *JSON) DateTime() (DateTime, bool) {
	return scanJSON(j, AsString, wantDateTime, lexical(ParseDateTime))
}

// Date reads a date.
func (j *JSON) Date() (Date, bool) {
	return scanJSON(j, AsString, wantDate, lexical(ParseDate))
}

// TimeOfDay reads a time of day.
func (j *JSON) TimeOfDay() (TimeOfDay, bool) {
	return scanJSON(j, AsString, wantTimeOfDay, lexical(ParseTimeOfDay))
}

// GYearMonth reads a month of a year.
func (j *JSON) GYearMonth() (GYearMonth, bool) {
	return scanJSON(j, AsString, wantGYearMonth, lexical(ParseGYearMonth))
}

// GYear reads a year.
func (j *JSON) GYear() (GYear, bool) {
	return scanJSON(j, AsString|AsNumber, wantGYear, lexical(ParseGYear))
}

// GMonthDay reads a day of a year.
func (j *JSON) GMonthDay() (GMonthDay, bool) {
	return scanJSON(j, AsString, wantGMonthDay, lexical(ParseGMonthDay))
}

// GDay reads a day of a month.
func (j *JSON) GDay() (GDay, bool) {
	return scanJSON(j, AsString, wantGDay, lexical(ParseGDay))
}

// GMonth reads a month.
func (j *JSON) GMonth() (GMonth, bool) {
	return scanJSON(j, AsString, wantGMonth, lexical(ParseGMonth))
}

// Duration reads a duration.
func (j *JSON) Duration() (Duration, bool) {
	return scanJSON(j, AsString, wantDuration, lexical(ParseDuration))
}

// Base64Binary reads bytes in base64.
func (j *JSON) Base64Binary() (Base64Binary, bool) {
	return scanJSON(j, AsString, wantBase64Binary, lexical(ParseBase64Binary))
}

// HexBinary reads bytes in hexadecimal.
func (j *JSON) HexBinary() (HexBinary, bool) {
	return scanJSON(j, AsString, wantHexBinary, lexical(ParseHexBinary))
}
