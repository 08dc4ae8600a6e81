package wire

import (
	"fmt"
	"slices"
	"strings"
)

// jsonKindNames are the kinds as messages call them.
var jsonKindNames = [...]string{
	"null", "a boolean", "a boolean", "an integer", "a number", "a string", "an array", "an object",
}

// jsonWanted lists the types of a set of kinds.
func jsonWanted(kinds uint8) string {
	var names []string
	for k, name := range jsonKindNames {
		switch {
		case kinds&(1<<k) == 0, slices.Contains(names, name):
		case k == jsonInteger && kinds&(1<<jsonNumber) != 0:
		default:
			names = append(names, name)
		}
	}
	return jsonList(len(names), func(i int) string { return names[i] })
}

// jsonList writes a list of alternatives, at most ten of them.
func jsonList(n int, name func(int) string) string {
	var b strings.Builder
	for i := range n {
		switch {
		case i == 10 && n > 11:
			fmt.Fprintf(&b, " or %d more", n-i)
			return b.String()
		case i > 0 && i == n-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(name(i))
	}
	return b.String()
}

// excerptOf shows a value in a message.
func (v *jsonCheck) excerptOf(i int) string {
	e := &v.entries[i]
	switch e.kind() {
	case jsonString:
		return excerpt(string(v.str(e)))
	case jsonArray, jsonObject:
		return jsonKindNames[e.kind()]
	}
	return excerptOfText(string(v.text[e.off:e.end]))
}

// excerptOfText shortens a JSON text.
func excerptOfText(text string) string {
	if len(text) > maxExcerpt {
		return beginning(text) + "..."
	}
	return text
}

// jsonCountOf spells a number of things.
func jsonCountOf(n int, thing string) string {
	switch {
	case n == 1:
		return "1 " + thing
	case strings.HasSuffix(thing, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(thing, "y"))
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func (v *jsonCheck) wrongType(n *jsonNode, i int) bool {
	kind := v.entries[i].kind()
	switch {
	case n.types == 0:
		return v.at(i, "false", "no value is allowed here")
	case n.types&(1<<kind) != 0:
		// The number is no integer.
		return v.at(i, ErrType, "%s is not an integer", v.excerptOf(i))
	case n.whole:
		return v.at(i, ErrType, "is %s, want %s", jsonKindNames[kind], jsonWanted(n.types&^(1<<jsonNumber)))
	}
	return v.at(i, ErrType, "is %s, want %s", jsonKindNames[kind], jsonWanted(n.types))
}

func (v *jsonCheck) wrongValue(n *jsonNode, i int, keyword Code, values *jsonValues) bool {
	if len(values.texts) == 0 {
		return v.at(i, keyword, "no value is allowed here")
	}
	want := jsonList(len(values.texts), func(k int) string { return excerptOfText(values.texts[k]) })
	return v.at(i, keyword, "is %s, want %s", v.excerptOf(i), want)
}

func (v *jsonCheck) wrongLength(n *jsonNode, i int, length int) bool {
	r := n.str
	if length < r.min {
		return v.at(i, "minLength", "%s has %s, want at least %d", v.excerptOf(i), jsonCountOf(length, "character"), r.min)
	}
	return v.at(i, "maxLength", "%s has %s, want at most %d", v.excerptOf(i), jsonCountOf(length, "character"), r.max)
}

func (v *jsonCheck) wrongPattern(n *jsonNode, i int) bool {
	return v.at(i, ErrPattern, "%s does not match the pattern %s", v.excerptOf(i), n.str.pattern.source)
}

func (v *jsonCheck) wrongFormat(n *jsonNode, i int, keyword Code, f *Format) bool {
	return v.at(i, keyword, "%s is no %s", v.excerptOf(i), f.Name)
}

func (v *jsonCheck) wrongNumber(n *jsonNode, i int, r *jsonNumberRule) bool {
	want := map[Code]string{
		"multipleOf":       "a multiple of",
		ErrMinimum:         "at least",
		"exclusiveMinimum": "more than",
		ErrMaximum:         "at most",
		"exclusiveMaximum": "less than",
	}[r.keyword]
	return v.at(i, r.keyword, "is %s, want %s %s", v.excerptOf(i), want, r.text)
}

func (v *jsonCheck) wrongCount(n *jsonNode, i int, count int) bool {
	r := n.arr
	if count < r.min {
		return v.at(i, "minItems", "has %s, want at least %d", jsonCountOf(count, "item"), r.min)
	}
	return v.at(i, "maxItems", "has %s, want at most %d", jsonCountOf(count, "item"), r.max)
}

func (v *jsonCheck) wrongContains(n *jsonNode, i int, matches int) bool {
	r := n.arr
	what := jsonCountOf(matches, "item")
	if matches == 0 {
		what = "no item"
	}
	switch {
	case matches > r.containsMax:
		return v.at(i, "maxContains", "has %s like %s, want at most %d", what, v.name(r.contains), r.containsMax)
	case n.schema.MinContains != 0:
		return v.at(i, "minContains", "has %s like %s, want at least %d", what, v.name(r.contains), r.containsMin)
	}
	return v.at(i, "contains", "has %s like %s, want at least 1", what, v.name(r.contains))
}

func (v *jsonCheck) wrongTwins(n *jsonNode, i, first, second int) bool {
	m := i + 1
	for range second {
		m = jsonNext(v.entries, m)
	}
	return v.at(m, "uniqueItems", "is equal to item %d, want no two equal items", first)
}

func (v *jsonCheck) missing(n *jsonNode, i int) bool {
	for _, name := range n.schema.Required {
		if v.member(i, name) == 0 {
			v.at(i, ErrRequired, "member %s is missing", excerpt(name))
		}
	}
	return false
}

func (v *jsonCheck) missingDependent(n *jsonNode, i int, name, required string) bool {
	return v.at(i, "dependentRequired", "member %s is missing, which must be there because %s is", excerpt(required), excerpt(name))
}

func (v *jsonCheck) wrongSize(n *jsonNode, i int, count int) bool {
	r := n.obj
	if count < r.min {
		return v.at(i, "minProperties", "has %s, want at least %d", jsonCountOf(count, "member"), r.min)
	}
	return v.at(i, "maxProperties", "has %s, want at most %d", jsonCountOf(count, "member"), r.max)
}

// unwanted reports a member or item that a keyword of n's does not admit.
func (v *jsonCheck) unwanted(n *jsonNode, m int, keyword Code) bool {
	e := &v.entries[m]
	if e.name == 0 {
		return v.at(m, keyword, "an item too many: none is allowed here")
	}
	name := string(v.memberName(m))
	hint := ""
	if n.obj != nil {
		for k := range n.obj.names.list {
			if known := n.obj.names.list[k].text; strings.EqualFold(known, name) && n.obj.members[k].declared {
				hint = "; did you mean " + excerpt(known) + "?"
			}
		}
	}
	return v.add(e.name-1, keyword, "member %s is not allowed here%s", excerpt(name), hint)
}

// wrongName reports a member whose name, as the entry named, breaks
// propertyNames.
func (v *jsonCheck) wrongName(n *jsonNode, m, named int) bool {
	why := ""
	r := &v.report
	from := len(r.found)
	r.tentative++
	section := r.section
	r.section = from
	v.eval(n.obj.nameRule, named, false)
	if len(r.found) > from {
		why = ": " + r.found[from].message
	}
	r.found, r.section = r.found[:from], section
	r.tentative--
	return v.add(v.entries[m].name-1, "propertyNames", "the name %s is not allowed%s", excerpt(string(v.memberName(m))), why)
}

func (v *jsonCheck) unwantedMatch(n *jsonNode, i int) bool {
	return v.at(i, "not", "must not match %s", v.name(n.place.not))
}
