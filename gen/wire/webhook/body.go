package webhook

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/biform/biform/gen/wire"
)

// media is what a request says of its body.
type media int

const (
	mediaUnknown media = iota // no media type is given
	mediaXML
	mediaJSON
)

// mediaOf reads the media type and the coding of a request. Compressed bodies
// are refused: a few kilobytes of them can be gigabytes.
func mediaOf(h http.Header) (media, error) {
	for _, coding := range h.Values("Content-Encoding") {
		if coding = strings.TrimSpace(coding); coding != "" && !strings.EqualFold(coding, "identity") {
			return 0, refuse(http.StatusUnsupportedMediaType, "the body is encoded as %.32q, want it plain", coding)
		}
	}
	text := h.Get("Content-Type")
	if strings.TrimSpace(text) == "" {
		return mediaUnknown, nil
	}
	t, params, err := mime.ParseMediaType(text)
	if err != nil {
		return 0, refuse(http.StatusUnsupportedMediaType, "the media type %.64q cannot be read", text)
	}
	if c, ok := params["charset"]; ok && !strings.EqualFold(c, "utf-8") && !strings.EqualFold(c, "utf8") && !strings.EqualFold(c, "us-ascii") {
		return 0, refuse(http.StatusUnsupportedMediaType, "the charset is %.32q, want utf-8", c)
	}
	switch {
	case t == "application/xml" || t == "text/xml" || strings.HasSuffix(t, "+xml"):
		return mediaXML, nil
	case t == "application/json" || t == "text/json" || strings.HasSuffix(t, "+json"):
		return mediaJSON, nil
	}
	return 0, refuse(http.StatusUnsupportedMediaType, "the media type is %.64q, want XML or JSON", t)
}

// form tells XML from JSON by the body. JSON that is called XML is accepted:
// the first document's sender calls all its callbacks application/xml.
func (m media) form(body []byte) (wire.Form, error) {
	if !wire.IsXML(body) {
		return wire.FormJSON, nil
	}
	if m == mediaJSON {
		return "", refuse(http.StatusUnsupportedMediaType, "the body is XML, and is called JSON")
	}
	return wire.FormXML, nil
}

// read reads the body up to the limit.
func (c *config) read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength > c.maxBytes {
		return nil, refuse(http.StatusRequestEntityTooLarge, "the body has %d bytes, at most %d are read", r.ContentLength, c.maxBytes)
	}
	body := http.MaxBytesReader(w, r.Body, c.maxBytes)
	var data []byte
	var err error
	if r.ContentLength > 0 {
		data = make([]byte, r.ContentLength)
		_, err = io.ReadFull(body, data)
	} else {
		data, err = io.ReadAll(body)
	}
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return nil, refuse(http.StatusRequestEntityTooLarge, "the body is longer than %d bytes", c.maxBytes)
	case err != nil:
		return nil, &refusal{http.StatusBadRequest, err}
	}
	return data, nil
}
