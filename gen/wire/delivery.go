package wire

import "time"

// Form is a wire form.
type Form string

// The wire forms.
const (
	FormXML  Form = "xml"
	FormJSON Form = "json"
)

// Delivery is how a document arrived at a webhook handler: see package webhook.
type Delivery struct {
	Form Form
	// Raw is the body as it was sent. It is not shared: the value that was
	// decoded from it does not alias it.
	Raw []byte
	// Issues are what was tolerated or undeclared in it.
	Issues []Issue
	// Header is the request's, as net/http has it.
	Header     map[string][]string
	RemoteAddr string
	Received   time.Time
}
