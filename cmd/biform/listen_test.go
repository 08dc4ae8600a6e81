package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/biform/biform/schema/load"
	"github.com/biform/biform/schema/model"
)

// listenHere makes the receiver of listen, saving in a folder of the test.
func listenHere(t *testing.T) (http.Handler, *inbox, *bytes.Buffer) {
	t.Helper()
	j, err := newJudge(&app{stderr: io.Discard}, callback)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := openFolder(filepath.Join(t.TempDir(), "payloads"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dir.Close() })
	var out bytes.Buffer
	at := time.Date(2026, 11, 23, 11, 11, 12, 0, time.FixedZone("", 3600))
	in := &inbox{judge: j, dir: dir, out: &out, now: func() time.Time { return at }}
	return receiver(in, &page{inbox: in, local: true, url: "http://127.0.0.1:8080/"}), in, &out
}

func request(h http.Handler, r *http.Request) *http.Response {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func post(path, media, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "http://tunnel.example"+path, strings.NewReader(body))
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	return r
}

func get(path string) *http.Request {
	return httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080"+path, nil)
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const (
	goodJSON = `{"JobsDetail": {"JobId": "j1", "Tag": "VideoTag", "State": "Success", "CreationTime": "2022-07-01T10:05:48+0800"}}`
	goodXML  = `<Response><JobsDetail><JobId>j2</JobId><Tag>VideoTag</Tag><State>Failed</State><CreationTime>2022-07-01T10:05:48+0800</CreationTime></JobsDetail></Response>`
	testPOST = `{"code":0,"data":{"event":"test"},"message":"Test request when setting callback url"}`
)

// TestListenAnswers holds how requests are answered, what line is printed, and
// what is saved.
func TestListenAnswers(t *testing.T) {
	manyMembers := goodJSON
	for i := range 300 {
		manyMembers = strings.Replace(manyMembers, "{", fmt.Sprintf(`{"k%d": 0, `, i), 1)
	}
	large := strings.Replace(goodJSON, "j1", strings.Repeat("j", 1<<20), 1)
	with := func(r *http.Request, name, value string) *http.Request {
		r.Header.Set(name, value)
		return r
	}
	method := func(name, path string) *http.Request {
		return httptest.NewRequest(name, "http://127.0.0.1:8080"+path, strings.NewReader(goodJSON))
	}
	for _, test := range []struct {
		name   string
		r      *http.Request
		status int
		line   string // without the time; empty: none
		file   string // empty: none
	}{
		{"XML", post("/", "application/xml", goodXML), 200, "xml j2 Failed valid", "-j2.xml"},
		{"JSON", post("/deep/path?token=1", "application/json; charset=UTF-8", goodJSON), 200, "json j1 Success valid", "-j1.json"},
		{"JSON called XML", post("/", "application/xml", goodJSON), 200, "json j1 Success valid", "-j1.json"},
		{"no media type", post("/", "", goodXML), 200, "xml j2 Failed valid", "-j2.xml"},
		{"posted to a page", post("/deliveries/1", "text/xml", goodXML), 200, "xml j2 Failed valid", "-j2.xml"},
		{"undeclared", post("/", "application/json", strings.Replace(goodJSON, "{", `{"New": 1, `, 1)), 200, "json j1 Success valid, 1 issue", "-j1.json"},
		{"invalid", post("/", "application/json", strings.Replace(goodJSON, "Success", "Odd", 1)), 200, "json j1 Odd 1 violation", "-j1.json"},
		{"many violations", post("/", "application/xml", "<Response>"+strings.Repeat("<a/><EventName/>", 300)+"</Response>"), 200, "xml - - more than 100 violations, 3 issues", ".xml"},
		{"many issues", post("/", "application/json", manyMembers), 200, "json j1 Success valid, more than 100 issues", "-j1.json"},
		{"test", post("/", "application/json", testPOST), 200, "json - - a test of the URL", ".json"},
		{"foreign", post("/", "application/json", `{"code":0}`), 400, "json - - refused with 400: 1:1: no member of the payload is one of Response", ".json"},
		{"foreign XML", post("/", "application/xml", `<Other/>`), 400, "xml - - refused with 400: 1:1: the root element is Other, not Response", ".xml"},
		{"malformed", post("/", "text/xml", "<Response>\n<a>"), 400, "xml - - refused with 400: 2:4: the payload is no XML", ".xml"},
		{"empty", post("/", "application/json", ""), 400, "json - - refused with 400: 1:1:", ".json"},
		{"deep", post("/", "application/json", strings.Repeat("[", 1<<19)), 400, "json - - refused with 400:", ".json"},
		{"GBK", post("/", "text/xml; charset=gbk", goodXML), 415, "- - - refused with 415: the charset", ""},
		{"XML called JSON", post("/", "application/json", goodXML), 415, "xml - - refused with 415: the body is XML, and is called JSON", ".xml"},
		{"text", post("/", "text/plain", goodXML), 415, "- - - refused with 415: the media type", ""},
		{"compressed", with(post("/", "application/json", goodJSON), "Content-Encoding", "gzip"), 415, "- - - refused with 415: the body is encoded", ""},
		{"large", post("/", "application/json", large), 413, "- - - refused with 413: the body has", ""},
		{"large, chunked", func() *http.Request {
			r := post("/", "application/json", large)
			r.ContentLength = -1
			return r
		}(), 413, "- - - refused with 413: the body is longer", ""},
		{"GET", method("GET", "/callback"), 405, "- - - refused with 405: the method", ""},
		{"PUT", method("PUT", "/callback"), 405, "- - - refused with 405: the method", ""},
		{"PUT of a page", method("PUT", "/"), 405, "", ""},
		{"DELETE of a page", method("DELETE", "/deliveries/1"), 405, "", ""},
		{"another site's script", with(post("/", "", goodJSON), "Sec-Fetch-Site", "cross-site"), 403, "- - - refused with 403: a web page of another site sent it", ""},
		{"another site's form", with(post("/", "application/json", goodJSON), "Origin", "https://evil.example"), 403, "- - - refused with 403", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			h, in, out := listenHere(t)
			sent := ""
			if test.r.Body != nil && test.file != "" {
				b, err := io.ReadAll(test.r.Body)
				if err != nil {
					t.Fatal(err)
				}
				sent = string(b)
				test.r.Body = io.NopCloser(bytes.NewReader(b))
			}
			got := request(h, test.r)
			if got.StatusCode != test.status {
				t.Errorf("answered %s", got.Status)
			}
			if (test.status == 405) != (got.Header.Get("Allow") != "") {
				t.Errorf("Allow: %s", got.Header.Get("Allow"))
			}
			if b := body(t, got); len(b) > 64 || strings.Contains(b, "Odd") {
				t.Errorf("the answer is %q", b)
			}
			const at = "2026-11-23T11:11:12+01:00 "
			if line := out.String(); test.line == "" && line != "" || test.line != "" && !strings.HasPrefix(line, at+test.line) || strings.Count(line, "\n") > 1 {
				t.Errorf("printed %q", line)
			}
			files, err := filepath.Glob(filepath.Join(in.dir.Name(), "*"))
			if err != nil {
				t.Fatal(err)
			}
			if test.file == "" {
				if len(files) > 0 {
					t.Errorf("saved %q", files)
				}
				return
			}
			want := filepath.Join(in.dir.Name(), "20261123T101112Z-0001"+test.file)
			if len(files) != 1 || files[0] != want || !strings.HasSuffix(out.String(), " -> "+want+"\n") {
				t.Fatalf("saved %q, printed %q", files, out)
			}
			saved, err := os.ReadFile(want)
			if err != nil || string(saved) != sent {
				t.Errorf("the file differs: %v", err)
			}
			if info, err := os.Stat(want); err != nil || info.Mode() != 0o600 {
				t.Errorf("%v, %v", info.Mode(), err)
			}
		})
	}
}

