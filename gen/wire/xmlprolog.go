package wire

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// This file reads what stands around elements and between them: the prolog and
// the epilog, comments, processing instructions.

// Root reads the prolog and the start tag of the root element, which must have
// that name, and tells whether it is there.
func (x *XML) Root(space, local string) bool {
	return x.RootOf(&Root{Space: space, Local: local})
}

// Root describes a document's root element.
type Root struct {
	Space, Local string
	// Declarations are the namespace declarations that are written with it.
	// They are not kept: they are there anyway.
	Declarations string
	// Exact says that attributes of the XML Schema instance namespace, such as
	// xsi:type, are kept as others are, and white space in mixed content.
	Exact bool
	// Default says that no element is written by a name without a prefix, so that
	// declarations of the default namespace are kept too: names that are values
	// need them.
	Default bool
	// Given is what a root means that holds nothing: see [MemberSpec].
	Given string
}

// RootOf is Root for a root element that there is more to say of.
func (x *XML) RootOf(root *Root) bool {
	space, local := root.Space, root.Local
	if x.seams == nil {
		x.seams = new([maxSeams]seam)
	}
	x.meta = &noMember
	if root.Given != "" {
		if x.given == nil || x.given.Given != root.Given {
			x.given = newGiven(root.Given)
		}
		x.meta = x.given
	}
	x.document, x.exact, x.defaults, x.foreign = space, root.Exact, root.Default, false
	if x.declared != root.Declarations {
		x.declared, x.written = root.Declarations, declarations(root.Declarations)
	}
	x.prolog()
	at := x.pos
	if x.err != nil || !x.startTag() {
		return false
	}
	s, l := x.resolve()
	if x.err != nil {
		return false
	}
	if s != space || l != local {
		x.fail(at, ErrRoot, fmt.Sprintf("the root element is %s, expected %s", expandedName(s, l), expandedName(space, local)))
		return false
	}
	return true
}

// expandedName writes an expanded name: {namespace}local.
func expandedName(space, local string) string {
	if space == "" {
		return excerptName(local)
	}
	return "{" + excerptName(space) + "}" + excerptName(local)
}

// prolog reads to the first tag (XML 1.0, production 22).
func (x *XML) prolog() {
	if x.err != nil {
		return
	}
	switch b := x.buf; {
	case b.u8(0) == 0xFE && b.u8(1) == 0xFF, b.u8(0) == 0xFF && b.u8(1) == 0xFE,
		b.u8(0) == 0 && b.u8(1) == '<', b.u8(0) == '<' && b.u8(1) == 0 && x.end > 1:
		x.fail(0, ErrEncoding, "the payload is UTF-16, expected UTF-8")
		return
	case b.u8(0) == 0xEF && b.u8(1) == 0xBB && b.u8(2) == 0xBF:
		x.pos = 3
	}
	if x.has(x.pos, "<?xml") && strings.IndexByte(" \t\r\n?", x.buf.u8(x.pos+5)) >= 0 {
		x.declaration()
	}
	switch p := x.outside(); {
	case x.err != nil:
	case p >= x.end:
		x.syntax(p, "the payload has no element")
	case x.buf.u8(p) != '<':
		x.syntax(p, fmt.Sprintf("%s before the root element", x.char(p)))
	}
}

// epilog reads what may stand behind the root element.
func (x *XML) epilog() {
	if p := x.outside(); x.err == nil && p < x.end {
		x.fail(p, ErrTrailing, fmt.Sprintf("%s behind the root element", x.char(p)))
	}
}

// outside reads the comments, processing instructions and white space that may
// stand around the root element (XML 1.0, production 27), and returns the offset
// behind them.
func (x *XML) outside() int {
	for x.err == nil {
		p := x.skipSpace(x.pos)
		x.pos = p
		switch {
		case x.has(p, "<!--"):
			x.comment()
		case x.has(p, "<!DOCTYPE"):
			x.doctype(p)
		case x.has(p, "<?"):
			x.instruction()
		default:
			return p
		}
	}
	return x.pos
}

func (x *XML) doctype(p int) {
	x.fail(p, ErrDoctype, "a document type declaration is refused")
}

