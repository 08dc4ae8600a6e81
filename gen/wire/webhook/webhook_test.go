package webhook_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/biform/biform/gen/videotag"
	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/gen/wire/webhook"
)

const (
	inXML  = `<Response><EventName>TaskFinish</EventName><JobsDetail><JobId>j1</JobId><State>Success</State></JobsDetail></Response>`
	inJSON = `{"EventName":"TaskFinish","JobsDetail":{"JobId":"j1","State":"Success"}}`
)

// quiet keeps what is refused out of the test's log.
var quiet = webhook.OnError(func(context.Context, int, error, wire.Delivery) {})

func fine(context.Context, *videotag.Response, wire.Delivery) error { return nil }

func post(h http.Handler, contentType, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestMediaTypes(t *testing.T) {
	h := videotag.Handler(fine, quiet)
	for _, c := range []struct {
		contentType, body string
		status            int
	}{
		{"", inXML, 200},
		{"", inJSON, 200},
		{"application/xml", inXML, 200},
		{"application/xml", inJSON, 200}, // the vendor calls its JSON so
		{"text/xml; charset=utf-8", inXML, 200},
		{"text/xml; charset=UTF8", inXML, 200},
		{"application/soap+xml", inXML, 200},
		{"application/json", inJSON, 200},
		{"application/json; charset=utf-8", inJSON, 200},
		{"application/problem+json", inJSON, 200},
		{"application/json", inXML, 415},
		{"text/xml; charset=gbk", inXML, 415},
		{"application/json; charset=iso-8859-1", inJSON, 415},
		{"text/plain", inXML, 415},
		{"multipart/form-data; boundary=x", inXML, 415},
		{"application/x-www-form-urlencoded", inJSON, 415},
		{"image/png", inXML, 415},
		{"xml", inXML, 415},
		{";;", inXML, 415},
		{"application/xml", "", 400},
		{"application/xml", " \n", 400},
		{"application/xml", "<Response>", 400},
		{"application/json", `{"EventName":"a"`, 400},
		{"application/json", "null", 400},
		{"application/json", "[]", 400},
		{"application/json", `{"Something":"else"}`, 400},
		{"application/xml", "<!DOCTYPE Response>" + inXML, 400},
		{"application/xml", "<Other/>", 400},
		{"application/json", "\xff\xfe{\x00}\x00", 400},
	} {
		w := post(h, c.contentType, c.body)
		if w.Code != c.status {
			t.Errorf("%q with %.40q: %d, want %d", c.contentType, c.body, w.Code, c.status)
		}
		if got, want := w.Body.String(), http.StatusText(c.status)+"\n"; got != want {
			t.Errorf("%q with %.40q: answered %q", c.contentType, c.body, got)
		}
	}
}

func TestMethods(t *testing.T) {
	h := videotag.Handler(fine, quiet)
	for _, m := range []string{"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(m, "/", strings.NewReader(inXML)))
		if w.Code != 405 || w.Header().Get("Allow") != "POST" {
			t.Errorf("%s: %d, Allow: %q", m, w.Code, w.Header().Get("Allow"))
		}
	}
}

// TestSize holds the limit at n and n+1, with the length declared, not
// declared, and declared wrongly.
func TestSize(t *testing.T) {
	const limit = 4096
	s := httptest.NewServer(videotag.Handler(fine, quiet, webhook.MaxBytes(limit)))
	defer s.Close()
	for _, c := range []struct {
		size   int
		chunks bool
		status int
	}{{limit, false, 200}, {limit + 1, false, 413}, {limit, true, 200}, {limit + 1, true, 413}, {50 << 20, true, 413}, {50 << 20, false, 413}} {
		var body io.Reader = strings.NewReader(inXML + strings.Repeat(" ", c.size-len(inXML)))
		if c.chunks {
			body = io.MultiReader(body) // its length does not show
		}
		resp, err := http.Post(s.URL, "application/xml", body)
		if err != nil {
			if c.status == 413 {
				continue // the connection was closed while the body was being sent
			}
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != c.status {
			t.Errorf("%d bytes, chunked %v: %d, want %d", c.size, c.chunks, resp.StatusCode, c.status)
		}
	}
}

func TestCompressed(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, inXML+strings.Repeat(" ", 10<<20)); err != nil {
		t.Fatal(err)
	}
	z.Close()
	h := videotag.Handler(fine, quiet)
	for coding, want := range map[string]int{"gzip": 415, "deflate": 415, "br": 415, "gzip, gzip": 415, "nonsense": 415, "identity": 400} {
		r := httptest.NewRequest("POST", "/", bytes.NewReader(b.Bytes()))
		r.Header.Set("Content-Encoding", coding)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", coding, w.Code, want)
		}
	}
	// A compressed body whose label is missing is no document.
	if w := post(h, "application/xml", b.String()); w.Code != 400 {
		t.Errorf("without a label: %d", w.Code)
	}
}

