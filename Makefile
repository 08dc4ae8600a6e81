# Every command of the project. Go is all that is needed; what else a target
# can use (xmllint, a C++ compiler, libraries) it uses where it is installed.

GO          ?= go
STATICCHECK ?= $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME    ?= 5s

# The documents of the vendor's family that are generated and committed.
DOCUMENTS = videotag workflow picprocess

# What biform generate is told of one of them.
define document
--xsd schema/$(1)/callback.xsd --jsonschema schema/$(1)/callback.schema.json \
	--package $(1) --out gen/$(1) --runtime github.com/biform/biform/gen/wire
endef

.PHONY: run build generate test lint unit race twins fresh fuzz bench bench-peers conformance update clean

# The main job: generate the callback's package from its two contracts, then
# show the two samples decoded, validated and compared.
run:
	$(GO) run ./cmd/biform generate $(call document,videotag)
	$(GO) run ./cmd/biform validate fixtures/payloads/sample1.xml fixtures/payloads/sample2.json
	$(GO) run ./cmd/demo fixtures/payloads/sample1.xml fixtures/payloads/sample2.json

# The command, in bin/.
build:
	$(GO) build -o bin/biform ./cmd/biform

generate:
	$(foreach d,$(DOCUMENTS),$(GO) run ./cmd/biform generate $(call document,$(d)) &&) true

# Everything that must hold before a commit.
test: lint unit race twins fresh fuzz

# Formatting, vet, staticcheck, and a go.mod that says what is used.
lint:
	@test -z "$$(gofmt -l cmd gen generator schema fixtures templates)" || { echo "not formatted:"; gofmt -l cmd gen generator schema fixtures templates; exit 1; }
	$(GO) mod tidy -diff
	$(GO) vet ./...
	$(STATICCHECK) ./...

unit:
	$(GO) test ./...

# The race detector on what servers link.
race:
	$(GO) test -race -short ./gen/...

# The runtime without unsafe, and where an int has 32 bits.
twins:
	$(GO) test -short -tags biform_pure ./gen/...
	GOARCH=386 $(GO) vet ./gen/...
	GOARCH=s390x $(GO) vet ./gen/...

# The committed code is what the generator writes.
fresh:
	$(foreach d,$(DOCUMENTS),$(GO) run ./cmd/biform generate $(call document,$(d)) --check &&) true

# A short run of every fuzz target; FUZZTIME=1h make fuzz for a long one. Go's
# fuzzer may fail for nothing but that its time is up (golang.org/issue/75804):
# such a target runs once more.
fuzz:
	@set -e; log=$$(mktemp); trap 'rm -f "$$log"' EXIT; \
	for pkg in $$($(GO) list ./gen/... ./schema/... ./generator/... ./cmd/...); do \
		for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
			echo "$$pkg $$target"; \
			run="$(GO) test -run ^$$ -fuzz ^$$target\$$ -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$pkg"; \
			$$run >"$$log" 2>&1 || { \
				grep -q 'context deadline exceeded' "$$log" && ! grep -q 'Failing input' "$$log" && $$run >"$$log" 2>&1; \
			} || { cat "$$log"; exit 1; }; \
			tail -n 1 "$$log"; \
		done; \
	done

# The figures of the README, side by side in one run.
bench:
	$(MAKE) -C fixtures/bench

# Runs the public conformance suites where they are at hand: see
# BIFORM_CONFORMANCE in the README.
conformance:
	$(GO) test -count=1 -run Conformance -timeout 30m ./...
	$(GO) test -count=1 -run Conformance -timeout 60m ./fixtures/conformance -long

# Rewrites the golden files.
update:
	$(GO) test $$(grep -rl '"update"' --include='*_test.go' schema generator fixtures | xargs -n1 dirname | sort -u | sed 's|^|./|') -update

clean:
	rm -rf bin
