# Finds out what the tests need and this machine has not; sourced by scripts/test.

# The browser under any of its names; nothing when there is none.
chromium_binary() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
  true
}

# The folder with initdb and pg_ctl: the newest of Debian's, else where PATH finds them; nothing when there is none.
postgres_folder() {
  local found
  found=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1) ||
    found=$(command -v initdb) || return 0
  dirname "$found"
}

# Whether Node is there and new enough for what frontend/ installs.
has_node() {
  command -v node >/dev/null && node -e 'process.exit(Number.parseInt(process.versions.node) < 18 ? 1 : 0)'
}

missing_packages() {
  [[ -n $(postgres_folder) ]] || echo postgresql
  command -v pgbouncer >/dev/null || echo pgbouncer
  [[ -n $(chromium_binary) ]] || echo chromium
  command -v chromedriver >/dev/null || echo chromium-driver
  has_node || echo nodejs
  command -v npm >/dev/null || echo npm
  deployment_packages
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

install_missing() {
  local tool packages
  for tool in cargo cc; do
    command -v "$tool" >/dev/null || { echo "missing: $tool (install rustup and a C compiler)" >&2; return 1; }
  done
  for tool in rustfmt clippy; do
    cargo "${tool/rust/}" --version >/dev/null 2>&1 || rustup component add "$tool" || return 1
  done
  mapfile -t packages < <(missing_packages)
  ((${#packages[@]})) || { echo 'nothing'; return; }
  if ! command -v apt-get >/dev/null || { ((EUID != 0)) && ! command -v sudo >/dev/null; }; then
    echo "missing: ${packages[*]} (cannot be installed from here: this needs apt-get, and root or sudo)" >&2
    return 1
  fi
  echo "installing ${packages[*]}"
  as_root apt-get update -qq || return 1
  # Ubuntu has the browser and its driver under other names.
  apt-cache show chromium-driver >/dev/null 2>&1 ||
    mapfile -t packages < <(missing_packages | sed 's/^chromium$/chromium-browser/; s/^chromium-driver$/chromium-chromedriver/')
  # In runlevel 1 packages start no service of their own: the tests start what they need.
  as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -y -qq --no-install-recommends "${packages[@]}" fonts-dejavu-core || return 1
  mapfile -t packages < <(missing_packages)
  ((${#packages[@]} == 0)) || { echo "still missing: ${packages[*]}" >&2; return 1; }
}
