package emit

import (
	"fmt"

	"github.com/dave/jennifer/jen"
)

// ExamplesFile is the file of the examples that the contract has of the whole
// document, as tests.
const ExamplesFile = "contract_example_test.go"

// examples writes a test for every example of the document: it is valid, and
// what is written of it is valid again.
func (e *emitter) examples(f *file) {
	for i, example := range e.pkg.Examples {
		name := fmt.Sprintf("Example_contract%d", i+1)
		f.Add(comment(fmt.Sprintf("%s reads and writes an example of the contract.", name)))
		f.Func().Id(name).Params().Block(
			jen.Id("example").Op(":=").Index().Byte().Call(verbatim(example)),
			jen.Qual("fmt", "Println").Call(jen.Id("ValidateJSON").Call(jen.Id("example"))),
			jen.List(jen.Id("v"), jen.Err()).Op(":=").Id("DecodeJSON").Call(jen.Id("example")),
			jen.If(jen.Err().Op("!=").Nil()).Block(
				jen.Qual("fmt", "Println").Call(jen.Err()),
				jen.Return(),
			),
			jen.List(jen.Id("again"), jen.Err()).Op(":=").Id("v").Dot("AppendJSON").Call(jen.Nil()),
			jen.Qual("fmt", "Println").Call(jen.Err(), jen.Id("ValidateJSON").Call(jen.Id("again"))),
			jen.Comment("// Output:").Line().Comment("// <nil>").Line().Comment("// <nil> <nil>"),
		)
		f.Line()
	}
}
