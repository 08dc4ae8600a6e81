package webhook

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"runtime/debug"
	"time"

	"github.com/biform/biform/gen/wire"
)

// Decode is the function Decode of a generated package.
type Decode[T any] func(data []byte, opts ...wire.Option) (*T, error)

// Func handles one delivered document. The delivery is acknowledged when it
// returns nil; otherwise the sender is told to try again. It may keep the value
// and the delivery. ctx ends when the sender goes away and when the time of
// [Timeout] is up.
type Func[T any] func(ctx context.Context, v *T, delivery wire.Delivery) error

// New returns a handler of requests that deliver documents.
func New[T any](decode Decode[T], handle Func[T], opts ...Option) http.Handler {
	h := &handler[T]{decode: decode, handle: handle, config: defaults()}
	for _, o := range opts {
		o(&h.config)
	}
	if h.once != nil {
		if want := reflect.TypeFor[*T](); h.once.takes != want {
			panic(fmt.Sprintf("webhook: the key of Once is taken from a %v, the documents are a %v", h.once.takes, want))
		}
	}
	return h
}

type handler[T any] struct {
	config
	decode Decode[T]
	handle Func[T]
}

// ServeHTTP answers one delivery.
func (h *handler[T]) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d := wire.Delivery{
		Header:     r.Header,
		RemoteAddr: r.RemoteAddr,
		Received:   time.Now(),
	}
	if err := h.serve(r, &d, w); err != nil {
		status := statusOf(err)
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", http.MethodPost)
		}
		answer(w, status)
		h.onError(r.Context(), status, err, d)
		return
	}
	answer(w, http.StatusOK)
}

// serve does what a delivery asks for; nil acknowledges it.
func (h *handler[T]) serve(r *http.Request, d *wire.Delivery, w http.ResponseWriter) error {
	if r.Method != http.MethodPost {
		return refuse(http.StatusMethodNotAllowed, "the method is %.16q, want POST", r.Method)
	}
	media, err := mediaOf(r.Header)
	if err != nil {
		return err
	}
	if d.Raw, err = h.read(w, r); err != nil {
		return err
	}
	if d.Form, err = media.form(d.Raw); err != nil {
		return err
	}
	opts := append(h.options[:len(h.options):len(h.options)], wire.Report(&d.Issues))
	v, err := h.decode(d.Raw, opts...)
	if err != nil {
		return &refusal{http.StatusBadRequest, err}
	}
	if h.report != nil && len(d.Issues) > 0 {
		h.report(r.Context(), *d)
	}
	if foreign(v) {
		if h.test(d.Raw) {
			return nil
		}
		return refuse(http.StatusBadRequest, "nothing in the document is declared by its contract")
	}
	ctx := r.Context()
	if h.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, h.timeout)
		defer cancel()
	}
	if h.once != nil {
		return h.once.do(ctx, v, func() error { return h.call(ctx, v, *d) })
	}
	return h.call(ctx, v, *d)
}

// call calls the function behind a barrier for panics.
func (h *handler[T]) call(ctx context.Context, v *T, d wire.Delivery) (err error) {
	defer func() {
		switch r := recover(); r {
		case nil:
		case http.ErrAbortHandler:
			panic(r) // it asks the server to drop the connection
		default:
			err = &Panic{Value: r, Stack: debug.Stack()}
		}
	}()
	return h.handle(ctx, v, d)
}

// foreign tells whether nothing that a contract declares was in a document
// that has something in it.
func foreign(v any) bool {
	s := reflect.ValueOf(v).Elem()
	if s.Kind() != reflect.Struct {
		return false
	}
	unknown := s.FieldByName("Unknown")
	if !unknown.IsValid() || unknown.Kind() != reflect.Slice || unknown.Len() == 0 {
		return false
	}
	for i := range s.NumField() {
		if s.Type().Field(i).Name != "Unknown" && !s.Field(i).IsZero() {
			return false
		}
	}
	return true
}

// Panic is the error of a function that panicked.
type Panic struct {
	Value any
	Stack []byte
}

// Error says what the function panicked with.
func (p *Panic) Error() string { return fmt.Sprintf("the function panicked: %v", p.Value) }

// refusal is an error that has a status of its own.
type refusal struct {
	status int
	err    error
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

func refuse(status int, format string, args ...any) error {
	return &refusal{status, fmt.Errorf(format, args...)}
}

// statusOf returns the status that an error is answered with.
func statusOf(err error) int {
	var r *refusal
	switch {
	case errors.As(err, &r):
		return r.status
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// answer writes a status and its text, and nothing of the request.
func answer(w http.ResponseWriter, status int) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	if status == http.StatusRequestEntityTooLarge {
		h.Set("Connection", "close")
	}
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, http.StatusText(status)) // the sender may be gone
}
