package webhook

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"path"
	"time"
)

// Secret passes on only requests whose path ends in /secret, and answers others
// with 404. The comparison takes the same time whatever was sent. It panics when
// the secret is shorter than 16 bytes, or could not be one element of a path.
//
//	http.Handle("/callback/", webhook.Secret(os.Getenv("CALLBACK_SECRET"), h))
func Secret(secret string, next http.Handler) http.Handler {
	if len(secret) < 16 || path.Base("/"+secret) != secret {
		panic("webhook: the secret must be one path element of at least 16 bytes")
	}
	want := sha256.Sum256([]byte(secret))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := sha256.Sum256([]byte(path.Base(r.URL.Path)))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			answer(w, http.StatusNotFound)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Server returns a server with the time limits and header sizes that a handler
// on the open Internet needs: a request must have been read after 10 seconds.
func Server(addr string, h http.Handler) *http.Server {
	return &http.Server{
		Addr:              addr,
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    16 << 10,
	}
}
