package docs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// harness shows the page in a frame as narrow as a phone and in a wide one,
// and says what a reader would find. A file may read another's frame only where
// the browser is told so, which is why the page itself need not know of it.
const harness = `<!doctype html><meta charset="utf-8">
<iframe id="phone" src="page.html" width="360" height="720"></iframe>
<iframe id="desk" src="page.html" width="1400" height="900"></iframe>
<pre id="result"></pre>
<script>
addEventListener('load', function () {
  var out = {};
  try {
    var phone = document.getElementById('phone').contentDocument;
    var desk = document.getElementById('desk').contentDocument;
    var view = document.getElementById('desk').contentWindow;
    out.PhoneWidth = phone.documentElement.scrollWidth;
    out.DeskWidth = desk.documentElement.scrollWidth;
    out.PhoneRow = phone.defaultView.getComputedStyle(phone.querySelector('tbody tr')).display;
    out.DeskRow = view.getComputedStyle(desk.querySelector('tbody tr')).display;
    out.Background = view.getComputedStyle(desk.body).backgroundColor;
    var rows = Array.from(desk.querySelectorAll('tbody tr'));
    var count = function () { return rows.filter(function (r) { return !r.hidden; }).length; };
    out.Rows = rows.length;
    out.SearchShown = !desk.getElementById('find').hidden;
    var q = desk.getElementById('q');
    var search = function (s) { q.value = s; q.dispatchEvent(new view.Event('input')); return count(); };
    out.Hits = search('persontags count');
    out.Said = desk.getElementById('found').textContent;
    out.None = search('no such node at all');
    out.Nothing = !desk.getElementById('nothing').hidden;
    out.All = search('');
    var svg = desk.getElementById('tree');
    var boxes = function () { return Array.from(svg.querySelectorAll('g.row')).filter(function (g) { return g.style.display !== 'none'; }).length; };
    out.Boxes = boxes();
    var before = svg.getAttribute('height');
    desk.getElementById('fold').click();
    out.Folded = boxes();
    out.Shorter = +svg.getAttribute('height') < +before;
    var toggle = svg.querySelectorAll('.toggle')[1];
    toggle.dispatchEvent(new view.KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    out.Opened = boxes();
    out.Expanded = toggle.getAttribute('aria-expanded');
    desk.getElementById('unfold').click();
    out.Unfolded = boxes() === out.Boxes && svg.getAttribute('height') === before;

    // Contrast, as WCAG 2.2 defines it.
    var channel = function (v) { v /= 255; return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); };
    var light = function (c) { return 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]); };
    var parse = function (s) { return s.match(/[\d.]+/g).map(Number); };
    var ground = function (e) {
      for (; e; e = e.parentElement) {
        var c = parse(view.getComputedStyle(e).backgroundColor);
        if (c.length === 3 || c[3] > 0) { return c; }
      }
      return [255, 255, 255];
    };
    out.Contrast = {};
    ['body', '.lead', '.eyebrow', '.facts dt', '.bar a', '.note', '.note code', 'button', 'thead th', 'tbody .name', '.path', '.c-parent a', '.sub', '.none',
      '.tag-xml', '.tag-json', '.form code', '.c-text p', '.rules li', '.rules code', '.same a', 'figcaption', 'pre code', '.t-tag', '.t-key', '.t-str',
      '.tolerances dd', 'footer', '.picture .occurs', '.picture .type', '.picture .mark', '.box-record .name', '.box-enum .name', '.box-ref .name', '.box-leaf .name'].forEach(function (s) {
      var e = desk.querySelector(s);
      if (!e) { out.Contrast[s] = 0; return; }
      var style = view.getComputedStyle(e);
      var isSVG = e instanceof view.SVGElement;
      var rect = isSVG && s.indexOf('.box-') === 0 ? e.parentNode.querySelector('rect') : null;
      var a = light(parse(isSVG ? style.fill : style.color));
      var b = light(rect ? parse(view.getComputedStyle(rect).fill) : ground(isSVG ? desk.querySelector('.picture') : e));
      out.Contrast[s] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
  } catch (err) {
    out.Error = String(err && err.stack || err);
  }
  document.getElementById('result').textContent = JSON.stringify(out);
});
</script>
`

