package wire

import (
	"sync"
)

// XMLContract is an XML schema as tables (XML Schema Part 1, section 2.2): what
// [XMLContract.Validate] needs to know, and nothing else. It is written down as
// a composite literal by the generator, or made in memory; either way it is not
// changed after its first use, and then safe for concurrent use.
//
// A reference to an entry of a list is its index. Entry 0 of every list is
// unused, so that the reference 0 is none and a literal reads
//
//	Elements: []wire.XMLElement{
//		1: {Name: "Response", Type: 2},
//		2: {Name: "EventName", Type: 1},
//	}
type XMLContract struct {
	// Roots are the global elements: those that a document may have as its
	// root, and that wildcards refer to. There may be none: a document's root
	// then names its type with xsi:type.
	Roots []int
	// Root is the only element that a document may have as its root, in Elements;
	// 0 for any of Roots.
	Root int
	// Attributes are the global attributes, which wildcards refer to.
	Attributes []XMLAttribute
	Elements   []XMLElement
	Types      []XMLType
	Simple     []XMLSimple
	States     []XMLState
	Wildcards  []XMLWildcard
	Identities []XMLIdentity

	once   sync.Once
	tables *xmlTables
	err    error
}

// XMLElement is an element declaration (Part 1, section 3.3).
type XMLElement struct {
	Name  string
	Space string // its namespace
	Type  int    // in Types
	// Given says what Value is.
	Given    XMLGiven
	Value    string
	Prefixes []XMLPrefix // of Value
	Nillable bool
	Abstract bool
	// Substitutes is the head of the substitution group it belongs to. Content
	// models list the members of a group themselves.
	Substitutes int
	// Block lists what may not stand in its place: XMLExtension and
	// XMLRestriction count.
	Block XMLDerivation
	// Identities are its identity constraints, in Identities.
	Identities []int
}

// XMLPrefix is a namespace that a prefix stands for in a value that the schema
// states; "" is the prefix of names without one.
type XMLPrefix struct{ Prefix, Space string }

// XMLGiven says what the value of an element or attribute declaration is.
type XMLGiven uint8

// The value constraints (Part 1, section 3.2.1).
const (
	XMLDefault XMLGiven = iota + 1 // holds where nothing stands
	XMLFixed                       // and nothing else may stand
)

// XMLDerivation is a set of ways to derive a type from another.
type XMLDerivation uint8

// The ways of derivation (Part 1, section 2.2.1.1).
const (
	XMLRestriction XMLDerivation = 1 << iota
	XMLExtension
)

// XMLContent is the variety of what an element may hold.
type XMLContent uint8

// The varieties of content (Part 1, section 3.4.1).
const (
	XMLEmpty    XMLContent = iota // nothing, not even white space
	XMLText                       // a value of a simple type
	XMLChildren                   // elements only
	XMLMixed                      // elements, with text between them
	XMLAny                        // anything: xs:anyType
)

// XMLType is a type definition (Part 1, sections 3.4 and 3.14).
type XMLType struct {
	// Name and Space are what xsi:type calls it; "" for an anonymous type.
	Name  string
	Space string
	// Base is the type it is derived from, when that is in Types, and Derived
	// how.
	Base    int
	Derived XMLDerivation
	Content XMLContent
	// Complex tells a complex type with simple content from a simple type.
	Complex  bool
	Abstract bool
	Block    XMLDerivation
	// Simple is the type of the text, of XMLText.
	Simple int
	// Start is the state that the content model begins in, of XMLChildren and
	// XMLMixed; 0 when there can be no child elements.
	Start int
	// Attributes are those that it allows, and AnyAttribute is the wildcard for
	// further ones.
	Attributes   []XMLAttribute
	AnyAttribute int
}

// XMLAttribute is the use of an attribute, with its declaration (Part 1,
// sections 3.2 and 3.5).
type XMLAttribute struct {
	Name     string
	Space    string
	Simple   int
	Required bool
	Given    XMLGiven
	Value    string
	Prefixes []XMLPrefix // of Value
}

