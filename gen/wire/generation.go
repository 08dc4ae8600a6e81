package wire

// Generation is the generation of the runtime: it grows when generated code
// needs something that the runtime before it did not have. Generated code
// subtracts the generation it needs in an unsigned constant, so that a runtime
// that is too old for the code beside it fails the build, not the run.
const Generation = 4
