package xsd

// The structure of schema documents as one table: which attributes and children
// each component may have. It follows the schema for schemas (Part 1, appendix
// A), where global, local and referring declarations have rules of their own.

// componentKind is a row of the table.
type componentKind struct {
	name  string // as messages name it
	attrs []attrRule
	slots []slot
	// free components may hold anything: appinfo and documentation.
	free bool
}

// attrRule is an attribute that a component may have.
type attrRule struct {
	name     string
	value    valueKind
	required bool
}

// slot is a run of children. A component's children must fill its slots in
// order.
type slot struct {
	kids []kid
	min  int
	many bool
	// last says that nothing may follow once the slot is filled.
	last bool
}

// kid is a child element and the row it is checked with.
type kid struct {
	local string
	kind  *componentKind
}

func req(name string, v valueKind) attrRule { return attrRule{name, v, true} }
func opt(name string, v valueKind) attrRule { return attrRule{name, v, false} }

func attrsOf(rules ...attrRule) []attrRule { return append(rules, opt("id", valueID)) }

func slotOne(kids ...kid) slot     { return slot{kids: kids, min: 1} }
func slotMaybe(kids ...kid) slot   { return slot{kids: kids} }
func slotAny(kids ...kid) slot     { return slot{kids: kids, many: true} }
func slotSome(kids ...kid) slot    { return slot{kids: kids, min: 1, many: true} }
func slotClosing(kids ...kid) slot { return slot{kids: kids, last: true} }
func occurs(a []attrRule) []attrRule {
	return append(a, opt("minOccurs", valueNonNegative), opt("maxOccurs", valueMaxOccurs))
}

// The rows. They refer to each other in circles, so init fills them in.
var (
	kSchema, kInclude, kImport, kRedefine, kNotation                   componentKind
	kAnnotation, kAppinfo, kDocumentation                              componentKind
	kElement, kLocalElement, kAllElement                               componentKind
	kAttribute, kLocalAttribute                                        componentKind
	kComplexType, kLocalComplexType, kSimpleType, kLocalSimpleType     componentKind
	kSimpleContent, kComplexContent                                    componentKind
	kSimpleContentRestriction, kSimpleContentExtension                 componentKind
	kComplexContentRestriction, kComplexContentExtension               componentKind
	kRestriction, kList, kUnion                                        componentKind
	kGroup, kGroupRef, kAttributeGroup, kAttributeGroupRef             componentKind
	kAll, kGroupAll, kSequence, kChoice, kGroupSequence, kGroupChoice  componentKind
	kAny, kAnyAttribute                                                componentKind
	kUnique, kKey, kKeyref, kSelector, kField                          componentKind
	kFacetValue, kFacetCount, kFacetPositive, kFacetSpace, kFacetPlain componentKind
)

