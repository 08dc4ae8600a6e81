//go:build biform_pure

package contract

// pure says that the runtime is built without unsafe, so that its strings are
// copies.
const pure = true
