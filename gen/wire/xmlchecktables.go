package wire

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// This file has the tables that the validator works with: an XMLContract,
// prepared by xmlcheckprepare.go.

// xmlTables is a contract, prepared.
type xmlTables struct {
	simple   []*xmlSimple
	types    []xmlTypeInfo
	elements []xmlDecl
	states   []xmlStateInfo
	// steps are the steps of all states; step 0 matches nothing.
	steps []xmlStep
	wild  []XMLWildcard
	// spaces are the namespaces of elements; names numbers the names of
	// elements, from 1.
	spaces []string
	names  map[xmlName]int32
	root   *xmlDecl // nil: any of roots
	// roots, typeNames and attrs find the global components.
	roots     map[xmlName]*xmlDecl
	typeNames map[xmlName]*xmlTypeInfo
	attrs     map[xmlName]*xmlUse
	anyType   *xmlTypeInfo
	identity  []xmlIdentity
	pool      sync.Pool // of *xmlCheck
}

// xmlName is an expanded name.
type xmlName struct{ space, local string }

// String writes the name as messages have it.
func (n xmlName) String() string { return expandedName(n.space, n.local) }

// xmlTypeInfo is a type, prepared.
type xmlTypeInfo struct {
	XMLType
	simple   *xmlSimple
	uses     []xmlUse
	required bool // one of uses is
	base     *xmlTypeInfo
	builtin  *xmlBuiltin
}

// xmlUse is an attribute use, prepared.
type xmlUse struct {
	*XMLAttribute
	simple *xmlSimple
	fixed  string // the key of a fixed value
}

// xmlDecl is an element declaration, prepared.
type xmlDecl struct {
	*XMLElement
	typ   *xmlTypeInfo
	name  int32 // in names
	fixed string
	// prefixes are those of the names in Value.
	prefixes []binding
}

// xmlStateInfo is a state, prepared.
type xmlStateInfo struct {
	final bool // the content may end here
	all   bool // an xs:all group
	blank bool // the group may be left out
	model *xmlModel
	min   int32
	max   int32 // not 0: the state counts
	lo    int32 // its steps
	hi    int32
	els   int32
}

// xmlStep is a step, prepared. It fills one line of a processor's cache.
type xmlStep struct {
	word, mask uint64 // the name: see member
	mid, tail  uint64
	size       int32 // of the name
	space      int32 // in spaces
	to         int32
	name       int32 // in names; 0 for a wildcard
	wildcard   int32
	slot       int32 // its place in an xs:all group
	fast       xmlFast
	required   bool // of an xs:all group
	inAll      bool // of an xs:all group, or of a state with parts
	given      bool // its type has attributes with a value when they are absent
	counts     bool // it leads to a state that counts
	decl       *xmlDecl
}

// at tells whether the name of the step stands at p, with '>' behind it.
func (s *xmlStep) at(b buffer, p int) bool {
	return b.u64(p)&s.mask == s.word &&
		(s.size <= 8 || b.u64(p+int(s.size)-8) == s.tail) &&
		(s.size <= maxTwoWords || b.u64(p+8) == s.mid) &&
		b.u8(p+int(s.size)) == '>'
}

// noStep matches nothing.
var noStep = xmlStep{word: 1}

// validIndex tells whether i is 0 or an entry of a list of n.
func validIndex(i, n int) bool { return i == 0 || 0 < i && i < n }

// spaceID returns the number of a namespace of elements, or -1.
func (t *xmlTables) spaceID(space string) int32 {
	return int32(slices.Index(t.spaces, space))
}

// admits tells whether a wildcard admits a namespace (Part 1, section 3.10.4).
func (w *XMLWildcard) admits(space string) bool {
	if w.Any {
		return true
	}
	return slices.Contains(w.Spaces, space) != w.Not
}

// describe writes what a wildcard admits.
func (w *XMLWildcard) describe() string {
	switch {
	case w.Any:
		return "any element"
	case w.Not:
		return "any element of another namespace"
	}
	names := make([]string, len(w.Spaces))
	for i, s := range w.Spaces {
		names[i] = "no namespace"
		if s != "" {
			names[i] = "namespace " + excerptName(s)
		}
	}
	return "any element of " + strings.Join(names, " or ")
}

// derived tells whether t is base or is derived from it, and how (Part 1,
// sections 3.4.6 and 3.14.6).
func (t *xmlTables) derived(d, base *xmlTypeInfo) (how XMLDerivation, ok bool) {
	for n := 0; d != nil && n <= len(t.types); n++ {
		if d == base || d.builtin != nil && d.builtin == base.builtin || base.Content == XMLAny && d == t.anyType {
			return how, true
		}
		if !base.Complex && base.simple != nil && base.simple.kind == kindUnion && !d.Complex && d.simple != nil &&
			slices.Contains(base.simple.members, d.simple) {
			return how | XMLRestriction, true
		}
		how |= d.Derived
		d = d.base
	}
	return 0, false
}

// describeType names a type for a message.
func (t *xmlTypeInfo) describe() string {
	if t.Name == "" {
		return "the element's type"
	}
	if t.Space == xsdSpace {
		return "xs:" + t.Name
	}
	return "type " + strconv.Quote(t.Name)
}
