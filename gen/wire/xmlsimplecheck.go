package wire

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// This file checks texts against simple types, whatever their spelling, and
// says what is wrong.

// simple checks a text against a type and records what is wrong with it under
// an offset. It notes IDs and references to them.
func (v *xmlCheck) simple(t *xmlSimple, raw string, at int) bool {
	if !v.checkValue(t, raw, at) {
		return false
	}
	if t.special {
		v.identify(t, raw, at)
	}
	return true
}

// checkValue tells whether a text is a value of a type, and records what is
// wrong with it unless at is negative.
func (v *xmlCheck) checkValue(t *xmlSimple, raw string, at int) bool {
	if t.kind == kindUnion {
		return v.checkUnion(t, raw, at)
	}
	text := normalise(t.space, raw)
	items := 0
	switch {
	case t.item != nil:
		var ok bool
		if items, ok = v.checkItems(t, text, at); !ok {
			return false
		}
	case !t.lexical(v, text):
		if at >= 0 {
			v.violate(at, "cvc-datatype-valid.1.2.1", fmt.Sprintf("%s is not a value of %s, expected %s", excerpt(text), t.describe(), t.builtin.want))
		}
		return false
	}
	if t.plain {
		return true
	}
	ok := v.checkPatterns(t, text, at)
	if t.size >= 0 || t.sizeLo >= 0 || t.sizeHi >= 0 {
		ok = v.checkSize(t, text, items, at) && ok
	}
	if t.bounds != nil || t.total >= 0 || t.after >= 0 {
		ok = v.checkRange(t, text, at) && ok
	}
	if t.values != nil && (ok || at >= 0) {
		ok = v.checkEnumeration(t, text, text, at) && ok
	}
	return ok
}

// checkUnion finds the first member type that a text is a value of (Part 2,
// section 2.5.1.3). White space is processed as that type says.
func (v *xmlCheck) checkUnion(t *xmlSimple, raw string, at int) bool {
	m := v.member(t, raw)
	if m == nil {
		if at >= 0 {
			v.violate(at, "cvc-datatype-valid.1.2.3", fmt.Sprintf("%s is not a value of %s", excerpt(raw), t.describe()))
		}
		return false
	}
	ok := v.checkPatterns(t, normalise(m.space, raw), at)
	if t.values != nil {
		ok = v.checkEnumeration(t, raw, raw, at) && ok
	}
	return ok
}

// member returns the member of a union that a text is a value of, or nil.
func (v *xmlCheck) member(t *xmlSimple, raw string) *xmlSimple {
	for _, m := range t.members {
		if v.checkValue(m, raw, -1) {
			return m
		}
	}
	return nil
}

// checkItems checks the items of a list, whose white space has been collapsed,
// and counts them.
func (v *xmlCheck) checkItems(t *xmlSimple, text string, at int) (n int, ok bool) {
	for rest := text; rest != ""; n++ {
		var item string
		item, rest, _ = strings.Cut(rest, " ")
		if !v.checkValue(t.item, item, -1) {
			if at >= 0 {
				v.violate(at, "cvc-datatype-valid.1.2.2", fmt.Sprintf("item %d of the list:", n+1))
				v.explain(t.item, item, at)
			}
			return n, false
		}
	}
	return n, true
}

// explain puts what is wrong with an item behind the message recorded last.
func (v *xmlCheck) explain(t *xmlSimple, item string, at int) {
	n := len(v.found)
	if n == 0 || v.more > 0 {
		return
	}
	v.checkValue(t, item, at)
	if len(v.found) > n {
		v.found[n-1].text += " " + v.found[n].text
		v.found = v.found[:n]
	}
	v.more = 0
}

func (v *xmlCheck) checkPatterns(t *xmlSimple, text string, at int) bool {
	ok := true
	for i := range t.patterns {
		if !t.patterns[i].MatchString(text) {
			if at < 0 {
				return false
			}
			ok = false
			v.violate(at, "cvc-pattern-valid", fmt.Sprintf("%s does not match the pattern %s", excerpt(text), t.patterns[i].text))
		}
	}
	return ok
}

