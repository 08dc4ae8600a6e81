package wire

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Place is where something stands in a payload.
type Place struct {
	// Path is a JSON Pointer (RFC 6901) in a JSON payload, and the names of the
	// elements with their index among equals in XML:
	// /Response/JobsDetail/Operation/Tags[2]/Confidence, attributes as @name.
	Path   string
	Offset int // in bytes, from 0
	Line   int // from 1; 0 when the value was not read from a payload
	Column int // from 1, in bytes
}

// String writes the place as LINE:COLUMN: PATH. Of a path that is too long for
// a message it leaves out the middle.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return shortPath(p.Path)
	case p.Path == "":
		return fmt.Sprintf("%d:%d", p.Line, p.Column)
	}
	return fmt.Sprintf("%d:%d: %s", p.Line, p.Column, shortPath(p.Path))
}

// maxPath is how many bytes of a path a message has.
const maxPath = 256

// shortPath leaves out the steps in the middle of a long path.
func shortPath(path string) string {
	if len(path) <= maxPath {
		return path
	}
	head, tail := path[:maxPath/2], path[len(path)-maxPath/2:]
	if i := strings.LastIndexByte(head, '/'); i > 0 {
		head = head[:i]
	}
	if i := strings.IndexByte(tail, '/'); i >= 0 {
		tail = tail[i:]
	}
	return strings.ToValidUTF8(head, "") + "/..." + strings.ToValidUTF8(tail, "")
}

// Tolerance names a departure from the contract that lenient decoding accepts.
type Tolerance string

// The tolerances. Nothing else is tolerated.
const (
	OneOrMany Tolerance = "one-or-many" // one where a list is declared, or a list where one is
	Spelling  Tolerance = "spelling"    // a number, boolean or string in place of another
	Nothing   Tolerance = "nothing"     // <X/>, "", null, {}, [] or a sentinel for no value
	Order     Tolerance = "order"       // children in another order
	TimeForm  Tolerance = "time"        // a timestamp in another known spelling
	Unknown   Tolerance = "unknown"     // a member that nobody declared: kept
	Value     Tolerance = "value"       // a scalar that cannot be read: absent
	Wrapper   Tolerance = "wrapper"     // JSON with the root's name around it
)

// Issue is one thing that lenient decoding tolerated.
type Issue struct {
	Place
	Tolerance Tolerance
	// Text is the beginning of what stood there, at most 64 bytes.
	Text string
	// Note says what became of it.
	Note string
}

// String writes the issue in one line.
func (i Issue) String() string {
	return fmt.Sprintf("%s: %s [%s]", i.Place, i.Note, i.Tolerance)
}

// Violation is one rule that a payload or a value breaks.
type Violation struct {
	Place
	Code Code
	// Message says what is wrong, and what would be right.
	Message string
}

// Error returns the violation in one line.
func (v Violation) Error() string {
	return fmt.Sprintf("%s: %s [%s]", v.Place, v.Message, v.Code)
}

// Is makes errors.Is(err, wire.ErrDepth) and the like work: a violation is its
// code.
func (v Violation) Is(target error) bool {
	c, ok := target.(Code)
	return ok && c == v.Code
}

// Violations is every rule that a payload or a value breaks, in document
// order. At most [MaxViolations] are kept; the last then says how many more
// there are, under the code [ErrMore].
type Violations []Violation

// MaxViolations is how many violations, and how many issues, one payload can
// have before the rest are only counted.
const MaxViolations = 100

// Error returns the violations, a line each.
func (v Violations) Error() string {
	lines := make([]string, len(v))
	for i := range v {
		lines[i] = v[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the violations as errors, for errors.Is and errors.As.
func (v Violations) Unwrap() []error {
	errs := make([]error, len(v))
	for i := range v {
		errs[i] = v[i]
	}
	return errs
}

// Err returns v as an error, or nil when it is empty.
func (v Violations) Err() error {
	if len(v) == 0 {
		return nil
	}
	return v
}

// Code classes violations. A code is an error itself, so that
// errors.Is(err, wire.ErrSyntax) asks for the class.
type Code string

// Error returns the code.
func (c Code) Error() string { return string(c) }

// The codes of payloads that cannot be read at all.
const (
	ErrSyntax    Code = "syntax"    // not well-formed XML, not RFC 8259 JSON
	ErrEncoding  Code = "encoding"  // not UTF-8
	ErrDoctype   Code = "doctype"   // a document type declaration
	ErrDuplicate Code = "duplicate" // a JSON name or an XML attribute given twice
	ErrDepth     Code = "depth"     // nested deeper than the limit
	ErrLimit     Code = "limit"     // larger than a limit
	ErrTrailing  Code = "trailing"  // something behind the document
	ErrRoot      Code = "root"      // another document
	ErrTolerated Code = "tolerated" // strict decoding met what lenient decoding tolerates
	ErrMore      Code = "more"      // so many further violations
)

// The codes of rules that a readable payload or a value can break. JSON Schema
// keywords and XSD facets that are not listed are their own code.
const (
	ErrRequired Code = "required"
	ErrType     Code = "type"
	ErrEnum     Code = "enum"
	ErrPattern  Code = "pattern"
	ErrMinimum  Code = "minimum"
	ErrMaximum  Code = "maximum"
	ErrUnknown  Code = "unknown"
)

// maxExcerpt is how many bytes of a payload a message repeats.
const maxExcerpt = 64

// excerpt quotes the beginning of text for a message: no control characters,
// at most maxExcerpt bytes of it.
func excerpt(text string) string {
	if len(text) > maxExcerpt {
		return strconv.QuoteToGraphic(beginning(text)) + "..."
	}
	return strconv.QuoteToGraphic(text)
}

// beginning returns at most maxExcerpt bytes of a text, whole characters.
func beginning(text string) string {
	if len(text) <= maxExcerpt {
		return text
	}
	n := maxExcerpt
	for n > maxExcerpt-utf8.UTFMax && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
