package wire

import (
	"slices"
	"strings"
)

// This file keeps what was kept in its namespaces. It is written again as it was
// spelled, inside elements whose names a generated writer spells, by prefixes of
// its own: the declarations of a payload that bind these to other namespaces
// cannot stand where they stood.

// declaration returns the attribute that binds a prefix, or with an empty one the
// default namespace. The value has its quotes.
func declaration(prefix, space string) (name, raw string) {
	if name = "xmlns"; prefix != "" {
		name += ":" + prefix
	}
	w := XMLWriter{}
	w.Attr(name, space)
	return name, string(w.Buf[len(" =")+len(name):])
}

// declarations returns the bindings of the attributes that are written with the
// root. Their namespaces are values as declaration returns them.
func declarations(attrs string) (list []binding) {
	for attrs != "" {
		name, rest, _ := strings.Cut(attrs, "=")
		_, prefix, _ := strings.Cut(name, ":")
		n := strings.Index(rest[1:], `"`) + 2
		list = append(list, binding{prefix, rest[:n]})
		attrs = rest[n:]
	}
	return list
}

// writes returns the value that the writer binds a prefix to, "" for none.
func (x *XML) writes(prefix string) string {
	for _, b := range x.written {
		if b.prefix == prefix {
			return b.space
		}
	}
	return ""
}

// taken tells whether the writer binds a prefix to another namespace.
func (x *XML) taken(prefix, space string) bool {
	own := x.writes(prefix)
	if own == "" || !x.exact {
		return false
	}
	_, raw := declaration(prefix, space)
	return raw != own
}

// bound tells whether the payload or the writer binds a prefix to something.
func (x *XML) bound(prefix string) bool {
	_, bound := x.lookup(prefix)
	return bound || x.writes(prefix) != ""
}

// keepBy keeps an attribute, by the kind of m and with the beginning of its name.
// Of a prefix that is taken, the declaration is left to what needs it, and an
// attribute gets another prefix.
func (x *XML) keepBy(a *attribute, m Member, unknown *[]Member) {
	begin := m.Name
	m.Name, m.Raw = begin+x.buf.str(a.at, a.at+a.n), x.buf.str(a.from, a.to)
	switch {
	case a.prefix == "":
	case a.declares && x.taken(a.local, a.value):
		x.foreign = true
		return
	case !a.declares && x.taken(a.prefix, a.space):
		own := a.prefix + "x"
		for n := 0; x.bound(own); n++ {
			if own += "x"; n > 16 {
				return // somebody has bound them all
			}
		}
		m.Name = begin + own + ":" + a.local
		d := Member{Kind: m.Kind, Index: m.Index}
		if d.Name, d.Raw = declaration(own, a.space); d.Kind == NilMember {
			d.Kind = AttributeMember
		}
		if d.Name = begin + d.Name; !slices.Contains(*unknown, d) {
			*unknown = append(*unknown, d)
		}
	}
	*unknown = append(*unknown, m)
}

// scope returns the namespace declarations that the element whose start tag was
// read last needs where it is written again: of the default namespace if the one
// that stands there is another, and of prefixes that are taken.
func (x *XML) scope() (list []binding) {
	if !x.exact {
		return nil
	}
	there := ""
	if x.writes("") != "" {
		there = x.document
	}
	if !x.defaults && x.space != there {
		list = append(list, binding{"", x.space})
	}
	if !x.foreign {
		return list
	}
	for _, b := range x.written {
		if space, ok := x.lookup(b.prefix); ok && b.prefix != "" && x.taken(b.prefix, space) {
			list = append(list, binding{b.prefix, space})
		}
	}
	return list
}

// scoped returns an element with the declarations of a scope that its own start tag
// has not.
func scoped(raw, name string, scope []binding) string {
	tag := 1 + len(name)
	all := ""
	for _, b := range scope {
		attr, value := declaration(b.prefix, b.space)
		if used := b.prefix == "" || strings.Contains(raw, b.prefix+":"); used && !hasAttr(raw[tag:], attr) {
			all += " " + attr + "=" + value
		}
	}
	if all == "" {
		return raw
	}
	return raw[:tag] + all + raw[tag:]
}

// hasAttr tells whether a start tag, from behind its name on, has an attribute.
func hasAttr(tag, name string) bool {
	const space = " \t\r\n"
	for {
		tag = strings.TrimLeft(tag, space)
		i := strings.IndexAny(tag, space+"=/>")
		if i <= 0 {
			return false
		}
		if tag[:i] == name {
			return true
		}
		i = strings.IndexAny(tag, `"'`)
		end := strings.IndexByte(tag[i+1:], tag[i])
		tag = tag[i+1+end+1:]
	}
}
