package model

// XMLContract is an XML schema as its components (XML Schema Part 1, section
// 2.2), with references resolved.
type XMLContract struct {
	TargetNamespace string `json:",omitempty"`
	// Roots are the global elements that a document may have as its root, the
	// chosen one first.
	Roots []ElementID
	// Elements and Types hold every component that is reachable from Roots.
	// ElementID n is Elements[n-1]; XMLTypeID n is Types[n-1].
	Elements []Element
	Types    []XMLType
	// Attributes are the global attribute declarations, which the wildcards of
	// attributes refer to. Required and Prohibited do not apply to them.
	Attributes []AttributeUse `json:",omitempty"`
}

// Element returns the element declaration that id names.
func (c *XMLContract) Element(id ElementID) *Element { return &c.Elements[id-1] }

// Type returns the type definition that id names.
func (c *XMLContract) Type(id XMLTypeID) *XMLType { return &c.Types[id-1] }

// ElementID names an element declaration of a contract, from 1; 0 is none.
type ElementID int

// XMLTypeID names a type definition of a contract, from 1; 0 is none.
type XMLTypeID int

// Unbounded is the maxOccurs of a particle without an upper bound.
const Unbounded = -1

// Element is an element declaration (Part 1, section 3.3).
type Element struct {
	ID       ElementID
	At       Position
	Name     XMLName
	Type     XMLTypeID
	Nillable bool    `json:",omitempty"`
	Abstract bool    `json:",omitempty"`
	Default  *string `json:",omitempty"`
	Fixed    *string `json:",omitempty"`
	// Prefixes are those of the names in Default or Fixed.
	Prefixes []XMLPrefix `json:",omitempty"`
	// Substitutes is the head of the substitution group it belongs to.
	Substitutes ElementID `json:",omitempty"`
	// Block lists what a document may not put in the element's place:
	// "extension", "restriction", "substitution".
	Block []string `json:",omitempty"`
	// Identities are its identity constraints.
	Identities []Identity `json:",omitempty"`
}

// XMLPrefix is a namespace that a prefix stands for in a value of the contract;
// that of names without a prefix has the prefix "".
type XMLPrefix struct{ Prefix, Space string }

// Identity is an identity constraint (Part 1, section 3.11).
type Identity struct {
	At    Position
	Kind  IdentityKind
	Name  XMLName
	Refer XMLName // the key that a keyref refers to
	// Selector and Fields are the paths of its XPath expressions, which are
	// alternatives; Fields has a list for each field.
	Selector []IdentityPath
	Fields   [][]IdentityPath
}

// IdentityKind is what an identity constraint demands.
type IdentityKind string

// The kinds of identity constraint.
const (
	IdentityUnique IdentityKind = "unique"
	IdentityKey    IdentityKind = "key"
	IdentityKeyRef IdentityKind = "keyref"
)

// IdentityPath is a path of the XPath subset of identity constraints (Part 1,
// section 3.11.6). A path of no steps is the element itself.
type IdentityPath struct {
	Deep  bool `json:",omitempty"` // it begins with .//
	Steps []IdentityStep
}

// IdentityStep is a step of a path: child elements of a name or, as the last
// one of a field, an attribute.
type IdentityStep struct {
	Attribute bool    `json:",omitempty"`
	Name      XMLName // Local is "*" for any name
	AnySpace  bool    `json:",omitempty"` // with "*": in any namespace
}

// XMLType is a type definition: simple (Part 1, section 3.14) or complex (3.4).
type XMLType struct {
	ID   XMLTypeID
	At   Position
	Name *XMLName  `json:",omitempty"` // nil for an anonymous type
	Base XMLTypeID `json:",omitempty"`
	// Extends says that a complex type extends its base; otherwise it restricts
	// it.
	Extends bool `json:",omitempty"`
	// Content is the variety of what the element may hold.
	Content XMLContent
	// Simple is set when Content is ContentSimple.
	Simple *SimpleType `json:",omitempty"`
	// Particle is set when Content is ContentElements or ContentMixed and the
	// content model is not empty.
	Particle *Particle `json:",omitempty"`
	// Attributes is set for complex types only.
	Attributes   []AttributeUse `json:",omitempty"`
	AnyAttribute *Wildcard      `json:",omitempty"`
	// Complex tells a complex type with simple content from a simple type.
	Complex  bool `json:",omitempty"`
	Abstract bool `json:",omitempty"`
	// Block lists the derivations that xsi:type may not use: "extension",
	// "restriction".
	Block []string `json:",omitempty"`
}

