package wire

import (
	"encoding"
	"math"
	"math/big"
	"testing"
)

// lexicalType is one of the types that keep their spelling, for tests.
type lexicalType struct {
	name string
	// parse returns the spelling and the canonical form.
	parse   func(string) (lexical, canonical string, err error)
	compare func(a, b string) (int, bool)
}

type lexicalValue interface {
	encoding.TextMarshaler
	Lexical() string
	String() string
}

func lexicalOf[T lexicalValue](name string, parse func(string) (T, error), compare func(a, b T) (int, bool)) lexicalType {
	return lexicalType{name, func(s string) (string, string, error) {
		v, err := parse(s)
		return v.Lexical(), v.String(), err
	}, func(a, b string) (int, bool) {
		x, _ := parse(a)
		y, _ := parse(b)
		return compare(x, y)
	}}
}

func total[T any](f func(a, b T) int) func(a, b T) (int, bool) {
	return func(a, b T) (int, bool) { return f(a, b), true }
}

var lexicalTypes = []lexicalType{
	lexicalOf("decimal", ParseDecimal, total(Decimal.Compare)),
	lexicalOf("integer", ParseInteger, total(Integer.Compare)),
	lexicalOf("dateTime", ParseDateTime, DateTime.Compare),
	lexicalOf("date", ParseDate, Date.Compare),
	lexicalOf("time", ParseTimeOfDay, TimeOfDay.Compare),
	lexicalOf("gYear", ParseGYear, GYear.Compare),
	lexicalOf("gYearMonth", ParseGYearMonth, GYearMonth.Compare),
	lexicalOf("gMonthDay", ParseGMonthDay, GMonthDay.Compare),
	lexicalOf("gDay", ParseGDay, GDay.Compare),
	lexicalOf("gMonth", ParseGMonth, GMonth.Compare),
	lexicalOf("duration", ParseDuration, Duration.Compare),
}

func typeNamed(t testing.TB, name string) lexicalType {
	for _, typ := range lexicalTypes {
		if typ.name == name {
			return typ
		}
	}
	t.Fatal(name)
	return lexicalType{}
}

