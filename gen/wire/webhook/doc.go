// Package webhook receives documents over HTTP: it is the handler behind the
// function Handler of a generated package.
//
// A handler reads a bounded body, decodes it, calls a function, and answers 200
// only after that function has returned nil, so that a sender that retries
// loses nothing. What it answers never repeats what was sent.
//
//	status  when
//	200     the function returned nil, now or on an earlier delivery; or the
//	        request is the sender's test of the URL
//	400     the body is no such document: malformed, empty, or nothing in it is
//	        declared
//	405     the method is not POST
//	413     the body is longer than the limit
//	415     the media type is not XML or JSON, the charset is not UTF-8, or the
//	        body is compressed
//	500     the function returned an error, or panicked
//	503     what remembers deliveries failed, or the time was up
//
// # Trust
//
// Nobody signs these requests: the service that the first document comes from
// sends no signature, and whoever knows the URL can post to it. Keep the URL
// secret and unguessable (see [Secret]), serve it over TLS only, and ask the
// service's API for the job before anything is done that a forger would want.
//
// It is not a framework: routing, TLS and logging of requests are the server's.
package webhook
