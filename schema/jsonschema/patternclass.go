package jsonschema

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// This file reads what stands for a character or a set of them: escapes and
// bracket expressions (ECMA-262, section 22.2.1, AtomEscape and CharacterClass).

// escaped is what an escape stands for: one character, or a set, written as the
// inside of a bracket expression.
type escaped struct {
	char rune
	set  string
	// text is how to write it outside brackets, when the source's own spelling
	// means the same in RE2.
	text string
}

// atomEscape reads an escape outside brackets.
func (t *translator) atomEscape() {
	e := t.escape(false)
	switch {
	case e.text != "":
		t.out.WriteString(e.text)
	case e.set != "":
		t.out.WriteString("[" + e.set + "]")
	default:
		t.out.WriteString(literal(e.char))
	}
}

// escape reads an escape. Inside brackets, \b is the backspace.
func (t *translator) escape(inClass bool) escaped {
	start := t.pos
	t.pos++
	if t.pos >= len(t.src) {
		t.fail(start, "a backslash at the end", `write \\ for the character`)
	}
	r, size := utf8.DecodeRuneInString(t.src[t.pos:])
	t.pos += size
	source := t.src[start:t.pos]
	switch r {
	case 'd':
		return escaped{set: `0-9`, text: source}
	case 'D':
		return escaped{set: `\x00-/:-\x{10ffff}`, text: source}
	case 'w':
		return escaped{set: `0-9A-Z_a-z`, text: source}
	case 'W':
		return escaped{set: "\\x00-/:-@\\[-\\^`{-\\x{10ffff}", text: source}
	case 's':
		return escaped{set: spaceRanges}
	case 'S':
		return escaped{set: nonSpaceRanges}
	case 't':
		return escaped{char: '\t', text: source}
	case 'n':
		return escaped{char: '\n', text: source}
	case 'v':
		return escaped{char: '\v', text: source}
	case 'f':
		return escaped{char: '\f', text: source}
	case 'r':
		return escaped{char: '\r', text: source}
	case 'b':
		if inClass {
			return escaped{char: '\b'}
		}
	case '0':
		if c := t.peek(); c >= '0' && c <= '9' {
			t.fail(start, "an octal escape", `write \xHH with two hexadecimal digits`)
		}
		return escaped{char: 0}
	case '1', '2', '3', '4', '5', '6', '7', '8', '9':
		t.fail(start, "the backreference "+source, "RE2 has no backreferences; write the alternatives out")
	case 'k':
		t.fail(start, "the backreference "+source, "RE2 has no backreferences; write the alternatives out")
	case 'c':
		if c := t.peek(); c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			t.pos++
			return escaped{char: rune(c) & 31}
		}
		t.fail(start, `\c without a letter`, `write \\c for a backslash and a c`)
	case 'x':
		return escaped{char: t.hex(start, 2)}
	case 'u':
		return escaped{char: t.unicode(start)}
	case 'p', 'P':
		return t.property(start, r == 'P')
	}
	if r < utf8.RuneSelf && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
		t.fail(start, "the escape "+source+" means nothing in ECMA-262", "remove the backslash, or write what is meant: ^ and $ for the ends of the text")
	}
	if r < ' ' || r >= utf8.RuneSelf {
		return escaped{char: r}
	}
	return escaped{char: r, text: source}
}

// hex reads n hexadecimal digits.
func (t *translator) hex(start, n int) rune {
	if t.pos+n <= len(t.src) {
		if v, err := strconv.ParseUint(t.src[t.pos:t.pos+n], 16, 32); err == nil {
			t.pos += n
			return rune(v)
		}
	}
	t.fail(start, fmt.Sprintf("%s without %d hexadecimal digits", t.src[start:start+2], n), "")
	return 0
}

// unicode reads what follows \u: four digits, two such escapes that are a
// surrogate pair, or digits in braces.
func (t *translator) unicode(start int) rune {
	if t.peek() == '{' {
		end := strings.IndexByte(t.src[t.pos:], '}')
		if end > 1 {
			v, err := strconv.ParseUint(t.src[t.pos+1:t.pos+end], 16, 32)
			if err == nil && v <= unicode.MaxRune && !utf16.IsSurrogate(rune(v)) {
				t.pos += end + 1
				return rune(v)
			}
		}
		t.fail(start, `\u{...} is not a character`, "")
	}
	r := t.hex(start, 4)
	if !utf16.IsSurrogate(r) {
		return r
	}
	if t.has(`\u`) {
		t.pos += 2
		if r = utf16.DecodeRune(r, t.hex(start, 4)); r != utf8.RuneError {
			return r
		}
	}
	t.fail(start, "half of a surrogate pair", "no JSON text holds one by itself; write both halves")
	return 0
}

