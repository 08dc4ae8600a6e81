// Package diag holds what biform tells its users about their contracts:
// diagnostics, each with a place and a hint, collected and never one at a time.
//
// A diagnostic speaks of the user's input. A fault of biform itself is a [Bug]
// and is never dressed up as a diagnostic. Package diag does not print: the
// command decides where diagnostics go.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
)

// Severity ranks a diagnostic. The zero value is not a severity.
type Severity int

// The severities.
const (
	Error   Severity = iota + 1 // the contract or file cannot be used
	Warning                     // it can, but probably not as meant
)

// String returns "error" or "warning".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return fmt.Sprintf("severity(%d)", int(s))
}

// Diagnostic is one thing to tell the user.
type Diagnostic struct {
	Severity Severity
	// Code names the rule, in lower case with hyphens; an XSD rule keeps the
	// specification's name ("cos-nonambig").
	Code string
	At   model.Position
	// Summary says what is wrong: lower case, no full stop.
	Summary string
	// Hint says what to do about it; empty when the summary says it all.
	Hint string
	// Related are other places that the diagnostic is about, such as the other
	// contract's declaration.
	Related []model.Position
}

// Error returns the diagnostic in one line: place, severity, summary, code.
func (d Diagnostic) Error() string {
	var b strings.Builder
	if p := Place(d.At); p != "" {
		b.WriteString(p)
		b.WriteString(": ")
	}
	fmt.Fprintf(&b, "%s: %s [%s]", d.Severity, d.Summary, d.Code)
	return b.String()
}

// Place writes a position as FILE:LINE:COL, with the path in the contract
// behind it when there is one.
func Place(p model.Position) string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	if p.Path != "" {
		if b.Len() > 0 {
			b.WriteString(": ")
		}
		b.WriteString(p.Path)
	}
	return b.String()
}

// List is a list of diagnostics. It is an error when one of them is.
type List []Diagnostic

// Errorf adds an error.
func (l *List) Errorf(at model.Position, code, format string, args ...any) *Diagnostic {
	return l.add(Error, at, code, format, args)
}

// Warnf adds a warning.
func (l *List) Warnf(at model.Position, code, format string, args ...any) *Diagnostic {
	return l.add(Warning, at, code, format, args)
}

func (l *List) add(s Severity, at model.Position, code, format string, args []any) *Diagnostic {
	*l = append(*l, Diagnostic{Severity: s, Code: code, At: at, Summary: fmt.Sprintf(format, args...)})
	return &(*l)[len(*l)-1]
}

// WithHint sets what the user should do.
func (d *Diagnostic) WithHint(format string, args ...any) *Diagnostic {
	d.Hint = fmt.Sprintf(format, args...)
	return d
}

// WithRelated adds other places that the diagnostic is about.
func (d *Diagnostic) WithRelated(at ...model.Position) *Diagnostic {
	d.Related = append(d.Related, at...)
	return d
}

// HasErrors tells whether any diagnostic is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Err returns the list as an error, or nil when no diagnostic is an error.
func (l List) Err() error {
	if l.HasErrors() {
		return l
	}
	return nil
}

// Sort puts the list in document order: by file, line, column and code.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(
			strings.Compare(a.At.File, b.At.File),
			cmp.Compare(a.At.Line, b.At.Line),
			cmp.Compare(a.At.Column, b.At.Column),
			strings.Compare(a.At.Path, b.At.Path),
			strings.Compare(a.Code, b.Code),
		)
	})
}

// Error returns every diagnostic, a line each.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, d := range l {
		lines[i] = d.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the diagnostics as errors, for errors.As.
func (l List) Unwrap() []error {
	errs := make([]error, len(l))
	for i, d := range l {
		errs[i] = d
	}
	return errs
}

// Bug is a fault of biform itself.
type Bug struct{ What string }

// Bugf returns a bug.
func Bugf(format string, args ...any) *Bug { return &Bug{fmt.Sprintf(format, args...)} }

// Error says that it is a bug and what to do about it.
func (b *Bug) Error() string {
	return "internal error: " + b.What + " (this is a fault of biform: please report it with the contracts at hand)"
}
