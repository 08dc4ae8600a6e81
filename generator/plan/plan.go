package plan

import "github.com/biform/biform/schema/model"

// Package is the Go package to generate.
type Package struct {
	Name    string
	Doc     model.Doc
	Sources []model.Source
	// XML and JSON say which forms have a contract.
	XML, JSON bool
	// Root is the record at the document's root.
	Root *Record
	// RootElement is the root element's expanded name, RootTag its name as it
	// is written, and Declarations the namespace declarations written with it.
	RootElement  model.XMLName
	RootTag      string
	Declarations string
	// RootGiven is what a root element means that holds nothing.
	RootGiven string
	// KeepDefault says that no element is written without a prefix, while values
	// may be: they need the default namespace of the payload.
	KeepDefault bool
	// Wrapper is the name that may stand around the root in JSON.
	Wrapper string

	Records  []*Record
	Enums    []*Enum
	Tables   []*Table
	Guesses  int // that a decoder needs for all tables
	Slabs    []*Slab
	Patterns []*Pattern
	// Examples are examples of the document, in JSON.
	Examples []string
}

// RecordKind says what a struct stands for in the document.
type RecordKind string

// The kinds of struct.
const (
	RecordObject RecordKind = "object" // members by name
	RecordBox    RecordKind = "box"    // one value, or the items of one list
	RecordTuple  RecordKind = "tuple"  // a list whose first items have types of their own
	RecordUnion  RecordKind = "union"  // one of several types: a pointer for each
)

// Value tells whether a record stands for a value of the document, which XML
// has as a text.
func (k RecordKind) Value() bool { return k != RecordObject }

// Record is a struct type.
type Record struct {
	Kind   RecordKind
	ID     model.TypeID
	Name   string
	Doc    model.Doc
	At     []model.Position
	Fields []*Field
	// Additional is the map of the members that no field names and whose type
	// the contract gives, or nil; Matches are those by pattern.
	Additional *Field
	Matches    []*Match
	// Order is the field that keeps the order of the children, where the
	// contract leaves it open; empty: it fixes it. Mixed says that text may
	// stand between them.
	Order string
	Mixed bool
	// Others says that the contract admits values of other JSON types too.
	Others bool
	// Raw is the field of a union that keeps a value which is none of its
	// variants and of a list that keeps one which is no list; empty: none.
	Raw string
	// Simple is the type in the XML contract that a box or a union stands for, 0
	// without one. AsText says that JSON has its values as texts, as XML does.
	// Checked says that Validate asks the XML contract about the text.
	Simple  model.XMLTypeID
	Checked bool
	AsText  bool
	// Slice says that the record is no struct, but a slice of its one field's items.
	Slice bool
	// Unread says that the record is a document that is no object, which has a
	// place for what cannot be read in it.
	Unread bool
	// Unknown is the name of the field that keeps undeclared members; empty: none.
	Unknown string
	// Receiver is the name of the receiver in its methods, Reader the stem of
	// what decoders have for it: the constants and the slab of Tag begin with tag.
	Receiver string
	Reader   string
	// Elements, Attributes and Members are the tables of its children, its
	// attributes and its JSON members. Elements and Members are one table when
	// they would be equal; Attributes is nil when there are none.
	Elements, Attributes, Members *Table
	// Asks says that Validate asks something of it, or of a record that it holds.
	Asks bool
	// Defaults says that it has fields with defaults, or holds records that do.
	Defaults bool
	// Nillable says that its element may stand with xsi:nil and no content.
	Nillable bool
	// Hollow says that nothing of it need be written, and that the contracts
	// say of such a record that it is absent.
	Hollow bool
	// Text is the field that holds the element's own text, or nil.
	Text *Field
	// Slab is where decoders take it from; nil when it is always part of
	// another record.
	Slab *Slab
}

// Match is the map of the members whose names match a pattern.
type Match struct {
	*Field
	Pattern string // the name of the variable
}

