package wire

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

// orders is a contract written by hand, as the generator would.
var orders = XMLContract{
	Roots: []int{1},
	Elements: []XMLElement{
		1: {Name: "Orders", Type: 1},
		2: {Name: "Order", Type: 2},
		3: {Name: "Number", Type: 3},
		4: {Name: "Price", Type: 4},
		5: {Name: "AVeryLongElementName", Type: 5},
		6: {Name: "Any", Type: 6},
	},
	Types: []XMLType{
		1: {Content: XMLChildren, Complex: true, Start: 1},
		2: {Content: XMLChildren, Complex: true, Start: 2, Attributes: []XMLAttribute{{Name: "unit", Simple: 3}}},
		3: {Content: XMLText, Simple: 1},
		4: {Content: XMLText, Simple: 2},
		5: {Content: XMLText, Simple: 3},
		6: {Content: XMLAny, Complex: true},
	},
	Simple: []XMLSimple{
		1: {Base: "int", Facets: []XMLFacet{{"minInclusive", "1"}}},
		2: {Base: "double", Facets: []XMLFacet{{"minInclusive", "0"}, {"maxExclusive", "1e3"}}},
		3: {Base: "string", Patterns: [][]XMLPattern{{{Source: "[a-z]*"}}}, Enumeration: []string{"kg", "l", ""}},
	},
	States: []XMLState{
		1: {Final: true, Next: []XMLStep{{Element: 2, To: 1}}},
		2: {Next: []XMLStep{{Element: 3, To: 3}}},
		3: {Final: true, Next: []XMLStep{{Element: 4, To: 4}}, Else: 4},
		4: {Final: true, Next: []XMLStep{{Element: 5, To: 5}, {Element: 6, To: 5}}},
		5: {Final: true},
	},
}

// isPure tells whether strings are copies: see buffer_pure.go.
func isPure() bool { return reflect.TypeFor[buffer]().Field(0).Type.Kind() == reflect.Slice }

const validOrders = `<?xml version="1.0"?>
<Orders>
  <Order unit="kg">
    <Number>7</Number>
    <Price>12.50</Price>
    <AVeryLongElementName>kg</AVeryLongElementName>
  </Order>
  <Order><Number>1</Number><Any x="1"><y/>text</Any></Order>
  <Order><Number>2147483647</Number></Order>
</Orders>
`

func TestValidate(t *testing.T) {
	if err := orders.Validate([]byte(validOrders)); err != nil {
		t.Fatal(err)
	}
}

// TestValidatePlaces checks where violations are said to be, and what they say.
func TestValidatePlaces(t *testing.T) {
	payload := `<Orders>
  <Order unit="pound">
    <Number>0</Number>
    <Pric>1</Pric>
  </Order>
  <Order kind="x"><Price>1e3</Price></Order>
  <Order><Number>x</Number><AVeryLongElementName>kg<b/></AVeryLongElementName><Number>5</Number></Order>
  stray
</Orders>`
	want := `2:10: /Orders/Order/@unit: "pound" is not one of "kg", "l", "" [cvc-enumeration-valid]
3:5: /Orders/Order/Number: "0" is out of range, expected at least 1 [cvc-minInclusive-valid]
4:5: /Orders/Order/Pric: element Pric cannot stand here, expected Price, AVeryLongElementName or Any [cvc-complex-type.2.4.a]
6:10: /Orders/Order[2]/@kind: attribute kind is not declared, expected unit [cvc-complex-type.3.2.1]
6:19: /Orders/Order[2]/Price: element Price cannot stand here, expected Number [cvc-complex-type.2.4.a]
6:19: /Orders/Order[2]/Price: "1e3" is out of range, expected less than 1e3 [cvc-maxExclusive-valid]
7:10: /Orders/Order[3]/Number: "x" is not a value of xs:int, expected a whole number from -2147483648 to 2147483647 [cvc-datatype-valid.1.2.1]
7:28: /Orders/Order[3]/AVeryLongElementName: elements where a value is declared, expected xs:string [cvc-type.3.1.2]
7:79: /Orders/Order[3]/Number[2]: element Number cannot stand here, expected no further element [cvc-complex-type.2.4.d]
8:3: /Orders: text "stray" where only elements can stand [cvc-complex-type.2.3]`
	err := orders.Validate([]byte(payload))
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	lines := strings.Split(payload, "\n")
	var all Violations
	if !errors.As(err, &all) {
		t.Fatalf("%T", err)
	}
	for _, v := range all {
		offset := v.Column - 1
		for _, l := range lines[:v.Line-1] {
			offset += len(l) + 1
		}
		if offset != v.Offset {
			t.Errorf("%v: offset %d, want %d", v, v.Offset, offset)
		}
	}
}