// TestListenOtherDocuments holds what names a delivery of a document that is
// not the callback, and that a payload needs a contract of its form.
func TestListenOtherDocuments(t *testing.T) {
	const begin = `{"$schema": "http://json-schema.org/draft-07/schema#", "title": "Order", "type": "object", "properties": {`
	const node = `"node": {"type": "object", "properties": {"next": {"$ref": "#/definitions/node"}, "nodeId": {"type": "string"}}}`
	for _, test := range []struct {
		schema, payload, line string
	}{
		{begin + `"total": {"type": "number"}, "orderId": {"type": "string"}, "status": {"type": "string"}}}`,
			`{"status": "paid", "orderId": " 17 ", "total": 2}`, "json 17 paid valid"},
		{begin + `"customer": {"type": "object", "properties": {"ID": {"type": "integer"}}}, "valid": {"type": "boolean"}}}`,
			`{"customer": {"ID": 18}, "valid": true}`, "json 18 - valid"},
		{begin + `"paid": {"type": "boolean"}}}`, `{"paid": true}`, "json - - valid"},
		{begin + `"list": {"type": "array", "items": {"$ref": "#/definitions/node"}}}, "definitions": {` + node + `}}`,
			`{"list": [{"next": {"nodeId": "deep"}}, {"nodeId": "second"}]}`, "json - - valid"},
		{begin + `"first": {"$ref": "#/definitions/node"}}, "definitions": {` + node + `}}`,
			`{"first": {"nodeId": "n1", "next": {"nodeId": "n2"}}}`, "json n1 - valid"},
		{begin + `"id": {"type": "string"}}}`, `{"id": ["a", "b"]}`, "json a - 1 violation"},
		{begin + `"id": {"type": "string"}}}`, `<Order><id>1</id></Order>`, "xml - - refused with 400: the payload is XML, and there is no contract for that form"},
	} {
		name := filepath.Join(t.TempDir(), "order.schema.json")
		if err := os.WriteFile(name, []byte(test.schema), 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := newJudge(&app{stderr: os.Stderr}, load.Contracts{JSONSchema: name})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		in := &inbox{judge: j, now: time.Now, out: &out}
		request(receiver(in, &page{inbox: in}), post("/", "", test.payload))
		if _, line, _ := strings.Cut(out.String(), " "); !strings.HasPrefix(line, test.line) {
			t.Errorf("%s: printed %q", test.payload, line)
		}
		if strings.Contains(out.String(), "->") {
			t.Errorf("nothing is saved, and it printed %q", out.String())
		}
	}
}

// TestListenFileNames holds that what a sender calls a job neither leads out of
// the folder nor steers the terminal.
func TestListenFileNames(t *testing.T) {
	for id, want := range map[string]string{
		"":                        "20261123T101112Z-0007.xml",
		"j1":                      "20261123T101112Z-0007-j1.xml",
		"../../etc/passwd":        "20261123T101112Z-0007-______etc_passwd.xml",
		"a\x00b\n\x1b[31m":        "20261123T101112Z-0007-a_b___31m.xml",
		"任务":                      "20261123T101112Z-0007-__.xml",
		"CON.":                    "20261123T101112Z-0007-CON_.xml",
		strings.Repeat("j", 5000): "20261123T101112Z-0007-" + strings.Repeat("j", 64) + ".xml",
	} {
		d := &delivery{At: time.Date(2026, 11, 23, 10, 11, 12, 0, time.UTC), reading: reading{Form: model.XML, ID: id}}
		if got := fileName(d, 7); got != want {
			t.Errorf("%.20q: %q", id, got)
		}
	}
	h, _, out := listenHere(t)
	request(h, post("/", "application/json", strings.Replace(goodJSON, "j1", `../x\u001b[31m\u202e`, 1)))
	if line := out.String(); strings.ContainsAny(line, "\x1b\u202e") || strings.Count(line, "\n") != 1 {
		t.Errorf("printed %q", line)
	}
}

// TestListenSavesBeside holds that two receivers in one folder overwrite
// nothing, and leave nothing but payloads.
func TestListenSavesBeside(t *testing.T) {
	h, in, _ := listenHere(t)
	other := &inbox{judge: in.judge, dir: in.dir, out: io.Discard, now: in.now}
	both := []http.Handler{h, receiver(other, &page{inbox: other})}
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			if r := request(both[i%2], post("/", "text/xml", goodXML)); r.StatusCode != 200 {
				t.Error(r.Status)
			}
		})
	}
	all.Wait()
	entries, err := os.ReadDir(in.dir.Name())
	if err != nil || len(entries) != 40 {
		t.Errorf("%d files, %v", len(entries), err)
	}
	for _, e := range entries {
		if data, err := os.ReadFile(filepath.Join(in.dir.Name(), e.Name())); err != nil || string(data) != goodXML {
			t.Errorf("%s: %q, %v", e.Name(), data, err)
		}
	}
	if got := in.summary(); got != "received 20: 20 valid; saved in "+in.dir.Name() {
		t.Error(got)
	}
}

