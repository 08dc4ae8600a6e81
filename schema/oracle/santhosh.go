package oracle

import (
	"context"
	"errors"
	"net/url"
	"strings"

	santhosh "github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
)

// newSanthosh returns santhosh-tekuri/jsonschema v5 with a contract, which it
// has compiled when the contract was loaded.
func newSanthosh(set *jsonschema.Set) *Engine {
	schema := set.Compiled()
	return &Engine{"santhosh-tekuri/jsonschema v5", model.JSON, func(_ context.Context, payload []byte) (Verdict, error) {
		value, malformed, err := parse(payload)
		if err != nil {
			return Verdict{}, err
		}
		if malformed != nil {
			return Verdict{Complaints: []Complaint{*malformed}}, nil
		}
		if err = schema.Validate(value); err == nil {
			return Verdict{Valid: true}, nil
		}
		var ve *santhosh.ValidationError
		if !errors.As(err, &ve) {
			return Verdict{}, err
		}
		return Verdict{Complaints: sorted(leaves(ve, nil))}, nil
	}}
}

// leaves collects the complaints that have no cause of their own.
func leaves(ve *santhosh.ValidationError, list []Complaint) []Complaint {
	for _, c := range ve.Causes {
		list = leaves(c, list)
	}
	if len(ve.Causes) > 0 {
		return list
	}
	_, keyword, _ := strings.Cut(ve.AbsoluteKeywordLocation, "#")
	return append(list, Complaint{Path: pointer(ve.InstanceLocation), Keyword: pointer(keyword), Message: ve.Message})
}

// pointer undoes the percent-encoding that v5 puts on top of a JSON Pointer.
func pointer(s string) string {
	if p, err := url.PathUnescape(s); err == nil {
		return p
	}
	return s
}
