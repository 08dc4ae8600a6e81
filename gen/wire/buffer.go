//go:build !biform_pure && (amd64 || arm64 || riscv64 || loong64 || ppc64le)

package wire

import (
	"strings"
	"unsafe"
)

// buffer is the scanners' view of a payload: a private copy with at least
// padding zero bytes behind it. This file is the only one that imports unsafe;
// buffer_pure.go is its twin without, chosen by the build tag biform_pure and
// on processors that are big-endian or cannot load unaligned words.
//
// It earns its place twice. A string that aliases the payload costs no
// allocation, which nothing in the language's safe part can do over memory
// that is used again for the next payload; and a word loaded without a bounds
// test costs one instruction, which is a third of a scanner's time. The README
// has the figures of both twins.
//
// What makes it sound: every index that a scanner passes lies in the payload
// or fewer than padding bytes behind it, because names and seams that are
// compared by words are shorter, and no scanner moves past a zero byte that it
// has not compared with the payload's length, and the padding is zeros. load panics on nothing; the fuzz targets run both twins.
type buffer struct{ p unsafe.Pointer }

// newBuffer returns a view of b, which must be padded.
func newBuffer(b []byte) buffer { return buffer{unsafe.Pointer(unsafe.SliceData(b))} }

// u8 returns the byte at i.
func (b buffer) u8(i int) byte { return *(*byte)(unsafe.Add(b.p, i)) }

// u64 returns the 8 bytes from i, the first in the lowest bits.
func (b buffer) u64(i int) uint64 { return *(*uint64)(unsafe.Add(b.p, i)) }

// str returns the bytes from i to j as a string that aliases them.
func (b buffer) str(i, j int) string {
	return unsafe.String((*byte)(unsafe.Add(b.p, i)), j-i)
}

// index returns where text begins between i and j, counted from i, or -1.
func (b buffer) index(i, j int, text string) int { return strings.Index(b.str(i, j), text) }

// from returns the view from i on.
func (b buffer) from(i int) buffer { return buffer{unsafe.Add(b.p, i)} }

// set replaces the byte at i.
func (b buffer) set(i int, c byte) { *(*byte)(unsafe.Add(b.p, i)) = c }
