//go:build !biform_pure

package contract

const pure = false
