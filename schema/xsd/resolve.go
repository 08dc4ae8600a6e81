package xsd

// resolve resolves every component, reachable or not: a fault is a fault
// wherever it stands.
func (s *schema) resolve() {
	for _, t := range s.types.order {
		s.resolveType(t)
	}
	for _, a := range s.attributes.order {
		s.resolveAttribute(a)
	}
	for _, g := range s.attributeGroups.order {
		if g.state == fresh {
			s.resolveAttributeGroup(g, g.node)
		}
	}
	for _, g := range s.groups.order {
		s.resolveGroup(g)
	}
	for _, e := range s.elements.order {
		s.resolveElement(e)
	}
	// Anonymous types of elements hold elements with anonymous types: the list
	// grows while it is walked.
	for i := 0; i < len(s.allElements); i++ {
		s.resolveType(s.allElements[i].typ)
	}
	s.resolveIdentities()
}
