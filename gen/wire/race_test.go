//go:build race

package wire

// underRace says that the race detector is on: it makes pools forget at random.
const underRace = true
