# Sourced by the scripts at the root: finds a JDK 25 and a Maven, whatever `java` is by default.

# What the server's JVM is started with; a cache of classes is good only for the options it was made with.
# The JVM itself takes the serial collector on a small machine and G1 on a larger one. The Vector API is
# not among its modules: an incubator module would keep linked classes out of the cache.
server_options=(
  -XX:+UseCompactObjectHeaders
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
)

java_feature() { # JAVA_HOME -> its feature release, or nothing; read from a file, since running java takes long
  local line
  while IFS= read -r line; do
    [[ $line =~ ^JAVA_VERSION=\"?(1\.)?([0-9]+) ]] && echo "${BASH_REMATCH[2]}" && return
  done 2>/dev/null <"$1/release" || true
}

use_java_25() {
  local home
  for home in "${JAVA_HOME:-}" "$(on_path_java_home)" /usr/lib/jvm/*; do
    [ -n "$home" ] && [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ] || continue
    if [ "$(java_feature "$home")" = 25 ]; then
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
