# What the scripts in this folder share; sourced by bash, never run.
set -Eeuo pipefail
export LC_ALL=C
unset CDPATH

readonly FLOODLIGHT_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export FLOODLIGHT_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/floodlight
# The Emscripten that is wanted, at least, and what the versions begin with that are fetched where it is gone. The folder
# is called after the former; its .ok says which one is in it.
readonly EMSCRIPTEN_VERSION=3.1.69 EMSCRIPTEN_SERIES=3.1.
readonly EMSCRIPTEN_PREFIX=$FLOODLIGHT_CACHE/emscripten-$EMSCRIPTEN_VERSION
readonly SKIMAGE_ROOT=$FLOODLIGHT_CACHE/skimage
readonly TORCH_ROOT=$FLOODLIGHT_CACHE/torch
readonly LOGS=$FLOODLIGHT_ROOT/build/logs
readonly JOBS=${FLOODLIGHT_JOBS:-$(nproc)}

# Elapsed time counts from the outermost script, whichever called this one.
export FLOODLIGHT_STARTED=${FLOODLIGHT_STARTED:-$(date +%s)}

say() { printf '[%4ds] %s\n' $(($(date +%s) - FLOODLIGHT_STARTED)) "$*"; }
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# quietly NAME COMMAND...: runs a command with its output in build/logs/NAME.log; on failure shows the end of that log.
quietly() {
  local name=$1 status=0
  shift
  mkdir -p "$LOGS"
  "$@" > "$LOGS/$name.log" 2>&1 || status=$?
  if ((status)); then
    { grep -E 'error:|FAILED:' "$LOGS/$name.log" || tail -n 20 "$LOGS/$name.log"; } | cut -c1-240 | head -n 20 >&2
    echo "(all of it: build/logs/$name.log)" >&2
  fi
  return "$status"
}

# A command as root, where this is root or may become it without a password.
as_root() { if ((EUID)); then sudo -n "$@"; else "$@"; fi; }

# Is version $1 at least version $2?
at_least() { [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]; }

# The version of the Emscripten that tools/fetch-emscripten has put in place: prints it.
emscripten_is_fetched() {
  local version prefix
  read -r version prefix 2> /dev/null < "$EMSCRIPTEN_PREFIX/.ok" || return 1
  [[ $prefix == "$EMSCRIPTEN_PREFIX" ]] || return 1
  echo "$version"
}

# The Emscripten that is already on PATH, when it is new enough: prints its root.
emscripten_on_path() {
  local emcc version root
  emcc=$(command -v emcc) || return 1
  version=$(emcc -dumpversion 2>/dev/null) || return 1
  at_least "${version%%-*}" "$EMSCRIPTEN_VERSION" || return 1
  root=$(em-config EMSCRIPTEN_ROOT 2>/dev/null) || root=$(dirname "$(readlink -f "$emcc")")
  [[ -f $root/cmake/Modules/Platform/Emscripten.cmake ]] || return 1
  echo "$root"
}

# Puts the compilers and the sources that setup has prepared where CMake finds them.
use_toolchain() {
  local root
  if [[ -f $EMSCRIPTEN_PREFIX/.ok && $(command -v emcc || true) == "" ]]; then
    PATH=$EMSCRIPTEN_PREFIX/bin:$PATH
    root=$EMSCRIPTEN_PREFIX/emscripten
  elif ! root=$(emscripten_on_path); then
    [[ -f $EMSCRIPTEN_PREFIX/.ok ]] || die "there is no Emscripten >= $EMSCRIPTEN_VERSION yet: run tools/setup"
    PATH=$EMSCRIPTEN_PREFIX/bin:$PATH
    root=$EMSCRIPTEN_PREFIX/emscripten
  fi
  export PATH
  export EMSCRIPTEN_CMAKE_TOOLCHAIN=$root/cmake/Modules/Platform/Emscripten.cmake
  export FLOODLIGHT_SOURCES=$FLOODLIGHT_CACHE/src
}

# Compilers' results are kept beside the toolchain, for every checkout: what was compiled once is not compiled again.
use_compiler_cache() {
  command -v ccache > /dev/null || return 0
  export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
  export CCACHE_DIR=${CCACHE_DIR:-$FLOODLIGHT_CACHE/ccache} CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-2G}
  export CCACHE_BASEDIR=$FLOODLIGHT_ROOT CCACHE_NOHASHDIR=1
}

