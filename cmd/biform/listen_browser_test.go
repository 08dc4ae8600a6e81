package main

import (
	"bytes"
	"context"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// browsers are what a browser may be called.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// browse runs a headless browser and returns what it prints.
func browse(t *testing.T, args ...string) string {
	t.Helper()
	name := ""
	for _, b := range browsers {
		if path, err := exec.LookPath(b); err == nil {
			name = path
			break
		}
	}
	if name == "" {
		t.Skipf("no browser here: install one of %s to run this test", strings.Join(browsers, ", "))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	args = append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--user-data-dir=" + t.TempDir(), "--enable-logging=stderr", "--v=0"}, args...)
	cmd := exec.CommandContext(ctx, name, args...)
	// What it starts must not hold the pipes open, or the test waits for it.
	cmd.WaitDelay = 5 * time.Second
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, stderr.String())
	}
	for line := range strings.Lines(stderr.String()) {
		if strings.Contains(line, "CONSOLE") {
			t.Errorf("the browser says %s", line)
		}
	}
	return stdout.String()
}

// firstPixel returns the colour in the upper left corner of a picture.
func firstPixel(t *testing.T, name string) color.Color {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return color.NRGBAModel.Convert(picture.At(1, 1))
}

// TestListenInBrowser holds what a browser makes of the page: the style is
// applied under the page's policy, payload text stays text, and nothing but the
// page is asked for.
func TestListenInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes seconds")
	}
	h, _, _ := listenHere(t)
	asked := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Method + " " + r.URL.Path
		h.ServeHTTP(w, r)
	}))
	defer server.Close()
	hostile := `</code></pre><script>document.title='owned'</script><img src=/stolen onerror=document.title='owned'><style>*{display:none}</style>`
	request(h, post("/", "application/xml", goodXML))
	request(h, post("/", "application/json", strings.NewReplacer("j1", hostile, "Success", "Odd").Replace(goodJSON)))

	dom := browse(t, "--dump-dom", server.URL+"/")
	for _, want := range []string{"<h1>2 received</h1>", `<a href="/deliveries/1"><bdi>j2</bdi></a>`, `<span class="verdict valid">valid</span>`, "&lt;script&gt;"} {
		if !strings.Contains(dom, want) {
			t.Errorf("no %q in\n%s", want, dom)
		}
	}
	dom = browse(t, "--dump-dom", server.URL+"/deliveries/2")
	for _, want := range []string{"&lt;script&gt;document.title=", `<a class="at violation" id="at-1" href="#remark-1">1</a>`} {
		if !strings.Contains(dom, want) {
			t.Errorf("no %q in\n%s", want, dom)
		}
	}
	for _, bad := range []string{"<script", "<img", "<style", "<title>owned"} {
		if strings.Contains(dom, bad) {
			t.Errorf("the browser made %q of a payload:\n%s", bad, dom)
		}
	}
	// The style is applied, and there is a dark one: the page's first pixel.
	shot := filepath.Join(t.TempDir(), "shot.png")
	browse(t, "--screenshot="+shot, "--window-size=600,400", "--blink-settings=preferredColorScheme=0", server.URL+"/")
	if got, want := firstPixel(t, shot), (color.NRGBA{0x12, 0x16, 0x1c, 0xff}); got != want {
		t.Errorf("the first pixel of the dark page is %v, want %v", got, want)
	}
	server.Close()
	close(asked)
	for path := range asked {
		if !regexp.MustCompile(`^GET /(deliveries/2|style\.css|icon\.svg)?$`).MatchString(path) {
			t.Errorf("the browser asked for %s", path)
		}
	}
}
