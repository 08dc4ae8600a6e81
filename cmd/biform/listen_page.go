package main

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/biform/biform/schema/model"
	"github.com/biform/biform/templates/listen"
)

// page shows an inbox in a browser. It has no script and reads nothing from
// elsewhere; whatever a sender wrote is text in it, and never markup.
type page struct {
	inbox *inbox
	local bool // only this machine reaches it
	url   string
}

// How much of a payload a page shows.
const (
	maxShown   = 256 << 10 // bytes of it
	maxLines   = 5000
	maxMarked  = 400 // bytes of a line that is highlighted: a minified payload has but one line
	policy     = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	deliveryAt = "/deliveries/"
)

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"shown": shown,
	"upper": func(f model.Form) string { return strings.ToUpper(strings.Replace(string(f), "-", "–", 1)) },
}).Parse(listen.Page))

// has tells whether a path is one of the page's. Every other one is for
// deliveries alone.
func (p *page) has(path string) bool {
	return path == "/" || path == "/style.css" || path == "/icon.svg" || strings.HasPrefix(path, deliveryAt)
}

// ServeHTTP answers a request for the page.
func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", "GET, HEAD, POST")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
	case p.local && (!loopback(r.Host) || forwarded(r.Header)):
		// A name that somebody lets lead to this machine must not make a
		// browser show them the page (DNS rebinding), and a tunnel passes on
		// deliveries, not the page.
		http.Error(w, "this page is for this machine alone: open "+p.url, http.StatusForbidden)
	case r.URL.Path == "/":
		p.list(w, r)
	case r.URL.Path == "/style.css":
		h.Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write([]byte(listen.Style))
	case r.URL.Path == "/icon.svg":
		h.Set("Content-Type", "image/svg+xml")
		_, _ = w.Write([]byte(listen.Icon))
	default:
		p.delivery(w, strings.TrimPrefix(r.URL.Path, deliveryAt))
	}
}

// loopback tells whether a Host header names this machine and no other: an
// address of the loopback interface, or localhost (RFC 6761, section 6.3).
func loopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Zone() == "" && ip.IsLoopback()
}

// forwarded tells whether a request came through a proxy (RFC 7239, and what
// proxies wrote before it).
func forwarded(h http.Header) bool {
	for _, name := range []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip"} {
		if h.Get(name) != "" {
			return true
		}
	}
	return false
}