// TestListenCannotSave holds that a delivery that cannot be saved is not
// acknowledged, and that the sender's next try is.
func TestListenCannotSave(t *testing.T) {
	h, in, out := listenHere(t)
	name := in.dir.Name()
	if err := os.Rename(name, name+"-away"); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(name + "-away"); err != nil {
		t.Fatal(err)
	}
	r := request(h, post("/", "text/xml", goodXML))
	if r.StatusCode != 500 || strings.Contains(body(t, r), name) {
		t.Errorf("answered %s", r.Status)
	}
	if !strings.Contains(out.String(), "refused with 500: "+name) {
		t.Errorf("printed %q", out)
	}
	var err error
	if in.dir, err = openFolder(name); err != nil {
		t.Fatal(err)
	}
	if r := request(h, post("/", "text/xml", goodXML)); r.StatusCode != 200 {
		t.Errorf("answered %s", r.Status)
	}
	if got := in.summary(); got != "received 2: 1 valid, 1 refused; saved in "+name {
		t.Error(got)
	}
}

// TestListenFolder holds what is said of folders that payloads cannot be saved
// in, before anything is listened on.
func TestListenFolder(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	readOnly := filepath.Join(dir, "read-only")
	if err := os.Mkdir(readOnly, 0o500); err != nil {
		t.Fatal(err)
	}
	folders := []string{file, filepath.Join(file, "below")}
	if os.Geteuid() != 0 { // root may write anywhere
		folders = append(folders, readOnly, filepath.Join(readOnly, "below"))
	} else if _, err := os.Stat("/proc/self"); err == nil {
		folders = append(folders, "/proc/self", "/proc/self/below")
	}
	for _, name := range folders {
		var stdout, stderr bytes.Buffer
		code := run(context.Background(), []string{"listen", "--addr", "127.0.0.1:0", "--save", name}, nil, &stdout, &stderr)
		if code != exitUnusable || stdout.Len() > 0 {
			t.Errorf("%s: exit status %d, %q", name, code, stdout.String())
		}
		if !regexp.MustCompile(`^biform: error: payloads cannot be saved in \S+: [^/]+: name another folder with --save\n$`).MatchString(stderr.String()) {
			t.Errorf("%s: %q", name, stderr.String())
		}
	}
}

