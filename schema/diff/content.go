package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/biform/biform/schema/constraint"
	"github.com/biform/biform/schema/model"
)

// maxStates is how many pairs of states are looked at to compare two content
// models. Beyond it, the answer is Unknown.
const maxStates = 20000

// expr is a content model as a regular expression over letters. It is compared
// by derivatives (Brzozowski 1964): what may follow once a letter is read.
type expr struct {
	op       exprOp
	letters  []int // of a letter: any of them
	parts    []*expr
	min, max int // of a repetition
	name     string
	nullable bool
}

type exprOp byte

const (
	opNothing exprOp = '0' // no word at all
	opEmpty   exprOp = '1' // the empty word
	opLetter  exprOp = 'l'
	opSeq     exprOp = 's'
	opAlt     exprOp = 'a'
	opRepeat  exprOp = 'r'
	opAll     exprOp = '&' // the parts in any order, each once
)

var (
	nothing   = &expr{op: opNothing, name: "0"}
	emptyWord = &expr{op: opEmpty, name: "1", nullable: true}
)

func letter(letters []int) *expr {
	if len(letters) == 0 {
		return nothing
	}
	return &expr{op: opLetter, letters: letters, name: fmt.Sprint(letters)}
}

func seq(parts ...*expr) *expr {
	var flat []*expr
	for _, p := range parts {
		switch p.op {
		case opNothing:
			return nothing
		case opEmpty:
		case opSeq:
			flat = append(flat, p.parts...)
		default:
			flat = append(flat, p)
		}
	}
	switch len(flat) {
	case 0:
		return emptyWord
	case 1:
		return flat[0]
	}
	return named(&expr{op: opSeq, parts: flat, nullable: !slices.ContainsFunc(flat, func(p *expr) bool { return !p.nullable })})
}

func alt(parts ...*expr) *expr {
	var flat []*expr
	for _, p := range parts {
		switch p.op {
		case opNothing:
		case opAlt:
			flat = append(flat, p.parts...)
		default:
			flat = append(flat, p)
		}
	}
	slices.SortFunc(flat, func(a, b *expr) int { return strings.Compare(a.name, b.name) })
	flat = slices.CompactFunc(flat, func(a, b *expr) bool { return a.name == b.name })
	switch len(flat) {
	case 0:
		return nothing
	case 1:
		return flat[0]
	}
	return named(&expr{op: opAlt, parts: flat, nullable: slices.ContainsFunc(flat, func(p *expr) bool { return p.nullable })})
}

func repeat(p *expr, min, max int) *expr {
	switch {
	case max == 0 || p.op == opEmpty:
		return emptyWord
	case p.op == opNothing && min == 0:
		return emptyWord
	case p.op == opNothing:
		return nothing
	case min == 1 && max == 1:
		return p
	}
	if p.nullable {
		min = 0
	}
	if p.op == opRepeat && p.min <= 1 && p.max == model.Unbounded && min <= 1 && max == model.Unbounded {
		// (x*)* is x*, and so is (x+)*.
		return repeat(p.parts[0], p.min*min, model.Unbounded)
	}
	return named(&expr{op: opRepeat, parts: []*expr{p}, min: min, max: max, nullable: min == 0})
}

func all(parts []*expr) *expr {
	var kept []*expr
	for _, p := range parts {
		switch p.op {
		case opNothing:
			return nothing
		case opEmpty:
		default:
			kept = append(kept, p)
		}
	}
	switch len(kept) {
	case 0:
		return emptyWord
	case 1:
		return kept[0]
	}
	slices.SortFunc(kept, func(a, b *expr) int { return strings.Compare(a.name, b.name) })
	return named(&expr{op: opAll, parts: kept, nullable: !slices.ContainsFunc(kept, func(p *expr) bool { return !p.nullable })})
}

