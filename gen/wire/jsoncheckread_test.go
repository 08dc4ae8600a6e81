package wire

import "testing"

// FuzzJSONContract holds that a payload which is checked while it is read has the
// verdict of one that is evaluated afterwards, and that what is refused is
// explained.
func FuzzJSONContract(f *testing.F) {
	for _, s := range []string{
		`{"name":"ann","age":7,"state":"on","tags":["ab","cd"],"shape":{"kind":"square","a":2},"codes":[1,"x"],"map":{"a":1},"list":["ab",1]}`,
		`{"name":"ann","tags":[]}`, `{"name":"ann","tags":["ab","ab"]}`, `{"name":"ann","tags":["ab",{}]}`, `{"name":"ann","tags":["a b"]}`,
		`{"name":"ann","other":{"name":[1]}}`, `{"name":"ann","nothing":null}`, `{"name":"ann","map":{"long":{"a":{}}}}`, `{"name":"ann","map":{}}`,
		`{"name":"ann","age":7}`, `{"age":7,"state":"on"}`, `{"n\u0061me":"ann"}`, `{"name":"ann","name":"ann"}`, `{"name":1,`, `[{"name":"ann"}]`, `"name"`,
		`{"name":"ann","codes":[1,2,3]}`, `{"name":"ann","shape":{"kind":"circle"}}`, `{"name":"ann","list":["ab",1,2]}`, `{"name":"ann","rest":""}`,
	} {
		f.Add([]byte(s))
	}
	strict, open := personContract(), personContract()
	open.Schemas[1].AdditionalProperties = 1
	open.Schemas[5] = JSONSchema{At: "/tags", Types: TArray | TObject, Items: 1, MaxItems: 3, Properties: []JSONProperty{{"kind", 3}}, Required: []string{"kind", "name"}, MaxProperties: 3}
	check := new(jsonCheck)
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, c := range []*JSONContract{strict, open} {
			err := c.Validate(data)
			if c.err != nil {
				t.Fatal(c.err)
			}
			check.program = c.program
			valid := check.read(data, nil) && check.eval(c.program.root, 0, false)
			if valid != (err == nil) {
				t.Fatalf("while reading: %v; afterwards: valid is %v: %s", err, valid, data)
			}
			if v, ok := err.(Violations); err != nil && (!ok || len(v) == 0 || v[0].Code == "schema") {
				t.Fatalf("not explained: %v: %s", err, data)
			}
		}
	})
}
