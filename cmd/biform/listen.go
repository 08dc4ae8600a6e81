package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/biform/biform/gen/wire/webhook"
	"github.com/biform/biform/schema/load"
)

// grace is how long deliveries that are on their way have when listen ends.
const grace = 2 * time.Second

// listening is one call of listen.
type listening struct {
	*app
	contracts  load.Contracts
	configFile string
	addr       string
	save       string
}

func listenCommand(a *app) *cobra.Command {
	l := &listening{app: a}
	c := &cobra.Command{
		Use:   "listen",
		Short: "Receive callbacks, save them, and show them on a page",
		Long: `Listen is a receiver for development: it answers callbacks as the handler of
generated code does, prints a line for each, and saves the payloads. On its page,
http://127.0.0.1:8080/ by default, it lists what came in, and shows each payload
beside its decoded value and everything that was tolerated or is invalid. It
ends with Ctrl-C and says then what it saw.

Callbacks are posted to any path. Without a contract they are callbacks of
Tencent Cloud CI's video tagging; the test that the service makes when a URL is
saved is answered with 200. Files are named TIME-NUMBER-JOB.xml or .json, and
only you can read them; without --save nothing is kept when listen ends.

To receive from the Internet, put a tunnel or proxy in front of it: listen takes
what it passes on, and still shows the page to this machine only. With an
--addr that is not of this machine alone, whoever reaches it sees the page.`,
		Example: `  biform listen
  biform listen --save payloads
  biform listen --xsd callback.xsd --jsonschema callback.schema.json --save payloads
  biform listen --config biform.yaml --addr 127.0.0.1:9000`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := l.choose(c.CommandPath()); err != nil {
				return err
			}
			ctx, stop := untilTold(c.Context())
			defer stop()
			return l.run(ctx, c.CommandPath())
		},
	}
	contractFlags(c, &l.contracts)
	c.Flags().StringVar(&l.configFile, "config", "", "take the contracts of the document in the configuration `FILE`")
	c.Flags().StringVar(&l.addr, "addr", "127.0.0.1:8080", "the `HOST:PORT` to listen on; port 0 takes a free one")
	c.Flags().StringVar(&l.save, "save", "", "the `FOLDER` to save payloads in; it is made when it is not there")
	return c
}

// choose decides which contracts are meant.
func (l *listening) choose(command string) error {
	named := l.contracts.XSD != "" || l.contracts.JSONSchema != ""
	switch {
	case named && l.configFile != "":
		return &usageError{command, errors.New("--config and --xsd or --jsonschema exclude each other")}
	case l.configFile != "":
		var err error
		l.contracts, err = l.pickDocument(l.configFile, l.contracts.Root, command)
		return err
	case !named && l.contracts.Root != "":
		return &usageError{command, errors.New("--root goes with --xsd or --jsonschema, or --config")}
	case !named:
		l.contracts = callback
	}
	return nil
}

// run receives until ctx ends.
func (l *listening) run(ctx context.Context, command string) error {
	if _, _, err := net.SplitHostPort(l.addr); err != nil {
		return &usageError{command, fmt.Errorf("--addr %s: it must be HOST:PORT, such as 127.0.0.1:8080", l.addr)}
	}
	j, err := newJudge(l.app, l.contracts)
	if err != nil {
		return err
	}
	in := &inbox{judge: j, now: time.Now, out: l.stdout}
	if l.save != "" {
		if in.dir, err = openFolder(l.save); err != nil {
			return err
		}
		defer in.dir.Close()
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", l.addr)
	if err != nil {
		return fmt.Errorf("%s cannot be listened on: %w: choose another address with --addr", l.addr, inner(err))
	}
	address := listener.Addr().(*net.TCPAddr)
	p := &page{inbox: in, local: address.IP.IsLoopback(), url: "http://" + address.String() + "/"}
	if address.IP.IsUnspecified() {
		p.url = fmt.Sprintf("http://127.0.0.1:%d/", address.Port)
	}
	if !p.local {
		fmt.Fprintf(l.stderr, "biform: warning: whoever reaches %s can read what comes in\n", address)
	}
	fmt.Fprintf(l.stdout, "listening on %s\n", p.url)
	server := webhook.Server("", receiver(in, p))
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		server.Close() // a sender that does not finish
	}
	in.busy.Lock() // until the last handler has said what became of its delivery
	defer in.busy.Unlock()
	fmt.Fprintln(l.stdout, in.summary())
	return nil
}

// inner returns what the system says of a failed call.
func inner(err error) error {
	var call *os.SyscallError
	var op *net.OpError
	switch {
	case errors.As(err, &call):
		return call.Err
	case errors.As(err, &op):
		return op.Err
	}
	return err
}

// receiver shows the page to those who get it, and takes the rest for
// deliveries.
func receiver(in *inbox, p *page) http.Handler {
	deliveries := in.handler()
	// A page elsewhere could make a browser of this machine post to it.
	foreign := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in.busy.RLock()
		defer in.busy.RUnlock()
		switch {
		case r.Method == http.MethodPost && foreign.Check(r) != nil:
			http.Error(w, http.StatusText(http.StatusForbidden), http.StatusForbidden)
			in.refused(http.StatusForbidden, errors.New("a web page of another site sent it"), nil)
		case r.Method != http.MethodPost && p.has(r.URL.Path):
			p.ServeHTTP(w, r)
		default:
			deliveries.ServeHTTP(w, r)
		}
	})
}
