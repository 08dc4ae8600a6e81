package xsd

// check applies the rules that need every component resolved.
func (s *schema) check() {
	if s.tooLarge() {
		return // the other checks walk content models as if written out
	}
	s.checkRedefinitions()
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

// maxParticles bounds the content models of a contract, which are written out:
// groups that hold groups twice double them at each level.
const maxParticles = 1 << 20

// tooLarge reports content models that cannot be written out.
func (s *schema) tooLarge() bool {
	total := 0
	for _, t := range s.allTypes {
		if !t.complex || t.particle == nil {
			continue
		}
		total = plus(total, t.particle.size)
		if total > maxParticles {
			s.diags.Errorf(t.at(), "unsupported", "the content models have more than %d particles when written out", maxParticles).
				WithHint("groups that refer to groups several times double them; write fewer references")
			return true
		}
	}
	return false
}
