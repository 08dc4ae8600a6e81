package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/biform/biform/gen/wire"
)

// printer prints verdicts in one format.
type printer interface {
	print(*verdict) error
	end() error
}

func newPrinter(format string, w io.Writer) printer {
	switch format {
	case "json":
		return &jsonPrinter{json.NewEncoder(w)}
	case "sarif":
		return &sarifPrinter{w: w}
	}
	return &textPrinter{w}
}

// crossCheckCode is the code of a disagreement between engines.
const crossCheckCode wire.Code = "cross-check"

// all returns a verdict's violations, disagreements among them.
func (v *verdict) all() wire.Violations {
	all := v.violations
	for _, d := range v.disagreements {
		all = append(all, wire.Violation{Code: crossCheckCode, Message: d})
	}
	return all
}

// textPrinter prints lines that editors can follow.
type textPrinter struct{ w io.Writer }

func (p *textPrinter) print(v *verdict) error {
	if v.valid() {
		_, err := fmt.Fprintf(p.w, "valid: %s\n", visible(v.path))
		return err
	}
	for _, x := range v.all() {
		place := visible(v.path)
		if x.Line > 0 {
			place += fmt.Sprintf(":%d:%d", x.Line, x.Column)
		}
		if x.Path != "" {
			place += ": " + x.Path
		}
		if _, err := fmt.Fprintf(p.w, "%s: %s [%s]\n", place, x.Message, x.Code); err != nil {
			return err
		}
	}
	return nil
}

func (p *textPrinter) end() error { return nil }

// visible quotes a text that would steer a terminal.
func visible(s string) string {
	if q := strconv.Quote(s); len(q) != len(s)+2 && strings.ContainsFunc(s, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return q
	}
	return s
}

// jsonPrinter prints one object for each payload, a line each.
type jsonPrinter struct{ enc *json.Encoder }

type jsonVerdict struct {
	Payload    string          `json:"payload"`
	Valid      bool            `json:"valid"`
	Violations []jsonViolation `json:"violations"`
}

type jsonViolation struct {
	Path    string `json:"path"`
	Offset  int    `json:"offset"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (p *jsonPrinter) print(v *verdict) error {
	j := jsonVerdict{Payload: v.path, Valid: v.valid(), Violations: []jsonViolation{}}
	for _, x := range v.all() {
		j.Violations = append(j.Violations, jsonViolation{x.Path, x.Offset, x.Line, x.Column, string(x.Code), x.Message})
	}
	return p.enc.Encode(j)
}

func (p *jsonPrinter) end() error { return nil }

// sarifPrinter prints one SARIF 2.1.0 log (OASIS, section 3.13) at the end.
type sarifPrinter struct {
	w       io.Writer
	results []sarifResult
	rules   []sarifRule
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	Level     string          `json:"level"`
	Message   sarifMessage    `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifRule struct {
	ID string `json:"id"`
}

type sarifLocation struct {
	Physical sarifPhysical  `json:"physicalLocation"`
	Logical  []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifPhysical struct {
	Artifact struct {
		URI string `json:"uri"`
	} `json:"artifactLocation"`
	Region *sarifRegion `json:"region,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	ByteOffset  int `json:"byteOffset"`
}

type sarifLogical struct {
	Name string `json:"fullyQualifiedName"`
}

func (p *sarifPrinter) print(v *verdict) error {
	for _, x := range v.all() {
		r := sarifResult{RuleID: string(x.Code), Level: "error", Message: sarifMessage{x.Message}}
		var l sarifLocation
		l.Physical.Artifact.URI = filepath.ToSlash(v.path)
		if x.Line > 0 {
			l.Physical.Region = &sarifRegion{x.Line, x.Column, x.Offset}
		}
		if x.Path != "" {
			l.Logical = []sarifLogical{{x.Path}}
		}
		r.Locations = []sarifLocation{l}
		p.results = append(p.results, r)
		known := false
		for _, k := range p.rules {
			known = known || k.ID == r.RuleID
		}
		if !known {
			p.rules = append(p.rules, sarifRule{r.RuleID})
		}
	}
	return nil
}

func (p *sarifPrinter) end() error {
	if p.results == nil {
		p.results = []sarifResult{}
	}
	type driver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules,omitempty"`
	}
	log := map[string]any{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
		"version": "2.1.0",
		"runs": []any{map[string]any{
			"tool":    map[string]any{"driver": driver{"biform", version(), p.rules}},
			"results": p.results,
		}},
	}
	enc := json.NewEncoder(p.w)
	enc.SetIndent("", "  ")
	return enc.Encode(log)
}
