package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/gen/wire/webhook"
	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/schema/observe"
)

// inbox is what listen has received: it saves deliveries, prints a line for
// each, and remembers the last of them for the page.
type inbox struct {
	judge *judge
	dir   *os.Root // where payloads are saved; nil: nowhere
	now   func() time.Time
	out   io.Writer

	busy sync.RWMutex // held for reading by every request

	mu    sync.Mutex
	last  int // the number of the last delivery
	kept  []*delivery
	bytes int // of the payloads that are kept
	count map[verdictClass]int
}

// How much the page remembers.
const (
	maxKept      = 500
	maxKeptBytes = 64 << 20
)

// delivery is one request that was received.
type delivery struct {
	Number int
	At     time.Time
	Status int    // the answer's
	Why    string // it was refused; empty when it was not
	Data   []byte // nil when no body was read
	File   string // where it is saved; empty when it is not
	reading
}

// verdictClass is what a delivery comes to, in one word.
type verdictClass string

const (
	classValid   verdictClass = "valid"
	classIssues  verdictClass = "issues"
	classInvalid verdictClass = "invalid"
	classTest    verdictClass = "test"
	classRefused verdictClass = "refused"
)

// Class classes a delivery.
func (d *delivery) Class() verdictClass {
	switch {
	case d.Status != http.StatusOK:
		return classRefused
	case d.Test:
		return classTest
	case len(d.Violations) > 0:
		return classInvalid
	case len(d.Issues) > 0:
		return classIssues
	}
	return classValid
}

// Verdict says in a few words what a delivery comes to.
func (d *delivery) Verdict() string {
	switch d.Class() {
	case classRefused:
		return fmt.Sprintf("refused with %d", d.Status)
	case classTest:
		return "a test of the URL"
	case classValid:
		return "valid"
	}
	said := "valid"
	if len(d.Violations) > 0 {
		said = atLeast(len(d.Violations), d.MoreViolations, "violation")
	}
	if len(d.Issues) > 0 {
		said += ", " + atLeast(len(d.Issues), d.MoreIssues, "issue")
	}
	return said
}

