package wire

// Limits bounds what a decoder accepts. The zero value of a field means its
// default.
type Limits struct {
	// MaxDepth is how deep elements, objects and arrays may nest, the root
	// counting as 1. Default 512.
	MaxDepth int
	// MaxBytes is how long a payload may be. Default: no limit; the webhook
	// handler sets its own.
	MaxBytes int
	// MaxItems is how many elements, members and items a payload may have in
	// all. Default: no limit.
	MaxItems int
}

// DefaultMaxDepth is the depth limit when none is set.
const DefaultMaxDepth = 512

// padding is how many zero bytes stand behind a payload in a buffer.
const padding = 128
