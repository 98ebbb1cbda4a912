# What the scripts of this folder share: XML-RPC with nothing but curl and sed.
#
# The daemon is reached at SUPERVISOR_URL, or through its unix socket when SUPERVISOR_SOCKET is set. With SUPERVISOR_USER and
# SUPERVISOR_PASSWORD the password goes to curl through its standard input, where no list of processes shows it.

url=${SUPERVISOR_URL:-http://127.0.0.1:9001}

# request CURL-ARGUMENT...
request() {
  set -- --silent --show-error --fail --no-buffer ${SUPERVISOR_SOCKET:+--unix-socket "$SUPERVISOR_SOCKET"} "$@"
  if [ -n "${SUPERVISOR_USER:-}" ]; then
    printf 'user = "%s:%s"\n' "$SUPERVISOR_USER" "$SUPERVISOR_PASSWORD" | curl --config - "$@"
  else
    curl "$@"
  fi
}

# call METHOD VALUE...
call() {
  body="<?xml version=\"1.0\"?><methodCall><methodName>$1</methodName><params>"
  shift
  for value; do body="$body<param><value>$value</value></param>"; done
  request --header 'Content-Type: text/xml' --data "$body</params></methodCall>" "$url/RPC2"
}

string() { printf '<string>%s</string>' "$(printf %s "$1" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g')"; }
int() { printf '<int>%s</int>' "$1"; }
boolean() { printf '<boolean>%s</boolean>' "$1"; }

# Prints the one value of an answer. A fault goes to stderr, and the status is 1.
answer() {
  xml=$(cat)
  case $xml in
    '') return 1 ;;
    *'<fault>'*) printf '%s\n' "$xml" | sed -n 's/^<value><string>\(.*\)<\/string><\/value>$/\1/p' | plain >&2; return 1 ;;
    *) printf '%s\n' "$xml" | sed '1,/^<param>$/d; s/^<value><[a-z]*>//; s/<\/[a-z]*><\/value>$//; /^<\/param>$/,$d' | plain ;;
  esac
}

# Prints the values of these members of every struct of an answer, one struct a line. Without an answer the status is 1.
values() {
  awk -v members="$*" '
    function text(line) { gsub(/<[^>]*>/, "", line); gsub(/&lt;/, "<", line); gsub(/&gt;/, ">", line); gsub(/&amp;/, "\\&", line); return line }
    BEGIN { count = split(members, wanted, " ") }
    /<name>/ { name = text($0) }
    /^<value><(string|int|boolean)>/ { found[name] = text($0) }
    /<\/struct>/ { for (i = 1; i <= count; i++) printf "%s%s", found[wanted[i]], i < count ? "\t" : "\n" }
    END { exit NR == 0 }
  '
}

plain() { sed 's/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'; }