func TestFunction(t *testing.T) {
	failure := errors.New("the database is away")
	for _, c := range []struct {
		name   string
		f      func(context.Context, *videotag.Response, wire.Delivery) error
		status int
	}{
		{"fine", fine, 200},
		{"error", func(context.Context, *videotag.Response, wire.Delivery) error { return failure }, 500},
		{"panic", func(_ context.Context, cb *videotag.Response, _ wire.Delivery) error {
			panic("secret " + cb.EventName)
		}, 500},
		{"nil panic", func(context.Context, *videotag.Response, wire.Delivery) error {
			var cb *videotag.Response
			return errors.New(cb.EventName)
		}, 500},
		{"slow", func(ctx context.Context, _ *videotag.Response, _ wire.Delivery) error {
			<-ctx.Done()
			return ctx.Err()
		}, 503},
	} {
		var said error
		h := videotag.Handler(c.f, webhook.Timeout(20*time.Millisecond), webhook.OnError(func(_ context.Context, status int, err error, d wire.Delivery) {
			if status != c.status || string(d.Raw) != inXML {
				t.Errorf("%s: OnError got %d, %q", c.name, status, d.Raw)
			}
			said = err
		}))
		w := post(h, "application/xml", inXML)
		if w.Code != c.status || (said == nil) != (c.status == 200) {
			t.Errorf("%s: %d, %v", c.name, w.Code, said)
		}
		if strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: the answer repeats %q", c.name, w.Body)
		}
	}
}

func TestDelivery(t *testing.T) {
	var got wire.Delivery
	var reported []string
	h := videotag.Handler(func(_ context.Context, cb *videotag.Response, d wire.Delivery) error {
		got = d
		return nil
	}, webhook.Report(func(_ context.Context, d wire.Delivery) {
		for _, i := range d.Issues {
			reported = append(reported, i.String())
		}
	}))
	const body = `{"JobsDetail":[{"JobId":17,"Progress":"100"}]}`
	if w := post(h, "application/xml", body); w.Code != 200 {
		t.Fatal(w.Code)
	}
	if got.Form != wire.FormJSON || string(got.Raw) != body || got.RemoteAddr == "" || got.Received.IsZero() ||
		http.Header(got.Header).Get("Content-Type") != "application/xml" {
		t.Errorf("%+v", got)
	}
	want := []string{
		`1:15: /JobsDetail: "JobsDetail" is an array where one is declared [one-or-many]`,
		`1:25: /JobsDetail/0/JobId: "JobId" is spelled as a number [spelling]`,
		`1:28: /JobsDetail/0/Progress: member "Progress" is not declared, kept [unknown]`,
	}
	if fmt.Sprint(reported) != fmt.Sprint(want) {
		t.Errorf("reported %q", reported)
	}
	post(h, "", inXML)
	if got.Form != wire.FormXML || len(got.Issues) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestURLTest holds that the request that the vendor makes when the URL is
// saved is answered, and that the function never sees it.
func TestURLTest(t *testing.T) {
	const body = `{"code":0,"data":{"url":"x"},"message":"Test request when setting callback url"}`
	called := false
	f := func(context.Context, *videotag.Response, wire.Delivery) error { called = true; return nil }
	if w := post(videotag.Handler(f, quiet), "application/json", body); w.Code != 200 || called {
		t.Errorf("%d, called %v", w.Code, called)
	}
	never := webhook.Test(func([]byte) bool { return false })
	if w := post(videotag.Handler(f, quiet, never), "application/json", body); w.Code != 400 || called {
		t.Errorf("%d, called %v", w.Code, called)
	}
	other := strings.Replace(body, "Test request", "success", 1)
	if w := post(videotag.Handler(f, quiet), "application/json", other); w.Code != 400 || called {
		t.Errorf("another envelope: %d, called %v", w.Code, called)
	}
}

func jobKey(cb *videotag.Response) string {
	if cb.JobsDetail.JobID == "" {
		return ""
	}
	return cb.JobsDetail.JobID + " " + string(cb.JobsDetail.State)
}

// TestOnce holds that one job delivered a thousand times at once is handled
// once, and that a failure is not remembered.
func TestOnce(t *testing.T) {
	var calls, fails atomic.Int64
	store := webhook.NewMemory(10)
	fails.Store(3)
	h := videotag.Handler(func(context.Context, *videotag.Response, wire.Delivery) error {
		if fails.Add(-1) >= 0 {
			return errors.New("not yet")
		}
		calls.Add(1)
		return nil
	}, quiet, webhook.Once(jobKey, store))
	var wg sync.WaitGroup
	var refused atomic.Int64
	for range 1000 {
		wg.Go(func() {
			if w := post(h, "", inJSON); w.Code != 200 {
				refused.Add(1)
			}
		})
	}
	wg.Wait()
	if calls.Load() != 1 || refused.Load() != 3 {
		t.Errorf("handled %d times, refused %d times", calls.Load(), refused.Load())
	}
	// Another state of the job is another report, and no key is no key.
	post(h, "", strings.Replace(inJSON, "Success", "Failed", 1))
	post(h, "", `{"EventName":"x"}`)
	post(h, "", `{"EventName":"x"}`)
	if calls.Load() != 4 {
		t.Errorf("handled %d times", calls.Load())
	}
}

// failing is a store that fails.
type failing struct{ seen, done error }

func (f failing) Seen(context.Context, string) (bool, error) { return false, f.seen }
func (f failing) Done(context.Context, string) error         { return f.done }

func TestStoreFails(t *testing.T) {
	for _, s := range []failing{{seen: errors.New("away")}, {done: errors.New("away")}} {
		if w := post(videotag.Handler(fine, quiet, webhook.Once(jobKey, s)), "", inXML); w.Code != 503 {
			t.Errorf("%+v: %d", s, w.Code)
		}
	}
}

// TestOnceWaits holds that a delivery that waits for another ends with its own
// time, and that a panic lets the next one in.
func TestOnceWaits(t *testing.T) {
	release := make(chan struct{})
	h := videotag.Handler(func(context.Context, *videotag.Response, wire.Delivery) error {
		<-release
		panic("at the disco")
	}, quiet, webhook.Timeout(30*time.Millisecond), webhook.Once(jobKey, webhook.NewMemory(10)))
	first := make(chan int)
	go func() { first <- post(h, "", inXML).Code }()
	time.Sleep(10 * time.Millisecond)
	if w := post(h, "", inXML); w.Code != 503 {
		t.Errorf("the one that waits: %d", w.Code)
	}
	close(release)
	if code := <-first; code != 500 {
		t.Errorf("the one that panics: %d", code)
	}
	if w := post(h, "", inXML); w.Code != 500 {
		t.Errorf("the next: %d", w.Code)
	}
}

func TestMemoryForgets(t *testing.T) {
	ctx := context.Background()
	m := webhook.NewMemory(2)
	for _, k := range []string{"a", "b", "a", "c"} {
		if err := m.Done(ctx, k); err != nil {
			t.Fatal(err)
		}
	}
	for k, want := range map[string]bool{"a": true, "b": false, "c": true} {
		if got, _ := m.Seen(ctx, k); got != want {
			t.Errorf("%s: %v, want %v", k, got, want)
		}
	}
}

func TestOnceOfAnotherType(t *testing.T) {
	defer func() {
		if r := fmt.Sprint(recover()); !strings.Contains(r, "*string") || !strings.Contains(r, "*videotag.Response") {
			t.Errorf("panicked with %v", r)
		}
	}()
	videotag.Handler(fine, webhook.Once(func(s *string) string { return *s }, webhook.NewMemory(1)))
}

func TestSecret(t *testing.T) {
	const secret = "0123456789abcdef0123456789abcdef"
	h := webhook.Secret(secret, videotag.Handler(fine, quiet))
	for path, want := range map[string]int{
		"/callback/" + secret: 200, "/callback/" + secret + "x": 404, "/callback/" + secret[1:]: 404, "/callback/": 404, "/": 404,
		"/" + secret + "/x": 404,
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("POST", path, strings.NewReader(inXML)))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
	for _, bad := range []string{"", "short", "0123456789abcdef/0123456789abcdef"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("the secret %q is taken", bad)
				}
			}()
			webhook.Secret(bad, h)
		}()
	}
}

