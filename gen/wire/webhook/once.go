package webhook

import (
	"container/list"
	"context"
	"net/http"
	"reflect"
	"sync"
)

// Store remembers which deliveries were handled. Its methods are called by many
// goroutines at once. An error of either is answered with 503, so that the
// sender tries again.
type Store interface {
	// Seen tells whether a delivery with that key was handled.
	Seen(ctx context.Context, key string) (bool, error)
	// Done remembers that a delivery with that key was handled.
	Done(ctx context.Context, key string) error
}

// Once has every delivery handled once: one whose key the store has seen is
// acknowledged without a call. Of deliveries that come at the same time with
// the same key one is handled, and the others wait for it; when it fails the
// next one tries. An empty key is never the same as another.
//
// A job may be reported in several states, and a later state may arrive first:
// take the key from all that makes a report one of its own, such as the job's
// ID with its state, and let the function compare times before it overwrites.
func Once[T any](key func(*T) string, store Store) Option {
	o := &once{
		takes: reflect.TypeFor[*T](),
		key:   func(v any) string { return key(v.(*T)) },
		store: store,
		busy:  map[string]chan struct{}{},
	}
	return func(c *config) { c.once = o }
}

type once struct {
	takes reflect.Type
	key   func(any) string
	store Store

	mu   sync.Mutex
	busy map[string]chan struct{} // closed when the delivery with that key ends
}

// do calls f unless a delivery with v's key was handled.
func (o *once) do(ctx context.Context, v any, f func() error) error {
	key := o.key(v)
	if key == "" {
		return f()
	}
	if err := o.enter(ctx, key); err != nil {
		return err
	}
	defer o.leave(key)
	seen, err := o.store.Seen(ctx, key)
	if err != nil {
		return &refusal{http.StatusServiceUnavailable, err}
	}
	if seen {
		return nil
	}
	if err := f(); err != nil {
		return err
	}
	if err := o.store.Done(ctx, key); err != nil {
		return &refusal{http.StatusServiceUnavailable, err}
	}
	return nil
}

// enter waits until no other delivery with that key is being handled.
func (o *once) enter(ctx context.Context, key string) error {
	for {
		o.mu.Lock()
		wait, busy := o.busy[key]
		if !busy {
			o.busy[key] = make(chan struct{})
			o.mu.Unlock()
			return nil
		}
		o.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (o *once) leave(key string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.busy[key])
	delete(o.busy, key)
}

// Memory is a Store in memory. It remembers the last keys only, and none of
// them when the process ends: enough where handling a document twice does no
// harm.
type Memory struct {
	max int

	mu   sync.Mutex
	keys map[string]*list.Element
	last list.List // of keys, the oldest first
}

// NewMemory returns a Memory of the last max keys.
func NewMemory(max int) *Memory { return &Memory{max: max, keys: map[string]*list.Element{}} }

// Seen tells whether the key is remembered.
func (m *Memory) Seen(_ context.Context, key string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.keys[key]
	return ok, nil
}

// Done remembers the key.
func (m *Memory) Done(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e, ok := m.keys[key]; ok {
		m.last.MoveToBack(e)
		return nil
	}
	m.keys[key] = m.last.PushBack(key)
	for m.last.Len() > max(m.max, 0) {
		delete(m.keys, m.last.Remove(m.last.Front()).(string))
	}
	return nil
}
