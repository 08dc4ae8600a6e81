package videotag_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/biform/biform/gen/videotag"
	"github.com/biform/biform/gen/wire"
)

// A webhook decodes what is posted, whatever its form and its content type say.
func Example_webhook() {
	http.HandleFunc("POST /callback/unguessable", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil {
			http.Error(w, "cannot read the body", http.StatusBadRequest)
			return
		}
		cb, err := videotag.Decode(body)
		if err != nil {
			http.Error(w, "no callback", http.StatusBadRequest)
			return
		}
		if cb.JobsDetail.State != videotag.StateSuccess {
			return // failed, or not finished
		}
		fmt.Println("job", cb.JobsDetail.JobID, "is done")
	})
}

func ExampleDecode() {
	cb, err := videotag.Decode([]byte(`<Response>
  <JobsDetail>
    <JobId>j535b10a4f8e211ec9452c1c27f56a659</JobId>
    <State>Success</State>
    <EndTime>2022-07-01T10:06:02+0800</EndTime>
  </JobsDetail>
</Response>`))
	if err != nil {
		fmt.Println(err)
		return
	}
	job := cb.JobsDetail
	fmt.Println(job.JobID, job.State, job.EndTime)
	fmt.Println(job.EndTime.Time().UTC())
	// Output:
	// j535b10a4f8e211ec9452c1c27f56a659 Success 2022-07-01T10:06:02+0800
	// 2022-07-01 02:06:02 +0000 UTC
}

// What lenient decoding tolerates, it can report.
func ExampleDecode_report() {
	var issues []wire.Issue
	cb, err := videotag.Decode([]byte(`{"JobsDetail": [{
  "JobId": 17,
  "Progress": "100",
  "Operation": {"JobLevel": true}
}]}`), wire.Report(&issues))
	if err != nil {
		fmt.Println(err)
		return
	}
	kept := cb.JobsDetail.Unknown[0]
	fmt.Printf("job %s, kept %s=%s\n", cb.JobsDetail.JobID, kept.Name, kept.Raw)
	for _, i := range issues {
		fmt.Println(i)
	}
	// Output:
	// job 17, kept Progress="100"
	// 1:16: /JobsDetail: "JobsDetail" is an array where one is declared [one-or-many]
	// 2:12: /JobsDetail/0/JobId: "JobId" is spelled as a number [spelling]
	// 3:3: /JobsDetail/0/Progress: member "Progress" is not declared, kept [unknown]
	// 4:29: /JobsDetail/0/Operation/JobLevel: "true" is not a whole number of 64 bits: absent [value]
}

// Strict makes errors of what is tolerated.
func ExampleDecode_strict() {
	_, err := videotag.Decode([]byte(`{"JobsDetail": {"JobId": 17}}`), wire.Strict())
	fmt.Println(err)
	fmt.Println(errors.Is(err, wire.ErrTolerated))
	// Output:
	// 1:26: /JobsDetail/JobId: "JobId" is spelled as a number (spelling) [tolerated]
	// true
}

// A payload that is not well-formed is never tolerated.
func ExampleDecodeXML_malformed() {
	_, err := videotag.DecodeXML([]byte("<Response>\n  <JobsDetail><JobId>j1</JobID></JobsDetail>\n</Response>"))
	fmt.Println(err)
	fmt.Println(errors.Is(err, wire.ErrSyntax))
	// Output:
	// 2:24: /Response/JobsDetail/JobId: </JobID> where </JobId> must stand: the start tag is on line 2 [syntax]
	// true
}

// A Decoder reads payload after payload without allocating. Its result is valid
// until the next call.
func ExampleDecoder() {
	var d videotag.Decoder
	for _, payload := range []string{
		`<Response><JobsDetail><JobId>j1</JobId></JobsDetail></Response>`,
		`{"JobsDetail": {"JobId": "j2"}}`,
	} {
		cb, err := d.Decode([]byte(payload))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(cb.JobsDetail.JobID)
	}
	// Output:
	// j1
	// j2
}

func ExampleResponse_Validate() {
	cb := &videotag.Response{}
	cb.JobsDetail.JobID = "j1"
	cb.JobsDetail.Tag = "VideoTag"
	cb.JobsDetail.State = "Finished"
	fmt.Println(cb.Validate())
	// Output:
	// /JobsDetail/State: must be one of "Submitted", "Running", "Success", "Failed", "Pause", "Cancel" [enum]
	// /JobsDetail/CreationTime: is missing [required]
}

func ExampleResponse_AppendJSON() {
	cb, err := videotag.DecodeXML([]byte(`<Response><JobsDetail><JobId>j1</JobId><Tag>VideoTag</Tag><State>Success</State><CreationTime>2022-07-01T10:05:48+0800</CreationTime><Operation><JobLevel>0</JobLevel></Operation></JobsDetail></Response>`))
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := cb.AppendJSON(nil)
	fmt.Println(string(b), err)
	// Output:
	// {"JobsDetail":{"JobId":"j1","Tag":"VideoTag","State":"Success","CreationTime":"2022-07-01T10:05:48+0800","Operation":{"JobLevel":"0"}}} <nil>
}
