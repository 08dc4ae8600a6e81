package contract

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/biform/biform/gen/wire"
)

// TestCounted validates content models whose groups are repeated so often that
// their repetitions are counted.
func TestCounted(t *testing.T) {
	ab := `<xs:element name="a"/><xs:element name="b"/>`
	rows := []struct {
		model      string
		good, evil []string
	}{
		{`<xs:sequence maxOccurs="30000">` + ab + `</xs:sequence>`,
			[]string{"ab", "abab", strings.Repeat("ab", 30000)},
			[]string{"", "a", "aba", "ba", strings.Repeat("ab", 30001)}},
		{`<xs:sequence minOccurs="5000" maxOccurs="6000">` + ab + `</xs:sequence>`,
			[]string{strings.Repeat("ab", 5000), strings.Repeat("ab", 6000)},
			[]string{"", "ab", strings.Repeat("ab", 4999), strings.Repeat("ab", 6001)}},
		{`<xs:sequence minOccurs="5000" maxOccurs="unbounded">` + ab + `</xs:sequence>`,
			[]string{strings.Repeat("ab", 5000), strings.Repeat("ab", 9000)},
			[]string{strings.Repeat("ab", 4999)}},
		{`<xs:sequence maxOccurs="10000"><xs:sequence maxOccurs="10000">` + ab + `</xs:sequence><xs:element name="c"/></xs:sequence>`,
			[]string{"abc", "ababc", "abcabc", strings.Repeat("ab", 10000) + "c", strings.Repeat("abc", 10000)},
			[]string{"ab", "abac", strings.Repeat("ab", 10001) + "c", strings.Repeat("abc", 10001)}},
		{`<xs:choice maxOccurs="10000"><xs:sequence minOccurs="2" maxOccurs="9000">` + ab + `</xs:sequence><xs:element name="c" maxOccurs="3"/></xs:choice>`,
			[]string{"abab", "c", "ababcabab", strings.Repeat("c", 30000), "ababab", strings.Repeat("ab", 20000)},
			[]string{"ab", "abc", "cab", strings.Repeat("c", 30001), ""}},
		{`<xs:sequence maxOccurs="100000000"><xs:element name="a" maxOccurs="unbounded"/></xs:sequence>`,
			[]string{"a", "aaaa"}, []string{"", "b"}},
		// What can be empty may be missing as often as it must be there.
		{`<xs:sequence minOccurs="7000" maxOccurs="8000"><xs:element name="a" minOccurs="0"/><xs:element name="b" minOccurs="0"/></xs:sequence>`,
			[]string{"", "a", "b", "abba", strings.Repeat("b", 8000)},
			[]string{strings.Repeat("b", 8001), "abc"}},
		// Repeating the element and repeating the group cannot be told apart.
		{`<xs:sequence minOccurs="2" maxOccurs="3"><xs:element name="a" minOccurs="3" maxOccurs="3"/></xs:sequence>`,
			[]string{strings.Repeat("a", 6), strings.Repeat("a", 9)},
			[]string{strings.Repeat("a", 3), strings.Repeat("a", 7), strings.Repeat("a", 10)}},
		{`<xs:sequence maxOccurs="5000"><xs:element name="a" minOccurs="2" maxOccurs="2"/><xs:element name="b" minOccurs="0"/></xs:sequence>`,
			[]string{"aa", "aab", "aaaa", "aabaa", "aaaab"},
			[]string{"a", "aaa", "aba", "b"}},
	}
	for _, row := range rows {
		c := compileXSD(t, schemaSource("", `<xs:element name="r"><xs:complexType>`+row.model+`</xs:complexType></xs:element>`))
		if len(c.States) > 12 {
			t.Errorf("%s: %d states", row.model, len(c.States))
		}
		for i, content := range append(row.good, row.evil...) {
			err := c.Validate([]byte(elements(content)))
			if want := i < len(row.good); (err == nil) != want {
				t.Errorf("%s: content of %d elements, %.20s...: valid %t, want %t: %.200v", row.model, len(content), content, err == nil, want, err)
			}
		}
	}
}

// elements writes a document whose child elements have one letter each.
func elements(content string) string {
	var b strings.Builder
	b.WriteString("<r>")
	for _, c := range content {
		fmt.Fprintf(&b, "<%c/>", c)
	}
	b.WriteString("</r>")
	return b.String()
}

