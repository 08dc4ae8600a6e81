package wire

// Option sets how a payload is decoded.
type Option func(*options)

type options struct {
	strict bool
	report *[]Issue
	limits Limits
}

// Strict makes an error of everything that lenient decoding tolerates: one
// violation for each, under the code [ErrTolerated]. What the contract itself
// allows, such as a single item without its array, is no tolerance.
func Strict() Option { return strict }

func strict(o *options) { o.strict = true }

// Report appends what was tolerated to *issues, in document order: at most
// [MaxViolations] issues, and one more that counts the rest.
func Report(issues *[]Issue) Option { return func(o *options) { o.report = issues } }

// WithLimits bounds the payload.
func WithLimits(l Limits) Option { return func(o *options) { o.limits = l } }