func atLeast(n int, more bool, noun string) string {
	if more {
		return fmt.Sprintf("more than %d %ss", n, noun)
	}
	return plural(n, noun)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// refusedDelivery is the error for a delivery that is not acknowledged.
type refusedDelivery struct {
	*delivery
	err error
}

func (r *refusedDelivery) Error() string { return r.err.Error() }
func (r *refusedDelivery) Unwrap() error { return r.err }

// handler returns the handler of deliveries. It is the one behind generated
// code, so that it answers as a server will: only what it does with a body is
// its own. A body is saved before it is judged, whatever is in it.
func (in *inbox) handler() http.Handler {
	decode := func(data []byte, _ ...wire.Option) (*delivery, error) {
		d := &delivery{Data: data, reading: in.judge.read(data)}
		in.arrive(d)
		if d.Err != nil && !d.Bug {
			return nil, &refusedDelivery{d, d.Err}
		}
		return d, nil
	}
	handle := func(_ context.Context, d *delivery, _ wire.Delivery) error {
		if err := d.fault(); err != nil {
			return &refusedDelivery{d, err}
		}
		in.settle(d, http.StatusOK, nil)
		return nil
	}
	return webhook.New(decode, handle, webhook.OnError(func(_ context.Context, status int, err error, raw wire.Delivery) {
		var known *refusedDelivery
		if errors.As(err, &known) {
			in.settle(known.delivery, status, known.err)
			return
		}
		in.refused(status, err, raw.Raw)
	}))
}

// fault is what keeps a delivery from being acknowledged though the payload
// can be read.
func (d *delivery) fault() error {
	if d.Err != nil {
		return d.Err
	}
	return d.saveErr
}

// arrive numbers a delivery and saves its payload.
func (in *inbox) arrive(d *delivery) {
	in.mu.Lock()
	in.last++
	d.Number, d.At = in.last, in.now()
	in.mu.Unlock()
	if in.dir != nil && d.Data != nil {
		d.File, d.saveErr = in.saveFile(d)
	}
}

// refused records a request that never became a delivery.
func (in *inbox) refused(status int, err error, data []byte) {
	d := &delivery{Data: data}
	if d.Form = "-"; data != nil {
		d.Form = observe.FormOf(data)
	}
	in.arrive(d)
	in.settle(d, status, err)
}

// settle records how a delivery was answered, and prints its line.
func (in *inbox) settle(d *delivery, status int, why error) {
	d.Status = status
	if why != nil {
		d.Why = why.Error()
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.count == nil {
		in.count = map[verdictClass]int{}
	}
	in.count[d.Class()]++
	in.kept = append(in.kept, d)
	in.bytes += d.size()
	for len(in.kept) > maxKept || in.bytes > maxKeptBytes && len(in.kept) > 1 {
		in.bytes -= in.kept[0].size()
		in.kept[0] = nil
		in.kept = in.kept[1:]
	}
	_, _ = fmt.Fprintln(in.out, d.line()) // who reads the output may be gone
}

// size is about how much memory a delivery takes.
func (d *delivery) size() int { return len(d.Data) + len(d.Decoded) }

// line is what is printed of a delivery: when, form, job, state, and what it
// comes to.
func (d *delivery) line() string {
	fields := []string{d.At.Format(time.RFC3339), string(d.Form), dash(d.ID), dash(d.State), d.Verdict()}
	line := visible(strings.Join(fields, " "))
	if d.Why != "" {
		line += ": " + visible(strings.ReplaceAll(d.Why, "\n", "; "))
	}
	if d.File != "" {
		line += " -> " + visible(d.File)
	}
	return line
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// recent returns the deliveries that are remembered, the newest first, and how
// many there were before them.
func (in *inbox) recent() (list []*delivery, older int) {
	in.mu.Lock()
	defer in.mu.Unlock()
	list = slices.Clone(in.kept)
	slices.SortFunc(list, func(a, b *delivery) int { return b.Number - a.Number })
	total := 0
	for _, n := range in.count {
		total += n
	}
	return list, total - len(list)
}

// delivery returns a delivery by its number, or nil.
func (in *inbox) delivery(number int) *delivery {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, d := range in.kept {
		if d.Number == number {
			return d
		}
	}
	return nil
}

// summary says what came in.
func (in *inbox) summary() string {
	in.mu.Lock()
	defer in.mu.Unlock()
	total := 0
	var parts []string
	for _, class := range []verdictClass{classValid, classIssues, classInvalid, classTest, classRefused} {
		n := in.count[class]
		if total += n; n == 0 {
			continue
		}
		word := string(class)
		if class == classIssues {
			word = "valid with issues"
		}
		parts = append(parts, fmt.Sprintf("%d %s", n, word))
	}
	if total == 0 {
		return "received nothing"
	}
	said := fmt.Sprintf("received %d: %s", total, strings.Join(parts, ", "))
	if in.dir != nil {
		said += "; saved in " + in.dir.Name()
	}
	return said
}

// openFolder opens the folder that payloads are saved in, and sees that files
// can be made in it before the first payload comes.
func openFolder(name string) (*os.Root, error) {
	fail := func(err error) (*os.Root, error) {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return nil, fmt.Errorf("payloads cannot be saved in %s: %w: name another folder with --save", name, err)
	}
	if err := os.MkdirAll(name, 0o700); err != nil {
		return fail(err)
	}
	dir, err := os.OpenRoot(name)
	if err != nil {
		return fail(err)
	}
	const probe = ".biform-probe"
	f, err := dir.OpenFile(probe, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		dir.Close()
		return fail(err)
	}
	f.Close()
	if err := dir.Remove(probe); err != nil {
		dir.Close()
		return fail(err)
	}
	return dir, nil
}

// saveFile saves a payload under a name of its own. It is written beside its
// place and renamed, so that no file is ever half of a payload.
func (in *inbox) saveFile(d *delivery) (string, error) {
	for n := d.Number; ; n++ {
		name := fileName(d, n)
		part := "." + name + ".part"
		f, err := in.dir.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue // another listen saves in the same folder
		}
		if err != nil {
			return "", plain(filepath.Join(in.dir.Name(), name), err)
		}
		if _, err := in.dir.Lstat(name); err == nil {
			f.Close()
			in.dir.Remove(part)
			continue
		}
		_, err = f.Write(d.Data)
		err = errors.Join(err, f.Sync(), f.Close())
		if err == nil {
			err = in.dir.Rename(part, name)
		}
		if err != nil {
			in.dir.Remove(part)
			return "", plain(filepath.Join(in.dir.Name(), name), err)
		}
		return filepath.Join(in.dir.Name(), name), nil
	}
}

// fileName names a payload's file: 20261123T101112Z-0001-JOB.xml. What a
// sender calls a job never leads out of the folder.
func fileName(d *delivery, n int) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
			return r
		}
		return '_'
	}, d.ID)
	if len(id) > 64 {
		id = id[:64]
	}
	if id != "" {
		id = "-" + id
	}
	ending := ".json"
	if d.Form == model.XML {
		ending = ".xml"
	}
	return fmt.Sprintf("%s-%04d%s%s", d.At.UTC().Format("20060102T150405Z"), n, id, ending)
}
