package contract

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
)

// jsonTypes are the types by name.
var jsonTypes = map[model.JSONType]wire.JSONTypes{
	model.JSONNull:    wire.TNull,
	model.JSONBoolean: wire.TBoolean,
	model.JSONObject:  wire.TObject,
	model.JSONArray:   wire.TArray,
	model.JSONNumber:  wire.TNumber,
	model.JSONInteger: wire.TInteger,
	model.JSONString:  wire.TString,
}

// number checks an operand that is a number.
func (j *jsonCompiler) number(s *model.Schema, keyword string, text *string) string {
	if text == nil {
		return ""
	}
	if !isNumber(*text) {
		j.list.Errorf(at(s, keyword), codeValue, "%s is %q, which is no JSON number", keyword, *text)
		return ""
	}
	if keyword == "multipleOf" && !isPositive(*text) {
		j.list.Errorf(at(s, keyword), codeValue, "multipleOf is %s, which is not above zero", *text).
			WithHint("leave it out, or give the step between two values")
		return ""
	}
	return *text
}

// isNumber tells whether text is a number of JSON (RFC 8259, section 6).
func isNumber(text string) bool {
	c := &wire.JSONContract{Schemas: []wire.JSONSchema{{Types: wire.TNumber}}}
	return c.Validate([]byte(text)) == nil && text[0] != ' ' && text[len(text)-1] != ' '
}

// isPositive tells whether a number is above zero.
func isPositive(text string) bool {
	c := &wire.JSONContract{Schemas: []wire.JSONSchema{{ExclusiveMinimum: "0"}}}
	return c.Validate([]byte(text)) == nil
}

// min returns a lower bound of a count as the tables have it. No payload holds
// more than math.MaxInt32 of anything.
func (j *jsonCompiler) min(s *model.Schema, keyword string, n *int) int {
	if n == nil || !j.count(s, keyword, *n) {
		return 0
	}
	return min(*n, math.MaxInt32)
}

// max returns an upper bound of a count as the tables have it.
func (j *jsonCompiler) max(s *model.Schema, keyword string, n *int) int {
	switch {
	case n == nil || !j.count(s, keyword, *n) || *n >= math.MaxInt32:
		return 0
	case *n == 0:
		return wire.JSONNone
	}
	return *n
}

func (j *jsonCompiler) count(s *model.Schema, keyword string, n int) bool {
	if n < 0 {
		j.list.Errorf(at(s, keyword), codeValue, "%s is %s, which is below zero", keyword, strconv.Itoa(n))
		return false
	}
	return true
}

// pattern returns the index of a pattern.
func (j *jsonCompiler) pattern(at model.Position, source string) int {
	if i, ok := j.patterns[source]; ok {
		return i
	}
	re2, err := jsonschema.RuntimePattern(source)
	if err == nil {
		if _, err = wire.NewPattern(re2); err != nil {
			err = fmt.Errorf("%w (translated to %s)", err, re2)
		}
	}
	if err != nil {
		d := j.list.Errorf(at, codePattern, "the pattern %q cannot be used: %v", source, err)
		if p := (*jsonschema.PatternError)(nil); errors.As(err, &p) {
			d.WithHint("%s", p.Hint)
		}
		return 0
	}
	j.out.Patterns = append(j.out.Patterns, wire.JSONPattern{Source: source, RE2: re2})
	j.patterns[source] = len(j.out.Patterns) - 1
	return j.patterns[source]
}
