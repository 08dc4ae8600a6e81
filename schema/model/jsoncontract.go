package model

// JSONContract is a JSON Schema as a graph of subschemas, every keyword of
// every vocabulary that asserts something, with references resolved.
type JSONContract struct {
	Draft Draft
	Root  SchemaID
	// Schemas holds every subschema that is reachable from Root, each once.
	// SchemaID n is Schemas[n-1].
	Schemas []Schema
	// FormatAsserted says that format is a rule of this contract, not only an
	// annotation: where its meta-schema lists the format-assertion vocabulary,
	// and on request.
	FormatAsserted bool `json:",omitempty"`
	// ContentAsserted says the same of contentEncoding and contentMediaType,
	// which are rules on request only.
	ContentAsserted bool `json:",omitempty"`
}

// Schema returns the subschema that id names.
func (c *JSONContract) Schema(id SchemaID) *Schema { return &c.Schemas[id-1] }

// Draft is a version of JSON Schema.
type Draft string

// The drafts.
const (
	Draft4       Draft = "draft-04"
	Draft6       Draft = "draft-06"
	Draft7       Draft = "draft-07"
	Draft2019_09 Draft = "2019-09"
	Draft2020_12 Draft = "2020-12"
)

// SchemaID names a subschema of a contract, from 1; 0 is none.
type SchemaID int

// Schema is one subschema. Unset keywords are zero; a pointer tells a keyword
// that is absent from one whose value is zero.
type Schema struct {
	ID SchemaID
	At Position
	// Boolean is set for the schemas true and false, which have no keywords.
	Boolean *bool    `json:",omitempty"`
	Ref     SchemaID `json:",omitempty"`
	// DynamicRef is the anchor that $dynamicRef or $recursiveRef looks for in
	// the dynamic scope, Ref then being where it points statically.
	DynamicRef    string   `json:",omitempty"`
	DynamicAnchor string   `json:",omitempty"`
	Resource      SchemaID `json:",omitempty"` // the schema resource (a $id) it stands in

	// Any instance (JSON Schema Validation 6.1).
	Types []JSONType  `json:",omitempty"` // empty: any
	Enum  []JSONValue `json:",omitempty"` // nil: any
	Const *JSONValue  `json:",omitempty"`

	// Numbers (6.2), as exact decimals.
	MultipleOf       *string `json:",omitempty"`
	Minimum          *string `json:",omitempty"`
	Maximum          *string `json:",omitempty"`
	ExclusiveMinimum *string `json:",omitempty"`
	ExclusiveMaximum *string `json:",omitempty"`

	// Strings (6.3).
	MinLength        *int     `json:",omitempty"`
	MaxLength        *int     `json:",omitempty"`
	Pattern          *string  `json:",omitempty"`
	Format           *string  `json:",omitempty"`
	ContentEncoding  *string  `json:",omitempty"`
	ContentMediaType *string  `json:",omitempty"`
	ContentSchema    SchemaID `json:",omitempty"`

	// Arrays (6.4). PrefixItems is also the array form of draft-07's items, and
	// Items its additionalItems.
	PrefixItems      []SchemaID `json:",omitempty"`
	Items            SchemaID   `json:",omitempty"`
	Contains         SchemaID   `json:",omitempty"`
	MinContains      *int       `json:",omitempty"`
	MaxContains      *int       `json:",omitempty"`
	MinItems         *int       `json:",omitempty"`
	MaxItems         *int       `json:",omitempty"`
	UniqueItems      bool       `json:",omitempty"`
	UnevaluatedItems SchemaID   `json:",omitempty"`

	// Objects (6.5), in the order of the contract's text.
	Properties            []NamedSchema   `json:",omitempty"`
	PatternProperties     []NamedSchema   `json:",omitempty"` // Name is the pattern
	AdditionalProperties  SchemaID        `json:",omitempty"`
	PropertyNames         SchemaID        `json:",omitempty"`
	Required              []string        `json:",omitempty"`
	MinProperties         *int            `json:",omitempty"`
	MaxProperties         *int            `json:",omitempty"`
	DependentRequired     []NamedRequired `json:",omitempty"`
	DependentSchemas      []NamedSchema   `json:",omitempty"`
	UnevaluatedProperties SchemaID        `json:",omitempty"`

	// Applicators in place (Core 10.2).
	AllOf []SchemaID `json:",omitempty"`
	AnyOf []SchemaID `json:",omitempty"`
	OneOf []SchemaID `json:",omitempty"`
	Not   SchemaID   `json:",omitempty"`
	If    SchemaID   `json:",omitempty"`
	Then  SchemaID   `json:",omitempty"`
	Else  SchemaID   `json:",omitempty"`

	// Keywords says where each keyword stands in the contract's text.
	Keywords map[string]Position `json:",omitempty"`
}

// NamedSchema is a subschema under a property name or a pattern.
type NamedSchema struct {
	Name   string
	Schema SchemaID
}

// NamedRequired lists what must be present when Name is.
type NamedRequired struct {
	Name     string
	Required []string
}

// JSONValue is a JSON value of a contract (of enum or const).
type JSONValue struct {
	Text string // compact JSON text, numbers as the contract spells them
	At   Position
}