func TestCanonical(t *testing.T) {
	rows := []struct{ typ, text, want string }{ // want "": no value
		{"decimal", "0", "0.0"}, {"decimal", "-0.00", "0.0"}, {"decimal", "+007.50", "7.5"}, {"decimal", " -.5\n", "-0.5"},
		{"decimal", "12345678901234567890123456789.10", "12345678901234567890123456789.1"}, {"decimal", "1.", "1.0"},
		{"decimal", "1e2", ""}, {"decimal", "", ""}, {"decimal", ".", ""}, {"decimal", "1 2", ""}, {"decimal", "INF", ""},
		{"integer", "+00123456789012345678901234567890", "123456789012345678901234567890"}, {"integer", "-0", "0"},
		{"integer", "1.0", ""}, {"integer", "0x10", ""}, {"integer", "-", ""},
		{"dateTime", "2022-07-18T15:16:43.500+08:00", "2022-07-18T07:16:43.5Z"}, {"dateTime", "2022-07-18T15:16:43", "2022-07-18T15:16:43"},
		{"dateTime", "1999-12-31T24:00:00", "2000-01-01T00:00:00"}, {"dateTime", "1999-12-31T24:00:00Z", "2000-01-01T00:00:00Z"},
		{"dateTime", "12022-01-01T00:00:00+14:00", "12021-12-31T10:00:00Z"}, {"dateTime", "-0001-12-31T23:00:00-02:00", "0001-01-01T01:00:00Z"},
		{"dateTime", "0001-01-01T00:00:00+01:00", "-0001-12-31T23:00:00Z"}, {"dateTime", "2000-02-29T00:00:00-00:00", "2000-02-29T00:00:00Z"},
		{"dateTime", "99999999999999999999-01-01T00:00:00Z", "99999999999999999999-01-01T00:00:00Z"},
		{"dateTime", "0000-01-01T00:00:00", ""}, {"dateTime", "2022-07-18T15:16:43+0800", ""}, {"dateTime", "2022-07-18T15:16:60", ""},
		{"dateTime", "2022-07-18T24:00:01", ""}, {"dateTime", "2022-07-18T15:16:43+14:01", ""}, {"dateTime", "1900-02-29T00:00:00", ""},
		{"dateTime", "02022-07-18T15:16:43", ""}, {"dateTime", "2022-07-18T15:16:43.", ""}, {"dateTime", "2022-07-18", ""},
		{"date", "2022-07-18", "2022-07-18"}, {"date", "2022-07-18+00:00", "2022-07-18Z"}, {"date", "2022-07-18+08:00", "2022-07-18+08:00"},
		{"date", "2022-07-18+13:00", "2022-07-17-11:00"}, {"date", "2022-12-31-12:00", "2023-01-01+12:00"}, {"date", "2022-02-30", ""},
		{"date", "-0044-03-15", "-0044-03-15"}, {"date", "22-07-18", ""},
		{"time", "24:00:00", "00:00:00"}, {"time", "01:00:00.10+02:00", "23:00:00.1Z"}, {"time", "15:16", ""}, {"time", "25:00:00", ""},
		{"gYear", "2022", "2022"}, {"gYear", "-0044+00:00", "-0044Z"}, {"gYear", "0000", ""}, {"gYear", "222", ""},
		{"gYearMonth", "2022-07-00:00", "2022-07Z"}, {"gYearMonth", "2022-13", ""},
		{"gMonthDay", "--02-29", "--02-29"}, {"gMonthDay", "--02-30", ""}, {"gDay", "---31Z", "---31Z"}, {"gDay", "---32", ""},
		{"gMonth", "--07+08:00", "--07+08:00"}, {"gMonth", "--07--", ""}, {"gMonth", "--13", ""},
		{"duration", "P1Y14M", "P2Y2M"}, {"duration", "PT36H", "P1DT12H"}, {"duration", "-PT0S", "PT0S"}, {"duration", "P0Y", "PT0S"},
		{"duration", "-PT90.50S", "-PT1M30.5S"}, {"duration", "P", ""}, {"duration", "PT", ""}, {"duration", "P1S", ""}, {"duration", "P-1D", ""},
		{"duration", "PT1.S", ""}, {"duration", "P1.5D", ""}, {"duration", "+P1D", ""},
	}
	for _, row := range rows {
		lexical, canonical, err := typeNamed(t, row.typ).parse(row.text)
		if (err == nil) != (row.want != "") || canonical != row.want && err == nil {
			t.Errorf("%s %q: %q, %v, want %q", row.typ, row.text, canonical, err, row.want)
		}
		if err == nil && lexical != trimSpace(row.text) {
			t.Errorf("%s %q: spelled %q", row.typ, row.text, lexical)
		}
	}
}

