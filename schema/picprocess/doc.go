// Package picprocess holds the two contracts of the callback that Tencent Cloud
// CI sends when picture processing has finished: an XSD for its XML form and a
// JSON Schema for its JSON form, embedded. Package gen/picprocess is generated
// from them.
//
// The service's tables show one job with one result and every value as text;
// what it sends may be lists of both, with numbers and booleans of JSON's own
// beside numbers as text. The contracts allow either.
package picprocess
