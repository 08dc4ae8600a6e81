package emit

import (
	"github.com/dave/jennifer/jen"
)

// handler writes the webhook handler.
func (e *emitter) handler(f *file) {
	root := e.pkg.Root.Name
	webhook := func(name string) *jen.Statement { return jen.Qual(e.wire+"/webhook", ident(name)) }
	f.ImportName(e.wire+"/webhook", "webhook")
	f.Add(comment("Handler returns a handler of requests that deliver documents: it calls handle with each, and acknowledges " +
		"it when handle returns nil. Nobody signs these requests: see package webhook for what that asks for, for the " +
		"answers, and for the options."))
	f.Func().Id("Handler").Params(
		jen.Id("handle").Func().Params(
			jen.Id("ctx").Qual("context", "Context"),
			jen.Id("v").Op("*").Add(id(root)),
			jen.Id("delivery").Add(e.rt("Delivery")),
		).Error(),
		jen.Id("opts").Op("...").Add(webhook("Option")),
	).Qual("net/http", "Handler").Block(
		jen.Return(webhook("New").Call(jen.Id("Decode"), jen.Id("handle"), jen.Id("opts").Op("..."))),
	)
}
