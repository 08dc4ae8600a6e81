package contract

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"testing"

	"github.com/biform/biform/schema/folder"
)

// BenchmarkCycloneDX validates documents of CycloneDX 1.5, which have
// attributes on many elements, and prefixes.
func BenchmarkCycloneDX(b *testing.B) {
	fsys := archive(b, "cyclonedx-1.0-1.5.tar.gz", "")
	c, err := compileSuite(folder.New(fsys, ""), []string{"schema/bom-1.5.xsd"})
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"valid-bom-1.5.xml", "valid-machine-learning-1.5.xml", "valid-vulnerability-1.5.xml"} {
		file := fsys["testdata/1.5/"+name]
		if file == nil {
			b.Fatalf("no %s", name)
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(file.Data)))
			b.ReportAllocs()
			for b.Loop() {
				if err := c.Validate(file.Data); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	// The same document with a prefix on every element.
	data := fsys["testdata/1.5/valid-vulnerability-1.5.xml"].Data
	prefixed := prefixAll(data)
	b.Run("prefixed", func(b *testing.B) {
		b.SetBytes(int64(len(prefixed)))
		for b.Loop() {
			if err := c.Validate(prefixed); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkFHIR validates documents of FHIR, whose values are attributes.
func BenchmarkFHIR(b *testing.B) {
	fsys := archive(b, "fhir-4.1-open.tar.gz", "")
	schema := ""
	for name := range fsys {
		if path.Base(name) == "fhir-single.xsd" {
			schema = name
		}
	}
	c, err := compileSuite(folder.New(fsys, ""), []string{schema})
	if err != nil {
		b.Fatal(err)
	}
	var size int64
	var docs [][]byte
	for _, name := range slices.Sorted(maps.Keys(fsys)) {
		if path.Ext(name) == ".xml" && c.Validate(fsys[name].Data) == nil {
			docs = append(docs, fsys[name].Data)
			size += int64(len(fsys[name].Data))
		}
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			if err := c.Validate(d); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// prefixAll writes a document of one default namespace with a prefix.
func prefixAll(data []byte) []byte {
	var out bytes.Buffer
	for i, c := range data {
		out.WriteByte(c)
		if c != '<' || i+1 == len(data) || data[i+1] == '!' || data[i+1] == '?' {
			continue
		}
		if data[i+1] != '/' {
			out.WriteString("b:")
		}
	}
	text := bytes.ReplaceAll(out.Bytes(), []byte("</"), []byte("</b:"))
	return bytes.Replace(text, []byte("xmlns="), []byte("xmlns:b="), 1)
}
