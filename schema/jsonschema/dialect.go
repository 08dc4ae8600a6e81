package jsonschema

import (
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
)

// dialect is a draft, and what a meta-schema of its own makes of it.
type dialect struct {
	draft model.Draft
	// url names the draft's meta-schema.
	url string
	// vocabularies are those that a meta-schema of the contract's own lists;
	// nil: the draft's own.
	vocabularies []string
}

// dialects are the drafts that biform knows, the oldest first.
var dialects = []dialect{
	{draft: model.Draft4, url: "http://json-schema.org/draft-04/schema"},
	{draft: model.Draft6, url: "http://json-schema.org/draft-06/schema"},
	{draft: model.Draft7, url: "http://json-schema.org/draft-07/schema"},
	{draft: model.Draft2019_09, url: "https://json-schema.org/draft/2019-09/schema"},
	{draft: model.Draft2020_12, url: "https://json-schema.org/draft/2020-12/schema"},
}

// generation numbers the drafts in order.
func generation(d model.Draft) int {
	return slices.IndexFunc(dialects, func(x dialect) bool { return x.draft == d })
}

// The generations, for comparisons.
const (
	gen4 = iota
	gen6
	gen7
	gen2019
	gen2020
)

func (d *dialect) generation() int { return generation(d.draft) }

// dialectOf returns the dialect of a draft.
func dialectOf(d model.Draft) *dialect {
	if i := generation(d); i >= 0 {
		return &dialects[i]
	}
	return nil
}

// knownDialect returns the dialect that a $schema names, or nil.
func knownDialect(url string) *dialect {
	url = strings.TrimSuffix(url, "#")
	url = strings.Replace(url, "http://", "https://", 1)
	if url == "https://json-schema.org/schema" {
		return dialectOf(model.Draft2020_12)
	}
	for i := range dialects {
		if strings.Replace(dialects[i].url, "http://", "https://", 1) == url {
			return &dialects[i]
		}
	}
	return nil
}

// idKeyword is the keyword that names a schema.
func (d *dialect) idKeyword() string {
	if d.draft == model.Draft4 {
		return "id"
	}
	return "$id"
}

// refAlone says that a $ref makes all other members of its object void (drafts
// 4 to 7).
func (d *dialect) refAlone() bool { return d.generation() <= gen7 }

// place says where subschemas stand in a keyword's value.
type place uint8

const (
	inNone  place = iota
	inValue       // the value is a schema
	inArray       // its items are
	inBoth        // the value, or its items when it is an array
	inNames       // the values of its members are
)

// keyword is one row of the table of keywords.
type keyword struct {
	name       string
	from, to   int    // generations that have it
	vocabulary string // the last segment of its vocabulary's name, from 2019-09
	place      place
}

