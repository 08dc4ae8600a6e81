package main

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestListenPage holds what the page shows, to whom, and that nothing of a
// payload is ever markup.
func TestListenPage(t *testing.T) {
	h, _, _ := listenHere(t)
	page := func(path string) string {
		t.Helper()
		r := request(h, get(path))
		if r.StatusCode != 200 {
			t.Fatalf("%s: %s", path, r.Status)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store",
		} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		return body(t, r)
	}
	if text := page("/"); !strings.Contains(text, "Nothing received yet") || !strings.Contains(text, "curl --data-binary @payload.xml") {
		t.Errorf("an empty page is\n%s", text)
	}
	hostile := `</code><script>alert(1)</script><img src=x onerror=alert(1)>\" onmouseover=\"x{{.Dir}}\u202e`
	request(h, post("/", "text/xml", goodXML))
	request(h, post("/", "application/json", strings.NewReplacer("j1", hostile, "Success", hostile, `{"Jobs`, `{"`+hostile+`": 1, "Jobs`).Replace(goodJSON)))
	request(h, post("/", "application/json", "{\n  \"a\x01\xff\": 1"))
	list := page("/")
	if first, last := strings.Index(list, `href="/deliveries/3"`), strings.Index(list, `href="/deliveries/1"`); first < 0 || last < first {
		t.Errorf("the newest is not first:\n%s", list)
	}
	one := page("/deliveries/2")
	for name, text := range map[string]string{"/": list, "/deliveries/2": one, "/deliveries/3": page("/deliveries/3")} {
		for _, bad := range []string{"<script", "<img", "<style", " style=", " onerror=\"", "\u202e", "\x01", "http://www"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s has %q:\n%s", name, bad, text)
			}
		}
		for _, link := range regexp.MustCompile(`(?:src|href|action)="([^"]*)"`).FindAllStringSubmatch(text, -1) {
			if !regexp.MustCompile(`^(/|#)[a-z0-9./?#-]*$`).MatchString(link[1]) {
				t.Errorf("%s links to %q", name, link[1])
			}
		}
	}
	for _, want := range []string{
		"&lt;script&gt;alert(1)", "x{{.Dir}}⟦U&#43;202E⟧", `class="at issue" id="at-1" href="#remark-1"`, `id="remark-1"`, `class="at violation"`,
		`href="/deliveries/1">Older`, `href="/deliveries/3">Newer`, "200 OK", "Violations and issues", "<h2 id=\"decoded\">",
	} {
		if !strings.Contains(one, want) {
			t.Errorf("no %q in\n%s", want, one)
		}
	}
	three := page("/deliveries/3")
	for _, want := range []string{"400 Bad Request", "\u2401\uFFFD", `id="at-1"`} {
		if !strings.Contains(three, want) {
			t.Errorf("no %q in\n%s", want, three)
		}
	}
	if !strings.Contains(page("/?follow"), `http-equiv="refresh"`) || strings.Contains(list, "refresh") {
		t.Error("following is not what ?follow asks for")
	}
	if !strings.Contains(page("/style.css"), "prefers-color-scheme:dark") || !strings.Contains(page("/icon.svg"), "<svg") {
		t.Error("no style or no icon")
	}
	for _, path := range []string{"/deliveries/", "/deliveries/9", "/deliveries/-1", "/deliveries/x", "/deliveries/1/"} {
		if r := request(h, get(path)); r.StatusCode != 404 {
			t.Errorf("%s: %s", path, r.Status)
		}
	}
}

// TestListenHosts holds that the page is shown under names of this machine
// only, as long as only this machine is listened to.
func TestListenHosts(t *testing.T) {
	h, in, _ := listenHere(t)
	open := receiver(in, &page{inbox: in, local: false})
	for host, want := range map[string]int{
		"127.0.0.1:8080": 200, "127.0.0.1": 200, "127.8.9.1:80": 200, "localhost:8080": 200, "LOCALHOST": 200, "[::1]:8080": 200, "[::1]": 200,
		"evil.example": 403, "evil.example:8080": 403, "localhost.evil.example": 403, "127.0.0.1.evil.example": 403, "10.0.0.1": 403, "": 403,
		"127.0.0.1@evil.example": 403, "[::ffff:7f00:1%25eth0]": 403, "0.0.0.0:8080": 403, "2130706433": 403,
	} {
		for _, path := range []string{"/", "/deliveries/1", "/style.css"} {
			r := get(path)
			r.Host = host
			if got := request(h, r); got.StatusCode != want && (want != 200 || path != "/deliveries/1") {
				t.Errorf("%s under %q: %s", path, host, got.Status)
			}
			if got := request(open, r); got.StatusCode == 403 {
				t.Errorf("open: %s under %q: %s", path, host, got.Status)
			}
		}
	}
}

