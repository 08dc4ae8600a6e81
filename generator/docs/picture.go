package docs

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// The measures of the picture, in the units of its view box. The script lays
// out by the same ones when branches are folded.
const (
	rowHeight  = 30
	rowIndent  = 26
	boxHeight  = 22
	charWidth  = 7.3 // of the monospaced face at 12 units
	boxPadding = 9
	margin     = 14
	maxPicture = 400 // rows; deeper levels are counted, not drawn
	maxLabel   = 44  // characters
)

// picture is the tree of a document as rows of boxes, like an outline: it stays
// legible however many nodes there are.
type picture struct {
	Width, Height int
	RowHeight     int
	BoxHeight     int
	Rows          []pictureRow
	Cut           bool // some levels are not drawn
}

// pictureRow is one box and the line from its parent.
type pictureRow struct {
	X, Y     int
	Depth    int
	Wire     string // the path of the line, relative to the box
	Class    string
	Name     string
	ID       string
	BoxWidth int
	OccursX  int
	Occurs   string
	TypeX    int
	Type     string
	Mark     string // the place that a recursion returns to, or another spells out
	MarkID   string
	Loops    bool
	Kids     int
	Hidden   int // nodes below that are not drawn
}

// draw lays the tree out, as deep as there is room for.
func draw(t *tree) *picture {
	deepest := pictureDepth(t)
	p := &picture{RowHeight: rowHeight, BoxHeight: boxHeight}
	ys := map[*node]int{}
	for _, n := range t.nodes {
		if n.depth > deepest {
			p.Cut = true
			continue
		}
		r := pictureRow{X: margin + n.depth*rowIndent, Y: margin + len(p.Rows)*rowHeight, Depth: n.depth,
			Name: shorten(visible(n.name)), ID: n.id, Occurs: n.occurs(), Kids: len(n.kids), Class: n.class()}
		ys[n] = r.Y
		if n.parent != nil {
			r.Wire = wirePath(r.Y - ys[n.parent])
		}
		if n.depth == deepest {
			r.Kids, r.Hidden = 0, n.below()
		}
		r.BoxWidth = width(r.Name) + 2*boxPadding
		r.OccursX = r.BoxWidth + 10
		r.TypeX = r.OccursX + width(r.Occurs) + 12
		r.Type = shorten(visible(t.typeWords(n.typ, 0)))
		end := r.TypeX + width(r.Type)
		if n.same != nil {
			r.Loops, r.Mark, r.MarkID = n.recursive, shorten(visible(n.same.path)), n.same.id
			end += width(r.Mark) + 3*boxPadding
		}
		if r.Hidden > 0 {
			end += width(fmt.Sprintf("+%d", r.Hidden)) + 2*boxPadding
		}
		p.Width = max(p.Width, r.X+end+margin)
		p.Rows = append(p.Rows, r)
	}
	p.Height = len(p.Rows)*rowHeight + 2*margin
	return p
}

// wirePath returns the line from a parent's box down and to the left edge of
// a box that stands dy below it.
func wirePath(dy int) string {
	const x = -rowIndent + 12
	return fmt.Sprintf("M%d %dV%dH0", x, -dy+boxHeight, boxHeight/2)
}

// pictureDepth returns how many levels can be drawn in maxPicture rows, at
// least two.
func pictureDepth(t *tree) int {
	count := map[int]int{}
	deepest := 0
	for _, n := range t.nodes {
		count[n.depth]++
		deepest = max(deepest, n.depth)
	}
	sum := 0
	for d := 0; d <= deepest; d++ {
		if sum += count[d]; sum > maxPicture && d > 1 {
			return d - 1
		}
	}
	return deepest
}

// below counts the nodes below a node.
func (n *node) below() int {
	sum := len(n.kids)
	for _, k := range n.kids {
		sum += k.below()
	}
	return sum
}

// class says how a box is drawn.
func (n *node) class() string {
	switch {
	case n.role == roleVariant:
		return "box-variant"
	case n.same != nil:
		return "box-ref"
	case len(n.kids) > 0:
		return "box-record"
	case n.typ != nil && n.typ.Enum != nil:
		return "box-enum"
	}
	return "box-leaf"
}

// width estimates how wide a text is: the wide scripts of East Asia take two
// columns of a monospaced face (Unicode Standard Annex 11).
func width(s string) int {
	columns := 0
	for _, r := range s {
		columns++
		if unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) || r >= 0xFF00 && r <= 0xFF60 || r >= 0x1F300 {
			columns++
		}
	}
	return int(float64(columns)*charWidth + 0.5)
}

// shorten cuts what is too long for a label.
func shorten(s string) string {
	if utf8.RuneCountInString(s) <= maxLabel {
		return s
	}
	return string([]rune(s)[:maxLabel-1]) + "…"
}
