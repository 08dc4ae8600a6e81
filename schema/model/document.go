package model

// Document is one document type, as one contract or a pair of contracts
// describe it.
type Document struct {
	// Name is the document's own name: the root element's local name, or the
	// JSON Schema's title. It is also the wrapper that the JSON form may carry
	// ({"Response": {...}}).
	Name string
	Doc  Doc
	// Wrapped says that the JSON Schema demands that wrapper: its root is an
	// object with the one member Name, and Root is the type of that member.
	Wrapped bool `json:",omitempty"`
	// Root is the type of the document's root value.
	Root TypeID
	// RootElement is the expanded name of the root element; nil without an XSD.
	RootElement *XMLName `json:",omitempty"`
	// Prefixes are those that the XSD declares, by namespace.
	Prefixes map[string]string `json:",omitempty"`
	// Types holds every type of the document, each once, in the order in which
	// a walk from the root meets them.
	Types []Type
	// XML and JSON are the contracts' assertions; nil for the form that has no
	// contract.
	XML  *XMLContract  `json:",omitempty"`
	JSON *JSONContract `json:",omitempty"`
	// Sources names the contract files, the first of each form first.
	Sources []Source
}

// Type returns the type that id names, or nil if the document has none.
func (d *Document) Type(id TypeID) *Type {
	for i := range d.Types {
		if d.Types[i].ID == id {
			return &d.Types[i]
		}
	}
	return nil
}

// Source is one contract file.
type Source struct {
	Form   Form
	File   string // relative to the contract's folder
	Name   string `json:"-"` // as the user knows it
	SHA256 string // hexadecimal digest of the file's bytes
}

// Form is a wire form.
type Form string

// The two wire forms.
const (
	XML  Form = "xml"
	JSON Form = "json"
)

// Position is a place in a contract file.
type Position struct {
	File   string
	Line   int // from 1; 0 when the position is a whole file
	Column int // from 1, in bytes
	// Path is the JSON Pointer (RFC 6901) of the node in a JSON Schema, or the
	// path of the component in an XSD ("/schema/complexType[Tag]/attribute[id]").
	Path string
}

// Doc is what a contract says about a node in prose. It is untrusted text: it
// must pass through the generator's comment wrapper before it is Go.
type Doc struct {
	Title       string   `json:",omitempty"`
	Description string   `json:",omitempty"`
	Examples    []string `json:",omitempty"` // JSON texts or lexical values
	Deprecated  bool     `json:",omitempty"`
}

// TypeID names a type by its position in a contract, never by its order:
// "#/definitions/Tag" or "{urn:x}Tag" for a named type, and the path from the
// named type (or the root) for an anonymous one. Adding or re-ordering
// neighbours changes no identifier.
type TypeID string

// Type is one type of a document. Exactly the part that Kind names is set.
type Type struct {
	ID   TypeID
	Name string `json:",omitempty"` // the name the contract gives it; empty for an anonymous type
	// Element is the global element that an anonymous type is declared in, which
	// is a name of it, too.
	Element string `json:",omitempty"`
	Doc     Doc
	At      []Position // where the contracts declare it; one each, XSD first
	Kind    Kind

	Record *Record      `json:",omitempty"`
	List   *List        `json:",omitempty"`
	Scalar *Scalar      `json:",omitempty"`
	Enum   *Enumeration `json:",omitempty"`
	Union  *Union       `json:",omitempty"`

	// Constraints bound the values of the type.
	Constraints []Constraint `json:",omitempty"`
	// XMLType is the type in the XML contract, of one that is a list or a union
	// there: it has rules that Constraints do not.
	XMLType XMLTypeID `json:",omitempty"`
	Hints   Hints
}

// Kind is the shape of a type.
type Kind string

// The kinds of type.
const (
	KindRecord      Kind = "record"      // a fixed set of named fields
	KindList        Kind = "list"        // any number of one type, as a value of its own (an xs:list, a root array, an array in an array)
	KindScalar      Kind = "scalar"      // one indivisible value
	KindEnumeration Kind = "enumeration" // one of a listed set of scalars
	KindUnion       Kind = "union"       // one of several types
	KindAny         Kind = "any"         // anything at all, kept as it was spelled
)