// Field is a field of a struct.
type Field struct {
	Name   string
	Doc    model.Doc
	At     []model.Position
	Model  *model.Field
	Occurs model.Occurs
	Shape  Shape
	// Primitive is set for scalars and enumerations, Record and Enum for those.
	Primitive model.Primitive
	Record    *Record
	Enum      *Enum
	// Item is what a map or a list in a text holds.
	Item *Field
	// Bare says that its record is a slice, and the field all of it.
	Bare bool
	// Simple is the type in the XML contract that the text of a value is checked
	// against, 0 for none; of the variant of a union, the type that it is of.
	Simple model.XMLTypeID
	// AsText says that JSON has the list, or the variant, as a text, as XML does.
	AsText bool
	part   bool // it is a part of a value: a variant of a union, an item of XML's
	// Whole says that it is part of a text that Validate checks as a whole against
	// the XML contract.
	Whole bool
	// Pointer says that the field is a pointer: absent is nil.
	Pointer bool
	// EmptyIsAbsent says that a string, or a time, is absent when it is empty.
	EmptyIsAbsent bool
	// Slab is where pointers to it, or the items of its list, come from.
	Slab *Slab
	// XMLIndex and JSONIndex are its entries in the tables; they are one when
	// the table is shared.
	XMLIndex, JSONIndex *Index
	// Tag is the element's or attribute's name as it is written.
	Tag string
	// Wrapper is the element around the items of the list, if there is one.
	Wrapper *Wrapper
	// Spelling is how JSON writes the scalar.
	Spelling model.JSONType
	// Kinds are the JSON types of a union's variant.
	Kinds []model.JSONType
	// Schema is the variant's schema in the JSON contract, by position.
	Schema model.Position
	// Nillable says that the element may stand for no value: the Go type is a
	// wire.Nillable.
	Nillable bool
	// WritesNil says that a nil pointer is an element with xsi:nil.
	WritesNil bool
	// Default is the value for a field that is absent; nil: none, or none that
	// the Go type holds.
	Default *Value
	// WhiteSpace is what the XML contract does to white space in the text.
	WhiteSpace string
	// KeepEmpty says that an empty object or element is a record of its own,
	// which the contract allows, and not nothing.
	KeepEmpty bool
	// KeepNone says that a list without items, or a map without entries, is a
	// value of its own, which is not nil, and not nothing.
	KeepNone bool
	// PointerItems says that the items of the list are pointers, for null.
	PointerItems bool
	Checks       []Check
}

// Shape is what kind of Go value a field holds.
type Shape string

// The shapes.
const (
	ShapeScalar Shape = "scalar"
	ShapeEnum   Shape = "enum"
	ShapeRecord Shape = "record"
	ShapeRaw    Shape = "raw"  // kept as it was spelled
	ShapeMap    Shape = "map"  // values by name
	ShapeList   Shape = "list" // values between white space, in one text of XML
)

// Enum is a string type with constants.
type Enum struct {
	ID     model.TypeID
	Name   string
	Doc    model.Doc
	Values []EnumValue
	Open   bool // the contract admits others
	Slab   *Slab
}

// EnumValue is a constant of an enumeration.
type EnumValue struct {
	Name  string
	Value string
	Doc   model.Doc
}

// Table is a table of members for the decoders.
type Table struct {
	Name    string // of the variable
	Base    int    // see wire.NewMembers
	Space   string // the namespace of its elements
	Ordered bool
	Mixed   bool
	Open    bool // there are maps for the members that are not listed
	Nulls   bool // whose values may be null
	Others  bool // a value may stand that is no object
	Entries []*Index
}

// Wrapper is an element around the items of a list, which is no record.
type Wrapper struct {
	Tag      string // its name as it is written
	Index    *Index // its entry among the elements of the record around it
	Items    *Table // its one child, the item
	Optional bool   // it is absent when there are no items
	Nillable bool   // it has xsi:nil then, where JSON has null
}

// Index is one entry of a table, and the constant that names its index.
type Index struct {
	Const    string
	Name     string // of the member
	Space    string // when it differs from the table's
	Many     bool
	Bare     bool
	List     string
	Given    string
	Empty    bool
	Null     bool
	KeepNull bool
	Blank    bool
	Spelled  []model.JSONType
	Absent   []string
	Layouts  []string
}

// Slab is a slab of values of one Go type.
type Slab struct {
	Field string // its name in the decoder
	Type  GoType
	First int // how many values a fresh result has room for from the start
	Part  int // which part of the decoder's slabs it stands in; 0: there are no parts
}

// GoType names a type: one of Go's own, one of the package, or one of the
// runtime's.
type GoType struct {
	Runtime bool
	Name    string
	// Nillable says that the type is a wire.Nillable of it.
	Nillable bool
}

// Pattern is a pattern that Validate uses.
type Pattern struct {
	Name   string // of the variable
	Source string // RE2 syntax
}

// Check is one question that Validate asks of a field.
type Check struct {
	Kind    CheckKind
	Code    string // the constant of package wire, or the keyword itself
	Operand string // a number, or the name of a pattern
	Message string
}

// CheckKind is what a check compares.
type CheckKind string

// The kinds of check.
const (
	CheckRequired CheckKind = "required"
	CheckEnum     CheckKind = "enum"
	CheckAtLeast  CheckKind = "at least"
	CheckAtMost   CheckKind = "at most"
	CheckAbove    CheckKind = "above"
	CheckBelow    CheckKind = "below"
	CheckMinRunes CheckKind = "min runes"
	CheckMaxRunes CheckKind = "max runes"
	CheckMinItems CheckKind = "min items"
	CheckMaxItems CheckKind = "max items"
	CheckPattern  CheckKind = "pattern"
	CheckSimple   CheckKind = "simple" // against the field's Simple
)

// Schemas lists the schemas that the decoders ask about, by position.
func (p *Package) Schemas() []model.Position {
	var list []model.Position
	if p == nil {
		return nil
	}
	for _, r := range p.Records {
		if r.Kind == RecordUnion && !r.AsText {
			for _, f := range r.Fields {
				list = append(list, f.Schema)
			}
		}
	}
	return list
}