// checkSize checks length, minLength and maxLength (Part 2, section 4.3.1).
func (v *xmlCheck) checkSize(t *xmlSimple, text string, items, at int) bool {
	var n int
	unit := "characters"
	switch t.kind {
	case kindList:
		n, unit = items, "items"
	case kindHex:
		n, unit = len(text)/2, "octets"
	case kindBase64:
		n, unit = base64Size(text), "octets"
	case kindQName, kindNotation:
		return true // the prefix is the document's choice: there is nothing to measure
	default:
		n = utf8.RuneCountInString(text)
	}
	var code Code
	var want string
	switch {
	case t.size >= 0 && n != t.size:
		code, want = "cvc-length-valid", strconv.Itoa(t.size)
	case t.sizeLo >= 0 && n < t.sizeLo:
		code, want = "cvc-minLength-valid", "at least "+strconv.Itoa(t.sizeLo)
	case t.sizeHi >= 0 && n > t.sizeHi:
		code, want = "cvc-maxLength-valid", "at most "+strconv.Itoa(t.sizeHi)
	default:
		return true
	}
	if at >= 0 {
		v.violate(at, code, fmt.Sprintf("%s has %d %s, expected %s", excerpt(text), n, unit, want))
	}
	return false
}

// checkRange checks the bounds and the digits of an ordered value.
func (v *xmlCheck) checkRange(t *xmlSimple, text string, at int) bool {
	value := t.value(text, &v.digits)
	ok := true
	for i := range t.bounds {
		b := &t.bounds[i]
		if b.admits(t.kind, &value) {
			continue
		}
		if at < 0 {
			return false
		}
		ok = false
		v.violate(at, Code("cvc-"+b.facet+"-valid"), fmt.Sprintf("%s is out of range, expected %s", excerpt(text), b.describe()))
	}
	if t.total < 0 && t.after < 0 {
		return ok
	}
	d := &value.dec
	after := int(max(0, -d.exp))
	total := max(d.n+int(max(0, d.exp)), after)
	if t.total >= 0 && total > t.total {
		ok = false
		if at >= 0 {
			v.violate(at, "cvc-totalDigits-valid", fmt.Sprintf("%s has %d digits, expected at most %d", excerpt(text), total, t.total))
		}
	}
	if t.after >= 0 && after > t.after {
		ok = false
		if at >= 0 {
			v.violate(at, "cvc-fractionDigits-valid", fmt.Sprintf("%s has %d digits behind the point, expected at most %d", excerpt(text), after, t.after))
		}
	}
	return ok
}

// describe writes the range.
func (b *xmlBound) describe() string {
	switch {
	case b.upper && b.strict:
		return "less than " + b.text
	case b.upper:
		return "at most " + b.text
	case b.strict:
		return "more than " + b.text
	}
	return "at least " + b.text
}

// admits tells whether a value is inside. Values that cannot be compared, such
// as NaN and times with and without a zone that are close, are outside.
func (b *xmlBound) admits(k xmlKind, v *xmlValue) bool {
	c, ok := k.compare(v, &b.value)
	if !ok {
		return false
	}
	if b.upper {
		c = -c
	}
	return c > 0 || c == 0 && !b.strict
}

func (v *xmlCheck) checkEnumeration(t *xmlSimple, text, shown string, at int) bool {
	var found bool
	if t.kind == kindString || t.kind == kindURI {
		_, found = t.values[text]
	} else {
		key, ok := v.appendKey(v.key[:0], t, text)
		v.key = key[:0]
		if ok {
			_, found = t.values[string(key)]
		}
	}
	if !found && at >= 0 {
		v.violate(at, "cvc-enumeration-valid", fmt.Sprintf("%s is not one of %s", excerpt(shown), listed(t.literals)))
	}
	return found
}

