// Package xmltree reads XML into a tree that remembers where every tag,
// attribute and value stands in the bytes, so that a text can be changed at
// those places and nowhere else.
//
// It reads XML 1.0 with namespaces, in UTF-8, without a document type
// declaration: no entity is ever declared, so none can grow. Depth and the
// number of nodes are limited.
//
// It is the counterpart of package jsontree for the texts of payloads and of
// schema documents. It knows nothing of XSD, and it is not for speed: generated
// code reads payloads with the runtime's own scanner.
package xmltree