// TestValidateAttributePlaces checks the paths of several attributes of one
// tag, of the root and of empty elements among them.
func TestValidateAttributePlaces(t *testing.T) {
	rows := []struct{ payload, want string }{
		{`<Orders a='1' b='2'/>`, "/Orders/@a /Orders/@b"},
		{`<Orders><Order a='1' b='2'/><Order c='3'/></Orders>`, "/Orders/Order /Orders/Order/@a /Orders/Order/@b /Orders/Order[2] /Orders/Order[2]/@c"},
		{`<Orders a='1'><Order><Number>1</Number></Order><x/></Orders>`, "/Orders/@a /Orders/x"},
	}
	for _, row := range rows {
		var all Violations
		if err := orders.Validate([]byte(row.payload)); !errors.As(err, &all) {
			t.Fatal(err)
		}
		var paths []string
		for _, v := range all {
			paths = append(paths, v.Path)
		}
		if got := strings.Join(paths, " "); got != row.want {
			t.Errorf("%s:\ngot  %s\nwant %s", row.payload, got, row.want)
		}
	}
}

// TestValidateUnreadable checks that what cannot be read is one violation under
// the runtime's code, whatever else is wrong.
func TestValidateUnreadable(t *testing.T) {
	deep := strings.Repeat("<a>", 600) + strings.Repeat("</a>", 600)
	rows := []struct {
		payload string
		code    Code
	}{
		{"", ErrSyntax},
		{"x", ErrSyntax},
		{"<Orders>", ErrSyntax},
		{"<Orders><Order></Orders>", ErrSyntax},
		{"<Orders><Wrong/></orders>", ErrSyntax},
		{"<Orders><Order unit='a' unit='b'/></Orders>", ErrDuplicate},
		{"<Orders/>x", ErrTrailing},
		{"<Orders/><Orders/>", ErrTrailing},
		{"<!DOCTYPE Orders><Orders/>", ErrDoctype},
		{"<Orders><Order><Number>\xFF</Number></Order></Orders>", ErrEncoding},
		{"<Orders>\x00</Orders>", ErrSyntax},
		{"<Orders><Order><Number>1<Number></Order></Orders>", ErrSyntax},
		{"<Orders><Order><Number>1</Number ></Order></Order>", ErrSyntax},
		{"<Orders><Order><Number>&x;</Number></Order></Orders>", ErrSyntax},
		{"<Orders><p:Order/></Orders>", ErrSyntax},
		{"<Wrong><a></Wrong>", ErrSyntax},
		{"<Orders><Order><Number>1</Number><Any>" + deep + "</Any></Order></Orders>", ErrDepth},
		{"<Wrong>" + deep + "</Wrong>", ErrDepth},
		{"\xFE\xFF\x00<", ErrEncoding},
	}
	for _, row := range rows {
		var all Violations
		err := orders.Validate([]byte(row.payload))
		if !errors.As(err, &all) || len(all) != 1 || all[0].Code != row.code {
			t.Errorf("%.60q: %v, want %s", row.payload, err, row.code)
		}
	}
}

