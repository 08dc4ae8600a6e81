package wire

import "testing"

// TestFieldSet holds that fields beyond those that are watched do not pass for
// others.
func TestFieldSet(t *testing.T) {
	var s fieldSet
	for _, i := range []int{0, 1, 63, 64, 255, 256, 300, 511, 65535} {
		if s.add(i) {
			t.Errorf("field %d was there before", i)
		}
		if again := s.add(i); again != (i < 256) {
			t.Errorf("field %d again: %v", i, again)
		}
	}
	for _, i := range []int{44, 44 + 64} {
		if s.add(i) {
			t.Errorf("field %d was there before: taken for one beyond", i)
		}
	}
}
