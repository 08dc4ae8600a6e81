package xsd

import (
	"fmt"
	"strings"

	"github.com/biform/biform/schema/model"
)

// identity is an identity constraint definition (Part 1, section 3.11).
type identity struct {
	origin
	kind     model.IdentityKind
	refer    *identity
	selector []model.IdentityPath
	fields   [][]model.IdentityPath
}

// identitiesOf resolves the identity constraints of an element. They have a
// symbol space of their own, whatever element they stand in.
func (s *schema) identitiesOf(d *document, n *node) []*identity {
	var out []*identity
	for _, k := range n.kids {
		switch k.kind {
		case &kUnique, &kKey, &kKeyref:
		default:
			continue
		}
		if !k.has("name") || k.child("selector") == nil {
			continue // the grammar has reported it
		}
		i := &identity{origin: origin{node: k, doc: d, name: model.XMLName{Space: d.target, Local: k.get("name")}},
			kind: model.IdentityKind(k.name.Local)}
		if old, ok := s.identities.byName[i.name]; ok && old.node != k {
			s.duplicate("identity constraint", &i.origin, &old.origin)
			continue
		}
		i.selector = s.identityXPath(d, k.child("selector"), false)
		for _, f := range k.kids {
			if f.kind == &kField {
				i.fields = append(i.fields, s.identityXPath(d, f, true))
			}
		}
		s.identities.add(i.name, i)
		out = append(out, i)
	}
	return out
}

// resolveIdentities finds the key that each keyref refers to (c-props-correct).
func (s *schema) resolveIdentities() {
	for _, i := range s.identities.order {
		if i.kind != model.IdentityKeyRef {
			continue
		}
		key, ok := find(s, i.doc, i.node, "refer", "key", &s.identities, identityName, i.node.get("refer"))
		if !ok {
			continue
		}
		switch {
		case key.kind == model.IdentityKeyRef:
			s.diags.Errorf(i.node.attrAt("refer"), "c-props-correct.1", "%s is a keyref, not a key or unique", braces(key.name)).
				WithRelated(key.at())
			continue
		case len(key.fields) != len(i.fields):
			s.diags.Errorf(i.at(), "c-props-correct.2", "%s has %d fields, the key %s has %d", braces(i.name), len(i.fields),
				braces(key.name), len(key.fields)).WithRelated(key.at())
			continue
		}
		i.refer = key
	}
}

func identityName(i *identity) model.XMLName { return i.name }

func (i *identity) model() model.Identity {
	out := model.Identity{At: i.at(), Kind: i.kind, Name: i.name, Selector: i.selector, Fields: i.fields}
	if i.refer != nil {
		out.Refer = i.refer.name
	}
	return out
}

// identityXPath reads the xpath of a selector or a field.
func (s *schema) identityXPath(d *document, n *node, field bool) []model.IdentityPath {
	rule := "c-selector-xpath"
	if field {
		rule = "c-fields-xpaths"
	}
	var out []model.IdentityPath
	for alternative := range strings.SplitSeq(n.get("xpath"), "|") {
		p := &pathParser{node: n, rest: alternative, field: field}
		path, err := p.path()
		if err != nil {
			s.diags.Errorf(n.attrAt("xpath"), rule, "xpath %q: %v", n.get("xpath"), err).
				WithHint("the paths of XML Schema have child elements and \".//\" at the start, a field's an attribute at the end")
			return nil
		}
		out = append(out, path)
	}
	return out
}

// pathParser reads the XPath subset of section 3.11.6.
type pathParser struct {
	node  *node
	rest  string
	field bool
}

func (p *pathParser) space() { p.rest = strings.TrimLeft(p.rest, xmlSpace) }

// take removes a token from the front, and the white space around it.
func (p *pathParser) take(token string) bool {
	p.space()
	rest, ok := strings.CutPrefix(p.rest, token)
	if ok {
		p.rest = rest
		p.space()
	}
	return ok
}

// path is Path ::= ('.//')? Step ('/' Step)*, with an attribute as the last
// step of a field.
func (p *pathParser) path() (model.IdentityPath, error) {
	var out model.IdentityPath
	if start := p.rest; p.take(".") {
		if out.Deep = p.take("//"); !out.Deep {
			p.rest = start
		}
	}
	for {
		if p.take(".") {
			// the element itself
		} else if p.field && (p.take("@") || p.axis("attribute")) {
			step, err := p.nameTest()
			if err != nil {
				return out, err
			}
			step.Attribute = true
			out.Steps = append(out.Steps, step)
			if p.rest != "" {
				return out, fmt.Errorf("an attribute must be the last step, before %q", p.rest)
			}
			return out, nil
		} else {
			p.axis("child")
			step, err := p.nameTest()
			if err != nil {
				return out, err
			}
			out.Steps = append(out.Steps, step)
		}
		if p.rest == "" {
			return out, nil
		}
		if strings.HasPrefix(p.rest, "//") || !p.take("/") {
			return out, fmt.Errorf("unexpected %q", p.rest)
		}
	}
}

// axis takes "child::" or "attribute::", with white space as XPath allows it.
func (p *pathParser) axis(name string) bool {
	start := p.rest
	if p.take(name) && p.take("::") {
		return true
	}
	p.rest = start
	return false
}

// nameTest is NameTest ::= QName | '*' | NCName ':' '*'. A name without a
// prefix is in no namespace, as in XPath 1.0.
func (p *pathParser) nameTest() (model.IdentityStep, error) {
	if p.take("*") {
		return model.IdentityStep{Name: model.XMLName{Local: "*"}, AnySpace: true}, nil
	}
	name := p.ncName()
	if name == "" {
		if p.rest == "" {
			return model.IdentityStep{}, fmt.Errorf("a step is missing at the end")
		}
		return model.IdentityStep{}, fmt.Errorf("no name at %q", p.rest)
	}
	rest, prefixed := strings.CutPrefix(p.rest, ":")
	if !prefixed || strings.HasPrefix(rest, ":") {
		p.space()
		return model.IdentityStep{Name: model.XMLName{Local: name}}, nil
	}
	space, ok := p.node.scope.lookup(name)
	if !ok {
		return model.IdentityStep{}, fmt.Errorf("prefix %q is not declared", name)
	}
	p.rest = rest
	if strings.HasPrefix(p.rest, "*") {
		p.take("*")
		return model.IdentityStep{Name: model.XMLName{Space: space, Local: "*"}}, nil
	}
	local := p.ncName()
	if local == "" {
		return model.IdentityStep{}, fmt.Errorf("no name after prefix %q", name)
	}
	p.space()
	return model.IdentityStep{Name: model.XMLName{Space: space, Local: local}}, nil
}

func (p *pathParser) ncName() string {
	end := len(p.rest)
	for i, c := range p.rest {
		if i == 0 && !isNameStart(c) || !isNameChar(c) {
			end = i
			break
		}
	}
	name := p.rest[:end]
	p.rest = p.rest[end:]
	return name
}
