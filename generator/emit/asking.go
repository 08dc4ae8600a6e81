package emit

import "github.com/biform/biform/generator/plan"

// asking returns the records of which Validate asks anything, of themselves or of
// what they hold. The others need no method for it, and nothing descends into them.
func asking(p *plan.Package) map[*plan.Record]bool {
	asks := map[*plan.Record]bool{}
	holders := map[*plan.Record][]*plan.Record{}
	var open []*plan.Record
	add := func(r *plan.Record) {
		if !asks[r] {
			asks[r] = true
			open = append(open, r)
		}
	}
	for _, r := range p.Records {
		if r.Checked || r.Simple != 0 {
			add(r)
		}
		var look func(*plan.Field)
		look = func(f *plan.Field) {
			if len(f.Checks) > 0 {
				add(r)
			}
			if f.Record != nil {
				holders[f.Record] = append(holders[f.Record], r)
			}
			if f.Item != nil {
				look(f.Item)
			}
		}
		for _, f := range r.Fields {
			look(f)
		}
		for _, m := range r.Matches {
			look(m.Field)
		}
		if r.Additional != nil {
			look(r.Additional)
		}
	}
	for len(open) > 0 {
		r := open[len(open)-1]
		open = open[:len(open)-1]
		for _, h := range holders[r] {
			add(h)
		}
	}
	return asks
}
