package xsd

import (
	"strings"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/model"
)

// grammarCheck holds one schema document against the table of grammar.go.
type grammarCheck struct {
	diags *diag.List
	ids   map[string]bool
}

// checkGrammar reports everything in a schema document that the schema for
// schemas does not allow: a schema document is an instance of that, so that the
// codes are those of its validation (Part 1, section 5.1). It returns false when the root is no xs:schema.
func checkGrammar(root *node, diags *diag.List) bool {
	if !root.is("schema") {
		d := diags.Errorf(root.at(), "cvc-elt.1", "the root element is %s, not xs:schema", braces(root.name))
		if root.name.Local == "schema" {
			d.WithHint("declare xmlns:xs=%q and write <xs:schema>", xsdSpace)
		}
		return false
	}
	c := &grammarCheck{diags: diags, ids: map[string]bool{}}
	c.node(root, &kSchema)
	return true
}

func (c *grammarCheck) node(n *node, k *componentKind) {
	n.kind = k
	c.attributes(n, k)
	if k.free {
		return
	}
	if strings.Trim(n.text, xmlSpace) != "" {
		c.diags.Errorf(n.file.Position(n.textAt, n.path()), "cvc-complex-type.2.3", "%s holds text", k.name).
			WithHint("move it into xs:annotation/xs:documentation or remove it")
	}
	c.children(n, k)
}

// attributes checks the attributes of one component. Attributes of foreign
// namespaces are allowed everywhere.
func (c *grammarCheck) attributes(n *node, k *componentKind) {
	for i := range n.attrs {
		a := &n.attrs[i]
		switch a.name.Space {
		case "":
		case xsdSpace:
			c.diags.Errorf(n.file.Position(a.offset, n.path()), "cvc-complex-type.3.2.2",
				"%s has an attribute %q in the namespace of XML Schema", k.name, a.name.Local).
				WithHint("write the attribute without a prefix")
			continue
		default:
			if a.name == (model.XMLName{Space: xmlSpaceNS, Local: "lang"}) && !isLanguage(collapse(a.value)) {
				c.diags.Errorf(n.file.Position(a.offset, n.path()), "cvc-attribute.3", "xml:lang %q is no language", a.value)
			}
			continue
		}
		rule := k.attr(a.name.Local)
		if rule == nil {
			c.diags.Errorf(n.attrAt(a.name.Local), "cvc-complex-type.3.2.1", "%s has no attribute %q", k.name, a.name.Local).
				WithHint("%s", k.attrHint(a.name.Local))
			continue
		}
		if why := rule.value.check(n, a.value); why != "" {
			c.diags.Errorf(n.attrAt(a.name.Local), "cvc-attribute.3", "attribute %q of %s is %s", a.name.Local, k.name, why)
			continue
		}
		if rule.value == valueID {
			id := collapse(a.value)
			if c.ids[id] {
				c.diags.Errorf(n.attrAt("id"), "cvc-id.2", "id %q is used twice in the schema document", id)
			}
			c.ids[id] = true
		}
	}
	for _, rule := range k.attrs {
		if rule.required && !n.has(rule.name) {
			c.diags.Errorf(n.at(), "cvc-complex-type.4", "%s has no attribute %q", k.name, rule.name)
		}
	}
}

func (k *componentKind) attr(name string) *attrRule {
	for i := range k.attrs {
		if k.attrs[i].name == name {
			return &k.attrs[i]
		}
	}
	return nil
}

func (k *componentKind) attrHint(name string) string {
	names := make([]string, len(k.attrs))
	for i, r := range k.attrs {
		names[i] = r.name
	}
	if s := suggest(name, names); s != "" {
		return "did you mean " + s + "?"
	}
	return "it may have: " + strings.Join(names, ", ")
}

// children fills the slots of a component with its children, in order.
func (c *grammarCheck) children(n *node, k *componentKind) {
	at, count := 0, 0
	closed := false
	for _, child := range n.kids {
		found := -1
		for s := at; s < len(k.slots); s++ {
			if closed || s == at && count > 0 && !k.slots[s].many {
				continue
			}
			if k.slots[s].kid(child.name) != nil {
				found = s
				break
			}
		}
		if found < 0 {
			c.unexpected(n, child, k)
			continue
		}
		for s := at; s < found; s++ {
			c.missing(n, k, s, at, count)
		}
		if found != at {
			at, count = found, 0
		}
		count++
		closed = k.slots[at].last
		c.node(child, k.slots[at].kid(child.name))
	}
	for s := at; s < len(k.slots); s++ {
		c.missing(n, k, s, at, count)
	}
}

// missing reports a slot that was passed without the children it needs.
func (c *grammarCheck) missing(n *node, k *componentKind, s, at, count int) {
	filled := 0
	if s == at {
		filled = count
	}
	if filled < k.slots[s].min {
		c.diags.Errorf(n.at(), "cvc-complex-type.2.4", "%s has no %s", k.name, k.slots[s].names(" or "))
	}
}

func (c *grammarCheck) unexpected(n, child *node, k *componentKind) {
	d := c.diags.Errorf(child.at(), "cvc-complex-type.2.4", "%s may not stand here in %s", braces(child.name), k.name)
	for _, s := range k.slots {
		if s.kid(child.name) != nil {
			d.WithHint("it is out of order or given once too often; the order is %s", k.order())
			return
		}
	}
	if child.name.Space != xsdSpace {
		d.WithHint("elements of other namespaces belong into xs:annotation/xs:appinfo")
		return
	}
	var names []string
	for _, s := range k.slots {
		for _, kd := range s.kids {
			names = append(names, kd.local)
		}
	}
	if s := suggest(child.name.Local, names); s != "" {
		d.WithHint("did you mean xs:%s?", s)
		return
	}
	d.WithHint("it may hold %s", k.order())
}

func (s *slot) kid(name model.XMLName) *componentKind {
	if name.Space != xsdSpace {
		return nil
	}
	for _, k := range s.kids {
		if k.local == name.Local {
			return k.kind
		}
	}
	return nil
}

func (s *slot) names(sep string) string {
	names := make([]string, len(s.kids))
	for i, k := range s.kids {
		names[i] = "xs:" + k.local
	}
	return strings.Join(names, sep)
}

func (k *componentKind) order() string {
	parts := make([]string, len(k.slots))
	for i := range k.slots {
		parts[i] = k.slots[i].names("|")
	}
	return strings.Join(parts, ", then ")
}