// TestListenForgets holds that the page remembers a bounded number of
// deliveries, and of bytes.
func TestListenForgets(t *testing.T) {
	in := &inbox{out: io.Discard, now: time.Now}
	for range maxKept + 7 {
		in.settle(&delivery{}, 200, nil)
	}
	if list, older := in.recent(); len(list) != maxKept || older != 7 {
		t.Errorf("%d, and %d older", len(list), older)
	}
	for range 200 {
		in.settle(&delivery{Data: make([]byte, 1<<20)}, 200, nil)
	}
	if list, _ := in.recent(); in.bytes > maxKeptBytes || len(list) != maxKeptBytes>>20 {
		t.Errorf("%d with %d bytes", len(list), in.bytes)
	}
	in.settle(&delivery{Data: make([]byte, maxKeptBytes+1)}, 200, nil)
	if list, _ := in.recent(); len(list) != 1 {
		t.Errorf("%d", len(list))
	}
}

// TestListenShutdown holds that listen serves on its address, ends when it is
// told to, and says what it saw.
func TestListenShutdown(t *testing.T) {
	for signal, slow := range map[os.Signal]bool{os.Interrupt: true, syscall.SIGTERM: false} {
		t.Run(signal.String(), func(t *testing.T) { shutdown(t, signal, slow) })
	}
}

func shutdown(t *testing.T, signal os.Signal, slow bool) {
	// TestMain puts the command into the path.
	cmd := exec.CommandContext(t.Context(), "biform", "listen", "--addr", "127.0.0.1:0")
	cmd.WaitDelay = 10 * time.Second
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(stdout)
	var url string
	if _, err := fmt.Fscanf(lines, "listening on %s\n", &url); err != nil {
		t.Fatal(err)
	}
	// A delivery that is on its way is received to its end, and a sender that
	// never finishes does not keep listen from ending.
	c, err := net.Dial("tcp", strings.Trim(strings.TrimPrefix(url, "http:"), "/"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	half := len(goodXML) / 2
	fmt.Fprintf(c, "POST / HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n%s", len(goodXML), goodXML[:half])
	answer, err := http.Post(url+"callback", "application/xml", strings.NewReader(goodXML))
	if err != nil || answer.StatusCode != 200 {
		t.Fatal(answer, err)
	}
	answer.Body.Close()
	time.Sleep(300 * time.Millisecond) // both have been seen by now
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	want := `^\S+ xml j2 Failed valid\n\S+ - - - refused with 400: .*\nreceived 2: 1 valid, 1 refused\n$`
	if !slow {
		want = `^(\S+ xml j2 Failed valid\n){2}received 2: 2 valid\n$`
		time.Sleep(200 * time.Millisecond) // listen has the signal by now
		fmt.Fprint(c, goodXML[half:])
		if line, err := bufio.NewReader(c).ReadString('\n'); line != "HTTP/1.1 200 OK\r\n" {
			t.Errorf("the delivery on its way was answered %q, %v", line, err)
		}
	}
	rest, err := io.ReadAll(lines)
	if err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); err != nil || stderr.Len() > 0 {
		t.Errorf("%v, %q", err, stderr.String())
	}
	if !regexp.MustCompile(want).Match(rest) {
		t.Errorf("printed %q", rest)
	}
	if _, err := http.Get(url); err == nil {
		t.Error("it still serves")
	}
}
