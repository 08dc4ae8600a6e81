package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/biform/biform/schema/model"
)

// Class is what a change does to callers.
type Class string

// The classes; the package documentation defines them.
const (
	Additive  Class = "additive"
	GoBreak   Class = "go-break"
	JSONBreak Class = "json-break"
	XMLBreak  Class = "xml-break"
	Stricter  Class = "stricter"
	Looser    Class = "looser"
	Docs      Class = "docs"
)

// Classes lists every class, in the order in which a change has them.
var Classes = []Class{Additive, GoBreak, JSONBreak, XMLBreak, Stricter, Looser, Docs}

// Kind is what a change is about.
type Kind string

// The kinds of change.
const (
	Added    Kind = "added"    // a member or a form that was not there
	Removed  Kind = "removed"  // one that is gone
	Moved    Kind = "moved"    // a member under another name, namespace or kind of node
	Occurs   Kind = "occurs"   // how often a member stands
	Type     Kind = "type"     // what kind of value it is
	Value    Kind = "value"    // one value of an enumeration, or the enumeration
	Bounds   Kind = "bounds"   // bounds, lengths, digits
	Pattern  Kind = "pattern"  // patterns and formats
	Order    Kind = "order"    // how children may follow one another
	Open     Kind = "open"     // what undeclared members may be
	Default  Kind = "default"  // default and fixed values
	Rule     Kind = "rule"     // an assertion of another kind
	Identity Kind = "identity" // keys and references
	Hint     Kind = "hint"     // what the contract says to biform alone
	Prose    Kind = "prose"    // descriptions and annotations
	Source   Kind = "source"   // the generated Go alone
)

// Change is one difference between two contracts.
type Change struct {
	// Path is where in the document the change is: "/" is the root, /a/b the
	// member b of the member a, /a/@c the attribute c of a.
	Path string
	Kind Kind
	// Subject tells changes of one kind at one path apart, such as the value of
	// an enumeration or the name of a rule.
	Subject string
	// Classes are in the order of [Classes], each once.
	Classes []Class
	// Message says what changed: lower case, no full stop.
	Message string
	// Old and New are the places in the contracts; either may be empty.
	Old, New []model.Position

	form model.Form
}

// Has tells whether the change has a class.
func (c *Change) Has(class Class) bool { return slices.Contains(c.Classes, class) }

// Add gives the change more classes.
func (c *Change) Add(classes ...Class) {
	all := slices.Concat(c.Classes, classes)
	c.Classes = nil
	for _, k := range Classes {
		if slices.Contains(all, k) {
			c.Classes = append(c.Classes, k)
		}
	}
}

// Merge joins the changes of the two forms of one document: those of one kind,
// subject and path become one. The result is sorted.
func Merge(lists ...[]Change) []Change {
	type key struct {
		path    string
		kind    Kind
		subject string
	}
	var out []Change
	at := map[key]int{}
	for _, c := range slices.Concat(lists...) {
		k := key{c.Path, c.Kind, c.Subject}
		i, ok := at[k]
		if !ok {
			at[k] = len(out)
			c.Classes = slices.Clone(c.Classes)
			out = append(out, c)
			continue
		}
		o := &out[i]
		o.Add(c.Classes...)
		if o.Message != c.Message {
			o.Message = joined(o, &c)
		}
		o.Old = union(o.Old, c.Old)
		o.New = union(o.New, c.New)
		if o.form != c.form {
			o.form = ""
		}
	}
	Sort(out)
	return out
}

// joined says what two changes say.
func joined(a, b *Change) string {
	word := map[model.Form]string{model.XML: "XML: ", model.JSON: "JSON: "}
	if a.form == b.form {
		return a.Message + "; " + b.Message
	}
	return word[a.form] + a.Message + "; " + word[b.form] + b.Message
}

func union(a, b []model.Position) []model.Position {
	out := slices.Clone(a)
	for _, p := range b {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// Sort puts changes in the order of their paths, a member before what is in it.
func Sort(changes []Change) {
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(
			slices.Compare(strings.Split(a.Path, "/"), strings.Split(b.Path, "/")),
			cmp.Compare(rank[a.Kind], rank[b.Kind]),
			strings.Compare(a.Subject, b.Subject),
			strings.Compare(a.Message, b.Message),
		)
	})
}

// rank is the order of the kinds at one path.
var rank = func() map[Kind]int {
	out := map[Kind]int{}
	for i, k := range []Kind{Added, Removed, Moved, Type, Occurs, Value, Bounds, Pattern, Order, Open, Default, Rule, Identity, Hint, Source, Prose} {
		out[k] = i
	}
	return out
}()
