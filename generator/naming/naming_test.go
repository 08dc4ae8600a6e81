package naming

import (
	"go/token"
	"slices"
	"testing"
)

func TestExported(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"JobId", "JobID"},
		{"BBox", "BBox"},
		{"TagCls", "TagCls"},
		{"X1", "X1"},
		{"SubErrMsg", "SubErrMsg"},
		{"url", "URL"},
		{"callBackUrl", "CallBackURL"},
		{"XMLName", "XMLName"},
		{"foo-bar", "FooBar"},
		{"foo_bar", "FooBar"},
		{"foo.bar", "FooBar"},
		{"2fa", "X2fa"},
		{"_2nd", "X2nd"},
		{"", "Empty"},
		{"-", "U002D"},
		{"$ref", "Ref"},
		{"__proto__", "Proto"},
		{"été", "Été"},
		{"中文", "X中文"},
		{"type", "Type"},
		{"😀", "U1F600"},
		{"T struct{}\nfunc init(){}\ntype U", "TStructFuncInitTypeU"},
	} {
		got := Exported(c.name)
		if got != c.want {
			t.Errorf("Exported(%q) = %q, want %q", c.name, got, c.want)
		}
		if !token.IsIdentifier(got) || !token.IsExported(got) {
			t.Errorf("Exported(%q) = %q is no exported identifier", c.name, got)
		}
	}
}

func TestUnexported(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"JobsDetail", "jobsDetail"},
		{"BBox", "bBox"},
		{"XMLName", "xmlName"},
		{"URL", "url"},
		{"Type", "typeValue"},
		{"X1", "x1"},
	} {
		if got := Unexported(c.name); got != c.want {
			t.Errorf("Unexported(%q) = %q, want %q", c.name, got, c.want)
		}
	}
}

func scope(names ...string) []Candidate {
	var all []Candidate
	for _, n := range names {
		all = append(all, Candidate{Position: Position("field", "T", n), Want: Exported(n), Exact: Exported(n) == n})
	}
	return all
}

func none(string) bool { return false }

func TestDecideDoesNotDependOnOrder(t *testing.T) {
	names := []string{"foo-bar", "FooBar", "foo_bar", "fooBar", "other"}
	table, _ := Read(nil)
	first := table.Decide(scope(names...), none, "Field")
	slices.Reverse(names)
	table, _ = Read(nil)
	second := table.Decide(scope(names...), none, "Field")
	slices.Reverse(second)
	if !slices.Equal(first, second) {
		t.Errorf("%v in one order, %v in the other", first, second)
	}
	if first[1] != "FooBar" || first[4] != "Other" {
		t.Errorf("the exact name and the lone one must be kept: %v", first)
	}
	seen := map[string]bool{}
	for _, n := range first {
		if seen[n] || !token.IsIdentifier(n) {
			t.Errorf("%q is given twice or is no identifier", n)
		}
		seen[n] = true
	}
}

func TestRecordedNamesStay(t *testing.T) {
	table, _ := Read(nil)
	before := table.Decide(scope("jobId"), none, "Field")
	table, err := Read(table.Write())
	if err != nil {
		t.Fatal(err)
	}
	after := table.Decide(scope("JobID", "jobId", "job-id"), none, "Field")
	if after[1] != before[0] {
		t.Errorf("jobId was %s and is %s", before[0], after[1])
	}
	if after[0] == after[1] || after[2] == after[1] || after[0] == after[2] {
		t.Errorf("names are shared: %v", after)
	}
}

func TestReserved(t *testing.T) {
	table, _ := Read(nil)
	got := table.Decide(scope("Validate"), func(s string) bool { return s == "Validate" }, "Field")
	if got[0] != "ValidateField" {
		t.Errorf("got %v", got)
	}
}

func TestReadRefusesWhatIsNoName(t *testing.T) {
	if _, err := Read([]byte("field T x = func init(){}\n")); err == nil {
		t.Error("a name that is no identifier was read")
	}
}
