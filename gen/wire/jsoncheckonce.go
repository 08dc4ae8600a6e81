package wire

// What happens when schemas meet the same values again and again. Two branches
// that both recurse into a member double the work at every level, so that a
// payload of 500 levels would never end: from some number of steps on, answers
// are kept.
const (
	stepsPerEntry   = 64
	stepsPerPayload = 4096
	// explainSteps is how many steps branches that are only tentative may be
	// explained for; those behind are said to fail, not why.
	explainSteps = 1 << 16
)

// repeats tells whether there have been so many steps that answers are kept.
func (v *jsonCheck) repeats() bool { return v.steps > v.n*stepsPerEntry+stepsPerPayload }

// jsonQuestion is whether a value satisfies a schema, and with dynamic
// references, on which way there.
type jsonQuestion struct {
	node  *jsonNode
	at    int
	scope string
}

func (v *jsonCheck) question(n *jsonNode, i int) jsonQuestion {
	q := jsonQuestion{node: n, at: i}
	if v.program.anchors != nil {
		scope := make([]byte, 0, 4*len(v.scope))
		for _, r := range v.scope {
			scope = append(scope, byte(r), byte(r>>8), byte(r>>16), byte(r>>24))
		}
		q.scope = string(scope)
	}
	return q
}

// evalOnce evaluates a container, keeping the answer.
func (v *jsonCheck) evalOnce(n *jsonNode, i int, kind uint32, track bool) bool {
	if track {
		// What it evaluates is wanted too. The items and members below it are
		// questions of their own.
		return v.rules(n, i, kind, track)
	}
	q := v.question(n, i)
	if v.explaining {
		return v.explainOnce(q, kind)
	}
	if ok, known := v.memo[q]; known {
		return ok
	}
	ok := v.rules(n, i, kind, false)
	if v.memo == nil {
		v.memo = make(map[jsonQuestion]bool)
	}
	v.memo[q] = ok
	return ok
}

// evalScoped evaluates in the scope of the node's resource.
func (v *jsonCheck) evalScoped(n *jsonNode, i int, kind uint32, track bool) bool {
	depth := len(v.scope)
	if depth == 0 || v.scope[depth-1] != n.resource {
		v.scope = append(v.scope, n.resource)
	}
	var ok bool
	if v.steps++; kind >= jsonArray && (v.repeats() || v.explaining) {
		ok = v.evalOnce(n, i, kind, track)
	} else {
		ok = v.rules(n, i, kind, track)
	}
	v.scope = v.scope[:depth]
	return ok
}
