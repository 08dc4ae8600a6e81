package jsonschema

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/biform/biform/schema/jsonschema/jsontree"
)

// This file lists the subschemas of a file, with the identifiers and anchors
// that references find them by (2020-12, Core 8.2 and 9.1).

// index lists the schema at a node and everything below it.
func (s *Set) index(f *file, n *jsontree.Node, path string, parent *schema, r *resource, d *dialect) *schema {
	sch := &schema{file: f, node: n, path: path, parent: parent, resource: r, dialect: d}
	f.schemas[path] = sch
	f.order = append(f.order, sch)
	if n.Kind != jsontree.Object {
		return sch
	}
	s.identify(sch)
	for _, m := range n.Members {
		k := sch.dialect.keyword(m.Name)
		if k == nil || k.place == inNone {
			continue
		}
		below := path + "/" + jsontree.Escape(m.Name)
		s.indexValue(sch, k, m.Value, below)
	}
	return sch
}

// indexValue lists the subschemas in the value of a keyword. What has the
// wrong kind is left to the meta-schema.
func (s *Set) indexValue(sch *schema, k *keyword, v *jsontree.Node, path string) {
	one := func(n *jsontree.Node, path string) {
		if n.Kind == jsontree.Object || n.Kind == jsontree.Bool {
			s.index(sch.file, n, path, sch, sch.resource, sch.dialect)
		}
	}
	switch {
	case k.place == inNames && v.Kind == jsontree.Object:
		for _, m := range v.Members {
			one(m.Value, path+"/"+jsontree.Escape(m.Name))
		}
	case (k.place == inArray || k.place == inBoth) && v.Kind == jsontree.Array:
		for i, n := range v.Items {
			one(n, path+"/"+strconv.Itoa(i))
		}
	case k.place == inValue || k.place == inBoth:
		one(v, path)
	}
}

// identify takes note of what names the schema.
func (s *Set) identify(sch *schema) {
	d := sch.dialect
	if d.refAlone() && sch.isRef() {
		return // an identifier beside $ref is void
	}
	if id := sch.node.Get(d.idKeyword()); id != nil && id.Kind == jsontree.String {
		s.name(sch, id)
	}
	if v := sch.node.Get("$schema"); v != nil && v.Kind == jsontree.String && sch.parent != nil && sch.resource.root == sch {
		if d := knownDialect(v.Text); d != nil {
			sch.dialect = d // an embedded resource may have a draft of its own
		}
	}
	for _, name := range []string{"$anchor", "$dynamicAnchor"} {
		if v := sch.node.Get(name); v != nil && v.Kind == jsontree.String && sch.dialect.keyword(name) != nil {
			s.anchor(sch, v.Text, v, name)
		}
	}
}

// name gives the schema the identifier that its $id says.
func (s *Set) name(sch *schema, id *jsontree.Node) {
	keyword := sch.dialect.idKeyword()
	address, fragment, _ := strings.Cut(id.Text, "#")
	if address != "" {
		uri, err := resolve(sch.resource.uri, address)
		if err != nil {
			s.diags.Errorf(sch.valueAt(id, keyword), "bad-identifier", "the identifier %q is not a URI reference: %v", id.Text, err)
			return
		}
		uri, _, _ = strings.Cut(uri, "#")
		if other := s.ids[uri]; other != nil && other.root != nil && other.root != sch {
			s.diags.Errorf(sch.valueAt(id, keyword), "duplicate-identifier", "the identifier %q names another schema too", uri).
				WithHint("every %s of a contract is different", keyword).
				WithRelated(other.root.keywordAt(keyword))
			return
		}
		sch.resource = &resource{uri: uri, root: sch, anchors: map[string]*schema{}}
		s.ids[uri] = sch.resource
	}
	if fragment != "" && sch.dialect.refAlone() && !strings.HasPrefix(fragment, "/") {
		s.anchor(sch, fragment, id, keyword)
	}
}

func (s *Set) anchor(sch *schema, name string, at *jsontree.Node, keyword string) {
	if other := sch.resource.anchors[name]; other != nil && other != sch {
		s.diags.Errorf(sch.valueAt(at, keyword), "duplicate-identifier", "the anchor %q names another schema too", name).
			WithHint("every anchor of a schema resource is different").
			WithRelated(other.position())
		return
	}
	sch.resource.anchors[name] = sch
}

// resolve resolves a reference against an address (RFC 3986, section 5.2). An
// address without a hierarchy, such as a URN, only takes fragments.
func resolve(from, ref string) (string, error) {
	r, err := url.Parse(ref)
	if err != nil {
		if e, ok := err.(*url.Error); ok {
			err = e.Err
		}
		return "", err
	}
	if r.IsAbs() {
		return ref, nil
	}
	b, err := url.Parse(from)
	if err != nil {
		return "", err
	}
	if b.Opaque != "" {
		address, _, _ := strings.Cut(from, "#")
		return address + ref, nil
	}
	if ref == "" {
		return from, nil
	}
	return b.ResolveReference(r).String(), nil
}