// TestValidateMany checks that violations beyond MaxViolations are counted.
func TestValidateMany(t *testing.T) {
	const n = 2*MaxViolations + 7
	for _, part := range []string{"<Order><Number>0</Number></Order>", "<x/>", "<Order a='b'><Number>1</Number></Order>"} {
		var all Violations
		if err := orders.Validate([]byte("<Orders>" + strings.Repeat(part, n) + "</Orders>")); !errors.As(err, &all) {
			t.Fatal(err)
		}
		last := all[len(all)-1]
		if len(all) != MaxViolations+1 || last.Code != ErrMore || last.Message != fmt.Sprintf("and %d more", n-MaxViolations) {
			t.Errorf("%s: %d violations, the last is %v", part, len(all), last)
		}
	}
}

func TestValidateAllocations(t *testing.T) {
	if underRace {
		t.Skip("the race detector makes pools forget what they hold")
	}
	if isPure() {
		t.Skip("without unsafe, strings are copies")
	}
	data := []byte(validOrders)
	if err := orders.Validate(data); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() { orders.Validate(data) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkValidate(b *testing.B) {
	data := []byte(validOrders)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for range b.N {
		if err := orders.Validate(data); err != nil {
			b.Fatal(err)
		}
	}
}

// TestValidateHostile checks that payloads that are all wrong take no more than
// linear time.
func TestValidateHostile(t *testing.T) {
	const n = 50_000
	var many strings.Builder
	for i := range n {
		fmt.Fprintf(&many, " a%d='x'", i)
	}
	for _, payload := range []string{
		"<Orders><Order" + many.String() + "/></Orders>",
		"<Orders>" + strings.Repeat("<Price>x</Price>", n) + "</Orders>",
		"<Orders><Order><Number>" + strings.Repeat("9", 10*n) + "</Number></Order></Orders>",
		"<Orders><Order><Number>1</Number><Price>" + strings.Repeat("9", 10*n) + "</Price></Order></Orders>",
		"<Orders>" + strings.Repeat("x<!---->", n/10) + "</Orders>",
	} {
		start := time.Now()
		if err := orders.Validate([]byte(payload)); err == nil {
			t.Errorf("%.40s is valid", payload)
		}
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("%.40s takes %v", payload, d)
		}
	}
}

// TestValidateTogether validates from many goroutines at once.
func TestValidateTogether(t *testing.T) {
	wrong := []byte(`<Orders><Order><Number>x</Number></Order></Orders>`)
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 200 {
				if err := orders.Validate([]byte(validOrders)); err != nil {
					t.Error(err)
				}
				if err := orders.Validate(wrong); err == nil || strings.Count(err.Error(), "\n") > 0 {
					t.Error(err)
				}
			}
		}()
	}
	wg.Wait()
}

// TestValidateKeeps checks that the payload is neither changed nor kept.
func TestValidateKeeps(t *testing.T) {
	payload := "<Orders><Order><Number>&#49;</Number><AVeryLongElementName>&amp;</AVeryLongElementName></Order></Orders>"
	data := []byte(payload)
	err := orders.Validate(data)
	if string(data) != payload {
		t.Errorf("the payload is now %s", data)
	}
	text := err.Error()
	clear(data)
	orders.Validate([]byte(strings.Repeat("z", 500)))
	if err.Error() != text {
		t.Errorf("the error changed to %v", err)
	}
}

