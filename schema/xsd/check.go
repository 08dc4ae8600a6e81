package xsd

// check applies the rules that need every component resolved.
func (s *schema) check() {
	for _, e := range s.allElements {
		s.checkElement(e)
	}
	for _, t := range s.allTypes {
		if !t.complex || t.broken {
			continue
		}
		s.checkConsistent(t)
		s.checkNonAmbiguous(t)
		s.checkIDs(t)
		s.checkRestriction(t)
	}
}