// listed writes alternatives for a message: a few of them.
func listed(all []string) string {
	const shown = 12
	var b strings.Builder
	for i, s := range all {
		if i == shown {
			fmt.Fprintf(&b, " and %d more", len(all)-shown)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(excerpt(s))
	}
	return b.String()
}

// normalise processes the white space of a text (Part 2, section 4.3.6). It
// allocates only where something changes.
func normalise(s xmlSpacing, text string) string {
	switch s {
	case spaceReplace:
		if strings.ContainsAny(text, "\t\n\r") {
			return strings.Map(func(r rune) rune {
				if r == '\t' || r == '\n' || r == '\r' {
					return ' '
				}
				return r
			}, text)
		}
	case spaceCollapse:
		text = trimSpace(text)
		for i := 0; i < len(text); i++ {
			if c := text[i]; c < ' ' || c == ' ' && text[i+1] <= ' ' {
				return strings.Join(strings.FieldsFunc(text, isXMLSpace), " ")
			}
		}
	}
	return text
}

func isXMLSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// identify records what a valid value says about others: IDs, references to IDs,
// entities.
func (v *xmlCheck) identify(t *xmlSimple, raw string, at int) {
	switch {
	case t.kind == kindUnion:
		if m := v.member(t, raw); m != nil && m.special {
			v.identify(m, raw, at)
		}
		return
	case t.item != nil:
		for _, item := range strings.Fields(raw) {
			v.identify(t.item, item, at)
		}
		return
	}
	text := normalise(t.space, raw)
	switch t.builtin.role {
	case roleID:
		if _, twice := v.ids[text]; twice {
			v.violate(at, "cvc-id.2", fmt.Sprintf("the ID %s is given twice", excerpt(text)))
			return
		}
		if v.ids == nil {
			v.ids = map[string]struct{}{}
		}
		v.ids[text] = struct{}{}
	case roleIDRef:
		v.refs = append(v.refs, xmlRef{at, text})
	case roleEntity:
		// Entities are declared in document type declarations, which are
		// refused.
		v.violate(at, "cvc-simple-type.2", fmt.Sprintf("%s is not the name of a declared entity", excerpt(text)))
	}
}

// dangling records the references to IDs that the payload does not have
// (Part 1, section 3.15.4).
func (v *xmlCheck) dangling() {
	for _, r := range v.refs {
		if _, ok := v.ids[r.text]; !ok {
			v.violate(r.at, "cvc-id.1", fmt.Sprintf("there is no ID %s", excerpt(r.text)))
		}
	}
}

// xmlRef is a reference to an ID.
type xmlRef struct {
	at   int
	text string
}

// appendKey appends a text that equal values of a type share, and only those,
// and tells whether the text is a value. The text's white space must have been
// processed, unless the type is a union.
func (v *xmlCheck) appendKey(b []byte, t *xmlSimple, text string) ([]byte, bool) {
	switch t.kind {
	case kindUnion:
		m := v.member(t, text)
		if m == nil {
			return b, false
		}
		return v.appendKey(append(b, byte(m.kind)), m, normalise(m.space, text))
	case kindList:
		text = normalise(spaceCollapse, text)
		for i := 0; text != ""; i++ {
			var item string
			var ok bool
			item, text, _ = strings.Cut(text, " ")
			if i > 0 {
				b = append(b, ' ')
			}
			if b, ok = v.appendKey(b, t.item, item); !ok {
				return b, false
			}
		}
		return b, true
	case kindQName, kindNotation:
		prefix, local, ok := strings.Cut(text, ":")
		if !ok {
			prefix, local = "", text
		}
		space, ok := v.lookup(prefix)
		if space != "" {
			b = append(append(append(b, '{'), space...), '}')
		}
		return append(b, local...), ok
	}
	return t.kind.appendKey(b, text, &v.digits)
}
