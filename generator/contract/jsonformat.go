package contract

import (
	"slices"
	"strings"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/model"
)

// formats are the formats of all drafts, by name. A name of another draft is
// asserted too: it means the same there.
var formats = map[string]func(string) bool{
	"date-time":             wire.FormatDateTime,
	"date":                  wire.FormatDate,
	"time":                  wire.FormatTime,
	"duration":              wire.FormatDuration,
	"email":                 wire.FormatEmail,
	"idn-email":             wire.FormatIDNEmail,
	"hostname":              wire.FormatHostname,
	"idn-hostname":          wire.FormatIDNHostname,
	"ipv4":                  wire.FormatIPv4,
	"ipv6":                  wire.FormatIPv6,
	"uri":                   wire.FormatURI,
	"uri-reference":         wire.FormatURIReference,
	"iri":                   wire.FormatIRI,
	"iri-reference":         wire.FormatIRIReference,
	"uuid":                  wire.FormatUUID,
	"uri-template":          wire.FormatURITemplate,
	"json-pointer":          wire.FormatJSONPointer,
	"relative-json-pointer": wire.FormatRelativeJSONPointer,
	"regex":                 wire.FormatRegex,
}

// format returns the index of a format, 0 for one that no draft defines: such
// a name asserts nothing (2020-12, Validation, section 7.2.3).
func (j *jsonCompiler) format(name string) int {
	holds := formats[name]
	if name == "hostname" && (j.c.Draft == model.Draft4 || j.c.Draft == model.Draft6) {
		name, holds = "RFC 1123 hostname", wire.FormatRFC1123Hostname
	}
	if holds == nil {
		return 0
	}
	return j.formatEntry(wire.Format{Name: name, Holds: holds})
}

// content returns the index of what contentEncoding and contentMediaType ask
// for (2020-12, Validation, section 8).
func (j *jsonCompiler) content(s *model.Schema) int {
	base64 := s.ContentEncoding != nil && strings.EqualFold(*s.ContentEncoding, "base64")
	plain := s.ContentEncoding == nil
	text := false
	if s.ContentMediaType != nil {
		media, _, _ := strings.Cut(*s.ContentMediaType, ";")
		media = strings.TrimSpace(media)
		text = strings.EqualFold(media, "application/json") || strings.HasSuffix(strings.ToLower(media), "+json")
	}
	switch {
	case base64 && text:
		return j.formatEntry(wire.Format{Name: "base64 of JSON", Holds: wire.FormatBase64JSON})
	case base64:
		return j.formatEntry(wire.Format{Name: "base64", Holds: wire.FormatBase64})
	case plain && text:
		return j.formatEntry(wire.Format{Name: "JSON text", Holds: wire.FormatJSON})
	}
	return 0
}

func (j *jsonCompiler) formatEntry(f wire.Format) int {
	if i := slices.IndexFunc(j.out.Formats, func(g wire.Format) bool { return g.Name == f.Name }); i > 0 {
		return i
	}
	j.out.Formats = append(j.out.Formats, f)
	return len(j.out.Formats) - 1
}
