// Package videotag holds the two contracts of the video tagging callback of
// Tencent Cloud CI: an XSD for its XML form and a JSON Schema for its JSON
// form, embedded so that a command needs no files to check a payload.
//
// The two describe one document. They name the same types, list the same
// members in the same order and say the same of every node in words; the tests
// hold all three. Where they can differ they divide the work: the XSD knows the
// lexical types, and the JSON Schema what is required, what may repeat, and how
// a number may be spelled.
//
// The contracts say what the service sends, as far as published payloads show
// it, not what its reference tables say. They are no description of the other
// jobs' callbacks, and no members are listed here that nobody has seen.
package videotag
