package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"text/template"
	"unicode"

	"github.com/biform/biform/templates/scaffold"
)

// fill makes the files of a beginning from their templates.
func (b *beginning) fill(files map[string][]byte) error {
	all, err := template.New("").Funcs(template.FuncMap{"yaml": yamlText}).ParseFS(scaffold.FS(), "*.tmpl")
	if err != nil {
		return err
	}
	for name, from := range map[string]string{
		configName:   scaffold.Config,
		generateFile: scaffold.Generate,
		testFile:     scaffold.Test,
	} {
		var text bytes.Buffer
		if err := all.ExecuteTemplate(&text, from, b); err != nil {
			return err
		}
		data := text.Bytes()
		if path.Ext(name) == ".go" {
			if data, err = format.Source(data); err != nil {
				return fmt.Errorf("%s: %w\n%s", from, err, text.Bytes())
			}
		}
		files[name] = data
	}
	files[scaffold.ConfigSchema], err = fs.ReadFile(scaffold.FS(), scaffold.ConfigSchema)
	return err
}

// plainYAML is a text that YAML takes for a text, and for the same.
var plainYAML = regexp.MustCompile(`^(\.{0,2}/)*[\pL_][\pL\p{Nd}_./-]*$`)

// yamlText writes a text in YAML: plain, or quoted as JSON (YAML 1.2, section
// 1.3) where it could be taken for something else.
func yamlText(s string) (string, error) {
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "y", "n", "null":
	default:
		if plainYAML.MatchString(s) {
			return s, nil
		}
	}
	quoted, err := json.Marshal(s)
	return string(quoted), err
}

// isPackageName tells whether a Go package can have a name.
func isPackageName(name string) bool { return token.IsIdentifier(name) && name != "_" }

// packageName makes the name of a Go package of any text, or nothing.
func packageName(text string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	name = strings.TrimLeftFunc(name, unicode.IsDigit)
	if !isPackageName(name) {
		return ""
	}
	return name
}

// isMajorVersion tells whether the last element of an import path is a major
// version, as in example.com/m/v2.
func isMajorVersion(base string) bool {
	digits, ok := strings.CutPrefix(base, "v")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}
