# What the scripts share that fetch from Debian; sourced by bash after lib.sh, never run. The rule by which single packages
# are fetched is tools/fetch-debian.mjs; here is what surrounds it, and what apt itself fetches with all that depends on it.

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

# Whose signature an index must carry; FLOODLIGHT_KEYRING goes with a FLOODLIGHT_MIRROR that is signed by somebody else.
debian_keyring() { echo "${FLOODLIGHT_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}"; }

# fetch_debian KIND LOCK SUITES WORK OUT PACKAGE...: the packages by the rule of tools/fetch-debian.mjs, which says more.
fetch_debian() {
  local mirror
  mirror=$(debian_mirror) || return 1
  node "$FLOODLIGHT_ROOT/tools/fetch-debian.mjs" --kind "$1" --lock "$FLOODLIGHT_ROOT/tools/$2" --suites "$3" --work "$4" \
    --out "$5" --mirror "$mirror" --keyring "$(debian_keyring)" "${@:6}"
}

# The files that apt could not fetch, from the log of an apt-get or mmdebstrap: "package version reason" a line.
unfetched() {
  local url reason name
  sed -n 's/^E: Failed to fetch \([^ ]*\)  *\([^[]*\).*/\1 \2/p' "$1" | sort -u | while read -r url reason; do
    name=${url##*/}
    case $name in *_*.deb) ;; *) continue ;; esac
    package_of_file "$(printf '%b' "${name//\%/\\x}")" "$reason"
  done
}

# package_of_file FILE REASON: "package version reason" of a .deb, whose name lacks the version's epoch.
package_of_file() {
  local name=${1%_*}
  echo "${name%%_*} ${name#*_}" $2
}

# pin_away PINS PACKAGE VERSION REASON: apt shall not take this version, of any epoch, from now on; says so. Fails where that
# was known already.
pin_away() {
  ! grep -qF "# $2 $3 " "$1" || return 1
  say "$2 $3 cannot be fetched ($4): looking for another version"
  printf '\n# %s %s %s\n' "${@:2}" >> "$1"
  # Twice: without an epoch and with any.
  printf 'Package: %s\nPin: version %s\nPin-Priority: -1\n\n' "$2" "$3" "$2" "*:$3" >> "$1"
}

# without_missing NAME PINS COMMAND...: runs a command that has apt fetch packages with all that they depend on, and that
# reads the preferences PINS (which may hold some already), up to three times. What then cannot be fetched still is pinned
# away, one line each, so that apt takes another version that the index lists; and so on, while that finds anything new.
# The output is in build/logs/NAME.log; what mmdebstrap says of its progress is said here.
without_missing() {
  local log=$LOGS/$1.log pins=$2 try=1 package version reason new
  mkdir -p "$LOGS"
  while ! "${@:3}" 2>&1 < /dev/null | tee "$log" | tell_progress; do
    [[ -n $(unfetched "$log") ]] || return 1
    if ((try++ < 3)); then
      sleep "${FLOODLIGHT_PAUSE:-2}"
      continue
    fi
    new=
    while read -r package version reason; do
      if pin_away "$pins" "$package" "$version" "$reason"; then new=1; fi
    done < <(unfetched "$log")
    [[ -n $new ]] || return 1
  done
}
tell_progress() { while IFS= read -r line; do if [[ $line == "I: "* && $line != *hook* && $line != *signal* ]]; then say "  ${line#I: }"; fi; done; }

# what_failed NAME PINS: what went wrong in the end, as the beginning of a sentence: the file, else apt's first error.
what_failed() {
  local log=$LOGS/$1.log package version reason
  # Where no other version was to be had, it is the one that was pinned away.
  if read -r package version reason < <(unfetched "$log" && sed -n 's/^# //p' "$2"); then
    echo "$package $version cannot be fetched ($reason)"
  else
    { grep -m 1 '^E: ' "$log" || tail -n 1 "$log"; } | sed 's/^E: //' | cut -c1-200
  fi
}
