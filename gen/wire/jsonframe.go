package wire

// jsonFrame is a container that is open, while it or one inside it is read. The
// frame below all of them is for the root value.
type jsonFrame struct {
	seen    uint64 // a bit for every hash among its names
	at      uint32 // its entry
	key     uint32 // from its name: what followed the same name elsewhere is no guess
	guess   uint32 // which of the guesses the next name is
	closing byte   // what it ends with: a brace, a bracket or, of the root, nothing
	suspect bool   // two of its names share a bit
	// What the lines in a container of the depth begin with, and the last one.
	inner, last line
	jsonDuty
}

// begin makes the frame that of a container.
func (f *jsonFrame) begin(at int, hash uint32, closing byte) {
	f.seen, f.at, f.closing, f.suspect = 0, uint32(at), closing, false
	f.key = hash >> jsonHashShift
	f.guess = f.key & (jsonGuesses - 1)
	f.jsonDuty = jsonDuty{}
}

// name takes the hash of the object's next name.
func (f *jsonFrame) name(hash uint32) {
	bit := uint64(1) << (hash >> 26)
	if f.seen&bit != 0 {
		f.suspect = true
	}
	f.seen |= bit
	f.guess = (f.key + hash>>(jsonHashShift+4)) & (jsonGuesses - 1)
}

// jsonGuesses is how many guesses there are.
const jsonGuesses = 1024

// jsonGuess is a name, with its quotes and colon, as the words that a payload has
// for it.
type jsonGuess struct {
	jsonWords
	second uint64 // the 8 bytes behind first, if there are as many
	hash   uint32
	jsonMemberDuty
}

// learn makes the guess the name at p, if it is short enough: its closing quote
// is at q.
func (g *jsonGuess) learn(b buffer, p, q int, hash uint32, d jsonMemberDuty) {
	if n := q + 2 - p; n <= 24 && hash&jsonNameEscaped == 0 {
		g.jsonWords = jsonWords{first: b.u64(p), mask: nameMask(n), lastAt: max(n-8, 0), size: n}
		g.last, g.second, g.hash = b.u64(p+g.lastAt), b.u64(p+8), hash
		g.jsonMemberDuty = d
	}
}
