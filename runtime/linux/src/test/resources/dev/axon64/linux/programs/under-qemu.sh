#!/bin/sh
# under-qemu.sh ROOT SCRIPT: runs a shell script within a folder of arm64 programs, all of which qemu-aarch64 executes.
# Needs the superuser, and a kernel (6.7 or newer) in which namespaces of users have interpreters of their own: the
# machine's stay as they are. Files and processes that the script leaves go with it; it sees no network but its own.
# Exit status 77: that cannot be done here.
set -u
root=$(readlink -f "$1") script=$(readlink -f "$2")
qemu=$(command -v qemu-aarch64) || { echo "needs qemu-aarch64" >&2; exit 77; }

if [ "${3:-}" != inside ]; then
  [ "$(id -u)" = 0 ] || { echo "needs the superuser" >&2; exit 77; }
  # Namespaces in which all users are known can only be made from without.
  rm -f "$script.hold" && mkfifo "$script.hold" || exit 77
  unshare -U sh -c ': >"$0"; read _ <"$0"' "$script.hold" &
  holder=$!
  : <"$script.hold"
  echo 0 0 65536 2>/dev/null >/proc/$holder/uid_map && echo 0 0 65536 >/proc/$holder/gid_map ||
    { kill $holder; echo "cannot make a namespace of users" >&2; exit 77; }
  nsenter -U -S 0 -G 0 -t $holder unshare -m -n -p -f --kill-child sh "$0" "$1" "$2" inside <&0 &
  inside=$!
  trap 'kill -KILL $inside $holder; rm -f "$script.hold"; exit 143' INT TERM
  wait $inside
  status=$?
  kill $holder 2>/dev/null
  rm -f "$script.hold"
  exit $status
fi

fail() { echo "$1" >&2; exit 77; }
ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null
mount -t binfmt_misc none /proc/sys/fs/binfmt_misc || fail "no interpreters in a namespace"
elf='\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00'
mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
printf ':arm64:M::%s:%s:%s:PF' "$elf" "$mask" "$qemu" >/proc/sys/fs/binfmt_misc/register || fail "cannot register qemu-aarch64"

# The programs' folder stays as it is, too: what is written goes to a layer in memory.
mount -t tmpfs none /mnt && mkdir /mnt/upper /mnt/work /mnt/root || fail "no file system in memory"
mount -t overlay none -o "lowerdir=$root,upperdir=/mnt/upper,workdir=/mnt/work" /mnt/root || fail "no layers of file systems"
cd /mnt/root || exit 77
mkdir -p proc dev tmp run lib64
for library in $(ldd "$qemu" | grep -o '/[^ ]*'); do
  mkdir -p ".$(dirname "$library")" && cp -n "$library" ".$library"
done
mount -t proc none proc && mount -t tmpfs -o mode=1777 none tmp && mount -t tmpfs none run && mount -t tmpfs none dev || exit 77
mkdir -m 1777 dev/shm dev/pts
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 none dev/pts || exit 77
for device in null zero full random urandom tty; do
  : >dev/$device && mount --bind /dev/$device dev/$device || exit 77
done
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s fd/0 dev/stdin
ln -s fd/1 dev/stdout
ln -s fd/2 dev/stderr
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C.UTF-8 TZ=UTC TERM=dumb \
  chroot . /bin/sh -c "cd /tmp; $(cat "$script")"
