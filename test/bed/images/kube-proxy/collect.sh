#!/bin/bash
# Copies the packet filter's programs, and the libraries they link, into a folder.
set -euo pipefail
out=$1
mkdir -p "$out"/{usr/bin,usr/sbin,usr/lib,usr/lib64,etc,run,tmp,var}
for name in bin sbin lib lib64; do ln -s "usr/$name" "$out/$name"; done
echo 'root:x:0:0::/root:/bin/false' > "$out/etc/passwd"

shopt -s nullglob
programs=(/usr/sbin/{iptables,ip6tables,xtables}* /usr/sbin/{nft,conntrack,ipset} /usr/bin/kmod /usr/sbin/modprobe /etc/alternatives/*tables*)
plugins=(/usr/lib/*-linux-gnu/xtables)
for file in "${programs[@]}" "${plugins[@]}"; do
  if [ -e "$file" ]; then cp -a --parents "$file" "$out/"; fi
done
find "$out" -type f \( -perm -u+x -o -name '*.so' \) -exec sh -c 'ldd "$1" 2>/dev/null || true' sh {} \; |
  grep -o '/[^ ]*\.so[^ ]*' | sort -u |
  while read -r library; do cp -L --parents "$library" "$out/"; done
