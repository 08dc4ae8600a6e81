//go:build biform_pure || !(amd64 || arm64 || riscv64 || loong64 || ppc64le)

package wire

import (
	"bytes"
	"encoding/binary"
)

// buffer is the scanners' view of a payload, without unsafe: see buffer.go.
// Its strings are copies.
type buffer struct{ b []byte }

func newBuffer(b []byte) buffer { return buffer{b} }

func (b buffer) u8(i int) byte { return b.b[i] }

func (b buffer) u64(i int) uint64 { return binary.LittleEndian.Uint64(b.b[i:]) }

func (b buffer) str(i, j int) string { return string(b.b[i:j]) }

func (b buffer) index(i, j int, text string) int { return bytes.Index(b.b[i:j], []byte(text)) }

func (b buffer) from(i int) buffer { return buffer{b.b[i:]} }

func (b buffer) set(i int, c byte) { b.b[i] = c }
