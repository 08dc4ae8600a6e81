// Package workflow holds the two contracts of the callback that Tencent Cloud
// CI sends when a run of a workflow has finished: an XSD for its XML form and a
// JSON Schema for its JSON form, embedded. Package gen/workflow is generated
// from them.
//
// They say what the service sends, as far as published payloads show it. The
// counts and names of a task's results, which the vendor's SDKs list, are not
// here: no published payload has them, and what is not declared is kept.
package workflow