func TestOrder(t *testing.T) {
	rows := []struct {
		typ, a, b string
		want      int
		ok        bool
	}{
		{"decimal", "0.1", ".10", 0, true}, {"decimal", "-2", "1.5", -1, true}, {"integer", "100000000000000000000", "99999999999999999999", 1, true},
		{"dateTime", "2000-01-15T00:00:00", "2000-02-15T00:00:00", -1, true}, {"dateTime", "2000-01-15T12:00:00", "2000-01-16T12:00:00Z", -1, true},
		{"dateTime", "2000-01-01T12:00:00", "1999-12-31T23:00:00Z", 0, false}, {"dateTime", "2000-01-16T12:00:00", "2000-01-16T12:00:00Z", 0, false},
		{"dateTime", "2000-01-16T00:00:00", "2000-01-16T12:00:00Z", 0, false}, {"dateTime", "2002-10-10T12:00:00+05:00", "2002-10-10T07:00:00Z", 0, true},
		{"dateTime", "2000-01-01T00:00:00.0001", "2000-01-01T00:00:00.00001", 1, true}, {"dateTime", "-0002-01-01T00:00:00", "-0001-01-01T00:00:00", -1, true},
		{"date", "2022-07-18Z", "2022-07-18+08:00", 1, true}, {"time", "10:00:00Z", "12:00:00+02:00", 0, true}, {"gYear", "2000", "1999", 1, true},
		{"duration", "P1Y", "P364D", 1, true}, {"duration", "P1Y", "P365D", 0, false}, {"duration", "P1Y", "P366D", 0, false}, {"duration", "P1Y", "P367D", -1, true},
		{"duration", "P1M", "P27D", 1, true}, {"duration", "P1M", "P30D", 0, false}, {"duration", "P1M", "P32D", -1, true},
		{"duration", "P5M", "P149D", 1, true}, {"duration", "P5M", "P153D", 0, false}, {"duration", "P5M", "P154D", -1, true},
		{"duration", "-P1D", "PT1S", -1, true}, {"duration", "P1D", "PT24H", 0, true},
	}
	for _, row := range rows {
		typ := typeNamed(t, row.typ)
		if c, ok := typ.compare(row.a, row.b); c != row.want && ok || ok != row.ok {
			t.Errorf("%s %s, %s: %d %t, want %d %t", row.typ, row.a, row.b, c, ok, row.want, row.ok)
		}
		if c, ok := typ.compare(row.b, row.a); c != -row.want && ok || ok != row.ok {
			t.Errorf("%s %s, %s: %d %t, want %d %t", row.typ, row.b, row.a, c, ok, -row.want, row.ok)
		}
	}
}

func TestExactNumbers(t *testing.T) {
	n, _ := new(big.Int).SetString("-123456789012345678901234567890", 10)
	if v := NewInteger(n); v.Big().Cmp(n) != 0 || v.String() != n.String() {
		t.Errorf("%s, want %s", v, n)
	}
	if _, ok := NewInteger(n).Int64(); ok {
		t.Error("an integer of 30 digits fits in an int64")
	}
	if i, ok := (Integer{}).Int64(); i != 0 || !ok || (Integer{}).String() != "0" || (Decimal{}).String() != "0.0" {
		t.Error("the zero values are not 0")
	}
	d, _ := ParseDecimal("-12.50")
	if d.Rat().Cmp(big.NewRat(-25, 2)) != 0 {
		t.Errorf("-12.50 is %s", d.Rat())
	}
}

func TestDoubles(t *testing.T) {
	rows := []struct{ text, double, float string }{
		{"1", "1.0E0", "1.0E0"}, {"-0", "-0.0E0", "-0.0E0"}, {"100.25", "1.0025E2", "1.0025E2"}, {"1e-300", "1.0E-300", "0.0E0"},
		{"1e400", "INF", "INF"}, {"-1E39", "-1.0E39", "-INF"}, {" INF ", "INF", "INF"}, {"NaN", "NaN", "NaN"}, {"0.1", "1.0E-1", "1.0E-1"},
		{"+INF", "", ""}, {"nan", "", ""}, {"0x1p3", "", ""}, {"1_0", "", ""}, {"", "", ""},
	}
	for _, row := range rows {
		f, err := ParseDouble(row.text)
		g, err32 := ParseFloat(row.text)
		if (err == nil) != (row.double != "") || (err32 == nil) != (err == nil) {
			t.Errorf("%q: %v, %v", row.text, err, err32)
			continue
		}
		if err != nil {
			continue
		}
		if got := string(AppendDouble(nil, f)); got != row.double {
			t.Errorf("double %q: %s, want %s", row.text, got, row.double)
		}
		if got := string(AppendFloat(nil, g)); got != row.float {
			t.Errorf("float %q: %s, want %s", row.text, got, row.float)
		}
	}
	for _, f := range []float64{math.MaxFloat64, math.SmallestNonzeroFloat64, math.Pi, -1e-7} {
		if g, err := ParseDouble(string(AppendDouble(nil, f))); g != f || err != nil {
			t.Errorf("%g comes back as %g, %v", f, g, err)
		}
	}
}

