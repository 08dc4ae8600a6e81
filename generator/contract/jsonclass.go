package contract

import (
	"encoding/json"
	"slices"

	"github.com/biform/biform/gen/wire"
	"github.com/biform/biform/schema/model"
)

// classes numbers the schemas so that two that say the same have one number:
// first by what they say themselves, then by the numbers of the schemas that
// they refer to, until no number tells more schemas apart than before. It
// reports what is wrong with any of them.
func (j *jsonCompiler) classes() []int {
	j.patterns = make(map[string]int)
	j.out.Patterns = []wire.JSONPattern{{}}
	j.out.Formats = []wire.Format{{}}
	own := make([]string, len(j.c.Schemas)+1)
	refs := make([][]model.SchemaID, len(j.c.Schemas)+1)
	for i := range j.c.Schemas {
		id := model.SchemaID(i + 1)
		if j.target[id] != id {
			continue
		}
		// The references in the order in which the entry has them, and only
		// whether each is there in the text.
		var list []model.SchemaID
		entry := j.schema(j.c.Schema(id), func(ref model.SchemaID, needed bool) int {
			if ref = j.target[ref]; ref == 0 || !needed && j.admitsAll(ref) {
				list = append(list, 0)
				return 0
			}
			list = append(list, ref)
			return 1
		})
		own[id], refs[id] = entryText(entry), list
	}
	class := make([]int, len(own))
	for count := 0; ; {
		numbers := make(map[string]int)
		next := make([]int, len(class))
		var key []byte
		for i := range j.c.Schemas {
			id := i + 1
			if int(j.target[id]) != id {
				continue
			}
			key = append(key[:0], own[id]...)
			for _, r := range append(slices.Clone(refs[id]), model.SchemaID(id)) {
				c := class[r]
				key = append(key, byte(c), byte(c>>8), byte(c>>16), byte(c>>24))
			}
			n, ok := numbers[string(key)]
			if !ok {
				n = len(numbers) + 1
				numbers[string(key)] = n
			}
			next[id] = n
		}
		class = next
		if len(numbers) == count {
			return class
		}
		count = len(numbers)
	}
}

// entryText spells an entry without its place.
func entryText(s wire.JSONSchema) string {
	s.At = ""
	// A pattern's number stands for the pattern.
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // it is plain data
	}
	return string(b)
}