// TestTables checks that tables that make no sense are an error that says
// where, and never a panic.
func TestTables(t *testing.T) {
	rows := []struct {
		change func(*XMLContract)
		want   string
	}{
		{func(c *XMLContract) { c.Roots = []int{9} }, "XMLContract.Roots[0]: there is no element 9"},
		{func(c *XMLContract) { c.Elements[2].Type = 77 }, `XMLContract.Elements[2]: element "Order": there is no type 77`},
		{func(c *XMLContract) { c.Types[1].Start = 99 }, "XMLContract.Types[1]: there is no state 99"},
		{func(c *XMLContract) { c.Types[3].Simple = 0 }, "XMLContract.Types[3]: there is no simple type 0"},
		{func(c *XMLContract) { c.Types[2].AnyAttribute = 3 }, "XMLContract.Types[2]: there is no wildcard 3"},
		{func(c *XMLContract) { c.Types[2].Base = -1 }, "XMLContract.Types[2]: there is no base type -1"},
		{func(c *XMLContract) { c.Simple[1].Base = "integre" }, `XMLContract.Simple[1]: "integre" is no built-in type`},
		{func(c *XMLContract) { c.Simple[1].Facets[0].Value = "x" }, `XMLContract.Simple[1]: minInclusive "x" is not in the value space of xs:int`},
		{func(c *XMLContract) { c.Simple[1].Facets[0].Kind = "min" }, `XMLContract.Simple[1]: "min" is no facet`},
		{func(c *XMLContract) { c.Simple[3].Facets = []XMLFacet{{"totalDigits", "1"}} }, "XMLContract.Simple[3]: totalDigits cannot be applied to xs:string"},
		{func(c *XMLContract) { c.Simple[3].Patterns[0][0].Source = "(" }, "XMLContract.Simple[3]: pattern"},
		{func(c *XMLContract) { c.Simple[1].Enumeration = []string{"x"} }, `XMLContract.Simple[1]: enumeration "x" is not in the value space of xs:int`},
		{func(c *XMLContract) { c.Simple[1] = XMLSimple{Union: []int{1}} }, "XMLContract.Simple[1]: the type contains itself"},
		{func(c *XMLContract) { c.States[3].Else = 3 }, "XMLContract.States[3]: a circle of Else"},
		{func(c *XMLContract) { c.States[1].Next[0].To = 0 }, "XMLContract.States[1]: there is no state 0"},
		{func(c *XMLContract) { c.States[1].Next[0].Element = 70 }, "XMLContract.States[1]: there is no element 70 and no wildcard 0"},
		{func(c *XMLContract) { c.Elements[3].Given, c.Elements[3].Value = XMLFixed, "x" }, `XMLContract.Elements[3]: "x" is not a value of xs:int`},
	}
	for _, row := range rows {
		c := &XMLContract{Roots: []int{1}}
		c.Elements = append(c.Elements, orders.Elements...)
		c.Types = append(c.Types, orders.Types...)
		for _, s := range orders.Simple {
			s.Facets = append([]XMLFacet(nil), s.Facets...)
			s.Patterns = append([][]XMLPattern(nil), s.Patterns...)
			for i := range s.Patterns {
				s.Patterns[i] = append([]XMLPattern(nil), s.Patterns[i]...)
			}
			c.Simple = append(c.Simple, s)
		}
		for _, s := range orders.States {
			s.Next = append([]XMLStep(nil), s.Next...)
			c.States = append(c.States, s)
		}
		row.change(c)
		err := c.Validate([]byte(validOrders))
		var entry *XMLTableError
		if !errors.As(err, &entry) || !strings.Contains(err.Error(), row.want) {
			t.Errorf("got %v, want %s", err, row.want)
		}
	}
}

// FuzzValidate checks that validating never fails otherwise than by an error,
// and that what has been validated before makes no difference.
func FuzzValidate(f *testing.F) {
	f.Add(validOrders)
	f.Add("<Orders><Order/></Orders>")
	f.Add(`<Orders xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Order xsi:nil="true" xsi:type="a:b"/></Orders>`)
	f.Fuzz(func(t *testing.T, payload string) {
		first := orders.Validate([]byte(payload))
		orders.Validate([]byte(validOrders))
		second := orders.Validate([]byte(payload))
		if (first == nil) != (second == nil) || first != nil && first.Error() != second.Error() {
			t.Errorf("first %v, then %v", first, second)
		}
	})
}
