package xsd

import "github.com/biform/biform/schema/model"

// The components of a schema (Part 1, section 2.2), with references as
// pointers. They are filled in by the resolve stage, on demand.

// state is how far a component is resolved; it finds circles.
type state int

const (
	fresh state = iota
	resolving
	resolved
)

// base part of every component that comes from a node.
type origin struct {
	node *node
	doc  *document
	name model.XMLName
}

func (o *origin) at() model.Position {
	if o.node == nil {
		return model.Position{Path: "built-in " + braces(o.name)}
	}
	return o.node.at()
}

// elementDecl is an element declaration (3.3).
type elementDecl struct {
	origin
	global     bool
	id         model.TypeID // of an anonymous type below it
	state      state
	typ        *typeDef
	nillable   bool
	abstract   bool
	deflt      *string
	fixed      *string
	prefixes   []model.XMLPrefix // of the names in deflt or fixed
	head       *elementDecl
	block      []string
	final      []string
	identities []*identity
	// members are the declarations in its substitution group, itself left out,
	// those of its members included.
	members []*elementDecl
}

// attributeDecl is an attribute declaration (3.2).
type attributeDecl struct {
	origin
	global   bool
	id       model.TypeID
	state    state
	typ      *typeDef
	deflt    *string
	fixed    *string
	prefixes []model.XMLPrefix // of the names in deflt or fixed
}

// attributeUse is an attribute use (3.5).
type attributeUse struct {
	node       *node
	decl       *attributeDecl
	required   bool
	prohibited bool
	deflt      *string
	fixed      *string
	prefixes   []model.XMLPrefix // of the names in deflt or fixed
}

// method is how a type is derived from its base.
type method string

const (
	byRestriction method = "restriction"
	byExtension   method = "extension"
	byList        method = "list"
	byUnion       method = "union"
)

// typeDef is a type definition, complex (3.4) or simple (3.14).
type typeDef struct {
	origin
	named   bool
	element string // the global element that it stands in; empty elsewhere
	id      model.TypeID
	builtin *builtin // set for the types of Part 2 itself
	complex bool
	state   state
	broken  bool // could not be resolved; faults have been reported

	base    *typeDef
	derived method
	block   []string
	final   []string

	simple *simpleDef // of a simple type, or of a complex type's simple content

	// Complex types only.
	abstract  bool
	content   model.XMLContent
	particle  *particle
	uses      []*attributeUse
	anyAttr   *wildcard
	simpleOwn *typeDef // the simple type of a complex type's simple content
}

// simpleDef is what a simple type admits, over its whole derivation.
type simpleDef struct {
	variety   model.Variety
	primitive *builtin // nil unless atomic
	builtin   *builtin // the nearest built-in type it derives from
	item      *typeDef
	members   []*typeDef
	facets    facets
}

// particle is a term with its occurrence bounds (3.9).
type particle struct {
	node     *node
	kind     model.ParticleKind
	min, max int
	element  *elementDecl
	wildcard *wildcard
	parts    []*particle
	// size is how many particles the content model has when it is written out:
	// groups are shared, so that a short schema can stand for a huge one.
	size int
}

// measure sets the size of a particle whose parts have theirs.
func (p *particle) measure() *particle {
	p.size = 1
	for _, part := range p.parts {
		p.size = plus(p.size, part.size)
	}
	return p
}

// wildcard is xs:any or xs:anyAttribute (3.10).
type wildcard struct {
	node    *node
	any     bool
	not     bool     // all but spaces (and no namespace)
	spaces  []string // "" is no namespace
	process string
}

// groupDef is a model group definition (3.7).
type groupDef struct {
	origin
	state    state
	particle *particle
}

// attributeGroupDef is an attribute group definition (3.6).
type attributeGroupDef struct {
	origin
	state state
	uses  []*attributeUse
	any   *wildcard
}

// notationDecl is a notation declaration (3.12).
type notationDecl struct{ origin }

// space is a symbol space: the global components of one sort by name, and in
// the order of their declarations.
type space[T any] struct {
	byName map[model.XMLName]T
	order  []T
}

func (s *space[T]) add(name model.XMLName, c T) {
	if s.byName == nil {
		s.byName = map[model.XMLName]T{}
	}
	s.byName[name] = c
	s.order = append(s.order, c)
}

// names returns the local names declared in a namespace, for did-you-mean.
func (s *space[T]) names(namespace string, nameOf func(T) model.XMLName) []string {
	var out []string
	for _, c := range s.order {
		if n := nameOf(c); n.Space == namespace {
			out = append(out, n.Local)
		}
	}
	return out
}