// TestCountedAgrees compares, on random content, models written out with the
// same models counted: a repetition of a choice that nothing matches forces
// counting.
func TestCountedAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		m := randomModel(r, 0, new(int))
		plain, counted := twoWays(t, m, func(b *xmlBuilder) { b.counted = true })
		if plain == nil {
			continue // ambiguous
		}
		for range 200 {
			content := make([]byte, r.IntN(9))
			for i := range content {
				content[i] = 'a' + byte(r.IntN(4))
			}
			payload := []byte(elements(string(content)))
			if a, b := plain.Validate(payload), counted.Validate(payload); (a == nil) != (b == nil) {
				t.Fatalf("%s\n%s: written out %v, counted %v", m, content, a, b)
			}
		}
	}
}

// twoWays compiles a content model as it is and in another way; nil when it is
// not sound.
func twoWays(t *testing.T, model string, other func(*xmlBuilder)) (plain, changed *wire.XMLContract) {
	doc, diags := readXSD(schemaSource("", `<xs:element name="r"><xs:complexType><xs:sequence>`+model+`</xs:sequence></xs:complexType></xs:element>`))
	if diags.HasErrors() {
		return nil, nil
	}
	plain, diags = XML(doc.XML)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	b := newXMLBuilder(doc.XML)
	other(b)
	b.build()
	if err := b.out.Check(); err != nil {
		t.Fatal(err)
	}
	return plain, b.out
}

// TestStraightAgrees compares, on random content, models written out with the
// same models written as long ones are: by steps of their own, and what is
// behind them.
func TestStraightAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	shared, valid := 0, 0
	for range 200 {
		n := 0
		plain, short := twoWays(t, straightModel(r, 0, &n), func(b *xmlBuilder) { b.short = true })
		for _, s := range short.States {
			if s.Else > 0 {
				shared++
			}
		}
		for range 40 {
			var content []byte
			for i := range n {
				for range r.IntN(3) * r.IntN(3) {
					content = append(content, 'a'+byte(i))
				}
			}
			if r.IntN(3) == 0 && len(content) > 1 { // out of order
				i, j := r.IntN(len(content)), r.IntN(len(content))
				content[i], content[j] = content[j], content[i]
			}
			payload := []byte(elements(string(content)))
			a, b := plain.Validate(payload), short.Validate(payload)
			if a == nil {
				valid++
			}
			if codes(a) != codes(b) {
				t.Fatalf("%s: written out %v, as a long one %v", content, a, b)
			}
		}
	}
	if shared < 200 || valid < 800 {
		t.Errorf("%d states share steps, %d documents are valid: too few to say anything", shared, valid)
	}
}

// straightModel writes a random particle over elements from a on, each of which
// stands once, without a group that is repeated.
func straightModel(r *rand.Rand, depth int, next *int) string {
	low := r.IntN(2)
	if depth == 3 || *next > 20 || depth > 0 && r.IntN(3) == 0 {
		high := fmt.Sprint(max(1, low+r.IntN(6)))
		if r.IntN(5) == 0 {
			high = "unbounded"
		}
		*next++
		return fmt.Sprintf(`<xs:element name="%c" minOccurs="%d" maxOccurs="%s"/>`, 'a'+byte(*next-1), low, high)
	}
	kind := [...]string{"sequence", "sequence", "choice"}[r.IntN(3)]
	var b strings.Builder
	for range 1 + r.IntN(4) {
		if *next < 24 {
			b.WriteString(straightModel(r, depth+1, next))
		}
	}
	return fmt.Sprintf(`<xs:%s minOccurs="%d">%s</xs:%s>`, kind, low, b.String(), kind)
}

// randomModel writes a random particle over the elements a to d.
func randomModel(r *rand.Rand, depth int, next *int) string {
	low := r.IntN(3)
	occurs := fmt.Sprintf(` minOccurs="%d" maxOccurs="%d"`, low, max(1, low+r.IntN(3)))
	if r.IntN(5) == 0 {
		occurs = fmt.Sprintf(` minOccurs="%d" maxOccurs="unbounded"`, low)
	}
	if depth == 3 || r.IntN(3) == 0 {
		*next++
		return fmt.Sprintf(`<xs:element name="%c"%s/>`, 'a'+byte(*next%4), occurs)
	}
	kind := [...]string{"sequence", "choice"}[r.IntN(2)]
	var b strings.Builder
	for range 1 + r.IntN(3) {
		b.WriteString(randomModel(r, depth+1, next))
	}
	return "<xs:" + kind + occurs + ">" + b.String() + "</xs:" + kind + ">"
}
