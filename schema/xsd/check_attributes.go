package xsd

// checkIDs reports a type with two attributes of type xs:ID (ct-props-correct,
// clause 5).
func (s *schema) checkIDs(t *typeDef) {
	var first *attributeUse
	for _, u := range t.uses {
		if !u.decl.typ.simple.hasID() {
			continue
		}
		if first != nil {
			s.diags.Errorf(u.node.at(), "ct-props-correct.5", "%s has two attributes of type xs:ID", t.describe()).
				WithRelated(first.node.at())
			return
		}
		first = u
	}
}
