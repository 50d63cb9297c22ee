/**
 * Stands for `docker`, `podman` and `nerdctl`: containers and images are files of $STAGE, and what a real engine refuses
 * is refused in its words. Anything that it was not made for ends with code 64, so that a test cannot pass by luck.
 */
export const engineScript = `#!/bin/sh
echo "$(basename "$0") $*" >> "$STAGE/calls"
die() { echo "$1" >&2; exit "\${2:-1}"; }
unknown() { die "unexpected: $*" 64; }
file() { printf '%s' "$1" | tr '/:@' '___'; }
[ -e "$STAGE/denied" ] && die 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock'
[ -e "$STAGE/down" ] && die 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'
here() { [ -e "$STAGE/containers/$1" ] || die "Error response from daemon: No such container: $1"; }
field() { sed -n "s/^$2=//p" "$STAGE/containers/$1"; }
set_field() { sed "s/^$2=.*/$2=$3/" "$STAGE/containers/$1" > "$STAGE/edit" && mv "$STAGE/edit" "$STAGE/containers/$1"; }
of_cluster() { for f in "$STAGE"/containers/*; do [ -e "$f" ] && grep -q "^cluster=$1$" "$f" && basename "$f"; done; }
by_name() { for f in "$STAGE"/containers/*; do [ -e "$f" ] && grep -q "^name=$1$" "$f" && basename "$f"; done; }
json() {
  here "$1"
  printf '{"Id":"%s","Name":"/%s","Created":"2026-01-01T00:00:00Z","State":{"Status":"x","Running":%s,"Paused":%s},"Config":{"Labels":{' "$1" "$(field "$1" name)" "$(field "$1" running)" "$(field "$1" paused)"
  printf '"io.x-k8s.kind.cluster":"%s","io.x-k8s.kind.role":"%s"' "$(field "$1" cluster)" "$(field "$1" role)"
  [ -n "$(field "$1" mark)" ] && printf ',"dev.autodevops.local-cluster":"%s"' "$(field "$1" mark)"
  printf '}}}'
}
verb=$1; shift
case "$verb" in
  info) cat "$STAGE/info.json" ;;
  context) echo 'unix:///var/run/docker.sock' ;;
  ps)
    case "$*" in
      '--all --quiet --no-trunc --filter label=io.x-k8s.kind.cluster='*) of_cluster "\${5#label=io.x-k8s.kind.cluster=}" ;;
      '--filter label=io.x-k8s.kind.cluster='*) for id in $(of_cluster "\${2#label=io.x-k8s.kind.cluster=}"); do [ "$(field "$id" running)" = true ] && printf '%s\\t%s\\n' "$(field "$id" name)" "$(field "$id" role)"; done ;;
      *) unknown ps "$@" ;;
    esac; true ;;
  inspect)
    [ "$1 $2" = '--type container' ] || unknown inspect "$@"; shift 2
    printf '['; first=1; for id in "$@"; do [ $first = 1 ] || printf ','; first=0; json "$id"; done; printf ']' ;;
  image)
    [ "$1 $2 $3" = 'inspect --format {{.Id}}' ] || unknown image "$@"
    [ -e "$STAGE/images/$(file "$4")" ] && echo sha256:1 || die "Error response from daemon: No such image: $4" ;;
  pull)
    [ "$1" = --quiet ] || unknown pull "$@"
    [ -e "$STAGE/registry/$(file "$2")" ] || die 'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host'
    : > "$STAGE/images/$(file "$2")" ;;
  create)
    [ "$1" = --name ] || unknown create "$@"
    [ -e "$STAGE/images/$(file "$3")" ] || die "Unable to find image '$3' locally"
    [ -z "$(by_name "$2")" ] || die "Error response from daemon: Conflict. The container name \\"/$2\\" is already in use"
    id=$(printf '%s' "$2" | cksum | cut -d' ' -f1); id=$(printf '%064x' "$id")
    printf 'name=%s\\nimage=%s\\ncluster=\\nrole=\\nrunning=false\\npaused=false\\nmark=\\n' "$2" "$3" > "$STAGE/containers/$id"; echo "$id" ;;
  commit)
    [ "$1" = --change ] || unknown commit "$@"
    [ -n "$(by_name "$3")" ] || die "Error response from daemon: No such container: $3"
    case "$2" in 'LABEL dev.autodevops.local-cluster='*) printf '%s' "\${2#LABEL dev.autodevops.local-cluster=}" > "$STAGE/images/$(file "$4")" ;; *) unknown commit "$@" ;; esac ;;
  build)
    [ "$1" = --tag ] || unknown build "$@"
    base=$(sed -n 's/^FROM //p' "$3/Dockerfile"); [ -e "$STAGE/images/$(file "$base")" ] || die "unable to find $base"
    sed -n 's/^LABEL dev.autodevops.local-cluster=//p' "$3/Dockerfile" | tr -d '\\n' > "$STAGE/images/$(file "$2")" ;;
  rm)
    [ "$1 $2" = '--force --volumes' ] || unknown rm "$@"; shift 2
    for one in "$@"; do id=$one; [ -e "$STAGE/containers/$id" ] || id=$(by_name "$one"); [ -n "$id" ] && rm -f "$STAGE/containers/$id" || die "Error response from daemon: No such container: $one"; done ;;
  rmi)
    grep -q "^image=$1$" "$STAGE"/containers/* 2>/dev/null && die "Error response from daemon: conflict: unable to remove repository reference \\"$1\\""
    [ -e "$STAGE/images/$(file "$1")" ] || die "Error response from daemon: No such image: $1"
    rm "$STAGE/images/$(file "$1")" ;;
  start) for id in "$@"; do here "$id"; set_field "$id" running true; done ;;
  stop) for id in "$@"; do here "$id"; [ "$(field "$id" paused)" = true ] && die 'Error response from daemon: container is paused'; set_field "$id" running false; done ;;
  unpause) for id in "$@"; do here "$id"; [ "$(field "$id" paused)" = true ] || die 'container is not paused'; set_field "$id" paused false; done ;;
  update) for last; do :; done; here "$last"; [ -e "$STAGE/no-limits" ] && die 'Error response from daemon: cgroup controller memory is not available'; echo "$*" >> "$STAGE/limits" ;;
  exec)
    [ "$1" = -i ] && shift
    id=$1; [ -e "$STAGE/containers/$id" ] || id=$(by_name "$1"); here "\${id:-$1}"; name=$(field "$id" name); shift
    case "$*" in
      *'images ls --quiet') cat "$STAGE/in.$name" 2>/dev/null; true ;;
      'containerd config dump') printf "[plugins.'io.containerd.cri.v1.images']\\n  snapshotter = 'overlayfs'\\n" ;;
      *'images import'*) cat >> "$STAGE/in.$name" ;;
      sh\\ -c*) printf '%s %s\\n' "$name" "$5" >> "$STAGE/written" ;;
      *) unknown exec "$@" ;;
    esac ;;
  save) [ -e "$STAGE/images/$(file "$1")" ] || die "No such image: $1"; printf 'docker.io/library/%s\\n' "$1" ;;
  *) unknown "$verb" "$@" ;;
esac
`;