# build PRESET [TARGET...]: configures and builds; starts anew when the compiler has moved. A warning is an error, unless the
# compiler is another than the one that the code is kept clean with: it may know warnings of its own.
build() {
  local preset=$1 dir=$FLOODLIGHT_ROOT/build/$1 stamp strict=ON
  shift
  if [[ $preset == web* && $(emcc -dumpversion) != "$EMSCRIPTEN_VERSION"* ]]; then strict=OFF; fi
  stamp="$EMSCRIPTEN_CMAKE_TOOLCHAIN $FLOODLIGHT_ROOT"
  if [[ -d $dir && $(cat "$dir/.toolchain" 2>/dev/null || true) != "$stamp" ]]; then rm -rf "$dir"; fi
  mkdir -p "$dir"
  echo "$stamp" > "$dir/.toolchain"
  use_compiler_cache
  say "building $preset"
  (
    cd "$FLOODLIGHT_ROOT"
    quietly "configure-$preset" cmake --preset "$preset" -DFLOODLIGHT_WERROR="${FLOODLIGHT_WERROR:-$strict}" \
      -DFLOODLIGHT_TESTS="${FLOODLIGHT_TESTS:-ON}" &&
      quietly "build-$preset" cmake --build --preset "$preset" -j "$JOBS" ${1:+--target "$@"}
  )
}

# The fuzzers of tests/fuzz, each TARGET_fuzz in the fuzz preset's build.
readonly FUZZ_TARGETS=(tiff json link recipe pipeline)

# fuzz TARGET SECONDS FOLDER: lets one loose from the kept corpus; what it finds new goes into that folder. Fails when an input
# broke it, and says where that input is kept.
fuzz() {
  local target=$1 seconds=$2 folder=$3 longest=4096 status=0 log=$LOGS/fuzz-$1.log found=$FLOODLIGHT_ROOT/build/fuzz/found
  case $target in
    tiff) longest=8192 ;;
    pipeline) longest=600 ;;
  esac
  mkdir -p "$LOGS" "$folder" "$found"
  "$FLOODLIGHT_ROOT/build/fuzz/tests/fuzz/${target}_fuzz" -max_total_time="$seconds" -max_len=$longest -timeout=60 \
    -rss_limit_mb=4096 -artifact_prefix="$found/$target-" "$folder" "$FLOODLIGHT_ROOT/tests/fuzz/corpus/$target" \
    > "$log" 2>&1 || status=$?
  if ((status == 0)) && grep -qE '^Done [1-9][0-9]* runs' "$log"; then return 0; fi
  {
    echo "fuzz $target: $(grep -m 1 -E '_fuzz\.cpp:|plain_pipeline\.cpp:|ERROR: |runtime error: ' "$log" || tail -n 1 "$log")"
    sed -n 's|.*Test unit written to |  the input is kept in |p' "$log"
    echo "  once more: build/fuzz/tests/fuzz/${target}_fuzz INPUT   (all of it: build/logs/fuzz-$target.log)"
  } >&2
  return 1
}

# Does a preset's build have tests already? ON or OFF.
build_has_tests() {
  if grep -qs '^FLOODLIGHT_TESTS:BOOL=ON' "$FLOODLIGHT_ROOT/build/$1/CMakeCache.txt"; then echo ON; else echo OFF; fi
}

# The samples as files in build/samples, made anew only when the program that makes them is newer.
make_samples() {
  local program=$FLOODLIGHT_ROOT/build/web/cli/floodlight.wasm folder=$FLOODLIGHT_ROOT/build/samples
  [[ -f $program ]] || die "there is no build/web/cli/floodlight.wasm yet: run tools/build"
  if [[ -d $folder && ! $program -nt $folder ]]; then return; fi
  say "making the samples"
  rm -rf "$folder.new"
  quietly samples node "$FLOODLIGHT_ROOT/tools/floodlight.mjs" samples --out "$folder.new" ||
    die "the samples cannot be made"
  rm -rf "$folder"
  mv "$folder.new" "$folder"
}
