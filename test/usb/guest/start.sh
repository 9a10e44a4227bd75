# Runs in the guest as root: device events, then the tests in Node and again in Electron.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/run TMPDIR=/run SYSTEMD_IGNORE_CHROOT=1 UV_THREADPOOL_SIZE=32
here=$(dirname "$0")
. "$here/where.sh"
mkdir -p /run/udev
/lib/systemd/systemd-udevd --daemon 2>/dev/null
udevadm trigger --subsystem-match=usb --subsystem-match=tty
udevadm settle
"$NODE" "$PROGRAM" node "$PLAN"
# What a test that failed has left plugged in.
for plug in /sys/kernel/config/usb_gadget/*/UDC; do echo > "$plug"; done 2>/dev/null
ELECTRON_RUN_AS_NODE=1 "$ELECTRON" "$PROGRAM" electron "$PLAN"