// write writes a page, whole or not at all.
func (p *page) write(w http.ResponseWriter, status int, name string, data any) {
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, data); err != nil {
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		fmt.Fprintf(p.inbox.out, "biform: internal error: %v\n", err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // who asked may be gone
}

// listPage is what the list is made of.
type listPage struct {
	Title, Document, URL, Dir string
	Follow                    bool
	Deliveries                []*delivery
	Total, Older              int
}

// IsBody tells whether a delivery had a body.
func (listPage) IsBody(d *delivery) bool { return d.Data != nil }

func (p *page) list(w http.ResponseWriter, r *http.Request) {
	v := listPage{Document: p.inbox.judge.doc.Name, URL: p.url, Follow: r.URL.Query().Has("follow")}
	v.Deliveries, v.Older = p.inbox.recent()
	v.Total = len(v.Deliveries) + v.Older
	v.Title = fmt.Sprintf("(%d) biform listen", v.Total)
	if p.inbox.dir != nil {
		v.Dir = p.inbox.dir.Name()
	}
	p.write(w, http.StatusOK, "list", v)
}

// deliveryPage is what the page of a delivery is made of.
type deliveryPage struct {
	Title            string
	Follow           bool
	Delivery         *delivery
	Newer, Before    int
	StatusText, Size string
	HasBody          bool
	Remarks          []numbered
	RemarksTitle     string
	MoreRemarks      bool
	Lines            []payloadLine
	Cut              bool
	Decoded          string
	DecodedCut       bool
}

// numbered is a remark with its number on the page.
type numbered struct {
	remark
	Number int
	Class  string // issue or violation
}

func (p *page) delivery(w http.ResponseWriter, number string) {
	n, err := strconv.Atoi(number)
	var d *delivery
	if err == nil {
		d = p.inbox.delivery(n)
	}
	if d == nil {
		p.write(w, http.StatusNotFound, "message", map[string]any{
			"Follow": false, "Title": "No such delivery", "Message": "There is none of that number, or it is too long ago to be remembered."})
		return
	}
	v := deliveryPage{
		Title: shown(cmp.Or(d.ID, fmt.Sprintf("delivery %d", d.Number))), Delivery: d, StatusText: http.StatusText(d.Status),
		HasBody: d.Data != nil, Size: plural(len(d.Data), "byte"),
		Decoded: shown(d.Decoded[:cut(d.Decoded, maxShown)]), DecodedCut: len(d.Decoded) > maxShown,
	}
	list, _ := p.inbox.recent()
	for i, other := range list {
		if other != d {
			continue
		}
		if i > 0 {
			v.Newer = list[i-1].Number
		}
		if i+1 < len(list) {
			v.Before = list[i+1].Number
		}
	}
	v.Remarks, v.MoreRemarks = d.remarks(), d.MoreIssues || d.MoreViolations
	switch {
	case len(d.Violations) == 0:
		v.RemarksTitle = "Issues"
	case len(d.Issues) == 0:
		v.RemarksTitle = "Violations"
	default:
		v.RemarksTitle = "Violations and issues"
	}
	v.Lines, v.Cut = d.lines(v.Remarks)
	p.write(w, http.StatusOK, "delivery", v)
}

// remarks numbers what there is to say of a payload, in its order.
func (d *delivery) remarks() (list []numbered) {
	for _, r := range d.Issues {
		list = append(list, numbered{r, 0, "issue"})
	}
	for _, r := range d.Violations {
		list = append(list, numbered{r, 0, "violation"})
	}
	slices.SortStableFunc(list, func(a, b numbered) int { return a.Offset - b.Offset })
	for i := range list {
		list[i].Number = i + 1
	}
	return list
}

// payloadLine is a line of a payload, in parts.
type payloadLine struct {
	Parts  []part
	Marked bool
}

// part is a text, or the number of the remark about what follows.
type part struct {
	Text  string
	Mark  int
	Class string
}

// lines cuts a payload into lines, with the numbers of remarks where they
// belong.
func (d *delivery) lines(remarks []numbered) (lines []payloadLine, isCut bool) {
	data := string(d.Data)
	end := cut(data, maxShown)
	isCut = end < len(data)
	data = data[:end]
	at := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(data, "\n"), "\n") {
		if len(lines) == maxLines {
			return lines, true
		}
		l := payloadLine{}
		begin := 0
		for len(remarks) > 0 && remarks[0].Offset <= at+len(line) {
			r := remarks[0]
			remarks = remarks[1:]
			split := max(begin, min(r.Offset-at, len(line)))
			split = begin + cut(line[begin:], split-begin)
			l.add(line[begin:split])
			l.Parts = append(l.Parts, part{Mark: r.Number, Class: r.Class})
			l.Marked, begin = len(line) <= maxMarked, split
		}
		l.add(strings.TrimSuffix(line[begin:], "\r"))
		lines = append(lines, l)
		at += len(line) + 1
	}
	if last := &lines[len(lines)-1]; !isCut {
		for _, r := range remarks { // about the end of the text
			last.Parts = append(last.Parts, part{Mark: r.Number, Class: r.Class})
			last.Marked = true
		}
	}
	return lines, isCut
}

func (l *payloadLine) add(text string) {
	if text != "" {
		l.Parts = append(l.Parts, part{Text: shown(text)})
	}
}

// cut returns where to cut a text so that at most n bytes stay, and no
// character is cut in two.
func cut(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for i := n; i >= 0 && i > n-utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			return i
		}
	}
	return n
}

// shown makes visible what a text would otherwise hide or do: control
// characters, bytes that are no UTF-8, and what turns the direction of writing.
func shown(s string) string {
	if !strings.ContainsFunc(s, hidden) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case !hidden(r):
			b.WriteRune(r)
		case r < ' ':
			b.WriteRune(0x2400 + r) // the pictures of control characters
		case r == 0x7F:
			b.WriteRune(0x2421)
		default:
			fmt.Fprintf(&b, "\u27E6U+%04X\u27E7", r)
		}
	}
	return b.String()
}

func hidden(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < ' ', 0x7F <= r && r <= 0x9F, r == 0x061C, r == 0x200B, r == 0x200E, r == 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x2069, r == 0xFEFF:
		return true
	}
	return false
}
