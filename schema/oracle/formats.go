package oracle

import (
	"fmt"

	"github.com/biform/biform/schema/jsonschema"
)

// misread are the formats that an engine reads in another way than their
// specifications do, or does not know, and those that only the engine knows.
// That what is not listed is read alike is held in package contract of the
// generator, by the JSON-Schema-Test-Suite.
var (
	santhoshMisreads = misread{
		"hostname", "idn-email", "idn-hostname", "ipv4", "iri", "iri-reference", "regex", "uri", "uri-reference", "uri-template",
		"ip-address", "period", "uriref",
	}
	// It asks that a value with any of them be a string.
	gojsonMisreads = misread{
		"date", "date-time", "duration", "email", "hostname", "idn-email", "idn-hostname", "ipv4", "ipv6", "iri",
		"iri-reference", "json-pointer", "regex", "relative-json-pointer", "time", "uri", "uri-reference",
		"uri-template", "uuid",
	}
)

type misread []string

// check returns why the engine is not to be asked about a contract that asserts
// such a format, or nil.
func (m misread) check(set *jsonschema.Set) error {
	for _, format := range m {
		if set.AssertsFormat(format) {
			return fmt.Errorf("%w: it reads the format %s in another way", ErrUnsupported, format)
		}
	}
	return nil
}
