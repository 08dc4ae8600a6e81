// Package oracle asks other validators for their verdict on a payload:
// santhosh-tekuri/jsonschema v5 and xeipuuv/gojsonschema on JSON, and libxml2's
// xmllint on XML where it is installed. biform's own validators are tested
// against them, and the command's --cross-check shows what each says.
//
// They stand behind one guarded interface, because none of them is made for
// hostile input:
//
//   - Nothing is fetched. Both Go engines get loaders that know the contract's
//     files and refuse the rest; xmllint runs with --nonet.
//   - Numbers are scanned before an engine sees them. Beyond an exponent of a
//     million big.Rat.SetString fails, and both engines take its nil for a
//     number and crash.
//   - v5 compiles first. gojsonschema follows a $ref that leads to itself until
//     the stack is full, which no recover catches; v5 reports the loop.
//   - A panic inside an engine is an error of that engine.
//   - A payload is one JSON text: what stands behind it and invalid UTF-8 make
//     it invalid before an engine could overlook them.
//   - Complaints are sorted, since both engines walk maps.
//
// # Known differences
//
// Where the engines disagree with each other and with the specification:
//
//   - gojsonschema compares numbers in enum and const as float64, or as text:
//     9007199254740992 passes enum [9007199254740993], and -0 fails const 0.
//   - gojsonschema refuses a date-time with a lower-case t or z, or with second
//     60; v5 accepts both.
//   - gojsonschema accepts an empty enum; v5's meta-schema does not.
//   - gojsonschema knows draft-04, draft-06 and draft-07. Of a later draft it
//     would ignore the new keywords, so that [Engine.Compile] refuses it.
//   - Up to draft-07 both assert every format that they know, as the drafts
//     allow. The contract they get has those formats that are assertions, and
//     they are not asked about one with a format that they read in another way.
//   - Both ignore what stands beside a $ref in draft-07 and earlier, as they
//     must, and both ignore a format that they do not know.
//   - Both hand patterns to package regexp as they stand; the contract they get
//     has its patterns translated from ECMA-262.
//   - xmllint reports the facets of a value before the type that owns them, and
//     is lenient with some regular expressions of XSD.
package oracle
