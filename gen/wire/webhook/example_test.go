package webhook_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/biform/biform/gen/videotag"
	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/gen/wire/webhook"
)

// A receiver of callbacks: the secret is the last element of the URL that is
// saved with the service, and what a job found is handled once.
func Example() {
	h := videotag.Handler(func(ctx context.Context, cb *videotag.Response, d wire.Delivery) error {
		// Store it here. Nobody signed it: ask the service's API for the job
		// before you rely on it.
		fmt.Println(cb.JobsDetail.JobID, cb.JobsDetail.State, d.Form)
		return nil
	}, webhook.Once(func(cb *videotag.Response) string {
		return cb.JobsDetail.JobID + " " + string(cb.JobsDetail.State)
	}, webhook.NewMemory(10_000)))

	secret := "5d1f0cf2c7f34a0fb2f1" // os.Getenv("CALLBACK_SECRET")
	mux := http.NewServeMux()
	mux.Handle("POST /callback/", webhook.Secret(secret, h))
	server := webhook.Server(":8443", mux) // server.ListenAndServeTLS(...)

	for range 2 { // the sender tries again; it is handled once
		r := httptest.NewRequest("POST", "/callback/"+secret, strings.NewReader(`{"JobsDetail":{"JobId":"j1","State":"Success"}}`))
		w := httptest.NewRecorder()
		server.Handler.ServeHTTP(w, r)
		fmt.Println(w.Code)
	}
	// Output:
	// j1 Success json
	// 200
	// 200
}

// What nobody declared is worth a line in the log: it is how a new field of the
// API shows first.
func ExampleReport() {
	logger := log.New(os.Stdout, "", 0)
	h := videotag.Handler(
		func(context.Context, *videotag.Response, wire.Delivery) error { return nil },
		webhook.Report(func(_ context.Context, d wire.Delivery) {
			for _, i := range d.Issues {
				if i.Tolerance == wire.Unknown {
					logger.Print(i)
				}
			}
		}))
	r := httptest.NewRequest("POST", "/", strings.NewReader(`<Response><JobsDetail><Progress>100</Progress></JobsDetail></Response>`))
	h.ServeHTTP(httptest.NewRecorder(), r)
	// Output:
	// 1:23: /Response/JobsDetail/Progress: element "Progress" is not declared, kept [unknown]
}
