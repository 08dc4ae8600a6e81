package wire

// This file reads and writes the values of simple types that are lists and unions
// (XML Schema Part 2, section 2.5.1).

// XMLWords are the items of a list in a text, with white space between them.
type XMLWords struct {
	rest string
	at   int
	meta *member
	kind special // of the items
	// scope is how many namespace bindings there are where the text stands.
	scope int
}

// Words begins the list in the text of the element or attribute that was read
// last. Word finds its items.
func (x *XML) Words() XMLWords {
	w := XMLWords{meta: x.meta, scope: len(x.bindings)}
	w.rest, w.at, _ = x.heldText()
	w.kind = inText | x.special&attrs
	return w
}

// Word finds the next item of a list and tells whether there is one; when there
// is not, the element has been read to its end. The item's value comes next.
func (x *XML) Word(w *XMLWords) bool {
	x.bindings = x.bindings[:w.scope] // reading an item has ended their scope
	var item string
	if item, w.rest = word(w.rest); item == "" || x.err != nil {
		x.special = w.kind &^ inText
		x.shut()
		return false
	}
	x.count(w.at)
	x.meta, x.nameAt = w.meta, w.at
	x.text, x.special = item, w.kind
	return x.err == nil
}

// heldText is hold, which knows plain text too.
func (x *XML) heldText() (text string, at int, ok bool) {
	if x.special == 0 {
		p, b := x.pos, x.buf
		q, high := b.plainText(p)
		if (high&highs == 0 || x.validUTF8(p, q)) && (x.follow(x.place, q) || x.closeAt(q)) {
			if p == q {
				return x.meta.Given, x.nameAt - 1, true
			}
			return b.str(p, q), x.nameAt - 1, true
		}
	}
	return x.hold()
}

// word cuts the first item off the text of a list.
func word(text string) (item, rest string) {
	i := 0
	for i < len(text) && isXMLSpace(rune(text[i])) {
		i++
	}
	n := i
	for n < len(text) && !isXMLSpace(rune(text[n])) {
		n++
	}
	return text[i:n], text[n:]
}

// XMLUnion tells the types of a union of the XML contract apart.
type XMLUnion struct {
	Contract *XMLContract
	// Members are the types, in [XMLContract.Simple].
	Members []int
}

// Which returns which type of a union the text is of that the element or attribute
// holds which was read last: the first that it is valid for, or -1. The value
// comes next.
func (x *XML) Which(u *XMLUnion) int {
	text, at, ok := x.heldText()
	x.text, x.nameAt, x.special = text, at, inText|x.special&attrs
	if !ok {
		return -1
	}
	return u.which(text, x.bindings)
}

// Which returns which type a text is of that is no name with a prefix: the first
// that it is valid for, or -1.
func (u *XMLUnion) Which(text string) int { return u.which(text, nil) }

func (u *XMLUnion) which(text string, scope []binding) int {
	i := -1
	u.Contract.simple(func(v *xmlCheck, types []*xmlSimple) {
		outer := v.bindings
		v.bindings = scope
		for n, m := range u.Members {
			if m > 0 && m < len(types) && v.checkValue(types[m], text, -1) {
				i = n
				break
			}
		}
		v.bindings = outer
	})
	return i
}

// simple lends the checker of a contract, with its simple types, to check texts.
func (c *XMLContract) simple(check func(*xmlCheck, []*xmlSimple)) {
	if c.Check() != nil {
		return
	}
	v := c.tables.pool.Get().(*xmlCheck)
	check(v, c.tables.simple)
	c.tables.pool.Put(v)
}

// Untyped returns the text of a value that is of none of the types of a union.
func (x *XML) Untyped() string {
	text, _, _ := x.value()
	return text
}

// Nil tells whether the element that was read last says with xsi:nil that it
// holds nothing. It has been read to its end then.
func (x *XML) Nil() bool {
	if x.special&isNil == 0 {
		return false
	}
	x.value()
	return true
}

// Simple checks the text of a member against a simple type of the XML contract,
// in [XMLContract.Simple].
func (c *Checker) Simple(member string, contract *XMLContract, simple int, text string) {
	contract.simple(func(v *xmlCheck, types []*xmlSimple) {
		if simple <= 0 || simple >= len(types) {
			return
		}
		v.checkValue(types[simple], text, 0)
		for _, f := range v.found {
			c.Violate(member, f.code, f.text)
		}
		v.found, v.more = v.found[:0], 0
	})
}

// SimpleItem is Simple for an item of a member.
func (c *Checker) SimpleItem(member string, i int, contract *XMLContract, simple int, text string) {
	n := c.Count()
	c.Simple("", contract, simple, text)
	c.UnderItem(n, member, i)
}

// CheckList is [Checker.Simple] for a list: every item must be one word of its
// text, too.
func CheckList[T any](c *Checker, member string, contract *XMLContract, simple int, list []T, text func(T) string) {
	for i, item := range list {
		s := text(item)
		if w, _ := word(s); w == "" || w != s {
			c.ViolateItem(member, i, ErrType, excerpt(s)+" is no item of a list: white space separates items")
			return
		}
	}
	c.Simple(member, contract, simple, Spaced(list, text))
}

// Spaced returns the text of a list: its items, with a space between them.
func Spaced[T any](list []T, text func(T) string) string {
	var b []byte
	for i, item := range list {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, text(item)...)
	}
	return string(b)
}

// Text returns a value as the text that it is.
func Text[T ~string](v T) string { return string(v) }