/** Stands for `kind`: makes and forgets containers of the same $STAGE, in the words of kind 0.33. */
export const kindScript = `#!/bin/sh
echo "kind $*" >> "$STAGE/calls"
die() { printf '%s\\n' "$@" >&2; exit 1; }
file() { printf '%s' "$1" | tr '/:@' '___'; }
nodes_of() { for f in "$STAGE"/containers/*; do [ -e "$f" ] && grep -q "^cluster=$1$" "$f" && echo "$f"; done; }
option() { want=$1; shift; while [ $# -gt 1 ]; do [ "$1" = "$want" ] && echo "$2"; shift; done; }
name=$(option --name "$@"); config=$(option --config "$@"); image=$(option --image "$@"); kubeconfig=$(option --kubeconfig "$@")
begin() { printf ' • %s  ...\\n' "$1" >&2; }
node() {
  id=$(printf '%s' "$1" | cksum | cut -d' ' -f1); id=$(printf '%064x' "$id")
  printf 'name=%s\\nimage=%s\\ncluster=%s\\nrole=%s\\nrunning=true\\npaused=false\\nmark=%s\\n' "$1" "$image" "$name" "$2" "$(cat "$STAGE/images/$(file "$image")")" > "$STAGE/containers/$id"
}
context() { [ -n "$kubeconfig" ] && sed "s/NAME/$name/g" "$STAGE/kubeconfig" > "$kubeconfig"; true; }
case "$1 $2" in
  'version ') cat "$STAGE/kind-version" ;;
  'create cluster')
    [ -n "$KIND_EXPERIMENTAL_PROVIDER" ] || die 'ERROR: no provider'
    [ -z "$(nodes_of "$name")" ] || die "ERROR: failed to create cluster: node(s) already exist for a cluster with the name \\"$name\\""
    [ -e "$STAGE/images/$(file "$image")" ] || die "ERROR: failed to pull image \\"$image\\""
    printf 'Creating cluster "%s" ...\\n' "$name" >&2
    begin 'Preparing nodes 📦 📦 📦 '
    at=0; for role in $(sed -n 's/.*role: //p' "$config"); do
      case $role in control-plane) node "$name-control-plane" control-plane ;; *) at=$((at+1)); [ $at = 1 ] && node "$name-worker" worker || node "$name-worker$at" worker ;; esac
    done
    [ -e "$STAGE/kind-fails" ] && { nodes_of "$name" | xargs rm -f; die "$(cat "$STAGE/kind-fails")"; }
    begin 'Writing configuration 📜'
    begin 'Starting control-plane 🕹️'
    [ -e "$STAGE/slow" ] && { sleep 60 & wait; }
    grep -q disableDefaultCNI "$config" || begin 'Installing CNI 🔌'
    begin 'Installing StorageClass 💾'
    [ $at -gt 0 ] && begin 'Joining worker nodes 🚜'
    context; printf 'Set kubectl context to "kind-%s"\\n' "$name" >&2 ;;
  'get kubeconfig') [ -n "$(nodes_of "$name")" ] || die 'ERROR: could not locate any control plane nodes'; sed "s/NAME/$name/g" "$STAGE/kubeconfig" ;;
  'export kubeconfig') [ -n "$(nodes_of "$name")" ] || die 'ERROR: could not locate any control plane nodes'; context ;;
  'delete cluster') nodes_of "$name" | xargs rm -f; [ -n "$kubeconfig" ] && rm -f "$kubeconfig"; true ;;
  *) die "unexpected: $*" ;;
esac
`;
