package wire

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// This file reads JSON values. Each method reads the value that comes next. ok
// is false when it is absent: null, nothing or a sentinel stands there, or
// something that cannot be read, which is then reported.

// Float64 reads a number.
func (j *JSON) Float64() (float64, bool) {
	p, b := j.pos, j.buf
	if b.u8(p) == '"' {
		if f, q := b.float(p + 1); q > p+1 && b.u8(q) == '"' {
			j.pos = q + 1
			if j.watch {
				j.spelled(p, j.meta, AsString, AsNumber)
			}
			return f, true
		}
	} else if f, q := b.float(p); q > p && b.ends(q) && !b.leadingZero(p) {
		j.pos = q
		if j.watch {
			j.spelled(p, j.meta, AsNumber, AsNumber)
		}
		return f, true
	}
	return scanJSON(j, AsNumber, "a number", parseFloat64)
}

// Float32 reads a number in single precision.
func (j *JSON) Float32() (float32, bool) { return scanJSON(j, AsNumber, "a number", parseFloat32) }

// Int64 reads a whole number.
func (j *JSON) Int64() (int64, bool) {
	p, b := j.pos, j.buf
	if b.u8(p) == '"' {
		if i, q := b.int(p + 1); q > p+1 && b.u8(q) == '"' {
			j.pos = q + 1
			if j.watch {
				j.spelled(p, j.meta, AsString, AsNumber)
			}
			return i, true
		}
	} else if i, q := b.int(p); q > p && b.ends(q) && !b.leadingZero(p) {
		j.pos = q
		if j.watch {
			j.spelled(p, j.meta, AsNumber, AsNumber)
		}
		return i, true
	}
	return scanJSON(j, AsNumber, "a whole number of 64 bits", parseInt64)
}

// Int32 reads a whole number of 32 bits.
func (j *JSON) Int32() (int32, bool) {
	return scanJSON(j, AsNumber, "a whole number of 32 bits", parseInt32)
}

// Uint64 reads a whole number that is not negative.
func (j *JSON) Uint64() (uint64, bool) {
	return scanJSON(j, AsNumber, "a whole number of 64 bits that is not negative", parseUint64)
}

// Bool reads true or false.
func (j *JSON) Bool() (bool, bool) { return scanJSON(j, AsBoolean, "true or false", parseBool) }

// Time reads a timestamp.
func (j *JSON) Time() (Time, bool) {
	p, b := j.pos, j.buf
	if b.u8(p) == '"' {
		if t, q := b.time(p + 1); q > p+1 && b.u8(q) == '"' {
			j.pos = q + 1
			j.checkTime(p, j.meta, t)
			return t, true
		}
	}
	meta := j.meta
	t, ok := scanJSON(j, AsString, "a time such as 2006-01-02T15:04:05+0800", ParseTime)
	if ok {
		j.checkTime(p, meta, t)
	}
	return t, ok
}

// Text reads a value whose lexical form is its Go form.
func (j *JSON) Text() (string, bool) {
	return scanJSON(j, AsString|AsNumber, "a value", func(s string) (string, bool) { return s, s != "" })
}

// Raw reads the value as it is spelled.
func (j *JSON) Raw() (Raw, bool) {
	from := j.pos
	j.skip()
	if j.err != nil {
		return "", false
	}
	return Raw(j.buf.str(from, j.pos)), true
}

// Name returns the name of the member that Member found and the table does not
// list.
func (j *JSON) Name() string { return j.keepName }

// KeepOther is Keep where other members that the table does not list have a
// place of their own: it reports the member.
func (j *JSON) KeepOther(list []Member) []Member {
	j.tolerate(j.pos, Unknown, "member %s is not declared, kept", j.keepName)
	return j.Keep(list)
}

// Keep reads the unknown member that Member found and adds it to the list.
func (j *JSON) Keep(list []Member) []Member {
	name := j.keepName
	raw, ok := j.Raw()
	if !ok {
		return list
	}
	return append(list, Member{Name: name, Raw: string(raw)})
}

// value returns text as a value, or as absent if the contract declares it to
// stand for no value.
func (m *member) value(text string) (string, bool) {
	if len(m.Absent) > 0 && slices.Contains(m.Absent, text) {
		return "", false
	}
	return text, true
}

