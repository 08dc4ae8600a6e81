package wire

import "strings"

// This file spells and takes apart JSON Pointers (RFC 6901, section 3).

var (
	escapeToken   = strings.NewReplacer("~", "~0", "/", "~1")
	unescapeToken = strings.NewReplacer("~1", "/", "~0", "~")
)

// pointer writes a member name as a step of a JSON Pointer. The empty name is no
// step: it is what a value is that stands for the value around it.
func pointer(member string) string {
	if member == "" {
		return ""
	}
	return "/" + escapeToken.Replace(member)
}

// cutPointer cuts a JSON Pointer without its first slash behind the first token.
// way begins with a slash, or is empty.
func cutPointer(pointer string) (token, way string) {
	if i := strings.IndexByte(pointer, '/'); i >= 0 {
		return pointer[:i], pointer[i:]
	}
	return pointer, ""
}
