package wire

import (
	"sync"
)

// JSONContract is a JSON Schema as tables: what a generated ValidateJSON hands
// to the engine. Package contract of the generator compiles a schema into it;
// it is plain data, meant to be written down as a composite literal and read.
//
// Schemas refer to each other, and to patterns, by index. Entry 0 of Schemas
// and of Patterns admits everything, so that a reference that is left out is no
// rule. References are resolved, subschemas that say the same are one entry,
// and of a keyword whose meaning has changed between drafts the tables hold the
// meaning, not the spelling.
//
// What is asserted is every assertion and applicator of drafts 4, 6, 7, 2019-09
// and 2020-12. The keywords format, contentEncoding and contentMediaType are
// annotations, as the drafts from 2019-09 on have it, unless the contract or
// whoever compiled it asks for more: then schemas have a Format.
//
// The tables are prepared for the engine when a payload is validated for the
// first time; they must not change then. A contract must not be copied, and is
// safe for concurrent use.
type JSONContract struct {
	// Root is the schema of the whole payload.
	Root     int
	Schemas  []JSONSchema
	Patterns []JSONPattern
	// Formats are the formats that are asserted; entry 0 admits everything.
	Formats []Format
	// PlainIntegers says that 1.0 is no integer, as in draft 4.
	PlainIntegers bool
	// ContainsEvaluates says that an item which matches Contains is not
	// unevaluated, as from draft 2020-12.
	ContainsEvaluates bool

	once    sync.Once
	program *jsonProgram
	err     error
}

// JSONSchema is one schema of a [JSONContract]. The zero value of a field is a
// keyword that is absent. A maximum of zero is written as [JSONNone], and so is
// a MinContains of zero.
//
// The fields have the keywords' newest names, and so have the codes of
// violations: PrefixItems and Items are the items and additionalItems of older
// drafts, DependentRequired and DependentSchemas their dependencies.
type JSONSchema struct {
	// At is where the schema stands in the contract, as a JSON Pointer.
	At string
	// False is the schema that admits nothing.
	False bool

	// Types are the types admitted; zero means any.
	Types JSONTypes
	// Enum and Const are JSON texts.
	Enum  []string
	Const string

	// The bounds of numbers, as JSON numbers.
	MultipleOf       string
	Minimum          string
	Maximum          string
	ExclusiveMinimum string
	ExclusiveMaximum string

	// Lengths count Unicode code points. Pattern is an index into Patterns.
	MinLength int
	MaxLength int
	Pattern   int
	// Format and Content are indexes into Formats: what format asks for, and
	// contentEncoding with contentMediaType.
	Format  int
	Content int

	// PrefixItems are the schemas of the first items, Items that of the others.
	PrefixItems      []int
	Items            int
	Contains         int
	MinContains      int // of items that match Contains; 0 means 1
	MaxContains      int
	MinItems         int
	MaxItems         int
	UniqueItems      bool
	UnevaluatedItems int

	Properties            []JSONProperty
	PatternProperties     []JSONPatternProperty
	AdditionalProperties  int
	PropertyNames         int
	Required              []string
	MinProperties         int
	MaxProperties         int
	DependentRequired     []JSONDependency
	DependentSchemas      []JSONProperty
	UnevaluatedProperties int

	AllOf []int
	AnyOf []int
	OneOf []int
	Not   int
	If    int
	Then  int
	Else  int
	// Ref is another schema that must hold as well. With RefAnchor, it is the
	// schema with that anchor in the outermost resource on the way from the
	// root that has one, and Ref if there is none.
	Ref       int
	RefAnchor string
	// Resource numbers the schema resource that the schema stands in, and
	// Anchor is its dynamic anchor there.
	Resource int
	Anchor   string
}

// JSONNone is a maximum, or a MinContains, of zero.
const JSONNone = -1

// JSONTypes is a set of JSON types.
type JSONTypes uint8

// The types of JSON Schema. TNumber holds TInteger.
const (
	TNull JSONTypes = 1 << iota
	TBoolean
	TInteger
	TNumber
	TString
	TArray
	TObject
)

// JSONProperty is the schema of a member.
type JSONProperty struct {
	Name   string
	Schema int
}

// JSONPatternProperty is the schema of the members whose names match a pattern.
type JSONPatternProperty struct {
	Pattern int
	Schema  int
}

// JSONDependency lists the members that must be there when Name is.
type JSONDependency struct {
	Name     string
	Required []string
}

// JSONPattern is a regular expression: as the contract spells it (ECMA-262),
// which is what messages repeat, and as package regexp understands it.
type JSONPattern struct {
	Source string
	RE2    string
}

// Validate returns nil when data is a JSON payload (RFC 8259) that the contract
// admits, and [Violations] otherwise: every rule that is broken, in document
// order, or the one reason why data is no JSON at all. Names given twice in an
// object, invalid UTF-8, halves of surrogate pairs and more than
// [DefaultMaxDepth] levels are such reasons.
//
// Of alternatives (anyOf, oneOf) that all fail, the violations are those of the
// one that was meant: the one that admits the value's type and the constant in
// it that tells alternatives apart, or else got furthest.
//
// Validate does not change data and keeps no reference to it.
func (c *JSONContract) Validate(data []byte) error {
	c.once.Do(c.prepare)
	if c.err != nil {
		return c.err
	}
	v := jsonChecks.Get().(*jsonCheck)
	defer jsonChecks.Put(v)
	v.program = c.program
	switch {
	case !v.read(data, c.program.root):
		return Violations{v.fault.violation(data)}
	case v.broken:
		return v.explain(data)
	}
	return nil
}

var jsonChecks = sync.Pool{New: func() any { return new(jsonCheck) }}
