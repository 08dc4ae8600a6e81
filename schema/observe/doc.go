// Package observe reads a payload of either form along a document's model and
// says what is in it: an ordered tree of values that is the same for XML and
// for JSON, and everything in which the payload is not what the model says.
//
// Where generated code decodes into structs that are fixed when it is built,
// package observe needs nothing but the contracts. It is what shows a payload
// to people, and what contracts are extended from (package evolve). It is not a
// validator: facets, identity constraints and orders of elements are for
// ValidateXML and ValidateJSON to judge.
//
// # The tree
//
// A [Value] is nothing, a scalar, a record of [Member]s, or a list. Members
// stand in the order in which the payload first has them. A member has all its
// values together, wherever they stood: repeated elements of XML and the items
// of a JSON array are the same here. The wrapper around a list's elements is
// left out, as is a wrapper around the JSON form.
//
// # Issues
//
//	unknown      a member that nobody declared
//	missing      a required member that is absent
//	repeated     several values, or an array, where one value is declared
//	bare         a value without its array, where the contract wants the array
//	enumeration  a value that the enumeration does not list
//	type         a value of another type than the declared one
//	spelling     a value of the declared type, in a JSON type that is not allowed
//
// An empty element, "", null, {} and [] are nothing, whatever the type, and
// never an issue: a reader takes them as absent.
package observe
