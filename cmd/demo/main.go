// Command demo shows the callback's two wire forms becoming one Go value: it
// decodes, validates and compares the payloads it is given.
//
//	go run ./cmd/demo fixtures/payloads/sample1.xml fixtures/payloads/sample2.json
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"

	"github.com/biform/biform/gen/videotag"
	"github.com/biform/biform/gen/wire"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "demo: error:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, names []string) error {
	if len(names) == 0 {
		return fmt.Errorf("name the payloads to show")
	}
	var first *videotag.Response
	for _, name := range names {
		cb, err := show(w, name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if first == nil {
			first = cb
			continue
		}
		if !reflect.DeepEqual(first, cb) {
			return fmt.Errorf("%s and %s differ", names[0], name)
		}
		fmt.Fprintf(w, "%s decodes to the same value as %s\n", name, names[0])
	}
	return nil
}

// show decodes one payload and prints what is in it.
func show(w io.Writer, name string) (*videotag.Response, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	form, validate := "JSON", videotag.ValidateJSON
	if wire.IsXML(data) {
		form, validate = "XML", videotag.ValidateXML
	}
	if err := validate(data); err != nil {
		return nil, err
	}
	var issues []wire.Issue
	cb, err := videotag.Decode(data, wire.Report(&issues))
	if err != nil {
		return nil, err
	}
	if err := cb.Validate(); err != nil {
		return nil, err
	}
	job := &cb.JobsDetail
	fmt.Fprintf(w, "%s: %d bytes of %s, valid, %d issues tolerated\n", name, len(data), form, len(issues))
	fmt.Fprintf(w, "  job %s: %s, created %s\n", job.JobID, job.State, job.CreationTime)
	compact, err := cb.AppendJSON(nil)
	if err != nil {
		return nil, err
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, compact, "  ", "  "); err != nil {
		return nil, err
	}
	fmt.Fprintf(w, "  %s\n", pretty.Bytes())
	return cb, nil
}
