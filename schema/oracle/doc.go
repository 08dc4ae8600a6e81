// Package oracle asks other engines for their verdict on a payload: the
// libraries santhosh-tekuri/jsonschema v5 and gojsonschema, and the program
// xmllint where it is installed. biform's own verdict does not depend on any of
// them; they are there to disagree with.
//
// # Security Considerations
//
// Neither library is made for hostile input, so that none of it reaches them
// unguarded:
//
//   - Nothing is fetched: both get loaders that read below the contract's folder
//     or refuse. gojsonschema's own would get any URL and read any file.
//   - Numbers are scanned first: an exponent beyond 10^400 or a number of more
//     than 64 bytes makes both of them panic.
//   - gojsonschema gets a contract only after v5 has compiled it: some circular
//     references overflow its stack, which ends the process.
//   - What panics all the same is an error.
//
// # Known differences
//
// The engines differ among themselves. gojsonschema compares numbers of enum
// and const as float64 and knows drafts 4, 6 and 7 only; both accept what
// stands behind the document in their own parsers, which is why this package
// refuses it; the messages of both come in random order and are not used.
// libxml2 does not collapse white space around some integer types.
package oracle
