// Package jsontree parses JSON into a tree that forgets nothing a contract
// needs: the order of members, the exact text of numbers, and the byte offset
// of every name and value.
//
// It reads RFC 8259 and nothing more lenient: no comments, no trailing commas,
// no text after the value, no invalid UTF-8, no escapes of lone surrogates. A
// name that an object has twice is an error, since readers disagree on which of
// the two counts. Depth and the size of numbers are limited, because the JSON
// Schema engines behind it are not robust against either.
//
// It knows nothing of JSON Schema, and it is not for speed: generated code
// reads payloads with the runtime's own scanner.
package jsontree
