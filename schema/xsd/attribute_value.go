package xsd

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/biform/biform/schema/model"
)

// valueKind is the type of an attribute of a schema component.
type valueKind int

// The types of attributes in the schema for schemas.
const (
	valueString valueKind = iota
	valueID
	valueNCName
	valueQName
	valueQNames
	valueBoolean
	valueNonNegative
	valuePositive
	valueMaxOccurs
	valueURI
	valueForm
	valueUse
	valueProcess
	valueNamespaces
	valueWhiteSpace
	valueBlockElement // #all or of extension, restriction, substitution
	valueFinal        // #all or of extension, restriction
	valueDerivations  // the same, of types
	valueFinalSimple  // #all or of list, union, restriction
	valueFinalDefault // #all or of extension, restriction, list, union
)

// choices are the literals of the enumerated types.
var choices = map[valueKind][]string{
	valueForm:       {"qualified", "unqualified"},
	valueUse:        {"optional", "required", "prohibited"},
	valueProcess:    {"strict", "lax", "skip"},
	valueWhiteSpace: {"preserve", "replace", "collapse"},
}

// derivationSets are the literals of the sets, beside "#all".
var derivationSets = map[valueKind][]string{
	valueBlockElement: {"extension", "restriction", "substitution"},
	valueFinal:        {"extension", "restriction"},
	valueDerivations:  {"extension", "restriction"},
	valueFinalSimple:  {"list", "union", "restriction"},
	valueFinalDefault: {"extension", "restriction", "list", "union"},
}

// check says what is wrong with a value, or "" when nothing is.
func (k valueKind) check(n *node, raw string) string {
	v := collapse(raw)
	switch k {
	case valueString:
		return ""
	case valueID, valueNCName:
		if !isNCName(v) {
			return fmt.Sprintf("%q, which is no name without a colon", v)
		}
	case valueQName:
		return checkQName(n, v)
	case valueQNames:
		for _, q := range strings.Fields(v) {
			if why := checkQName(n, q); why != "" {
				return why
			}
		}
	case valueBoolean:
		if v != "true" && v != "false" && v != "0" && v != "1" {
			return fmt.Sprintf("%q, not true or false", v)
		}
	case valueNonNegative, valuePositive, valueMaxOccurs:
		if k == valueMaxOccurs && v == "unbounded" {
			return ""
		}
		num, ok := parseCount(v)
		if !ok || k == valuePositive && num == 0 {
			return fmt.Sprintf("%q, which is no count", v)
		}
	case valueURI:
		if why := checkURI(v); why != "" {
			return fmt.Sprintf("%q, which is no URI reference: %s", v, why)
		}
	case valueNamespaces:
		return checkNamespaces(v)
	default:
		return k.checkLiterals(v)
	}
	return ""
}

func (k valueKind) checkLiterals(v string) string {
	if list, ok := choices[k]; ok {
		if !slices.Contains(list, v) {
			return fmt.Sprintf("%q, not one of %s", v, strings.Join(list, ", "))
		}
		return ""
	}
	if v == "#all" {
		return ""
	}
	list := derivationSets[k]
	for _, word := range strings.Fields(v) {
		if !slices.Contains(list, word) {
			return fmt.Sprintf("%q, not #all or a list of %s", v, strings.Join(list, ", "))
		}
	}
	return ""
}

func checkQName(n *node, v string) string {
	prefix, local, ok := strings.Cut(v, ":")
	if !ok {
		prefix, local = "", v
	}
	if !isNCName(local) || ok && !isNCName(prefix) {
		return fmt.Sprintf("%q, which is no qualified name", v)
	}
	if _, ok := n.scope.lookup(prefix); !ok {
		if s := suggest(prefix, n.scope.prefixes()); s != "" {
			return fmt.Sprintf("%q, whose prefix is not declared (did you mean %s:%s?)", v, s, local)
		}
		return fmt.Sprintf("%q, whose prefix is not declared", v)
	}
	return ""
}

func checkNamespaces(v string) string {
	if v == "##any" || v == "##other" {
		return ""
	}
	for _, word := range strings.Fields(v) {
		if word == "##targetNamespace" || word == "##local" {
			continue
		}
		if strings.HasPrefix(word, "##") || checkURI(word) != "" {
			return fmt.Sprintf("%q, not ##any, ##other or a list of namespaces, ##targetNamespace and ##local", v)
		}
	}
	return ""
}

// maxCount is what larger counts are cut to: no document reaches it.
const maxCount = 1<<31 - 1

// parseCount reads a nonNegativeInteger.
func parseCount(v string) (int, bool) {
	digits := strings.TrimPrefix(v, "+")
	if rest, ok := strings.CutPrefix(v, "-"); ok {
		digits = rest
		if strings.Trim(digits, "0") != "" {
			return 0, false
		}
	}
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return 0, true
	}
	num, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || num > maxCount {
		return maxCount, true
	}
	return int(num), true
}

// flag returns a boolean attribute; absent or malformed is the default.
func (n *node) flag(name string, def bool) bool {
	switch n.get(name) {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	return def
}

// set returns the words of a derivation set; "#all" stands for all of them. nil
// means that the attribute is absent.
func (n *node) set(name string, k valueKind) []string {
	if !n.has(name) {
		return nil
	}
	return expandSet(n.get(name), k)
}

func expandSet(v string, k valueKind) []string {
	out := []string{}
	for _, word := range derivationSets[k] {
		if v == "#all" || slices.Contains(strings.Fields(v), word) {
			out = append(out, word)
		}
	}
	return out
}

// braces writes an expanded name as people write it: {namespace}local, and xs:
// for the namespace of XML Schema.
func braces(n model.XMLName) string {
	switch n.Space {
	case "":
		return n.Local
	case xsdSpace:
		return "xs:" + n.Local
	}
	return "{" + n.Space + "}" + n.Local
}