// named gives an expression its name, which equal ones share.
func named(e *expr) *expr {
	var b strings.Builder
	b.WriteByte(byte(e.op))
	if e.op == opRepeat {
		fmt.Fprintf(&b, "%d,%d", e.min, e.max)
	}
	b.WriteByte('(')
	for _, p := range e.parts {
		b.WriteString(p.name)
		b.WriteByte(' ')
	}
	b.WriteByte(')')
	e.name = b.String()
	return e
}

// after returns the words that may follow a letter.
func (e *expr) after(l int) *expr {
	switch e.op {
	case opLetter:
		if slices.Contains(e.letters, l) {
			return emptyWord
		}
		return nothing
	case opSeq:
		var ways []*expr
		for i, p := range e.parts {
			ways = append(ways, seq(append([]*expr{p.after(l)}, e.parts[i+1:]...)...))
			if !p.nullable {
				break
			}
		}
		return alt(ways...)
	case opAlt:
		var ways []*expr
		for _, p := range e.parts {
			ways = append(ways, p.after(l))
		}
		return alt(ways...)
	case opRepeat:
		left := e.max
		if left != model.Unbounded {
			left--
		}
		return seq(e.parts[0].after(l), repeat(e.parts[0], max(e.min-1, 0), left))
	case opAll:
		var ways []*expr
		for i, p := range e.parts {
			if d := p.after(l); d.op != opNothing {
				ways = append(ways, seq(d, all(slices.Delete(slices.Clone(e.parts), i, i+1))))
			}
		}
		return alt(ways...)
	}
	return nothing
}

// wordsWithin tells whether every word of a is one of b.
func wordsWithin(a, b *expr, letters int) constraint.Answer {
	type pair struct{ a, b *expr }
	work := []pair{{a, b}}
	seen := map[string]bool{}
	for len(work) > 0 {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		key := at.a.name + "|" + at.b.name
		if at.a.op == opNothing || at.a.name == at.b.name || seen[key] {
			continue
		}
		if at.a.nullable && !at.b.nullable {
			return constraint.No
		}
		if len(seen) >= maxStates || len(key) > 1<<16 {
			return constraint.Unknown
		}
		seen[key] = true
		for l := range letters {
			work = append(work, pair{at.a.after(l), at.b.after(l)})
		}
	}
	return constraint.Yes
}

// alphabet are the letters of two content models: names of elements, and one
// name of no element for every namespace that wildcards tell apart.
type alphabet struct {
	names  []model.XMLName
	spaces []string
}

// noSpace stands for a namespace that neither contract mentions.
const noSpace = "\x00"

func (a *alphabet) size() int { return len(a.names) + len(a.spaces) }

func (a *alphabet) addName(n model.XMLName) {
	if !slices.Contains(a.names, n) {
		a.names = append(a.names, n)
	}
	a.addSpace(n.Space)
}

func (a *alphabet) addSpace(s string) {
	if !slices.Contains(a.spaces, s) {
		a.spaces = append(a.spaces, s)
	}
}

// element returns the letter of an element.
func (a *alphabet) element(n model.XMLName) []int { return []int{slices.Index(a.names, n)} }

// wildcard returns the letters that a wildcard admits.
func (a *alphabet) wildcard(w *model.Wildcard, rename func(string) string) []int {
	var out []int
	for i, n := range a.names {
		if admits(w, n.Space, rename) {
			out = append(out, i)
		}
	}
	for i, s := range a.spaces {
		if admits(w, s, rename) {
			out = append(out, len(a.names)+i)
		}
	}
	return out
}

// admits tells whether a wildcard admits names of a namespace (Part 1, section
// 3.10.4).
func admits(w *model.Wildcard, space string, rename func(string) string) bool {
	if w.AnyNamespace {
		return true
	}
	listed := slices.ContainsFunc(w.Namespaces, func(s string) bool { return rename(s) == space })
	if w.Not {
		return !listed && space != ""
	}
	return listed
}