// Record is a type with named fields.
type Record struct {
	Fields []Field
	// Mixed says that text may stand between the child elements (XSD mixed).
	Mixed bool `json:",omitempty"`
	// Additional is the type of members that no field names: a typed map beside
	// the fields. Empty: such members are unknown, kept as they were spelled.
	Additional TypeID `json:",omitempty"`
	// AdditionalNull says that those may be null too.
	AdditionalNull bool `json:",omitempty"`
	// Patterns are the types of members whose names match a pattern.
	Patterns []PatternField `json:",omitempty"`
	// Others says that the contract admits values that are no objects too.
	Others bool `json:",omitempty"`
	// Closed says that the contract forbids members that no field names. They
	// are still kept in lenient decoding; the validators report them.
	Closed bool `json:",omitempty"`
}

// PatternField types every member whose name matches a pattern.
type PatternField struct {
	Pattern string // ECMA-262, unanchored
	Type    TypeID
	Null    bool `json:",omitempty"` // they may be null too
	At      []Position
}

// Field is one field of a record.
type Field struct {
	Name string // the member's name; of a pair, the name both forms use or else the JSON name
	Doc  Doc
	At   []Position // where the contracts declare it; one each, XSD first
	// Occurs is how often the member may stand in one record.
	Occurs Occurs
	// Repeatable says that the contract lets the member repeat but does not mean
	// a list: a pair's other contract decides. It is what an element in a
	// repeated choice is, and no merged document has it.
	Repeatable bool `json:",omitempty"`
	// MinItems and MaxItems bound a field of Occurs Many; MaxItems 0: no bound.
	MinItems int    `json:",omitempty"`
	MaxItems int    `json:",omitempty"`
	Type     TypeID // of one item when Occurs is Many
	// Default and Fixed are lexical values (XSD) or JSON texts (JSON Schema).
	Default *string `json:",omitempty"`
	Fixed   *string `json:",omitempty"`

	XML  *XMLBinding  `json:",omitempty"` // nil: not in the XML form
	JSON *JSONBinding `json:",omitempty"` // nil: not in the JSON form

	ReadOnly  bool `json:",omitempty"`
	WriteOnly bool `json:",omitempty"`
	Hints     Hints
}

// Occurs is a field's cardinality.
type Occurs string

// The cardinalities.
const (
	One      Occurs = "one"
	Optional Occurs = "optional"
	Many     Occurs = "many"
)

// XMLBinding is how a field stands in XML.
type XMLBinding struct {
	Node XMLNode
	Name XMLName
	// Wrapper is the element around a list's items, if there is one.
	Wrapper *XMLName `json:",omitempty"`
	// WrapperOptional says that it may be absent, as it is without items.
	WrapperOptional bool `json:",omitempty"`
	// WrapperNillable says that xsi:nil="true" may stand for the list.
	WrapperNillable bool `json:",omitempty"`
	// Nillable says that xsi:nil="true" may stand for the value.
	Nillable bool `json:",omitempty"`
	// Given is the text that an element means which holds nothing: the default or
	// the fixed value of its declaration (XSD Part 1, section 3.3.1), unless names
	// stand in it that have prefixes.
	Given string `json:",omitempty"`
}

// XMLNode is the kind of XML node that carries a field.
type XMLNode string

// The XML nodes a field can be bound to.
const (
	NodeElement   XMLNode = "element"
	NodeAttribute XMLNode = "attribute"
	NodeText      XMLNode = "text" // the element's own character data
	NodeAny       XMLNode = "any"  // elements that a wildcard admits
)

// XMLName is an expanded name (Namespaces in XML 1.0, section 2.1).
type XMLName struct {
	Space string `json:",omitempty"`
	Local string
}

// JSONBinding is how a field stands in JSON.
type JSONBinding struct {
	Name string
	// Spellings are the JSON types that the contract allows for a scalar, the
	// one to write first. Empty: the natural one of the type.
	Spellings []JSONType `json:",omitempty"`
	// Bare says that a single item of a field of Occurs Many may stand without
	// the array around it.
	Bare bool `json:",omitempty"`
	// Null says that the contract allows null, NullItems that it allows null
	// among the items of a field of Occurs Many.
	Null      bool `json:",omitempty"`
	NullItems bool `json:",omitempty"`
	// Required says that the member must be there, which of a list Occurs does
	// not say.
	Required bool `json:",omitempty"`
}

// JSONType is a type of JSON value, as JSON Schema spells it.
type JSONType string

// The types of JSON value.
const (
	JSONNull    JSONType = "null"
	JSONBoolean JSONType = "boolean"
	JSONObject  JSONType = "object"
	JSONArray   JSONType = "array"
	JSONNumber  JSONType = "number"
	JSONInteger JSONType = "integer"
	JSONString  JSONType = "string"
)