func TestBinary(t *testing.T) {
	rows := []struct{ text, want string }{{" aGk= ", "hi"}, {"a G\nk =", "hi"}, {"", ""}, {"aGk", "!"}, {"aGl=", "!"}, {"a?k=", "!"}}
	for _, row := range rows {
		v, err := ParseBase64Binary(row.text)
		data := v.Bytes()
		if (err != nil) != (row.want == "!") || err == nil && string(data) != row.want {
			t.Errorf("base64 %q: %q, %v", row.text, data, err)
		}
		if err == nil && len(data) > 0 && (v.String() != "aGk=" || NewBase64Binary(data) != (Base64Binary{v.String()})) {
			t.Errorf("base64 %q is written %s", row.text, v)
		}
	}
	if v, err := ParseHexBinary(" 0aFF "); err != nil || v.String() != "0AFF" || v.Lexical() != "0aFF" || NewHexBinary(v.Bytes()).Lexical() != "0AFF" {
		t.Errorf("hex: %q, %v", v.Lexical(), err)
	}
	for _, bad := range []string{"0", "0g", "0 a"} {
		if _, err := ParseHexBinary(bad); err == nil {
			t.Errorf("hex %q is accepted", bad)
		}
	}
}

func TestQName(t *testing.T) {
	lookup := func(prefix string) (string, bool) {
		space, ok := map[string]string{"": "urn:default", "p": "urn:p"}[prefix]
		return space, ok
	}
	for _, row := range []struct{ text, want string }{{"p:a", "{urn:p}a"}, {" a ", "{urn:default}a"}, {"q:a", ""}, {"1a", ""}, {"p:a:b", ""}, {"", ""}} {
		q, err := ParseQName(row.text, lookup)
		if (err == nil) != (row.want != "") || err == nil && q.String() != row.want {
			t.Errorf("%q: %s, %v, want %q", row.text, q, err, row.want)
		}
		var back QName
		if text, _ := q.MarshalText(); err == nil && (back.UnmarshalText(text) != nil || !back.Equal(q)) {
			t.Errorf("%s comes back as %s", q, back)
		}
	}
	if err := new(QName).UnmarshalText([]byte("{urn:p")); err == nil {
		t.Error("an open brace is accepted")
	}
}

// FuzzLexical holds that a value is written as it was spelled, that its canonical
// form is canonical and the same value, and that order turns around.
func FuzzLexical(f *testing.F) {
	for i, text := range []string{"-12.50", "+7", "2022-07-18T24:00:00+08:00", "2022-07-18-12:00", "23:59:59.99Z", "-0001", "2022-07", "--02-29", "---31", "--12Z", "-P1Y2M3DT4H5M6.7S"} {
		f.Add(i, text, text)
	}
	f.Fuzz(func(t *testing.T, i int, a, b string) {
		typ := lexicalTypes[uint(i)%uint(len(lexicalTypes))]
		lexical, canonical, err := typ.parse(a)
		if err != nil {
			return
		}
		if again, _, err := typ.parse(lexical); again != lexical || err != nil {
			t.Errorf("%s %q: read again %q, %v", typ.name, lexical, again, err)
		}
		_, twice, err := typ.parse(canonical)
		if twice != canonical || err != nil {
			t.Errorf("%s %q: canonical %q, canonical again %q, %v", typ.name, a, canonical, twice, err)
		}
		if c, ok := typ.compare(a, canonical); c != 0 || !ok {
			t.Errorf("%s %q is not its canonical form %q", typ.name, a, canonical)
		}
		if _, _, err := typ.parse(b); err != nil {
			return
		}
		c, ok := typ.compare(a, b)
		if d, ok2 := typ.compare(b, a); ok != ok2 || ok && c != -d {
			t.Errorf("%s %q, %q: %d %t one way, %d %t the other", typ.name, a, b, c, ok, d, ok2)
		}
	})
}
