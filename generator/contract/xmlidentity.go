package contract

import (
	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/model"
)

// This file turns identity constraints into tables (Part 1, section 3.11).

// identities writes the identity constraints of all elements.
func (b *xmlBuilder) identities() {
	numbers := map[model.XMLName]int{}
	for i := range b.in.Elements {
		e := &b.in.Elements[i]
		for k := range e.Identities {
			id := &e.Identities[k]
			if len(b.out.Identities) == 0 {
				b.out.Identities = make([]wire.XMLIdentity, 1)
			}
			n := len(b.out.Identities)
			numbers[id.Name] = n
			b.out.Identities = append(b.out.Identities, b.identity(id))
			b.out.Elements[i+1].Identities = append(b.out.Elements[i+1].Identities, n)
		}
	}
	n := 0
	for i := range b.in.Elements {
		for k := range b.in.Elements[i].Identities {
			n++
			id := &b.in.Elements[i].Identities[k]
			if id.Kind != model.IdentityKeyRef {
				continue
			}
			refer := numbers[id.Refer]
			if refer == 0 || b.out.Identities[refer].Kind == wire.XMLKeyRef || len(b.out.Identities[refer].Fields) != len(id.Fields) {
				b.diags.Errorf(id.At, "src-resolve", "keyref %s refers to %s, which is no key of as many fields", id.Name.Local, id.Refer.Local)
				continue
			}
			b.out.Identities[n].Refer = refer
		}
	}
}

func (b *xmlBuilder) identity(id *model.Identity) wire.XMLIdentity {
	out := wire.XMLIdentity{Name: id.Name.Local, Selector: paths(id.Selector)}
	switch id.Kind {
	case model.IdentityUnique:
	case model.IdentityKey:
		out.Kind = wire.XMLKey
	case model.IdentityKeyRef:
		out.Kind = wire.XMLKeyRef
	default:
		b.diags.Errorf(id.At, codeUnsupported, "an identity constraint of kind %q", string(id.Kind))
	}
	for _, f := range id.Fields {
		out.Fields = append(out.Fields, paths(f))
	}
	return out
}

func paths(in []model.IdentityPath) []wire.XMLPath {
	var out []wire.XMLPath
	for _, p := range in {
		path := wire.XMLPath{Deep: p.Deep}
		for _, s := range p.Steps {
			path.Steps = append(path.Steps, wire.XMLPathStep{Attribute: s.Attribute, Name: s.Name.Local, Space: s.Name.Space, AnySpace: s.AnySpace})
		}
		out = append(out, path)
	}
	return out
}
