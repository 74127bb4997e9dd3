# A private PostgreSQL server that lives as long as the tests or a bench; sourced by scripts/test and scripts/bench.

# initdb and postgres refuse to run as root.
as_postgres() {
  if ((EUID != 0)); then "$@"; return; fi
  local user=postgres
  id -u "$user" >/dev/null 2>&1 || user=nobody
  (cd / && runuser -u "$user" -- "$@")
}

# A port on which nothing listened a moment ago.
free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 12000))
    (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# Nothing in a server for tests outlives them, so nothing waits for a disk.
readonly FORGETFUL='-c fsync=off -c synchronous_commit=off -c full_page_writes=off'

# start_postgres FOLDER [SETTINGS]: sets POSTGRES_URL. An empty second argument is PostgreSQL as it comes.
start_postgres() {
  local folder=$1 settings=${2-$FORGETFUL} bin port
  bin=$(postgres_folder)
  mkdir -p "$folder"
  ((EUID != 0)) || chown "$(as_postgres id -u)" "$folder"
  as_postgres "$bin/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 \
    --no-locale --no-sync >"$folder.initdb" 2>&1 || { cat "$folder.initdb" >&2; return 1; }
  port=$(free_port)
  as_postgres "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --wait --timeout=60 --silent \
    --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=400 \
      $settings" start || { cat "$folder/log" >&2; return 1; }
  POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
  "$bin/postgres" --version
}

# stop_postgres FOLDER [MODE]: at once, unless it is to write down what it has in memory (fast).
stop_postgres() {
  local folder=$1 mode=${2-immediate}
  [[ ! -e $folder/data/postmaster.pid ]] ||
    as_postgres "$(postgres_folder)/pg_ctl" --pgdata="$folder/data" --mode="$mode" --silent stop || true
}
