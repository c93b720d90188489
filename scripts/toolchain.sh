# Sourced by the scripts at the root: finds a JDK 25 and a Maven, whatever `java` is by default.

# What the server's JVM is started with; a cache of classes is good only for the options it was made with.
# A method that the training compiled for speed gets there again after as many calls and turns of a loop
# as without a training; sooner, the compiler takes its core from the start (docs/decisions/011*). The
# few methods called by reflection are not worth the code that would make such calls fast.
# The JVM itself takes the serial collector on a small machine and G1 on a larger one. The Vector API is
# not among its modules: an incubator module would keep linked classes out of the cache.
server_options=(
  -XX:+UseCompactObjectHeaders
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -XX:Tier2InvokeNotifyFreqLog=15
  -XX:Tier2BackedgeNotifyFreqLog=18
  -Djdk.reflect.useNativeAccessorOnly=true
)

is_jdk_25() { # JAVA_HOME; told from a file, since running java takes long
  [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return
  local line
  while IFS= read -r line; do
    [[ $line =~ ^JAVA_VERSION=\"?25([.\"+]|$) ]] && return
  done <"$1/release"
  return 1
}

use_java_25() {
  local home
  is_jdk_25 "${JAVA_HOME:-}" && return
  for home in "$(on_path_java_home)" /usr/lib/jvm/*; do
    if is_jdk_25 "$home"; then
      export JAVA_HOME=$home
      return
    fi
  done
  cat >&2 <<'EOF'
quarkgres: no JDK 25 found in JAVA_HOME, on the PATH or under /usr/lib/jvm.
Install one (for example Eclipse Temurin 25: package temurin-25-jdk, or unpack its archive under
/usr/lib/jvm), or set JAVA_HOME to where it is, and start again.
EOF
  exit 1
}

on_path_java_home() {
  local java
  java=$(command -v java) || return 0
  java=$(readlink -f "$java")
  echo "${java%/bin/java}"
}

run_maven() {
  local version
  # Maven's own libraries still use what JDK 25 warns of.
  export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow"
  version=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p')
  if [ -n "$version" ] && [ "$(printf '3.8.7\n%s\n' "$version" | sort -V | head -n 1)" = 3.8.7 ]; then
    mvn --batch-mode --no-transfer-progress "$@"
  else
    ./mvnw --batch-mode --no-transfer-progress "$@"
  fi
}
