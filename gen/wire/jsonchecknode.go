package wire

import "math"

// jsonProgram is a contract's tables, prepared for the engine.
type jsonProgram struct {
	root  *jsonNode
	nodes []jsonNode // by index of the schema
	// anchors are the schemas that a dynamic reference may mean; nil when the
	// contract has no such reference.
	anchors map[jsonAnchor]*jsonNode
	tracks  bool // some schema asks what others have evaluated
	tellers *jsonTellers
}

// jsonAnchor names a schema in a resource.
type jsonAnchor struct {
	resource int
	name     string
}

// jsonNode is a prepared schema: its rules, by the kind of value that they are
// for.
type jsonNode struct {
	types  uint8 // the kinds admitted, a bit each
	work   uint8 // the kinds for which there is more to check
	whole  bool  // a number with a fraction or exponent must be integral
	tracks bool  // has unevaluatedItems or unevaluatedProperties
	plain  bool  // has no rules but those for one kind of value
	// only are the schemas that say all that this one does, by kind; nil where
	// there is more to it. Alternatives of different types have them.
	only *[8]*jsonNode

	// rest is what n says of a container beyond the schemas of its members or
	// items and what is required; nil if these cannot be told from the rest.
	rest *jsonNode

	resource int
	schema   *JSONSchema
	constant *jsonValues
	enum     *jsonValues
	str      *jsonStringRules
	num      []jsonNumberRule
	arr      *jsonArrayRules
	obj      *jsonObjectRules
	place    *jsonPlaceRules
}

// jsonStringRules are the rules for strings. A maximum is always there: what a
// contract leaves open is math.MaxInt.
type jsonStringRules struct {
	min, max int
	pattern  *jsonPattern
	format   *Format
	content  *Format
}

// jsonPattern is a pattern with its spelling in the contract.
type jsonPattern struct {
	*Pattern
	source string
}

// jsonNumberRule is a bound or a divisor.
type jsonNumberRule struct {
	keyword Code
	operand decimal
	text    string
}

// jsonArrayRules are the rules for arrays.
type jsonArrayRules struct {
	min, max    int
	prefix      []*jsonNode
	items       *jsonNode // nil: any
	contains    *jsonNode // nil: no rule
	containsMin int
	containsMax int
	// containsEvaluates says that items which match contains are evaluated.
	containsEvaluates bool
	unique            bool
	unevaluated       *jsonNode // nil: no rule
}

// whole tells whether there are rules for the array as a whole.
func (r *jsonArrayRules) whole() bool {
	return r.contains != nil || r.unique || r.min > 0 || r.max < math.MaxInt
}

// jsonObjectRules are the rules for objects.
type jsonObjectRules struct {
	// names are those that properties or required mention, members what is to
	// be done with each.
	names    jsonNames
	members  []jsonMemberRule
	required int // how many are
	patterns []jsonPatternRule
	// additional is for members that neither names nor patterns; nil: any.
	additional  *jsonNode
	nameRule    *jsonNode // nil: any
	all         bool      // some rule is for members of any name
	min, max    int
	dependent   []JSONDependency
	unevaluated *jsonNode // nil: no rule
}

// whole tells whether there are rules for the object as a whole, or for members
// of any name.
func (r *jsonObjectRules) whole() bool {
	return r.nameRule != nil || len(r.dependent) > 0 || r.min > 0 || r.max < math.MaxInt
}

// jsonMemberRule is what a contract says about a name.
type jsonMemberRule struct {
	node     *jsonNode // nil: any value
	declared bool      // in properties
	required int       // 1 or 0
}

type jsonPatternRule struct {
	pattern *jsonPattern
	node    *jsonNode
}

// jsonPlaceRules are the schemas that hold for the same value.
type jsonPlaceRules struct {
	ref    *jsonNode
	anchor string // of a dynamic reference
	allOf  []*jsonNode
	anyOf  *jsonBranches
	oneOf  *jsonBranches
	not    *jsonNode
	if_    *jsonNode
	then   *jsonNode
	else_  *jsonNode
	// dependent are for objects that have a member of the name.
	dependent []jsonDependentRule
}

type jsonDependentRule struct {
	name string
	node *jsonNode
}
