package webhook

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"time"

	"github.com/biform/biform/gen/wire"
)

// Option sets how a handler receives.
type Option func(*config)

type config struct {
	maxBytes int64
	timeout  time.Duration
	options  []wire.Option
	report   func(context.Context, wire.Delivery)
	onError  func(context.Context, int, error, wire.Delivery)
	test     func([]byte) bool
	once     *once
}

// The defaults.
const (
	DefaultMaxBytes = 1 << 20          // of a body
	DefaultMaxItems = 50_000           // elements, members and items in a body
	DefaultTimeout  = 10 * time.Second // for the function
)

func defaults() config {
	return config{
		maxBytes: DefaultMaxBytes,
		timeout:  DefaultTimeout,
		options:  []wire.Option{wire.WithLimits(wire.Limits{MaxItems: DefaultMaxItems})},
		onError:  logError,
		test:     isTest,
	}
}

// MaxBytes sets how long a body may be.
func MaxBytes(n int64) Option { return func(c *config) { c.maxBytes = n } }

// Timeout sets how long the function has; 0 is without end. It should be less
// than the sender waits.
func Timeout(d time.Duration) Option { return func(c *config) { c.timeout = d } }

// Decoding sets how bodies are decoded, in place of a limit of
// [DefaultMaxItems]. The handler reports issues itself: see [Report].
func Decoding(opts ...wire.Option) Option { return func(c *config) { c.options = opts } }

// Report sets a function that sees every delivery in which something was
// tolerated or undeclared, before it is handled: its Issues say what.
func Report(f func(ctx context.Context, delivery wire.Delivery)) Option {
	return func(c *config) { c.report = f }
}

// OnError sets a function that sees every delivery that is not acknowledged,
// after the answer: the status, the error, and the delivery as far as it was
// read. By default package log/slog gets a line, with nothing of the body in
// it.
func OnError(f func(ctx context.Context, status int, err error, delivery wire.Delivery)) Option {
	return func(c *config) { c.onError = f }
}

// Test sets what tells that a body in which nothing is declared is the
// sender's test of the URL, to be answered with 200. By default it is a JSON
// object whose message says that it is a test request.
func Test(is func(body []byte) bool) Option { return func(c *config) { c.test = is } }

// isTest recognises the request that Tencent Cloud CI makes when a callback
// URL is saved.
func isTest(body []byte) bool {
	var b struct {
		Message string `json:"message"`
	}
	return json.Unmarshal(body, &b) == nil && strings.HasPrefix(strings.ToLower(b.Message), "test request")
}

// logError logs what is not acknowledged. Violations repeat pieces of the body,
// so that only their places and codes are logged.
func logError(ctx context.Context, status int, err error, d wire.Delivery) {
	attrs := []any{slog.Int("status", status), slog.String("remote", d.RemoteAddr), slog.Int("bytes", len(d.Raw))}
	var v wire.Violations
	var p *Panic
	switch {
	case errors.As(err, &v) && len(v) > 0:
		attrs = append(attrs, slog.String("path", v[0].Path), slog.Int("line", v[0].Line), slog.Int("column", v[0].Column),
			slog.String("code", string(v[0].Code)))
	case errors.As(err, &p):
		attrs = append(attrs, slog.Any("error", err), slog.String("stack", string(p.Stack)))
	default:
		attrs = append(attrs, slog.Any("error", err))
	}
	slog.WarnContext(ctx, "delivery not acknowledged", attrs...)
}