// property reads what follows \p or \P (section 22.2.1, UnicodePropertyValue-
// Expression): a general category or a script.
func (t *translator) property(start int, negated bool) escaped {
	end := strings.IndexByte(t.src[t.pos:], '}')
	if t.peek() != '{' || end < 0 {
		t.fail(start, t.src[start:start+2]+" without a property in braces", `write \p{L} or \p{Letter}`)
	}
	name := t.src[t.pos+1 : t.pos+end]
	t.pos += end + 1
	key, value, ok := strings.Cut(name, "=")
	if !ok {
		key, value = "General_Category", name
	}
	// RE2 knows these tables by their short names only.
	re2 := ""
	switch key {
	case "General_Category", "gc":
		re2 = category(value)
		if !ok {
			switch value {
			case "Any":
				re2 = anyRanges
			case "ASCII":
				re2 = `\x00-\x7f`
			}
		}
	case "Script", "sc":
		if _, known := unicode.Scripts[value]; known {
			re2 = `\p{` + value + `}`
		}
	}
	if re2 == "" {
		t.fail(start, "the Unicode property "+name+" is not one that RE2 knows", "general categories such as Lu and scripts such as Script=Greek are; else write the ranges out")
	}
	if !negated {
		return escaped{set: re2}
	}
	switch {
	case re2 == anyRanges:
		return escaped{set: `^` + anyRanges}
	case strings.HasPrefix(re2, `\p{`) && strings.Count(re2, `\p`) == 1:
		return escaped{set: `\P` + re2[2:]}
	}
	return escaped{set: "^" + re2}
}

// category returns the general category of that name or alias as the inside of
// a bracket expression.
func category(name string) string {
	if name == "LC" || name == "Cased_Letter" {
		return `\p{Lu}\p{Ll}\p{Lt}`
	}
	if long, ok := categoryNames[name]; ok {
		name = long
	}
	// Cn is what the tables leave out; Go 1.24's RE2 does not know the name.
	if _, ok := unicode.Categories[name]; !ok || name == "Cn" || name == "C" {
		return ""
	}
	return `\p{` + name + `}`
}

// categoryNames are the long names of general categories, as
// PropertyValueAliases.txt of the Unicode Character Database has them.
var categoryNames = map[string]string{
	"Letter": "L", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll",
	"Titlecase_Letter": "Lt", "Modifier_Letter": "Lm", "Other_Letter": "Lo",
	"Mark": "M", "Combining_Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me",
	"Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
	"Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd",
	"Open_Punctuation": "Ps", "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi",
	"Final_Punctuation": "Pf", "Other_Punctuation": "Po",
	"Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So",
	"Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp",
	"Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co",
}

// class reads a bracket expression.
func (t *translator) class() {
	start := t.pos
	t.pos++
	negated := t.peek() == '^'
	if negated {
		t.pos++
	}
	var set strings.Builder
	negatedProperty := ""
	for {
		if t.pos >= len(t.src) {
			t.fail(start, "a bracket that is not closed", `write \[ for the character`)
		}
		if t.peek() == ']' {
			t.pos++
			break
		}
		at := t.pos
		low := t.classAtom()
		if low.set == "" && t.peek() == '-' && t.pos+1 < len(t.src) && t.src[t.pos+1] != ']' {
			dash := t.pos
			t.pos++
			high := t.classAtom()
			if high.set == "" {
				if low.char > high.char {
					t.fail(at, "a range of characters the wrong way round", `write \- for a hyphen`)
				}
				set.WriteString(classLiteral(low.char) + "-" + classLiteral(high.char))
				continue
			}
			t.pos = dash // a set ends no range: the hyphen is one
		}
		switch {
		case strings.HasPrefix(low.set, "^"):
			negatedProperty = low.set
		case low.set != "":
			set.WriteString(low.set)
		default:
			set.WriteString(classLiteral(low.char))
		}
	}
	switch {
	case negatedProperty != "" && (negated || set.Len() > 0):
		t.fail(start, "a complement of a Unicode property inside brackets with others", "write it outside of the brackets")
	case negatedProperty != "":
		t.out.WriteString("[" + negatedProperty + "]")
	case set.Len() == 0 && negated:
		t.out.WriteString("[" + anyRanges + "]")
	case set.Len() == 0 && t.within > 0:
		// An expression that the compiler knows to match nothing would take the
		// group around it along.
		t.out.WriteString(`\z` + notLineEnd)
	case set.Len() == 0:
		t.out.WriteString("[^" + anyRanges + "]")
	case negated:
		t.out.WriteString("[^" + set.String() + "]")
	default:
		t.out.WriteString("[" + set.String() + "]")
	}
}

// classAtom reads one character or escape inside brackets.
func (t *translator) classAtom() escaped {
	if t.peek() == '\\' {
		return t.escape(true)
	}
	r, size := utf8.DecodeRuneInString(t.src[t.pos:])
	t.pos += size
	return escaped{char: r}
}

// literal writes a character outside brackets.
func literal(r rune) string {
	switch {
	case strings.ContainsRune(`\.+*?()|[]{}^$`, r):
		return `\` + string(r)
	case !printable(r):
		return fmt.Sprintf(`\x{%x}`, r)
	}
	return string(r)
}

// classLiteral writes a character inside brackets.
func classLiteral(r rune) string {
	switch {
	case strings.ContainsRune(`\[]^-`, r):
		return `\` + string(r)
	case !printable(r):
		return fmt.Sprintf(`\x{%x}`, r)
	}
	return string(r)
}

func printable(r rune) bool { return unicode.IsGraphic(r) && (r == ' ' || !unicode.IsSpace(r)) }
