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

	"github.com/biform/biform/schema/folder"
	"github.com/biform/biform/schema/jsonschema"
	"github.com/biform/biform/schema/model"
)

// XMLLint is libxml2's command xmllint, where it is installed.
type XMLLint struct {
	// Timeout bounds one run; 0: 30 seconds.
	Timeout time.Duration
}

// Name returns the command's name.
func (XMLLint) Name() string { return "xmllint" }

// Form returns XML.
func (XMLLint) Form() model.Form { return model.XML }

// Available returns an error where the command is not installed.
func (XMLLint) Available() error {
	if _, err := exec.LookPath("xmllint"); err != nil {
		return errors.New("xmllint is not installed; it comes with libxml2 (on Debian, the package libxml2-utils)")
	}
	return nil
}

// Compile reads an XSD. The command reads files, so that the contract must lie
// in a folder of the file system; the files it includes are read from there, by
// a command that fetches nothing. The options say nothing to it.
func (x XMLLint) Compile(f *folder.Folder, name string, _ jsonschema.Options) (Validator, error) {
	if err := x.Available(); err != nil {
		return nil, err
	}
	file, err := f.Read(name)
	if err != nil {
		return nil, err
	}
	v := xmllintValidator{engine: x, contract: file.Name}
	if _, err := os.Stat(file.Name); err != nil {
		return nil, fmt.Errorf("%w: it reads contracts from the file system only, and %s is not there", ErrUnsupported, file.Name)
	}
	// A contract that it cannot use is told from an invalid payload by the exit
	// status, whatever the payload.
	if _, err := v.Validate([]byte("<x/>")); err != nil {
		return nil, err
	}
	return v, nil
}

type xmllintValidator struct {
	engine   XMLLint
	contract string
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

// Validate runs the command on the payload.
func (v xmllintValidator) Validate(payload []byte) (Verdict, error) {
	timeout := v.engine.Timeout
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	contract, err := filepath.Abs(v.contract)
	if err != nil {
		return Verdict{}, err
	}
	cmd := exec.CommandContext(ctx, "xmllint", "--nonet", "--noout", "--schema", contract, "-")
	cmd.Stdin = bytes.NewReader(payload)
	out := &limited{max: maxOutput}
	cmd.Stdout, cmd.Stderr = out, out
	cmd.Env = append(os.Environ(), "LC_ALL=C", "XML_CATALOG_FILES=")
	cmd.WaitDelay = time.Second
	err = cmd.Run()
	if ctx.Err() != nil {
		return Verdict{}, fmt.Errorf("xmllint did not answer within %s", timeout)
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return Verdict{}, err
	}
	text := strings.ToValidUTF8(out.buf.String(), "\uFFFD")
	switch cmd.ProcessState.ExitCode() {
	case statusValid:
		return Verdict{Valid: true}, nil
	case statusInvalid, statusInvalidToo:
		return Verdict{Complaints: complaints(text)}, nil
	case statusMalformed:
		return Verdict{Complaints: []Complaint{{Message: firstLine(text)}}}, nil
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
