package wire

import "slices"

// This file chooses the fast path of a simple type, which xmlCheck.plainValue
// then takes.

// xmlFast says which fast path reads the text of an element.
type xmlFast uint8

const (
	fastNone     xmlFast = iota // none
	fastString                  // any text
	fastDouble                  // a plain number between loF and hiF
	fastInt                     // a plain whole number between lo and hi
	fastChecked                 // any text that check accepts
	fastChildren                // child elements: no text
)

// choose finds the fast path for the type.
func (t *xmlSimple) choose() {
	switch {
	case t.special || t.kind == kindUnion || t.kind == kindList || t.kind.named():
		return
	case t.kind == kindDouble:
		t.chooseDouble()
	case t.kind == kindDecimal && t.builtin.integer:
		t.chooseInt()
	case t.plain && (t.kind == kindString || t.kind == kindAny) && t.builtin.lexical == nil:
		t.fast = fastString
	default:
		t.fast = fastChecked
	}
}

// chooseDouble lets plain numbers be compared as they are read.
func (t *xmlSimple) chooseDouble() {
	t.fast = fastChecked
	if t.values != nil || t.patterns != nil {
		return
	}
	t.fast, t.loF, t.hiF = fastDouble, inf(-1), inf(1)
	for _, b := range t.bounds {
		switch n := b.value.num; {
		case n != n:
			t.fast = fastChecked
		case b.upper && (n < t.hiF || n == t.hiF && b.strict):
			t.hiF, t.openHi = n, b.strict
		case !b.upper && (n > t.loF || n == t.loF && b.strict):
			t.loF, t.openLo = n, b.strict
		}
	}
}

// chooseInt lets plain whole numbers be compared as they are read.
func (t *xmlSimple) chooseInt() {
	t.fast = fastChecked
	if t.values != nil || t.patterns != nil || t.total >= 0 {
		return
	}
	lo, hi := int64(minInt64), int64(maxInt64)
	for _, b := range slices.Concat(t.bounds, t.builtin.bounds()) {
		n, ok := parseInt64(b.text)
		if !ok {
			// Beyond what the fast path reads: it is no bound there, or leaves
			// nothing.
			if b.value.dec.neg == b.upper {
				return
			}
			continue
		}
		if b.strict && (n == minInt64 || n == maxInt64) {
			return
		}
		switch {
		case b.upper && b.strict:
			hi = min(hi, n-1)
		case b.upper:
			hi = min(hi, n)
		case b.strict:
			lo = max(lo, n+1)
		default:
			lo = max(lo, n)
		}
	}
	if lo <= hi {
		t.fast, t.lo, t.hi = fastInt, lo, hi
	}
}

const (
	minInt64 = -1 << 63
	maxInt64 = 1<<63 - 1
)
