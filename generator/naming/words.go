package naming

import (
	"fmt"
	"go/token"
	"strings"
	"unicode"
)

// MaxLength is the length, in bytes, to which a long name is cut.
const MaxLength = 80

// initialisms are the words that Go spells in capitals (Go wiki, Code Review
// Comments, "Initialisms").
var initialisms = map[string]bool{
	"acl": true, "api": true, "ascii": true, "cpu": true, "css": true, "dns": true,
	"eof": true, "guid": true, "html": true, "http": true, "https": true, "id": true,
	"ip": true, "json": true, "qps": true, "ram": true, "rpc": true, "sla": true,
	"smtp": true, "sql": true, "ssh": true, "tcp": true, "tls": true, "ttl": true,
	"udp": true, "ui": true, "uid": true, "uri": true, "url": true, "utf8": true,
	"uuid": true, "vm": true, "xml": true, "xmpp": true, "xsrf": true, "xss": true,
}

// Exported returns the exported Go identifier for a contract's name: its words
// in camel case, initialisms in capitals. It always returns an identifier:
// names without any letter or digit are spelled by their code points.
func Exported(name string) string {
	var b strings.Builder
	for _, w := range words(name) {
		if lower := strings.ToLower(w); initialisms[lower] {
			b.WriteString(strings.ToUpper(w))
			continue
		}
		r := []rune(w)
		b.WriteRune(unicode.ToUpper(r[0]))
		b.WriteString(string(r[1:]))
	}
	id := b.String()
	switch r := []rune(id); {
	case name == "":
		id = "Empty"
	case id == "":
		for _, c := range name {
			id += fmt.Sprintf("U%04X", c)
		}
	case !unicode.IsUpper(r[0]):
		// A digit, or a script without capitals.
		id = "X" + id
	}
	return cut(id)
}

// Unexported returns an unexported identifier for an exported one: its first
// word in lower case.
func Unexported(exported string) string {
	r := []rune(exported)
	n := 0
	for n < len(r) && unicode.IsUpper(r[n]) {
		n++
	}
	if n > 1 && n < len(r) && unicode.IsLower(r[n]) {
		n-- // the last capital begins the next word
	}
	for i := range r[:max(n, 1)] {
		r[i] = unicode.ToLower(r[i])
	}
	if id := string(r); !token.IsKeyword(id) {
		return id
	}
	return string(r) + "Value"
}

// words splits a name where its punctuation and its capitals say so.
func words(name string) []string {
	var all []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			all = append(all, string(word))
			word = nil
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case i > 0 && unicode.IsUpper(r) && !unicode.IsUpper(runes[i-1]):
			flush() // jobId
		case i > 0 && i+1 < len(runes) && unicode.IsUpper(r) && unicode.IsLower(runes[i+1]):
			flush() // XMLName
		}
		word = append(word, r)
	}
	flush()
	return all
}

// cut shortens a name to MaxLength bytes, at a character.
func cut(id string) string {
	if len(id) <= MaxLength {
		return id
	}
	n := MaxLength
	for n > 0 && id[n]&0xC0 == 0x80 {
		n--
	}
	return id[:n]
}
