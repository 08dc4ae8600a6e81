package jsonschema

import (
	"strconv"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
)

// This file warns of what is legal but is probably not meant: a keyword with a
// typing mistake, a keyword of another draft, a rule beside a $ref that voids
// it.

func itoa(i int) string { return strconv.Itoa(i) }

// slips looks at every schema of the contract's own files.
func (s *Set) slips() {
	for _, f := range s.files {
		if f.builtin {
			continue
		}
		for _, sch := range f.order {
			if sch.node.Kind == jsontree.Object {
				s.slip(sch)
				s.contradictions(sch)
			}
		}
	}
}

func (s *Set) slip(sch *schema) {
	voided := sch.dialect.refAlone() && sch.isRef()
	for _, m := range sch.node.Members {
		at := sch.keywordAt(m.Name)
		k := keywordTable[m.Name]
		switch {
		case sch.dialect.keyword(m.Name) == nil && k != nil:
			s.otherDraft(sch, k)
		case k == nil && !strings.HasPrefix(m.Name, "x-"):
			if near := nearKeyword(sch.dialect, m.Name); near != "" {
				s.diags.Warnf(at, "unknown-keyword", "%q is no keyword of %s and has no effect", m.Name, sch.dialect.draft).
					WithHint("did you mean %q?", near)
			}
		case k != nil && voided && m.Name != "$ref" && k.vocabulary != "meta-data" && k.vocabulary != "core":
			s.diags.Warnf(at, "void-keyword", "%s beside $ref has no effect in %s", m.Name, sch.dialect.draft).
				WithHint("write \"allOf\": [{\"$ref\": ...}] to have both")
		}
	}
}

// successors say what to write for a keyword that a later draft has renamed.
var successors = map[string]string{
	"additionalItems": "items, beside prefixItems", "id": "$id", "$recursiveRef": "$dynamicRef", "$recursiveAnchor": "$dynamicAnchor",
}

// otherDraft warns of a keyword that the draft does not have.
func (s *Set) otherDraft(sch *schema, k *keyword) {
	g := sch.dialect.generation()
	switch k.name {
	case "id", "$defs", "deprecated", "examples", "$comment", "readOnly", "writeOnly":
		return // harmless in the other drafts: references find definitions anywhere
	}
	d := s.diags.Warnf(sch.keywordAt(k.name), "other-draft", "%s is no keyword of %s and has no effect", k.name, sch.dialect.draft)
	switch {
	case g < k.from:
		d.WithHint("it came with %s; name that draft in $schema, or say it otherwise", dialects[k.from].draft)
	case g > k.to:
		d.WithHint("%s had it; write %s", dialects[k.to].draft, successors[k.name])
	default:
		d.WithHint("the contract's own meta-schema does not list the vocabulary %q", k.vocabulary)
	}
}

// nearKeyword returns the keyword of the dialect that a name is probably a slip
// of, or "".
func nearKeyword(d *dialect, name string) string {
	var names []string
	for i := range keywords {
		if k := d.keyword(keywords[i].name); k != nil {
			names = append(names, k.name)
		}
	}
	for _, k := range names {
		if strings.EqualFold(k, name) || strings.EqualFold("$"+name, k) {
			return k
		}
	}
	if len(name) < 4 {
		return ""
	}
	return nearest(name, names)
}
