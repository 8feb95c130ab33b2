# Each argument is a host, a port, a path and the status it must answer with. The image has no HTTP
# client, but bash can speak.
set -u
wrong=0
for expected in "$@"; do
  read -r host port path status <<<"$expected"
  answer=$(
    exec 3<>"/dev/tcp/$host/$port" || exit
    printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$path" "$host" >&3
    read -r -t 30 _ code _ <&3 && printf '%s' "$code"
  )
  printf '%s:%s%s %s\n' "$host" "$port" "$path" "${answer:-no answer}"
  [ "$answer" = "$status" ] || wrong=1
done
exit $wrong
