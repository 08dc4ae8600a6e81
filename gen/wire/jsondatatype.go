package wire

// This file reads values of the datatypes of XML Schema that Go has no type for,
// as JSON spells them.

// Decimal reads a decimal number of any size.
func (j *JSON) Decimal() (Decimal, bool) {
	return scanJSON(j, AsNumber, "a decimal number", lexical(ParseDecimal))
}

// Integer reads a whole number of any size.
func (j *JSON) Integer() (Integer, bool) {
	return scanJSON(j, AsNumber, "a whole number", lexical(ParseInteger))
}

// DateTime reads a date and time, with or without a zone.
func (j *JSON) DateTime() (DateTime, bool) {
	return scanJSON(j, AsString, "a date and time such as 2006-01-02T15:04:05Z", lexical(ParseDateTime))
}

// Date reads a date.
func (j *JSON) Date() (Date, bool) {
	return scanJSON(j, AsString, "a date such as 2006-01-02", lexical(ParseDate))
}

// TimeOfDay reads a time of day.
func (j *JSON) TimeOfDay() (TimeOfDay, bool) {
	return scanJSON(j, AsString, "a time of day such as 15:04:05", lexical(ParseTimeOfDay))
}

// GYearMonth reads a month of a year.
func (j *JSON) GYearMonth() (GYearMonth, bool) {
	return scanJSON(j, AsString, "a year and month such as 2006-01", lexical(ParseGYearMonth))
}

// GYear reads a year.
func (j *JSON) GYear() (GYear, bool) {
	return scanJSON(j, AsString|AsNumber, "a year such as 2006", lexical(ParseGYear))
}

// GMonthDay reads a day of a year.
func (j *JSON) GMonthDay() (GMonthDay, bool) {
	return scanJSON(j, AsString, "a month and day such as --01-02", lexical(ParseGMonthDay))
}

// GDay reads a day of a month.
func (j *JSON) GDay() (GDay, bool) {
	return scanJSON(j, AsString, "a day such as ---02", lexical(ParseGDay))
}

// GMonth reads a month.
func (j *JSON) GMonth() (GMonth, bool) {
	return scanJSON(j, AsString, "a month such as --01", lexical(ParseGMonth))
}

// Duration reads a duration.
func (j *JSON) Duration() (Duration, bool) {
	return scanJSON(j, AsString, "a duration such as P1DT2H", lexical(ParseDuration))
}

// Base64Binary reads bytes in base64.
func (j *JSON) Base64Binary() (Base64Binary, bool) {
	return scanJSON(j, AsString, "bytes in base64", lexical(ParseBase64Binary))
}

// HexBinary reads bytes in hexadecimal.
func (j *JSON) HexBinary() (HexBinary, bool) {
	return scanJSON(j, AsString, "bytes in hexadecimal", lexical(ParseHexBinary))
}
