package xsd

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/biform/biform/schema/diag"
	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/model"
)

// encodingName finds the encoding in an XML declaration (XML 1.0, production 80).
var encodingName = regexp.MustCompile(`^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']`)

// decodeText brings a schema document to UTF-8. UTF-8, UTF-16 with a byte order
// mark, US-ASCII and ISO-8859-1 are read; positions then count the bytes of the
// UTF-8 text. It returns nil and says so when the encoding is another.
func decodeText(file *folder.File, diags *diag.List) *folder.File {
	data := file.Data
	with := func(text string) *folder.File {
		return &folder.File{Name: file.Name, Inside: file.Inside, Data: []byte(text)}
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return with(fromUTF16(data[2:], binary.BigEndian))
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return with(fromUTF16(data[2:], binary.LittleEndian))
	}
	m := encodingName.FindSubmatch(bytes.TrimPrefix(data[:min(len(data), 400)], []byte("\xef\xbb\xbf")))
	if m == nil {
		return file
	}
	switch strings.ToLower(string(m[1])) {
	case "utf-8", "us-ascii", "ascii":
		return file
	case "iso-8859-1", "latin1":
		var b strings.Builder
		for _, c := range data {
			b.WriteRune(rune(c))
		}
		return with(b.String())
	}
	diags.Errorf(model.Position{File: file.Name, Line: 1, Column: 1}, "unsupported", "encoding %q", m[1]).
		WithHint("save the file as UTF-8")
	return nil
}

func fromUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return string(utf16.Decode(units))
}