// declaration reads the XML declaration (XML 1.0, production 23).
func (x *XML) declaration() {
	at := x.pos
	p := at + 5
	stage := 0
	for x.err == nil {
		q := x.skipSpace(p)
		if x.has(q, "?>") {
			if stage == 0 {
				x.syntax(at, "the XML declaration has no version")
			}
			x.pos = q + 2
			return
		}
		n := x.name(q)
		name := x.buf.str(q, q+n)
		e := x.skipSpace(q + n)
		v := x.skipSpace(e + 1)
		quote := x.buf.u8(v)
		if q == p || n == 0 || x.buf.u8(e) != '=' || quote != '"' && quote != '\'' {
			x.syntax(q, "the XML declaration is malformed")
			return
		}
		to := v + 1
		for c := x.buf.u8(to); c != quote; c = x.buf.u8(to) {
			if c < ' ' || c == '<' || c >= utf8.RuneSelf {
				x.syntax(to, "the XML declaration is malformed")
				return
			}
			to++
		}
		value := x.buf.str(v+1, to)
		switch {
		case name == "version" && stage == 0:
			if value != "1.0" {
				x.syntax(v, fmt.Sprintf("XML version %s, expected 1.0", excerpt(value)))
			}
			stage = 1
		case name == "encoding" && stage == 1:
			if !strings.EqualFold(value, "utf-8") {
				x.fail(v, ErrEncoding, fmt.Sprintf("encoding %s, expected UTF-8", excerpt(value)))
			}
			stage = 2
		case name == "standalone" && (stage == 1 || stage == 2):
			if value != "yes" && value != "no" {
				x.syntax(v, fmt.Sprintf("standalone is %s, expected yes or no", excerpt(value)))
			}
			stage = 3
		default:
			x.syntax(q, fmt.Sprintf("%s does not belong here in the XML declaration", excerpt(name)))
		}
		p = to + 1
	}
}

// misc reads white space, comments and processing instructions in content, and
// tells whether a tag follows; if not, text follows or an error is recorded.
func (x *XML) misc(parent span) bool {
	for x.err == nil {
		p := x.skipSpace(x.pos)
		switch c := x.buf.u8(p); {
		case c != '<':
			if p >= x.end {
				x.syntax(p, fmt.Sprintf("the payload ends inside <%s> of line %d",
					excerptName(x.buf.str(parent.at, parent.at+parent.n)), x.line(parent.at)))
			}
			return false
		case x.has(p, "<!--"):
			x.pos = p
			x.comment()
		case x.has(p, "<!["):
			return false
		case x.has(p, "<?"):
			x.pos = p
			x.instruction()
		case x.buf.u8(p+1) == '!':
			if x.has(p, "<!DOCTYPE") {
				x.doctype(p)
			} else {
				x.syntax(p, "a markup declaration, which has no place in a document")
			}
		default:
			x.pos = p
			return true
		}
	}
	return false
}

// mixedText reads comments and processing instructions in mixed content, and
// tells whether text stands behind them, which it reads too: all of it, white
// space as well. keepFrom is where it begins.
func (x *XML) mixedText() bool {
	for x.err == nil {
		p := x.pos
		switch {
		case x.has(p, "<!--"):
			x.comment()
		case x.has(p, "<?"):
			x.instruction()
		case x.buf.u8(p) != '<' && p < x.end || x.has(p, "<!["):
			x.textRun()
			x.keepFrom = p
			return x.err == nil
		default:
			return false
		}
	}
	return false
}

// comment reads the comment at pos (XML 1.0, production 15).
func (x *XML) comment() {
	at := x.pos
	i := x.buf.index(at+4, x.end, "--")
	switch {
	case i < 0:
		x.syntax(at, "a comment that does not end")
	case x.buf.u8(at+4+i+2) != '>':
		x.syntax(at+4+i, "-- in a comment")
	case x.validText(at+4, at+4+i):
		x.pos = at + 4 + i + 3
	}
}

// instruction reads the processing instruction at pos (XML 1.0, production 16).
func (x *XML) instruction() {
	at := x.pos
	n := x.name(at + 2)
	if n == 0 {
		x.syntax(at, "a processing instruction without a target")
		return
	}
	target := x.buf.str(at+2, at+2+n)
	p := at + 2 + n
	i := x.buf.index(p, x.end, "?>")
	switch {
	case strings.EqualFold(target, "xml"):
		x.syntax(at, "an XML declaration can only begin the payload")
	case strings.Contains(target, ":"):
		x.syntax(at, "a processing instruction's target with a colon")
	case i < 0:
		x.syntax(at, "a processing instruction that does not end")
	case i > 0 && x.skipSpace(p) == p:
		x.syntax(p, fmt.Sprintf("unexpected %s in a processing instruction", x.char(p)))
	case x.validText(p, p+i):
		x.pos = p + i + 2
	}
}