// XMLContent is the variety of an element's content.
type XMLContent string

// The varieties of content.
const (
	ContentEmpty    XMLContent = "empty"
	ContentSimple   XMLContent = "simple"
	ContentElements XMLContent = "elementOnly"
	ContentMixed    XMLContent = "mixed"
	ContentAny      XMLContent = "any" // xs:anyType
)

// AttributeUse is an attribute that a complex type allows.
type AttributeUse struct {
	At         Position
	Name       XMLName
	Type       XMLTypeID
	Required   bool    `json:",omitempty"`
	Prohibited bool    `json:",omitempty"`
	Default    *string `json:",omitempty"`
	Fixed      *string `json:",omitempty"`
	// Prefixes are those of the names in Default or Fixed.
	Prefixes []XMLPrefix `json:",omitempty"`
}

// Particle is a term of a content model with its occurrence bounds (Part 1,
// section 3.9).
type Particle struct {
	At       Position
	Kind     ParticleKind
	Min, Max int        // Max may be Unbounded
	Element  ElementID  `json:",omitempty"`
	Wildcard *Wildcard  `json:",omitempty"`
	Parts    []Particle `json:",omitempty"` // of a sequence, choice or all
}

// ParticleKind is what a particle's term is.
type ParticleKind string

// The kinds of particle.
const (
	ParticleElement  ParticleKind = "element"
	ParticleWildcard ParticleKind = "any"
	ParticleSequence ParticleKind = "sequence"
	ParticleChoice   ParticleKind = "choice"
	ParticleAll      ParticleKind = "all"
)

// Wildcard is xs:any or xs:anyAttribute (Part 1, section 3.10).
type Wildcard struct {
	At Position
	// Namespaces lists the namespaces admitted; "" is no namespace. AnyNamespace
	// admits all; Not admits all but the listed ones and no namespace.
	Namespaces   []string `json:",omitempty"`
	AnyNamespace bool     `json:",omitempty"`
	Not          bool     `json:",omitempty"`
	Process      string   // "strict", "lax" or "skip"
}

// SimpleType is a simple type definition (Part 2), with the facets of its
// whole derivation chain.
type SimpleType struct {
	Variety Variety
	// Builtin is the nearest built-in type of Part 2 that it derives from, by
	// local name ("decimal", "int", "token").
	Builtin    string
	WhiteSpace string      // "preserve", "replace" or "collapse"
	Item       XMLTypeID   `json:",omitempty"` // of a list
	Members    []XMLTypeID `json:",omitempty"` // of a union, in order
	Facets     []Facet     `json:",omitempty"`
	// Enumeration is the set of literal values, nil when there is none. Values
	// of QName and NOTATION are written {namespace}local.
	Enumeration []EnumValue `json:",omitempty"`
	// Patterns are the pattern facets, one entry for each derivation step: a
	// value must match one pattern of every entry.
	Patterns [][]string `json:",omitempty"`
}

// Variety is how a simple type is built (Part 2, section 2.5.1).
type Variety string

// The varieties of simple type.
const (
	Atomic    Variety = "atomic"
	ListOf    Variety = "list"
	UnionOf   Variety = "union"
	AnySimple Variety = "anySimpleType"
)

// Facet is a constraining facet other than pattern, enumeration and
// whiteSpace (Part 2, section 4.3). XSD's minInclusive is Minimum here.
type Facet struct {
	Kind  ConstraintKind
	Value string
	At    Position
}
