// Package wire is biform's runtime: what generated decoders, encoders and
// validators share. It reads XML 1.0 with namespaces and RFC 8259 JSON from
// []byte in one pass, and knows nothing of any particular document.
//
// Generated code is its only intended caller; what a program needs of it
// beside that are the options ([Strict], [Report], [WithLimits]), the limits,
// and the two things a payload can be told about: an [Issue], which lenient
// decoding tolerated, and a [Violation], which makes the payload or the value
// invalid.
//
// It imports the standard library only, opens no file and no socket, and
// never resolves anything that a payload refers to. It is not a general XML or
// JSON library: it has no tree, no reflection and no streaming.
package wire
