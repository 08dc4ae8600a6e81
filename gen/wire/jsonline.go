package wire

// line is what the lines of a depth begin with in a payload that is printed
// pretty: a line feed and spaces.
type line struct {
	size int    // of both
	mask uint64 // covers their first 8 bytes, or all if there are fewer
}

const (
	// maxLines is for how many depths a decoder remembers lines. Deeper ones
	// share their memory.
	maxLines = 64
	// maxLine is how long they may be: they are looked for where the payload may
	// end, with as many zeros behind it.
	maxLine = padding - 8
)

// line returns the offset behind l if it stands at p, and p if it does not.
func (b buffer) line(p int, l line) int {
	const spaces = ones * ' '
	q := p + l.size
	i := q - 8
	for i > p && b.u64(i) == spaces {
		i -= 8
	}
	if i > p || (b.u64(p)^(spaces&^0xFF|'\n'))&l.mask != 0 {
		return p
	}
	return q
}

// skip returns the offset of the first byte from p that is no white space. If a
// line begins at p, l becomes what it begins with.
func (l *line) skip(b buffer, p int) int {
	if q := b.line(p, *l); b.u8(q) > ' ' {
		return q
	}
	if b.u8(p) == '\n' {
		q := b.indent(p + 1)
		if q-p <= maxLine {
			*l = line{q - p, nameMask(q - p)}
		}
		p = q
	}
	return jsonSkip(b, p)
}

// space returns the offset of the first byte from p that is no white space. If
// a line of the depth begins at p, it will be known by what it begins with.
func (j *JSON) space(p, depth int) int {
	if j.buf.u8(p) > ' ' {
		return p
	}
	return j.lines[depth&(maxLines-1)].skip(j.buf, p)
}
