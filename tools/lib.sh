# What the scripts in this folder share; sourced by bash, never run.
set -Eeuo pipefail
export LC_ALL=C
unset CDPATH

readonly FLOODLIGHT_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export FLOODLIGHT_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/floodlight
readonly EMSCRIPTEN_VERSION=3.1.69
readonly EMSCRIPTEN_PREFIX=$FLOODLIGHT_CACHE/emscripten-$EMSCRIPTEN_VERSION
readonly SKIMAGE_ROOT=$FLOODLIGHT_CACHE/skimage
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

# Is version $1 at least version $2?
at_least() { [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]; }

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

# build PRESET [TARGET...]: configures and builds; starts anew when the compiler has moved.
build() {
  local preset=$1 dir=$FLOODLIGHT_ROOT/build/$1 stamp
  shift
  stamp="$EMSCRIPTEN_CMAKE_TOOLCHAIN $FLOODLIGHT_ROOT"
  if [[ -d $dir && $(cat "$dir/.toolchain" 2>/dev/null || true) != "$stamp" ]]; then rm -rf "$dir"; fi
  mkdir -p "$dir"
  echo "$stamp" > "$dir/.toolchain"
  say "building $preset"
  (
    cd "$FLOODLIGHT_ROOT"
    quietly "configure-$preset" cmake --preset "$preset" -DFLOODLIGHT_WERROR="${FLOODLIGHT_WERROR:-ON}" &&
      quietly "build-$preset" cmake --build --preset "$preset" -j "$JOBS" ${1:+--target "$@"}
  )
}

# The samples as files in build/samples, made anew only when the program that makes them is newer.
make_samples() {
  local program=$FLOODLIGHT_ROOT/build/native/floodlight folder=$FLOODLIGHT_ROOT/build/samples
  [[ -x $program ]] || die "there is no build/native/floodlight yet: run tools/build"
  if [[ -d $folder && ! $program -nt $folder ]]; then return; fi
  say "making the samples"
  rm -rf "$folder.new"
  quietly samples "$program" samples --out "$folder.new" || die "the samples cannot be made"
  rm -rf "$folder"
  mv "$folder.new" "$folder"
}

# A private apt: its own package lists and cache, so that other Debian suites can be read without touching the machine.
# private_apt DIRECTORY TYPE SUITE, with TYPE deb or deb-src; sets the array `apt` of options for apt-get and apt-cache.
private_apt() {
  local dir=$1 type=$2 suite=$3 keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror
  [[ -s $keyring ]] || die "$keyring is missing (package debian-archive-keyring)"
  mirror=$(debian_mirror)
  mkdir -p "$dir"/{lists/partial,cache/archives/partial,sources,preferences,trusted}
  printf 'Types: %s\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' \
    "$type" "$mirror" "$suite" "$keyring" > "$dir/sources/private.sources"
  apt=(-q
    "-oDir::State::Lists=$dir/lists" -oDir::State::status=/dev/null -oDir::State::extended_states=/dev/null
    -oDir::Etc::sourcelist=/dev/null "-oDir::Etc::sourceparts=$dir/sources"
    -oDir::Etc::preferences=/dev/null "-oDir::Etc::preferencesparts=$dir/preferences"
    -oDir::Etc::trusted=/dev/null "-oDir::Etc::trustedparts=$dir/trusted" "-oDir::Cache=$dir/cache"
    -oAPT::Sandbox::User= -oAPT::Get::AllowUnauthenticated=false -oAcquire::AllowInsecureRepositories=false
    -oAcquire::Languages=none -oAcquire::Retries=5 -oAcquire::Check-Valid-Until=false
    -oAcquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false
    -oAcquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
    -oAcquire::IndexTargets::deb::DEP-11-icons::DefaultEnabled=false)
  apt-get "${apt[@]}" update > "$dir/update.log" 2>&1 || {
    grep -E '^(W|E|Err)' "$dir/update.log" >&2 || true
    die "the package index of Debian $suite cannot be read"
  }
}

# The mirror that this machine's own apt uses for plain Debian; FLOODLIGHT_MIRROR overrides it.
debian_mirror() {
  local mirror=${FLOODLIGHT_MIRROR:-}
  if [[ -z $mirror ]]; then
    mirror=$(apt-get --print-uris update 2>/dev/null |
      sed -n "s#^'\(.*\)/dists/\([^/']*\)/InRelease'.*#\2 \1#p" |
      awk '$1 !~ /(-security|-updates|-backports|-proposed-updates|-debug)$/ && $2 ~ /\/debian$/ {print $2; exit}')
  fi
  [[ -n $mirror ]] || die "apt's sources name no Debian mirror: set FLOODLIGHT_MIRROR (the part before /dists/)"
  echo "$mirror"
}

# check_lock FILE: compares what was fetched with what the project was last tried with. Newer security fixes are welcome,
# so a difference is only told.
check_lock() {
  local lock=$FLOODLIGHT_ROOT/tools/${1##*/}
  diff "$lock" "$1" > "$1.diff" || {
    echo "note: these versions differ from tools/${1##*/} (< tried, > fetched now):"
    grep '^[<>]' "$1.diff" | cut -c1-70
  }
}