// spelled reports a scalar in a spelling that the contract does not allow.
func (j *JSON) spelled(at int, meta *member, as, natural Spellings) {
	if !j.watch {
		return
	}
	if allowed := meta.Spelled; allowed&as == 0 && (allowed != 0 || natural&as == 0) {
		j.tolerateOf(at, Spelling, meta.Name, "is spelled as a "+as.String())
	}
}

// String names the JSON types of the set.
func (s Spellings) String() string {
	switch s {
	case AsString:
		return "string"
	case AsNumber:
		return "number"
	case AsBoolean:
		return "boolean"
	}
	return fmt.Sprintf("spellings(%d)", uint8(s))
}

// checkTime reports a time in a spelling that the contract does not have.
func (r *Reader) checkTime(at int, meta *member, t Time) {
	if r.watch && len(meta.Layouts) > 0 && !t.Spelled(meta.Layouts...) {
		r.tolerate(at, TimeForm, "%s is a time in another spelling", t.String())
	}
}

// ends tells whether a number can end at p.
func (b buffer) ends(p int) bool {
	c := b.u8(p)
	return c == ',' || c == '}' || c == ']' || c <= ' '
}

// leadingZero tells whether the number at p begins with a zero that JSON does
// not allow.
func (b buffer) leadingZero(p int) bool {
	if b.u8(p) == '-' {
		p++
	}
	return b.u8(p) == '0' && isDigit(b.u8(p+1))
}

// scanJSON reads a value that is no string the slow way. White space around it
// is not part of it.
func scanJSON[T any](j *JSON, natural Spellings, want string, parse func(string) (T, bool)) (v T, ok bool) {
	meta, at := j.meta, j.pos
	text, as, ok := j.scalar()
	if !ok {
		return v, false
	}
	trimmed := trimSpace(text)
	if v, ok = parse(trimmed); ok {
		j.spelled(at, meta, as, natural)
		if len(trimmed) < len(text) {
			j.tolerateOf(at, Spelling, meta.Name, "has white space around it")
		}
		return v, true
	}
	j.cannotRead(at, meta, text, as)
	j.nothingText(at, meta, text, want)
	var zero T
	return zero, false
}

// scalar reads a scalar and returns its text, and the type that spells it.
func (j *JSON) scalar() (text string, as Spellings, ok bool) {
	if j.err != nil {
		return "", 0, false
	}
	p, meta := j.pos, j.meta
	switch c := j.buf.u8(p); c {
	case '"':
		text, ok = j.string()
		return text, AsString, ok
	case '[':
		q := j.skipSpace(p + 1)
		if j.buf.u8(q) == ']' {
			j.nothing(p)
			return "", 0, false
		}
		if !j.deeper(p) {
			return "", 0, false
		}
		j.pos = q
		if text, as, ok = j.scalar(); ok {
			j.tolerateOf(p, OneOrMany, meta.Name, "is an array where one is declared")
		}
		j.closeArray()
		return text, as, ok && j.err == nil
	case '{':
		if j.empty(p) {
			j.nothing(p)
			return "", 0, false
		}
		if j.skip(); j.err == nil {
			j.keepValue(meta, j.buf.str(p, j.pos))
			j.tolerateOf(p, Value, meta.Name, "is an object where a value is declared: absent")
		}
		return "", 0, false
	case 'n':
		j.nothing(p)
		return "", 0, false
	case 't', 'f':
		as = AsBoolean
	default:
		as = AsNumber
	}
	if j.skip(); j.err != nil {
		return "", 0, false
	}
	return j.buf.str(p, j.pos), as, true
}

// string reads the string at pos. It is unescaped where it stands, in the
// private copy: no escape is shorter than what it stands for.
func (j *JSON) string() (string, bool) {
	p := j.pos + 1
	q, plain := j.stringEnd(j.pos)
	if j.err != nil {
		return "", false
	}
	j.pos = q + 1
	if plain {
		return j.buf.str(p, q), true
	}
	out := p
	for i := p; i < q; {
		if c := j.buf.u8(i); c != '\\' {
			j.buf.set(out, c)
			out, i = out+1, i+1
			continue
		}
		r, n := j.escape(i)
		var enc [utf8.UTFMax]byte
		for _, c := range enc[:utf8.EncodeRune(enc[:], r)] {
			j.buf.set(out, c)
			out++
		}
		i += n
	}
	return j.buf.str(p, out), true
}