func init() {
	annotation := slotMaybe(kid{"annotation", &kAnnotation})
	annotated := []slot{annotation}
	attributes := []slot{
		slotAny(kid{"attribute", &kLocalAttribute}, kid{"attributeGroup", &kAttributeGroupRef}),
		slotMaybe(kid{"anyAttribute", &kAnyAttribute}),
	}
	particle := slotMaybe(kid{"group", &kGroupRef}, kid{"all", &kAll}, kid{"choice", &kChoice}, kid{"sequence", &kSequence})
	facets := slotAny(
		kid{"minExclusive", &kFacetValue}, kid{"minInclusive", &kFacetValue},
		kid{"maxExclusive", &kFacetValue}, kid{"maxInclusive", &kFacetValue},
		kid{"totalDigits", &kFacetPositive}, kid{"fractionDigits", &kFacetCount},
		kid{"length", &kFacetCount}, kid{"minLength", &kFacetCount}, kid{"maxLength", &kFacetCount},
		kid{"enumeration", &kFacetPlain}, kid{"whiteSpace", &kFacetSpace}, kid{"pattern", &kFacetPlain},
	)
	inlineType := slotMaybe(kid{"simpleType", &kLocalSimpleType}, kid{"complexType", &kLocalComplexType})
	inlineSimple := slotMaybe(kid{"simpleType", &kLocalSimpleType})
	identity := slotAny(kid{"unique", &kUnique}, kid{"key", &kKey}, kid{"keyref", &kKeyref})
	nested := slotAny(kid{"element", &kLocalElement}, kid{"group", &kGroupRef}, kid{"choice", &kChoice},
		kid{"sequence", &kSequence}, kid{"any", &kAny})

	kSchema = componentKind{name: "xs:schema",
		attrs: attrsOf(opt("targetNamespace", valueURI), opt("version", valueString),
			opt("finalDefault", valueFinalDefault), opt("blockDefault", valueBlockElement),
			opt("attributeFormDefault", valueForm), opt("elementFormDefault", valueForm)),
		slots: []slot{
			slotAny(kid{"include", &kInclude}, kid{"import", &kImport}, kid{"redefine", &kRedefine},
				kid{"annotation", &kAnnotation}),
			slotAny(kid{"simpleType", &kSimpleType}, kid{"complexType", &kComplexType}, kid{"group", &kGroup},
				kid{"attributeGroup", &kAttributeGroup}, kid{"element", &kElement},
				kid{"attribute", &kAttribute}, kid{"notation", &kNotation}, kid{"annotation", &kAnnotation}),
		}}
	kInclude = componentKind{name: "xs:include", attrs: attrsOf(req("schemaLocation", valueURI)), slots: annotated}
	kImport = componentKind{name: "xs:import",
		attrs: attrsOf(opt("namespace", valueURI), opt("schemaLocation", valueURI)), slots: annotated}
	kRedefine = componentKind{name: "xs:redefine", attrs: attrsOf(req("schemaLocation", valueURI)),
		slots: []slot{slotAny(kid{"annotation", &kAnnotation}, kid{"simpleType", &kSimpleType},
			kid{"complexType", &kComplexType}, kid{"group", &kGroup}, kid{"attributeGroup", &kAttributeGroup})}}
	kNotation = componentKind{name: "xs:notation",
		attrs: attrsOf(req("name", valueNCName), req("public", valueString), opt("system", valueURI)), slots: annotated}

	kAnnotation = componentKind{name: "xs:annotation", attrs: attrsOf(),
		slots: []slot{slotAny(kid{"appinfo", &kAppinfo}, kid{"documentation", &kDocumentation})}}
	kAppinfo = componentKind{name: "xs:appinfo", attrs: []attrRule{opt("source", valueURI)}, free: true}
	kDocumentation = componentKind{name: "xs:documentation", attrs: []attrRule{opt("source", valueURI)}, free: true}

	element := []slot{annotation, inlineType, identity}
	kElement = componentKind{name: "global xs:element",
		attrs: attrsOf(req("name", valueNCName), opt("type", valueQName), opt("substitutionGroup", valueQName),
			opt("default", valueString), opt("fixed", valueString), opt("nillable", valueBoolean),
			opt("abstract", valueBoolean), opt("final", valueFinal), opt("block", valueBlockElement)),
		slots: element}
	kLocalElement = componentKind{name: "local xs:element",
		attrs: occurs(attrsOf(opt("name", valueNCName), opt("ref", valueQName), opt("type", valueQName),
			opt("default", valueString), opt("fixed", valueString), opt("nillable", valueBoolean),
			opt("block", valueBlockElement), opt("form", valueForm))),
		slots: element}
	kAllElement = componentKind{name: "xs:element in xs:all", attrs: kLocalElement.attrs, slots: element}

	kAttribute = componentKind{name: "global xs:attribute",
		attrs: attrsOf(req("name", valueNCName), opt("type", valueQName), opt("default", valueString),
			opt("fixed", valueString)),
		slots: []slot{annotation, inlineSimple}}
	kLocalAttribute = componentKind{name: "local xs:attribute",
		attrs: attrsOf(opt("name", valueNCName), opt("ref", valueQName), opt("type", valueQName),
			opt("use", valueUse), opt("default", valueString), opt("fixed", valueString), opt("form", valueForm)),
		slots: []slot{annotation, inlineSimple}}

	complexType := append([]slot{annotation,
		slotClosing(kid{"simpleContent", &kSimpleContent}, kid{"complexContent", &kComplexContent}), particle},
		attributes...)
	kComplexType = componentKind{name: "global xs:complexType",
		attrs: attrsOf(req("name", valueNCName), opt("mixed", valueBoolean), opt("abstract", valueBoolean),
			opt("final", valueDerivations), opt("block", valueDerivations)),
		slots: complexType}
	kLocalComplexType = componentKind{name: "local xs:complexType", attrs: attrsOf(opt("mixed", valueBoolean)),
		slots: complexType}
	kSimpleContent = componentKind{name: "xs:simpleContent", attrs: attrsOf(), slots: []slot{annotation,
		slotOne(kid{"restriction", &kSimpleContentRestriction}, kid{"extension", &kSimpleContentExtension})}}
	kComplexContent = componentKind{name: "xs:complexContent", attrs: attrsOf(opt("mixed", valueBoolean)),
		slots: []slot{annotation,
			slotOne(kid{"restriction", &kComplexContentRestriction}, kid{"extension", &kComplexContentExtension})}}
	derivation := attrsOf(req("base", valueQName))
	kSimpleContentRestriction = componentKind{name: "xs:restriction of xs:simpleContent", attrs: derivation,
		slots: append([]slot{annotation, inlineSimple, facets}, attributes...)}
	kSimpleContentExtension = componentKind{name: "xs:extension of xs:simpleContent", attrs: derivation,
		slots: append([]slot{annotation}, attributes...)}
	kComplexContentRestriction = componentKind{name: "xs:restriction of xs:complexContent", attrs: derivation,
		slots: append([]slot{annotation, particle}, attributes...)}
	kComplexContentExtension = componentKind{name: "xs:extension of xs:complexContent", attrs: derivation,
		slots: append([]slot{annotation, particle}, attributes...)}

	simpleType := []slot{annotation,
		slotOne(kid{"restriction", &kRestriction}, kid{"list", &kList}, kid{"union", &kUnion})}
	kSimpleType = componentKind{name: "global xs:simpleType",
		attrs: attrsOf(req("name", valueNCName), opt("final", valueFinalSimple)), slots: simpleType}
	kLocalSimpleType = componentKind{name: "local xs:simpleType", attrs: attrsOf(), slots: simpleType}
	kRestriction = componentKind{name: "xs:restriction of xs:simpleType", attrs: attrsOf(opt("base", valueQName)),
		slots: []slot{annotation, inlineSimple, facets}}
	kList = componentKind{name: "xs:list", attrs: attrsOf(opt("itemType", valueQName)),
		slots: []slot{annotation, inlineSimple}}
	kUnion = componentKind{name: "xs:union", attrs: attrsOf(opt("memberTypes", valueQNames)),
		slots: []slot{annotation, slotAny(kid{"simpleType", &kLocalSimpleType})}}

	kGroup = componentKind{name: "global xs:group", attrs: attrsOf(req("name", valueNCName)),
		slots: []slot{annotation, slotOne(kid{"all", &kGroupAll}, kid{"choice", &kGroupChoice},
			kid{"sequence", &kGroupSequence})}}
	kGroupRef = componentKind{name: "reference to an xs:group", attrs: occurs(attrsOf(req("ref", valueQName))),
		slots: annotated}
	kAttributeGroup = componentKind{name: "global xs:attributeGroup", attrs: attrsOf(req("name", valueNCName)),
		slots: append([]slot{annotation}, attributes...)}
	kAttributeGroupRef = componentKind{name: "reference to an xs:attributeGroup",
		attrs: attrsOf(req("ref", valueQName)), slots: annotated}

	members := []slot{annotation, slotAny(kid{"element", &kAllElement})}
	kAll = componentKind{name: "xs:all", slots: members,
		attrs: attrsOf(opt("minOccurs", valueNonNegative), opt("maxOccurs", valueMaxOccurs))}
	kGroupAll = componentKind{name: "xs:all of an xs:group", attrs: attrsOf(), slots: members}
	kSequence = componentKind{name: "xs:sequence", attrs: occurs(attrsOf()), slots: []slot{annotation, nested}}
	kChoice = componentKind{name: "xs:choice", attrs: occurs(attrsOf()), slots: []slot{annotation, nested}}
	kGroupSequence = componentKind{name: "xs:sequence of an xs:group", attrs: attrsOf(),
		slots: []slot{annotation, nested}}
	kGroupChoice = componentKind{name: "xs:choice of an xs:group", attrs: attrsOf(), slots: []slot{annotation, nested}}
	kAny = componentKind{name: "xs:any", slots: annotated,
		attrs: occurs(attrsOf(opt("namespace", valueNamespaces), opt("processContents", valueProcess)))}
	kAnyAttribute = componentKind{name: "xs:anyAttribute", slots: annotated,
		attrs: attrsOf(opt("namespace", valueNamespaces), opt("processContents", valueProcess))}

	constraint := []slot{annotation, slotOne(kid{"selector", &kSelector}), slotSome(kid{"field", &kField})}
	kUnique = componentKind{name: "xs:unique", attrs: attrsOf(req("name", valueNCName)), slots: constraint}
	kKey = componentKind{name: "xs:key", attrs: attrsOf(req("name", valueNCName)), slots: constraint}
	kKeyref = componentKind{name: "xs:keyref",
		attrs: attrsOf(req("name", valueNCName), req("refer", valueQName)), slots: constraint}
	kSelector = componentKind{name: "xs:selector", attrs: attrsOf(req("xpath", valueString)), slots: annotated}
	kField = componentKind{name: "xs:field", attrs: attrsOf(req("xpath", valueString)), slots: annotated}

	facet := func(name string, v valueKind, fixed bool) componentKind {
		k := componentKind{name: name, attrs: attrsOf(req("value", v)), slots: annotated}
		if fixed {
			k.attrs = append(k.attrs, opt("fixed", valueBoolean))
		}
		return k
	}
	kFacetValue = facet("bound facet", valueString, true)
	kFacetCount = facet("length or digits facet", valueNonNegative, true)
	kFacetPositive = facet("xs:totalDigits", valuePositive, true)
	kFacetSpace = facet("xs:whiteSpace", valueWhiteSpace, true)
	kFacetPlain = facet("xs:pattern or xs:enumeration", valueString, false)
}
