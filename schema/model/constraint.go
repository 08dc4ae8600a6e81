package model

// Constraint is one rule that a contract puts on the values of a type. The
// same rule of XSD and JSON Schema is one kind here: maxLength is maxLength.
type Constraint struct {
	Kind ConstraintKind
	// Value is the rule's operand: an exact decimal for a bound or a count, the
	// source text for a pattern, empty for uniqueItems.
	Value string
	// Form is the contract that states the rule.
	Form Form
	At   Position
}

// ConstraintKind names a rule.
type ConstraintKind string

// The rules. Lengths count characters (Unicode code points) for strings,
// octets for binary, items for lists.
const (
	MinLength        ConstraintKind = "minLength"
	MaxLength        ConstraintKind = "maxLength"
	Pattern          ConstraintKind = "pattern" // JSON Schema: ECMA-262, unanchored; XSD: its own language, anchored
	Minimum          ConstraintKind = "minimum" // inclusive
	Maximum          ConstraintKind = "maximum"
	ExclusiveMinimum ConstraintKind = "exclusiveMinimum"
	ExclusiveMaximum ConstraintKind = "exclusiveMaximum"
	MultipleOf       ConstraintKind = "multipleOf"
	TotalDigits      ConstraintKind = "totalDigits"
	FractionDigits   ConstraintKind = "fractionDigits"
	MinItems         ConstraintKind = "minItems"
	MaxItems         ConstraintKind = "maxItems"
	UniqueItems      ConstraintKind = "uniqueItems"
	MinProperties    ConstraintKind = "minProperties"
	MaxProperties    ConstraintKind = "maxProperties"
	Format           ConstraintKind = "format"
)
