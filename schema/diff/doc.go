// Package diff compares two states of one document's contracts and says what
// every difference does to callers.
//
// [Compare] walks the two models from their roots, the graph of assertions of
// each form and the structure beside them, and returns a [Change] for every
// place where they differ. What the contracts mean is compared, not their text:
// a $ref that leads to another definition of the same meaning, a bound written
// in another way, members in another order of JSON Schema are no changes. A
// rule that the package cannot weigh is still compared, and reported when it
// differs.
//
// It is pure. It knows nothing of Go: what a change does to Go source is for
// package generator/compat to say, which adds the class [GoBreak].
//
// # Classes
//
// A change has one class or several; each is a fact of its own.
//
//   - [Additive]: a member, an enumeration's value or a form is new, and nothing
//     that was there changes.
//   - [GoBreak]: Go source that uses the generated package may not compile.
//   - [JSONBreak], [XMLBreak]: on the wire, a value that old payloads carry is no
//     longer found or no longer read as it was: its member is gone, or has
//     another name, another JSON type, another place or another meaning.
//   - [Stricter]: a payload that was valid may be invalid now.
//   - [Looser]: a payload that was invalid may be valid now.
//   - [Docs]: prose alone changed, or an annotation that no validator reads.
//
// Stricter and Looser together say that the change goes both ways, or that it
// cannot be proven to go one way alone. A member that one of the contracts does
// not declare counts as neither by itself: to declare it is additive, although a
// payload may have carried an undeclared member of that name, and to drop it is
// a break of the wire.
//
// # Exactness
//
// Bounds, lengths and patterns are weighed by package constraint, content
// models of XSD as languages over element names, within limits. References
// between schemas may be circular: a pair of schemas is compared once.
//
// One thing is left out on purpose: the name of an XSD type that no other type
// derives from. An xsi:type may name it, but says nothing by that.
package diff
