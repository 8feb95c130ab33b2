# Shared by the benchmarks: building, running a main class, medians. To be sourced.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=${PYTHON:-python3}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" --version | awk 'NR == 1 && $2 + 0 < 25 { exit 1 }' || { echo "JAVA_HOME must be a JDK 25" >&2; exit 1; }

# build: compiles this module with all it needs and writes down the class path.
build() {
  mvn -q -B -f "$project/pom.xml" -pl benchmarks -am -Dspotless.check.skip=true \
    test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath >&2
  classpath=$project/benchmarks/target/classes:$(cat "$project/benchmarks/target/classpath")
}

# java_main CLASS ARGUMENTS...: runs a class of io.lodisc.benchmarks.
java_main() {
  local main=io.lodisc.benchmarks.$1
  shift
  "$java" --enable-native-access=ALL-UNNAMED ${JAVA_OPTIONS:-} \
    -cp "$classpath" "$main" "$@"
}

# job_environment [PRECISION]: gives this shell what training-service gives a job's process.
job_environment() {
  while IFS= read -r setting; do
    export "${setting?}"
  done < <(java_main JobEnvironment "${1:-fp32}")
}

# median: of the numbers on standard input, one a line.
median() {
  sort -g | awk '{ x[NR] = $1 }
    END { print NR % 2 ? x[(NR + 1) / 2] : (x[NR / 2] + x[NR / 2 + 1]) / 2 }'
}

# compare ROUNDS OURS THEIRS: runs two commands in turn, each printing a line that ends with a number;
# prints both lines of each round and the median of the ratios ours / theirs.
compare() {
  local rounds=$1 ours theirs ratios=
  for ((round = 0; round < rounds; round++)); do
    ours=$($2)
    theirs=$($3)
    printf '%s\n%s\n' "$ours" "$theirs"
    ratios+=$(awk -v a="${ours##* }" -v b="${theirs##* }" 'BEGIN { print a / b }')$'\n'
  done
  printf 'median of ratios: %s\n' "$(printf %s "$ratios" | median)"
}