// TestSlow holds that a body of one byte a second does not hold a connection.
func TestSlow(t *testing.T) {
	if testing.Short() {
		t.Skip("takes 10 seconds")
	}
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := webhook.Server("", videotag.Handler(fine, quiet))
	go s.Serve(l)
	defer s.Close()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/xml\r\nContent-Length: 100\r\n\r\n")
	begin := time.Now()
	go func() {
		for time.Since(begin) < 15*time.Second {
			if _, err := c.Write([]byte(" ")); err != nil {
				return
			}
			time.Sleep(time.Second)
		}
	}()
	answer, _ := io.ReadAll(c) // until the server closes
	if d := time.Since(begin); d > 12*time.Second || !bytes.HasPrefix(answer, []byte("HTTP/1.1 400")) {
		t.Errorf("after %v: %.60q", d, answer)
	}
}

// TestGarbage holds that a flood of garbage leaves nothing behind.
func TestGarbage(t *testing.T) {
	s := httptest.NewServer(videotag.Handler(fine, quiet))
	defer s.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}
	defer client.CloseIdleConnections()
	flood := func(n int) {
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				for i := range n / 4 {
					body := strings.Repeat("<a>", 1+(i*7+w)%500)
					resp, err := client.Post(s.URL, "application/xml", strings.NewReader(body))
					if err != nil {
						t.Error(err)
						return
					}
					resp.Body.Close()
				}
			})
		}
		wg.Wait()
	}
	heap := func() (uint64, int) {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc, runtime.NumGoroutine()
	}
	n := 20_000
	if testing.Short() {
		n = 2_000
	}
	flood(n / 4)
	before, threads := heap()
	flood(n)
	after, more := heap()
	if after > before+before/20+256<<10 {
		t.Errorf("the heap grew from %d to %d", before, after)
	}
	if more > threads+4 {
		t.Errorf("%d goroutines became %d", threads, more)
	}
}