// seen is what the harness says.
type seen struct {
	Error                 string
	PhoneWidth, DeskWidth int
	PhoneRow, DeskRow     string
	Background            string
	Rows, Hits, None, All int
	SearchShown, Nothing  bool
	Said                  string
	Boxes, Folded, Opened int
	Shorter, Unfolded     bool
	Expanded              string
	Contrast              map[string]float64
}

// browse opens the harness in a browser without a window.
func browse(t *testing.T, browser string, page []byte, flags ...string) seen {
	t.Helper()
	dir := t.TempDir()
	for name, data := range map[string][]byte{"page.html": page, "harness.html": []byte(harness)} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	args := append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--allow-file-access-from-files",
		"--user-data-dir=" + filepath.Join(dir, "profile"), "--window-size=1800,1700", "--enable-logging=stderr",
		"--virtual-time-budget=5000", "--dump-dom"}, flags...)
	cmd := exec.CommandContext(ctx, browser, append(args, "file://"+filepath.ToSlash(filepath.Join(dir, "harness.html")))...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", browser, err, stderr.Bytes())
	}
	for line := range bytes.Lines(stderr.Bytes()) {
		if bytes.Contains(line, []byte("CONSOLE")) {
			t.Errorf("the page's console: %s", line)
		}
	}
	m := regexp.MustCompile(`(?s)<pre id="result">(.*?)</pre>`).FindSubmatch(stdout.Bytes())
	if m == nil || len(m[1]) == 0 {
		t.Fatalf("the harness says nothing:\n%s", stderr.Bytes())
	}
	var s seen
	if err := json.Unmarshal([]byte(html.UnescapeString(string(m[1]))), &s); err != nil {
		t.Fatal(err)
	}
	if s.Error != "" {
		t.Fatal(s.Error)
	}
	return s
}

// The page in a browser: no errors, no scrolling sideways on a phone, a search
// that finds, a picture that folds, and colours with enough contrast (WCAG 2.2,
// success criterion 1.4.3) by day and by night.
func TestBrowser(t *testing.T) {
	browser := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			browser = path
			break
		}
	}
	if browser == "" {
		t.Skip("there is no chromium here: what a browser makes of the page is not tested")
	}
	if testing.Short() {
		t.Skip("starting a browser takes seconds")
	}
	page, _ := both(t, callback(t))
	day := browse(t, browser, page, "--blink-settings=preferredColorScheme=1")
	night := browse(t, browser, page, "--blink-settings=preferredColorScheme=0")
	if day.Background == night.Background {
		t.Errorf("the page is %s by day and by night", day.Background)
	}
	for name, s := range map[string]seen{"day": day, "night": night} {
		if s.PhoneWidth > 360 || s.DeskWidth > 1400 {
			t.Errorf("%s: the page is %d wide on a phone and %d on a desk", name, s.PhoneWidth, s.DeskWidth)
		}
		if s.PhoneRow != "block" || s.DeskRow != "table-row" {
			t.Errorf("%s: a row is shown as %s on a phone and as %s on a desk", name, s.PhoneRow, s.DeskRow)
		}
		if !s.SearchShown || s.Rows < 60 || s.Hits == 0 || s.Hits > 5 || s.None != 0 || !s.Nothing || s.All != s.Rows || s.Said == "" {
			t.Errorf("%s: the search: %+v", name, s)
		}
		if s.Boxes != s.Rows || s.Folded >= s.Opened || s.Opened >= s.Boxes || !s.Shorter || !s.Unfolded || s.Expanded != "true" {
			t.Errorf("%s: the picture: %+v", name, s)
		}
		for what, ratio := range s.Contrast {
			if ratio < 4.5 {
				t.Errorf("%s: the contrast of %s is %.2f, and must be 4.5", name, what, ratio)
			}
		}
	}
}