// List is any number of values of one type.
type List struct {
	Item TypeID
	// Tuple types the first items one by one; Item then types the rest, and is
	// empty when there must be none.
	Tuple []TypeID `json:",omitempty"`
	// Null says that items may be null.
	Null bool `json:",omitempty"`
	// Text says that a text holds the items in JSON too, as it does in XML: with
	// white space between them.
	Text bool `json:",omitempty"`
	// Others says that the contract admits values that are no lists too.
	Others bool `json:",omitempty"`
}

// Scalar is one indivisible value.
type Scalar struct {
	Primitive Primitive
	// WhiteSpace is what the XML contract does to white space in a text (XSD
	// Part 2, section 4.3.6): "replace" or "collapse"; empty: nothing.
	WhiteSpace string `json:",omitempty"`
}

// Primitive is the value space of a scalar.
type Primitive string

// The primitives. Numbers are classed by the Go type that holds every value
// the contract admits.
const (
	String     Primitive = "string"
	Boolean    Primitive = "boolean"
	Int32      Primitive = "int32"
	Int64      Primitive = "int64"
	Uint64     Primitive = "uint64"
	Integer    Primitive = "integer" // unbounded
	Decimal    Primitive = "decimal" // unbounded
	Float32    Primitive = "float32"
	Float64    Primitive = "float64"
	Time       Primitive = "time"     // an instant with its zone offset; see Hints.Layouts
	DateTime   Primitive = "dateTime" // XSD's date and time types, by lexical form
	Date       Primitive = "date"
	TimeOf     Primitive = "timeOfDay"
	Duration   Primitive = "duration"
	GYearMonth Primitive = "gYearMonth"
	GYear      Primitive = "gYear"
	GMonthDay  Primitive = "gMonthDay"
	GDay       Primitive = "gDay"
	GMonth     Primitive = "gMonth"
	Base64     Primitive = "base64Binary"
	Hex        Primitive = "hexBinary"
	QName      Primitive = "QName"
	URI        Primitive = "anyURI"
)

// Enumeration is a listed set of scalar values.
type Enumeration struct {
	Primitive  Primitive
	WhiteSpace string `json:",omitempty"` // as in Scalar
	Values     []EnumValue
	// Open says that the contract admits other values too, which it does not
	// list: it is a union of such a set and of texts.
	Open bool `json:",omitempty"`
}

// EnumValue is one value of an enumeration.
type EnumValue struct {
	Value string // the lexical value
	Doc   Doc
	At    []Position
	// Text is the value as an XSD spells it where the type may hold names, which
	// are {namespace}local in Value; Prefixes are those of the names.
	Text     string      `json:",omitempty"`
	Prefixes []XMLPrefix `json:",omitempty"`
}

// Union is one of several types.
type Union struct {
	Variants []Variant
	// Exclusive says that exactly one variant may match (oneOf); otherwise the
	// first that matches is meant (anyOf, xs:union).
	Exclusive bool `json:",omitempty"`
	// Text says that a text spells the value in JSON too, as it does in XML.
	Text bool `json:",omitempty"`
	// Discriminator is the JSON name of the member whose constant value tells
	// the variants apart; empty when there is none.
	Discriminator string `json:",omitempty"`
}

// Variant is one branch of a union.
type Variant struct {
	Type  TypeID
	Value string `json:",omitempty"` // the discriminator's constant
	At    []Position
}

// Hints are what a contract says to biform alone: an "x-biform" member in a
// JSON Schema, or an xs:appinfo whose source is "urn:biform" and whose text is
// the same JSON object.
type Hints struct {
	// Type overrides the primitive: "time" for a timestamp in a string.
	Type string `json:"type,omitempty"`
	// Layouts are the spellings of a time, as package time writes layouts.
	Layouts []string `json:"layouts,omitempty"`
	// Absent are the sentinels that stand for "no value".
	Absent []string `json:"absent,omitempty"`
	// EmptyIsAbsent says that an empty string means the same as no member. On
	// the document's root it holds for every string.
	EmptyIsAbsent bool `json:"emptyIsAbsent,omitempty"`
	// GoName and GoType override the generated name and type.
	GoName string `json:"goName,omitempty"`
	GoType string `json:"goType,omitempty"`
	// Since says in which version of the document the field or type came, in
	// the vendor's own words. It is for readers, and changes no code.
	Since string `json:"since,omitempty"`
}
