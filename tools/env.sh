# . tools/env.sh (bash): the compilers and sources that tools/setup has put in place, for calling cmake by hand.
eval "$(bash -c '. "$1"/lib.sh; use_toolchain; for v in PATH EMSCRIPTEN_CMAKE_TOOLCHAIN FLOODLIGHT_SOURCES; do
  printf "export %s=%q\n" "$v" "${!v}"; done' - "$(dirname "${BASH_SOURCE[0]}")")"