// keywords are all keywords of all drafts. Keywords that a later draft has
// renamed but still reserves (definitions, dependencies) are honoured there, as
// its meta-schema advises.
var keywords = []keyword{
	{"$schema", gen4, gen2020, "core", inNone},
	{"id", gen4, gen4, "core", inNone},
	{"$id", gen6, gen2020, "core", inNone},
	{"$ref", gen4, gen2020, "core", inNone},
	{"$comment", gen7, gen2020, "core", inNone},
	{"$anchor", gen2019, gen2020, "core", inNone},
	{"$vocabulary", gen2019, gen2020, "core", inNone},
	{"$recursiveRef", gen2019, gen2019, "core", inNone},
	{"$recursiveAnchor", gen2019, gen2019, "core", inNone},
	{"$dynamicRef", gen2020, gen2020, "core", inNone},
	{"$dynamicAnchor", gen2020, gen2020, "core", inNone},
	{"$defs", gen2019, gen2020, "core", inNames},
	{"definitions", gen4, gen2020, "core", inNames},

	{"type", gen4, gen2020, "validation", inNone},
	{"enum", gen4, gen2020, "validation", inNone},
	{"const", gen6, gen2020, "validation", inNone},
	{"multipleOf", gen4, gen2020, "validation", inNone},
	{"minimum", gen4, gen2020, "validation", inNone},
	{"maximum", gen4, gen2020, "validation", inNone},
	{"exclusiveMinimum", gen4, gen2020, "validation", inNone},
	{"exclusiveMaximum", gen4, gen2020, "validation", inNone},
	{"minLength", gen4, gen2020, "validation", inNone},
	{"maxLength", gen4, gen2020, "validation", inNone},
	{"pattern", gen4, gen2020, "validation", inNone},
	{"minItems", gen4, gen2020, "validation", inNone},
	{"maxItems", gen4, gen2020, "validation", inNone},
	{"uniqueItems", gen4, gen2020, "validation", inNone},
	{"minContains", gen2019, gen2020, "validation", inNone},
	{"maxContains", gen2019, gen2020, "validation", inNone},
	{"minProperties", gen4, gen2020, "validation", inNone},
	{"maxProperties", gen4, gen2020, "validation", inNone},
	{"required", gen4, gen2020, "validation", inNone},
	{"dependentRequired", gen2019, gen2020, "validation", inNone},

	{"properties", gen4, gen2020, "applicator", inNames},
	{"patternProperties", gen4, gen2020, "applicator", inNames},
	{"additionalProperties", gen4, gen2020, "applicator", inValue},
	{"propertyNames", gen6, gen2020, "applicator", inValue},
	{"dependencies", gen4, gen2020, "applicator", inNames},
	{"dependentSchemas", gen2019, gen2020, "applicator", inNames},
	{"prefixItems", gen2020, gen2020, "applicator", inArray},
	{"items", gen4, gen2020, "applicator", inBoth},
	{"additionalItems", gen4, gen2019, "applicator", inValue},
	{"contains", gen6, gen2020, "applicator", inValue},
	{"allOf", gen4, gen2020, "applicator", inArray},
	{"anyOf", gen4, gen2020, "applicator", inArray},
	{"oneOf", gen4, gen2020, "applicator", inArray},
	{"not", gen4, gen2020, "applicator", inValue},
	{"if", gen7, gen2020, "applicator", inValue},
	{"then", gen7, gen2020, "applicator", inValue},
	{"else", gen7, gen2020, "applicator", inValue},
	{"unevaluatedItems", gen2019, gen2020, "unevaluated", inValue},
	{"unevaluatedProperties", gen2019, gen2020, "unevaluated", inValue},

	{"format", gen4, gen2020, "format", inNone},
	{"contentEncoding", gen7, gen2020, "content", inNone},
	{"contentMediaType", gen7, gen2020, "content", inNone},
	{"contentSchema", gen2019, gen2020, "content", inValue},

	{"title", gen4, gen2020, "meta-data", inNone},
	{"description", gen4, gen2020, "meta-data", inNone},
	{"default", gen4, gen2020, "meta-data", inNone},
	{"examples", gen6, gen2020, "meta-data", inNone},
	{"readOnly", gen7, gen2020, "meta-data", inNone},
	{"writeOnly", gen7, gen2020, "meta-data", inNone},
	{"deprecated", gen2019, gen2020, "meta-data", inNone},
}

// keywordTable finds the rows by name.
var keywordTable = func() map[string]*keyword {
	m := make(map[string]*keyword, len(keywords))
	for i := range keywords {
		m[keywords[i].name] = &keywords[i]
	}
	return m
}()

// keyword returns the row of a keyword that the dialect has, or nil.
func (d *dialect) keyword(name string) *keyword {
	k := keywordTable[name]
	g := d.generation()
	if k == nil || g < k.from || g > k.to || !d.hasVocabulary(k.vocabulary) {
		return nil
	}
	return k
}

// hasVocabulary tells whether keywords of a vocabulary mean something in the
// dialect. The core always does. Annotations cost nothing, so that a
// meta-schema that does not list theirs takes nothing away.
func (d *dialect) hasVocabulary(name string) bool {
	if d.vocabularies == nil || name == "core" || name == "meta-data" || name == "format" || name == "content" {
		return true
	}
	if name == "unevaluated" && d.draft == model.Draft2019_09 {
		name = "applicator" // where 2019-09 has these keywords
	}
	return slices.ContainsFunc(d.vocabularies, func(v string) bool { return strings.HasSuffix(v, "/vocab/"+name) })
}

// assertsFormat tells whether the dialect's own meta-schema asks that format be
// an assertion (2020-12, Validation 7.2.2).
func (d *dialect) assertsFormat() bool {
	return slices.ContainsFunc(d.vocabularies, func(v string) bool { return strings.HasSuffix(v, "/vocab/format-assertion") })
}
