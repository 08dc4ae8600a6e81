package wire

import "reflect"

// Slab hands out values of one type from few allocations: list items side by
// side, so that a list is a slice of the slab, and single values by pointer.
// The zero value is ready.
//
// A slab belongs to one decoder. Reset makes it hand out the same memory
// again.
type Slab[T any] struct {
	chunk []T
	used  int
	dirty int // items below this index were handed out before the last Reset
	total int // items that stay in the chunks before this one
	from  *Reader
}

// Use makes the slab hand out chunk first, for a payload that r reads.
func (s *Slab[T]) Use(r *Reader, chunk []T) { *s = Slab[T]{chunk: chunk, from: r} }

// Reset makes the slab hand out its memory again, for a payload that r reads.
// When it took several chunks the last time, it takes one of their size now.
func (s *Slab[T]) Reset(r *Reader) {
	s.from = r
	if s.total > 0 {
		s.chunk = make([]T, s.total+s.used+s.used/8)
		s.used, s.dirty, s.total = 0, 0, 0
		return
	}
	s.dirty = max(s.dirty, s.used)
	s.used = 0
}

// New hands out a zero value.
func (s *Slab[T]) New() *T {
	if s.used == len(s.chunk) {
		s.grow(1)
	}
	p := &s.chunk[s.used]
	if s.used < s.dirty {
		var zero T
		*p = zero
	}
	s.used++
	return p
}

// Put hands out a pointer to v.
func (s *Slab[T]) Put(v T) *T {
	if s.used == len(s.chunk) {
		s.grow(1)
	}
	p := &s.chunk[s.used]
	*p = v
	s.used++
	return p
}

// Keep hands out a pointer to v if there is a value, and nil otherwise: it takes
// what the readers return.
func (s *Slab[T]) Keep(v T, ok bool) *T {
	if !ok {
		return nil
	}
	return s.Put(v)
}

// As makes a text that was read, if it was, a value of a string type.
func As[T ~string](text string, ok bool) (T, bool) { return T(text), ok }

// Append adds a zero item to the list and returns it. A list stays where it is
// while nothing else was handed out since its last item, and moves otherwise.
// Its capacity never reaches into a neighbour.
func (s *Slab[T]) Append(list *[]T) *T {
	n, i, chunk := len(*list), s.used, s.chunk
	if n < cap(*list) || i >= len(chunk) || n > 0 && (i < n || &(*list)[0] != &chunk[i-n]) {
		return s.appendSlow(list)
	}
	s.used = i + 1
	*list = chunk[i-n : i+1 : i+1]
	p := &chunk[i]
	if i < s.dirty {
		var zero T
		*p = zero
	}
	return p
}

// Push adds v to the list.
func (s *Slab[T]) Push(list *[]T, v T) {
	n, i, chunk := len(*list), s.used, s.chunk
	if n < cap(*list) || i >= len(chunk) || n > 0 && (i < n || &(*list)[0] != &chunk[i-n]) {
		*s.appendSlow(list) = v
		return
	}
	s.used = i + 1
	*list = chunk[i-n : i+1 : i+1]
	chunk[i] = v
}

// appendSlow is Append for a list that does not extend in this chunk.
func (s *Slab[T]) appendSlow(list *[]T) *T {
	n := len(*list)
	if n < cap(*list) { // a list that has moved has room of its own
		*list = (*list)[:n+1]
		return &(*list)[n]
	}
	if n > 0 && (s.used == 0 || &(*list)[n-1] != &s.chunk[s.used-1]) {
		return s.move(list)
	}
	s.grow(n + 1)
	copy(s.chunk, *list)
	s.used = n + 1
	s.total -= n // they are in this chunk now
	*list = s.chunk[: n+1 : n+1]
	return &s.chunk[n]
}

// Drop takes the last item off the list again. A list without items is nil.
func (s *Slab[T]) Drop(list *[]T) {
	n := len(*list) - 1
	var zero T
	(*list)[n] = zero
	if s.used > 0 && &(*list)[n] == &s.chunk[s.used-1] {
		s.used--
	}
	if *list = (*list)[:n]; n == 0 {
		*list = nil
	}
}

// move gives an interleaved list memory of its own, with room to double, so
// that however a payload interleaves its lists the copying stays linear.
func (s *Slab[T]) move(list *[]T) *T {
	n := len(*list)
	own := make([]T, n+1, n+1+max(n/2, 4))
	copy(own, *list)
	*list = own
	return &own[n]
}

// grow takes a new chunk with room for at least n items. It is sized for as
// many items as the rest of the payload would bring at the rate so far, but
// never so large that a payload which changes its mind could make a decoder
// hold many times its size.
func (s *Slab[T]) grow(n int) {
	s.total += s.used
	done, left := 0, 0
	if s.from != nil {
		done, left = s.from.pos, s.from.end-s.from.pos
	}
	expect := left
	if done > 0 {
		expect = int(float64(s.total+1) / float64(done) * float64(left) * 1.02)
	}
	bound := s.total/6 + (done+left)/3/int(reflect.TypeFor[T]().Size()+1)
	s.chunk = make([]T, n+max(min(expect, bound), minChunk))
	s.used, s.dirty = 0, 0
}

// minChunk is the least number of items to take at once.
const minChunk = 4
