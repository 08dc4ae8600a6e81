// Command biform writes a Go package for a document that an XSD and a JSON
// Schema describe: types, validators, lenient decoders and encoders for XML and
// for JSON. It also validates payloads against the contracts, and checks that
// the contracts agree and the generated code is up to date.
//
// Run biform --help for its commands.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/biform/biform/schema/diag"
)

// The exit statuses.
const (
	exitOK       = 0
	exitDiffers  = 1 // invalid or different
	exitUsage    = 2
	exitUnusable = 3  // a schema or file that cannot be used
	exitBug      = 70 // a fault of biform
)

func main() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		// Most of what a command allocates it needs until its end: collecting pays
		// where memory would pass 1 GB.
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(900 << 20)
	}
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// untilTold returns a context that ends when the command is told to: for what
// must come to an end of its own. Any other command a signal ends at once.
func untilTold(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
}

// status is an error that says how to exit; what there was to say has been
// said.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// run runs biform and returns its exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(stderr, "biform: %v\n", diag.Bugf("%v", r))
			fmt.Fprintf(stderr, "biform: version %s\n%s", version(), debug.Stack())
			code = exitBug
		}
	}()
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr}
	root := command(a)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var exit status
	var bug *diag.Bug
	var diags diag.List
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &exit):
		return int(exit)
	case errors.As(err, &diags) && errors.As(a.report(diags), &exit):
		return int(exit)
	case errors.Is(err, syscall.EPIPE):
		return exitOK // whoever read the output has seen enough
	case errors.Is(err, context.Canceled):
		return 128 + int(syscall.SIGINT)
	case errors.As(err, &bug):
		fmt.Fprintf(stderr, "biform: %v\n", err)
		return exitBug
	}
	fmt.Fprintf(stderr, "biform: error: %v\n", err)
	var usage *usageError
	if errors.As(err, &usage) {
		fmt.Fprintf(stderr, "biform: hint: run %s --help\n", usage.command)
		return exitUsage
	}
	return exitUnusable
}

// version returns the module's version.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
