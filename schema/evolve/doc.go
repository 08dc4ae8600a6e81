// Package evolve extends the contracts of a document by what payloads hold that
// the contracts do not say: members that nobody declared, values outside an
// enumeration, repeats, other types, required members that are absent.
//
// [Contracts] is a pure function of contracts and payloads: it returns the new
// texts of the contract files and writes nothing. A text is changed at the
// places where something is new and nowhere else: every comment, order,
// indentation and line end stays.
//
// # What is inferred
//
// All payloads, of both forms, are looked at together. A member of XML and of
// JSON is one when it has one name in one record.
//
//   - A member that is new in a record which the contracts know is optional: the
//     payloads before it had none. In a record that is new itself, a member is
//     required when two records or more of one form were seen and all have it.
//   - A member is a list once it stood twice in one record, or in a JSON array.
//   - A member takes the type of the members of its name in other records, if
//     they have one type and every value fits it; a record takes a named type
//     of exactly its members. Otherwise a text is a boolean, an integer, a
//     number or a time of a named type when all its values are, and else a
//     string. How JSON spells a number is how the contract spells its
//     neighbours.
//   - A member of which only empty values were seen is a string, and its
//     description says so, until a payload tells more.
//
// # What is not changed
//
// What the contracts cannot say is a diagnostic: a name that XML does not
// have, an attribute of a plain value, text beside child elements, a repeat in
// an xs:all. Bounds and patterns stay as they are. Contracts that would not be
// sound, or not agree, after a change do not get it.
package evolve
