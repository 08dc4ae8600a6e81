package wire

import (
	"slices"
	"sync"
)

// jsonTeller is a member whose constant value tells branches apart.
type jsonTeller[B any] struct {
	name string
	// byValue are the branches that can admit an object with that string, other
	// those that can with any other value, and absent those that can without
	// the member.
	byValue map[string][]B
	other   []B
	absent  []B
	values  []string // in the contract's order
}

// branches returns the branches that the object at entry i can match, and
// whether some are known by the member's value.
func (t *jsonTeller[B]) branches(v *jsonCheck, i int) (list []B, known bool) {
	m := v.member(i, t.name)
	if m == 0 {
		return t.absent, false
	}
	if e := &v.entries[m]; e.kind() == jsonString {
		if list, known = t.byValue[string(v.str(e))]; known {
			return list, true
		}
	}
	return t.other, false
}

// jsonTellers finds tellers. What it finds out about a schema it remembers.
type jsonTellers struct {
	sync.Mutex
	schemas  []JSONSchema
	nodes    []jsonNode
	admits   []uint8 // the kinds that a schema can admit
	told     []*jsonTold
	required map[jsonRequire]bool
}

// jsonTold is what a schema says of members whose values must be one of some
// strings, or nearly so: in every object that it admits.
type jsonTold struct {
	names  []string // in the contract's order
	byName map[string]*jsonTell
}

type jsonTell struct {
	strings  []string
	others   bool // values that are no strings are admitted too
	required bool
}

// maxTold is how many members of a schema are thought of.
const maxTold = 32

// add adds what is said of a member, in addition to what has been: that much
// holds, whatever the values beyond it.
func (t *jsonTold) add(name string, tell jsonTell) {
	if known := t.byName[name]; known != nil {
		known.required = known.required || tell.required
	} else if len(t.names) < maxTold {
		if t.byName == nil {
			t.byName = make(map[string]*jsonTell)
		}
		t.names = append(t.names, name)
		t.byName[name] = &tell
	}
}

func (t *jsonTold) addAll(other *jsonTold) {
	for _, name := range other.names {
		t.add(name, *other.byName[name])
	}
}

// tells works out what a schema tells, from what it says itself and from what
// must hold together with it. Of a union, that is what all branches tell.
func (x *jsonTellers) tells(i int) *jsonTold {
	if t := x.told[i]; t != nil {
		return t
	}
	s, n := &x.schemas[i], &x.nodes[i]
	t := new(jsonTold)
	x.told[i] = t
	if n.obj != nil {
		for k := range n.obj.members {
			if values := n.memberValues(k); values != nil {
				t.add(n.obj.names.list[k].text, jsonTell{strings: values.strings, others: len(values.others) > 0})
			}
		}
	}
	if s.Ref != 0 && s.RefAnchor == "" {
		t.addAll(x.tells(s.Ref))
	}
	for _, r := range s.AllOf {
		t.addAll(x.tells(r))
	}
	t.addAll(x.allTell(s.AnyOf))
	t.addAll(x.allTell(s.OneOf))
	for _, name := range t.names {
		if x.requires(jsonRequire{i, name}) {
			t.byName[name].required = true
		}
	}
	return t
}

// jsonRequire asks whether a schema requires a member.
type jsonRequire struct {
	schema int
	name   string
}

// requires tells whether a schema, or one that must hold together with it,
// requires a member.
func (x *jsonTellers) requires(q jsonRequire) bool {
	if known, ok := x.required[q]; ok {
		return known
	}
	s := &x.schemas[q.schema]
	it := slices.Contains(s.Required, q.name) ||
		s.Ref != 0 && s.RefAnchor == "" && x.requires(jsonRequire{s.Ref, q.name}) ||
		slices.ContainsFunc(s.AllOf, func(r int) bool { return x.requires(jsonRequire{r, q.name}) })
	x.required[q] = it
	return it
}

// allTell returns what each of the branches for objects tells.
func (x *jsonTellers) allTell(branches []int) *jsonTold {
	all := new(jsonTold)
	var told []*jsonTold
	for _, r := range branches {
		if x.admits[r]&(1<<jsonObject) != 0 {
			told = append(told, x.tells(r))
		}
	}
	if len(told) == 0 {
		return all
	}
	for _, name := range told[0].names {
		tell, seen := jsonTell{required: true}, make(map[string]bool)
		for _, t := range told {
			one := t.byName[name]
			if one == nil {
				tell.strings = nil
				break
			}
			for _, s := range one.strings {
				if !seen[s] {
					seen[s] = true
					tell.strings = append(tell.strings, s)
				}
			}
			tell.others = tell.others || one.others
			tell.required = tell.required && one.required
		}
		if tell.strings != nil {
			all.add(name, tell)
		}
	}
	return all
}

// jsonToldBranch is a branch and what its schema tells.
type jsonToldBranch[B any] struct {
	branch B
	told   *jsonTold
}

// newJSONTeller looks for the member that tells the most branches apart, and
// returns nil when none does.
func newJSONTeller[B any](branches []jsonToldBranch[B]) *jsonTeller[B] {
	var names []string
	count := make(map[string]int) // how many branches tell a name
	for _, b := range branches {
		for _, name := range b.told.names {
			if count[name]++; count[name] == 1 {
				names = append(names, name)
			}
		}
	}
	var best *jsonTeller[B]
	longest := len(branches)
	for _, name := range names {
		if count[name] < 2 {
			continue
		}
		t := newJSONTellerBy(name, branches)
		most := len(t.other)
		for _, list := range t.byValue {
			most = max(most, len(list))
		}
		if most < longest {
			best, longest = t, most
		}
	}
	return best
}

func newJSONTellerBy[B any](name string, branches []jsonToldBranch[B]) *jsonTeller[B] {
	t := &jsonTeller[B]{name: name, byValue: make(map[string][]B)}
	for _, b := range branches {
		if tell := b.told.byName[name]; tell != nil {
			for _, s := range tell.strings {
				if _, ok := t.byValue[s]; !ok {
					t.byValue[s] = nil
					t.values = append(t.values, s)
				}
			}
		}
	}
	for _, b := range branches {
		tell := b.told.byName[name]
		admitted := t.values
		if tell != nil {
			admitted = tell.strings
		}
		for _, s := range admitted {
			t.byValue[s] = append(t.byValue[s], b.branch)
		}
		if tell == nil || tell.others {
			t.other = append(t.other, b.branch)
		}
		if tell == nil || !tell.required {
			t.absent = append(t.absent, b.branch)
		}
	}
	return t
}

// memberValues returns the const or enum of a member, if its values are all
// strings or nearly so.
func (n *jsonNode) memberValues(k int) *jsonValues {
	m := n.obj.members[k].node
	if m == nil {
		return nil
	}
	values := m.constant
	if values == nil {
		values = m.enum
	}
	if values == nil || len(values.strings) == 0 {
		return nil
	}
	return values
}
