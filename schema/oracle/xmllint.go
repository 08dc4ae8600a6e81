package oracle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/biform/biform/schema/model"
)

// timeout is how long xmllint may take for one payload.
const timeout = 30 * time.Second

// XML returns libxml2's command xmllint for the XSD at path, or nil when it is
// not installed. The command reads the files that the XSD includes, and fetches
// nothing.
func XML(path string) *Engine {
	program, err := exec.LookPath("xmllint")
	if err != nil {
		return nil
	}
	return &Engine{"xmllint", model.XML, func(ctx context.Context, payload []byte) (Verdict, error) {
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		return lint(ctx, program, path, payload)
	}}
}

// The exit statuses of xmllint (its manual page, "Diagnostics").
const (
	statusValid      = 0
	statusMalformed  = 1
	statusInvalid    = 3
	statusInvalidToo = 4
	statusBadSchema  = 5
)

// maxOutput is how much of the command's output is kept.
const maxOutput = 1 << 20

// lint runs the command on a payload.
func lint(ctx context.Context, program, xsd string, payload []byte) (Verdict, error) {
	if !filepath.IsAbs(xsd) {
		xsd = "." + string(filepath.Separator) + xsd // no name is an option, or an address
	}
	cmd := exec.CommandContext(ctx, program, "--nonet", "--noout", "--schema", xsd, "-")
	cmd.Stdin = bytes.NewReader(payload)
	out := &limited{max: maxOutput}
	cmd.Stdout, cmd.Stderr = out, out
	cmd.Env = append(os.Environ(), "LC_ALL=C", "XML_CATALOG_FILES=")
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	if ctx.Err() != nil {
		return Verdict{}, fmt.Errorf("xmllint was stopped: %w", ctx.Err())
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return Verdict{}, err
	}
	text := strings.ToValidUTF8(out.buf.String(), "\uFFFD")
	switch cmd.ProcessState.ExitCode() {
	case statusValid:
		return Verdict{Valid: true}, nil
	case statusMalformed:
		return Verdict{Complaints: []Complaint{{Message: firstLine(text)}}}, nil
	case statusInvalid, statusInvalidToo:
		return Verdict{Complaints: complaints(text)}, nil
	case statusBadSchema:
		return Verdict{}, fmt.Errorf("xmllint cannot use the contract: %s", firstLine(text))
	}
	return Verdict{}, fmt.Errorf("xmllint failed: %v: %s", err, firstLine(text))
}

// limited is a buffer that keeps the beginning of what is written to it.
type limited struct {
	buf bytes.Buffer
	max int
}

// Write keeps what there is room for, and takes the rest.
func (l *limited) Write(p []byte) (int, error) {
	if room := l.max - l.buf.Len(); room > 0 {
		l.buf.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// complaints reads the command's messages, such as "-:3: element a: Schemas
// validity error : Element 'a': ...". A value in one may have line breaks.
func complaints(text string) []Complaint {
	const marker = "Schemas validity error : "
	var list []Complaint
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		place, message, ok := strings.Cut(line, marker)
		if !ok || !strings.HasPrefix(place, "-:") {
			if n := len(list); n > 0 && line != "- fails to validate" {
				list[n-1].Message += " " + line
			}
			continue
		}
		number, _, _ := strings.Cut(place[2:], ":")
		list = append(list, Complaint{Path: "line " + number, Message: message})
	}
	return list // in document order, as the command finds them
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