// TestListenForwarded holds that a tunnel that makes requests look as if they
// came from this machine passes on deliveries, and not the page.
func TestListenForwarded(t *testing.T) {
	h, _, _ := listenHere(t)
	for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-IP"} {
		r := get("/")
		r.Header.Set(name, "203.0.113.9")
		if got := request(h, r); got.StatusCode != 403 {
			t.Errorf("%s: %s", name, got.Status)
		}
		r = post("/", "application/xml", goodXML)
		r.Header.Set(name, "203.0.113.9")
		if got := request(h, r); got.StatusCode != 200 {
			t.Errorf("%s: %s", name, got.Status)
		}
	}
}

// markup is every piece of markup that the templates may write.
var markup = regexp.MustCompile(`<!doctype html>|</?(html|head|meta|title|link|body|a|b|header|div|p|h1|h2|nav|main|code|pre|table|thead|tbody|tr|th|td|time|bdi|span|dl|dt|dd|section|ol|li)( [a-z-]+="[^"<>]*")*>`)

// FuzzListen holds that whatever is posted is answered, is shown, and is only
// text where it is shown.
func FuzzListen(f *testing.F) {
	f.Add([]byte(goodXML))
	f.Add([]byte(goodJSON))
	f.Add([]byte(testPOST))
	f.Add([]byte("{\"<b>\x00\u202e\": [\"</code>\", {}], \"EventName\": 7}"))
	f.Add([]byte("<Response a='>'><![CDATA[<script>]]><EventName/><EventName>x</EventName></Response>"))
	j, err := newJudge(&app{stderr: io.Discard}, callback)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var out bytes.Buffer
		in := &inbox{judge: j, now: time.Now, out: &out}
		h := receiver(in, &page{inbox: in, local: true})
		r := request(h, post("/", "", string(data)))
		if r.StatusCode != 200 && r.StatusCode != 400 {
			t.Errorf("answered %s", r.Status)
		}
		if line := out.String(); strings.Count(line, "\n") != 1 || strings.ContainsFunc(line[:len(line)-1], func(r rune) bool { return r < ' ' }) {
			t.Errorf("printed %q", line)
		}
		for _, path := range []string{"/", "/deliveries/1"} {
			r := request(h, get(path))
			text := body(t, r)
			if r.StatusCode != 200 || !utf8.ValidString(text) {
				t.Errorf("%s: %s", path, r.Status)
			}
			if rest := markup.ReplaceAllString(text, ""); strings.ContainsAny(rest, "<>\x00\x1b\u202e") {
				t.Errorf("%s: there is more markup than the templates have:\n%s", path, rest)
			}
		}
	})
}

// TestListenLines holds where remarks stand in a payload that is shown, and
// that large ones are cut.
func TestListenLines(t *testing.T) {
	text := func(data string, offsets ...int) string {
		var remarks []numbered
		for i, o := range offsets {
			remarks = append(remarks, numbered{remark{Offset: o}, i + 1, "issue"})
		}
		lines, isCut := (&delivery{Data: []byte(data)}).lines(remarks)
		var b strings.Builder
		for _, l := range lines {
			for _, p := range l.Parts {
				if b.WriteString(p.Text); p.Mark > 0 {
					fmt.Fprintf(&b, "<%d>", p.Mark)
				}
			}
			b.WriteString("|")
		}
		if isCut {
			b.WriteString("...")
		}
		return b.String()
	}
	for _, test := range []struct {
		data    string
		offsets []int
		want    string
	}{
		{"", nil, "|"},
		{"", []int{0}, "<1>|"},
		{"ab", []int{0, 0, 1, 2}, "<1><2>a<3>b<4>|"},
		{"ab\ncd\n", []int{3, 5}, "ab|<1>cd<2>|"},
		{"ab\ncd\n", []int{6, 99}, "ab|cd<1><2>|"},
		{"a\r\nb", []int{3}, "a|<1>b|"},
		{"äb", []int{1, 2}, "<1>ä<2>b|"},
		{"\xff\xfe", []int{1}, "\uFFFD<1>\uFFFD|"},
		{strings.Repeat("\n", maxLines+5), []int{1}, "|<1>" + strings.Repeat("|", maxLines-1) + "..."},
		{strings.Repeat("x", maxShown+5), []int{maxShown + 2}, strings.Repeat("x", maxShown) + "|..."},
	} {
		if got := text(test.data, test.offsets...); got != test.want {
			t.Errorf("%.20q: %.40q", test.data, got)
		}
	}
}