// XMLState is a state of a content model, which is a deterministic automaton
// over element names.
type XMLState struct {
	// Final says that the content may end here.
	Final bool
	// Next lists what may come next.
	Next []XMLStep
	// Else is a state whose steps are allowed here as well: that what comes
	// next is optional costs one reference, whatever stands behind it.
	Else int
	// Max makes the state one that counts: the steps that lead back to it may be
	// taken until it has been reached Max times in a row, and the others, like the
	// end, are open from Min times on.
	Min int
	Max int
	// All makes the state an xs:all group: every step may be taken once, in any
	// order, and leads back here; the content may end when all the required ones
	// were taken, or with Final when none was.
	All bool
	// Parts make the state a whole content model, in which groups are repeated a
	// number of times that must be counted. Part 0 is the outermost. Every step
	// leads back here, and names the particle that it is.
	Parts []XMLPart
}

// XMLPart is a particle of a content model (Part 1, section 3.9).
type XMLPart struct {
	// Choice makes it a choice of its parts rather than a sequence.
	Choice bool
	Min    int
	Max    int // -1: unbounded
	// Parts are its parts, in the Parts of the state, behind it; none: it reads
	// an element.
	Parts []int
}

// XMLStep is one element, or any of a wildcard, that may come next.
type XMLStep struct {
	Element  int
	Wildcard int
	To       int
	// Required says that an xs:all group must have the element.
	Required bool
	// Same says that the element fills the place of the step before it in an
	// xs:all group, as a member of a substitution group does for its head.
	Same bool
	// Part is the particle that it is, in a state with Parts.
	Part int
}

// XMLWildcard is xs:any or xs:anyAttribute (Part 1, section 3.10).
type XMLWildcard struct {
	// Any admits every namespace. Otherwise Spaces lists those it admits, ""
	// being no namespace; with Not, those it does not.
	Any    bool
	Not    bool
	Spaces []string
	// Process says how what it admits is checked.
	Process XMLProcess
}

// XMLProcess says how a wildcard's elements and attributes are checked.
type XMLProcess uint8

// The process contents (Part 1, section 3.10.1).
const (
	XMLStrict XMLProcess = iota // there must be a declaration
	XMLLax                      // if there is a declaration
	XMLSkip                     // not at all
)

// XMLIdentity is an identity constraint (Part 1, section 3.11).
type XMLIdentity struct {
	Name string
	Kind XMLIdentityKind
	// Refer is the key of an XMLKeyRef, in Identities.
	Refer int
	// Selector are the paths to the elements that are constrained, Fields those
	// from there to each of the values.
	Selector []XMLPath
	Fields   [][]XMLPath
}

// XMLIdentityKind is what an identity constraint demands.
type XMLIdentityKind uint8

// The kinds of identity constraint.
const (
	XMLUnique XMLIdentityKind = iota // no two elements have the same values
	XMLKey                           // and every element has all of them
	XMLKeyRef                        // the values are those of an element of the key
)

// XMLPath is a path of an identity constraint's XPath (Part 1, section 3.11.6);
// without steps it is the element itself.
type XMLPath struct {
	Deep  bool // it begins with .//
	Steps []XMLPathStep
}

// XMLPathStep is a step of a path: child elements or, as the last one, an
// attribute.
type XMLPathStep struct {
	Attribute bool
	Name      string // "*" for any
	Space     string
	AnySpace  bool // with "*": in any namespace
}

// XMLSimple is a simple type definition (Part 1, section 3.14; Part 2).
type XMLSimple struct {
	// Base is the nearest built-in type that it derives from, by its local name:
	// "decimal", "int", "token". A list or union of the user's own has none.
	Base string
	// List is the type of the items, in Simple, when it is a list.
	List int
	// Union are the types of the members, in Simple, when it is a union.
	Union []int
	// WhiteSpace is "preserve", "replace" or "collapse"; empty for what Base
	// has.
	WhiteSpace string
	Facets     []XMLFacet
	// Enumeration lists the values that are allowed; nil for all.
	Enumeration []string
	// Prefixes are, by value of Enumeration, those of the names in it; nil where
	// no value has any.
	Prefixes [][]XMLPrefix
	// Patterns are regular expressions. The whole text must match one of every
	// group: a group is what one step of the derivation says.
	Patterns [][]XMLPattern
}

// XMLPattern is a regular expression.
type XMLPattern struct {
	// Source is how the contract spells it (Part 2, appendix F).
	Source string
	// RE2 is the same in package regexp's language, without anchors, if it is
	// spelled otherwise there.
	RE2 string
}

// XMLFacet is a constraining facet other than pattern, enumeration and
// whiteSpace (Part 2, section 4.3).
type XMLFacet struct {
	// Kind is the facet's name: "minInclusive", "maxLength".
	Kind  string
	Value string
}

const xsdSpace = "http://www.w3.org/2001/XMLSchema"
