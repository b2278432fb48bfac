# ops.mk: what brings Signet up, installs it and tests the whole. Included by the Makefile.

PREFIX ?= /usr
DESTDIR ?=
PORT ?= 8080
VAR ?=

.PHONY: run test install deps check-layers check-rules check-store check-flow check-browser scan
## make run            Signet on this machine, in the foreground; PORT=8080 VAR=./var
run:
	@exec env BUILD='$(BUILD)' PORT='$(PORT)' VAR='$(VAR)' deploy/run

## make deps           install the Debian packages that building and running need
deps:
	@deploy/deps

## make install        programs, templates, units, nginx site: DESTDIR= PREFIX=/usr
install: all static
	@deploy/install '$(BUILD)' '$(DESTDIR)' '$(PREFIX)'

## make test           everything: installs what tests need, ends with "N passed, N failed"
test:
	@tests/run

## make check-layers   who may call what: symbols and includes
check-layers: all
	@tests/layers.sh '$(BUILD)'

## make check-rules    what templates, SQL and C may not contain
check-rules:
	@tests/rules.sh

## make check-store    the store on a private MariaDB
check-store: $(BUILD)/bin/check-store all
	@tests/with-stack.sh --only-db tests/run-check.sh $<

## make check-flow     requests through nginx and FastCGI
check-flow: all static
	@tests/with-stack.sh tests/run-node.sh flow

## make check-browser  the walk in Chromium
check-browser: all static
	@tests/with-stack.sh tests/run-node.sh browser

## make scan           sqlmap and wapiti over a signed-in session; SCAN_MINUTES=20 for wapiti, an hour in all
scan: all static
	@tests/scan/run
